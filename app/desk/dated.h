/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* A plan is only data: no word of the program names its days, nor what it calls things. @words with "{last}" as
 * the campaign's last day ("30/6/2025"), "{year}" as its year, "{year-1}" and "{year-2}" as those before, "{works}"
 * as its word for works, "{award}" as what is awarded, "{committee}" as to whom the chain's top reports, "{indicators}" as those an enterprise registers, "{phases}" as the names of its phases,
 * one a line, and "{phase-numbers}" as their numbers; owned. */
char *td_desk_dated (TdDesk *self, const char *words);
/* What the plan calls its phase of @number, which a target is tagged with (II.4); "" stays "". Owned. */
char *td_desk_phase_name (TdDesk *self, const char *number);
/* The years in which Party organisations and members are rated: first and last. */
void td_desk_rated_years (TdDesk *self, int *first, int *last);

G_END_DECLS
