/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-pair.h"

#include "power-vfs.h"
#include "temporary.h"

#include "dossier/crypto.h"
#include "endpoint/admit.h"
#include "endpoint/journal-sqlite.h"
#include "endpoint/receive.h"
#include "store/disk.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#define LARGEST 150000
#define UNIT "31447"

void
pair_fail (Pair *self, const char *format, ...)
{
  va_list args;

  if (self->failure != NULL)
    return;
  va_start (args, format);
  self->failure = g_strdup_vprintf (format, args);
  va_end (args);
}

gboolean
pair_is_dark (Pair *self)
{
  return power_disk_is_dark (self->desk.disk) || power_disk_is_dark (self->centre.disk)
         || power_disk_is_dark (self->stick.disk);
}

/* Takes @error; FALSE. */
gboolean
pair_failed (Pair *self, const char *what, GError *error)
{
  if (!pair_is_dark (self))
    pair_fail (self, "%s: %s", what, error == NULL ? "?" : error->message);
  g_clear_error (&error);
  return FALSE;
}

static int
chance (Pair *self, int most)
{
  return g_rand_int_range (self->random, 0, most);
}

/* ---- opening ---------------------------------------------------------------------------------- */

static gboolean
open_store (Pair *self)
{
  GError *error = NULL;

  self->store = td_store_open (self->desk.path, &error);
  return self->store != NULL || pair_failed (self, "the desk does not open", error);
}

static gboolean
open_centre (Pair *self)
{
  GError *error = NULL;
  TdJournal *journal = td_journal_sqlite_new (self->centre.path, &error);
  g_autofree char *parts = g_build_filename (self->centre.folder, "incoming", NULL);
  g_autofree char *files = g_build_filename (self->centre.folder, "files", NULL);

  if (journal != NULL)
    self->endpoint = td_centre_new (journal, td_campaign_source (self->campaign), td_units_source (self->units),
                                    &self->moment, &error);
  /* As the server makes them when it starts. */
  if (self->endpoint == NULL || !td_disk_make_folder (parts, &error) || !td_disk_make_folder (files, &error))
    return pair_failed (self, "the centre does not open", error);
  self->parts = td_parts_new (parts);
  return TRUE;
}

void
pair_shut (Pair *self, Machine *machine)
{
  if (machine == &self->desk)
    g_clear_pointer (&self->store, td_store_close);
  else
    {
      g_clear_pointer (&self->parts, td_parts_free);
      g_clear_pointer (&self->endpoint, td_centre_free);
    }
}

gboolean
pair_open (Pair *self, Machine *machine)
{
  gboolean good = machine == &self->desk ? open_store (self) : open_centre (self);

  if (good && self->opened != NULL)
    self->opened (self);
  return good;
}

gboolean
pair_restart (Pair *self, Machine *machine)
{
  pair_shut (self, machine);
  return pair_open (self, machine);
}

/* What later versions added is empty here, so that is all there is to it. */
void
pair_make_old (Pair *self, Machine *machine)
{
  static const char *const desk
      = "BEGIN; DROP TABLE carried; DROP TABLE carried_op; ALTER TABLE outbox DROP COLUMN before;"
        "PRAGMA user_version = 1; COMMIT";
  static const char *const centre = "BEGIN; DROP TABLE late; DROP TABLE late_file; PRAGMA user_version = 1; COMMIT";
  sqlite3 *db = NULL;

  pair_shut (self, machine);
  g_assert_cmpint (sqlite3_open (machine->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, machine == &self->desk ? desk : centre, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
machine_init (Pair *self, Machine *machine, const char *name, const char *file)
{
  machine->folder = g_build_filename (self->folder, name, NULL);
  machine->path = file == NULL ? NULL : g_build_filename (machine->folder, file, NULL);
  g_mkdir (machine->folder, 0700);
  machine->disk = power_disk_new (machine->folder, g_rand_int (self->random));
}

static char *
read_data (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("TD_DATADIR"), folder, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
enrol (Pair *self)
{
  g_autoptr (TdEnrolRequest) request = td_enrol_request_new ();
  g_autoptr (TdEnrolAnswer) answer = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;

  g_free (request->code);
  request->code = td_centre_make_code (self->endpoint, UNIT, "OL", &self->moment, &error);
  g_assert_no_error (error);
  text = td_enrol_text (request->code, self->key);
  g_free (request->key);
  request->key = g_strdup (self->key);
  g_free (request->sig);
  request->sig = td_store_sign (self->store, text);
  answer = td_centre_enrol (self->endpoint, request, &self->moment, NULL);
  g_assert_nonnull (answer);
  self->unit = g_strdup (answer->unit);
  td_store_enroll (self->store, "http://127.0.0.1:8", answer->unit, answer->roles, answer->token, &error);
  g_assert_no_error (error);
  td_store_set (self->store, TD_META_CENTRE, td_centre_key (self->endpoint), &error);
  g_assert_no_error (error);
}

static void
load_plan (Pair *self)
{
  g_autofree char *campaign = read_data ("campaigns", "hau-giang-2025.json");
  g_autofree char *units = read_data ("units", "hau-giang-2024.json");

  self->campaign = td_campaign_parse (campaign, -1, NULL);
  self->units = td_units_parse (units, -1, NULL);
  g_assert_nonnull (self->campaign);
  g_assert_nonnull (self->units);
}

static GHashTable *
table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

Pair *
pair_new (guint32 seed)
{
  Pair *self = g_new0 (Pair, 1);
  guint8 random[10] = { 0 };

  power_vfs_install ();
  self->random = g_rand_new_with_seed (seed);
  self->folder = g_dir_make_tmp ("thidua-power-XXXXXX", NULL);
  self->moment = (TdMoment){ 1752000000, td_date_parse_iso ("2025-07-08"), TRUE };
  self->saved = table_new ();
  self->maybe = table_new ();
  self->answered = table_new ();
  self->kept = table_new ();
  self->whole = table_new ();
  self->packages = table_new ();
  load_plan (self);
  machine_init (self, &self->desk, "desk", "thidua.db");
  machine_init (self, &self->centre, "centre", "journal.db");
  machine_init (self, &self->stick, "stick", NULL);
  for (guint i = 0; i < PAIR_RECORDS; i++)
    {
      random[0] = (guint8)i;
      self->records[i] = td_uuid7 (1751900000000, random);
    }
  g_assert_true (open_store (self) && open_centre (self));
  self->key = g_strdup (td_store_key (self->store));
  self->life = g_strdup (td_store_life (self->store));
  enrol (self);
  return self;
}

static void
machine_clear (Machine *machine)
{
  power_disk_free (machine->disk);
  g_free (machine->folder);
  g_free (machine->path);
}

char *
pair_free (Pair *self)
{
  GHashTable *tables[] = { self->saved, self->maybe, self->answered, self->kept, self->whole, self->packages };
  char *failure = self->failure;

  pair_shut (self, &self->desk);
  pair_shut (self, &self->centre);
  machine_clear (&self->desk);
  machine_clear (&self->centre);
  machine_clear (&self->stick);
  remove_tree (self->folder);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_hash_table_unref (tables[i]);
  for (guint i = 0; i < PAIR_RECORDS; i++)
    g_free (self->records[i]);
  td_campaign_unref (self->campaign);
  td_units_unref (self->units);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->rising);
  g_free (self->unit);
  g_free (self->key);
  g_free (self->life);
  g_free (self->folder);
  g_rand_free (self->random);
  g_free (self);
  return failure;
}

/* ---- what the desk does ---------------------------------------------------------------------------- */

const char *const pair_members[PAIR_MEMBERS] = { "achievement", "position", "workplace" };

/* What the screen shows; owned, canonical JSON or NULL. */
char *
pair_shown (Pair *self, const char *record, const char *path)
{
  g_autoptr (TdState) view = td_store_view (self->store, self->campaign, self->units, self->moment.day);
  const TdRecord *seen = td_state_record (view, record);

  return seen == NULL ? NULL : g_strdup (td_record_get (seen, path));
}

gboolean
pair_save (Pair *self)
{
  const char *record = self->records[chance (self, PAIR_RECORDS)];
  const char *path = pair_members[chance (self, PAIR_MEMBERS)];
  g_autofree char *old = pair_shown (self, record, path);
  g_autofree char *text = g_strdup_printf ("word-%u-", ++self->words);
  g_autofree char *value = td_json_canonical_string (text);
  g_autofree char *key = g_strdup_printf ("%s %s", record, path);
  TdEditOf of = { record, "nomination", self->unit, record };
  TdChange change = { path, old, value };
  GError *error = NULL;

  if (!td_store_ok (self->store, &error))
    return pair_failed (self, "reading", error);
  if (td_store_edit (self->store, &of, &change, 1, NULL, &error))
    {
      g_hash_table_insert (self->saved, g_strdup (key), g_strdup (value));
      return TRUE;
    }
  g_hash_table_insert (self->maybe, g_strdup (key), g_strdup (value));
  return pair_failed (self, "saving", error);
}

TdSyncRequest *
pair_request (Pair *self, GPtrArray *ops, const char *tip)
{
  TdSyncRequest *request = td_sync_request_new ();

  g_ptr_array_unref (request->ops);
  request->ops = g_ptr_array_ref (ops);
  g_free (request->life);
  request->life = g_strdup (td_store_life (self->store));
  request->n = td_store_acknowledged (self->store);
  g_free (request->cur);
  request->cur = td_store_get (self->store, TD_META_CURSOR);
  g_free (request->k);
  request->k = g_strdup ("0123abcd");
  g_free (request->tip);
  request->tip = g_strdup (tip);
  g_free (request->sig);
  request->sig = ops->len > 0 ? td_store_sign (self->store, tip) : g_strdup ("");
  request->max = TD_PAGE_MAX;
  return request;
}

static void
note_answer (Pair *self, const TdSyncAnswer *answer)
{
  for (guint i = 0; i < answer->res->len; i++)
    {
      const TdSyncVerdict *verdict = answer->res->pdata[i];

      g_hash_table_insert (self->answered, g_strdup (verdict->id),
                           g_strdup_printf ("%d %" G_GINT64_FORMAT, verdict->ok, verdict->q));
    }
}

static gboolean
repair (Pair *self, TdProblem *problem)
{
  GError *error = NULL;
  gboolean good = FALSE;

  if (strcmp (problem->type, "op-gap") == 0)
    good = td_store_rewind (self->store, problem->n, &error);
  else if (problem->status < 500)
    pair_fail (self, "the centre says %s", problem->type);
  else if (!pair_is_dark (self))
    pair_fail (self, "the centre says %u %s", problem->status, problem->type);
  td_problem_free (problem);
  return good || pair_failed (self, "repairing", error);
}

gboolean
pair_exchange (Pair *self)
{
  GError *error = NULL;
  g_autofree char *tip = NULL;
  g_autoptr (GPtrArray) ops
      = td_store_seal (self->store, (gsize)g_rand_int_range (self->random, 200, 20000), &tip, &error);
  g_autoptr (TdSyncRequest) request = NULL;
  g_autoptr (TdSyncAnswer) answer = NULL;
  TdProblem *problem = NULL;

  if (ops == NULL)
    return pair_failed (self, "sealing", error);
  request = pair_request (self, ops, tip);
  self->moment.now++;
  if (pair_is_dark (self))
    return FALSE;
  answer = td_centre_sync (self->endpoint, self->key, request, &self->moment, &problem);
  if (answer == NULL)
    return repair (self, problem);
  note_answer (self, answer);
  return td_store_apply_answer (self->store, answer, NULL, &error) || pair_failed (self, "applying", error);
}

/* Few are so large that they are synced on their way. */
static GBytes *
random_bytes_of (Pair *self, gsize largest)
{
  gsize length = (gsize)g_rand_int_range (self->random, 1, (gint32)largest);
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8)g_rand_int (self->random);
  return g_bytes_new_take (bytes, length);
}

gboolean
pair_attach (Pair *self)
{
  g_autoptr (GBytes) bytes = random_bytes_of (self, LARGEST);
  g_autofree char *path = g_build_filename (self->folder, "scan.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (TdStoredFile) stored = NULL;
  GError *error = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL));
  stored = td_store_add_file (self->store, file, &error);
  if (stored == NULL)
    return pair_failed (self, "attaching", error);
  g_hash_table_insert (self->kept, g_strdup (stored->sha), NULL);
  return TRUE;
}

/* ---- a file goes up, as the endpoint's upload.c takes it ------------------------------------------------ */

char *
pair_centre_file (Pair *self, const char *sha)
{
  char first[3] = { sha[0], sha[1], '\0' };

  return g_build_filename (self->centre.folder, "files", first, sha, NULL);
}

static gboolean
finish_upload (Pair *self, TdPart *part)
{
  g_autofree char *path = pair_centre_file (self, self->rising);
  TdProblem *problem = NULL;

  self->offset = 0;
  if (!td_receive_whole (self->endpoint, self->parts, part, self->unit, self->rising, path, &problem))
    {
      if (problem->status == 422)
        pair_fail (self, "the bytes that came are others in the end");
      td_problem_free (problem);
      return pair_failed (self, "a whole file", NULL);
    }
  g_hash_table_insert (self->whole, g_steal_pointer (&self->rising), NULL);
  return TRUE;
}

/* All of it may lie there without its name. */
static gboolean
settle (Pair *self)
{
  g_autofree char *path = pair_centre_file (self, self->rising);
  TdProblem *problem = NULL;

  if (td_receive_settle (self->endpoint, self->parts, self->unit, self->rising, path, &problem))
    return TRUE;
  td_problem_free (problem);
  return pair_failed (self, "a whole file", NULL);
}

static void
choose_file (Pair *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = random_bytes_of (self, chance (self, 8) == 0 ? 20 * LARGEST : LARGEST);
  self->rising = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->bytes);
  self->offset = self->reached = 0;
}

gboolean
pair_upload (Pair *self)
{
  gsize length;
  const guint8 *bytes;
  gint64 most;
  TdPart *part;

  if (self->rising == NULL)
    choose_file (self);
  bytes = g_bytes_get_data (self->bytes, &length);
  if (!settle (self))
    return FALSE;
  part = td_parts_find (self->parts, self->unit, self->rising);
  if (part == NULL && td_centre_file_length (self->endpoint, self->rising) >= 0)
    {
      g_hash_table_insert (self->whole, g_steal_pointer (&self->rising), NULL);
      return TRUE;
    }
  if (part == NULL)
    part = td_parts_begin (self->parts, self->unit, self->rising, (gint64)length, self->moment.now);
  if (part == NULL)
    return pair_failed (self, "beginning a part", NULL);
  most = g_rand_int_range (self->random, 1, MAX (LARGEST, (gint32)length / 2));
  most = MIN (most, (gint64)length - part->offset);
  if (!td_part_open (part) || !td_part_write (part, bytes + part->offset, (gsize)most, self->moment.now)
      || !td_part_close (part))
    {
      self->reached = part->offset;
      return pair_failed (self, "writing a part", NULL);
    }
  self->offset = self->reached = part->offset;
  return part->offset < part->length || finish_upload (self, part);
}
