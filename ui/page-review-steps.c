/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-review-private.h"

#include "compare-window.h"
#include "review-return.h"
#include "review-step.h"
#include "say.h"
#include "step-form.h"

#include <glib/gi18n.h>

/* The actions of the place: steps on what is chosen, and moving about. */

/* A step was taken: say so and show what it changed. */
void
td_page_review_taken (TdPageReview *self, const char *sentence)
{
  td_tell (GTK_WIDGET (self), sentence);
  td_page_review_load_soon (self);
}

static void
present (TdPageReview *self, GtkWidget *dialog)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (dialog, "taken", G_CALLBACK (td_page_review_taken), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
take (TdPageReview *self, const char *verb, GPtrArray *dossiers)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (td_review_take (self->desk, verb, dossiers, NULL, &sentence, &error))
    td_page_review_taken (self, sentence);
  else
    td_tell_error (GTK_WIDGET (self), &error);
}

static void
hand_in_again (gpointer data)
{
  TdPageReview *self = TD_PAGE_REVIEW (data);
  g_autoptr (GPtrArray) dossiers = self->desk != NULL ? td_review_list_chosen (self->list) : NULL;

  if (dossiers != NULL && dossiers->len > 0)
    take (self, "submit", dossiers);
}

static void
begin_step (TdPageReview *self, const char *verb, GPtrArray *dossiers)
{
  if (g_str_equal (verb, "return"))
    present (self, td_review_return_new (self->desk, g_ptr_array_index (dossiers, 0)));
  else if (g_str_equal (verb, "submit"))
    {
      g_autofree char *label = td_desk_verb_label (self->desk, verb);

      td_confirm (GTK_WIDGET (self), _ ("Hand the dossier in again?"),
                  _ ("The next level receives the dossier as it stands now, without a new letter."), label, FALSE,
                  hand_in_again, self);
    }
  else if (g_str_equal (verb, "council_opinion"))
    td_page_review_choose (self, "council", TD_LIST_INBOX);
  else if (g_str_equal (verb, "to_chairman") || g_str_equal (verb, "decide") || g_str_equal (verb, "award"))
    td_page_review_choose (self, "decision", TD_LIST_INBOX);
  else if (td_step_form_needed (verb))
    present (self, td_review_step_new (self->desk, verb, dossiers));
  else
    take (self, verb, dossiers);
}

static void
on_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TdPageReview *self = data;
  const char *verb = g_action_get_name (G_ACTION (action));
  g_autoptr (GPtrArray) dossiers = td_review_list_chosen (self->list);
  g_autofree char *why = td_review_why_not (self->desk, verb, dossiers);

  if (dossiers->len == 0 || !g_str_equal (td_page_review_child (self), "dossiers"))
    return;
  if (why == NULL)
    begin_step (self, verb, dossiers);
  else if (*why != '\0')
    td_page_review_say (self, why);
}

static void
waive_rule (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TdPageReview *self = data;
  g_autoptr (GPtrArray) dossiers = td_review_list_chosen (self->list);
  GtkWidget *dialog;

  if (dossiers->len != 1)
    return;
  dialog = td_review_step_new (self->desk, "waive", dossiers);
  td_review_step_add (TD_REVIEW_STEP (dialog), "rule", g_variant_get_string (parameter, NULL));
  present (self, dialog);
}

static void
clear_double (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TdPageReview *self = data;
  g_autoptr (GPtrArray) dossiers = td_review_list_chosen (self->list);

  if (dossiers->len == 1)
    present (self, td_review_step_new (self->desk, "clear_double", dossiers));
}

static void
compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TdPageReview *self = data;
  g_autoptr (GPtrArray) dossiers = td_review_list_chosen (self->list);
  GtkWidget *window;

  if (dossiers->len != 1)
    return;
  window = td_compare_window_new (self->desk, ((TdDossierItem *)g_ptr_array_index (dossiers, 0))->id,
                                  g_variant_get_string (parameter, NULL));
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (window));
}

static void
go_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  td_review_list_move (TD_PAGE_REVIEW (data)->list, 1);
}

static void
go_previous (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  td_review_list_move (TD_PAGE_REVIEW (data)->list, -1);
}

static void
search (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TdPageReview *self = data;

  if (g_str_equal (td_page_review_child (self), "decision"))
    td_decision_page_search (self->decision);
  else if (g_str_equal (td_page_review_child (self), "dossiers"))
    {
      td_review_dossier_set_scans (self->dossier, FALSE);
      td_review_list_search (self->list);
    }
}

static void
toggle_scans (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TdPageReview *self = data;

  if (gtk_widget_get_sensitive (self->beside) && gtk_widget_get_visible (self->beside))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->beside),
                                  !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->beside)));
}

/* Enter or double click: read it with its papers beside it. */
void
td_page_review_opened (TdPageReview *self)
{
  td_review_dossier_set_scans (self->dossier, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->dossier), GTK_DIR_TAB_FORWARD);
}

void
td_page_review_add_actions (TdPageReview *self)
{
  static const GActionEntry entries[] = {
    { "waive-rule", waive_rule, "s" }, { "next", go_next },
    { "previous", go_previous },       { "search", search },
    { "scans", toggle_scans },         { "clear-double", clear_double },
    { "compare", compare, "s" },
  };
  const char *const *verbs = td_review_verbs ();

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; verbs[i] != NULL; i++)
    {
      const char *accelerator = td_review_accelerator (verbs[i]);
      g_autofree char *name = g_strconcat ("review.", verbs[i], NULL);
      GActionEntry entry = { verbs[i], on_step };

      g_action_map_add_action_entries (G_ACTION_MAP (self->actions), &entry, 1, self);
      if (accelerator != NULL)
        gtk_shortcut_controller_add_shortcut (self->shortcuts,
                                              gtk_shortcut_new (gtk_shortcut_trigger_parse_string (accelerator),
                                                                gtk_named_action_new (name)));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "review", G_ACTION_GROUP (self->actions));
}
