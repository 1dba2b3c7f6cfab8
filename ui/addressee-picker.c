/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "addressee-picker.h"

#include "desk/circulars.h"
#include "rows.h"
#include "say.h"

#include <glib/gi18n.h>

struct _TdAddresseePicker
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *record;
  GHashTable *chosen; /* unit keys */
  gboolean showing;

  GtkLabel *summary;
  GtkSearchEntry *search;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (TdAddresseePicker, td_addressee_picker, GTK_TYPE_BOX)

#define UNIT_KEY "td-unit"
#define NAMES_MAX 6

/* ---- what is chosen ---------------------------------------------------------------- */

static void
read_chosen (TdAddresseePicker *self)
{
  g_autofree char *to = td_desk_text (self->desk, self->record, "to");
  g_auto (GStrv) keys = g_strsplit (to, "\n", -1);

  g_hash_table_remove_all (self->chosen);
  for (guint i = 0; keys[i] != NULL; i++)
    if (*keys[i] != '\0')
      g_hash_table_add (self->chosen, g_strdup (keys[i]));
}

static void
show_summary (TdAddresseePicker *self)
{
  g_autoptr (GListModel) all = td_desk_addressees (self->desk, "");
  GString *names = g_string_new (NULL);
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TdRowItem) unit = g_list_model_get_item (all, i);

      if (!g_hash_table_contains (self->chosen, unit->id))
        continue;
      if (n++ < NAMES_MAX)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", unit->title);
    }
  text = n == 0 ? g_strdup (_ ("No unit chosen yet"))
                : g_strdup_printf (ngettext ("%u unit: %s%s", "%u units: %s%s", n), n, names->str,
                                   n > NAMES_MAX ? "…" : "");
  gtk_label_set_label (self->summary, text);
  g_string_free (names, TRUE);
}

/* In the order of the list, so that two machines write the same text for the same choice. */
static void
write_chosen (TdAddresseePicker *self)
{
  g_autoptr (GListModel) all = td_desk_addressees (self->desk, "");
  g_autoptr (GString) to = g_string_new (NULL);
  GError *error = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TdRowItem) unit = g_list_model_get_item (all, i);

      if (g_hash_table_contains (self->chosen, unit->id))
        g_string_append_printf (to, "%s%s", to->len > 0 ? "\n" : "", unit->id);
    }
  if (!td_desk_set (self->desk, self->record, "to", to->str, &error))
    td_tell_error (GTK_WIDGET (self), &error);
  show_summary (self);
}

/* ---- the list -------------------------------------------------------------------------- */

static void
on_toggled (TdAddresseePicker *self, GtkCheckButton *check)
{
  const char *unit = g_object_get_data (G_OBJECT (check), UNIT_KEY);

  if (self->showing)
    return;
  if (gtk_check_button_get_active (check))
    g_hash_table_add (self->chosen, g_strdup (unit));
  else
    g_hash_table_remove (self->chosen, unit);
  write_chosen (self);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  TdAddresseePicker *self = data;
  TdRowItem *unit = item;
  GtkWidget *row = td_rows_choice (item, NULL);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (check), UNIT_KEY, g_strdup (unit->id), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->chosen, unit->id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, unit->title, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

static void
show_units (TdAddresseePicker *self)
{
  g_autoptr (GListModel) units = td_desk_addressees (self->desk, gtk_editable_get_text (GTK_EDITABLE (self->search)));

  self->showing = TRUE;
  td_rows_show (self->list, units, make_row, self);
  self->showing = FALSE;
}

static void
on_search (TdAddresseePicker *self)
{
  if (self->desk != NULL)
    show_units (self);
}

/* "Tất cả đơn vị trực thuộc": those directly below; what lies lower is told by them. */
static void
on_all (TdAddresseePicker *self)
{
  g_autoptr (GPtrArray) below = td_units_children (td_desk_units (self->desk), td_desk_unit (self->desk));

  for (guint i = 0; i < below->len; i++)
    g_hash_table_add (self->chosen, g_strdup (((const TdUnit *)below->pdata[i])->key));
  write_chosen (self);
  show_units (self);
}

static void
on_none (TdAddresseePicker *self)
{
  g_hash_table_remove_all (self->chosen);
  write_chosen (self);
  show_units (self);
}

/* ---- the object ---------------------------------------------------------------------- */

static void
td_addressee_picker_dispose (GObject *object)
{
  TdAddresseePicker *self = TD_ADDRESSEE_PICKER (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_ADDRESSEE_PICKER);
  G_OBJECT_CLASS (td_addressee_picker_parent_class)->dispose (object);
}

static void
td_addressee_picker_class_init (TdAddresseePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_addressee_picker_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/addressee-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, TdAddresseePicker, summary);
  gtk_widget_class_bind_template_child (widget_class, TdAddresseePicker, search);
  gtk_widget_class_bind_template_child (widget_class, TdAddresseePicker, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
  gtk_widget_class_bind_template_callback (widget_class, on_none);
}

static void
td_addressee_picker_init (TdAddresseePicker *self)
{
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_addressee_picker_new: the addressees of the draft @record. */
GtkWidget *
td_addressee_picker_new (TdDesk *desk, const char *record)
{
  TdAddresseePicker *self = g_object_new (TD_TYPE_ADDRESSEE_PICKER, NULL);

  self->desk = g_object_ref (desk);
  self->record = g_strdup (record);
  read_chosen (self);
  show_summary (self);
  show_units (self);
  return GTK_WIDGET (self);
}
