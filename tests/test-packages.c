/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/packages.h"
#include "desk/registrations.h"
#include "endpoint-fixture.h"
#include "text/i18n.h"

#include <glib/gstdio.h>
#include <string.h>

/* Desks and an endpoint with a stick between them: what a package brings is what the line would have
 * brought, once, whoever carries it and whenever it comes. */

typedef struct
{
  Endpoint *endpoint;
  char *stick;
} Walk;

static void
set_up (Walk *self, gconstpointer data)
{
  self->endpoint = endpoint_new_on ("2024-07-15");
  self->stick = g_build_filename (self->endpoint->folder, "stick", NULL);
  g_assert_cmpint (g_mkdir (self->stick, 0700), ==, 0);
}

static void
tear_down (Walk *self, gconstpointer data)
{
  endpoint_free (self->endpoint);
  g_free (self->stick);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* The one file it wrote; owned. */
static char *
export_part (TdDesk *desk, const char *folder, gint64 size, char ***all)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *text = NULL;
  char *first;
  GError *error = NULL;

  td_desk_export_async (desk, folder, size, NULL, take_result, &result);
  wait_for (&result);
  text = td_desk_export_finish (desk, result, &paths, &error);
  g_assert_no_error (error);
  g_assert_nonnull (text);
  first = g_strdup (paths[0]);
  if (all != NULL)
    *all = g_steal_pointer (&paths);
  else
    g_assert_cmpuint (g_strv_length (paths), ==, 1);
  return first;
}

static char *
export_to (TdDesk *desk, const char *folder)
{
  return export_part (desk, folder, TD_PACKAGE_PART_SMALL, NULL);
}

/* What it said; a failure is told as "!" and the sentence. */
static char *
import_from (TdDesk *desk, const char *path)
{
  const char *const paths[] = { path, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  td_desk_import_async (desk, paths, NULL, take_result, &result);
  wait_for (&result);
  text = td_desk_import_finish (desk, result, &error);
  g_test_message ("%s", text != NULL ? text : error->message);
  return text != NULL ? text : g_strconcat ("!", error->message, NULL);
}

/* Runs the program on this endpoint's folder. */
static gboolean
endpoint_run (Walk *self, const char *first, ...)
{
  g_autofree char *program = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL, *err = NULL;
  GError *error = NULL;
  va_list words;

  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (char *)"--data");
  g_ptr_array_add (argv, self->endpoint->dir);
  g_ptr_array_add (argv, (char *)"--today");
  g_ptr_array_add (argv, self->endpoint->day);
  va_start (words, first);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (argv, (char *)word);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *)argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_test_message ("%s%s", out, err);
  return g_subprocess_get_successful (process);
}

static void
import_at_centre (Walk *self, const char *package, const char *receipt)
{
  g_assert_true (endpoint_run (self, "--import", package, "--receipt", receipt, NULL));
}

static guint
waiting (TdDesk *desk)
{
  guint changes;
  gsize bytes;

  td_desk_waiting (desk, &changes, &bytes);
  return changes;
}

static TdDesk *
desk_by_file (Walk *self, const char *name, const char *unit, const char *person)
{
  g_autofree char *file = g_build_filename (self->stick, "ghi-danh.json", NULL);
  g_autofree char *path = g_build_filename (self->endpoint->folder, name, NULL);
  TdDesk *desk = desk_new (path, NULL, NULL);
  GError *error = NULL;

  g_assert_true (endpoint_run (self, "--make-enrolment", unit, "OL", "--out", file, NULL));
  td_desk_set_person (desk, person, "Chuyên viên");
  g_assert_true (td_desk_enrol_by_file (desk, file, &error));
  g_assert_no_error (error);
  g_assert_true (td_desk_enrolling_by_file (desk));
  g_assert_false (td_desk_enrolled (desk));
  return desk;
}

static void
attach_evidence (TdDesk *desk, const char *words)
{
  g_autofree char *record = td_desk_ledger (desk, "targets");
  g_autofree char *path = desk_make_pdf (g_get_tmp_dir (), "minh-chung-goi.pdf", words);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) keys = td_desk_keys (desk, record, "target");
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  td_desk_attach_to_row_async (desk, record, keys->pdata[0], "MINH_CHUNG", file, NULL, take_result, &result);
  wait_for (&result);
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
test_never_a_line (Walk *self, gconstpointer data)
{
  TdDesk *district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  TdDesk *commune = desk_by_file (self, "commune.db", "31447", "Nguyễn Thị Ví Dụ");
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
  g_assert_cmpuint (waiting (commune), >, 1);
  up = export_to (commune, self->stick);
  g_assert_cmpuint (waiting (commune), >, 1);

  endpoint_exchange (district);
  said = import_from (district, up);
  g_assert_nonnull (strstr (said, "Xã Vị Thủy"));
  again = import_from (district, up);
  carried = td_desk_carried (district);
  g_assert_cmpuint (g_list_model_get_n_items (carried), ==, 1);
  row = g_list_model_get_item (carried, 0);
  g_assert_cmpstr (row->title, ==, "Xã Vị Thủy");
  g_assert_cmpstr (row->state, ==, "info");
  g_assert_null (td_desk_save_receipt (district, row->id, self->stick, &error));
  g_clear_error (&error);
  on = export_to (district, self->stick);

  receipt = g_build_filename (self->stick, "bien-nhan.hsb", NULL);
  import_at_centre (self, on, receipt);
  import_at_centre (self, on, receipt); /* twice */
  own = import_from (district, receipt);
  g_assert_true (*own != '!');
  g_clear_object (&carried);
  g_clear_object (&row);
  carried = td_desk_carried (district);
  row = g_list_model_get_item (carried, 0);
  g_assert_cmpstr (row->state, ==, "ok");
  g_clear_pointer (&own, g_free);
  own = td_desk_save_receipt (district, row->id, self->stick, &error);
  g_assert_no_error (error);

  dir = g_dir_open (self->stick, 0, NULL);
  while (back == NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "bien-nhan-31447"))
      back = g_build_filename (self->stick, name, NULL);
  g_assert_nonnull (back);
  g_clear_pointer (&said, g_free);
  said = import_from (commune, back);
  g_assert_true (*said != '!');
  g_assert_true (td_desk_enrolled (commune));
  g_assert_false (td_desk_enrolling_by_file (commune));
  g_assert_cmpuint (waiting (commune), ==, 0);
  desk_assert_stage (commune, registration, "submitted");
  endpoint_exchange (district);
  desk_assert_stage (district, registration, "submitted");
  g_clear_pointer (&said, g_free);
  said = import_from (commune, back); /* a receipt twice */
  g_assert_true (*said != '!');
  desk_assert_stage (commune, registration, "submitted");
  /* The next package is empty and still brings what is new. */
  desk_do (district, "receive", registration, NULL);
  endpoint_exchange (district);
  g_clear_pointer (&up, g_free);
  up = export_to (commune, self->stick);
  import_at_centre (self, up, receipt);
  g_clear_pointer (&said, g_free);
  said = import_from (commune, receipt);
  desk_assert_stage (commune, registration, "received");
  desk_close (commune);
  desk_close (district);
}

/* By stick, by line, by stick again, an older package after a newer: each operation counts once. */
static void
test_any_order (Walk *self, gconstpointer data)
{
  TdDesk *commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  g_autofree char *registration = td_desk_ledger (commune, "registration");
  g_autofree char *receipt = g_build_filename (self->stick, "r1.hsb", NULL);
  g_autofree char *second = g_build_filename (self->stick, "r2.hsb", NULL);
  g_autofree char *old = NULL, *newer = NULL, *said = NULL;

  endpoint_exchange (commune);
  desk_fill_ledger (commune);
  old = export_to (commune, self->stick);
  hand_in (commune);
  newer = export_to (commune, self->stick);
  g_assert_cmpstr (old, !=, newer);
  import_at_centre (self, newer, second);
  endpoint_exchange (commune);
  g_assert_cmpuint (waiting (commune), ==, 0);
  import_at_centre (self, old, receipt);
  import_at_centre (self, newer, second);
  said = import_from (commune, second);
  g_assert_true (*said != '!');
  g_clear_pointer (&said, g_free);
  said = import_from (commune, receipt);
  g_assert_true (*said != '!');
  desk_assert_stage (commune, registration, "submitted");
  endpoint_exchange (commune);
  desk_assert_stage (commune, registration, "submitted");
  desk_close (commune);
}

/* Several parts: each stands for itself, whichever comes first, and one may come later. */
static void
test_parts (Walk *self, gconstpointer data)
{
  TdDesk *commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  g_autofree char *receipt = g_build_filename (self->stick, "r.hsb", NULL);
  g_autofree char *first = NULL, *said = NULL;
  g_auto (GStrv) paths = NULL;
  guint n;

  endpoint_exchange (commune);
  desk_fill_ledger (commune);
  attach_evidence (commune, "Báo cáo số 12");
  attach_evidence (commune, "Báo cáo số 13");
  attach_evidence (commune, "Báo cáo số 14");
  first = export_part (commune, self->stick, 1, &paths);
  n = g_strv_length (paths);
  g_assert_cmpuint (n, ==, 3);
  import_at_centre (self, paths[2], receipt);
  said = import_from (commune, receipt);
  g_assert_true (*said != '!');
  g_assert_cmpuint (waiting (commune), ==, 0);
  import_at_centre (self, paths[0], receipt);
  import_at_centre (self, paths[1], receipt);
  g_clear_pointer (&said, g_free);
  said = import_from (commune, receipt);
  g_assert_true (*said != '!');
  g_clear_pointer (&said, g_free);
  said = td_desk_waiting_text (commune);
  g_assert_cmpstr (said, ==, "Đã gửi hết");
  desk_close (commune);
}

static void
expect_refused (TdDesk *desk, const char *path, const char *words)
{
  g_autofree char *said = import_from (desk, path);

  g_assert_true (*said == '!');
  g_assert_nonnull (strstr (said, words));
}

/* What doesn't belong here is told in a sentence and changes nothing. */
static void
test_refused (Walk *self, gconstpointer data)
{
  TdDesk *commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  TdDesk *other = endpoint_desk (self->endpoint, "other.db", "31459", "OL", "Võ Văn Láng Giềng");
  g_autofree char *junk = g_build_filename (self->stick, "junk.hsb", NULL);
  g_autofree char *cut = g_build_filename (self->stick, "cut.hsb", NULL);
  g_autofree char *receipt = g_build_filename (self->stick, "r.hsb", NULL);
  g_autofree char *package = NULL, *bytes = NULL;
  g_autofree char *nowhere = g_build_filename (self->stick, "no", "such", "folder", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  endpoint_exchange (commune);
  desk_fill_ledger (commune);
  package = export_to (commune, self->stick);
  g_assert_true (g_file_set_contents (junk, "hello", -1, NULL));
  g_assert_true (g_file_get_contents (package, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (cut, bytes, (gssize)length - 20, NULL));
  expect_refused (other, package, "người nhận khác");
  expect_refused (other, junk, "không phải là gói");
  g_assert_false (endpoint_run (self, "--import", cut, "--receipt", receipt, NULL));
  g_assert_false (endpoint_run (self, "--import", junk, "--receipt", receipt, NULL));
  g_assert_false (g_file_test (receipt, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (waiting (commune), >, 0);
  td_desk_export_async (commune, nowhere, TD_PACKAGE_PART_SMALL, NULL, take_result, &result);
  wait_for (&result);
  g_assert_null (td_desk_export_finish (commune, result, NULL, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_FILE);
  g_assert_cmpuint (waiting (commune), >, 0);
  g_clear_object (&result);
  desk_close (commune);
  desk_close (other);
}

/* Before any enrolment there is nobody to seal for; it is said. */
static void
test_unenrolled (Walk *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->endpoint->folder, "fresh.db", NULL);
  TdDesk *desk = desk_new (path, "31447", "Nguyễn Thị Ví Dụ");
  g_autofree char *why = td_desk_package_why_not (desk);
  g_autofree char *junk = g_build_filename (self->stick, "junk.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (why);
  g_assert_true (g_file_set_contents (junk, "{\"v\":1}", -1, NULL));
  g_assert_false (td_desk_enrol_by_file (desk, junk, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_FILE);
  desk_close (desk);
}

#define ADD(path, function) g_test_add ("/packages/" path, Walk, NULL, set_up, function, tear_down)

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
