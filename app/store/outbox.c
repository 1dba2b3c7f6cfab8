/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/packages.h"
#include "store/store-private.h"

#include <string.h>

#include "dossier/crypto.h"

/* What was made here and what became of it. Operations go in at the end, are
 * put into envelopes in that order (seal.c) and never change after. */

void
td_out_item_free (TdOutItem *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->verb);
  g_free (self->record);
  g_free (self->dossier);
  g_free (self->body);
  g_free (self->digest);
  g_free (self->code);
  g_free (self->detail);
  g_strfreev (self->beside);
  g_free (self);
}

static gboolean
check_room (TdStore *self, GError **error)
{
  gint64 waiting = 0;

  if (!td_db_get_int (self->db, &waiting, error, "SELECT count(*) FROM outbox WHERE state IN (:open, :closed, :sent)",
                      "i:open", (gint64)TD_OUT_OPEN, "i:closed", (gint64)TD_OUT_CLOSED, "i:sent", (gint64)TD_OUT_SENT,
                      NULL))
    return FALSE;
  if (waiting < TD_OUTBOX_MAX)
    return TRUE;
  g_set_error_literal (error, TD_STORE_ERROR, TD_STORE_ERROR_LIMITS, "outbox");
  return FALSE;
}

gboolean
td_store_queue (TdStore *self,
                const TdOperation *operation,
                TdOutState state,
                const char *record,
                const char *dossier,
                GError **error)
{
  g_autofree char *sig = NULL;

  if (!check_room (self, error))
    return FALSE;
  if (operation->kind != TD_OP_EDIT)
    sig = td_store_sign (self, operation->digest);
  return td_db_run (self->db, error,
                    "INSERT INTO outbox (id, verb, record, dossier, body, digest, sig, state, made_at)"
                    " VALUES (:id, :verb, :record, :dossier, :body, :digest, :sig, :state, :now)",
                    "t:id", operation->id, "t:verb", operation->verb, "t:record", record, "t:dossier", dossier,
                    "t:body", operation->body, "t:digest", operation->digest, "t:sig", sig != NULL ? sig : "",
                    "i:state", (gint64)state, "i:now", td_now (), NULL);
}

/* ---- steps and opinions ------------------------------------------------------------ */

static gboolean
close_one (TdStore *self, const char *id, GError **error)
{
  return td_db_run (self->db, error,
                    "UPDATE outbox SET state = :closed WHERE state = :open AND (record = :id OR dossier = :id)",
                    "i:closed", (gint64)TD_OUT_CLOSED, "i:open", (gint64)TD_OUT_OPEN, "t:id", id, NULL);
}

/* Rows of two whose first is a record: quotes, fields, dossiers. */
static gboolean
close_rows (TdStore *self, JsonArray *rows, GError **error)
{
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonArray *row = td_json_element_array (rows, i);
      const char *id = row != NULL ? td_json_element_string (row, 0) : NULL;

      if (id != NULL && !close_one (self, id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
close_named (TdStore *self, const TdOperation *operation, GError **error)
{
  static const char *const rows[] = { "on", "quotes", "fields" };
  static const char *const single[] = { "sub", "session" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!close_rows (self, td_json_array (operation->content, rows[i]), error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (single); i++)
    {
      const char *id = td_operation_text (operation, single[i]);

      if (*id != '\0' && !close_one (self, id, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
td_store_close_edits (TdStore *self, const char *const *records, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!td_transaction_begin (&transaction, self->db, error))
    return FALSE;
  if (records == NULL
      && !td_db_run (self->db, error, "UPDATE outbox SET state = :closed WHERE state = :open", "i:closed",
                     (gint64)TD_OUT_CLOSED, "i:open", (gint64)TD_OUT_OPEN, NULL))
    return FALSE;
  for (guint i = 0; records != NULL && records[i] != NULL; i++)
    if (!close_one (self, records[i], error))
      return FALSE;
  return td_transaction_commit (&transaction, error);
}

/**
 * td_store_append:
 * @operation: a closed step or opinion
 * @records: (nullable): more records or dossiers whose open edits it rests on
 *
 * The edits it names are closed before it, so that it stands after the words it
 * was made on.
 */
gboolean
td_store_append (TdStore *self, const TdOperation *operation, const char *const *records, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_autoptr (GArray) named = NULL;
  const char *first;
  const char *const none[] = { NULL };

  g_return_val_if_fail (self != NULL && operation != NULL, FALSE);

  named = td_operation_named (operation);
  first = named->len > 0 ? g_array_index (named, TdNamed, 0).dossier : "";
  if (!td_transaction_begin (&transaction, self->db, error) || !close_named (self, operation, error)
      || !td_store_close_edits (self, records != NULL ? records : none, error)
      || !td_store_queue (self, operation, TD_OUT_CLOSED, "", first, error))
    return FALSE;
  return td_transaction_commit (&transaction, error);
}

gboolean
td_store_take_back (TdStore *self, char **taken, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_autofree char *body = NULL;
  gint64 n = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!td_transaction_begin (&transaction, self->db, error)
      || !td_db_get_int (self->db, &n, error,
                         "SELECT max(n) FROM outbox WHERE handed = 0 AND state IN (:open, :closed)", "i:open",
                         (gint64)TD_OUT_OPEN, "i:closed", (gint64)TD_OUT_CLOSED, NULL))
    return FALSE;
  if (n == 0)
    {
      g_set_error_literal (error, TD_STORE_ERROR, TD_STORE_ERROR_SENT, "nothing can be taken back");
      return FALSE;
    }
  if (!td_db_get_text (self->db, &body, error, "SELECT body FROM outbox WHERE n = :n", "i:n", n, NULL)
      || !td_db_run (self->db, error, "DELETE FROM outbox WHERE n = :n", "i:n", n, NULL)
      || !td_transaction_commit (&transaction, error))
    return FALSE;
  if (taken != NULL)
    *taken = g_steal_pointer (&body);
  return TRUE;
}

/* ---- lists ---------------------------------------------------------------------------- */

#define COLUMNS                                                                                                        \
  "SELECT n, id, verb, record, dossier, body, digest, state, i, code, detail, beside, q, made_at, before FROM outbox "

static TdOutItem *
read_item (TdStmt *row)
{
  TdOutItem *item = g_new0 (TdOutItem, 1);
  const char *beside = td_stmt_text (row, 11);

  item->n = td_stmt_int (row, 0);
  item->id = g_strdup (td_stmt_text (row, 1));
  item->verb = g_strdup (td_stmt_text (row, 2));
  item->record = g_strdup (td_stmt_text (row, 3));
  item->dossier = g_strdup (td_stmt_text (row, 4));
  item->body = g_strdup (td_stmt_text (row, 5));
  item->digest = g_strdup (td_stmt_text (row, 6));
  item->state = (TdOutState)td_stmt_int (row, 7);
  item->i = td_stmt_int (row, 8);
  item->code = g_strdup (td_stmt_text (row, 9));
  item->detail = g_strdup (td_stmt_text (row, 10));
  item->beside = *beside != '\0' ? g_strsplit (beside, "\n", -1) : g_new0 (char *, 1);
  item->q = td_stmt_int (row, 12);
  item->made_at = td_stmt_int (row, 13);
  item->before = td_stmt_int (row, 14);
  return item;
}

static GPtrArray *
list_items (TdStore *self, const char *sql)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)td_out_item_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdStmt) row = td_db_query (self->db, &error, sql, NULL);

  while (row != NULL && td_stmt_step (row, &error) == TD_STEP_ROW)
    g_ptr_array_add (items, read_item (row));
  if (error != NULL)
    g_warning ("outbox: %s", error->message);
  return items;
}

G_STATIC_ASSERT (TD_OUT_OPEN == 0 && TD_OUT_SENT == 2 && TD_OUT_SETTLED == 3 && TD_OUT_DONE == 4 && TD_OUT_REFUSED == 5
                 && TD_OUT_ASIDE == 6); /* the numbers below and in every file */

GPtrArray *
td_store_outbox (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return list_items (self, COLUMNS "WHERE state IN (0, 1, 2) ORDER BY n");
}

GPtrArray *
td_store_problems (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return list_items (self, COLUMNS "WHERE state = 5 ORDER BY n");
}

GPtrArray *
td_store_sent (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return list_items (self, COLUMNS "WHERE state IN (3, 4, 6) ORDER BY n DESC");
}

gboolean
td_store_put_aside (TdStore *self, const char *id, GError **error)
{
  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  return td_db_run (self->db, error, "UPDATE outbox SET state = :aside WHERE id = :id AND state = :refused", "i:aside",
                    (gint64)TD_OUT_ASIDE, "t:id", id, "i:refused", (gint64)TD_OUT_REFUSED, NULL);
}

/* A file waits when the endpoint asked for it, or when words that name it wait
 * themselves: one attached and taken off again before it was sent doesn't. */
#define WAITING_FILES                                                                                                  \
  "FROM file WHERE here = 1 AND uploaded = 0 AND (needed = 1 OR (mine = 1 AND EXISTS ("                                \
  "SELECT 1 FROM outbox WHERE state IN (0, 1, 2, 3) AND instr (body, file.sha) > 0)))"

/* 0 and a warning where it can't be read. */
static gint64
number (TdStore *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  if (!td_db_get_int (self->db, &value, &error, sql, NULL))
    g_warning ("outbox: %s", error->message);
  return value;
}

/** td_store_lost: what the endpoint answered once and has to be sent again, since it was restored from a copy. */
guint
td_store_lost (TdStore *self)
{
  g_autoptr (GError) error = NULL;
  gint64 lost = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (!td_db_get_int (self->db, &lost, &error,
                      "SELECT count(*) FROM outbox WHERE life = :life AND i > :from AND state > 2", "t:life",
                      self->life, "i:from", td_store_sent_up_to (self), NULL))
    g_warning ("outbox: %s", error->message);
  return (guint)lost;
}

/** td_store_waiting: each of them may be NULL; the engine asks often, and only for the first. */
void
td_store_waiting (TdStore *self, guint *operations, gsize *bytes, guint *files)
{
  g_return_if_fail (self != NULL);

  if (operations != NULL)
    *operations = (guint)number (self, "SELECT count(*) FROM outbox WHERE state IN (0, 1, 2)");
  /* Words travel compressed, to less than half; scans are compressed already. */
  if (bytes != NULL)
    *bytes
        = (gsize)(number (self, "SELECT sum(length(CAST(body AS BLOB)) + 200) FROM outbox WHERE state IN (0, 1, 2)") / 2
                  + number (self, "SELECT sum(size) " WAITING_FILES));
  if (files != NULL)
    *files = (guint)number (self, "SELECT count(*) " WAITING_FILES);
}

/** td_store_waiting_files: hashes of the files the endpoint lacks and we have; owned. */
GPtrArray *
td_store_waiting_files (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return td_db_get_list (self->db, NULL, "SELECT sha " WAITING_FILES " ORDER BY size, sha", NULL);
}
