/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One finding: verdict, sentence, clause, cure, and what was answered. */
#define TD_TYPE_FINDING_ROW (td_finding_row_get_type ())
G_DECLARE_FINAL_TYPE (TdFindingRow, td_finding_row, TD, FINDING_ROW, GtkListBoxRow)

GtkWidget *td_finding_row_new (TdFindingItem *item);

G_END_DECLS
