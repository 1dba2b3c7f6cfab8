/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "say.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Beyond this a toast would be cut off: it stands in a dialog until it is read. */
#define TOAST_CHARACTERS 90

static void
say_in_dialog (GtkWidget *near, const char *sentence)
{
  GtkRoot *root = gtk_widget_get_root (near);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, sentence);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The main window has one around all it holds. */
static GtkWidget *
toasts_of (GtkWidget *near)
{
  GtkWidget *content
      = ADW_IS_APPLICATION_WINDOW (near) ? adw_application_window_get_content (ADW_APPLICATION_WINDOW (near)) : NULL;

  return ADW_IS_TOAST_OVERLAY (content) ? content : gtk_widget_get_ancestor (near, ADW_TYPE_TOAST_OVERLAY);
}

/** td_tell: shows @sentence in the window that holds @near. */
void
td_tell (GtkWidget *near, const char *sentence)
{
  GtkWidget *overlay;
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (sentence != NULL);
  overlay = toasts_of (near);
  if (overlay == NULL || g_utf8_strlen (sentence, -1) > TOAST_CHARACTERS)
    {
      say_in_dialog (near, sentence);
      return;
    }
  toast = g_object_new (ADW_TYPE_TOAST, "title", "", "timeout", 8, NULL);
  {
    g_autofree char *plain = g_markup_escape_text (sentence, -1);

    adw_toast_set_title (toast, plain);
  }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/** td_tell_error: shows the sentence of @error and clears it. */
void
td_tell_error (GtkWidget *near, GError **error)
{
  g_return_if_fail (error != NULL);
  if (*error == NULL)
    return;
  if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    td_tell (near, (*error)->message);
  g_clear_error (error);
}

/* ---- questions ------------------------------------------------------------------ */

typedef struct
{
  TdConfirmed confirmed;
  GObject *owner;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->owner);
  g_free (question);
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;

  if (g_strcmp0 (response, "yes") == 0)
    question->confirmed (question->owner);
}

/** td_confirm: asks, and calls @confirmed with @owner when the answer is @label. */
void
td_confirm (GtkWidget *near,
            const char *heading,
            const char *body,
            const char *label,
            gboolean destructive,
            TdConfirmed confirmed,
            gpointer owner)
{
  GtkRoot *root = gtk_widget_get_root (near);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  AdwMessageDialog *question_box = ADW_MESSAGE_DIALOG (dialog);
  Question *question = g_new (Question, 1);

  question->confirmed = confirmed;
  question->owner = g_object_ref (owner);
  adw_message_dialog_add_responses (question_box, "no", _ ("_Cancel"), "yes", label, NULL);
  adw_message_dialog_set_response_appearance (question_box, "yes",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question_box, destructive ? "no" : "yes");
  adw_message_dialog_set_close_response (question_box, "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answer), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- icons ---------------------------------------------------------------------- */

/** td_verdict_icon: the icon that goes with a verdict's words. */
const char *
td_verdict_icon (const char *verdict)
{
  if (g_strcmp0 (verdict, "pass") == 0)
    return "td-met-symbolic";
  if (g_strcmp0 (verdict, "fail") == 0)
    return "td-failed-symbolic";
  if (g_strcmp0 (verdict, "unknown") == 0)
    return "td-missing-symbolic";
  if (g_strcmp0 (verdict, "manual") == 0)
    return "td-appraise-symbolic";
  if (g_strcmp0 (verdict, "warn") == 0)
    return "dialog-information-symbolic";
  return "td-none-symbolic";
}

/** td_verdict_class: the style class of a verdict. */
const char *
td_verdict_class (const char *verdict)
{
  if (g_strcmp0 (verdict, "pass") == 0)
    return "met";
  if (g_strcmp0 (verdict, "fail") == 0)
    return "failed";
  if (g_strcmp0 (verdict, "unknown") == 0)
    return "missing";
  return "";
}

/** td_state_icon: the icon of a row's state. */
const char *
td_state_icon (const char *state)
{
  if (g_strcmp0 (state, "ok") == 0)
    return "td-met-symbolic";
  if (g_strcmp0 (state, "late") == 0 || g_strcmp0 (state, "fail") == 0)
    return "td-failed-symbolic";
  if (g_strcmp0 (state, "warn") == 0)
    return "dialog-warning-symbolic";
  if (g_strcmp0 (state, "missing") == 0)
    return "td-missing-symbolic";
  return "dialog-information-symbolic";
}
