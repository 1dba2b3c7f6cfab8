/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "row-paste.h"

#include "text/vietnamese.h"

/* More is no list of targets but a mistake of the hand. */
#define MOST_ROWS 500

typedef struct
{
  GtkWidget *widget;
  TdDesk *desk;
  char *record;
  char *prefix;
  const char *const *members;
  TdRowsPasted done;
  guint rows;
  guint unread;
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->widget);
  g_object_unref (paste->desk);
  g_free (paste->record);
  g_free (paste->prefix);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

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

static gboolean
is_number_of_row (const char *cell)
{
  if (*cell == '\0')
    return FALSE;
  for (; *cell != '\0'; cell++)
    if (!g_ascii_isdigit (*cell) && *cell != '.')
      return FALSE;
  return TRUE;
}

/* "STT", "TT", "Chỉ tiêu", "Tên chỉ tiêu": the line above the table. */
static gboolean
is_heading (char **cells)
{
  static const char *const words[] = { "stt", "tt", "chi tieu", "ten chi tieu", "noi dung" };
  g_autofree char *first = td_text_fold (cells[0] != NULL ? cells[0] : "");

  for (guint i = 0; first != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (g_strstrip (first), words[i]))
      return TRUE;
  return FALSE;
}

static void
write_cell (Paste *paste, const char *key, const char *member, const char *text)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", paste->prefix, key, member);
  g_autofree char *draft = NULL;

  if (*text == '\0' || td_desk_set (paste->desk, paste->record, path, text, NULL))
    return;
  draft = g_strdup_printf ("field/%s/%s", paste->record, path);
  td_desk_set_draft (paste->desk, draft, text);
  paste->unread++;
}

static gboolean
write_row (Paste *paste, char **cells)
{
  g_autofree char *key = td_desk_add_row (paste->desk, paste->record, paste->prefix, NULL);
  guint from = cells[0] != NULL && cells[1] != NULL && is_number_of_row (g_strstrip (cells[0])) ? 1 : 0;

  if (key == NULL)
    return FALSE;
  for (guint i = 0; paste->members[i] != NULL && cells[from + i] != NULL; i++)
    write_cell (paste, key, paste->members[i], g_strstrip (cells[from + i]));
  paste->rows++;
  return TRUE;
}

static gboolean
is_blank (const char *line)
{
  for (; *line != '\0'; line++)
    if (!g_ascii_isspace (*line))
      return FALSE;
  return TRUE;
}

static void
write_rows (Paste *paste, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && paste->rows < MOST_ROWS; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strdelimit (lines[i], "\r", ' '), "\t", -1);

      if (is_blank (lines[i]) || (i == 0 && is_heading (cells)))
        continue;
      if (!write_row (paste, cells))
        return;
    }
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Paste) paste = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text != NULL)
    write_rows (paste, text);
  paste->done (paste->rows, paste->unread, paste->widget);
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
  Paste *paste = g_new0 (Paste, 1);

  g_return_if_fail (GTK_IS_WIDGET (widget));
  paste->widget = g_object_ref (widget);
  paste->desk = g_object_ref (desk);
  paste->record = g_strdup (record);
  paste->prefix = g_strdup (prefix);
  paste->members = members;
  paste->done = done;
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_text, paste);
}
