/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/packages-private.h"
#include "desk/problems.h"
#include "desk/registrations.h"
#include "power-disk.h"
#include "stick-fixture.h"
#include "text/i18n.h"
#include "wire/gzip.h"

#include <glib/gstdio.h>
#include <string.h>

/* Packages a level in between must not take, what the centre's refusal becomes there, and sticks without room: each is
 * told in a sentence, changes nothing and loses nothing. */

typedef struct
{
  Stick stick;
  TdDesk *commune, *district;
} Scene;

static void
set_up (Scene *self, gconstpointer data)
{
  stick_set_up (&self->stick, data);
  self->commune = endpoint_desk (self->stick.endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->district = endpoint_desk (self->stick.endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  desk_fill_ledger (self->commune);
}

static void
tear_down (Scene *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->district);
  stick_tear_down (&self->stick, data);
}

static guint
carries (TdDesk *desk)
{
  g_autoptr (GListModel) list = td_desk_carried (desk);

  return g_list_model_get_n_items (list);
}

static void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” does not say “%s”", text, part);
}

static void
refuses (TdDesk *desk, const char *path, const char *part)
{
  g_autofree char *said = stick_import (desk, path);

  g_assert_true (*said == '!');
  assert_says (said, part);
  assert_says (said, "Chưa nhập gì");
  g_assert_cmpuint (carries (desk), ==, 0);
}

/* ---- written by hand ------------------------------------------------------------------------------------ */

static void
put (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* As @desk's machine would sign it, for @reader. */
static TdBundle *
begin_bundle (TdDesk *desk, TdDesk *reader)
{
  TdBundle *bundle = td_bundle_new (TD_BUNDLE_UP);

  put (&bundle->set, "0123456789abcdef0123456789abcdef");
  td_package_set (&bundle->unit, td_store_get (desk->store, TD_META_UNIT));
  put (&bundle->campaign, td_campaign_id (desk->campaign));
  put (&bundle->life, td_store_life (desk->store));
  bundle->part = bundle->parts = 1;
  bundle->created = 1752000000;
  g_strfreev (bundle->recipients);
  bundle->recipients = g_new0 (char *, 2);
  bundle->recipients[0] = g_strdup (td_store_key (reader->store));
  return bundle;
}

/* Takes the bundle; the path. */
static char *
write_as (Scene *self, TdDesk *desk, TdBundle *taken)
{
  g_autoptr (TdBundle) bundle = taken;
  char *path = g_build_filename (self->stick.folder, "by-hand.hsb", NULL);
  g_autofree char *secret = td_store_secret (desk->store);
  TdSealedKey key = { td_store_key (desk->store), secret };
  GError *error = NULL;

  td_sealed_write (path, bundle, &key, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_campaign (Scene *self, gconstpointer data)
{
  TdBundle *bundle = begin_bundle (self->commune, self->district);
  g_autofree char *path = NULL;

  put (&bundle->campaign, "tp-can-tho-2026");
  path = write_as (self, self->commune, bundle);
  refuses (self->district, path, "phong trào khác");
}

/* Its own; one of a unit whose way up leads elsewhere; one of a machine nobody enrolled. */
static void
test_whose (Scene *self, gconstpointer data)
{
  TdDesk *other = endpoint_desk (self->stick.endpoint, "other.db", "930", "OL", "Võ Văn Huyện Khác");
  g_autofree char *fresh = g_build_filename (self->stick.endpoint->folder, "fresh.db", NULL);
  TdDesk *stranger = desk_new (fresh, "31447", "Người Lạ");
  g_autofree char *own = write_as (self, self->district, begin_bundle (self->district, self->district));
  g_autofree char *elsewhere = NULL, *unknown = NULL, *said = NULL;

  said = stick_import (self->district, own);
  assert_says (said, "!");
  assert_says (said, "chính máy này");
  endpoint_exchange (other);
  endpoint_exchange (self->district);
  elsewhere = write_as (self, other, begin_bundle (other, self->district));
  refuses (self->district, elsewhere, "không trình lên đơn vị này");
  unknown = write_as (self, stranger, begin_bundle (stranger, self->district));
  g_clear_pointer (&said, g_free);
  said = stick_import (self->district, unknown);
  assert_says (said, "!");
  assert_says (said, "Trao đổi dữ liệu");
  g_assert_cmpuint (carries (self->district), ==, 0);
  desk_close (other);
  desk_close (stranger);
}

/* A chain that doesn't hold is seen on the way, before the centre. */
static void
test_signature (Scene *self, gconstpointer data)
{
  TdBundle *bundle = begin_bundle (self->commune, self->district);
  g_autofree char *path = NULL, *tip = NULL;
  g_autoptr (GPtrArray) ops = td_store_seal_after (self->commune->store, 0, 1024 * 1024, &tip, NULL);
  g_autoptr (TdSyncRequest) request = td_sync_request_new ();
  g_autoptr (GBytes) plain = NULL;
  GError *error = NULL;

  g_assert_cmpuint (ops->len, >, 1);
  g_ptr_array_unref (request->ops);
  request->ops = g_ptr_array_ref (ops);
  put (&request->life, td_store_life (self->commune->store));
  put (&request->k, "0123abcd");
  put (&request->tip, tip);
  request->tip[0] = tip[0] == 'a' ? 'b' : 'a';
  td_package_set (&request->sig, td_store_sign (self->commune->store, request->tip));
  plain = td_sync_request_write (request, &error);
  g_assert_no_error (error);
  td_bundle_add (bundle, TD_ENTRY_REQUEST, td_gzip (plain));
  path = write_as (self, self->commune, bundle);
  refuses (self->district, path, "hữ ký");
}

/* ---- a revoked machine ------------------------------------------------------------------------------- */

static void
take_rights_away (Scene *self)
{
  g_autofree char *code = td_desk_machine_code (self->commune);

  g_assert_true (stick_endpoint_run (&self->stick, "--revoke", code, NULL));
}

static void
test_revoked (Scene *self, gconstpointer data)
{
  g_autofree char *path = stick_export (self->commune, self->stick.folder);
  guint waits = stick_waiting (self->commune);

  take_rights_away (self);
  endpoint_exchange (self->district);
  refuses (self->district, path, "thu hồi");
  g_assert_cmpuint (stick_waiting (self->commune), ==, waits);
}

/* The only package the district carries; owned. */
static TdRowItem *
only_carried (Scene *self)
{
  g_autoptr (GListModel) list = td_desk_carried (self->district);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  return g_list_model_get_item (list, 0);
}

/* Read first, revoked meanwhile: the centre's 422 is shown in words, the package is not sent again by itself, holds
 * nothing else up, and stays until it is taken off the list. */
static void
test_refused_on_the_way (Scene *self, gconstpointer data)
{
  g_autofree char *path = stick_export (self->commune, self->stick.folder);
  g_autofree char *said = stick_import (self->district, path);
  g_autofree char *events = td_desk_ledger (self->district, "events");
  g_autoptr (TdRowItem) row = NULL;
  GError *error = NULL;

  g_assert_true (*said != '!');
  take_rights_away (self);
  desk_type (self->district, events, "interim/document", "15/BC-UBND", NULL);
  for (guint i = 0; i < 3; i++)
    endpoint_exchange (self->district);
  g_assert_cmpuint (stick_waiting (self->district), ==, 0);
  endpoint_reopen (self->stick.endpoint, "district.db", &self->district);
  row = only_carried (self);
  g_assert_cmpstr (row->state, ==, "fail");
  assert_says (row->subtitle, "thu hồi");
  assert_says (row->value, "Trung tâm không nhận");
  g_assert_null (td_desk_save_receipt (self->district, row->id, self->stick.folder, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (td_desk_drop_carried (self->district, row->id, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (carries (self->district), ==, 0);
}

/* ---- no room ----------------------------------------------------------------------------------------------- */

static guint
files_on (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
no_room (Scene *self, gint64 part)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  td_desk_export_async (self->commune, self->stick.folder, part, NULL, stick_take, &result);
  stick_wait (&result);
  g_assert_null (td_desk_export_finish (self->commune, result, NULL, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_FILE);
  assert_says (error->message, "không đủ chỗ");
  assert_says (error->message, "vẫn còn trên máy này");
}

static void
attach (TdDesk *desk, const char *words)
{
  g_autofree char *record = td_desk_ledger (desk, "targets");
  g_autofree char *path = desk_make_pdf (g_get_tmp_dir (), "minh-chung-day.pdf", words);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) keys = td_desk_keys (desk, record, "target");
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  td_desk_attach_to_row_async (desk, record, keys->pdata[0], "MINH_CHUNG", file, NULL, stick_take, &result);
  stick_wait (&result);
  g_assert_true (td_desk_attach_finish (desk, result, &error));
  g_file_delete (file, NULL, NULL);
}

/* ENOSPC in the first bytes, in the middle, in a later part: nothing unfinished is left on the stick, what was there
 * before stays, and the same work goes once there is room. */
static void
test_full_stick (Scene *self, gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->stick.folder, "giao-an.docx", NULL);
  g_autofree char *receipt = g_build_filename (self->stick.endpoint->folder, "receipt.hsb", NULL);
  g_autofree char *path = NULL, *said = NULL;
  PowerDisk *disk;
  guint waits;
  GStatBuf status;

  attach (self->commune, "Báo cáo số 12");
  g_assert_true (g_file_set_contents (other, "của người khác", -1, NULL));
  path = stick_export (self->commune, self->stick.folder);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_unlink (path);
  waits = stick_waiting (self->commune);
  disk = power_disk_new (self->stick.folder, 7);
  power_disk_set_room (disk, 0);
  no_room (self, TD_PACKAGE_PART_SMALL);
  power_disk_set_room (disk, status.st_size / 2);
  no_room (self, TD_PACKAGE_PART_SMALL);
  attach (self->commune, "Báo cáo số 13");
  power_disk_set_room (disk, status.st_size + status.st_size / 2);
  no_room (self, 1);
  g_assert_cmpuint (files_on (self->stick.folder), ==, 1);
  g_assert_cmpuint (stick_waiting (self->commune), ==, waits + 1);
  power_disk_set_room (disk, -1);
  g_clear_pointer (&path, g_free);
  path = stick_export (self->commune, self->stick.folder);
  power_disk_free (disk);
  stick_import_at_centre (&self->stick, path, receipt);
  said = stick_import (self->commune, receipt);
  g_assert_true (*said != '!');
  g_assert_cmpuint (stick_waiting (self->commune), ==, 0);
}

/* GIO's word for a full disk is the same to whoever reads it. */
static void
test_words (Scene *self, gconstpointer data)
{
  g_autoptr (GError) ours = g_error_new_literal (TD_SEALED_ERROR, TD_SEALED_ERROR_FULL, "No space left on device");
  g_autoptr (GError) gio = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No space left on device");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "gone");
  g_autofree char *one = td_words_package (ours);
  g_autofree char *two = td_words_package (gio);

  g_assert_cmpstr (one, ==, two);
  assert_says (one, "không đủ chỗ");
  g_assert_true (td_package_no_room (ours));
  g_assert_true (td_package_no_room (gio));
  g_assert_false (td_package_no_room (other));
}

#define ADD(path, function) g_test_add ("/packages-refused/" path, Scene, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("campaign", test_campaign);
  ADD ("whose", test_whose);
  ADD ("signature", test_signature);
  ADD ("revoked", test_revoked);
  ADD ("refused-on-the-way", test_refused_on_the_way);
  ADD ("full-stick", test_full_stick);
  ADD ("words", test_words);
  return g_test_run ();
}
