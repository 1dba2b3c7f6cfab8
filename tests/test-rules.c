/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-fixture.h"

#include <string.h>

/* The "Tests:" lines of rules.md for collectives,
 * on the real plan. */

static TdCampaign *campaign;
static TdUnits *units;

static TdFacts *
commune (void)
{
  return fixture_collective (units, "31429", "934");
}

static TdFacts *
department (void)
{
  return fixture_collective (units, "so-y-te", NULL);
}

static void
expect (const TdFacts *facts, const char *rule, const char *outcome, const char *says)
{
  fixture_expect (fixture_judge (campaign, facts, rule), outcome, says);
}

static void
test_evidence (void)
{
  static const struct
  {
    int year, month, day;
    const char *outcome;
  } rows[] = {
    { 2024, 7, 1, "pass" },
    { 2025, 6, 30, "pass" },
    { 2024, 6, 30, "warn" },
    { 2025, 7, 1, "warn" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = commune ();

      ((TdTarget *)facts->unit->targets->pdata[0])->result_date
          = td_date_make (rows[i].year, rows[i].month, rows[i].day);
      expect (facts, "R-001", rows[i].outcome, "01/7/2024 - 30/6/2025");
    }
}

static void
test_subject (void)
{
  static const char *const rows[][4] = {
    { "31429", "party_organisation", "pass", "Đảng bộ xã Hiệp Hưng" },
    { "31429", "party_cell_of_hamlet", "fail", "chi bộ ấp" },
    { "934", "government_body", "fail", "tập thể được khen là Đảng bộ" },
    { "so-y-te", "division", "fail", "phòng chuyên môn" },
    { "so-y-te", "other", "fail", "mục III.1" },
    { "so-y-te", "", "unknown", NULL },
    { "ban-tdkt", "party_organisation", "fail", "không thuộc diện" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = fixture_collective (units, rows[i][0], NULL);

      fixture_set (&facts->subject_kind, rows[i][1]);
      expect (facts, "R-010", rows[i][2], rows[i][3]);
    }
}

static void
test_compliance (void)
{
  static const char *const rows[][3] = {
    { "OK", "pass", NULL },
    { "VIOLATION", "fail", "Chưa bảo đảm điều kiện gương mẫu" },
    { "UNDER_REVIEW", "fail", "98/2023" },
    { "", "unknown", NULL },
    { "NOT_STATED", "unknown", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = commune ();

      fixture_set (&facts->unit->compliance, rows[i][0]);
      expect (facts, "R-030", rows[i][1], rows[i][2]);
    }
}

/* unit, its rule, ratings 2020 to 2024, outcome, words, field */
static const char *const rating_rows[][6] = {
  { "so-y-te", "R-031", "XXXTT", "pass", "03 năm hoàn thành xuất sắc", "" },
  { "so-y-te", "R-031", "XXTTT", "fail", "Mới có 02/03 năm", "ratings:rating/2022" },
  { "so-y-te", "R-031", "XXXTN", "fail", "Năm 2024 xếp loại “hoàn thành nhiệm vụ”", "ratings:rating/2024" },
  { "so-y-te", "R-031", "XXXX-", "unknown", "năm 2024", "ratings:rating/2024" },
  { "so-y-te", "R-031", "XXXXX", "pass", NULL, "" },
  { "so-y-te", "R-031", "N-XXX", "fail", "Năm 2020", "ratings:rating/2020" },
  { "so-y-te", "R-031", "KXXXX", "fail", "“không hoàn thành nhiệm vụ”", NULL },
  { "dn-mau-mot", "R-035", "XXXTT", "pass", NULL, NULL },
  { "dn-mau-mot", "R-035", "XXTTT", "fail", "02/03", NULL },
  { "934", "R-038", "XXTTT", "pass", NULL, NULL },
  { "934", "R-038", "XTTTT", "fail", "Mới có 01/02 năm", NULL },
  { "934", "R-038", "XXXNX", "fail", "Năm 2023", NULL },
  { "31429", "R-040", "XXTTT", "pass", NULL, NULL },
  { "31429", "R-040", "XTTTT", "fail", "01/02", NULL },
  { "31429", "R-040", "XXXNX", "fail", "Năm 2023", NULL },
  { "31429", "R-040", "-XXXX", "unknown", "Thiếu kết quả xếp loại năm 2020", "ratings:rating/2020" },
  { "31429", "R-040", "--XXX", "unknown", "2020, 2021", NULL },
};

static void
test_ratings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rating_rows); i++)
    {
      const char *const *row = rating_rows[i];
      g_autoptr (TdFacts) facts = fixture_collective (units, row[0], NULL);
      TdFinding *finding;

      fixture_rate (facts->unit->ratings, row[2]);
      finding = fixture_judge (campaign, facts, row[1]);
      if (row[5])
        g_assert_cmpstr (finding->field, ==, row[5]);
      g_assert_true (finding->of_submitter);
      fixture_expect (finding, row[3], row[4]);
    }
}

/* A year outside the plan's has no place in the facts; one of another category is not asked. */
static void
test_ratings_of_another_category (void)
{
  g_autoptr (TdFacts) facts = commune ();

  fixture_rate (facts->unit->ratings, "TTTTTXXX");
  expect (facts, "R-040", "fail", "00/02");
  expect (facts, "R-031", "n/a", NULL);
  expect (facts, "R-038", "n/a", NULL);
}

static void
test_typical (void)
{
  static const char *const rows[][4] = {
    { "yes", "Tiêu biểu.", "pass", "" },
    { "yes", "", "unknown", "events:typical/note" },
    { "no", "", "fail", "" },
    { "", "", "unknown", "events:typical/answer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = department ();
      TdFinding *finding;

      fixture_set (&facts->unit->typical, rows[i][0]);
      fixture_set (&facts->unit->typical_note, rows[i][1]);
      finding = fixture_judge (campaign, facts, "R-032");
      g_assert_cmpstr (finding->field, ==, rows[i][3]);
      fixture_expect (finding, rows[i][2], NULL);
    }
}

static void
test_led (void)
{
  static const char *const over[] = { "100/100", "50/52", NULL };
  static const char *const under[] = { "100/99.9", "50/52", NULL };
  static const char *const even[] = { "100/100", "50/50", NULL };
  static const char *const open[] = { "100/100", "50/", NULL };
  g_autoptr (TdFacts) facts = department ();
  GPtrArray *led = facts->unit->led;

  expect (facts, "R-033", "n/a", "không được giao chủ trì");
  g_ptr_array_add (led, fixture_project ("Một", over));
  expect (facts, "R-033", "pass", "02/02");
  g_ptr_array_add (led, fixture_project ("Hai", under));
  expect (facts, "R-033", "fail", "Đề án “Hai” chưa hoàn thành toàn diện và vượt mức");
  expect (facts, "R-033", "fail", "99,9/100");
  g_ptr_array_set_size (led, 0);
  g_ptr_array_add (led, fixture_project ("Ba", even));
  expect (facts, "R-033", "fail", "chưa có chỉ tiêu vượt mức");
  g_ptr_array_set_size (led, 0);
  g_ptr_array_add (led, fixture_project ("Bốn", open));
  expect (facts, "R-033", "unknown", "“Bốn”");
  g_ptr_array_add (led, fixture_project ("Năm", under));
  expect (facts, "R-033", "fail", "“Năm”");
  g_ptr_array_set_size (led, 0);
  g_ptr_array_add (led, fixture_project ("Sáu", NULL));
  expect (facts, "R-033", "unknown", "chưa có chỉ tiêu");
}

static void
test_coordination (void)
{
  g_autoptr (TdFacts) facts = department ();
  TdUnitFacts *unit = facts->unit;

  expect (facts, "R-034", "n/a", NULL);
  g_ptr_array_add (unit->coordinated, fixture_project ("Một", NULL));
  expect (facts, "R-034", "unknown", "Thiếu số chỉ tiêu vượt của đơn vị trong các nội dung phối hợp: “Một”");
  unit->coordination_exceeded = 0;
  expect (facts, "R-034", "fail", "không có chỉ tiêu vượt");
  unit->coordination_exceeded = 4;
  ((TdProject *)unit->coordinated->pdata[0])->exceeded = 4;
  expect (facts, "R-034", "manual", "chưa xếp hạng được");
  expect (facts, "R-034", "manual", "theo từng nội dung: “Một”: 04.");
  ((TdProject *)unit->coordinated->pdata[0])->rank = 2;
  ((TdProject *)unit->coordinated->pdata[0])->of = 3;
  unit->coordination_rank = 1;
  unit->coordination_of = 9;
  expect (facts, "R-034", "manual", "xếp thứ 1/9");
  expect (facts, "R-034", "manual", "“Một”: 04 (2/3)");
  unit->coordination_exceeded = 2;
  unit->coordination_rank = 5;
  expect (facts, "R-034", "manual", "vượt 02 chỉ tiêu, xếp thứ 5/9");
  ((TdProject *)unit->coordinated->pdata[0])->well_done = FALSE;
  expect (facts, "R-034", "fail", "chưa thực hiện tốt: “Một”");
  ((TdProject *)unit->coordinated->pdata[0])->unrated = TRUE;
  expect (facts, "R-034", "unknown", "Chưa có đánh giá nội dung phối hợp: “Một”");
}

static void
set_targets (GPtrArray *targets, const char *rows)
{
  g_auto (GStrv) figures = g_strsplit (rows, " ", -1);

  g_ptr_array_set_size (targets, 0);
  for (guint i = 0; figures[i]; i++)
    {
      g_autofree char *name = g_strdup_printf ("CT%u", i + 1);
      g_auto (GStrv) parts = g_strsplit (figures[i], ";", 2);

      g_ptr_array_add (targets, fixture_target (name, parts[0], parts[1] ? parts[1] : ""));
    }
}

/* targets "plan/actual;cap", outcome under A, B and C */
static const char *const target_rows[][4] = {
  { "12/12 50/55", "pass", "fail", "pass" },       { "12/12 50/50", "fail", "fail", "fail" },
  { "12/13 50/55", "pass", "pass", "pass" },       { "12/11 50/55", "fail", "fail", "fail" },
  { "12/11 50/", "fail", "fail", "fail" },         { "12/13 50/", "unknown", "unknown", "unknown" },
  { "12/12 50/", "unknown", "fail", "unknown" },   { "12/13 abc/50", "unknown", "unknown", "unknown" },
  { "<2.0/1.8", "pass", "pass", "pass" },          { "<2.0/2.1 12/13", "fail", "fail", "fail" },
  { "<2.0/2.0 12/13", "pass", "fail", "pass" },    { "100/100;100", "fail", "fail", "fail" },
  { "100/100;100 12/13", "pass", "fail", "pass" }, { "95/100;100", "fail", "fail", "pass" },
  { "95/99.5;100", "pass", "pass", "pass" },       { "100.00/99.96;100 12/13", "fail", "fail", "fail" },
  { "=đạt/đạt 12/13", "pass", "fail", "pass" },    { "=đạt/Có 12/13", "pass", "fail", "pass" },
  { "=đạt/chưa 12/13", "fail", "fail", "fail" },   { "=đạt/đang 12/13", "manual", "manual", "manual" },
  { "-500/-400", "pass", "pass", "pass" },         { "0.1/0.10", "fail", "fail", "fail" },
};

static void
test_targets (void)
{
  for (guint reading = 0; reading < 3; reading++)
    {
      g_autofree char *setting = g_strdup_printf ("\"exceedReading\": \"%c\"", 'A' + reading);
      g_autofree char *named = g_strdup_printf ("cách hiểu %c", 'A' + reading);
      g_autoptr (TdCampaign) read = fixture_campaign_with ("\"exceedReading\": \"A\"", setting);

      for (guint i = 0; i < G_N_ELEMENTS (target_rows); i++)
        {
          const char *outcome = target_rows[i][1 + reading];
          gboolean decided = strcmp (outcome, "pass") == 0 || strcmp (outcome, "fail") == 0;
          g_autoptr (TdFacts) facts = commune ();

          set_targets (facts->unit->targets, target_rows[i][0]);
          g_test_message ("%s under %c", target_rows[i][0], 'A' + reading);
          fixture_expect (fixture_judge (read, facts, "R-041"), outcome, decided ? named : NULL);
        }
    }
}

static void
test_resolution (void)
{
  g_autoptr (TdFacts) facts = fixture_collective (units, "934", NULL);
  GString *rows = g_string_new ("10/11 10/11 10/11");
  TdFinding *finding;

  for (guint i = 3; i < 20; i++)
    g_string_append (rows, " 10/10");
  set_targets (facts->unit->targets, rows->str);
  expect (facts, "R-039", "pass", "20/20");
  fixture_set (&((TdTarget *)facts->unit->targets->pdata[19])->actual, "9");
  expect (facts, "R-039", "fail", "“CT20” (9/10); mới hoàn thành 19/20");
  ((TdTarget *)facts->unit->targets->pdata[19])->result_date = td_date_make (2025, 7, 5);
  finding = fixture_judge (campaign, facts, "R-039");
  g_assert_cmpstr (finding->field, ==, "targets:target/CT20/actual");
  fixture_expect (finding, "unknown", "“CT20”");
  expect (facts, "R-001", "warn", "“CT20” (05/7/2025)");
  g_ptr_array_set_size (facts->unit->targets, 0);
  expect (facts, "R-039", "unknown", "Chưa nhập chỉ tiêu");
  g_string_free (rows, TRUE);
}

static void
test_category (void)
{
  static const char *const rows[][4] = {
    { "nhcsxh", "a", "pass", "nhóm tiêu chuẩn a" },
    { "nhcsxh", "b", "pass", NULL },
    { "nhcsxh", "", "unknown", "Chưa xác định nhóm tiêu chuẩn" },
    { "nhcsxh", "d", "fail", "a, b" },
    { "dang-bo-khoi-ccq-dn", "c", "pass", NULL },
    { "31429", "a", "fail", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = fixture_collective (units, rows[i][0], NULL);

      fixture_set (&facts->unit->category, rows[i][1]);
      expect (facts, "R-043", rows[i][2], rows[i][3]);
    }
}

static void
test_succession (void)
{
  g_autoptr (TdFacts) merged = fixture_collective (units, "so-giao-thong-van-tai", NULL);
  g_autoptr (TdFacts) person = fixture_person (units, "so-giao-thong-van-tai", NULL);
  g_autoptr (TdFacts) unchanged = department ();

  expect (merged, "R-044", "manual", "19/02/2025; đơn vị kế thừa: Sở Xây dựng");
  expect (person, "R-044", "manual", NULL);
  expect (unchanged, "R-044", "pass", NULL);
  merged->today = td_date_make (2025, 2, 18);
  expect (merged, "R-044", "pass", NULL);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  campaign = fixture_campaign ();
  units = fixture_units ();
  g_test_add_func ("/rules/R-001/evidence", test_evidence);
  g_test_add_func ("/rules/R-010/subject", test_subject);
  g_test_add_func ("/rules/R-030/compliance", test_compliance);
  g_test_add_func ("/rules/R-031-040/ratings", test_ratings);
  g_test_add_func ("/rules/R-031-040/another-category", test_ratings_of_another_category);
  g_test_add_func ("/rules/R-032/typical", test_typical);
  g_test_add_func ("/rules/R-033/led", test_led);
  g_test_add_func ("/rules/R-034/coordination", test_coordination);
  g_test_add_func ("/rules/R-042/targets", test_targets);
  g_test_add_func ("/rules/R-039/resolution", test_resolution);
  g_test_add_func ("/rules/R-043/category", test_category);
  g_test_add_func ("/rules/R-044/succession", test_succession);
  status = g_test_run ();
  td_campaign_unref (campaign);
  td_units_unref (units);
  return status;
}
