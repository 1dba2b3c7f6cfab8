/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/measure.h"

#include <glib/gi18n.h>
#include <string.h>

#include "campaign/kinds.h"
#include "text/vietnamese.h"

TdReading
td_reading_of (TdShape *shape, const TdCampaign *campaign, const char *setting)
{
  const char *value = td_campaign_setting (campaign, setting);

  if (strlen (value) == 1 && *value >= 'A' && *value <= 'C')
    return (TdReading)(*value - 'A');
  td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, NULL, _ ("it needs the setting “%s” to be A, B or C"),
                  setting);
  return TD_READING_A;
}

static char **
fold_all (char **words)
{
  for (guint i = 0; words[i]; i++)
    {
      char *fold = td_text_fold (words[i]);

      g_free (words[i]);
      words[i] = fold;
    }
  return words;
}

void
td_yardstick_read (TdYardstick *self, TdShape *shape, JsonObject *params, const TdCampaign *campaign)
{
  self->reading = td_reading_of (shape, campaign, "exceedReading");
  self->cap_exceeds = td_shape_flag_or (shape, params, "capExceeds", FALSE);
  self->until = td_shape_date_or (shape, params, "until");
  if (self->until == TD_DATE_NONE)
    self->until = campaign->end;
  self->confirmed = fold_all (td_shape_texts_or (shape, params, "confirmed"));
  self->denied = fold_all (td_shape_texts_or (shape, params, "denied"));
}

void
td_yardstick_clear (TdYardstick *self)
{
  g_strfreev (self->confirmed);
  g_strfreev (self->denied);
}

/* A qualitative target cannot be exceeded. */
static TdMeasure
measure_words (const TdYardstick *self, const TdTarget *target)
{
  g_autofree char *said = NULL;
  g_autofree char *wanted = NULL;

  if (strcmp (target->actual, target->plan) == 0)
    return TD_MEASURE_MET;
  said = td_text_fold (target->actual);
  for (guint i = 0; self->denied[i]; i++)
    if (g_str_has_prefix (said, self->denied[i]))
      return TD_MEASURE_UNMET;
  wanted = td_text_fold (target->plan);
  if (strcmp (said, wanted) == 0 || g_strv_contains ((const char *const *)self->confirmed, said))
    return TD_MEASURE_MET;
  return TD_MEASURE_DOUBTFUL;
}

static TdMeasure
measure_number (const TdYardstick *self, const TdTarget *target, gboolean *surpassed)
{
  TdDecimal plan, actual, cap;
  int sign = target->direction == TD_DIRECTION_LOWER ? -1 : 1;
  int above;

  if (!td_decimal_parse (target->plan, &plan) || !td_decimal_parse (target->actual, &actual))
    return TD_MEASURE_MISSING;
  above = sign * td_decimal_compare (actual, plan);
  if (above < 0)
    return TD_MEASURE_UNMET;
  *surpassed = above > 0;
  if (above == 0)
    return TD_MEASURE_MET;
  if (*target->cap == '\0' || !td_decimal_parse (target->cap, &cap) || sign * td_decimal_compare (actual, cap) < 0)
    return TD_MEASURE_EXCEEDED;
  /* At its cap: nothing more can be reached, so it counts as met unless the file says otherwise. */
  return self->cap_exceeds && sign * td_decimal_compare (plan, cap) < 0 ? TD_MEASURE_EXCEEDED : TD_MEASURE_MET;
}

TdMeasure
td_measure (const TdYardstick *self, const TdTarget *target, gboolean *surpassed)
{
  *surpassed = FALSE;
  if (*target->actual == '\0' || (target->result_date != TD_DATE_NONE && target->result_date > self->until))
    return TD_MEASURE_MISSING;
  return target->direction == TD_DIRECTION_QUALITATIVE ? measure_words (self, target)
                                                       : measure_number (self, target, surpassed);
}

/**
 * td_campaign_measure:
 * @surpassed: (out): whether the result is above its plan, capped or not
 *
 * Returns: what R-042 says of @target; missing where the plan has no rule on targets
 */
TdMeasure
td_campaign_measure (const TdCampaign *campaign, const TdTarget *target, gboolean *surpassed)
{
  g_return_val_if_fail (campaign != NULL && target != NULL && surpassed != NULL, TD_MEASURE_MISSING);

  *surpassed = FALSE;
  for (guint i = 0; i < campaign->rules->len; i++)
    {
      const TdYardstick *yardstick = td_targets_yardstick (campaign->rules->pdata[i]);

      if (yardstick)
        return td_measure (yardstick, target, surpassed);
    }
  return TD_MEASURE_MISSING;
}

/* A decimal as people write it, words as they are. */
static void
append_figure (GString *list, const char *text)
{
  TdDecimal value;

  if (td_decimal_parse (text, &value))
    {
      g_autofree char *figure = td_decimal_format (value, 0);

      g_string_append (list, figure);
    }
  else
    g_string_append (list, text);
}

void
td_say_figures (GString *list, const char *name, const char *actual, const char *plan, const char *unit)
{
  td_say_quoted (list, name);
  g_string_append (list, " (");
  append_figure (list, actual);
  g_string_append_c (list, '/');
  append_figure (list, plan);
  if (*unit)
    g_string_append_printf (list, " %s", unit);
  g_string_append_c (list, ')');
}

static GString *
list_of (GString **list)
{
  if (!*list)
    *list = g_string_new (NULL);
  return *list;
}

void
td_tally_add (TdTally *self, const TdYardstick *yardstick, const TdTarget *target)
{
  gboolean surpassed;
  TdMeasure measure = td_measure (yardstick, target, &surpassed);

  self->total++;
  self->surpassed |= surpassed;
  if (measure == TD_MEASURE_MISSING)
    {
      if (self->missing++ == 0)
        self->first_missing = target->id;
      td_say_quoted (list_of (&self->missing_list), target->name);
    }
  else if (measure == TD_MEASURE_DOUBTFUL)
    {
      if (self->doubtful++ == 0)
        self->first_doubtful = target->id;
      td_say_figures (list_of (&self->doubtful_list), target->name, target->actual, target->plan, "");
    }
  else if (measure == TD_MEASURE_UNMET)
    {
      if (self->unmet++ == 0)
        self->first_unmet = target->id;
      td_say_figures (list_of (&self->unmet_list), target->name, target->actual, target->plan, target->unit);
    }
  else
    {
      self->met++;
      if (measure == TD_MEASURE_EXCEEDED)
        self->exceeded++;
      else if (yardstick->reading == TD_READING_B)
        td_say_quoted (list_of (&self->short_list), target->name);
    }
}

static void
clear_list (GString *list)
{
  if (list)
    g_string_free (list, TRUE);
}

void
td_tally_clear (TdTally *self)
{
  clear_list (self->missing_list);
  clear_list (self->doubtful_list);
  clear_list (self->unmet_list);
  clear_list (self->short_list);
}

/* Where all are met, the mean completion is over 100 % exactly when one is above its plan. */
static gboolean
is_over (const TdTally *self, TdReading reading)
{
  switch (reading)
    {
    case TD_READING_A:
      return self->exceeded > 0;
    case TD_READING_B:
      return self->exceeded == self->total;
    case TD_READING_C:
      return self->surpassed;
    }
  return FALSE;
}

TdVerdict
td_tally_verdict (const TdTally *self, TdReading reading)
{
  if (self->unmet > 0 || (reading == TD_READING_B && self->met > self->exceeded))
    return TD_VERDICT_FAIL;
  if (self->total == 0 || self->missing > 0)
    return TD_VERDICT_UNKNOWN;
  if (self->doubtful > 0)
    return TD_VERDICT_MANUAL;
  return is_over (self, reading) ? TD_VERDICT_PASS : TD_VERDICT_FAIL;
}
