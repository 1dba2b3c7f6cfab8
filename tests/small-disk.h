/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A real file system of a few MiB that can be full. It is seen by this process and its children only, and goes with it. */

gboolean small_disks_allowed (void); /* first of all in main(), before any thread; FALSE: this machine forbids them */
void small_disk_mount (const char *folder, guint mebibytes);
void small_disk_fill (const char *folder); /* to the last byte */
void small_disk_free (const char *folder); /* takes back what was filled */
void small_disk_unmount (const char *folder);
