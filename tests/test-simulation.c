/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device-fixture.h"
#include "peer.h"

#include "endpoint/replay.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

/* Many desks, one endpoint and a bad line, in one thread, all from a seed: the real store, centre and wire bytes.
 * Clock and random numbers of the programs are ours, so a seed plays the same again. */

#define DESKS 4
#define RECORDS 3
#define MEMBERS 3
#define ROUNDS 160 /* good exchanges until everything must be through */

typedef enum
{
  BUG_NONE,
  BUG_RESEND_ASKS_ANEW,  /* the id of an operation is not looked up */
  BUG_VERDICT_FORGOTTEN, /* a verdict given again is another one */
  BUG_COMMIT_FORGOTTEN,  /* answered, never on the disk */
  BUG_CURSOR_ALONE,      /* the cursor moves, the page is lost */
  BUG_BESIDE_DROPPED,    /* what was written on an older value goes nowhere */
  BUG_SCOPE,             /* a desk is shown another unit's */
  N_BUGS
} Bug;

typedef struct
{
  char *path;
  TdStore *store;
  char *unit, *key;
} Desk;

typedef struct
{
  guint seed;
  Bug bug;
  GRand *random;
  char *folder;
  World *world;
  Desk desks[DESKS];
  char *records[2][RECORDS];
  GPtrArray *late;      /* requests that will arrive once more: GBytes */
  GPtrArray *late_keys; /* of which device */
  GHashTable *verdicts; /* operation -> what was first answered */
  GHashTable *typed;    /* desk, record, member -> the last text */
  GChecksum *trace;
  guint step, words;
  char *failure;
} Sim;

static GRand *program_random;
static gint64 virtual_now;
static gboolean (*real_commit) (TdJournal *, GError **);
static TdLogged *(*real_op_by_id) (TdJournal *, const char *);
static void (*real_each_shown) (TdJournal *, const char *, gint64, const char *, const char *, TdJournalRow, gpointer);
static Sim *present;

/* Instead of GLib's: the program's own clock of the machine that is acting. */
gint64
g_get_real_time (void)
{
  return virtual_now * G_USEC_PER_SEC;
}

static const char *
random_name (void)
{
  return "simulation";
}

static uint32_t
random_word (void)
{
  return g_rand_int (program_random);
}

static void
random_bytes (void *const buffer, const size_t size)
{
  for (gsize i = 0; i < size; i++)
    ((guint8 *)buffer)[i] = (guint8)g_rand_int_range (program_random, 0, 256);
}

static struct randombytes_implementation seeded
    = { .implementation_name = random_name, .random = random_word, .buf = random_bytes };

static void G_GNUC_PRINTF (2, 3) note (Sim *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_checksum_update (self->trace, (const guchar *)text, -1);
  if (g_getenv ("SIM_TRACE") != NULL)
    g_printerr ("%u.%u %s\n", self->seed, self->step, text);
}

static void G_GNUC_PRINTF (2, 3) fail (Sim *self, const char *format, ...)
{
  va_list args;

  if (self->failure != NULL)
    return;
  va_start (args, format);
  self->failure = g_strdup_vprintf (format, args);
  va_end (args);
}

/* ---- planted bugs ------------------------------------------------------------------------ */

static gboolean
bad_commit (TdJournal *journal, GError **error)
{
  if (g_rand_int_range (present->random, 0, 8) != 0)
    return real_commit (journal, error);
  journal->rollback (journal);
  return TRUE;
}

static TdLogged *
bad_op_by_id (TdJournal *journal, const char *id)
{
  TdLogged *known = real_op_by_id (journal, id);

  if (present->bug == BUG_RESEND_ASKS_ANEW)
    g_clear_pointer (&known, td_logged_free);
  else if (known != NULL)
    known->ok = !known->ok;
  return known;
}

static void
bad_each_shown (
    TdJournal *journal, const char *unit, gint64 q, const char *kind, const char *id, TdJournalRow row, gpointer data)
{
  gboolean other = g_rand_int_range (present->random, 0, 8) == 0;

  real_each_shown (journal, other ? present->desks[0].unit : unit, q, kind, id, row, data);
}

static void
plant (Sim *self)
{
  TdJournal *journal = td_centre_journal (self->world->centre);

  present = self;
  real_commit = journal->commit;
  real_op_by_id = journal->op_by_id;
  real_each_shown = journal->each_shown;
  if (self->bug == BUG_COMMIT_FORGOTTEN)
    journal->commit = bad_commit;
  if (self->bug == BUG_RESEND_ASKS_ANEW || self->bug == BUG_VERDICT_FORGOTTEN)
    journal->op_by_id = bad_op_by_id;
  if (self->bug == BUG_SCOPE)
    journal->each_shown = bad_each_shown;
}

static void
drop_beside (TdSyncAnswer *answer)
{
  for (guint i = 0; i < answer->ch->len; i++)
    json_object_remove_member (((TdSyncChange *)answer->ch->pdata[i])->body, "beside");
}

/* ---- the endpoint -------------------------------------------------------------------------- */

static void
start_endpoint (Sim *self)
{
  g_autofree char *path = g_build_filename (self->folder, "centre.db", NULL);

  g_clear_pointer (&self->world, world_free);
  self->world = world_new (path);
  plant (self);
}

/* What was said of an operation once holds for ever. */
static void
check_verdicts (Sim *self, const TdSyncAnswer *answer)
{
  for (guint i = 0; i < answer->res->len; i++)
    {
      const TdSyncVerdict *verdict = answer->res->pdata[i];
      g_autofree char *beside = g_strjoinv (",", verdict->beside);
      g_autofree char *said
          = g_strdup_printf ("%d %s %" G_GINT64_FORMAT " %s", verdict->ok, verdict->code, verdict->q, beside);
      const char *before = g_hash_table_lookup (self->verdicts, verdict->id);

      if (before != NULL && strcmp (before, said) != 0)
        fail (self, "operation %s was answered “%s”, now “%s”", verdict->id, before, said);
      if (before == NULL)
        g_hash_table_insert (self->verdicts, g_strdup (verdict->id), g_strdup (said));
    }
}

/* Nobody's record but this unit's may reach a commune. */
static void
check_scope (Sim *self, const char *unit, const TdSyncAnswer *answer)
{
  for (guint i = 0; i < answer->ch->len; i++)
    {
      const TdSyncChange *change = answer->ch->pdata[i];

      if (strcmp (change->kind, "record") == 0 && g_strcmp0 (td_json_string (change->body, "owner"), unit) != 0
          && g_strcmp0 (td_json_string (change->body, "u"), unit) != 0)
        fail (self, "record %s of another unit reaches %s", change->id, unit);
    }
}

/* The bytes of an answer, NULL where there is none. */
static GBytes *
serve (Sim *self, const char *key, GBytes *bytes, char **problem_type, gint64 *n)
{
  g_autoptr (TdSyncRequest) request = td_sync_request_read (bytes, NULL);
  g_autoptr (TdSyncAnswer) answer = NULL;
  g_autoptr (TdProblem) problem = NULL;

  if (request == NULL)
    return NULL;
  self->world->moment.now++;
  answer = td_centre_sync (self->world->centre, key, request, &self->world->moment, &problem);
  if (answer == NULL)
    {
      *problem_type = g_strdup (problem->type);
      *n = problem->n;
      return NULL;
    }
  check_verdicts (self, answer);
  for (guint i = 0; i < DESKS; i++)
    if (strcmp (self->desks[i].key, key) == 0)
      check_scope (self, self->desks[i].unit, answer);
  if (self->bug == BUG_BESIDE_DROPPED)
    drop_beside (answer);
  return td_sync_answer_write (answer, NULL);
}

/* ---- desks ------------------------------------------------------------------------------------ */

static void
open_desk (Desk *desk)
{
  GError *error = NULL;

  g_clear_pointer (&desk->store, td_store_close);
  desk->store = td_store_open (desk->path, &error);
  g_assert_no_error (error);
}

static void
enrol_desk (Sim *self, Desk *desk, const char *name, const char *unit)
{
  g_autoptr (TdEnrolRequest) request = td_enrol_request_new ();
  g_autoptr (TdEnrolAnswer) answer = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;

  desk->path = g_build_filename (self->folder, name, NULL);
  open_desk (desk);
  desk->key = g_strdup (td_store_key (desk->store));
  request->code
      = (g_free (request->code), td_centre_make_code (self->world->centre, unit, "OL", &self->world->moment, &error));
  g_assert_no_error (error);
  text = td_enrol_text (request->code, desk->key);
  g_free (request->key);
  request->key = g_strdup (desk->key);
  g_free (request->sig);
  request->sig = td_store_sign (desk->store, text);
  answer = td_centre_enrol (self->world->centre, request, &self->world->moment, NULL);
  g_assert_nonnull (answer);
  desk->unit = g_strdup (answer->unit);
  td_store_enroll (desk->store, "http://127.0.0.1:8", answer->unit, answer->roles, answer->token, &error);
  g_assert_no_error (error);
}

/* One member of one record of the unit, from what this desk sees. */
static void
type_text (Sim *self, Desk *desk)
{
  const char *const members[MEMBERS] = { "achievement", "position", "workplace" };
  guint which = desk == &self->desks[DESKS - 1] ? 1 : 0;
  const char *record = self->records[which][g_rand_int_range (self->random, 0, RECORDS)];
  const char *path = members[g_rand_int_range (self->random, 0, MEMBERS)];
  g_autoptr (TdState) view = td_store_view (desk->store, td_centre_campaign (self->world->centre),
                                            td_centre_units (self->world->centre), self->world->moment.day);
  const TdRecord *seen = td_state_record (view, record);
  g_autofree char *old = seen == NULL ? NULL : g_strdup (td_record_get (seen, path));
  g_autofree char *text = g_strdup_printf ("word-%u-", ++self->words);
  g_autofree char *value = td_json_canonical_string (text);
  TdEditOf of = { record, "nomination", desk->unit, record };
  TdChange change = { path, old, value };
  GError *error = NULL;

  td_store_edit (desk->store, &of, &change, 1, NULL, &error);
  g_assert_no_error (error);
  g_hash_table_insert (self->typed, g_strdup_printf ("%s %s %s", desk->path, record, path), g_strdup (text));
  note (self, "type %s %s %s", record, path, text);
}

static GBytes *
ask (Sim *self, Desk *desk, TdSyncRequest **request)
{
  GError *error = NULL;
  GBytes *bytes;

  *request = peer_request (desk->store, (gsize)g_rand_int_range (self->random, 200, 20000));
  g_free ((*request)->k);
  (*request)->k = g_strdup_printf ("%08x", g_rand_int (self->random));
  bytes = td_sync_request_write (*request, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
repair (Sim *self, Desk *desk, const char *problem, gint64 n)
{
  GError *error = NULL;

  note (self, "problem %s", problem);
  if (strcmp (problem, "op-gap") == 0)
    td_store_rewind (desk->store, n, &error);
  else if (strcmp (problem, "device-forked") == 0 || strcmp (problem, "op-chain") == 0)
    td_store_new_life (desk->store, &error);
  else if (strcmp (problem, "cursor-gone") == 0)
    td_store_start_over (desk->store, &error);
  else
    fail (self, "the endpoint says %s", problem);
  g_assert_no_error (error);
}

static void
take (Sim *self, Desk *desk, const char *k, GBytes *bytes)
{
  g_autoptr (TdSyncAnswer) answer = td_sync_answer_read (bytes, NULL);
  GError *error = NULL;

  if (answer == NULL || strcmp (answer->k, k) != 0)
    return;
  if (self->bug == BUG_CURSOR_ALONE && g_rand_int_range (self->random, 0, 4) == 0)
    {
      td_store_set (desk->store, TD_META_CURSOR, answer->cur, NULL);
      return;
    }
  if (!td_store_apply_answer (desk->store, answer, NULL, &error))
    fail (self, "an answer is not taken: %s", error->message);
  g_clear_error (&error);
}

typedef enum
{
  LINE_GOOD,
  LINE_LOST,        /* the request */
  LINE_ANSWER_LOST, /* after the commit */
  LINE_TWICE,
  LINE_LATE, /* it is lost, and arrives later all the same */
  LINE_CUT,  /* the answer, at any byte */
  LINE_OLD,  /* somebody hands over another answer */
  N_LINES
} Line;

static void
exchange (Sim *self, Desk *desk, Line line)
{
  g_autoptr (TdSyncRequest) request = NULL;
  g_autoptr (GBytes) up = ask (self, desk, &request);
  g_autoptr (GBytes) down = NULL, first = NULL, cut = NULL;
  g_autofree char *problem = NULL, *ignored = NULL;
  gint64 n = 0;

  note (self, "exchange %s line %d ops %u", desk->unit, line, request->ops->len);
  if (line == LINE_LATE)
    {
      g_ptr_array_add (self->late, g_bytes_ref (up));
      g_ptr_array_add (self->late_keys, g_strdup (desk->key));
    }
  if (line == LINE_LOST || line == LINE_LATE)
    return;
  if (line == LINE_TWICE)
    first = serve (self, desk->key, up, &ignored, &n);
  down = serve (self, desk->key, up, &problem, &n);
  if (line == LINE_ANSWER_LOST)
    return;
  if (problem != NULL)
    {
      repair (self, desk, problem, n);
      return;
    }
  if (down == NULL)
    {
      fail (self, "the endpoint can't read what a desk wrote");
      return;
    }
  if (line == LINE_CUT)
    cut = g_bytes_new_from_bytes (down, 0, (gsize)g_rand_int_range (self->random, 0, (gint32)g_bytes_get_size (down)));
  take (self, desk, line == LINE_OLD ? "00" : request->k, cut != NULL ? cut : down);
}

static void
arrive_late (Sim *self)
{
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *problem = NULL;
  guint which;
  gint64 n;

  if (self->late->len == 0)
    return;
  which = (guint)g_rand_int_range (self->random, 0, (gint32)self->late->len);
  answer = serve (self, self->late_keys->pdata[which], self->late->pdata[which], &problem, &n);
  note (self, "late %u", which);
}

/* ---- checks at the end ------------------------------------------------------------------------- */

typedef struct
{
  Sim *sim;
  GString *all;
} Rows;

static gboolean
add_row (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  g_string_append_printf (((Rows *)data)->all, "%s %s %s\n", kind, id, body == NULL ? "" : body);
  return TRUE;
}

/* Every row this unit was shown is here as the endpoint has it, and nothing else. */
static gboolean
compare_row (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  Rows *rows = data;
  g_autofree char *line = g_strdup_printf ("%s %s %s\n", kind, id, body == NULL ? "" : body);

  if (strstr (rows->all->str, line) == NULL)
    fail (rows->sim, "a mirror differs in %s %s", kind, id);
  return TRUE;
}

static void
check_mirror (Sim *self, Desk *desk)
{
  TdJournal *journal = td_centre_journal (self->world->centre);
  g_autoptr (GString) here = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdStmt) row
      = td_db_query (td_store_db (desk->store), &error, "SELECT kind, id, body FROM entity ORDER BY kind, id", NULL);
  Rows rows = { self, here };

  while (row != NULL && td_stmt_step (row, &error) == TD_STEP_ROW)
    add_row (&rows, 0, td_stmt_text (row, 0), td_stmt_text (row, 1), td_stmt_text (row, 2));
  g_assert_no_error (error);
  real_each_shown (journal, desk->unit, 0, "", "", compare_row, &rows);
}

/* The last text of each machine in each member is in an operation that was kept whole, and one that was written on
 * an older value is beside its record. */
static void
check_texts (Sim *self)
{
  TdJournal *journal = td_centre_journal (self->world->centre);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) history = g_string_new (NULL);
  Rows rows = { self, all };
  GHashTableIter iter;
  gpointer text;
  TdLogged *op;

  journal->each_entity (journal, add_row, &rows);
  for (gint64 q = 0; (op = journal->op_after (journal, q)) != NULL;)
    {
      q = op->q;
      g_string_append (history, op->body);
      for (guint i = 0; op->beside[i] != NULL; i++)
        if (op->ok && strstr (all->str, op->id) == NULL)
          fail (self, "operation %s was kept beside, and is nowhere", op->id);
      td_logged_free (op);
    }
  g_hash_table_iter_init (&iter, self->typed);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    if (strstr (history->str, text) == NULL)
      fail (self, "%s is lost", (char *)text);
}

static void
come_to_rest (Sim *self)
{
  GError *error = NULL;

  for (guint round = 0; round < ROUNDS && self->failure == NULL; round++)
    exchange (self, &self->desks[round % DESKS], LINE_GOOD);
  for (guint i = 0; i < DESKS && self->failure == NULL; i++)
    {
      guint waiting;

      td_store_waiting (self->desks[i].store, &waiting, NULL, NULL);
      if (waiting > 0)
        fail (self, "%u operations never get through", waiting);
      check_mirror (self, &self->desks[i]);
    }
  if (self->failure == NULL)
    check_texts (self);
  if (self->failure == NULL && !td_centre_verify (self->world->centre, &error))
    fail (self, "replay: %s", error->message);
  g_clear_error (&error);
}

/* ---- a run --------------------------------------------------------------------------------------- */

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      remove_tree (below);
    }
  g_remove (path);
}

static void
act (Sim *self)
{
  Desk *desk = &self->desks[g_rand_int_range (self->random, 0, DESKS)];
  int choice = g_rand_int_range (self->random, 0, 100);

  virtual_now
      += g_rand_int_range (self->random, 0, 20) == 0 ? g_rand_int_range (self->random, -315360000, 315360000) : 7;
  virtual_now = CLAMP (virtual_now, 1000000000, 2500000000);
  if (choice < 45)
    type_text (self, desk);
  else if (choice < 85)
    exchange (self, desk, (Line)g_rand_int_range (self->random, 0, N_LINES));
  else if (choice < 92)
    arrive_late (self);
  else if (choice < 97)
    {
      note (self, "reopen %s", desk->unit);
      open_desk (desk);
    }
  else
    {
      note (self, "the endpoint starts again");
      start_endpoint (self);
    }
}

static char *
run (guint seed, guint steps, Bug bug, char **hash)
{
  const char *const units[DESKS] = { "31447", "31447", "31447", "31459" };
  Sim self = { .seed = seed, .bug = bug };
  guint8 random[10] = { 0 };

  self.random = g_rand_new_with_seed (seed);
  program_random = g_rand_new_with_seed (seed + 1);
  virtual_now = 1752000000;
  self.folder = g_dir_make_tmp ("thidua-sim-XXXXXX", NULL);
  self.trace = g_checksum_new (G_CHECKSUM_SHA256);
  self.late = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self.late_keys = g_ptr_array_new_with_free_func (g_free);
  self.typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.verdicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < 2 * RECORDS; i++)
    {
      random[0] = (guint8)i;
      self.records[i / RECORDS][i % RECORDS] = td_uuid7 (1751900000000, random);
    }
  start_endpoint (&self);
  for (guint i = 0; i < DESKS; i++)
    {
      g_autofree char *name = g_strdup_printf ("desk-%u.db", i);

      enrol_desk (&self, &self.desks[i], name, units[i]);
    }
  for (self.step = 0; self.step < steps && self.failure == NULL; self.step++)
    act (&self);
  come_to_rest (&self);
  *hash = g_strdup (g_checksum_get_string (self.trace));
  for (guint i = 0; i < DESKS; i++)
    {
      td_store_close (self.desks[i].store);
      g_free (self.desks[i].path);
      g_free (self.desks[i].unit);
      g_free (self.desks[i].key);
    }
  for (guint i = 0; i < 2 * RECORDS; i++)
    g_free (self.records[i / RECORDS][i % RECORDS]);
  world_free (self.world);
  remove_tree (self.folder);
  g_free (self.folder);
  g_rand_free (self.random);
  g_rand_free (program_random);
  g_checksum_free (self.trace);
  g_ptr_array_unref (self.late);
  g_ptr_array_unref (self.late_keys);
  g_hash_table_unref (self.typed);
  g_hash_table_unref (self.verdicts);
  return self.failure;
}

/* ---- tests ------------------------------------------------------------------------------------------ */

static void
test_seeds (void)
{
  const char *first = g_getenv ("SIM_FROM"), *count = g_getenv ("SIM_COUNT");
  guint from = first == NULL ? 1 : (guint)g_ascii_strtoull (first, NULL, 10);
  guint most = count == NULL ? 25 : (guint)g_ascii_strtoull (count, NULL, 10);

  for (guint seed = from; seed < from + most; seed++)
    {
      g_autofree char *hash = NULL;
      g_autofree char *failure = run (seed, 150, BUG_NONE, &hash);

      if (failure != NULL)
        g_error ("seed %u: %s", seed, failure);
    }
}

static void
test_same_again (void)
{
  for (guint seed = 1; seed <= 3; seed++)
    {
      g_autofree char *first = NULL, *second = NULL;
      g_autofree char *a = run (seed, 100, BUG_NONE, &first);
      g_autofree char *b = run (seed, 100, BUG_NONE, &second);

      g_assert_cmpstr (a, ==, b);
      g_assert_cmpstr (first, ==, second);
    }
}

/* Each planted bug is found within a few seeds. */
static void
test_planted (void)
{
  for (guint bug = BUG_NONE + 1; bug < N_BUGS; bug++)
    {
      gboolean found = FALSE;

      for (guint seed = 1; seed <= 10 && !found; seed++)
        {
          g_autofree char *hash = NULL;
          g_autofree char *failure = run (seed, 150, (Bug)bug, &hash);

          found = failure != NULL;
          if (found)
            g_test_message ("bug %u, seed %u: %s", bug, seed, failure);
        }
      if (!found)
        g_error ("planted bug %u is not found", bug);
    }
}

int
main (int argc, char **argv)
{
  randombytes_set_implementation (&seeded);
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_test_add_func ("/simulation/seeds", test_seeds);
  g_test_add_func ("/simulation/same-again", test_same_again);
  g_test_add_func ("/simulation/planted", test_planted);
  return g_test_run ();
}
