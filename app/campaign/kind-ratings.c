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
  NOT_MEMBER,
  NOT_RATED,
  INHERITED
};

static const TdMessage messages[] = {
  { "pass", "years count least" },    { "below", "year rating" },
  { "few", "count least" },           { "missing", "years" },
  { "notMember", "", TRUE },          { "notRated", "years" },
  { "inherited", "from said", TRUE }, { NULL },
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
  int first_missing, first_unrated;
  GString *missing; /* "2020, 2021"; NULL: none */
  GString *unrated; /* of these it is known that there was no rating */
} Tally;

static void
add_year (GString **list, int *first, int year)
{
  if (!*list)
    {
      *list = g_string_new (NULL);
      *first = year;
    }
  g_string_append_printf (*list, "%s%d", (*list)->len > 0 ? ", " : "", year);
}

static Tally
count_years (const TdCampaign *campaign, const Params *self, const TdRating *ratings)
{
  Tally tally = { 0 };

  for (int year = campaign->first_year; year <= campaign->last_year; year++)
    {
      TdRating rating = ratings[year - campaign->first_year];

      if (rating == TD_RATING_MISSING)
        add_year (&tally.missing, &tally.first_missing, year);
      else if (rating == TD_RATING_NONE)
        add_year (&tally.unrated, &tally.first_unrated, year);
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
  if (tally->unrated)
    {
      td_say (at, rule, finding, TD_VERDICT_FAIL, NOT_RATED, (const char *[]){ tally->unrated->str });
      td_say_count (tally->first_unrated, year);
      td_say_field (rule, finding, year);
    }
  else if (tally->missing)
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

/* Whose ratings these are: as its ledger says, else those of the units it was formed of since the
 * first rated year, whatever its ledger says of them. NULL: its own. */
static char *
inherited_from (const TdCase *at)
{
  const TdUnit *unit = at->unit->unit;

  if (*at->unit->ratings_inherited != '\0')
    return g_strdup (at->unit->ratings_inherited);
  if (!unit || !td_unit_is_new (unit) || unit->valid_from < td_date_make (at->campaign->first_year, 1, 1))
    return NULL;
  return td_unit_predecessor_names (unit);
}

/* A predecessor's ratings decide nothing by themselves: a person does, with the figures in view. */
static void
ask_about_inherited (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  g_autofree char *from = inherited_from (at);
  g_autofree char *said = NULL;

  if (!from || finding->verdict == TD_VERDICT_UNKNOWN)
    return;
  said = g_steal_pointer (&finding->message);
  td_say (at, rule, finding, TD_VERDICT_MANUAL, INHERITED, (const char *[]){ from, said });
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
  if (!self->nominee)
    ask_about_inherited (at, rule, finding);
  if (tally.missing)
    g_string_free (tally.missing, TRUE);
  if (tally.unrated)
    g_string_free (tally.unrated, TRUE);
}

const TdRuleKind td_kind_ratings = { "ratings", messages, params, read_params, g_free, judge };
