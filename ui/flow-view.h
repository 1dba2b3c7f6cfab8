/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How far the dossiers are: a bar for each stage of the chain, the same by category
 * and by unit, and persons against their quota. For those who see across units. */
#define TD_TYPE_FLOW_VIEW (td_flow_view_get_type ())
G_DECLARE_FINAL_TYPE (TdFlowView, td_flow_view, TD, FLOW_VIEW, GtkBox)

void td_flow_view_show (TdFlowView *self, TdDesk *desk);

G_END_DECLS
