/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What must be on the platter, and who a file is: the platform's part of the store. */

gboolean td_disk_make_folder (const char *path, GError **error); /* 0700, with its parents */
gboolean td_disk_sync_file (const char *path, GError **error);
gboolean td_disk_sync_folder (const char *path, GError **error); /* where the system can */
/* Syncs @from, renames it to @to, syncs the folder. */
gboolean td_disk_put (const char *from, const char *to, GError **error);
/* A file the size of a note, replaced as a whole, readable by its owner only. */
gboolean td_disk_write (const char *path, const char *text, GError **error);
gboolean td_disk_copy (const char *from, const char *to, GError **error); /* through a temporary name, synced */
char *td_disk_identity (const char *path);                                /* "device:inode", "" where unknown */

G_END_DECLS
