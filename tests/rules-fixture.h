/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/judge.h"

G_BEGIN_DECLS

/* What the tests of the rules share: the real plan and units, and facts that pass everything. */

char *fixture_read (const char *folder, const char *name);
TdCampaign *fixture_campaign (void);
/* The plan with one piece of its text replaced; the piece must be there. */
TdCampaign *fixture_campaign_with (const char *from, const char *to);
TdUnits *fixture_units (void);

/* A nominee of @code, handed in by @submitter on time, without a fault. */
TdFacts *fixture_collective (const TdUnits *units, const char *code, const char *submitter);
TdFacts *fixture_person (const TdUnits *units, const char *code, const char *submitter);
/* "XXT-N": X HTXSNV, T HTTNV, N HTNV, K KHTNV, - missing, o confirmed to be none. */
void fixture_rate (TdRating *ratings, const char *letters);
void fixture_set (char **member, const char *value);
/* "plan/actual" with an optional sign before it: "<" lower is better, "=" words. */
TdTarget *fixture_target (const char *name, const char *figures, const char *cap);
TdProject *fixture_project (const char *name, const char *const *figures);

/* The finding of @rule; owned. */
TdFinding *fixture_judge (const TdCampaign *campaign, const TdFacts *facts, const char *rule);
TdFinding *fixture_register (const TdCampaign *campaign, const TdFacts *facts, const char *rule);
/* Asserts the outcome and that @says (or NULL) stands in the message; frees. */
void fixture_expect (TdFinding *finding, const char *outcome, const char *says);
/* "pass", "n/a", "manual", "unknown", "fail", "warn". */
const char *fixture_outcome (const TdFinding *finding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdFinding, td_finding_free)

G_END_DECLS
