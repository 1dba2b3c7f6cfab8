/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* The centre or this machine's data went back to an older state. */

/* What was noticed of it in the last two weeks, what was sent again, that nothing is lost; "" when nothing was. Owned. */
char *td_desk_restored_text (TdDesk *self);

G_END_DECLS
