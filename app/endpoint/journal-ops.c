/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/journal-private.h"

#include "dossier/operation.h"

/* The one sequence and the envelopes it came in. */

#define OP_COLUMNS "q, key, life, i, id, body, digest, sig, chain, at, context, ok, code, detail, beside, head"

static gint64
journal_last_q (TdJournal *journal)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  gint64 q = 0;

  if (!td_db_get_int (self->db, &q, &error, "SELECT coalesce (max (q), 0) FROM op", NULL))
    td_journal_fault (self, error);
  return q;
}

static char *
journal_head (TdJournal *journal)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  char *head = NULL;

  if (!td_db_get_text (self->db, &head, &error, "SELECT head FROM op ORDER BY q DESC LIMIT 1", NULL))
    td_journal_fault (self, error);
  return head == NULL ? g_strdup (TD_CHAIN_START) : head;
}

static void
journal_add_op (TdJournal *journal, const TdLogged *op)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  g_autofree char *beside = g_strjoinv ("\n", op->beside);
  GError *error = NULL;

  if (!td_db_run (self->db, &error,
                  "INSERT INTO op (" OP_COLUMNS ") VALUES (:q, :key, :life, :i, :id, :body, :digest, :sig, :chain,"
                  " :at, :context, :ok, :code, :detail, :beside, :head)",
                  "i:q", op->q, "t:key", op->key, "t:life", op->life, "i:i", op->i, "t:id", op->id, "t:body", op->body,
                  "t:digest", op->digest, "t:sig", op->sig, "t:chain", op->chain, "i:at", op->at, "t:context",
                  op->context, "i:ok", (gint64)op->ok, "t:code", op->code, "t:detail", op->detail, "t:beside", beside,
                  "t:head", op->head, NULL))
    td_journal_fault (self, error);
}

static TdLogged *
read_op (TdStmt *statement)
{
  TdLogged *op = td_logged_new ();

  op->q = td_stmt_int (statement, 0);
  op->key = g_strdup (td_stmt_text (statement, 1));
  op->life = g_strdup (td_stmt_text (statement, 2));
  op->i = td_stmt_int (statement, 3);
  op->id = g_strdup (td_stmt_text (statement, 4));
  op->body = g_strdup (td_stmt_text (statement, 5));
  op->digest = g_strdup (td_stmt_text (statement, 6));
  op->sig = g_strdup (td_stmt_text (statement, 7));
  op->chain = g_strdup (td_stmt_text (statement, 8));
  op->at = td_stmt_int (statement, 9);
  op->context = g_strdup (td_stmt_text (statement, 10));
  op->ok = td_stmt_int (statement, 11) != 0;
  op->code = g_strdup (td_stmt_text (statement, 12));
  op->detail = g_strdup (td_stmt_text (statement, 13));
  op->beside = *td_stmt_text (statement, 14) == '\0' ? g_new0 (char *, 1)
                                                     : g_strsplit (td_stmt_text (statement, 14), "\n", -1);
  op->head = g_strdup (td_stmt_text (statement, 15));
  return op;
}

/* The first row of @statement, which is closed. */
static TdLogged *
take_op (TdJournalSqlite *self, TdStmt *query, GError *error)
{
  g_autoptr (TdStmt) statement = query;
  TdStep step = statement == NULL ? TD_STEP_ERROR : td_stmt_step (statement, &error);

  if (step == TD_STEP_ERROR)
    td_journal_fault (self, error);
  return step == TD_STEP_ROW ? read_op (statement) : NULL;
}

static TdLogged *
journal_op_by_id (TdJournal *journal, const char *id)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  TdStmt *query = td_db_query (self->db, &error, "SELECT " OP_COLUMNS " FROM op WHERE id = :id", "t:id", id, NULL);

  return take_op (self, query, error);
}

static TdLogged *
journal_op_after (TdJournal *journal, gint64 q)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  TdStmt *query
      = td_db_query (self->db, &error, "SELECT " OP_COLUMNS " FROM op WHERE q > :q ORDER BY q LIMIT 1", "i:q", q, NULL);

  return take_op (self, query, error);
}

/* ---- envelopes --------------------------------------------------------------- */

static gint64
journal_position (TdJournal *journal, const char *key, const char *life, char **tip)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  g_autoptr (TdStmt) statement
      = td_db_query (self->db, &error, "SELECT n, tip FROM life WHERE key = :key AND life = :life", "t:key", key,
                     "t:life", life, NULL);
  TdStep step = statement == NULL ? TD_STEP_ERROR : td_stmt_step (statement, &error);

  if (step == TD_STEP_ERROR)
    td_journal_fault (self, error);
  *tip = g_strdup (step == TD_STEP_ROW ? td_stmt_text (statement, 1) : "");
  return step == TD_STEP_ROW ? td_stmt_int (statement, 0) : 0;
}

static void
journal_set_position (TdJournal *journal, const char *key, const char *life, gint64 n, const char *tip)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "INSERT OR REPLACE INTO life (key, life, n, tip) VALUES (:key, :life, :n, :tip)",
                  "t:key", key, "t:life", life, "i:n", n, "t:tip", tip, NULL))
    td_journal_fault (self, error);
}

static char *
journal_envelope (TdJournal *journal, const char *key, const char *life, gint64 i)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  char *id = NULL;

  if (!td_db_get_text (self->db, &id, &error, "SELECT id FROM envelope WHERE key = :key AND life = :life AND i = :i",
                       "t:key", key, "t:life", life, "i:i", i, NULL))
    td_journal_fault (self, error);
  return id;
}

static void
journal_add_envelope (TdJournal *journal, const char *key, const char *life, gint64 i, const char *id)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "INSERT INTO envelope (key, life, i, id) VALUES (:key, :life, :i, :id)", "t:key",
                  key, "t:life", life, "i:i", i, "t:id", id, NULL))
    td_journal_fault (self, error);
}

static gboolean
journal_has_sent (TdJournal *journal, const char *key)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  gint64 found = 0;

  if (!td_db_get_int (self->db, &found, &error, "SELECT 1 FROM life WHERE key = :key LIMIT 1", "t:key", key, NULL))
    td_journal_fault (self, error);
  return found == 1;
}

void
td_journal_bind_ops (TdJournal *interface)
{
  interface->last_q = journal_last_q;
  interface->head = journal_head;
  interface->add_op = journal_add_op;
  interface->op_by_id = journal_op_by_id;
  interface->op_after = journal_op_after;
  interface->position = journal_position;
  interface->set_position = journal_set_position;
  interface->envelope = journal_envelope;
  interface->add_envelope = journal_add_envelope;
  interface->has_sent = journal_has_sent;
}
