/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-pair.h"

#include "dossier/operation.h"
#include "endpoint/import.h"
#include "store/packages.h"
#include "store/sealed.h"
#include "wire/gzip.h"

#include <string.h>

/* Packages, on a stick that may be pulled out or lose its power with the desk. */

static TdBundle *
make_package (Pair *self, GPtrArray *ops, TdSyncRequest *request)
{
  TdBundle *bundle = td_bundle_new (TD_BUNDLE_UP);
  g_autoptr (GBytes) plain = td_sync_request_write (request, NULL);
  const char *const to[] = { td_centre_key (self->endpoint), NULL };
  g_autofree char *set = g_uuid_string_random ();

  g_free (bundle->set);
  bundle->set = g_compute_checksum_for_string (G_CHECKSUM_SHA256, set, -1);
  bundle->set[32] = '\0';
  g_free (bundle->unit);
  bundle->unit = g_strdup (self->unit);
  g_free (bundle->campaign);
  bundle->campaign = g_strdup (td_campaign_id (self->campaign));
  g_free (bundle->life);
  bundle->life = g_strdup (request->life);
  g_free (bundle->cur);
  bundle->cur = g_strdup (request->cur);
  bundle->first = ((TdSyncOp *)ops->pdata[0])->i;
  bundle->last = ((TdSyncOp *)ops->pdata[ops->len - 1])->i;
  bundle->created = self->moment.now;
  bundle->part = bundle->parts = 1;
  g_strfreev (bundle->recipients);
  bundle->recipients = g_strdupv ((char **)to);
  td_bundle_add (bundle, TD_ENTRY_REQUEST, td_gzip (plain));
  return bundle;
}

static void
add_files (Pair *self, TdBundle *bundle)
{
  GHashTableIter iter;
  gpointer sha;

  g_hash_table_iter_init (&iter, self->kept);
  for (guint i = 0; i < 2 && g_hash_table_iter_next (&iter, &sha, NULL); i++)
    {
      g_autoptr (TdStoredFile) stored = td_store_file (self->store, sha);
      TdBundleEntry *entry = stored == NULL ? NULL : td_bundle_entry_new (TD_ENTRY_FILE, sha, stored->size, NULL);

      if (entry == NULL)
        return;
      entry->path = td_store_file_path (self->store, sha);
      g_ptr_array_add (bundle->entries, entry);
    }
}

static gboolean
take_package (Pair *self, const char *path, GPtrArray *ops, const TdBundle *bundle)
{
  g_autofree char *receipt = g_build_filename (self->centre.folder, "receipt.hsb", NULL);
  TdImported imported = { NULL };
  TdProblem *problem = NULL;

  if (!td_centre_import (self->endpoint, self->centre.folder, path, receipt, &self->moment, &imported, &problem))
    {
      if (!pair_is_dark (self))
        pair_fail (self, "a package is not taken in: %s %s", problem->type, problem->detail);
      td_problem_free (problem);
      return FALSE;
    }
  for (guint i = 0; i < bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = bundle->entries->pdata[i];

      if (strcmp (entry->kind, TD_ENTRY_FILE) == 0)
        g_hash_table_insert (self->whole, g_strdup (entry->sha), NULL);
    }
  for (guint i = 0; i < ops->len; i++)
    {
      g_autoptr (TdOperation) operation = td_operation_parse (((TdSyncOp *)ops->pdata[i])->body, -1, NULL);

      if (!g_hash_table_contains (self->answered, operation->id))
        g_hash_table_insert (self->answered, g_strdup (operation->id), NULL);
    }
  td_imported_clear (&imported);
  return TRUE;
}

gboolean
pair_package (Pair *self)
{
  GError *error = NULL;
  g_autofree char *tip = NULL, *secret = td_store_secret (self->store), *sha = NULL;
  g_autofree char *path = g_strdup_printf ("%s/goi-%u.hsb", self->stick.folder, self->sticks++);
  g_autoptr (GPtrArray) ops
      = td_store_seal_after (self->store, td_store_acknowledged (self->store), 256 * 1024, &tip, &error);
  TdSealedKey key = { self->key, secret };
  g_autoptr (TdSyncRequest) request = NULL;
  g_autoptr (TdBundle) bundle = NULL;

  if (ops == NULL)
    return pair_failed (self, "sealing for a package", error);
  if (ops->len == 0)
    return TRUE;
  request = pair_request (self, ops, tip);
  bundle = make_package (self, ops, request);
  add_files (self, bundle);
  if (!td_sealed_write (path, bundle, &key, NULL, &sha, NULL, &error))
    return pair_failed (self, "writing a package", error);
  g_hash_table_insert (self->packages, g_strdup (path), g_steal_pointer (&sha));
  return !pair_is_dark (self) && take_package (self, path, ops, bundle);
}

/* Whatever a package has become, and whether anybody was told of it: where it stands under its name it is whole. */
gboolean
pair_take_again (Pair *self, const char *path)
{
  g_autofree char *receipt = g_build_filename (self->centre.folder, "receipt.hsb", NULL);
  TdImported imported = { NULL };
  TdProblem *problem = NULL;
  gboolean taken
      = td_centre_import (self->endpoint, self->centre.folder, path, receipt, &self->moment, &imported, &problem);

  if (!taken)
    {
      pair_fail (self, "a package is not taken in: %s %s", problem->type, problem->detail);
      td_problem_free (problem);
    }
  td_imported_clear (&imported);
  return taken;
}
