/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "review-step.h"

#include "step-form.h"

#include <glib/gi18n.h>

/* Names shown before "and N more". */
#define NAMES_SHOWN 3
#define DEFAULT_WIDTH 560
/* An appraisal answers several findings. */
#define APPRAISAL_HEIGHT 560

struct _TdReviewStep
{
  AdwWindow parent_instance;

  TdDesk *desk;
  char *verb;
  GPtrArray *dossiers;
  GPtrArray *more; /* pairs of owned strings */

  GtkButton *take;
  GtkLabel *subject;
  GtkLabel *trouble;
  TdStepForm *form;
};

enum
{
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdReviewStep, td_review_step, ADW_TYPE_WINDOW)

/* Steps the plan lets name several dossiers, all or none. */
static gboolean
takes_many (const char *verb)
{
  static const char *const many[] = { "to_council", "council_opinion", "to_chairman", "decide", NULL };

  return g_strv_contains (many, verb);
}

static char *
done_sentence (TdDesk *desk, const char *verb, GPtrArray *dossiers)
{
  g_autofree char *label = td_desk_verb_label (desk, verb);
  g_autofree char *subject = td_review_subject (dossiers);

  return g_strdup_printf (_ ("Done: %s. %s"), label, subject);
}

static gboolean
take_singly (TdDesk *desk, const char *verb, GPtrArray *dossiers, const char *const *words, GError **error)
{
  for (guint i = 0; i < dossiers->len; i++)
    {
      TdDossierItem *item = g_ptr_array_index (dossiers, i);
      const char *ids[] = { item->id, NULL };
      g_autoptr (GError) local = NULL;

      if (td_desk_step (desk, verb, ids, words, &local))
        continue;
      if (i == 0)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, local->domain, local->code, _ ("Done for %u of %u dossiers. %s: %s"), i, dossiers->len,
                     item->title, local->message);
      return FALSE;
    }
  return TRUE;
}

/**
 * td_review_take:
 * @desk: the desk
 * @verb: the step
 * @dossiers: of #TdDossierItem
 * @words: (nullable): pairs member, text
 * @sentence: (out) (optional): what was done
 * @error: return location for the sentence that says why not
 *
 * Takes the step.
 *
 * Returns: whether it was taken on every dossier
 */
gboolean
td_review_take (
    TdDesk *desk, const char *verb, GPtrArray *dossiers, const char *const *words, char **sentence, GError **error)
{
  gboolean taken;

  g_return_val_if_fail (TD_IS_DESK (desk), FALSE);
  g_return_val_if_fail (verb != NULL && dossiers != NULL && dossiers->len > 0, FALSE);

  if (takes_many (verb))
    {
      g_autoptr (GPtrArray) ids = g_ptr_array_new ();

      for (guint i = 0; i < dossiers->len; i++)
        g_ptr_array_add (ids, ((TdDossierItem *)g_ptr_array_index (dossiers, i))->id);
      g_ptr_array_add (ids, NULL);
      taken = td_desk_step (desk, verb, (const char *const *)ids->pdata, words, error);
    }
  else
    taken = take_singly (desk, verb, dossiers, words, error);
  if (taken && sentence != NULL)
    *sentence = done_sentence (desk, verb, dossiers);
  return taken;
}

/**
 * td_review_subject:
 * @dossiers: of #TdDossierItem
 *
 * Returns: (transfer full): the names a step is about
 */
char *
td_review_subject (GPtrArray *dossiers)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < dossiers->len && i < NAMES_SHOWN; i++)
    {
      TdDossierItem *item = g_ptr_array_index (dossiers, i);

      if (i > 0)
        g_string_append (names, ", ");
      g_string_append (names, item->title);
      if (dossiers->len == 1 && *item->unit_name != '\0')
        g_string_append_printf (names, " (%s)", item->unit_name);
    }
  if (dossiers->len > NAMES_SHOWN)
    g_string_append_printf (names, ngettext (" and %u more", " and %u more", dossiers->len - NAMES_SHOWN),
                            dossiers->len - NAMES_SHOWN);
  if (dossiers->len > 1)
    {
      g_autofree char *count
          = g_strdup_printf (ngettext ("%u dossier: ", "%u dossiers: ", dossiers->len), dossiers->len);

      g_string_prepend (names, count);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
show_trouble (TdReviewStep *self, const char *sentence)
{
  gtk_label_set_label (self->trouble, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
}

static GStrv
all_words (TdReviewStep *self, GError **error)
{
  g_auto (GStrv) typed = td_step_form_words (self->form, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (typed == NULL)
    return NULL;
  g_strv_builder_addv (builder, (const char **)typed);
  for (guint i = 0; i < self->more->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->more, i));
  return g_strv_builder_end (builder);
}

static void
on_take (TdReviewStep *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = all_words (self, &error);
  g_autofree char *sentence = NULL;

  if (words == NULL
      || !td_review_take (self->desk, self->verb, self->dossiers, (const char *const *)words, &sentence, &error))
    {
      show_trouble (self, error->message);
      return;
    }
  td_step_form_forget (self->form);
  g_signal_emit (self, signals[TAKEN], 0, sentence);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_take (TD_REVIEW_STEP (widget));
}

/* The attestation says whose dossier came, in case the dossier itself is not here yet. */
static void
add_attested (TdReviewStep *self, TdDossierItem *dossier)
{
  g_autoptr (GPtrArray) units = td_desk_search_units (self->desk, dossier->unit_name);

  td_review_step_add (self, "type", dossier->type);
  for (guint i = 0; i < units->len; i++)
    {
      TdRowItem *unit = g_ptr_array_index (units, i);

      if (!g_str_equal (unit->title, dossier->unit_name))
        continue;
      td_review_step_add (self, "unit", unit->id);
      return;
    }
}

static void
td_review_step_dispose (GObject *object)
{
  TdReviewStep *self = TD_REVIEW_STEP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_REVIEW_STEP);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->dossiers, g_ptr_array_unref);
  g_clear_pointer (&self->more, g_ptr_array_unref);
  g_clear_pointer (&self->verb, g_free);
  G_OBJECT_CLASS (td_review_step_parent_class)->dispose (object);
}

static void
td_review_step_class_init (TdReviewStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_review_step_dispose;
  g_type_ensure (TD_TYPE_STEP_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/review-step.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReviewStep, take);
  gtk_widget_class_bind_template_child (widget_class, TdReviewStep, subject);
  gtk_widget_class_bind_template_child (widget_class, TdReviewStep, trouble);
  gtk_widget_class_bind_template_child (widget_class, TdReviewStep, form);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
  gtk_widget_class_install_action (widget_class, "step.take", NULL, take_action);

  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_review_step_init (TdReviewStep *self)
{
  self->more = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_review_step_new:
 * @desk: the desk
 * @verb: the step
 * @dossiers: of #TdDossierItem
 *
 * Returns: a modal window that asks for the step's words and takes it
 */
GtkWidget *
td_review_step_new (TdDesk *desk, const char *verb, GPtrArray *dossiers)
{
  TdReviewStep *self;
  TdDossierItem *first;
  g_autofree char *label = NULL;
  g_autofree char *subject = NULL;

  g_return_val_if_fail (TD_IS_DESK (desk), NULL);
  g_return_val_if_fail (dossiers != NULL && dossiers->len > 0, NULL);

  self = g_object_new (TD_TYPE_REVIEW_STEP, NULL);
  self->desk = g_object_ref (desk);
  self->verb = g_strdup (verb);
  self->dossiers = g_ptr_array_ref (dossiers);
  first = g_ptr_array_index (dossiers, 0);
  label = td_desk_verb_label (desk, verb);
  subject = td_review_subject (dossiers);
  gtk_window_set_title (GTK_WINDOW (self), label);
  gtk_button_set_label (self->take, label);
  gtk_label_set_label (self->subject, subject);
  td_step_form_set (self->form, desk, verb, dossiers->len == 1 ? first->id : "many");
  if (g_str_equal (verb, "appraise"))
    {
      td_step_form_add_answers (self->form, first->id);
      gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, APPRAISAL_HEIGHT);
    }
  if (g_str_equal (verb, "attest"))
    add_attested (self, first);
  if (!td_step_form_focus (self->form))
    gtk_widget_grab_focus (GTK_WIDGET (self->take));
  return GTK_WIDGET (self);
}

/**
 * td_review_step_add:
 * @self: a dialog
 * @member: a word of the step
 * @text: its text
 *
 * Adds a word the dialog doesn't ask for, the rule of a waiver for example.
 */
void
td_review_step_add (TdReviewStep *self, const char *member, const char *text)
{
  g_return_if_fail (TD_IS_REVIEW_STEP (self));

  g_ptr_array_add (self->more, g_strdup (member));
  g_ptr_array_add (self->more, g_strdup (text));
}
