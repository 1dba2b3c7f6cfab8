/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/db-private.h"

#include <glib/gstdio.h>

#include "store/disk.h"

gboolean
td_db_copy (TdDb *self, const char *path, GError **error)
{
  g_autofree char *temporary = NULL;
  gint64 application = 0;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  temporary = g_strconcat (path, ".part", NULL);
  g_unlink (temporary);
  if (!td_db_get_int (self, &application, error, "PRAGMA application_id", NULL))
    return FALSE;
  if (!td_db_run (self, error, "VACUUM INTO :path", "t:path", temporary, NULL)
      || !td_db_verify (temporary, (guint32)application, error))
    {
      g_unlink (temporary);
      return FALSE;
    }
  g_chmod (temporary, 0600);
  if (td_disk_put (temporary, path, error))
    return TRUE;
  g_unlink (temporary);
  return FALSE;
}

static gboolean
verify_open (TdDb *db, const char *path, guint32 application_id, GError **error)
{
  g_autofree char *verdict = NULL;
  gint64 application = 0;

  if (!td_db_get_int (db, &application, error, "PRAGMA application_id", NULL)
      || !td_db_get_text (db, &verdict, error, "PRAGMA integrity_check(1)", NULL))
    return FALSE;
  if ((guint32)application != application_id)
    {
      g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_FOREIGN, "%s belongs to another program", path);
      return FALSE;
    }
  if (g_strcmp0 (verdict, "ok") == 0)
    return TRUE;
  g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_DAMAGED, "%s", verdict != NULL ? verdict : "integrity_check");
  return FALSE;
}

gboolean
td_db_verify (const char *path, guint32 application_id, GError **error)
{
  TdDb db = { 0 };
  gboolean good;
  int code;

  g_return_val_if_fail (path != NULL, FALSE);

  code = sqlite3_open_v2 (path, &db.handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
  db.idle = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)td_stmt_finalize);
  if (code == SQLITE_OK)
    good = verify_open (&db, path, application_id, error);
  else
    good = td_db_fail (db.handle, code, "open", error);
  g_hash_table_unref (db.idle);
  sqlite3_close_v2 (db.handle);
  return good;
}
