/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "call-notes.h"

#include "desk/calls.h"
#include "say.h"

#include <glib/gi18n.h>

struct _TdCallNotes
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (TdCallNotes, td_call_notes, GTK_TYPE_BOX)

#define CODE_KEY "td-code"

/* ---- copying ------------------------------------------------------------------- */

static void
on_copy (GtkWidget *button)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), g_object_get_data (G_OBJECT (button), CODE_KEY));
  td_tell (button, _ ("The code is in the clipboard."));
}

/** td_call_copy_button: see call-notes.h. */
GtkWidget *
td_call_copy_button (const char *code)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Copy the code"));

  g_return_val_if_fail (code != NULL, button);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), CODE_KEY, g_strdup (code), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy), NULL);
  return button;
}

/* ---- one note -------------------------------------------------------------------- */

static GtkWidget *
words_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
code_label (const char *code)
{
  GtkWidget *label = gtk_label_new (code);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "td-code");
  return label;
}

static void
add_note (TdCallNotes *self, TdRowItem *note)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new_from_icon_name (td_state_icon (note->state));
  g_autofree char *head = g_strdup_printf (_ ("Code to read out: %s"), note->value);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  if (*note->value != '\0')
    gtk_box_append (GTK_BOX (words), code_label (head));
  gtk_box_append (GTK_BOX (words), words_label (note->subtitle));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  if (*note->value != '\0')
    gtk_box_append (GTK_BOX (box), td_call_copy_button (note->value));
  gtk_widget_add_css_class (box, "td-content");
  gtk_box_append (GTK_BOX (self), box);
}

/* ---- the object -------------------------------------------------------------------- */

static void
td_call_notes_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TD_TYPE_CALL_NOTES);
  G_OBJECT_CLASS (td_call_notes_parent_class)->dispose (object);
}

static void
td_call_notes_class_init (TdCallNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_call_notes_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/vn/thidua/HoSo/ui/call-notes.ui");
}

static void
td_call_notes_init (TdCallNotes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_call_notes_show: see call-notes.h. */
void
td_call_notes_show (TdCallNotes *self, TdDesk *desk, const char *id)
{
  g_autoptr (GListModel) notes = NULL;
  GtkWidget *child;
  guint count;

  g_return_if_fail (TD_IS_CALL_NOTES (self) && TD_IS_DESK (desk));

  notes = id == NULL ? NULL : td_desk_call_notes (desk, id);
  count = notes == NULL ? 0 : g_list_model_get_n_items (notes);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (TdRowItem) note = g_list_model_get_item (notes, i);

      add_note (self, note);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
}
