/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-fixture.h"

#include <string.h>

/* What findings add up to, what they block, and what every finding carries. */

static TdCampaign *campaign;
static TdUnits *units;

static void
test_verdict_and_blocks (void)
{
  static const char *const waived[] = { "R-051", "R-050", NULL }, *const answered[] = { "R-044", NULL };
  g_autoptr (TdFacts) facts = fixture_person (units, "so-giao-thong-van-tai", NULL);
  g_autoptr (GPtrArray) good = td_judge (campaign, facts);
  g_autoptr (GPtrArray) farmer = NULL;
  g_autoptr (GPtrArray) low = NULL;
  g_autoptr (GPtrArray) missing = NULL;

  g_assert_cmpint (td_findings_verdict (good, NULL), ==, TD_VERDICT_MANUAL);
  g_assert_null (td_findings_block_submit (good));
  g_assert_cmpstr (td_findings_block_appraisal (good, NULL, NULL)->rule, ==, "R-044");
  g_assert_null (td_findings_block_appraisal (good, NULL, answered));

  fixture_set (&facts->party_member, "no");
  farmer = td_judge (campaign, facts);
  g_assert_cmpint (td_findings_verdict (farmer, NULL), ==, TD_VERDICT_FAIL);
  g_assert_cmpint (td_findings_verdict (farmer, waived), ==, TD_VERDICT_MANUAL);
  g_assert_null (td_findings_block_submit (farmer)); /* travels up as "đề nghị xem xét đặc cách" */
  g_assert_nonnull (td_findings_block_appraisal (farmer, NULL, answered));
  g_assert_null (td_findings_block_appraisal (farmer, waived, answered));

  fixture_set (&facts->party_member, "yes");
  fixture_rate (facts->ratings, "TTTTT");
  low = td_judge (campaign, facts);
  g_assert_cmpstr (td_findings_block_submit (low)->rule, ==, "R-050");
  g_assert_cmpint (td_findings_verdict (low, waived), ==, TD_VERDICT_FAIL); /* an ERROR cannot be waived */
  fixture_rate (facts->ratings, "XXXX-");
  missing = td_judge (campaign, facts);
  g_assert_cmpint (td_findings_verdict (missing, NULL), ==, TD_VERDICT_UNKNOWN);
  g_assert_cmpstr (td_findings_block_submit (missing)->rule, ==, "R-050");
}

/* A district cannot supply its commune's ratings: missing, they do not keep it from handing in. */
static void
test_missing_of_another_unit (void)
{
  g_autoptr (TdFacts) facts = fixture_collective (units, "31429", "934");
  g_autoptr (GPtrArray) findings = NULL;

  fixture_rate (facts->unit->ratings, "-XXTT");
  findings = td_judge (campaign, facts);
  g_assert_cmpint (td_findings_verdict (findings, NULL), ==, TD_VERDICT_UNKNOWN);
  g_assert_null (td_findings_block_submit (findings));
  g_assert_cmpstr (td_findings_block_appraisal (findings, NULL, NULL)->rule, ==, "R-040");
}

/* Every finding of the file's order, each with its sentence; what is fine asks for nothing. */
static void
test_every_finding (void)
{
  g_autoptr (TdFacts) facts = fixture_collective (units, "934", NULL);
  g_autoptr (GPtrArray) findings = td_judge (campaign, facts);
  const char *before = "";

  g_assert_cmpuint (findings->len, ==, 51);
  for (guint i = 0; i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];

      g_assert_cmpint (strcmp (before, finding->rule), <, 0);
      before = finding->rule;
      g_assert_cmpstr (finding->clause, !=, "");
      g_assert_cmpstr (finding->message, !=, "");
      g_assert_cmpint (finding->verdict, <=, TD_VERDICT_NOT_APPLICABLE);
      g_assert_cmpstr (finding->cure, ==, "");
      g_assert_cmpstr (finding->field, ==, "");
    }
}

/* Facts of which nothing is known never pass and never crash. */
static void
test_nothing_known (void)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (TdFacts) facts = td_facts_new ();
      g_autoptr (GPtrArray) nomination = NULL;
      g_autoptr (GPtrArray) registration = NULL;

      facts->collective = i & 1;
      facts->has_submission = i & 2;
      facts->unit = td_unit_facts_new ();
      nomination = td_judge (campaign, facts);
      registration = td_judge_registration (campaign, facts);
      g_assert_cmpint (td_findings_verdict (nomination, NULL), >, TD_VERDICT_MANUAL);
      g_assert_cmpint (td_findings_verdict (registration, NULL), ==, TD_VERDICT_FAIL);
    }
}

static void
test_labels (void)
{
  for (TdVerdict verdict = TD_VERDICT_PASS; verdict <= TD_VERDICT_FAIL; verdict++)
    g_assert_cmpstr (td_verdict_label (verdict), !=, "");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  campaign = fixture_campaign ();
  units = fixture_units ();
  g_test_add_func ("/rules/verdict/blocks", test_verdict_and_blocks);
  g_test_add_func ("/rules/verdict/missing-of-another-unit", test_missing_of_another_unit);
  g_test_add_func ("/rules/verdict/every-finding", test_every_finding);
  g_test_add_func ("/rules/verdict/nothing-known", test_nothing_known);
  g_test_add_func ("/rules/verdict/labels", test_labels);
  status = g_test_run ();
  td_campaign_unref (campaign);
  td_units_unref (units);
  return status;
}
