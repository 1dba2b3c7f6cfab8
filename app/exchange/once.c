/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <string.h>

/* The same driver, blocking: thidua sync, the demo loader, tests. It runs in a main
 * context of its own, so nothing of the caller's is woken meanwhile. */

static TdExchange *
begin_once (TdStore *store, GMainContext **context)
{
  TdExchange *self;

  *context = g_main_context_new ();
  g_main_context_push_thread_default (*context);
  self = td_exchange_new (store);
  self->once = TRUE;
  return self;
}

static void
end_once (TdExchange *self, GMainContext *context)
{
  td_exchange_stop (self);
  soup_session_abort (self->records);
  soup_session_abort (self->files);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_object_unref (self);
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);
}

static void
fill_summary (TdExchange *self, TdSummary *summary)
{
  if (summary == NULL)
    return;
  *summary = self->summary;
  td_store_waiting (self->store, &summary->waiting, NULL, &summary->files_waiting);
}

static TdExchangeError
error_of (TdLink link)
{
  switch (link)
    {
    case TD_LINK_OFF:
      return TD_EXCHANGE_ERROR_NOT_ENROLLED;
    case TD_LINK_NO_LINE:
      return TD_EXCHANGE_ERROR_NO_LINE;
    case TD_LINK_WAITING:
      return TD_EXCHANGE_ERROR_BUSY;
    case TD_LINK_FOREIGN:
      return TD_EXCHANGE_ERROR_FOREIGN;
    case TD_LINK_CLOCK:
      return TD_EXCHANGE_ERROR_CLOCK;
    case TD_LINK_LOCKED:
      return TD_EXCHANGE_ERROR_LOCKED;
    case TD_LINK_OLD:
      return TD_EXCHANGE_ERROR_OLD;
    case TD_LINK_STOPPED:
    case TD_LINK_IDLE:
    case TD_LINK_BUSY:
      break;
    }
  return TD_EXCHANGE_ERROR_STOPPED;
}

static gboolean
report (TdExchange *self, GError **error)
{
  TdLink link = td_exchange_link (self);

  if (self->failure != NULL)
    td_exchange_tell_failure (g_error_copy (self->failure), error);
  else if (self->no_secret)
    g_set_error_literal (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_SECRET, "the secret service does not answer");
  else if (link != TD_LINK_IDLE)
    g_set_error (error, TD_EXCHANGE_ERROR, error_of (link), "the exchange ended in state %d", link);
  return self->failure == NULL && !self->no_secret && link == TD_LINK_IDLE;
}

gboolean
td_exchange_run_once (TdStore *store, TdSummary *summary, GError **error)
{
  GMainContext *context;
  TdExchange *self;
  gboolean good;

  g_return_val_if_fail (store != NULL, FALSE);

  self = begin_once (store, &context);
  td_exchange_prepare (self);
  while (td_exchange_moving (self))
    g_main_context_iteration (context, TRUE);
  good = report (self, error);
  fill_summary (self, summary);
  end_once (self, context);
  return good;
}

/* ---- enrolling ------------------------------------------------------------------------------ */

typedef struct
{
  gboolean done;
  gboolean good;
  GError *error;
} Waiting;

static void
on_enrolled (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;

  waiting->good = td_exchange_enroll_finish (TD_EXCHANGE (source), result, &waiting->error);
  waiting->done = TRUE;
}

gboolean
td_exchange_enroll_once (TdStore *store, const char *url, const char *code, gboolean other_unit, GError **error)
{
  GMainContext *context;
  TdExchange *self;
  Waiting waiting = { FALSE, FALSE, NULL };

  g_return_val_if_fail (store != NULL && url != NULL && code != NULL, FALSE);

  self = begin_once (store, &context);
  td_exchange_enroll_async (self, url, code, other_unit, NULL, on_enrolled, &waiting);
  while (!waiting.done || td_exchange_moving (self))
    g_main_context_iteration (context, TRUE);
  end_once (self, context);
  if (waiting.error != NULL)
    g_propagate_error (error, waiting.error);
  return waiting.good;
}
