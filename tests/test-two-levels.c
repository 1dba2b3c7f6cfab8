/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/dated.h"
#include "desk/plans.h"
#include "endpoint-fixture.h"
#include "text/i18n.h"

#include <string.h>

/* A plan is only data: another plan, other units, two levels instead of three. A
 * commune's dossiers walk to the province's decision and back over a real endpoint. */

#define PLAN "tp-can-tho-2026.json"
#define UNITS "can-tho-2025.json"
#define COMMUNE "31321"
#define BOARD "ban-tdkt-can-tho"
#define DAY "2026-07-08"

typedef struct
{
  Endpoint *endpoint;
  TdDesk *commune, *board;
  char *collective, *person;
} Walk;

static void
set_up (Walk *self, gconstpointer data)
{
  endpoint_campaign = desk_plan = PLAN;
  endpoint_units = UNITS;
  self->endpoint = endpoint_new_on (DAY);
  self->commune = endpoint_desk (self->endpoint, "commune.db", COMMUNE, "OL", "Nguyễn Thị Ví Dụ");
  self->board = endpoint_desk (self->endpoint, "board.db", BOARD, "OLAS", "Lâm Thị Thẩm Định");
}

static void
tear_down (Walk *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->board);
  endpoint_free (self->endpoint);
  g_free (self->collective);
  g_free (self->person);
}

static void
fill_ledger (TdDesk *desk)
{
  g_autofree char *ratings = td_desk_ledger (desk, "ratings");
  g_autofree char *events = td_desk_ledger (desk, "events");
  g_autofree char *targets = td_desk_ledger (desk, "targets");
  g_autofree char *key = td_desk_add_row (desk, targets, "target", NULL);
  static const char *const cells[] = { "name",
                                       "Thu nhập bình quân",
                                       "plan",
                                       "10",
                                       "actual",
                                       "12",
                                       "result_date",
                                       "30/6/2026",
                                       "basis",
                                       "Nghị quyết Đại hội Đảng bộ phường",
                                       "by_half_year",
                                       "10",
                                       NULL };

  desk_type (desk, ratings, "rating/2021", "HTXSNV", "rating/2022", "HTXSNV", "rating/2023", "HTTNV", "rating/2024",
             "HTTNV", "rating/2025", "HTXSNV", NULL);
  for (guint i = 0; cells[i] != NULL; i += 2)
    {
      g_autofree char *path = g_strdup_printf ("target/%s/%s", key, cells[i]);

      desk_type (desk, targets, path, cells[i + 1], NULL);
    }
  desk_type (desk, events, "launch/date", "10/8/2025", "launch/document", "01/KH-UBND", "plan/date", "08/8/2025",
             "plan/number", "01/KH-UBND", "interim/date", "27/12/2025", "final/date", "04/7/2026", "own_awards/date",
             "04/7/2026", "report/date", "05/7/2026", "compliance/state", "OK", NULL);
}

static char *
nominate (TdDesk *desk, const char *name)
{
  GError *error = NULL;
  char *id = td_desk_new_nomination (desk, name == NULL, &error);

  g_assert_no_error (error);
  if (name != NULL)
    desk_type (desk, id, "name", name, "personal_id", "000000000101", "birth_date", "2/9/1980", "position",
               "Chủ tịch Hội", "party_member", "yes", "party_since", "2005", "rating/2021", "HTXSNV", "rating/2022",
               "HTXSNV", "rating/2023", "HTXSNV", "rating/2024", "HTTNV", "rating/2025", "HTTNV", NULL);
  desk_type (desk, id, "achievement", "Hoàn thành vượt mức nhiệm vụ được giao.", NULL);
  desk_attach (desk, id, "BAO_CAO_THANH_TICH");
  return id;
}

static void
commune_hands_in (Walk *self)
{
  g_autofree char *registration = td_desk_ledger (self->commune, "registration");
  g_autofree char *letter = NULL;
  int used, most;

  fill_ledger (self->commune);
  self->collective = nominate (self->commune, NULL);
  self->person = nominate (self->commune, "Nguyễn Thị An");
  letter = desk_write_letter (self->commune, self->collective, self->person, NULL);
  desk_type (self->commune, letter, "letter/date", "7/7/2026", "minutes/date", "4/7/2026", NULL);
  td_desk_quota (self->commune, &used, &most);
  g_assert_cmpint (used, ==, 1);
  g_assert_cmpint (most, ==, 5); /* communes have a quota of their own now */
  desk_do (self->commune, "submit", NULL, NULL);
  endpoint_exchange (self->commune);
  desk_assert_stage (self->commune, self->collective, "submitted");
  desk_do (self->board, "attest", registration, "unit", td_desk_unit (self->commune)->key, "type", "registration",
           "day", "11/9/2025", "time", "08:00", "paper", "15/UBND", NULL);
  endpoint_exchange (self->board);
}

/* One level down is the commune itself. */
static void
board_returns_one (Walk *self)
{
  g_autofree char *field = g_strdup_printf ("%s position", self->person);
  const char *const again[] = { self->person, NULL };
  GError *error = NULL;

  desk_do (self->board, "receive", self->collective, NULL);
  desk_do (self->board, "receive", self->person, NULL);
  desk_do (self->board, "return", self->person, "reason", "Ghi lại chức vụ", "field", field, NULL);
  endpoint_exchange (self->board);
  endpoint_exchange (self->commune);
  desk_assert_stage (self->commune, self->person, "returned");
  desk_type (self->commune, self->person, "position", "Phó Chủ tịch Hội", NULL);
  td_desk_step (self->commune, "submit", again, NULL, &error);
  g_assert_no_error (error);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->board);
  desk_do (self->board, "receive", self->person, NULL);
}

static void
board_decides (Walk *self)
{
  const char *const both[] = { self->collective, self->person, NULL };
  const char *const paper[] = { "paper", "45/TTr-BTĐKT", "day", "8/7/2026", NULL };
  const char *const decision[] = { "number",   "1201/QĐ-UBND", "day",     "8/7/2026", "signer", "Đồng Văn Mẫu",
                                   "capacity", "CHỦ TỊCH",     "outcome", "award",    NULL };
  g_autofree char *session = NULL;
  const char *words[] = { "session", NULL, "outcome", "endorse", NULL };
  GError *error = NULL;

  desk_do (self->board, "appraise", self->collective, "verdict", "pass", NULL);
  desk_do (self->board, "appraise", self->person, "verdict", "pass", NULL);
  td_desk_step (self->board, "to_council", both, NULL, &error);
  g_assert_no_error (error);
  session = td_desk_session (self->board, &error);
  g_assert_no_error (error);
  desk_type (self->board, session, "date", "8/7/2026", "chair", "Trần Văn Chủ Trì", "minutes/number", "07/BB-HĐ",
             "present", "9", "total", "11", NULL);
  for (guint i = 0; both[i] != NULL; i++)
    {
      g_autofree char *votes = g_strdup_printf ("vote/%s/for", both[i]);

      desk_type (self->board, session, votes, "9", NULL);
    }
  words[1] = session;
  td_desk_step (self->board, "council_opinion", both, words, &error);
  g_assert_no_error (error);
  td_desk_step (self->board, "to_chairman", both, paper, &error);
  g_assert_no_error (error);
  td_desk_step (self->board, "decide", both, decision, &error);
  g_assert_no_error (error);
  endpoint_exchange (self->board);
}

/* Days and years are the plan's wherever they are said. */
static void
assert_dated (TdDesk *desk)
{
  g_autofree char *targets = td_desk_ledger (desk, "targets");
  g_autofree char *base = td_desk_field_label (desk, targets, "indicator/0/actual_2023");
  g_autofree char *by = td_desk_field_label (desk, targets, "target/0/by_half_year");
  g_autofree char *words = td_desk_dated (desk, "{year-2} {year-1} {year} {last}");
  g_autofree char *called = td_desk_dated (desk, "{works}|{award}|{committee}|{phases}|{phase-numbers}");
  g_autofree char *second = td_desk_phase_name (desk, "2");
  g_autofree char *third = td_desk_phase_name (desk, "3");
  int first, last;

  g_assert_cmpstr (called, ==,
                   "Công trình, phần việc tiêu biểu|Bằng khen của Chủ tịch UBND thành phố|UBND thành phố|"
                   "Đợt 1\nĐợt 2|1\n2");
  g_assert_cmpstr (second, ==, "Đợt 2");
  g_assert_cmpstr (third, ==, "3");
  g_assert_true (g_str_has_prefix (base, "Kết quả năm 2024 "));
  g_assert_true (g_str_has_prefix (by, "Mức phải đạt đến 30/6/2026 "));
  g_assert_cmpstr (words, ==, "2024 2025 2026 30/6/2026");
  td_desk_rated_years (desk, &first, &last);
  g_assert_cmpint (first, ==, 2021);
  g_assert_cmpint (last, ==, 2025);
}

static void
test_walk (Walk *self, gconstpointer data)
{
  g_autoptr (GListModel) route = NULL;

  g_assert_cmpstr (td_campaign_id (td_desk_campaign (self->commune)), ==, "ct-2026-hai-cap");
  g_assert_cmpint (td_desk_seat (self->commune), ==, TD_SEAT_UNIT);
  g_assert_cmpint (td_desk_seat (self->board), ==, TD_SEAT_BOARD);
  assert_dated (self->commune);
  commune_hands_in (self);
  endpoint_exchange (self->board);
  board_returns_one (self);
  board_decides (self);
  endpoint_exchange (self->commune);
  desk_assert_stage (self->commune, self->collective, "decided");
  desk_assert_stage (self->commune, self->person, "decided");
  endpoint_reopen (self->endpoint, "commune.db", &self->commune);
  desk_assert_stage (self->commune, self->person, "decided");
  g_assert_cmpstr (td_campaign_id (td_desk_campaign (self->commune)), ==, "ct-2026-hai-cap");
}

/* A desk without a line chooses among the plans installed, until it has a unit. */
static void
test_choose (void)
{
  g_autofree char *folder = g_dir_make_tmp ("thidua-plans-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "desk.db", NULL);
  TdDesk *desk = td_desk_open (path, g_getenv ("TD_DATADIR"), NULL);
  g_autoptr (GListModel) plans = td_desk_plans (desk);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (plans), ==, 2);
  g_assert_cmpstr (td_campaign_id (td_desk_campaign (desk)), ==, "hg-2025-dai-hoi");
  g_assert_false (td_desk_choose_plan (desk, "../units/" UNITS, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (td_desk_choose_plan (desk, PLAN, &error));
  g_assert_true (td_desk_choose_plan (desk, PLAN, &error));
  found = td_desk_search_units (desk, "vi tan");
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((TdRowItem *)found->pdata[0])->title, ==, "Phường Vị Tân");
  g_assert_true (td_desk_choose_unit (desk, ((TdRowItem *)found->pdata[0])->id, &error));
  g_assert_false (td_desk_choose_plan (desk, "hau-giang-2025.json", &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_REFUSED);
  desk_close (desk);
  desk = td_desk_open (path, g_getenv ("TD_DATADIR"), NULL);
  g_assert_cmpstr (td_desk_unit (desk)->full_name, ==, "Phường Vị Tân");
  desk_close (desk);
}

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/two-levels/walk", Walk, NULL, set_up, test_walk, tear_down);
  g_test_add_func ("/two-levels/choose", test_choose);
  return g_test_run ();
}
