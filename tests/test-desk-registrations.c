/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "temporary.h"
#include "desk/paste.h"
#include "desk/registrations.h"
#include "text/i18n.h"

#include <glib/gstdio.h>
#include <string.h>

/* One desk without a line: rows of targets and what they come to, pasted rows, documents offered, tables as text. */

typedef struct
{
  char *folder;
  char *path;
  TdDesk *desk;
  char *targets;
  char *registration;
} Fixture;

static void
set_up (Fixture *self, gconstpointer code)
{
  self->folder = g_dir_make_tmp ("thidua-desk-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "desk.db", NULL);
  self->desk = desk_new (self->path, code, "Nguyễn Thị Ví Dụ");
  self->targets = td_desk_ledger (self->desk, "targets");
  self->registration = td_desk_ledger (self->desk, "registration");
}

static void
tear_down (Fixture *self, gconstpointer code)
{
  td_desk_close (self->desk);
  g_assert_finalize_object (self->desk);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->targets);
  g_free (self->registration);
}

/* Pairs member, typed text, NULL; the key, owned. */
static char *
add (Fixture *self, const char *prefix, ...)
{
  char *key = td_desk_add_row (self->desk, self->targets, prefix, NULL);
  const char *member;
  va_list args;

  va_start (args, prefix);
  while ((member = va_arg (args, const char *)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, member);

      desk_type (self->desk, self->targets, path, va_arg (args, const char *), NULL);
    }
  va_end (args);
  return key;
}

static void
assert_target (Fixture *self, const char *prefix, const char *key, const char *state, const char *percent)
{
  g_autoptr (TdTargetItem) item = td_desk_target (self->desk, self->targets, prefix, key);

  g_assert_cmpstr (item->state, ==, state);
  g_assert_cmpstr (item->percent, ==, percent);
  g_assert_cmpstr (item->state_label, !=, "");
}

/* ---- what a row comes to ------------------------------------------------------------------------ */

typedef struct
{
  const char *direction, *plan, *actual, *cap, *day, *state, *percent, *note;
} Case;

/* decided on raw values, shown with two decimals, never rounded up. */
static void
test_states (Fixture *self, gconstpointer code)
{
  static const Case cases[] = {
    { "", "10", "12,5", "", "30/6/2025", "exceeded", "125,00%", "" },
    { "", "10", "10", "", "30/6/2025", "met", "100,00%", "" },
    { "", "100", "99,96", "", "30/6/2025", "unmet", "99,96%", "" },
    { "", "100000", "99999", "", "30/6/2025", "unmet", "99,99%", "" },
    { "LOWER_BETTER", "2", "1,8", "", "30/6/2025", "exceeded", "111,11%", "" },
    { "LOWER_BETTER", "2", "2,1", "", "30/6/2025", "unmet", "95,23%", "" },
    { "", "98", "100", "100", "30/6/2025", "met", "102,04%", "cao nhất" },
    { "", "10", "12", "", "1/7/2025", "none", "", "01/07/2025" },
    { "", "10", "12", "", "30/6/2024", "exceeded", "120,00%", "30/06/2024" },
    { "", "10", "12", "", "", "exceeded", "120,00%", "Thiếu ngày" },
    { "", "10", "", "", "", "none", "", "" },
    { "QUALITATIVE", "Đạt chuẩn", "Đã hoàn thành", "", "30/6/2025", "met", "", "" },
    { "QUALITATIVE", "Đạt chuẩn", "Chưa đạt", "", "30/6/2025", "unmet", "", "" },
    { "QUALITATIVE", "Đạt chuẩn", "Đang thẩm tra", "", "30/6/2025", "doubtful", "", "chưa rõ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *at = &cases[i];
      g_autofree char *key = add (self, "target", "direction", at->direction, "plan", at->plan, "actual", at->actual,
                                  "cap", at->cap, "result_date", at->day, NULL);
      g_autoptr (TdTargetItem) item = td_desk_target (self->desk, self->targets, "target", key);

      assert_target (self, "target", key, at->state, at->percent);
      g_assert_true (*at->note == '\0' ? *item->note == '\0' : strstr (item->note, at->note) != NULL);
    }
}

/* the six indicators of an enterprise, equal allowed, negative warned, below refused. */
static void
test_indicators (Fixture *self, gconstpointer code)
{
  g_autofree char *equal = add (self, "indicator", "name", "Lợi nhuận", "actual_2023", "5.000", "target_2025", "5.000",
                                "plan_2025", "5.000", "result_half_2025", "4.050", NULL);
  g_autofree char *below = add (self, "indicator", "name", "Nộp ngân sách nhà nước", "actual_2023", "5.000",
                                "target_2025", "4.999,9", NULL);
  g_autofree char *loss = add (self, "indicator", "actual_2023", "-500", "target_2025", "-400", NULL);
  g_autofree char *blank = add (self, "indicator", "target_2025", "1", NULL);
  g_autofree char *why = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  assert_target (self, "indicator", equal, "met", "81,00%");
  assert_target (self, "indicator", below, "below", "");
  assert_target (self, "indicator", loss, "negative", "");
  assert_target (self, "indicator", blank, "none", "");
  g_assert_cmpint (td_desk_add_indicators (self->desk, NULL), ==, 4);
  g_assert_cmpint (td_desk_add_indicators (self->desk, NULL), ==, 0);
  keys = td_desk_keys (self->desk, self->targets, "indicator");
  g_assert_cmpuint (keys->len, ==, 8);
  g_assert_false (td_desk_submit_registration (self->desk, NULL));
  why = td_desk_registration_why_not (self->desk);
  g_assert_nonnull (why);
}

/* the catalogue and the plan's papers for a department, its own congress for a commune. */
static void
test_bases (Fixture *self, gconstpointer code)
{
  g_auto (GStrv) bases = td_desk_bases (self->desk);
  g_autofree char *plain = NULL;
  g_autofree char *breaks = NULL;

  g_assert_cmpuint (g_strv_length (bases), >=, 2);
  plain = add (self, "target", "name", "Thường", "basis", "Kế hoạch của sở", NULL);
  breaks = add (self, "target", "name", "Đột phá", "basis", bases[g_strv_length (bases) - 1], NULL);
  g_assert_nonnull (strstr (bases[g_strv_length (bases) - 1], "50-CTr/TU"));
  {
    g_autoptr (TdTargetItem) one = td_desk_target (self->desk, self->targets, "target", plain);
    g_autoptr (TdTargetItem) two = td_desk_target (self->desk, self->targets, "target", breaks);

    g_assert_cmpstr (one->breakthrough, ==, "");
    g_assert_cmpstr (two->breakthrough, !=, "");
  }
  {
    g_autoptr (GPtrArray) keys = td_desk_keys (self->desk, self->targets, "target");

    g_assert_cmpstr (keys->pdata[0], ==, breaks); /* it comes first in the unit's own table too */
    g_assert_cmpstr (keys->pdata[1], ==, plain);
  }
}

/* ---- pasting ------------------------------------------------------------------------------------- */

static const char *const columns[] = { "name", "unit", "plan", "by_half_year", "basis", "actual", "result_date", NULL };

static char *
cell (Fixture *self, const char *record, const char *prefix, const char *key, const char *member)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, member);

  return td_desk_text (self->desk, record, path);
}

static void
assert_cell (Fixture *self, const char *prefix, const char *key, const char *member, const char *text)
{
  g_autofree char *found
      = cell (self, strcmp (prefix, "participant") == 0 ? self->registration : self->targets, prefix, key, member);

  g_assert_cmpstr (found, ==, text);
}

static void
test_paste (Fixture *self, gconstpointer code)
{
  static const char text[] = "STT\tChỉ tiêu\tĐơn vị tính\tKế hoạch\tMức phấn đấu đến 30/6/2025\tGhi chú\r\n"
                             "1\tThu nhập bình quân\ttriệu đồng\t75,5\t74\tx\r\n"
                             "\r\n"
                             "2\t\"Số hộ\nnghèo\"\thộ\tmười\t1.200\t\r\n";
  g_autoptr (TdPaste) paste = td_paste_read (self->desk, self->targets, "target", columns, text);
  g_autoptr (GPtrArray) keys = NULL;
  g_autofree char *draft = NULL;
  g_autofree char *key = NULL;

  g_assert_cmpuint (td_paste_rows (paste), ==, 2);
  g_assert_cmpuint (td_paste_bad_rows (paste), ==, 1);
  g_assert_cmpuint (td_paste_bad_cells (paste), ==, 1);
  g_assert_nonnull (strstr (td_paste_problems (paste)->pdata[0], "“mười”"));
  keys = td_desk_keys (self->desk, self->targets, "target");
  g_assert_cmpuint (keys->len, ==, 0); /* a dry run writes nothing */
  g_assert_cmpint (td_paste_take (paste, FALSE, NULL), ==, 2);
  g_ptr_array_unref (keys);
  keys = td_desk_keys (self->desk, self->targets, "target");
  g_assert_cmpuint (keys->len, ==, 2);
  assert_cell (self, "target", keys->pdata[0], "plan", "75.5");
  assert_cell (self, "target", keys->pdata[0], "by_half_year", "74");
  assert_cell (self, "target", keys->pdata[1], "name", "Số hộ nghèo");
  assert_cell (self, "target", keys->pdata[1], "by_half_year", "1200");
  assert_cell (self, "target", keys->pdata[1], "plan", "");
  key = g_strdup_printf ("field/%s/target/%s/plan", self->targets, (char *)keys->pdata[1]);
  draft = td_desk_draft (self->desk, key); /* what can't be read stays in sight */
  g_assert_cmpstr (draft, ==, "mười");
}

static void
test_paste_valid_only (Fixture *self, gconstpointer code)
{
  static const char text[] = "Thu ngân sách\ttỷ đồng\t10\t9\tNghị quyết Đại hội\t12\t30/6/2025\nSai\tx\ta\tb\n";
  g_autoptr (TdPaste) paste = td_paste_read (self->desk, self->targets, "target", columns, text);
  g_autoptr (TdPaste) empty = td_paste_read (self->desk, self->targets, "target", columns, "\n \t\n");
  g_autoptr (GPtrArray) keys = NULL;

  g_assert_cmpuint (td_paste_rows (empty), ==, 0);
  g_assert_cmpuint (td_paste_rows (paste), ==, 2);
  g_assert_cmpuint (td_paste_bad_cells (paste), ==, 2);
  g_assert_cmpint (td_paste_take (paste, TRUE, NULL), ==, 1);
  keys = td_desk_keys (self->desk, self->targets, "target");
  g_assert_cmpuint (keys->len, ==, 1);
  assert_cell (self, "target", keys->pdata[0], "result_date", "2025-06-30");
  assert_cell (self, "target", keys->pdata[0], "actual", "12");
}

static void
test_paste_participants (Fixture *self, gconstpointer code)
{
  static const char *const members[] = { "name", "kind", "unit", NULL };
  static const char text[] = "1\tHội Nông dân\tTập thể\tXã Vị Thủy\n2\tNguyễn Văn Mẫu\tcá nhân\tẤp 4\n3\tLạ\trobot\t\n";
  g_autoptr (TdPaste) paste = td_paste_read (self->desk, self->registration, "participant", members, text);
  g_autoptr (GPtrArray) keys = NULL;

  g_assert_cmpuint (td_paste_rows (paste), ==, 3);
  g_assert_cmpuint (td_paste_bad_rows (paste), ==, 1);
  g_assert_cmpint (td_paste_take (paste, FALSE, NULL), ==, 3);
  keys = td_desk_keys (self->desk, self->registration, "participant");
  assert_cell (self, "participant", keys->pdata[0], "kind", "collective");
  assert_cell (self, "participant", keys->pdata[1], "kind", "individual");
  assert_cell (self, "participant", keys->pdata[1], "unit", "Ấp 4");
  assert_cell (self, "participant", keys->pdata[2], "kind", "");
}

static void
test_paste_many (Fixture *self, gconstpointer code)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (TdPaste) paste = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  for (guint i = 0; i < 600; i++)
    g_string_append_printf (text, "Chỉ tiêu %u\tha\t%u\n", i, i);
  paste = td_paste_read (self->desk, self->targets, "target", columns, text->str);
  g_assert_cmpuint (td_paste_rows (paste), ==, 500);
  g_assert_true (td_paste_cut (paste));
  g_assert_cmpint (td_paste_take (paste, FALSE, NULL), ==, 500);
  keys = td_desk_keys (self->desk, self->targets, "target");
  g_assert_cmpuint (keys->len, ==, 500);
  assert_cell (self, "target", keys->pdata[499], "name", "Chỉ tiêu 499");
}

/* ---- tables --------------------------------------------------------------------------------------- */

static void
test_tables (Fixture *self, gconstpointer code)
{
  const TdRegistrationFilter one = { "31447@2024-07-01", NULL, NULL };
  const TdRegistrationFilter found = { NULL, NULL, "vi thuy" };
  const TdRegistrationFilter none = { NULL, "ontime", NULL };
  g_autofree char *plain = add (self, "target", "name", "Thu\tngân sách", "plan", "-5", "basis", "Kế hoạch", NULL);
  g_autofree char *breaks
      = add (self, "target", "name", "=HYPERLINK(\"x\")", "plan", "10", "basis", "Nghị quyết số 04-NQ/TU", NULL);
  g_autoptr (GListModel) all = td_desk_registered_units (self->desk, NULL);
  g_autoptr (GListModel) single = td_desk_registered_units (self->desk, &one);
  g_autoptr (GListModel) some = td_desk_registered_units (self->desk, &found);
  g_autoptr (GListModel) nobody = td_desk_registered_units (self->desk, &none);
  g_autoptr (GListModel) scopes = td_desk_registration_scopes (self->desk);
  g_autoptr (GListModel) targets = td_desk_registered_targets (self->desk, NULL);
  g_autoptr (TdTargetItem) first = g_list_model_get_item (targets, 0);
  g_autofree char *text = td_desk_registrations_text (self->desk, TD_TABLE_TARGETS, NULL);
  g_autofree char *units = td_desk_registrations_text (self->desk, TD_TABLE_UNITS, &one);
  g_autofree char *sums = td_desk_registrations_text (self->desk, TD_TABLE_SUMS, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) unit_lines = g_strsplit (units, "\n", -1);
  g_auto (GStrv) cells = g_strsplit (lines[1], "\t", -1);
  g_auto (GStrv) second = g_strsplit (lines[2], "\t", -1);

  g_assert_cmpuint (g_list_model_get_n_items (all), ==, 11); /* the district and its ten communes */
  g_assert_cmpuint (g_list_model_get_n_items (single), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (some), >=, 2); /* without tones; the district's name finds its communes */
  g_assert_cmpuint (g_list_model_get_n_items (nobody), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (scopes), ==, 11);
  g_assert_cmpuint (g_list_model_get_n_items (targets), ==, 2);
  g_assert_cmpstr (first->name, ==, "=HYPERLINK(\"x\")"); /* break-through targets come first */
  g_assert_cmpstr (cells[1], ==, " =HYPERLINK(\"x\")");   /* and are no formula in Excel */
  g_assert_cmpstr (second[1], ==, "Thu ngân sách");
  g_assert_cmpstr (second[3], ==, "-5");
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpuint (g_strv_length (unit_lines), ==, 3);
  g_assert_nonnull (strstr (unit_lines[1], "Xã Vị Thủy\tHuyện Vị Thủy\t"));
  g_assert_nonnull (strstr (sums, "Tổng cộng\t11\t0\t0\t11\t2\t1\t"));
}

#define ADD(path, code, function) g_test_add ("/registrations/" path, Fixture, code, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("states", "31447", test_states);
  ADD ("indicators", "dn-mau-mot", test_indicators);
  ADD ("bases", "so-y-te", test_bases);
  ADD ("paste", "31447", test_paste);
  ADD ("paste-valid-only", "31447", test_paste_valid_only);
  ADD ("paste-participants", "31447", test_paste_participants);
  ADD ("paste-many", "31447", test_paste_many);
  ADD ("tables", "935", test_tables);
  return g_test_run ();
}
