/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/centre.h"

G_BEGIN_DECLS

typedef struct
{
  const char *units;  /* text of the new units file */
  const char *split;  /* text of the file that names heirs, {"dossiers": {id: unit}, "devices": {key: unit}}; NULL */
  const char *reason; /* the act it rests on, shown in the chain of each dossier that moves */
  gboolean dry_run;   /* say what would happen, change nothing */
} TdReorganisation;

/**
 * td_centre_reorganise:
 * @self: an endpoint; another process may be serving meanwhile, it takes the new file up by itself
 * @plan: what is to be done
 * @moment: now
 * @report: (out): what was before and what is after, for people; set on success only
 * @error: TD_CENTRE_ERROR or TD_CAMPAIGN_ERROR: nothing was changed
 *
 * Puts a new units file in force during the campaign (model.md 4.2) by an operation of the
 * endpoint itself. Refuses a file that loses a unit somebody still needs, and one after
 * which the totals would not be what they were.
 */
gboolean td_centre_reorganise (
    TdCentre *self, const TdReorganisation *plan, const TdMoment *moment, char **report, GError **error);

/* The first unit that @next leads elsewhere than @before (closed, or under another parent): such a
 * file is put in force by a re-organisation only. NULL where there is none. */
const TdUnit *td_units_first_change (const TdUnits *before, const TdUnits *next);

G_END_DECLS
