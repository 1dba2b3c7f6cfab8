/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The floor of a journal: the rows it holds at the end, put by bare SQLite with the same settings into an empty file
 * of the same tables and indices, in @transactions equal parts. Seconds. */
double bench_rows (const char *journal, guint transactions);
