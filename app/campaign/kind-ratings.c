/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <string.h>

/* Ratings over the years: every year at
 * least the floor, and so many years at the top. */

enum
{
  PASS,
  BELOW,
  FEW,
  MISSING,
  NOT_MEMBER
};

static const TdMessage messages[] = {
  { "pass", "years count least" }, { "below", "year rating" }, { "few", "count least" },
  { "missing", "years" },          { "notMember", "", TRUE },  { NULL },
};
static const char *const params[] = { "of", "floor", "top", "least", NULL };

typedef struct
{
  gboolean nominee;
  TdRating floor, top;
  int least;
} Params;

static TdRating
read_rating (TdShape *shape, JsonObject *given, const char *name)
{
  static const char *const codes[] = { "KHTNV", "HTNV", "HTTNV", "HTXSNV", NULL };

  return (TdRating)td_shape_choice (shape, given, name, codes);
}

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  static const char *const owners[] = { "unit", "nominee", NULL };
  Params *self = g_new0 (Params, 1);

  self->nominee = td_shape_choice (shape, given, "of", owners) == 1;
  self->floor = read_rating (shape, given, "floor");
  self->top = read_rating (shape, given, "top");
  self->least = (int)td_shape_number (shape, given, "least", 0, TD_YEARS_MAX);
  return self;
}

typedef struct
{
  int below;   /* first year under the floor, 0: none */
  int not_top; /* first year that isn't at the top */
  int tops;
  int first_missing;
  GString *missing; /* "2020, 2021"; NULL: none */
} Tally;

static void
add_missing (Tally *tally, int year)
{
  if (!tally->missing)
    {
      tally->missing = g_string_new (NULL);
      tally->first_missing = year;
    }
  g_string_append_printf (tally->missing, "%s%d", tally->missing->len > 0 ? ", " : "", year);
}

static Tally
count_years (const TdCampaign *campaign, const Params *self, const TdRating *ratings)
{
  Tally tally = { 0 };

  for (int year = campaign->first_year; year <= campaign->last_year; year++)
    {
      TdRating rating = ratings[year - campaign->first_year];

      if (rating == TD_RATING_MISSING)
        add_missing (&tally, year);
      else if (rating < self->floor && tally.below == 0)
        tally.below = year;
      if (rating >= self->top)
        tally.tops++;
      else if (tally.not_top == 0)
        tally.not_top = year;
    }
  return tally;
}

static void
say_below (const TdCase *at, const TdRule *rule, TdFinding *finding, TdRating rating, const char *year)
{
  const char *values[] = { year, at->campaign->rating_words[rating] };

  td_say (at, rule, finding, TD_VERDICT_FAIL, BELOW, values);
  td_say_field (rule, finding, year);
}

static void
say_tally (const TdCase *at, const TdRule *rule, TdFinding *finding, const Tally *tally)
{
  const Params *self = rule->params;
  char all[TD_COUNT_SIZE], count[TD_COUNT_SIZE], least[TD_COUNT_SIZE], year[TD_COUNT_SIZE];

  td_say_count (at->campaign->last_year - at->campaign->first_year + 1, all);
  td_say_count (tally->tops, count);
  td_say_count (self->least, least);
  if (tally->missing)
    {
      const char *values[] = { tally->missing->str };

      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, MISSING, values);
      td_say_count (tally->first_missing, year);
      td_say_field (rule, finding, year);
    }
  else if (tally->tops < self->least)
    {
      const char *values[] = { count, least };

      td_say (at, rule, finding, TD_VERDICT_FAIL, FEW, values);
      td_say_count (tally->not_top, year);
      td_say_field (rule, finding, year);
    }
  else
    {
      const char *values[] = { all, count, least };

      td_say (at, rule, finding, TD_VERDICT_PASS, PASS, values);
    }
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  const TdRating *ratings = self->nominee ? at->facts->ratings : at->unit->ratings;
  Tally tally;

  /* A civil servant's rating is never read as a Party member's. */
  if (self->nominee && strcmp (at->facts->party_member, "no") == 0)
    {
      td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, NOT_MEMBER, NULL);
      return;
    }
  tally = count_years (at->campaign, self, ratings);
  /* A definite low year fails although another is missing. */
  if (tally.below > 0)
    {
      char year[TD_COUNT_SIZE];

      td_say_count (tally.below, year);
      say_below (at, rule, finding, ratings[tally.below - at->campaign->first_year], year);
    }
  else
    say_tally (at, rule, finding, &tally);
  if (tally.missing)
    g_string_free (tally.missing, TRUE);
}

const TdRuleKind td_kind_ratings = { "ratings", messages, params, read_params, g_free, judge };
