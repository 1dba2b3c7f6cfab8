/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"
#include "desk/transfer.h"

#include <glib/gi18n.h>
#include <string.h>

/* What moves on the line, and what it costs: in bytes and minutes, never in a promise. */

#define TENTH (1024 * 1024 / 10)

char *
td_words_size (gint64 bytes)
{
  if (bytes < 1024 * 1024)
    return g_strdup_printf ("%u KB", (guint)((bytes + 1023) / 1024));
  return g_strdup_printf ("%u,%u MB", (guint)(bytes / TENTH / 10), (guint)(bytes / TENTH % 10));
}

static char *
about (gint64 seconds)
{
  guint minutes = (guint)((seconds + 59) / 60);

  if (seconds < 60)
    return g_strdup_printf (ngettext ("about %u second", "about %u seconds", (gulong)MAX (seconds, 1)),
                            (guint)MAX (seconds, 1));
  if (minutes < 90)
    return g_strdup_printf (ngettext ("about %u minute", "about %u minutes", minutes), minutes);
  return g_strdup_printf (ngettext ("about %u hour", "about %u hours", (minutes + 59) / 60), (minutes + 59) / 60);
}

static char *
how_long (gint64 seconds)
{
  guint minutes = (guint)(MIN (seconds, G_MAXINT32) / 60);

  if (minutes < 90)
    return g_strdup_printf (ngettext ("%u minute", "%u minutes", minutes), minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (ngettext ("%u hour", "%u hours", minutes / 60), minutes / 60);
  return g_strdup_printf (ngettext ("%u day", "%u days", minutes / 1440), minutes / 1440);
}

static char *
sentence_of_clock (const char *what, const char *by)
{
  g_autofree char *told = g_strdup_printf (what, by);

  return g_strdup_printf (
      _ ("%s Order and deadlines follow the centre's clock, so nothing is lost; set date and time of "
         "this machine right."),
      told);
}

char *
td_desk_cost_text (TdDesk *self, gint64 bytes)
{
  gint64 pace;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  pace = td_store_get_int (self->store, TD_META_PACE, 0);
  return pace <= 0 || bytes <= 0 ? g_strdup ("") : about (bytes / pace + 1);
}

double
td_desk_transfer_share (TdDesk *self)
{
  g_return_val_if_fail (TD_IS_DESK (self), -1);

  return td_exchange_file_progress (self->exchange, NULL);
}

static char *
file_name (TdDesk *self, const char *sha, gboolean *comes)
{
  g_autoptr (TdStoredFile) stored = td_store_file (self->store, sha);

  *comes = stored == NULL || !stored->here;
  return g_strdup (stored == NULL || *stored->name == '\0' ? _ ("attachment") : stored->name);
}

char *
td_desk_clock_text (TdDesk *self)
{
  TdClock clock;
  g_autofree char *by = NULL;
  const char *what;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  clock = td_store_clock (self->store);
  by = how_long (clock.by);
  switch (clock.state)
    {
    case TD_CLOCK_SLOW:
      what = _ ("This machine's clock is slow by %s, compared with the centre.");
      break;
    case TD_CLOCK_FAST:
      what = _ ("This machine's clock is fast by %s, compared with the centre.");
      break;
    case TD_CLOCK_SET_BACK:
      what = _ ("This machine's clock was set back by %s.");
      break;
    case TD_CLOCK_GOOD:
    default:
      return g_strdup ("");
    }
  return sentence_of_clock (what, by);
}

char *
td_desk_transfer_text (TdDesk *self)
{
  g_autofree char *sha = NULL;
  g_autofree char *name = NULL, *done = NULL, *whole = NULL, *time = NULL, *moved = NULL;
  gint64 left, pace;
  gboolean comes;
  double share;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  share = td_exchange_file_progress (self->exchange, &sha);
  pace = td_exchange_file_pace (self->exchange, &left);
  if (share < 0)
    return g_strdup ("");
  name = file_name (self, sha, &comes);
  whole = td_words_size (td_exchange_file_size (self->exchange));
  done = td_words_size (td_exchange_file_size (self->exchange) - left);
  moved = g_strdup_printf (comes ? _ ("Fetching “%s”: %s of %s") : _ ("Sending “%s”: %s of %s"), name, done, whole);
  if (pace <= 0)
    return g_strdup_printf ("%s.", moved);
  time = about (left / pace + 1);
  return g_strdup_printf (_ ("%s, %s left."), moved, time);
}
