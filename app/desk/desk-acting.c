/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"

#include <glib/gi18n.h>
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

/** td_desk_name_of_then: see desk-private.h. */
char *
td_desk_name_of_then (const TdUnit *unit)
{
  return unit->acting == unit ? g_strdup (unit->full_name)
                              : g_strdup_printf (_ ("%s (now %s)"), unit->full_name, unit->acting->full_name);
}

/* ---- said in words ------------------------------------------------------------------ */

void
td_desk_explain_move (TdDesk *self, const TdEntry *entry, TdChainItem *item)
{
  g_auto (GStrv) units = g_strsplit (entry->subject, " ", 2);
  g_autofree char *way = NULL;
  g_autofree char *reason = NULL;

  if (units[0] == NULL || units[1] == NULL)
    return;
  way = g_strdup_printf (_ ("From %s to %s."), td_desk_unit_name (self, units[0]), td_desk_unit_name (self, units[1]));
  reason = *entry->detail == '\0' ? g_strdup (way) : g_strdup_printf (_ ("%s Reason: %s"), way, entry->detail);
  td_item_set (&item->who, _ ("The administrator of the centre"));
  td_item_set (&item->unit_name, td_desk_unit_name (self, units[1]));
  td_item_set (&item->reason, reason);
}

/* "Xã A, Xã B": the units whose place this desk's unit took. */
static char *
former_names (TdDesk *self)
{
  GString *names = g_string_new (NULL);
  GPtrArray *former = self->unit->former;

  for (guint i = 0; former != NULL && i < former->len; i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", td_desk_unit_name (self, former->pdata[i]));
  return g_string_free (names, FALSE);
}

void
td_desk_add_reorganised (TdDesk *self, GListStore *list)
{
  g_autofree char *written = td_store_get (self->store, TD_META_UNIT);
  const TdUnit *old = *written == '\0' ? NULL : td_units_get (self->units, written);
  g_autofree char *names = former_names (self);
  g_autoptr (TdRowItem) row = NULL;
  g_autofree char *title = NULL;
  g_autofree char *what = NULL;

  if (*names == '\0' && (old == NULL || old == self->unit))
    return;
  if (*names == '\0')
    {
      g_free (names);
      names = g_strdup (old->full_name);
    }
  title = g_strdup_printf (_ ("This desk works for %s now"), self->unit->full_name);
  row = td_row_item_new ();
  td_item_set (&row->id, "place:dossiers");
  td_item_set (&row->title, title);
  what = g_strdup_printf (_ ("Dossiers, ledgers and numbers of %s came with it; what waits here is sent as written."),
                          names);
  td_item_set (&row->subtitle, what);
  td_item_set (&row->state, "info");
  g_list_store_append (list, row);
}
