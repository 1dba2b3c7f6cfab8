/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/centre-private.h"

#include "dossier/crypto.h"
#include "endpoint/arrivals.h"
#include "endpoint/late.h"
#include "endpoint/recover.h"

#include <string.h>

/* One request: operations up, verdicts down (exchange.md 2.4, model.md 1.2). */

typedef struct
{
  TdCentre *centre;
  TdState *state;
  const char *key;
  const TdSyncRequest *request;
  const TdMoment *moment;
  gint64 n;          /* last number of this life we have */
  char *tip;         /* chain value there */
  GPtrArray *chains; /* chain value of each op of the request */
  TdSyncAnswer *answer;
} Push;

static gboolean
fail (TdProblem **problem, guint status, const char *type, const char *detail)
{
  *problem = td_problem_new (status, type, detail);
  return FALSE;
}

static const TdSyncOp *
op_at (const Push *push, guint index)
{
  return push->request->ops->pdata[index];
}

static gboolean
gap (Push *push, TdProblem **problem)
{
  fail (problem, 409, "op-gap", NULL);
  (*problem)->n = push->n;
  return FALSE;
}

/* Where the first operation that is new to us must begin. */
static gboolean
check_position (Push *push, TdProblem **problem)
{
  gint64 first = push->request->ops->len == 0 ? 0 : op_at (push, 0)->i;
  gint64 next = push->n + 1;
  const char *tip = push->n == 0 ? TD_CHAIN_START : push->tip;

  if (push->request->n > push->n || first > next)
    return gap (push, problem);
  if (push->request->ops->len > next - first && first > 0
      && strcmp (op_at (push, (guint)(next - first))->prev, tip) != 0)
    return fail (problem, 409, "device-forked", "another history of this life is known");
  return TRUE;
}

/* ---- one operation --------------------------------------------------------------- */

static void
add_verdict (Push *push, const TdSyncOp *op, const TdArrived *reading, const TdLogged *known, gboolean reused)
{
  TdSyncVerdict *verdict = td_sync_verdict_new ();

  g_free (verdict->id);
  g_free (verdict->code);
  g_free (verdict->detail);
  g_strfreev (verdict->beside);
  verdict->i = op->i;
  verdict->id = g_strdup (reading->id);
  verdict->q = known->q;
  verdict->ok = known->ok && !reused;
  verdict->code = g_strdup (reused ? "reused" : known->code);
  verdict->detail = g_strdup (reused ? "" : known->detail);
  verdict->beside = reused ? g_new0 (char *, 1) : g_strdupv (known->beside);
  g_ptr_array_add (push->answer->res, verdict);
}

/* Known by id and bytes: the verdict of old. Known by id, other bytes: refused alone. New: judged. */
static void
judge_op (Push *push, const TdSyncOp *op, const char *chain, const TdArrived *reading)
{
  TdJournal *journal = push->centre->journal;
  g_autoptr (TdLogged) known = journal->op_by_id (journal, reading->name);
  gboolean reused = known != NULL && strcmp (known->digest, op->digest) != 0;

  if (known == NULL)
    {
      TdArrival arrival
          = { push->key,          push->request->life, op->i,          reading->name, op->body, op->sig, chain,
              reading->operation, reading->refusal,    reading->detail };

      known = td_centre_enter (push->centre, push->state, &arrival, push->moment);
    }
  add_verdict (push, op, reading, known, reused);
}

static gboolean
take_op (Push *push, guint index, TdProblem **problem)
{
  TdJournal *journal = push->centre->journal;
  const TdSyncOp *op = op_at (push, index);
  const char *chain = push->chains->pdata[index];
  const char *life = push->request->life;
  gboolean seen = op->i <= push->n;
  g_autofree char *before = seen ? journal->envelope (journal, push->key, life, op->i) : NULL;
  TdArrived reading;
  gboolean same;

  td_arrival_read (push->key, op->body, op->sig, &reading);
  same = !seen || g_strcmp0 (before, reading.name) == 0;
  if (same)
    judge_op (push, op, chain, &reading);
  if (!seen)
    {
      journal->add_envelope (journal, push->key, life, op->i, reading.name);
      push->n = op->i;
      g_free (push->tip);
      push->tip = g_strdup (chain);
    }
  td_arrival_clear (&reading);
  return same || fail (problem, 409, "device-forked", "this number of this life holds another operation");
}

static gboolean
take_ops (Push *push, TdProblem **problem)
{
  TdJournal *journal = push->centre->journal;
  gint64 before;

  push->n = journal->position (journal, push->key, push->request->life, &push->tip);
  before = push->n;
  if (!check_position (push, problem) || !td_arrivals_linked (push->key, push->request, push->chains, problem))
    return FALSE;
  for (guint i = 0; i < push->request->ops->len; i++)
    if (!take_op (push, i, problem))
      return FALSE;
  if (push->n != before)
    journal->set_position (journal, push->key, push->request->life, push->n, push->tip);
  return TRUE;
}

/* ---- the transaction ----------------------------------------------------------------- */

static gboolean
commit (Push *push, const char *unit, TdProblem **problem)
{
  TdJournal *journal = push->centre->journal;
  GError *error = NULL;

  if (!journal->begin (journal, &error))
    {
      *problem = td_centre_trouble (error);
      return FALSE;
    }
  td_centre_refresh (push->centre);
  if (!take_ops (push, problem))
    {
      /* A read that failed may look like a gap: say which of the two it was. */
      if (!journal->ok (journal, &error))
        {
          td_problem_free (*problem);
          *problem = td_centre_trouble (error);
        }
      journal->rollback (journal);
      return FALSE;
    }
  g_strfreev (push->answer->need);
  push->answer->need = td_centre_need (push->centre, unit);
  push->answer->n = push->n;
  if (journal->commit (journal, &error))
    return TRUE;
  *problem = td_centre_trouble (error);
  return FALSE;
}

static gboolean
push_ops (TdCentre *self,
          const char *key,
          const char *unit,
          const TdSyncRequest *request,
          const TdMoment *moment,
          TdSyncAnswer *answer,
          TdProblem **problem)
{
  Push push = { self, td_centre_state (self), key, request, moment, 0, NULL, NULL, answer };
  gboolean done;

  push.chains = g_ptr_array_new_with_free_func (g_free);
  done = commit (&push, unit, problem);
  g_ptr_array_unref (push.chains);
  g_free (push.tip);
  td_state_free (push.state);
  return done;
}

static void
replace (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

/** td_centre_tag: stands for the catalogue and the day in force. */
char *
td_centre_tag (TdCentre *self, const TdMoment *moment)
{
  g_autofree char *day = td_date_to_iso (moment->day);
  g_autofree char *text = g_strjoin ("\n", td_campaign_digest (self->campaign), self->units_digest, day,
                                     moment->practice ? "practice" : "", NULL);
  g_autofree char *digest = td_digest (text, -1);

  return g_strndup (digest, TD_TAG_SIGNS);
}

static gboolean
tell (TdCentre *self,
      const char *unit,
      const TdSyncRequest *request,
      const TdMoment *moment,
      TdSyncAnswer *answer,
      TdProblem **problem)
{
  GError *error = NULL;

  replace (&answer->k, g_strdup (request->k));
  replace (&answer->day, td_date_to_iso (moment->day));
  replace (&answer->campaign, g_strdup (td_campaign_digest (self->campaign)));
  replace (&answer->units, g_strdup (self->units_digest));
  replace (&answer->head, self->journal->head (self->journal));
  replace (&answer->tag, td_centre_tag (self, moment));
  answer->t = moment->now;
  answer->practice = moment->practice;
  td_centre_pull (self, unit, request, answer);
  if (self->journal->ok (self->journal, &error))
    return TRUE;
  *problem = td_centre_trouble (error);
  return FALSE;
}

TdSyncAnswer *
td_centre_sync (
    TdCentre *self, const char *key, const TdSyncRequest *request, const TdMoment *moment, TdProblem **problem)
{
  g_autofree char *unit = td_centre_unit (self, key, problem);
  g_autoptr (TdSyncAnswer) answer = NULL;
  gint64 q;

  if (unit == NULL)
    {
      td_centre_keep_late (self, key, request, moment, problem);
      return NULL;
    }
  if (td_centre_recovering (self))
    {
      td_centre_keep_lost (self, key, request, moment, problem);
      return NULL;
    }
  if (!td_centre_cursor (self, request->cur, &q, NULL, NULL))
    {
      *problem = td_problem_new (410, "cursor-gone", NULL);
      replace (&(*problem)->cur, g_strconcat (self->incarnation, ".0", NULL));
      return NULL;
    }
  answer = td_sync_answer_new ();
  if (!push_ops (self, key, unit, request, moment, answer, problem)
      || !tell (self, unit, request, moment, answer, problem))
    return NULL;
  return g_steal_pointer (&answer);
}

/* No journal entry, no transaction: two indexed reads for what nearly always is the answer. */
TdSyncAnswer *
td_centre_poll (TdCentre *self, const char *key, const TdPoll *poll, const TdMoment *moment, TdProblem **problem)
{
  g_autofree char *unit = td_centre_unit (self, key, problem);
  g_autofree char *tag = unit == NULL ? NULL : td_centre_tag (self, moment);
  g_autoptr (TdSyncRequest) request = NULL;

  if (unit == NULL)
    return NULL;
  if (td_centre_recovering (self))
    {
      *problem = td_problem_new (503, "recovery", NULL);
      return NULL;
    }
  if (strcmp (tag, poll->tag) == 0 && !td_centre_has_news (self, unit, poll->cur))
    return NULL;
  request = td_sync_request_new ();
  replace (&request->cur, g_strdup (poll->cur));
  replace (&request->k, g_strdup (poll->k));
  request->max = poll->max;
  return td_centre_sync (self, key, request, moment, problem);
}
