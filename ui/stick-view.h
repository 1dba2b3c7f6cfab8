/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "Exchange by USB stick": packages out and in, what is carried for others, and enrolment by a file. */
#define TD_TYPE_STICK_VIEW (td_stick_view_get_type ())
G_DECLARE_FINAL_TYPE (TdStickView, td_stick_view, TD, STICK_VIEW, GtkBox)

void td_stick_view_set_desk (TdStickView *self, TdDesk *desk);

G_END_DECLS
