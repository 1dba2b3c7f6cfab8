/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Something to be settled: two values of one field, both shown and one tap away,
 * or a step that was not accepted, with what was kept. */
#define TD_TYPE_PROBLEM_ROW (td_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (TdProblemRow, td_problem_row, TD, PROBLEM_ROW, GtkListBoxRow)

GtkWidget *td_problem_row_new (TdDesk *desk, TdProblemItem *item);

G_END_DECLS
