/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "endpoint/queue.h"

/* 11 July: everybody at once. */

#define DESKS 3000
#define RATE 60
#define BURST 240

/* Each desk comes at a random moment of a minute and then when it was told to; how long the last one waited. */
static void
test_storm (void)
{
  TdQueue *queue = td_queue_new (RATE, BURST);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree gint64 *next = g_new (gint64, DESKS);
  g_autofree guint *tries = g_new0 (guint, DESKS);
  guint done = 0;
  gint64 last = 0;

  for (guint i = 0; i < DESKS; i++)
    next[i] = g_rand_int_range (random, 0, 5000);
  for (gint64 now = 0; done < DESKS && now < 600 * 1000; now++)
    for (guint i = 0; i < DESKS; i++)
      {
        g_autofree char *key = NULL;
        gint64 wait;

        if (next[i] != now)
          continue;
        key = g_strdup_printf ("%u", i);
        tries[i]++;
        wait = td_queue_ask (queue, key, now);
        if (wait > 0)
          {
            next[i] = now + wait;
            continue;
          }
        next[i] = -1;
        done++;
        last = now;
      }
  g_assert_cmpuint (done, ==, DESKS);
  for (guint i = 0; i < DESKS; i++)
    g_assert_cmpuint (tries[i], <=, 2); /* told once, and then taken */
  g_assert_cmpint (last, <=, 5000 + (DESKS - BURST) * 1000 / RATE + 2000);
  td_queue_free (queue);
}

/* Who asks without waiting gains nothing and costs the others nothing. */
static void
test_impatient (void)
{
  TdQueue *queue = td_queue_new (10, 1);
  gint64 first, again;

  g_assert_cmpint (td_queue_ask (queue, "a", 0), ==, 0);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *key = g_strdup_printf ("other %u", i);

      g_assert_cmpint (td_queue_ask (queue, key, 1), >, 0);
    }
  first = td_queue_ask (queue, "b", 1);
  again = td_queue_ask (queue, "b", 2);
  g_assert_cmpint (again, ==, first - 1);
  g_assert_cmpint (td_queue_ask (queue, "b", 1 + first), ==, 0);
  td_queue_free (queue);
}

/* At rest everybody comes in at once. */
static void
test_rest (void)
{
  TdQueue *queue = td_queue_new (10, 5);

  for (gint64 now = 0; now < 60000; now += 200)
    g_assert_cmpint (td_queue_ask (queue, "a", now), ==, 0);
  td_queue_free (queue);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queue/storm", test_storm);
  g_test_add_func ("/queue/impatient", test_impatient);
  g_test_add_func ("/queue/rest", test_rest);
  return g_test_run ();
}
