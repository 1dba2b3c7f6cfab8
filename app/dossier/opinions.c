/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/apply-private.h"
#include "dossier/doubles.h"
#include "dossier/gather-private.h"

#include <string.h>

/* Opinions are said about a dossier as it stood; they need no custody and are
 * never refused for age (model.md 1.1, 2.7). Their words are in the signed body. */

static TdEntry *
give (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const TdOperation *operation = self->operation;
  TdEntry *entry = td_entry_new ();

  td_replace (&entry->op, operation->id);
  td_replace (&entry->verb, operation->verb);
  td_replace (&entry->unit, self->unit->key);
  td_replace (&entry->author, operation->author);
  td_replace (&entry->position, operation->position);
  td_replace (&entry->from, dossier->stage);
  td_replace (&entry->to, dossier->stage);
  td_replace (&entry->digest, named->digest);
  td_replace (&entry->verdict, td_operation_text (operation, "verdict"));
  td_replace (&entry->detail, td_operation_text (operation, "note"));
  entry->at = self->context->at;
  entry->day = self->context->day;
  entry->q = self->context->q;
  td_state_add_opinion (self->state, dossier->id, entry);
  return entry;
}

static void
show_to (TdAttempt *self, const char *scope)
{
  td_show (self, scope, "opinion", self->operation->id);
  td_show (self, scope, "step", self->operation->id);
}

/* Opinions are for their author's unit and the board (model.md 2.8). */
static void
show_opinion (TdAttempt *self)
{
  const TdUnit *board = td_attempt_board (self);

  show_to (self, self->unit->key);
  if (board != NULL)
    show_to (self, board->key);
}

/* The version that carries @digest, judged as it stood. */
static GPtrArray *
judge_version (TdAttempt *self, TdDossier *dossier)
{
  const TdContext *context = self->context;
  g_autoptr (TdFacts) facts = td_gather_nomination (self->state, context->campaign, context->units, dossier->id, NULL,
                                                    FALSE, TRUE, context->day);

  return facts == NULL ? g_ptr_array_new () : td_judge (context->campaign, facts);
}

/* ---- thẩm định ---------------------------------------------------------------------- */

/**
 * td_waived_rules:
 *
 * Returns: (transfer full): a NULL-ended array of rule ids the board has waived
 * for @dossier as it stood at @digest
 */
GPtrArray *
td_waived_rules (TdState *state, const char *dossier, const char *digest)
{
  g_autoptr (GPtrArray) opinions = td_state_opinions (state, dossier);
  GPtrArray *rules = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < opinions->len; i++)
    {
      const TdEntry *entry = opinions->pdata[i];

      if (strcmp (entry->verb, "waive") == 0 && strcmp (entry->digest, digest) == 0)
        g_ptr_array_add (rules, g_strdup (entry->subject));
    }
  g_ptr_array_add (rules, NULL);
  return rules;
}

static GPtrArray *
answered_rules (const TdOperation *operation)
{
  JsonObject *answers = td_json_object (operation->content, "answers");
  g_autoptr (GList) names = answers == NULL ? NULL : json_object_get_members (answers);
  GPtrArray *rules = g_ptr_array_new_with_free_func (g_free);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *words = td_json_string (answers, l->data);

      if (words != NULL && *words != '\0')
        g_ptr_array_add (rules, g_strdup (l->data));
    }
  g_ptr_array_add (rules, NULL);
  return rules;
}

static gboolean
check_pass (TdAttempt *self, TdDossier *dossier, const char *digest)
{
  g_autoptr (GPtrArray) waived = td_waived_rules (self->state, dossier->id, digest);
  g_autoptr (GPtrArray) answered = answered_rules (self->operation);
  g_autoptr (GPtrArray) findings = NULL;
  const TdFinding *block;

  if (strcmp (digest, dossier->digest) != 0)
    return td_refuse (self, "digest", dossier->id);
  if (!td_need_files (self, dossier))
    return FALSE;
  findings = judge_version (self, dossier);
  block = td_findings_block_appraisal (findings, (const char *const *)waived->pdata,
                                       (const char *const *)answered->pdata);
  return block == NULL || td_refuse (self, "rule", block->rule);
}

static gboolean
check_appraise (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const char *verdict = td_operation_text (self->operation, "verdict");

  if (strcmp (verdict, "fail") == 0)
    return td_need_text (self, "note", "reason");
  if (strcmp (verdict, "pass") != 0)
    return td_refuse (self, "named", "verdict");
  return check_pass (self, dossier, named->digest);
}

static void
act_opinion (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  give (self, dossier, named);
  show_opinion (self);
}

/* ---- rà soát ------------------------------------------------------------------------ */

static gboolean
check_review (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const char *verdict = td_operation_text (self->operation, "verdict");

  if (strcmp (verdict, "disagree") == 0)
    return td_need_text (self, "note", "reason");
  return strcmp (verdict, "agree") == 0 || td_refuse (self, "named", "verdict");
}

/* ---- xét đặc cách ---------------------------------------------------------------------- */

static gboolean
check_waive (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const char *rule = td_operation_text (self->operation, "rule");
  g_autoptr (GPtrArray) findings = NULL;

  if (!td_need_text (self, "reason", "reason"))
    return FALSE;
  findings = judge_version (self, dossier);
  for (guint i = 0; i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];

      if (strcmp (finding->rule, rule) == 0 && finding->severity == TD_SEVERITY_OVERRIDE
          && finding->verdict == TD_VERDICT_FAIL)
        return TRUE;
    }
  return td_refuse (self, "finding", rule);
}

/* A waiver is never silent: everyone on the way sees it, ever after. */
static void
act_waive (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  TdEntry *entry = give (self, dossier, named);

  td_replace (&entry->subject, td_operation_text (self->operation, "rule"));
  td_replace (&entry->detail, td_operation_text (self->operation, "reason"));
  show_opinion (self);
  show_to (self, td_owner_unit (self->context->units, dossier) == NULL
                     ? dossier->owner
                     : td_owner_unit (self->context->units, dossier)->key);
  for (guint i = 0; i < dossier->carried->len; i++)
    show_to (self, ((TdCarried *)dossier->carried->pdata[i])->unit);
}

/* ---- đã xem, không trùng ---------------------------------------------------------------- */

/* Pairs of the same name that stand now; a desk knows of some only by what it was told. */
static gboolean
names_pairs (TdAttempt *self, TdDossier *dossier)
{
  TdVersion *version = td_current_version (self, dossier);
  const TdRecord *nominee = td_gather_main (version, dossier->id);
  g_autoptr (TdDoubles) doubles = nominee == NULL || !td_doubles_stands (self->state, dossier)
                                      ? td_doubles_new ()
                                      : td_doubles_known (self->state, dossier->id, nominee);
  g_auto (GStrv) tokens = g_strsplit (td_operation_text (self->operation, "finding"), " ", -1);

  for (guint t = 0; tokens[t] != NULL; t++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < doubles->pairs->len && !found; i++)
        {
          const TdDoublePair *pair = doubles->pairs->pdata[i];

          found = !pair->same_person && strcmp (pair->token, tokens[t]) == 0;
        }
      if (!found)
        return td_refuse (self, "finding", dossier->id);
    }
  return TRUE;
}

/* An appraiser at the top, an officer of the holder; never the unit that proposes the person. */
static gboolean
check_clear_double (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  gboolean officer = td_holds (dossier, self->unit) && strchr (self->device->roles, 'O') != NULL;
  gboolean appraiser = self->unit == td_attempt_board (self) && strchr (self->device->roles, 'A') != NULL;

  if (td_owns (self->context->units, dossier, self->unit))
    return td_refuse (self, "unit", dossier->id);
  if (!officer && !appraiser)
    return td_refuse (self, "rights", self->operation->verb);
  return td_need_text (self, "finding", "finding") && td_need_text (self, "reason", "reason")
         && names_pairs (self, dossier);
}

static void
act_clear_double (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  TdEntry *entry = give (self, dossier, named);

  td_replace (&entry->subject, td_operation_text (self->operation, "finding"));
  td_replace (&entry->detail, td_operation_text (self->operation, "reason"));
  show_opinion (self);
}

/* ---- ghi nhận ngày nhận ------------------------------------------------------------------- */

/* Only a level that the unit's papers go to may say when they came (model.md 2.5). */
static gboolean
begin_attest (TdAttempt *self)
{
  const TdUnits *units = self->context->units;
  const TdUnit *owner = td_units_get (units, td_operation_text (self->operation, "unit"));
  const TdUnit *here = self->unit;
  TdDate day;

  if (owner == NULL || owner->acting == here || !td_units_on_route (units, owner, here))
    return td_refuse (self, "unit", td_operation_text (self->operation, "unit"));
  if (*td_operation_text (self->operation, "code") != '\0')
    return td_call_check (self, owner) && td_need_day (self, "day", &day);
  return td_need_text (self, "paper", "paper") && td_need_day (self, "day", &day);
}

static gboolean
check_attest (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const char *unit = td_operation_text (self->operation, "unit");
  const char *type = td_operation_text (self->operation, "type");

  if (*td_operation_text (self->operation, "code") != '\0')
    return td_call_check_named (self, named);
  if (dossier != NULL)
    return strcmp (dossier->owner, unit) == 0 || td_unit_is (td_owner_unit (self->context->units, dossier), unit)
           || td_refuse (self, "unit", dossier->id);
  if (strcmp (type, "nomination") == 0) /* on its way by stick: its id is all that is known */
    return named->dossier[14] == '7' || td_refuse (self, "unknown", named->dossier);
  if (strcmp (type, "registration") != 0 && strcmp (type, "report") != 0)
    return td_refuse (self, "kind", type);
  return td_is_unit_record (td_campaign_id (self->context->campaign), unit, type, named->dossier)
         || td_refuse (self, "unknown", named->dossier);
}

static void
act_attest (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const TdUnits *units = self->context->units;
  const TdUnit *unit = td_units_now (units, td_operation_text (self->operation, "unit"));
  TdReceipt *receipt = td_receipt_new ();

  td_replace (&receipt->level, self->unit->key);
  td_replace (&receipt->paper, td_operation_text (self->operation, "paper"));
  td_replace (&receipt->op, self->operation->id);
  receipt->day = td_date_parse_iso (td_operation_text (self->operation, "day"));
  receipt->committed = self->context->day;
  if (*td_operation_text (self->operation, "code") != '\0')
    td_call_note (self, receipt);
  td_state_add_receipt (self->state, named->dossier, receipt);
  for (; unit != NULL; unit = td_units_next_hop (units, unit))
    {
      td_state_show (self->state, unit->key, "receipt", named->dossier);
      td_state_show (self->state, unit->key, "step", self->operation->id);
    }
}

const TdVerb td_opinion_verbs[] = {
  { "appraise", check_appraise, act_opinion, NULL, NULL },
  { "review", check_review, act_opinion, NULL, NULL },
  { "waive", check_waive, act_waive, NULL, NULL },
  { "clear_double", check_clear_double, act_clear_double, NULL, NULL },
  { "attest", check_attest, act_attest, begin_attest, NULL },
  { NULL, NULL, NULL, NULL, NULL },
};
