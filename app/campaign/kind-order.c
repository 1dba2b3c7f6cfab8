/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

/* End of what is considered <= Biên bản <= Tờ trình <= received. */

enum
{
  IN_ORDER,
  OUT_OF_ORDER,
  LOOSE,
  MINUTES_EARLY,
  LETTER_EARLY,
  RECEIVED_EARLY
};

static const TdMessage messages[] = {
  { "pass", "" },
  { "wrong", "list" },
  { "loose", "" },
  { "minutesEarly", "minutes end" },
  { "letterEarly", "letter minutes" },
  { "receivedEarly", "received letter" },
  { NULL },
};
static const char *const params[] = { NULL };

/* A day that isn't known is no fault here: ask for it. */
static void
compare (const TdCase *at, const TdRule *rule, GString **list, guint message, TdDate later, TdDate earlier)
{
  char a[TD_DAY_SIZE], b[TD_DAY_SIZE];
  g_autofree char *phrase = NULL;

  if (later == TD_DATE_NONE || earlier == TD_DATE_NONE || earlier <= later)
    return;
  td_say_day (later, a);
  td_say_day (earlier, b);
  phrase = td_phrase (at, rule, message, (const char *[]){ a, b });
  if (!*list)
    *list = g_string_new (phrase);
  else
    g_string_append_printf (*list, "; %s", phrase);
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const TdFacts *facts = at->facts;
  GString *list = NULL;

  if (!facts->has_submission)
    {
      td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, LOOSE, NULL);
      return;
    }
  compare (at, rule, &list, MINUTES_EARLY, facts->minutes_date, at->campaign->end);
  compare (at, rule, &list, LETTER_EARLY, facts->letter_date, facts->minutes_date);
  compare (at, rule, &list, RECEIVED_EARLY, facts->received, facts->letter_date);
  if (!list)
    {
      td_say (at, rule, finding, TD_VERDICT_PASS, IN_ORDER, NULL);
      return;
    }
  td_say (at, rule, finding, TD_VERDICT_FAIL, OUT_OF_ORDER, (const char *[]){ list->str });
  g_string_free (list, TRUE);
}

const TdRuleKind td_kind_date_order = { "date-order", messages, params, NULL, NULL, judge };
