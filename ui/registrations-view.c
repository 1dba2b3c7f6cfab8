/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "registrations-view.h"

#include "follow.h"
#include "registrations-columns.h"
#include "review-return.h"
#include "review-step.h"
#include "say.h"

#include <glib/gi18n.h>

#define TABLES 3

struct _TdRegistrationsView
{
  GtkBox parent_instance;

  TdDesk *desk;
  GListModel *scopes; /* TdRowItem, behind the choice */
  GtkSelectionModel *units_chosen;
  gboolean filling;

  GtkToggleButton *units_button;
  GtkToggleButton *targets_button;
  GtkToggleButton *sums_button;
  GtkSearchEntry *search;
  GtkDropDown *scope;
  GtkDropDown *standing;
  GtkLabel *summary;
  GtkStack *stack;
  GtkLabel *empty;
  GtkColumnView *units;
  GtkColumnView *targets;
  GtkColumnView *sums;
  GtkWidget *steps;
  GtkButton *receive;
  GtkButton *send_back;
  GtkButton *attest;
  GtkButton *open;
};

G_DEFINE_FINAL_TYPE (TdRegistrationsView, td_registrations_view, GTK_TYPE_BOX)

static TdRegistrationTable
table_of (TdRegistrationsView *self)
{
  if (gtk_toggle_button_get_active (self->targets_button))
    return TD_TABLE_TARGETS;
  return gtk_toggle_button_get_active (self->sums_button) ? TD_TABLE_SUMS : TD_TABLE_UNITS;
}

/* ---- what is shown -------------------------------------------------------------------- */

static const char *
chosen_scope (TdRegistrationsView *self)
{
  guint at = gtk_drop_down_get_selected (self->scope);
  g_autoptr (TdRowItem) row = self->scopes == NULL ? NULL : g_list_model_get_item (self->scopes, at);

  return row == NULL ? "" : g_intern_string (row->id);
}

static const char *
chosen_standing (TdRegistrationsView *self)
{
  static const char *const standings[] = { "", "absent", "late", "ontime", "due" };
  guint at = gtk_drop_down_get_selected (self->standing);

  return at < G_N_ELEMENTS (standings) ? standings[at] : "";
}

static TdRegistrationFilter
filter_of (TdRegistrationsView *self)
{
  return (TdRegistrationFilter){ chosen_scope (self), chosen_standing (self),
                                 gtk_editable_get_text (GTK_EDITABLE (self->search)) };
}

static GPtrArray *
chosen_units (TdRegistrationsView *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) set = NULL;

  if (self->units_chosen == NULL || table_of (self) != TD_TABLE_UNITS)
    return chosen;
  set = gtk_selection_model_get_selection (self->units_chosen);
  for (guint64 i = 0; i < gtk_bitset_get_size (set); i++)
    {
      gpointer item = g_list_model_get_item (G_LIST_MODEL (self->units_chosen), gtk_bitset_get_nth (set, (guint)i));

      if (item != NULL)
        g_ptr_array_add (chosen, item);
    }
  return chosen;
}

static void
show_steps (TdRegistrationsView *self)
{
  g_autoptr (GPtrArray) chosen = chosen_units (self);
  TdRegisteredItem *only = chosen->len == 1 ? chosen->pdata[0] : NULL;
  gboolean receive = FALSE;

  for (guint i = 0; i < chosen->len; i++)
    receive = receive || ((TdRegisteredItem *)chosen->pdata[i])->may_receive;
  gtk_widget_set_visible (self->steps, table_of (self) == TD_TABLE_UNITS);
  gtk_widget_set_sensitive (GTK_WIDGET (self->receive), receive);
  gtk_widget_set_sensitive (GTK_WIDGET (self->send_back), only != NULL && only->may_return);
  gtk_widget_set_sensitive (GTK_WIDGET (self->attest), only != NULL && only->may_attest);
  gtk_widget_set_sensitive (GTK_WIDGET (self->open), only != NULL && *only->stage != '\0');
}

static void
on_chosen (TdRegistrationsView *self)
{
  if (!self->filling)
    show_steps (self);
}

static void
restore_choice (GtkSelectionModel *model, GPtrArray *before)
{
  for (guint i = 0; before->len > 0 && i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (TdRegisteredItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      for (guint b = 0; b < before->len; b++)
        if (g_str_equal (item->id, ((TdRegisteredItem *)before->pdata[b])->id))
          gtk_selection_model_select_item (model, i, FALSE);
    }
}

static void
show_units (TdRegistrationsView *self, const TdRegistrationFilter *filter)
{
  g_autoptr (GPtrArray) before = chosen_units (self);
  GtkSelectionModel *model
      = GTK_SELECTION_MODEL (gtk_multi_selection_new (td_desk_registered_units (self->desk, filter)));

  self->filling = TRUE;
  restore_choice (model, before);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->units, model);
  g_clear_object (&self->units_chosen);
  self->units_chosen = model;
  self->filling = FALSE;
}

static void
show_plain (GtkColumnView *view, GListModel *rows)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (gtk_single_selection_new (rows));

  gtk_column_view_set_model (view, model);
  g_object_unref (model);
}

static guint
rows_in (GtkColumnView *view)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view)));
}

/* "Đã đăng ký 5/11 đơn vị; muộn 1; chưa gửi 6": the last row of the sums. */
static void
show_summary (TdRegistrationsView *self)
{
  g_autoptr (GListModel) sums = td_desk_registration_sums (self->desk);
  g_autoptr (TdSumItem) total = g_list_model_get_item (sums, g_list_model_get_n_items (sums) - 1);
  g_autofree char *text
      = g_strdup_printf (_ ("Registered: %s of %s units; late: %s; not sent: %s; targets: %s, of them "
                            "breakthrough: %s"),
                         total->registered, total->units, total->late, total->absent, total->targets,
                         total->breakthrough);

  gtk_label_set_label (self->summary, text);
}

static void
show_child (TdRegistrationsView *self, GtkColumnView *view, const char *name)
{
  gboolean any = rows_in (view) > 0;

  gtk_label_set_label (self->empty, table_of (self) == TD_TABLE_TARGETS ? _ (
                                        "Targets stand here when a unit's registration or dossier has come with them.")
                                                                        : _ ("No unit matches what is chosen above."));
  gtk_stack_set_visible_child_name (self->stack, any ? name : "empty");
}

static void
refresh (GtkWidget *widget)
{
  TdRegistrationsView *self = TD_REGISTRATIONS_VIEW (widget);
  TdRegistrationFilter filter = filter_of (self);

  show_summary (self);
  switch (table_of (self))
    {
    case TD_TABLE_TARGETS:
      show_plain (self->targets, td_desk_registered_targets (self->desk, &filter));
      show_child (self, self->targets, "targets");
      break;
    case TD_TABLE_SUMS:
      show_plain (self->sums, td_desk_registration_sums (self->desk));
      show_child (self, self->sums, "sums");
      break;
    case TD_TABLE_UNITS:
    default:
      show_units (self, &filter);
      show_child (self, self->units, "units");
      break;
    }
  show_steps (self);
}

static void
on_filter (TdRegistrationsView *self)
{
  if (!self->filling && self->desk != NULL)
    refresh (GTK_WIDGET (self));
}

static void
on_table (TdRegistrationsView *self, GParamSpec *spec, GtkToggleButton *button)
{
  gboolean sums = table_of (self) == TD_TABLE_SUMS;

  if (!gtk_toggle_button_get_active (button))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->search), !sums);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scope), !sums);
  gtk_widget_set_sensitive (GTK_WIDGET (self->standing), !sums);
  on_filter (self);
}

/* ---- steps ------------------------------------------------------------------------------- */

static void
on_receive (TdRegistrationsView *self)
{
  g_autoptr (GPtrArray) chosen = chosen_units (self);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < chosen->len; i++)
    if (((TdRegisteredItem *)chosen->pdata[i])->may_receive)
      g_ptr_array_add (ids, g_strdup (((TdRegisteredItem *)chosen->pdata[i])->dossier));
  if (ids->len == 0)
    return;
  g_ptr_array_add (ids, NULL);
  if (!td_desk_step (self->desk, "receive", (const char *const *)ids->pdata, NULL, &error))
    {
      td_tell_error (GTK_WIDGET (self), &error);
      return;
    }
  sentence = g_strdup_printf (ngettext ("%u registration received.", "%u registrations received.", ids->len - 1),
                              ids->len - 1);
  td_tell (GTK_WIDGET (self), sentence);
}

static void
on_taken (TdRegistrationsView *self, const char *sentence)
{
  td_tell (GTK_WIDGET (self), sentence);
  td_follow_stale (GTK_WIDGET (self));
}

static void
present (TdRegistrationsView *self, GtkWidget *dialog)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (dialog, "taken", G_CALLBACK (on_taken), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_send_back (TdRegistrationsView *self)
{
  g_autoptr (GPtrArray) chosen = chosen_units (self);
  TdRegisteredItem *item = chosen->len == 1 ? chosen->pdata[0] : NULL;
  g_autoptr (TdDossierItem) dossier = item == NULL ? NULL : td_desk_dossier (self->desk, item->dossier);

  if (dossier != NULL && item->may_return)
    present (self, td_review_return_new (self->desk, dossier));
}

/* A registration that came on paper: nothing of it is here but its day. */
static void
on_attest (TdRegistrationsView *self)
{
  g_autoptr (GPtrArray) chosen = chosen_units (self);
  TdRegisteredItem *item = chosen->len == 1 ? chosen->pdata[0] : NULL;
  g_autoptr (GPtrArray) dossiers = g_ptr_array_new_with_free_func (g_object_unref);
  TdDossierItem *dossier;

  if (item == NULL || !item->may_attest)
    return;
  dossier = td_desk_dossier (self->desk, item->dossier);
  if (dossier == NULL)
    {
      dossier = td_dossier_item_new ();
      td_item_set (&dossier->id, item->dossier);
      td_item_set (&dossier->type, "registration");
      td_item_set (&dossier->title, item->unit_name);
      td_item_set (&dossier->unit_name, item->unit_name);
    }
  g_ptr_array_add (dossiers, dossier);
  present (self, td_review_step_new (self->desk, "attest", dossiers));
}

static void
open_item (TdRegistrationsView *self, TdRegisteredItem *item)
{
  if (item != NULL && *item->stage != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-dossier", "s", item->dossier);
}

static void
on_open (TdRegistrationsView *self)
{
  g_autoptr (GPtrArray) chosen = chosen_units (self);

  open_item (self, chosen->len == 1 ? chosen->pdata[0] : NULL);
}

static void
on_unit_activated (TdRegistrationsView *self, guint position)
{
  g_autoptr (TdRegisteredItem) item = g_list_model_get_item (G_LIST_MODEL (self->units_chosen), position);

  open_item (self, item);
}

static void
on_copy (TdRegistrationsView *self)
{
  TdRegistrationFilter filter = filter_of (self);
  g_autofree char *text = td_desk_registrations_text (self->desk, table_of (self), &filter);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  td_tell (GTK_WIDGET (self), _ ("The table is copied: paste it into Excel or Word."));
}

static void
focus_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (TD_REGISTRATIONS_VIEW (widget)->search));
}

/* ---- the object ------------------------------------------------------------------------------ */

static void
td_registrations_view_dispose (GObject *object)
{
  TdRegistrationsView *self = TD_REGISTRATIONS_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_REGISTRATIONS_VIEW);
  g_clear_object (&self->units_chosen);
  g_clear_object (&self->scopes);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (td_registrations_view_parent_class)->dispose (object);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_table);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_receive);
  gtk_widget_class_bind_template_callback (widget_class, on_send_back);
  gtk_widget_class_bind_template_callback (widget_class, on_attest);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_unit_activated);
}

static void
td_registrations_view_class_init (TdRegistrationsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_registrations_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/registrations-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, units_button);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, targets_button);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, sums_button);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, search);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, scope);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, standing);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, summary);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, stack);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, empty);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, units);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, targets);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, sums);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, steps);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, receive);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, send_back);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, attest);
  gtk_widget_class_bind_template_child (widget_class, TdRegistrationsView, open);
  bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "registrations.search", NULL, focus_search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "registrations.search", NULL);
}

static void
td_registrations_view_init (TdRegistrationsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_scopes (TdRegistrationsView *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->scopes = td_desk_registration_scopes (self->desk);
  for (guint i = 0; i < g_list_model_get_n_items (self->scopes); i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (self->scopes, i);

      gtk_string_list_append (names, row->title);
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->scope, G_LIST_MODEL (names));
  self->filling = FALSE;
}

static void
name_steps (TdRegistrationsView *self)
{
  const struct
  {
    GtkButton *button;
    const char *verb;
  } steps[] = { { self->receive, "receive" }, { self->send_back, "return" }, { self->attest, "attest" } };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *label = td_desk_verb_label (self->desk, steps[i].verb);

      gtk_button_set_label (steps[i].button, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (steps[i].button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
}

/** td_registrations_view_set_desk: once. */
void
td_registrations_view_set_desk (TdRegistrationsView *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_REGISTRATIONS_VIEW (self) && self->desk == NULL);

  self->desk = g_object_ref (desk);
  td_registrations_unit_columns (self->units, desk, td_desk_seat (desk) == TD_SEAT_BOARD);
  td_registrations_target_columns (self->targets, desk);
  td_registrations_sum_columns (self->sums, desk);
  fill_scopes (self);
  name_steps (self);
  td_follow (GTK_WIDGET (self), desk, refresh);
}
