/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* tests/simulate --seeds A..B [--steps N] [--bug NAME] [--trace]: runs the seeds one after the other and says how each
 * that fails is played again. */

static char *seeds, *bug_name;
static int steps = 500;
static gboolean tracing;

static const GOptionEntry entries[] = {
  { "seeds", 's', 0, G_OPTION_ARG_STRING, &seeds, "the seeds to run, one or a range", "A..B" },
  { "steps", 'n', 0, G_OPTION_ARG_INT, &steps, "steps of each (500)", "N" },
  { "bug", 'b', 0, G_OPTION_ARG_STRING, &bug_name, "plant a known bug", "NAME" },
  { "trace", 't', 0, G_OPTION_ARG_NONE, &tracing, "print what happens", NULL },
  { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
};

static SimBug
bug_of (const char *name)
{
  for (guint bug = 0; bug < SIM_N_BUGS; bug++)
    if (strcmp (sim_bug_name ((SimBug)bug), name) == 0)
      return (SimBug)bug;
  g_printerr ("there is no bug “%s”\n", name);
  exit (2);
}

static gboolean
run_one (guint seed, SimBug bug)
{
  g_autofree char *hash = NULL;
  g_autofree char *failure = sim_run (seed, (guint)steps, bug, tracing, &hash);

  if (failure == NULL)
    return TRUE;
  g_print ("seed %u: %s\n  again: tests/simulate --seeds %u --steps %d%s%s --trace   (trace %.16s)\n", seed, failure,
           seed, steps, bug == SIM_BUG_NONE ? "" : " --bug ", bug == SIM_BUG_NONE ? "" : sim_bug_name (bug), hash);
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GTimer *timer = g_timer_new ();
  GError *error = NULL;
  guint first = 1, last, good = 0;
  const char *dots;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (seeds != NULL)
    first = (guint)g_ascii_strtoull (seeds, NULL, 10);
  dots = seeds == NULL ? NULL : strstr (seeds, "..");
  last = dots == NULL ? first : (guint)g_ascii_strtoull (dots + 2, NULL, 10);
  setvbuf (stdout, NULL, _IOLBF, 0);
  sim_machine_init ();
  for (guint seed = first; seed <= last; seed++)
    good += run_one (seed, bug_name == NULL ? SIM_BUG_NONE : bug_of (bug_name));
  g_print ("%u of %u seeds of %d steps passed in %.1f s\n", good, last - first + 1, steps,
           g_timer_elapsed (timer, NULL));
  g_timer_destroy (timer);
  return good == last - first + 1 ? 0 : 1;
}
