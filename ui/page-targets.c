/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-targets.h"

#include "call-notes.h"
#include "chain-view.h"
#include "choice-row.h"
#include "field-row.h"
#include "files-view.h"
#include "findings-view.h"
#include "follow.h"
#include "former-window.h"
#include "page.h"
#include "registrations-view.h"
#include "row-grid.h"
#include "say.h"
#include "target-grids.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TdPageTargets
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *registration;

  GtkWidget *former;
  GtkWidget *switcher;
  GtkStack *stack;
  GtkLabel *way;
  GtkLabel *standing;
  GtkButton *submit;
  GtkWidget *why_box;
  GtkLabel *why;
  TdCallNotes *calls;
  TdChainView *chain;
  GtkWidget *events_box;
  TdRowGrid *targets;
  GtkWidget *indicators_box;
  TdRowGrid *indicators;
  TdRowGrid *participants;
  GtkWidget *registration_box;
  GtkWidget *older;
  TdFilesView *files;
  GtkWidget *check_box;
  TdFindingsView *findings;
  TdRegistrationsView *below;
};

static void page_init (TdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageTargets,
                               td_page_targets,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, page_init))

static gboolean
is_enterprise (TdDesk *desk)
{
  const TdUnit *unit = td_desk_unit (desk);

  return unit != NULL && (g_str_equal (unit->kind, "doanh_nghiep") || g_str_equal (unit->kind, "hop_tac_xa"));
}

/* ---- handing in ----------------------------------------------------------------------- */

static void
show_submit (TdPageTargets *self)
{
  g_autofree char *why = td_desk_registration_why_not (self->desk);
  g_autofree char *left = why != NULL ? NULL : td_desk_registration_left (self->desk);
  const char *words = why != NULL ? why : left;

  gtk_widget_set_visible (GTK_WIDGET (self->submit), why == NULL || *why != '\0');
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit), why == NULL);
  gtk_label_set_label (self->why, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->why), words);
  gtk_widget_set_visible (self->why_box, *words != '\0');
}

static void
hand_in (gpointer data)
{
  TdPageTargets *self = TD_PAGE_TARGETS (data);
  g_autoptr (GError) error = NULL;

  if (self->desk == NULL)
    return;
  if (td_desk_submit_registration (self->desk, &error))
    td_tell (GTK_WIDGET (self), _ ("Handed in. It is sent as soon as the line allows."));
  else
    td_tell_error (GTK_WIDGET (self), &error);
  td_follow_stale (GTK_WIDGET (self));
}

/* Whose go, where to, and whose stay. */
static char *
what_goes (TdPageTargets *self)
{
  g_autoptr (GListModel) going = td_desk_registration_going (self->desk);
  g_autofree char *way = td_desk_registration_way (self->desk);
  g_autofree char *left = td_desk_registration_left (self->desk);
  GString *text = g_string_new (way);

  for (guint i = 0; i < g_list_model_get_n_items (going); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (going, i);

      g_string_append_printf (text, "%s%s", i == 0 ? "\n\n" : "; ", item->unit_name);
    }
  if (*left != '\0')
    g_string_append_printf (text, "\n\n%s\n%s", _ ("Not complete, stays here:"), left);
  return g_string_free (text, FALSE);
}

static void
on_submit (TdPageTargets *self)
{
  g_autofree char *label = td_desk_verb_label (self->desk, "submit");
  g_autofree char *body = NULL;

  if (!td_form_commit (GTK_WIDGET (self)))
    {
      td_tell (GTK_WIDGET (self), _ ("One field can't be read yet: put it right first."));
      return;
    }
  body = what_goes (self);
  td_confirm (GTK_WIDGET (self), _ ("Hand in the registration?"), body, label, FALSE, hand_in, self);
}

static void
on_indicators (TdPageTargets *self)
{
  g_autoptr (GError) error = NULL;
  int added = td_desk_add_indicators (self->desk, &error);

  if (added < 0)
    td_tell_error (GTK_WIDGET (self), &error);
  else if (added == 0)
    td_tell (GTK_WIDGET (self), _ ("All indicators the plan wants are there already."));
}

/* "Đúng hạn · 11/07/2024 · Bản giấy": how the unit's own registration stands. */
static void
show_standing (TdPageTargets *self)
{
  const TdRegistrationFilter own = { td_desk_unit (self->desk)->key, NULL, NULL };
  g_autoptr (GListModel) rows = td_desk_registered_units (self->desk, &own);
  g_autoptr (TdRegisteredItem) row = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; row == NULL && i < g_list_model_get_n_items (rows); i++)
    {
      row = g_list_model_get_item (rows, i);
      if (!g_str_equal (row->id, own.scope))
        g_clear_object (&row);
    }
  if (row != NULL)
    text = g_strjoin (" · ", row->standing_label, *row->day != '\0' ? row->day : row->stage_label,
                      *row->day != '\0' && *row->stage_label != '\0' ? row->stage_label : NULL, NULL);
  if (text != NULL && g_str_has_suffix (text, " · "))
    text[strlen (text) - strlen (" · ")] = '\0';
  gtk_label_set_label (self->standing, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->standing), text != NULL);
}

static void
on_former (TdPageTargets *self)
{
  td_former_window_show (GTK_WIDGET (self), self->desk);
}

/* ---- keeping in step --------------------------------------------------------------------- */

static void
refresh_own (TdPageTargets *self)
{
  g_autoptr (TdDossierItem) item = td_desk_dossier (self->desk, self->registration);
  g_autofree char *older = td_desk_text (self->desk, self->registration, "participants");

  td_row_grid_sync (self->targets);
  td_row_grid_sync (self->participants);
  if (is_enterprise (self->desk))
    td_row_grid_sync (self->indicators);
  td_chain_view_set_dossier (self->chain, item != NULL ? self->registration : NULL);
  td_findings_view_set_dossier (self->findings, item != NULL ? self->registration : NULL);
  gtk_widget_set_visible (self->check_box, item != NULL);
  gtk_widget_set_visible (self->older, *older != '\0');
  show_standing (self);
  show_submit (self);
  td_call_notes_show (self->calls, self->desk, self->registration);
  gtk_widget_set_visible (self->former, td_former_window_has_units (self->desk));
}

static void
refresh (GtkWidget *widget)
{
  TdPageTargets *self = TD_PAGE_TARGETS (widget);

  if (td_desk_seat (self->desk) != TD_SEAT_BOARD)
    refresh_own (self);
}

static gboolean
open_field (TdPage *page, const char *record, const char *path)
{
  TdPageTargets *self = TD_PAGE_TARGETS (page);

  if (td_desk_seat (self->desk) == TD_SEAT_BOARD)
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, "own");
  refresh (GTK_WIDGET (self));
  td_row_grid_open (self->targets, path);
  td_row_grid_open (self->indicators, path);
  return td_form_focus (GTK_WIDGET (self), record, path);
}

/* Not on the button that hands in: an Enter too many would ask. */
static void
enter (TdPage *page)
{
  TdPageTargets *self = TD_PAGE_TARGETS (page);
  gboolean own = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "own");
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus;

  gtk_widget_child_focus (own ? self->events_box : GTK_WIDGET (self->below), GTK_DIR_TAB_FORWARD);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  /* Selected, the next key would wipe out what is there. */
  if (GTK_IS_EDITABLE (focus))
    gtk_editable_set_position (GTK_EDITABLE (focus), -1);
}

static void
page_init (TdPageInterface *iface)
{
  iface->open = open_field;
  iface->enter = enter;
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_page_targets_dispose (GObject *object)
{
  TdPageTargets *self = TD_PAGE_TARGETS (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->registration, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_TARGETS);
  G_OBJECT_CLASS (td_page_targets_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (TD_TYPE_CALL_NOTES);
  g_type_ensure (TD_TYPE_CHAIN_VIEW);
  g_type_ensure (TD_TYPE_FIELD_ROW);
  g_type_ensure (TD_TYPE_FILES_VIEW);
  g_type_ensure (TD_TYPE_FINDINGS_VIEW);
  g_type_ensure (TD_TYPE_REGISTRATIONS_VIEW);
  g_type_ensure (TD_TYPE_ROW_GRID);
}

static void
td_page_targets_class_init (TdPageTargetsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_targets_dispose;
  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-targets.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, former);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, switcher);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, stack);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, way);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, standing);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, submit);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, why_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, why);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, calls);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, chain);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, events_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, targets);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, indicators_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, indicators);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, participants);
  gtk_widget_class_bind_template_child_full (widget_class, "registration", FALSE,
                                             G_STRUCT_OFFSET (TdPageTargets, registration_box));
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, older);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, files);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, check_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, findings);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, below);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, on_former);
  gtk_widget_class_bind_template_callback (widget_class, on_indicators);
}

static void
td_page_targets_init (TdPageTargets *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
bind_own (TdPageTargets *self)
{
  g_autofree char *targets = td_desk_ledger (self->desk, "targets");
  g_autofree char *events = td_desk_ledger (self->desk, "events");
  g_autofree char *way = td_desk_registration_way (self->desk);
  g_autofree char *submit = td_desk_verb_label (self->desk, "submit");

  gtk_label_set_label (self->way, way);
  gtk_button_set_label (self->submit, submit);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->submit), GTK_ACCESSIBLE_PROPERTY_LABEL, submit, -1);
  td_row_grid_bind (self->targets, self->desk, targets, &td_target_grid);
  td_row_grid_bind (self->indicators, self->desk, targets, &td_indicator_grid);
  td_row_grid_bind (self->participants, self->desk, self->registration, &td_participant_grid);
  td_form_bind (self->events_box, self->desk, events);
  td_form_bind (self->registration_box, self->desk, self->registration);
  td_files_view_set_desk (self->files, self->desk);
  td_files_view_set_record (self->files, self->registration);
  td_chain_view_set_desk (self->chain, self->desk);
  td_findings_view_set_desk (self->findings, self->desk);
}

/** td_page_targets_new: the place "targets". */
GtkWidget *
td_page_targets_new (TdDesk *desk)
{
  TdPageTargets *self = g_object_new (TD_TYPE_PAGE_TARGETS, NULL);
  TdSeat seat = td_desk_seat (desk);
  gboolean above = seat == TD_SEAT_DISTRICT || seat == TD_SEAT_BOARD;

  self->desk = g_object_ref (desk);
  self->registration = td_desk_ledger (desk, "registration");
  if (seat != TD_SEAT_BOARD)
    bind_own (self);
  if (above)
    td_registrations_view_set_desk (self->below, desk);
  gtk_widget_set_visible (self->indicators_box, is_enterprise (desk));
  gtk_widget_set_visible (self->switcher, seat == TD_SEAT_DISTRICT);
  gtk_stack_set_visible_child_name (self->stack, seat == TD_SEAT_BOARD ? "below" : "own");
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
