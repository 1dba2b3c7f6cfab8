/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <string.h>

/* Coordinating agencies: every content done well, some target exceeded;
 * "vượt nhiều nhất" compares with others, so a person decides with the rank in view. */

enum
{
  BADLY,
  NOTHING_EXCEEDED,
  RANKED,
  UNRANKED,
  MISSING,
  NONE
};

static const TdMessage messages[] = {
  { "badly", "list" },
  { "nothingExceeded", "" },
  { "ranked", "exceeded rank of" },
  { "unranked", "exceeded above" },
  { "missing", "above" },
  { "none", "" },
  { NULL },
};
static const char *const params[] = { NULL };

static gboolean
say_badly_done (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  g_autoptr (GString) list = NULL;

  for (guint i = 0; i < at->unit->coordinated->len; i++)
    {
      const TdProject *project = at->unit->coordinated->pdata[i];

      if (project->well_done)
        continue;
      if (!list)
        list = g_string_new (NULL);
      td_say_quoted (list, project->name);
    }
  if (list)
    {
      const char *values[] = { list->str };

      td_say (at, rule, finding, TD_VERDICT_FAIL, BADLY, values);
      td_say_field (rule, finding, "");
    }
  return list != NULL;
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
  else if (say_badly_done (at, rule, finding))
    return;
  else if (at->unit->coordination_exceeded < 0)
    td_say (at, rule, finding, TD_VERDICT_UNKNOWN, MISSING, above);
  else if (at->unit->coordination_exceeded == 0)
    td_say (at, rule, finding, TD_VERDICT_FAIL, NOTHING_EXCEEDED, NULL);
  else
    say_rank (at, rule, finding);
}

const TdRuleKind td_kind_coordination = { "coordination", messages, params, NULL, NULL, judge };
