/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kill-town.h"

#include "text/i18n.h"

#include <stdlib.h>
#include <string.h>

/* SIGKILL at random moments of a desk or the endpoint while they type, attach, exchange, upload, pack, take packages in,
 * open and migrate. TD_KILLS=1000: so many; else as many as TD_KILL_SECONDS allow. TD_KILL_FROM=n: from that seed. */

#define SECONDS "30"
#define KILLS_OF_A_SEED 25

static guint
number_of (const char *name, const char *fallback)
{
  const char *text = g_getenv (name);

  return (guint)g_ascii_strtoull (text == NULL ? fallback : text, NULL, 10);
}

/* NULL, or what went wrong; owned. */
static char *
run (guint seed, KillBug bug, guint most, gint64 until, GHashTable *kills)
{
  KillTown *town = kill_town_new (seed, bug);

  while (town->failure == NULL && town->n_kills < most && g_get_monotonic_time () < until)
    kill_town_strike (town);
  if (town->failure == NULL)
    kill_town_come_to_rest (town);
  return kill_town_free (town, kills);
}

static guint
sum_of (GHashTable *kills)
{
  GHashTableIter iter;
  gpointer times;
  guint sum = 0;

  g_hash_table_iter_init (&iter, kills);
  while (g_hash_table_iter_next (&iter, NULL, &times))
    sum += GPOINTER_TO_UINT (times);
  return sum;
}

static void
tell (GHashTable *kills, guint seeds)
{
  GHashTableIter iter;
  gpointer what, times;

  g_hash_table_iter_init (&iter, kills);
  while (g_hash_table_iter_next (&iter, &what, &times))
    g_test_message ("%5u %s", GPOINTER_TO_UINT (times), (char *)what);
  g_test_message ("%u kills, %u seeds: nothing lost, nothing doubled, replay the same", sum_of (kills), seeds);
}

static void
test_kills (void)
{
  guint most = number_of ("TD_KILLS", "0"), first = number_of ("TD_KILL_FROM", "1"), seed = first;
  gint64 until
      = most > 0 ? G_MAXINT64 : g_get_monotonic_time () + number_of ("TD_KILL_SECONDS", SECONDS) * G_TIME_SPAN_SECOND;
  g_autoptr (GHashTable) kills = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  do
    {
      g_autofree char *failure = run (seed++, KILL_BUG_NONE, KILLS_OF_A_SEED, until, kills);

      if (failure != NULL)
        g_error ("seed %u: %s", seed - 1, failure);
    }
  while (most > 0 ? sum_of (kills) < most : g_get_monotonic_time () < until);
  tell (kills, seed - first);
}

/* A desk that says too early what is stored, and one that sends a thing twice, are found. */
static void
test_planted (void)
{
  static const char *const found[] = { [KILL_BUG_EARLY] = "was saved", [KILL_BUG_TWICE] = "in two operations" };

  for (guint bug = KILL_BUG_NONE + 1; bug < KILL_BUGS; bug++)
    {
      g_autoptr (GHashTable) kills = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autofree char *failure = NULL;

      for (guint seed = 1; seed <= 10 && failure == NULL; seed++)
        failure = run (seed, (KillBug)bug, 10, G_MAXINT64, kills);
      if (failure == NULL || strstr (failure, found[bug]) == NULL)
        g_error ("planted bug %u is not found: %s", bug, failure);
      g_test_message ("bug %u, %u kills: %s", bug, sum_of (kills), failure);
    }
}

int
main (int argc, char **argv)
{
  if (argc > 6 && strcmp (argv[1], "--desk") == 0)
    return kill_desk_main ((guint)atoi (argv[2]), argv + 3);
  g_test_init (&argc, &argv, NULL);
  td_i18n_start ();
  g_test_add_func ("/kill/planted", test_planted);
  g_test_add_func ("/kill/kills", test_kills);
  return g_test_run ();
}
