/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Filters by stage with their counts: "All 12", "To receive 2", …
 *
 * Signals:
 *   "chosen"  another stage was chosen
 */
#define TD_TYPE_REVIEW_CHIPS (td_review_chips_get_type ())
G_DECLARE_FINAL_TYPE (TdReviewChips, td_review_chips, TD, REVIEW_CHIPS, GtkBox)

/* @dossiers of TdDossierItem: what is counted. */
void td_review_chips_count (TdReviewChips *self, GListModel *dossiers);
/* The stage chosen, "" for all. */
const char *td_review_chips_stage (TdReviewChips *self);

G_END_DECLS
