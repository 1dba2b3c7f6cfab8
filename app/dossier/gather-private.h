/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/gather.h"

G_BEGIN_DECLS

/* Shared by the gather*.c files only. */

typedef struct
{
  const TdRecord *ratings;
  const TdRecord *targets;
  const TdRecord *events;
} TdLedger;

char *td_gather_text (const TdRecord *record, /* NULL: "" */
                      const char *path);
TdDate td_gather_date (const TdRecord *record, const char *path);
int td_gather_number (const TdRecord *record, const char *path, int fallback);
void td_gather_ratings (const TdCampaign *campaign, const TdRecord *record, TdRating *ratings);
GPtrArray *td_gather_rows (const TdRecord *record, const char *prefix, const char *member);
void td_gather_targets (GPtrArray *targets, const TdRecord *record);
void td_gather_catalogue (TdUnitFacts *facts, TdState *state);
void td_gather_current (TdState *state, const TdCampaign *campaign, const TdUnit *unit, TdLedger *ledger);
TdUnitFacts *td_gather_ledger (TdState *state, const TdCampaign *campaign, const TdUnit *unit, const TdLedger *ledger);

const TdRecord *td_gather_main (const TdVersion *version, const char *dossier);
const TdRecord *td_gather_any (TdState *state, const char *dossier);

G_END_DECLS
