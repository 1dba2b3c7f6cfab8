/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/catalogue.h"
#include "desk/council.h"
#include "endpoint-fixture.h"

#include <string.h>

/* The board's own data as its window drives it: projects and ranks, blocks, the
 * Council and its session, and which units have to be urged. */

typedef struct
{
  Endpoint *endpoint;
  TdDesk *board;
  TdDesk *district;
} World;

static void
set_up (World *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->board = endpoint_desk (self->endpoint, "board.db", "ban-tdkt", "OLAS", "Lâm Thị Thẩm Định");
  self->district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
}

static void
tear_down (World *self, gconstpointer data)
{
  td_desk_close (self->board);
  g_assert_finalize_object (self->board);
  td_desk_close (self->district);
  g_assert_finalize_object (self->district);
  endpoint_free (self->endpoint);
}

static void
assert_text (TdDesk *desk, const char *record, const char *path, const char *text)
{
  g_autofree char *found = td_desk_text (desk, record, path);

  g_assert_cmpstr (found, ==, text);
}

/* "title|subtitle|value" of each row, one a line. */
static void
assert_rows (GListModel *rows, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (rows, i);

      g_string_append_printf (text, "%s%s|%s|%s", i == 0 ? "" : "\n", row->title, row->subtitle, row->value);
    }
  g_object_unref (rows);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_waiting (TdDesk *desk, const char *title)
{
  g_autoptr (GListModel) outbox = td_desk_outbox (desk);
  g_autoptr (TdRowItem) row = g_list_model_get_item (outbox, 0);

  g_assert_nonnull (row);
  g_assert_cmpstr (row->title, ==, title);
}

static void
list_unit (TdDesk *desk, const char *record, const char *unit, gboolean listed)
{
  GError *error = NULL;

  td_desk_list_unit (desk, record, unit, listed, &error);
  g_assert_no_error (error);
}

/* ---- projects ------------------------------------------------------------------------- */

static void
test_project (World *self, gconstpointer data)
{
  GError *error = NULL;
  g_autofree char *project = td_desk_new_project (self->board, &error);
  g_autofree char *key = NULL;
  g_autofree char *actual = NULL;

  g_assert_no_error (error);
  desk_type (self->board, project, "name", "Đề án mẫu", "lead", "so-y-te", "breakthrough", "yes", "basis",
             "Nghị quyết số 04-NQ/TU", NULL);
  key = td_desk_add_row (self->board, project, "target", &error);
  actual = g_strdup_printf ("target/%s/actual", key);
  desk_type (self->board, project, actual, "1.234,5", NULL);
  assert_text (self->board, project, actual, "1234.5");
  list_unit (self->board, project, "so-tu-phap@2024-07-01", TRUE);
  list_unit (self->board, project, "so-noi-vu", TRUE);
  list_unit (self->board, project, "so-noi-vu", TRUE); /* twice is once */
  assert_rows (td_desk_listed_units (self->board, project), "Sở Nội vụ||\nSở Tư pháp||");
  desk_type (self->board, project, "coordinating/so-tu-phap", "yes", "coordinating/so-tu-phap/exceeded", "3", NULL);
  assert_rows (td_desk_coordinators (self->board),
               "Sở Tư pháp|Not ranked yet: somebody's count is missing|3 targets exceeded\n"
               "Sở Nội vụ|Not ranked yet: somebody's count is missing|not counted yet");
  desk_type (self->board, project, "coordinating/so-noi-vu/exceeded", "1", NULL);
  assert_waiting (self->board, "Changes of the catalogue: Đề án mẫu");
  endpoint_exchange (self->board);
  endpoint_exchange (self->district);
  assert_rows (td_desk_coordinators (self->district),
               "Sở Tư pháp|Rank 1 of 2|3 targets exceeded\nSở Nội vụ|Rank 2 of 2|1 target exceeded");
  assert_rows (td_desk_projects (self->district), "Đề án mẫu|Đề án · Sở Y tế|1 target");
  list_unit (self->board, project, "so-tu-phap", FALSE);
  assert_text (self->board, project, "coordinating", "so-noi-vu");
  assert_text (self->board, project, "coordinating/so-tu-phap/exceeded", "");
  g_assert_false (td_desk_set (self->board, project, "coordinating/so-noi-vu/exceeded", "hai", &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (td_desk_drop_entry (self->board, project, &error));
  assert_rows (td_desk_projects (self->board), "");
  endpoint_exchange (self->board);
  endpoint_exchange (self->district);
  assert_rows (td_desk_projects (self->district), "");
}

static void
test_only_the_board (World *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *project = td_desk_new_project (self->board, NULL);

  endpoint_exchange (self->board);
  endpoint_exchange (self->district);
  g_assert_null (td_desk_new_project (self->district, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (td_desk_new_block (self->district, &error));
  g_clear_error (&error);
  g_assert_false (td_desk_drop_entry (self->district, project, &error));
  g_clear_error (&error);
  g_assert_false (td_desk_list_unit (self->district, project, "so-y-te", TRUE, &error));
  g_clear_error (&error);
  g_assert_false (td_desk_list_unit (self->board, project, "no-such-unit", TRUE, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_false (td_desk_seat_members (self->district, project, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_REFUSED);
}

/* ---- blocks and how their units stand --------------------------------------------------- */

static TdStandingItem *
standing (TdDesk *desk, const char *block, const char *unit)
{
  g_autoptr (GListModel) list = td_desk_standings (desk, block);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdStandingItem) item = g_list_model_get_item (list, i);

      if (strcmp (item->unit_name, unit) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
}

static void
attest (World *self, const char *type, const char *day)
{
  g_autofree char *id = td_desk_ledger (self->district, type);

  desk_do (self->board, "attest", id, "unit", td_desk_unit (self->district)->key, "type", type, "day", day, "time",
           "08:00", "paper", "15/UBND-NV", NULL);
}

static void
test_standings (World *self, gconstpointer data)
{
  GError *error = NULL;
  g_autofree char *block = td_desk_new_block (self->board, &error);
  g_autoptr (TdStandingItem) item = NULL;

  g_assert_no_error (error);
  desk_type (self->board, block, "name", "Khối mẫu", "in_charge", "Lê Văn Phụ Trách", NULL);
  list_unit (self->board, block, "935", TRUE);
  assert_rows (td_desk_blocks (self->board), "Khối mẫu|Lê Văn Phụ Trách|1 unit");
  item = standing (self->board, block, "Huyện Vị Thủy");
  g_assert_cmpstr (item->block, ==, "Khối mẫu");
  g_assert_cmpstr (item->in_charge, ==, "Lê Văn Phụ Trách");
  g_assert_cmpstr (item->lacks, ==, "registration, interim review, final review, report, dossiers");
  g_assert_null (standing (self->board, TD_BLOCK_NONE, "Huyện Vị Thủy"));
  g_assert_null (standing (self->board, block, "Sở Y tế"));
  g_clear_object (&item);
  item = standing (self->board, TD_BLOCK_NONE, "Sở Y tế");
  g_assert_nonnull (item);
  g_clear_object (&item);
  attest (self, "registration", "11/7/2024");
  attest (self, "report", "7/7/2025");
  item = standing (self->board, "", "Huyện Vị Thủy");
  g_assert_cmpstr (item->registered, ==, "11/07/2024");
  g_assert_cmpstr (item->report, ==, "07/07/2025");
  g_assert_cmpstr (item->lacks, ==, "interim review, final review, dossiers");
  g_clear_object (&item);
  endpoint_exchange (self->board);
  item = standing (self->district, "", "Xã Vị Thủy");
  g_assert_cmpstr (item->lacks, ==, "registration, interim review, final review, report, dossiers");
  g_assert_null (standing (self->district, "", "Sở Y tế"));
}

/* ---- the Council -------------------------------------------------------------------------- */

static void
type_roster (TdDesk *board)
{
  static const char *const rows[][4] = { { "Lê Văn Chủ Tịch", "chair", "", "Phó Chủ tịch UBND tỉnh" },
                                         { "Ngô Thị Thư Ký", "secretary", "so-noi-vu", "Phó Giám đốc Sở Nội vụ" },
                                         { "Phạm Văn Huyện", "member", "935", "Chủ tịch UBND huyện" } };
  g_autofree char *roster = td_desk_ledger (board, "council");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *key = td_desk_add_row (board, roster, "member", NULL);
      g_autofree char *name = g_strdup_printf ("member/%s/name", key);
      g_autofree char *role = g_strdup_printf ("member/%s/role", key);
      g_autofree char *unit = g_strdup_printf ("member/%s/unit", key);
      g_autofree char *position = g_strdup_printf ("member/%s/position", key);

      desk_type (board, roster, name, rows[i][0], role, rows[i][1], position, rows[i][3], NULL);
      if (*rows[i][2] != '\0')
        desk_type (board, roster, unit, rows[i][2], NULL);
    }
}

/* One person of the district's own list, before the Council. */
static char *
bring_to_council (World *self)
{
  g_autofree char *letter = NULL;
  char *person;

  desk_fill_ledger (self->district);
  person = desk_nominate (self->district, "Nguyễn Thị An", "000000000101");
  letter = desk_write_letter (self->district, person, NULL);
  attest (self, "registration", "11/7/2024");
  endpoint_exchange (self->board);
  endpoint_exchange (self->district);
  desk_do (self->district, "submit", NULL, NULL);
  endpoint_exchange (self->district);
  endpoint_exchange (self->board);
  desk_do (self->board, "receive", person, NULL);
  desk_do (self->board, "appraise", person, "verdict", "pass", NULL);
  desk_do (self->board, "to_council", person, NULL);
  endpoint_exchange (self->board);
  desk_assert_stage (self->board, person, "in_council");
  return person;
}

static char *
key_of (TdDesk *board, const char *session, const char *name)
{
  g_autoptr (GPtrArray) keys = td_desk_keys (board, session, "member");

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("member/%s/name", (char *)keys->pdata[i]);
      g_autofree char *text = td_desk_text (board, session, path);

      if (strcmp (text, name) == 0)
        return g_strdup (keys->pdata[i]);
    }
  g_assert_not_reached ();
}

static void
assert_attendance (TdDesk *board, const char *session, int present, int total)
{
  gboolean listed;
  int found_present, found_total;

  td_desk_attendance (board, session, &listed, &found_present, &found_total);
  g_assert_true (listed);
  g_assert_cmpint (found_present, ==, present);
  g_assert_cmpint (found_total, ==, total);
}

static void
fill_recusals (TdDesk *board, const char *session, const char *person, const char *expected)
{
  g_autofree char *path = g_strdup_printf ("recusal/%s", person);
  GError *error = NULL;

  td_desk_fill_recusals (board, session, &error);
  g_assert_no_error (error);
  assert_text (board, session, path, expected);
}

static void
test_session (World *self, gconstpointer data)
{
  g_autofree char *person = bring_to_council (self);
  const char *const dossiers[] = { person, NULL };
  g_autofree char *recusal = g_strdup_printf ("recusal/%s", person);
  g_autofree char *votes = g_strdup_printf ("vote/%s/for", person);
  g_autofree char *session = NULL;
  g_autofree char *tied = NULL;
  g_autofree char *present = NULL;
  GError *error = NULL;

  type_roster (self->board);
  session = td_desk_session (self->board, &error);
  g_assert_no_error (error);
  assert_text (self->board, session, "chair", "Lê Văn Chủ Tịch");
  assert_text (self->board, session, "secretary", "Ngô Thị Thư Ký");
  assert_attendance (self->board, session, 0, 3);
  g_assert_false (td_desk_all_in_favour (self->board, session, dossiers, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  g_clear_error (&error);
  td_desk_all_present (self->board, session, &error);
  g_assert_no_error (error);
  assert_attendance (self->board, session, 3, 3);
  desk_type (self->board, session, "date", "8/7/2025", "minutes/number", "07/BB-HĐ", "method", "ballot", votes, "3",
             NULL);
  desk_refused (self->board, "council_opinion", person, "Phạm Văn Huyện", "session", session, "outcome", "endorse",
                NULL);
  fill_recusals (self->board, session, person, "Phạm Văn Huyện");
  fill_recusals (self->board, session, person, "Phạm Văn Huyện"); /* said once */
  desk_type (self->board, session, recusal, "Phạm Văn Huyện; Người Quen", NULL);
  tied = key_of (self->board, session, "Phạm Văn Huyện");
  present = g_strdup_printf ("member/%s/present", tied);
  desk_type (self->board, session, present, "no", NULL);
  assert_attendance (self->board, session, 2, 3);
  fill_recusals (self->board, session, person, "Người Quen"); /* who isn't there need not stand aside */
  desk_type (self->board, session, present, "yes", recusal, "", votes, "", NULL);
  fill_recusals (self->board, session, person, "Phạm Văn Huyện");
  td_desk_all_in_favour (self->board, session, dossiers, &error);
  g_assert_no_error (error);
  assert_text (self->board, session, votes, "2");
  desk_do (self->board, "council_opinion", person, "session", session, "outcome", "endorse", NULL);
  endpoint_exchange (self->board);
  desk_assert_stage (self->board, person, "endorsed");
}

/* A session begun before there was a roster takes its members later; what was typed stays. */
static void
test_seat_later (World *self, gconstpointer data)
{
  g_autofree char *session = td_desk_session (self->board, NULL);
  GError *error = NULL;

  g_assert_false (td_desk_seat_members (self->board, session, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  g_clear_error (&error);
  desk_type (self->board, session, "chair", "Người Khác", NULL);
  type_roster (self->board);
  td_desk_seat_members (self->board, session, &error);
  g_assert_no_error (error);
  td_desk_seat_members (self->board, session, &error); /* again changes nothing */
  g_assert_no_error (error);
  assert_attendance (self->board, session, 0, 3);
  assert_text (self->board, session, "chair", "Người Khác");
  assert_text (self->board, session, "secretary", "Ngô Thị Thư Ký");
}

#define ADD(path, function) g_test_add ("/catalogue/" path, World, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("project", test_project);
  ADD ("only-the-board", test_only_the_board);
  ADD ("standings", test_standings);
  ADD ("session", test_session);
  ADD ("seat-later", test_seat_later);
  return g_test_run ();
}
