/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "temporary.h"
#include "desk/desk-private.h"
#include "desk/report-html.h"
#include "desk/reports.h"
#include "text/i18n.h"

#include <glib/gstdio.h>
#include <string.h>

/* Reviews and reports on one desk without a line: the gate, the figures, the package. */

typedef struct
{
  char *folder;
  TdDesk *desk;
} Fixture;

static void
set_up (Fixture *self, gconstpointer code)
{
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("thidua-reports-XXXXXX", NULL);
  path = g_build_filename (self->folder, "desk.db", NULL);
  self->desk = desk_new (path, code, "Nguyễn Thị Ví Dụ");
}

static void
tear_down (Fixture *self, gconstpointer code)
{
  td_desk_close (self->desk);
  g_assert_finalize_object (self->desk);
  remove_tree (self->folder);
  g_free (self->folder);
}

/* As if the centre had told this campaign day. */
static void
set_day (TdDesk *desk, const char *day)
{
  g_assert_true (td_store_set (desk->store, TD_META_DAY, day, NULL));
  td_desk_forget (desk);
}

static void
type_row (TdDesk *desk, const char *record, const char *prefix, const char *const *pairs)
{
  g_autofree char *key = td_desk_add_row (desk, record, prefix, NULL);

  g_assert_nonnull (key);
  for (guint i = 0; pairs[i] != NULL; i += 2)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, pairs[i]);

      desk_type (desk, record, path, pairs[i + 1], NULL);
    }
}

#define ROW(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* ---- the gate ---------------------------------------------------------------------------- */

static void
assert_gate (TdDesk *desk, const char *launch, const char *final, const char *awards, const char *whole)
{
  g_autoptr (GListModel) things = td_desk_gate (desk);
  const char *const wanted[] = { launch, final, awards };
  const char *state;
  g_autofree char *text = td_desk_gate_text (desk, &state);

  g_test_message ("%s", text);
  g_assert_cmpuint (g_list_model_get_n_items (things), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (things, i);

      g_assert_cmpstr (row->state, ==, wanted[i]);
    }
  g_assert_cmpstr (state, ==, whole);
}

static gboolean
has_gate_task (TdDesk *desk)
{
  g_autoptr (GListModel) tasks = td_desk_tasks (desk);

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (tasks, i);

      if (strcmp (row->id, "place:reviews") == 0)
        return TRUE;
    }
  return FALSE;
}

/* before 01/7/2025 it is not due yet; from then on it is missing, after the limit late. */
static void
test_gate (Fixture *self, gconstpointer code)
{
  g_autofree char *events = td_desk_ledger (self->desk, "events");

  set_day (self->desk, "2025-06-30");
  assert_gate (self->desk, "missing", "missing", "missing", "missing"); /* not even launched */
  desk_type (self->desk, events, "launch/date", "10/7/2024", NULL);
  assert_gate (self->desk, "ok", "info", "info", "info");
  g_assert_true (has_gate_task (self->desk));
  set_day (self->desk, "2025-07-01");
  assert_gate (self->desk, "ok", "missing", "missing", "missing");
  set_day (self->desk, "2025-07-12");
  assert_gate (self->desk, "ok", "late", "late", "missing");
  desk_type (self->desk, events, "final/date", "4/7/2025", "own_awards/none", "Không có thẩm quyền", NULL);
  assert_gate (self->desk, "ok", "ok", "warn", "ok"); /* a warning stops nothing */
  desk_type (self->desk, events, "own_awards/none", "", "own_awards/date", "4/7/2025", NULL);
  assert_gate (self->desk, "ok", "ok", "ok", "ok");
  g_assert_false (has_gate_task (self->desk));
}

static void
test_windows (Fixture *self, gconstpointer code)
{
  static const struct
  {
    const char *interim, *final, *states[2];
  } cases[] = {
    { "30/11/2024", "14/6/2025", { "warn", "warn" } },
    { "1/12/2024", "15/6/2025", { "ok", "ok" } },
    { "28/2/2025", "4/7/2025", { "ok", "ok" } },
    { "1/3/2025", "20/5/2025", { "warn", "warn" } },
    { "", "", { "warn", "info" } },
  };
  g_autofree char *events = td_desk_ledger (self->desk, "events");

  set_day (self->desk, "2025-07-08");
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autoptr (GListModel) notes = NULL;

      desk_type (self->desk, events, "interim/date", cases[c].interim, "final/date", cases[c].final, NULL);
      notes = td_desk_review_notes (self->desk);
      g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 3);
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (TdRowItem) row = g_list_model_get_item (notes, i + 1);

          g_assert_cmpstr (row->state, ==, cases[c].states[i]);
        }
    }
}

/* ---- the report -------------------------------------------------------------------------------- */

static void
assert_figure (TdDesk *desk, guint at, const char *value)
{
  g_autofree char *report = td_desk_report (desk, FALSE);
  g_autoptr (GListModel) figures = td_desk_report_figures (desk, report);
  g_autoptr (TdRowItem) row = g_list_model_get_item (figures, at);

  g_assert_cmpstr (row->value, ==, value);
}

static void
fill (TdDesk *desk)
{
  g_autofree char *events = td_desk_ledger (desk, "events");

  desk_fill_ledger (desk);
  type_row (desk, events, "own_award", ROW ("form", "Giấy khen", "collectives", "3", "individuals", "12"));
  type_row (desk, events, "work", ROW ("name", "Cầu ấp 4", "value", "1.500.000.000", "start", "1/3/2025"));
}

static void
test_figures (Fixture *self, gconstpointer code)
{
  g_autofree char *events = td_desk_ledger (self->desk, "events");
  g_autoptr (GPtrArray) works = NULL;
  g_autofree char *path = NULL;
  g_autofree char *value = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (GError) error = NULL;

  fill (self->desk);
  works = td_desk_keys (self->desk, events, "work");
  path = g_strdup_printf ("work/%s/value", (char *)works->pdata[0]);
  value = td_desk_text (self->desk, events, path);
  shown = td_desk_shown (self->desk, events, path);
  g_assert_cmpstr (value, ==, "1500000000");
  g_assert_cmpstr (shown, ==, "1.500.000.000");
  g_assert_false (td_desk_set (self->desk, events, path, "1,5", &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  assert_figure (self->desk, 0, "2");
  assert_figure (self->desk, 1, "2");
  assert_figure (self->desk, 2, "1");
  assert_figure (self->desk, 6, "12");
  assert_figure (self->desk, 8, "1.500.000.000");
}

static void
test_sections (Fixture *self, gconstpointer code)
{
  g_autofree char *final = td_desk_report (self->desk, FALSE);
  g_autofree char *interim = td_desk_report (self->desk, TRUE);
  g_autofree char *label = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GListModel) sections = NULL;
  g_autoptr (TdRowItem) last = NULL;
  g_autoptr (TdDossierItem) one = NULL;
  g_autoptr (TdDossierItem) two = NULL;

  desk_type (self->desk, final, "section/kho_khan", "Thiếu kinh phí", "number", "30/BC-UBND", NULL);
  desk_type (self->desk, interim, "section/trien_khai", "Đã phát động", NULL);
  label = td_desk_field_label (self->desk, final, "section/kho_khan");
  g_assert_cmpstr (label, ==, "VI. Khó khăn, vướng mắc đề nghị giải quyết");
  other = td_desk_text (self->desk, interim, "section/kho_khan");
  g_assert_cmpstr (other, ==, "");
  sections = td_desk_report_sections (self->desk, final);
  last = g_list_model_get_item (sections, 5);
  g_assert_cmpstr (last->id, ==, "section/kho_khan");
  g_assert_cmpstr (last->value, ==, "Thiếu kinh phí");
  one = td_desk_dossier (self->desk, final);
  two = td_desk_dossier (self->desk, interim);
  g_assert_cmpstr (one->title, ==, "Báo cáo tổng kết");
  g_assert_cmpstr (two->title, ==, "Báo cáo sơ kết");
}

static void
assert_status (TdDesk *desk, gboolean interim, const char *state, const char *part)
{
  g_autoptr (TdRowItem) row = td_desk_report_status (desk, interim);

  g_test_message ("%s", row->title);
  g_assert_cmpstr (row->state, ==, state);
  if (strstr (row->title, part) == NULL)
    g_error ("“%s” does not say “%s”", row->title, part);
}

/* "trước ngày 11/7/2025": on the 10th there is still a day, on the 11th it is overdue. */
static void
test_status (Fixture *self, gconstpointer code)
{
  g_autofree char *events = td_desk_ledger (self->desk, "events");

  set_day (self->desk, "2025-07-10");
  assert_status (self->desk, FALSE, "missing", "ngày cuối");
  set_day (self->desk, "2025-07-11");
  assert_status (self->desk, FALSE, "late", "Chưa nộp, đã quá hạn; thời hạn trước ngày 11/07/2025.");
  assert_status (self->desk, TRUE, "missing", "Chưa nộp");
  desk_type (self->desk, events, "report/date", "9/7/2025", NULL);
  assert_status (self->desk, FALSE, "late", "09/07/2025");
}

/* ---- the package --------------------------------------------------------------------------------- */

static void
test_safe_names (void)
{
  static const char *const names[][2] = {
    { "bao-cao.pdf", "bao-cao.pdf" },
    { "../../etc/passwd", "etc-passwd" },
    { "a\\b:c*?.pdf", "a-b-c-.pdf" },
    { "...", "tep" },
    { "", "tep" },
    { "Báo cáo tổng kết.pdf", "Báo cáo tổng kết.pdf" },
    { "x\n\ty.pdf", "x-y.pdf" },
    { "giả\xe2\x80\xae"
      "fdp.exe",
      "giả-fdp.exe" },
    { "\xff\xfe.pdf", "\xef\xbf\xbd\xef\xbf\xbd.pdf" },
  };
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *cut = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *safe = td_safe_file_name (names[i][0]);

      g_assert_cmpstr (safe, ==, names[i][1]);
    }
  for (guint i = 0; i < 100; i++)
    g_string_append (deep, "ế");
  g_string_append (deep, ".pdf");
  cut = td_safe_file_name (deep->str);
  g_assert_cmpuint (strlen (cut), <=, 96);
  g_assert_true (g_utf8_validate (cut, -1, NULL));
  g_assert_true (g_str_has_suffix (cut, ".pdf"));
}

#define HOSTILE "<script>alert(1)</script> & \"'--></style>"

static void
test_html (Fixture *self, gconstpointer code)
{
  g_autofree char *report = td_desk_report (self->desk, FALSE);
  g_autofree char *events = td_desk_ledger (self->desk, "events");
  g_autofree char *html = NULL;

  fill (self->desk);
  desk_type (self->desk, report, "section/trien_khai", HOSTILE, "number", "30/BC-UBND", "date", "5/7/2025",
             "signer_name", HOSTILE, NULL);
  type_row (self->desk, events, "work", ROW ("name", HOSTILE));
  html = td_desk_report_html (self->desk, FALSE);
  g_assert_true (g_utf8_validate (html, -1, NULL));
  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "--></style>"));
  g_assert_nonnull (strstr (html, "&lt;script&gt;"));
  g_assert_nonnull (strstr (html, "<meta charset=\"utf-8\">"));
  g_assert_nonnull (strstr (html, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
  g_assert_nonnull (strstr (html, "Độc lập - Tự do - Hạnh phúc"));
  g_assert_nonnull (strstr (html, "ỦY BAN NHÂN DÂN"));
  g_assert_nonnull (strstr (html, "XÃ VỊ THỦY"));
  g_assert_nonnull (strstr (html, "Vị Thủy, ngày 05 tháng 7 năm 2025"));
  g_assert_nonnull (strstr (html, "huyện Vị Thủy (qua Phòng Nội vụ huyện Vị Thủy)"));
  g_assert_nonnull (strstr (html, "BÁO CÁO TỔNG KẾT"));
  g_assert_nonnull (strstr (html, "VI. KHÓ KHĂN"));
  g_assert_nonnull (strstr (html, "1.500.000.000"));
  g_assert_nonnull (strstr (html, "Giấy khen"));
  g_assert_nonnull (strstr (html, "Vượt"));
  g_assert_nonnull (strstr (html, "10/07/2024")); /* the launch */
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GFile *
package (TdDesk *desk, const char *folder, GError **error)
{
  g_autoptr (GFile) into = g_file_new_for_path (folder);
  g_autoptr (GAsyncResult) result = NULL;

  td_desk_package_async (desk, FALSE, into, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return td_desk_package_finish (desk, result, error);
}

static void
assert_file (GFile *folder, const char *name, const char *part)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autofree char *text = NULL;
  GError *error = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  if (strstr (text, part) == NULL)
    g_error ("%s does not hold “%s”", name, part);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
test_package (Fixture *self, gconstpointer code)
{
  g_autofree char *report = td_desk_report (self->desk, FALSE);
  g_autofree char *into = g_build_filename (self->folder, "thu muc", NULL);
  g_autoptr (GFile) first = NULL;
  g_autoptr (GFile) second = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  GError *error = NULL;

  fill (self->desk);
  desk_type (self->desk, report, "section/ket_qua", "Đạt.", NULL);
  desk_attach (self->desk, report, "KHAC");
  desk_attach (self->desk, report, "KHAC");
  g_assert_cmpint (g_mkdir (into, 0700), ==, 0);
  first = package (self->desk, into, &error);
  g_assert_no_error (error);
  path = g_file_get_path (first);
  name = g_file_get_basename (first);
  g_assert_cmpstr (name, ==, "bao-cao-tong-ket-xa-vi-thuy");
  g_assert_cmpuint (count_files (path), ==, 4);
  assert_file (first, "bao-cao-tong-ket-xa-vi-thuy.html", "<!DOCTYPE html>");
  assert_file (first, "du-lieu.json", "\"works_value\":1500000000");
  second = package (self->desk, into, &error); /* never overwrites */
  g_assert_no_error (error);
  g_free (name);
  name = g_file_get_basename (second);
  g_assert_cmpstr (name, ==, "bao-cao-tong-ket-xa-vi-thuy-2");
  g_clear_object (&second);
  second = package (self->desk, "/proc/none", &error);
  g_assert_null (second);
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_FILE);
  g_clear_error (&error);
}

static void
test_mail (Fixture *self, gconstpointer code)
{
  g_autoptr (TdMail) mail = td_desk_report_mail (self->desk, FALSE);

  g_assert_cmpstr (mail->address, ==, "bantdkthg@gmail.com");
  g_assert_nonnull (strstr (mail->subject, "Báo cáo tổng kết"));
  g_assert_nonnull (strstr (mail->subject, "Sở Y tế"));
  g_assert_null (strchr (mail->subject, '{'));
  g_assert_null (strchr (mail->text, '{'));
  g_assert_true (g_str_has_prefix (mail->uri, "mailto:bantdkthg@gmail.com?subject="));
  g_assert_nonnull (strstr (mail->uri, "&body="));
  g_assert_null (strpbrk (mail->uri, " \n\r\""));
  g_assert_nonnull (strstr (mail->uri, "%0D%0A"));
}

/* A commune's goes to its district, whose address the plan does not know. */
static void
test_mail_of_commune (Fixture *self, gconstpointer code)
{
  g_autoptr (TdMail) mail = td_desk_report_mail (self->desk, TRUE);

  g_assert_cmpstr (mail->address, ==, "");
  g_assert_true (g_str_has_prefix (mail->uri, "mailto:?subject="));
  g_assert_nonnull (strstr (mail->subject, "Báo cáo sơ kết"));
}

#define ADD(path, code, function) g_test_add ("/reports/" path, Fixture, code, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("gate", "31447", test_gate);
  ADD ("windows", "31447", test_windows);
  ADD ("figures", "31447", test_figures);
  ADD ("sections", "31447", test_sections);
  ADD ("status", "31447", test_status);
  g_test_add_func ("/reports/safe-names", test_safe_names);
  ADD ("html", "31447", test_html);
  ADD ("package", "31447", test_package);
  ADD ("mail", "so-y-te", test_mail);
  ADD ("mail-of-commune", "31447", test_mail_of_commune);
  return g_test_run ();
}
