/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <string.h>

#include "text/decimal.h"
#include "text/vietnamese.h"

/* The indicators an enterprise registers: all there, none set lower
 * than what was reached in the base year. */

static const char *const no_params[] = { NULL };

static GString *
list_of (GString **list)
{
  if (!*list)
    *list = g_string_new (NULL);
  return *list;
}

static void
free_list (GString *list)
{
  if (list)
    g_string_free (list, TRUE);
}

/* --- all there --- */

enum
{
  PRESENT,
  ABSENT,
  BLANK
};

static const TdMessage present_messages[] = {
  { "pass", "count" },
  { "absent", "list count" },
  { "blank", "list" },
  { NULL },
};
static const char *const present_params[] = { "names", NULL };

typedef struct
{
  char **names;
  char **folds;
} Names;

static gpointer
read_names (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Names *self = g_new0 (Names, 1);
  guint count;

  self->names = td_shape_texts (shape, given, "names");
  count = g_strv_length (self->names);
  self->folds = g_new0 (char *, count + 1);
  for (guint i = 0; i < count; i++)
    self->folds[i] = td_text_fold (self->names[i]);
  return self;
}

static void
clear_names (gpointer data)
{
  Names *self = data;

  g_strfreev (self->names);
  g_strfreev (self->folds);
  g_free (self);
}

static const TdIndicator *
find_indicator (GPtrArray *indicators, const char *name, const char *fold)
{
  for (guint i = 0; i < indicators->len; i++)
    if (strcmp (((TdIndicator *)indicators->pdata[i])->name, name) == 0)
      return indicators->pdata[i];
  for (guint i = 0; i < indicators->len; i++)
    {
      const TdIndicator *indicator = indicators->pdata[i];
      g_autofree char *other = td_text_fold (indicator->name);

      if (strcmp (other, fold) == 0)
        return indicator;
    }
  return NULL;
}

static gboolean
is_number (const char *text)
{
  TdDecimal value;

  return td_decimal_parse (text, &value);
}

static void
judge_present (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Names *self = rule->params;
  GString *absent = NULL, *blank = NULL;
  const char *first = "";
  char count[TD_COUNT_SIZE];

  for (guint i = 0; self->names[i]; i++)
    {
      const TdIndicator *indicator = find_indicator (at->unit->indicators, self->names[i], self->folds[i]);

      if (!indicator)
        td_say_quoted (list_of (&absent), self->names[i]);
      else if (!is_number (indicator->actual_2023) || !is_number (indicator->target_2025))
        {
          if (!blank)
            first = indicator->id;
          td_say_quoted (list_of (&blank), indicator->name);
        }
    }
  td_say_count (g_strv_length (self->names), count);
  if (absent)
    td_say (at, rule, finding, TD_VERDICT_FAIL, ABSENT, (const char *[]){ absent->str, count });
  else if (blank)
    {
      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, BLANK, (const char *[]){ blank->str });
      td_say_field (rule, finding, first);
    }
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, PRESENT, (const char *[]){ count });
  free_list (absent);
  free_list (blank);
}

const TdRuleKind td_kind_indicators
    = { "indicators", present_messages, present_params, read_names, clear_names, judge_present };

const char *const *
td_indicators_names (const TdRule *rule)
{
  return rule->kind == &td_kind_indicators ? (const char *const *)((const Names *)rule->params)->names : NULL;
}

/* --- not below the base year --- */

enum
{
  KEPT,
  BELOW,
  NEGATIVE,
  UNKNOWN
};

static const TdMessage baseline_messages[] = {
  { "pass", "count" }, { "below", "list" }, { "negative", "list" }, { "missing", "list" }, { NULL },
};

typedef struct
{
  GString *below, *negative, *missing;
  const char *first_below, *first_negative, *first_missing;
} Baseline;

static void
add_below (GString *list, const char *name, TdDecimal target, TdDecimal actual)
{
  g_autofree char *aim = td_decimal_format (target, 0);
  g_autofree char *base = td_decimal_format (actual, 0);

  td_say_quoted (list, name);
  g_string_append_printf (list, " (%s < %s)", aim, base);
}

static void
compare_with_base (Baseline *self, const TdIndicator *indicator)
{
  TdDecimal target, actual;

  if (!td_decimal_parse (indicator->target_2025, &target) || !td_decimal_parse (indicator->actual_2023, &actual))
    {
      if (!self->missing)
        self->first_missing = indicator->id;
      td_say_quoted (list_of (&self->missing), indicator->name);
    }
  else if (td_decimal_compare (target, actual) < 0)
    {
      if (!self->below)
        self->first_below = indicator->id;
      add_below (list_of (&self->below), indicator->name, target, actual);
    }
  else if (target.micros < 0 || actual.micros < 0)
    {
      if (!self->negative)
        self->first_negative = indicator->id;
      td_say_quoted (list_of (&self->negative), indicator->name);
    }
}

static void
judge_baseline (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  Baseline self = { 0 };
  char count[TD_COUNT_SIZE];
  GPtrArray *indicators = at->unit->indicators;

  for (guint i = 0; i < indicators->len; i++)
    compare_with_base (&self, indicators->pdata[i]);
  td_say_count (indicators->len, count);
  if (self.below)
    {
      td_say (at, rule, finding, TD_VERDICT_FAIL, BELOW, (const char *[]){ self.below->str });
      td_say_field (rule, finding, self.first_below);
    }
  else if (self.missing || indicators->len == 0)
    {
      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, UNKNOWN,
              (const char *[]){ self.missing ? self.missing->str : "–" });
      td_say_field (rule, finding, self.missing ? self.first_missing : "");
    }
  else if (self.negative)
    {
      td_warn (at, rule, finding, NEGATIVE, (const char *[]){ self.negative->str });
      td_say_field (rule, finding, self.first_negative);
    }
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, KEPT, (const char *[]){ count });
  free_list (self.below);
  free_list (self.negative);
  free_list (self.missing);
}

const TdRuleKind td_kind_baseline = { "baseline", baseline_messages, no_params, NULL, NULL, judge_baseline };
