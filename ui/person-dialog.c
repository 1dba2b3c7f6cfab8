/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "person-dialog.h"

struct _TdPersonDialog
{
  AdwWindow parent_instance;

  TdDesk *desk;

  GtkEditable *person;
  GtkEditable *position;
  GtkWidget *keep;
};

G_DEFINE_FINAL_TYPE (TdPersonDialog, td_person_dialog, ADW_TYPE_WINDOW)

static void
on_keep (TdPersonDialog *self)
{
  td_desk_set_person (self->desk, gtk_editable_get_text (self->person), gtk_editable_get_text (self->position));
  gtk_window_close (GTK_WINDOW (self));
}

static void
td_person_dialog_dispose (GObject *object)
{
  TdPersonDialog *self = TD_PERSON_DIALOG (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PERSON_DIALOG);
  G_OBJECT_CLASS (td_person_dialog_parent_class)->dispose (object);
}

static void
td_person_dialog_class_init (TdPersonDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_person_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/person-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPersonDialog, person);
  gtk_widget_class_bind_template_child (widget_class, TdPersonDialog, position);
  gtk_widget_class_bind_template_child (widget_class, TdPersonDialog, keep);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
}

static void
td_person_dialog_init (TdPersonDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->keep);
}

/** td_person_dialog_new: asks for the name and position @desk writes under steps. */
GtkWidget *
td_person_dialog_new (TdDesk *desk)
{
  TdPersonDialog *self = g_object_new (TD_TYPE_PERSON_DIALOG, NULL);
  const char *person = td_desk_person (desk);
  const char *position = td_desk_position (desk);

  self->desk = g_object_ref (desk);
  gtk_editable_set_text (self->person, person != NULL ? person : "");
  gtk_editable_set_text (self->position, position != NULL ? position : "");
  return GTK_WIDGET (self);
}
