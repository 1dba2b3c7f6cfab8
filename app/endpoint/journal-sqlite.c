/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/journal-sqlite.h"

#include "endpoint/journal-private.h"

#define APPLICATION_ID 0x54644a31 /* "TdJ1" */

static const char schema_1[] =
    /* Values of the endpoint itself: incarnation, seed of its key, catalogue in force. */
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    /* Every catalogue file that was ever in force: the journal is replayed under them. */
    "CREATE TABLE document (digest TEXT PRIMARY KEY, text TEXT NOT NULL);"
    /* The truth: each operation once, in the order it was judged, with what it was judged
     * under. Never changed, never deleted. */
    "CREATE TABLE op (q INTEGER PRIMARY KEY, key TEXT NOT NULL, life TEXT NOT NULL, i INTEGER NOT NULL,"
    "  id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, digest TEXT NOT NULL, sig TEXT NOT NULL, chain TEXT NOT NULL,"
    "  at INTEGER NOT NULL, context TEXT NOT NULL, ok INTEGER NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL,"
    "  beside TEXT NOT NULL, head TEXT NOT NULL);"
    /* Which operation came under which number: an operation may travel in several envelopes. */
    "CREATE TABLE envelope (key TEXT NOT NULL, life TEXT NOT NULL, i INTEGER NOT NULL, id TEXT NOT NULL,"
    "  PRIMARY KEY (key, life, i)) WITHOUT ROWID;"
    /* Where each life of a device stands. */
    "CREATE TABLE life (key TEXT NOT NULL, life TEXT NOT NULL, n INTEGER NOT NULL, tip TEXT NOT NULL,"
    "  PRIMARY KEY (key, life)) WITHOUT ROWID;"
    /* Who was shown what, and when last. Can be made again by replaying. */
    "CREATE TABLE shown (scope TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, q INTEGER NOT NULL,"
    "  PRIMARY KEY (scope, kind, id)) WITHOUT ROWID;"
    "CREATE INDEX shown_order ON shown (scope, q, kind, id);"
    /* Enrolment codes, by the part that names them; only the hash of the secret part. */
    "CREATE TABLE code (slot TEXT PRIMARY KEY, hash TEXT NOT NULL, unit TEXT NOT NULL, roles TEXT NOT NULL,"
    "  expires INTEGER NOT NULL, tries INTEGER NOT NULL, used_by TEXT NOT NULL) WITHOUT ROWID;"
    /* SHA-256 of each device's token. */
    "CREATE TABLE token (hash TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE) WITHOUT ROWID;"
    /* Files that are whole on the disk, and the units that may rely on one. */
    "CREATE TABLE file (sha TEXT PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE holder (unit TEXT NOT NULL, sha TEXT NOT NULL, PRIMARY KEY (unit, sha)) WITHOUT "
    "ROWID;" TD_ENTITIES_SCHEMA "CREATE INDEX term_text ON term (term, kind, id);";

static const char schema_2[] =
    /* What a device sent that may not count: kept in the order it came, unapplied, until the administrator decides.
     * name: as in op. state: TdLateState. */
    "CREATE TABLE late (n INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, key TEXT NOT NULL,"
    "  life TEXT NOT NULL, i INTEGER NOT NULL, body TEXT NOT NULL, sig TEXT NOT NULL, chain TEXT NOT NULL,"
    "  at INTEGER NOT NULL, state INTEGER NOT NULL);"
    "CREATE INDEX late_key ON late (key, state, n);"
    /* Files that came with it by hand: on the disk, and nobody may rely on them yet. */
    "CREATE TABLE late_file (key TEXT NOT NULL, sha TEXT NOT NULL, PRIMARY KEY (key, sha)) WITHOUT ROWID;";

static const char schema_3[] =
    /* Of what was lost by a restored endpoint: where it stood, and when that was. */
    "ALTER TABLE late ADD COLUMN q INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE late ADD COLUMN t INTEGER NOT NULL DEFAULT 0;";

static const char *const migrations[] = { schema_1, schema_2, schema_3, NULL };

void
td_journal_fault (TdJournalSqlite *self, GError *error)
{
  if (self->fault == NULL)
    self->fault = error;
  else
    g_clear_error (&error);
}

char *
td_journal_text (char *text)
{
  return text == NULL ? g_strdup ("") : text;
}

void
td_journal_each (TdJournalSqlite *self, TdStmt *statement, TdJournalRow row, gpointer data)
{
  GError *error = NULL;
  TdStep step = TD_STEP_DONE;

  while (statement != NULL && (step = td_stmt_step (statement, &error)) == TD_STEP_ROW)
    if (!row (data, td_stmt_int (statement, 0), td_stmt_text (statement, 1), td_stmt_text (statement, 2),
              td_stmt_text (statement, 3)))
      break;
  if (step == TD_STEP_ERROR)
    td_journal_fault (self, error);
  td_stmt_free (statement);
}

/* ---- transactions ------------------------------------------------------------ */

static void
journal_free (TdJournal *journal)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;

  td_transaction_clear (&self->transaction);
  td_entities_clear (&self->entities);
  g_clear_pointer (&self->db, td_db_free);
  g_clear_error (&self->fault);
  g_free (self);
}

static gboolean
journal_begin (TdJournal *journal, GError **error)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;

  g_clear_error (&self->fault);
  return td_transaction_begin (&self->transaction, self->db, error);
}

static gboolean
journal_ok (TdJournal *journal, GError **error)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;

  if (self->fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->fault));
      td_entities_ok (&self->entities, NULL);
      return FALSE;
    }
  return td_entities_ok (&self->entities, error);
}

static void
journal_rollback (TdJournal *journal)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;

  td_transaction_clear (&self->transaction);
  journal_ok (journal, NULL);
}

static gboolean
journal_commit (TdJournal *journal, GError **error)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;

  if (journal_ok (journal, error) && td_transaction_commit (&self->transaction, error))
    return TRUE;
  td_transaction_clear (&self->transaction);
  return FALSE;
}

/* ---- values and documents ---------------------------------------------------- */

static char *
journal_get (TdJournal *journal, const char *name)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  char *value = NULL;

  if (!td_db_get_text (self->db, &value, &error, "SELECT value FROM meta WHERE name = :name", "t:name", name, NULL))
    td_journal_fault (self, error);
  return td_journal_text (value);
}

static void
journal_set (TdJournal *journal, const char *name, const char *value)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "INSERT OR REPLACE INTO meta (name, value) VALUES (:name, :value)", "t:name", name,
                  "t:value", value, NULL))
    td_journal_fault (self, error);
}

static char *
journal_document (TdJournal *journal, const char *digest)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  char *text = NULL;

  if (!td_db_get_text (self->db, &text, &error, "SELECT text FROM document WHERE digest = :digest", "t:digest", digest,
                       NULL))
    td_journal_fault (self, error);
  return text;
}

static void
journal_add_document (TdJournal *journal, const char *digest, const char *text)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;

  if (!td_db_run (self->db, &error, "INSERT OR IGNORE INTO document (digest, text) VALUES (:digest, :text)", "t:digest",
                  digest, "t:text", text, NULL))
    td_journal_fault (self, error);
}

/* ---- state ------------------------------------------------------------------- */

typedef struct
{
  TdJournalSqlite *journal;
  gint64 q;
} Showing;

static void
show_one (gpointer data, const char *scope, const char *kind, const char *id)
{
  Showing *showing = data;
  GError *error = NULL;

  if (!td_db_run (showing->journal->db, &error,
                  "INSERT OR REPLACE INTO shown (scope, kind, id, q) VALUES (:scope, :kind, :id, :q)", "t:scope", scope,
                  "t:kind", kind, "t:id", id, "i:q", showing->q, NULL))
    td_journal_fault (showing->journal, error);
}

static TdState *
journal_state (TdJournal *journal, gboolean (*file_whole) (gpointer data, const char *sha), gpointer data)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;

  self->entities.file_whole = file_whole;
  self->entities.data = data;
  return td_entities_state (&self->entities);
}

/* What @from was shown, and may rely on, is @to's as well from now on. */
static void
show_all (gpointer data, const char *from, const char *to)
{
  Showing *showing = data;
  TdDb *db = showing->journal->db;
  GError *error = NULL;

  if (!td_db_run (db, &error,
                  "INSERT OR REPLACE INTO shown (scope, kind, id, q)"
                  " SELECT :to, kind, id, :q FROM shown WHERE scope = :from",
                  "t:to", to, "i:q", showing->q, "t:from", from, NULL)
      || !td_db_run (db, &error,
                     "INSERT OR IGNORE INTO holder (unit, sha) SELECT :to, sha FROM holder WHERE unit = :from", "t:to",
                     to, "t:from", from, NULL))
    td_journal_fault (showing->journal, error);
}

static void
journal_write_state (TdJournal *journal, TdState *state, gint64 q)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  Showing showing = { self, q };
  GError *error = NULL;

  if (!td_entities_write (&self->entities, state, q, &error))
    td_journal_fault (self, error);
  td_state_each_shown_as (state, show_all, &showing);
  td_state_each_shown (state, show_one, &showing);
}

static char *
journal_entity (TdJournal *journal, const char *kind, const char *id)
{
  return td_entities_body (&((TdJournalSqlite *)journal)->entities, kind, id);
}

static void
journal_each_entity (TdJournal *journal, TdJournalRow row, gpointer data)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  TdStmt *statement = td_db_query (self->db, &error, "SELECT q, kind, id, body FROM entity ORDER BY kind, id", NULL);

  if (statement == NULL)
    td_journal_fault (self, error);
  td_journal_each (self, statement, row, data);
}

static void
journal_each_view (TdJournal *journal, TdJournalRow row, gpointer data)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  TdStmt *statement = td_db_query (self->db, &error,
                                   "SELECT q, scope, kind || ' ' || id, '' FROM shown ORDER BY scope, kind, id", NULL);

  if (statement == NULL)
    td_journal_fault (self, error);
  td_journal_each (self, statement, row, data);
}

/* Each arm comes out of its index in order, so a page costs what it holds, not
 * what is left. */
#define SHOWN_TO(scope)                                                                                                \
  "SELECT q, kind, id, (SELECT body FROM entity WHERE entity.kind = shown.kind AND entity.id = shown.id)"              \
  " FROM shown WHERE scope = " scope " AND kind <> 'file' AND (q, kind, id) > (:from, :kind, :id)"

static void
journal_each_shown (
    TdJournal *journal, const char *unit, gint64 q, const char *kind, const char *id, TdJournalRow row, gpointer data)
{
  TdJournalSqlite *self = (TdJournalSqlite *)journal;
  GError *error = NULL;
  TdStmt *statement
      = td_db_query (self->db, &error, SHOWN_TO (":unit") " UNION ALL " SHOWN_TO ("'*'") " ORDER BY 1, 2, 3", "t:unit",
                     unit, "i:from", q + 1, "t:kind", kind, "t:id", id, NULL);

  if (statement == NULL)
    td_journal_fault (self, error);
  td_journal_each (self, statement, row, data);
}

/**
 * td_journal_sqlite_new:
 * @path: (nullable): the file, made when missing; %NULL: in memory
 * @error: TD_DB_ERROR
 *
 * Returns: (transfer full) (nullable): an open journal
 */
TdJournal *
td_journal_sqlite_new (const char *path, GError **error)
{
  TdDbSchema schema = { .application_id = APPLICATION_ID, .migrations = migrations };
  TdDb *db = td_db_open (path, &schema, error);
  TdJournalSqlite *self;

  if (db == NULL)
    return NULL;
  self = g_new0 (TdJournalSqlite, 1);
  self->db = db;
  td_entities_init (&self->entities, db, NULL, NULL);
  self->interface = (TdJournal){
    .free = journal_free,
    .begin = journal_begin,
    .commit = journal_commit,
    .rollback = journal_rollback,
    .ok = journal_ok,
    .get = journal_get,
    .set = journal_set,
    .document = journal_document,
    .add_document = journal_add_document,
    .state = journal_state,
    .write_state = journal_write_state,
    .entity = journal_entity,
    .each_entity = journal_each_entity,
    .each_view = journal_each_view,
    .each_shown = journal_each_shown,
  };
  td_journal_bind_ops (&self->interface);
  td_journal_bind_access (&self->interface);
  td_journal_bind_late (&self->interface);
  return &self->interface;
}
