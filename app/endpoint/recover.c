/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/recover.h"

#include "endpoint/arrivals.h"
#include "endpoint/centre-private.h"
#include "endpoint/late.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
td_centre_recovering (TdCentre *self)
{
  g_autofree char *value = self->journal->get (self->journal, TD_JOURNAL_RECOVERY);

  return *value != '\0';
}

/* No cursor of before may pass for one of the history that begins here. */
gboolean
td_centre_begin_recovery (TdCentre *self, GError **error)
{
  TdJournal *journal = self->journal;
  g_autofree char *incarnation = td_random_text (8);

  if (!journal->begin (journal, error))
    return FALSE;
  journal->set (journal, TD_JOURNAL_INCARNATION, incarnation);
  journal->set (journal, TD_JOURNAL_RECOVERY, "1");
  if (!journal->commit (journal, error))
    return FALSE;
  td_centre_refresh (self);
  return TRUE;
}

/* ---- what desks send again ------------------------------------------------------ */

static void
keep (TdCentre *self, const char *key, const TdSyncRequest *request, guint index, const char *chain, gint64 now)
{
  const TdSyncOp *op = request->ops->pdata[index];
  TdArrived arrived;
  TdLate late
      = { NULL, (char *)key, request->life, op->i, op->body, op->sig, (char *)chain, now, TD_LATE_LOST, op->q, op->t };

  td_arrival_read (key, op->body, op->sig, &arrived);
  late.name = arrived.name;
  self->journal->add_late (self->journal, &late);
  td_arrival_clear (&arrived);
}

static gboolean
has_room (TdCentre *self, const char *key, const TdSyncRequest *request)
{
  gint64 operations, bytes;

  self->journal->count_late (self->journal, key, TD_LATE_LOST, &operations, &bytes);
  return operations + request->ops->len <= TD_LATE_MOST && bytes <= TD_LATE_BYTES_MOST;
}

static void
keep_all (TdCentre *self, const char *key, const TdSyncRequest *request, GPtrArray *chains, gint64 now, TdProblem *told)
{
  g_autofree char *tip = NULL;
  guint last = request->ops->len;

  told->n = MAX (self->journal->position (self->journal, key, request->life, &tip),
                 self->journal->lost_up_to (self->journal, key, request->life));
  /* Without a gap: a desk that doesn't know yet goes on where it was before. */
  if (last == 0 || ((TdSyncOp *)request->ops->pdata[0])->i > told->n + 1 || !has_room (self, key, request))
    return;
  for (guint i = 0; i < last; i++)
    keep (self, key, request, i, chains->pdata[i], now);
  told->n = MAX (told->n, ((TdSyncOp *)request->ops->pdata[last - 1])->i);
}

void
td_centre_keep_lost (
    TdCentre *self, const char *key, const TdSyncRequest *request, const TdMoment *moment, TdProblem **problem)
{
  TdJournal *journal = self->journal;
  g_autoptr (GPtrArray) chains = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TdProblem) told = td_problem_new (503, "recovery", NULL);
  GError *error = NULL;

  if (!td_arrivals_linked (key, request, chains, problem))
    return;
  if (!journal->begin (journal, &error))
    {
      *problem = td_centre_trouble (error);
      return;
    }
  keep_all (self, key, request, chains, moment->now, told);
  *problem = journal->commit (journal, &error) ? g_steal_pointer (&told) : td_centre_trouble (error);
}

/* ---- the end -------------------------------------------------------------------- */

/* When it was committed, as its desk was told: never before what the copy holds, never after now. */
static TdMoment
moment_of (const TdLate *late, const TdMoment *moment, gint64 *floor)
{
  TdMoment then = *moment;

  if (late->t > 0)
    then.now = CLAMP (late->t, *floor, moment->now);
  *floor = then.now;
  if (!moment->practice)
    then.day = td_date_from_unix (then.now);
  return then;
}

static void
note (TdRecovered *recovered, GString *lines, const TdLate *late, const TdArrived *read, const TdLogged *op)
{
  g_autofree char *start = g_strndup (late->key, 4);
  g_autofree char *machine = g_ascii_strup (start, -1);
  g_autofree char *before = g_strdup_printf ("%" G_GINT64_FORMAT, late->q);

  recovered->entered++;
  if (op->ok)
    return;
  recovered->refused++;
  g_string_append_printf (lines, _ ("%s  machine %s, %s, number %s before: %s %s\n"), late->name, machine,
                          read->operation == NULL ? "?" : read->operation->verb, before, op->code, op->detail);
}

static void
enter_all (
    TdCentre *self, GPtrArray *list, const TdMoment *moment, gint64 floor, TdRecovered *recovered, GString *lines)
{
  TdState *state = td_centre_state (self);

  for (guint i = 0; i < list->len; i++)
    {
      const TdLate *late = list->pdata[i];
      TdMoment then = moment_of (late, moment, &floor);
      g_autoptr (TdLogged) op = NULL;
      TdArrived read;

      td_arrival_read (late->key, late->body, late->sig, &read);
      op = td_centre_enter_late (self, state, late, &read, &then);
      self->journal->decide_late (self->journal, late->name, TD_LATE_ADMITTED);
      note (recovered, lines, late, &read, op);
      td_arrival_clear (&read);
    }
  td_state_free (state);
}

static gint64
last_commit (TdJournal *journal)
{
  g_autoptr (TdLogged) last = journal->op_after (journal, journal->last_q (journal) - 1);

  return last == NULL ? 0 : last->at;
}

gboolean
td_centre_end_recovery (TdCentre *self, const TdMoment *moment, TdRecovered *recovered, GError **error)
{
  TdJournal *journal = self->journal;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);

  *recovered = (TdRecovered){ 0, 0, NULL };
  if (!td_centre_recovering (self))
    {
      g_set_error_literal (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_UNIT,
                           _ ("the endpoint is not in recovery; --recover begins one"));
      return FALSE;
    }
  if (!journal->begin (journal, error))
    return FALSE;
  td_centre_refresh (self);
  list = journal->lost (journal);
  enter_all (self, list, moment, last_commit (journal), recovered, lines);
  journal->set (journal, TD_JOURNAL_RECOVERY, "");
  if (!journal->commit (journal, error))
    return FALSE;
  recovered->lines = g_string_free (g_steal_pointer (&lines), FALSE);
  return TRUE;
}
