/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "unit-picker.h"

#include "rows.h"

#include <glib/gi18n.h>

struct _TdUnitPicker
{
  GtkBox parent_instance;

  TdDesk *desk;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkEditable *search;
  GtkLabel *hint;
  GtkWidget *scroller;
  GtkListBox *units;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdUnitPicker, td_unit_picker, GTK_TYPE_BOX)

static void
on_search (TdUnitPicker *self)
{
  const char *query = gtk_editable_get_text (self->search);
  g_autoptr (GListStore) model = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) found = NULL;

  if (*query != '\0' && self->desk != NULL)
    found = td_desk_search_units (self->desk, query);
  for (guint i = 0; found != NULL && i < found->len; i++)
    g_list_store_append (model, g_ptr_array_index (found, i));
  td_rows_show (self->units, G_LIST_MODEL (model), td_rows_choice, NULL);
  gtk_widget_set_visible (self->scroller, found != NULL && found->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), found == NULL || found->len == 0);
  gtk_label_set_label (self->hint, found == NULL ? _ ("Type a part of the unit's name; tones may be left out.")
                                                 : _ ("No unit is called so."));
}

static void
pick (TdUnitPicker *self, GtkListBoxRow *row)
{
  TdRowItem *item = row == NULL ? NULL : td_rows_item (row);
  g_autofree char *key = item == NULL ? NULL : g_strdup (item->id);

  if (key == NULL)
    return;
  gtk_popover_popdown (self->popover);
  gtk_editable_set_text (self->search, "");
  g_signal_emit (self, signals[PICKED], 0, key);
}

static void
on_enter (TdUnitPicker *self)
{
  on_search (self);
  pick (self, gtk_list_box_get_row_at_index (self->units, 0));
}

static void
on_row (TdUnitPicker *self, GtkListBoxRow *row)
{
  pick (self, row);
}

static void
td_unit_picker_dispose (GObject *object)
{
  TdUnitPicker *self = TD_UNIT_PICKER (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_UNIT_PICKER);
  G_OBJECT_CLASS (td_unit_picker_parent_class)->dispose (object);
}

static void
td_unit_picker_class_init (TdUnitPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_unit_picker_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/unit-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, TdUnitPicker, button);
  gtk_widget_class_bind_template_child (widget_class, TdUnitPicker, popover);
  gtk_widget_class_bind_template_child (widget_class, TdUnitPicker, search);
  gtk_widget_class_bind_template_child (widget_class, TdUnitPicker, hint);
  gtk_widget_class_bind_template_child (widget_class, TdUnitPicker, scroller);
  gtk_widget_class_bind_template_child (widget_class, TdUnitPicker, units);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_unit_picker_init (TdUnitPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_search (self);
}

void
td_unit_picker_set_desk (TdUnitPicker *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_UNIT_PICKER (self));
  g_set_object (&self->desk, desk);
}

void
td_unit_picker_set_label (TdUnitPicker *self, const char *label)
{
  g_return_if_fail (TD_IS_UNIT_PICKER (self));
  gtk_menu_button_set_label (self->button, label);
}
