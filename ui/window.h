/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "application.h"
#include "desk/desk.h"

G_BEGIN_DECLS

/* The one window: places at the left, the place in view at the right, the state
 * of saving and exchange always at the foot. Actions: see page.h. */
#define TD_TYPE_WINDOW (td_window_get_type ())
G_DECLARE_FINAL_TYPE (TdWindow, td_window, TD, WINDOW, AdwApplicationWindow)

GtkWindow *td_window_new (TdApplication *application, TdDesk *desk);
TdDesk *td_window_get_desk (TdWindow *self);
/* Shows a place; NULL when the seat has none of that name. */
GtkWidget *td_window_show_place (TdWindow *self, const char *place);

G_END_DECLS
