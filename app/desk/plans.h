/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* The plans installed with the program. A desk that is enrolled has the endpoint's instead. */

/* TdRowItem: id the file's name, title and slogan of the plan; "ok" is the one in use. */
GListModel *td_desk_plans (TdDesk *self);
/* Works with another installed plan and its units from now on; only before a unit is chosen. */
gboolean td_desk_choose_plan (TdDesk *self, const char *file, GError **error);

G_END_DECLS
