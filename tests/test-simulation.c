/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

/* A first stretch of what tests/simulate runs for hours; that a seed plays the same again; and that each planted bug
 * is found by the check meant for it. */

#define STEPS 250
#define BUG_SEEDS 25
#ifdef __SANITIZE_ADDRESS__ /* slow; and a planted bug says nothing of memory */
#define SECONDS 12
#define PLANTED FALSE
#else
#define SECONDS 22
#define PLANTED TRUE
#endif

static guint
of_environment (const char *name, guint fallback)
{
  const char *text = g_getenv (name);

  return text == NULL ? fallback : (guint)g_ascii_strtoull (text, NULL, 10);
}

static void
test_seeds (void)
{
  gint64 seconds = of_environment ("TD_SIM_SECONDS", SECONDS);
  g_autoptr (GTimer) timer = g_timer_new ();
  guint seed;

  for (seed = 1; g_timer_elapsed (timer, NULL) < (double)seconds; seed++)
    {
      g_autofree char *failure = sim_run (seed, STEPS, SIM_BUG_NONE, FALSE, NULL);

      if (failure != NULL)
        g_error ("seed %u of %u steps: %s", seed, STEPS, failure);
    }
  g_test_message ("%u seeds of %u steps, %" G_GUINT64_FORMAT " packages carried for others, %" G_GUINT64_FORMAT
                  " calls that counted",
                  seed - 1, STEPS, sim_carried, sim_calls_matched);
  if (seed > 15) /* so many that one of them has some */
    {
      g_assert_cmpuint (sim_carried, >, 0);
      g_assert_cmpuint (sim_calls_matched, >, 0);
    }
}

static void
test_same_again (void)
{
  for (guint seed = 1; seed <= 2; seed++)
    {
      g_autofree char *first = NULL, *second = NULL;
      g_autofree char *a = sim_run (seed, 120, SIM_BUG_NONE, FALSE, &first);
      g_autofree char *b = sim_run (seed, 120, SIM_BUG_NONE, FALSE, &second);

      g_assert_cmpstr (a, ==, b);
      g_assert_cmpstr (first, ==, second);
    }
}

/* The check meant for it finds each planted bug, within a few seeds and before any other check does. */
static void
test_planted (gconstpointer data)
{
  SimBug bug = (SimBug)GPOINTER_TO_UINT (data);
  g_autofree char *expected = g_strconcat (sim_bug_check (bug), ": ", NULL);

  for (guint seed = 1; seed <= BUG_SEEDS; seed++)
    {
      g_autofree char *failure = sim_run (seed, STEPS, bug, FALSE, NULL);

      if (failure == NULL)
        continue;
      g_test_message ("seed %u: %s", seed, failure);
      if (!g_str_has_prefix (failure, expected))
        g_error ("“%s” was to find %s, seed %u: %s", sim_bug_check (bug), sim_bug_name (bug), seed, failure);
      return;
    }
  g_error ("%s is not found", sim_bug_name (bug));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sim_machine_init ();
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_test_add_func ("/simulation/seeds", test_seeds);
  g_test_add_func ("/simulation/same-again", test_same_again);
  for (guint bug = SIM_BUG_NONE + 1; PLANTED && bug < SIM_N_BUGS; bug++)
    {
      g_autofree char *path = g_strconcat ("/simulation/planted/", sim_bug_name ((SimBug)bug), NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (bug), test_planted);
    }
  return g_test_run ();
}
