/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/units.h"

#include <string.h>

#include "campaign/units-private.h"
#include "text/vietnamese.h"

/**
 * td_units_ref:
 * @self: units
 *
 * Returns: (transfer full): @self
 */
TdUnits *
td_units_ref (TdUnits *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * td_units_unref:
 * @self: (nullable): units
 */
void
td_units_unref (TdUnits *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->entries);
  g_free (self->source);
  g_free (self);
}

/**
 * td_units_get:
 * @self: units
 * @key: "31447@2024-07-01"
 *
 * Returns: (transfer none) (nullable): the unit
 */
const TdUnit *
td_units_get (const TdUnits *self, const char *key)
{
  const TdUnitEntry *entry;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  entry = g_hash_table_lookup (self->by_key, key);
  return entry ? &entry->unit : NULL;
}

/**
 * td_units_now:
 * @self: units
 * @key: of a unit, closed or not
 *
 * Records keep the owner they were written under, so that no digest changes;
 * whose they are now is asked here (model.md 4.2).
 *
 * Returns: (transfer none) (nullable): the unit that acts for it today
 */
const TdUnit *
td_units_now (const TdUnits *self, const char *key)
{
  const TdUnit *unit = td_units_get (self, key);

  return unit ? unit->acting : NULL;
}

/**
 * td_unit_is:
 * @unit: (nullable): a unit
 * @key: a unit's key as it is written somewhere
 *
 * Returns: %TRUE where @key names @unit or one that it took the place of
 */
gboolean
td_unit_is (const TdUnit *unit, const char *key)
{
  g_return_val_if_fail (key != NULL, FALSE);

  if (!unit)
    return FALSE;
  if (strcmp (unit->key, key) == 0)
    return TRUE;
  return unit->former && g_ptr_array_find_with_equal_func (unit->former, key, g_str_equal, NULL);
}

static gboolean
came_of (const TdUnit *unit, const TdUnit *old)
{
  for (guint i = 0; old && old->heirs && i < old->heirs->len; i++)
    if (((const TdUnit *)old->heirs->pdata[i])->acting == unit)
      return TRUE;
  return FALSE;
}

/**
 * td_unit_follows:
 * @unit: (nullable): a unit
 * @key: a unit's key as it is written somewhere
 *
 * Returns: %TRUE where @unit is @key's, took its place, or came of it when it was split
 */
gboolean
td_unit_follows (const TdUnit *unit, const char *key)
{
  g_return_val_if_fail (key != NULL, FALSE);

  return unit && (td_unit_is (unit, key) || came_of (unit, td_units_get (unit->all, key)));
}

/**
 * td_unit_keys:
 * @unit: a unit
 *
 * Returns: (transfer container) (element-type utf8): every key it follows, its own first
 */
GPtrArray *
td_unit_keys (const TdUnit *unit)
{
  GPtrArray *keys = g_ptr_array_new ();

  g_return_val_if_fail (unit != NULL, keys);

  g_ptr_array_add (keys, unit->key);
  for (guint i = 0; unit->predecessors && i < unit->predecessors->len; i++)
    g_ptr_array_add (keys, ((const TdUnit *)unit->predecessors->pdata[i])->key);
  return keys;
}

/**
 * td_unit_predecessor_names:
 * @unit: a unit
 *
 * Returns: (transfer full): "Xã A, Xã B"; "" where it follows nobody
 */
char *
td_unit_predecessor_names (const TdUnit *unit)
{
  const GPtrArray *units;
  GString *names = g_string_new (NULL);

  g_return_val_if_fail (unit != NULL, g_string_free (names, FALSE));

  units = unit->predecessors;
  for (guint i = 0; units && i < units->len; i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", ((const TdUnit *)units->pdata[i])->full_name);
  return g_string_free (names, FALSE);
}

/**
 * td_unit_changed_on:
 * @unit: a unit
 *
 * Returns: the last day on which it took another's place, %TD_DATE_NONE without one
 */
TdDate
td_unit_changed_on (const TdUnit *unit)
{
  TdDate last = TD_DATE_NONE;

  g_return_val_if_fail (unit != NULL, TD_DATE_NONE);

  for (guint i = 0; unit->predecessors && i < unit->predecessors->len; i++)
    last = MAX (last, ((const TdUnit *)unit->predecessors->pdata[i])->reorganised_on);
  return last;
}

/**
 * td_unit_is_new:
 * @unit: a unit
 *
 * Returns: %TRUE where it began when others ended, %FALSE where it only took others in
 */
gboolean
td_unit_is_new (const TdUnit *unit)
{
  g_return_val_if_fail (unit != NULL, FALSE);

  for (guint i = 0; unit->predecessors && i < unit->predecessors->len; i++)
    if (((const TdUnit *)unit->predecessors->pdata[i])->reorganised_on <= unit->valid_from)
      return TRUE;
  return FALSE;
}

static gboolean
is_valid_on (const TdUnit *unit, TdDate day)
{
  return unit->valid_from <= day && (unit->valid_to == TD_DATE_NONE || day <= unit->valid_to);
}

/**
 * td_units_by_code:
 * @self: units
 * @code: a code, which may be used again after a re-organisation
 * @day: the day it is meant on
 *
 * Returns: (transfer none) (nullable): the unit that had @code on @day
 */
const TdUnit *
td_units_by_code (const TdUnits *self, const char *code, TdDate day)
{
  g_return_val_if_fail (self != NULL && code != NULL, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const TdUnit *unit = &((const TdUnitEntry *)self->entries->pdata[i])->unit;

      if (strcmp (unit->code, code) == 0 && is_valid_on (unit, day))
        return unit;
    }
  return NULL;
}

/**
 * td_units_body:
 * @self: units
 * @code: a code the campaign names a body by
 * @day: today
 *
 * Returns: (transfer none) (nullable): the unit that acts under @code, or for the one that had it last
 */
const TdUnit *
td_units_body (const TdUnits *self, const char *code, TdDate day)
{
  const TdUnit *unit = td_units_by_code (self, code, day);

  for (guint i = self->entries->len; i > 0 && !unit; i--)
    {
      const TdUnit *last = &((const TdUnitEntry *)self->entries->pdata[i - 1])->unit;

      if (strcmp (last->code, code) == 0 && last->valid_to != TD_DATE_NONE)
        unit = last;
    }
  return unit ? unit->acting : NULL;
}

/**
 * td_units_next_hop:
 * @self: units
 * @unit: one of them
 *
 *
 *
 * Returns: (transfer none) (nullable): who receives what @unit hands in; %NULL at the top
 */
const TdUnit *
td_units_next_hop (const TdUnits *self, const TdUnit *unit)
{
  g_return_val_if_fail (self != NULL && unit != NULL, NULL);

  return unit->parent ? td_units_get (self, unit->parent) : NULL;
}

/**
 * td_units_on_route:
 * @self: units
 * @unit: where the route begins
 * @upper: a unit
 *
 * Returns: %TRUE if @upper is @unit or lies on its route
 */
gboolean
td_units_on_route (const TdUnits *self, const TdUnit *unit, const TdUnit *upper)
{
  g_return_val_if_fail (self != NULL && unit != NULL && upper != NULL, FALSE);

  for (const TdUnit *at = unit->acting; at; at = at->upper)
    if (at == upper->acting)
      return TRUE;
  return FALSE;
}

/**
 * td_units_all:
 * @self: units
 *
 * Returns: (transfer container) (element-type TdUnit): all of them by code
 */
GPtrArray *
td_units_all (const TdUnits *self)
{
  GPtrArray *all;

  g_return_val_if_fail (self != NULL, NULL);

  all = g_ptr_array_sized_new (self->entries->len);
  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (all, &((TdUnitEntry *)self->entries->pdata[i])->unit);
  return all;
}

/**
 * td_units_children:
 * @self: units
 * @unit: one of them
 *
 * Returns: (transfer container) (element-type TdUnit): those that take part today and whose next hop is @unit, by code
 */
GPtrArray *
td_units_children (const TdUnits *self, const TdUnit *unit)
{
  GPtrArray *children;

  g_return_val_if_fail (self != NULL && unit != NULL, NULL);

  children = g_ptr_array_new ();
  for (guint i = 0; i < self->entries->len; i++)
    {
      TdUnit *child = &((TdUnitEntry *)self->entries->pdata[i])->unit;

      if (g_strcmp0 (child->parent, unit->key) == 0 && child->acting == child)
        g_ptr_array_add (children, child);
    }
  return children;
}

/* 0 is the best; -1: not found, or no longer there to be chosen. */
static int
rank_of (const TdUnitEntry *entry, const char *query, const char *fold)
{
  if (entry->unit.acting != &entry->unit)
    return -1;
  if (!td_text_matches (query, entry->unit.full_name))
    return -1;
  if (strcmp (entry->fold, fold) == 0)
    return 0;
  if (strcmp (entry->name_fold, fold) == 0)
    return 1;
  if (g_str_has_prefix (entry->name_fold, fold))
    return 2;
  return g_str_has_prefix (entry->fold, fold) ? 3 : 4;
}

/**
 * td_units_search:
 * @self: units
 * @query: what was typed, with or without tones
 * @most: so many at most
 *
 * Exact names come first, within one rank by code: so districts before communes.
 *
 * Returns: (transfer container) (element-type TdUnit): what was found, best first
 */
GPtrArray *
td_units_search (const TdUnits *self, const char *query, guint most)
{
  g_autofree char *fold = NULL;
  GPtrArray *found;

  g_return_val_if_fail (self != NULL && query != NULL, NULL);

  fold = td_text_fold (query);
  found = g_ptr_array_new ();
  for (int rank = 0; rank <= 4; rank++)
    for (guint i = 0; i < self->entries->len && found->len < most; i++)
      {
        TdUnitEntry *entry = self->entries->pdata[i];

        if (rank_of (entry, query, fold) == rank)
          g_ptr_array_add (found, &entry->unit);
      }
  return found;
}

/**
 * td_units_source:
 * @self: units
 *
 * Returns: the bytes they were parsed from
 */
const char *
td_units_source (const TdUnits *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->source;
}
