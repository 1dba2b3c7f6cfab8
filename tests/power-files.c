/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#include "power-disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* A program this is linked into calls these instead of the C library's, and so do GLib and GIO inside it: plain files
 * on a disk of power-disk.h lose their power with the data bases (power-vfs.h hides those from here). */

#define REAL(type, name, ...)                                                                                          \
  static type (*real) (__VA_ARGS__);                                                                                   \
  if (real == NULL)                                                                                                    \
  *(void **)&real = dlsym (RTLD_NEXT, name)

int open (const char *path, int flags, ...);
int open64 (const char *path, int flags, ...);

static PowerDisk *
disk_of (const char *path)
{
  return power_hidden () ? NULL : power_disk_of (path);
}

/* The file behind a descriptor; NULL when it isn't one of a disk. */
static PowerDisk *
disk_of_fd (int fd, char *path, size_t size)
{
  char name[64];
  ssize_t length;

  if (power_hidden ())
    return NULL;
  snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
  length = readlink (name, path, size - 1);
  if (length <= 0)
    return NULL;
  path[length] = '\0';
  return power_disk_of (path);
}

static int
no_power (void)
{
  errno = EIO;
  return -1;
}

static int
open_any (int (*real) (const char *, int, ...), const char *path, int flags, mode_t mode)
{
  PowerDisk *disk = disk_of (path);
  gboolean makes = disk != NULL && (flags & O_CREAT) != 0 && access (path, F_OK) != 0;
  int fd;

  if (disk != NULL && (power_disk_is_dark (disk) || (makes && !power_disk_step (disk))))
    return no_power ();
  fd = real (path, flags, mode);
  if (fd >= 0 && makes)
    power_disk_made (disk, path);
  if (fd >= 0 && disk != NULL && (flags & O_TRUNC) != 0)
    power_disk_wrote_all (disk, path);
  return fd;
}

#define OPEN(name)                                                                                                     \
  int name (const char *path, int flags, ...)                                                                          \
  {                                                                                                                    \
    mode_t mode;                                                                                                       \
    va_list args;                                                                                                      \
    REAL (int, #name, const char *, int, ...);                                                                         \
                                                                                                                       \
    va_start (args, flags);                                                                                            \
    mode = (flags & O_CREAT) != 0 ? va_arg (args, mode_t) : 0;                                                         \
    va_end (args);                                                                                                     \
    return open_any (real, path, flags, mode);                                                                         \
  }

OPEN (open)
OPEN (open64)

ssize_t
write (int fd, const void *data, size_t length)
{
  char path[4096];
  PowerDisk *disk = disk_of_fd (fd, path, sizeof path);
  ssize_t written;
  REAL (ssize_t, "write", int, const void *, size_t);

  if (disk == NULL)
    return real (fd, data, length);
  if (!power_disk_step (disk))
    return no_power ();
  if (!power_disk_take_room (disk, (gint64)length))
    {
      errno = ENOSPC;
      return -1;
    }
  written = real (fd, data, length);
  power_disk_wrote_all (disk, path);
  return written;
}

static int
sync_fd (int (*real) (int), int fd)
{
  char path[4096];
  struct stat status;
  PowerDisk *disk = disk_of_fd (fd, path, sizeof path);

  if (disk == NULL)
    return power_hidden () ? 0 : real (fd);
  if (!power_disk_step (disk))
    return no_power ();
  if (fstat (fd, &status) == 0 && S_ISDIR (status.st_mode))
    power_disk_synced_folder (disk, path);
  else
    power_disk_synced (disk, path);
  return 0;
}

int
fsync (int fd)
{
  REAL (int, "fsync", int);

  return sync_fd (real, fd);
}

int
fdatasync (int fd)
{
  REAL (int, "fdatasync", int);

  return sync_fd (real, fd);
}

int
rename (const char *from, const char *to)
{
  PowerDisk *disk = disk_of (to);
  int code;
  REAL (int, "rename", const char *, const char *);

  if (disk == NULL)
    return real (from, to);
  if (!power_disk_step (disk))
    return no_power ();
  power_disk_will_replace (disk, to);
  code = real (from, to);
  if (code == 0)
    power_disk_renamed (disk, from, to);
  return code;
}

static int
remove_any (int (*real) (const char *), const char *path)
{
  PowerDisk *disk = disk_of (path);

  if (disk == NULL)
    return real (path);
  if (!power_disk_step (disk))
    return no_power ();
  power_disk_will_remove (disk, path);
  return real (path);
}

int
unlink (const char *path)
{
  REAL (int, "unlink", const char *);

  return remove_any (real, path);
}

int
rmdir (const char *path)
{
  REAL (int, "rmdir", const char *);

  return remove_any (real, path);
}

int
mkdir (const char *path, mode_t mode)
{
  PowerDisk *disk = disk_of (path);
  int code;
  REAL (int, "mkdir", const char *, mode_t);

  if (disk != NULL && !power_disk_step (disk))
    return no_power ();
  code = real (path, mode);
  if (code == 0 && disk != NULL)
    power_disk_made_folder (disk, path);
  return code;
}

int
truncate (const char *path, off_t length)
{
  PowerDisk *disk = disk_of (path);
  int code;
  REAL (int, "truncate", const char *, off_t);

  if (disk != NULL && !power_disk_step (disk))
    return no_power ();
  code = real (path, length);
  if (disk != NULL)
    power_disk_wrote_all (disk, path);
  return code;
}
