/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/clock.h"

#include "store/store-private.h"

#define NOTED_EVERY 60 /* seconds: a clock is not worth a write each time */

TdClock
td_clock_judge (gint64 now, gint64 seen, gint64 asked, gint64 skew)
{
  gint64 told = asked == 0 ? 0 : asked + skew; /* the endpoint's time then: it is later now */

  if (told != 0 && now < told - TD_CLOCK_TOLERANCE)
    return (TdClock){ TD_CLOCK_SLOW, told - now };
  if (now < seen - TD_CLOCK_TOLERANCE)
    return (TdClock){ TD_CLOCK_SET_BACK, seen - now };
  if (asked != 0 && skew > TD_CLOCK_TOLERANCE)
    return (TdClock){ TD_CLOCK_SLOW, skew };
  if (asked != 0 && skew < -TD_CLOCK_TOLERANCE)
    return (TdClock){ TD_CLOCK_FAST, -skew };
  return (TdClock){ TD_CLOCK_GOOD, 0 };
}

/* A clock that the endpoint has just found right is right, whatever was seen while it was wrong. */
gboolean
td_store_note_clock (TdStore *self, gboolean trusted, GError **error)
{
  gint64 now = td_now ();
  gint64 seen;

  g_return_val_if_fail (self != NULL, FALSE);

  seen = td_store_get_int (self, TD_META_SEEN, 0);
  if (trusted ? ABS (now - seen) < NOTED_EVERY : now < seen + NOTED_EVERY)
    return TRUE;
  return td_store_set_int (self, TD_META_SEEN, now, error);
}

TdClock
td_store_clock (TdStore *self)
{
  g_return_val_if_fail (self != NULL, ((TdClock){ TD_CLOCK_GOOD, 0 }));

  return td_clock_judge (td_now (), td_store_get_int (self, TD_META_SEEN, 0),
                         td_store_get_int (self, TD_META_LAST_EXCHANGE, 0), td_store_get_int (self, TD_META_SKEW, 0));
}
