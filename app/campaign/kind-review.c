/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <glib/gi18n.h>
#include <string.h>

/* Thẩm định, rà soát and the Council's opinion by a day. The plan does
 * not say whether the day binds the sending to the Council or its opinion; the
 * campaign's setting says which, or both. */

enum
{
  ON_TIME,
  SENT_LATE,
  OPINION_LATE,
  NOT_SENT,
  NO_OPINION,
  SENT_OVERDUE,
  OPINION_OVERDUE,
  NOT_THERE
};

static const TdMessage messages[] = {
  { "onTime", "date limit reading" },
  { "sentLate", "date limit reading" },
  { "opinionLate", "date limit reading" },
  { "notSent", "limit days reading" },
  { "noOpinion", "limit days reading" },
  { "sentOverdue", "today limit reading" },
  { "opinionOverdue", "today limit reading" },
  { "notThere", "limit" },
  { NULL },
};
static const char *const params[] = { NULL };

typedef struct
{
  TdDeadline deadline;
  gboolean sending, opinion; /* which of them the day binds */
  char *reading;
} Params;

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Params *self = g_new0 (Params, 1);
  const char *how = td_campaign_setting (campaign, "reviewReading");

  self->deadline = td_campaign_deadline (campaign, "review");
  self->sending = strcmp (how, "opinion") != 0;
  self->opinion = strcmp (how, "sending") != 0;
  if (self->sending && self->opinion && strcmp (how, "both") != 0)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, NULL,
                    _ ("it needs the setting “reviewReading” to be both, sending or opinion"));
  self->reading = g_strdup (td_campaign_reading (campaign, "reviewReading"));
  return self;
}

static void
clear (gpointer data)
{
  g_free (((Params *)data)->reading);
  g_free (data);
}

/* @late, @waiting, @overdue: what is said of this one day. TRUE when it is done in time. */
static gboolean
is_in_time (
    const TdCase *at, const TdRule *rule, TdFinding *finding, TdDate day, guint late, guint waiting, guint overdue)
{
  const Params *self = rule->params;
  TdDate today = at->facts->today;
  char date[TD_DAY_SIZE], limit[TD_DAY_SIZE], left[TD_COUNT_SIZE];

  if (day != TD_DATE_NONE && td_deadline_met (self->deadline, day))
    return TRUE;
  td_say_day (self->deadline.limit, limit);
  td_say_day (day == TD_DATE_NONE ? today : day, date);
  if (day != TD_DATE_NONE)
    td_say (at, rule, finding, TD_VERDICT_FAIL, late, (const char *[]){ date, limit, self->reading });
  else if (today != TD_DATE_NONE && !td_deadline_met (self->deadline, today))
    td_say (at, rule, finding, TD_VERDICT_FAIL, overdue, (const char *[]){ date, limit, self->reading });
  else
    {
      td_say_count ((gint64)self->deadline.limit - today - !self->deadline.inclusive, left);
      td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, waiting, (const char *[]){ limit, left, self->reading });
    }
  return FALSE;
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  const TdFacts *facts = at->facts;
  TdDate last = self->opinion ? facts->opinion_on : facts->council_on;
  char date[TD_DAY_SIZE], limit[TD_DAY_SIZE];

  td_say_day (self->deadline.limit, limit);
  if (facts->received == TD_DATE_NONE && facts->council_on == TD_DATE_NONE && facts->opinion_on == TD_DATE_NONE)
    {
      td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, NOT_THERE, (const char *[]){ limit });
      return;
    }
  if (self->sending && !is_in_time (at, rule, finding, facts->council_on, SENT_LATE, NOT_SENT, SENT_OVERDUE))
    return;
  if (self->opinion && !is_in_time (at, rule, finding, facts->opinion_on, OPINION_LATE, NO_OPINION, OPINION_OVERDUE))
    return;
  td_say_day (last, date);
  td_say (at, rule, finding, TD_VERDICT_PASS, ON_TIME, (const char *[]){ date, limit, self->reading });
}

const TdRuleKind td_kind_review = { "review", messages, params, read_params, clear, judge };
