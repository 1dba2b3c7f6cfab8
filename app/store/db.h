/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SQLite as desktop and endpoint use it. One connection, one thread at a time.
 * Text is compared byte by byte: never lower() or LIKE for Vietnamese. */

typedef struct _TdDb TdDb;
typedef struct _TdStmt TdStmt;

#define TD_DB_ERROR (td_db_error_quark ())
typedef enum
{
  TD_DB_ERROR_FAILED,  /* anything else SQLite says */
  TD_DB_ERROR_OPEN,    /* the file or its folder can't be opened or made */
  TD_DB_ERROR_DAMAGED, /* not a data base, cut short, or its pages contradict each other */
  TD_DB_ERROR_NEWER,   /* written by a newer program; the file is untouched */
  TD_DB_ERROR_FOREIGN, /* another application's data base; untouched */
  TD_DB_ERROR_BUSY,    /* another process held it longer than the timeout */
  TD_DB_ERROR_FULL,    /* no room on the disk, or it can't be written */
  TD_DB_ERROR_CONSTRAINT
} TdDbError;
GQuark td_db_error_quark (void);

/* What a file must be. Migration n brings user_version from n to n + 1; each runs
 * in one transaction with its user_version. */
typedef struct
{
  guint32 application_id;
  const char *const *migrations; /* SQL texts, NULL ends */
  gboolean quick_check;          /* read every page at open */
  /* Before a file that already holds something is migrated: make a backup.
   * FALSE with an error stops the opening. May be NULL. */
  gboolean (*before_migration) (TdDb *db, gpointer data, GError **error);
  gpointer data;
} TdDbSchema;

/* @path NULL: in memory. A new file is made readable by its owner only. */
TdDb *td_db_open (const char *path, const TdDbSchema *schema, GError **error);
void td_db_free (TdDb *self);        /* rolls back what is open */
const char *td_db_path (TdDb *self); /* NULL: in memory */

/* ---- statements ------------------------------------------------------------ */
typedef enum
{
  TD_STEP_ROW,
  TD_STEP_DONE,
  TD_STEP_ERROR
} TdStep;

/* From the cache; give it back with td_stmt_free() (g_autoptr), which resets it. */
TdStmt *td_db_prepare (TdDb *self, const char *sql, GError **error);
void td_stmt_free (TdStmt *self);
/* Names without the colon. NULL binds SQL's NULL. Text and bytes are copied. */
void td_stmt_bind_text (TdStmt *self, const char *name, const char *value);
void td_stmt_bind_int (TdStmt *self, const char *name, gint64 value);
void td_stmt_bind_bytes (TdStmt *self, const char *name, GBytes *value);
TdStep td_stmt_step (TdStmt *self, GError **error);
void td_stmt_reset (TdStmt *self);                   /* to run it again with other values */
const char *td_stmt_text (TdStmt *self, int column); /* borrowed until the next step; NULL for NULL */
gint64 td_stmt_int (TdStmt *self, int column);
GBytes *td_stmt_bytes (TdStmt *self, int column); /* owned; empty for NULL */
gboolean td_stmt_is_null (TdStmt *self, int column);

/* In one call: SQL, then pairs of a name that begins with its type and a value,
 * ended by NULL: "t:id", char *; "i:q", (gint64) q; "b:bytes", GBytes *.
 *   td_db_run (db, error, "DELETE FROM term WHERE id = :id", "t:id", id, NULL)   */
gboolean td_db_run (TdDb *self, GError **error, const char *sql, ...) G_GNUC_NULL_TERMINATED;
/* First column of the first row. FALSE only on an error; *value is NULL (0, untouched
 * with @fallback) when there is no row. */
gboolean td_db_get_text (TdDb *self, char **value, GError **error, const char *sql, ...) G_GNUC_NULL_TERMINATED;
gboolean td_db_get_int (TdDb *self, gint64 *value, GError **error, const char *sql, ...) G_GNUC_NULL_TERMINATED;
/* First column of every row: owned strings; NULL on error. */
GPtrArray *td_db_get_list (TdDb *self, GError **error, const char *sql, ...) G_GNUC_NULL_TERMINATED;
TdStmt *td_db_query (TdDb *self, GError **error, const char *sql, ...) G_GNUC_NULL_TERMINATED; /* prepared and bound */
gboolean td_db_script (TdDb *self, const char *sql, GError **error); /* several statements, no values */
gint64 td_db_changes (TdDb *self);                                   /* rows the last statement touched */
gint64 td_db_last_id (TdDb *self);

/* ---- transactions ------------------------------------------------------------ */
/* BEGIN IMMEDIATE. They nest: an inner one that is not committed dooms the outer
 * one, whose commit then rolls everything back and fails. With g_auto() nothing
 * can stay half open:
 *   g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
 *   if (!td_transaction_begin (&transaction, db, error)) return FALSE;
 *   … any return rolls back …
 *   return td_transaction_commit (&transaction, error);                         */
typedef struct
{
  TdDb *db;
} TdTransaction;
#define TD_TRANSACTION_INIT                                                                                            \
  {                                                                                                                    \
    NULL                                                                                                               \
  }
gboolean td_transaction_begin (TdTransaction *self, TdDb *db, GError **error);
gboolean td_transaction_commit (TdTransaction *self, GError **error);
void td_transaction_clear (TdTransaction *self); /* rolls back unless committed */
guint td_db_depth (TdDb *self);                  /* 0: no transaction open */

/* ---- copies --------------------------------------------------------------------- */
/* A complete copy, checked, synced and then renamed to @path; readers and writers go on. */
gboolean td_db_copy (TdDb *self, const char *path, GError **error);
/* integrity_check of a file that nobody uses; opened for reading only. */
gboolean td_db_verify (const char *path, guint32 application_id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdDb, td_db_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdStmt, td_stmt_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdTransaction, td_transaction_clear)

G_END_DECLS
