/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-cases.h"

#include <string.h>

/* Every row of the tables of rules, on the real plan and the real units: one point each. */

static RulesPlan *plan;

static void
test_row (gconstpointer data)
{
  const RuleCheck *check = data;
  g_autoptr (GString) problem = g_string_new (NULL);

  if (!check->run (plan, check, problem))
    g_test_fail_printf ("%s, %s: %s", check->rule, check->says, problem->str);
}

/* A path of the test: a slash would divide it. */
static char *
path_of (const RuleCheck *check, guint number)
{
  g_auto (GStrv) parts = g_strsplit (check->says, "/", -1);
  g_autofree char *says = g_strjoinv ("∕", parts);

  return g_strdup_printf ("/rules/%s/%03u %s", check->rule, number, says);
}

int
main (int argc, char **argv)
{
  g_autofree char *campaign = fixture_read ("campaigns", "hau-giang-2025.json");
  g_autofree char *units = fixture_read ("units", "hau-giang-2024.json");
  g_autoptr (GPtrArray) checks = rules_checks ();
  int status;

  g_test_init (&argc, &argv, NULL);
  plan = rules_plan_new (campaign, units);
  g_assert_nonnull (plan);
  for (guint i = 0; i < checks->len; i++)
    {
      g_autofree char *path = path_of (checks->pdata[i], i + 1);

      g_test_add_data_func (path, checks->pdata[i], test_row);
    }
  status = g_test_run ();
  rules_plan_free (plan);
  return status;
}
