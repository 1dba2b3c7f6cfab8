/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-rows.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* One table: its rows, read before the clock starts. */
typedef struct
{
  char *insert;
  int columns;
  GPtrArray *values; /* sqlite3_value, row by row */
  sqlite3_stmt *statement;
} Table;

static void
table_free (gpointer data)
{
  Table *self = data;

  sqlite3_finalize (self->statement);
  g_ptr_array_unref (self->values);
  g_free (self->insert);
  g_free (self);
}

static void
run (sqlite3 *db, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  return statement;
}

static Table *
read_table (sqlite3 *from, const char *name)
{
  Table *self = g_new0 (Table, 1);
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", name);
  sqlite3_stmt *rows = prepare (from, sql);
  g_autoptr (GString) insert = g_string_new (NULL);

  self->columns = sqlite3_column_count (rows);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify)sqlite3_value_free);
  while (sqlite3_step (rows) == SQLITE_ROW)
    for (int i = 0; i < self->columns; i++)
      g_ptr_array_add (self->values, sqlite3_value_dup (sqlite3_column_value (rows, i)));
  sqlite3_finalize (rows);
  g_string_printf (insert, "INSERT INTO \"%s\" VALUES (?", name);
  for (int i = 1; i < self->columns; i++)
    g_string_append (insert, ", ?");
  g_string_append (insert, ")");
  self->insert = g_string_free (g_steal_pointer (&insert), FALSE);
  return self;
}

/* The tables are made in @to on the way. */
static GPtrArray *
read_tables (const char *journal, sqlite3 *to)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (table_free);
  sqlite3 *from;
  sqlite3_stmt *schema;

  g_assert_cmpint (sqlite3_open_v2 (journal, &from, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  schema = prepare (from, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
                          " ORDER BY type = 'index'");
  while (sqlite3_step (schema) == SQLITE_ROW)
    {
      run (to, (const char *)sqlite3_column_text (schema, 2));
      if (g_str_equal ((const char *)sqlite3_column_text (schema, 0), "table"))
        g_ptr_array_add (tables, read_table (from, (const char *)sqlite3_column_text (schema, 1)));
    }
  sqlite3_finalize (schema);
  sqlite3_close (from);
  return tables;
}

static void
insert_part (Table *table, guint part, guint parts)
{
  guint rows = table->values->len / (guint)table->columns;

  for (guint row = (guint)((guint64)rows * part / parts); row < (guint64)rows * (part + 1) / parts; row++)
    {
      for (int i = 0; i < table->columns; i++)
        sqlite3_bind_value (table->statement, i + 1, table->values->pdata[row * (guint)table->columns + (guint)i]);
      g_assert_cmpint (sqlite3_step (table->statement), ==, SQLITE_DONE);
      sqlite3_reset (table->statement);
    }
}

double
bench_rows (const char *journal, guint transactions)
{
  g_autofree char *path = g_strconcat (journal, ".bare", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_autoptr (GPtrArray) tables = NULL;
  sqlite3 *db;
  gint64 began;
  double seconds;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  run (db, "PRAGMA journal_mode = WAL");
  run (db, "PRAGMA synchronous = FULL");
  tables = read_tables (journal, db);
  for (guint i = 0; i < tables->len; i++)
    ((Table *)tables->pdata[i])->statement = prepare (db, ((Table *)tables->pdata[i])->insert);
  began = g_get_monotonic_time ();
  for (guint part = 0; part < transactions; part++)
    {
      run (db, "BEGIN IMMEDIATE");
      for (guint i = 0; i < tables->len; i++)
        insert_part (tables->pdata[i], part, transactions);
      run (db, "COMMIT");
    }
  seconds = (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  g_ptr_array_set_size (tables, 0);
  sqlite3_close (db);
  g_remove (path);
  g_remove (wal);
  g_remove (shm);
  return seconds;
}
