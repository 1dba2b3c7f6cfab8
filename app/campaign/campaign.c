/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/campaign.h"

#include <string.h>

#include "campaign/kinds.h"

/* Not G_DEFINE_QUARK: the formatter writes blanks into the name it is given. */
GQuark
td_campaign_error_quark (void)
{
  return g_quark_from_static_string ("td-campaign-error-quark");
}

/**
 * td_deadline_met:
 * @deadline: a limit, included ("đến hết ngày") or not ("trước ngày")
 * @day: the day of receipt
 *
 *
 *
 * Returns: %TRUE if @day is on time; never for %TD_DATE_NONE
 */
gboolean
td_deadline_met (TdDeadline deadline, TdDate day)
{
  if (day == TD_DATE_NONE || deadline.limit == TD_DATE_NONE)
    return FALSE;
  return deadline.inclusive ? day <= deadline.limit : day < deadline.limit;
}

/**
 * td_campaign_parse:
 * @data: a campaign's file
 * @length: its length, or -1 up to the NUL
 * @error: return location for %TD_CAMPAIGN_ERROR
 *
 * Returns: (transfer full) (nullable): the campaign
 */
TdCampaign *
td_campaign_parse (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (TdCampaign) self = NULL;
  gsize size;

  g_return_val_if_fail (data != NULL, NULL);

  size = length < 0 ? strlen (data) : (gsize)length;
  root = td_shape_read (data, size, error);
  if (!root)
    return NULL;
  self = g_new0 (TdCampaign, 1);
  g_atomic_ref_count_init (&self->refs);
  self->source = g_strndup (data, size);
  self->digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)data, size);
  return td_campaign_read (self, root, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * td_campaign_ref:
 * @self: a campaign
 *
 * Returns: (transfer full): @self
 */
TdCampaign *
td_campaign_ref (TdCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * td_campaign_unref:
 * @self: (nullable): a campaign
 */
void
td_campaign_unref (TdCampaign *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->report, td_report_plan_free);
  g_clear_pointer (&self->bases, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->phases, g_ptr_array_unref);
  g_clear_pointer (&self->deadlines, g_ptr_array_unref);
  g_clear_pointer (&self->chain, g_ptr_array_unref);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->readings, g_hash_table_unref);
  g_strfreev (self->review_collectives);
  g_strfreev (self->review_individuals);
  for (guint i = 0; i < TD_RATINGS; i++)
    g_free (self->rating_words[i]);
  g_free (self->not_applicable);
  g_free (self->nameless_person);
  g_free (self->nameless_collective);
  g_free (self->award_name);
  g_free (self->committee);
  g_free (self->see_above);
  g_free (self->decision_note);
  g_free (self->id);
  g_free (self->title);
  g_free (self->slogan);
  g_free (self->board);
  g_free (self->reviewer);
  g_free (self->units_file);
  g_free (self->digest);
  g_free (self->source);
  g_free (self);
}

/* What the file says in one value each; see the header for examples. */
#define GETTER(type, name, field)                                                                                      \
  type td_campaign_##name (const TdCampaign *self)                                                                     \
  {                                                                                                                    \
    g_return_val_if_fail (self != NULL, 0);                                                                            \
    return self->field;                                                                                                \
  }

GETTER (const char *, id, id)
GETTER (const char *, title, title)
GETTER (const char *, slogan, slogan)
GETTER (const char *, digest, digest)
GETTER (const char *, source, source)
GETTER (const char *, units_file, units_file)
GETTER (TdDate, start, start)
GETTER (TdDate, end, end)
GETTER (const char *, board, board)
GETTER (const char *, reviewer, reviewer)
GETTER (const char *, decision_note, decision_note)
GETTER (int, first_year, first_year)
GETTER (int, last_year, last_year)

/**
 * td_campaign_deadline:
 * @self: a campaign
 * @name: "registration", "nomination", "review" or "final_report"
 *
 * Returns: the limit; %TD_DATE_NONE in it where @name is unknown
 */
TdDeadline
td_campaign_deadline (const TdCampaign *self, const char *name)
{
  TdDeadline none = { TD_DATE_NONE, TRUE };

  g_return_val_if_fail (self != NULL && name != NULL, none);

  for (guint i = 0; i < self->deadlines->len; i++)
    {
      const TdNamedDeadline *deadline = self->deadlines->pdata[i];

      if (strcmp (deadline->name, name) == 0)
        return deadline->deadline;
    }
  return none;
}

/**
 * td_campaign_phase:
 * @self: a campaign
 * @phase_level: "CO_SO" or "HUYEN_TUONG_DUONG"
 * @day: a day
 *
 * the written dates decide, eligibility never depends on the phase.
 *
 * Returns: (transfer none) (nullable): the phase @day lies in
 */
const TdPhase *
td_campaign_phase (const TdCampaign *self, const char *phase_level, TdDate day)
{
  g_return_val_if_fail (self != NULL && phase_level != NULL, NULL);

  for (guint i = 0; i < self->phases->len; i++)
    {
      const TdPhase *phase = self->phases->pdata[i];

      if (strcmp (phase->level, phase_level) == 0 && phase->from <= day && day <= phase->to)
        return phase;
    }
  return NULL;
}

/** td_campaign_award_name: "Bằng khen của Chủ tịch UBND tỉnh" (III.2.3). */
const char *
td_campaign_award_name (const TdCampaign *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->award_name;
}

/** td_campaign_committee: to whom the chain's top reports: "UBND tỉnh". */
const char *
td_campaign_committee (const TdCampaign *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->committee;
}

/** td_campaign_phase_numbered: what a target tagged with @number is of, whatever the unit's level (II.4). */
const TdPhase *
td_campaign_phase_numbered (const TdCampaign *self, int number)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->phases->len; i++)
    if (((const TdPhase *)self->phases->pdata[i])->number == number)
      return self->phases->pdata[i];
  return NULL;
}

/**
 * td_campaign_setting:
 * @self: a campaign
 * @name: such as "exceedReading"
 *
 * Returns: its value, "" if unset
 */
const char *
td_campaign_setting (const TdCampaign *self, const char *name)
{
  const char *value;

  g_return_val_if_fail (self != NULL && name != NULL, "");

  value = g_hash_table_lookup (self->settings, name);
  return value ? value : "";
}

const char *
td_campaign_reading (const TdCampaign *self, const char *setting)
{
  g_autofree char *key = g_strconcat (setting, "/", td_campaign_setting (self, setting), NULL);
  const char *words = g_hash_table_lookup (self->readings, key);

  return words ? words : "";
}

/**
 * td_campaign_step:
 * @self: a campaign
 * @id: such as "submit"
 *
 * Returns: (transfer none) (nullable): its row in the table of steps
 */
const TdStepRule *
td_campaign_step (const TdCampaign *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < self->steps->len; i++)
    {
      const TdStepRule *step = self->steps->pdata[i];

      if (strcmp (step->id, id) == 0)
        return step;
    }
  return NULL;
}

/**
 * td_campaign_steps:
 * @self: a campaign
 *
 * Returns: (transfer container) (element-type TdStepRule): all steps in the order of the file
 */
GPtrArray *
td_campaign_steps (const TdCampaign *self)
{
  GPtrArray *steps;

  g_return_val_if_fail (self != NULL, NULL);

  steps = g_ptr_array_sized_new (self->steps->len);
  for (guint i = 0; i < self->steps->len; i++)
    g_ptr_array_add (steps, self->steps->pdata[i]);
  return steps;
}

/**
 * td_campaign_level_above:
 * @self: a campaign
 * @level: a level of the chain
 *
 * Returns: (nullable): the level above, %NULL at the top or where @level is unknown
 */
const char *
td_campaign_level_above (const TdCampaign *self, const char *level)
{
  g_return_val_if_fail (self != NULL && level != NULL, NULL);

  for (guint i = 0; i < self->chain->len; i++)
    {
      const TdChainLink *link = self->chain->pdata[i];

      if (strcmp (link->level, level) == 0)
        return link->above;
    }
  return NULL;
}

/**
 * td_campaign_needs_review:
 * @self: a campaign
 * @category: the nominee's category of standards
 * @collective: whether the nominee is one
 *
 *
 *
 * Returns: whether the reviewer's opinion is needed before the Council
 */
gboolean
td_campaign_needs_review (const TdCampaign *self, const char *category, gboolean collective)
{
  g_return_val_if_fail (self != NULL && category != NULL, FALSE);

  return g_strv_contains ((const char *const *)(collective ? self->review_collectives : self->review_individuals),
                          category);
}

/**
 * td_campaign_is_breakthrough:
 * @self: a campaign
 * @basis: the document a target rests on
 *
 *
 *
 * Returns: whether such a target is a break-through target, to be listed first
 */
gboolean
td_campaign_is_breakthrough (const TdCampaign *self, const char *basis)
{
  g_return_val_if_fail (self != NULL && basis != NULL, FALSE);

  for (guint i = 0; i < self->rules->len; i++)
    {
      const TdRule *rule = self->rules->pdata[i];

      if (rule->kind == &td_kind_breakthrough)
        return td_breakthrough_matches (rule, basis);
    }
  return FALSE;
}

static const TdRule *
find_rule (const TdCampaign *self, const char *id)
{
  for (guint i = 0; i < self->rules->len; i++)
    if (strcmp (((TdRule *)self->rules->pdata[i])->id, id) == 0)
      return self->rules->pdata[i];
  return NULL;
}

/**
 * td_campaign_rule_title:
 * @self: a campaign
 * @id: a rule's id, such as "R-050"
 *
 * Screens name a rule by what it asks, never by its number.
 *
 * Returns: its title, "" where the campaign has no such rule
 */
const char *
td_campaign_rule_title (const TdCampaign *self, const char *id)
{
  const TdRule *rule;

  g_return_val_if_fail (self != NULL && id != NULL, "");

  rule = find_rule (self, id);
  return rule ? rule->title : "";
}

/**
 * td_campaign_rule_clause:
 * @self: a campaign
 * @id: a rule's id
 *
 * Returns: the clause of the plan it rests on, "" where the campaign has no such rule
 */
const char *
td_campaign_rule_clause (const TdCampaign *self, const char *id)
{
  const TdRule *rule;

  g_return_val_if_fail (self != NULL && id != NULL, "");

  rule = find_rule (self, id);
  return rule ? rule->clause : "";
}

/**
 * td_campaign_may_sign:
 * @self: a campaign
 * @capacity: in which the signer signs, such as "KT. CHỦ TỊCH"
 *
 * only the Chairman decides, or a deputy for him.
 *
 * Returns: whether such a signer may sign the decision
 */
gboolean
td_campaign_may_sign (const TdCampaign *self, const char *capacity)
{
  g_return_val_if_fail (self != NULL && capacity != NULL, FALSE);

  return strstr (capacity, td_campaign_setting (self, "decisionSigner")) != NULL;
}

/**
 * td_campaign_rule_kind:
 * @self: a campaign
 * @id: a rule's id
 *
 * Returns: what kind of rule it is in the plan's file; "" where the campaign has no such rule
 */
const char *
td_campaign_rule_kind (const TdCampaign *self, const char *id)
{
  const TdRule *rule;

  g_return_val_if_fail (self != NULL && id != NULL, "");

  rule = find_rule (self, id);
  return rule ? rule->kind->name : "";
}
