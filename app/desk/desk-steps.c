/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"
#include "dossier/taker.h"

#include <glib/gi18n.h>
#include <string.h>

/* Steps: may this desk take one now, and taking it. */

static TdTaker
taker_of (TdDesk *self)
{
  const TdUnit *board = td_units_body (self->units, td_campaign_board (self->campaign), td_desk_today (self));

  return (TdTaker){ td_desk_view (self), self->units, board, self->unit, self->roles };
}

/* ---- may it now --------------------------------------------------------------------------------------- */

static char *
wrong_moment (TdDesk *self, const TdStepRule *rule, const TdDossier *dossier)
{
  TdTaker taker = taker_of (self);

  if (!td_taker_is_entitled (&taker, rule, dossier) && !td_holds (dossier, self->unit))
    return g_strdup_printf (_ ("The dossier is at %s now."), td_desk_unit_name (self, dossier->holder));
  if (!td_step_fits (rule, dossier))
    return g_strdup_printf (_ ("“%s” isn't possible while the dossier is at the stage “%s”."), rule->label,
                            td_words_stage (dossier->stage));
  if (strcmp (rule->id, "recall") == 0 && dossier->received)
    return g_strdup_printf (_ ("%s has received the dossier already. Ask them to return it."),
                            td_desk_unit_name (self, dossier->holder));
  return NULL;
}

/* The verbs that need no words of their own are tried for real. */
static gboolean
needs_no_words (const char *verb)
{
  static const char *const verbs[] = { "recall", "receive", "reconsider", "to_council", NULL };

  return g_strv_contains (verbs, verb);
}

static char *
try_it (TdDesk *self, const char *verb, const char *dossier)
{
  const char *const dossiers[] = { dossier, NULL };
  TdState *scratch = td_desk_scratch (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOperation) operation = td_desk_build (self, scratch, verb, dossiers, NULL, &error);
  char *sentence = operation == NULL ? g_strdup (error->message) : td_desk_try (self, scratch, operation);

  td_state_free (scratch);
  return sentence;
}

/* A draft is checked as it stands; the letter is checked when it is handed in. */
static char *
blocked (TdDesk *self, const char *dossier)
{
  const TdJudged *judged = td_desk_judge (self, dossier);
  const TdFinding *block
      = judged == NULL || judged->findings == NULL ? NULL : td_findings_block_submit (judged->findings);

  return block == NULL ? NULL : td_finding_sentence (block);
}

static char *
nothing_to_clear (TdDesk *self, const char *dossier)
{
  g_autofree char *finding = td_desk_double_finding (self, dossier);

  return *finding != '\0' ? NULL : g_strdup (_ ("No other person of the same name and birth date is to be looked at."));
}

static char *
provisional_sentence (void)
{
  return g_strdup (_ ("The dossier came on a stick and has not been through the centre yet: it can be read here. Carry "
                      "the package on, by exchange or stick; steps are possible once the centre has it."));
}

/* Steps on what lies here for reading only; NULL: none. */
static char *
any_provisional (TdDesk *self, const char *const *dossiers)
{
  for (guint i = 0; dossiers != NULL && dossiers[i] != NULL; i++)
    if (td_desk_is_provisional (self, dossiers[i]))
      return provisional_sentence ();
  return NULL;
}

static char *
why_not (TdDesk *self, const char *verb, const char *id)
{
  const TdStepRule *rule = td_campaign_step (self->campaign, verb);
  const TdDossier *dossier = td_state_dossier (td_desk_view (self), id);
  TdTaker taker = taker_of (self);
  char *sentence;

  if (self->unit == NULL || rule == NULL || dossier == NULL || !td_taker_may_ever (&taker, rule, dossier))
    return g_strdup ("");
  sentence = td_desk_is_provisional (self, id) ? provisional_sentence () : wrong_moment (self, rule, dossier);
  if (sentence != NULL)
    return sentence;
  if (strcmp (verb, "submit") == 0)
    return blocked (self, id);
  if (strcmp (verb, "clear_double") == 0)
    return nothing_to_clear (self, id);
  return needs_no_words (verb) ? try_it (self, verb, id) : NULL;
}

/* The whole submission being prepared. */
static char *
why_not_submission (TdDesk *self)
{
  const TdStepRule *rule = td_campaign_step (self->campaign, "submit");
  TdTaker taker = taker_of (self);

  if (self->unit == NULL || self->unit->upper == NULL || rule == NULL || !td_taker_has_role (&taker, rule))
    return g_strdup ("");
  if (td_desk_open_submission (self) == NULL)
    return g_strdup (_ ("The submission lists no dossier yet. Choose dossiers first."));
  return try_it (self, "submit", NULL);
}

/**
 * td_desk_why_not:
 * @dossier: its id; for "submit" also %NULL or the id of the open submission, which is then tried whole
 *
 * Returns: (transfer full) (nullable): %NULL when it may be done, "" where this desk never can, else the sentence
 */
char *
td_desk_why_not (TdDesk *self, const char *verb, const char *dossier)
{
  g_autofree char *key = NULL;
  const char *known;
  char *sentence;

  g_return_val_if_fail (TD_IS_DESK (self) && verb != NULL, NULL);

  key = g_strdup_printf ("%s %s", verb, dossier == NULL ? "" : dossier);
  known = g_hash_table_lookup (self->refusals, key);
  if (known != NULL)
    return strcmp (known, "-") == 0 ? NULL : g_strdup (known);
  if (strcmp (verb, "submit") == 0
      && (dossier == NULL || *dossier == '\0' || td_state_dossier (td_desk_view (self), dossier) == NULL))
    sentence = why_not_submission (self);
  else
    sentence = dossier == NULL ? g_strdup ("") : why_not (self, verb, dossier);
  g_hash_table_insert (self->refusals, g_steal_pointer (&key), g_strdup (sentence == NULL ? "-" : sentence));
  return sentence;
}

/* ---- taking it ------------------------------------------------------------------------------------------ */

/* One operation, tried on what those before it would make of the screen. */
static TdOperation *
forecast (TdDesk *self,
          TdState *scratch,
          const char *verb,
          const char *const *dossiers,
          const char *const *words,
          GError **error)
{
  g_autoptr (TdOperation) operation = td_desk_build (self, scratch, verb, dossiers, words, error);
  g_autofree char *sentence = operation == NULL ? NULL : td_desk_try (self, scratch, operation);

  if (sentence == NULL)
    return g_steal_pointer (&operation);
  td_desk_fail (error, TD_DESK_ERROR_REFUSED, sentence);
  return NULL;
}

/* Most steps name one dossier: choosing several is taking the step on each. */
static GPtrArray *
forecast_all (TdDesk *self, const char *verb, const char *const *dossiers, const char *const *words, GError **error)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify)td_operation_free);
  g_autoptr (TdState) scratch = td_desk_scratch (self);
  gboolean together = dossiers == NULL || dossiers[0] == NULL || td_verb_takes_several (verb);

  for (guint i = 0; together ? i == 0 : dossiers[i] != NULL; i++)
    {
      const char *const one[] = { together ? NULL : dossiers[i], NULL };
      TdOperation *operation = forecast (self, scratch, verb, together ? dossiers : one, words, error);

      if (operation == NULL)
        return NULL;
      g_ptr_array_add (operations, operation);
    }
  return g_steal_pointer (&operations);
}

static gboolean
write_all (TdDesk *self, GPtrArray *operations, GError **error)
{
  GError *cause = NULL;

  for (guint i = 0; i < operations->len; i++)
    if (!td_store_append (self->store, operations->pdata[i], NULL, &cause))
      {
        td_words_store (error, cause);
        return FALSE;
      }
  return TRUE;
}

/**
 * td_desk_step:
 * @dossiers: (nullable): NULL-ended
 * @words: (nullable): pairs member, text, NULL-ended
 *
 * Forecasts the step, and writes it where nothing speaks against it; of several
 * dossiers, against none of them.
 *
 * Returns: FALSE and the sentence to show where it would be refused: nothing is written then
 */
gboolean
td_desk_step (TdDesk *self, const char *verb, const char *const *dossiers, const char *const *words, GError **error)
{
  g_autoptr (GPtrArray) operations = NULL;
  g_autofree char *provisional = NULL;
  gboolean written;

  g_return_val_if_fail (TD_IS_DESK (self) && verb != NULL, FALSE);

  if (self->unit == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Choose the unit first."));
  if (*self->person == '\0')
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Type the name of the person who takes this step first."));
  provisional = any_provisional (self, dossiers);
  if (provisional != NULL)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, provisional);
  operations = forecast_all (self, verb, dossiers, words, error);
  if (operations == NULL)
    return FALSE;
  written = write_all (self, operations, error);
  td_desk_touch (self, "all");
  return written;
}

char *
td_desk_verb_label (TdDesk *self, const char *verb)
{
  g_return_val_if_fail (TD_IS_DESK (self) && verb != NULL, NULL);

  return td_words_verb (self, verb);
}
