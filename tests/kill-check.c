/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kill-town.h"

#include "dossier/crypto.h"
#include "store/disk.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* What is looked for in the files that killed processes left. SQLite is asked, not our code. */

/* The first column of the first row, owned; NULL where there is none. */
static char *
ask (KillTown *self, sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *answer = NULL;
  int code = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    answer = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  else if (code != SQLITE_DONE)
    kill_fail (self, "%s: %s", sql, sqlite3_errmsg (db));
  sqlite3_finalize (statement);
  return answer;
}

static void
expect_answer (KillTown *self, sqlite3 *db, const char *expected, const char *sql)
{
  g_autofree char *answer = ask (self, db, sql);

  if (g_strcmp0 (answer, expected) != 0)
    kill_fail (self, "%s: %s", sql, answer);
}

static sqlite3 *
open_db (KillTown *self, const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK)
    kill_fail (self, "%s: %s", path, sqlite3_errmsg (db));
  sqlite3_busy_timeout (db, 5000);
  return db;
}

/* Whoever was killed opens what it left itself: a copy is looked at. */
static char *
copy_of (KillTown *self, const char *path)
{
  static const char *const ends[] = { "", "-wal" };
  char *copy = g_build_filename (self->endpoint->folder, "looked-at.db", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *from = g_strconcat (path, ends[i], NULL);
      g_autofree char *to = g_strconcat (copy, ends[i], NULL);

      g_unlink (to);
      if (g_file_test (from, G_FILE_TEST_EXISTS) && !td_disk_copy (from, to, NULL))
        kill_fail (self, "%s can't be read", from);
    }
  return copy;
}

void
kill_check_down (KillTown *self, const char *path)
{
  g_autofree char *copy = copy_of (self, path);
  sqlite3 *db = open_db (self, copy);

  expect_answer (self, db, "ok", "PRAGMA integrity_check");
  sqlite3_close (db);
}

static void
attach (KillTown *self, sqlite3 *db, const char *path)
{
  g_autofree char *sql = g_strdup_printf ("ATTACH '%s' AS desk", path);

  g_free (ask (self, db, sql));
}

static void
detach (KillTown *self, sqlite3 *db)
{
  g_free (ask (self, db, "DETACH desk"));
}

/* What a desk got a verdict for is there, with its number. */
void
kill_check_answers (KillTown *self)
{
  g_autofree char *journal = g_build_filename (self->endpoint->dir, "journal.db", NULL);
  g_autofree char *copy = copy_of (self, journal);
  sqlite3 *db = open_db (self, copy);

  for (guint i = 0; i < KILL_DESKS; i++)
    {
      attach (self, db, self->desks[i].path);
      expect_answer (self, db, "0",
                     "SELECT count(*) FROM desk.outbox o WHERE o.q > 0 AND NOT EXISTS"
                     " (SELECT 1 FROM main.op p WHERE p.id = o.id AND p.q = o.q)");
      detach (self, db);
    }
  sqlite3_close (db);
}

/* It may have been killed before it was migrated. */
static gboolean
is_new (KillTown *self, sqlite3 *db)
{
  g_autofree char *columns = ask (self, db, "SELECT count(*) FROM pragma_table_info ('outbox') WHERE name = 'before'");

  return columns != NULL && strcmp (columns, "1") == 0;
}

void
kill_make_old (KillTown *self, const char *path)
{
  sqlite3 *db = open_db (self, path);
  gboolean desk = g_str_has_suffix (path, "journal.db") == FALSE;

  g_free (ask (self, db, "BEGIN"));
  g_free (ask (self, db, desk ? "DROP TABLE IF EXISTS carried" : "DROP TABLE IF EXISTS late"));
  g_free (ask (self, db, desk ? "DROP TABLE IF EXISTS carried_op" : "DROP TABLE IF EXISTS late_file"));
  if (desk && is_new (self, db))
    g_free (ask (self, db, "ALTER TABLE outbox DROP COLUMN before"));
  g_free (ask (self, db, "PRAGMA user_version = 1"));
  g_free (ask (self, db, "COMMIT"));
  sqlite3_close (db);
}

/* ---- at rest ---------------------------------------------------------------------------------------------------- */

static void
check_desk (KillTown *self, sqlite3 *db, KillDesk *desk)
{
  GHashTableIter iter;
  gpointer member, text;

  attach (self, db, desk->path);
  expect_answer (self, db, "0", "SELECT count(*) FROM desk.outbox WHERE state IN (0, 1, 2, 5)");
  expect_answer (self, db, "0",
                 "SELECT count(*) FROM main.shown s JOIN main.entity e ON e.kind = s.kind AND e.id = s.id"
                 " WHERE s.scope = (SELECT value FROM desk.meta WHERE name = 'unit') AND NOT EXISTS"
                 " (SELECT 1 FROM desk.entity d WHERE d.kind = e.kind AND d.id = e.id AND d.body = e.body)");
  expect_answer (self, db, "0",
                 "SELECT count(*) FROM desk.entity d WHERE NOT EXISTS"
                 " (SELECT 1 FROM main.entity e WHERE e.kind = d.kind AND e.id = d.id AND e.body = d.body)");
  g_hash_table_iter_init (&iter, desk->saved);
  while (g_hash_table_iter_next (&iter, &member, &text))
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM main.entity WHERE kind = 'record' AND id = '%s'"
                                              " AND instr (body, '\"%s\":\"%s\"') > 0",
                                              desk->record, (char *)member, (char *)text);

      expect_answer (self, db, "1", sql);
    }
  detach (self, db);
}

/* Each word is in one operation, and each operation is there once: `id` is unique, which SQLite sees to. */
static void
check_once (KillTown *self, sqlite3 *db)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (db, "SELECT body FROM op ORDER BY q", -1, &statement, NULL);
  while (sqlite3_step (statement) == SQLITE_ROW)
    for (const char *at = (const char *)sqlite3_column_text (statement, 0); (at = strstr (at, "word-")) != NULL; at++)
      {
        g_autofree char *word = g_strndup (at, strcspn (at, "\""));

        if (!g_hash_table_add (seen, g_strdup (word)))
          kill_fail (self, "%s is in two operations", word);
      }
  sqlite3_finalize (statement);
  if (g_hash_table_size (seen) == 0)
    kill_fail (self, "nothing was ever sent");
}

static char *
hash_of (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &bytes, &length, NULL) ? td_digest (bytes, (gssize)length) : NULL;
}

static void
check_files (KillTown *self, sqlite3 *db)
{
  GHashTableIter iter;
  gpointer sha, path;

  g_hash_table_iter_init (&iter, self->taken);
  while (g_hash_table_iter_next (&iter, &sha, NULL))
    {
      g_autofree char *first = g_strndup (sha, 2);
      g_autofree char *there = g_build_filename (self->endpoint->dir, "files", first, sha, NULL);
      g_autofree char *found = hash_of (there);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM file WHERE sha = '%s'", (char *)sha);

      expect_answer (self, db, "1", sql);
      if (g_strcmp0 (found, sha) != 0)
        kill_fail (self, "the file %s is not what it was", (char *)sha);
    }
  g_hash_table_iter_init (&iter, self->packed);
  while (g_hash_table_iter_next (&iter, &path, &sha))
    {
      g_autofree char *found = hash_of (path);

      if (g_strcmp0 (found, sha) != 0)
        kill_fail (self, "the package %s is not what it was", (char *)path);
    }
}

/* All packages once more, whatever became of them, and those a killed desk told nobody of: they change nothing. */
static void
check_packages (KillTown *self, sqlite3 *db)
{
  g_autofree char *receipt = g_build_filename (self->endpoint->folder, "bien-nhan.hsb", NULL);
  g_autofree char *before = ask (self, db, "SELECT count(*) || ' ' || max(q) FROM op");
  g_autoptr (GDir) dir = g_dir_open (self->stick, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->stick, name, NULL);
      g_autoptr (GSubprocess) process = NULL;

      if (!g_str_has_suffix (name, ".hsb"))
        continue;
      process = endpoint_run (self->endpoint, "--import", path, "--receipt", receipt, NULL);
      g_subprocess_wait (process, NULL, NULL);
      if (!g_subprocess_get_successful (process))
        kill_fail (self, "the package %s is not taken in", name);
    }
  expect_answer (self, db, before, "SELECT count(*) || ' ' || max(q) FROM op");
}

void
kill_check_rest (KillTown *self)
{
  g_autofree char *path = g_build_filename (self->endpoint->dir, "journal.db", NULL);
  sqlite3 *db = open_db (self, path);

  check_once (self, db);
  for (guint i = 0; i < KILL_DESKS; i++)
    check_desk (self, db, &self->desks[i]);
  check_files (self, db);
  check_packages (self, db);
  sqlite3_close (db);
}
