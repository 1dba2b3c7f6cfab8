/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The dialog of a step that asks for words: reason, person, verdict …
 *
 * Signals:
 *   "taken" (char *sentence)  the step was taken
 */
#define TD_TYPE_REVIEW_STEP (td_review_step_get_type ())
G_DECLARE_FINAL_TYPE (TdReviewStep, td_review_step, TD, REVIEW_STEP, AdwWindow)

/* @dossiers of TdDossierItem. */
GtkWidget *td_review_step_new (TdDesk *desk, const char *verb, GPtrArray *dossiers);
/* More words for the step that the dialog doesn't ask for; may be called several times. */
void td_review_step_add (TdReviewStep *self, const char *member, const char *text);

/* Takes @verb on each of @dossiers: all at once where the plan allows it, else
 * one after the other. @sentence: what was done. */
gboolean td_review_take (
    TdDesk *desk, const char *verb, GPtrArray *dossiers, const char *const *words, char **sentence, GError **error);
/* "Nguyễn Thị Hòa" or "3 dossiers: …": what a step is about. */
char *td_review_subject (GPtrArray *dossiers);

G_END_DECLS
