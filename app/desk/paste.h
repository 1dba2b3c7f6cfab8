/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* Rows of a spreadsheet becoming rows of a record: read and checked first, nothing
 * written; then all rows are taken, or the valid ones. */
typedef struct _TdPaste TdPaste;

/* @members: what the columns are when the table has no heading; a heading that names
 * its columns decides itself. @text: lines and tabs, as copied. Never NULL. */
TdPaste *
td_paste_read (TdDesk *desk, const char *record, const char *prefix, const char *const *members, const char *text);
void td_paste_free (TdPaste *self);
guint td_paste_rows (const TdPaste *self);
guint td_paste_bad_rows (const TdPaste *self); /* rows with a cell that can't be read */
guint td_paste_bad_cells (const TdPaste *self);
gboolean td_paste_cut (const TdPaste *self); /* there were more rows than a record takes */
/* "Row 3, plan: …": a sentence for each cell that can't be read; borrowed. */
GPtrArray *td_paste_problems (const TdPaste *self);
/* Writes the rows; in those with a bad cell it is left empty and what was pasted
 * stands beside it as a draft, to be put right in sight. @valid_only leaves such rows
 * out. How many rows were taken, -1 with @error. */
int td_paste_take (TdPaste *self, gboolean valid_only, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdPaste, td_paste_free)

G_END_DECLS
