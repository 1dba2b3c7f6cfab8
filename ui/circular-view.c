/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "circular-view.h"

#include "desk/dated.h"
#include "files-view.h"
#include "rows.h"
#include "say.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TdCircularView
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *record;
  gboolean inspection; /* an own one, with something to be put right */
  gboolean showing;

  GtkLabel *title;
  GtkLabel *origin;
  GtkLabel *text;
  GtkListBox *lines;
  TdFilesView *files;
  GtkWidget *read;
  GtkButton *answer;
  GtkButton *pass_on;
  GtkWidget *urge;
  GtkWidget *bar;
  GtkWidget *thread_heading;
  GtkListBox *thread;
  GtkWidget *readers_heading;
  GtkListBox *readers;
};

G_DEFINE_FINAL_TYPE (TdCircularView, td_circular_view, GTK_TYPE_BOX)

#define UNIT_KEY "td-unit"

/* ---- parts -------------------------------------------------------------------------- */

static GtkWidget *
piece_row (gpointer item, gpointer data)
{
  TdCircularItem *piece = item;
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", piece->kind_label, piece->author,
                                               *piece->day != '\0' ? piece->day : piece->state_label);
  GtkWidget *row = td_rows_words (td_state_icon (piece->state), piece->title, subtitle, piece->state_label);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static GtkWidget *
words_label (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), !dim);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

/* The label at the left and its words beside it, as on a form. */
static GtkWidget *
line_row (gpointer item, gpointer data)
{
  TdRowItem *line = item;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = words_label (line->title, TRUE);
  GtkWidget *words = words_label (line->subtitle, FALSE);

  gtk_label_set_width_chars (GTK_LABEL (label), 18);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, line->title, -1);
  return row;
}

static void
on_settled (TdCircularView *self, GtkCheckButton *check)
{
  const char *unit = g_object_get_data (G_OBJECT (check), UNIT_KEY);
  GError *error = NULL;

  if (!self->showing
      && !td_desk_set_settled (self->desk, self->record, unit, gtk_check_button_get_active (check), &error))
    td_tell_error (GTK_WIDGET (self), &error);
}

/* Of an own inspection: who inspected says when it was put right. */
static GtkWidget *
settled_check (TdCircularView *self, const TdRowItem *reader)
{
  GtkWidget *check = gtk_check_button_new_with_label (_ ("Put right"));
  g_autofree char *path = g_strdup_printf ("done/%s", reader->id);
  g_autofree char *done = td_desk_text (self->desk, self->record, path);

  g_object_set_data_full (G_OBJECT (check), UNIT_KEY, g_strdup (reader->id), g_free);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), *done != '\0');
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);
  return check;
}

static GtkWidget *
reader_row (gpointer item, gpointer data)
{
  TdCircularView *self = data;
  GtkWidget *row = td_rows_plain (item, NULL);

  if (self->inspection)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), settled_check (self, item));
  return row;
}

static void
show_list (GtkListBox *list, GtkWidget *heading, GListModel *model, TdRowCreate create, gpointer data)
{
  gboolean any = g_list_model_get_n_items (model) > 0;

  td_rows_show (list, model, create, data);
  gtk_widget_set_visible (GTK_WIDGET (list), any);
  if (heading != NULL)
    gtk_widget_set_visible (heading, any);
  g_object_unref (model);
}

static void
show_readers (TdCircularView *self, const TdCircularItem *item)
{
  g_autofree char *follow_up = td_desk_text (self->desk, self->record, "follow_up");

  self->inspection = item->own && strcmp (item->type, "inspection") == 0 && *follow_up != '\0';
  self->showing = TRUE;
  show_list (self->readers, self->readers_heading, td_desk_circular_readers (self->desk, self->record), reader_row,
             self);
  self->showing = FALSE;
}

/* The units that have not read it: keys, one a line. */
static char *
not_read (TdCircularView *self)
{
  g_autoptr (GListModel) readers = td_desk_circular_readers (self->desk, self->record);
  GString *keys = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (TdRowItem) reader = g_list_model_get_item (readers, i);

      if (strcmp (reader->state, "missing") == 0)
        g_string_append_printf (keys, "%s%s", keys->len > 0 ? "\n" : "", reader->id);
    }
  return g_string_free (keys, FALSE);
}

static void
show_buttons (TdCircularView *self, const TdCircularItem *item)
{
  gboolean answer = td_desk_may_write (self->desk, "answer", self->record);
  gboolean pass_on = td_desk_may_write (self->desk, "difficulty", self->record);
  gboolean down = strcmp (item->type, "notice") == 0 || strcmp (item->type, "inspection") == 0;
  g_autofree char *late = item->own && down ? not_read (self) : g_strdup ("");
  g_autofree char *upwards
      = td_desk_dated (self->desk, td_desk_seat (self->desk) == TD_SEAT_BOARD ? _ ("_Report to {committee}")
                                                                              : _ ("Pass on to the _next level"));
  const char *label = strcmp (item->type, "inspection") == 0  ? _ ("Report what was put _right")
                      : strcmp (item->type, "exemplary") == 0 ? _ ("Note the _publication")
                                                              : _ ("_Answer");

  gtk_button_set_label (self->answer, label);
  gtk_button_set_label (self->pass_on, upwards);
  gtk_widget_set_visible (self->read, item->unread);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), answer);
  gtk_widget_set_visible (GTK_WIDGET (self->pass_on), pass_on);
  gtk_widget_set_visible (self->urge, *late != '\0');
  gtk_widget_set_visible (self->bar, item->unread || answer || pass_on || *late != '\0');
}

static void
show_words (TdCircularView *self, const TdCircularItem *item)
{
  g_autofree char *text = td_desk_text (self->desk, self->record, "text");
  g_autofree char *origin = NULL;

  if (*item->day != '\0')
    origin = g_strdup_printf (_ ("%s · %s, sent on %s · %s"), item->kind_label, item->author, item->day,
                              item->state_label);
  else
    origin = g_strdup_printf ("%s · %s · %s", item->kind_label, item->author, item->state_label);
  gtk_label_set_label (self->title, item->title);
  gtk_label_set_label (self->origin, origin);
  gtk_label_set_label (self->text, text);
}

static void
show_files (TdCircularView *self)
{
  g_autoptr (GListModel) files = td_desk_files (self->desk, self->record);

  td_files_view_set_record (self->files, self->record);
  gtk_widget_set_visible (GTK_WIDGET (self->files), g_list_model_get_n_items (files) > 0);
}

/** td_circular_view_show: reads @record anew. */
void
td_circular_view_show (TdCircularView *self, const char *record)
{
  g_autoptr (TdCircularItem) item = NULL;
  char *copy;

  g_return_if_fail (TD_IS_CIRCULAR_VIEW (self));

  copy = g_strdup (record);
  g_free (self->record);
  self->record = copy;
  item = record == NULL ? NULL : td_desk_circular (self->desk, self->record);
  if (item == NULL)
    return;
  show_words (self, item);
  show_list (self->lines, NULL, td_desk_circular_lines (self->desk, self->record), line_row, self);
  show_files (self);
  show_buttons (self, item);
  show_list (self->thread, self->thread_heading, td_desk_circular_thread (self->desk, self->record), piece_row, self);
  show_readers (self, item);
}

/* ---- doing ------------------------------------------------------------------------------ */

static void
on_read (TdCircularView *self)
{
  g_autofree char *record = g_strdup (self->record); /* the desk tells of the change before it returns */
  GError *error = NULL;

  if (!td_desk_mark_read (self->desk, record, &error))
    td_tell_error (GTK_WIDGET (self), &error);
}

static void
on_answer (TdCircularView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "circulars.write", "(ss)", "answer", self->record);
}

static void
on_pass_on (TdCircularView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "circulars.write", "(ss)", "difficulty", self->record);
}

static void
on_urge (TdCircularView *self)
{
  g_autofree char *keys = not_read (self);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.write-notice", "s", keys);
}

static void
on_piece (TdCircularView *self, GtkListBoxRow *row)
{
  TdCircularItem *piece = td_rows_item (row);

  gtk_widget_activate_action (GTK_WIDGET (self), "circulars.open", "s", piece->id);
}

/* ---- the object -------------------------------------------------------------------------- */

static void
td_circular_view_dispose (GObject *object)
{
  TdCircularView *self = TD_CIRCULAR_VIEW (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CIRCULAR_VIEW);
  G_OBJECT_CLASS (td_circular_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, title);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, origin);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, text);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, lines);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, files);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, read);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, answer);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, pass_on);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, urge);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, bar);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, thread_heading);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, thread);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, readers_heading);
  gtk_widget_class_bind_template_child (widget_class, TdCircularView, readers);
}

static void
td_circular_view_class_init (TdCircularViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_circular_view_dispose;
  g_type_ensure (TD_TYPE_FILES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/circular-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_read);
  gtk_widget_class_bind_template_callback (widget_class, on_answer);
  gtk_widget_class_bind_template_callback (widget_class, on_pass_on);
  gtk_widget_class_bind_template_callback (widget_class, on_urge);
  gtk_widget_class_bind_template_callback (widget_class, on_piece);
}

static void
td_circular_view_init (TdCircularView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_circular_view_set_desk: once, after the template made it. */
void
td_circular_view_set_desk (TdCircularView *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_CIRCULAR_VIEW (self));
  g_set_object (&self->desk, desk);
  td_files_view_set_desk (self->files, desk);
}
