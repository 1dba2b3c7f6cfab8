/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decision-page.h"

#include "review-bar.h"
#include "review-list.h"
#include "review-step.h"
#include "step-form.h"

#include <glib/gi18n.h>

#define STAGES "endorsed at_chairman decided awarded"
/* Drafts of these forms belong to the desk, not to one dossier. */
#define DRAFT "board"

static const char *const verbs[] = { "to_chairman", "decide", "award" };

struct _TdDecisionPage
{
  GtkBox parent_instance;

  TdDesk *desk;
  const char *verb; /* the step the chosen dossiers are ready for, or NULL */

  TdReviewList *list;
  GtkLabel *subject;
  GtkLabel *hint;
  TdStepForm *to_chairman;
  TdStepForm *decide;
  TdStepForm *award;
  GtkLabel *thematic; /* what such a decision is no basis for */
  GtkLabel *trouble;
  GtkButton *take;
};

enum
{
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdDecisionPage, td_decision_page, GTK_TYPE_BOX)

static TdStepForm *
form_of (TdDecisionPage *self, const char *verb)
{
  if (g_str_equal (verb, "to_chairman"))
    return self->to_chairman;
  return g_str_equal (verb, "decide") ? self->decide : self->award;
}

/* The one step all of @dossiers are ready for; else why there is none. */
static const char *
ready_for (TdDecisionPage *self, GPtrArray *dossiers, char **why_not)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *why = td_review_why_not (self->desk, verbs[i], dossiers);

      if (why == NULL)
        return verbs[i];
      if (*why != '\0' && *why_not == NULL)
        *why_not = g_steal_pointer (&why);
    }
  return NULL;
}

static char *
hint_text (GPtrArray *dossiers, const char *why_not)
{
  if (dossiers->len == 0)
    return g_strdup (_ ("Choose the dossiers in the list: those the Council agreed to go to the Chairman with a paper, "
                        "those at the Chairman get his decision, decided ones the award."));
  if (dossiers->len > 1)
    return g_strdup_printf (_ ("The chosen dossiers are not all ready for the same step. %s"),
                            why_not != NULL ? why_not : "");
  return g_strdup (why_not != NULL ? why_not : _ ("Nothing is left to do on this dossier."));
}

static void
on_picked (TdDecisionPage *self)
{
  g_autoptr (GPtrArray) dossiers = td_review_list_chosen (self->list);
  g_autofree char *subject = td_review_subject (dossiers);
  g_autofree char *why_not = NULL;
  g_autofree char *hint = NULL;

  if (self->desk == NULL)
    return;
  self->verb = dossiers->len > 0 ? ready_for (self, dossiers, &why_not) : NULL;
  gtk_label_set_label (self->subject, subject);
  gtk_widget_set_visible (GTK_WIDGET (self->subject), dossiers->len > 0);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_set_visible (GTK_WIDGET (form_of (self, verbs[i])), verbs[i] == self->verb);
  gtk_label_set_label (self->thematic, td_campaign_decision_note (td_desk_campaign (self->desk)));
  gtk_widget_set_visible (GTK_WIDGET (self->thematic), g_strcmp0 (self->verb, "decide") == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->take), self->verb != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), self->verb == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  hint = hint_text (dossiers, why_not);
  gtk_label_set_label (self->hint, hint);
  if (self->verb != NULL)
    {
      g_autofree char *label = td_desk_verb_label (self->desk, self->verb);

      gtk_button_set_label (self->take, label);
    }
}

static void
on_take (TdDecisionPage *self)
{
  g_autoptr (GPtrArray) dossiers = td_review_list_chosen (self->list);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  g_auto (GStrv) words = NULL;
  TdStepForm *form;

  if (self->verb == NULL || dossiers->len == 0)
    return;
  form = form_of (self, self->verb);
  words = td_step_form_words (form, &error);
  if (words != NULL && td_review_take (self->desk, self->verb, dossiers, (const char *const *)words, &sentence, &error))
    {
      g_signal_emit (self, signals[TAKEN], 0, sentence);
      return;
    }
  gtk_label_set_label (self->trouble, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
}

static void
td_decision_page_dispose (GObject *object)
{
  TdDecisionPage *self = TD_DECISION_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_DECISION_PAGE);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (td_decision_page_parent_class)->dispose (object);
}

static void
td_decision_page_class_init (TdDecisionPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_decision_page_dispose;
  g_type_ensure (TD_TYPE_REVIEW_LIST);
  g_type_ensure (TD_TYPE_STEP_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/decision-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdDecisionPage, list);
  gtk_widget_class_bind_template_child (widget_class, TdDecisionPage, subject);
  gtk_widget_class_bind_template_child (widget_class, TdDecisionPage, hint);
  gtk_widget_class_bind_template_child (widget_class, TdDecisionPage, to_chairman);
  gtk_widget_class_bind_template_child (widget_class, TdDecisionPage, decide);
  gtk_widget_class_bind_template_child (widget_class, TdDecisionPage, award);
  gtk_widget_class_bind_template_child (widget_class, TdDecisionPage, thematic);
  gtk_widget_class_bind_template_child (widget_class, TdDecisionPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, TdDecisionPage, take);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_take);

  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_decision_page_init (TdDecisionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_decision_page_load:
 * @self: a page
 * @desk: the board's desk
 *
 * Loads the list, or shows what changed. Forms keep what is typed.
 */
void
td_decision_page_load (TdDecisionPage *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_DECISION_PAGE (self));
  g_return_if_fail (TD_IS_DESK (desk));

  if (self->desk == NULL)
    {
      self->desk = g_object_ref (desk);
      for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
        td_step_form_set (form_of (self, verbs[i]), desk, verbs[i], DRAFT);
      td_review_list_set (self->list, desk, TD_LIST_ALL, STAGES);
    }
  else
    td_review_list_reload (self->list);
}

/**
 * td_decision_page_search:
 * @self: a page
 *
 * Moves the focus to the search of the list.
 */
void
td_decision_page_search (TdDecisionPage *self)
{
  g_return_if_fail (TD_IS_DECISION_PAGE (self));

  td_review_list_search (self->list);
}
