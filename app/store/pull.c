/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/packages.h"
#include "store/store-private.h"

#include <string.h>

#include "dossier/crypto.h"

/* One answer, one transaction: changes, verdicts, cursor and clock move together
 * or not at all; the same answer again finds everything done. */

typedef struct
{
  TdStore *store;
  TdState *state;
  gint64 cursor; /* where it stands after this page */
  gboolean moved;
} Pull;

static void
pull_clear (Pull *pull)
{
  g_clear_pointer (&pull->state, td_state_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pull, pull_clear)

/* "E.q" */
static gboolean
split_cursor (const char *cursor, char **incarnation, gint64 *q)
{
  const char *dot = strrchr (cursor, '.');

  *q = 0;
  if (dot == NULL || !g_ascii_string_to_signed (dot + 1, 10, 0, G_MAXINT64, q, NULL))
    return FALSE;
  *incarnation = g_strndup (cursor, (gsize)(dot - cursor));
  return TRUE;
}

/* ---- changes -------------------------------------------------------------------------- */

static gboolean
is_news (Pull *pull, const TdSyncChange *change, GError **error, gboolean *news)
{
  TdDb *db = pull->store->db;
  gint64 q = -1, stale = 0;

  if (!td_db_get_int (db, &q, error, "SELECT q FROM entity WHERE kind = :kind AND id = :id", "t:kind", change->kind,
                      "t:id", change->id, NULL)
      || !td_db_get_int (db, &stale, error, "SELECT count(*) FROM stale WHERE kind = :kind AND id = :id", "t:kind",
                         change->kind, "t:id", change->id, NULL))
    return FALSE;
  *news = stale > 0 || change->q >= q;
  return TRUE;
}

static gboolean
keep_unread (Pull *pull, const char *kind, const char *id, JsonObject *json, gint64 q, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json);
  g_autofree char *body = json_to_string (node, FALSE);

  return td_db_run (pull->store->db, error,
                    "INSERT OR REPLACE INTO unread (kind, id, body, q) VALUES (:kind, :id, :body, :q)", "t:kind", kind,
                    "t:id", id, "t:body", body, "i:q", q, NULL);
}

/* What this program can't read is kept for a newer one and holds up nothing. */
static gboolean
put (Pull *pull, const char *kind, const char *id, JsonObject *json, gint64 q, gboolean *read, GError **error)
{
  TdStore *self = pull->store;

  *read = td_state_put (pull->state, kind, id, json, NULL);
  if (!*read)
    return keep_unread (pull, kind, id, json, q, error);
  if (!td_entities_write (&self->entities, pull->state, q, error))
    return FALSE;
  td_state_forget (pull->state);
  return td_db_run (self->db, error, "DELETE FROM stale WHERE kind = :kind AND id = :id", "t:kind", kind, "t:id", id,
                    NULL)
         && td_db_run (self->db, error, "DELETE FROM unread WHERE kind = :kind AND id = :id", "t:kind", kind, "t:id",
                       id, NULL);
}

static gboolean
put_changes (Pull *pull, const TdSyncAnswer *answer, GError **error)
{
  for (guint i = 0; i < answer->ch->len; i++)
    {
      const TdSyncChange *change = answer->ch->pdata[i];
      gboolean news = FALSE, read;

      if (!is_news (pull, change, error, &news))
        return FALSE;
      if (news && !put (pull, change->kind, change->id, change->body, change->q, &read, error))
        return FALSE;
      pull->moved = pull->moved || news;
    }
  return TRUE;
}

static gboolean
drop_stale (Pull *pull, GError **error)
{
  TdDb *db = pull->store->db;

  return td_db_run (db, error,
                    "DELETE FROM term WHERE EXISTS"
                    " (SELECT 1 FROM stale WHERE stale.kind = term.kind AND stale.id = term.id)",
                    NULL)
         && td_db_run (db, error,
                       "DELETE FROM entity WHERE EXISTS"
                       " (SELECT 1 FROM stale WHERE stale.kind = entity.kind AND stale.id = entity.id)",
                       NULL)
         && td_db_run (db, error, "DELETE FROM stale", NULL);
}

/* ---- verdicts ---------------------------------------------------------------------------- */

static gboolean
contradiction (GError **error, gint64 i, const char *what)
{
  g_set_error (error, TD_STORE_ERROR, TD_STORE_ERROR_ANSWER, "verdict %" G_GINT64_FORMAT ": %s", i, what);
  return FALSE;
}

static gboolean
find_row (Pull *pull, const TdSyncVerdict *verdict, gint64 *n, TdOutState *state, GError **error)
{
  g_autoptr (TdStmt) row
      = td_db_query (pull->store->db, error, "SELECT n, id, state FROM outbox WHERE life = :life AND i = :i", "t:life",
                     pull->store->life, "i:i", verdict->i, NULL);
  TdStep step = row != NULL ? td_stmt_step (row, error) : TD_STEP_ERROR;

  if (step == TD_STEP_ERROR)
    return FALSE;
  if (step == TD_STEP_DONE || verdict->i <= 0)
    return contradiction (error, verdict->i, "was never sent");
  if (*verdict->id != '\0' && strcmp (verdict->id, td_stmt_text (row, 1)) != 0)
    return contradiction (error, verdict->i, "is about another operation");
  *n = td_stmt_int (row, 0);
  *state = (TdOutState)td_stmt_int (row, 2);
  return TRUE;
}

static TdOutState
state_after (TdOutState before, gboolean ok)
{
  if (ok)
    return before == TD_OUT_DONE ? TD_OUT_DONE : TD_OUT_SETTLED;
  return before == TD_OUT_ASIDE ? TD_OUT_ASIDE : TD_OUT_REFUSED;
}

static gboolean
record_verdict (Pull *pull, const TdSyncVerdict *verdict, GError **error)
{
  g_autofree char *beside = g_strjoinv ("\n", verdict->beside);
  TdOutState before, after;
  gint64 n;

  if (!find_row (pull, verdict, &n, &before, error))
    return FALSE;
  after = state_after (before, verdict->ok);
  if (after == before && before != TD_OUT_SETTLED)
    return TRUE;
  pull->moved = pull->moved || after != before;
  return td_db_run (pull->store->db, error,
                    "UPDATE outbox SET before = CASE WHEN state IN (3, 4) AND :state IN (5, 6) THEN q ELSE before END,"
                    " state = :state, code = :code, detail = :detail, beside = :beside, q = :q,"
                    " answered_at = :now WHERE n = :n",
                    "i:state", (gint64)after, "t:code", verdict->code, "t:detail", verdict->detail, "t:beside", beside,
                    "i:q", verdict->q, "i:now", td_now (), "i:n", n, NULL);
}

static gboolean
record_verdicts (Pull *pull, const TdSyncAnswer *answer, GError **error)
{
  for (guint i = 0; i < answer->res->len; i++)
    if (!record_verdict (pull, answer->res->pdata[i], error))
      return FALSE;
  return td_store_acknowledge (pull->store, answer->n, error);
}

/* An operation leaves the replay when the mirror has reached it: no flicker. */
static gboolean
let_go (Pull *pull, GError **error)
{
  if (!td_db_run (pull->store->db, error, "UPDATE outbox SET state = :done WHERE state = :settled AND q <= :cursor",
                  "i:done", (gint64)TD_OUT_DONE, "i:settled", (gint64)TD_OUT_SETTLED, "i:cursor", pull->cursor, NULL))
    return FALSE;
  pull->moved = pull->moved || td_db_changes (pull->store->db) > 0;
  return TRUE;
}

/* ---- the rest of an answer ------------------------------------------------------------------ */

/* What stands before the first "~" names the history. */
static gboolean
same_history (const char *one, const char *other)
{
  return strcspn (one, "~") == strcspn (other, "~") && strncmp (one, other, strcspn (one, "~")) == 0;
}

/* Two processes may ask at once; a page that comes late never moves the cursor back. */
static gboolean
move_cursor (Pull *pull, const TdSyncAnswer *answer, GError **error)
{
  g_autofree char *present = td_store_get (pull->store, TD_META_CURSOR);
  g_autofree char *old = NULL, *incarnation = NULL;
  gint64 before;

  if (!split_cursor (answer->cur, &incarnation, &pull->cursor))
    {
      g_set_error (error, TD_STORE_ERROR, TD_STORE_ERROR_ANSWER, "cursor %s", answer->cur);
      return FALSE;
    }
  if (split_cursor (present, &old, &before) && same_history (old, incarnation) && before > pull->cursor)
    {
      pull->cursor = before;
      return TRUE;
    }
  return td_store_set (pull->store, TD_META_CURSOR, answer->cur, error);
}

static gboolean
set_if_new (Pull *pull, const char *name, const char *value, GError **error)
{
  g_autofree char *present = td_store_get (pull->store, name);

  if (strcmp (present, value) == 0)
    return TRUE;
  pull->moved = TRUE;
  return td_store_set (pull->store, name, value, error);
}

static gboolean
note_skew (TdStore *self, gint64 skew, GError **error)
{
  return td_store_set_int (self, TD_META_SKEW, skew, error)
         && td_store_set_int (self, TD_META_LAST_EXCHANGE, td_now (), error)
         && (ABS (skew) > TD_CLOCK_TOLERANCE || td_store_note_clock (self, TRUE, error));
}

static gboolean
set_clock (Pull *pull, const TdSyncAnswer *answer, GError **error)
{
  TdStore *self = pull->store;

  return set_if_new (pull, TD_META_DAY, answer->day, error)
         && set_if_new (pull, TD_META_PRACTICE, answer->practice ? "1" : "", error)
         && td_store_set (self, TD_META_HEAD, answer->head, error)
         && td_store_set (self, TD_META_TAG, answer->tag, error) && note_skew (self, answer->t - td_now (), error);
}

static gboolean
set_files (Pull *pull, const TdSyncAnswer *answer, GError **error)
{
  gint64 waiting = 0;

  if (!td_db_get_int (pull->store->db, &waiting, error, "SELECT count(*) FROM outbox WHERE state IN (0, 1, 2, 3)",
                      NULL))
    return FALSE;
  return td_files_needed (pull->store, answer->need, !answer->more && waiting == 0, error);
}

gboolean
td_store_note_exchange (TdStore *self, gint64 skew, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  gboolean settled;

  g_return_val_if_fail (self != NULL, FALSE);

  return td_transaction_begin (&transaction, self->db, error) && note_skew (self, skew, error)
         && td_store_settle_carried (self, &settled, error) && td_transaction_commit (&transaction, error);
}

/* What it says of the line is of the day it was written; what it says of the state holds where it carried us on. */
static gboolean
set_by_hand (Pull *pull, const TdSyncAnswer *answer, GError **error)
{
  TdStore *self = pull->store;
  g_autofree char *cursor = td_store_get (self, TD_META_CURSOR);
  gint64 last = td_store_get_int (self, TD_META_LAST_EXCHANGE, 0);

  if (!td_store_set_int (self, TD_META_LAST_EXCHANGE, MAX (last, answer->t), error))
    return FALSE;
  if (strcmp (cursor, answer->cur) != 0)
    return TRUE;
  return set_if_new (pull, TD_META_DAY, answer->day, error)
         && set_if_new (pull, TD_META_PRACTICE, answer->practice ? "1" : "", error)
         && td_store_set (self, TD_META_HEAD, answer->head, error)
         && td_store_set (self, TD_META_TAG, answer->tag, error) && set_files (pull, answer, error);
}

static gboolean
apply (TdStore *self, const TdSyncAnswer *answer, gboolean by_hand, gboolean *moved, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_auto (Pull) pull = { self, NULL, 0, FALSE };
  gboolean settled = FALSE;

  pull.state = td_store_mirror (self);
  if (!td_transaction_begin (&transaction, self->db, error) || !put_changes (&pull, answer, error)
      || !move_cursor (&pull, answer, error) || !record_verdicts (&pull, answer, error) || !let_go (&pull, error))
    return FALSE;
  if (by_hand ? !set_by_hand (&pull, answer, error)
              : !set_clock (&pull, answer, error) || !set_files (&pull, answer, error))
    return FALSE;
  if (!by_hand && (!td_store_forget_revoked (self, error) || !td_store_forget_recovery (self, error)))
    return FALSE;
  if ((!answer->more && !drop_stale (&pull, error)) || !td_store_settle_carried (self, &settled, error))
    return FALSE;
  if (!td_transaction_commit (&transaction, error))
    return FALSE;
  if (moved != NULL)
    *moved = pull.moved || settled;
  return TRUE;
}

/**
 * td_store_apply_answer:
 * @answer: one whose header and echo were right
 * @moved: (out) (optional): whether the screen may show something else now
 * @error: TD_STORE_ERROR_ANSWER for one that contradicts what we sent; then nothing is changed
 */
gboolean
td_store_apply_answer (TdStore *self, const TdSyncAnswer *answer, gboolean *moved, GError **error)
{
  g_return_val_if_fail (self != NULL && answer != NULL, FALSE);

  return apply (self, answer, FALSE, moved, error);
}

/* Everything an answer after @from builds on must be here. */
static gboolean
follows (TdStore *self, const char *from)
{
  g_autofree char *present = td_store_get (self, TD_META_CURSOR);
  g_autofree char *ours = NULL, *theirs = NULL;
  gint64 here, there;

  if (*from == '\0' || strcmp (present, from) == 0)
    return TRUE;
  return split_cursor (present, &ours, &here) && split_cursor (from, &theirs, &there) && same_history (ours, theirs)
         && here > there;
}

/**
 * td_store_apply_receipt:
 * @answers: (element-type TdSyncAnswer): of one receipt, in order
 * @from: the cursor they begin at
 * @life: of the numbers they speak of
 * @error: TD_STORE_ERROR_ANSWER for one that doesn't fit here; then nothing is changed
 *
 * The answers of a receipt that came by hand, all or none: like those over the line, but what is said of
 * the clock is old, and verdicts for a life that has ended come again for the new one.
 */
gboolean
td_store_apply_receipt (
    TdStore *self, GPtrArray *answers, const char *from, const char *life, gboolean *moved, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  gboolean ours;

  g_return_val_if_fail (self != NULL && answers != NULL && from != NULL && life != NULL, FALSE);

  *moved = FALSE;
  ours = strcmp (life, self->life) == 0;
  if (!follows (self, from))
    {
      g_set_error (error, TD_STORE_ERROR, TD_STORE_ERROR_ANSWER, "begins at %s", from);
      return FALSE;
    }
  if (!td_transaction_begin (&transaction, self->db, error))
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    {
      TdSyncAnswer *answer = answers->pdata[i];
      gboolean one = FALSE;

      if (!ours)
        g_ptr_array_set_size (answer->res, 0);
      answer->n = MAX (ours ? answer->n : 0, td_store_acknowledged (self));
      if (!apply (self, answer, TRUE, &one, error))
        return FALSE;
      *moved = *moved || one;
    }
  return td_transaction_commit (&transaction, error);
}

/* ---- what was unreadable ---------------------------------------------------------------------- */

static gboolean
reread_one (Pull *pull, const char *kind, const char *id, GError **error)
{
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) json = NULL;
  gint64 q = 0;
  gboolean read;

  if (!td_db_get_text (pull->store->db, &body, error, "SELECT body FROM unread WHERE kind = :kind AND id = :id",
                       "t:kind", kind, "t:id", id, NULL)
      || !td_db_get_int (pull->store->db, &q, error, "SELECT q FROM unread WHERE kind = :kind AND id = :id", "t:kind",
                         kind, "t:id", id, NULL))
    return FALSE;
  json = body != NULL ? td_json_parse_object (body, -1, TD_SYNC_INFLATED_MAX, NULL) : NULL;
  return json == NULL || put (pull, kind, id, json, q, &read, error);
}

gboolean
td_store_reread (TdStore *self, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_auto (Pull) pull = { self, NULL, 0, FALSE };
  g_autoptr (GPtrArray) kinds = NULL, ids = NULL;

  if (!td_transaction_begin (&transaction, self->db, error))
    return FALSE;
  kinds = td_db_get_list (self->db, error, "SELECT kind FROM unread ORDER BY kind, id", NULL);
  ids = kinds != NULL ? td_db_get_list (self->db, error, "SELECT id FROM unread ORDER BY kind, id", NULL) : NULL;
  if (ids == NULL)
    return FALSE;
  pull.state = td_store_mirror (self);
  for (guint i = 0; i < ids->len; i++)
    if (!reread_one (&pull, kinds->pdata[i], ids->pdata[i], error))
      return FALSE;
  return td_transaction_commit (&transaction, error);
}
