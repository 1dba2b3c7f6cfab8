/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "dossier/apply-private.h"
#include "dossier/call-code.h"
#include "endpoint/receive.h"
#include "store/packages.h"

#include <string.h>

/* Known bugs, planted from outside: functions of the program are wrapped by the linker, those of the journal replaced
 * in its table. Without a bug every one of them only passes on. */

static const struct
{
  const char *name, *check;
} bugs[SIM_N_BUGS] = {
  [SIM_BUG_NONE] = { "none", "" },
  [SIM_BUG_EARLY_ANSWER] = { "answer-before-commit", "durable" },
  [SIM_BUG_CURSOR_ALONE] = { "cursor-outside-transaction", "cursor" },
  [SIM_BUG_ID_IGNORED] = { "id-ignored", "doubled" },
  [SIM_BUG_SENT_IS_DONE] = { "outbox-cleared-on-send", "acknowledged" },
  [SIM_BUG_SCOPE] = { "wrong-scope", "visible" },
  [SIM_BUG_HASH_UNCHECKED] = { "hash-unchecked", "files" },
  [SIM_BUG_REFUSED_DROPPED] = { "refused-dropped", "kept" },
  [SIM_BUG_CLIENT_CLOCK] = { "client-clock", "clock" },
  [SIM_BUG_CUSTODY_UNCHECKED] = { "custody-unchecked", "custody" },
  [SIM_BUG_GAP] = { "gap-in-sequence", "sequence" },
  [SIM_BUG_VERDICT_FORGOTTEN] = { "verdict-forgotten", "verdict" },
  [SIM_BUG_BESIDE_DROPPED] = { "beside-dropped", "beside" },
  [SIM_BUG_EDIT_IN_MEMORY] = { "edit-in-memory", "saved" },
  [SIM_BUG_PAGE_LOST] = { "row-left-out", "cursor" },
  [SIM_BUG_HEAD_OF_LINE] = { "refused-holds-up", "progress" },
  [SIM_BUG_FULL_UNNOTICED] = { "full-disk-unnoticed", "texts" },
  [SIM_BUG_WHOLE_FORGOTTEN] = { "whole-part-forgotten", "files" },
  [SIM_BUG_CARRIED_COUNTS] = { "carried-into-mirror", "mirror" },
  [SIM_BUG_CALL_FORGOTTEN] = { "call-forgotten", "calls" },
  [SIM_BUG_CALL_OF_ANYBODY] = { "call-of-anybody", "calls" },
};

const char *
sim_bug_name (SimBug bug)
{
  return bugs[bug].name;
}

const char *
sim_bug_check (SimBug bug)
{
  return bugs[bug].check;
}

static gboolean
is_planted (SimBug bug)
{
  return sim->bug == bug;
}

/* ---- the journal -------------------------------------------------------------------------------------------------------- */

static TdJournal real;

static gboolean
bad_commit (TdJournal *journal, GError **error)
{
  if (!sim_chance (15))
    return real.commit (journal, error);
  real.rollback (journal);
  return TRUE;
}

static TdLogged *
bad_op_by_id (TdJournal *journal, const char *id)
{
  TdLogged *known = real.op_by_id (journal, id);

  if (is_planted (SIM_BUG_ID_IGNORED))
    g_clear_pointer (&known, td_logged_free);
  else if (known != NULL)
    known->ok = !known->ok;
  return known;
}

static void
bad_add_op (TdJournal *journal, const TdLogged *op)
{
  g_autoptr (TdLogged) known = real.op_by_id (journal, op->id);
  g_autofree char *other = known == NULL ? NULL : sim_id ();
  TdLogged copy = *op;

  if (other != NULL)
    copy.id = other;
  real.add_op (journal, &copy);
}

static void
bad_each_shown (
    TdJournal *journal, const char *unit, gint64 q, const char *kind, const char *id, TdJournalRow row, gpointer data)
{
  real.each_shown (journal, unit, q, kind, id, row, data);
  if (sim_chance (20))
    real.each_shown (journal, SIM_COMMUNE, q, kind, id, row, data);
}

static gboolean entering;

static gint64
bad_last_q (TdJournal *journal)
{
  return real.last_q (journal) + (entering && sim_chance (5) ? 1 : 0);
}

void
sim_bugs_plant (void)
{
  TdJournal *journal = td_centre_journal (sim->centre);

  real = *journal;
  if (is_planted (SIM_BUG_EARLY_ANSWER))
    journal->commit = bad_commit;
  if (is_planted (SIM_BUG_ID_IGNORED) || is_planted (SIM_BUG_VERDICT_FORGOTTEN))
    journal->op_by_id = bad_op_by_id;
  if (is_planted (SIM_BUG_ID_IGNORED))
    journal->add_op = bad_add_op;
  if (is_planted (SIM_BUG_SCOPE))
    journal->each_shown = bad_each_shown;
  if (is_planted (SIM_BUG_GAP))
    journal->last_q = bad_last_q;
}

/* ---- the endpoint ---------------------------------------------------------------------------------------------------------- */

TdLogged *__real_td_centre_enter (TdCentre *self, TdState *state, const TdArrival *arrival, const TdMoment *moment);
TdLogged *__wrap_td_centre_enter (TdCentre *self, TdState *state, const TdArrival *arrival, const TdMoment *moment);
TdOutcome *__real_td_apply (TdState *state, const TdOperation *operation, const TdContext *context);
TdOutcome *__wrap_td_apply (TdState *state, const TdOperation *operation, const TdContext *context);
gboolean __real_td_part_is_what_it_says (TdPart *part);
gboolean __wrap_td_part_is_what_it_says (TdPart *part);

TdLogged *
__wrap_td_centre_enter (TdCentre *self, TdState *state, const TdArrival *arrival, const TdMoment *moment)
{
  TdMoment told = *moment;
  TdLogged *op;

  if (is_planted (SIM_BUG_CLIENT_CLOCK) && arrival->operation != NULL)
    told.now = arrival->operation->at;
  entering = TRUE;
  op = __real_td_centre_enter (self, state, arrival, &told);
  entering = FALSE;
  return op;
}

/* Whoever takes a step holds the dossier. */
static TdOutcome *
apply_for_anybody (TdState *state, const TdOperation *operation, const TdContext *context)
{
  g_autoptr (GArray) named = td_operation_named (operation);
  TdDossier *dossier = named->len == 0 ? NULL : td_state_dossier (state, g_array_index (named, TdNamed, 0).dossier);
  const TdDevice *device = td_state_device (state, context->key);
  g_autofree char *holder = dossier == NULL ? NULL : g_strdup (dossier->holder);
  TdOutcome *outcome;

  if (dossier != NULL && device != NULL)
    {
      g_free (dossier->holder);
      dossier->holder = g_strdup (device->unit);
    }
  outcome = __real_td_apply (state, operation, context);
  if (!outcome->ok && dossier != NULL)
    {
      g_free (dossier->holder);
      dossier->holder = g_steal_pointer (&holder);
    }
  return outcome;
}

TdOutcome *
__wrap_td_apply (TdState *state, const TdOperation *operation, const TdContext *context)
{
  TdOutcome *outcome;

  if (is_planted (SIM_BUG_CUSTODY_UNCHECKED) && !context->courtesy && operation->kind == TD_OP_STEP
      && strcmp (operation->verb, "withdraw") != 0)
    return apply_for_anybody (state, operation, context);
  outcome = __real_td_apply (state, operation, context);
  if (is_planted (SIM_BUG_BESIDE_DROPPED) && !context->courtesy && outcome->beside->len > 0)
    g_ptr_array_set_size (td_state_record (state, td_operation_text (operation, "r"))->beside, 0);
  return outcome;
}

void __real_td_call_settle (TdAttempt *self, const TdRecord *submission);
void __wrap_td_call_settle (TdAttempt *self, const TdRecord *submission);

/* Everybody's calls of that code, and everybody is told. */
static void
settle_for_anybody (TdAttempt *self, const TdRecord *submission)
{
  const TdUnits *units = self->context->units;
  const char *campaign = td_campaign_id (self->context->campaign);
  g_autofree char *code = td_call_code_of (self->operation, campaign, submission->owner);
  g_autoptr (GPtrArray) all = td_units_all (units);

  for (guint u = 0; u < all->len; u++)
    {
      const TdUnit *unit = all->pdata[u];
      g_autofree char *id = td_call_id (campaign, unit->key, code);
      GPtrArray *calls = td_state_receipts (self->state, id);

      for (guint i = 0; calls != NULL && i < calls->len; i++)
        td_replace (&((TdReceipt *)calls->pdata[i])->submit, self->operation->id);
      if (calls != NULL)
        td_state_mark (self->state, "receipt", id);
      for (; calls != NULL && unit != NULL; unit = td_units_next_hop (units, unit))
        td_state_show (self->state, unit->key, "receipt", id);
    }
}

void
__wrap_td_call_settle (TdAttempt *self, const TdRecord *submission)
{
  if (!is_planted (SIM_BUG_CALL_FORGOTTEN))
    __real_td_call_settle (self, submission);
  if (is_planted (SIM_BUG_CALL_OF_ANYBODY))
    settle_for_anybody (self, submission);
}

gboolean
__wrap_td_part_is_what_it_says (TdPart *part)
{
  return is_planted (SIM_BUG_HASH_UNCHECKED) || __real_td_part_is_what_it_says (part);
}

gboolean __real_td_receive_whole (TdCentre *centre,
                                  TdParts *parts,
                                  TdPart *part,
                                  const char *unit,
                                  const char *sha,
                                  const char *path,
                                  TdProblem **problem);
gboolean __wrap_td_receive_whole (TdCentre *centre,
                                  TdParts *parts,
                                  TdPart *part,
                                  const char *unit,
                                  const char *sha,
                                  const char *path,
                                  TdProblem **problem);

/* It is killed right there more often than a seed would. */
gboolean
__wrap_td_receive_whole (TdCentre *centre,
                         TdParts *parts,
                         TdPart *part,
                         const char *unit,
                         const char *sha,
                         const char *path,
                         TdProblem **problem)
{
  if (is_planted (SIM_BUG_WHOLE_FORGOTTEN) && sim_chance (20))
    sim->machines[SIM_CENTRE].dead = TRUE;
  return __real_td_receive_whole (centre, parts, part, unit, sha, path, problem);
}

gboolean __real_td_receive_settle (
    TdCentre *centre, TdParts *parts, const char *unit, const char *sha, const char *path, TdProblem **problem);
gboolean __wrap_td_receive_settle (
    TdCentre *centre, TdParts *parts, const char *unit, const char *sha, const char *path, TdProblem **problem);

gboolean
__wrap_td_receive_settle (
    TdCentre *centre, TdParts *parts, const char *unit, const char *sha, const char *path, TdProblem **problem)
{
  return is_planted (SIM_BUG_WHOLE_FORGOTTEN) || __real_td_receive_settle (centre, parts, unit, sha, path, problem);
}

/* ---- a desk ------------------------------------------------------------------------------------------------------------------- */

gboolean __real_td_store_apply_answer (TdStore *self, const TdSyncAnswer *answer, gboolean *moved, GError **error);
gboolean __wrap_td_store_apply_answer (TdStore *self, const TdSyncAnswer *answer, gboolean *moved, GError **error);
GPtrArray *__real_td_store_seal (TdStore *self, gsize max, char **tip, GError **error);
GPtrArray *__wrap_td_store_seal (TdStore *self, gsize max, char **tip, GError **error);
gboolean
__wrap_td_store_apply_answer (TdStore *self, const TdSyncAnswer *answer, gboolean *moved, GError **error)
{
  gboolean good;

  if (is_planted (SIM_BUG_CURSOR_ALONE) && td_store_set (self, TD_META_CURSOR, answer->cur, NULL) && sim_chance (20))
    sim->machines[sim->acting].dead = TRUE;
  if (is_planted (SIM_BUG_PAGE_LOST) && answer->ch->len > 0 && sim_chance (10))
    g_ptr_array_set_size (answer->ch, (int)answer->ch->len - 1);
  good = __real_td_store_apply_answer (self, answer, moved, error);
  if (is_planted (SIM_BUG_REFUSED_DROPPED) && good)
    td_db_run (td_store_db (self), NULL, "DELETE FROM outbox WHERE state = 5", NULL);
  return good;
}

gboolean __real_td_store_carry (
    TdStore *self, const TdBundle *bundle, const TdCarriedPackage *package, GPtrArray *requests, GError **error);
gboolean __wrap_td_store_carry (
    TdStore *self, const TdBundle *bundle, const TdCarriedPackage *package, GPtrArray *requests, GError **error);

gboolean
__wrap_td_store_carry (
    TdStore *self, const TdBundle *bundle, const TdCarriedPackage *package, GPtrArray *requests, GError **error)
{
  gboolean good = __real_td_store_carry (self, bundle, package, requests, error);

  if (is_planted (SIM_BUG_CARRIED_COUNTS) && good)
    td_db_run (td_store_db (self), NULL,
               "INSERT OR IGNORE INTO entity (kind, id, body, q) SELECT 'record', id, body, 1 FROM carried_op", NULL);
  return good;
}

gboolean __real_td_store_edit (TdStore *self,
                               const TdEditOf *of,
                               const TdChange *changes,
                               gsize n_changes,
                               const char *const *settles,
                               GError **error);
gboolean __wrap_td_store_edit (TdStore *self,
                               const TdEditOf *of,
                               const TdChange *changes,
                               gsize n_changes,
                               const char *const *settles,
                               GError **error);

gboolean
__wrap_td_store_edit (TdStore *self,
                      const TdEditOf *of,
                      const TdChange *changes,
                      gsize n_changes,
                      const char *const *settles,
                      GError **error)
{
  gboolean good = __real_td_store_edit (self, of, changes, n_changes, settles, error);

  if (good || !is_planted (SIM_BUG_FULL_UNNOTICED))
    return good;
  g_clear_error (error);
  return TRUE;
}

static gboolean
has_refused (TdStore *store)
{
  g_autoptr (GPtrArray) refused = td_store_problems (store);

  return refused->len > 0;
}

GPtrArray *
__wrap_td_store_seal (TdStore *self, gsize max, char **tip, GError **error)
{
  GPtrArray *ops;

  if (is_planted (SIM_BUG_HEAD_OF_LINE) && has_refused (self))
    {
      *tip = g_strdup ("");
      return g_ptr_array_new ();
    }
  ops = __real_td_store_seal (self, max, tip, error);
  if (is_planted (SIM_BUG_SENT_IS_DONE) && ops != NULL)
    td_db_run (td_store_db (self), NULL, "UPDATE outbox SET state = 4 WHERE state = 2", NULL);
  return ops;
}

/* Edits that still coalesce were in memory only: a kill takes them along. */
void
sim_bugs_close (TdStore *store)
{
  if (is_planted (SIM_BUG_EDIT_IN_MEMORY))
    td_db_run (td_store_db (store), NULL, "DELETE FROM outbox WHERE state = 0", NULL);
}
