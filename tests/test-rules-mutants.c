/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-cases.h"

#include "json/json.h"
#include "text/civil-date.h"

#include <string.h>

/* Changes every parameter of the plan, one at a time, and shows that some row of the
 * tables of rules notices: a threshold, date, list, severity, scope or reading nobody tests
 * would show here as a survivor. */

typedef struct
{
  JsonNode *root;
  const char *units;    /* text, when the plan is mutated */
  const char *campaign; /* text, when the units are */
  GPtrArray *checks;
  guint tried, refused, noticed;
  GString *survivors;
} Run;

/* ---- asking the tables -------------------------------------------------------------------- */

static gboolean
notices (RulesPlan *plan, const RuleCheck *check)
{
  g_autoptr (GString) problem = g_string_new (NULL);

  return !check->run (plan, check, problem);
}

/* The rows of the rule itself first: nearly always one of them notices. */
static gboolean
is_noticed (Run *run, RulesPlan *plan, const char *rule)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < run->checks->len; i++)
      {
        const RuleCheck *check = run->checks->pdata[i];

        if ((strcmp (check->rule, rule) == 0) == (pass == 0) && notices (plan, check))
          return TRUE;
      }
  return FALSE;
}

static void
try (Run *run, const char *rule, const char *place, const char *change)
{
  g_autofree char *text = json_to_string (run->root, FALSE);
  RulesPlan *plan = run->units ? rules_plan_new (text, run->units) : rules_plan_new (run->campaign, text);

  run->tried++;
  if (!plan)
    {
      run->refused++;
      return;
    }
  if (is_noticed (run, plan, rule))
    run->noticed++;
  else
    g_string_append_printf (run->survivors, "\n  %s %s: %s", rule, place, change);
  rules_plan_free (plan);
}

/* ---- changing one value ----------------------------------------------------------------------- */

static void
try_value (Run *run, const char *rule, const char *place, JsonNode *node, GValue *value)
{
  GValue before = G_VALUE_INIT;
  g_autofree char *from = json_to_string (node, FALSE);
  g_autofree char *to = NULL;
  g_autofree char *change = NULL;

  json_node_get_value (node, &before);
  json_node_set_value (node, value);
  to = json_to_string (node, FALSE);
  change = g_strdup_printf ("%s → %s", from, to);
  try (run, rule, place, change);
  json_node_set_value (node, &before);
  g_value_unset (&before);
  g_value_unset (value);
}

static void
try_text (Run *run, const char *rule, const char *place, JsonNode *node, const char *text)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);
  try_value (run, rule, place, node, &value);
}

static void
try_number (Run *run, const char *rule, const char *place, JsonNode *node, gint64 number)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_INT64);
  g_value_set_int64 (&value, number);
  try_value (run, rule, place, node, &value);
}

static void
try_flag (Run *run, const char *rule, const char *place, JsonNode *node, gboolean flag)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_BOOLEAN);
  g_value_set_boolean (&value, flag);
  try_value (run, rule, place, node, &value);
}

/* Words the plan chooses from: each of the others. */
static const char *const choices[][6] = {
  { "INFO", "WARN", "OVERRIDE", "ERROR" },
  { "unit", "submission", "above", "nominee" },
  { "any", "collective", "individual" },
  { "nomination", "registration", "final_report" },
  { "HTXSNV", "HTTNV", "HTNV", "KHTNV" },
  { "plan", "launch", "interim", "final", "own_awards" },
  { "letter", "minutes" },
  { "everyone", "enterprises" },
  { "targets", "led", "year" },
  { "CO_SO", "HUYEN_TUONG_DUONG" },
  { "co-so-1", "huyen-1", "co-so-2", "huyen-2" },
};

static gboolean
try_choices (Run *run, const char *rule, const char *place, JsonNode *node, const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    for (guint j = 0; j < G_N_ELEMENTS (choices[i]) && choices[i][j]; j++)
      if (strcmp (choices[i][j], text) == 0)
        {
          for (guint k = 0; k < G_N_ELEMENTS (choices[i]) && choices[i][k]; k++)
            if (k != j)
              try_text (run, rule, place, node, choices[i][k]);
          return TRUE;
        }
  return FALSE;
}

static void
try_day (Run *run, const char *rule, const char *place, JsonNode *node, TdDate day)
{
  g_autofree char *earlier = td_date_to_iso (day - 1);
  g_autofree char *later = td_date_to_iso (day + 1);

  try_text (run, rule, place, node, earlier);
  try_text (run, rule, place, node, later);
}

static void
mutate_string (Run *run, const char *rule, const char *place, JsonNode *node)
{
  g_autofree char *text = g_strdup (json_node_get_string (node));
  g_autofree char *other = g_strconcat (text, "x", NULL);
  TdDate day = td_date_parse_iso (text);

  if (day != TD_DATE_NONE)
    try_day (run, rule, place, node, day);
  else if (!try_choices (run, rule, place, node, text))
    try_text (run, rule, place, node, other);
}

static void
mutate_value (Run *run, const char *rule, const char *place, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_BOOLEAN)
    try_flag (run, rule, place, node, !json_node_get_boolean (node));
  else if (type == G_TYPE_INT64)
    {
      gint64 number = json_node_get_int (node);

      try_number (run, rule, place, node, number + 1);
      try_number (run, rule, place, node, number - 1);
    }
  else if (type == G_TYPE_STRING)
    mutate_string (run, rule, place, node);
}

/* ---- walking ------------------------------------------------------------------------------------ */

static void mutate (Run *run, const char *rule, const char *place, JsonNode *node);

/* Each item changed, then each left out. */
static void
mutate_array (Run *run, const char *rule, const char *place, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *below = g_strdup_printf ("%s/%u", place, i);

      mutate (run, rule, below, json_array_get_element (array, i));
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autoptr (GList) items = json_array_get_elements (array);
      g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);
      g_autofree char *change = g_strdup_printf ("item %u left out", i);

      for (GList *l = items; l; l = l->next)
        g_ptr_array_add (kept, json_node_copy (l->data));
      json_array_remove_element (array, i);
      try (run, rule, place, change);
      while (json_array_get_length (array) > 0)
        json_array_remove_element (array, 0);
      for (guint k = 0; k < kept->len; k++)
        json_array_add_element (array, json_node_copy (kept->pdata[k]));
    }
}

static void
mutate_object (Run *run, const char *rule, const char *place, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l; l = l->next)
    {
      g_autofree char *below = g_strdup_printf ("%s/%s", place, (char *)l->data);

      mutate (run, rule, below, json_object_get_member (object, l->data));
    }
}

static void
mutate (Run *run, const char *rule, const char *place, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    mutate_object (run, rule, place, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    mutate_array (run, rule, place, json_node_get_array (node));
  else if (JSON_NODE_HOLDS_VALUE (node))
    mutate_value (run, rule, place, node);
}

static void
mutate_member (Run *run, const char *rule, const char *place, JsonObject *object, const char *name)
{
  g_autofree char *below = g_strdup_printf ("%s/%s", place, name);

  if (json_object_has_member (object, name))
    mutate (run, rule, below, json_object_get_member (object, name));
}

static void
begin (Run *run, const char *text)
{
  run->root = json_from_string (text, NULL);
  g_assert_nonnull (run->root);
  run->checks = rules_checks ();
  run->survivors = g_string_new (NULL);
}

static void
end (Run *run)
{
  g_test_message ("%u changes: %u noticed, %u refused by the reader", run->tried, run->noticed, run->refused);
  if (run->survivors->len > 0)
    g_test_fail_printf ("no row of the tables notices:%s", run->survivors->str);
  g_assert_cmpuint (run->noticed, >, run->refused);
  json_node_unref (run->root);
  g_ptr_array_unref (run->checks);
  g_string_free (run->survivors, TRUE);
}

/* ---- tests ---------------------------------------------------------------------------------------- */

static char *campaign, *units;

static gboolean
of_nominations (JsonObject *rule)
{
  return strcmp (json_array_get_string_element (json_object_get_array_member (rule, "on"), 0), "nomination") == 0;
}

/* A registration is always a collective's, so "any" there is no change. */
static void
mutate_unit_scope (Run *run, const char *place, JsonObject *rule)
{
  const char *id = json_object_get_string_member (rule, "id");
  JsonObject *scope = json_object_get_object_member (rule, "appliesTo");
  g_autoptr (GList) names = json_object_get_members (scope);

  for (GList *l = names; l; l = l->next)
    if (strcmp (l->data, "subject") != 0)
      mutate_member (run, id, place, scope, l->data);
  try_text (run, id, place, json_object_get_member (scope, "subject"), "individual");
}

/* What of each rule decides; its sentences are another matter. */
static void
test_rules (void)
{
  enum
  {
    SCOPE = 3
  };
  static const char *const parts[] = { "severity", "suppliedBy", "on", "appliesTo", "params" };
  Run run = { .units = units };
  JsonArray *rules;

  begin (&run, campaign);
  rules = json_object_get_array_member (json_node_get_object (run.root), "rules");
  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (rules, i);
      g_autofree char *place = g_strdup_printf ("/rules/%u", i);

      for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
        if (p != SCOPE || of_nominations (rule))
          mutate_member (&run, json_object_get_string_member (rule, "id"), place, rule, parts[p]);
        else
          mutate_unit_scope (&run, place, rule);
    }
  end (&run);
}

/* The campaign's own dates, years, deadlines, phases and readings. */
static void
test_campaign (void)
{
  static const char *const parts[] = { "start", "end", "firstRatedYear", "lastRatedYear", "reviewRequired" };
  Run run = { .units = units };
  JsonObject *root, *deadlines, *readings;
  JsonArray *phases;
  g_autoptr (GList) names = NULL;
  g_autoptr (GList) settings = NULL;

  begin (&run, campaign);
  root = json_node_get_object (run.root);
  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    mutate_member (&run, "", "", root, parts[p]);
  deadlines = json_object_get_object_member (root, "deadlines");
  names = json_object_get_members (deadlines);
  for (GList *l = names; l; l = l->next)
    {
      JsonObject *deadline = json_object_get_object_member (deadlines, l->data);

      mutate_member (&run, "R-007", l->data, deadline, "limit");
      mutate_member (&run, "R-007", l->data, deadline, "inclusive");
    }
  phases = json_object_get_array_member (root, "phases");
  for (guint i = 0; i < json_array_get_length (phases); i++)
    {
      JsonObject *phase = json_array_get_object_element (phases, i);

      mutate_member (&run, "R-004", "/phases", phase, "level");
      mutate_member (&run, "R-004", "/phases", phase, "number");
      mutate_member (&run, "R-004", "/phases", phase, "rule");
      mutate_member (&run, "R-004", "/phases", phase, "from");
      mutate_member (&run, "R-004", "/phases", phase, "to");
    }
  readings = json_object_get_object_member (root, "readings");
  settings = json_object_get_members (json_object_get_object_member (root, "settings"));
  for (GList *l = settings; l; l = l->next)
    {
      JsonObject *chosen = json_object_get_object_member (root, "settings");
      JsonNode *node = json_object_get_member (chosen, l->data);
      g_autofree char *now = g_strdup (json_node_get_string (node));
      g_autoptr (GList) values = NULL;

      if (!json_object_has_member (readings, l->data))
        {
          mutate (&run, "", l->data, node);
          continue;
        }
      values = json_object_get_members (json_object_get_object_member (readings, l->data));
      for (GList *v = values; v; v = v->next)
        if (strcmp (v->data, now) != 0)
          try_text (&run, "", l->data, node, v->data);
    }
  end (&run);
}

/* Quotas, categories, levels and routes of the list of units. */
static void
test_units (void)
{
  Run run = { .campaign = campaign };
  JsonArray *rows;

  begin (&run, units);
  rows = json_object_get_array_member (json_node_get_object (run.root), "units");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *unit = json_array_get_object_element (rows, i);

      mutate_member (&run, "R-052", json_object_get_string_member (unit, "code"), unit, "individualQuota");
    }
  end (&run);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  campaign = fixture_read ("campaigns", "hau-giang-2025.json");
  units = fixture_read ("units", "hau-giang-2024.json");
  g_test_add_func ("/rules/mutants/rules", test_rules);
  g_test_add_func ("/rules/mutants/campaign", test_campaign);
  g_test_add_func ("/rules/mutants/units", test_units);
  status = g_test_run ();
  g_free (campaign);
  g_free (units);
  return status;
}
