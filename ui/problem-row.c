/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "problem-row.h"

#include "say.h"

#include "desk/problems.h"

#include <glib/gi18n.h>

struct _TdProblemRow
{
  GtkListBoxRow parent_instance;

  TdDesk *desk;
  TdProblemItem *item;

  GtkLabel *title;
  GtkLabel *message;
  GtkWidget *both;
  GtkLabel *theirs;
  GtkWidget *take_theirs;
  GtkLabel *by;
  GtkLabel *mine;
  GtkWidget *take_mine;
  GtkLabel *their_by;
  GtkLabel *content;
  GtkWidget *actions;
  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (TdProblemRow, td_problem_row, GTK_TYPE_LIST_BOX_ROW)

static void
settle (TdProblemRow *self, gboolean take_mine)
{
  g_autoptr (GError) error = NULL;

  if (!td_desk_settle (self->desk, self->item, take_mine, &error))
    td_tell_error (GTK_WIDGET (self), &error);
}

static void
on_theirs (TdProblemRow *self)
{
  settle (self, FALSE);
}

static void
on_mine (TdProblemRow *self)
{
  settle (self, TRUE);
}

static void
on_open (TdProblemRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-dossier", "s", self->item->dossier);
}

static void
on_copy (TdProblemRow *self)
{
  g_autofree char *text = td_desk_problem_text (self->desk, self->item);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  td_tell (GTK_WIDGET (self), _ ("The content is in the clipboard."));
}

static void
on_retry (TdProblemRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProblemRow) held = g_object_ref (self); /* the list is made anew */
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (td_desk_retry (self->desk, self->item, &error))
    td_tell (root, _ ("Done again: it waits to be sent."));
  else
    td_tell_error (root, &error);
}

static void
td_problem_row_dispose (GObject *object)
{
  TdProblemRow *self = TD_PROBLEM_ROW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (td_problem_row_parent_class)->dispose (object);
}

static void
td_problem_row_class_init (TdProblemRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_problem_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/problem-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, title);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, message);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, both);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, theirs);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, take_theirs);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, by);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, mine);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, take_mine);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, their_by);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, content);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, actions);
  gtk_widget_class_bind_template_child (widget_class, TdProblemRow, open);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_theirs);
  gtk_widget_class_bind_template_callback (widget_class, on_mine);
}

static void
td_problem_row_init (TdProblemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
value_or_none (const char *value)
{
  return *value != '\0' ? value : _ ("(empty)");
}

/* Read aloud a button must say which value it takes. */
static void
name_button (GtkWidget *button, const char *verb, const char *value)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", verb, value_or_none (value));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/** td_problem_row_new: shows @item. */
GtkWidget *
td_problem_row_new (TdDesk *desk, TdProblemItem *item)
{
  TdProblemRow *self = g_object_new (TD_TYPE_PROBLEM_ROW, NULL);
  gboolean conflict = *item->record != '\0';
  g_autofree char *by = NULL, *their_by = NULL;

  self->desk = g_object_ref (desk);
  self->item = g_object_ref (item);
  by = *item->by != '\0' ? g_strdup_printf (_ ("Kept beside: %s"), item->by) : g_strdup (_ ("Kept beside"));
  gtk_label_set_label (self->title, item->title);
  gtk_label_set_label (self->message, item->message);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *item->message != '\0');
  gtk_widget_set_visible (self->both, conflict);
  their_by = *item->their_by != '\0' ? g_strdup_printf (_ ("The value that stands: %s"), item->their_by)
                                     : g_strdup (_ ("The value that stands"));
  gtk_widget_set_visible (self->actions, !conflict);
  gtk_widget_set_visible (GTK_WIDGET (self->content), !conflict && *item->content != '\0');
  gtk_widget_set_visible (self->open, *item->dossier != '\0');
  gtk_label_set_label (self->content, item->content);
  gtk_label_set_label (self->their_by, their_by);
  gtk_label_set_label (self->theirs, value_or_none (item->theirs));
  gtk_label_set_label (self->mine, value_or_none (item->mine));
  gtk_label_set_label (self->by, by);
  name_button (self->take_theirs, _ ("Keep this value"), item->theirs);
  name_button (self->take_mine, _ ("Use this value"), item->mine);
  return GTK_WIDGET (self);
}
