/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "call-dialog.h"

#include "desk/calls.h"
#include "say.h"

#include <glib/gi18n.h>

struct _TdCallDialog
{
  AdwWindow parent_instance;

  TdDesk *desk;
  GListModel *callers; /* TdRowItem, as the drop-down has them after its first line */

  GtkDropDown *unit;
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

/* The first line of the drop-down is no unit. */
static char *
chosen_unit (TdCallDialog *self)
{
  guint position = gtk_drop_down_get_selected (self->unit);
  g_autoptr (TdRowItem) row = position == 0 || position == GTK_INVALID_LIST_POSITION
                                  ? NULL
                                  : g_list_model_get_item (self->callers, position - 1);

  return g_strdup (row == NULL ? "" : row->id);
}

/* What was typed stays until it is taken. */
static void
on_keep (TdCallDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *unit = chosen_unit (self);

  if (td_desk_note_call (self->desk, unit, gtk_editable_get_text (self->caller), gtk_editable_get_text (self->code),
                         gtk_editable_get_text (self->day), gtk_editable_get_text (self->time), &error))
    {
      GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

      if (parent != NULL)
        td_tell (GTK_WIDGET (parent), _ ("The call is noted. When the content comes, it is compared with the code."));
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
  g_clear_object (&self->callers);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CALL_DIALOG);
  G_OBJECT_CLASS (td_call_dialog_parent_class)->dispose (object);
}

static void
td_call_dialog_class_init (TdCallDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_call_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/call-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, unit);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, caller);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, code);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, reading_icon);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, reading);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, day);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, time);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, TdCallDialog, keep);
  gtk_widget_class_bind_template_callback (widget_class, on_code);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
}

static void
td_call_dialog_init (TdCallDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->keep);
}

static void
fill_units (TdCallDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new ((const char *const[]){ _ ("Choose the unit"), NULL });

  self->callers = td_desk_callers (self->desk);
  for (guint i = 0; i < g_list_model_get_n_items (self->callers); i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (self->callers, i);

      gtk_string_list_append (names, row->title);
    }
  gtk_drop_down_set_model (self->unit, G_LIST_MODEL (names));
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
  fill_units (self);
  fill_now (self);
  on_code (self);
  gtk_window_present (GTK_WINDOW (self));
}
