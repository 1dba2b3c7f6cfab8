/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device-fixture.h"

#include "endpoint/import.h"
#include "store/sealed.h"
#include "temporary.h"
#include "wire/gzip.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* The same work by three ways to copies of one endpoint: over the line, in a package taken in at the centre, and in
 * one the district carried inside its own. The answers and everything stored are the same, byte for byte. */

typedef enum
{
  BY_LINE,
  BY_PACKAGE,
  CARRIED,
  N_WAYS
} Way;

static const char *const evidence = "Báo cáo số 12";

typedef struct
{
  char *folder;
  char *paths[N_WAYS];
  World *worlds[N_WAYS];
  Device *communes[N_WAYS], *districts[N_WAYS];
} Ways;

static void
put (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* As it was enrolled before the journal was copied. */
static Device *
device_again (World *world, guint number, const char *unit)
{
  Device *device = device_new (world, number);

  put (&device->unit, unit);
  return device;
}

static void
set_up (Ways *self, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *commune = NULL, *district = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) source = NULL;
  World *world;

  self->folder = g_dir_make_tmp ("thidua-ways-XXXXXX", NULL);
  first = g_build_filename (self->folder, "first.db", NULL);
  world = world_new (first);
  for (guint i = 1; i <= 2; i++)
    {
      Device *device = device_enrolled (world, i, i == 1 ? "31447" : "935", "OL");

      put (i == 1 ? &commune : &district, device->unit);
      device_free (device);
    }
  world_free (world);
  source = g_file_new_for_path (first);
  for (guint way = 0; way < N_WAYS; way++)
    {
      g_autofree char *name = g_strdup_printf ("way-%u", way);
      g_autofree char *folder = g_build_filename (self->folder, name, NULL);
      g_autoptr (GFile) target = NULL;

      g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
      self->paths[way] = g_build_filename (folder, "journal.db", NULL);
      target = g_file_new_for_path (self->paths[way]);
      g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      self->worlds[way] = world_new (self->paths[way]);
      self->communes[way] = device_again (self->worlds[way], 1, commune);
      self->districts[way] = device_again (self->worlds[way], 2, district);
    }
}

static void
tear_down (Ways *self, gconstpointer data)
{
  for (guint way = 0; way < N_WAYS; way++)
    {
      device_free (self->communes[way]);
      device_free (self->districts[way]);
      g_clear_pointer (&self->worlds[way], world_free);
      g_free (self->paths[way]);
    }
  remove_tree (self->folder);
  g_free (self->folder);
}

/* ---- the work: the same bytes whichever way it goes -------------------------------------------------- */

static void
edit (Device *device, const char *record, const char *type, const char *path, const char *text)
{
  g_autofree char *body = edit_body (device, NULL, record, type, path, NULL, text);

  device_seal (device, body, NULL);
}

/* Good ones, one that contradicts an earlier one, one of another unit's record, one that is no operation, one with a
 * wrong signature. */
static void
work_first (Device *device)
{
  g_autofree char *events = ledger_id (device, "events");
  g_autofree char *nomination = world_id (device->world);
  g_autofree char *attest = attest_body (device, nomination, device->unit);
  g_autofree char *of_another = td_sign (device->secret, device->key);

  edit (device, events, "events", "interim/document", "15/BC-UBND");
  edit (device, events, "events", "interim/document", "16/BC-UBND");
  edit (device, nomination, "nomination", "name", "Nguyễn Thị An");
  device_seal (device, "{\"v\":9}", NULL);
  device_seal (device, attest, of_another);
}

static void
work_later (Device *device)
{
  g_autofree char *events = ledger_id (device, "events");
  g_autofree char *other = world_id (device->world);
  g_autofree char *foreign = NULL;
  g_autofree char *own = g_strdup (device->unit);

  put (&device->unit, "31459@2024-07-01");
  foreign = edit_body (device, NULL, other, "nomination", "name", NULL, "Võ Văn Láng Giềng");
  put (&device->unit, own);
  device_seal (device, foreign, NULL);
  edit (device, events, "events", "final/document", "17/BC-UBND");
}

/* ---- the three ways ------------------------------------------------------------------------------------ */

static GBytes *
by_line (Device *device)
{
  g_autoptr (TdSyncAnswer) answer = NULL;
  g_autofree char *sha = td_digest (evidence, -1);
  TdProblem *problem = NULL;
  GError *error = NULL;
  GBytes *bytes;

  g_assert_true (
      td_centre_file_arrived (device->world->centre, device->unit, sha, (gint64)strlen (evidence), &problem));
  answer = device_sync (device, NULL);
  g_assert_false (answer->more);
  bytes = td_sync_answer_write (answer, &error);
  g_assert_no_error (error);
  return bytes;
}

static TdBundle *
begin_bundle (Device *device)
{
  TdBundle *bundle = td_bundle_new (TD_BUNDLE_UP);

  put (&bundle->set, "0123456789abcdef0123456789abcdef");
  put (&bundle->unit, device->unit);
  put (&bundle->campaign, td_campaign_id (td_centre_campaign (device->world->centre)));
  put (&bundle->life, device->life);
  put (&bundle->cur, device->cur);
  bundle->part = bundle->parts = 1;
  bundle->created = device->world->moment.now;
  g_strfreev (bundle->recipients);
  bundle->recipients = g_new0 (char *, 2);
  bundle->recipients[0] = g_strdup (td_centre_key (device->world->centre));
  return bundle;
}

static void
add_file (TdBundle *bundle, const char *kind, const char *path)
{
  g_autofree char *bytes = NULL, *sha = NULL;
  TdBundleEntry *entry;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  sha = td_digest (bytes, (gssize)length);
  entry = td_bundle_entry_new (kind, sha, (gint64)length, NULL);
  entry->path = g_strdup (path);
  g_ptr_array_add (bundle->entries, entry);
}

static void
write_bundle (Device *device, TdBundle *bundle, const char *path)
{
  TdSealedKey key = { device->key, device->secret };
  GError *error = NULL;

  td_sealed_write (path, bundle, &key, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
pack (Device *device, const char *folder, const char *path)
{
  g_autoptr (TdBundle) bundle = begin_bundle (device);
  g_autoptr (TdSyncRequest) request = device_request (device);
  g_autoptr (GBytes) plain = td_sync_request_write (request, NULL);
  g_autofree char *scan = g_build_filename (folder, "scan.pdf", NULL);

  td_bundle_add (bundle, TD_ENTRY_REQUEST, td_gzip (plain));
  g_assert_true (g_file_set_contents (scan, evidence, -1, NULL));
  add_file (bundle, TD_ENTRY_FILE, scan);
  write_bundle (device, bundle, path);
}

static void
take_in (World *world, const char *folder, const char *path, const char *receipt)
{
  TdImported imported = { NULL };
  g_autoptr (TdProblem) problem = NULL;

  if (!td_centre_import (world->centre, folder, path, receipt, &world->moment, &imported, &problem))
    g_error ("%s", problem->detail);
  g_assert_cmpuint (imported.packages_refused, ==, 0);
  td_imported_clear (&imported);
}

static const TdBundleEntry *
only_entry (const TdBundle *bundle, const char *kind)
{
  const TdBundleEntry *found = NULL;

  for (guint i = 0; i < bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = bundle->entries->pdata[i];

      if (strcmp (entry->kind, kind) != 0)
        continue;
      g_assert_null (found);
      found = entry;
    }
  g_assert_nonnull (found);
  return found;
}

static TdBundle *
open_receipt (Device *device, const char *path, const char *folder)
{
  TdSealedKey key = { device->key, device->secret };
  GError *error = NULL;
  TdBundle *receipt = td_sealed_extract (path, &key, folder, NULL, &error);

  g_assert_no_error (error);
  return receipt;
}

/* The answer in the receipt, which the device goes on from. */
static GBytes *
answer_of (Device *device, const char *path, const char *folder)
{
  g_autoptr (TdBundle) receipt = open_receipt (device, path, folder);
  GError *error = NULL;
  GBytes *plain = td_gunzip (only_entry (receipt, TD_ENTRY_ANSWER)->bytes, TD_SYNC_INFLATED_MAX, &error);
  g_autoptr (TdSyncAnswer) answer = plain == NULL ? NULL : td_sync_answer_read (plain, &error);

  g_assert_no_error (error);
  put (&device->cur, answer->cur);
  device->known = answer->n;
  g_ptr_array_set_size (device->pending, 0);
  return plain;
}

static GBytes *
by_package (Ways *self)
{
  Device *commune = self->communes[BY_PACKAGE];
  g_autofree char *folder = g_path_get_dirname (self->paths[BY_PACKAGE]);
  g_autofree char *path = g_build_filename (folder, "up.hsb", NULL);
  g_autofree char *receipt = g_build_filename (folder, "receipt.hsb", NULL);

  pack (commune, folder, path);
  take_in (self->worlds[BY_PACKAGE], folder, path, receipt);
  return answer_of (commune, receipt, folder);
}

/* In the district's own package, which holds nothing else. */
static GBytes *
carried (Ways *self)
{
  Device *commune = self->communes[CARRIED], *district = self->districts[CARRIED];
  g_autofree char *folder = g_path_get_dirname (self->paths[CARRIED]);
  g_autofree char *path = g_build_filename (folder, "up.hsb", NULL);
  g_autofree char *outer = g_build_filename (folder, "on.hsb", NULL);
  g_autofree char *receipt = g_build_filename (folder, "receipt.hsb", NULL);
  g_autoptr (TdBundle) bundle = begin_bundle (district);
  g_autoptr (TdBundle) opened = NULL;

  pack (commune, folder, path);
  add_file (bundle, TD_ENTRY_PACKAGE, path);
  write_bundle (district, bundle, outer);
  take_in (self->worlds[CARRIED], folder, outer, receipt);
  opened = open_receipt (district, receipt, folder);
  return answer_of (commune, only_entry (opened, TD_ENTRY_PACKAGE)->path, folder);
}

/* ---- what is stored -------------------------------------------------------------------------------------- */

static void
dump_table (sqlite3 *db, const char *table, GString *text)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      GString *row = g_string_new (table);

      for (int i = 0; i < sqlite3_column_count (statement); i++)
        g_string_append_printf (row, "|%s", (const char *)sqlite3_column_text (statement, i));
      g_ptr_array_add (rows, g_string_free (row, FALSE));
    }
  sqlite3_finalize (statement);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s\n", (const char *)rows->pdata[i]);
}

/* Every row of every table. */
static char *
dump (const char *path)
{
  GString *text = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", -1,
                                       &statement, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    dump_table (db, (const char *)sqlite3_column_text (statement, 0), text);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}

static void
assert_same_answers (Ways *self, const char *part)
{
  g_autoptr (GBytes) line = by_line (self->communes[BY_LINE]);
  g_autoptr (GBytes) package = by_package (self);
  g_autoptr (GBytes) inside = carried (self);
  g_autofree char *said = g_strndup (g_bytes_get_data (line, NULL), g_bytes_get_size (line));

  g_test_message ("%s", said);
  g_assert_nonnull (strstr (said, part));
  g_assert_true (g_bytes_equal (line, package));
  g_assert_true (g_bytes_equal (line, inside));
}

static void
assert_same_journals (Ways *self)
{
  char *dumps[N_WAYS];

  for (guint way = 0; way < N_WAYS; way++)
    {
      world_free (g_steal_pointer (&self->worlds[way]));
      dumps[way] = dump (self->paths[way]);
    }
  g_assert_nonnull (strstr (dumps[BY_LINE], "17/BC-UBND"));
  g_assert_cmpstr (dumps[BY_LINE], ==, dumps[BY_PACKAGE]);
  g_assert_cmpstr (dumps[BY_LINE], ==, dumps[CARRIED]);
  for (guint way = 0; way < N_WAYS; way++)
    g_free (dumps[way]);
}

static void
test_ways (Ways *self, gconstpointer data)
{
  for (guint way = 0; way < N_WAYS; way++)
    work_first (self->communes[way]);
  assert_same_answers (self, "\"sig\"");
  for (guint way = 0; way < N_WAYS; way++)
    work_later (self->communes[way]);
  assert_same_answers (self, "\"rights\"");
  assert_same_journals (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/packages-equal/three-ways", Ways, NULL, set_up, test_ways, tear_down);
  return g_test_run ();
}
