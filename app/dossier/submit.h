/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/units.h"
#include "dossier/operation.h"
#include "dossier/state.h"

G_BEGIN_DECLS

/* What a submit step is made of: used by the desk that writes it and by
 * td_apply() that checks it, so that both compute the same digests. */

GHashTable *td_submit_quotes (const TdOperation *operation);
/* The quotes @unit must name: its ledger records as they stand, id -> digest; owned. */
GHashTable *td_ledger_quotes (TdState *state, const char *campaign, const char *unit);
/* The quotes a submit of @letter with @dossiers (char *) must name: the ledger of the letter's unit as
 * it is written, and of those among the dossiers' owners whom it follows (model.md 4.2); owned. */
GHashTable *td_submit_ledgers (
    TdState *state, const TdUnits *units, const char *campaign, const TdRecord *letter, GPtrArray *dossiers);
/* @own: it is the owner's unit that hands in. */
GPtrArray *td_submit_records (TdState *state, const TdDossier *dossier, gboolean own);
GHashTable *td_submit_merge_quotes (TdState *state, const TdDossier *dossier, GHashTable *quotes);
char *td_submit_digest (TdState *state, const TdDossier *dossier, gboolean own, GHashTable *quotes);

G_END_DECLS
