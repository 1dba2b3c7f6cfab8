/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/packages.h"
#include "store/store-private.h"

#include <string.h>

/* Envelopes: a number in this life and the chain value before it (model.md 1.2).
 * An operation gets one when it is first handed to a carrier, and keeps it. */

#define ENVELOPE_BYTES 200

typedef struct
{
  GPtrArray *ops; /* TdSyncOp */
  char *tip;      /* chain value after the last of them */
  gsize bytes;
  gsize max;
} Batch;

static void
batch_clear (Batch *batch)
{
  g_clear_pointer (&batch->ops, g_ptr_array_unref);
  g_clear_pointer (&batch->tip, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

static gboolean
has_room (const Batch *batch, const char *body)
{
  gsize next = batch->bytes + strlen (body) + ENVELOPE_BYTES;

  return batch->ops->len == 0 || (batch->ops->len < TD_SYNC_OPS_MAX && next <= batch->max);
}

static void
take (Batch *batch, gint64 i, const char *prev, const char *body, const char *sig, char *tip)
{
  g_ptr_array_add (batch->ops, td_sync_op_new (i, prev, body, sig));
  batch->bytes += strlen (body) + ENVELOPE_BYTES;
  g_free (batch->tip);
  batch->tip = tip;
}

/* Where and when the endpoint had it before it was restored. */
static void
remember (TdStore *self, TdSyncOp *op, gint64 q, const char *id)
{
  g_autofree char *body = td_entities_body (&self->entities, "step", id);
  g_autoptr (JsonObject) step = body == NULL ? NULL : td_json_parse_object (body, -1, 2 * TD_STEP_MAX, NULL);

  op->q = MAX (q, 0);
  op->t = step == NULL ? 0 : MAX (td_json_int (step, "at", 0), 0);
}

/* What is in an envelope already goes again in the same one; numbers have no gap. (“i > 0” is what the index says.) */
static gboolean
take_sealed (TdStore *self, Batch *batch, gint64 after, gboolean *full, GError **error)
{
  gboolean recovering = td_store_recovering (self);
  g_autoptr (TdStmt) row = td_db_query (self->db, error,
                                        "SELECT i, prev, body, sig, digest, q, id FROM outbox"
                                        " WHERE life = :life AND i > :after AND i > 0 ORDER BY i",
                                        "t:life", self->life, "i:after", after, NULL);
  TdStep step = TD_STEP_ERROR;

  while (row != NULL && (step = td_stmt_step (row, error)) == TD_STEP_ROW)
    {
      const char *body = td_stmt_text (row, 2);

      *full = !has_room (batch, body);
      if (*full)
        return TRUE;
      take (batch, td_stmt_int (row, 0), td_stmt_text (row, 1), body, td_stmt_text (row, 3),
            td_chain_next (td_stmt_text (row, 1), self->life, td_stmt_int (row, 0), td_stmt_text (row, 4)));
      if (recovering)
        remember (self, batch->ops->pdata[batch->ops->len - 1], td_stmt_int (row, 5), td_stmt_text (row, 6));
    }
  return step == TD_STEP_DONE;
}

static gboolean
seal_one (TdStore *self, gint64 n, gint64 i, const char *prev, const char *tip, GError **error)
{
  return td_db_run (self->db, error,
                    "UPDATE outbox SET state = :sent, handed = 1, life = :life, i = :i, prev = :prev WHERE n = :n",
                    "i:sent", (gint64)TD_OUT_SENT, "t:life", self->life, "i:i", i, "t:prev", prev, "i:n", n, NULL)
         && td_store_set_int (self, META_LAST, i, error) && td_store_set (self, META_TIP, tip, error);
}

/* One row at a time: the statement is done before the table changes under it. */
static gboolean
take_next (TdStore *self, Batch *batch, gboolean *full, GError **error)
{
  g_autofree char *prev = td_store_get (self, META_TIP);
  g_autofree char *body = NULL, *sig = NULL, *digest = NULL;
  gint64 i = td_store_get_int (self, META_LAST, 0) + 1;
  gint64 n;
  char *tip;

  {
    g_autoptr (TdStmt) row = td_db_query (self->db, error,
                                          "SELECT n, body, sig, digest FROM outbox WHERE state IN (0, 1)"
                                          " ORDER BY n LIMIT 1",
                                          NULL);
    TdStep step = row != NULL ? td_stmt_step (row, error) : TD_STEP_ERROR;

    *full = step == TD_STEP_DONE;
    if (step != TD_STEP_ROW)
      return step == TD_STEP_DONE;
    n = td_stmt_int (row, 0);
    body = g_strdup (td_stmt_text (row, 1));
    sig = g_strdup (td_stmt_text (row, 2));
    digest = g_strdup (td_stmt_text (row, 3));
  }
  *full = !has_room (batch, body);
  if (*full)
    return TRUE;
  tip = td_chain_next (prev, self->life, i, digest);
  take (batch, i, prev, body, sig, tip);
  return seal_one (self, n, i, prev, tip, error);
}

/* In recovery the endpoint says what it has, which may be less than it once had. */
gint64
td_store_sent_up_to (TdStore *self)
{
  gint64 kept = td_store_get_int (self, META_KEPT, 0);

  return td_store_recovering (self) ? kept : MAX (td_store_acknowledged (self), kept);
}

/**
 * td_store_seal:
 * @max: bytes of bodies; one operation goes however large it is
 * @tip: (out): chain value after the last, "" when there is nothing to send
 *
 * Returns: (transfer full) (element-type TdSyncOp): by rising number, without a gap
 */
GPtrArray *
td_store_seal (TdStore *self, gsize max, char **tip, GError **error)
{
  g_return_val_if_fail (self != NULL && tip != NULL, NULL);

  /* What the endpoint keeps aside of a revoked machine it has; what it decides comes after a new enrolment. */
  return td_store_seal_after (self, td_store_sent_up_to (self), max, tip, error);
}

/** td_store_seal_after: the same, beginning after the number @after. */
GPtrArray *
td_store_seal_after (TdStore *self, gint64 after, gsize max, char **tip, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_auto (Batch) batch = { g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_op_free), g_strdup (""), 0, max };
  gboolean full = FALSE;

  g_return_val_if_fail (self != NULL && tip != NULL, NULL);

  if (!td_transaction_begin (&transaction, self->db, error) || !take_sealed (self, &batch, after, &full, error))
    return NULL;
  while (!full)
    if (!take_next (self, &batch, &full, error))
      return NULL;
  if (!td_transaction_commit (&transaction, error))
    return NULL;
  *tip = g_steal_pointer (&batch.tip);
  return g_steal_pointer (&batch.ops);
}

/* ---- when the endpoint remembers otherwise ------------------------------------------- */

gboolean
td_store_acknowledge (TdStore *self, gint64 n, GError **error)
{
  gint64 first = 0;

  if (!td_db_get_int (self->db, &first, error,
                      "SELECT min(i) FROM outbox WHERE life = :life AND i > 0 AND state = :sent", "t:life", self->life,
                      "i:sent", (gint64)TD_OUT_SENT, NULL))
    return FALSE;
  if (first > 0 && n >= first)
    n = first - 1;
  return td_store_set_int (self, META_ACKNOWLEDGED, n, error);
}

/**
 * td_store_rewind:
 * @n: the last number of this life that the endpoint has
 *
 * Goes on after @n. Where that can't be (it knows more than we ever sent, or we
 * have forgotten what it lost), a new life begins.
 */
gboolean
td_store_rewind (TdStore *self, gint64 n, GError **error)
{
  gint64 last, kept = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  last = td_store_get_int (self, META_LAST, 0);
  if (!td_db_get_int (self->db, &kept, error, "SELECT count(*) FROM outbox WHERE life = :life AND i > :n AND i > 0",
                      "t:life", self->life, "i:n", n, NULL))
    return FALSE;
  if (n < 0 || n > last || kept != last - n)
    return td_store_new_life (self, error);
  if (n < td_store_acknowledged (self)
      && !td_store_note_restored (self, TD_RESTORED_CENTRE, td_store_acknowledged (self) - n, error))
    return FALSE;
  return td_store_acknowledge (self, n, error);
}

gboolean
td_store_new_life (TdStore *self, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_autofree char *life = td_random_hex (16);

  g_return_val_if_fail (self != NULL, FALSE);

  if (!td_transaction_begin (&transaction, self->db, error)
      || !td_db_run (self->db, error, "UPDATE outbox SET state = :closed WHERE state = :sent", "i:closed",
                     (gint64)TD_OUT_CLOSED, "i:sent", (gint64)TD_OUT_SENT, NULL)
      || !td_db_run (self->db, error, "UPDATE outbox SET life = '', i = 0, prev = ''", NULL)
      || !td_store_rename_open (self, error) || !td_store_set (self, META_LIFE, life, error)
      || !td_store_set_int (self, META_LAST, 0, error) || !td_store_set_int (self, META_ACKNOWLEDGED, 0, error)
      || !td_store_set_int (self, META_KEPT, 0, error) || !td_store_set (self, META_TIP, TD_CHAIN_START, error)
      || !td_transaction_commit (&transaction, error))
    return FALSE;
  g_free (self->life);
  self->life = g_steal_pointer (&life);
  return TRUE;
}

/* The endpoint has another history: what it accepted may be gone, so it is asked
 * about everything that the mirror had not reached. */
gboolean
td_store_start_over (TdStore *self, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_autofree char *cursor = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  cursor = td_store_get (self, TD_META_CURSOR);
  if (!td_transaction_begin (&transaction, self->db, error)
      || (*cursor != '\0' && !td_store_note_restored (self, TD_RESTORED_CENTRE, 0, error))
      || !td_store_set (self, TD_META_CURSOR, "", error)
      || !td_db_run (self->db, error, "INSERT OR IGNORE INTO stale (kind, id) SELECT kind, id FROM entity", NULL)
      || !td_db_run (self->db, error, "UPDATE outbox SET state = :sent, q = 0 WHERE state = :settled AND life = :life",
                     "i:sent", (gint64)TD_OUT_SENT, "i:settled", (gint64)TD_OUT_SETTLED, "t:life", self->life, NULL)
      /* Of older lives: the endpoint may have forgotten them, and asking twice changes nothing. */
      || !td_db_run (self->db, error,
                     "UPDATE outbox SET state = :closed, q = 0 WHERE i = 0 AND state IN (:settled, :done)", "i:closed",
                     (gint64)TD_OUT_CLOSED, "i:settled", (gint64)TD_OUT_SETTLED, "i:done", (gint64)TD_OUT_DONE, NULL)
      || !td_store_acknowledge (self, td_store_acknowledged (self), error))
    return FALSE;
  return td_transaction_commit (&transaction, error);
}
