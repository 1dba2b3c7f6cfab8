/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "entry-form.h"

#include "choice-row.h"
#include "desk/catalogue.h"
#include "field-row.h"
#include "follow.h"
#include "row-grid.h"
#include "say.h"
#include "unit-list.h"
#include "unit-picker.h"

#include <glib/gi18n.h>

struct _TdEntryForm
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *record;
  gboolean project;

  GtkWidget *project_box;
  GtkWidget *block_box;
  GtkLabel *lead;
  TdUnitPicker *lead_picker;
  GtkWidget *lead_clear;
  TdUnitList *coordinating;
  TdRowGrid *targets;
  TdChoiceRow *charge;
  TdUnitList *units;
};

G_DEFINE_FINAL_TYPE (TdEntryForm, td_entry_form, GTK_TYPE_BOX)

static const TdGridColumn target_columns[] = {
  { "name", N_ ("Target"), 0 },
  { "unit", N_ ("Unit of measure"), 84 },
  { "direction", N_ ("Better when"), 118, FALSE, "HIGHER_BETTER\nLOWER_BETTER\nQUALITATIVE",
    N_ ("higher\nlower\nin words") },
  { "plan", N_ ("Plan"), 84 },
  { "actual", N_ ("Result"), 84 },
  { "result_date", N_ ("Day of the result"), 108 },
  { "cap", N_ ("Highest possible value"), 0, TRUE },
};
static const char *const target_pasted[] = { "name", "unit", "plan", "actual", "result_date", "cap", NULL };
static const TdGridKind target_kind = {
  "target",
  N_ ("Add a _target"),
  N_ ("Here stand the targets of the programme or project, each with its plan and its result. Add the first, or paste "
      "rows from Excel in this order: target, unit of measure, plan, result, day of the result, highest value."),
  target_pasted,
  target_columns,
  G_N_ELEMENTS (target_columns),
};

/* ---- showing ---------------------------------------------------------------------------- */

static void
show_lead (TdEntryForm *self)
{
  g_autofree char *code = td_desk_text (self->desk, self->record, "lead");
  g_autofree char *name = td_desk_name_of_code (self->desk, code);

  gtk_label_set_label (self->lead, *code != '\0' ? name : _ ("Not chosen"));
  gtk_widget_set_visible (self->lead_clear, *code != '\0');
}

/* Who may be in charge: the members of the Council's roster, by name. */
static void
show_charge (TdEntryForm *self)
{
  g_autofree char *roster = td_desk_ledger (self->desk, "council");
  g_autoptr (GPtrArray) keys = td_desk_keys (self->desk, roster, "member");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("member/%s/name", (char *)keys->pdata[i]);
      g_autofree char *name = td_desk_text (self->desk, roster, path);

      if (*name != '\0')
        g_strv_builder_add (builder, name);
    }
  names = g_strv_builder_end (builder);
  td_choice_row_set_choices (self->charge, (const char *const *)names, (const char *const *)names);
}

static void
refresh (GtkWidget *widget)
{
  TdEntryForm *self = TD_ENTRY_FORM (widget);

  if (self->project)
    {
      show_lead (self);
      td_unit_list_sync (self->coordinating);
      td_row_grid_sync (self->targets);
    }
  else
    {
      show_charge (self);
      td_unit_list_sync (self->units);
    }
}

/* ---- callbacks --------------------------------------------------------------------------- */

static void
set_lead (TdEntryForm *self, const char *code)
{
  g_autoptr (GError) error = NULL;

  if (!td_desk_set (self->desk, self->record, "lead", code, &error))
    td_tell_error (GTK_WIDGET (self), &error);
  show_lead (self);
}

static void
on_lead_picked (TdEntryForm *self, const char *key)
{
  const TdUnit *unit = td_units_get (td_desk_units (self->desk), key);

  if (unit != NULL)
    set_lead (self, unit->code);
}

static void
on_lead_cleared (TdEntryForm *self)
{
  set_lead (self, "");
}

/* ---- the object --------------------------------------------------------------------------- */

static void
td_entry_form_dispose (GObject *object)
{
  TdEntryForm *self = TD_ENTRY_FORM (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_ENTRY_FORM);
  G_OBJECT_CLASS (td_entry_form_parent_class)->dispose (object);
}

static void
td_entry_form_class_init (TdEntryFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_entry_form_dispose;
  g_type_ensure (TD_TYPE_CHOICE_ROW);
  g_type_ensure (TD_TYPE_FIELD_ROW);
  g_type_ensure (TD_TYPE_ROW_GRID);
  g_type_ensure (TD_TYPE_UNIT_LIST);
  g_type_ensure (TD_TYPE_UNIT_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/entry-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TdEntryForm, project_box);
  gtk_widget_class_bind_template_child (widget_class, TdEntryForm, block_box);
  gtk_widget_class_bind_template_child (widget_class, TdEntryForm, lead);
  gtk_widget_class_bind_template_child (widget_class, TdEntryForm, lead_picker);
  gtk_widget_class_bind_template_child (widget_class, TdEntryForm, lead_clear);
  gtk_widget_class_bind_template_child (widget_class, TdEntryForm, coordinating);
  gtk_widget_class_bind_template_child (widget_class, TdEntryForm, targets);
  gtk_widget_class_bind_template_child (widget_class, TdEntryForm, charge);
  gtk_widget_class_bind_template_child (widget_class, TdEntryForm, units);
  gtk_widget_class_bind_template_callback (widget_class, on_lead_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_lead_cleared);
}

static void
td_entry_form_init (TdEntryForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_entry_form_new: the form of @record, a project or a block. */
GtkWidget *
td_entry_form_new (TdDesk *desk, const char *record, gboolean project)
{
  TdEntryForm *self = g_object_new (TD_TYPE_ENTRY_FORM, NULL);

  self->desk = g_object_ref (desk);
  self->record = g_strdup (record);
  self->project = project;
  gtk_widget_set_visible (self->project_box, project);
  gtk_widget_set_visible (self->block_box, !project);
  if (project)
    {
      td_unit_list_bind (self->coordinating, desk, record, TRUE);
      td_row_grid_bind (self->targets, desk, record, &target_kind);
      td_unit_picker_set_desk (self->lead_picker, desk);
      td_form_bind (self->project_box, desk, record);
    }
  else
    {
      td_unit_list_bind (self->units, desk, record, FALSE);
      td_form_bind (self->block_box, desk, record);
    }
  refresh (GTK_WIDGET (self));
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}

const char *
td_entry_form_get_record (TdEntryForm *self)
{
  g_return_val_if_fail (TD_IS_ENTRY_FORM (self), NULL);
  return self->record;
}

void
td_entry_form_open (TdEntryForm *self, const char *path)
{
  g_return_if_fail (TD_IS_ENTRY_FORM (self));
  if (self->project)
    td_row_grid_open (self->targets, path);
  td_form_focus (GTK_WIDGET (self), self->record, path);
}
