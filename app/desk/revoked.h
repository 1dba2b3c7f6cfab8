/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* A machine that the centre refuses since its administrator revoked it. */

/* The centre said so last, in this session or an earlier one. */
gboolean td_desk_revoked (TdDesk *self);
/* What happened, what became of what waited, what to do: for the screen; owned. */
char *td_desk_revoked_text (TdDesk *self);
/* Everything that waits to be sent as text to copy: what, when, and all that was typed; "" when nothing does. Owned. */
char *td_desk_waiting_copy (TdDesk *self);

G_END_DECLS
