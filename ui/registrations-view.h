/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The merged registrations of a district or the province: units with the absent and
 * late ones first, their targets, the summary; received, returned and noted from here,
 * copied for Excel and Word. Follows the desk by itself. */
#define TD_TYPE_REGISTRATIONS_VIEW (td_registrations_view_get_type ())
G_DECLARE_FINAL_TYPE (TdRegistrationsView, td_registrations_view, TD, REGISTRATIONS_VIEW, GtkBox)

void td_registrations_view_set_desk (TdRegistrationsView *self, TdDesk *desk);

G_END_DECLS
