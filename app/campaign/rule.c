/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/rule.h"

#include <glib/gi18n.h>
#include <string.h>

static guint
count_messages (const TdRuleKind *kind)
{
  guint count = 0;

  while (kind->messages[count].name)
    count++;
  return count;
}

static void
rule_free (TdRule *rule)
{
  g_free (rule->id);
  g_free (rule->title);
  g_free (rule->clause);
  g_free (rule->cure);
  g_free (rule->field);
  if (rule->params && rule->kind->clear)
    rule->kind->clear (rule->params);
  for (guint i = 0; rule->messages && i < count_messages (rule->kind); i++)
    td_template_free (rule->messages[i]);
  g_free (rule->messages);
  g_strfreev (rule->categories);
  g_strfreev (rule->unit_kinds);
  g_strfreev (rule->not_unit_kinds);
  g_strfreev (rule->levels);
  g_free (rule);
}

static const TdRuleKind *
find_kind (TdShape *shape, JsonObject *row)
{
  const char *name = td_shape_text (shape, row, "kind");

  for (guint i = 0; td_rule_kinds[i]; i++)
    if (strcmp (td_rule_kinds[i]->name, name) == 0)
      return td_rule_kinds[i];
  td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, "kind", _ ("there is no kind of rule “%s”"), name);
  return td_rule_kinds[0];
}

/* A misspelt member would silently change what a rule asks, so strangers are refused. */
static void
refuse_strangers (TdShape *shape, JsonObject *object, const char *const *known)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (known, name))
      td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, name, _ ("there is no such member"));
}

static void
read_params (TdShape *shape, JsonObject *row, TdRule *rule, const TdCampaign *campaign)
{
  JsonObject *given = td_shape_object_or (shape, row, "params");
  g_autoptr (JsonObject) none = json_object_new ();
  gsize token = td_shape_enter (shape, "params");

  if (given)
    refuse_strangers (shape, given, rule->kind->params);
  if (rule->kind->read)
    rule->params = rule->kind->read (shape, given ? given : none, campaign);
  td_shape_leave (shape, token);
}

static void
read_messages (TdShape *shape, JsonObject *row, TdRule *rule)
{
  JsonObject *given = td_shape_object (shape, row, "messages");
  guint count = count_messages (rule->kind);
  g_autoptr (GPtrArray) known = g_ptr_array_sized_new (count + 1);
  gsize token = td_shape_enter (shape, "messages");

  rule->messages = g_new0 (TdTemplate *, count);
  for (guint i = 0; i < count; i++)
    {
      const TdMessage *message = &rule->kind->messages[i];
      const char *text = message->optional ? td_shape_text_or (shape, given, message->name, "")
                                           : td_shape_text (shape, given, message->name);

      rule->messages[i] = td_template_read (shape, message->name, text, message->places);
      g_ptr_array_add (known, (gpointer)message->name);
    }
  g_ptr_array_add (known, NULL);
  refuse_strangers (shape, given, (const char *const *)known->pdata);
  td_shape_leave (shape, token);
}

static void
read_scope (TdShape *shape, JsonObject *row, TdRule *rule)
{
  static const char *const known[] = { "subject", "categories", "unitKinds", "notUnitKinds", "levels", NULL };
  static const char *const subjects[] = { "any", "collective", "individual", NULL };
  JsonObject *scope = td_shape_object (shape, row, "appliesTo");
  gsize token = td_shape_enter (shape, "appliesTo");
  guint subject = td_shape_choice (shape, scope, "subject", subjects);

  refuse_strangers (shape, scope, known);
  rule->collectives = subject != 2;
  rule->individuals = subject != 1;
  rule->categories = td_shape_texts_or (shape, scope, "categories");
  rule->unit_kinds = td_shape_texts_or (shape, scope, "unitKinds");
  rule->not_unit_kinds = td_shape_texts_or (shape, scope, "notUnitKinds");
  rule->levels = td_shape_texts_or (shape, scope, "levels");
  td_shape_leave (shape, token);
}

static void
read_occasions (TdShape *shape, JsonObject *row, TdRule *rule)
{
  g_auto (GStrv) on = td_shape_texts (shape, row, "on");
  gsize token = td_shape_enter (shape, "on");

  for (guint i = 0; on[i]; i++)
    if (strcmp (on[i], "nomination") == 0)
      rule->on_nomination = TRUE;
    else if (strcmp (on[i], "registration") == 0)
      rule->on_registration = TRUE;
    else
      td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, NULL, _ ("“%s” is none of: nomination, registration"), on[i]);
  td_shape_leave (shape, token);
}

static TdRule *
read_rule (TdShape *shape, JsonObject *row, const TdCampaign *campaign)
{
  static const char *const severities[] = { "INFO", "WARN", "OVERRIDE", "ERROR", NULL };
  static const char *const supplies[] = { "unit", "submission", "above", NULL };
  static const char *const known[] = { "id",   "title", "kind",      "severity", "suppliedBy", "on",   "clause",
                                       "cure", "field", "appliesTo", "params",   "messages",   "note", NULL };
  TdRule *rule = g_new0 (TdRule, 1);

  rule->kind = find_kind (shape, row);
  refuse_strangers (shape, row, known);
  rule->id = g_strdup (td_shape_text (shape, row, "id"));
  rule->title = g_strdup (td_shape_text (shape, row, "title"));
  rule->severity = (TdSeverity)td_shape_choice (shape, row, "severity", severities);
  rule->supply = (TdSupply)td_shape_choice (shape, row, "suppliedBy", supplies);
  rule->clause = g_strdup (td_shape_text (shape, row, "clause"));
  rule->cure = g_strdup (td_shape_text_or (shape, row, "cure", ""));
  rule->field = g_strdup (td_shape_text_or (shape, row, "field", ""));
  read_occasions (shape, row, rule);
  read_scope (shape, row, rule);
  read_params (shape, row, rule, campaign);
  read_messages (shape, row, rule);
  return rule;
}

static void
check_twice (TdShape *shape, GPtrArray *rules, const TdRule *rule)
{
  for (guint i = 0; i < rules->len; i++)
    if (strcmp (((TdRule *)rules->pdata[i])->id, rule->id) == 0)
      td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "id", _ ("“%s” stands twice"), rule->id);
}

/**
 * td_rules_read:
 * @shape: where the reading stands
 * @root: the campaign's file
 * @campaign: what of it was read before: dates, words, settings
 *
 * Returns: (transfer full) (element-type TdRule): the rules in the order of the file
 */
GPtrArray *
td_rules_read (TdShape *shape, JsonObject *root, const TdCampaign *campaign)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify)rule_free);
  JsonArray *rows = td_shape_array (shape, root, "rules");
  gsize token = td_shape_enter (shape, "rules");

  for (guint i = 0; rows && i < json_array_get_length (rows) && td_shape_ok (shape); i++)
    {
      gsize place = td_shape_enter_index (shape, i);
      TdRule *rule = read_rule (shape, td_shape_item (shape, rows, i), campaign);

      check_twice (shape, rules, rule);
      g_ptr_array_add (rules, rule);
      td_shape_leave (shape, place);
    }
  td_shape_leave (shape, token);
  return rules;
}

static gboolean
admits (char **list, const char *word)
{
  return !list[0] || g_strv_contains ((const char *const *)list, word);
}

/**
 * td_rule_concerns:
 * @rule: a rule
 * @at: what is judged
 *
 * Returns: whether @rule says anything about it
 */
gboolean
td_rule_concerns (const TdRule *rule, const TdCase *at)
{
  const TdUnit *unit = at->unit->unit;
  gboolean collective = at->registration || at->facts->collective;

  if (collective ? !rule->collectives : !rule->individuals)
    return FALSE;
  if (!admits (rule->categories, at->unit->category) || !admits (rule->unit_kinds, td_unit_kind (at->unit)))
    return FALSE;
  if (rule->not_unit_kinds[0] && g_strv_contains ((const char *const *)rule->not_unit_kinds, td_unit_kind (at->unit)))
    return FALSE;
  return admits (rule->levels, unit ? unit->level : "");
}
