/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "dossier/crypto.h"
#include "endpoint/replay.h"

#include <string.h>

/* The invariants of the design (§9), each under its name:
 *   durable       what is answered is committed
 *   verdict       what was said of an operation once holds for ever
 *   doubled       nothing is in the journal twice
 *   sequence      the journal has no gap, its audit chain holds, it never loses an entry
 *   clock         the time of a commit is the endpoint's
 *   custody       one holder, one stage; nobody moves what he doesn't hold (sim-custody.c)
 *   rights        nobody writes another unit's record
 *   visible       nobody is shown what he may not see
 *   beside        what rested on an older value is kept beside
 *   saved         what a desk said is saved is there after a kill
 *   kept          each operation is exactly in one of outbox, accepted, refused, and refused ones stay
 *   acknowledged  what a desk calls sent is in the journal
 *   cursor        a mirror holds everything up to its cursor
 *   files         what has a name has the bytes of that name
 *   progress      nothing holds up anything for ever
 *   mirror        at rest each mirror is exactly what the endpoint shows, both ways
 *   calls         a code read over the telephone counts for the trình it was read out for, and for no other
 *   texts         at rest every last word typed is in the journal
 *   replay        the journal played from nothing is the state, byte for byte */

void
sim_logged_free (gpointer data)
{
  SimLogged *self = data;

  g_free (self->id);
  g_free (self->key);
  g_free (self->digest);
  g_free (self->code);
  g_free (self->body);
  g_free (self);
}

void
sim_kept_free (gpointer data)
{
  SimKept *self = data;

  g_free (self->digest);
  g_free (self);
}

/* ---- the journal, as the second connection sees it ------------------------------------------------------------------- */

/* Compiled once for each opening of the witness; ends with answered(). */
static sqlite3_stmt *
ask (const char *sql, const char *first, const char *second)
{
  sqlite3_stmt *row = g_hash_table_lookup (sim->asked, sql);

  if (row == NULL)
    {
      if (sqlite3_prepare_v2 (sim->witness, sql, -1, &row, NULL) != SQLITE_OK)
        g_error ("the witness: %s", sqlite3_errmsg (sim->witness));
      g_hash_table_insert (sim->asked, (gpointer)sql, row);
    }
  if (first != NULL)
    sqlite3_bind_text (row, 1, first, -1, SQLITE_TRANSIENT);
  if (second != NULL)
    sqlite3_bind_text (row, 2, second, -1, SQLITE_TRANSIENT);
  return row;
}

static void
answered (sqlite3_stmt *row)
{
  sqlite3_reset (row);
  sqlite3_clear_bindings (row);
}

static const char *
text_at (sqlite3_stmt *row, int column)
{
  const char *text = (const char *)sqlite3_column_text (row, column);

  return text == NULL ? "" : text;
}

char *
sim_entity (const char *kind, const char *id)
{
  sqlite3_stmt *row = ask ("SELECT body FROM entity WHERE kind = ? AND id = ?", kind, id);
  char *body = sqlite3_step (row) == SQLITE_ROW ? g_strdup (text_at (row, 0)) : NULL;

  answered (row);
  return body;
}

/* Its author may have settled it himself since. */
static gboolean
is_settled (const SimLogged *op)
{
  for (guint i = (guint)op->q; i < sim->log->len; i++)
    if (strstr (((SimLogged *)sim->log->pdata[i])->body, op->id) != NULL)
      return TRUE;
  return FALSE;
}

static void
check_beside (const SimLogged *op)
{
  g_autoptr (JsonObject) json = td_json_parse_object (op->body, -1, TD_STEP_MAX, NULL);
  g_autofree char *record = sim_entity ("record", td_json_string (json, "r"));

  if ((record == NULL || strstr (record, op->id) == NULL) && !is_settled (op))
    sim_fail ("beside", "operation %s was kept beside, and is nowhere", op->id);
}

static void
check_head (const SimLogged *op, const char *head, const char *chain)
{
  TdLogged logged = { .q = op->q, .chain = (char *)chain, .ok = op->ok, .code = op->code, .at = op->at };
  g_autofree char *expected = td_centre_head (sim->head, &logged);

  if (strcmp (head, expected) != 0)
    sim_fail ("sequence", "the audit chain breaks at %" G_GINT64_FORMAT, op->q);
  g_free (sim->head);
  sim->head = g_strdup (head);
}

/* One entry that was committed since the last look. */
static void
take_entry (sqlite3_stmt *row)
{
  SimLogged *op = g_new0 (SimLogged, 1);
  SimDesk *by;

  op->q = sqlite3_column_int64 (row, 0);
  op->id = g_strdup (text_at (row, 1));
  op->key = g_strdup (text_at (row, 2));
  op->body = g_strdup (text_at (row, 3));
  op->digest = g_strdup (text_at (row, 4));
  op->ok = sqlite3_column_int (row, 5) != 0;
  op->code = g_strdup (text_at (row, 6));
  op->at = sqlite3_column_int64 (row, 7);
  op->beside = op->ok && *text_at (row, 10) != '\0';
  if (op->q != (gint64)sim->log->len + 1)
    sim_fail ("sequence", "%" G_GINT64_FORMAT " follows %u", op->q, sim->log->len);
  if (!g_hash_table_add (sim->digests, g_strdup (op->digest)))
    sim_fail ("doubled", "the words of %s are in the journal twice", op->id);
  if (op->at != sim_clock (SIM_CENTRE))
    sim_fail ("clock", "%s was committed at %" G_GINT64_FORMAT ", it is %" G_GINT64_FORMAT, op->id, op->at,
              sim_clock (SIM_CENTRE));
  check_head (op, text_at (row, 8), text_at (row, 9));
  g_ptr_array_add (sim->log, op);
  g_hash_table_insert (sim->logged, op->id, op);
  by = sim_desk_of (op->key);
  if (op->ok && by != NULL && sim->failure == NULL)
    sim_custody_follow (op, by);
}

static void
check_nothing_lost (void)
{
  sqlite3_stmt *row = ask ("SELECT max (q) FROM op", NULL, NULL);

  if (sqlite3_step (row) != SQLITE_ROW || sqlite3_column_int64 (row, 0) < (gint64)sim->log->len)
    sim_fail ("sequence", "entry %u is gone", sim->log->len);
  answered (row);
}

void
sim_check_journal (void)
{
  guint before = sim->log->len;

  check_nothing_lost ();
  sqlite3_bind_int64 (sim->witness_ops, 1, sim->log->len);
  while (sim->failure == NULL && sqlite3_step (sim->witness_ops) == SQLITE_ROW)
    take_entry (sim->witness_ops);
  sqlite3_reset (sim->witness_ops);
  for (guint i = before; i < sim->log->len; i++)
    if (((SimLogged *)sim->log->pdata[i])->beside)
      check_beside (sim->log->pdata[i]);
  if (sim->log->len != before)
    sim_custody_compare (before);
}

/* ---- an answer, before it leaves ---------------------------------------------------------------------------------------- */

static void
check_verdict (const TdSyncVerdict *verdict)
{
  g_autofree char *beside = g_strjoinv (",", verdict->beside);
  g_autofree char *said
      = g_strdup_printf ("%d %s %" G_GINT64_FORMAT " %s", verdict->ok, verdict->code, verdict->q, beside);
  const char *before = g_hash_table_lookup (sim->verdicts, verdict->id);

  if (!g_hash_table_contains (sim->logged, verdict->id))
    sim_fail ("durable", "%s is answered, and not in the journal", verdict->id);
  else if (before != NULL && strcmp (before, said) != 0)
    sim_fail ("verdict", "%s was answered “%s”, now “%s”", verdict->id, before, said);
  else if (before == NULL)
    g_hash_table_insert (sim->verdicts, g_strdup (verdict->id), g_strdup (said));
}

void
sim_check_answer (SimDesk *desk, const TdSyncAnswer *answer)
{
  for (guint i = 0; i < answer->res->len; i++)
    check_verdict (answer->res->pdata[i]);
  for (guint i = 0; desk != NULL && i < answer->ch->len; i++)
    {
      const TdSyncChange *change = answer->ch->pdata[i];

      if (!sim_may_see (desk->unit, change->kind, change->id, change->body))
        sim_fail ("visible", "%s is shown %s %s", desk->unit, change->kind, change->id);
    }
}

/* ---- a desk's own operations ---------------------------------------------------------------------------------------------- */

static void
check_said (SimDesk *desk, const char *id, const char *digest, TdOutState state)
{
  const SimLogged *op = g_hash_table_lookup (sim->logged, id);
  gboolean sent = state == TD_OUT_SETTLED || state == TD_OUT_DONE;

  if (state < TD_OUT_SETTLED)
    return;
  if (op == NULL || strcmp (op->digest, digest) != 0)
    sim_fail ("acknowledged", "desk %u calls %s sent, and the endpoint has it not", desk->index, id);
  else if (sent != op->ok)
    sim_fail ("acknowledged", "desk %u takes %s for %s", desk->index, id, sent ? "accepted" : "refused");
}

static gboolean
may_become (TdOutState before, TdOutState after)
{
  if (before <= TD_OUT_SENT)
    return TRUE;
  if (before == TD_OUT_SETTLED)
    return after == TD_OUT_SETTLED || after == TD_OUT_DONE;
  return after == before || (before == TD_OUT_REFUSED && after == TD_OUT_ASIDE);
}

static void
check_row (SimDesk *desk, TdStmt *row, GHashTable *gone, gboolean reopened)
{
  const char *id = td_stmt_text (row, 0), *digest = td_stmt_text (row, 2);
  TdOutState state = (TdOutState)td_stmt_int (row, 1);
  SimKept *kept = g_hash_table_lookup (desk->kept, id);

  g_hash_table_remove (gone, id);
  if (kept == NULL)
    {
      kept = g_new0 (SimKept, 1);
      g_hash_table_insert (desk->kept, g_strdup (id), kept);
    }
  else if (strcmp (kept->digest, digest) != 0 && (reopened || kept->state != TD_OUT_OPEN))
    sim_fail ("saved", "desk %u has other words in %s", desk->index, id);
  else if (!may_become (kept->state, state))
    sim_fail ("kept", "desk %u: %s was %d, now %d", desk->index, id, kept->state, state);
  if (kept->digest == NULL || state != kept->state)
    check_said (desk, id, digest, state);
  if (kept->digest == NULL || strcmp (kept->digest, digest) != 0)
    {
      g_free (kept->digest);
      kept->digest = g_strdup (digest);
    }
  kept->state = state;
}

static gboolean
is_refused (const char *id)
{
  const SimLogged *op = g_hash_table_lookup (sim->logged, id);

  return op != NULL && !op->ok;
}

static gboolean
is_new_life (SimDesk *desk)
{
  return g_strcmp0 (desk->life, td_store_life (desk->store)) != 0;
}

static void
check_gone (SimDesk *desk, GHashTable *gone, gboolean reopened)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, gone);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      SimKept *kept = g_hash_table_lookup (desk->kept, id);
      /* After 90 days by its own clock an accepted one goes; an edit that changes nothing any more does too, and in a
       * new life it has another name. */
      gboolean may = kept->taken_back || kept->state == TD_OUT_DONE
                     || (kept->state == TD_OUT_OPEN && (!reopened || is_new_life (desk)));

      if (!may)
        sim_fail (is_refused (id) ? "kept" : "saved", "desk %u has lost %s, which was %d", desk->index, (char *)id,
                  kept->state);
      g_hash_table_remove (desk->kept, id);
    }
}

/* Numbers of envelopes have no gap after what is acknowledged. */
static void
check_envelopes (SimDesk *desk)
{
  gint64 count = 0, last = 0, acknowledged = td_store_acknowledged (desk->store);

  td_db_get_int (td_store_db (desk->store), &count, NULL,
                 "SELECT count(*) FROM outbox WHERE life = :life AND i > :i AND i > 0", "t:life",
                 td_store_life (desk->store), "i:i", acknowledged, NULL);
  td_db_get_int (td_store_db (desk->store), &last, NULL, "SELECT max (i) FROM outbox WHERE life = :life", "t:life",
                 td_store_life (desk->store), NULL);
  if (count > 0 && last - acknowledged != count)
    sim_fail ("kept", "desk %u has %" G_GINT64_FORMAT " envelopes from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
              desk->index, count, acknowledged, last);
}

/* Its own connection is the only one that writes. */
static gboolean
has_written (SimDesk *desk, gboolean reopened)
{
  gint64 before = desk->written;

  td_db_get_int (td_store_db (desk->store), &desk->written, NULL, "SELECT total_changes()", NULL);
  return reopened || desk->written != before;
}

static void
check_outbox (SimDesk *desk, gboolean reopened)
{
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdStmt) row = NULL;
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, desk->kept);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (gone, id);
  row = td_db_query (td_store_db (desk->store), &error, "SELECT id, state, digest FROM outbox", NULL);
  while (row != NULL && td_stmt_step (row, &error) == TD_STEP_ROW)
    check_row (desk, row, gone, reopened);
  if (error != NULL)
    sim_fail ("saved", "desk %u can't be read: %s", desk->index, error->message);
  check_gone (desk, gone, reopened);
  check_envelopes (desk);
  if (is_new_life (desk))
    {
      g_free (desk->life);
      desk->life = g_strdup (td_store_life (desk->store));
    }
}

/* ---- a desk's mirror ---------------------------------------------------------------------------------------------------------- */

#define SHOWN                                                                                                          \
  "SELECT shown.kind, shown.id, entity.body FROM shown JOIN entity ON entity.kind = shown.kind AND entity.id = "       \
  "shown.id"                                                                                                           \
  " WHERE shown.scope IN (?1, '*') AND shown.q > ?2 AND shown.q <= ?3"

/* Everything shown from one place of the sequence to another is here as the endpoint has it. */
static void
check_shown (SimDesk *desk, gint64 from, gint64 to, const char *check)
{
  sqlite3_stmt *row = ask (SHOWN, desk->unit, NULL);

  sqlite3_bind_int64 (row, 2, from);
  sqlite3_bind_int64 (row, 3, to);
  while (sim->failure == NULL && sqlite3_step (row) == SQLITE_ROW)
    {
      g_autofree char *here = NULL;

      td_db_get_text (td_store_db (desk->store), &here, NULL, "SELECT body FROM entity WHERE kind = :kind AND id = :id",
                      "t:kind", text_at (row, 0), "t:id", text_at (row, 1), NULL);
      if (g_strcmp0 (here, text_at (row, 2)) != 0
          && (here == NULL || !sim_is_let_go (desk->unit, text_at (row, 0), text_at (row, 1))))
        {
          sim_fail (check, "desk %u: %s %s is %s", desk->index, text_at (row, 0), text_at (row, 1),
                    here == NULL ? "missing" : "another one");
          sim_note ("here  %s\nthere %s", here == NULL ? "" : here, text_at (row, 2));
        }
    }
  answered (row);
}

gint64
sim_cursor_of (SimDesk *desk)
{
  g_autofree char *cursor = td_store_get (desk->store, TD_META_CURSOR);
  const char *dot = strrchr (cursor, '.');

  return dot == NULL ? 0 : g_ascii_strtoll (dot + 1, NULL, 10);
}

/* Is there anything it was shown and hasn't got? */
gboolean
sim_has_news (SimDesk *desk)
{
  sqlite3_stmt *row = ask ("SELECT 1 FROM shown WHERE scope IN (?1, '*') AND q > ?2 LIMIT 1", desk->unit, NULL);
  gboolean found;

  sqlite3_bind_int64 (row, 2, sim_cursor_of (desk));
  found = sqlite3_step (row) == SQLITE_ROW;
  answered (row);
  return found;
}

static void
check_cursor (SimDesk *desk)
{
  gint64 cursor = sim_cursor_of (desk);

  if (cursor > (gint64)sim->log->len)
    sim_fail ("cursor", "desk %u is at %" G_GINT64_FORMAT ", the journal ends at %u", desk->index, cursor,
              sim->log->len);
  else if (cursor != desk->checked_q)
    check_shown (desk, desk->checked_q, cursor, "cursor");
  desk->checked_q = cursor;
}

void
sim_check_desk (SimDesk *desk, gboolean reopened)
{
  if (sim->failure != NULL)
    return;
  if (has_written (desk, reopened))
    check_outbox (desk, reopened);
  check_cursor (desk);
}

static void
check_nothing_more (SimDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdStmt) row
      = td_db_query (td_store_db (desk->store), &error, "SELECT kind, id FROM entity ORDER BY kind, id", NULL);
  sqlite3_stmt *shown = ask ("SELECT 1 FROM shown WHERE scope IN (?3, '*') AND kind = ?1 AND id = ?2", NULL, NULL);

  while (row != NULL && td_stmt_step (row, &error) == TD_STEP_ROW)
    {
      sqlite3_bind_text (shown, 1, td_stmt_text (row, 0), -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (shown, 2, td_stmt_text (row, 1), -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (shown, 3, desk->unit, -1, SQLITE_TRANSIENT);
      if (sqlite3_step (shown) != SQLITE_ROW)
        sim_fail ("mirror", "desk %u has %s %s, which it was never shown", desk->index, td_stmt_text (row, 0),
                  td_stmt_text (row, 1));
      answered (shown);
    }
  answered (shown);
}

void
sim_check_mirror (SimDesk *desk)
{
  check_shown (desk, 0, G_MAXINT64, "mirror");
  check_nothing_more (desk);
}

/* ---- files ------------------------------------------------------------------------------------------------------------------------ */

static void
check_bytes (const char *whose, const char *sha, const char *path)
{
  g_autofree char *name = g_strconcat (whose, " ", sha, NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *digest = NULL;
  gboolean found;
  gsize length;

  if (g_hash_table_contains (sim->hashed, name))
    return;
  sim->looking = TRUE;
  found = path != NULL && g_file_get_contents (path, &bytes, &length, NULL);
  sim->looking = FALSE;
  if (!found)
    {
      sim_fail ("files", "%s has no file %s", whose, sha);
      return;
    }
  digest = td_digest (bytes, (gssize)length);
  if (strcmp (digest, sha) != 0)
    sim_fail ("files", "%s has other bytes under %s", whose, sha);
  g_hash_table_add (sim->hashed, g_steal_pointer (&name));
}

static void
check_desk_files (SimDesk *desk)
{
  g_autoptr (TdStmt) row
      = td_db_query (td_store_db (desk->store), NULL, "SELECT sha, here, uploaded FROM file ORDER BY sha", NULL);
  g_autofree char *whose = g_strdup_printf ("desk %u", desk->index);

  while (row != NULL && td_stmt_step (row, NULL) == TD_STEP_ROW)
    {
      const char *sha = td_stmt_text (row, 0);
      g_autofree char *path = td_store_file_path (desk->store, sha);

      if (td_stmt_int (row, 1) != 0)
        check_bytes (whose, sha, path);
      if (td_stmt_int (row, 2) != 0 && td_centre_file_length (sim->centre, sha) < 0)
        sim_fail ("files", "%s calls %s sent, and the endpoint has it not", whose, sha);
    }
}

/** sim_check_files: what the endpoint calls whole, or what a desk has. */
void
sim_check_files (SimDesk *desk)
{
  sqlite3_stmt *row;

  if (desk != NULL)
    {
      check_desk_files (desk);
      return;
    }
  row = ask ("SELECT sha FROM file ORDER BY sha", NULL, NULL);
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      g_autofree char *path = sim_centre_file (text_at (row, 0));

      check_bytes ("the endpoint", text_at (row, 0), path);
    }
  answered (row);
}

/* ---- everything ---------------------------------------------------------------------------------------------------------------------- */

void
sim_check_texts (void)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < sim->log->len; i++)
    g_string_append (all, ((SimLogged *)sim->log->pdata[i])->body);
  for (guint i = 0; i < SIM_DESKS; i++)
    {
      GHashTableIter iter;
      gpointer where, text;

      g_hash_table_iter_init (&iter, sim->desks[i].typed);
      while (g_hash_table_iter_next (&iter, &where, &text))
        if (text != NULL && strstr (all->str, text) == NULL)
          sim_fail ("texts", "desk %u typed %s in %s, and it is nowhere", i, (char *)text, (char *)where);
    }
}

void
sim_check_replay (void)
{
  g_autoptr (GError) error = NULL;

  sim->acting = SIM_CENTRE;
  if (sim->failure == NULL && !td_centre_verify (sim->centre, &error))
    sim_fail ("replay", "%s", error->message);
}
