/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "row-grid.h"

#include "desk/dated.h"
#include "choice-row.h"
#include "field-row.h"
#include "row-paste.h"
#include "say.h"

#include <glib/gi18n.h>

struct _TdRowGrid
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *record;
  const TdGridKind *kind;
  char *removing;    /* the key of the row asked about */
  GPtrArray *widths; /* GtkSizeGroup for each column: head and cells stay in line */

  GtkLabel *empty;
  GtkWidget *table;
  GtkBox *head;
  GtkBox *rows;
  GtkWidget *buttons;
  GtkButton *add;
};

G_DEFINE_FINAL_TYPE (TdRowGrid, td_row_grid, GTK_TYPE_BOX)

#define KEY_OF_ROW "td-key"
#define DETAILS_OF_ROW "td-details"
#define TOGGLE_OF_ROW "td-toggle"
#define STATE_OF_ROW "td-state"
#define MORE_OF_ROW "td-more"
/* Two buttons of the row and the space between. */
#define TOOLS_WIDTH 74

/* ---- cells ------------------------------------------------------------------------ */

static GtkWidget *
with_offers (TdRowGrid *self, GtkWidget *field, const char *path, const TdGridColumn *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  g_autofree char *title = td_desk_dated (self->desk, _ (column->title));
  g_autofree char *label = g_strdup_printf (_ ("Choose: %s"), title);

  gtk_widget_set_hexpand (field, TRUE);
  gtk_box_append (GTK_BOX (box), field);
  gtk_box_append (GTK_BOX (box), td_offers_new (self->desk, self->record, path, label, column->offers));
  return box;
}

static GtkWidget *
make_field (TdRowGrid *self, const char *key, guint at)
{
  const TdGridColumn *column = &self->kind->columns[at];
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", self->kind->prefix, key, column->member);
  g_autofree char *title = td_desk_dated (self->desk, _ (column->title));
  GtkWidget *field;

  if (column->values != NULL)
    {
      g_autofree char *codes = td_desk_dated (self->desk, column->values);
      g_autofree char *words = td_desk_dated (self->desk, _ (column->labels));
      g_auto (GStrv) values = g_strsplit (codes, "\n", -1);
      g_auto (GStrv) labels = g_strsplit (words, "\n", -1);

      field = g_object_new (TD_TYPE_CHOICE_ROW, "title", title, "compact", !column->details, "values", values, "labels",
                            labels, NULL);
    }
  else
    field = g_object_new (TD_TYPE_FIELD_ROW, "title", title, "compact", !column->details, NULL);
  if (column->width > 0 && !column->details)
    {
      gtk_widget_set_size_request (field, column->width, -1);
      gtk_size_group_add_widget (self->widths->pdata[at], field);
    }
  gtk_widget_set_hexpand (field, column->width == 0 || column->details);
  td_field_bind (TD_FIELD (field), self->desk, self->record, path);
  return column->offers == NULL ? field : with_offers (self, field, path, column);
}

static GtkWidget *
make_tool (GtkWidget *button, const char *label)
{
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static gboolean
has_details (const TdGridKind *kind)
{
  for (guint i = 0; i < kind->n_columns; i++)
    if (kind->columns[i].details)
      return TRUE;
  return FALSE;
}

static void on_remove (GtkWidget *button, TdRowGrid *self);

static GtkWidget *
make_tools (TdRowGrid *self, GtkWidget *row, GtkWidget *details)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *remove = make_tool (gtk_button_new_from_icon_name ("user-trash-symbolic"), _ ("Remove the row"));

  gtk_widget_set_size_request (tools, TOOLS_WIDTH, -1);
  if (details != NULL)
    {
      GtkWidget *more = make_tool (gtk_toggle_button_new (), _ ("More about this row"));

      gtk_button_set_icon_name (GTK_BUTTON (more), "view-more-symbolic");
      g_object_bind_property (more, "active", details, "visible", G_BINDING_DEFAULT);
      g_object_set_data (G_OBJECT (row), TOGGLE_OF_ROW, more);
      gtk_box_append (GTK_BOX (tools), more);
    }
  g_object_set_data (G_OBJECT (remove), "td-row", row);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (tools), remove);
  return tools;
}

/* Evidence and the like is made when the row is unfolded: most rows never are. */
static void
on_unfolded (GtkWidget *box, GParamSpec *spec, TdRowGrid *self)
{
  const char *key = g_object_get_data (G_OBJECT (box), KEY_OF_ROW);

  if (!gtk_widget_get_visible (box) || self->desk == NULL || g_object_get_data (G_OBJECT (box), MORE_OF_ROW) != NULL)
    return;
  g_object_set_data (G_OBJECT (box), MORE_OF_ROW, box);
  gtk_box_append (GTK_BOX (box), self->kind->more (self->desk, self->record, key));
}

static GtkWidget *
make_fields (TdRowGrid *self, const char *key)
{
  GtkWidget *details = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (details), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (details), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (details), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (details), 6);
  for (guint i = 0; i < self->kind->n_columns; i++)
    if (self->kind->columns[i].details)
      {
        GtkWidget *child = gtk_flow_box_child_new ();

        gtk_widget_set_focusable (child, FALSE);
        gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), make_field (self, key, i));
        gtk_flow_box_append (GTK_FLOW_BOX (details), child);
      }
  return details;
}

static GtkWidget *
make_details (TdRowGrid *self, const char *key)
{
  GtkWidget *details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (details), make_fields (self, key));
  gtk_widget_set_visible (details, FALSE);
  gtk_widget_set_margin_bottom (details, 8);
  g_object_set_data_full (G_OBJECT (details), KEY_OF_ROW, g_strdup (key), g_free);
  if (self->kind->more != NULL)
    g_signal_connect (details, "notify::visible", G_CALLBACK (on_unfolded), self);
  return details;
}

/* ---- what a row comes to --------------------------------------------------------------- */

static GtkWidget *
make_state (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "td-figures");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_start (box, 4);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
show_state (TdRowGrid *self, GtkWidget *row)
{
  GtkWidget *box = g_object_get_data (G_OBJECT (row), STATE_OF_ROW);
  const char *key = g_object_get_data (G_OBJECT (row), KEY_OF_ROW);
  g_autofree char *words = NULL;
  const char *icon = box == NULL ? NULL : self->kind->state (self->desk, self->record, key, &words);

  if (box == NULL)
    return;
  gtk_widget_set_visible (box, icon != NULL);
  if (icon == NULL)
    return;
  gtk_image_set_from_icon_name (GTK_IMAGE (gtk_widget_get_first_child (box)), icon);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), words);
}

static GtkWidget *
make_row (TdRowGrid *self, const char *key)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *details = has_details (self->kind) ? make_details (self, key) : NULL;

  for (guint i = 0; i < self->kind->n_columns; i++)
    if (!self->kind->columns[i].details)
      gtk_box_append (GTK_BOX (line), make_field (self, key, i));
  gtk_box_append (GTK_BOX (line), make_tools (self, row, details));
  gtk_box_append (GTK_BOX (row), line);
  if (self->kind->state != NULL)
    {
      GtkWidget *state = make_state ();

      gtk_box_append (GTK_BOX (row), state);
      g_object_set_data (G_OBJECT (row), STATE_OF_ROW, state);
    }
  if (details != NULL)
    gtk_box_append (GTK_BOX (row), details);
  g_object_set_data (G_OBJECT (row), DETAILS_OF_ROW, details);
  g_object_set_data_full (G_OBJECT (row), KEY_OF_ROW, g_strdup (key), g_free);
  return row;
}

static void
make_head (TdRowGrid *self)
{
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  for (guint i = 0; i < self->kind->n_columns; i++)
    {
      const TdGridColumn *column = &self->kind->columns[i];
      g_autofree char *title = td_desk_dated (self->desk, _ (column->title));
      GtkWidget *label;

      if (column->details)
        continue;
      label = gtk_label_new (title);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_set_valign (label, GTK_ALIGN_END);
      gtk_widget_add_css_class (label, "caption-heading");
      gtk_label_set_max_width_chars (GTK_LABEL (label), 8);
      gtk_widget_set_size_request (label, column->width > 0 ? column->width : -1, -1);
      if (column->width > 0)
        gtk_size_group_add_widget (self->widths->pdata[i], label);
      gtk_widget_set_hexpand (label, column->width == 0);
      gtk_box_append (self->head, label);
    }
  gtk_widget_set_size_request (space, TOOLS_WIDTH, -1);
  gtk_box_append (self->head, space);
}

/* ---- rows and keys ------------------------------------------------------------------ */

static const char *
key_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), KEY_OF_ROW);
}

static GtkWidget *
row_of (TdRowGrid *self, const char *key)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (key_of (row), key))
      return row;
  return NULL;
}

static gboolean
holds (GPtrArray *keys, const char *key)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_str_equal (keys->pdata[i], key))
      return TRUE;
  return FALSE;
}

static void
drop_rows (TdRowGrid *self, GPtrArray *keys)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows));

  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      if (keys == NULL || !holds (keys, key_of (row)))
        gtk_box_remove (self->rows, row);
      row = next;
    }
}

/* ---- callbacks -------------------------------------------------------------- */

static void
on_add (TdRowGrid *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = td_desk_add_row (self->desk, self->record, self->kind->prefix, &error);
  g_autofree char *path = NULL;
  GtkWidget *row;

  if (key == NULL)
    {
      td_tell_error (GTK_WIDGET (self), &error);
      return;
    }
  td_row_grid_sync (self);
  row = row_of (self, key);
  if (row == NULL)
    return;
  if (g_object_get_data (G_OBJECT (row), TOGGLE_OF_ROW) != NULL)
    gtk_toggle_button_set_active (g_object_get_data (G_OBJECT (row), TOGGLE_OF_ROW), TRUE);
  path = g_strdup_printf ("%s/%s/%s", self->kind->prefix, key, self->kind->columns[0].member);
  td_form_focus (GTK_WIDGET (self), self->record, path);
}

static void
remove_row (gpointer data)
{
  TdRowGrid *self = TD_ROW_GRID (data);
  g_autofree char *key = g_steal_pointer (&self->removing);
  g_autoptr (GError) error = NULL;

  if (key == NULL || self->desk == NULL)
    return;
  if (!td_desk_remove_row (self->desk, self->record, self->kind->prefix, key, &error))
    td_tell_error (GTK_WIDGET (self), &error);
  td_row_grid_sync (self);
}

static void
on_remove (GtkWidget *button, TdRowGrid *self)
{
  const char *key = key_of (g_object_get_data (G_OBJECT (button), "td-row"));
  g_autofree char *path = g_strdup_printf ("%s/%s/name", self->kind->prefix, key);
  g_autofree char *name = td_desk_shown (self->desk, self->record, path);
  g_autofree char *body = NULL;

  g_free (self->removing);
  self->removing = g_strdup (key);
  if (name == NULL || *name == '\0')
    {
      remove_row (self);
      return;
    }
  body = g_strdup_printf (_ ("“%s” and its figures will be removed."), name);
  td_confirm (GTK_WIDGET (self), _ ("Remove the row?"), body, _ ("_Remove"), TRUE, remove_row, self);
}

static void
on_pasted (gpointer data)
{
  TdRowGrid *self = TD_ROW_GRID (data);

  if (self->desk != NULL)
    td_row_grid_sync (self);
}

static void
paste (TdRowGrid *self)
{
  td_row_paste (GTK_WIDGET (self), self->desk, self->record, self->kind->prefix, self->kind->pasted, on_pasted);
}

static void
on_paste (TdRowGrid *self)
{
  paste (self);
}

/* A table in the clipboard becomes rows; a word stays with the entry it is pasted into. */
static gboolean
on_key (TdRowGrid *self, guint keyval, guint code, GdkModifierType state)
{
  GdkContentFormats *formats;

  if ((state & GDK_CONTROL_MASK) == 0 || (keyval != GDK_KEY_v && keyval != GDK_KEY_V))
    return FALSE;
  formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  if (!td_row_paste_is_table (formats))
    return FALSE;
  paste (self);
  return TRUE;
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_row_grid_dispose (GObject *object)
{
  TdRowGrid *self = TD_ROW_GRID (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->removing, g_free);
  g_clear_pointer (&self->widths, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_ROW_GRID);
  G_OBJECT_CLASS (td_row_grid_parent_class)->dispose (object);
}

static void
td_row_grid_class_init (TdRowGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_row_grid_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/row-grid.ui");
  gtk_widget_class_bind_template_child (widget_class, TdRowGrid, empty);
  gtk_widget_class_bind_template_child (widget_class, TdRowGrid, table);
  gtk_widget_class_bind_template_child (widget_class, TdRowGrid, head);
  gtk_widget_class_bind_template_child (widget_class, TdRowGrid, rows);
  gtk_widget_class_bind_template_child (widget_class, TdRowGrid, buttons);
  gtk_widget_class_bind_template_child (widget_class, TdRowGrid, add);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_paste);
}

static void
td_row_grid_init (TdRowGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->widths = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/** td_row_grid_bind: shows the rows of @record below @kind's prefix; once. */
void
td_row_grid_bind (TdRowGrid *self, TdDesk *desk, const char *record, const TdGridKind *kind)
{
  g_autofree char *empty = NULL;

  g_return_if_fail (TD_IS_ROW_GRID (self));
  g_return_if_fail (self->desk == NULL);
  self->desk = g_object_ref (desk);
  self->record = g_strdup (record);
  self->kind = kind;
  for (guint i = 0; i < kind->n_columns; i++)
    g_ptr_array_add (self->widths, gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL));
  empty = td_desk_dated (desk, _ (kind->empty_label));
  gtk_label_set_label (self->empty, empty);
  gtk_button_set_label (self->add, _ (kind->add_label));
  make_head (self);
}

/* A row that comes to stand elsewhere goes there once nobody types in the table. */
static void
arrange (TdRowGrid *self, GPtrArray *keys)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);
  GtkWidget *above = NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->rows)))
    return;
  for (guint i = 0; i < keys->len; i++)
    {
      GtkWidget *row = row_of (self, keys->pdata[i]);

      if (row == NULL)
        continue;
      if (gtk_widget_get_prev_sibling (row) != above)
        gtk_box_reorder_child_after (self->rows, row, above);
      above = row;
    }
}

/** td_row_grid_sync: makes the rows those of the record; rows that stay are not touched. */
void
td_row_grid_sync (TdRowGrid *self)
{
  g_autoptr (GPtrArray) keys = NULL;
  gboolean may;

  g_return_if_fail (TD_IS_ROW_GRID (self));
  if (self->desk == NULL)
    return;
  keys = td_desk_keys (self->desk, self->record, self->kind->prefix);
  drop_rows (self, keys);
  for (guint i = 0; i < keys->len; i++)
    if (row_of (self, keys->pdata[i]) == NULL)
      gtk_box_append (self->rows, make_row (self, keys->pdata[i]));
  arrange (self, keys);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    show_state (self, row);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), keys->len == 0);
  gtk_widget_set_visible (self->table, keys->len > 0);
  may = td_desk_may_set (self->desk, self->record, self->kind->prefix);
  gtk_widget_set_visible (self->buttons, may);
}

/** td_row_grid_open: unfolds the row that has @path in its second line. */
void
td_row_grid_open (TdRowGrid *self, const char *path)
{
  g_auto (GStrv) parts = NULL;
  GtkWidget *row;
  GtkToggleButton *toggle;

  g_return_if_fail (TD_IS_ROW_GRID (self));
  parts = g_strsplit (path, "/", 3);
  if (self->kind == NULL || g_strv_length (parts) < 3 || !g_str_equal (parts[0], self->kind->prefix))
    return;
  row = row_of (self, parts[1]);
  toggle = row != NULL ? g_object_get_data (G_OBJECT (row), TOGGLE_OF_ROW) : NULL;
  for (guint i = 0; toggle != NULL && i < self->kind->n_columns; i++)
    if (self->kind->columns[i].details && g_str_equal (self->kind->columns[i].member, parts[2]))
      gtk_toggle_button_set_active (toggle, TRUE);
}
