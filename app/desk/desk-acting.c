/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"

#include <string.h>

/* After a re-organisation a desk works for the unit that acts today, over
 * what is written under that one and under those it follows (model.md 4.2). */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/** td_desk_list_own: see desk-private.h. */
GPtrArray *
td_desk_list_own (TdDesk *self, const char *kind, const char *name, const char *suffix)
{
  g_autoptr (GPtrArray) keys = td_unit_keys (self->unit);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *term = g_strdup_printf ("%s:%s%s", name, (char *)keys->pdata[i], suffix);
      g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), kind, term);

      g_ptr_array_set_free_func (ids, NULL);
      for (guint n = 0; n < ids->len; n++)
        g_ptr_array_add (all, ids->pdata[n]);
    }
  g_ptr_array_sort (all, compare_ids);
  return all;
}

/** td_desk_owner_of: see desk-private.h. */
char *
td_desk_owner_of (TdDesk *self, const char *record, const char *type)
{
  const TdRecord *found = td_state_record (td_desk_view (self), record);
  g_autoptr (GPtrArray) keys = td_unit_keys (self->unit);

  for (guint i = 0; found == NULL && i < keys->len; i++)
    {
      g_autofree char *fixed = td_unit_record_id (td_campaign_id (self->campaign), keys->pdata[i], type);

      if (strcmp (fixed, record) == 0)
        return g_strdup (keys->pdata[i]);
    }
  return g_strdup (found == NULL ? self->unit->key : found->owner);
}
