/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/registrations.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of the merged tables of registrations. */
void td_registrations_unit_columns (GtkColumnView *view, TdDesk *desk, gboolean top); /* of TdRegisteredItem */
void td_registrations_target_columns (GtkColumnView *view, TdDesk *desk);             /* of TdTargetItem */
void td_registrations_sum_columns (GtkColumnView *view, TdDesk *desk);                /* of TdSumItem */

/* The icon of a target's state. */
const char *td_target_icon (const char *state);
/* "Đột phá · Vượt mức · 125,00% · …"; owned. */
char *td_target_words (TdTargetItem *target);

G_END_DECLS
