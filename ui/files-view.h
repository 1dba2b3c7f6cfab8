/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The scans of a record: list, attach, open, remove. Follows the desk by itself.
 * Property "kinds" (one a line, for templates): the kinds that may be attached
 * here; without any nothing can be attached.
 *
 * Signal "open" (TdFileItem *) → gboolean: a file was activated; a handler that
 * returns TRUE has shown it, else it opens in another program. */
#define TD_TYPE_FILES_VIEW (td_files_view_get_type ())
G_DECLARE_FINAL_TYPE (TdFilesView, td_files_view, TD, FILES_VIEW, GtkBox)

GtkWidget *td_files_view_new (TdDesk *desk);
void td_files_view_set_desk (TdFilesView *self, TdDesk *desk);
void td_files_view_set_record (TdFilesView *self, const char *record); /* a record or a dossier; NULL: nothing */
/* Only the evidence of one target of the record, and what is attached becomes such. */
void td_files_view_set_target (TdFilesView *self, const char *target);
/* BAO_CAO_THANH_TICH, XAC_NHAN_THUE, … or NULL. */
void td_files_view_set_kinds (TdFilesView *self, const char *const *kinds);

G_END_DECLS
