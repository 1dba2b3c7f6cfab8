/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "review-fields.h"

#include "value-words.h"

#include <glib/gi18n.h>

/* The column of labels, so that values stand under each other. */
#define LABEL_CHARS 26

struct _TdReviewFields
{
  GtkBox parent_instance;

  char *shown; /* what the rows say: they are built anew only when it differs */
  char *dossier;
  char *submission;
  guint added;

  GtkCheckButton *only_changed;
  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (TdReviewFields, td_review_fields, GTK_TYPE_BOX)

typedef struct
{
  TdDifferenceItem *field;
  gboolean changed;
  guint position; /* as the desk gave it */
} RowData;

static void
row_data_free (gpointer data)
{
  RowData *row = data;

  g_object_unref (row->field);
  g_free (row);
}

static RowData *
row_data (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "row");
}

static GtkWidget *
text_new (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static char *
shown (TdDesk *desk, TdDifferenceItem *field)
{
  return *field->before != '\0' ? td_value_words (desk, field->path, field->before) : g_strdup (_ ("(empty)"));
}

/* "Changed, before: …" in words, with the mark at the edge. */
static GtkWidget *
change_new (TdDesk *desk, TdDifferenceItem *change)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *value = shown (desk, change);
  g_autofree char *text = g_strdup_printf (_ ("Changed. Before: %s"), value);
  GtkWidget *label;

  label = text_new (text, TRUE);
  gtk_widget_remove_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "warning");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("document-edit-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
add_row (TdReviewFields *self, TdDesk *desk, TdDifferenceItem *field, TdDifferenceItem *change, gboolean named)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = text_new (field->label, TRUE);
  RowData *data = g_new0 (RowData, 1);
  g_autofree char *spoken = NULL;
  g_autofree char *value = shown (desk, field);

  data->field = g_object_ref (field);
  data->changed = change != NULL;
  data->position = self->added++;
  g_object_set_data_full (G_OBJECT (row), "row", data, row_data_free);
  gtk_widget_set_margin_start (box, change != NULL || named ? 8 : 12); /* the mark takes the rest */
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_label_set_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD); /* else wider than the others */
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (words), text_new (value, FALSE));
  if (change != NULL)
    gtk_box_append (GTK_BOX (words), change_new (desk, change));
  else if (named)
    gtk_box_append (GTK_BOX (words), text_new (_ ("Named by the return"), TRUE));
  if (change != NULL || named)
    gtk_widget_add_css_class (row, "td-to-correct");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  spoken = g_strdup_printf ("%s: %s", field->label, value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->rows, row);
}

/* 0 the dossier, 1 its letter, 2 the ledger. */
static int
group_rank (TdReviewFields *self, const char *record)
{
  if (g_strcmp0 (record, self->dossier) == 0)
    return 0;
  return g_strcmp0 (record, self->submission) == 0 ? 1 : 2;
}

static const char *
group_name (TdReviewFields *self, const char *record)
{
  static const char *const names[]
      = { N_ ("Dossier"), N_ ("Submission letter and minutes"), N_ ("Ledger of the unit, as handed in") };

  return _ (names[group_rank (self, record)]);
}

static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  TdReviewFields *self = data;
  const char *name = group_name (self, row_data (row)->field->record);
  const char *above = before != NULL ? group_name (self, row_data (before)->field->record) : NULL;
  GtkWidget *label;

  if (g_strcmp0 (name, above) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (name);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 3);
  gtk_list_box_row_set_header (row, label);
}

static gboolean
filter_row (GtkListBoxRow *row, gpointer data)
{
  TdReviewFields *self = data;

  return !gtk_check_button_get_active (self->only_changed) || row_data (row)->changed;
}

static void
on_only_changed (TdReviewFields *self)
{
  gtk_list_box_invalidate_filter (self->rows);
  gtk_list_box_invalidate_headers (self->rows);
}

/* Papers have a part of their own; what is empty is missed by the check, not by the eye. */
static gboolean
is_read_here (TdDifferenceItem *field, TdDifferenceItem *change, gboolean named)
{
  if (*field->before == '\0' && change == NULL && !named)
    return FALSE;
  return !g_str_equal (field->path, "file") && !g_str_has_prefix (field->path, "file/");
}

static int
compare_rows (GtkListBoxRow *one, GtkListBoxRow *other, gpointer data)
{
  TdReviewFields *self = data;
  RowData *a = row_data (one);
  RowData *b = row_data (other);
  int group = group_rank (self, a->field->record) - group_rank (self, b->field->record);
  int rank = (int)td_value_rank (a->field->path) - (int)td_value_rank (b->field->path);

  if (group != 0)
    return group;
  if (rank == 0 || !g_str_equal (a->field->record, b->field->record))
    return (int)a->position - (int)b->position;
  return rank;
}

static TdDifferenceItem *
change_of (GListModel *changes, TdDifferenceItem *field)
{
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TdDifferenceItem) change = g_list_model_get_item (changes, i);

      if (g_str_equal (change->record, field->record) && g_str_equal (change->path, field->path))
        return g_steal_pointer (&change);
    }
  return NULL;
}

static char *
describe (GListModel *fields, GListModel *changes, const char *dossier)
{
  GString *text = g_string_new (dossier);
  GListModel *both[] = { fields, changes };

  for (guint m = 0; m < G_N_ELEMENTS (both); m++)
    for (guint i = 0; i < g_list_model_get_n_items (both[m]); i++)
      {
        g_autoptr (TdDifferenceItem) item = g_list_model_get_item (both[m], i);

        g_string_append_printf (text, "\n%s %s %s %s", item->record, item->path, item->before, item->after);
      }
  return g_string_free (text, FALSE);
}

static gboolean
has_field (GListModel *fields, TdDifferenceItem *change)
{
  g_autoptr (TdDifferenceItem) found = change_of (fields, change);

  return found != NULL;
}

/* What was taken out since has no field any more, but must be seen. */
static void
add_removed (TdReviewFields *self, TdDesk *desk, GListModel *fields, GListModel *changes)
{
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TdDifferenceItem) change = g_list_model_get_item (changes, i);
      g_autoptr (TdDifferenceItem) field = NULL;

      if (has_field (fields, change))
        continue;
      field = td_difference_item_new ();
      td_item_set (&field->record, change->record);
      td_item_set (&field->path, change->path);
      td_item_set (&field->label, change->label);
      td_item_set (&field->before, change->after);
      add_row (self, desk, field, change, FALSE);
    }
}

static void
empty (TdReviewFields *self)
{
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->rows, 0))) != NULL)
    gtk_list_box_remove (self->rows, row);
}

static void
show_only_changed (TdReviewFields *self, guint count)
{
  g_autofree char *text
      = g_strdup_printf (ngettext ("Show only what _changed (%u)", "Show only what _changed (%u)", count), count);

  gtk_check_button_set_label (self->only_changed, text);
  gtk_widget_set_visible (GTK_WIDGET (self->only_changed), count > 0);
  if (count == 0)
    gtk_check_button_set_active (self->only_changed, FALSE);
}

static void
fill (TdReviewFields *self, TdDesk *desk)
{
  g_autoptr (GListModel) fields = td_desk_fields (desk, self->dossier);
  g_autoptr (GListModel) changes = td_desk_differences (desk, self->dossier);
  g_autofree char *wanted = describe (fields, changes, self->dossier);

  if (g_strcmp0 (wanted, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&wanted);
  empty (self);
  show_only_changed (self, g_list_model_get_n_items (changes));
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (TdDifferenceItem) field = g_list_model_get_item (fields, i);
      g_autoptr (TdDifferenceItem) change = change_of (changes, field);

      gboolean named = td_desk_named (desk, field->record, field->path);

      if (is_read_here (field, change, named))
        add_row (self, desk, field, change, named);
    }
  add_removed (self, desk, fields, changes);
}

static void
td_review_fields_dispose (GObject *object)
{
  TdReviewFields *self = TD_REVIEW_FIELDS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_REVIEW_FIELDS);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->dossier, g_free);
  g_clear_pointer (&self->submission, g_free);
  G_OBJECT_CLASS (td_review_fields_parent_class)->dispose (object);
}

static void
td_review_fields_class_init (TdReviewFieldsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_review_fields_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/review-fields.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReviewFields, only_changed);
  gtk_widget_class_bind_template_child (widget_class, TdReviewFields, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_only_changed);
}

static void
td_review_fields_init (TdReviewFields *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->rows, set_header, self, NULL);
  gtk_list_box_set_filter_func (self->rows, filter_row, self, NULL);
  gtk_list_box_set_sort_func (self->rows, (GtkListBoxSortFunc)compare_rows, self, NULL);
}

/**
 * td_review_fields_show:
 * @self: a view
 * @desk: the desk
 * @dossier: (nullable): the dossier under review
 *
 * Shows the dossier as it was handed in last.
 */
void
td_review_fields_show (TdReviewFields *self, TdDesk *desk, TdDossierItem *dossier)
{
  g_return_if_fail (TD_IS_REVIEW_FIELDS (self));
  g_return_if_fail (TD_IS_DESK (desk));

  g_free (self->dossier);
  self->dossier = dossier != NULL ? g_strdup (dossier->id) : NULL;
  g_free (self->submission);
  self->submission = dossier != NULL ? g_strdup (dossier->submission) : NULL;
  if (dossier != NULL)
    fill (self, desk);
  else
    {
      empty (self);
      show_only_changed (self, 0);
      g_clear_pointer (&self->shown, g_free);
    }
}

/**
 * td_review_fields_focus:
 * @self: a view
 * @record: a record
 * @path: one of its members
 *
 * Returns: whether the field is here; it then has the focus
 */
gboolean
td_review_fields_focus (TdReviewFields *self, const char *record, const char *path)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (TD_IS_REVIEW_FIELDS (self), FALSE);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      TdDifferenceItem *field = row_data (row)->field;

      if (!g_str_equal (field->record, record) || !g_str_equal (field->path, path))
        continue;
      gtk_check_button_set_active (self->only_changed, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return TRUE;
    }
  return FALSE;
}
