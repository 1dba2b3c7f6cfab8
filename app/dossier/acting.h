/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/state.h"

G_BEGIN_DECLS

/* Whose something is now. What is written keeps the unit it was written under;
 * after a re-organisation another acts for it (model.md 4.2). Every check of "is
 * this unit's" goes through here, or through td_unit_is() for a bare key. */

/* The unit a device works for today; NULL where the units file doesn't know it. */
const TdUnit *td_device_unit (const TdUnits *units, const TdDevice *device);
/* The unit that stands for a dossier's owner today; NULL where it is unknown. */
const TdUnit *td_owner_unit (const TdUnits *units, const TdDossier *dossier);
gboolean td_owns (const TdUnits *units, const TdDossier *dossier, const TdUnit *unit);
gboolean td_holds (const TdDossier *dossier, const TdUnit *unit);
/* Its owner holds it: it is in the hands that may edit it. */
gboolean td_at_home (const TdUnits *units, const TdDossier *dossier);
/* Is @record @unit's to write: its own, a predecessor's, or of a dossier that was given to it. */
gboolean td_writes (TdState *state, const TdUnits *units, const TdRecord *record, const TdUnit *unit);
/* The unit just below the holder on the owner's way up; NULL where the owner holds it, or the holder is not on it. */
const TdUnit *td_below_holder (const TdUnits *units, const TdDossier *dossier);

G_END_DECLS
