/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "campaign/judge.h"
#include "campaign/report-plan.h"

/* A plan, as it is or as patches of the real one: what can be read can be asked everything, and judges a nominee without a fault of its own. */

static void
ask (const TdCampaign *campaign)
{
  static const char *const stages[]
      = { "draft", "submitted", "received", "in_council", "endorsed", "at_chairman", "decided", "none" };
  g_autoptr (GPtrArray) steps = td_campaign_steps (campaign);

  for (guint i = 0; i < steps->len; i++)
    {
      const TdStepRule *step = steps->pdata[i];

      g_assert_true (td_campaign_step (campaign, step->id) != NULL);
      for (guint s = 0; s < G_N_ELEMENTS (stages); s++)
        g_ptr_array_unref (td_campaign_missed_steps (campaign, stages[s], step->id));
    }
  g_assert_true (td_campaign_id (campaign) != NULL && td_campaign_title (campaign) != NULL);
  g_assert_true (td_campaign_board (campaign) != NULL && td_campaign_reviewer (campaign) != NULL);
  g_assert_cmpint (td_campaign_first_year (campaign), <=, td_campaign_last_year (campaign));
  g_assert_cmpint (td_campaign_last_year (campaign) - td_campaign_first_year (campaign), <, TD_YEARS_MAX);
  td_campaign_deadline (campaign, "nomination");
  td_campaign_phase (campaign, "CO_SO", td_campaign_start (campaign));
  td_campaign_level_above (campaign, "commune");
  td_campaign_needs_review (campaign, "a", TRUE);
  td_campaign_may_sign (campaign, "KT. CHỦ TỊCH");
  td_campaign_is_breakthrough (campaign, "Nghị quyết Đại hội Đảng bộ");
  td_campaign_decision_note (campaign);
  td_campaign_double_rule (campaign);
  g_assert_true (td_campaign_report (campaign) != NULL);
}

static TdTarget *
target (const char *plan, const char *actual)
{
  TdTarget *self = td_target_new ();

  g_free (self->plan);
  g_free (self->actual);
  self->plan = g_strdup (plan);
  self->actual = g_strdup (actual);
  return self;
}

static TdFacts *
facts_of (const TdUnit *unit, gboolean collective)
{
  TdFacts *facts = td_facts_new ();

  facts->today = td_date_make (2025, 7, 8);
  facts->collective = collective;
  facts->at_top = collective;
  facts->unit = td_unit_facts_new ();
  facts->submitter = facts->unit;
  facts->unit->unit = unit;
  facts->unit->launched_on = facts->unit->plan_date = td_date_make (2024, 7, 10);
  g_ptr_array_add (facts->unit->targets, target ("100", "112.5"));
  g_ptr_array_add (facts->unit->targets, target ("0", "99999999999"));
  g_ptr_array_add (facts->unit->targets, target ("", ""));
  for (guint i = 0; i < TD_YEARS_MAX; i++)
    facts->ratings[i] = facts->unit->ratings[i] = (TdRating)(TD_RATING_NONE + (int)(i % 6));
  return facts;
}

static void
expect_findings (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];

      g_assert_true (finding->rule != NULL && finding->message != NULL && finding->clause != NULL);
      g_assert_true (g_utf8_validate (finding->message, -1, NULL));
    }
  td_findings_verdict (findings, NULL);
  td_findings_block_submit (findings);
  g_ptr_array_unref (findings);
}

static void
judge (const TdCampaign *campaign)
{
  static TdUnits *units;
  g_autofree char *text = units == NULL ? fuzz_data ("units", "hau-giang-2024.json") : NULL;
  static const char *const codes[] = { "31447", "935", "so-y-te" };

  if (units == NULL)
    units = td_units_parse (text, -1, NULL);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (codes); i++)
    {
      const TdUnit *unit = td_units_by_code (units, codes[i / 2], td_date_make (2025, 7, 8));
      g_autoptr (TdFacts) facts = facts_of (unit, i % 2 == 0);

      expect_findings (td_judge (campaign, facts));
      expect_findings (td_judge_registration (campaign, facts));
      td_campaign_quota (campaign, unit, FALSE);
    }
}

void
fuzz_campaign (const guint8 *data, gsize size)
{
  static char *plan;
  g_autofree char *text = NULL;
  g_autoptr (TdCampaign) campaign = NULL;

  if (plan == NULL)
    plan = fuzz_data ("campaigns", "hau-giang-2025.json");
  text = size > 0 && *data == '{' ? g_strndup ((const char *)data, size) : fuzz_patched (plan, data, size);
  campaign = td_campaign_parse (text, -1, NULL);
  if (campaign == NULL)
    return;
  ask (campaign);
  judge (campaign);
}
