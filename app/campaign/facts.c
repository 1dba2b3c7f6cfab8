/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/facts.h"

#include <string.h>

/**
 * td_rating_parse:
 * @code: (nullable): "HTXSNV", "HTTNV", "HTNV", "KHTNV" or "KHONG_XEP_LOAI"
 *
 * Returns: the rating (Quy định 124-QĐ/TW, Điều 12); anything else is missing
 */
TdRating
td_rating_parse (const char *code)
{
  static const char *const codes[] = { "KHTNV", "HTNV", "HTTNV", "HTXSNV" };

  for (guint i = 0; code && i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i], code) == 0)
      return (TdRating)i;
  if (g_strcmp0 (code, "KHONG_XEP_LOAI") == 0)
    return TD_RATING_NONE;
  return TD_RATING_MISSING;
}

/**
 * td_direction_parse:
 * @code: (nullable): "HIGHER_BETTER", "LOWER_BETTER" or "QUALITATIVE"
 *
 * Returns: the direction, higher is better by default
 */
TdDirection
td_direction_parse (const char *code)
{
  if (g_strcmp0 (code, "LOWER_BETTER") == 0)
    return TD_DIRECTION_LOWER;
  if (g_strcmp0 (code, "QUALITATIVE") == 0)
    return TD_DIRECTION_QUALITATIVE;
  return TD_DIRECTION_HIGHER;
}

static char *
none (void)
{
  return g_strdup ("");
}

/**
 * td_target_new:
 *
 * Returns: (transfer full): a target of which nothing is known
 */
TdTarget *
td_target_new (void)
{
  TdTarget *self = g_new0 (TdTarget, 1);

  self->id = none ();
  self->name = none ();
  self->unit = none ();
  self->plan = none ();
  self->actual = none ();
  self->cap = none ();
  self->basis = none ();
  self->by_half_year = none ();
  self->result_date = TD_DATE_NONE;
  return self;
}

/**
 * td_target_free:
 * @self: (nullable): a target
 */
void
td_target_free (TdTarget *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->unit);
  g_free (self->plan);
  g_free (self->actual);
  g_free (self->cap);
  g_free (self->basis);
  g_free (self->by_half_year);
  g_free (self);
}

/**
 * td_project_new:
 *
 * Returns: (transfer full): a project of which nothing is known
 */
TdProject *
td_project_new (void)
{
  TdProject *self = g_new0 (TdProject, 1);

  self->id = none ();
  self->kind = none ();
  self->name = none ();
  self->exceeded = -1;
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify)td_target_free);
  return self;
}

/**
 * td_project_free:
 * @self: (nullable): a project
 */
void
td_project_free (TdProject *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->kind);
  g_free (self->name);
  g_ptr_array_unref (self->targets);
  g_free (self);
}

/**
 * td_indicator_new:
 *
 * Returns: (transfer full): an enterprise's indicator of which nothing is known
 */
TdIndicator *
td_indicator_new (void)
{
  TdIndicator *self = g_new0 (TdIndicator, 1);

  self->id = none ();
  self->name = none ();
  self->actual_2023 = none ();
  self->target_2025 = none ();
  self->plan_2024 = none ();
  self->result_2024 = none ();
  self->plan_2025 = none ();
  self->result_half_2025 = none ();
  return self;
}

/**
 * td_indicator_free:
 * @self: (nullable): an indicator
 */
void
td_indicator_free (TdIndicator *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->actual_2023);
  g_free (self->target_2025);
  g_free (self->plan_2024);
  g_free (self->result_2024);
  g_free (self->plan_2025);
  g_free (self->result_half_2025);
  g_free (self);
}

static void
clear_ratings (TdRating *ratings)
{
  for (guint i = 0; i < TD_YEARS_MAX; i++)
    ratings[i] = TD_RATING_MISSING;
}

/**
 * td_unit_facts_new:
 *
 * Returns: (transfer full): facts of a unit of which nothing is known
 */
TdUnitFacts *
td_unit_facts_new (void)
{
  TdUnitFacts *self = g_new0 (TdUnitFacts, 1);

  self->category = none ();
  self->phase_level = none ();
  self->ratings_inherited = none ();
  clear_ratings (self->ratings);
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify)td_target_free);
  self->indicators = g_ptr_array_new_with_free_func ((GDestroyNotify)td_indicator_free);
  self->led = g_ptr_array_new_with_free_func ((GDestroyNotify)td_project_free);
  self->coordinated = g_ptr_array_new_with_free_func ((GDestroyNotify)td_project_free);
  self->coordination_exceeded = -1;
  self->typical = none ();
  self->typical_note = none ();
  self->compliance = none ();
  self->registration_received = TD_DATE_NONE;
  self->registration_route_ok = TRUE;
  self->plan_date = TD_DATE_NONE;
  self->launched_on = self->interim_on = self->final_on = TD_DATE_NONE;
  self->awarded_on = self->report_sent_on = TD_DATE_NONE;
  self->awarded_not_applicable = none ();
  return self;
}

/**
 * td_unit_facts_free:
 * @self: (nullable): facts of a unit
 */
void
td_unit_facts_free (TdUnitFacts *self)
{
  if (!self)
    return;
  g_free (self->category);
  g_free (self->phase_level);
  g_free (self->ratings_inherited);
  g_ptr_array_unref (self->targets);
  g_ptr_array_unref (self->indicators);
  g_ptr_array_unref (self->led);
  g_ptr_array_unref (self->coordinated);
  g_free (self->typical);
  g_free (self->typical_note);
  g_free (self->compliance);
  g_free (self->awarded_not_applicable);
  g_free (self);
}

/**
 * td_facts_new:
 *
 * Returns: (transfer full): facts of a nominee of which nothing is known; unit and submitter are to be set
 */
TdFacts *
td_facts_new (void)
{
  TdFacts *self = g_new0 (TdFacts, 1);

  self->today = TD_DATE_NONE;
  self->subject_kind = g_strdup ("party_organisation");
  self->name = none ();
  self->award = none ();
  self->party_member = none ();
  self->compliance = none ();
  self->awarded_before = none ();
  self->report_confirmed = none ();
  clear_ratings (self->ratings);
  self->papers = g_new0 (char *, 1);
  self->doubled_in = none ();
  self->doubles = 1;
  self->letter_number = none ();
  self->letter_date = TD_DATE_NONE;
  self->letter_signer = none ();
  self->minutes_number = none ();
  self->minutes_date = TD_DATE_NONE;
  self->minutes_chair = none ();
  self->listed_in_letter = g_new0 (char *, 1);
  self->listed_in_minutes = g_new0 (char *, 1);
  self->received = self->handed_in = TD_DATE_NONE;
  self->council_on = self->opinion_on = TD_DATE_NONE;
  return self;
}

/**
 * td_facts_free:
 * @self: (nullable): facts; its unit and submitter go with it
 */
void
td_facts_free (TdFacts *self)
{
  if (!self)
    return;
  if (self->submitter != self->unit)
    td_unit_facts_free (self->submitter);
  td_unit_facts_free (self->unit);
  g_free (self->subject_kind);
  g_free (self->name);
  g_free (self->award);
  g_free (self->party_member);
  g_free (self->compliance);
  g_free (self->awarded_before);
  g_free (self->report_confirmed);
  g_strfreev (self->papers);
  g_free (self->doubled_in);
  g_free (self->letter_number);
  g_free (self->letter_signer);
  g_free (self->minutes_number);
  g_free (self->minutes_chair);
  g_strfreev (self->listed_in_letter);
  g_strfreev (self->listed_in_minutes);
  g_free (self);
}
