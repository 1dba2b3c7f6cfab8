/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <glib/gi18n.h>

/* A dated event of the unit's ledger, in its window. */

enum
{
  PASS,
  ABSENT,
  EARLY,
  LATE,
  WAITING
};

static const TdMessage messages[] = {
  { "pass", "date" },          { "absent", "" },           { "early", "date from", TRUE },
  { "late", "date to", TRUE }, { "waiting", "due", TRUE }, { NULL },
};
static const char *const params[] = { "event", "from", "to", "due", NULL };

typedef enum
{
  PLAN,
  LAUNCH,
  INTERIM,
  FINAL,
  OWN_AWARDS
} Event;

typedef struct
{
  Event event;
  TdDate from, to; /* held outside it: a warning */
  TdDate due;      /* from this day on it is missed */
} Params;

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  static const char *const events[] = { "plan", "launch", "interim", "final", "own_awards", NULL };
  Params *self = g_new0 (Params, 1);

  self->event = (Event)td_shape_choice (shape, given, "event", events);
  self->from = td_shape_date_or (shape, given, "from");
  self->to = td_shape_date_or (shape, given, "to");
  self->due = td_shape_date_or (shape, given, "due");
  if (self->from != TD_DATE_NONE && self->to != TD_DATE_NONE && self->to < self->from)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "to", _ ("it ends before it begins"));
  return self;
}

static TdDate
day_of (const TdUnitFacts *unit, Event event)
{
  switch (event)
    {
    case PLAN:
      return unit->plan_date;
    case LAUNCH:
      return unit->launched_on;
    case INTERIM:
      return unit->interim_on;
    case FINAL:
      return unit->final_on;
    case OWN_AWARDS:
      return unit->awarded_on;
    }
  return TD_DATE_NONE;
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  TdDate day = day_of (at->unit, self->event), today = at->facts->today;
  char date[TD_DAY_SIZE], edge[TD_DAY_SIZE];
  const char *values[] = { date, edge };

  td_say_day (day, date);
  if (day == TD_DATE_NONE && self->due != TD_DATE_NONE && today != TD_DATE_NONE && today < self->due)
    {
      td_say_day (self->due, edge);
      td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, WAITING, values + 1);
    }
  else if (day == TD_DATE_NONE)
    td_say (at, rule, finding, TD_VERDICT_FAIL, ABSENT, NULL);
  else if (self->from != TD_DATE_NONE && day < self->from)
    {
      td_say_day (self->from, edge);
      td_say (at, rule, finding, TD_VERDICT_FAIL, EARLY, values);
    }
  else if (self->to != TD_DATE_NONE && day > self->to)
    {
      td_say_day (self->to, edge);
      td_say (at, rule, finding, TD_VERDICT_FAIL, LATE, values);
    }
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, PASS, values);
}

const TdRuleKind td_kind_event = { "event", messages, params, read_params, g_free, judge };
