/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The ledgers of the units whose place this one took, to be read beside its own. */
#define TD_TYPE_FORMER_WINDOW (td_former_window_get_type ())
G_DECLARE_FINAL_TYPE (TdFormerWindow, td_former_window, TD, FORMER_WINDOW, AdwWindow)

void td_former_window_show (GtkWidget *near, TdDesk *desk);
/* TRUE where there is something to read: the button that leads here is to be seen. */
gboolean td_former_window_has_units (TdDesk *desk);

G_END_DECLS
