/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-vfs.h"

#include <sqlite3.h>
#include <string.h>

/* A layer above the system's VFS: each write, sync and removal is told to the disk first, which may say that there is
 * no power or no room. Locks and shared memory are the system's; a -shm file has no meaning after a cut. */

typedef struct
{
  sqlite3_file base;
  PowerDisk *disk; /* NULL: not on one */
  char *path;
  gboolean fresh; /* its name goes to the platter with its first sync, as the system's VFS does it */
  sqlite3_file *real;
} File;

static sqlite3_vfs power_vfs;
static sqlite3_vfs *system_vfs;

#define REAL(file) (((File *)(file))->real)
#define CALL(file, method, ...) REAL (file)->pMethods->method (REAL (file), __VA_ARGS__)

static int
file_close (sqlite3_file *file)
{
  File *self = (File *)file;
  int code = SQLITE_OK;

  power_hide (TRUE);
  if (self->real->pMethods != NULL)
    code = self->real->pMethods->xClose (self->real);
  power_hide (FALSE);
  g_clear_pointer (&self->path, g_free);
  return code;
}

static int
file_read (sqlite3_file *file, void *data, int length, sqlite3_int64 offset)
{
  File *self = (File *)file;

  if (self->disk != NULL && power_disk_is_dark (self->disk))
    return SQLITE_IOERR_READ;
  return CALL (file, xRead, data, length, offset);
}

static gint64
growth (File *self, gint64 end)
{
  sqlite3_int64 size = 0;

  CALL (self, xFileSize, &size);
  return MAX (end - size, 0);
}

static int
file_write (sqlite3_file *file, const void *data, int length, sqlite3_int64 offset)
{
  File *self = (File *)file;
  int code;

  if (self->disk == NULL)
    return CALL (file, xWrite, data, length, offset);
  if (!power_disk_step (self->disk))
    return SQLITE_IOERR_WRITE;
  if (!power_disk_take_room (self->disk, growth (self, offset + length)))
    return SQLITE_FULL;
  power_hide (TRUE);
  code = CALL (file, xWrite, data, length, offset);
  power_hide (FALSE);
  power_disk_wrote (self->disk, self->path, offset, length);
  return code;
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  File *self = (File *)file;
  sqlite3_int64 before = 0;
  int code;

  if (self->disk == NULL)
    return CALL (file, xTruncate, size);
  if (!power_disk_step (self->disk))
    return SQLITE_IOERR_TRUNCATE;
  CALL (file, xFileSize, &before);
  power_disk_take_room (self->disk, MIN (size - before, 0));
  power_hide (TRUE);
  code = CALL (file, xTruncate, size);
  power_hide (FALSE);
  return code;
}

static int
file_sync (sqlite3_file *file, int flags)
{
  File *self = (File *)file;

  if (self->disk == NULL)
    return CALL (file, xSync, flags);
  if (!power_disk_step (self->disk))
    return SQLITE_IOERR_FSYNC;
  power_disk_synced (self->disk, self->path);
  if (self->fresh)
    {
      g_autofree char *folder = g_path_get_dirname (self->path);

      power_disk_synced_folder (self->disk, folder);
      self->fresh = FALSE;
    }
  return SQLITE_OK; /* the real disk needs no sync: nothing happens to it */
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return CALL (file, xFileSize, size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return CALL (file, xLock, level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return CALL (file, xUnlock, level);
}

static int
file_check_lock (sqlite3_file *file, int *reserved)
{
  return CALL (file, xCheckReservedLock, reserved);
}

static int
file_control (sqlite3_file *file, int verb, void *argument)
{
  return CALL (file, xFileControl, verb, argument);
}

static int
file_sector (sqlite3_file *file)
{
  return REAL (file)->pMethods->xSectorSize (REAL (file));
}

static int
file_device (sqlite3_file *file)
{
  return REAL (file)->pMethods->xDeviceCharacteristics (REAL (file));
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **at)
{
  int code;

  power_hide (TRUE);
  code = CALL (file, xShmMap, page, size, extend, at);
  power_hide (FALSE);
  return code;
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return CALL (file, xShmLock, offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  REAL (file)->pMethods->xShmBarrier (REAL (file));
}

static int
file_shm_unmap (sqlite3_file *file, int delete)
{
  int code;

  power_hide (TRUE);
  code = CALL (file, xShmUnmap, delete);
  power_hide (FALSE);
  return code;
}

/* Version 2: no mapped files, whose writes nobody would see. */
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector,
  .xDeviceCharacteristics = file_device,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
  File *self = (File *)file;
  PowerDisk *disk = power_disk_of (name);
  gboolean there = name != NULL && g_file_test (name, G_FILE_TEST_EXISTS);
  int code;

  memset (self, 0, sizeof *self);
  if (disk != NULL && !there && !power_disk_step (disk))
    return SQLITE_CANTOPEN;
  if (disk != NULL && power_disk_is_dark (disk))
    return SQLITE_CANTOPEN;
  self->real = (sqlite3_file *)&self[1];
  power_hide (TRUE);
  code = system_vfs->xOpen (system_vfs, name, self->real, flags, out);
  power_hide (FALSE);
  if (self->real->pMethods == NULL)
    return code;
  self->base.pMethods = &methods;
  self->disk = disk;
  self->path = g_strdup (name);
  self->fresh = !there && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0;
  if (disk != NULL && code == SQLITE_OK)
    power_disk_made (disk, name);
  return code;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  PowerDisk *disk = power_disk_of (name);
  int code;

  if (disk != NULL)
    {
      if (!power_disk_step (disk))
        return SQLITE_IOERR_DELETE;
      power_disk_will_remove (disk, name);
    }
  power_hide (TRUE);
  code = system_vfs->xDelete (system_vfs, name, 0);
  power_hide (FALSE);
  if (disk != NULL && sync_folder)
    {
      g_autofree char *folder = g_path_get_dirname (name);

      power_disk_synced_folder (disk, folder);
    }
  return code;
}

void
power_vfs_install (void)
{
  if (system_vfs != NULL)
    return;
  system_vfs = sqlite3_vfs_find (NULL);
  power_vfs = *system_vfs;
  power_vfs.iVersion = MIN (system_vfs->iVersion, 2); /* the system calls stay the system's */
  power_vfs.zName = "power";
  power_vfs.pNext = NULL;
  power_vfs.szOsFile = (int)sizeof (File) + system_vfs->szOsFile;
  power_vfs.xOpen = vfs_open;
  power_vfs.xDelete = vfs_delete;
  sqlite3_vfs_register (&power_vfs, 1);
}
