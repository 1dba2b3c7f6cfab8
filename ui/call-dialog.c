/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "call-dialog.h"

#include "desk/calls.h"
#include "rows.h"
#include "say.h"

#include <glib/gi18n.h>

struct _TdCallDialog
{
  AdwWindow parent_instance;

  TdDesk *desk;
  char *unit; /* key of the one chosen */
  gboolean filling;

  GtkEditable *search;
  GtkListBox *units;
  GtkEditable *caller;
  GtkEditable *code;
  GtkImage *reading_icon;
  GtkLabel *reading;
  GtkEditable *day;
  GtkEditable *time;
  GtkLabel *trouble;
  GtkWidget *keep;
};

G_DEFINE_FINAL_TYPE (TdCallDialog, td_call_dialog, ADW_TYPE_WINDOW)

/* ---- who calls ------------------------------------------------------------------ */

/* The one chosen stays chosen while the list shows it. */
static void
on_search (TdCallDialog *self)
{
  g_autoptr (GListModel) callers = td_desk_callers (self->desk, gtk_editable_get_text (self->search));
  GtkListBoxRow *row;

  self->filling = TRUE;
  td_rows_show (self->units, callers, td_rows_choice, NULL);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->units, i)) != NULL; i++)
    if (g_strcmp0 (TD_ROW_ITEM (td_rows_item (row))->id, self->unit) == 0)
      gtk_list_box_select_row (self->units, row);
  self->filling = FALSE;
}

static void
on_unit (TdCallDialog *self, GtkListBoxRow *row)
{
  if (self->filling)
    return;
  g_free (self->unit);
  self->unit = row == NULL ? NULL : g_strdup (TD_ROW_ITEM (td_rows_item (row))->id);
}

static void
on_search_enter (TdCallDialog *self)
{
  GtkListBoxRow *row;

  on_search (self);
  row = gtk_list_box_get_row_at_index (self->units, 0);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->units, row);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

/* ---- what is read out -------------------------------------------------------------- */

/* While somebody reads it out: what is wrong is said before the receiver is put down. */
static void
on_code (TdCallDialog *self)
{
  g_autoptr (TdRowItem) read = td_desk_call_typed (self->desk, gtk_editable_get_text (self->code));
  gboolean wrong = g_str_equal (read->state, "fail");

  gtk_image_set_from_icon_name (self->reading_icon, td_state_icon (read->state));
  gtk_label_set_label (self->reading, read->subtitle);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->code), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->code), "error");
}

/* What was typed stays until it is taken. */
static void
on_keep (TdCallDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (td_desk_note_call (self->desk, self->unit, gtk_editable_get_text (self->caller),
                         gtk_editable_get_text (self->code), gtk_editable_get_text (self->day),
                         gtk_editable_get_text (self->time), &error))
    {
      GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

      if (parent != NULL)
        td_tell (GTK_WIDGET (parent), _ ("The call is noted; the content is compared when it comes."));
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_label (self->trouble, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
}

/* ---- the object -------------------------------------------------------------------- */

static void
td_call_dialog_dispose (GObject *object)
{
  TdCallDialog *self = TD_CALL_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->unit, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CALL_DIALOG);
  G_OBJECT_CLASS (td_call_dialog_parent_class)->dispose (object);
}

static void
td_call_dialog_class_init (TdCallDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_call_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/call-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, search);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, units);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, caller);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, code);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, reading_icon);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, reading);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, day);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, time);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, keep);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_unit);
  gtk_widget_class_bind_template_callback (widget_class, on_code);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
}

static void
td_call_dialog_init (TdCallDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->keep);
}

/* Calls are noted as they come. */
static void
fill_now (TdCallDialog *self)
{
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  td_desk_call_now (self->desk, &day, &time);
  gtk_editable_set_text (self->day, day);
  gtk_editable_set_text (self->time, time);
}

/** td_call_dialog_show: a dialog over @parent. */
void
td_call_dialog_show (GtkWindow *parent, TdDesk *desk)
{
  TdCallDialog *self = g_object_new (TD_TYPE_CALL_DIALOG, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  on_search (self);
  fill_now (self);
  on_code (self);
  gtk_window_present (GTK_WINDOW (self));
}
