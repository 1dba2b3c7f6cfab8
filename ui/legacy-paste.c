/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "legacy-paste.h"

#include "text/legacy.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* As many lines as a dialog holds on a screen 768 high. */
#define CHANGES_SHOWN 5
#define CELL_CHARS 34
#define CELL_LINES 3

typedef struct
{
  TdLegacy code;
  char *text;
  TdLegacyAnswered answered;
  gpointer data;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_free (question->text);
  g_free (question);
}

/* ---- the question --------------------------------------------------------------------------- */

static GtkWidget *
cell_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), CELL_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), CELL_CHARS / 2);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CELL_CHARS);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
preview_new (TdLegacy code, const char *text)
{
  GtkWidget *grid = gtk_grid_new ();
  g_autoptr (GPtrArray) changes = td_legacy_changes (code, text, CHANGES_SHOWN + 1);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_attach (GTK_GRID (grid), cell_new (_ ("As it was copied"), "heading"), 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), cell_new (_ ("In Unicode"), "heading"), 1, 0, 1, 1);
  for (guint i = 0; i < changes->len; i++)
    {
      const TdLegacyChange *change = changes->pdata[i];
      gboolean last = i == CHANGES_SHOWN;

      gtk_grid_attach (GTK_GRID (grid), cell_new (last ? "…" : change->before, "dim-label"), 0, (int)i + 1, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), cell_new (last ? "…" : change->after, NULL), 1, (int)i + 1, 1, 1);
    }
  return grid;
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;
  g_autofree char *converted = NULL;

  if (g_str_equal (response, "convert"))
    converted = td_legacy_convert (question->code, question->text);
  question->answered (question->data, converted != NULL                ? converted
                                      : g_str_equal (response, "keep") ? question->text
                                                                       : NULL);
}

static void
ask (GtkWidget *near, Question *question)
{
  GtkRoot *root = gtk_widget_get_root (near);
  g_autofree char *heading = g_strdup_printf (_ ("The text uses the code page %s"), td_legacy_name (question->code));
  GtkWidget *widget
      = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
                                _ ("It was typed with a font of the time before Unicode; other machines can't read it. "
                                   "Convert it to Unicode? The code page was recognised by the words: compare before "
                                   "choosing. Nothing is pasted yet."));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_set_extra_child (dialog, preview_new (question->code, question->text));
  adw_message_dialog_add_responses (dialog, "no", _ ("_Cancel"), "keep", _ ("Paste _unchanged"), "convert",
                                    _ ("Con_vert to Unicode"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "convert", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "convert");
  adw_message_dialog_set_close_response (dialog, "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/** td_legacy_ask: see legacy-paste.h. */
void
td_legacy_ask (GtkWidget *near, const char *text, TdLegacyAnswered answered, gpointer data)
{
  TdLegacy code;
  Question *question;

  g_return_if_fail (GTK_IS_WIDGET (near));

  code = text == NULL ? TD_LEGACY_NONE : td_legacy_guess (text);
  if (code == TD_LEGACY_NONE)
    {
      answered (data, text);
      return;
    }
  question = g_new (Question, 1);
  *question = (Question){ code, g_strdup (text), answered, data };
  ask (near, question);
}

/* ---- inputs ------------------------------------------------------------------------------------ */

static void
insert (GtkWidget *input, const char *text)
{
  if (GTK_IS_TEXT_VIEW (input))
    {
      GtkTextView *view = GTK_TEXT_VIEW (input);
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_delete_selection (buffer, TRUE, gtk_text_view_get_editable (view));
      gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, gtk_text_view_get_editable (view));
      gtk_text_buffer_end_user_action (buffer);
      gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
    }
  else if (gtk_editable_get_editable (GTK_EDITABLE (input)))
    {
      int at;

      gtk_editable_delete_selection (GTK_EDITABLE (input));
      at = gtk_editable_get_position (GTK_EDITABLE (input));
      gtk_editable_insert_text (GTK_EDITABLE (input), text, -1, &at);
      gtk_editable_set_position (GTK_EDITABLE (input), at);
    }
}

/* @data: the input, held. */
static void
on_answered (gpointer data, const char *text)
{
  g_autoptr (GtkWidget) input = data;

  if (text == NULL || gtk_widget_get_root (input) == NULL)
    return;
  insert (input, text);
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkWidget *input = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  td_legacy_ask (input, text, on_answered, input);
}

static void
on_paste (GtkWidget *input)
{
  g_signal_stop_emission_by_name (input, "paste-clipboard");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (input), NULL, on_text, g_object_ref (input));
}

/** td_legacy_watch: see legacy-paste.h. */
void
td_legacy_watch (GtkWidget *input)
{
  g_return_if_fail (GTK_IS_TEXT (input) || GTK_IS_TEXT_VIEW (input));

  g_signal_connect (input, "paste-clipboard", G_CALLBACK (on_paste), NULL);
}
