/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <string.h>

/* One file at a time, up or down; what both ways share. */

#define SKIP_MS (10 * 60 * 1000)

void
td_transfer_begin (TdExchange *self, const char *sha)
{
  g_autoptr (TdStoredFile) stored = td_store_file (self->store, sha);

  g_free (self->file);
  self->file = g_strdup (sha);
  self->file_size = stored != NULL ? stored->size : 0;
  self->file_done = self->file_from = 0;
  self->file_since = td_exchange_clock ();
}

/* Bytes that were there before this turn say nothing about the line. */
void
td_transfer_resume (TdExchange *self, goffset offset)
{
  self->file_done = self->file_from = offset;
  self->file_since = td_exchange_clock ();
}

#define PACE_BYTES (32 * 1024) /* less says more of the round trip than of the line */

/* Remembered for what a person asks before he sends: how long will it take. A failure to note it harms nobody. */
void
td_exchange_note_pace (TdExchange *self, gint64 bytes, gint64 milliseconds)
{
  gint64 before = td_store_get_int (self->store, TD_META_PACE, 0);
  gint64 pace = milliseconds > 0 ? bytes * 1000 / milliseconds : 0;
  g_autofree char *text = NULL;

  if (bytes < PACE_BYTES || pace == 0)
    return;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, before == 0 ? pace : (before + pace) / 2);
  td_store_set (self->store, TD_META_PACE, text, NULL);
}

void
td_transfer_end (TdExchange *self, TdEventKind kind, gint64 retry_after)
{
  g_autofree char *sha = g_steal_pointer (&self->file);
  TdEvent event = { .kind = kind, .retry_after = retry_after };

  td_exchange_note_pace (self, self->file_done - self->file_from, td_exchange_clock () - self->file_since);
  if (kind == TD_EVENT_FILE_SKIPPED && sha != NULL)
    {
      g_hash_table_add (self->skip, g_strdup (sha));
      self->skip_until = td_exchange_clock () + SKIP_MS;
    }
  td_exchange_feed (self, &event);
  if (kind == TD_EVENT_FILE_DONE)
    g_signal_emit_by_name (self, "file", sha);
}

TdEventKind
td_transfer_kind (guint status, gboolean ours)
{
  if (!ours || status >= 500 || status == 429)
    return TD_EVENT_FILE_FAILED;
  if (status == 401)
    return TD_EVENT_FILE_LOCKED;
  return status >= 200 && status < 300 ? TD_EVENT_FILE_DONE : TD_EVENT_FILE_SKIPPED;
}
