/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/journal.h"

G_BEGIN_DECLS

/* The journal in one SQLite file. @path NULL: in memory, for tests. Several
 * processes may open the same file: one serves, others make codes or verify. */
TdJournal *td_journal_sqlite_new (const char *path, GError **error);

G_END_DECLS
