/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/engine-private.h"

#define AFTER_CHANGE (2 * TD_SECOND)
#define CHANGE_IN_TROUBLE (30 * TD_SECOND) /* a change doesn't hammer an endpoint in trouble */
#define NETWORK_SPREAD (5 * TD_SECOND)
#define ASKED_EVERY (10 * TD_SECOND)

TdEngine *
td_engine_new (void)
{
  TdEngine *self = g_new0 (TdEngine, 1);

  self->rest = self->shown = TD_LINK_OFF;
  self->budget = TD_BUDGET_FIRST;
  self->recovered = NOT_TOLD;
  return self;
}

void
td_engine_free (TdEngine *self)
{
  g_free (self);
}

TdLink
td_engine_link (TdEngine *self)
{
  g_return_val_if_fail (self != NULL, TD_LINK_OFF);

  return td_engine_busy (self) ? TD_LINK_BUSY : self->rest;
}

gboolean
td_engine_busy (TdEngine *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->syncing || self->moving;
}

static gint64
earlier (gint64 a, gint64 b)
{
  if (a == 0 || b == 0)
    return a != 0 ? a : b;
  return MIN (a, b);
}

gint64
td_engine_next (TdEngine *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return earlier (self->syncing ? 0 : self->sync_at, self->moving ? 0 : self->file_at);
}

/* ---- actions ----------------------------------------------------------------------- */

TdAction *
td_turn_act (TdTurn *turn, TdActionKind kind)
{
  TdAction action = { .kind = kind };

  g_array_append_val (turn->actions, action);
  return &g_array_index (turn->actions, TdAction, turn->actions->len - 1);
}

void
td_turn_start_sync (TdTurn *turn)
{
  TdEngine *self = turn->engine;

  self->syncing = TRUE;
  self->sync_at = 0;
  self->floor = 0;
  self->last_try = turn->now;
  td_turn_act (turn, TD_ACTION_SYNC)->budget = self->budget;
}

void
td_turn_start_file (TdTurn *turn)
{
  TdEngine *self = turn->engine;
  gboolean up = self->upload[0] != '\0';
  TdAction *action;

  self->file_at = 0;
  if (self->moving || (!up && self->download[0] == '\0'))
    return;
  self->moving = TRUE;
  action = td_turn_act (turn, up ? TD_ACTION_UPLOAD : TD_ACTION_DOWNLOAD);
  g_strlcpy (action->sha, up ? self->upload : self->download, sizeof action->sha);
}

/* The one timer and what the screen shows, when they differ from what was told. */
static void
tell (TdTurn *turn)
{
  TdEngine *self = turn->engine;
  gint64 next = td_engine_next (self);
  TdLink link = td_engine_link (self);

  if (next != self->timer)
    td_turn_act (turn, TD_ACTION_TIMER)->at = next;
  self->timer = next;
  if (link != self->shown || (link != TD_LINK_BUSY && next != self->shown_at))
    {
      TdAction *action = td_turn_act (turn, TD_ACTION_LINK);

      action->link = link;
      action->at = next;
    }
  self->shown = link;
  self->shown_at = next;
}

/* ---- wishes --------------------------------------------------------------------------------- */

static gboolean
may_try (const TdEngine *self)
{
  return self->rest != TD_LINK_OFF && self->rest != TD_LINK_LOCKED && !self->syncing;
}

static void
handle_asked (TdTurn *turn)
{
  TdEngine *self = turn->engine;

  /* Also when the endpoint refused this machine: it may have changed its mind, and a person asks. */
  if (self->rest == TD_LINK_OFF || self->syncing)
    return;
  if (self->last_asked != 0 && turn->now < self->last_asked + ASKED_EVERY)
    {
      if (self->rest != TD_LINK_LOCKED)
        self->sync_at = earlier (self->sync_at, self->last_asked + ASKED_EVERY);
      return;
    }
  self->last_asked = turn->now;
  self->file_at = 0;
  self->file_failures = 0;
  td_turn_start_sync (turn);
}

static void
handle_changed (TdTurn *turn)
{
  TdEngine *self = turn->engine;
  gint64 at = turn->now + AFTER_CHANGE;

  if (!may_try (self) || self->rest == TD_LINK_STOPPED || self->rest == TD_LINK_OLD)
    return;
  /* Somebody waits to read a scan: that needs no words to go first. */
  if (self->rest == TD_LINK_IDLE && self->waiting == 0 && self->file_at == 0 && self->download[0] != '\0')
    {
      td_turn_start_file (turn);
      return;
    }
  if (self->rest != TD_LINK_IDLE)
    at = MAX (MAX (at, self->last_try + CHANGE_IN_TROUBLE), self->floor);
  self->sync_at = earlier (self->sync_at, at);
}

static void
handle_network (TdTurn *turn)
{
  TdEngine *self = turn->engine;
  gint64 at = MAX (turn->now + (gint64)(turn->random * NETWORK_SPREAD), self->floor);

  if (!may_try (self))
    return;
  self->sync_at = earlier (self->sync_at, at);
  if (self->file_at != 0)
    self->file_at = earlier (self->file_at, at);
}

static void
handle_timer (TdTurn *turn)
{
  TdEngine *self = turn->engine;

  self->timer = 0;
  if (may_try (self) && self->sync_at != 0 && turn->now >= self->sync_at)
    td_turn_start_sync (turn);
  else if (!self->moving && self->file_at != 0 && turn->now >= self->file_at)
    {
      /* While words can't go, files wait for them: a good sync starts them again. */
      self->file_at = 0;
      if (self->rest == TD_LINK_IDLE || (self->rest == TD_LINK_NO_LINE && self->failures == 0))
        td_turn_start_file (turn);
    }
}

static void
handle_started (TdTurn *turn)
{
  TdEngine *self = turn->engine;

  if (self->rest == TD_LINK_OFF)
    td_turn_rest (turn, TD_LINK_IDLE, turn->now + MAX ((gint64)(turn->random * (double)turn->event->spread), 1));
}

static void
handle_enrolled (TdTurn *turn)
{
  TdEngine *self = turn->engine;

  self->failures = self->file_failures = self->repairs = self->stalls = 0;
  self->kept = 0;
  self->file_at = self->floor = 0;
  self->rest = TD_LINK_IDLE;
  if (!self->syncing)
    td_turn_start_sync (turn);
}

static void
take_wishes (TdEngine *self, const TdEvent *event)
{
  self->waiting = event->waiting;
  g_strlcpy (self->upload, event->upload != NULL ? event->upload : "", sizeof self->upload);
  g_strlcpy (self->download, event->download != NULL ? event->download : "", sizeof self->download);
}

static void
dispatch (TdTurn *turn)
{
  switch (turn->event->kind)
    {
    case TD_EVENT_STARTED:
      handle_started (turn);
      break;
    case TD_EVENT_ENROLLED:
      handle_enrolled (turn);
      break;
    case TD_EVENT_ASKED:
      handle_asked (turn);
      break;
    case TD_EVENT_CHANGED:
      handle_changed (turn);
      break;
    case TD_EVENT_NETWORK:
      handle_network (turn);
      break;
    case TD_EVENT_TIMER:
      handle_timer (turn);
      break;
    case TD_EVENT_ANSWER:
      td_turn_answer (turn);
      break;
    case TD_EVENT_NO_ANSWER:
      td_turn_lost (turn, TD_LINK_NO_LINE);
      break;
    case TD_EVENT_NOT_OURS:
      td_turn_lost (turn, TD_LINK_FOREIGN);
      break;
    case TD_EVENT_BAD_CLOCK:
      td_turn_lost (turn, TD_LINK_CLOCK);
      break;
    case TD_EVENT_APPLIED:
      td_turn_applied (turn);
      break;
    case TD_EVENT_APPLY_FAILED:
      if (turn->engine->syncing)
        td_turn_back_off (turn, TD_LINK_STOPPED);
      break;
    case TD_EVENT_FILE_DONE:
    case TD_EVENT_FILE_FAILED:
    case TD_EVENT_FILE_SKIPPED:
    case TD_EVENT_FILE_LOCKED:
      td_turn_file (turn);
      break;
    }
}

/**
 * td_engine_handle:
 * @event: what happened
 * @now: monotonic milliseconds
 * @random: 0 ≤ r < 1
 *
 * Returns: (transfer full) (element-type TdAction): what to do, in order. When one can't be
 * done, leave the rest and tell TD_EVENT_APPLY_FAILED.
 */
GArray *
td_engine_handle (TdEngine *self, const TdEvent *event, gint64 now, double random)
{
  TdTurn turn = { self, event, now, random, NULL };

  g_return_val_if_fail (self != NULL && event != NULL, NULL);
  g_return_val_if_fail (random >= 0 && random < 1, NULL);

  turn.actions = g_array_new (FALSE, FALSE, sizeof (TdAction));
  take_wishes (self, event);
  dispatch (&turn);
  tell (&turn);
  return turn.actions;
}
