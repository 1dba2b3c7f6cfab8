/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "target-grids.h"

#include "files-view.h"
#include "registrations-columns.h"

#include <glib/gi18n.h>

/* ---- targets ------------------------------------------------------------------------ */

static const TdGridColumn target_columns[] = {
  { "name", N_ ("Target"), 0 },
  { "unit", N_ ("Unit of measure"), 88 },
  { "direction", N_ ("Better when"), 98, FALSE, "HIGHER_BETTER\nLOWER_BETTER\nQUALITATIVE",
    N_ ("higher\nlower\nin words") },
  { "plan", N_ ("Plan"), 68 },
  { "by_half_year", N_ ("By {last}"), 84 },
  { "actual", N_ ("Result"), 68 },
  { "result_date", N_ ("Day of the result"), 98 },
  { "basis", N_ ("Document it rests on"), 0, TRUE, NULL, NULL, td_desk_bases },
  { "year", N_ ("Year of the target"), 0, TRUE },
  { "phase", N_ ("Phase"), 0, TRUE, "{phase-numbers}", "{phases}" },
  { "breakthrough", N_ ("Breakthrough target"), 0, TRUE, "yes", N_ ("yes, it comes first") },
  { "cap", N_ ("Highest possible value"), 0, TRUE },
  { "evidence", N_ ("Evidence: number and date of the document"), 0, TRUE },
};
static const char *const target_pasted[]
    = { "name", "unit", "plan", "by_half_year", "basis", "actual", "result_date", "evidence", NULL };

static const char *
say_row (TdDesk *desk, const char *record, const char *prefix, const char *key, char **words)
{
  g_autoptr (TdTargetItem) item = td_desk_target (desk, record, prefix, key);

  if (item == NULL)
    return NULL;
  *words = td_target_words (item);
  return td_target_icon (item->state);
}

static const char *
say_target (TdDesk *desk, const char *record, const char *key, char **words)
{
  return say_row (desk, record, "target", key, words);
}

static GtkWidget *
make_evidence (TdDesk *desk, const char *record, const char *key)
{
  static const char *const kinds[] = { "MINH_CHUNG", NULL };
  GtkWidget *files = td_files_view_new (desk);

  td_files_view_set_kinds (TD_FILES_VIEW (files), kinds);
  td_files_view_set_target (TD_FILES_VIEW (files), key);
  td_files_view_set_record (TD_FILES_VIEW (files), record);
  return files;
}

const TdGridKind td_target_grid = {
  "target",
  N_ ("Add a _target"),
  N_ ("Here stand the targets the unit registers, each with the document it rests on, what is set to {year}, what is "
      "to "
      "be reached by {last}, and later its result. Add the first, or paste rows from Excel: with their heading, or "
      "in the order target, unit of measure, plan, to reach by {last}, document, result, day, evidence."),
  target_pasted,
  target_columns,
  G_N_ELEMENTS (target_columns),
  say_target,
  make_evidence,
};

/* ---- indicators ----------------------------------------------------------------------- */

static const TdGridColumn indicator_columns[] = {
  { "name", N_ ("Indicator"), 0 },
  { "unit", N_ ("Unit of measure"), 104 },
  { "actual_2023", N_ ("Result {year-2}"), 78 },
  { "target_2025", N_ ("Target to {year}"), 78 },
  { "plan_2024", N_ ("Plan {year-1}"), 78 },
  { "result_2024", N_ ("Result {year-1}"), 78 },
  { "plan_2025", N_ ("Plan {year}"), 78 },
  { "result_half_2025", N_ ("Result to {last}"), 92 },
};
static const char *const indicator_pasted[] = { "name",      "unit",        "actual_2023", "target_2025",
                                                "plan_2024", "result_2024", "plan_2025",   "result_half_2025",
                                                NULL };

static const char *
say_indicator (TdDesk *desk, const char *record, const char *key, char **words)
{
  return say_row (desk, record, "indicator", key, words);
}

const TdGridKind td_indicator_grid = {
  "indicator",
  N_ ("Add an _indicator"),
  N_ ("{indicators}: the figures of {year-2} to {last}. Add the first, or paste rows from Excel in the order of the "
      "columns."),
  indicator_pasted,
  indicator_columns,
  G_N_ELEMENTS (indicator_columns),
  say_indicator,
  NULL,
};

/* ---- participants ------------------------------------------------------------------------ */

static const TdGridColumn participant_columns[] = {
  { "name", N_ ("Collective or person"), 0 },
  { "kind", N_ ("Kind"), 140, FALSE, "collective\nindividual", N_ ("Collective\nPerson") },
  { "unit", N_ ("Unit or place of work"), 320 },
};
static const char *const participant_pasted[] = { "name", "kind", "unit", NULL };

const TdGridKind td_participant_grid = {
  "participant",
  N_ ("Add a _participant"),
  N_ ("Here stand the collectives and persons of the unit who take part. Add the first, or paste rows from Excel: "
      "name, "
      "collective or person, unit."),
  participant_pasted,
  participant_columns,
  G_N_ELEMENTS (participant_columns),
  NULL,
  NULL,
};
