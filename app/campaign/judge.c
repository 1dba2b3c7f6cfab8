/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/judge.h"

#include <glib/gi18n.h>
#include <string.h>

#include "campaign/rule.h"

/**
 * td_finding_free:
 * @self: (nullable): a finding
 */
void
td_finding_free (TdFinding *self)
{
  if (!self)
    return;
  g_free (self->rule);
  g_free (self->message);
  g_free (self->clause);
  g_free (self->cure);
  g_free (self->field);
  g_free (self);
}

static gboolean
can_supply (const TdCase *at, const TdRule *rule)
{
  switch (rule->supply)
    {
    case TD_SUPPLY_UNIT:
      return at->own;
    case TD_SUPPLY_SUBMISSION:
      return TRUE;
    case TD_SUPPLY_ABOVE:
      return FALSE;
    }
  return FALSE;
}

static TdFinding *
apply (const TdCase *at, const TdRule *rule)
{
  TdFinding *finding = g_new0 (TdFinding, 1);

  finding->rule = g_strdup (rule->id);
  finding->clause = g_strdup (rule->clause);
  finding->severity = rule->severity;
  finding->of_submitter = can_supply (at, rule);
  if (td_rule_concerns (rule, at))
    rule->kind->judge (at, rule, finding);
  else
    {
      finding->verdict = TD_VERDICT_NOT_APPLICABLE;
      finding->message = g_strdup (at->campaign->not_applicable);
    }
  if (!finding->cure)
    finding->cure = g_strdup ("");
  if (!finding->field)
    finding->field = g_strdup ("");
  return finding;
}

static gboolean
is_same_unit (const TdUnitFacts *a, const TdUnitFacts *b)
{
  return a == b || (a->unit && b->unit && strcmp (a->unit->key, b->unit->key) == 0);
}

static GPtrArray *
judge_all (const TdCampaign *campaign, const TdFacts *facts, gboolean registration)
{
  TdCase at = { campaign, facts, facts->unit, facts->submitter ? facts->submitter : facts->unit, registration };
  GPtrArray *findings = g_ptr_array_new_full (campaign->rules->len, (GDestroyNotify)td_finding_free);

  at.own = is_same_unit (at.unit, at.submitter);
  at.scratch = g_string_sized_new (256);
  for (guint i = 0; i < campaign->rules->len; i++)
    {
      const TdRule *rule = campaign->rules->pdata[i];

      if (registration ? rule->on_registration : rule->on_nomination)
        g_ptr_array_add (findings, apply (&at, rule));
    }
  g_string_free (at.scratch, TRUE);
  return findings;
}

/**
 * td_judge:
 * @campaign: the plan
 * @facts: a nominee, its unit and the submission it travels in
 *
 * Returns: (transfer full) (element-type TdFinding): a finding of every rule for
 * nominations, passes included, in the order of the plan's file
 */
GPtrArray *
td_judge (const TdCampaign *campaign, const TdFacts *facts)
{
  g_return_val_if_fail (campaign != NULL && facts != NULL && facts->unit != NULL, NULL);

  return judge_all (campaign, facts, FALSE);
}

/**
 * td_judge_registration:
 * @campaign: the plan
 * @facts: of which the unit and today count
 *
 * Returns: (transfer full) (element-type TdFinding): a finding of every rule for registrations
 */
GPtrArray *
td_judge_registration (const TdCampaign *campaign, const TdFacts *facts)
{
  g_return_val_if_fail (campaign != NULL && facts != NULL && facts->unit != NULL, NULL);

  return judge_all (campaign, facts, TRUE);
}

static gboolean
is_listed (const char *const *list, const char *word)
{
  return list && g_strv_contains (list, word);
}

/* Warnings and news show; only these two decide. */
static gboolean
counts (const TdFinding *finding)
{
  return finding->severity >= TD_SEVERITY_OVERRIDE;
}

/* Only what is at the board's discretion can be waived: a failed ERROR cannot. */
static gboolean
is_waived (const TdFinding *finding, const char *const *waived)
{
  return finding->severity == TD_SEVERITY_OVERRIDE && is_listed (waived, finding->rule);
}

/**
 * td_findings_verdict:
 * @findings: (element-type TdFinding): findings
 * @waived: (nullable): ids of OVERRIDE rules the board has waived
 *
 * Returns: FAIL beats UNKNOWN beats MANUAL beats PASS, over ERROR and OVERRIDE rules
 */
TdVerdict
td_findings_verdict (GPtrArray *findings, const char *const *waived)
{
  TdVerdict worst = TD_VERDICT_PASS;

  g_return_val_if_fail (findings != NULL, TD_VERDICT_UNKNOWN);

  for (guint i = 0; i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];

      if (finding->verdict > TD_VERDICT_NOT_APPLICABLE && counts (finding) && !is_waived (finding, waived))
        worst = MAX (worst, finding->verdict);
    }
  return worst;
}

/**
 * td_findings_block_submit:
 * @findings: (element-type TdFinding): findings
 *
 * Returns: (nullable): the first finding that blocks handing in: a failed ERROR, or missing data the
 * submitter can supply
 */
const TdFinding *
td_findings_block_submit (GPtrArray *findings)
{
  g_return_val_if_fail (findings != NULL, NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];

      if (finding->verdict == TD_VERDICT_FAIL && finding->severity == TD_SEVERITY_ERROR)
        return finding;
      if (finding->verdict == TD_VERDICT_UNKNOWN && counts (finding) && finding->of_submitter)
        return finding;
    }
  return NULL;
}

/**
 * td_findings_block_appraisal:
 * @findings: (element-type TdFinding): findings
 * @waived: (nullable): ids of OVERRIDE rules the board has waived
 * @answered: (nullable): ids of MANUAL rules somebody has answered
 *
 * Returns: (nullable): the first finding that blocks a passing thẩm định
 */
const TdFinding *
td_findings_block_appraisal (GPtrArray *findings, const char *const *waived, const char *const *answered)
{
  g_return_val_if_fail (findings != NULL, NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];

      if (!counts (finding))
        continue;
      if (finding->verdict == TD_VERDICT_MANUAL && !is_listed (answered, finding->rule))
        return finding;
      if (finding->verdict >= TD_VERDICT_UNKNOWN && !is_waived (finding, waived))
        return finding;
    }
  return NULL;
}

/**
 * td_verdict_label:
 * @verdict: a verdict
 *
 * Returns: its name for screens
 */
const char *
td_verdict_label (TdVerdict verdict)
{
  switch (verdict)
    {
    case TD_VERDICT_PASS:
      return _ ("Met");
    case TD_VERDICT_NOT_APPLICABLE:
      return _ ("Not applicable");
    case TD_VERDICT_MANUAL:
      return _ ("Needs appraisal");
    case TD_VERDICT_UNKNOWN:
      return _ ("Data missing");
    case TD_VERDICT_FAIL:
      return _ ("Not met");
    }
  return "";
}
