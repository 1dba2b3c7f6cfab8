/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kill-town.h"

#include "desk-fixture.h"
#include "temporary.h"

#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define UNIT "31447"
#define REST_SECONDS 60

void
kill_fail (KillTown *self, const char *format, ...)
{
  va_list args;

  if (self->failure != NULL)
    return;
  va_start (args, format);
  self->failure = g_strdup_vprintf (format, args);
  va_end (args);
}

static guint
chance (KillTown *self, guint most)
{
  return (guint)g_rand_int_range (self->random, 0, (gint32)most);
}

/* ---- what desks say -------------------------------------------------------------------------------------------- */

static void
hear_shown (KillTown *self, KillDesk *desk, const char *member, const char *text)
{
  const char *saved = g_hash_table_lookup (desk->saved, member);
  const char *maybe = g_hash_table_lookup (desk->maybe, member);

  if (maybe != NULL && strcmp (maybe, text) == 0)
    g_hash_table_insert (desk->saved, g_strdup (member), g_strdup (maybe));
  else if (strcmp (saved == NULL ? "" : saved, text) != 0)
    kill_fail (self, "%s was saved, “%s” is there", saved, text);
  g_hash_table_remove (desk->maybe, member);
}

static void
hear (KillTown *self, KillDesk *desk, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  const char *first = words[1] == NULL ? "" : words[1];
  const char *rest = words[1] == NULL || words[2] == NULL ? "" : words[2];

  if (strcmp (words[0], "doing") == 0)
    {
      g_free (desk->doing);
      desk->doing = g_strdup (first);
    }
  else if (strcmp (words[0], "shown") == 0)
    hear_shown (self, desk, first, rest);
  else if (strcmp (words[0], "typing") == 0)
    g_hash_table_insert (desk->maybe, g_strdup (first), g_strdup (rest));
  else if (strcmp (words[0], "typed") == 0)
    {
      g_hash_table_insert (desk->saved, g_strdup (first), g_strdup (rest));
      g_hash_table_remove (desk->maybe, first);
    }
  else if (strcmp (words[0], "taken") == 0)
    g_hash_table_add (self->taken, g_strdup (first));
  else if (strcmp (words[0], "packed") == 0)
    g_hash_table_insert (self->packed, g_strdup (rest), g_strdup (first));
  else if (strcmp (words[0], "rested") == 0)
    desk->rested = strcmp (line, "rested 0 0") == 0;
  else if (strcmp (words[0], "refused") == 0)
    kill_fail (self, "%s", line);
}

/* FALSE: it says no more. */
static gboolean
listen_to (KillTown *self, KillDesk *desk)
{
  GInputStream *out = g_subprocess_get_stdout_pipe (desk->process);
  char bytes[4096];
  gssize length = read (g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (out)), bytes, sizeof bytes);
  char *end;

  if (length <= 0)
    return FALSE;
  g_string_append_len (desk->line, bytes, length);
  while ((end = strchr (desk->line->str, '\n')) != NULL)
    {
      g_autofree char *line = g_strndup (desk->line->str, (gsize)(end - desk->line->str));

      g_string_erase (desk->line, 0, end + 1 - desk->line->str);
      hear (self, desk, line);
    }
  return TRUE;
}

/* For some time, while all of them work. */
static void
listen_for (KillTown *self, guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + (gint64)milliseconds * 1000;
  struct pollfd fds[KILL_DESKS];
  gint64 left;

  while ((left = (until - g_get_monotonic_time ()) / 1000) > 0)
    {
      for (guint i = 0; i < KILL_DESKS; i++)
        {
          GInputStream *out
              = self->desks[i].process == NULL ? NULL : g_subprocess_get_stdout_pipe (self->desks[i].process);

          fds[i]
              = (struct pollfd){ out == NULL ? -1 : g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (out)), POLLIN, 0 };
        }
      poll (fds, KILL_DESKS, (int)left);
      for (guint i = 0; i < KILL_DESKS; i++)
        if (fds[i].revents != 0 && !listen_to (self, &self->desks[i]))
          {
            kill_fail (self, "a desk ended by itself, at %s", self->desks[i].doing);
            return;
          }
    }
}

/* ---- starting and killing ---------------------------------------------------------------------------------------- */

static void
start_desk (KillTown *self, KillDesk *desk)
{
  g_autofree char *number = g_strdup_printf ("%u", ++self->starts);
  g_autofree char *bug = g_strdup_printf ("%d", self->bug);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocessLauncher) launcher
      = companion_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE);
  GError *error = NULL;

  desk->rested = FALSE;
  g_free (desk->doing);
  desk->doing = g_strdup ("starting");
  desk->process = g_subprocess_launcher_spawn (launcher, &error, program, "--desk", number, desk->path, desk->record,
                                               self->stick, bug, NULL);
  g_assert_no_error (error);
}

/* All it said before still counts. */
static void
kill_desk (KillTown *self, KillDesk *desk)
{
  g_subprocess_force_exit (desk->process);
  g_subprocess_wait (desk->process, NULL, NULL);
  while (listen_to (self, desk))
    ;
  g_string_truncate (desk->line, 0);
  g_clear_object (&desk->process);
}

static void
count (KillTown *self, const char *victim, const char *at)
{
  g_autofree char *what = g_strdup_printf ("%s %s", victim, at);
  guint so_far = GPOINTER_TO_UINT (g_hash_table_lookup (self->kills, what));

  g_hash_table_insert (self->kills, g_strdup (what), GUINT_TO_POINTER (so_far + 1));
  self->n_kills++;
}

static gboolean
file_is_rising (KillTown *self)
{
  g_autofree char *folder = g_build_filename (self->endpoint->dir, "incoming", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) != NULL;
}

static const char *
desk_is_at (KillTown *self, KillDesk *desk)
{
  return strcmp (desk->doing, "exchanging") == 0 && file_is_rising (self) ? "uploading" : desk->doing;
}

/* What the desks are at, as far as the endpoint is concerned. */
static const char *
endpoint_is_at (KillTown *self)
{
  if (file_is_rising (self))
    return "receiving a file";
  for (guint i = 0; i < KILL_DESKS; i++)
    if (g_strcmp0 (self->desks[i].doing, "exchanging") == 0)
      return "serving";
  return "idle";
}

/* Soon after it started, so that it is killed while it opens, or after any time. */
static guint
random_time (KillTown *self)
{
  return chance (self, 3) == 0 ? chance (self, 60) : chance (self, 500);
}

static void
strike_desk (KillTown *self, KillDesk *desk)
{
  gboolean old = FALSE;

  do
    {
      listen_for (self, random_time (self));
      if (self->failure != NULL)
        return;
      kill_desk (self, desk);
      count (self, old ? "desk of an old version" : "desk", desk_is_at (self, desk));
      kill_check_down (self, desk->path);
      old = !old && chance (self, 4) == 0;
      if (old)
        kill_make_old (self, desk->path);
      start_desk (self, desk);
    }
  while (old && self->failure == NULL);
}

/* A package is taken in by a program that is killed; the next one, or the line, brings the same. */
static void
strike_import (KillTown *self)
{
  g_autofree char *receipt = g_build_filename (self->endpoint->folder, "bien-nhan.hsb", NULL);
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, self->packed);
  for (guint i = chance (self, g_hash_table_size (self->packed)); g_hash_table_iter_next (&iter, &path, NULL) && i > 0;
       i--)
    ;
  {
    g_autoptr (GSubprocess) process = endpoint_run (self->endpoint, "--import", path, "--receipt", receipt, NULL);

    listen_for (self, chance (self, 250));
    g_subprocess_force_exit (process);
    g_subprocess_wait (process, NULL, NULL);
    if (g_subprocess_get_if_signaled (process))
      count (self, "endpoint", "importing");
  }
}

static void
strike_endpoint (KillTown *self)
{
  g_autofree char *journal = g_build_filename (self->endpoint->dir, "journal.db", NULL);
  gboolean old = FALSE;

  do
    {
      listen_for (self, random_time (self));
      if (self->failure != NULL)
        return;
      endpoint_kill (self->endpoint);
      count (self, old ? "endpoint of an old version" : "endpoint", endpoint_is_at (self));
      kill_check_down (self, journal);
      kill_check_answers (self);
      if (g_hash_table_size (self->packed) > 0 && chance (self, 4) == 0)
        strike_import (self);
      old = !old && chance (self, 4) == 0;
      if (old)
        kill_make_old (self, journal);
      endpoint_launch (self->endpoint);
      if (!old)
        endpoint_wait (self->endpoint);
    }
  while (old && self->failure == NULL);
}

void
kill_town_strike (KillTown *self)
{
  guint victim = chance (self, KILL_DESKS + 1);

  if (victim < KILL_DESKS)
    strike_desk (self, &self->desks[victim]);
  else
    strike_endpoint (self);
}

/* ---- the town ---------------------------------------------------------------------------------------------------- */

static GHashTable *
table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
add_desk (KillTown *self, guint i)
{
  KillDesk *desk = &self->desks[i];
  g_autofree char *file = g_strdup_printf ("desk-%u.db", i);
  TdDesk *own = endpoint_desk (self->endpoint, file, UNIT, "OL", "Nguyễn Thị Ví Dụ");
  GError *error = NULL;

  desk->path = g_build_filename (self->endpoint->folder, file, NULL);
  desk->record = td_desk_new_nomination (own, FALSE, &error);
  g_assert_no_error (error);
  desk->line = g_string_new (NULL);
  desk->saved = table_new ();
  desk->maybe = table_new ();
  for (guint m = 0; kill_members[m] != NULL; m++)
    g_hash_table_insert (desk->saved, g_strdup (kill_members[m]), td_desk_shown (own, desk->record, kill_members[m]));
  desk_close (own);
}

KillTown *
kill_town_new (guint32 seed, KillBug bug)
{
  KillTown *self = g_new0 (KillTown, 1);

  self->random = g_rand_new_with_seed (seed);
  self->bug = bug;
  self->starts = seed * 1000;
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->packed = table_new ();
  self->kills = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->endpoint = endpoint_new ();
  self->stick = g_build_filename (self->endpoint->folder, "stick", NULL);
  g_mkdir (self->stick, 0700);
  for (guint i = 0; i < KILL_DESKS; i++)
    add_desk (self, i);
  for (guint i = 0; i < KILL_DESKS; i++)
    start_desk (self, &self->desks[i]);
  return self;
}

/* One after the other, so that the last has what the others sent; then once more. */
static void
rest_desk (KillTown *self, KillDesk *desk)
{
  gint64 until = g_get_monotonic_time () + REST_SECONDS * G_TIME_SPAN_SECOND;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (desk->process), ".", 1, NULL, NULL, NULL);
  while (listen_to (self, desk) && g_get_monotonic_time () < until)
    ;
  g_subprocess_wait (desk->process, NULL, NULL);
  if (!g_subprocess_get_successful (desk->process) || !desk->rested)
    kill_fail (self, "a desk does not come to rest");
  g_string_truncate (desk->line, 0);
  g_clear_object (&desk->process);
}

void
kill_town_come_to_rest (KillTown *self)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < KILL_DESKS && self->failure == NULL; i++)
      {
        if (self->desks[i].process == NULL)
          start_desk (self, &self->desks[i]);
        rest_desk (self, &self->desks[i]);
      }
  if (self->failure != NULL)
    return;
  endpoint_stop (self->endpoint);
  kill_check_rest (self);
}

static void
desk_clear (KillDesk *desk)
{
  if (desk->process != NULL)
    {
      g_subprocess_force_exit (desk->process);
      g_subprocess_wait (desk->process, NULL, NULL);
      g_clear_object (&desk->process);
    }
  g_string_free (desk->line, TRUE);
  g_hash_table_unref (desk->saved);
  g_hash_table_unref (desk->maybe);
  g_free (desk->doing);
  g_free (desk->path);
  g_free (desk->record);
}

char *
kill_town_free (KillTown *self, GHashTable *kills)
{
  char *failure = self->failure;
  GHashTableIter iter;
  gpointer what, times;

  g_hash_table_iter_init (&iter, self->kills);
  while (g_hash_table_iter_next (&iter, &what, &times))
    {
      guint sum = GPOINTER_TO_UINT (times) + GPOINTER_TO_UINT (g_hash_table_lookup (kills, what));

      g_hash_table_insert (kills, g_strdup (what), GUINT_TO_POINTER (sum));
    }
  for (guint i = 0; i < KILL_DESKS; i++)
    desk_clear (&self->desks[i]);
  if (failure == NULL)
    endpoint_free (self->endpoint); /* replays all of it */
  else
    endpoint_discard (self->endpoint);
  g_hash_table_unref (self->taken);
  g_hash_table_unref (self->packed);
  g_hash_table_unref (self->kills);
  g_free (self->stick);
  g_rand_free (self->random);
  g_free (self);
  return failure;
}
