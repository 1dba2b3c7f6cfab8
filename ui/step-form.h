/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The words a step asks for: rows after a table, drafts kept while one writes. */
#define TD_TYPE_STEP_FORM (td_step_form_get_type ())
G_DECLARE_FINAL_TYPE (TdStepForm, td_step_form, TD, STEP_FORM, GtkBox)

/* Does @verb ask for words at all? */
gboolean td_step_form_needed (const char *verb);
/* @draft: a name for what is typed, so that a restart keeps it: a dossier, "board" … */
void td_step_form_set (TdStepForm *self, TdDesk *desk, const char *verb, const char *draft);
/* One answer for each finding of @dossier that a person must judge. */
void td_step_form_add_answers (TdStepForm *self, const char *dossier);
/* Pairs member, text for td_desk_step(), or NULL and the sentence that says what is missing. */
GStrv td_step_form_words (TdStepForm *self, GError **error);
gboolean td_step_form_focus (TdStepForm *self); /* to the first word; FALSE without one */
/* Drops the drafts: the step was taken. */
void td_step_form_forget (TdStepForm *self);

/* The name under which a word not yet given is kept. */
char *td_step_form_draft_key (const char *verb, const char *draft, const char *member);

G_END_DECLS
