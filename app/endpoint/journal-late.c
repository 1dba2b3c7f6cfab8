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
                  "INSERT OR IGNORE INTO late (name, key, life, i, body, sig, chain, at, state)"
                  " VALUES (:name, :key, :life, :i, :body, :sig, :chain, :at, :waits)",
                  "t:name", late->name, "t:key", late->key, "t:life", late->life, "i:i", late->i, "t:body", late->body,
                  "t:sig", late->sig, "t:chain", late->chain, "i:at", late->at, "i:waits", (gint64)TD_LATE_WAITS, NULL))
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
  return late;
}

static GPtrArray *
journal_late (TdJournal *journal, const char *key)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)td_late_free);
  GError *error = NULL;
  g_autoptr (TdStmt) statement
      = td_db_query (self->db, &error,
                     "SELECT name, key, life, i, body, sig, chain, at FROM late"
                     " WHERE state = :waits AND (:key = '' OR key = :key) AND " STILL_WAITS " ORDER BY n",
                     "i:waits", (gint64)TD_LATE_WAITS, "t:key", key == NULL ? "" : key, NULL);
  TdStep step = TD_STEP_ERROR;

  while (statement != NULL && (step = td_stmt_step (statement, &error)) == TD_STEP_ROW)
    g_ptr_array_add (list, read_late (statement));
  if (step == TD_STEP_ERROR)
    td_journal_fault (self, error);
  return list;
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
  interface->count_late = journal_count_late;
  interface->decide_late = journal_decide_late;
  interface->add_late_file = journal_add_late_file;
  interface->late_files = journal_late_files;
  interface->drop_late_files = journal_drop_late_files;
}
