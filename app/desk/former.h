/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* After a re-organisation a unit reads the ledgers of those whose place it took (model.md 4.2). */

/* They, as TdRowItem: id = key, title = "Xã A, đến hết ngày 04/07/2025"; none: an empty list. */
GListModel *td_desk_former_units (TdDesk *self);
/* What stands in the ledger, registration and reports of @unit, one of those: TdDifferenceItem with the
 * words in "before" and the part it belongs to in "after"; each part together. */
GListModel *td_desk_former_ledger (TdDesk *self, const char *unit);
/* TRUE where this unit's own ledger has ratings already, which td_desk_inherit_ratings() would replace. */
gboolean td_desk_has_ratings (TdDesk *self);
/* Writes the ratings of @unit into this unit's own ledger, and whose they are. */
gboolean td_desk_inherit_ratings (TdDesk *self, const char *unit, GError **error);
/* Takes over what @unit, one of those, had written in its ledger @name: "events" (launch, plan, reviews, own awards,
 * works and their files) or "targets" (targets, indicators, evidence), so that it stands in this unit's own ledger, its
 * report and its gate of III.3. What this unit has written itself stays; rows keep their keys, so that none counts
 * twice where both units report. Returns how many things and rows were taken, -1 with @error. */
int td_desk_inherit_ledger (TdDesk *self, const char *unit, const char *name, GError **error);

G_END_DECLS
