/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-review-private.h"

#include "desk/progress.h"
#include "page.h"
#include "review-step.h"
#include "say.h"

#include <glib/gi18n.h>

/* Several changes that arrive together are shown once. */
#define REST_MS 100

/* What this place is made of, by seat. */
static const struct
{
  TdSeat seat;
  const char *name;
  const char *child; /* of the stack */
  TdList list;
} modes[] = {
  { TD_SEAT_DISTRICT, N_ ("Sent _up to this desk"), "dossiers", TD_LIST_INBOX },
  { TD_SEAT_DISTRICT, N_ ("Cho_osing"), "dossiers", TD_LIST_SELECTION },
  { TD_SEAT_DISTRICT, N_ ("Handed _on"), "dossiers", TD_LIST_ABOVE },
  { TD_SEAT_BOARD, N_ ("_Dossiers"), "dossiers", TD_LIST_INBOX },
  { TD_SEAT_BOARD, N_ ("Counci_l"), "council", TD_LIST_INBOX },
  { TD_SEAT_BOARD, N_ ("_Chairman, decision"), "decision", TD_LIST_INBOX },
  { TD_SEAT_REVIEWER, N_ ("_Asked for an opinion"), "dossiers", TD_LIST_ASKED },
};

static void td_page_review_page_init (TdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageReview,
                               td_page_review,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, td_page_review_page_init))

/* ---- showing ---- */

void
td_page_review_say (TdPageReview *self, const char *sentence)
{
  g_autoptr (GError) error = g_error_new_literal (TD_DESK_ERROR, TD_DESK_ERROR_REFUSED, sentence);

  td_tell_error (GTK_WIDGET (self), &error);
}

static void
show_quota (TdPageReview *self)
{
  g_autofree char *text = NULL;
  gboolean over = FALSE;

  if (td_desk_seat (self->desk) != TD_SEAT_DISTRICT)
    return;
  text = td_desk_quota_text (self->desk, &over);
  gtk_label_set_label (self->quota, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->quota), text);
  if (over)
    gtk_widget_add_css_class (GTK_WIDGET (self->quota), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->quota), "error");
}

static char *
hint_text (TdPageReview *self, GPtrArray *dossiers)
{
  if (dossiers->len > 1)
    return td_review_subject (dossiers);
  if (td_review_list_count (self->list) == 0)
    return g_strdup ("");
  if (modes[self->mode].list == TD_LIST_SELECTION)
    return g_strdup (_ ("Tick the dossiers to submit to the province, of the communes and of this unit, within the "
                        "quota. Choose one to read it; what is left out needs a reason the unit will read."));
  return g_strdup (_ ("Choose a dossier to read it here. Press Enter to read it with its papers beside it."));
}

static void
on_picked (TdPageReview *self)
{
  g_autoptr (GPtrArray) dossiers = td_review_list_chosen (self->list);
  gboolean one = dossiers->len == 1;
  g_autofree char *hint = hint_text (self, dossiers);
  const char *const *verbs = td_review_verbs ();

  if (self->desk == NULL)
    return;
  gtk_label_set_label (self->hint, hint);
  gtk_stack_set_visible_child_name (self->right, one ? "dossier" : "hint");
  td_review_dossier_show (self->dossier, one ? g_ptr_array_index (dossiers, 0) : NULL);
  gtk_widget_set_sensitive (self->beside, one);
  if (!one)
    td_review_dossier_set_scans (self->dossier, FALSE);
  td_review_bar_show (self->bar, self->desk, dossiers);
  for (guint i = 0; verbs[i] != NULL; i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), verbs[i]);
      g_autofree char *why = td_review_why_not (self->desk, verbs[i], dossiers);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), why == NULL || *why != '\0');
    }
}

static void
load (TdPageReview *self)
{
  const char *child = modes[self->mode].child;

  self->stale = FALSE;
  show_quota (self);
  if (g_str_equal (child, "council"))
    td_council_session_load (self->council, self->desk);
  else if (g_str_equal (child, "decision"))
    td_decision_page_load (self->decision, self->desk);
  else
    td_review_list_reload (self->list);
}

static gboolean
load_at_rest (gpointer data)
{
  TdPageReview *self = data;

  self->rest = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
  else
    self->stale = TRUE;
  return G_SOURCE_REMOVE;
}

void
td_page_review_load_soon (TdPageReview *self)
{
  if (self->rest == 0)
    self->rest = g_timeout_add (REST_MS, load_at_rest, self);
}

static void
show_mode (TdPageReview *self, guint mode)
{
  gboolean dossiers = g_str_equal (modes[mode].child, "dossiers");

  self->mode = mode;
  gtk_stack_set_visible_child_name (self->main, modes[mode].child);
  gtk_widget_set_visible (self->beside, dossiers);
  if (dossiers)
    td_review_list_set (self->list, self->desk, modes[mode].list, NULL);
  show_quota (self);
  if (!dossiers)
    load (self);
}

static void
on_mode_toggled (GtkToggleButton *button, TdPageReview *self)
{
  if (gtk_toggle_button_get_active (button))
    show_mode (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "mode")));
}

static GtkWidget *
mode_button (TdPageReview *self, guint mode)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->modes); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (child), "mode")) == mode)
      return child;
  return NULL;
}

const char *
td_page_review_child (TdPageReview *self)
{
  return modes[self->mode].child;
}

/* Through the button, so that it always shows where one is. */
void
td_page_review_choose (TdPageReview *self, const char *child, TdList list)
{
  TdSeat seat = td_desk_seat (self->desk);

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (modes[i].seat == seat && g_str_equal (modes[i].child, child) && modes[i].list == list)
      {
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (mode_button (self, i)), TRUE);
        return;
      }
}

static void
fill_modes (TdPageReview *self)
{
  GtkWidget *first = NULL;
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      GtkWidget *button;

      if (modes[i].seat != td_desk_seat (self->desk))
        continue;
      button = gtk_toggle_button_new_with_mnemonic (_ (modes[i].name));
      g_object_set_data (G_OBJECT (button), "mode", GUINT_TO_POINTER (i));
      if (first == NULL)
        first = button;
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      gtk_box_append (GTK_BOX (self->modes), button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_mode_toggled), self, 0);
      count++;
    }
  gtk_widget_set_visible (self->modes, count > 1);
  gtk_widget_set_visible (self->submission, td_desk_seat (self->desk) == TD_SEAT_DISTRICT);
  if (first != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
}

/* ---- callbacks of the template ---- */

static void
on_taken (TdPageReview *self, const char *sentence)
{
  td_page_review_taken (self, sentence);
}

static void
on_trouble (TdPageReview *self, const char *sentence)
{
  td_page_review_say (self, sentence);
}

static void
on_opened (TdPageReview *self)
{
  td_page_review_opened (self);
}

/* ---- the place ---- */

/* In the list that is shown, else in the first that has it. */
static gboolean
find_in_lists (TdPageReview *self, const char *record)
{
  if (g_str_equal (modes[self->mode].child, "dossiers") && td_review_list_choose (self->list, record))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      if (modes[i].seat != td_desk_seat (self->desk) || !g_str_equal (modes[i].child, "dossiers"))
        continue;
      td_page_review_choose (self, modes[i].child, modes[i].list);
      if (td_review_list_choose (self->list, record))
        return TRUE;
    }
  return FALSE;
}

static gboolean
td_page_review_open (TdPage *page, const char *record, const char *path)
{
  TdPageReview *self = TD_PAGE_REVIEW (page);
  g_autoptr (TdDossierItem) item = td_desk_dossier (self->desk, record);

  if (item == NULL)
    return FALSE;
  if (!find_in_lists (self, record))
    return FALSE;
  if (path != NULL && *path != '\0')
    td_review_dossier_focus (self->dossier, record, path);
  return TRUE;
}

static gboolean
td_page_review_commit (TdPage *page)
{
  return td_council_session_commit (TD_PAGE_REVIEW (page)->council);
}

static void
td_page_review_page_init (TdPageInterface *iface)
{
  iface->open = td_page_review_open;
  iface->commit = td_page_review_commit;
}

/* Accelerators reach the whole window, but only while this place is seen. */
static void
td_page_review_map (GtkWidget *widget)
{
  TdPageReview *self = TD_PAGE_REVIEW (widget);

  GTK_WIDGET_CLASS (td_page_review_parent_class)->map (widget);
  gtk_shortcut_controller_set_scope (self->shortcuts, GTK_SHORTCUT_SCOPE_GLOBAL);
  if (gtk_widget_get_first_child (self->modes) == NULL)
    fill_modes (self);
  else if (self->stale)
    load (self);
}

static void
td_page_review_unmap (GtkWidget *widget)
{
  gtk_shortcut_controller_set_scope (TD_PAGE_REVIEW (widget)->shortcuts, GTK_SHORTCUT_SCOPE_LOCAL);
  GTK_WIDGET_CLASS (td_page_review_parent_class)->unmap (widget);
}

static void
td_page_review_dispose (GObject *object)
{
  TdPageReview *self = TD_PAGE_REVIEW (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "review", NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_REVIEW);
  g_clear_object (&self->actions);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (td_page_review_parent_class)->dispose (object);
}

static void
td_page_review_class_init (TdPageReviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_page_review_dispose;
  widget_class->map = td_page_review_map;
  widget_class->unmap = td_page_review_unmap;
  g_type_ensure (TD_TYPE_REVIEW_LIST);
  g_type_ensure (TD_TYPE_REVIEW_DOSSIER);
  g_type_ensure (TD_TYPE_REVIEW_BAR);
  g_type_ensure (TD_TYPE_COUNCIL_SESSION);
  g_type_ensure (TD_TYPE_DECISION_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-review.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, modes);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, quota);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, submission);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, beside);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, main);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, list);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, right);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, hint);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, dossier);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, bar);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, council);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, decision);
  gtk_widget_class_bind_template_child (widget_class, TdPageReview, shortcuts);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_taken);
  gtk_widget_class_bind_template_callback (widget_class, on_trouble);
}

static void
td_page_review_init (TdPageReview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  td_page_review_add_actions (self);
  g_object_bind_property (self->beside, "active", self->dossier, "scans", G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (self->dossier, "scans", self->list, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}

/**
 * td_page_review_new:
 * @desk: the desk
 *
 * The place reads nothing until it is seen.
 *
 * Returns: (transfer floating): the place
 */
GtkWidget *
td_page_review_new (TdDesk *desk)
{
  TdPageReview *self;

  g_return_val_if_fail (TD_IS_DESK (desk), NULL);

  self = g_object_new (TD_TYPE_PAGE_REVIEW, NULL);
  self->desk = g_object_ref (desk);
  td_review_dossier_set_desk (self->dossier, desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (td_page_review_load_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "exchange", G_CALLBACK (td_page_review_load_soon), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
