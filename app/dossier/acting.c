/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/acting.h"

#include <string.h>

/**
 * td_device_unit:
 * @units: the units file in force
 * @device: one of the directory
 *
 * A device keeps the unit it was enrolled for, because its signed steps name it.
 *
 * Returns: (nullable): the unit it works for today
 */
const TdUnit *
td_device_unit (const TdUnits *units, const TdDevice *device)
{
  g_return_val_if_fail (units != NULL && device != NULL, NULL);

  return td_units_now (units, *device->acts == '\0' ? device->unit : device->acts);
}

/**
 * td_owner_unit:
 * @units: the units file in force
 * @dossier: a dossier
 *
 * Returns: (nullable): the unit that stands for its owner today: the one the
 * administrator named when the owner was split, else the owner's successor
 */
const TdUnit *
td_owner_unit (const TdUnits *units, const TdDossier *dossier)
{
  g_return_val_if_fail (units != NULL && dossier != NULL, NULL);

  return td_units_now (units, *dossier->acts == '\0' ? dossier->owner : dossier->acts);
}

gboolean
td_owns (const TdUnits *units, const TdDossier *dossier, const TdUnit *unit)
{
  const TdUnit *owner = td_owner_unit (units, dossier);

  return unit != NULL && (owner == NULL ? strcmp (unit->key, dossier->owner) == 0 : owner == unit);
}

gboolean
td_holds (const TdDossier *dossier, const TdUnit *unit)
{
  return td_unit_is (unit, dossier->holder);
}

gboolean
td_at_home (const TdUnits *units, const TdDossier *dossier)
{
  const TdUnit *holder = td_units_now (units, dossier->holder);

  return strcmp (dossier->holder, dossier->owner) == 0 || (holder != NULL && td_owns (units, dossier, holder));
}

gboolean
td_writes (TdState *state, const TdUnits *units, const TdRecord *record, const TdUnit *unit)
{
  const TdDossier *dossier = td_state_dossier (state, record->id);

  return dossier == NULL ? td_unit_is (unit, record->owner) : td_owns (units, dossier, unit);
}

/**
 * td_below_holder:
 * @units: the units file in force
 * @dossier: a dossier
 *
 * Where a return goes (model.md 3: one level down): on the owner's way up as it
 * is today, whoever carried it up before.
 *
 * Returns: (nullable): the unit just below the holder
 */
const TdUnit *
td_below_holder (const TdUnits *units, const TdDossier *dossier)
{
  const TdUnit *holder = td_units_now (units, dossier->holder);

  for (const TdUnit *at = td_owner_unit (units, dossier); at != NULL && holder != NULL; at = at->upper)
    if (at->upper == holder)
      return at;
  return NULL;
}
