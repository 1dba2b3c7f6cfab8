/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/engine.h"

G_BEGIN_DECLS

/* Inside of the engine: engine.c has its wishes and times, engine-answers.c what
 * came back. Still pure. */

#define NOT_TOLD (-2)
#define TD_SECOND ((gint64)1000)
#define TD_IDLE_SPREAD (60 * TD_SECOND)

struct _TdEngine
{
  TdLink rest; /* what the last try left; shown when nothing is under way */
  gboolean syncing;
  gboolean moving; /* a file is under way */
  guint failures;
  guint file_failures;
  guint repairs;
  guint stalls;
  gint64 recovered; /* what an endpoint in recovery last said it has, or NOT_TOLD */
  gint64 kept;      /* of a revoked machine: the last number it sent that is kept aside */
  gsize budget;
  gint64 took;
  gint64 sync_at; /* 0: not by itself */
  gint64 file_at; /* 0: not waiting for a file's time */
  gint64 floor;   /* Retry-After: not earlier, unless the person asks */
  gint64 last_try;
  gint64 last_asked;

  /* the data base's wishes as of the last event */
  guint waiting;
  char upload[65];
  char download[65];

  /* told to the driver */
  gint64 timer;
  TdLink shown;
  gint64 shown_at;
};

/* One call's arguments. */
typedef struct
{
  TdEngine *engine;
  const TdEvent *event;
  gint64 now;
  double random;
  GArray *actions;
} TdTurn;

/* ---- engine.c ---- */
TdAction *td_turn_act (TdTurn *turn, TdActionKind kind);
void td_turn_start_sync (TdTurn *turn);
void td_turn_start_file (TdTurn *turn);

/* ---- engine-answers.c ---- */
void td_turn_rest (TdTurn *turn, TdLink link, gint64 at);
void td_turn_answer (TdTurn *turn);
void td_turn_back_off (TdTurn *turn, TdLink link);
void td_turn_applied (TdTurn *turn);
void td_turn_lost (TdTurn *turn, TdLink link);
void td_turn_file (TdTurn *turn);

G_END_DECLS
