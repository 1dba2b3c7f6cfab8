/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Trao đổi dữ liệu: the line, what waits, what was refused or stands twice, and
 * enrolling later. */
#define TD_TYPE_PAGE_EXCHANGE (td_page_exchange_get_type ())
G_DECLARE_FINAL_TYPE (TdPageExchange, td_page_exchange, TD, PAGE_EXCHANGE, GtkBox)

GtkWidget *td_page_exchange_new (TdDesk *desk);

G_END_DECLS
