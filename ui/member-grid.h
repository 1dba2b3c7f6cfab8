/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "row-grid.h"

G_BEGIN_DECLS

/* The members of the Council as rows: of its roster, or of a session with who was present. */
void td_member_grid_bind (TdRowGrid *grid, TdDesk *desk, const char *record, gboolean session);

G_END_DECLS
