/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "device-fixture.h"
#include "endpoint-fixture.h"
#include "small-disk.h"
#include "temporary.h"

#include "desk/packages.h"
#include "endpoint/centre-private.h"
#include "endpoint/journal-private.h"
#include "endpoint/replay.h"
#include "text/i18n.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* No room, or a data base somebody else holds: who waits learns it in words, nothing is lost, and it goes on as soon as
 * it can. The disks are real, where the machine lets a test have one. */

#define FULL_HERE "Ổ đĩa đã đầy"
#define HELD_HERE "đang được một chương trình khác sử dụng"
#define RECEIVED_FULL "Ổ đĩa của máy này đã đầy"

static gboolean disks;

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* ---- the journal ----------------------------------------------------------------------------------------------- */

/* One more edit of a device; FALSE: refused as a whole with 507 full, the operation stays pending. */
static gboolean
push (Device *device, const char *record, const char *text)
{
  g_autofree char *id = world_id (device->world);
  g_autofree char *body = text == NULL ? NULL : edit_body (device, id, record, "nomination", "achievement", NULL, text);
  TdProblem *problem = NULL;
  g_autoptr (TdSyncAnswer) answer = NULL;

  if (body != NULL)
    device_seal (device, body, NULL);
  answer = device_sync (device, &problem);
  if (answer != NULL)
    return TRUE;
  g_assert_cmpuint (problem->status, ==, 507);
  g_assert_cmpstr (problem->type, ==, "full");
  td_problem_free (problem);
  return FALSE;
}

static void
forbid_growth (World *world, gboolean forbidden)
{
  TdDb *db = ((TdJournalSqlite *)td_centre_journal (world->centre))->db;
  g_autofree char *limit = NULL;
  gint64 pages = 0;

  td_db_get_int (db, &pages, NULL, "PRAGMA page_count", NULL);
  limit = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, forbidden ? pages : 1 << 20);
  g_assert_true (td_db_script (db, limit, NULL));
}

/* SQLite's own word for no room, on any machine: whoever only asks is served on, and what was refused comes later. */
static void
test_pages (void)
{
  World *world = world_new (NULL);
  Device *device = device_enrolled (world, 1, "31447", "OL");
  g_autofree char *record = world_id (world);
  g_autofree char *large = g_strnfill (20000, 'x');
  GError *error = NULL;

  g_assert_true (push (device, record, "một"));
  forbid_growth (world, TRUE);
  g_assert_false (push (device, record, large));
  g_assert_false (push (device, record, NULL));
  forbid_growth (world, FALSE);
  g_assert_true (push (device, record, NULL));
  g_assert_true (td_centre_verify (world->centre, &error));
  g_assert_no_error (error);
  device_free (device);
  world_free (world);
}

/* ---- the endpoint ---------------------------------------------------------------------------------------------- */

typedef struct
{
  Endpoint *endpoint;
  char *disk;
  TdDesk *desk, *second;
  char *record;
} Full;

/* The endpoint's own folder, or the first desk's, is on a disk of its own. */
static void
set_up (Full *self, gconstpointer whose)
{
  if (!disks)
    return;
  self->endpoint = endpoint_new ();
  self->disk = g_build_filename (self->endpoint->folder, "disk", NULL);
  g_mkdir (self->disk, 0700);
  small_disk_mount (self->disk, 12);
  if (strcmp (whose, "endpoint") == 0)
    {
      endpoint_stop (self->endpoint);
      g_free (self->endpoint->dir);
      self->endpoint->dir = g_strdup (self->disk);
      endpoint_start (self->endpoint);
    }
  self->desk = endpoint_desk (self->endpoint, strcmp (whose, "endpoint") == 0 ? "one.db" : "disk/one.db", "31447", "OL",
                              "Nguyễn Thị Ví Dụ");
  self->second = endpoint_desk (self->endpoint, "two.db", "31447", "OL", "Trần Văn Hai");
  self->record = td_desk_ledger (self->desk, "events");
  desk_type (self->desk, self->record, "launch/document", "Kế hoạch số 1", NULL);
  endpoint_exchange (self->desk);
}

static void
tear_down (Full *self, gconstpointer whose)
{
  if (!disks)
    return;
  desk_close (self->desk);
  desk_close (self->second);
  if (strcmp (whose, "endpoint") == 0)
    endpoint_stop (self->endpoint);
  endpoint_verify (self->endpoint);
  small_disk_unmount (self->disk);
  endpoint_discard (self->endpoint);
  g_free (self->disk);
  g_free (self->record);
}

static gboolean
lacks_disks (void)
{
  if (!disks)
    g_test_skip ("no file system may be mounted here");
  return !disks;
}

static void
assert_shown (TdDesk *desk, const char *record, const char *text)
{
  g_autofree char *shown = td_desk_shown (desk, record, "launch/document");

  g_assert_cmpstr (shown, ==, text);
}

static void
expect_sentence (GError *error, const char *part)
{
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” lacks “%s”", error->message, part);
  g_error_free (error);
}

/* Much is typed, until it no longer fits there. */
static void
type_much (TdDesk *desk, char **record)
{
  g_autofree char *words = g_strnfill (30000, 'x');

  for (guint i = 0; i < 8; i++)
    {
      g_free (*record);
      *record = desk_nominate (desk, "Nguyễn Văn Thử", "093080000017");
      desk_type (desk, *record, "achievement", words, NULL);
    }
}

static void
test_endpoint (Full *self, gconstpointer data)
{
  g_autofree char *dossier = NULL;
  g_autofree char *there = NULL;
  GError *error = NULL;

  if (lacks_disks ())
    return;
  small_disk_fill (self->disk);
  type_much (self->desk, &dossier);
  g_assert_false (td_desk_exchange_wait (self->desk, &error));
  expect_sentence (error, "Trung tâm");
  small_disk_free (self->disk);
  endpoint_exchange (self->desk);
  endpoint_exchange (self->second);
  there = td_desk_shown (self->second, dossier, "achievement");
  g_assert_nonnull (there);
  g_assert_cmpuint (strlen (there), ==, 30000);
  assert_shown (self->second, self->record, "Kế hoạch số 1");
}

/* ---- a desk ---------------------------------------------------------------------------------------------------- */

static GError *
try_to_attach (TdDesk *desk, const char *record, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  td_desk_attach_async (desk, record, "KHAC", file, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  td_desk_attach_finish (desk, result, &error);
  return error;
}

static GError *
try_to_export (TdDesk *desk, const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *said = NULL;
  GError *error = NULL;

  td_desk_export_async (desk, folder, TD_PACKAGE_PART_SMALL, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  said = td_desk_export_finish (desk, result, &paths, &error);
  g_assert_true ((said == NULL) == (error != NULL));
  return error;
}

/* Typed, attached, taken in: none of it is stored, all of it is said, and what was there stays. */
static void
test_desk (Full *self, gconstpointer data)
{
  g_autofree char *dossier = NULL;
  g_autofree char *scan = NULL;
  GError *error = NULL;
  gboolean stored = TRUE;

  if (lacks_disks ())
    return;
  dossier = td_desk_new_nomination (self->desk, TRUE, NULL);
  scan = desk_make_pdf (self->endpoint->folder, "scan.pdf", "Tờ trình");
  desk_type (self->second, self->record, "launch/date", "10/7/2024", NULL);
  endpoint_exchange (self->second);
  small_disk_fill (self->disk);
  for (guint i = 0; i < 200 && stored; i++) /* what lies ready in its log may still be used */
    {
      g_autofree char *text = g_strdup_printf ("Kế hoạch số %u", i);
      g_autofree char *before = td_desk_shown (self->desk, self->record, "launch/document");

      stored = td_desk_set (self->desk, self->record, "launch/document", text, &error);
      assert_shown (self->desk, self->record, stored ? text : before);
    }
  g_assert_false (stored);
  expect_sentence (g_steal_pointer (&error), FULL_HERE);
  expect_sentence (try_to_attach (self->desk, dossier, scan), FULL_HERE);
  g_assert_false (td_desk_exchange_wait (self->desk, &error));
  expect_sentence (g_steal_pointer (&error), RECEIVED_FULL);
  small_disk_free (self->disk);
  desk_type (self->desk, self->record, "launch/document", "Kế hoạch số 12", NULL);
  g_assert_null (try_to_attach (self->desk, dossier, scan));
  endpoint_exchange (self->desk);
  endpoint_exchange (self->second);
  assert_shown (self->second, self->record, "Kế hoạch số 12");
  endpoint_reopen (self->endpoint, "disk/one.db", &self->desk);
  assert_shown (self->desk, self->record, "Kế hoạch số 12");
}

/* A full stick: nothing half stays on it, and the next one takes all. */
static void
test_stick (Full *self, gconstpointer data)
{
  g_autofree char *stick = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GDir) dir = NULL;

  if (lacks_disks ())
    return;
  stick = g_build_filename (self->endpoint->folder, "stick", NULL);
  g_mkdir (stick, 0700);
  small_disk_mount (stick, 1);
  desk_type (self->second, self->record, "launch/date", "10/7/2024", NULL);
  small_disk_fill (stick);
  expect_sentence (try_to_export (self->second, stick), "USB");
  dir = g_dir_open (stick, 0, NULL);
  name = g_strdup (g_dir_read_name (dir));
  g_assert_cmpstr (name, ==, "ballast");
  g_assert_null (g_dir_read_name (dir));
  g_clear_pointer (&dir, g_dir_close);
  small_disk_free (stick);
  g_assert_null (try_to_export (self->second, stick));
  small_disk_unmount (stick);
}

/* ---- held ------------------------------------------------------------------------------------------------------ */

/* Another program writes to the same data base and does not come to an end. */
static void
test_held (void)
{
  g_autofree char *folder = g_dir_make_tmp ("thidua-held-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "desk.db", NULL);
  TdDesk *desk = desk_new (path, "31447", "Nguyễn Thị Ví Dụ");
  g_autofree char *record = td_desk_ledger (desk, "events");
  sqlite3 *other = NULL;
  GError *error = NULL;

  desk_type (desk, record, "launch/document", "Kế hoạch số 1", NULL);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (td_desk_set (desk, record, "launch/document", "Kế hoạch số 2", &error));
  expect_sentence (error, HELD_HERE);
  assert_shown (desk, record, "Kế hoạch số 1");
  sqlite3_close (other);
  desk_type (desk, record, "launch/document", "Kế hoạch số 2", NULL);
  assert_shown (desk, record, "Kế hoạch số 2");
  desk_close (desk);
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
  disks = small_disks_allowed ();
  g_test_init (&argc, &argv, NULL);
  td_i18n_start ();
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* the log tells of the full disk */
  g_test_add_func ("/full/pages", test_pages);
#define ADD(path, whose, function) g_test_add ("/full/" path, Full, whose, set_up, function, tear_down)
  ADD ("endpoint", "endpoint", test_endpoint);
  ADD ("desk", "desk", test_desk);
  ADD ("stick", "desk", test_stick);
#undef ADD
  g_test_add_func ("/full/held", test_held);
  return g_test_run ();
}
