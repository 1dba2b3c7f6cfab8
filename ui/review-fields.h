/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a dossier says, field by field, read-only; what changed since the return is
 * marked, with the value before beside the one now. */
#define TD_TYPE_REVIEW_FIELDS (td_review_fields_get_type ())
G_DECLARE_FINAL_TYPE (TdReviewFields, td_review_fields, TD, REVIEW_FIELDS, GtkBox)

/* @dossier NULL: nothing. */
void td_review_fields_show (TdReviewFields *self, TdDesk *desk, TdDossierItem *dossier);
gboolean td_review_fields_focus (TdReviewFields *self, const char *record, const char *path);

G_END_DECLS
