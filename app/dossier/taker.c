/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/taker.h"

#include "dossier/apply.h"

#include <string.h>

static gboolean
is_who (const TdStepRule *rule, const char *who)
{
  return strcmp (rule->who, who) == 0;
}

/** td_taker_has_role: the column "roles". */
gboolean
td_taker_has_role (const TdTaker *self, const TdStepRule *rule)
{
  for (guint i = 0; rule->roles != NULL && rule->roles[i] != NULL; i++)
    if (strstr (self->roles, rule->roles[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* ---- type and stage ------------------------------------------------------------------ */

/** td_step_fits_type: registrations and reports know only the steps of the way up and down. */
gboolean
td_step_fits_type (const TdStepRule *rule, const TdDossier *dossier)
{
  static const char *const plain[] = { "submit", "recall", "receive", "return", "withdraw", "attest", NULL };

  return strcmp (dossier->type, "nomination") == 0 || g_strv_contains (plain, rule->id);
}

static gboolean
is_ended (const TdDossier *dossier)
{
  static const char *const ended[] = { "decided", "awarded", "withdrawn", NULL };

  return g_strv_contains (ended, dossier->stage);
}

/**
 * td_step_fits:
 * @rule: the step's row
 * @dossier: a dossier
 *
 * A row that names no stage to come from is for any, as long as the dossier has
 * not come to its end or the step leaves it there.
 */
gboolean
td_step_fits (const TdStepRule *rule, const TdDossier *dossier)
{
  if (!td_step_fits_type (rule, dossier))
    return FALSE;
  if (rule->from != NULL && rule->from[0] != NULL)
    return g_strv_contains ((const char *const *)rule->from, dossier->stage);
  return *rule->to == '\0' || strcmp (rule->to, "before") == 0 || !is_ended (dossier);
}

/* ---- who, now ------------------------------------------------------------------------ */

/** td_carried_up: a unit that is no longer on the owner's way up has handed in, but nothing goes back to it. */
TdCarried *
td_carried_up (const TdUnits *units, const TdDossier *dossier)
{
  const TdUnit *below = td_below_holder (units, dossier);

  for (guint i = dossier->carried->len; i > 0; i--)
    {
      TdCarried *carried = dossier->carried->pdata[i - 1];

      if (carried->active && td_unit_is (below, carried->unit))
        return carried;
    }
  return NULL;
}

static gboolean
was_handed (const TdTaker *self, const TdDossier *dossier)
{
  if (td_holds (dossier, self->unit))
    return TRUE;
  for (gint64 n = dossier->version; n > 0; n--)
    {
      TdVersion *version = td_state_version (self->state, dossier->id, n);

      if (version != NULL && td_unit_is (self->unit, version->to))
        return TRUE;
    }
  return FALSE;
}

/* Steps of the board, and a waiver, are about what lies before it; other
 * opinions need only have been handed the dossier once. */
static gboolean
needs_to_hold (const TdStepRule *rule)
{
  gboolean known;

  return td_operation_kind_of (rule->id, &known) == TD_OP_STEP || strcmp (rule->id, "waive") == 0;
}

static gboolean
is_at_top (const TdTaker *self, const TdStepRule *rule, const TdDossier *dossier)
{
  if (self->board == NULL || self->unit != self->board)
    return FALSE;
  return needs_to_hold (rule) ? td_holds (dossier, self->unit) : was_handed (self, dossier);
}

static gboolean
is_submitter (const TdTaker *self, const TdDossier *dossier)
{
  TdCarried *carried = td_carried_up (self->units, dossier);

  return carried != NULL && td_unit_is (self->unit, carried->unit);
}

/** td_taker_is_entitled: the column "who". */
gboolean
td_taker_is_entitled (const TdTaker *self, const TdStepRule *rule, const TdDossier *dossier)
{
  gboolean owns = td_owns (self->units, dossier, self->unit);
  gboolean holds = td_holds (dossier, self->unit);

  if (is_who (rule, "holder"))
    return holds;
  if (is_who (rule, "holder_not_owner"))
    return holds && !owns;
  if (is_who (rule, "owner"))
    return owns;
  if (is_who (rule, "submitter"))
    return is_submitter (self, dossier);
  if (is_who (rule, "top"))
    return is_at_top (self, rule, dossier);
  if (is_who (rule, "holder_or_top"))
    return holds || is_at_top (self, rule, dossier);
  if (is_who (rule, "asked"))
    return td_is_asked (dossier, self->unit);
  return is_who (rule, "addressed") || is_who (rule, "taker"); /* the verbs check these themselves */
}

/* ---- who, ever ----------------------------------------------------------------------- */

static gboolean
is_on_route (const TdTaker *self, const TdDossier *dossier)
{
  const TdUnit *owner = td_owner_unit (self->units, dossier);

  return owner != NULL && owner != self->unit && td_units_on_route (self->units, owner, self->unit);
}

static gboolean
carries (const TdTaker *self, const TdDossier *dossier)
{
  for (guint i = 0; i < dossier->carried->len; i++)
    {
      const TdCarried *carried = dossier->carried->pdata[i];

      if (carried->active && td_unit_is (self->unit, carried->unit))
        return TRUE;
    }
  return FALSE;
}

static gboolean
took_last (const TdTaker *self, const TdDossier *dossier)
{
  const TdEntry *last = dossier->chain->len == 0 ? NULL : dossier->chain->pdata[dossier->chain->len - 1];

  return last != NULL && td_unit_is (self->unit, last->unit);
}

/* Nobody receives, or tells apart from others, what he proposes himself. */
static gboolean
is_never_own (const TdStepRule *rule)
{
  return is_who (rule, "holder_not_owner") || is_who (rule, "holder_or_top") || is_who (rule, "addressed")
         || strcmp (rule->id, "receive") == 0;
}

/** td_taker_may_ever: see taker.h. */
gboolean
td_taker_may_ever (const TdTaker *self, const TdStepRule *rule, const TdDossier *dossier)
{
  gboolean own = td_owns (self->units, dossier, self->unit);

  if (self->unit == NULL || !td_taker_has_role (self, rule) || !td_step_fits_type (rule, dossier))
    return FALSE;
  if (strcmp (rule->id, "submit") == 0 && self->unit->upper == NULL)
    return FALSE;
  if (is_never_own (rule))
    return is_on_route (self, dossier);
  if (is_who (rule, "holder"))
    return own || is_on_route (self, dossier);
  if (is_who (rule, "owner"))
    return own;
  if (is_who (rule, "submitter"))
    return carries (self, dossier);
  if (is_who (rule, "top"))
    return self->unit == self->board;
  if (is_who (rule, "asked"))
    return td_is_asked (dossier, self->unit);
  return is_who (rule, "taker") && took_last (self, dossier);
}
