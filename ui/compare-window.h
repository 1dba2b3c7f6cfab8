/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Two dossiers side by side, read-only: is it one person? */
#define TD_TYPE_COMPARE_WINDOW (td_compare_window_get_type ())
G_DECLARE_FINAL_TYPE (TdCompareWindow, td_compare_window, TD, COMPARE_WINDOW, AdwWindow)

GtkWidget *td_compare_window_new (TdDesk *desk, const char *left, const char *right);

G_END_DECLS
