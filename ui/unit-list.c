/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "unit-list.h"

#include "choice-row.h"
#include "desk/catalogue.h"
#include "field-row.h"
#include "say.h"
#include "unit-picker.h"

#include <glib/gi18n.h>

#define CODE_OF_ROW "td-code"
#define WELL_WIDTH 150
#define COUNT_WIDTH 110
#define TOOL_WIDTH 36

struct _TdUnitList
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *record;
  gboolean project;
  char *removing; /* the code asked about */

  GtkLabel *empty;
  GtkWidget *table;
  GtkBox *head;
  GtkBox *rows;
  TdUnitPicker *picker;
};

G_DEFINE_FINAL_TYPE (TdUnitList, td_unit_list, GTK_TYPE_BOX)

/* ---- rows --------------------------------------------------------------------------- */

static GtkWidget *
sized (GtkWidget *widget, int width)
{
  gtk_widget_set_size_request (widget, width, -1);
  gtk_widget_set_hexpand (widget, FALSE);
  return widget;
}

/* The grid's own words for @path would name the code; a screen reader is told the unit. */
static GtkWidget *
make_well (TdUnitList *self, const char *code)
{
  static const char *const values[] = { "yes", "no", NULL };
  const char *const labels[] = { _ ("well"), _ ("not well"), NULL };
  g_autofree char *path = g_strdup_printf ("coordinating/%s", code);
  GtkWidget *field = g_object_new (TD_TYPE_CHOICE_ROW, "compact", TRUE, "values", values, "labels", labels, NULL);

  td_field_bind (TD_FIELD (field), self->desk, self->record, path);
  return sized (field, WELL_WIDTH);
}

static GtkWidget *
make_count (TdUnitList *self, const char *code)
{
  g_autofree char *path = g_strdup_printf ("coordinating/%s/exceeded", code);
  GtkWidget *field = g_object_new (TD_TYPE_FIELD_ROW, "compact", TRUE, NULL);

  td_field_bind (TD_FIELD (field), self->desk, self->record, path);
  return sized (field, COUNT_WIDTH);
}

static void on_remove (GtkWidget *button, TdUnitList *self);

static GtkWidget *
make_remove (TdUnitList *self, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Take %s off the list"), name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
  return sized (button, TOOL_WIDTH);
}

static GtkWidget *
make_row (TdUnitList *self, TdRowItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (item->title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  if (self->project)
    {
      gtk_box_append (GTK_BOX (row), make_well (self, item->id));
      gtk_box_append (GTK_BOX (row), make_count (self, item->id));
    }
  gtk_box_append (GTK_BOX (row), make_remove (self, item->title));
  g_object_set_data_full (G_OBJECT (row), CODE_OF_ROW, g_strdup (item->id), g_free);
  return row;
}

static void
add_head (TdUnitList *self, const char *title, int width)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_END);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_label_set_max_width_chars (GTK_LABEL (label), 8);
  gtk_widget_set_size_request (label, width, -1);
  gtk_widget_set_hexpand (label, width < 0);
  gtk_box_append (self->head, label);
}

static void
make_head (TdUnitList *self)
{
  add_head (self, _ ("Coordinating body"), -1);
  add_head (self, _ ("Coordinated"), WELL_WIDTH);
  add_head (self, _ ("Targets exceeded"), COUNT_WIDTH);
  add_head (self, "", TOOL_WIDTH);
}

static GtkWidget *
row_of (TdUnitList *self, const char *code)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (g_object_get_data (G_OBJECT (row), CODE_OF_ROW), code))
      return row;
  return NULL;
}

static gboolean
lists (GListModel *units, const char *code)
{
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (TdRowItem) item = g_list_model_get_item (units, i);

      if (g_str_equal (item->id, code))
        return TRUE;
    }
  return FALSE;
}

static void
drop_rows (TdUnitList *self, GListModel *units)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows));

  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      if (!lists (units, g_object_get_data (G_OBJECT (row), CODE_OF_ROW)))
        gtk_box_remove (self->rows, row);
      row = next;
    }
}

/* ---- callbacks ------------------------------------------------------------------------ */

static void
on_picked (TdUnitList *self, const char *key)
{
  g_autoptr (GError) error = NULL;

  if (!td_desk_list_unit (self->desk, self->record, key, TRUE, &error))
    td_tell_error (GTK_WIDGET (self), &error);
  td_unit_list_sync (self);
}

static void
remove_unit (gpointer data)
{
  TdUnitList *self = TD_UNIT_LIST (data);
  g_autofree char *code = g_steal_pointer (&self->removing);
  g_autoptr (GError) error = NULL;

  if (code == NULL || self->desk == NULL)
    return;
  if (!td_desk_list_unit (self->desk, self->record, code, FALSE, &error))
    td_tell_error (GTK_WIDGET (self), &error);
  td_unit_list_sync (self);
}

static gboolean
says_something (TdUnitList *self, const char *code)
{
  g_autofree char *well = g_strdup_printf ("coordinating/%s", code);
  g_autofree char *exceeded = g_strdup_printf ("coordinating/%s/exceeded", code);
  g_autofree char *first = td_desk_text (self->desk, self->record, well);
  g_autofree char *second = td_desk_text (self->desk, self->record, exceeded);

  return *first != '\0' || *second != '\0';
}

static void
on_remove (GtkWidget *button, TdUnitList *self)
{
  const char *code = g_object_get_data (G_OBJECT (gtk_widget_get_parent (button)), CODE_OF_ROW);
  g_autofree char *name = td_desk_name_of_code (self->desk, code);
  g_autofree char *body = NULL;

  g_free (self->removing);
  self->removing = g_strdup (code);
  if (!says_something (self, code))
    {
      remove_unit (self);
      return;
    }
  body = g_strdup_printf (_ ("%s and what is said of it here will be taken off."), name);
  td_confirm (GTK_WIDGET (self), _ ("Take the unit off the list?"), body, _ ("_Remove"), TRUE, remove_unit, self);
}

/* ---- the object -------------------------------------------------------------------------- */

static void
td_unit_list_dispose (GObject *object)
{
  TdUnitList *self = TD_UNIT_LIST (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->removing, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_UNIT_LIST);
  G_OBJECT_CLASS (td_unit_list_parent_class)->dispose (object);
}

static void
td_unit_list_class_init (TdUnitListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_unit_list_dispose;
  g_type_ensure (TD_TYPE_UNIT_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/unit-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TdUnitList, empty);
  gtk_widget_class_bind_template_child (widget_class, TdUnitList, table);
  gtk_widget_class_bind_template_child (widget_class, TdUnitList, head);
  gtk_widget_class_bind_template_child (widget_class, TdUnitList, rows);
  gtk_widget_class_bind_template_child (widget_class, TdUnitList, picker);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
}

static void
td_unit_list_init (TdUnitList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_unit_list_bind: shows the units of @record; once. @project: with what is said of each. */
void
td_unit_list_bind (TdUnitList *self, TdDesk *desk, const char *record, gboolean project)
{
  g_return_if_fail (TD_IS_UNIT_LIST (self));
  g_return_if_fail (self->desk == NULL);
  self->desk = g_object_ref (desk);
  self->record = g_strdup (record);
  self->project = project;
  td_unit_picker_set_desk (self->picker, desk);
  td_unit_picker_set_label (self->picker, project ? _ ("Add a _coordinating body") : _ ("Add a _unit"));
  gtk_label_set_label (self->empty, project ? _ ("No coordinating body is named yet. Add each body that coordinates, "
                                                 "then say how well and how many targets it exceeded.")
                                            : _ ("No unit belongs to the block yet. Add the first."));
  gtk_widget_set_visible (GTK_WIDGET (self->head), project);
  if (project)
    make_head (self);
  td_unit_list_sync (self);
}

/** td_unit_list_sync: makes the rows those of the record; rows that stay are not touched. */
void
td_unit_list_sync (TdUnitList *self)
{
  g_autoptr (GListModel) units = NULL;
  guint n;

  g_return_if_fail (TD_IS_UNIT_LIST (self));
  if (self->desk == NULL)
    return;
  units = td_desk_listed_units (self->desk, self->record);
  n = g_list_model_get_n_items (units);
  drop_rows (self, units);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TdRowItem) item = g_list_model_get_item (units, i);

      if (row_of (self, item->id) == NULL)
        gtk_box_append (self->rows, make_row (self, item));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->empty), n == 0);
  gtk_widget_set_visible (self->table, n > 0);
}
