/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Xét duyệt: what was sent up to this desk. The district receives, reads, returns
 * and chooses; the board appraises, asks, brings before the Council and records the
 * decision; the Party Office answers what it is asked. */
#define TD_TYPE_PAGE_REVIEW (td_page_review_get_type ())
G_DECLARE_FINAL_TYPE (TdPageReview, td_page_review, TD, PAGE_REVIEW, GtkBox)

GtkWidget *td_page_review_new (TdDesk *desk);

G_END_DECLS
