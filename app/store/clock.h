/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Is this machine's clock right? It decides nothing (order and day are the endpoint's), but what people write down
 * from it would be wrong. Known offline too: time doesn't go back. */

#define TD_CLOCK_TOLERANCE 120 /* seconds */

typedef enum
{
  TD_CLOCK_GOOD,
  TD_CLOCK_SLOW,    /* behind the endpoint's, or earlier than what it told last */
  TD_CLOCK_FAST,    /* ahead of the endpoint's */
  TD_CLOCK_SET_BACK /* earlier than this machine itself has written before */
} TdClockState;

typedef struct
{
  TdClockState state;
  gint64 by; /* seconds */
} TdClock;

/**
 * td_clock_judge:
 * @now: this machine's clock, UTC seconds
 * @seen: the latest it ever showed while the program ran, 0: unknown
 * @asked: what it showed at the last exchange, 0: none yet
 * @skew: the endpoint's clock minus this one then
 */
TdClock td_clock_judge (gint64 now, gint64 seen, gint64 asked, gint64 skew);

G_END_DECLS
