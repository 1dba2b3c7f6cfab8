/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where a unit stands in the campaign: its phase and its level
 * . Both are shown and remind; no verdict ever rests on them. */

/* --- phase --- */

enum
{
  NOW,
  OTHER
};

static const TdMessage phase_messages[] = {
  { "now", "unit phase days to" },
  { "other", "phase from to" },
  { NULL },
};
static const char *const phase_params[] = { "phase", NULL };

static gpointer
read_phase (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  const char *key = td_shape_text (shape, given, "phase");

  for (guint i = 0; i < campaign->phases->len; i++)
    if (strcmp (((TdPhase *)campaign->phases->pdata[i])->key, key) == 0)
      return campaign->phases->pdata[i];
  td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "phase", _ ("there is no phase “%s”"), key);
  return NULL;
}

static void
judge_phase (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const TdPhase *phase = rule->params;
  TdDate today = at->facts->today;
  char days[TD_COUNT_SIZE], from[TD_DAY_SIZE], to[TD_DAY_SIZE];

  td_say_day (phase->from, from);
  td_say_day (phase->to, to);
  if (td_campaign_phase (at->campaign, td_unit_phase_level (at->unit), today) != phase)
    {
      td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, OTHER, (const char *[]){ phase->name, from, to });
      return;
    }
  td_say_count ((gint64)phase->to - today, days);
  td_say (at, rule, finding, TD_VERDICT_PASS, NOW, (const char *[]){ td_unit_name (at->unit), phase->name, days, to });
}

const TdRuleKind td_kind_phase = { "phase", phase_messages, phase_params, read_phase, NULL, judge_phase };

/* --- level --- */

enum
{
  LEVEL,
  NO_LEVEL
};

static const TdMessage level_messages[] = {
  { "level", "unit level" },
  { "none", "unit" },
  { NULL },
};
static const char *const level_params[] = { "words", NULL };

static gpointer
read_levels (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonObject *object = td_shape_object (shape, given, "words");
  gsize token = td_shape_enter (shape, "words");
  JsonObjectIter iter;
  const char *level;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &level, NULL))
    g_hash_table_insert (words, g_strdup (level), g_strdup (td_shape_text (shape, object, level)));
  td_shape_leave (shape, token);
  return words;
}

static void
clear_levels (gpointer data)
{
  g_hash_table_unref (data);
}

static void
judge_level (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const char *values[]
      = { td_unit_name (at->unit), g_hash_table_lookup (rule->params, td_unit_phase_level (at->unit)) };

  td_say (at, rule, finding, values[1] ? TD_VERDICT_PASS : TD_VERDICT_NOT_APPLICABLE, values[1] ? LEVEL : NO_LEVEL,
          values);
}

const TdRuleKind td_kind_level = { "level", level_messages, level_params, read_levels, clear_levels, judge_level };
