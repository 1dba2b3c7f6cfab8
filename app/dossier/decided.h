/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/judge.h"
#include "dossier/state.h"

G_BEGIN_DECLS

/* What the rules said on the day of the decision, frozen with it: a plan changed
 * later judges drafts and what is on its way, never what was decided. */

/* A record of type "findings" for the decision @entry's body; NULL where the dossier cannot be judged. Owned. */
TdRecord *td_decided_freeze (TdState *state,
                             const TdCampaign *campaign,
                             const TdUnits *units,
                             const TdDossier *dossier,
                             const char *owner, /* key of the unit that decides */
                             TdDate day);
/* The frozen findings of a dossier whose decision stands; NULL while there is none. Borrowed. */
const TdRecord *td_decided_record (TdState *state, const TdDossier *dossier);
/* Of such a record: TdFinding, in the order of the rules; owned. */
GPtrArray *td_decided_findings (const TdRecord *record);

G_END_DECLS
