/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/clock.h"

#define NOON 1751950800
#define HOUR 3600

static const struct
{
  const char *name;
  gint64 now, seen, asked, skew;
  TdClockState state;
  gint64 by;
} cases[] = {
  { "never-exchanged", NOON, 0, 0, 0, TD_CLOCK_GOOD, 0 },
  { "right", NOON, NOON - 60, NOON - HOUR, 5, TD_CLOCK_GOOD, 0 },
  { "within-tolerance", NOON, NOON + 100, NOON - HOUR, -110, TD_CLOCK_GOOD, 0 },
  { "slow-at-the-exchange", NOON, NOON, NOON - HOUR, 2 * HOUR, TD_CLOCK_SLOW, HOUR },
  { "slow-and-more", NOON, NOON, NOON - 10 * HOUR, 2 * HOUR, TD_CLOCK_SLOW, 2 * HOUR },
  { "fast", NOON, NOON, NOON - HOUR, -3 * HOUR, TD_CLOCK_FAST, 3 * HOUR },
  { "set-back-offline", NOON, NOON + 5 * HOUR, 0, 0, TD_CLOCK_SET_BACK, 5 * HOUR },
  { "set-back-after-exchange", NOON, NOON + HOUR, NOON + HOUR, 0, TD_CLOCK_SLOW, HOUR },
  { "ten-years", NOON, 0, NOON, 315360000, TD_CLOCK_SLOW, 315360000 },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  TdClock clock = td_clock_judge (cases[i].now, cases[i].seen, cases[i].asked, cases[i].skew);

  g_assert_cmpint (clock.state, ==, cases[i].state);
  g_assert_cmpint (clock.by, ==, cases[i].by);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/clock/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
