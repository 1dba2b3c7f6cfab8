/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "step-form.h"

#include "legacy-paste.h"
#include "step-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define ANSWER_PREFIX "answer:"
#define AREA_HEIGHT 84
#define ANSWER_HEIGHT 56

/* One word on screen. */
typedef struct
{
  char *member;
  char *label; /* without the mnemonic's sign */
  TdWordKind kind;
  gboolean needed;
  GtkWidget *widget; /* AdwEntryRow, AdwComboRow, GtkTextView */
} Word;

struct _TdStepForm
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *verb;
  char *draft;
  GPtrArray *words; /* of Word */

  AdwPreferencesGroup *rows;
  GtkBox *areas;
};

G_DEFINE_FINAL_TYPE (TdStepForm, td_step_form, GTK_TYPE_BOX)

static void
word_free (gpointer data)
{
  Word *word = data;

  g_free (word->member);
  g_free (word->label);
  g_free (word);
}

static char *
without_mnemonic (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", 2);

  return g_strjoinv ("", parts);
}

static Word *
add_word (TdStepForm *self, const char *member, const char *label, TdWordKind kind, gboolean needed)
{
  Word *word = g_new0 (Word, 1);

  word->member = g_strdup (member);
  word->label = without_mnemonic (label);
  word->kind = kind;
  word->needed = needed;
  g_ptr_array_add (self->words, word);
  return word;
}

/**
 * td_step_form_draft_key:
 * @verb: a step
 * @draft: what it is about
 * @member: one of its words
 *
 * Returns: (transfer full): the name of the draft for td_desk_draft()
 */
char *
td_step_form_draft_key (const char *verb, const char *draft, const char *member)
{
  return g_strdup_printf ("step/%s/%s/%s", verb, draft, member);
}

static char *
kept_draft (TdStepForm *self, const char *member)
{
  g_autofree char *key = td_step_form_draft_key (self->verb, self->draft, member);

  return td_desk_draft (self->desk, key);
}

static char *
area_text (GtkWidget *area)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (area));
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static const char *
chosen_value (TdStepForm *self, const Word *word)
{
  guint position = adw_combo_row_get_selected (ADW_COMBO_ROW (word->widget));
  const TdWordChoice *choice = td_word_choice (self->verb, word->member, position);

  return choice != NULL ? choice->value : "";
}

/* The text as it stands on screen. */
static char *
word_text (TdStepForm *self, const Word *word)
{
  switch (word->kind)
    {
    case TD_WORD_AREA:
      return area_text (word->widget);
    case TD_WORD_CHOICE:
      return g_strdup (chosen_value (self, word));
    case TD_WORD_BODY:
      return g_strdup (td_campaign_reviewer (td_desk_campaign (self->desk)));
    case TD_WORD_LINE:
    case TD_WORD_DAY:
    case TD_WORD_TIME:
      return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (word->widget))));
    }
  g_return_val_if_reached (NULL);
}

static void
keep_draft (TdStepForm *self, GtkWidget *widget)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      const Word *word = g_ptr_array_index (self->words, i);
      g_autofree char *key = NULL;
      g_autofree char *text = NULL;

      if (word->widget != widget)
        continue;
      key = td_step_form_draft_key (self->verb, self->draft, word->member);
      text = word_text (self, word);
      td_desk_set_draft (self->desk, key, text);
    }
}

static void
on_line_changed (GtkWidget *row, TdStepForm *self)
{
  keep_draft (self, row);
}

static void
on_area_changed (GtkTextBuffer *buffer, GtkWidget *area)
{
  keep_draft (TD_STEP_FORM (gtk_widget_get_ancestor (area, TD_TYPE_STEP_FORM)), area);
}

static char *
first_text (TdStepForm *self, const Word *word)
{
  g_autofree char *draft = kept_draft (self, word->member);

  if (*draft == '\0' && word->kind == TD_WORD_DAY)
    return td_date_to_screen (td_desk_today (self->desk));
  return g_steal_pointer (&draft);
}

static void
add_line (TdStepForm *self, Word *word, const char *label)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *text = first_text (self, word);

  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  word->widget = row;
  td_legacy_watch (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))));
  g_signal_connect_object (row, "changed", G_CALLBACK (on_line_changed), self, 0);
  adw_preferences_group_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), TRUE);
}

static void
add_choice (TdStepForm *self, Word *word, const char *label)
{
  GtkWidget *row = adw_combo_row_new ();
  GtkStringList *list = gtk_string_list_new (NULL);
  const TdWordChoice *choice;

  for (guint i = 0; (choice = td_word_choice (self->verb, word->member, i)) != NULL; i++)
    gtk_string_list_append (list, _ (choice->label));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_object_unref (list);
  word->widget = row;
  adw_preferences_group_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), TRUE);
}

static void
add_body (TdStepForm *self, Word *word, const char *label)
{
  const char *code = td_campaign_reviewer (td_desk_campaign (self->desk));
  const TdUnit *unit = td_units_by_code (td_desk_units (self->desk), code, td_desk_today (self->desk));
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), unit != NULL ? unit->full_name : code);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), label);
  word->widget = row;
  adw_preferences_group_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), TRUE);
}

static GtkWidget *
area_new (int height)
{
  GtkWidget *area = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (area), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (area), FALSE);
  td_legacy_watch (area);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (area), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (area), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (area), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (area), 9);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), height);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), area);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  return area;
}

static void
add_area (TdStepForm *self, Word *word, const char *label, int height)
{
  GtkWidget *caption = gtk_label_new_with_mnemonic (label);
  GtkWidget *area = area_new (height);
  g_autofree char *text = first_text (self, word);

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (caption), area);
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, word->label, -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (area)), text, -1);
  word->widget = area;
  gtk_box_append (self->areas, caption);
  gtk_box_append (self->areas, gtk_widget_get_parent (area));
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (area)), "changed", G_CALLBACK (on_area_changed),
                           area, 0);
}

static void
add_field (TdStepForm *self, const TdStepWord *field)
{
  const char *label = _ (field->label);
  Word *word = add_word (self, field->member, label, field->kind, field->needed);

  switch (field->kind)
    {
    case TD_WORD_AREA:
      add_area (self, word, label, AREA_HEIGHT);
      break;
    case TD_WORD_CHOICE:
      add_choice (self, word, label);
      break;
    case TD_WORD_BODY:
      add_body (self, word, label);
      break;
    case TD_WORD_LINE:
    case TD_WORD_DAY:
    case TD_WORD_TIME:
      add_line (self, word, label);
      break;
    }
}

static void
clear (TdStepForm *self)
{
  GtkWidget *child;

  for (guint i = 0; i < self->words->len; i++)
    {
      const Word *word = g_ptr_array_index (self->words, i);

      if (word->kind != TD_WORD_AREA)
        adw_preferences_group_remove (self->rows, word->widget);
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->areas))) != NULL)
    gtk_box_remove (self->areas, child);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), FALSE);
  g_ptr_array_set_size (self->words, 0);
}

static void
td_step_form_dispose (GObject *object)
{
  TdStepForm *self = TD_STEP_FORM (object);

  g_ptr_array_set_size (self->words, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_STEP_FORM);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (td_step_form_parent_class)->dispose (object);
}

static void
td_step_form_finalize (GObject *object)
{
  TdStepForm *self = TD_STEP_FORM (object);

  g_ptr_array_unref (self->words);
  g_free (self->verb);
  g_free (self->draft);
  G_OBJECT_CLASS (td_step_form_parent_class)->finalize (object);
}

static void
td_step_form_class_init (TdStepFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_step_form_dispose;
  object_class->finalize = td_step_form_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/step-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TdStepForm, rows);
  gtk_widget_class_bind_template_child (widget_class, TdStepForm, areas);
}

static void
td_step_form_init (TdStepForm *self)
{
  self->words = g_ptr_array_new_with_free_func (word_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_step_form_needed:
 * @verb: a step
 *
 * Returns: whether the step asks for words before it is taken
 */
gboolean
td_step_form_needed (const char *verb)
{
  return td_step_word (verb, 0) != NULL;
}

/**
 * td_step_form_set:
 * @self: a form
 * @desk: the desk
 * @verb: the step
 * @draft: what it is about, the name of its drafts
 *
 * Fills the form with the rows of @verb.
 */
void
td_step_form_set (TdStepForm *self, TdDesk *desk, const char *verb, const char *draft)
{
  const TdStepWord *field;

  g_return_if_fail (TD_IS_STEP_FORM (self));
  g_return_if_fail (verb != NULL && draft != NULL);

  clear (self);
  g_set_object (&self->desk, desk);
  g_free (self->verb);
  self->verb = g_strdup (verb);
  g_free (self->draft);
  self->draft = g_strdup (draft);
  for (guint i = 0; (field = td_step_word (verb, i)) != NULL; i++)
    add_field (self, field);
}

/**
 * td_step_form_add_answers:
 * @self: a form that was set
 * @dossier: the dossier
 *
 * Adds a place for an answer to each finding that only a person can judge.
 */
void
td_step_form_add_answers (TdStepForm *self, const char *dossier)
{
  g_autoptr (GListModel) findings = NULL;

  g_return_if_fail (TD_IS_STEP_FORM (self));

  findings = td_desk_findings (self->desk, dossier);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TdFindingItem) finding = g_list_model_get_item (findings, i);
      g_autofree char *member = g_strconcat (ANSWER_PREFIX, finding->rule, NULL);
      g_auto (GStrv) parts = g_strsplit (finding->message, "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);

      if (g_str_equal (finding->verdict, "manual"))
        add_area (self, add_word (self, member, finding->message, TD_WORD_AREA, FALSE), label, ANSWER_HEIGHT);
    }
}

/**
 * td_step_form_words:
 * @self: a form
 * @error: return location for the sentence that says what is missing
 *
 * Returns: (transfer full) (nullable): pairs for td_desk_step()
 */
GStrv
td_step_form_words (TdStepForm *self, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (TD_IS_STEP_FORM (self), NULL);

  for (guint i = 0; i < self->words->len; i++)
    {
      const Word *word = g_ptr_array_index (self->words, i);
      g_autofree char *typed = word_text (self, word);
      g_autofree char *text = td_word_canonical (word->kind, word->label, word->needed, typed, error);

      if (text == NULL)
        {
          gtk_widget_grab_focus (word->widget);
          return NULL;
        }
      if (*text == '\0')
        continue;
      g_strv_builder_add (builder, word->member);
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

/**
 * td_step_form_focus:
 * @self: a form
 *
 * Moves the focus to the first word that is typed or chosen.
 *
 * Returns: FALSE where there is none
 */
gboolean
td_step_form_focus (TdStepForm *self)
{
  g_return_val_if_fail (TD_IS_STEP_FORM (self), FALSE);

  for (guint i = 0; i < self->words->len; i++)
    {
      const Word *word = g_ptr_array_index (self->words, i);

      if (word->kind != TD_WORD_BODY && gtk_widget_grab_focus (word->widget))
        return TRUE;
    }
  return FALSE;
}

/**
 * td_step_form_forget:
 * @self: a form
 *
 * Drops the drafts of what is on screen, after the step was taken.
 */
void
td_step_form_forget (TdStepForm *self)
{
  g_return_if_fail (TD_IS_STEP_FORM (self));

  for (guint i = 0; i < self->words->len; i++)
    {
      const Word *word = g_ptr_array_index (self->words, i);
      g_autofree char *key = td_step_form_draft_key (self->verb, self->draft, word->member);

      td_desk_set_draft (self->desk, key, "");
    }
}
