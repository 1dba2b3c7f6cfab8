/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/engine-private.h"

#define BACKOFF_FIRST (2 * TD_SECOND)
#define BACKOFF_MOST (900 * TD_SECOND)
#define FOREIGN_MOST (60 * TD_SECOND) /* a person is logging in to the portal meanwhile */
#define IDLE_PERIOD (600 * TD_SECOND)
#define STOPPED_PERIOD (3600 * TD_SECOND)
#define QUICK (6 * TD_SECOND)
#define REPAIRS_MOST 4 /* rewinds, new lives and starts from nothing before one good answer */
#define STALLS_MOST 2

/* ---- waiting ------------------------------------------------------------------------- */

/* Full jitter: a crowd that failed together must not come back together. */
static gint64
backoff (const TdTurn *turn, guint failures, gint64 most)
{
  gint64 ceiling = failures < 20 ? BACKOFF_FIRST << failures : most;

  return (gint64)(turn->random * (double)MIN (ceiling, most));
}

void
td_turn_rest (TdTurn *turn, TdLink link, gint64 at)
{
  turn->engine->syncing = FALSE;
  turn->engine->rest = link;
  turn->engine->sync_at = at;
}

void
td_turn_back_off (TdTurn *turn, TdLink link)
{
  TdEngine *self = turn->engine;
  gint64 most = link == TD_LINK_FOREIGN ? FOREIGN_MOST : BACKOFF_MOST;
  gint64 wait = MAX (backoff (turn, self->failures, most), turn->event->retry_after);

  self->failures++;
  self->floor = turn->event->retry_after > 0 ? turn->now + turn->event->retry_after : 0;
  td_turn_rest (turn, link, turn->now + MAX (wait, 1));
}

static void
stop (TdTurn *turn, TdLink link)
{
  td_turn_rest (turn, link, turn->now + STOPPED_PERIOD + (gint64)(turn->random * TD_IDLE_SPREAD));
}

static void
lock (TdTurn *turn)
{
  td_turn_rest (turn, TD_LINK_LOCKED, 0);
  turn->engine->file_at = 0;
}

/* ---- answers ---------------------------------------------------------------------------- */

static void
repair (TdTurn *turn, TdActionKind kind)
{
  TdEngine *self = turn->engine;

  if (self->repairs >= REPAIRS_MOST)
    {
      self->repairs = 0; /* the next try, in an hour, may repair again */
      stop (turn, TD_LINK_STOPPED);
      return;
    }
  self->repairs++;
  td_turn_act (turn, kind)->n = turn->event->n;
  td_turn_start_sync (turn);
}

static void
too_big (TdTurn *turn)
{
  TdEngine *self = turn->engine;

  if (self->budget <= TD_BUDGET_MIN)
    {
      stop (turn, TD_LINK_STOPPED);
      return;
    }
  self->budget = MAX (self->budget / 2, TD_BUDGET_MIN);
  td_turn_start_sync (turn);
}

static void
handle_problem (TdTurn *turn)
{
  switch (turn->event->problem)
    {
    case TD_PROBLEM_OP_GAP:
      repair (turn, TD_ACTION_REWIND);
      break;
    case TD_PROBLEM_FORKED:
    case TD_PROBLEM_CHAIN:
      repair (turn, TD_ACTION_NEW_LIFE);
      break;
    case TD_PROBLEM_CURSOR_GONE:
      repair (turn, TD_ACTION_START_OVER);
      break;
    case TD_PROBLEM_RECOVERY:
    case TD_PROBLEM_REVOKED:
    case TD_PROBLEM_NONE:
      stop (turn, TD_LINK_STOPPED);
      break;
    }
}

/* What waits goes there all the same, once, to be decided on; nothing counts. */
static void
revoked (TdTurn *turn)
{
  TdEngine *self = turn->engine;

  td_turn_act (turn, TD_ACTION_REVOKED)->n = turn->event->n;
  if (turn->event->n > self->kept)
    {
      self->kept = turn->event->n;
      td_turn_start_sync (turn);
    }
  else
    lock (turn);
}

/* It is sent what it lost, batch by batch, and then it is waited for. */
static void
recover (TdTurn *turn)
{
  TdEngine *self = turn->engine;
  gboolean news = turn->event->n > self->recovered;

  td_turn_act (turn, TD_ACTION_RECOVERY)->n = turn->event->n;
  self->recovered = turn->event->n;
  if (news)
    td_turn_start_sync (turn);
  else
    td_turn_back_off (turn, TD_LINK_WAITING);
}

static void
handle_refusal (TdTurn *turn)
{
  switch (turn->event->status)
    {
    case 401:
    case 403: /* only an enrolment helps, and everything stays */
      if (turn->event->problem == TD_PROBLEM_REVOKED)
        revoked (turn);
      else
        lock (turn);
      break;
    case 426:
      stop (turn, TD_LINK_OLD);
      break;
    default:
      handle_problem (turn);
    }
}

/* exchange.md 2.12 and 2.16. A portal may answer anything, 200 and 401 too: only
 * what carries our header, and for a success our echo, is believed. */
void
td_turn_answer (TdTurn *turn)
{
  const TdEvent *event = turn->event;

  if (!turn->engine->syncing)
    return;
  turn->engine->took = event->took;
  if (event->ours && event->problem == TD_PROBLEM_RECOVERY)
    recover (turn);
  else if (event->status >= 500 && event->status != 511)
    td_turn_back_off (turn, TD_LINK_WAITING);
  else if (event->status == 429)
    td_turn_back_off (turn, TD_LINK_WAITING);
  else if (event->status == 413)
    too_big (turn);
  else if (!event->ours || event->status == 511 || event->status < 200 || (event->status >= 300 && event->status < 400))
    td_turn_back_off (turn, TD_LINK_FOREIGN);
  else if (event->status >= 400)
    handle_refusal (turn);
  else if (event->echoed)
    td_turn_act (turn, TD_ACTION_APPLY);
  else
    td_turn_back_off (turn, TD_LINK_FOREIGN);
}

void
td_turn_applied (TdTurn *turn)
{
  TdEngine *self = turn->engine;
  const TdEvent *event = turn->event;

  if (!self->syncing)
    return;
  self->stalls = event->progress ? 0 : self->stalls + 1;
  if ((event->more || self->waiting > 0) && self->stalls > STALLS_MOST)
    {
      td_turn_back_off (turn, TD_LINK_WAITING);
      return;
    }
  self->failures = 0;
  self->repairs = 0;
  self->kept = 0;
  self->recovered = NOT_TOLD;
  if (self->took < QUICK)
    self->budget = MIN (self->budget + self->budget / 2, TD_BUDGET_MAX);
  td_turn_rest (turn, TD_LINK_IDLE, 0);
  if (event->more || self->waiting > 0)
    {
      td_turn_start_sync (turn);
      return;
    }
  self->stalls = 0;
  self->sync_at = turn->now + IDLE_PERIOD + (gint64)(turn->random * TD_IDLE_SPREAD);
  if (self->file_at == 0)
    td_turn_start_file (turn);
}

void
td_turn_lost (TdTurn *turn, TdLink link)
{
  TdEngine *self = turn->engine;

  if (!self->syncing)
    return;
  self->budget = MAX (self->budget / 2, TD_BUDGET_MIN);
  td_turn_back_off (turn, link);
}

/* ---- files ---------------------------------------------------------------------------------- */

void
td_turn_file (TdTurn *turn)
{
  TdEngine *self = turn->engine;

  if (!self->moving)
    return;
  self->moving = FALSE;
  if (turn->event->kind == TD_EVENT_FILE_LOCKED)
    {
      lock (turn);
      return;
    }
  if (turn->event->kind == TD_EVENT_FILE_FAILED)
    {
      gint64 wait = MAX (backoff (turn, self->file_failures++, BACKOFF_MOST), turn->event->retry_after);

      self->file_at = turn->now + MAX (wait, 1);
      if (self->rest == TD_LINK_IDLE)
        self->rest = TD_LINK_NO_LINE;
      return;
    }
  if (turn->event->kind == TD_EVENT_FILE_DONE)
    self->file_failures = 0;
  if (!self->syncing && self->rest == TD_LINK_NO_LINE && self->failures == 0)
    self->rest = TD_LINK_IDLE;
  /* Words first: what was written meanwhile goes before the next scan. */
  if (self->syncing || self->rest != TD_LINK_IDLE)
    return;
  if (self->waiting > 0)
    td_turn_start_sync (turn);
  else
    td_turn_start_file (turn);
}
