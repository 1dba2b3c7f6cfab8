/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/db-private.h"

#define IDLE_MOST 128

struct _TdStmt
{
  TdDb *db;
  sqlite3_stmt *stmt;
  char *sql;
};

void
td_stmt_finalize (TdStmt *self)
{
  sqlite3_finalize (self->stmt);
  g_free (self->sql);
  g_free (self);
}

TdStmt *
td_db_prepare (TdDb *self, const char *sql, GError **error)
{
  TdStmt *statement;
  gpointer key, value;
  int code;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  if (g_hash_table_steal_extended (self->idle, sql, &key, &value))
    return value;
  statement = g_new0 (TdStmt, 1);
  statement->db = self;
  code = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->stmt, NULL);
  if (code != SQLITE_OK)
    {
      td_db_fail (self->handle, code, sql, error);
      td_stmt_finalize (statement);
      return NULL;
    }
  statement->sql = g_strdup (sql);
  return statement;
}

void
td_stmt_free (TdStmt *self)
{
  if (self == NULL)
    return;
  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
  /* The same text may be in use twice, one inside the other. */
  if (g_hash_table_contains (self->db->idle, self->sql) || g_hash_table_size (self->db->idle) >= IDLE_MOST)
    td_stmt_finalize (self);
  else
    g_hash_table_insert (self->db->idle, self->sql, self);
}

static int
parameter (TdStmt *self, const char *name)
{
  char full[64];
  int index;

  g_snprintf (full, sizeof full, ":%s", name);
  index = sqlite3_bind_parameter_index (self->stmt, full);
  if (index == 0)
    g_error ("no parameter :%s in: %s", name, self->sql);
  return index;
}

static void
bound (TdStmt *self, int code)
{
  /* What remains is too large or no memory: the step would run on a wrong value. */
  if (code != SQLITE_OK)
    g_error ("bind: %s in: %s", sqlite3_errstr (code), self->sql);
}

void
td_stmt_bind_text (TdStmt *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL && name != NULL);

  bound (self, sqlite3_bind_text (self->stmt, parameter (self, name), value, -1, SQLITE_TRANSIENT));
}

void
td_stmt_bind_int (TdStmt *self, const char *name, gint64 value)
{
  g_return_if_fail (self != NULL && name != NULL);

  bound (self, sqlite3_bind_int64 (self->stmt, parameter (self, name), value));
}

void
td_stmt_bind_bytes (TdStmt *self, const char *name, GBytes *value)
{
  gsize length = 0;
  const void *data = NULL;

  g_return_if_fail (self != NULL && name != NULL);

  if (value != NULL)
    data = g_bytes_get_data (value, &length);
  if (value != NULL && data == NULL)
    data = "";
  bound (self, sqlite3_bind_blob64 (self->stmt, parameter (self, name), data, length, SQLITE_TRANSIENT));
}

TdStep
td_stmt_step (TdStmt *self, GError **error)
{
  int code;

  g_return_val_if_fail (self != NULL, TD_STEP_ERROR);

  code = sqlite3_step (self->stmt);
  if (code == SQLITE_ROW)
    return TD_STEP_ROW;
  if (code == SQLITE_DONE)
    return TD_STEP_DONE;
  td_db_fail (self->db->handle, code, self->sql, error);
  return TD_STEP_ERROR;
}

void
td_stmt_reset (TdStmt *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
}

const char *
td_stmt_text (TdStmt *self, int column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *)sqlite3_column_text (self->stmt, column);
}

gint64
td_stmt_int (TdStmt *self, int column)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_column_int64 (self->stmt, column);
}

GBytes *
td_stmt_bytes (TdStmt *self, int column)
{
  const void *data;

  g_return_val_if_fail (self != NULL, NULL);

  data = sqlite3_column_blob (self->stmt, column);
  return g_bytes_new (data, sqlite3_column_bytes (self->stmt, column));
}

gboolean
td_stmt_is_null (TdStmt *self, int column)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return sqlite3_column_type (self->stmt, column) == SQLITE_NULL;
}

static void
bind_list (TdStmt *self, va_list list)
{
  const char *name;

  while ((name = va_arg (list, const char *)) != NULL)
    {
      g_assert (name[0] != '\0' && name[1] == ':');
      if (name[0] == 't')
        td_stmt_bind_text (self, name + 2, va_arg (list, const char *));
      else if (name[0] == 'i')
        td_stmt_bind_int (self, name + 2, va_arg (list, gint64));
      else if (name[0] == 'b')
        td_stmt_bind_bytes (self, name + 2, va_arg (list, GBytes *));
      else
        g_error ("unknown type in %s", name);
    }
}

static TdStmt *
query_list (TdDb *self, GError **error, const char *sql, va_list list)
{
  TdStmt *statement = td_db_prepare (self, sql, error);

  if (statement != NULL)
    bind_list (statement, list);
  return statement;
}

TdStmt *
td_db_query (TdDb *self, GError **error, const char *sql, ...)
{
  TdStmt *statement;
  va_list list;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  va_start (list, sql);
  statement = query_list (self, error, sql, list);
  va_end (list);
  return statement;
}

gboolean
td_db_run (TdDb *self, GError **error, const char *sql, ...)
{
  g_autoptr (TdStmt) statement = NULL;
  va_list list;
  TdStep step;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);

  va_start (list, sql);
  statement = query_list (self, error, sql, list);
  va_end (list);
  if (statement == NULL)
    return FALSE;
  do
    step = td_stmt_step (statement, error);
  while (step == TD_STEP_ROW);
  return step == TD_STEP_DONE;
}

gboolean
td_db_get_text (TdDb *self, char **value, GError **error, const char *sql, ...)
{
  g_autoptr (TdStmt) statement = NULL;
  va_list list;
  TdStep step;

  g_return_val_if_fail (self != NULL && value != NULL && sql != NULL, FALSE);

  *value = NULL;
  va_start (list, sql);
  statement = query_list (self, error, sql, list);
  va_end (list);
  if (statement == NULL || (step = td_stmt_step (statement, error)) == TD_STEP_ERROR)
    return FALSE;
  if (step == TD_STEP_ROW)
    *value = g_strdup (td_stmt_text (statement, 0));
  return TRUE;
}

gboolean
td_db_get_int (TdDb *self, gint64 *value, GError **error, const char *sql, ...)
{
  g_autoptr (TdStmt) statement = NULL;
  va_list list;
  TdStep step;

  g_return_val_if_fail (self != NULL && value != NULL && sql != NULL, FALSE);

  va_start (list, sql);
  statement = query_list (self, error, sql, list);
  va_end (list);
  if (statement == NULL || (step = td_stmt_step (statement, error)) == TD_STEP_ERROR)
    return FALSE;
  if (step == TD_STEP_ROW && !td_stmt_is_null (statement, 0))
    *value = td_stmt_int (statement, 0);
  return TRUE;
}

GPtrArray *
td_db_get_list (TdDb *self, GError **error, const char *sql, ...)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TdStmt) statement = NULL;
  va_list list;
  TdStep step;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  va_start (list, sql);
  statement = query_list (self, error, sql, list);
  va_end (list);
  if (statement == NULL)
    return NULL;
  while ((step = td_stmt_step (statement, error)) == TD_STEP_ROW)
    g_ptr_array_add (rows, g_strdup (td_stmt_text (statement, 0)));
  return step == TD_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}
