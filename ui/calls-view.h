/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "Codes by telephone": those to read out, the calls that were noted, and noting one. */
#define TD_TYPE_CALLS_VIEW (td_calls_view_get_type ())
G_DECLARE_FINAL_TYPE (TdCallsView, td_calls_view, TD, CALLS_VIEW, GtkBox)

void td_calls_view_show (TdCallsView *self, TdDesk *desk); /* anew, with every refresh of the page */

G_END_DECLS
