/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/journal-private.h"

/* What devices sent that may not count, until the administrator decides. */

/* What came again after a new enrolment is in the journal: nothing is left to decide. */
#define STILL_WAITS "NOT EXISTS (SELECT 1 FROM op WHERE op.id = late.name)"

static void
journal_add_late (TdJournal *journal, const TdLate *late)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error,
                  "INSERT OR IGNORE INTO late (name, key, life, i, body, sig, chain, at, state, q, t)"
                  " VALUES (:name, :key, :life, :i, :body, :sig, :chain, :at, :state, :q, :t)",
                  "t:name", late->name, "t:key", late->key, "t:life", late->life, "i:i", late->i, "t:body", late->body,
                  "t:sig", late->sig, "t:chain", late->chain, "i:at", late->at, "i:state", (gint64)late->state, "i:q",
                  late->q, "i:t", late->t, NULL))
    td_journal_fault (self, error);
}

static TdLate *
read_late (TdStmt *statement)
{
  TdLate *late = g_new0 (TdLate, 1);

  late->name = g_strdup (td_stmt_text (statement, 0));
  late->key = g_strdup (td_stmt_text (statement, 1));
  late->life = g_strdup (td_stmt_text (statement, 2));
  late->i = td_stmt_int (statement, 3);
  late->body = g_strdup (td_stmt_text (statement, 4));
  late->sig = g_strdup (td_stmt_text (statement, 5));
  late->chain = g_strdup (td_stmt_text (statement, 6));
  late->at = td_stmt_int (statement, 7);
  late->state = (TdLateState)td_stmt_int (statement, 8);
  late->q = td_stmt_int (statement, 9);
  late->t = td_stmt_int (statement, 10);
  return late;
}

static GPtrArray *
list_late (TdJournalSqlite *self, TdStmt *query, GError *error)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)td_late_free);
  g_autoptr (TdStmt) statement = query;
  TdStep step = TD_STEP_ERROR;

  while (statement != NULL && (step = td_stmt_step (statement, &error)) == TD_STEP_ROW)
    g_ptr_array_add (list, read_late (statement));
  if (step == TD_STEP_ERROR)
    td_journal_fault (self, error);
  return list;
}

#define LATE_COLUMNS "SELECT name, key, life, i, body, sig, chain, at, state, q, t FROM late"

static GPtrArray *
journal_late (TdJournal *journal, const char *key)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  TdStmt *query
      = td_db_query (self->db, &error,
                     LATE_COLUMNS " WHERE state = :waits AND (:key = '' OR key = :key) AND " STILL_WAITS " ORDER BY n",
                     "i:waits", (gint64)TD_LATE_WAITS, "t:key", key == NULL ? "" : key, NULL);

  return list_late (self, query, error);
}

/* What never had a verdict comes last, as it came. */
static GPtrArray *
journal_lost (TdJournal *journal)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  TdStmt *query
      = td_db_query (self->db, &error, LATE_COLUMNS " WHERE state = :lost AND " STILL_WAITS " ORDER BY q = 0, q, n",
                     "i:lost", (gint64)TD_LATE_LOST, NULL);

  return list_late (self, query, error);
}

static gint64
journal_lost_up_to (TdJournal *journal, const char *key, const char *life)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  gint64 last = 0;

  if (!td_db_get_int (self->db, &last, &error,
                      "SELECT coalesce (max (i), 0) FROM late WHERE key = :key AND life = :life AND state = :lost",
                      "t:key", key, "t:life", life, "i:lost", (gint64)TD_LATE_LOST, NULL))
    td_journal_fault (self, error);
  return last;
}

static void
journal_count_late (TdJournal *journal, const char *key, TdLateState state, gint64 *operations, gint64 *bytes)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  g_autoptr (TdStmt) statement
      = td_db_query (self->db, &error,
                     "SELECT count(*), coalesce (sum (length (body)), 0) FROM late"
                     " WHERE key = :key AND state = :state"
                     " AND (state <> :waits OR " STILL_WAITS ")",
                     "t:key", key, "i:state", (gint64)state, "i:waits", (gint64)TD_LATE_WAITS, NULL);
  TdStep step = statement == NULL ? TD_STEP_ERROR : td_stmt_step (statement, &error);

  if (step == TD_STEP_ERROR)
    td_journal_fault (self, error);
  *operations = step == TD_STEP_ROW ? td_stmt_int (statement, 0) : 0;
  if (bytes != NULL)
    *bytes = step == TD_STEP_ROW ? td_stmt_int (statement, 1) : 0;
}

static void
journal_decide_late (TdJournal *journal, const char *name, TdLateState state)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "UPDATE late SET state = :state WHERE name = :name", "i:state", (gint64)state,
                  "t:name", name, NULL))
    td_journal_fault (self, error);
}

static void
journal_add_late_file (TdJournal *journal, const char *key, const char *sha)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "INSERT OR IGNORE INTO late_file (key, sha) VALUES (:key, :sha)", "t:key", key,
                  "t:sha", sha, NULL))
    td_journal_fault (self, error);
}

static GPtrArray *
journal_late_files (TdJournal *journal, const char *key)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  GPtrArray *shas = td_db_get_list (self->db, &error, "SELECT sha FROM late_file WHERE key = :key ORDER BY sha",
                                    "t:key", key, NULL);

  if (shas != NULL)
    return shas;
  td_journal_fault (self, error);
  return g_ptr_array_new_with_free_func (g_free);
}

static void
journal_drop_late_files (TdJournal *journal, const char *key)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "DELETE FROM late_file WHERE key = :key", "t:key", key, NULL))
    td_journal_fault (self, error);
}

void
td_journal_bind_late (TdJournal *interface)
{
  interface->add_late = journal_add_late;
  interface->late = journal_late;
  interface->lost = journal_lost;
  interface->lost_up_to = journal_lost_up_to;
  interface->count_late = journal_count_late;
  interface->decide_late = journal_decide_late;
  interface->add_late_file = journal_add_late_file;
  interface->late_files = journal_late_files;
  interface->drop_late_files = journal_drop_late_files;
}
