/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier-editor.h"

#include "call-notes.h"
#include "chain-view.h"
#include "choice-row.h"
#include "field-row.h"
#include "files-view.h"
#include "findings-view.h"
#include "follow.h"
#include "rating-rows.h"
#include "review-step.h"
#include "say.h"

#include <glib/gi18n.h>

struct _TdDossierEditor
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *dossier;

  GtkLabel *title;
  GtkLabel *stage;
  GtkBox *steps;
  GtkInfoBar *returned;
  GtkLabel *reason;
  TdCallNotes *calls;
  TdChainView *route;
  GtkWidget *collective;
  GtkWidget *unit_ratings;
  GtkBox *person_ratings;
  GtkWidget *individual;
  GtkWidget *achievement;
  TdFilesView *files;
  GtkStack *panel;
  TdFindingsView *findings;
  TdChainView *chain;
};

G_DEFINE_FINAL_TYPE (TdDossierEditor, td_dossier_editor, GTK_TYPE_BOX)

#define VERB_KEY "td-verb"

/* ---- steps ------------------------------------------------------------------------ */

/* What the owner may do with one dossier; the first trình is the submission's. */
static const char *const verbs[] = { "submit", "recall", "withdraw" };

static void
hand_in_again (gpointer data)
{
  TdDossierEditor *self = TD_DOSSIER_EDITOR (data);
  const char *dossiers[] = { self->dossier, NULL };
  g_autoptr (GError) error = NULL;

  if (self->desk == NULL || self->dossier == NULL)
    return;
  if (!td_desk_step (self->desk, "submit", dossiers, NULL, &error))
    td_tell_error (GTK_WIDGET (self), &error);
  else
    td_tell (GTK_WIDGET (self), _ ("Handed in. It is sent as soon as the line allows."));
}

static void
ask_words (TdDossierEditor *self, const char *verb)
{
  g_autoptr (GPtrArray) dossiers = g_ptr_array_new_with_free_func (g_object_unref);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  TdDossierItem *item = td_desk_dossier (self->desk, self->dossier);
  GtkWidget *dialog;

  if (item == NULL)
    return;
  g_ptr_array_add (dossiers, item);
  dialog = td_review_step_new (self->desk, verb, dossiers);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_step (GtkButton *button, TdDossierEditor *self)
{
  const char *verb = g_object_get_data (G_OBJECT (button), VERB_KEY);
  g_autofree char *label = td_desk_verb_label (self->desk, verb);

  if (!td_form_commit (GTK_WIDGET (self)))
    {
      td_tell (GTK_WIDGET (self), _ ("One field can't be read yet: put it right first."));
      return;
    }
  if (g_str_equal (verb, "submit"))
    td_confirm (GTK_WIDGET (self), _ ("Hand the dossier in again?"),
                _ ("The next level receives the dossier as it stands now, without a new letter."), label, FALSE,
                hand_in_again, self);
  else
    ask_words (self, verb);
}

/* A draft goes up with the letter, on the page of the submission. */
static gboolean
is_offered (TdDossierItem *item, const char *verb, const char *why_not)
{
  if (why_not != NULL && *why_not == '\0')
    return FALSE;
  if (g_str_equal (verb, "submit"))
    return item->held && (g_str_equal (item->stage, "returned") || *item->submission != '\0');
  if (g_str_equal (verb, "recall"))
    return why_not == NULL;
  return !g_str_equal (item->stage, "withdrawn") && why_not == NULL;
}

static void
show_steps (TdDossierEditor *self, TdDossierItem *item)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_box_remove (self->steps, child);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *why_not = td_desk_why_not (self->desk, verbs[i], self->dossier);
      g_autofree char *label = td_desk_verb_label (self->desk, verbs[i]);
      GtkWidget *button;

      if (!is_offered (item, verbs[i], why_not))
        continue;
      button = gtk_button_new_with_label (label);
      g_object_set_data (G_OBJECT (button), VERB_KEY, (gpointer)verbs[i]);
      gtk_widget_set_sensitive (button, why_not == NULL);
      gtk_widget_set_tooltip_text (button, why_not);
      if (i == 0)
        gtk_widget_add_css_class (button, "suggested-action");
      g_signal_connect (button, "clicked", G_CALLBACK (on_step), self);
      gtk_box_append (self->steps, button);
    }
}

/* ---- what is shown ------------------------------------------------------------------ */

static void
show_head (TdDossierEditor *self, TdDossierItem *item)
{
  g_autoptr (GString) stage = g_string_new (item->stage_label);
  g_autofree char *reason = NULL;
  gboolean returned = *item->reason != '\0';

  if (*item->holder_name != '\0')
    g_string_append_printf (stage, " · %s", item->holder_name);
  if (*item->since != '\0')
    g_string_append_printf (stage, _ (" · since %s"), item->since);
  if (*item->next != '\0')
    g_string_append_printf (stage, _ (" · next: %s"), item->next);
  gtk_label_set_label (self->title, *item->title != '\0' ? item->title
                                    : item->collective   ? _ ("New collective")
                                                         : _ ("New person"));
  gtk_label_set_label (self->stage, stage->str);
  reason = g_strdup_printf (_ ("Reason: %s"), item->reason);
  gtk_label_set_label (self->reason, reason);
  gtk_info_bar_set_revealed (self->returned, returned);
}

static void
refresh (GtkWidget *widget)
{
  TdDossierEditor *self = TD_DOSSIER_EDITOR (widget);
  g_autoptr (TdDossierItem) item = NULL;

  if (self->dossier == NULL)
    return;
  item = td_desk_dossier (self->desk, self->dossier);
  if (item == NULL)
    return;
  show_head (self, item);
  show_steps (self, item);
  td_call_notes_show (self->calls, self->desk, self->dossier);
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_dossier_editor_dispose (GObject *object)
{
  TdDossierEditor *self = TD_DOSSIER_EDITOR (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->dossier, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_DOSSIER_EDITOR);
  G_OBJECT_CLASS (td_dossier_editor_parent_class)->dispose (object);
}

static void
td_dossier_editor_class_init (TdDossierEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_dossier_editor_dispose;
  g_type_ensure (TD_TYPE_CALL_NOTES);
  g_type_ensure (TD_TYPE_CHAIN_VIEW);
  g_type_ensure (TD_TYPE_CHOICE_ROW);
  g_type_ensure (TD_TYPE_FIELD_ROW);
  g_type_ensure (TD_TYPE_FILES_VIEW);
  g_type_ensure (TD_TYPE_FINDINGS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/dossier-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, title);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, stage);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, steps);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, returned);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, reason);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, calls);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, route);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, collective);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, unit_ratings);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, person_ratings);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, individual);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, achievement);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, files);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, panel);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, findings);
  gtk_widget_class_bind_template_child (widget_class, TdDossierEditor, chain);
}

static void
td_dossier_editor_init (TdDossierEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_dossier_editor_new: shows nothing until it is given a dossier. */
GtkWidget *
td_dossier_editor_new (TdDesk *desk)
{
  TdDossierEditor *self = g_object_new (TD_TYPE_DOSSIER_EDITOR, NULL);
  g_autofree char *ratings = td_desk_ledger (desk, "ratings");

  self->desk = g_object_ref (desk);
  td_chain_view_set_desk (self->route, desk);
  td_chain_view_set_desk (self->chain, desk);
  td_findings_view_set_desk (self->findings, desk);
  td_files_view_set_desk (self->files, desk);
  td_rating_rows_add_unit (GTK_BOX (self->unit_ratings), desk);
  td_rating_rows_add_person (self->person_ratings, desk);
  td_form_bind (self->unit_ratings, desk, ratings);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}

/** td_dossier_editor_set_dossier: a nomination of this unit. */
void
td_dossier_editor_set_dossier (TdDossierEditor *self, const char *dossier)
{
  g_autoptr (TdDossierItem) item = NULL;

  g_return_if_fail (TD_IS_DOSSIER_EDITOR (self));
  item = td_desk_dossier (self->desk, dossier);
  if (item == NULL)
    return;
  g_free (self->dossier);
  self->dossier = g_strdup (dossier);
  gtk_widget_set_visible (self->collective, item->collective);
  gtk_widget_set_visible (self->unit_ratings, item->collective);
  gtk_widget_set_visible (self->individual, !item->collective);
  td_form_bind (item->collective ? self->collective : self->individual, self->desk, dossier);
  td_form_bind (self->achievement, self->desk, dossier);
  td_files_view_set_record (self->files, dossier);
  td_findings_view_set_dossier (self->findings, dossier);
  td_chain_view_set_dossier (self->route, dossier);
  td_chain_view_set_dossier (self->chain, dossier);
  refresh (GTK_WIDGET (self));
}

/** td_dossier_editor_get_dossier: what is shown, NULL at first. */
const char *
td_dossier_editor_get_dossier (TdDossierEditor *self)
{
  g_return_val_if_fail (TD_IS_DOSSIER_EDITOR (self), NULL);
  return self->dossier;
}

/** td_dossier_editor_focus: FALSE when the editor does not show the field. */
gboolean
td_dossier_editor_focus (TdDossierEditor *self, const char *record, const char *path)
{
  g_return_val_if_fail (TD_IS_DOSSIER_EDITOR (self), FALSE);
  if (td_form_focus (GTK_WIDGET (self), record, path))
    return TRUE;
  if (g_str_has_prefix (path, "file") && g_strcmp0 (record, self->dossier) == 0)
    return gtk_widget_child_focus (GTK_WIDGET (self->files), GTK_DIR_TAB_FORWARD);
  return FALSE;
}
