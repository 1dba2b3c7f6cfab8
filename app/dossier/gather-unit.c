/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/gather-private.h"

#include <stdlib.h>
#include <string.h>

/* One unit's ledger as facts. Which member feeds which fact stands in MEMBERS.md. */

static void
take (char **field, const TdRecord *record, const char *path)
{
  g_free (*field);
  *field = td_gather_text (record, path);
}

char *
td_gather_text (const TdRecord *record, const char *path)
{
  return record == NULL ? g_strdup ("") : td_record_text (record, path);
}

TdDate
td_gather_date (const TdRecord *record, const char *path)
{
  g_autofree char *text = td_gather_text (record, path);

  return td_date_parse_iso (text);
}

/** td_gather_number: a small whole number; @fallback where there is none. */
int
td_gather_number (const TdRecord *record, const char *path, int fallback)
{
  g_autofree char *text = td_gather_text (record, path);
  guint64 value;

  return g_ascii_string_to_unsigned (text, 10, 0, 1000000, &value, NULL) ? (int)value : fallback;
}

void
td_gather_ratings (const TdCampaign *campaign, const TdRecord *record, TdRating *ratings)
{
  int first = td_campaign_first_year (campaign);

  for (int i = 0; i < TD_YEARS_MAX; i++)
    {
      g_autofree char *path = g_strdup_printf ("rating/%d", first + i);
      g_autofree char *code = td_gather_text (record, path);

      ratings[i] = td_rating_parse (code);
    }
}

typedef struct
{
  char *key;
  int order;
} Row;

static void
row_free (gpointer data)
{
  g_free (((Row *)data)->key);
  g_free (data);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *left = *(const Row *const *)a;
  const Row *right = *(const Row *const *)b;

  return left->order != right->order ? (left->order > right->order) - (left->order < right->order)
                                     : strcmp (left->key, right->key);
}

/**
 * td_gather_rows:
 * @record: (nullable): a record
 * @prefix: "target", "indicator"
 * @member: the part of a row, or of "@prefix/<key>" itself when "", that holds its order
 *
 * Returns: (transfer full): the keys of the rows in the order a person gave them
 */
GPtrArray *
td_gather_rows (const TdRecord *record, const char *prefix, const char *member)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GPtrArray) keys = record == NULL ? NULL : td_record_keys (record, prefix);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      Row *row = g_new0 (Row, 1);
      g_autofree char *path
          = g_strdup_printf ("%s/%s%s%s", prefix, (char *)keys->pdata[i], *member == '\0' ? "" : "/", member);

      row->key = g_strdup (keys->pdata[i]);
      row->order = td_gather_number (record, path, G_MAXINT);
      g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (sorted, g_strdup (((Row *)rows->pdata[i])->key));
  return sorted;
}

/* ---- rows of the ledger -------------------------------------------------------- */

static void
take_cell (char **field, const TdRecord *record, const char *prefix, const char *key, const char *member)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, member);

  take (field, record, path);
}

/** td_gather_target: see gather.h. */
TdTarget *
td_gather_target (const TdRecord *record, const char *key)
{
  TdTarget *target = td_target_new ();
  g_autofree char *direction = g_strdup_printf ("target/%s/direction", key);
  g_autofree char *day = g_strdup_printf ("target/%s/result_date", key);
  g_autofree char *code = td_gather_text (record, direction);

  g_free (target->id);
  target->id = g_strdup (key);
  take_cell (&target->name, record, "target", key, "name");
  take_cell (&target->unit, record, "target", key, "unit");
  take_cell (&target->plan, record, "target", key, "plan");
  take_cell (&target->actual, record, "target", key, "actual");
  take_cell (&target->cap, record, "target", key, "cap");
  take_cell (&target->basis, record, "target", key, "basis");
  take_cell (&target->by_half_year, record, "target", key, "by_half_year");
  target->direction = td_direction_parse (code);
  target->result_date = td_gather_date (record, day);
  return target;
}

/** td_gather_targets: adds the targets of a ledger or project record (NULL: none) in their order. */
void
td_gather_targets (GPtrArray *targets, const TdRecord *record)
{
  g_autoptr (GPtrArray) keys = td_gather_rows (record, "target", "order");

  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (targets, td_gather_target (record, keys->pdata[i]));
}

static void
read_indicators (GPtrArray *indicators, const TdRecord *record)
{
  g_autoptr (GPtrArray) keys = td_gather_rows (record, "indicator", "order");

  for (guint i = 0; i < keys->len; i++)
    {
      TdIndicator *indicator = td_indicator_new ();
      const char *key = keys->pdata[i];

      g_free (indicator->id);
      indicator->id = g_strdup (key);
      take_cell (&indicator->name, record, "indicator", key, "name");
      take_cell (&indicator->actual_2023, record, "indicator", key, "actual_2023");
      take_cell (&indicator->target_2025, record, "indicator", key, "target_2025");
      take_cell (&indicator->plan_2024, record, "indicator", key, "plan_2024");
      take_cell (&indicator->result_2024, record, "indicator", key, "result_2024");
      take_cell (&indicator->plan_2025, record, "indicator", key, "plan_2025");
      take_cell (&indicator->result_half_2025, record, "indicator", key, "result_half_2025");
      g_ptr_array_add (indicators, indicator);
    }
}

/* ---- the unit ---------------------------------------------------------------------- */

/* The day a registration reached the top, and whether it was at every level between. */
static TdDate
read_way (const TdUnitFacts *facts, TdState *state, const TdCampaign *campaign, const char *unit, gboolean *whole)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (campaign), unit, "registration");
  TdDate top = TD_DATE_NONE;

  *whole = TRUE;
  for (const TdUnit *hop = facts->unit->acting->upper; hop != NULL; hop = hop->upper)
    {
      TdDate day = td_reached_on (state, id, hop);

      if (hop->upper == NULL)
        top = day;
      else
        *whole = *whole && day != TD_DATE_NONE;
    }
  return top;
}

/* The registration counts where it reached the top, and its way is right when
 * it was at every level between. What a unit's predecessors
 * registered is its own registration, and the first of them counts. */
static void
read_registration (TdUnitFacts *facts, TdState *state, const TdCampaign *campaign)
{
  g_autoptr (GPtrArray) keys = td_unit_keys (facts->unit);

  facts->registration_route_ok = TRUE;
  facts->registration_received = TD_DATE_NONE;
  for (guint i = 0; i < keys->len; i++)
    {
      gboolean whole;
      TdDate day = read_way (facts, state, campaign, keys->pdata[i], &whole);

      if (day == TD_DATE_NONE || (facts->registration_received != TD_DATE_NONE && facts->registration_received <= day))
        continue;
      facts->registration_received = day;
      facts->registration_route_ok = whole;
    }
}

static TdDate
report_day (const TdUnit *unit, TdState *state, const TdCampaign *campaign, const char *key)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (campaign), key, "report");

  return unit->acting->upper == NULL ? TD_DATE_NONE : td_reached_on (state, id, unit->acting->upper);
}

/** td_gather_followed_day: see gather.h. */
TdDate
td_gather_followed_day (const TdUnit *unit, TdDate own, TdDayOf day_of, gpointer data)
{
  g_autoptr (GPtrArray) keys = td_unit_keys (unit);
  TdDate last = TD_DATE_NONE;

  for (guint i = 1; own == TD_DATE_NONE && i < keys->len; i++)
    {
      TdDate day = day_of (unit, keys->pdata[i], data);

      if (day == TD_DATE_NONE)
        return TD_DATE_NONE;
      last = MAX (last, day);
    }
  return own == TD_DATE_NONE ? last : own;
}

typedef struct
{
  TdState *state;
  const TdCampaign *campaign;
} Reports;

static TdDate
report_of (const TdUnit *unit, const char *key, gpointer data)
{
  const Reports *reports = data;

  return report_day (unit, reports->state, reports->campaign, key);
}

/* The final report counts from the day it reached the level above, or was sent by
 * e-mail as the unit wrote down, whichever came first; where all whose place the
 * unit took have reported, nothing is missing. */
static void
read_report (TdUnitFacts *facts, TdState *state, const TdCampaign *campaign)
{
  Reports reports = { state, campaign };
  TdDate day = report_day (facts->unit, state, campaign, facts->unit->key);

  if (day != TD_DATE_NONE && (facts->report_sent_on == TD_DATE_NONE || day < facts->report_sent_on))
    facts->report_sent_on = day;
  facts->report_sent_on = td_gather_followed_day (facts->unit, facts->report_sent_on, report_of, &reports);
}

static void
read_events (TdUnitFacts *facts, const TdRecord *events)
{
  g_autofree char *category = td_gather_text (events, "category");

  g_free (facts->category);
  facts->category = g_strdup (*category != '\0' ? category : facts->unit->category);
  take (&facts->phase_level, events, "level");
  facts->launched_on = td_gather_date (events, "launch/date");
  facts->plan_date = td_gather_date (events, "plan/date");
  facts->interim_on = td_gather_date (events, "interim/date");
  facts->final_on = td_gather_date (events, "final/date");
  facts->awarded_on = td_gather_date (events, "own_awards/date");
  facts->report_sent_on = td_gather_date (events, "report/date");
  take (&facts->awarded_not_applicable, events, "own_awards/none");
  take (&facts->compliance, events, "compliance/state");
  take (&facts->typical, events, "typical/answer");
  take (&facts->typical_note, events, "typical/note");
}

/**
 * td_gather_ledger:
 * @ledger: the three ledger records, each may be NULL
 *
 * Returns: (transfer full): the facts of @unit as these records tell them
 */
TdUnitFacts *
td_gather_ledger (TdState *state, const TdCampaign *campaign, const TdUnit *unit, const TdLedger *ledger)
{
  TdUnitFacts *facts = td_unit_facts_new ();

  facts->unit = unit;
  td_gather_ratings (campaign, ledger->ratings, facts->ratings);
  take (&facts->ratings_inherited, ledger->ratings, "inherited");
  td_gather_targets (facts->targets, ledger->targets);
  read_indicators (facts->indicators, ledger->targets);
  read_events (facts, ledger->events);
  td_gather_catalogue (facts, state);
  read_registration (facts, state, campaign);
  read_report (facts, state, campaign);
  return facts;
}

static const TdRecord *
current (TdState *state, const TdCampaign *campaign, const TdUnit *unit, const char *type)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (campaign), unit->key, type);

  return td_state_record (state, id);
}

/** td_gather_current: the ledger as @unit's own records stand now. */
void
td_gather_current (TdState *state, const TdCampaign *campaign, const TdUnit *unit, TdLedger *ledger)
{
  ledger->ratings = current (state, campaign, unit, "ratings");
  ledger->targets = current (state, campaign, unit, "targets");
  ledger->events = current (state, campaign, unit, "events");
}

/**
 * td_gather_unit:
 * @unit: a unit's key
 *
 * Returns: (transfer full) (nullable): the facts of its ledger as it stands
 */
TdUnitFacts *
td_gather_unit (TdState *state, const TdCampaign *campaign, const TdUnits *units, const char *unit)
{
  const TdUnit *found = td_units_get (units, unit);
  TdLedger ledger;

  if (found == NULL)
    return NULL;
  td_gather_current (state, campaign, found, &ledger);
  return td_gather_ledger (state, campaign, found, &ledger);
}
