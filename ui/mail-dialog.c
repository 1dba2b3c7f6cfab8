/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail-dialog.h"

#include "desk/reports.h"
#include "field.h"
#include "field-row.h"
#include "say.h"

#include <glib/gi18n.h>

struct _TdMailDialog
{
  AdwWindow parent_instance;

  TdDesk *desk;
  TdMail *mail;
  GFile *folder;

  GtkLabel *where;
  GtkLabel *trouble;
  GtkEditable *address;
  GtkEditable *subject;
  GtkTextView *text;
  GtkWidget *open_mail;
  GtkBox *sent_box;
};

G_DEFINE_FINAL_TYPE (TdMailDialog, td_mail_dialog, ADW_TYPE_WINDOW)

/* ---- other programs -------------------------------------------------------------------- */

static void
say_trouble (TdMailDialog *self, const char *sentence)
{
  gtk_label_set_label (self->trouble, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), *sentence != '\0');
}

static gboolean
has_mail_program (void)
{
  g_autoptr (GAppInfo) program = g_app_info_get_default_for_uri_scheme ("mailto");

  return program != NULL;
}

static void
on_mail_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdMailDialog) self = TD_MAIL_DIALOG (data);

  if (!g_app_info_launch_default_for_uri_finish (result, NULL) && self->desk != NULL)
    say_trouble (self, _ ("The mail program could not be opened. Copy address, subject and text into it by hand."));
}

static void
on_open_mail (TdMailDialog *self)
{
  g_autoptr (GdkAppLaunchContext) context
      = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  g_app_info_launch_default_for_uri_async (self->mail->uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_mail_opened,
                                           g_object_ref (self));
}

static void
on_folder_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdMailDialog) self = TD_MAIL_DIALOG (data);

  if (!g_app_info_launch_default_for_uri_finish (result, NULL) && self->desk != NULL)
    say_trouble (self, _ ("No file manager could be opened. The folder stands above."));
}

static void
on_open_folder (TdMailDialog *self)
{
  g_autofree char *uri = g_file_get_uri (self->folder);
  g_autoptr (GdkAppLaunchContext) context
      = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_folder_opened,
                                           g_object_ref (self));
}

static void
on_copy (TdMailDialog *self)
{
  g_autofree char *all = g_strdup_printf ("%s\n%s\n\n%s", self->mail->address, self->mail->subject, self->mail->text);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), all);
}

/* What was typed and can't be read keeps the window open, with its sentence. */
static gboolean
on_close (TdMailDialog *self)
{
  return !td_form_commit (GTK_WIDGET (self));
}

/* ---- the object ------------------------------------------------------------------------------ */

static void
td_mail_dialog_dispose (GObject *object)
{
  TdMailDialog *self = TD_MAIL_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->mail, td_mail_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_MAIL_DIALOG);
  G_OBJECT_CLASS (td_mail_dialog_parent_class)->dispose (object);
}

static void
td_mail_dialog_class_init (TdMailDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_mail_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/mail-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdMailDialog, where);
  gtk_widget_class_bind_template_child (widget_class, TdMailDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, TdMailDialog, address);
  gtk_widget_class_bind_template_child (widget_class, TdMailDialog, subject);
  gtk_widget_class_bind_template_child (widget_class, TdMailDialog, text);
  gtk_widget_class_bind_template_child (widget_class, TdMailDialog, open_mail);
  gtk_widget_class_bind_template_child (widget_class, TdMailDialog, sent_box);
  gtk_widget_class_bind_template_callback (widget_class, on_open_mail);
  gtk_widget_class_bind_template_callback (widget_class, on_open_folder);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
td_mail_dialog_init (TdMailDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_words (TdMailDialog *self)
{
  g_autofree char *path = g_file_get_parse_name (self->folder);
  g_autofree char *where = g_strdup_printf (_ ("The package is in: %s"), path);

  gtk_label_set_label (self->where, where);
  gtk_editable_set_text (self->address, self->mail->address);
  gtk_editable_set_text (self->subject, self->mail->subject);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), self->mail->text, -1);
  if (!has_mail_program ())
    {
      gtk_widget_set_sensitive (self->open_mail, FALSE);
      say_trouble (self,
                   _ ("No mail program is set up on this machine. Copy address, subject and text into the one you "
                      "send from, a web page for example."));
    }
}

static void
add_sent_on (TdMailDialog *self, gboolean interim)
{
  g_autofree char *events = td_desk_ledger (self->desk, "events");
  GtkWidget *field = g_object_new (TD_TYPE_FIELD_ROW, "title", _ ("Day it was sent by e-mail"), "path",
                                   interim ? "interim_report/date" : "report/date", "hint",
                                   _ ("Fill it in once the letter has been sent"), NULL);

  gtk_box_append (self->sent_box, field);
  td_form_bind (GTK_WIDGET (self->sent_box), self->desk, events);
}

/** td_mail_dialog_show: after the package has been written to @folder; opens both programs. */
void
td_mail_dialog_show (GtkWindow *parent, TdDesk *desk, gboolean interim, GFile *folder)
{
  TdMailDialog *self = g_object_new (TD_TYPE_MAIL_DIALOG, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  self->folder = g_object_ref (folder);
  self->mail = td_desk_report_mail (desk, interim);
  show_words (self);
  add_sent_on (self, interim);
  gtk_window_present (GTK_WINDOW (self));
  gtk_label_select_region (self->where, 0, 0); /* it takes the focus, and would look chosen */
  on_open_folder (self);
  if (has_mail_program ())
    on_open_mail (self);
}
