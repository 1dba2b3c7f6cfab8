/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

/* On time or late, with the limit's own inclusion.
 * What has not come yet is judged on the campaign's day: a draft after the
 * limit shows that it will be late. */

enum
{
  ON_TIME,
  LATE,
  ABSENT,
  WAITING,
  WILL_BE_LATE,
  AGAIN
};

static const TdMessage messages[] = {
  { "onTime", "date limit" },
  { "late", "date limit" },
  { "absent", "limit" },
  { "waiting", "limit days" },
  { "willBeLate", "today limit" },
  { "again", "date limit first", TRUE },
  { NULL },
};
static const char *const params[] = { "of", "lateOnlyWarns", NULL };

typedef enum
{
  OF_REGISTRATION,
  OF_NOMINATION,
  OF_REPORT
} Of;

typedef struct
{
  Of of;
  gboolean late_only_warns;
  TdDeadline deadline;
} Params;

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  static const char *const names[] = { "registration", "nomination", "final_report", NULL };
  Params *self = g_new0 (Params, 1);

  self->of = (Of)td_shape_choice (shape, given, "of", names);
  self->late_only_warns = td_shape_flag_or (shape, given, "lateOnlyWarns", FALSE);
  self->deadline = td_campaign_deadline (campaign, names[self->of]);
  return self;
}

static TdDate
day_of (const TdCase *at, const Params *self)
{
  switch (self->of)
    {
    case OF_REGISTRATION:
      return at->unit->registration_received;
    case OF_NOMINATION:
      return at->facts->received;
    case OF_REPORT:
      return at->unit->report_sent_on;
    }
  return TD_DATE_NONE;
}

static void
say_late (const TdCase *at, const TdRule *rule, TdFinding *finding, guint message, const char *const *values)
{
  const Params *self = rule->params;

  if (self->late_only_warns)
    td_warn (at, rule, finding, message, values);
  else
    td_say (at, rule, finding, TD_VERDICT_FAIL, message, values);
}

static void
say_not_yet (const TdCase *at, const TdRule *rule, TdFinding *finding, const char *limit)
{
  const Params *self = rule->params;
  TdDate today = at->facts->today;
  char day[TD_DAY_SIZE], days[TD_COUNT_SIZE];
  gboolean still_a_draft = self->of == OF_NOMINATION || (self->of == OF_REGISTRATION && at->registration);

  td_say_day (today, day);
  if (td_deadline_met (self->deadline, today))
    {
      td_say_count ((gint64)self->deadline.limit - today - !self->deadline.inclusive, days);
      td_say (at, rule, finding, still_a_draft ? TD_VERDICT_PASS : TD_VERDICT_NOT_APPLICABLE, WAITING,
              (const char *[]){ limit, days });
    }
  else if (still_a_draft && today != TD_DATE_NONE)
    say_late (at, rule, finding, WILL_BE_LATE, (const char *[]){ day, limit });
  else
    td_say (at, rule, finding, TD_VERDICT_FAIL, ABSENT, (const char *[]){ limit });
}

/* What came in time and was returned may come again later, and it shows. */
static gboolean
came_again_late (const TdCase *at, const Params *self)
{
  return self->of == OF_NOMINATION && at->facts->handed_in != TD_DATE_NONE
         && !td_deadline_met (self->deadline, at->facts->handed_in);
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  TdDate day = day_of (at, self);
  char date[TD_DAY_SIZE], limit[TD_DAY_SIZE];
  const char *values[] = { date, limit };

  td_say_day (self->deadline.limit, limit);
  td_say_day (day, date);
  if (day == TD_DATE_NONE)
    say_not_yet (at, rule, finding, limit);
  else if (td_deadline_met (self->deadline, day) && came_again_late (at, self))
    {
      char again[TD_DAY_SIZE];

      td_say_day (at->facts->handed_in, again);
      td_warn (at, rule, finding, AGAIN, (const char *[]){ again, limit, date });
    }
  else if (td_deadline_met (self->deadline, day))
    td_say (at, rule, finding, TD_VERDICT_PASS, ON_TIME, values);
  else
    say_late (at, rule, finding, LATE, values);
}

const TdRuleKind td_kind_deadline = { "deadline", messages, params, read_params, g_free, judge };
