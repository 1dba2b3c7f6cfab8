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

  for (const TdUnit *at = unit; at; at = td_units_next_hop (self, at))
    if (strcmp (at->key, upper->key) == 0)
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
 * Returns: (transfer container) (element-type TdUnit): those whose next hop is @unit, by code
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

      if (g_strcmp0 (child->parent, unit->key) == 0)
        g_ptr_array_add (children, child);
    }
  return children;
}

/* 0 is the best; -1: not found. */
static int
rank_of (const TdUnitEntry *entry, const char *query, const char *fold)
{
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
