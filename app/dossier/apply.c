/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/apply-private.h"
#include "dossier/taker.h"

#include <string.h>

void
td_outcome_free (TdOutcome *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->detail);
  g_ptr_array_unref (self->beside);
  g_free (self);
}

gboolean
td_refuse (TdAttempt *self, const char *code, const char *detail)
{
  self->outcome->ok = FALSE;
  td_replace (&self->outcome->code, code);
  td_replace (&self->outcome->detail, detail);
  return FALSE;
}

void
td_replace (char **field, const char *text)
{
  char *copy = g_strdup (text == NULL ? "" : text);

  g_free (*field);
  *field = copy;
}

/* ---- the common checks of a step --------------------------------------------- */

static TdTaker
taker_of (TdAttempt *self)
{
  return (TdTaker){ self->state, self->context->units, td_attempt_board (self), self->unit, self->device->roles };
}

static gboolean
names_no_epoch (TdAttempt *self)
{
  return self->operation->kind == TD_OP_OPINION || strcmp (self->operation->verb, "withdraw") == 0;
}

static gboolean
check_named_state (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  gboolean submits = strcmp (self->operation->verb, "submit") == 0;

  if (names_no_epoch (self))
    return self->operation->kind != TD_OP_OPINION || strcmp (self->operation->verb, "attest") == 0
           || td_has_digest (self, dossier, named->digest) || td_refuse (self, "digest", dossier->id);
  if (named->epoch != dossier->epoch)
    return td_refuse (self, "custody", dossier->id);
  return submits || strcmp (named->digest, dossier->digest) == 0 || td_refuse (self, "digest", dossier->id);
}

/* Who takes back what the next level has received meanwhile is told just that. */
static gboolean
came_too_late (TdAttempt *self, TdDossier *dossier)
{
  return strcmp (self->operation->verb, "recall") == 0 && dossier->received && strcmp (dossier->stage, "received") == 0;
}

/* No step is skipped: the refusal names those that come first, or the dossier where none would help. */
static gboolean
refuse_stage (TdAttempt *self, TdDossier *dossier)
{
  g_autoptr (GPtrArray) missed
      = td_campaign_missed_steps (self->context->campaign, dossier->stage, self->operation->verb);
  g_autofree char *steps = g_strjoinv (" ", (char **)missed->pdata);

  return td_refuse (self, "stage", td_step_fits_type (self->rule, dossier) && *steps != '\0' ? steps : dossier->id);
}

static gboolean
check_dossier (TdAttempt *self, const TdVerb *verb, const TdNamed *named)
{
  TdDossier *dossier = td_state_dossier (self->state, named->dossier);
  TdTaker taker = taker_of (self);

  if (dossier == NULL && strcmp (self->operation->verb, "attest") != 0)
    return td_refuse (self, "unknown", named->dossier);
  if (dossier != NULL)
    {
      if (!td_taker_is_entitled (&taker, self->rule, dossier))
        return td_refuse (self, td_holds (dossier, self->unit) ? "unit" : "custody", dossier->id);
      if (came_too_late (self, dossier))
        return td_refuse (self, "received", dossier->id);
      if (!td_step_fits (self->rule, dossier))
        return refuse_stage (self, dossier);
      if (!check_named_state (self, dossier, named))
        return FALSE;
    }
  return verb->check == NULL || verb->check (self, dossier, named);
}

/** td_verb_takes_several: whether the table of steps marks @verb with a star: several dossiers, all or none. */
gboolean
td_verb_takes_several (const char *verb)
{
  static const char *const several[]
      = { "submit", "recall", "to_council", "council_opinion", "to_chairman", "decide", NULL };

  return g_strv_contains (several, verb);
}

static const TdVerb *
find_verb (const char *name)
{
  const TdVerb *tables[] = { td_submit_verbs, td_route_verbs, td_board_verbs, td_opinion_verbs };

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const TdVerb *verb = tables[t]; verb->verb != NULL; verb++)
      if (strcmp (verb->verb, name) == 0)
        return verb;
  return NULL;
}

static gboolean
check_step (TdAttempt *self, const TdVerb *verb)
{
  TdTaker taker = taker_of (self);

  if (!td_taker_has_role (&taker, self->rule))
    return td_refuse (self, "rights", self->operation->verb);
  if (self->named->len > 1 && !td_verb_takes_several (verb->verb))
    return td_refuse (self, "format", self->operation->verb);
  if (verb->begin != NULL && !verb->begin (self))
    return FALSE;
  for (guint i = 0; i < self->named->len; i++)
    if (!check_dossier (self, verb, &g_array_index (self->named, TdNamed, i)))
      return FALSE;
  return TRUE;
}

static void
apply_step (TdAttempt *self)
{
  const TdVerb *verb = find_verb (self->operation->verb);

  self->rule = td_campaign_step (self->context->campaign, self->operation->verb);
  if (verb == NULL || self->rule == NULL)
    {
      td_refuse (self, "kind", self->operation->verb);
      return;
    }
  self->named = td_operation_named (self->operation);
  if (check_step (self, verb))
    {
      for (guint i = 0; i < self->named->len; i++)
        {
          const TdNamed *named = &g_array_index (self->named, TdNamed, i);

          verb->act (self, td_state_dossier (self->state, named->dossier), named);
        }
      if (verb->end != NULL)
        verb->end (self);
      if (!self->context->courtesy)
        td_doubles_renew (self);
    }
  g_array_unref (self->named);
}

/**
 * td_apply:
 * @state: changed only when the outcome is ok
 * @operation: parsed, its signature already verified
 * @context: under which campaign, units, day and place in the sequence it is judged (model.md 1.8)
 *
 * The one function by which anything changes, on every desk and at the endpoint.
 *
 * Returns: (transfer full): ok, or the code of the refusal
 */
TdOutcome *
td_apply (TdState *state, const TdOperation *operation, const TdContext *context)
{
  TdAttempt self = { .state = state, .operation = operation, .context = context };

  g_return_val_if_fail (state != NULL && operation != NULL && context != NULL, NULL);

  self.outcome = g_new0 (TdOutcome, 1);
  self.outcome->ok = TRUE;
  self.outcome->code = g_strdup ("");
  self.outcome->detail = g_strdup ("");
  self.outcome->beside = g_ptr_array_new_with_free_func (g_free);
  self.device = td_state_device (state, context->key);
  self.unit = self.device == NULL ? NULL : td_device_unit (context->units, self.device);
  if (self.device == NULL)
    td_refuse (&self, "device", context->key);
  else if (self.device->revoked)
    td_refuse (&self, "revoked", context->key);
  else if (operation->kind == TD_OP_ADMIN)
    td_apply_admin (&self);
  else if (self.unit == NULL)
    td_refuse (&self, "unit", self.device->unit);
  else if (operation->kind == TD_OP_EDIT)
    td_apply_edit (&self);
  else
    apply_step (&self);
  return self.outcome;
}
