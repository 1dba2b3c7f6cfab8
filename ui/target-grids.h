/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/registrations.h"
#include "row-grid.h"

G_BEGIN_DECLS

/* The tables of a registration: what their columns are and what each row comes to. */
extern const TdGridKind td_target_grid;
extern const TdGridKind td_indicator_grid;
extern const TdGridKind td_participant_grid;

G_END_DECLS
