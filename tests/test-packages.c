/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/registrations.h"
#include "stick-fixture.h"
#include "text/i18n.h"

#include <glib/gstdio.h>
#include <string.h>

/* Desks and an endpoint with a stick between them: what a package brings is what the line would have
 * brought, once, whoever carries it and whenever it comes. */

static void
attach_evidence (TdDesk *desk, const char *words)
{
  g_autofree char *record = td_desk_ledger (desk, "targets");
  g_autofree char *path = desk_make_pdf (g_get_tmp_dir (), "minh-chung-goi.pdf", words);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) keys = td_desk_keys (desk, record, "target");
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  td_desk_attach_to_row_async (desk, record, keys->pdata[0], "MINH_CHUNG", file, NULL, stick_take, &result);
  stick_wait (&result);
  g_assert_true (td_desk_attach_finish (desk, result, &error));
  g_assert_no_error (error);
  g_file_delete (file, NULL, NULL);
}

static void
hand_in (TdDesk *desk)
{
  GError *error = NULL;

  g_assert_true (td_desk_submit_registration (desk, &error));
  g_assert_no_error (error);
}

/* A commune that never has a line: file → work → stick → district → stick → centre → receipts → commune. */
static void
test_never_a_line (Stick *self, gconstpointer data)
{
  TdDesk *district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  TdDesk *commune = stick_desk_by_file (self, "commune.db", "31447", "Nguyễn Thị Ví Dụ");
  g_autofree char *registration = td_desk_ledger (commune, "registration");
  g_autofree char *up = NULL, *on = NULL, *said = NULL, *again = NULL, *back = NULL, *own = NULL, *receipt = NULL;
  g_autoptr (GListModel) carried = NULL;
  g_autoptr (TdRowItem) row = NULL;
  g_autoptr (GDir) dir = NULL;
  GError *error = NULL;
  const char *name;

  desk_fill_ledger (commune);
  attach_evidence (commune, "Báo cáo số 12");
  hand_in (commune);
  g_assert_cmpuint (stick_waiting (commune), >, 1);
  up = stick_export (commune, self->folder);
  g_assert_cmpuint (stick_waiting (commune), >, 1);

  endpoint_exchange (district);
  said = stick_import (district, up);
  g_assert_nonnull (strstr (said, "Xã Vị Thủy"));
  again = stick_import (district, up);
  carried = td_desk_carried (district);
  g_assert_cmpuint (g_list_model_get_n_items (carried), ==, 1);
  row = g_list_model_get_item (carried, 0);
  g_assert_cmpstr (row->title, ==, "Xã Vị Thủy");
  g_assert_cmpstr (row->state, ==, "info");
  g_assert_null (td_desk_save_receipt (district, row->id, self->folder, &error));
  g_clear_error (&error);
  on = stick_export (district, self->folder);

  receipt = g_build_filename (self->folder, "bien-nhan.hsb", NULL);
  stick_import_at_centre (self, on, receipt);
  stick_import_at_centre (self, on, receipt); /* twice */
  own = stick_import (district, receipt);
  g_assert_true (*own != '!');
  g_clear_object (&carried);
  g_clear_object (&row);
  carried = td_desk_carried (district);
  row = g_list_model_get_item (carried, 0);
  g_assert_cmpstr (row->state, ==, "ok");
  g_clear_pointer (&own, g_free);
  own = td_desk_save_receipt (district, row->id, self->folder, &error);
  g_assert_no_error (error);

  dir = g_dir_open (self->folder, 0, NULL);
  while (back == NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "bien-nhan-31447"))
      back = g_build_filename (self->folder, name, NULL);
  g_assert_nonnull (back);
  g_clear_pointer (&said, g_free);
  said = stick_import (commune, back);
  g_assert_true (*said != '!');
  g_assert_true (td_desk_enrolled (commune));
  g_assert_false (td_desk_enrolling_by_file (commune));
  g_assert_cmpuint (stick_waiting (commune), ==, 0);
  desk_assert_stage (commune, registration, "submitted");
  endpoint_exchange (district);
  desk_assert_stage (district, registration, "submitted");
  g_clear_pointer (&said, g_free);
  said = stick_import (commune, back); /* a receipt twice */
  g_assert_true (*said != '!');
  desk_assert_stage (commune, registration, "submitted");
  /* The next package is empty and still brings what is new. */
  desk_do (district, "receive", registration, NULL);
  endpoint_exchange (district);
  g_clear_pointer (&up, g_free);
  up = stick_export (commune, self->folder);
  stick_import_at_centre (self, up, receipt);
  g_clear_pointer (&said, g_free);
  said = stick_import (commune, receipt);
  desk_assert_stage (commune, registration, "received");
  desk_close (commune);
  desk_close (district);
}

/* By stick, by line, by stick again, an older package after a newer: each operation counts once. */
static void
test_any_order (Stick *self, gconstpointer data)
{
  TdDesk *commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  g_autofree char *registration = td_desk_ledger (commune, "registration");
  g_autofree char *receipt = g_build_filename (self->folder, "r1.hsb", NULL);
  g_autofree char *second = g_build_filename (self->folder, "r2.hsb", NULL);
  g_autofree char *old = NULL, *newer = NULL, *said = NULL;

  endpoint_exchange (commune);
  desk_fill_ledger (commune);
  old = stick_export (commune, self->folder);
  hand_in (commune);
  newer = stick_export (commune, self->folder);
  g_assert_cmpstr (old, !=, newer);
  stick_import_at_centre (self, newer, second);
  endpoint_exchange (commune);
  g_assert_cmpuint (stick_waiting (commune), ==, 0);
  stick_import_at_centre (self, old, receipt);
  stick_import_at_centre (self, newer, second);
  said = stick_import (commune, second);
  g_assert_true (*said != '!');
  g_clear_pointer (&said, g_free);
  said = stick_import (commune, receipt);
  g_assert_true (*said != '!');
  desk_assert_stage (commune, registration, "submitted");
  endpoint_exchange (commune);
  desk_assert_stage (commune, registration, "submitted");
  desk_close (commune);
}

/* Several parts: each stands for itself, whichever comes first, and one may come later. */
static void
test_parts (Stick *self, gconstpointer data)
{
  TdDesk *commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  g_autofree char *receipt = g_build_filename (self->folder, "r.hsb", NULL);
  g_autofree char *first = NULL, *said = NULL;
  g_auto (GStrv) paths = NULL;
  guint n;

  endpoint_exchange (commune);
  desk_fill_ledger (commune);
  attach_evidence (commune, "Báo cáo số 12");
  attach_evidence (commune, "Báo cáo số 13");
  attach_evidence (commune, "Báo cáo số 14");
  first = stick_export_part (commune, self->folder, 1, &paths);
  n = g_strv_length (paths);
  g_assert_cmpuint (n, ==, 3);
  stick_import_at_centre (self, paths[2], receipt);
  said = stick_import (commune, receipt);
  g_assert_true (*said != '!');
  g_assert_cmpuint (stick_waiting (commune), ==, 0);
  stick_import_at_centre (self, paths[0], receipt);
  stick_import_at_centre (self, paths[1], receipt);
  g_clear_pointer (&said, g_free);
  said = stick_import (commune, receipt);
  g_assert_true (*said != '!');
  g_clear_pointer (&said, g_free);
  said = td_desk_waiting_text (commune);
  g_assert_cmpstr (said, ==, "Đã gửi hết");
  desk_close (commune);
}

static void
expect_refused (TdDesk *desk, const char *path, const char *words)
{
  g_autofree char *said = stick_import (desk, path);

  g_assert_true (*said == '!');
  g_assert_nonnull (strstr (said, words));
}

/* What doesn't belong here is told in a sentence and changes nothing. */
static void
test_refused (Stick *self, gconstpointer data)
{
  TdDesk *commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  TdDesk *other = endpoint_desk (self->endpoint, "other.db", "31459", "OL", "Võ Văn Láng Giềng");
  g_autofree char *junk = g_build_filename (self->folder, "junk.hsb", NULL);
  g_autofree char *cut = g_build_filename (self->folder, "cut.hsb", NULL);
  g_autofree char *receipt = g_build_filename (self->folder, "r.hsb", NULL);
  g_autofree char *package = NULL, *bytes = NULL;
  g_autofree char *nowhere = g_build_filename (self->folder, "no", "such", "folder", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  endpoint_exchange (commune);
  desk_fill_ledger (commune);
  package = stick_export (commune, self->folder);
  g_assert_true (g_file_set_contents (junk, "hello", -1, NULL));
  g_assert_true (g_file_get_contents (package, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (cut, bytes, (gssize)length - 20, NULL));
  expect_refused (other, package, "người nhận khác");
  expect_refused (other, junk, "không phải là gói");
  g_assert_false (stick_endpoint_run (self, "--import", cut, "--receipt", receipt, NULL));
  g_assert_false (stick_endpoint_run (self, "--import", junk, "--receipt", receipt, NULL));
  g_assert_false (g_file_test (receipt, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (stick_waiting (commune), >, 0);
  td_desk_export_async (commune, nowhere, TD_PACKAGE_PART_SMALL, NULL, stick_take, &result);
  stick_wait (&result);
  g_assert_null (td_desk_export_finish (commune, result, NULL, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_FILE);
  g_assert_cmpuint (stick_waiting (commune), >, 0);
  g_clear_object (&result);
  desk_close (commune);
  desk_close (other);
}

/* Before any enrolment there is nobody to seal for; it is said. */
static void
test_unenrolled (Stick *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->endpoint->folder, "fresh.db", NULL);
  TdDesk *desk = desk_new (path, "31447", "Nguyễn Thị Ví Dụ");
  g_autofree char *why = td_desk_package_why_not (desk);
  g_autofree char *junk = g_build_filename (self->folder, "junk.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (why);
  g_assert_true (g_file_set_contents (junk, "{\"v\":1}", -1, NULL));
  g_assert_false (td_desk_enrol_by_file (desk, junk, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_FILE);
  desk_close (desk);
}

#define ADD(path, function) g_test_add ("/packages/" path, Stick, NULL, stick_set_up, function, stick_tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("never-a-line", test_never_a_line);
  ADD ("any-order", test_any_order);
  ADD ("parts", test_parts);
  ADD ("refused", test_refused);
  ADD ("unenrolled", test_unenrolled);
  return g_test_run ();
}
