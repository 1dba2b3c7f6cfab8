/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/operation.h"
#include "dossier/state.h"

G_BEGIN_DECLS

/* What a submit step is made of: used by the desk that writes it and by
 * td_apply() that checks it, so that both compute the same digests. */

GHashTable *td_submit_quotes (const TdOperation *operation);
/* The quotes @unit must name: its ledger records as they stand, id -> digest; owned. */
GHashTable *td_ledger_quotes (TdState *state, const char *campaign, const char *unit);
GPtrArray *td_submit_records (TdState *state, const TdDossier *dossier, const char *unit);
GHashTable *td_submit_merge_quotes (TdState *state, const TdDossier *dossier, GHashTable *quotes);
char *td_submit_digest (TdState *state, const TdDossier *dossier, const char *unit, GHashTable *quotes);

G_END_DECLS
