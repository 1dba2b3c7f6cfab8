/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Sơ kết, tổng kết: what the unit has done in the campaign, its yearly ratings and
 * its report; for a district and the board the reports of the units below. */
#define TD_TYPE_PAGE_REVIEWS (td_page_reviews_get_type ())
G_DECLARE_FINAL_TYPE (TdPageReviews, td_page_reviews, TD, PAGE_REVIEWS, GtkBox)

GtkWidget *td_page_reviews_new (TdDesk *desk);

G_END_DECLS
