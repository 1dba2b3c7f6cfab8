/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/journal-private.h"

#include <string.h>

/* Codes, tokens and files. */

static void
journal_add_code (TdJournal *journal, const TdCode *code)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error,
                  "INSERT OR REPLACE INTO code (slot, hash, unit, roles, expires, tries, used_by)"
                  " VALUES (:slot, :hash, :unit, :roles, :expires, :tries, :used_by)",
                  "t:slot", code->slot, "t:hash", code->hash, "t:unit", code->unit, "t:roles", code->roles, "i:expires",
                  code->expires, "i:tries", code->tries, "t:used_by", code->used_by, NULL))
    td_journal_fault (self, error);
}

static TdCode *
read_code (TdStmt *statement)
{
  TdCode *code = td_code_new ();

  code->slot = g_strdup (td_stmt_text (statement, 0));
  code->hash = g_strdup (td_stmt_text (statement, 1));
  code->unit = g_strdup (td_stmt_text (statement, 2));
  code->roles = g_strdup (td_stmt_text (statement, 3));
  code->expires = td_stmt_int (statement, 4);
  code->tries = td_stmt_int (statement, 5);
  code->used_by = g_strdup (td_stmt_text (statement, 6));
  return code;
}

static TdCode *
journal_code (TdJournal *journal, const char *slot)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  g_autoptr (TdStmt) statement = td_db_query (self->db, &error,
                                              "SELECT slot, hash, unit, roles, expires, tries, used_by FROM code"
                                              " WHERE slot = :slot",
                                              "t:slot", slot, NULL);
  TdStep step = statement == NULL ? TD_STEP_ERROR : td_stmt_step (statement, &error);

  if (step == TD_STEP_ERROR)
    td_journal_fault (self, error);
  return step == TD_STEP_ROW ? read_code (statement) : NULL;
}

static void
journal_forget_codes (TdJournal *journal, gint64 expired_before)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "DELETE FROM code WHERE expires < :before", "i:before", expired_before, NULL))
    td_journal_fault (self, error);
}

static void
journal_set_token (TdJournal *journal, const char *hash, const char *key)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "INSERT OR REPLACE INTO token (hash, key) VALUES (:hash, :key)", "t:hash", hash,
                  "t:key", key, NULL))
    td_journal_fault (self, error);
}

static char *
journal_token_key (TdJournal *journal, const char *hash)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  char *key = NULL;

  if (!td_db_get_text (self->db, &key, &error, "SELECT key FROM token WHERE hash = :hash", "t:hash", hash, NULL))
    td_journal_fault (self, error);
  return key;
}

/* ---- files ------------------------------------------------------------------- */

static gint64
journal_file_length (TdJournal *journal, const char *sha)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  gint64 length = -1;

  if (!td_db_get_int (self->db, &length, &error, "SELECT length FROM file WHERE sha = :sha", "t:sha", sha, NULL))
    td_journal_fault (self, error);
  return length;
}

static void
journal_add_file (TdJournal *journal, const char *sha, gint64 length)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "INSERT OR IGNORE INTO file (sha, length) VALUES (:sha, :length)", "t:sha", sha,
                  "i:length", length, NULL))
    td_journal_fault (self, error);
}

static gboolean
journal_holds_file (TdJournal *journal, const char *unit, const char *sha)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  gint64 found = 0;

  if (!td_db_get_int (self->db, &found, &error, "SELECT 1 FROM holder WHERE unit = :unit AND sha = :sha", "t:unit",
                      unit, "t:sha", sha, NULL))
    td_journal_fault (self, error);
  return found == 1;
}

static void
journal_add_holder (TdJournal *journal, const char *unit, const char *sha)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "INSERT OR IGNORE INTO holder (unit, sha) VALUES (:unit, :sha)", "t:unit", unit,
                  "t:sha", sha, NULL))
    td_journal_fault (self, error);
}

static GPtrArray *
journal_wanting (TdJournal *journal, const char *owner, const char *unit, guint most)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  g_autofree char *term = g_strconcat ("owner:", owner, NULL);
  GError *error = NULL;
  GPtrArray *shas = td_db_get_list (self->db, &error,
                                    "SELECT DISTINCT substr (f.term, 6) FROM term AS o"
                                    " JOIN term AS f ON f.kind = 'record' AND f.id = o.id"
                                    "  AND f.term >= 'file:' AND f.term < 'file;'"
                                    " WHERE o.kind = 'record' AND o.term = :owner AND NOT EXISTS"
                                    "  (SELECT 1 FROM holder AS h WHERE h.unit = :unit AND h.sha = substr (f.term, 6))"
                                    " ORDER BY 1 LIMIT :most",
                                    "t:owner", term, "t:unit", unit, "i:most", (gint64)most, NULL);

  if (shas != NULL)
    return shas;
  td_journal_fault (self, error);
  return g_ptr_array_new_with_free_func (g_free);
}

static void
journal_each_naming (TdJournal *journal, const char *unit, const char *sha, TdJournalRow row, gpointer data)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  g_autofree char *term = g_strconcat ("file:", sha, NULL);
  GError *error = NULL;
  TdStmt *statement = td_db_query (self->db, &error,
                                   "SELECT e.q, e.kind, e.id, e.body FROM term AS t"
                                   " JOIN entity AS e ON e.kind = t.kind AND e.id = t.id"
                                   " WHERE t.term = :term AND EXISTS (SELECT 1 FROM shown AS s"
                                   "  WHERE s.scope IN (:unit, '*') AND s.kind = t.kind AND s.id = t.id)",
                                   "t:term", term, "t:unit", unit, NULL);

  if (statement == NULL)
    td_journal_fault (self, error);
  td_journal_each (self, statement, row, data);
}

void
td_journal_bind_access (TdJournal *interface)
{
  interface->add_code = journal_add_code;
  interface->code = journal_code;
  interface->forget_codes = journal_forget_codes;
  interface->set_token = journal_set_token;
  interface->token_key = journal_token_key;
  interface->file_length = journal_file_length;
  interface->add_file = journal_add_file;
  interface->holds_file = journal_holds_file;
  interface->add_holder = journal_add_holder;
  interface->wanting = journal_wanting;
  interface->each_naming = journal_each_naming;
}
