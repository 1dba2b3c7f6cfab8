/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-cases.h"

#include <string.h>

struct _RulesPlan
{
  char *text;
  TdCampaign *campaign;
  TdUnits *units;
  GHashTable *readings; /* setting -> TdCampaign */
};

/* ---- a plan ------------------------------------------------------------------------- */

RulesPlan *
rules_plan_new (const char *campaign, const char *units)
{
  RulesPlan *self = g_new0 (RulesPlan, 1);

  self->text = g_strdup (campaign);
  self->campaign = td_campaign_parse (campaign, -1, NULL);
  self->units = td_units_parse (units, -1, NULL);
  self->readings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)td_campaign_unref);
  if (self->campaign && self->units)
    return self;
  rules_plan_free (self);
  return NULL;
}

void
rules_plan_free (RulesPlan *self)
{
  g_free (self->text);
  td_campaign_unref (self->campaign);
  td_units_unref (self->units);
  g_hash_table_unref (self->readings);
  g_free (self);
}

const TdCampaign *
rules_plan_campaign (const RulesPlan *self)
{
  return self->campaign;
}

const TdUnits *
rules_plan_units (const RulesPlan *self)
{
  return self->units;
}

const TdUnit *
rules_plan_unit (const RulesPlan *self, const char *code)
{
  const TdUnit *unit = td_units_by_code (self->units, code, td_date_make (2024, 7, 1));

  if (!unit)
    g_error ("there is no unit %s", code);
  return unit;
}

/* "exceedReading=B" put in place of what the text has. */
static TdCampaign *
parse_reading (const char *text, const char *setting)
{
  g_auto (GStrv) parts = g_strsplit (setting, "=", 2);
  g_autofree char *pattern = g_strdup_printf ("\"%s\" *: *\"[^\"]*\"", parts[0]);
  g_autofree char *wanted = g_strdup_printf ("\"%s\": \"%s\"", parts[0], parts[1]);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autofree char *changed = g_regex_replace_literal (regex, text, -1, 0, wanted, 0, NULL);

  return td_campaign_parse (changed, -1, NULL);
}

const TdCampaign *
rules_plan_reading (RulesPlan *self, const char *setting)
{
  TdCampaign *campaign;

  if (!setting)
    return self->campaign;
  campaign = g_hash_table_lookup (self->readings, setting);
  if (!campaign)
    {
      campaign = parse_reading (self->text, setting);
      if (campaign)
        g_hash_table_insert (self->readings, g_strdup (setting), campaign);
    }
  return campaign;
}

/* ---- one row --------------------------------------------------------------------------- */

static const TdFinding *
find (GPtrArray *findings, const char *rule)
{
  for (guint i = 0; i < findings->len; i++)
    if (strcmp (((TdFinding *)findings->pdata[i])->rule, rule) == 0)
      return findings->pdata[i];
  return NULL;
}

static gboolean
says_all (const char *message, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words ? words : "", " … ", -1);

  for (guint i = 0; parts[i]; i++)
    if (!strstr (message, parts[i]))
      return FALSE;
  return TRUE;
}

gboolean
rules_check_row (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  const RuleRow *row = check->row;
  const TdCampaign *campaign = rules_plan_reading (plan, row->setting);
  TdUnit changed;
  g_autoptr (TdFacts) facts = rules_facts (plan, row->who, row->facts, &changed);
  g_autoptr (GPtrArray) findings = NULL;
  const TdFinding *finding;

  if (!campaign)
    {
      g_string_printf (problem, "the reading %s is refused", row->setting);
      return FALSE;
    }
  findings = *row->who == 'r' ? td_judge_registration (campaign, facts) : td_judge (campaign, facts);
  finding = find (findings, row->rule);
  if (!finding)
    g_string_assign (problem, "the rule says nothing");
  else if (strcmp (fixture_outcome (finding), row->outcome) != 0 || !says_all (finding->message, row->words))
    g_string_printf (problem, "wanted %s “%s”, found %s “%s”", row->outcome, row->words ? row->words : "",
                     fixture_outcome (finding), finding->message);
  else if (row->field && strcmp (finding->field, row->field) != 0)
    g_string_printf (problem, "wanted the field %s, found %s", row->field, finding->field);
  else if (strchr (finding->message, '{') || *finding->message == '\0' || *finding->clause == '\0')
    g_string_printf (problem, "no whole sentence: %s", finding->message);
  return problem->len == 0;
}

/* ---- all rows ---------------------------------------------------------------------------- */

static void
check_free (gpointer data)
{
  RuleCheck *check = data;

  g_free (check->rule);
  g_free (check->says);
  g_free (check);
}

void
rules_add (GPtrArray *checks,
           const char *rule,
           const char *says,
           gboolean (*run) (RulesPlan *plan, const RuleCheck *check, GString *problem),
           const void *row)
{
  RuleCheck *check = g_new0 (RuleCheck, 1);

  check->rule = g_strdup (rule);
  check->says = g_strdup (says);
  check->run = run;
  check->row = row;
  g_ptr_array_add (checks, check);
}

void
rules_add_rows (GPtrArray *checks, const RuleRow *rows, gsize count)
{
  for (gsize i = 0; i < count; i++)
    rules_add (checks, rows[i].rule, rows[i].says, rules_check_row, &rows[i]);
}

GPtrArray *
rules_checks (void)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (check_free);

  rules_add_functions (checks);
  rules_add_units (checks);
  rules_add_people (checks);
  rules_add_papers (checks);
  rules_add_succession (checks);
  return checks;
}
