/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps a widget in step with the desk: @refresh is called when the widget is
 * first shown and, once per burst, after every change while it is shown; what
 * changes behind a hidden page is read when the page comes back. Nothing that
 * isn't shown is read. */
typedef void (*TdRefresh) (GtkWidget *widget);

void td_follow (GtkWidget *widget, TdDesk *desk, TdRefresh refresh);
/* Asks for a refresh as if the desk had changed. */
void td_follow_stale (GtkWidget *widget);

G_END_DECLS
