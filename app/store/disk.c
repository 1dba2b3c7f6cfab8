/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#ifndef O_BINARY
#define O_BINARY 0
#endif
#ifndef O_CLOEXEC
#define O_CLOEXEC 0
#endif

static gboolean
fail (GError **error, const char *what, const char *path)
{
  int number = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s %s: %s", what, path, g_strerror (number));
  return FALSE;
}

gboolean
td_disk_sync_folder (const char *path, GError **error)
{
  int fd, code;

  g_return_val_if_fail (path != NULL, FALSE);

  /* Not every system lets a folder be opened or synced; then its own journal must do. A disk that fails is another
   * matter: what is renamed isn't there for good. */
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return errno != EIO || fail (error, "open", path);
  code = g_fsync (fd) == 0 ? 0 : errno;
  g_close (fd, NULL);
  errno = code;
  return (code != EIO && code != ENOSPC) || fail (error, "fsync", path);
}

/* A folder has its name for good once the one above it is synced: else a power cut takes away all that lies in it. */
gboolean
td_disk_make_folder (const char *path, GError **error)
{
  g_autofree char *parent = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  parent = g_path_get_dirname (path);
  if (strcmp (parent, path) != 0 && !td_disk_make_folder (parent, error))
    return FALSE;
  if (g_mkdir (path, 0700) != 0 && errno != EEXIST)
    return fail (error, "mkdir", path);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      errno = ENOTDIR;
      return fail (error, "mkdir", path);
    }
  return td_disk_sync_folder (parent, error);
}

gboolean
td_disk_sync_file (const char *path, GError **error)
{
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  fd = g_open (path, O_RDWR | O_BINARY | O_CLOEXEC, 0);
  if (fd < 0)
    return fail (error, "open", path);
  if (g_fsync (fd) != 0)
    {
      fail (error, "fsync", path);
      g_close (fd, NULL);
      return FALSE;
    }
  return g_close (fd, error);
}

gboolean
td_disk_put (const char *from, const char *to, GError **error)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  if (!td_disk_sync_file (from, error))
    return FALSE;
  if (g_rename (from, to) != 0)
    return fail (error, "rename", to);
  folder = g_path_get_dirname (to);
  return td_disk_sync_folder (folder, error);
}

gboolean
td_disk_write (const char *path, const char *text, GError **error)
{
  g_return_val_if_fail (path != NULL && text != NULL, FALSE);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

gboolean
td_disk_copy (const char *from, const char *to, GError **error)
{
  g_autofree char *temporary = g_strconcat (to, ".part", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (temporary);

  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
    return FALSE;
  g_chmod (temporary, 0600);
  if (!td_disk_put (temporary, to, error))
    {
      g_unlink (temporary);
      return FALSE;
    }
  return TRUE;
}

char *
td_disk_identity (const char *path)
{
  GStatBuf status;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_stat (path, &status) != 0)
    return g_strdup ("");
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64)status.st_dev, (guint64)status.st_ino);
}
