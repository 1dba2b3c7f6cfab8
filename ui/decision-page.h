/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From the Council's opinion to the award: the paper to the Chairman, his
 * decision, the ceremony, each for the dossiers chosen in the list.
 *
 * Signals:
 *   "taken" (char *sentence)    a step was taken
 */
#define TD_TYPE_DECISION_PAGE (td_decision_page_get_type ())
G_DECLARE_FINAL_TYPE (TdDecisionPage, td_decision_page, TD, DECISION_PAGE, GtkBox)

/* Loads the list; again after a change. */
void td_decision_page_load (TdDecisionPage *self, TdDesk *desk);
void td_decision_page_search (TdDecisionPage *self);

G_END_DECLS
