/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The units that an entry of the catalogue lists: members of a block, or bodies that
 * coordinate a project, each then with how well and how many targets exceeded. */
#define TD_TYPE_UNIT_LIST (td_unit_list_get_type ())
G_DECLARE_FINAL_TYPE (TdUnitList, td_unit_list, TD, UNIT_LIST, GtkBox)

void td_unit_list_bind (TdUnitList *self, TdDesk *desk, const char *record, gboolean project);
void td_unit_list_sync (TdUnitList *self);

G_END_DECLS
