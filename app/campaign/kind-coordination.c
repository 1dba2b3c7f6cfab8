/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

/* Coordinating agencies: every content done well, some target exceeded;
 * "vượt nhiều nhất" compares with others, so a person decides with the rank in view. */

enum
{
  BADLY,
  UNRATED,
  NOTHING_EXCEEDED,
  RANKED,
  UNRANKED,
  MISSING,
  NONE
};

static const TdMessage messages[] = {
  { "badly", "list" },
  { "unrated", "list above" },
  { "nothingExceeded", "" },
  { "ranked", "exceeded rank of" },
  { "unranked", "exceeded above" },
  { "missing", "above" },
  { "none", "" },
  { NULL },
};
static const char *const params[] = { NULL };

/* The projects that are not done well, either said so or not said at all; NULL: none. */
static GString *
list_projects (const TdUnitFacts *unit, gboolean unrated)
{
  GString *list = NULL;

  for (guint i = 0; i < unit->coordinated->len; i++)
    {
      const TdProject *project = unit->coordinated->pdata[i];

      if (project->well_done || project->unrated != unrated)
        continue;
      if (!list)
        list = g_string_new (NULL);
      td_say_quoted (list, project->name);
    }
  return list;
}

/* How well is said in the catalogue, so no field of the unit's cures it. */
static gboolean
say_projects (const TdCase *at, const TdRule *rule, TdFinding *finding, gboolean unrated)
{
  GString *list = list_projects (at->unit, unrated);

  if (!list)
    return FALSE;
  td_say (at, rule, finding, unrated ? TD_VERDICT_UNKNOWN : TD_VERDICT_FAIL, unrated ? UNRATED : BADLY,
          (const char *[]){ list->str, at->campaign->see_above });
  finding->of_submitter = FALSE;
  g_free (finding->field);
  finding->field = g_strdup ("");
  g_string_free (list, TRUE);
  return TRUE;
}

static void
say_rank (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  char exceeded[TD_COUNT_SIZE], rank[TD_COUNT_SIZE], of[TD_COUNT_SIZE];
  const char *values[] = { exceeded, rank, of };

  td_say_count (at->unit->coordination_exceeded, exceeded);
  if (at->unit->coordination_rank <= 0)
    {
      values[1] = at->campaign->see_above;
      td_say (at, rule, finding, TD_VERDICT_MANUAL, UNRANKED, values);
      return;
    }
  g_snprintf (rank, sizeof rank, "%d", at->unit->coordination_rank);
  g_snprintf (of, sizeof of, "%d", at->unit->coordination_of);
  td_say (at, rule, finding, TD_VERDICT_MANUAL, RANKED, values);
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const char *above[] = { at->campaign->see_above };

  if (at->unit->coordinated->len == 0)
    td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, NONE, NULL);
  else if (say_projects (at, rule, finding, FALSE))
    return;
  else if (at->unit->coordination_exceeded == 0)
    td_say (at, rule, finding, TD_VERDICT_FAIL, NOTHING_EXCEEDED, NULL);
  else if (say_projects (at, rule, finding, TRUE))
    return;
  else if (at->unit->coordination_exceeded < 0)
    td_say (at, rule, finding, TD_VERDICT_UNKNOWN, MISSING, above);
  else
    say_rank (at, rule, finding);
}

const TdRuleKind td_kind_coordination = { "coordination", messages, params, NULL, NULL, judge };
