/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Đăng ký thi đua: the unit's registration with its targets and results; for a
 * district and the board the registrations of the units below. */
#define TD_TYPE_PAGE_TARGETS (td_page_targets_get_type ())
G_DECLARE_FINAL_TYPE (TdPageTargets, td_page_targets, TD, PAGE_TARGETS, GtkBox)

GtkWidget *td_page_targets_new (TdDesk *desk);

G_END_DECLS
