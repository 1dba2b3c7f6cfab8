/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "former-window.h"

#include "desk/former.h"
#include "say.h"
#include "value-words.h"

#include <glib/gi18n.h>

/* The column of labels, so that values stand under each other. */
#define LABEL_CHARS 26

struct _TdFormerWindow
{
  AdwWindow parent_instance;

  TdDesk *desk;
  GListModel *units;

  GtkDropDown *unit;
  GtkLabel *said;
  GtkWidget *inherit;
  GtkStack *stack;
  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (TdFormerWindow, td_former_window, ADW_TYPE_WINDOW)

#define ITEM_KEY "td-item"

static GtkWidget *
text_new (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
add_row (TdFormerWindow *self, TdDifferenceItem *item)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = text_new (item->label, TRUE);
  g_autofree char *words = td_value_words (self->desk, item->path, item->before);
  GtkWidget *value = text_new (words, FALSE);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", item->label, words);

  gtk_label_set_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_can_focus (value, FALSE);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), value);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), ITEM_KEY, g_object_ref (item), g_object_unref);
  gtk_list_box_append (self->rows, row);
}

static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  TdDifferenceItem *item = g_object_get_data (G_OBJECT (row), ITEM_KEY);
  TdDifferenceItem *above = before == NULL ? NULL : g_object_get_data (G_OBJECT (before), ITEM_KEY);
  GtkWidget *label;

  if (above != NULL && g_str_equal (item->after, above->after))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (item->after);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 3);
  gtk_list_box_row_set_header (row, label);
}

static TdRowItem *
chosen (TdFormerWindow *self)
{
  guint at = gtk_drop_down_get_selected (self->unit);

  return self->units == NULL || at == GTK_INVALID_LIST_POSITION ? NULL : g_list_model_get_item (self->units, at);
}

static void
on_unit (TdFormerWindow *self)
{
  g_autoptr (TdRowItem) unit = chosen (self);
  g_autoptr (GListModel) fields = unit == NULL ? NULL : td_desk_former_ledger (self->desk, unit->id);
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->rows, 0))) != NULL)
    gtk_list_box_remove (self->rows, row);
  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (TdDifferenceItem) item = g_list_model_get_item (fields, i);

      add_row (self, item);
    }
  gtk_stack_set_visible_child_name (self->stack,
                                    gtk_list_box_get_row_at_index (self->rows, 0) != NULL ? "ledger" : "nothing");
}

/* ---- ratings ------------------------------------------------------------------------------ */

static void
say (TdFormerWindow *self, const char *sentence)
{
  gtk_label_set_label (self->said, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->said), *sentence != '\0');
}

static void
inherit (gpointer data)
{
  TdFormerWindow *self = TD_FORMER_WINDOW (data);
  g_autoptr (TdRowItem) unit = NULL;
  g_autoptr (GError) error = NULL;
  gboolean taken;

  if (self->desk == NULL)
    return;
  unit = chosen (self);
  if (unit == NULL)
    return;
  taken = td_desk_inherit_ratings (self->desk, unit->id, &error);
  say (self, taken
                 ? _ ("The ratings stand in the unit's own ledger now; a person decides on them when it is appraised.")
                 : error->message);
}

static void
on_inherit (TdFormerWindow *self)
{
  if (td_desk_has_ratings (self->desk))
    td_confirm (GTK_WIDGET (self), _ ("Replace the ratings of the unit?"),
                _ ("Its own ledger has ratings already. Those of the same years are replaced; the history keeps them."),
                _ ("Replace"), FALSE, inherit, self);
  else
    inherit (self);
}

/* ---- events and targets --------------------------------------------------------------------- */

/* Nothing of one's own is replaced, so nothing is asked; doing it again takes nothing twice. */
static void
take_ledger (TdFormerWindow *self, const char *name)
{
  g_autoptr (TdRowItem) unit = chosen (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  int taken;

  if (unit == NULL)
    return;
  taken = td_desk_inherit_ledger (self->desk, unit->id, name, &error);
  if (taken > 0)
    sentence = g_strdup_printf (ngettext ("%d entry stands in the unit's own ledger now; correct there what is no "
                                          "longer so.",
                                          "%d entries stand in the unit's own ledger now; correct there what is no "
                                          "longer so.",
                                          taken),
                                taken);
  say (self, taken < 0    ? error->message
             : taken == 0 ? _ ("Nothing new to take over: that unit wrote nothing of it, or the unit's own ledger has "
                               "it already.")
                          : sentence);
}

static void
on_inherit_events (TdFormerWindow *self)
{
  take_ledger (self, "events");
}

static void
on_inherit_targets (TdFormerWindow *self)
{
  take_ledger (self, "targets");
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
td_former_window_dispose (GObject *object)
{
  TdFormerWindow *self = TD_FORMER_WINDOW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->units);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_FORMER_WINDOW);
  G_OBJECT_CLASS (td_former_window_parent_class)->dispose (object);
}

static void
td_former_window_class_init (TdFormerWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_former_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/former-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFormerWindow, unit);
  gtk_widget_class_bind_template_child (widget_class, TdFormerWindow, said);
  gtk_widget_class_bind_template_child (widget_class, TdFormerWindow, inherit);
  gtk_widget_class_bind_template_child (widget_class, TdFormerWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TdFormerWindow, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_unit);
  gtk_widget_class_bind_template_callback (widget_class, on_inherit);
  gtk_widget_class_bind_template_callback (widget_class, on_inherit_events);
  gtk_widget_class_bind_template_callback (widget_class, on_inherit_targets);
}

static void
td_former_window_init (TdFormerWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->rows, set_header, NULL, NULL);
}

gboolean
td_former_window_has_units (TdDesk *desk)
{
  g_autoptr (GListModel) units = td_desk_former_units (desk);

  return g_list_model_get_n_items (units) > 0;
}

void
td_former_window_show (GtkWidget *near, TdDesk *desk)
{
  GtkRoot *root = gtk_widget_get_root (near);
  TdFormerWindow *self = g_object_new (TD_TYPE_FORMER_WINDOW, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  self->desk = g_object_ref (desk);
  self->units = td_desk_former_units (desk);
  for (guint i = 0; i < g_list_model_get_n_items (self->units); i++)
    {
      g_autoptr (TdRowItem) unit = g_list_model_get_item (self->units, i);

      gtk_string_list_append (names, unit->title);
    }
  gtk_drop_down_set_model (self->unit, G_LIST_MODEL (names));
  on_unit (self);
  gtk_window_present (GTK_WINDOW (self));
}
