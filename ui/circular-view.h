/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/circulars.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A piece of correspondence to read: its words, files, what belongs to it, who has
 * read it; to be marked as read, answered, passed on. What it begins or opens it
 * asks of the page, through "circulars.write" and "circulars.open" (see page-circulars.h). */
#define TD_TYPE_CIRCULAR_VIEW (td_circular_view_get_type ())
G_DECLARE_FINAL_TYPE (TdCircularView, td_circular_view, TD, CIRCULAR_VIEW, GtkBox)

void td_circular_view_set_desk (TdCircularView *self, TdDesk *desk);
void td_circular_view_show (TdCircularView *self, const char *record);

G_END_DECLS
