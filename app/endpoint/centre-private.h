/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/apply.h"
#include "endpoint/arrivals.h"
#include "endpoint/centre.h"

G_BEGIN_DECLS

/* Inside of the centre: what its files share. */

#define TD_CENTRE_UNIT "centre" /* the unit of the endpoint's own key */
#define TD_CENTRE_ROLE "C"

struct _TdCentre
{
  TdJournal *journal;
  TdCampaign *campaign;
  TdUnits *units;
  char *units_digest;
  char *incarnation;
  char *key, *secret;
  char *life;
  /* While an operation is judged (files.c). */
  TdState *state;
  const TdOperation *judged;
  GPtrArray *missing; /* hashes asked for that weren't whole */
  /* Wrong codes of the last minute (admit.c). */
  gint64 wrong_since;
  guint wrong;
};

/* The units in force. hold: in memory only; put: also in the journal, within the caller's transaction. */
void td_centre_hold_units (TdCentre *self, TdUnits *units);
void td_centre_put_units (TdCentre *self, TdUnits *units);
/* Takes up what another process put in force meanwhile. */
void td_centre_refresh (TdCentre *self);

/* One operation judged and put into the sequence, within the caller's transaction.
 * @operation is NULL where the bytes can't be read: then @refusal says why. */
typedef struct
{
  const char *key;
  const char *life;
  gint64 i;
  const char *name; /* id to store it under */
  const char *body;
  const char *sig;
  const char *chain;
  const TdOperation *operation;
  const char *refusal; /* code, NULL: judge it */
  const char *detail;
} TdArrival;
TdLogged *td_centre_enter (TdCentre *self, TdState *state, const TdArrival *arrival, const TdMoment *moment);
/* One that was kept aside (late.c). */
TdLogged *td_centre_enter_late (
    TdCentre *self, TdState *state, const TdLate *late, const TdArrived *read, const TdMoment *moment);
/* What the audit chain adds for one entry. */
char *td_centre_head (const char *previous, const TdLogged *op);
/* The step entity: what was signed, and where it stands. Shared with replay.c. */
void td_centre_put_step (TdState *state, const TdOperation *operation, const TdLogged *op, TdDate day);
/* The first entry of every journal: the endpoint's own key. */
gboolean td_centre_is_genesis (const TdLogged *op);
void td_centre_apply_genesis (TdState *state, const char *key);

/* A state for one request; the files it asks about are answered by files.c. */
TdState *td_centre_state (TdCentre *self);
/* Hashes @unit's records name and the endpoint waits for; those it could read
 * through another's record are its own from now on. */
char **td_centre_need (TdCentre *self, const char *unit);
void td_centre_pull (TdCentre *self, const char *unit, const TdSyncRequest *request, TdSyncAnswer *answer);
gboolean td_centre_has_news (TdCentre *self, const char *unit, const char *cursor);
char *td_centre_tag (TdCentre *self, const TdMoment *moment); /* owned */
/* FALSE and a problem where the cursor isn't of this incarnation. */
gboolean td_centre_cursor (TdCentre *self, const char *cursor, gint64 *q, char **kind, char **id);
/* A data base that failed, as the client sees it; takes @error. */
TdProblem *td_centre_trouble (GError *error);
/* An operation of the endpoint itself, within the caller's transaction: begun, given
 * its own members, then entered. NULL or the code of its refusal; owned. */
JsonObject *td_centre_begin (const char *verb, const TdMoment *moment);
char *td_centre_own (TdCentre *self, JsonObject *content, const TdMoment *moment);
char *td_random_text (guint bytes); /* hex */

G_END_DECLS
