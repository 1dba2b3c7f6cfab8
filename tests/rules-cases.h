/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules-fixture.h"

G_BEGIN_DECLS

/* Every "Tests:" line of the specification of the rules as a row of a table, named
 * by its rule and the line's own words, checked against a plan and units given as
 * text: so that a test can show each row, and that a changed plan is noticed.
 *
 * Lines about records and steps stand where those are: who counts against a quota in test-quota and
 * test-gather, doubles in test-doubles, the order of steps, opinion and signature
 * in test-steps-board, the review of districts and what comes again after its day in
 * test-dossier, the Council's vote in test-steps-council. */

/* A nominee or a registration, judged.
 * @who: "c:934" a collective, "p:31429<934" a person handed in by another unit, "r:934" a registration;
 *       facts that pass everything.
 * @facts: what differs, "key=value | key=value"; rules-facts.c has the keys; an empty value or "-": missing.
 * @outcome: pass, n/a, manual, unknown, fail, warn.
 * @words: what the sentence says; several parts with " … " between them.
 * @setting: "exceedReading=B": under this reading of the plan.
 * @field: where the datum is typed. */
typedef struct
{
  const char *rule, *says, *who, *facts, *outcome, *words, *setting, *field;
} RuleRow;

typedef struct _RulesPlan RulesPlan;

/* NULL where the plan or the units are refused. */
RulesPlan *rules_plan_new (const char *campaign, const char *units);
void rules_plan_free (RulesPlan *self);
const TdCampaign *rules_plan_campaign (const RulesPlan *self);
/* The plan under another reading: "exceedReading=B", NULL: as it is. */
const TdCampaign *rules_plan_reading (RulesPlan *self, const char *setting);
const TdUnits *rules_plan_units (const RulesPlan *self);
const TdUnit *rules_plan_unit (const RulesPlan *self, const char *code);

typedef struct _RuleCheck RuleCheck;
struct _RuleCheck
{
  char *rule;
  char *says;
  /* FALSE with the reason in @problem. */
  gboolean (*run) (RulesPlan *plan, const RuleCheck *check, GString *problem);
  const void *row;
};

/* All of them: RuleCheck. */
GPtrArray *rules_checks (void);
void rules_add (GPtrArray *checks,
                const char *rule,
                const char *says,
                gboolean (*run) (RulesPlan *plan, const RuleCheck *check, GString *problem),
                const void *row);
void rules_add_rows (GPtrArray *checks, const RuleRow *rows, gsize count);
gboolean rules_check_row (RulesPlan *plan, const RuleCheck *check, GString *problem);

/* The tables. */
void rules_add_units (GPtrArray *checks);
void rules_add_people (GPtrArray *checks);
void rules_add_papers (GPtrArray *checks);
void rules_add_functions (GPtrArray *checks);
void rules_add_succession (GPtrArray *checks);

/* rules-facts.c: the facts of a row. @changed is written where the row changes the unit itself; it must
 * live as long as the facts. */
TdFacts *rules_facts (const RulesPlan *plan, const char *who, const char *changes, TdUnit *changed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RulesPlan, rules_plan_free)

G_END_DECLS
