/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The foot of the sidebar: saved, what waits, the line. It never lies: "sent"
 * stands there only when the endpoint has it on disk. */
#define TD_TYPE_STATUS_FOOT (td_status_foot_get_type ())
G_DECLARE_FINAL_TYPE (TdStatusFoot, td_status_foot, TD, STATUS_FOOT, GtkButton)

void td_status_foot_set_desk (TdStatusFoot *self, TdDesk *desk);
/* Reads again whether something is typed and not yet written. */
void td_status_foot_refresh (TdStatusFoot *self);

G_END_DECLS
