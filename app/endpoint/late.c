/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/late.h"

#include "dossier/acting.h"
#include "endpoint/arrivals.h"
#include "endpoint/centre-private.h"
#include "endpoint/revoke.h"

#include <glib/gi18n.h>
#include <string.h>

/* ---- keeping ------------------------------------------------------------------- */

static void
keep_one (TdCentre *self, const char *key, const TdSyncRequest *request, guint index, const char *chain, gint64 now)
{
  const TdSyncOp *op = request->ops->pdata[index];
  TdArrived arrived;
  TdLate late = { NULL, (char *)key, request->life, op->i, op->body, op->sig, (char *)chain, now, TD_LATE_WAITS, 0, 0 };

  td_arrival_read (key, op->body, op->sig, &arrived);
  late.name = arrived.name;
  self->journal->add_late (self->journal, &late);
  td_arrival_clear (&arrived);
}

/* A machine in wrong hands must not fill the disk. */
static gboolean
has_room (TdCentre *self, const char *key, const TdSyncRequest *request)
{
  gint64 operations, bytes;

  self->journal->count_late (self->journal, key, TD_LATE_WAITS, &operations, &bytes);
  for (guint i = 0; i < request->ops->len; i++)
    bytes += (gint64)strlen (((TdSyncOp *)request->ops->pdata[i])->body);
  return operations + request->ops->len <= TD_LATE_MOST && bytes <= TD_LATE_BYTES_MOST;
}

static void
keep_all (TdCentre *self, const char *key, const TdSyncRequest *request, GPtrArray *chains, gint64 now, TdProblem *told)
{
  TdJournal *journal = self->journal;
  guint last = request->ops->len;

  if (last > 0 && has_room (self, key, request))
    {
      for (guint i = 0; i < last; i++)
        keep_one (self, key, request, i, chains->pdata[i], now);
      told->n = ((TdSyncOp *)request->ops->pdata[last - 1])->i;
    }
  journal->count_late (journal, key, TD_LATE_WAITS, &told->kept, NULL);
  journal->count_late (journal, key, TD_LATE_ADMITTED, &told->admitted, NULL);
  journal->count_late (journal, key, TD_LATE_DISCARDED, &told->discarded, NULL);
}

static void
replace_problem (TdProblem **problem, TdProblem *other)
{
  td_problem_free (*problem);
  *problem = other;
}

void
td_centre_keep_late (
    TdCentre *self, const char *key, const TdSyncRequest *request, const TdMoment *moment, TdProblem **problem)
{
  TdJournal *journal = self->journal;
  g_autoptr (GPtrArray) chains = g_ptr_array_new_with_free_func (g_free);
  TdProblem *wrong = NULL;
  GError *error = NULL;

  if (strcmp ((*problem)->type, "revoked") != 0)
    return;
  if (!td_arrivals_linked (key, request, chains, &wrong))
    {
      replace_problem (problem, wrong);
      return;
    }
  if (!journal->begin (journal, &error))
    {
      replace_problem (problem, td_centre_trouble (error));
      return;
    }
  keep_all (self, key, request, chains, moment->now, *problem);
  if (!journal->commit (journal, &error))
    replace_problem (problem, td_centre_trouble (error));
}

gboolean
td_centre_keep_late_file (TdCentre *self, const char *key, const char *sha, gint64 length, TdProblem **problem)
{
  TdJournal *journal = self->journal;
  GError *error = NULL;

  if (journal->begin (journal, &error))
    {
      journal->add_file (journal, sha, length);
      journal->add_late_file (journal, key, sha);
      if (journal->commit (journal, &error))
        return TRUE;
    }
  *problem = td_centre_trouble (error);
  return FALSE;
}

/* ---- deciding --------------------------------------------------------------------- */

static gboolean
fail (GError **error, const char *format, const char *what)
{
  g_autofree char *sentence = g_strdup_printf (format, what);

  g_set_error_literal (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_UNIT, sentence);
  return FALSE;
}

/* Those of @ids, or all; each of @ids must wait. */
static GPtrArray *
chosen (TdCentre *self, const char *key, const char *const *ids, GError **error)
{
  g_autoptr (GPtrArray) list = self->journal->late (self->journal, key);
  guint wanted = ids == NULL ? 0 : g_strv_length ((char **)ids);

  for (guint w = 0; w < wanted; w++)
    {
      gboolean waits = FALSE;

      for (guint i = 0; i < list->len; i++)
        waits = waits || strcmp (((TdLate *)list->pdata[i])->name, ids[w]) == 0;
      if (!waits)
        {
          fail (error, _ ("nothing with the number “%s” waits of this machine; see --late"), ids[w]);
          return NULL;
        }
    }
  for (guint i = list->len; wanted > 0 && i > 0; i--)
    if (!g_strv_contains (ids, ((TdLate *)list->pdata[i - 1])->name))
      g_ptr_array_remove_index (list, i - 1);
  return g_steal_pointer (&list);
}

static char *
own_word (TdCentre *self, const char *verb, const TdDevice *device, const TdMoment *moment)
{
  JsonObject *content = td_centre_begin (verb, moment);

  json_object_set_string_member (content, "key", device->key);
  if (strcmp (verb, "admit") == 0)
    {
      json_object_set_string_member (content, "unit", device->unit);
      json_object_set_string_member (content, "roles", device->roles);
    }
  return td_centre_own (self, content, moment);
}

/* Without an envelope: the number of its life is not used up, and the device that sends it again gets this verdict. */
TdLogged *
td_centre_enter_late (TdCentre *self, TdState *state, const TdLate *late, const TdArrived *read, const TdMoment *moment)
{
  TdArrival arrival = { late->key, late->life,  late->i,         late->name,    late->body,
                        late->sig, late->chain, read->operation, read->refusal, read->detail };

  return td_centre_enter (self, state, &arrival, moment);
}

static void
enter (TdCentre *self, TdState *state, const TdLate *late, const TdMoment *moment, TdLateDecided *decided)
{
  TdArrived read;
  g_autoptr (TdLogged) op = NULL;

  td_arrival_read (late->key, late->body, late->sig, &read);
  op = td_centre_enter_late (self, state, late, &read, moment);
  decided->admitted++;
  decided->refused += !op->ok;
  self->journal->decide_late (self->journal, late->name, TD_LATE_ADMITTED);
  td_arrival_clear (&read);
}

/* Its files count from now on as if the unit had sent them. */
static void
take_files (TdCentre *self, const TdDevice *device)
{
  TdJournal *journal = self->journal;
  const TdUnit *unit = td_device_unit (self->units, device);
  g_autoptr (GPtrArray) shas = journal->late_files (journal, device->key);

  for (guint i = 0; i < shas->len; i++)
    journal->add_holder (journal, unit == NULL ? device->unit : unit->key, shas->pdata[i]);
  journal->drop_late_files (journal, device->key);
}

/* The machine counts for just as long as its operations are judged: admitted, heard, revoked, in one transaction. So
 * the journal says who let them in, and a replay needs to know nothing else. A number of its life is not used up:
 * enrolled again it sends them in their envelopes, and gets these verdicts. */
static char *
admit_all (TdCentre *self, TdDevice *device, GPtrArray *list, const TdMoment *moment, TdLateDecided *decided)
{
  gboolean revoked = device->revoked;
  char *refusal = revoked ? own_word (self, "admit", device, moment) : NULL;

  if (refusal != NULL)
    return refusal;
  take_files (self, device);
  {
    TdState *state = td_centre_state (self);

    for (guint i = 0; i < list->len; i++)
      enter (self, state, list->pdata[i], moment, decided);
    td_state_free (state);
  }
  return revoked ? own_word (self, "revoke", device, moment) : NULL;
}

gboolean
td_centre_admit_late (TdCentre *self,
                      const char *code,
                      const char *const *ids,
                      const TdMoment *moment,
                      TdLateDecided *decided,
                      GError **error)
{
  TdJournal *journal = self->journal;
  g_autofree char *key = td_centre_find_machine (self, code, TRUE, error);
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *refusal = NULL;
  TdState *state;

  *decided = (TdLateDecided){ 0, 0, 0 };
  if (key == NULL || !journal->begin (journal, error))
    return FALSE;
  td_centre_refresh (self);
  list = chosen (self, key, ids, error);
  if (list == NULL)
    {
      journal->rollback (journal);
      return FALSE;
    }
  state = td_centre_state (self);
  if (list->len > 0)
    refusal = admit_all (self, td_state_device (state, key), list, moment, decided);
  td_state_free (state);
  if (refusal == NULL)
    return journal->commit (journal, error);
  journal->rollback (journal);
  return fail (error, _ ("what came too late can't be admitted: %s"), refusal);
}

gboolean
td_centre_discard_late (
    TdCentre *self, const char *code, const char *const *ids, TdLateDecided *decided, GError **error)
{
  TdJournal *journal = self->journal;
  g_autofree char *key = td_centre_find_machine (self, code, TRUE, error);
  g_autoptr (GPtrArray) list = NULL;

  *decided = (TdLateDecided){ 0, 0, 0 };
  if (key == NULL || !journal->begin (journal, error))
    return FALSE;
  list = chosen (self, key, ids, error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    journal->decide_late (journal, ((TdLate *)list->pdata[i])->name, TD_LATE_DISCARDED);
  if (list == NULL)
    {
      journal->rollback (journal);
      return FALSE;
    }
  if (ids == NULL || ids[0] == NULL)
    journal->drop_late_files (journal, key);
  decided->discarded = list->len;
  return journal->commit (journal, error);
}
