/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rows.h"

#include "say.h"

#define ITEM_KEY "td-item"
#define VALUE_SIGNS 32

typedef struct
{
  TdRowCreate create;
  gpointer data;
} Maker;

static GtkWidget *
make (gpointer item, gpointer data)
{
  const Maker *maker = data;
  GtkWidget *row = maker->create (item, maker->data);

  g_object_set_data_full (G_OBJECT (row), ITEM_KEY, g_object_ref (item), g_object_unref);
  return row;
}

static int
focused_index (GtkListBox *list)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (list));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!GTK_IS_LIST_BOX_ROW (child) || focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (list)))
    return -1;
  return gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (child));
}

/** td_rows_show: fills @list from @model (taken as it is now); the focus stays on its row. */
void
td_rows_show (GtkListBox *list, GListModel *model, TdRowCreate create, gpointer data)
{
  int focused = focused_index (list);
  Maker *maker = g_new (Maker, 1);
  GtkListBoxRow *row;
  guint n = g_list_model_get_n_items (model);

  maker->create = create;
  maker->data = data;
  gtk_list_box_bind_model (list, model, make, maker, g_free);
  if (focused < 0 || n == 0)
    return;
  row = gtk_list_box_get_row_at_index (list, MIN (focused, (int)n - 1));
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/** td_rows_words: a row of plain words. */
GtkWidget *
td_rows_words (const char *icon, const char *title, const char *subtitle, const char *value)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title != NULL ? title : "",
                                 "title-lines", 0, "subtitle-lines", 0, NULL);
  GtkWidget *label;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  if (icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icon);

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
    }
  if (value == NULL || *value == '\0')
    return row;
  label = gtk_label_new (value);
  /* A wrapping label shrinks to its longest word beside an expanding title: short figures stay on one line. */
  gtk_label_set_wrap (GTK_LABEL (label), g_utf8_strlen (value, -1) > VALUE_SIGNS);
  gtk_label_set_width_chars (GTK_LABEL (label), (int)MIN (g_utf8_strlen (value, -1), VALUE_SIGNS));
  gtk_label_set_max_width_chars (GTK_LABEL (label), VALUE_SIGNS);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "td-figures");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

/** td_rows_plain: the usual row of a TdRowItem. */
GtkWidget *
td_rows_plain (gpointer item, gpointer data)
{
  TdRowItem *row = TD_ROW_ITEM (item);

  return td_rows_words (td_state_icon (row->state), row->title, row->subtitle, row->value);
}

/** td_rows_choice: a row to choose, without an icon. */
GtkWidget *
td_rows_choice (gpointer item, gpointer data)
{
  TdRowItem *row = TD_ROW_ITEM (item);

  return td_rows_words (NULL, row->title, row->subtitle, row->value);
}

/** td_rows_item: the item @row was made of; borrowed. */
gpointer
td_rows_item (GtkListBoxRow *row)
{
  g_return_val_if_fail (GTK_IS_LIST_BOX_ROW (row), NULL);
  return g_object_get_data (G_OBJECT (row), ITEM_KEY);
}

/* ---- columns ------------------------------------------------------------------ */

static void
on_cell_setup (GtkSignalListItemFactory *factory, GtkListItem *cell)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_list_item_set_child (cell, label);
}

static void
on_cell_bind (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer data)
{
  TdCellText text = (TdCellText)data;
  g_autofree char *words = text (gtk_list_item_get_item (cell));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (cell)), words);
}

/** td_rows_column: appends a column of words to @view. */
GtkColumnViewColumn *
td_rows_column (GtkColumnView *view, const char *title, TdCellText text, gboolean expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;

  g_signal_connect (factory, "setup", G_CALLBACK (on_cell_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_cell_bind), (gpointer)text);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, expand);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (view, column);
  g_object_unref (column); /* the view holds it */
  return column;
}
