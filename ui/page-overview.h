/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tổng quan: what to do now, what is due and when, what the unit's own facts
 * lack; for a district and the board who below has sent what. */
#define TD_TYPE_PAGE_OVERVIEW (td_page_overview_get_type ())
G_DECLARE_FINAL_TYPE (TdPageOverview, td_page_overview, TD, PAGE_OVERVIEW, GtkBox)

GtkWidget *td_page_overview_new (TdDesk *desk);

G_END_DECLS
