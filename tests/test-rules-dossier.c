/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-fixture.h"

#include <string.h>

/* The "Tests:" lines of rules.md for persons, events, papers and deadlines
 * (R-011, R-050 to R-080, R-090 to R-092). */

static TdCampaign *campaign;
static TdUnits *units;

static void
expect (const TdFacts *facts, const char *rule, const char *outcome, const char *says)
{
  fixture_expect (fixture_judge (campaign, facts, rule), outcome, says);
}

static TdFacts *
person (void)
{
  return fixture_person (units, "31429", "934");
}

static void
test_residence (void)
{
  g_autoptr (TdFacts) facts = person ();

  expect (facts, "R-011", "pass", NULL);
  facts->outside_province = TRUE;
  expect (facts, "R-011", "fail", "không công tác, lao động, cư trú");
}

static void
test_member_ratings (void)
{
  static const char *const rows[][5] = {
    { "yes", "XXXTT", "pass", "pass", NULL },
    { "yes", "XXTTT", "fail", "pass", "02/03 năm Đảng viên hoàn thành xuất sắc" },
    { "yes", "XXXXN", "fail", "pass", "Năm 2024 xếp loại “Đảng viên hoàn thành nhiệm vụ”" },
    { "yes", "--XXX", "unknown", "pass", "2020, 2021" },
    { "no", "-----", "n/a", "fail", NULL },
    { "no", "XXXXX", "n/a", "fail", NULL },
    { "", "XXXTT", "pass", "unknown", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = person ();
      TdFinding *finding;

      fixture_set (&facts->party_member, rows[i][0]);
      fixture_rate (facts->ratings, rows[i][1]);
      expect (facts, "R-050", rows[i][2], rows[i][4]);
      finding = fixture_judge (campaign, facts, "R-051");
      g_assert_cmpint (finding->severity, ==, TD_SEVERITY_OVERRIDE);
      fixture_expect (finding, rows[i][3], NULL);
    }
}

/* submitter, whether it leads a project, persons, outcome, words */
static const struct
{
  const char *unit;
  gboolean leads;
  int persons;
  const char *outcome, *says;
} quota_rows[] = {
  { "931", FALSE, 8, "pass", "08/08" },
  { "931", FALSE, 9, "fail", "đã đề nghị 09 cá nhân, vượt số lượng được xét chọn (08)" },
  { "930", FALSE, 12, "pass", "12/12" },
  { "935", FALSE, 12, "pass", "12/12" },
  { "932", FALSE, 13, "fail", NULL },
  { "934", FALSE, 14, "pass", NULL },
  { "936", FALSE, 11, "fail", NULL },
  { "937", FALSE, 10, "pass", NULL },
  { "933", FALSE, 11, "fail", NULL },
  { "dang-bo-cong-an", FALSE, 4, "pass", NULL },
  { "dang-bo-cong-an", TRUE, 4, "pass", "04/04" },
  { "dang-bo-quan-su", FALSE, 3, "fail", NULL },
  { "dang-bo-khoi-ccq-dn", FALSE, 2, "fail", NULL },
  { "nhcsxh", FALSE, 1, "pass", NULL },
  { "so-y-te", TRUE, 2, "pass", "02 cá nhân thay cho 01" },
  { "so-y-te", TRUE, 3, "fail", NULL },
  { "so-tu-phap", FALSE, 2, "fail", "(01)" },
  { "dn-mau-mot", FALSE, 1, "pass", NULL },
  { "31429", FALSE, 5, "n/a", "cấp trên trực tiếp" },
};

static void
test_quota (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (quota_rows); i++)
    {
      g_autoptr (TdFacts) facts = fixture_person (units, quota_rows[i].unit, NULL);

      facts->individuals = quota_rows[i].persons;
      if (quota_rows[i].leads)
        g_ptr_array_add (facts->submitter->led, fixture_project ("Một", NULL));
      expect (facts, "R-052", quota_rows[i].outcome, quota_rows[i].says);
    }
}

static void
test_quota_added (void)
{
  g_autoptr (TdCampaign) adding = fixture_campaign_with ("\"leadQuota\": \"replace\"", "\"leadQuota\": \"add\"");
  g_autoptr (TdFacts) facts = fixture_person (units, "so-y-te", NULL);

  g_ptr_array_add (facts->submitter->led, fixture_project ("Một", NULL));
  facts->individuals = 3;
  fixture_expect (fixture_judge (adding, facts, "R-052"), "pass", "thêm 02 cá nhân");
  facts->individuals = 4;
  fixture_expect (fixture_judge (adding, facts, "R-052"), "fail", "thêm 02 cá nhân");
}

static void
test_doubled (void)
{
  g_autoptr (TdFacts) facts = person ();

  expect (facts, "R-055", "pass", NULL);
  facts->at_top = FALSE;
  expect (facts, "R-055", "pass", "Kiểm tra ở cấp trên");
  facts->doubled = TD_DOUBLE_SAME_NAME;
  expect (facts, "R-055", "warn", "đơn vị khác");
  fixture_set (&facts->doubled_in, "Thị xã Long Mỹ");
  expect (facts, "R-055", "warn", "Thị xã Long Mỹ");
  facts->doubled = TD_DOUBLE_SAME_PERSON;
  expect (facts, "R-055", "fail", "Cá nhân đã có trong hồ sơ của Thị xã Long Mỹ");
  fixture_set (&facts->doubled_in, "");
  expect (facts, "R-055", "fail", "đơn vị khác");
}

static void
test_award (void)
{
  static const char *const rows[][2] = {
    { "BANG_KHEN_CHU_TICH_UBND_TINH", "pass" }, { "GIAY_KHEN", "fail" }, { "CO_THI_DUA", "fail" },
    { "BANG_KHEN_THU_TUONG", "fail" },          { "", "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) one = person ();
      g_autoptr (TdFacts) many = fixture_collective (units, "934", NULL);

      fixture_set (&one->award, rows[i][0]);
      fixture_set (&many->award, rows[i][0]);
      expect (one, "R-060", rows[i][1], NULL);
      expect (many, "R-060", rows[i][1], NULL);
    }
}

/* launched, reviewed, awarded: y, n or x (no power); outcome under A and B */
static const char *const event_rows[][4] = {
  { "yyy", "pass", "pass", NULL },
  { "yny", "fail", "pass", "tổng kết" },
  { "nnn", "fail", "fail", "phát động, tổng kết, khen thưởng theo thẩm quyền" },
  { "yyx", "warn", "warn", "không có thẩm quyền" },
  { "nyy", "fail", "pass", "phát động" },
  { "yyn", "fail", "pass", "khen thưởng theo thẩm quyền" },
};

static void
set_events (TdUnitFacts *unit, const char *done)
{
  unit->launched_on = done[0] == 'y' ? td_date_make (2024, 7, 10) : TD_DATE_NONE;
  unit->final_on = done[1] == 'y' ? td_date_make (2025, 7, 4) : TD_DATE_NONE;
  unit->awarded_on = done[2] == 'y' ? td_date_make (2025, 7, 4) : TD_DATE_NONE;
  fixture_set (&unit->awarded_not_applicable, done[2] == 'x' ? "không có thẩm quyền" : "");
}

static void
test_prerequisites (void)
{
  g_autoptr (TdCampaign) lenient = fixture_campaign_with ("\"ownLevelReading\": \"A\"", "\"ownLevelReading\": \"B\"");

  for (guint i = 0; i < G_N_ELEMENTS (event_rows); i++)
    {
      g_autoptr (TdFacts) facts = fixture_collective (units, "934", NULL);

      set_events (facts->unit, event_rows[i][0]);
      expect (facts, "R-062", event_rows[i][1], event_rows[i][3]);
      fixture_expect (fixture_judge (lenient, facts, "R-062"), event_rows[i][2],
                      strcmp (event_rows[i][0], "nnn") == 0 ? "cách hiểu B" : NULL);
    }
}

/* the unit that hands in blocks all, a commune only its own. */
static void
test_propagation (void)
{
  g_autoptr (TdFacts) of_commune = fixture_person (units, "31481", "937");
  g_autoptr (TdFacts) of_district = fixture_person (units, "937", NULL);
  TdFinding *finding;

  set_events (of_commune->unit, "nyy");
  finding = fixture_judge (campaign, of_commune, "R-062");
  g_assert_cmpstr (finding->field, ==, "events:launch/date");
  g_assert_false (finding->of_submitter);
  fixture_expect (finding, "fail", "Xã Tân Phú chưa phát động");
  expect (of_district, "R-062", "pass", "Thị xã Long Mỹ");
  set_events (of_commune->unit, "yyy");
  set_events (of_commune->submitter, "yny");
  finding = fixture_judge (campaign, of_commune, "R-062");
  g_assert_true (finding->of_submitter);
  fixture_expect (finding, "fail", "Thị xã Long Mỹ chưa tổng kết");
}

static void
test_final_review_not_due (void)
{
  g_autoptr (TdFacts) facts = fixture_collective (units, "934", NULL);
  g_autoptr (GPtrArray) findings = NULL;

  set_events (facts->unit, "ynn");
  facts->today = td_date_make (2025, 6, 30);
  facts->received = TD_DATE_NONE;
  facts->has_submission = FALSE;
  expect (facts, "R-062", "unknown", "chưa đến kỳ (từ ngày 01/7/2025)");
  findings = td_judge (campaign, facts);
  g_assert_null (td_findings_block_submit (findings));
  set_events (facts->unit, "nnn");
  expect (facts, "R-062", "fail", NULL);
  set_events (facts->unit, "ynn");
  facts->received = td_date_make (2025, 6, 30);
  expect (facts, "R-062", "fail", "chưa tổng kết");
  facts->received = TD_DATE_NONE;
  facts->today = td_date_make (2025, 7, 1);
  expect (facts, "R-062", "fail", "chưa tổng kết");
}

static void
test_letters (void)
{
  g_autoptr (TdFacts) facts = person ();
  TdFinding *finding;

  expect (facts, "R-070", "pass", "118/TTr-UBND ngày 07/7/2025");
  expect (facts, "R-071", "pass", "05/BB-HĐTĐKT");
  fixture_set (&facts->letter_number, "");
  finding = fixture_judge (campaign, facts, "R-070");
  g_assert_cmpstr (finding->field, ==, "submission:letter/number");
  g_assert_true (finding->of_submitter);
  fixture_expect (finding, "fail", "chưa có số");
  fixture_set (&facts->minutes_number, "05/BB-ĐU");
  expect (facts, "R-071", "warn", "không phải của Hội đồng");
  facts->minutes_date = TD_DATE_NONE;
  fixture_set (&facts->minutes_chair, "");
  expect (facts, "R-071", "fail", "ngày, người chủ trì");
  facts->has_submission = FALSE;
  expect (facts, "R-070", "n/a", "chưa vào đợt trình");
  expect (facts, "R-071", "n/a", NULL);
  expect (facts, "R-075", "n/a", NULL);
  expect (facts, "R-076", "n/a", NULL);
}

static void
test_report (void)
{
  g_autoptr (TdFacts) facts = person ();
  TdFinding *finding;

  expect (facts, "R-072", "pass", NULL);
  g_strfreev (facts->papers);
  facts->papers = g_strsplit ("KHAC", " ", -1);
  finding = fixture_judge (campaign, facts, "R-072");
  g_assert_cmpstr (finding->field, ==, "nomination:file");
  fixture_expect (finding, "fail", "báo cáo thành tích của Nguyễn Văn Mẫu");
}

static void
test_lists (void)
{
  static const char *const rows[][4] = {
    { "A|B|C", "C|A|B", "pass", "03 tên" },
    { "A|B|C", "A|C", "fail", "B (chỉ có trong Tờ trình)" },
    { "A", "A|D", "fail", "D (chỉ có trong Biên bản)" },
    { "A|A", "A", "fail", "A (chỉ có trong Tờ trình)" },
    { "Nguyễn Văn Mẫu",
      "Nguye\xCC\x82"
      "\xCC\x83"
      "n  Va\xCC\x86"
      "n Ma\xCC\x82"
      "\xCC\x83"
      "u ",
      "pass", NULL }, /* NFD */
    { "Hoà", "Hòa", "fail", NULL },
    { "A", "", "unknown", NULL },
    { "", "A", "unknown", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = person ();

      g_strfreev (facts->listed_in_letter);
      g_strfreev (facts->listed_in_minutes);
      facts->listed_in_letter = g_strsplit (rows[i][0], "|", -1);
      facts->listed_in_minutes = g_strsplit (rows[i][1], "|", -1);
      expect (facts, "R-075", rows[i][2], rows[i][3]);
    }
}

static void
test_date_order (void)
{
  static const struct
  {
    int minutes, letter, received; /* of July 2025; 0 and below: of June */
    const char *outcome, *says;
  } rows[] = {
    { 2, 4, 10, "pass", NULL },
    { 8, 4, 10, "warn", "Tờ trình ngày 04/7/2025 trước Biên bản ngày 08/7/2025" },
    { -10, 4, 10, "warn", "Biên bản ngày 20/6/2025" },
    { 0, 4, 10, "pass", NULL },
    { 2, 4, 3, "warn", "ngày nhận 03/7/2025" },
    { 4, 4, 4, "pass", NULL },
  };
  TdDate june_30 = td_date_make (2025, 6, 30);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TdFacts) facts = person ();

      facts->minutes_date = june_30 + rows[i].minutes;
      facts->letter_date = june_30 + rows[i].letter;
      facts->received = june_30 + rows[i].received;
      expect (facts, "R-076", rows[i].outcome, rows[i].says);
    }
}

static void
test_nomination_deadline (void)
{
  g_autoptr (TdFacts) facts = person ();

  facts->received = td_date_make (2025, 7, 11);
  expect (facts, "R-080", "pass", NULL);
  facts->received = td_date_make (2025, 7, 12);
  expect (facts, "R-080", "fail", "Hồ sơ nhận ngày 12/7/2025, sau ngày 11/7/2025");
  facts->received = TD_DATE_NONE;
  facts->today = td_date_make (2025, 7, 11);
  expect (facts, "R-080", "pass", "còn 00 ngày");
  facts->today = td_date_make (2025, 7, 12);
  expect (facts, "R-080", "fail", "12/7/2025");
}

static void
test_reviews (void)
{
  g_autoptr (TdFacts) facts = fixture_collective (units, "934", NULL);
  TdUnitFacts *unit = facts->unit;

  expect (facts, "R-090", "pass", "27/12/2024");
  unit->interim_on = TD_DATE_NONE;
  facts->today = td_date_make (2025, 3, 1);
  expect (facts, "R-090", "warn", "Chưa ghi nhận sơ kết");
  facts->today = td_date_make (2025, 2, 28);
  expect (facts, "R-090", "n/a", NULL);
  expect (facts, "R-091", "pass", NULL);
  unit->final_on = td_date_make (2025, 5, 20);
  expect (facts, "R-091", "warn", "20/5/2025");
  unit->report_sent_on = td_date_make (2025, 7, 10);
  expect (facts, "R-092", "pass", NULL);
  unit->report_sent_on = td_date_make (2025, 7, 11);
  expect (facts, "R-092", "warn", "không trước ngày 11/7/2025");
  unit->report_sent_on = TD_DATE_NONE;
  facts->today = td_date_make (2025, 7, 10);
  expect (facts, "R-092", "n/a", "còn 00 ngày");
  facts->today = td_date_make (2025, 7, 11);
  expect (facts, "R-092", "warn", "Chưa ghi nhận gửi báo cáo tổng kết trước ngày 11/7/2025");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  campaign = fixture_campaign ();
  units = fixture_units ();
  g_test_add_func ("/rules/R-011/residence", test_residence);
  g_test_add_func ("/rules/R-050-051/member-ratings", test_member_ratings);
  g_test_add_func ("/rules/R-052-054/quota", test_quota);
  g_test_add_func ("/rules/R-053/added", test_quota_added);
  g_test_add_func ("/rules/R-055/doubled", test_doubled);
  g_test_add_func ("/rules/R-060/award", test_award);
  g_test_add_func ("/rules/R-062/prerequisites", test_prerequisites);
  g_test_add_func ("/rules/R-063/propagation", test_propagation);
  g_test_add_func ("/rules/R-062/not-due", test_final_review_not_due);
  g_test_add_func ("/rules/R-070-071/letters", test_letters);
  g_test_add_func ("/rules/R-072/report", test_report);
  g_test_add_func ("/rules/R-075/lists", test_lists);
  g_test_add_func ("/rules/R-076/date-order", test_date_order);
  g_test_add_func ("/rules/R-080/deadline", test_nomination_deadline);
  g_test_add_func ("/rules/R-090-092/reviews", test_reviews);
  status = g_test_run ();
  td_campaign_unref (campaign);
  td_units_unref (units);
  return status;
}
