/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/campaign.h"
#include "campaign/facts.h"

G_BEGIN_DECLS

typedef enum
{
  TD_VERDICT_PASS,
  TD_VERDICT_NOT_APPLICABLE,
  TD_VERDICT_MANUAL,
  TD_VERDICT_UNKNOWN,
  TD_VERDICT_FAIL
} TdVerdict;

typedef enum
{
  TD_SEVERITY_INFO,
  TD_SEVERITY_WARN,
  TD_SEVERITY_OVERRIDE,
  TD_SEVERITY_ERROR
} TdSeverity;

typedef struct
{
  char *rule; /* "R-040" */
  TdVerdict verdict;
  TdSeverity severity; /* a WARN-rule that is not met is verdict FAIL, severity WARN; so is "met, with a
                          warning" of any other rule (R-012 late, R-055 same name, R-062 no power to award) */
  char *message;       /* Vietnamese, with the actual figures, official style */
  char *clause;        /* "mục III.2.1.d" */
  char *cure;          /* what would cure it; "" when nothing is needed */
  char *
      field; /* where the datum is typed: "ratings:rating/2024", "targets:target/<id>/actual", "nomination:party_member",
                          "submission:letter/number", "events:launch/date"; "" when it isn't one field.
                          The part before the colon is the record type. */
  gboolean of_submitter; /* the unit that hands in can supply it */
} TdFinding;
void td_finding_free (TdFinding *self);

/* All findings in the order of the campaign's rules, passes included; owned. Pure. */
GPtrArray *td_judge (const TdCampaign *campaign, const TdFacts *facts);
/* For registrations of one unit. */
GPtrArray *td_judge_registration (const TdCampaign *campaign, const TdFacts *facts);
/* FAIL beats UNKNOWN beats MANUAL beats PASS, over ERROR and OVERRIDE rules;
 * @waived: rule ids waived by the board, may be NULL. */
TdVerdict td_findings_verdict (GPtrArray *findings, const char *const *waived);
/* The finding that blocks handing in (a failed ERROR, or an UNKNOWN the
 * submitter can supply), NULL when nothing does. */
const TdFinding *td_findings_block_submit (GPtrArray *findings);
/* The finding that blocks a passing thẩm định: failed or unknown left unwaived,
 * or MANUAL without an answer in @answered. */
const TdFinding *td_findings_block_appraisal (GPtrArray *findings,
                                              const char *const *waived,
                                              const char *const *answered);
/* How many targets a unit has and how they stand, by the plan's own measure;
 * an enterprise without targets is counted by its indicators of the year. */
typedef struct
{
  guint total, met, exceeded, unmet, open; /* met includes exceeded; open: no result yet, or only words */
} TdTargetCount;
const char *td_target_mark (const TdCampaign *campaign, const TdTarget *target); /* exceeded met unmet open */
void td_count_targets (const TdCampaign *campaign, const TdUnitFacts *unit, TdTargetCount *count);
const char *td_verdict_label (TdVerdict verdict); /* "Đạt", … for screens (gettext) */

G_END_DECLS
