/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "review-return.h"

#include "legacy-paste.h"
#include "review-step.h"
#include "step-form.h"
#include "text/vietnamese.h"
#include "value-words.h"

#include <glib/gi18n.h>

struct _TdReviewReturn
{
  AdwWindow parent_instance;

  TdDesk *desk;
  TdDossierItem *dossier;
  char *query;

  GtkButton *take;
  GtkLabel *subject;
  GtkLabel *trouble;
  GtkTextView *reason;
  GtkTextBuffer *buffer;
  GtkLabel *count;
  GtkSearchEntry *search;
  GtkListBox *fields;
};

enum
{
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdReviewReturn, td_review_return, ADW_TYPE_WINDOW)

static GtkCheckButton *
row_check (GtkListBoxRow *row)
{
  return GTK_CHECK_BUTTON (gtk_widget_get_first_child (gtk_list_box_row_get_child (row)));
}

static TdDifferenceItem *
row_field (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "field");
}

static char *
reason_text (TdReviewReturn *self)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

static char *
draft_key (TdReviewReturn *self)
{
  return td_step_form_draft_key ("return", self->dossier->id, "reason");
}

static void
on_reason_changed (TdReviewReturn *self)
{
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;

  if (self->desk == NULL)
    return;
  key = draft_key (self);
  text = reason_text (self);
  td_desk_set_draft (self->desk, key, text);
}

static guint
count_chosen (TdReviewReturn *self)
{
  GtkListBoxRow *row;
  guint chosen = 0;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->fields, i)) != NULL; i++)
    chosen += gtk_check_button_get_active (row_check (row));
  return chosen;
}

static void
update_count (TdReviewReturn *self)
{
  guint chosen = count_chosen (self);
  g_autofree char *text = g_strdup_printf (ngettext ("%u chosen", "%u chosen", chosen), chosen);

  gtk_label_set_label (self->count, text);
}

static void
on_search_changed (TdReviewReturn *self)
{
  g_free (self->query);
  self->query = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_list_box_invalidate_filter (self->fields);
}

static void
on_row_activated (GtkListBox *box, GtkListBoxRow *row, gpointer data)
{
  GtkCheckButton *check = row_check (row);

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
}

/* What was chosen stays in view whatever is searched for. */
static gboolean
filter_row (GtkListBoxRow *row, gpointer data)
{
  TdReviewReturn *self = data;

  return self->query == NULL || *self->query == '\0' || gtk_check_button_get_active (row_check (row))
         || td_text_matches (self->query, row_field (row)->label);
}

static GtkWidget *
labelled (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (dim)
    {
      gtk_label_set_lines (GTK_LABEL (label), 2);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

static void
add_field (TdReviewReturn *self, TdDifferenceItem *field)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *value
      = *field->before != '\0' ? td_value_words (self->desk, field->path, field->before) : g_strdup (_ ("(empty)"));

  gtk_widget_set_margin_start (line, 9);
  gtk_widget_set_margin_end (line, 9);
  gtk_widget_set_margin_top (line, 6);
  gtk_widget_set_margin_bottom (line, 6);
  gtk_widget_set_valign (check, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, field->label, -1);
  gtk_box_append (GTK_BOX (words), labelled (field->label, FALSE));
  gtk_box_append (GTK_BOX (words), labelled (value, TRUE));
  gtk_box_append (GTK_BOX (line), check);
  gtk_box_append (GTK_BOX (line), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data_full (G_OBJECT (row), "field", g_object_ref (field), g_object_unref);
  g_signal_connect_object (check, "toggled", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->fields, row);
}

static GStrv
words_of (TdReviewReturn *self, const char *reason)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GtkListBoxRow *row;

  g_strv_builder_add_many (builder, "reason", reason, NULL);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->fields, i)) != NULL; i++)
    {
      g_autofree char *name = NULL;

      if (!gtk_check_button_get_active (row_check (row)))
        continue;
      name = g_strdup_printf ("%s %s", row_field (row)->record, row_field (row)->path);
      g_strv_builder_add_many (builder, "field", name, NULL);
    }
  return g_strv_builder_end (builder);
}

static void
show_trouble (TdReviewReturn *self, const char *sentence, gpointer focus)
{
  gtk_label_set_label (self->trouble, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
  gtk_widget_grab_focus (focus);
}

static void
on_take (TdReviewReturn *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) dossiers = g_ptr_array_new ();
  g_autofree char *reason = reason_text (self);
  g_autofree char *key = draft_key (self);
  g_autofree char *sentence = NULL;
  g_auto (GStrv) words = words_of (self, reason);

  if (*reason == '\0')
    {
      show_trouble (self, _ ("Write the reason: the unit reads it and knows what to correct."), self->reason);
      return;
    }
  if (count_chosen (self) == 0)
    {
      show_trouble (self, _ ("Tick at least one field: only the ticked ones open for correction."), self->search);
      return;
    }
  g_ptr_array_add (dossiers, self->dossier);
  if (!td_review_take (self->desk, "return", dossiers, (const char *const *)words, &sentence, &error))
    {
      show_trouble (self, error->message, self->reason);
      return;
    }
  td_desk_set_draft (self->desk, key, "");
  g_signal_emit (self, signals[TAKEN], 0, sentence);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_take (TD_REVIEW_RETURN (widget));
}

static void
td_review_return_dispose (GObject *object)
{
  TdReviewReturn *self = TD_REVIEW_RETURN (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_REVIEW_RETURN);
  g_clear_object (&self->desk);
  g_clear_object (&self->dossier);
  g_clear_pointer (&self->query, g_free);
  G_OBJECT_CLASS (td_review_return_parent_class)->dispose (object);
}

static void
td_review_return_class_init (TdReviewReturnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_review_return_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/review-return.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReviewReturn, take);
  gtk_widget_class_bind_template_child (widget_class, TdReviewReturn, subject);
  gtk_widget_class_bind_template_child (widget_class, TdReviewReturn, trouble);
  gtk_widget_class_bind_template_child (widget_class, TdReviewReturn, reason);
  gtk_widget_class_bind_template_child (widget_class, TdReviewReturn, buffer);
  gtk_widget_class_bind_template_child (widget_class, TdReviewReturn, count);
  gtk_widget_class_bind_template_child (widget_class, TdReviewReturn, search);
  gtk_widget_class_bind_template_child (widget_class, TdReviewReturn, fields);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_install_action (widget_class, "step.take", NULL, take_action);

  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_review_return_init (TdReviewReturn *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->fields, filter_row, self, NULL);
}

/**
 * td_review_return_new:
 * @desk: the desk
 * @dossier: the dossier to return
 *
 * Returns: a modal window
 */
GtkWidget *
td_review_return_new (TdDesk *desk, TdDossierItem *dossier)
{
  TdReviewReturn *self;
  g_autoptr (GListModel) fields = NULL;
  g_autoptr (GPtrArray) dossiers = g_ptr_array_new ();
  g_autofree char *label = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *key = NULL;
  g_autofree char *draft = NULL;

  g_return_val_if_fail (TD_IS_DESK (desk), NULL);
  g_return_val_if_fail (TD_IS_DOSSIER_ITEM (dossier), NULL);

  self = g_object_new (TD_TYPE_REVIEW_RETURN, NULL);
  self->dossier = g_object_ref (dossier);
  td_legacy_watch (GTK_WIDGET (self->reason));
  key = draft_key (self);
  draft = td_desk_draft (desk, key);
  gtk_text_buffer_set_text (self->buffer, draft, -1);
  self->desk = g_object_ref (desk);
  g_ptr_array_add (dossiers, dossier);
  label = td_desk_verb_label (desk, "return");
  subject = td_review_subject (dossiers);
  gtk_window_set_title (GTK_WINDOW (self), label);
  gtk_button_set_label (self->take, label);
  gtk_label_set_label (self->subject, subject);
  fields = td_desk_fields (desk, dossier->id);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (TdDifferenceItem) field = g_list_model_get_item (fields, i);

      add_field (self, field);
    }
  update_count (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  return GTK_WIDGET (self);
}
