/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* The words of a member's code ("HTXSNV": "Tasks completed excellently"); @value itself for anything else; owned. */
char *td_value_words (TdDesk *desk, const char *path, const char *value);
/* Where a member stands on paper: smaller first, 0 … */
guint td_value_rank (const char *path);

G_END_DECLS
