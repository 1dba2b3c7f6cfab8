/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "temporary.h"

#include "store/db.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const first[]
    = { "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT UNIQUE, bytes BLOB);", NULL };
static const char *const second[] = { "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT UNIQUE, bytes BLOB);",
                                      "ALTER TABLE word ADD COLUMN more TEXT;", NULL };
static const char *const broken[] = { "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT UNIQUE, bytes BLOB);",
                                      "CREATE TABLE half (id INTEGER); CREATE TABLE word (id INTEGER);", NULL };

#define APPLICATION 0x54455354
static const TdDbSchema schema = { APPLICATION, first, TRUE, NULL, NULL };

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("thidua-db-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "a.db", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  remove_tree (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

static TdDb *
open_good (const char *path, const TdDbSchema *as)
{
  g_autoptr (GError) error = NULL;
  TdDb *db = td_db_open (path, as, &error);

  g_assert_no_error (error);
  return db;
}

static void
assert_open_fails (const char *path, const TdDbSchema *as, TdDbError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (td_db_open (path, as, &error));
  g_assert_error (error, TD_DB_ERROR, (int)code);
}

static void
add (TdDb *db, const char *text)
{
  g_autoptr (GError) error = NULL;

  td_db_run (db, &error, "INSERT INTO word (text) VALUES (:text)", "t:text", text, NULL);
  g_assert_no_error (error);
}

static gint64
count (TdDb *db)
{
  gint64 n = -1;

  g_assert_true (td_db_get_int (db, &n, NULL, "SELECT count(*) FROM word", NULL));
  return n;
}

static gint64
pragma (TdDb *db, const char *sql)
{
  gint64 n = -1;

  g_assert_true (td_db_get_int (db, &n, NULL, sql, NULL));
  return n;
}

/* ---- opening ------------------------------------------------------------------------ */

static void
test_new_file (Place *place, gconstpointer data)
{
  g_autoptr (TdDb) db = open_good (place->path, &schema);
  g_autofree char *mode = NULL;
  GStatBuf status;

  g_assert_true (td_db_get_text (db, &mode, NULL, "PRAGMA journal_mode", NULL));
  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpint (pragma (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (pragma (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (pragma (db, "PRAGMA application_id"), ==, APPLICATION);
  g_assert_cmpint (pragma (db, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (g_stat (place->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_empty_file_is_new (Place *place, gconstpointer data)
{
  g_assert_true (g_file_set_contents (place->path, "", 0, NULL));
  {
    g_autoptr (TdDb) db = open_good (place->path, &schema);

    add (db, "a");
  }
}

static void
test_not_a_database (Place *place, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  g_assert_true (g_file_set_contents (place->path, text, -1, NULL));
  assert_open_fails (place->path, &schema, TD_DB_ERROR_DAMAGED);
  g_assert_true (g_file_set_contents (place->path, "SQLite format 3", -1, NULL));
  assert_open_fails (place->path, &schema, TD_DB_ERROR_DAMAGED);
}

static void
test_folder (Place *place, gconstpointer data)
{
  assert_open_fails (place->folder, &schema, TD_DB_ERROR_OPEN);
}

static void
test_no_such_place (Place *place, gconstpointer data)
{
  assert_open_fails ("/proc/nowhere/a.db", &schema, TD_DB_ERROR_OPEN);
}

static void
fill (const char *path)
{
  g_autoptr (TdDb) db = open_good (path, &schema);

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = g_strdup_printf ("%04u Lê Thị Hoà, xã Vị Thủy, huyện Vị Thủy, tỉnh Hậu Giang", i);

      add (db, text);
    }
}

static void
test_cut_short (Place *place, gconstpointer data)
{
  g_autofree char *text = NULL;
  gsize length;

  fill (place->path);
  g_assert_true (g_file_get_contents (place->path, &text, &length, NULL));
  g_assert_true (g_file_set_contents (place->path, text, (gssize)(length / 2), NULL));
  assert_open_fails (place->path, &schema, TD_DB_ERROR_DAMAGED);
}

static void
test_page_overwritten (Place *place, gconstpointer data)
{
  g_autofree char *text = NULL;
  gsize length;

  fill (place->path);
  g_assert_true (g_file_get_contents (place->path, &text, &length, NULL));
  memset (text + length / 2, 0xa5, 4096);
  g_assert_true (g_file_set_contents (place->path, text, (gssize)length, NULL));
  assert_open_fails (place->path, &schema, TD_DB_ERROR_DAMAGED);
}

static char *
contents (const char *path, gsize *length)
{
  char *text;

  g_assert_true (g_file_get_contents (path, &text, length, NULL));
  return text;
}

static void
test_newer_is_untouched (Place *place, gconstpointer data)
{
  TdDbSchema newer = { APPLICATION, second, TRUE, NULL, NULL };
  g_autofree char *before = NULL, *after = NULL;
  gsize a, b;

  td_db_free (open_good (place->path, &newer));
  before = contents (place->path, &a);
  assert_open_fails (place->path, &schema, TD_DB_ERROR_NEWER);
  after = contents (place->path, &b);
  g_assert_cmpmem (before, a, after, b);
}

static void
test_foreign_is_untouched (Place *place, gconstpointer data)
{
  TdDbSchema other = { 0x12345678, first, TRUE, NULL, NULL };
  g_autofree char *before = NULL, *after = NULL;
  gsize a, b;

  td_db_free (open_good (place->path, &other));
  before = contents (place->path, &a);
  assert_open_fails (place->path, &schema, TD_DB_ERROR_FOREIGN);
  after = contents (place->path, &b);
  g_assert_cmpmem (before, a, after, b);
}

static void
test_unmarked_tables_are_foreign (Place *place, gconstpointer data)
{
  TdDbSchema unmarked = { 0, first, TRUE, NULL, NULL };

  td_db_free (open_good (place->path, &unmarked));
  assert_open_fails (place->path, &schema, TD_DB_ERROR_FOREIGN);
}

/* ---- migrations ---------------------------------------------------------------------- */

static gboolean
note_migration (TdDb *db, gpointer data, GError **error)
{
  ++*(guint *)data;
  return TRUE;
}

static gboolean
refuse_migration (TdDb *db, gpointer data, GError **error)
{
  g_set_error_literal (error, TD_DB_ERROR, TD_DB_ERROR_FULL, "no room for a backup");
  return FALSE;
}

static void
test_migrate (Place *place, gconstpointer data)
{
  guint asked = 0;
  TdDbSchema newer = { APPLICATION, second, TRUE, note_migration, &asked };

  fill (place->path);
  {
    g_autoptr (TdDb) db = open_good (place->path, &newer);

    g_assert_cmpuint (asked, ==, 1);
    g_assert_cmpint (pragma (db, "PRAGMA user_version"), ==, 2);
    g_assert_cmpint (count (db), ==, 500);
  }
  td_db_free (open_good (place->path, &newer));
  g_assert_cmpuint (asked, ==, 1);
}

static void
test_migration_without_backup_is_not_done (Place *place, gconstpointer data)
{
  TdDbSchema newer = { APPLICATION, second, TRUE, refuse_migration, NULL };

  fill (place->path);
  assert_open_fails (place->path, &newer, TD_DB_ERROR_FULL);
  {
    g_autoptr (TdDb) db = open_good (place->path, &schema);

    g_assert_cmpint (count (db), ==, 500);
  }
}

static void
test_broken_migration_leaves_nothing (Place *place, gconstpointer data)
{
  TdDbSchema newer = { APPLICATION, broken, TRUE, NULL, NULL };

  fill (place->path);
  assert_open_fails (place->path, &newer, TD_DB_ERROR_FAILED);
  {
    g_autoptr (TdDb) db = open_good (place->path, &schema);

    g_assert_cmpint (pragma (db, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), ==, 0);
    g_assert_cmpint (count (db), ==, 500);
  }
}

/* ---- statements ------------------------------------------------------------------------ */

static void
test_row_done_error (Place *place, gconstpointer data)
{
  g_autoptr (TdDb) db = open_good (NULL, &schema);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdStmt) row = NULL;
  g_autoptr (TdStmt) twice = NULL;

  add (db, "một");
  row = td_db_query (db, &error, "SELECT text FROM word WHERE text = :text", "t:text", "một", NULL);
  g_assert_cmpint (td_stmt_step (row, &error), ==, TD_STEP_ROW);
  g_assert_cmpstr (td_stmt_text (row, 0), ==, "một");
  g_assert_cmpint (td_stmt_step (row, &error), ==, TD_STEP_DONE);
  twice = td_db_query (db, &error, "INSERT INTO word (text) VALUES (:text)", "t:text", "một", NULL);
  g_assert_no_error (error);
  g_assert_cmpint (td_stmt_step (twice, &error), ==, TD_STEP_ERROR);
  g_assert_error (error, TD_DB_ERROR, TD_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_null (td_db_prepare (db, "SELEKT", &error));
  g_assert_error (error, TD_DB_ERROR, TD_DB_ERROR_FAILED);
}

static void
test_values_come_back (Place *place, gconstpointer data)
{
  g_autoptr (TdDb) db = open_good (NULL, &schema);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\1\2", 3);
  g_autoptr (GBytes) nothing = g_bytes_new_static (NULL, 0);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (TdStmt) row = NULL;

  g_assert_true (td_db_run (db, NULL, "INSERT INTO word VALUES (:id, :text, :bytes)", "i:id",
                            G_GINT64_CONSTANT (1) << 40, "t:text", NULL, "b:bytes", bytes, NULL));
  g_assert_true (td_db_run (db, NULL, "INSERT INTO word VALUES (2, 'x', :bytes)", "b:bytes", nothing, NULL));
  row = td_db_query (db, NULL, "SELECT id, text, bytes FROM word ORDER BY id DESC", NULL);
  g_assert_cmpint (td_stmt_step (row, NULL), ==, TD_STEP_ROW);
  g_assert_cmpint (td_stmt_int (row, 0), ==, G_GINT64_CONSTANT (1) << 40);
  g_assert_null (td_stmt_text (row, 1));
  g_assert_true (td_stmt_is_null (row, 1));
  read = td_stmt_bytes (row, 2);
  g_assert_true (g_bytes_equal (read, bytes));
  g_assert_cmpint (td_stmt_step (row, NULL), ==, TD_STEP_ROW);
  g_assert_false (td_stmt_is_null (row, 2));
}

static void
test_same_text_twice_at_once (Place *place, gconstpointer data)
{
  g_autoptr (TdDb) db = open_good (NULL, &schema);
  const char *sql = "SELECT text FROM word ORDER BY id";
  g_autoptr (TdStmt) outer = NULL;
  guint seen = 0;

  add (db, "a");
  add (db, "b");
  outer = td_db_prepare (db, sql, NULL);
  while (td_stmt_step (outer, NULL) == TD_STEP_ROW)
    {
      g_autoptr (TdStmt) inner = td_db_prepare (db, sql, NULL);

      while (td_stmt_step (inner, NULL) == TD_STEP_ROW)
        seen++;
    }
  g_assert_cmpuint (seen, ==, 4);
}

/* ---- transactions ------------------------------------------------------------------------ */

static gboolean
give_up_in_the_middle (TdDb *db, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;

  g_assert_true (td_transaction_begin (&transaction, db, error));
  add (db, "half");
  return FALSE;
}

static gboolean
go_through (TdDb *db, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;

  g_assert_true (td_transaction_begin (&transaction, db, error));
  add (db, "inner");
  return td_transaction_commit (&transaction, error);
}

static void
test_return_rolls_back (Place *place, gconstpointer data)
{
  g_autoptr (TdDb) db = open_good (NULL, &schema);

  give_up_in_the_middle (db, NULL);
  g_assert_cmpuint (td_db_depth (db), ==, 0);
  g_assert_cmpint (count (db), ==, 0);
}

static void
test_inner_commit_waits_for_outer (Place *place, gconstpointer data)
{
  g_autoptr (TdDb) db = open_good (NULL, &schema);
  TdTransaction outer = TD_TRANSACTION_INIT;

  g_assert_true (td_transaction_begin (&outer, db, NULL));
  g_assert_true (go_through (db, NULL));
  g_assert_cmpuint (td_db_depth (db), ==, 1);
  td_transaction_clear (&outer);
  g_assert_cmpint (count (db), ==, 0);
}

static void
test_inner_failure_dooms_outer (Place *place, gconstpointer data)
{
  g_autoptr (TdDb) db = open_good (NULL, &schema);
  g_autoptr (GError) error = NULL;
  TdTransaction outer = TD_TRANSACTION_INIT;

  g_assert_true (td_transaction_begin (&outer, db, NULL));
  add (db, "outer");
  give_up_in_the_middle (db, NULL);
  g_assert_false (go_through (db, NULL));
  g_assert_false (td_transaction_commit (&outer, &error));
  g_assert_error (error, TD_DB_ERROR, TD_DB_ERROR_FAILED);
  g_assert_cmpint (count (db), ==, 0);
  g_assert_true (go_through (db, NULL));
  g_assert_cmpint (count (db), ==, 1);
}

static void
test_second_writer_waits_then_fails (Place *place, gconstpointer data)
{
  g_autoptr (TdDb) one = open_good (place->path, &schema);
  g_autoptr (TdDb) two = open_good (place->path, &schema);
  g_autoptr (GError) error = NULL;
  TdTransaction first_writer = TD_TRANSACTION_INIT, second_writer = TD_TRANSACTION_INIT;

  g_assert_true (td_db_script (two, "PRAGMA busy_timeout = 50", NULL));
  g_assert_true (td_transaction_begin (&first_writer, one, NULL));
  g_assert_false (td_transaction_begin (&second_writer, two, &error));
  g_assert_error (error, TD_DB_ERROR, TD_DB_ERROR_BUSY);
  g_assert_cmpuint (td_db_depth (two), ==, 0);
  g_assert_true (td_transaction_commit (&first_writer, NULL));
  g_assert_true (go_through (two, NULL));
}

/* ---- copies ---------------------------------------------------------------------------------- */

static void
test_copy_is_whole (Place *place, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (place->folder, "copy.db", NULL);
  g_autoptr (GError) error = NULL;

  fill (place->path);
  {
    g_autoptr (TdDb) db = open_good (place->path, &schema);

    g_assert_true (td_db_copy (db, copy, &error));
    g_assert_no_error (error);
  }
  g_assert_true (td_db_verify (copy, APPLICATION, NULL));
  g_assert_false (td_db_verify (copy, 1, &error));
  g_assert_error (error, TD_DB_ERROR, TD_DB_ERROR_FOREIGN);
  {
    g_autoptr (TdDb) db = open_good (copy, &schema);

    g_assert_cmpint (count (db), ==, 500);
  }
}

static void
test_copy_inside_a_transaction_fails (Place *place, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (place->folder, "copy.db", NULL);
  g_autoptr (TdDb) db = open_good (place->path, &schema);
  TdTransaction transaction = TD_TRANSACTION_INIT;

  g_assert_true (td_transaction_begin (&transaction, db, NULL));
  g_assert_false (td_db_copy (db, copy, NULL));
  td_transaction_clear (&transaction);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

#define ADD(path, function) g_test_add (path, Place, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/db/open/new-file", test_new_file);
  ADD ("/db/open/empty-file-is-new", test_empty_file_is_new);
  ADD ("/db/open/not-a-database", test_not_a_database);
  ADD ("/db/open/folder", test_folder);
  ADD ("/db/open/no-such-place", test_no_such_place);
  ADD ("/db/open/cut-short", test_cut_short);
  ADD ("/db/open/page-overwritten", test_page_overwritten);
  ADD ("/db/open/newer-is-untouched", test_newer_is_untouched);
  ADD ("/db/open/foreign-is-untouched", test_foreign_is_untouched);
  ADD ("/db/open/unmarked-tables-are-foreign", test_unmarked_tables_are_foreign);
  ADD ("/db/migrate/up", test_migrate);
  ADD ("/db/migrate/without-backup-is-not-done", test_migration_without_backup_is_not_done);
  ADD ("/db/migrate/broken-leaves-nothing", test_broken_migration_leaves_nothing);
  ADD ("/db/statement/row-done-error", test_row_done_error);
  ADD ("/db/statement/values-come-back", test_values_come_back);
  ADD ("/db/statement/same-text-twice-at-once", test_same_text_twice_at_once);
  ADD ("/db/transaction/return-rolls-back", test_return_rolls_back);
  ADD ("/db/transaction/inner-commit-waits-for-outer", test_inner_commit_waits_for_outer);
  ADD ("/db/transaction/inner-failure-dooms-outer", test_inner_failure_dooms_outer);
  ADD ("/db/transaction/second-writer-waits-then-fails", test_second_writer_waits_then_fails);
  ADD ("/db/copy/is-whole", test_copy_is_whole);
  ADD ("/db/copy/inside-a-transaction-fails", test_copy_inside_a_transaction_fails);
  return g_test_run ();
}
