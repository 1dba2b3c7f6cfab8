/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include "campaign/measure.h"

/* Share of the plan reached half-way: every indicator over so many per
 * cent (reading A), or over so many per cent of the indicators completed (B). */

enum
{
  PASS,
  UNDER,
  UNDER_COUNT,
  MISSING,
  EMPTY,
  DOUBTFUL
};

static const TdMessage messages[] = {
  { "pass", "lowest lowestName completed total share percent reading" },
  { "under", "list completed total share percent reading" },
  { "underCount", "completed total share percent reading" },
  { "missing", "list" },
  { "empty", "" },
  { "doubtful", "list" },
  { NULL },
};
static const char *const params[] = { "percent", NULL };

typedef struct
{
  gint64 percent;
  TdReading by;
  char *reading;
} Params;

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Params *self = g_new0 (Params, 1);

  self->percent = td_shape_number (shape, given, "percent", 0, 1000);
  self->by = td_reading_of (shape, campaign, "enterpriseHalfYearReading");
  self->reading = g_strdup (td_campaign_reading (campaign, "enterpriseHalfYearReading"));
  return self;
}

static void
clear (gpointer data)
{
  g_free (((Params *)data)->reading);
  g_free (data);
}

typedef struct
{
  guint total, completed, under, missing, doubtful;
  GString *under_list, *missing_list, *doubtful_list;
  const char *first_under, *first_missing, *first_doubtful;
  const TdIndicator *lowest;
  TdDecimal lowest_part, lowest_whole;
} Shares;

static void
note (GString **list, const char **first, const TdIndicator *indicator)
{
  if (!*list)
    {
      *list = g_string_new (NULL);
      *first = indicator->id;
    }
  td_say_quoted (*list, indicator->name);
}

static void
add_under (Shares *self, const TdIndicator *indicator, TdDecimal part, TdDecimal whole)
{
  g_autofree char *reached = td_decimal_percent (part, whole);

  self->under++;
  note (&self->under_list, &self->first_under, indicator);
  g_string_append_printf (self->under_list, " (%s%%)", reached);
}

static gboolean
is_lower (TdDecimal part, TdDecimal whole, const Shares *self)
{
  return !self->lowest
         || (__int128)part.micros * self->lowest_whole.micros < (__int128)self->lowest_part.micros * whole.micros;
}

static void
add_share (Shares *self, const TdIndicator *indicator, gint64 percent)
{
  TdDecimal part, whole;

  self->total++;
  if (!td_decimal_parse (indicator->plan_2025, &whole) || !td_decimal_parse (indicator->result_half_2025, &part))
    {
      self->missing++;
      note (&self->missing_list, &self->first_missing, indicator);
      return;
    }
  self->completed += td_decimal_compare (part, whole) >= 0;
  if (whole.micros < 0)
    {
      /* A share of a planned loss says nothing. */
      self->doubtful++;
      note (&self->doubtful_list, &self->first_doubtful, indicator);
    }
  else if (whole.micros == 0)
    return; /* nothing was planned, so nothing can be short */
  else
    {
      if (!td_decimal_over_share (part, whole, percent))
        add_under (self, indicator, part, whole);
      if (is_lower (part, whole, self))
        {
          self->lowest = indicator;
          self->lowest_part = part;
          self->lowest_whole = whole;
        }
    }
}

static void
say (const TdCase *at, const TdRule *rule, TdFinding *finding, const Shares *shares)
{
  const Params *self = rule->params;
  TdDecimal completed_part = { shares->completed }, all = { shares->total };
  g_autofree char *share = td_decimal_percent (completed_part, all);
  g_autofree char *lowest = shares->lowest ? td_decimal_percent (shares->lowest_part, shares->lowest_whole) : NULL;
  char completed[TD_COUNT_SIZE], total[TD_COUNT_SIZE], percent[TD_COUNT_SIZE];
  const char *values[] = { lowest ? lowest : "100,00",
                           shares->lowest ? shares->lowest->name : "–",
                           completed,
                           total,
                           share,
                           percent,
                           self->reading };

  td_say_count (shares->completed, completed);
  td_say_count (shares->total, total);
  td_say_count (self->percent, percent);
  if (self->by == TD_READING_A && shares->under > 0)
    {
      values[1] = shares->under_list->str;
      td_say (at, rule, finding, TD_VERDICT_FAIL, UNDER, values + 1);
      td_say_field (rule, finding, shares->first_under);
    }
  else if (shares->missing > 0)
    {
      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, MISSING, (const char *[]){ shares->missing_list->str });
      td_say_field (rule, finding, shares->first_missing);
    }
  else if (self->by != TD_READING_A && (gint64)shares->completed * 100 <= shares->total * self->percent)
    td_say (at, rule, finding, TD_VERDICT_FAIL, UNDER_COUNT, values + 2);
  else if (self->by == TD_READING_A && shares->doubtful > 0)
    {
      td_say (at, rule, finding, TD_VERDICT_MANUAL, DOUBTFUL, (const char *[]){ shares->doubtful_list->str });
      td_say_field (rule, finding, shares->first_doubtful);
    }
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, PASS, values);
}

static void
free_list (GString *list)
{
  if (list)
    g_string_free (list, TRUE);
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  GPtrArray *indicators = at->unit->indicators;
  Shares shares = { 0 };

  if (indicators->len == 0)
    {
      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, EMPTY, NULL);
      return;
    }
  for (guint i = 0; i < indicators->len; i++)
    add_share (&shares, indicators->pdata[i], self->percent);
  say (at, rule, finding, &shares);
  free_list (shares.under_list);
  free_list (shares.missing_list);
  free_list (shares.doubtful_list);
}

const TdRuleKind td_kind_share = { "share", messages, params, read_params, clear, judge };
