/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/campaign.h"

#include <string.h>

#include "rules-fixture.h"

/* The plan and the units as data: what they say, and what is refused. */

static void
test_identity (void)
{
  g_autoptr (TdCampaign) campaign = fixture_campaign ();
  g_autofree char *text = fixture_read ("campaigns", "hau-giang-2025.json");
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  g_assert_cmpstr (td_campaign_id (campaign), ==, "hg-2025-dai-hoi");
  g_assert_true (g_str_has_prefix (td_campaign_title (campaign), "Đợt thi đua đặc biệt"));
  g_assert_true (g_str_has_prefix (td_campaign_slogan (campaign), "Thi đua đoàn kết"));
  g_assert_cmpstr (td_campaign_digest (campaign), ==, digest);
  g_assert_cmpstr (td_campaign_source (campaign), ==, text);
  g_assert_cmpstr (td_campaign_units_file (campaign), ==, "hau-giang-2024.json");
  g_assert_cmpstr (td_campaign_board (campaign), ==, "ban-tdkt");
  g_assert_cmpstr (td_campaign_reviewer (campaign), ==, "van-phong-tinh-uy");
  g_assert_cmpint (td_campaign_start (campaign), ==, td_date_make (2024, 7, 1));
  g_assert_cmpint (td_campaign_end (campaign), ==, td_date_make (2025, 6, 30));
  g_assert_cmpint (td_campaign_first_year (campaign), ==, 2020);
  g_assert_cmpint (td_campaign_last_year (campaign), ==, 2024);
  g_assert_cmpstr (td_campaign_setting (campaign, "exceedReading"), ==, "A");
  g_assert_cmpstr (td_campaign_setting (campaign, "none"), ==, "");
  g_assert_true (td_campaign_needs_review (campaign, "a", TRUE));
  g_assert_true (td_campaign_needs_review (campaign, "c", TRUE));
  g_assert_false (td_campaign_needs_review (campaign, "d", TRUE));
  g_assert_false (td_campaign_needs_review (campaign, "a", FALSE));
  g_assert_cmpstr (td_campaign_level_above (campaign, "commune"), ==, "district");
  g_assert_cmpstr (td_campaign_level_above (campaign, "body"), ==, "province");
  g_assert_null (td_campaign_level_above (campaign, "province"));
}

/* R-002 to R-005; 0: no phase. */
static void
test_phases (void)
{
  static const struct
  {
    const char *level;
    int year, month, day, number;
  } rows[] = {
    { "CO_SO", 2025, 1, 20, 1 },
    { "CO_SO", 2025, 1, 21, 2 },
    { "CO_SO", 2025, 4, 30, 2 },
    { "CO_SO", 2025, 5, 1, 0 },
    { "CO_SO", 2024, 6, 30, 0 },
    { "CO_SO", 2024, 7, 1, 1 },
    { "HUYEN_TUONG_DUONG", 2025, 3, 21, 1 },
    { "HUYEN_TUONG_DUONG", 2025, 3, 22, 2 },
    { "HUYEN_TUONG_DUONG", 2025, 6, 30, 2 },
    { "HUYEN_TUONG_DUONG", 2025, 7, 1, 0 },
    { "none", 2025, 3, 1, 0 },
  };
  static const int lengths[][2] = { { 204, 100 }, { 264, 101 } };
  g_autoptr (TdCampaign) campaign = fixture_campaign ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TdPhase *phase
          = td_campaign_phase (campaign, rows[i].level, td_date_make (rows[i].year, rows[i].month, rows[i].day));

      g_assert_cmpint (phase ? phase->number : 0, ==, rows[i].number);
      if (phase)
        g_assert_cmpint (phase->to - phase->from + 1, ==, lengths[*rows[i].level == 'H'][phase->number - 1]);
    }
}

/* R-007: "đến hết ngày" includes the day, "trước ngày" does not. */
static void
test_deadlines (void)
{
  g_autoptr (TdCampaign) campaign = fixture_campaign ();
  TdDeadline nomination = td_campaign_deadline (campaign, "nomination");
  TdDeadline report = td_campaign_deadline (campaign, "final_report");
  TdDate july_11 = td_date_make (2025, 7, 11);

  g_assert_true (td_deadline_met (nomination, july_11));
  g_assert_false (td_deadline_met (nomination, july_11 + 1));
  g_assert_true (td_deadline_met (report, july_11 - 1));
  g_assert_false (td_deadline_met (report, july_11));
  g_assert_false (td_deadline_met (nomination, TD_DATE_NONE));
  g_assert_cmpint (td_campaign_deadline (campaign, "registration").limit, ==, td_date_make (2024, 7, 19));
  g_assert_cmpint (td_campaign_deadline (campaign, "review").limit, ==, td_date_make (2025, 8, 1));
  g_assert_cmpint (td_campaign_deadline (campaign, "none").limit, ==, TD_DATE_NONE);
  g_assert_false (td_deadline_met (td_campaign_deadline (campaign, "none"), july_11));
}

/* model.md 3: id, label, who, roles, from, to, undoable */
static const char *const step_rows[][7] = {
  { "submit", "Trình", "holder", "L", "draft returned received", "submitted", "" },
  { "recall", "Lấy lại", "submitter", "L", "submitted", "before", "" },
  { "receive", "Tiếp nhận", "holder", "O", "submitted", "received", "" },
  { "return", "Trả lại", "holder_not_owner", "O L", "received returned in_council endorsed at_chairman", "returned",
    "" },
  { "not_propose", "Không đề nghị", "holder_not_owner", "L", "received", "not_proposed", "" },
  { "reconsider", "Đưa vào xét lại", "holder_not_owner", "L", "not_proposed", "received", "" },
  { "withdraw", "Rút đề nghị", "owner", "L", "", "withdrawn", "" },
  { "assign", "Phân công", "holder", "L", "", "", "↶" },
  { "attest", "Ghi nhận ngày nhận", "addressed", "O", "", "", "" },
  { "ask", "Lấy ý kiến", "top", "O L", "received", "", "↶" },
  { "waive", "Xét đặc cách", "top", "L", "received", "", "" },
  { "appraise", "Thẩm định", "top", "A", "received", "", "" },
  { "review", "Rà soát", "asked", "R", "", "", "" },
  { "clear_double", "Đã xem, không trùng", "holder_or_top", "A O", "", "", "" },
  { "to_council", "Trình Hội đồng", "top", "S L", "received", "in_council", "↶" },
  { "council_opinion", "Cho ý kiến", "top", "S", "in_council", "endorsed", "↶" },
  { "to_chairman", "Trình Chủ tịch", "top", "S L", "endorsed", "at_chairman", "↶" },
  { "decide", "Quyết định", "top", "L", "at_chairman", "decided", "↶" },
  { "award", "Trao thưởng", "top", "O", "decided", "awarded", "↶" },
  { "undo", "Hủy bước", "taker", "L", NULL, "before", "" },
};

static void
assert_words (char **words, const char *wanted)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  g_assert_cmpstr (joined, ==, wanted);
}

static void
test_steps (void)
{
  g_autoptr (TdCampaign) campaign = fixture_campaign ();
  g_autoptr (GPtrArray) all = td_campaign_steps (campaign);

  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (step_rows));
  for (guint i = 0; i < G_N_ELEMENTS (step_rows); i++)
    {
      const char *const *row = step_rows[i];
      const TdStepRule *step = td_campaign_step (campaign, row[0]);

      g_assert_true (all->pdata[i] == step);
      g_assert_cmpstr (step->label, ==, row[1]);
      g_assert_cmpstr (step->who, ==, row[2]);
      assert_words (step->roles, row[3]);
      if (row[4])
        assert_words (step->from, row[4]);
      g_assert_cmpstr (step->to, ==, row[5]);
      g_assert_cmpint (step->undoable, ==, *row[6] != '\0');
    }
  assert_words (td_campaign_step (campaign, "council_opinion")->outcomes, "endorsed received not_proposed");
  assert_words (td_campaign_step (campaign, "decide")->outcomes, "decided not_proposed");
  assert_words (td_campaign_step (campaign, "receive")->outcomes, "received");
  assert_words (td_campaign_step (campaign, "recall")->outcomes, "");
  g_assert_null (td_campaign_step (campaign, "none"));
}

/* One change to the good file, and how its refusal must begin. */
static const struct
{
  const char *from, *to;
  int code;
  const char *begins;
} bad_plans[] = {
  { "\"id\": \"hg-2025-dai-hoi\",", "", TD_CAMPAIGN_ERROR_SHAPE, "/id: " },
  { "\"id\": \"hg-2025-dai-hoi\"", "\"id\": 7", TD_CAMPAIGN_ERROR_SHAPE, "/id: " },
  { "\"id\": \"hg-2025-dai-hoi\"", "\"id\": \"\"", TD_CAMPAIGN_ERROR_SHAPE, "/id: " },
  { "\"start\": \"2024-07-01\"", "\"start\": \"01/07/2024\"", TD_CAMPAIGN_ERROR_SHAPE, "/start: " },
  { "\"end\": \"2025-06-30\"", "\"end\": \"2024-06-30\"", TD_CAMPAIGN_ERROR_CONTRADICTION, "/end: " },
  { "\"to\": \"2025-01-20\"", "\"to\": \"2024-01-20\"", TD_CAMPAIGN_ERROR_CONTRADICTION, "/phases/0/to: " },
  { "\"from\": \"2025-01-21\"", "\"from\": \"2025-01-20\"", TD_CAMPAIGN_ERROR_CONTRADICTION, "/phases/2/from: " },
  { "\"to\": \"2025-06-30\"", "\"to\": \"2025-07-01\"", TD_CAMPAIGN_ERROR_CONTRADICTION, "/phases/3/from: " },
  { "\"inclusive\": false", "\"inclusive\": 0", TD_CAMPAIGN_ERROR_SHAPE, "/deadlines/final_report/inclusive: " },
  { "\"inclusive\": false, ", "", TD_CAMPAIGN_ERROR_SHAPE, "/deadlines/final_report/inclusive: " },
  { "\"review\": {\"limit\"", "\"revue\": {\"limit\"", TD_CAMPAIGN_ERROR_SHAPE, "/deadlines/review: " },
  { "\"lastRatedYear\": 2024", "\"lastRatedYear\": 2030", TD_CAMPAIGN_ERROR_CONTRADICTION, "/lastRatedYear: " },
  { "\"lastRatedYear\": 2024", "\"lastRatedYear\": 1e3", TD_CAMPAIGN_ERROR_SHAPE, "/lastRatedYear: " },
  { "\"unitsFile\": \"", "\"unitsFile\": \"../", TD_CAMPAIGN_ERROR_SHAPE, "/unitsFile: " },
  { "\"exceedReading\": \"A\"", "\"exceedReading\": \"Z\"", TD_CAMPAIGN_ERROR_CONTRADICTION,
    "/readings/exceedReading: " },
  { "\"exceedReading\": \"A\",", "", TD_CAMPAIGN_ERROR_CONTRADICTION, "/rules/" },
  { "\"councilThreshold\": \"\"", "\"councilThreshold\": \"0\"", TD_CAMPAIGN_ERROR_SHAPE,
    "/settings/councilThreshold: " },
  { "\"councilThreshold\": \"\"", "\"councilThreshold\": \"100.5\"", TD_CAMPAIGN_ERROR_SHAPE,
    "/settings/councilThreshold: " },
  { "\"councilThreshold\": \"\"", "\"councilThreshold\": \"most\"", TD_CAMPAIGN_ERROR_SHAPE,
    "/settings/councilThreshold: " },
  { "\"decisionSigner\": \"CHỦ TỊCH\"", "\"decisionSigner\": \"\"", TD_CAMPAIGN_ERROR_SHAPE,
    "/settings/decisionSigner: " },
  { "\"above\": \"district\"", "\"above\": \"commune\"", TD_CAMPAIGN_ERROR_CONTRADICTION, "/chain: " },
  { "\"above\": \"district\"", "\"above\": \"moon\"", TD_CAMPAIGN_ERROR_CONTRADICTION, "/chain: " },
  { "\"id\": \"recall\"", "\"id\": \"submit\"", TD_CAMPAIGN_ERROR_CONTRADICTION, "/steps/1/id: " },
  { "\"id\": \"recall\"", "\"id\": \"rob\"", TD_CAMPAIGN_ERROR_SHAPE, "/steps/1/id: " },
  { "\"to\": \"submitted\"", "\"to\": \"lost\"", TD_CAMPAIGN_ERROR_CONTRADICTION, "/steps/0/to: " },
  { "\"from\": [\"draft\", \"returned\"", "\"from\": [\"draft\", \"lost\"", TD_CAMPAIGN_ERROR_CONTRADICTION,
    "/steps/0/from/1: " },
  { "\"who\": \"holder\", \"roles\": [\"L\"]", "\"who\": \"holder\", \"roles\": [\"X\"]",
    TD_CAMPAIGN_ERROR_CONTRADICTION, "/steps/0/roles/0: " },
  { "\"who\": \"holder\", \"roles\": [\"L\"]", "\"who\": \"holder\", \"roles\": []", TD_CAMPAIGN_ERROR_CONTRADICTION,
    "/steps/0/roles: " },
  { "\"kind\": \"evidence\"", "\"kind\": \"magic\"", TD_CAMPAIGN_ERROR_SHAPE, "/rules/0/kind: " },
  { "\"kind\": \"evidence\"", "\"kind\": null", TD_CAMPAIGN_ERROR_SHAPE, "/rules/0/kind: " },
  { "\"id\": \"R-002\", \"title\"", "\"id\": \"R-001\", \"title\"", TD_CAMPAIGN_ERROR_CONTRADICTION, "/rules/1/id: " },
  { "\"title\": \"Thời gian ghi nhận kết quả\"", "\"title\": \"\"", TD_CAMPAIGN_ERROR_SHAPE, "/rules/0/title: " },
  { "\"phase\": \"co-so-1\"", "\"phase\": \"co-so-9\"", TD_CAMPAIGN_ERROR_CONTRADICTION, "/rules/1/params/phase: " },
  { "\"reviewReading\": \"both\",", "", TD_CAMPAIGN_ERROR_CONTRADICTION, "/rules/" },
  { "\"insurancePapers\": \"one\",", "", TD_CAMPAIGN_ERROR_CONTRADICTION, "/rules/" },
  { "\"severity\": \"WARN\"", "\"severity\": \"LOUD\"", TD_CAMPAIGN_ERROR_SHAPE, "/rules/0/severity: " },
  { "\"on\": [\"nomination\"]", "\"on\": [\"sunday\"]", TD_CAMPAIGN_ERROR_SHAPE, "/rules/0/on: " },
  { "\"clause\": \"mục II.4\"", "\"clause\": \"\"", TD_CAMPAIGN_ERROR_SHAPE, "/rules/0/clause: " },
  { "\"appliesTo\": {\"subject\": \"collective\"}", "\"appliesTo\": {\"subjekt\": \"collective\"}",
    TD_CAMPAIGN_ERROR_SHAPE, "/rules/0/appliesTo/subject" },
  { "({start} - {end}): {list}", "({start} - {end}): {lost}", TD_CAMPAIGN_ERROR_SHAPE, "/rules/0/messages/outside: " },
  { "({start} - {end}): {list}", "({start} - {end}): {list", TD_CAMPAIGN_ERROR_SHAPE, "/rules/0/messages/outside: " },
  { "\"outside\": \"Thành tích", "\"inside\": \"Thành tích", TD_CAMPAIGN_ERROR_SHAPE, "/rules/0/messages/outside: " },
  { "\"percent\": 80", "\"percent\": \"80\"", TD_CAMPAIGN_ERROR_SHAPE, "/rules/" },
  { "\"percent\": 80", "\"procent\": 80", TD_CAMPAIGN_ERROR_SHAPE, "/rules/" },
  { "\"floor\": \"HTTNV\"", "\"floor\": \"A+\"", TD_CAMPAIGN_ERROR_SHAPE, "/rules/" },
  { "\"steps\": [", "\"steps\": [], \"x\": [", TD_CAMPAIGN_ERROR_CONTRADICTION, "/steps: " },
  { "\"rules\": [", "\"rules\": {}, \"x\": [", TD_CAMPAIGN_ERROR_SHAPE, "/rules: " },
  { "\"rules\": [", "\"rules\": [7,", TD_CAMPAIGN_ERROR_SHAPE, "/rules/0" },
  { "\"phases\": [", "\"phases\": [,", TD_CAMPAIGN_ERROR_SYNTAX, "line " },
};

static void
test_bad_plans (void)
{
  g_autofree char *good = fixture_read ("campaigns", "hau-giang-2025.json");

  for (guint i = 0; i < G_N_ELEMENTS (bad_plans); i++)
    {
      g_autoptr (GString) text = g_string_new (good);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad_plans[i].to);
      g_assert_cmpuint (g_string_replace (text, bad_plans[i].from, bad_plans[i].to, 1), ==, 1);
      g_assert_null (td_campaign_parse (text->str, -1, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, TD_CAMPAIGN_ERROR, bad_plans[i].code);
      g_assert_true (g_str_has_prefix (error->message, bad_plans[i].begins));
    }
}

static void
test_no_plan (void)
{
  static const char *const files[] = { "", "[]", "null", "{}", "{\"rules\":[]}", "\"x\"", "{", "\xFF" };
  g_autofree char *large = g_strnfill (5 << 20, ' ');
  g_autofree char *deep = g_strnfill (1 << 20, '[');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_assert_null (td_campaign_parse (files[i], -1, &error));
      g_assert_true (error->domain == TD_CAMPAIGN_ERROR);
      g_clear_error (&error);
      g_assert_null (td_units_parse (files[i], -1, &error));
      g_assert_true (error->domain == TD_CAMPAIGN_ERROR);
      g_clear_error (&error);
    }
  g_assert_null (td_campaign_parse (large, -1, &error));
  g_assert_error (error, TD_CAMPAIGN_ERROR, TD_CAMPAIGN_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (td_campaign_parse (deep, -1, &error));
  g_assert_error (error, TD_CAMPAIGN_ERROR, TD_CAMPAIGN_ERROR_SYNTAX);
}

/* Every value of the plan replaced by one of another type: refused or read, never a crash. */
static void
test_every_value_changed (void)
{
  static const char *const values[] = { "null", "7", "[]", "{}", "\"\"", "[{}]", "-1" };
  g_autofree char *good = fixture_read ("campaigns", "hau-giang-2025.json");
  guint changed = 0;

  for (const char *at = strstr (good, "\": "); at; at = strstr (at + 3, "\": "))
    {
      const char *value = at + 3;
      gsize length = *value == '"'   ? strcspn (value + 1, "\"") + 2
                     : *value == '[' ? strcspn (value, "]") + 1
                                     : strcspn (value, ",}]\n");
      g_autofree char *text = g_strdup_printf ("%.*s%s%s", (int)(value - good), good,
                                               values[changed++ % G_N_ELEMENTS (values)], value + length);
      g_autoptr (TdCampaign) campaign = td_campaign_parse (text, -1, NULL);
    }
  g_assert_cmpuint (changed, >, 600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/campaign/identity", test_identity);
  g_test_add_func ("/campaign/phases", test_phases);
  g_test_add_func ("/campaign/deadlines", test_deadlines);
  g_test_add_func ("/campaign/steps", test_steps);
  g_test_add_func ("/campaign/bad-plans", test_bad_plans);
  g_test_add_func ("/campaign/no-plan", test_no_plan);
  g_test_add_func ("/campaign/every-value-changed", test_every_value_changed);
  return g_test_run ();
}
