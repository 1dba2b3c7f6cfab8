/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "small-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static void
write_text (const char *path, const char *text)
{
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  if (write (fd, text, strlen (text)) < 0)
    g_test_message ("%s: %s", path, g_strerror (errno));
  g_close (fd, NULL);
}

/* Where nobody but root may mount, one may be root of a name space of one's own. */
static gboolean
become_root (void)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1", (guint)geteuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1", (guint)getegid ());

  if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
    return FALSE;
  write_text ("/proc/self/setgroups", "deny");
  write_text ("/proc/self/uid_map", users);
  write_text ("/proc/self/gid_map", groups);
  return TRUE;
}

gboolean
small_disks_allowed (void)
{
  g_autofree char *folder = NULL;
  gboolean good;

  if (unshare (CLONE_NEWNS) != 0 && !become_root ())
    return FALSE;
  if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    return FALSE;
  folder = g_dir_make_tmp ("thidua-disk-XXXXXX", NULL);
  good = mount ("none", folder, "tmpfs", 0, "size=64k") == 0;
  if (good)
    umount (folder);
  g_rmdir (folder);
  return good;
}

void
small_disk_mount (const char *folder, guint mebibytes)
{
  g_autofree char *size = g_strdup_printf ("size=%um", mebibytes);

  g_assert_cmpint (mount ("none", folder, "tmpfs", 0, size), ==, 0);
}

static char *
ballast (const char *folder)
{
  return g_build_filename (folder, "ballast", NULL);
}

void
small_disk_fill (const char *folder)
{
  g_autofree char *path = ballast (folder);
  char block[4096] = "";
  int fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  while (write (fd, block, sizeof block) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  g_close (fd, NULL);
}

void
small_disk_free (const char *folder)
{
  g_autofree char *path = ballast (folder);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

void
small_disk_unmount (const char *folder)
{
  g_assert_cmpint (umount (folder), ==, 0);
}
