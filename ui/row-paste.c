/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "row-paste.h"

#include "desk/paste.h"
#include "legacy-paste.h"
#include "say.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* As many sentences as a dialog holds on a screen 768 high. */
#define SENTENCES_SHOWN 8

typedef struct
{
  GtkWidget *widget;
  TdDesk *desk;
  char *record;
  char *prefix;
  const char *const *members;
  TdRowsPasted done;
  TdPaste *paste;
} Clip;

static void
clip_free (Clip *clip)
{
  g_clear_pointer (&clip->paste, td_paste_free);
  g_object_unref (clip->widget);
  g_object_unref (clip->desk);
  g_free (clip->record);
  g_free (clip->prefix);
  g_free (clip);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Clip, clip_free)

/** td_row_paste_is_table: spreadsheets offer their cells in more forms than plain text. */
gboolean
td_row_paste_is_table (GdkContentFormats *formats)
{
  static const char *const tables[]
      = { "application/x-openoffice-starcalc;windows_formatname=\"Star Embed Source (XML)\"",
          "application/x-libreoffice-tsvc",
          "text/tab-separated-values",
          "text/csv",
          "application/vnd.ms-excel",
          "application/x-qt-windows-mime;value=\"Csv\"" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (gdk_content_formats_contain_mime_type (formats, tables[i]))
      return TRUE;
  return FALSE;
}

static char *
what_was_done (const Clip *clip, guint taken, gboolean valid_only)
{
  guint marked = valid_only ? 0 : td_paste_bad_cells (clip->paste);

  if (td_paste_cut (clip->paste))
    return g_strdup_printf (_ ("The first %u rows were pasted; paste the rest separately."), taken);
  if (marked == 0)
    return g_strdup_printf (ngettext ("%u row pasted.", "%u rows pasted.", taken), taken);
  return g_strdup_printf (_ ("%u rows pasted; %u cells can't be read and are marked."), taken, marked);
}

static void
take (Clip *clip, gboolean valid_only)
{
  g_autoptr (GError) error = NULL;
  int taken = td_paste_take (clip->paste, valid_only, &error);
  g_autofree char *sentence = NULL;

  clip->done (clip->widget);
  if (taken < 0)
    {
      td_tell_error (clip->widget, &error);
      return;
    }
  sentence = what_was_done (clip, (guint)taken, valid_only);
  td_tell (clip->widget, sentence);
}

/* ---- the question ------------------------------------------------------------------ */

static char *
list_problems (const Clip *clip)
{
  GPtrArray *problems = td_paste_problems (clip->paste);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          _ ("%u rows were read, %u of them have a cell that can't be read. Nothing is written "
                             "yet."),
                          td_paste_rows (clip->paste), td_paste_bad_rows (clip->paste));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < problems->len && i < SENTENCES_SHOWN; i++)
    g_string_append_printf (text, "\n%s", (char *)problems->pdata[i]);
  if (problems->len > SENTENCES_SHOWN)
    g_string_append_printf (text, "\n…");
  return g_string_free (text, FALSE);
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "all"))
    take (data, FALSE);
  else if (g_str_equal (response, "valid"))
    take (data, TRUE);
}

static void
free_clip (gpointer data, GClosure *closure)
{
  clip_free (data);
}

static void
ask (Clip *clip)
{
  GtkRoot *root = gtk_widget_get_root (clip->widget);
  g_autofree char *body = list_problems (clip);
  GtkWidget *widget
      = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Some cells can't be read"), body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_responses (dialog, "no", _ ("_Cancel"), "valid", _ ("Only the _valid rows"), "all",
                                    _ ("_All rows, cells marked"), NULL);
  adw_message_dialog_set_response_enabled (dialog, "valid",
                                           td_paste_bad_rows (clip->paste) < td_paste_rows (clip->paste));
  adw_message_dialog_set_response_appearance (dialog, "all", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "all");
  adw_message_dialog_set_close_response (dialog, "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answer), clip, free_clip, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- reading ------------------------------------------------------------------------- */

static void
on_asked (gpointer data, const char *text)
{
  g_autoptr (Clip) clip = data;

  if (text == NULL)
    return;
  clip->paste = td_paste_read (clip->desk, clip->record, clip->prefix, clip->members, text);
  if (td_paste_rows (clip->paste) == 0)
    td_tell (clip->widget, _ ("Nothing was pasted: copy rows of a table in Excel first."));
  else if (td_paste_bad_cells (clip->paste) == 0)
    take (clip, FALSE);
  else
    ask (g_steal_pointer (&clip));
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer data)
{
  Clip *clip = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  td_legacy_ask (clip->widget, text == NULL ? "" : text, on_asked, clip);
}

/** td_row_paste: see row-paste.h. */
void
td_row_paste (GtkWidget *widget,
              TdDesk *desk,
              const char *record,
              const char *prefix,
              const char *const *members,
              TdRowsPasted done)
{
  Clip *clip = g_new0 (Clip, 1);

  g_return_if_fail (GTK_IS_WIDGET (widget));
  clip->widget = g_object_ref (widget);
  clip->desk = g_object_ref (desk);
  clip->record = g_strdup (record);
  clip->prefix = g_strdup (prefix);
  clip->members = members;
  clip->done = done;
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_text, clip);
}
