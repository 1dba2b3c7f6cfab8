/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The steps on what is chosen: what can be done now as buttons, the rest in a
 * menu, each with the sentence that says why not yet. */
#define TD_TYPE_REVIEW_BAR (td_review_bar_get_type ())
G_DECLARE_FINAL_TYPE (TdReviewBar, td_review_bar, TD, REVIEW_BAR, GtkBox)

/* @dossiers of TdDossierItem. */
void td_review_bar_show (TdReviewBar *self, TdDesk *desk, GPtrArray *dossiers);
/* The verbs of this place, in the order of the work; NULL after the last. */
const char *const *td_review_verbs (void);
/* NULL: @verb may be taken on all of @dossiers; "": never by this desk. */
char *td_review_why_not (TdDesk *desk, const char *verb, GPtrArray *dossiers);
/* The accelerator of @verb, NULL without one. */
const char *td_review_accelerator (const char *verb);

G_END_DECLS
