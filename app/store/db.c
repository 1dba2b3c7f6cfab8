/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/db-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>

#include "store/disk.h"

#define BUSY_MILLISECONDS 5000
#define HEADER_LENGTH 100
#define HEADER_APPLICATION 68

G_DEFINE_QUARK (td - db - error - quark, td_db_error)

static TdDbError
error_of (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return TD_DB_ERROR_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return TD_DB_ERROR_BUSY;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
      return TD_DB_ERROR_FULL;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return TD_DB_ERROR_OPEN;
    case SQLITE_CONSTRAINT:
      return TD_DB_ERROR_CONSTRAINT;
    default:
      return TD_DB_ERROR_FAILED;
    }
}

gboolean
td_db_fail (sqlite3 *handle, int code, const char *what, GError **error)
{
  const char *message = handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (code);

  g_set_error (error, TD_DB_ERROR, error_of (code), "%s: %s (%d)", what, message, code);
  return FALSE;
}

/* A power cut may have torn the header while it was written over; then SQLite has it from its log, and tells whose it is. */
static gboolean
has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf status;

  return g_stat (log, &status) == 0 && status.st_size > 0;
}

/* SQLite would take any file it can't read for damaged only when it first reads
 * it, and would make a journal beside a stranger's; so look at the header first. */
static gboolean
check_header (const char *path, guint32 application_id, GError **error)
{
  guint8 header[HEADER_LENGTH] = { 0 };
  guint32 application;
  gsize length;
  FILE *file = g_fopen (path, "rb");

  if (file == NULL)
    {
      g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_OPEN, "%s can't be read", path);
      return FALSE;
    }
  length = fread (header, 1, sizeof header, file);
  fclose (file);
  if (length == 0 || has_log (path))
    return TRUE;
  if (length < sizeof header || memcmp (header, "SQLite format 3", 16) != 0)
    {
      g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_DAMAGED, "%s is not a data base", path);
      return FALSE;
    }
  application = (guint32)header[HEADER_APPLICATION] << 24 | (guint32)header[HEADER_APPLICATION + 1] << 16
                | (guint32)header[HEADER_APPLICATION + 2] << 8 | header[HEADER_APPLICATION + 3];
  if (application != 0 && application != application_id)
    {
      g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_FOREIGN, "%s belongs to another program", path);
      return FALSE;
    }
  return TRUE;
}

/* An empty file of our own, so that SQLite never makes one others may read. */
static gboolean
make_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!td_disk_make_folder (folder, NULL) || (fd = g_open (path, O_RDWR | O_CREAT | O_EXCL, 0600)) < 0)
    {
      g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_OPEN, "%s can't be made", path);
      return FALSE;
    }
  return g_close (fd, error);
}

static gboolean
is_regular (const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_OPEN, "%s is not a file", path);
  return FALSE;
}

static gboolean
configure (TdDb *self, GError **error)
{
  sqlite3_busy_timeout (self->handle, BUSY_MILLISECONDS);
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  /* A statement keeps its plan whatever is bound: else some are compiled anew each time. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
  return td_db_script (self, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;",
                       error);
}

static gboolean
go_wal (TdDb *self, GError **error)
{
  return td_db_script (self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", error);
}

static gboolean
check_identity (TdDb *self, const TdDbSchema *schema, gint64 newest, GError **error)
{
  gint64 application = 0, version = 0, tables = 0;

  if (!td_db_get_int (self, &application, error, "PRAGMA application_id", NULL)
      || !td_db_get_int (self, &version, error, "PRAGMA user_version", NULL)
      || !td_db_get_int (self, &tables, error, "SELECT count(*) FROM sqlite_schema", NULL))
    return FALSE;
  if ((guint32)application != schema->application_id && (application != 0 || tables > 0 || version != 0))
    {
      g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_FOREIGN, "%s belongs to another program", self->path);
      return FALSE;
    }
  if (version > newest)
    {
      g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_NEWER, "%s has version %d, this program knows %d", self->path,
                   (int)version, (int)newest);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_pages (TdDb *self, GError **error)
{
  g_autofree char *verdict = NULL;

  if (!td_db_get_text (self, &verdict, error, "PRAGMA quick_check(1)", NULL))
    return FALSE;
  if (g_strcmp0 (verdict, "ok") == 0)
    return TRUE;
  g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_DAMAGED, "%s", verdict != NULL ? verdict : "quick_check");
  return FALSE;
}

static gboolean
migrate_once (TdDb *self, const TdDbSchema *schema, gint64 version, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                            (int)schema->application_id, (int)version + 1);
  gint64 now = 0;

  if (!td_transaction_begin (&transaction, self, error)
      || !td_db_get_int (self, &now, error, "PRAGMA user_version", NULL))
    return FALSE;
  /* Another process may have been quicker while we waited for the lock. */
  if (now == version
      && (!td_db_script (self, schema->migrations[version], error) || !td_db_script (self, marks, error)))
    return FALSE;
  return td_transaction_commit (&transaction, error);
}

static gboolean
migrate (TdDb *self, const TdDbSchema *schema, gint64 newest, GError **error)
{
  gint64 version = 0;

  if (!td_db_get_int (self, &version, error, "PRAGMA user_version", NULL))
    return FALSE;
  if (version > 0 && version < newest && schema->before_migration != NULL
      && !schema->before_migration (self, schema->data, error))
    return FALSE;
  for (; version < newest; version++)
    if (!migrate_once (self, schema, version, error))
      return FALSE;
  return TRUE;
}

static gboolean
open_handle (TdDb *self, const TdDbSchema *schema, GError **error)
{
  gint64 newest = g_strv_length ((char **)schema->migrations);
  int code = sqlite3_open_v2 (self->path != NULL ? self->path : ":memory:", &self->handle,
                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);

  if (code != SQLITE_OK)
    return td_db_fail (self->handle, code, "open", error);
  if (!configure (self, error) || !check_identity (self, schema, newest, error) || !go_wal (self, error))
    return FALSE;
  if (schema->quick_check && !check_pages (self, error))
    return FALSE;
  return migrate (self, schema, newest, error);
}

TdDb *
td_db_open (const char *path, const TdDbSchema *schema, GError **error)
{
  g_autoptr (TdDb) self = NULL;

  g_return_val_if_fail (schema != NULL && schema->migrations != NULL, NULL);

  if (path != NULL
      && (!make_file (path, error) || !is_regular (path, error) || !check_header (path, schema->application_id, error)))
    return NULL;
  self = g_new0 (TdDb, 1);
  self->path = g_strdup (path);
  self->idle = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)td_stmt_finalize);
  if (!open_handle (self, schema, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
td_db_free (TdDb *self)
{
  if (self == NULL)
    return;
  if (self->depth > 0)
    g_critical ("td_db_free: a transaction was still open and is rolled back");
  g_clear_pointer (&self->idle, g_hash_table_unref);
  sqlite3_close_v2 (self->handle);
  g_free (self->path);
  g_free (self);
}

const char *
td_db_path (TdDb *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

gboolean
td_db_script (TdDb *self, const char *sql, GError **error)
{
  int code;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);

  code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    return td_db_fail (self->handle, code, "script", error);
  return TRUE;
}

gint64
td_db_changes (TdDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_changes64 (self->handle);
}

gint64
td_db_last_id (TdDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_last_insert_rowid (self->handle);
}

gboolean
td_db_in_transaction (TdDb *self)
{
  return sqlite3_get_autocommit (self->handle) == 0;
}
