/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

/* Evidence dated outside the campaign does not count towards it. */

enum
{
  PASS,
  OUTSIDE
};

static const TdMessage messages[] = {
  { "pass", "start end" },
  { "outside", "list start end" },
  { NULL },
};
static const char *const params[] = { NULL };

static void
collect (const TdCase *at, GPtrArray *targets, GString **list, const char **first)
{
  for (guint i = 0; i < targets->len; i++)
    {
      const TdTarget *target = targets->pdata[i];
      char day[TD_DAY_SIZE];

      if (target->result_date == TD_DATE_NONE
          || (target->result_date >= at->campaign->start && target->result_date <= at->campaign->end))
        continue;
      if (!*list)
        {
          *list = g_string_new (NULL);
          *first = target->id;
        }
      td_say_day (target->result_date, day);
      td_say_quoted (*list, target->name);
      g_string_append_printf (*list, " (%s)", day);
    }
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  char start[TD_DAY_SIZE], end[TD_DAY_SIZE];
  const char *values[] = { NULL, start, end };
  const char *first = "";
  GString *list = NULL;

  td_say_day (at->campaign->start, start);
  td_say_day (at->campaign->end, end);
  collect (at, at->unit->targets, &list, &first);
  for (guint i = 0; i < at->unit->led->len; i++)
    collect (at, ((TdProject *)at->unit->led->pdata[i])->targets, &list, &first);
  if (!list)
    {
      td_say (at, rule, finding, TD_VERDICT_PASS, PASS, values + 1);
      return;
    }
  values[0] = list->str;
  td_say (at, rule, finding, TD_VERDICT_FAIL, OUTSIDE, values);
  td_say_field (rule, finding, first);
  g_string_free (list, TRUE);
}

const TdRuleKind td_kind_evidence = { "evidence", messages, params, NULL, NULL, judge };
