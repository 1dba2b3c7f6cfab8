/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The dossiers of a desk: search, chips by stage, several chosen at once.
 *
 * Signals:
 *   "picked"  what is chosen changed
 *   "opened"  a dossier was activated: Enter or double click
 *   "trouble" (char *sentence)  something was refused
 */
#define TD_TYPE_REVIEW_LIST (td_review_list_get_type ())
G_DECLARE_FINAL_TYPE (TdReviewList, td_review_list, TD, REVIEW_LIST, GtkBox)

/* @stages: space separated ids, NULL for all. TD_LIST_SELECTION shows a column that
 * puts a dossier into the unit's submission. */
void td_review_list_set (TdReviewList *self, TdDesk *desk, TdList list, const char *stages);
void td_review_list_reload (TdReviewList *self);
GPtrArray *td_review_list_chosen (TdReviewList *self); /* of TdDossierItem, owned */
guint td_review_list_count (TdReviewList *self);       /* all, whatever the filter */
/* Chooses the dossier after (or before) the chosen one. */
void td_review_list_move (TdReviewList *self, int by);
gboolean td_review_list_choose (TdReviewList *self, const char *dossier);
void td_review_list_search (TdReviewList *self); /* focus to the search */

G_END_DECLS
