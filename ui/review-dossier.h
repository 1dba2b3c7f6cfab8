/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The dossier under review, read-only: contents, check, papers, progress, and the
 * scans beside them. */
#define TD_TYPE_REVIEW_DOSSIER (td_review_dossier_get_type ())
G_DECLARE_FINAL_TYPE (TdReviewDossier, td_review_dossier, TD, REVIEW_DOSSIER, GtkBox)

void td_review_dossier_set_desk (TdReviewDossier *self, TdDesk *desk);
/* @dossier NULL: nothing. The same dossier again refreshes what is shown. */
void td_review_dossier_show (TdReviewDossier *self, TdDossierItem *dossier);
/* With the scans beside, or without. Property "scans". */
void td_review_dossier_set_scans (TdReviewDossier *self, gboolean beside);
gboolean td_review_dossier_focus (TdReviewDossier *self, const char *record, const char *path);

G_END_DECLS
