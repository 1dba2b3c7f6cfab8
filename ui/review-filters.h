/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which dossiers a list shows: by unit, group of criteria, and what the check says.
 *
 * Signals:
 *   "chosen"  another choice was made
 */
#define TD_TYPE_REVIEW_FILTERS (td_review_filters_get_type ())
G_DECLARE_FINAL_TYPE (TdReviewFilters, td_review_filters, TD, REVIEW_FILTERS, GtkBox)

/* @dossiers of TdDossierItem: what they have is offered; a choice stays while it is offered. */
void td_review_filters_load (TdReviewFilters *self, GListModel *dossiers);
gboolean td_review_filters_accept (TdReviewFilters *self, TdDossierItem *dossier);

G_END_DECLS
