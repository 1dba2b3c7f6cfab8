/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kill-desk.h"

#include "desk-fixture.h"

#include "desk/packages.h"
#include "dossier/crypto.h"
#include "text/i18n.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LARGEST (3 * 1024 * 1024)
#define FILES_MOST 12 /* of one start */

const char *const kill_members[] = { "achievement", "position", "workplace", NULL };

typedef struct
{
  TdDesk *desk;
  GRand *random;
  const char *record, *stick, *folder;
  KillBug bug;
  guint number, words, files;
} Life;

static void say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  putchar ('\n');
  fflush (stdout);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Whatever it was refused for, power of the disk or line were there: it must not be. */
static void
must (gboolean good, const char *what, GError **error)
{
  if (good)
    return;
  say ("refused %s: %s", what, *error == NULL ? "?" : (*error)->message);
  exit (1);
}

static void
show (Life *self)
{
  for (guint i = 0; kill_members[i] != NULL; i++)
    {
      g_autofree char *text = td_desk_shown (self->desk, self->record, kill_members[i]);

      say ("shown %s %s", kill_members[i], text == NULL ? "" : text);
    }
}

static void
write_word (Life *self, const char *member, const char *text)
{
  GError *error = NULL;

  say ("typing %s %s", member, text);
  if (self->bug == KILL_BUG_EARLY)
    {
      say ("typed %s %s", member, text);
      g_usleep (100 * 1000);
    }
  must (td_desk_set (self->desk, self->record, member, text, &error), "an edit", &error);
  say ("typed %s %s", member, text);
}

static void
type (Life *self)
{
  const char *member = kill_members[g_rand_int_range (self->random, 0, (gint32)g_strv_length ((char **)kill_members))];
  g_autofree char *text = g_strdup_printf ("word-%u-%u-", self->number, ++self->words);

  write_word (self, member, text);
}

/* Noise that begins and ends as a scan does. */
static char *
make_scan (Life *self)
{
  gsize length = (gsize)g_rand_int_range (self->random, 100, self->files % 4 == 0 ? LARGEST : LARGEST / 16);
  g_autofree guint8 *bytes = g_malloc (length);
  char *path = g_strdup_printf ("%s/scan-%u-%u.pdf", self->folder, self->number, self->files);
  GError *error = NULL;

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8)g_rand_int (self->random);
  memcpy (bytes, "%PDF-1.4\n", 9);
  memcpy (bytes + length - 6, "%%EOF\n", 6);
  must (g_file_set_contents (path, (char *)bytes, (gssize)length, &error), "a scan", &error);
  return path;
}

static void
attach (Life *self)
{
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *sha = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gsize length = 0;

  if (self->files++ >= FILES_MOST)
    return;
  path = make_scan (self);
  file = g_file_new_for_path (path);
  g_file_get_contents (path, &bytes, &length, NULL);
  sha = td_digest (bytes, (gssize)length);
  td_desk_attach_async (self->desk, self->record, "KHAC", file, NULL, take_result, &result);
  wait_for (&result);
  must (td_desk_attach_finish (self->desk, result, &error), "a file", &error);
  say ("taken %s", sha);
  g_file_delete (file, NULL, NULL);
}

static void
pack (Life *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *said = NULL;
  g_autofree char *why_not = td_desk_package_why_not (self->desk);
  GError *error = NULL;

  if (why_not != NULL)
    return;
  td_desk_export_async (self->desk, self->stick, TD_PACKAGE_PART_SMALL, NULL, take_result, &result);
  wait_for (&result);
  said = td_desk_export_finish (self->desk, result, &paths, &error);
  must (said != NULL, "a package", &error);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *bytes = NULL;
      g_autofree char *sha = NULL;
      gsize length = 0;

      must (g_file_get_contents (paths[i], &bytes, &length, &error), "a written package", &error);
      sha = td_digest (bytes, (gssize)length);
      say ("packed %s %s", sha, paths[i]);
    }
}

/* It may be down: another time. */
static void
exchange (Life *self)
{
  td_desk_exchange_wait (self->desk, NULL);
}

static void
act (Life *self)
{
  static const struct
  {
    const char *name;
    gint32 share;
    void (*act) (Life *self);
  } acts[]
      = { { "typing", 50, type }, { "exchanging", 30, exchange }, { "attaching", 14, attach }, { "packing", 6, pack } };
  gint32 choice = g_rand_int_range (self->random, 0, 100);
  guint i = 0;

  while (choice >= acts[i].share)
    choice -= acts[i++].share;
  say ("doing %s", acts[i].name);
  acts[i].act (self);
  say ("doing nothing");
}

static gboolean
is_told_to_rest (void)
{
  struct pollfd in = { STDIN_FILENO, POLLIN, 0 };

  return poll (&in, 1, 0) > 0;
}

static void
come_to_rest (Life *self)
{
  guint changes = 1;
  gsize bytes = 1;

  for (guint i = 0; i < 200 && (changes > 0 || bytes > 0); i++)
    {
      exchange (self);
      td_desk_waiting (self->desk, &changes, &bytes);
    }
  exchange (self); /* what others sent meanwhile */
  say ("rested %u %" G_GSIZE_FORMAT, changes, bytes);
}

int
kill_desk_main (guint number, char **argv)
{
  g_autofree char *folder = g_path_get_dirname (argv[0]);
  Life self = { NULL, g_rand_new_with_seed (number), argv[1], argv[2], folder, (KillBug)atoi (argv[3]), number, 0, 0 };
  GError *error = NULL;

  td_i18n_start ();
  say ("doing opening");
  self.desk = td_desk_open (argv[0], g_getenv ("TD_DATADIR"), &error);
  must (self.desk != NULL, "to open", &error);
  say ("open");
  show (&self);
  for (guint i = 0; self.bug == KILL_BUG_TWICE && kill_members[i] != NULL; i++)
    {
      g_autofree char *text = td_desk_shown (self.desk, self.record, kill_members[i]);

      write_word (&self, kill_members[i], "");
      exchange (&self);
      write_word (&self, kill_members[i], text == NULL ? "" : text);
    }
  while (!is_told_to_rest ())
    act (&self);
  come_to_rest (&self);
  show (&self);
  td_desk_close (self.desk);
  g_object_unref (self.desk);
  g_rand_free (self.random);
  return 0;
}
