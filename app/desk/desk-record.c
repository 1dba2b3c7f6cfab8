/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"

#include <string.h>

/* Finding a record: this unit's own words, or what another unit handed in. */

static const char *const FIXED[]
    = { "ratings", "targets", "events", "registration", "report", "interim_report", "council" };

/** td_desk_ledger: the id of the unit's one record of that name. */
char *
td_desk_ledger (TdDesk *self, const char *name)
{
  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL)
    return g_strdup ("");
  return td_unit_record_id (td_campaign_id (self->campaign), self->unit->key, name);
}

static void
remember_body (TdDesk *self, const char *digest)
{
  TdRecord *body = td_state_body (td_desk_view (self), digest);

  if (body != NULL)
    g_hash_table_replace (self->foreign, body->id, body);
}

static void
remember_version (TdDesk *self, const TdVersion *version)
{
  GHashTableIter iter;
  gpointer digest;

  if (version == NULL)
    return;
  g_hash_table_iter_init (&iter, version->quotes);
  while (g_hash_table_iter_next (&iter, NULL, &digest))
    remember_body (self, digest);
  for (guint i = 0; i < version->letters->len; i++)
    remember_body (self, version->letters->pdata[i]);
}

static int
compare_age (gconstpointer a, gconstpointer b)
{
  const TdVersion *left = *(const TdVersion *const *)a;
  const TdVersion *right = *(const TdVersion *const *)b;

  return (left->q > right->q) - (left->q < right->q);
}

/* Letters and ledgers of other units stand in the versions handed in; the newest counts. */
static void
find_foreign (TdDesk *self)
{
  TdState *view = td_desk_view (self);
  g_autoptr (GPtrArray) ids = td_state_list (view, "dossier", "all");
  g_autoptr (GPtrArray) versions = g_ptr_array_new ();

  self->foreign = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (view, ids->pdata[i]);
      const TdVersion *version = dossier == NULL ? NULL : td_desk_version (self, dossier);

      if (version != NULL)
        g_ptr_array_add (versions, (gpointer)version);
    }
  g_ptr_array_sort (versions, compare_age);
  for (guint i = 0; i < versions->len; i++)
    remember_version (self, versions->pdata[i]);
}

static const TdRecord *
handed_in (TdDesk *self, const char *id)
{
  const TdDossier *dossier = td_state_dossier (td_desk_view (self), id);
  const TdVersion *version = dossier == NULL ? NULL : td_desk_version (self, dossier);

  for (guint i = 0; version != NULL && i < version->records->len; i++)
    if (strcmp (((TdRecord *)version->records->pdata[i])->id, id) == 0)
      return version->records->pdata[i];
  return NULL;
}

/** td_desk_record: own words, else what was handed in; NULL where nothing of it is known here. */
const TdRecord *
td_desk_record (TdDesk *self, const char *id)
{
  const TdRecord *record = id == NULL || *id == '\0' ? NULL : td_state_record (td_desk_view (self), id);

  if (record == NULL && id != NULL && *id != '\0')
    record = handed_in (self, id);
  if (record != NULL || id == NULL || *id == '\0')
    return record;
  if (self->foreign == NULL)
    find_foreign (self);
  return g_hash_table_lookup (self->foreign, id);
}

/** td_desk_type: the type of a record, also of one that isn't begun yet. */
const char *
td_desk_type (TdDesk *self, const char *id)
{
  const TdRecord *record = td_desk_record (self, id);
  g_autoptr (GPtrArray) keys = NULL;

  if (record != NULL)
    return record->type;
  if (self->unit == NULL)
    return NULL;
  keys = td_unit_keys (self->unit);
  for (guint k = 0; k < keys->len; k++)
    for (guint i = 0; i < G_N_ELEMENTS (FIXED); i++)
      {
        g_autofree char *fixed = td_unit_record_id (td_campaign_id (self->campaign), keys->pdata[k], FIXED[i]);

        if (g_strcmp0 (fixed, id) == 0)
          return td_unit_record_type (FIXED[i]);
      }
  return td_desk_planned_type (self, id);
}
