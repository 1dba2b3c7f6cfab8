/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* A plan is only data: no word of the program names its days. @words with "{last}" as the campaign's
 * last day ("30/6/2025"), "{year}" as its year, "{year-1}" and "{year-2}" as those before; owned. */
char *td_desk_dated (TdDesk *self, const char *words);
/* The years in which Party organisations and members are rated: first and last. */
void td_desk_rated_years (TdDesk *self, int *first, int *last);

G_END_DECLS
