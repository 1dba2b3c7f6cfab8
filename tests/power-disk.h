/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A disk whose power may fail. What programs write is in real files at once, as in the memory of a system; beside them
 * stands what is on the platter: the bytes of a file since its last sync, the names of a folder since its last sync.
 * At a cut each 512-byte sector written since is kept or lost, one of a file is torn, of the changed names the first
 * few are kept, and from then on every change fails until power_disk_restore(). All from a seed. */

typedef struct _PowerDisk PowerDisk;

/* Everything under @folder, which lies there safely now. */
PowerDisk *power_disk_new (const char *folder, guint32 seed);
void power_disk_free (PowerDisk *self);

void power_disk_cut_after (PowerDisk *self, guint changes); /* the next but @changes doesn't happen; the power is out */
void power_disk_cut (PowerDisk *self);                      /* now */
void power_disk_spare (PowerDisk *self);                    /* no cut after all */
gboolean power_disk_is_dark (PowerDisk *self);
/* Nobody has a file of it open: puts in place what survived. */
void power_disk_restore (PowerDisk *self);
void power_disk_set_room (PowerDisk *self, gint64 bytes); /* by how much files may still grow; -1: any */
/* What it says is synced and isn't: a bad disk, or a bad program. */
typedef enum
{
  POWER_LIE_NONE,
  POWER_LIE_FOLDERS, /* the names */
  POWER_LIE_ALL
} PowerLie;
void power_disk_set_lie (PowerDisk *self, PowerLie lie);
guint64 power_disk_changes (PowerDisk *self); /* so far */

/* ---- for what stands between a program and the disk ---------------------------------------------------- */
PowerDisk *power_disk_of (const char *path);                   /* NULL: not on one of ours */
gboolean power_disk_step (PowerDisk *self);                    /* before each change; FALSE: there is no power */
gboolean power_disk_take_room (PowerDisk *self, gint64 bytes); /* may be negative */
void power_disk_made (PowerDisk *self, const char *path);      /* a file has its name now */
void power_disk_made_folder (PowerDisk *self, const char *path);
void power_disk_will_replace (PowerDisk *self, const char *path); /* by a rename: its bytes are kept in mind */
void power_disk_renamed (PowerDisk *self, const char *from, const char *to);
void power_disk_will_remove (PowerDisk *self, const char *path);
void power_disk_wrote (PowerDisk *self, const char *path, gint64 offset, gint64 length);
void power_disk_wrote_all (PowerDisk *self, const char *path); /* it isn't known where */
void power_disk_synced (PowerDisk *self, const char *path);
void power_disk_synced_folder (PowerDisk *self, const char *path);
void power_lock (void); /* recursive */
void power_unlock (void);
/* What this thread does until it is taken back has been told already, or is nobody's; it nests. */
void power_hide (gboolean hidden);
gboolean power_hidden (void);
