/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How the units of each emulation block, or a district's communes, stand, and the way
 * to a notice that urges those chosen (R-094, V.6). */
#define TD_TYPE_URGING_VIEW (td_urging_view_get_type ())
G_DECLARE_FINAL_TYPE (TdUrgingView, td_urging_view, TD, URGING_VIEW, GtkBox)

/* Shows how the units stand now; again after a change: what is chosen stays chosen. */
void td_urging_view_load (TdUrgingView *self, TdDesk *desk);

G_END_DECLS
