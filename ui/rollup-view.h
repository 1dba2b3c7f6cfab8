/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The reports of the units below: who has reported, the sums, the texts. Follows the desk by itself. */
#define TD_TYPE_ROLLUP_VIEW (td_rollup_view_get_type ())
G_DECLARE_FINAL_TYPE (TdRollupView, td_rollup_view, TD, ROLLUP_VIEW, GtkBox)

void td_rollup_view_bind (TdRollupView *self, TdDesk *desk); /* once */

G_END_DECLS
