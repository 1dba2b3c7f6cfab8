/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

/* Without launch, final review and own awards nothing is proposed upwards
 * asked of the nominee's unit and of the one that hands in. */

enum
{
  PASS,
  LENIENT,
  FAIL,
  WAITING,
  NO_POWER
};

static const TdMessage messages[] = {
  { "pass", "unit" },        { "lenient", "unit things reading" }, { "fail", "unit things reading" },
  { "waiting", "unit due" }, { "noPower", "unit reason" },         { NULL },
};
static const char *const params[] = { "due", "words", "fields", NULL };

enum
{
  LAUNCH,
  FINAL,
  AWARDS,
  THINGS
};
static const char *const thing_names[THINGS] = { "launch", "final", "own_awards" };

typedef struct
{
  TdDate due; /* before this day a final review is not expected yet */
  gboolean all_needed;
  char *words[THINGS];
  char *fields[THINGS];
  char *reading;
} Params;

static void
read_three (TdShape *shape, JsonObject *given, const char *name, char **out)
{
  JsonObject *object = td_shape_object (shape, given, name);
  gsize token = td_shape_enter (shape, name);

  for (guint i = 0; i < THINGS; i++)
    out[i] = g_strdup (td_shape_text (shape, object, thing_names[i]));
  td_shape_leave (shape, token);
}

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Params *self = g_new0 (Params, 1);

  self->due = td_shape_date (shape, given, "due");
  read_three (shape, given, "words", self->words);
  read_three (shape, given, "fields", self->fields);
  self->all_needed = g_strcmp0 (td_campaign_setting (campaign, "ownLevelReading"), "B") != 0;
  self->reading = g_strdup (td_campaign_reading (campaign, "ownLevelReading"));
  return self;
}

static void
clear (gpointer data)
{
  Params *self = data;

  for (guint i = 0; i < THINGS; i++)
    {
      g_free (self->words[i]);
      g_free (self->fields[i]);
    }
  g_free (self->reading);
  g_free (self);
}

/* How one unit stands: what is missing, and what follows from it. */
typedef struct
{
  const TdUnitFacts *unit;
  gboolean missing[THINGS];
  gboolean no_power;
  TdVerdict verdict;
} Standing;

static gboolean
is_due (const TdCase *at, const Params *self)
{
  return at->facts->received != TD_DATE_NONE || (at->facts->today != TD_DATE_NONE && at->facts->today >= self->due);
}

static TdVerdict
judge_standing (const Standing *self, gboolean all_needed, gboolean due)
{
  gboolean launch = self->missing[LAUNCH], final = self->missing[FINAL];
  gboolean awards = self->missing[AWARDS];

  if (!all_needed)
    {
      if (!launch || !final || !(awards || self->no_power))
        return TD_VERDICT_PASS;
      return due ? TD_VERDICT_FAIL : TD_VERDICT_UNKNOWN;
    }
  /* Awards are handed over at the final review, so they wait for it. */
  if (launch || (due && (final || awards)) || (!final && awards))
    return TD_VERDICT_FAIL;
  return final ? TD_VERDICT_UNKNOWN : TD_VERDICT_PASS;
}

static Standing
stand (const TdCase *at, const Params *self, const TdUnitFacts *unit)
{
  Standing standing = { unit };

  standing.missing[LAUNCH] = unit->launched_on == TD_DATE_NONE;
  standing.missing[FINAL] = unit->final_on == TD_DATE_NONE;
  standing.no_power = unit->awarded_on == TD_DATE_NONE && *unit->awarded_not_applicable != '\0';
  standing.missing[AWARDS] = unit->awarded_on == TD_DATE_NONE && !standing.no_power;
  standing.verdict = judge_standing (&standing, self->all_needed, is_due (at, self));
  return standing;
}

static GString *
list_missing (const Params *self, const Standing *standing)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < THINGS; i++)
    if (standing->missing[i])
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", self->words[i]);
  return list;
}

static void
set_field (const Params *self, const Standing *standing, TdFinding *finding)
{
  for (guint i = 0; i < THINGS; i++)
    if (standing->missing[i])
      {
        g_free (finding->field);
        finding->field = g_strdup (self->fields[i]);
        return;
      }
}

static void
say (const TdCase *at, const TdRule *rule, TdFinding *finding, const Standing *standing)
{
  const Params *self = rule->params;
  const char *name = td_unit_name (standing->unit);
  g_autoptr (GString) things = list_missing (self, standing);
  const char *values[] = { name, things->str, self->reading };
  char due[TD_DAY_SIZE];

  if (rule->supply == TD_SUPPLY_UNIT)
    finding->of_submitter = at->own || standing->unit == at->submitter;
  if (standing->verdict == TD_VERDICT_FAIL)
    {
      td_say (at, rule, finding, TD_VERDICT_FAIL, FAIL, values);
      set_field (self, standing, finding);
    }
  else if (standing->verdict == TD_VERDICT_UNKNOWN)
    {
      td_say_day (self->due, due);
      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, WAITING, (const char *[]){ name, due });
      set_field (self, standing, finding);
      /* A loose draft waits in peace; once it travels, the review must have been held. */
      finding->of_submitter = finding->of_submitter && at->facts->has_submission;
    }
  else if (standing->no_power)
    td_warn (at, rule, finding, NO_POWER, (const char *[]){ name, standing->unit->awarded_not_applicable });
  else if (things->len > 0)
    td_say (at, rule, finding, TD_VERDICT_PASS, LENIENT, values);
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, PASS, values);
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  Standing unit = stand (at, self, at->unit);
  Standing submitter = at->own ? unit : stand (at, self, at->submitter);
  gboolean submitter_is_worse
      = submitter.verdict > unit.verdict || (submitter.verdict == unit.verdict && submitter.no_power && !unit.no_power);

  say (at, rule, finding, submitter_is_worse ? &submitter : &unit);
}

const TdRuleKind td_kind_prerequisites = { "prerequisites", messages, params, read_params, clear, judge };
