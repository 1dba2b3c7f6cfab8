/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/store-private.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "dossier/crypto.h"

#define CHECK_UP_TO (64 * 1024 * 1024) /* larger files are checked by their daily backup */
#define DAY_SECONDS (24 * 60 * 60)

G_DEFINE_QUARK (td - store - error - quark, td_store_error)

char *
td_random_hex (guint bytes)
{
  guint8 random[64];
  char *hex;

  g_assert (bytes <= sizeof random);
  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  randombytes_buf (random, bytes);
  hex = g_malloc (2 * bytes + 1);
  sodium_bin2hex (hex, 2 * bytes + 1, random, bytes);
  return hex;
}

gint64
td_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* A data base is born with a key of its own and a first life. */
static gboolean
make_identity (TdStore *self, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_autofree char *seed = NULL;

  /* A seed that can't be read is not a seed that isn't there: a new one would make the desk a stranger. */
  if (!td_transaction_begin (&transaction, self->db, error)
      || !td_db_get_text (self->db, &seed, error, "SELECT value FROM meta WHERE name = :name", "t:name", META_SEED,
                          NULL))
    return FALSE;
  if (seed == NULL || *seed == '\0')
    {
      g_autofree char *fresh = td_random_hex (32);
      g_autofree char *life = td_random_hex (16);

      if (!td_store_set (self, META_SEED, fresh, error) || !td_store_set (self, META_LIFE, life, error)
          || !td_store_set (self, META_TIP, TD_CHAIN_START, error))
        return FALSE;
    }
  return td_transaction_commit (&transaction, error);
}

static gboolean
load_identity (TdStore *self, GError **error)
{
  g_autofree char *seed = td_store_get (self, META_SEED);
  guint8 bytes[32];
  gsize length = 0;

  if (sodium_hex2bin (bytes, sizeof bytes, seed, strlen (seed), NULL, &length, NULL) != 0 || length != sizeof bytes)
    {
      g_set_error_literal (error, TD_DB_ERROR, TD_DB_ERROR_DAMAGED, "the device has no key");
      return FALSE;
    }
  td_key_from_seed (bytes, &self->key, &self->secret);
  sodium_memzero (bytes, sizeof bytes);
  self->life = td_store_get (self, META_LIFE);
  return TRUE;
}

static gboolean
know_place (TdStore *self, GError **error)
{
  gboolean same = TRUE;

  if (!td_place_check (self, &same, error))
    return FALSE;
  if (!same && (!td_store_note_restored (self, TD_RESTORED_DESK, 0, error) || !td_store_new_life (self, error)))
    return FALSE;
  return td_place_renew (self, error);
}

static gboolean
forget_old (TdStore *self, GError **error)
{
  return td_db_run (self->db, error,
                    "DELETE FROM outbox WHERE state = :done AND answered_at < :before"
                    " AND (life != :life OR i <= :acknowledged)",
                    "i:done", (gint64)TD_OUT_DONE, "i:before", td_now () - (gint64)TD_KEEP_DAYS * DAY_SECONDS, "t:life",
                    self->life, "i:acknowledged", td_store_acknowledged (self), NULL);
}

static TdDb *
open_db (const char *path, GError **error)
{
  GStatBuf status;
  gboolean small = g_stat (path, &status) != 0 || status.st_size <= CHECK_UP_TO;
  TdDbSchema schema = { TD_STORE_APPLICATION, td_store_migrations, small, td_backup_before_migration, NULL };

  return td_db_open (path, &schema, error);
}

static void
init_tables (TdStore *self)
{
  td_entities_init (&self->entities, self->db, td_files_whole, self);
  self->forecast = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)td_outcome_free);
}

/**
 * td_store_open:
 * @path: the data base; made with its folder when missing
 * @error: TD_DB_ERROR
 *
 * Opens this machine's data base of one unit. One that was copied or restored
 * since its last opening starts a new life.
 *
 * Returns: (transfer full): the store
 */
TdStore *
td_store_open (const char *path, GError **error)
{
  g_autoptr (TdStore) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (TdStore, 1);
  self->path = g_canonicalize_filename (path, NULL);
  self->db = open_db (self->path, error);
  if (self->db == NULL)
    return NULL;
  init_tables (self);
  if (!make_identity (self, error) || !load_identity (self, error) || !know_place (self, error)
      || !td_store_reread (self, error) || !forget_old (self, error))
    return NULL;
  td_files_tidy (self);
  return g_steal_pointer (&self);
}

void
td_store_close (TdStore *self)
{
  if (self == NULL)
    return;
  if (self->db != NULL)
    td_entities_clear (&self->entities);
  g_clear_pointer (&self->forecast, g_hash_table_unref);
  g_clear_pointer (&self->db, td_db_free);
  if (self->secret != NULL)
    sodium_memzero (self->secret, strlen (self->secret));
  for (guint i = 0; i < G_N_ELEMENTS (self->author); i++)
    g_free (self->author[i]);
  g_free (self->secret);
  g_free (self->key);
  g_free (self->life);
  g_free (self->path);
  g_free (self);
}

const char *
td_store_path (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

TdDb *
td_store_db (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->db;
}

/**
 * td_store_ok:
 * @error: what a read of the mirror failed of since the last call
 *
 * A view is built from many small reads; one that fails reads as "absent", so
 * ask here before the absence is believed.
 */
gboolean
td_store_ok (TdStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return td_entities_ok (&self->entities, error);
}
