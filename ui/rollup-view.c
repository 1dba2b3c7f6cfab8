/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rollup-view.h"

#include "attest-dialog.h"
#include "desk/reports.h"
#include "follow.h"
#include "rows.h"
#include "say.h"

#include <glib/gi18n.h>

struct _TdRollupView
{
  GtkBox parent_instance;

  TdDesk *desk;
  GtkSingleSelection *selection;
  char **keys; /* of the sections, in the order of the choice; the first is all */

  GtkDropDown *which;
  GtkLabel *summary;
  GtkColumnView *table;
  GtkWidget *open;
  GtkWidget *attest;
  GtkDropDown *section;
  GtkTextView *texts;
  GtkWidget *copy_texts;
};

G_DEFINE_FINAL_TYPE (TdRollupView, td_rollup_view, GTK_TYPE_BOX)

static gboolean
is_interim (TdRollupView *self)
{
  return gtk_drop_down_get_selected (self->which) == 1;
}

static const char *
chosen_key (TdRollupView *self)
{
  guint at = gtk_drop_down_get_selected (self->section);

  return self->keys == NULL || at >= g_strv_length (self->keys) || *self->keys[at] == '\0' ? NULL : self->keys[at];
}

/* ---- the table --------------------------------------------------------------------------- */

#define CELL(name)                                                                                                     \
  static char *name##_of (gpointer item)                                                                               \
  {                                                                                                                    \
    return g_strdup (TD_REPORT_ROW (item)->name);                                                                      \
  }
CELL (name)
CELL (status)
CELL (targets)
CELL (met)
CELL (exceeded)
CELL (collectives)
CELL (individuals)
CELL (works)
CELL (value)
CELL (difficulties)

static void
make_columns (TdRollupView *self)
{
  const struct
  {
    const char *title;
    TdCellText text;
    int width;
  } columns[] = {
    { _ ("Unit"), name_of, 168 },          { _ ("Report"), status_of, 136 },
    { _ ("Targets"), targets_of, 68 },     { _ ("Met"), met_of, 58 },
    { _ ("Exceeded"), exceeded_of, 80 },   { _ ("Collectives"), collectives_of, 68 },
    { _ ("Persons"), individuals_of, 72 }, { _ ("Works, number"), works_of, 88 },
    { _ ("Value (đồng)"), value_of, 120 }, { _ ("Difficulties"), difficulties_of, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkColumnViewColumn *column
          = td_rows_column (self->table, columns[i].title, columns[i].text, columns[i].width == 0);

      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
    }
}

static TdReportRow *
selected (TdRollupView *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
show_buttons (TdRollupView *self)
{
  TdReportRow *row = selected (self);

  gtk_widget_set_sensitive (self->open, row != NULL && *row->dossier != '\0');
  gtk_widget_set_sensitive (self->attest, row != NULL && *row->unit != '\0');
}

static void
show_texts (TdRollupView *self)
{
  g_autofree char *texts = td_desk_rollup_texts (self->desk, is_interim (self), chosen_key (self));
  gboolean any = *texts != '\0';

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->texts),
                            any ? texts : _ ("The texts of the reports will stand here as soon as reports come."), -1);
  gtk_widget_set_sensitive (self->copy_texts, any);
}

static void
refresh (GtkWidget *widget)
{
  TdRollupView *self = TD_ROLLUP_VIEW (widget);
  guint at = gtk_single_selection_get_selected (self->selection);
  g_autoptr (GListModel) rows = td_desk_rollup (self->desk, is_interim (self));
  g_autofree char *summary = td_desk_rollup_summary (self->desk, is_interim (self));

  gtk_label_set_label (self->summary, summary);
  gtk_single_selection_set_model (self->selection, rows);
  if (at < g_list_model_get_n_items (rows))
    gtk_single_selection_set_selected (self->selection, at);
  show_texts (self);
  show_buttons (self);
}

/* ---- what is done with it --------------------------------------------------------------------- */

static void
on_which (TdRollupView *self)
{
  if (self->desk != NULL)
    refresh (GTK_WIDGET (self));
}

static void
on_section (TdRollupView *self)
{
  if (self->desk != NULL)
    show_texts (self);
}

static void
on_selected (TdRollupView *self)
{
  show_buttons (self);
}

static void
on_open (TdRollupView *self)
{
  TdReportRow *row = selected (self);

  if (row != NULL && *row->dossier != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-dossier", "s", row->dossier);
}

static void
on_attest (TdRollupView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  TdReportRow *row = selected (self);

  if (row != NULL && *row->unit != '\0' && GTK_IS_WINDOW (root))
    td_attest_dialog_show (GTK_WINDOW (root), self->desk, row->unit, row->name, is_interim (self));
}

static void
on_copy_table (TdRollupView *self)
{
  g_autofree char *table = td_desk_rollup_table (self->desk, is_interim (self));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), table);
  td_tell (GTK_WIDGET (self), _ ("The table is in the clipboard: paste it into Excel."));
}

static void
on_copy_texts (TdRollupView *self)
{
  g_autofree char *texts = td_desk_rollup_texts (self->desk, is_interim (self), chosen_key (self));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), texts);
  td_tell (GTK_WIDGET (self), _ ("The texts are in the clipboard: paste them into the report."));
}

/* ---- the object ---------------------------------------------------------------------------------- */

static void
td_rollup_view_dispose (GObject *object)
{
  TdRollupView *self = TD_ROLLUP_VIEW (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->keys, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_ROLLUP_VIEW);
  G_OBJECT_CLASS (td_rollup_view_parent_class)->dispose (object);
}

static void
td_rollup_view_class_init (TdRollupViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_rollup_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/rollup-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TdRollupView, selection);
  gtk_widget_class_bind_template_child (widget_class, TdRollupView, which);
  gtk_widget_class_bind_template_child (widget_class, TdRollupView, summary);
  gtk_widget_class_bind_template_child (widget_class, TdRollupView, table);
  gtk_widget_class_bind_template_child (widget_class, TdRollupView, open);
  gtk_widget_class_bind_template_child (widget_class, TdRollupView, attest);
  gtk_widget_class_bind_template_child (widget_class, TdRollupView, section);
  gtk_widget_class_bind_template_child (widget_class, TdRollupView, texts);
  gtk_widget_class_bind_template_child (widget_class, TdRollupView, copy_texts);
  gtk_widget_class_bind_template_callback (widget_class, on_which);
  gtk_widget_class_bind_template_callback (widget_class, on_section);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_attest);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_table);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_texts);
}

static void
td_rollup_view_init (TdRollupView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_choices (TdRollupView *self)
{
  g_autofree char *report = td_desk_report (self->desk, FALSE);
  g_autoptr (GListModel) sections = td_desk_report_sections (self->desk, report);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  gtk_string_list_append (titles, _ ("All sections"));
  g_strv_builder_add (keys, "");
  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (TdRowItem) section = g_list_model_get_item (sections, i);

      gtk_string_list_append (titles, section->title);
      g_strv_builder_add (keys, section->id + strlen ("section/"));
    }
  self->keys = g_strv_builder_end (keys);
  gtk_drop_down_set_model (self->section, G_LIST_MODEL (titles));
}

/** td_rollup_view_bind: shows what came to @desk. */
void
td_rollup_view_bind (TdRollupView *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_ROLLUP_VIEW (self));
  g_return_if_fail (self->desk == NULL);

  make_columns (self);
  self->desk = g_object_ref (desk);
  fill_choices (self);
  td_follow (GTK_WIDGET (self), desk, refresh);
}
