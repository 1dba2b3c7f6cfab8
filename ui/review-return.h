/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Trả lại: a reason and the fields the unit is to correct; only those open again.
 *
 * Signals:
 *   "taken" (char *sentence)  the dossier was returned
 */
#define TD_TYPE_REVIEW_RETURN (td_review_return_get_type ())
G_DECLARE_FINAL_TYPE (TdReviewReturn, td_review_return, TD, REVIEW_RETURN, AdwWindow)

GtkWidget *td_review_return_new (TdDesk *desk, TdDossierItem *dossier);

G_END_DECLS
