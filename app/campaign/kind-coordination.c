/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

/* Coordinating agencies: every content done well, some target exceeded;
 * "vượt nhiều nhất" compares with others, so a person decides with both ranks in
 * view: among all that coordinate, and among those of each project. */

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
  { "ranked", "exceeded rank of list" },
  { "unranked", "exceeded list" },
  { "missing", "list" },
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

static gboolean
say_projects (const TdCase *at, const TdRule *rule, TdFinding *finding, gboolean unrated)
{
  GString *list = list_projects (at->unit, unrated);

  if (!list)
    return FALSE;
  td_say (at, rule, finding, unrated ? TD_VERDICT_UNKNOWN : TD_VERDICT_FAIL, unrated ? UNRATED : BADLY,
          (const char *[]){ list->str, at->campaign->see_above });
  g_string_free (list, TRUE);
  return TRUE;
}

static GString *
list_uncounted (const TdUnitFacts *unit)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < unit->coordinated->len; i++)
    {
      const TdProject *project = unit->coordinated->pdata[i];

      if (project->exceeded < 0)
        td_say_quoted (list, project->name);
    }
  return list;
}

/* Reading B beside reading A: “Đề án”: 02 (1/3); a rank that isn't known yet is left out. */
static GString *
list_ranks (const TdUnitFacts *unit)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < unit->coordinated->len; i++)
    {
      const TdProject *project = unit->coordinated->pdata[i];
      char exceeded[TD_COUNT_SIZE];

      td_say_quoted (list, project->name);
      if (project->exceeded < 0)
        continue;
      td_say_count (project->exceeded, exceeded);
      g_string_append_printf (list, ": %s", exceeded);
      if (project->rank > 0)
        g_string_append_printf (list, " (%d/%d)", project->rank, project->of);
    }
  return list;
}

static void
say_rank (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  char exceeded[TD_COUNT_SIZE], rank[TD_COUNT_SIZE], of[TD_COUNT_SIZE];
  GString *list = list_ranks (at->unit);

  td_say_count (at->unit->coordination_exceeded, exceeded);
  g_snprintf (rank, sizeof rank, "%d", at->unit->coordination_rank);
  g_snprintf (of, sizeof of, "%d", at->unit->coordination_of);
  if (at->unit->coordination_rank > 0)
    td_say (at, rule, finding, TD_VERDICT_MANUAL, RANKED, (const char *[]){ exceeded, rank, of, list->str });
  else
    td_say (at, rule, finding, TD_VERDICT_MANUAL, UNRANKED, (const char *[]){ exceeded, list->str });
  g_string_free (list, TRUE);
}

static void
say_missing (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  GString *list = list_uncounted (at->unit);

  td_say (at, rule, finding, TD_VERDICT_UNKNOWN, MISSING, (const char *[]){ list->str });
  g_string_free (list, TRUE);
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  if (at->unit->coordinated->len == 0)
    td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, NONE, NULL);
  else if (say_projects (at, rule, finding, FALSE))
    return;
  else if (at->unit->coordination_exceeded == 0)
    td_say (at, rule, finding, TD_VERDICT_FAIL, NOTHING_EXCEEDED, NULL);
  else if (say_projects (at, rule, finding, TRUE))
    return;
  else if (at->unit->coordination_exceeded < 0)
    say_missing (at, rule, finding);
  else
    say_rank (at, rule, finding);
}

const TdRuleKind td_kind_coordination = { "coordination", messages, params, NULL, NULL, judge };
