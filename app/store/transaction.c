/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/db-private.h"

static void
roll_back (TdDb *db)
{
  /* After a full disk or an I/O error SQLite may have rolled back by itself. */
  if (td_db_in_transaction (db))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  db->doomed = FALSE;
}

gboolean
td_transaction_begin (TdTransaction *self, TdDb *db, GError **error)
{
  g_return_val_if_fail (self != NULL && self->db == NULL && db != NULL, FALSE);

  if (db->depth == 0)
    {
      int code = sqlite3_exec (db->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL);

      if (code != SQLITE_OK)
        return td_db_fail (db->handle, code, "begin", error);
      db->doomed = FALSE;
    }
  db->depth++;
  self->db = db;
  return TRUE;
}

static gboolean
commit_outermost (TdDb *db, GError **error)
{
  int code;

  if (db->doomed || !td_db_in_transaction (db))
    {
      roll_back (db);
      g_set_error_literal (error, TD_DB_ERROR, TD_DB_ERROR_FAILED, "the transaction was given up inside");
      return FALSE;
    }
  code = sqlite3_exec (db->handle, "COMMIT", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;
  td_db_fail (db->handle, code, "commit", error);
  roll_back (db);
  return FALSE;
}

gboolean
td_transaction_commit (TdTransaction *self, GError **error)
{
  TdDb *db;

  g_return_val_if_fail (self != NULL && self->db != NULL, FALSE);

  db = g_steal_pointer (&self->db);
  db->depth--;
  if (db->depth == 0)
    return commit_outermost (db, error);
  if (!db->doomed)
    return TRUE;
  g_set_error_literal (error, TD_DB_ERROR, TD_DB_ERROR_FAILED, "the transaction was given up inside");
  return FALSE;
}

void
td_transaction_clear (TdTransaction *self)
{
  TdDb *db;

  g_return_if_fail (self != NULL);

  db = g_steal_pointer (&self->db);
  if (db == NULL)
    return;
  db->depth--;
  db->doomed = TRUE;
  if (db->depth == 0)
    roll_back (db);
}

guint
td_db_depth (TdDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->depth;
}
