/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is asked once: which unit, who works here, and the line if there is one.
 * Signal "done": the unit is chosen and the work may begin. */
#define TD_TYPE_FIRST_RUN (td_first_run_get_type ())
G_DECLARE_FINAL_TYPE (TdFirstRun, td_first_run, TD, FIRST_RUN, GtkBox)

GtkWidget *td_first_run_new (TdDesk *desk);
gboolean td_first_run_is_done (TdFirstRun *self);

G_END_DECLS
