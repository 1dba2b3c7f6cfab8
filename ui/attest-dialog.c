/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "attest-dialog.h"

#include "desk/reports.h"

#include <glib/gi18n.h>

struct _TdAttestDialog
{
  AdwWindow parent_instance;

  TdDesk *desk;
  char *unit;
  gboolean interim;

  GtkLabel *subject;
  GtkEditable *paper;
  GtkEditable *day;
  GtkEditable *time;
  GtkLabel *trouble;
  GtkWidget *keep;
};

G_DEFINE_FINAL_TYPE (TdAttestDialog, td_attest_dialog, ADW_TYPE_WINDOW)

/* What was typed stays until it is taken. */
static void
on_keep (TdAttestDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (td_desk_attest_report (self->desk, self->unit, self->interim, gtk_editable_get_text (self->paper),
                             gtk_editable_get_text (self->day), gtk_editable_get_text (self->time), &error))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_label (self->trouble, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
}

static void
td_attest_dialog_dispose (GObject *object)
{
  TdAttestDialog *self = TD_ATTEST_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->unit, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_ATTEST_DIALOG);
  G_OBJECT_CLASS (td_attest_dialog_parent_class)->dispose (object);
}

static void
td_attest_dialog_class_init (TdAttestDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_attest_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/attest-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdAttestDialog, subject);
  gtk_widget_class_bind_template_child (widget_class, TdAttestDialog, paper);
  gtk_widget_class_bind_template_child (widget_class, TdAttestDialog, day);
  gtk_widget_class_bind_template_child (widget_class, TdAttestDialog, time);
  gtk_widget_class_bind_template_child (widget_class, TdAttestDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, TdAttestDialog, keep);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
}

static void
td_attest_dialog_init (TdAttestDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->keep);
}

/** td_attest_dialog_show: of @unit (its key), called @name. */
void
td_attest_dialog_show (GtkWindow *parent, TdDesk *desk, const char *unit, const char *name, gboolean interim)
{
  TdAttestDialog *self = g_object_new (TD_TYPE_ATTEST_DIALOG, "transient-for", parent, NULL);
  g_autofree char *subject = g_strdup_printf (interim ? _ ("Interim report of %s") : _ ("Final report of %s"), name);

  self->desk = g_object_ref (desk);
  self->unit = g_strdup (unit);
  self->interim = interim;
  gtk_label_set_label (self->subject, subject);
  gtk_window_present (GTK_WINDOW (self));
}
