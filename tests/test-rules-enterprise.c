/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-fixture.h"

#include <string.h>

/* The "Tests:" lines of rules.md for enterprises and registrations (R-012 to
 * */

static TdCampaign *campaign;
static TdUnits *units;

static const char *const SIX[] = {
  "Lợi nhuận",
  "Nộp ngân sách nhà nước",
  "Tạo việc làm mới cho người lao động",
  "Tổng số người lao động tham gia đóng bảo hiểm",
  "Thu nhập bình quân của người lao động",
  "Tham gia ủng hộ nhân đạo, xã hội từ thiện",
};

static void
expect (const TdFacts *facts, const char *rule, const char *outcome, const char *says)
{
  fixture_expect (fixture_judge (campaign, facts, rule), outcome, says);
}

static void
expect_registered (const TdFacts *facts, const char *rule, const char *outcome, const char *says)
{
  fixture_expect (fixture_register (campaign, facts, rule), outcome, says);
}

static void
add_indicator (TdFacts *facts, const char *name, const char *base, const char *aim)
{
  TdIndicator *indicator = td_indicator_new ();

  fixture_set (&indicator->id, name);
  fixture_set (&indicator->name, name);
  fixture_set (&indicator->actual_2023, base);
  fixture_set (&indicator->target_2025, aim);
  g_ptr_array_add (facts->unit->indicators, indicator);
}

static TdFacts *
enterprise (guint indicators)
{
  TdFacts *facts = fixture_collective (units, "dn-mau-mot", NULL);

  for (guint i = 0; i < indicators; i++)
    add_indicator (facts, SIX[i], "100", "120");
  return facts;
}

static TdIndicator *
first (TdFacts *facts)
{
  return facts->unit->indicators->pdata[0];
}

static void
test_registration_deadline (void)
{
  static const struct
  {
    int day; /* of July 2024; 0: never */
    const char *outcome, *says;
  } rows[] = {
    { 19, "pass", "19/7/2024" },
    { 20, "warn", "Đăng ký gửi ngày 20/7/2024, sau ngày 19/7/2024" },
    { 0, "fail", "chưa gửi đăng ký" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = fixture_collective (units, "934", NULL);
      TdFinding *finding;

      facts->unit->registration_received = rows[i].day ? td_date_make (2024, 7, rows[i].day) : TD_DATE_NONE;
      finding = fixture_judge (campaign, facts, "R-012");
      if (rows[i].day == 0)
        g_assert_cmpint (finding->severity, ==, TD_SEVERITY_OVERRIDE);
      fixture_expect (finding, rows[i].outcome, rows[i].says);
    }
}

/* A registration not handed in yet is judged on the campaign's day. */
static void
test_registration_draft (void)
{
  g_autoptr (TdFacts) facts = fixture_collective (units, "934", NULL);

  facts->unit->registration_received = TD_DATE_NONE;
  facts->today = td_date_make (2024, 7, 17);
  expect_registered (facts, "R-012", "pass", "còn 02 ngày");
  expect (facts, "R-012", "n/a", "còn 02 ngày");
  facts->today = td_date_make (2024, 7, 20);
  expect_registered (facts, "R-012", "warn", "20/7/2024");
}

static void
test_route (void)
{
  static const char *const rows[][3] = {
    { "so-y-te", "R-013", "Ban Thi đua - Khen thưởng, Sở Nội vụ" },
    { "937", "R-014", "Ban Thi đua - Khen thưởng, Sở Nội vụ" },
    { "31480", "R-015", "Phòng Nội vụ thị xã Long Mỹ, sau đó Ban Thi đua - Khen thưởng, Sở Nội vụ" },
    { "dn-mau-mot", "R-016", "Ban Thi đua - Khen thưởng, Sở Nội vụ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = fixture_collective (units, rows[i][0], NULL);

      expect (facts, rows[i][1], "pass", rows[i][2]);
      facts->unit->registration_route_ok = FALSE;
      expect (facts, rows[i][1], "fail", "Sai nơi nhận");
      expect_registered (facts, rows[i][1], "fail", rows[i][2]);
    }
}

static void
test_outside_block (void)
{
  g_autoptr (TdFacts) facts = enterprise (6);
  TdUnit outside = *facts->unit->unit;

  outside.in_block = FALSE;
  facts->unit->unit = &outside;
  expect (facts, "R-016", "warn", "khối thi đua");
  facts->unit->in_block = TRUE; /* by the board's catalogue */
  expect (facts, "R-016", "pass", NULL);
}

static void
set_registered (TdTarget *target, const char *basis, const char *half_year)
{
  fixture_set (&target->basis, basis);
  fixture_set (&target->by_half_year, half_year);
}

static void
test_content (void)
{
  static const char *const rows[][5] = {
    { "934", "Nghị quyết Đại hội Đảng bộ huyện Phụng Hiệp", "52", "pass", "01 chỉ tiêu" },
    { "934", "Nghị quyết Đại hội Đảng bộ huyện Phụng Hiệp", "", "fail", "“CT1” thiếu mức phấn đấu" },
    { "934", "", "52", "fail", "“CT1” thiếu văn bản căn cứ" },
    { "934", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV", "52", "warn", "“CT1”" },
    { "31429", "Nghị quyết Đại hội Đảng bộ xã Hiệp Hưng", "52", "pass", NULL },
    { "so-y-te", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV", "52", "pass", NULL },
    { "dn-mau-mot", "", "", "n/a", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = fixture_collective (units, rows[i][0], NULL);

      set_registered (facts->unit->targets->pdata[0], rows[i][1], rows[i][2]);
      expect_registered (facts, "R-017", rows[i][3], rows[i][4]);
      g_ptr_array_set_size (facts->unit->targets, 0);
      if (strcmp (rows[i][3], "n/a") != 0)
        expect_registered (facts, "R-017", "fail", "chưa có chỉ tiêu nào");
    }
}

static void
test_six_indicators (void)
{
  g_autoptr (TdFacts) all = enterprise (6);
  g_autoptr (TdFacts) five = enterprise (5);
  g_autoptr (TdFacts) cooperative = enterprise (0);
  TdUnit htx = *cooperative->unit->unit;

  expect_registered (all, "R-018", "pass", "06");
  expect_registered (five, "R-018", "fail", SIX[5]);
  fixture_set (&first (all)->name, "LỢI  NHUẬN");
  fixture_set (&first (all)->actual_2023, "0");
  expect_registered (all, "R-018", "pass", NULL);
  fixture_set (&first (all)->actual_2023, "");
  expect_registered (all, "R-018", "unknown", "LỢI");
  htx.kind = (char *)"hop_tac_xa";
  cooperative->unit->unit = &htx;
  expect_registered (cooperative, "R-018", "n/a", NULL);
}

static void
test_baseline (void)
{
  static const char *const rows[][4] = {
    { "5000", "5000", "pass", NULL }, { "5000", "4999.9", "fail", "4.999,9 < 5.000" },
    { "0", "0", "pass", NULL },       { "-500", "-400", "warn", "giá trị âm" },
    { "-400", "-500", "fail", NULL }, { "120", "100", "fail", "100 < 120" },
    { "", "100", "unknown", NULL },   { "100", "", "unknown", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = enterprise (6);

      fixture_set (&first (facts)->actual_2023, rows[i][0]);
      fixture_set (&first (facts)->target_2025, rows[i][1]);
      expect_registered (facts, "R-019", rows[i][2], rows[i][3]);
      expect (facts, "R-019", rows[i][2], rows[i][3]);
    }
}

static void
test_own_plan (void)
{
  g_autoptr (TdFacts) facts = fixture_collective (units, "934", NULL);

  expect_registered (facts, "R-020", "pass", "08/7/2024");
  facts->unit->plan_date = TD_DATE_NONE;
  expect_registered (facts, "R-020", "warn", "Chưa có kế hoạch triển khai");
}

static void
test_breakthrough (void)
{
  g_autoptr (TdFacts) facts = fixture_collective (units, "so-y-te", NULL);

  set_registered (facts->unit->targets->pdata[0], "Nghị quyết số 04-NQ/TU ngày 26/11/2021", "52");
  expect_registered (facts, "R-021", "pass", "“CT1”");
  set_registered (facts->unit->targets->pdata[0], "Nghị quyết Đại hội Đảng bộ xã", "52");
  expect_registered (facts, "R-021", "n/a", NULL);
  g_assert_true (td_campaign_is_breakthrough (campaign, "CHƯƠNG TRÌNH SỐ 50-CTR/TU"));
  g_assert_false (td_campaign_is_breakthrough (campaign, ""));
}

static void
test_year (void)
{
  static const char *const rows[][4] = {
    { "100", "103", "pass", "06/06" },
    { "100", "98", "fail", "98/100" },
    { "100", "100", "fail", "chưa có chỉ tiêu" },
    { "", "", "unknown", "Lợi nhuận" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = enterprise (6);

      for (guint j = 0; j < 6; j++)
        {
          TdIndicator *indicator = facts->unit->indicators->pdata[j];

          fixture_set (&indicator->plan_2024, j == 0 ? rows[i][0] : "100");
          fixture_set (&indicator->result_2024, j == 0 ? rows[i][1] : "100");
        }
      expect (facts, "R-036", rows[i][2], rows[i][3]);
    }
}

/* half-year results against plans of 100; outcome under A and B; words */
static const char *const share_rows[][4] = {
  { "81 85 120", "pass", "fail", "33,33%" },
  { "80 85 120", "fail", "fail", "80,00%" },
  { "79.99 85 120", "fail", "fail", "79,99%" },
  { "100 100 100 100 100 100 100 100 100 60", "fail", "pass", "90,00%" },
  { "81 81 81 81 81 81 81 81 81 81", "pass", "fail", "0,00%" },
  { "80.000001", "pass", "fail", NULL },
  { "100 100 100 100 60", "fail", "fail", "80,00%" },
  { "90 -", "unknown", "unknown", NULL },
  { "70 -", "fail", "unknown", NULL },
};

static void
test_share (void)
{
  g_autoptr (TdCampaign) by_count
      = fixture_campaign_with ("\"enterpriseHalfYearReading\": \"A\"", "\"enterpriseHalfYearReading\": \"B\"");

  for (guint i = 0; i < G_N_ELEMENTS (share_rows); i++)
    {
      g_autoptr (TdFacts) facts = enterprise (0);
      g_auto (GStrv) results = g_strsplit (share_rows[i][0], " ", -1);
      gboolean decided = strcmp (share_rows[i][2], "unknown") != 0;

      for (guint j = 0; results[j]; j++)
        {
          add_indicator (facts, results[j], "", "");
          fixture_set (&((TdIndicator *)facts->unit->indicators->pdata[j])->plan_2025, "100");
          fixture_set (&((TdIndicator *)facts->unit->indicators->pdata[j])->result_half_2025, results[j]);
        }
      expect (facts, "R-037", share_rows[i][1], share_rows[i][3]);
      fixture_expect (fixture_judge (by_count, facts, "R-037"), share_rows[i][2], decided ? "cách hiểu B" : NULL);
    }
}

static void
test_share_of_odd_plans (void)
{
  g_autoptr (TdFacts) facts = enterprise (1);

  expect (facts, "R-037", "unknown", "Lợi nhuận");
  fixture_set (&first (facts)->plan_2025, "0");
  fixture_set (&first (facts)->result_half_2025, "0");
  expect (facts, "R-037", "pass", NULL);
  fixture_set (&first (facts)->plan_2025, "-100");
  expect (facts, "R-037", "manual", "giá trị âm");
  g_ptr_array_set_size (facts->unit->indicators, 0);
  expect (facts, "R-037", "unknown", "Chưa nhập kế hoạch");
}

typedef struct
{
  const char *unit, *kind; /* kind: instead of the unit's own */
  gboolean collective, director, chair;
  const char *papers;
  const char *tax, *insurance;
} PaperRow;

static const PaperRow paper_rows[] = {
  { "dn-mau-mot", NULL, TRUE, FALSE, FALSE, "XAC_NHAN_THUE XAC_NHAN_BHXH XAC_NHAN_BHYT", "pass", "pass" },
  { "dn-mau-mot", NULL, TRUE, FALSE, FALSE, "XAC_NHAN_THUE XAC_NHAN_BHXH", "pass", "fail" },
  { "dn-mau-mot", NULL, FALSE, FALSE, FALSE, "", "n/a", "n/a" }, /* Phó Giám đốc */
  { "dn-mau-mot", NULL, FALSE, TRUE, FALSE, "", "fail", "fail" },
  { "dn-mau-mot", NULL, FALSE, FALSE, TRUE, "", "warn", "warn" },
  { "dn-mau-mot", "hop_tac_xa", TRUE, FALSE, FALSE, "", "warn", "warn" },
  { "dn-mau-mot", "hop_tac_xa", FALSE, TRUE, FALSE, "", "warn", "warn" },
  { "934", NULL, FALSE, TRUE, FALSE, "XAC_NHAN_THUE", "pass", "fail" },
  { "934", NULL, TRUE, FALSE, FALSE, "", "n/a", "n/a" },
};

static void
test_confirmations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (paper_rows); i++)
    {
      const PaperRow *row = &paper_rows[i];
      g_autoptr (TdFacts) facts
          = row->collective ? fixture_collective (units, row->unit, NULL) : fixture_person (units, row->unit, NULL);
      TdUnit unit = *facts->unit->unit;

      if (row->kind)
        unit.kind = (char *)row->kind;
      facts->unit->unit = &unit;
      facts->enterprise_director = row->director;
      facts->board_chair = row->chair;
      g_strfreev (facts->papers);
      facts->papers = g_strsplit (row->papers, " ", -1);
      expect (facts, "R-073", row->tax, NULL);
      expect (facts, "R-074", row->insurance, NULL);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  campaign = fixture_campaign ();
  units = fixture_units ();
  g_test_add_func ("/rules/R-012/deadline", test_registration_deadline);
  g_test_add_func ("/rules/R-012/draft", test_registration_draft);
  g_test_add_func ("/rules/R-013-016/route", test_route);
  g_test_add_func ("/rules/R-016/outside-block", test_outside_block);
  g_test_add_func ("/rules/R-017/content", test_content);
  g_test_add_func ("/rules/R-018/six", test_six_indicators);
  g_test_add_func ("/rules/R-019/baseline", test_baseline);
  g_test_add_func ("/rules/R-020/plan", test_own_plan);
  g_test_add_func ("/rules/R-021/breakthrough", test_breakthrough);
  g_test_add_func ("/rules/R-036/year", test_year);
  g_test_add_func ("/rules/R-037/share", test_share);
  g_test_add_func ("/rules/R-037/odd-plans", test_share_of_odd_plans);
  g_test_add_func ("/rules/R-073-074/confirmations", test_confirmations);
  status = g_test_run ();
  td_campaign_unref (campaign);
  td_units_unref (units);
  return status;
}
