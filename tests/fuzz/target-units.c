/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "campaign/units.h"

/* A units file, as it is or as patches of a real one: what can be read can be walked, from every unit to the top and through every successor. */

static void
walk (const TdUnits *units, const TdUnit *unit)
{
  const TdUnit *now = td_units_now (units, unit->key);
  const TdUnit *upper = unit;
  guint hops = 0;

  while ((upper = td_units_next_hop (units, upper)) != NULL)
    {
      g_assert_cmpuint (++hops, <, 1000);
      g_assert_true (td_units_on_route (units, unit, upper));
    }
  g_assert_true (td_units_get (units, unit->key) == unit);
  g_assert_true (now == NULL || td_unit_is (now, unit->key));
  g_assert_true (unit->name != NULL && unit->full_name != NULL && unit->category != NULL);
  g_ptr_array_unref (td_unit_keys (unit));
  g_ptr_array_unref (td_units_children (units, unit));
  td_units_by_code (units, unit->code, unit->valid_from);
  td_units_body (units, unit->code, unit->valid_from);
}

void
fuzz_units (const guint8 *data, gsize size)
{
  static char *real;
  g_autofree char *text = NULL;
  g_autoptr (TdUnits) units = NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (real == NULL)
    real = fuzz_data ("units", "can-tho-2025.json");
  text = size > 0 && *data == '{' ? g_strndup ((const char *)data, size) : fuzz_patched (real, data, size);
  units = td_units_parse (text, -1, NULL);
  if (units == NULL)
    return;
  all = td_units_all (units);
  for (guint i = 0; i < all->len; i++)
    walk (units, all->pdata[i]);
  g_ptr_array_unref (td_units_search (units, "long my", 10));
}
