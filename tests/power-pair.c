/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-pair.h"

#include "power-vfs.h"

#include "dossier/crypto.h"
#include "dossier/operation.h"
#include "endpoint/admit.h"
#include "endpoint/import.h"
#include "endpoint/journal-sqlite.h"
#include "endpoint/replay.h"
#include "store/disk.h"
#include "store/packages.h"
#include "store/sealed.h"
#include "wire/gzip.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#define MEMBERS 3
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

static gboolean
is_dark (Pair *self)
{
  return power_disk_is_dark (self->desk.disk) || power_disk_is_dark (self->centre.disk);
}

/* Takes @error; FALSE. */
static gboolean
failed (Pair *self, const char *what, GError *error)
{
  if (!is_dark (self))
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
  return self->store != NULL || failed (self, "the desk does not open", error);
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
    return failed (self, "the centre does not open", error);
  self->parts = td_parts_new (parts);
  return TRUE;
}

static void
shut (Pair *self, Machine *machine)
{
  if (machine == &self->desk)
    g_clear_pointer (&self->store, td_store_close);
  else
    {
      g_clear_pointer (&self->parts, td_parts_free);
      g_clear_pointer (&self->endpoint, td_centre_free);
    }
}

static gboolean
open_machine (Pair *self, Machine *machine)
{
  gboolean good = machine == &self->desk ? open_store (self) : open_centre (self);

  if (good && self->opened != NULL)
    self->opened (self);
  return good;
}

gboolean
pair_restart (Pair *self, Machine *machine)
{
  shut (self, machine);
  return open_machine (self, machine);
}

static void
machine_init (Pair *self, Machine *machine, const char *name, const char *file)
{
  machine->folder = g_build_filename (self->folder, name, NULL);
  machine->path = g_build_filename (machine->folder, file, NULL);
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

  shut (self, &self->desk);
  shut (self, &self->centre);
  machine_clear (&self->desk);
  machine_clear (&self->centre);
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

static const char *const members[MEMBERS] = { "achievement", "position", "workplace" };

/* What the screen shows; owned, canonical JSON or NULL. */
static char *
shown (Pair *self, const char *record, const char *path)
{
  g_autoptr (TdState) view = td_store_view (self->store, self->campaign, self->units, self->moment.day);
  const TdRecord *seen = td_state_record (view, record);

  return seen == NULL ? NULL : g_strdup (td_record_get (seen, path));
}

gboolean
pair_save (Pair *self)
{
  const char *record = self->records[chance (self, PAIR_RECORDS)];
  const char *path = members[chance (self, MEMBERS)];
  g_autofree char *old = shown (self, record, path);
  g_autofree char *text = g_strdup_printf ("word-%u-", ++self->words);
  g_autofree char *value = td_json_canonical_string (text);
  g_autofree char *key = g_strdup_printf ("%s %s", record, path);
  TdEditOf of = { record, "nomination", self->unit, record };
  TdChange change = { path, old, value };
  GError *error = NULL;

  if (!td_store_ok (self->store, &error))
    return failed (self, "reading", error);
  if (td_store_edit (self->store, &of, &change, 1, NULL, &error))
    {
      g_hash_table_insert (self->saved, g_strdup (key), g_strdup (value));
      return TRUE;
    }
  g_hash_table_insert (self->maybe, g_strdup (key), g_strdup (value));
  return failed (self, "saving", error);
}

static TdSyncRequest *
make_request (Pair *self, GPtrArray *ops, char *tip)
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
  else if (!is_dark (self))
    pair_fail (self, "the centre says %u %s", problem->status, problem->type);
  td_problem_free (problem);
  return good || failed (self, "repairing", error);
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
    return failed (self, "sealing", error);
  request = make_request (self, ops, tip);
  self->moment.now++;
  if (is_dark (self))
    return FALSE;
  answer = td_centre_sync (self->endpoint, self->key, request, &self->moment, &problem);
  if (answer == NULL)
    return repair (self, problem);
  note_answer (self, answer);
  return td_store_apply_answer (self->store, answer, NULL, &error) || failed (self, "applying", error);
}

static GBytes *
random_bytes_of (Pair *self)
{
  gsize length = (gsize)g_rand_int_range (self->random, 1, LARGEST);
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8)g_rand_int (self->random);
  return g_bytes_new_take (bytes, length);
}

gboolean
pair_attach (Pair *self)
{
  g_autoptr (GBytes) bytes = random_bytes_of (self);
  g_autofree char *path = g_build_filename (self->folder, "scan.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (TdStoredFile) stored = NULL;
  GError *error = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL));
  stored = td_store_add_file (self->store, file, &error);
  if (stored == NULL)
    return failed (self, "attaching", error);
  g_hash_table_insert (self->kept, g_strdup (stored->sha), NULL);
  return TRUE;
}

/* ---- a file goes up, as the endpoint's upload.c takes it ------------------------------------------------ */

static char *
centre_file (Pair *self, const char *sha)
{
  char first[3] = { sha[0], sha[1], '\0' };

  return g_build_filename (self->centre.folder, "files", first, sha, NULL);
}

static gboolean
finish_upload (Pair *self, TdPart *part)
{
  g_autofree char *path = centre_file (self, self->rising);
  gint64 length = part->length;
  TdProblem *problem = NULL;

  self->torn = FALSE;
  self->offset = 0;
  if (!td_part_is_what_it_says (part))
    {
      td_parts_drop (self->parts, part); /* a torn end: the sender begins anew */
      return TRUE;
    }
  if (!td_parts_put (self->parts, part, path))
    return failed (self, "putting", NULL);
  if (!td_centre_file_arrived (self->endpoint, self->unit, self->rising, length, &problem))
    {
      td_problem_free (problem);
      return failed (self, "noting", NULL);
    }
  g_hash_table_insert (self->whole, g_steal_pointer (&self->rising), NULL);
  return TRUE;
}

static void
choose_file (Pair *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = random_bytes_of (self);
  self->rising = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->bytes);
  self->offset = 0;
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
  part = td_parts_find (self->parts, self->unit, self->rising);
  if (part == NULL && td_centre_file_length (self->endpoint, self->rising) >= 0)
    {
      g_hash_table_insert (self->whole, g_steal_pointer (&self->rising), NULL);
      return TRUE;
    }
  if (part == NULL)
    part = td_parts_begin (self->parts, self->unit, self->rising, (gint64)length, self->moment.now);
  if (part == NULL)
    return failed (self, "beginning a part", NULL);
  most = g_rand_int_range (self->random, 1, LARGEST);
  most = MIN (most, (gint64)length - part->offset);
  if (!td_part_open (part) || !td_part_write (part, bytes + part->offset, (gsize)most, self->moment.now)
      || !td_part_close (part))
    return failed (self, "writing a part", NULL);
  self->offset = part->offset;
  return part->offset < part->length || finish_upload (self, part);
}

/* ---- packages ----------------------------------------------------------------------------------------- */

static TdBundle *
make_package (Pair *self, GPtrArray *ops, TdSyncRequest *request)
{
  TdBundle *bundle = td_bundle_new (TD_BUNDLE_UP);
  g_autoptr (GBytes) plain = td_sync_request_write (request, NULL);
  const char *const to[] = { td_centre_key (self->endpoint), NULL };
  g_autofree char *set = g_uuid_string_random ();

  g_free (bundle->set);
  bundle->set = g_compute_checksum_for_string (G_CHECKSUM_SHA256, set, -1);
  bundle->set[32] = '\0';
  g_free (bundle->unit);
  bundle->unit = g_strdup (self->unit);
  g_free (bundle->campaign);
  bundle->campaign = g_strdup (td_campaign_id (self->campaign));
  g_free (bundle->life);
  bundle->life = g_strdup (request->life);
  g_free (bundle->cur);
  bundle->cur = g_strdup (request->cur);
  bundle->first = ((TdSyncOp *)ops->pdata[0])->i;
  bundle->last = ((TdSyncOp *)ops->pdata[ops->len - 1])->i;
  bundle->created = self->moment.now;
  bundle->part = bundle->parts = 1;
  g_strfreev (bundle->recipients);
  bundle->recipients = g_strdupv ((char **)to);
  td_bundle_add (bundle, TD_ENTRY_REQUEST, td_gzip (plain));
  return bundle;
}

static void
add_files (Pair *self, TdBundle *bundle)
{
  GHashTableIter iter;
  gpointer sha;

  g_hash_table_iter_init (&iter, self->kept);
  for (guint i = 0; i < 2 && g_hash_table_iter_next (&iter, &sha, NULL); i++)
    {
      g_autoptr (TdStoredFile) stored = td_store_file (self->store, sha);
      TdBundleEntry *entry = stored == NULL ? NULL : td_bundle_entry_new (TD_ENTRY_FILE, sha, stored->size, NULL);

      if (entry == NULL)
        return;
      entry->path = td_store_file_path (self->store, sha);
      g_ptr_array_add (bundle->entries, entry);
    }
}

static gboolean
take_package (Pair *self, const char *path, GPtrArray *ops, const TdBundle *bundle)
{
  g_autofree char *receipt = g_build_filename (self->centre.folder, "receipt.hsb", NULL);
  TdImported imported = { NULL };
  TdProblem *problem = NULL;

  if (!td_centre_import (self->endpoint, self->centre.folder, path, receipt, &self->moment, &imported, &problem))
    {
      if (!is_dark (self))
        pair_fail (self, "a package is not taken in: %s %s", problem->type, problem->detail);
      td_problem_free (problem);
      return FALSE;
    }
  for (guint i = 0; i < bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = bundle->entries->pdata[i];

      if (strcmp (entry->kind, TD_ENTRY_FILE) == 0)
        g_hash_table_insert (self->whole, g_strdup (entry->sha), NULL);
    }
  for (guint i = 0; i < ops->len; i++)
    {
      g_autoptr (TdOperation) operation = td_operation_parse (((TdSyncOp *)ops->pdata[i])->body, -1, NULL);

      if (!g_hash_table_contains (self->answered, operation->id))
        g_hash_table_insert (self->answered, g_strdup (operation->id), NULL);
    }
  td_imported_clear (&imported);
  return TRUE;
}

gboolean
pair_package (Pair *self)
{
  GError *error = NULL;
  g_autofree char *tip = NULL, *secret = td_store_secret (self->store), *sha = NULL;
  g_autofree char *path = g_strdup_printf ("%s/goi-%u.hsb", self->desk.folder, g_hash_table_size (self->packages));
  g_autoptr (GPtrArray) ops
      = td_store_seal_after (self->store, td_store_acknowledged (self->store), 256 * 1024, &tip, &error);
  TdSealedKey key = { self->key, secret };
  g_autoptr (TdSyncRequest) request = NULL;
  g_autoptr (TdBundle) bundle = NULL;

  if (ops == NULL)
    return failed (self, "sealing for a package", error);
  if (ops->len == 0)
    return TRUE;
  request = make_request (self, ops, tip);
  bundle = make_package (self, ops, request);
  add_files (self, bundle);
  if (!td_sealed_write (path, bundle, &key, NULL, &sha, NULL, &error))
    return failed (self, "writing a package", error);
  g_hash_table_insert (self->packages, g_strdup (path), g_steal_pointer (&sha));
  return !is_dark (self) && take_package (self, path, ops, bundle);
}

/* ---- after a cut ------------------------------------------------------------------------------------------ */

static char *
hash_of (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (path == NULL || !g_file_get_contents (path, &bytes, &length, NULL))
    return NULL;
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
}

static void
check_texts (Pair *self)
{
  for (guint i = 0; i < PAIR_RECORDS * MEMBERS; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s %s", self->records[i / MEMBERS], members[i % MEMBERS]);
      g_autofree char *now = shown (self, self->records[i / MEMBERS], members[i % MEMBERS]);
      const char *saved = g_hash_table_lookup (self->saved, key);
      const char *maybe = g_hash_table_lookup (self->maybe, key);

      if (maybe != NULL && g_strcmp0 (now, maybe) == 0)
        g_hash_table_insert (self->saved, g_strdup (key), g_strdup (maybe));
      else if (g_strcmp0 (now, saved) != 0)
        pair_fail (self, "saved %s, found %s", saved, now);
      g_hash_table_remove (self->maybe, key);
    }
}

static void
check_desk (Pair *self)
{
  GHashTableIter iter;
  gpointer sha, hash;

  if (strcmp (self->key, td_store_key (self->store)) != 0 || strcmp (self->life, td_store_life (self->store)) != 0
      || !td_store_enrolled (self->store))
    pair_fail (self, "the desk is another one");
  check_texts (self);
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &sha, NULL))
    {
      g_autofree char *path = td_store_file_path (self->store, sha);
      g_autofree char *found = hash_of (path);

      if (g_strcmp0 (found, sha) != 0)
        pair_fail (self, "an attached file is lost or not what it was");
    }
  g_hash_table_iter_init (&iter, self->packages);
  while (g_hash_table_iter_next (&iter, &sha, &hash))
    {
      g_autofree char *found = hash_of (sha);

      if (g_strcmp0 (found, hash) != 0)
        pair_fail (self, "a package is lost or not what it was");
    }
}

static void
check_answers (Pair *self)
{
  TdJournal *journal = td_centre_journal (self->endpoint);
  GHashTableIter iter;
  gpointer id, said;

  g_hash_table_iter_init (&iter, self->answered);
  while (g_hash_table_iter_next (&iter, &id, &said))
    {
      g_autoptr (TdLogged) op = journal->op_by_id (journal, id);
      g_autofree char *now = op == NULL ? NULL : g_strdup_printf ("%d %" G_GINT64_FORMAT, op->ok, op->q);

      if (op == NULL || (said != NULL && strcmp (now, said) != 0))
        pair_fail (self, "answered “%s”, now “%s”", (char *)said, now);
    }
}

/* What the centre said it has of a file on its way up, it still has. */
static void
check_rising (Pair *self)
{
  TdPart *part = self->rising == NULL ? NULL : td_parts_find (self->parts, self->unit, self->rising);
  g_autofree char *bytes = NULL;
  gsize length = 0, told = (gsize)self->offset;

  if (self->rising == NULL || self->torn || (part == NULL && told == 0))
    return;
  if (part == NULL || !g_file_get_contents (part->path, &bytes, &length, NULL) || length < told)
    pair_fail (self, "of a file %" G_GSIZE_FORMAT " bytes had come, now %" G_GSIZE_FORMAT, told, length);
  else if (memcmp (bytes, g_bytes_get_data (self->bytes, NULL), told) != 0)
    pair_fail (self, "the bytes that had come are others");
  else
    self->torn = memcmp (bytes, g_bytes_get_data (self->bytes, NULL), length) != 0;
}

static void
check_centre (Pair *self)
{
  GHashTableIter iter;
  gpointer sha;
  GError *error = NULL;

  check_answers (self);
  check_rising (self);
  g_hash_table_iter_init (&iter, self->whole);
  while (g_hash_table_iter_next (&iter, &sha, NULL))
    {
      g_autofree char *path = centre_file (self, sha);
      g_autofree char *found = hash_of (path);

      if (td_centre_file_length (self->endpoint, sha) < 0 || g_strcmp0 (found, sha) != 0)
        pair_fail (self, "an uploaded file is lost or not what it was");
    }
  if (!td_centre_verify (self->endpoint, &error))
    pair_fail (self, "replay: %s", error->message);
  g_clear_error (&error);
}

void
pair_check (Pair *self, Machine *machine)
{
  if (machine == &self->desk)
    check_desk (self);
  else
    check_centre (self);
}

static gboolean
is_sound (Pair *self, Machine *machine)
{
  TdDb *db = machine == &self->desk ? td_store_db (self->store) : NULL;
  g_autofree char *verdict = NULL;
  GError *error = NULL;

  if (db == NULL)
    return td_db_verify (machine->path, 0x54644a31, &error) || failed (self, "integrity", error);
  if (!td_db_get_text (db, &verdict, &error, "PRAGMA integrity_check(1)", NULL))
    return failed (self, "integrity", error);
  if (g_strcmp0 (verdict, "ok") != 0)
    pair_fail (self, "integrity: %s", verdict);
  return TRUE;
}

void
pair_recover (Pair *self, Machine *machine)
{
  shut (self, machine);
  power_disk_restore (machine->disk);
  self->cuts++;
  if (open_machine (self, machine) && is_sound (self, machine))
    pair_check (self, machine);
}

/* ---- at the end ------------------------------------------------------------------------------------------ */

static void
check_once (Pair *self)
{
  TdJournal *journal = td_centre_journal (self->endpoint);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  TdLogged *op;

  for (gint64 q = 0; (op = journal->op_after (journal, q)) != NULL; td_logged_free (op))
    {
      q = op->q;
      for (const char *at = op->body; (at = strstr (at, "word-")) != NULL; at++)
        if (!g_hash_table_add (seen, g_strndup (at, strcspn (at, "\""))))
          pair_fail (self, "a text is in two operations");
    }
}

static gboolean
compare_row (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  Pair *self = data;
  g_autofree char *here = NULL;

  if (!td_db_get_text (td_store_db (self->store), &here, NULL,
                       "SELECT body FROM entity WHERE kind = :kind AND id = :id", "t:kind", kind, "t:id", id, NULL)
      || g_strcmp0 (here, body) != 0)
    pair_fail (self, "the mirror differs in %s %s", kind, id);
  return TRUE;
}

void
pair_come_to_rest (Pair *self)
{
  TdJournal *journal = td_centre_journal (self->endpoint);
  GHashTableIter iter;
  gpointer key, text;
  guint waiting = 1;

  for (guint round = 0; round < 50 && waiting > 0 && self->failure == NULL; round++)
    {
      pair_exchange (self);
      td_store_waiting (self->store, &waiting, NULL, NULL);
    }
  if (self->failure == NULL && waiting > 0)
    pair_fail (self, "%u operations never get through", waiting);
  if (self->failure != NULL)
    return;
  pair_check (self, &self->desk);
  pair_check (self, &self->centre);
  check_once (self);
  journal->each_shown (journal, self->unit, 0, "", "", compare_row, self);
  g_hash_table_iter_init (&iter, self->saved);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      g_auto (GStrv) words = g_strsplit (key, " ", 2);
      g_autofree char *record = journal->entity (journal, "record", words[0]);

      if (record == NULL || strstr (record, text) == NULL)
        pair_fail (self, "%s never came to the centre", (char *)text);
    }
}
