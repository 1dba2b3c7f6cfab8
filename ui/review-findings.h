/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The findings of a dossier under review: rule, clause, figures and cure, with
 * the appraiser's answer to what only a person can judge, and the exception.
 *
 * Signals:
 *   "field" (char *record, char *path)  a finding was activated: show its field */
#define TD_TYPE_REVIEW_FINDINGS (td_review_findings_get_type ())
G_DECLARE_FINAL_TYPE (TdReviewFindings, td_review_findings, TD, REVIEW_FINDINGS, GtkBox)

/* @dossier NULL: nothing. What is being typed survives when nothing changed. */
void td_review_findings_show (TdReviewFindings *self, TdDesk *desk, const char *dossier);
/* Findings that are neither met nor out of place. */
guint td_review_findings_count (TdReviewFindings *self);

G_END_DECLS
