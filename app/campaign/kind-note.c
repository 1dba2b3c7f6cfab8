/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <string.h>

/* What a reader is reminded of, one achievement
 * rewarded once, and the report confirmed by the level that hands in. */

/* --- a note --- */

static const TdMessage note_messages[] = { { "note", "from to" }, { NULL } };
static const char *const note_params[] = { "from", "to", NULL };

typedef struct
{
  TdDate from, to;
} Days;

static gpointer
read_days (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Days *self = g_new0 (Days, 1);

  self->from = td_shape_date_or (shape, given, "from");
  self->to = td_shape_date_or (shape, given, "to");
  return self;
}

static void
judge_note (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Days *self = rule->params;
  char from[TD_DAY_SIZE] = "", to[TD_DAY_SIZE] = "";

  if (self->from != TD_DATE_NONE)
    td_say_day (self->from, from);
  if (self->to != TD_DATE_NONE)
    td_say_day (self->to, to);
  td_say (at, rule, finding, TD_VERDICT_PASS, 0, (const char *[]){ from, to });
}

const TdRuleKind td_kind_note = { "note", note_messages, note_params, read_days, g_free, judge_note };

/* --- one achievement, one award --- */

enum
{
  FIRST,
  ALREADY
};

static const TdMessage once_messages[] = { { "pass", "nominee" }, { "already", "nominee award" }, { NULL } };
static const char *const no_params[] = { NULL };

static void
judge_once (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const char *values[] = { td_nominee_name (at), at->facts->awarded_before };

  if (*values[1] == '\0')
    td_say (at, rule, finding, TD_VERDICT_PASS, FIRST, values);
  else
    td_say (at, rule, finding, TD_VERDICT_FAIL, ALREADY, values);
}

const TdRuleKind td_kind_once = { "once", once_messages, no_params, NULL, NULL, judge_once };

/* --- confirmed by the level that hands in --- */

enum
{
  CONFIRMED,
  BY_LETTER,
  DENIED,
  UNSAID
};

static const TdMessage confirmed_messages[] = {
  { "pass", "nominee" }, { "byLetter", "unit number" }, { "denied", "nominee unit" }, { "unsaid", "nominee" }, { NULL },
};

/* Where nothing else is said, the signed letter of that level confirms what it hands in. */
static void
judge_confirmed (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const TdFacts *facts = at->facts;
  const char *unit = td_unit_name (at->submitter);

  if (strcmp (facts->report_confirmed, "no") == 0)
    td_say (at, rule, finding, TD_VERDICT_FAIL, DENIED, (const char *[]){ td_nominee_name (at), unit });
  else if (strcmp (facts->report_confirmed, "yes") == 0)
    td_say (at, rule, finding, TD_VERDICT_PASS, CONFIRMED, (const char *[]){ td_nominee_name (at) });
  else if (facts->has_submission && *facts->letter_number != '\0' && *facts->letter_signer != '\0')
    td_say (at, rule, finding, TD_VERDICT_PASS, BY_LETTER, (const char *[]){ unit, facts->letter_number });
  else
    td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, UNSAID, (const char *[]){ td_nominee_name (at) });
}

const TdRuleKind td_kind_confirmed = { "confirmed", confirmed_messages, no_params, NULL, NULL, judge_confirmed };
