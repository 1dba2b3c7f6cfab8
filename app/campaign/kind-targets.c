/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include "campaign/measure.h"

/* Targets met and exceeded: of the unit, of every project it
 * leads, of an enterprise's year. */

enum
{
  PASS,
  UNMET,
  NOT_EXCEEDED,
  NOT_ALL_EXCEEDED,
  MISSING,
  EMPTY,
  DOUBTFUL,
  NONE
};

static const TdMessage messages[] = {
  { "pass", "met exceeded total reading" },
  { "unmet", "list met total project reading" },
  { "notExceeded", "exceeded total project reading" },
  { "notAllExceeded", "list exceeded total project reading" },
  { "missing", "list project" },
  { "empty", "project" },
  { "doubtful", "list project" },
  { "none", "", TRUE },
  { NULL },
};
static const char *const params[] = { "source", "until", "capExceeds", "confirmed", "denied", NULL };

typedef enum
{
  SOURCE_TARGETS,
  SOURCE_LED,
  SOURCE_YEAR
} Source;

typedef struct
{
  Source source;
  TdYardstick yardstick;
  char *reading;
} Params;

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  static const char *const sources[] = { "targets", "led", "year", NULL };
  Params *self = g_new0 (Params, 1);

  self->source = (Source)td_shape_choice (shape, given, "source", sources);
  td_yardstick_read (&self->yardstick, shape, given, campaign);
  self->reading = g_strdup (td_campaign_reading (campaign, "exceedReading"));
  return self;
}

static void
clear (gpointer data)
{
  Params *self = data;

  td_yardstick_clear (&self->yardstick);
  g_free (self->reading);
  g_free (self);
}

static TdTally
tally_targets (const TdYardstick *yardstick, GPtrArray *targets)
{
  TdTally tally = { 0 };

  for (guint i = 0; i < targets->len; i++)
    td_tally_add (&tally, yardstick, targets->pdata[i]);
  return tally;
}

/* An indicator's year looks like a target that has neither cap nor date. */
static TdTally
tally_year (const TdYardstick *yardstick, GPtrArray *indicators)
{
  TdTally tally = { 0 };
  char nothing[] = "";

  for (guint i = 0; i < indicators->len; i++)
    {
      const TdIndicator *indicator = indicators->pdata[i];
      TdTarget target = { 0 };

      target.id = indicator->id;
      target.name = indicator->name;
      target.plan = indicator->plan_2024;
      target.actual = indicator->result_2024;
      target.unit = target.cap = nothing;
      target.result_date = TD_DATE_NONE;
      td_tally_add (&tally, yardstick, &target);
    }
  return tally;
}

static void
say_fail (const TdCase *at, const TdRule *rule, TdFinding *finding, const TdTally *tally, const char *project)
{
  const Params *self = rule->params;
  char met[TD_COUNT_SIZE], exceeded[TD_COUNT_SIZE], total[TD_COUNT_SIZE];

  td_say_count (tally->met, met);
  td_say_count (tally->exceeded, exceeded);
  td_say_count (tally->total, total);
  if (tally->unmet > 0)
    {
      const char *values[] = { tally->unmet_list->str, met, total, project, self->reading };

      td_say (at, rule, finding, TD_VERDICT_FAIL, UNMET, values);
      td_say_field (rule, finding, tally->first_unmet);
    }
  else
    {
      const char *values[]
          = { tally->short_list ? tally->short_list->str : "", exceeded, total, project, self->reading };

      if (tally->short_list)
        td_say (at, rule, finding, TD_VERDICT_FAIL, NOT_ALL_EXCEEDED, values);
      else
        td_say (at, rule, finding, TD_VERDICT_FAIL, NOT_EXCEEDED, values + 1);
    }
}

static void
say_unknown (const TdCase *at, const TdRule *rule, TdFinding *finding, const TdTally *tally, const char *project)
{
  const char *values[] = { tally->missing_list ? tally->missing_list->str : "", project };

  if (tally->total == 0)
    {
      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, EMPTY, values + 1);
      return;
    }
  td_say (at, rule, finding, TD_VERDICT_UNKNOWN, MISSING, values);
  td_say_field (rule, finding, tally->first_missing);
}

static void
say_pass (const TdCase *at, const TdRule *rule, TdFinding *finding, const TdTally *tally)
{
  const Params *self = rule->params;
  char met[TD_COUNT_SIZE], exceeded[TD_COUNT_SIZE], total[TD_COUNT_SIZE];
  const char *values[] = { met, exceeded, total, self->reading };

  td_say_count (tally->met, met);
  td_say_count (tally->exceeded, exceeded);
  td_say_count (tally->total, total);
  td_say (at, rule, finding, TD_VERDICT_PASS, PASS, values);
}

static void
say_tally (const TdCase *at, const TdRule *rule, TdFinding *finding, const TdTally *tally, const char *project)
{
  const Params *self = rule->params;

  switch (td_tally_verdict (tally, self->yardstick.reading))
    {
    case TD_VERDICT_FAIL:
      say_fail (at, rule, finding, tally, project);
      break;
    case TD_VERDICT_MANUAL:
      {
        const char *values[] = { tally->doubtful_list->str, project };

        td_say (at, rule, finding, TD_VERDICT_MANUAL, DOUBTFUL, values);
        td_say_field (rule, finding, tally->first_doubtful);
        break;
      }
    case TD_VERDICT_PASS:
      say_pass (at, rule, finding, tally);
      break;
    case TD_VERDICT_UNKNOWN:
    case TD_VERDICT_NOT_APPLICABLE:
      say_unknown (at, rule, finding, tally, project);
      break;
    }
}

static char *
name_project (const TdProject *project)
{
  return g_strdup_printf ("%s “%s”", project->kind, project->name);
}

/* Every led project must pass: the first of the worst verdict is told with its
 * figures, the others of that verdict by name; a pass with all the figures. */
static void
judge_led (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  GPtrArray *led = at->unit->led;
  g_autoptr (GString) names = g_string_new (NULL);
  TdVerdict worst = TD_VERDICT_PASS;
  TdTally all = { 0 };
  guint first = 0;

  for (guint i = 0; i < led->len; i++)
    {
      const TdProject *project = led->pdata[i];
      g_autofree char *name = name_project (project);
      TdTally tally = tally_targets (&self->yardstick, project->targets);
      TdVerdict verdict = td_tally_verdict (&tally, self->yardstick.reading);

      if (verdict > worst)
        {
          worst = verdict;
          first = i;
          g_string_truncate (names, 0);
        }
      if (verdict == worst && verdict != TD_VERDICT_PASS)
        g_string_append_printf (names, "%s%s", names->len > 0 ? "; " : "", name);
      all.total += tally.total;
      all.met += tally.met;
      all.exceeded += tally.exceeded;
      td_tally_clear (&tally);
    }
  if (worst == TD_VERDICT_PASS)
    say_pass (at, rule, finding, &all);
  else
    {
      TdTally tally = tally_targets (&self->yardstick, ((TdProject *)led->pdata[first])->targets);

      say_tally (at, rule, finding, &tally, names->str);
      td_tally_clear (&tally);
    }
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  TdTally tally;

  if (self->source == SOURCE_LED)
    {
      if (at->unit->led->len == 0)
        td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, NONE, NULL);
      else
        judge_led (at, rule, finding);
      return;
    }
  tally = self->source == SOURCE_YEAR ? tally_year (&self->yardstick, at->unit->indicators)
                                      : tally_targets (&self->yardstick, at->unit->targets);
  say_tally (at, rule, finding, &tally, "");
  td_tally_clear (&tally);
}

const TdRuleKind td_kind_targets = { "targets", messages, params, read_params, clear, judge };

/* ---- outside a verdict ---------------------------------------------------------------- */

static const Params *
params_of (const TdCampaign *campaign, Source source)
{
  for (guint i = 0; i < campaign->rules->len; i++)
    {
      const TdRule *rule = campaign->rules->pdata[i];
      const Params *found = rule->kind == &td_kind_targets ? rule->params : NULL;

      if (found != NULL && found->source == source)
        return found;
    }
  return NULL;
}

/**
 * td_count_targets:
 * @unit: its ledger
 * @count: (out): how its targets stand; all 0 where the plan measures none
 *
 * For reports and roll-ups; the same yardstick as the verdicts.
 */
void
td_count_targets (const TdCampaign *campaign, const TdUnitFacts *unit, TdTargetCount *count)
{
  gboolean year = unit->targets->len == 0 && unit->indicators->len > 0;
  const Params *found = params_of (campaign, year ? SOURCE_YEAR : SOURCE_TARGETS);
  TdTally tally = { 0 };

  if (found != NULL)
    tally = year ? tally_year (&found->yardstick, unit->indicators) : tally_targets (&found->yardstick, unit->targets);
  *count = (TdTargetCount){ tally.total, tally.met, tally.exceeded, tally.unmet, tally.missing + tally.doubtful };
  td_tally_clear (&tally);
}

const TdYardstick *
td_targets_yardstick (const TdRule *rule)
{
  const Params *self = rule->params;

  return rule->kind == &td_kind_targets && self->source == SOURCE_TARGETS ? &self->yardstick : NULL;
}

/** td_target_mark: how one target of a unit stands, in a word for the desk to translate. */
const char *
td_target_mark (const TdCampaign *campaign, const TdTarget *target)
{
  const Params *found = params_of (campaign, SOURCE_TARGETS);
  gboolean surpassed;

  switch (found == NULL ? TD_MEASURE_MISSING : td_measure (&found->yardstick, target, &surpassed))
    {
    case TD_MEASURE_EXCEEDED:
      return "exceeded";
    case TD_MEASURE_MET:
      return "met";
    case TD_MEASURE_UNMET:
      return "unmet";
    case TD_MEASURE_MISSING:
    case TD_MEASURE_DOUBTFUL:
    default:
      return "open";
    }
}
