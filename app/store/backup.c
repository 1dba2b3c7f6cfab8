/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/store-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "store/disk.h"

#define KEEP 10
#define STAMP "%Y%m%dT%H%M%S"

static char *
backup_folder (const char *path)
{
  return g_strconcat (path, ".backups", NULL);
}

static char *
stamp (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *second = g_date_time_format (now, STAMP);

  return g_strdup_printf ("%s%06dZ", second, g_date_time_get_microsecond (now));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)b, *(const char *const *)a);
}

/* Newest first: names are times. */
static GPtrArray *
backups_of (const char *path)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = backup_folder (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, "Z.db"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
drop_oldest (const char *path)
{
  g_autoptr (GPtrArray) names = backups_of (path);
  g_autofree char *folder = backup_folder (path);

  for (guint i = KEEP; i < names->len; i++)
    {
      g_autofree char *old = g_build_filename (folder, names->pdata[i], NULL);

      g_unlink (old);
    }
}

static gboolean
backup_now (TdDb *db, const char *path, GError **error)
{
  g_autofree char *folder = backup_folder (path);
  g_autofree char *time = stamp ();
  g_autofree char *name = g_strconcat (time, ".db", NULL);
  g_autofree char *target = g_build_filename (folder, name, NULL);

  if (!td_disk_make_folder (folder, error) || !td_db_copy (db, target, error))
    return FALSE;
  drop_oldest (path);
  return TRUE;
}

gboolean
td_backup_before_migration (TdDb *db, gpointer data, GError **error)
{
  return backup_now (db, td_db_path (db), error);
}

gboolean
td_store_backup_due (TdStore *self)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *today = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  names = backups_of (self->path);
  today = stamp ();
  return names->len == 0 || strncmp (names->pdata[0], today, strlen ("20250708")) != 0;
}

/**
 * td_store_backup:
 *
 * A copy that is complete and was read back as whole. The place is renewed
 * after it, so that this copy, put back, finds itself restored.
 */
gboolean
td_store_backup (TdStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return backup_now (self->db, self->path, error) && td_place_renew (self, error);
}

/* ---- in a thread ------------------------------------------------------------------ */

static void
backup_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TdDbSchema schema = { TD_STORE_APPLICATION, td_store_migrations, FALSE, NULL, NULL };
  GError *error = NULL;
  g_autoptr (TdDb) db = td_db_open (data, &schema, &error);

  if (db == NULL || !backup_now (db, data, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
td_store_backup_async (TdStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self != NULL);

  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, td_store_backup_async);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, backup_thread);
}

gboolean
td_store_backup_finish (TdStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (self != NULL && g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error) && td_place_renew (self, error);
}

/* ---- restoring --------------------------------------------------------------------- */

char *
td_store_good_backup (const char *path, GError **error)
{
  g_autofree char *whole = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  whole = g_canonicalize_filename (path, NULL);
  folder = backup_folder (whole);
  names = backups_of (whole);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *backup = g_build_filename (folder, names->pdata[i], NULL);

      if (td_db_verify (backup, TD_STORE_APPLICATION, NULL))
        return g_steal_pointer (&backup);
    }
  g_set_error (error, TD_STORE_ERROR, TD_STORE_ERROR_NO_BACKUP, "%s", folder);
  return NULL;
}

static gboolean
rename_file (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0)
    return TRUE;
  g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_OPEN, "%s can't be renamed", from);
  return FALSE;
}

/* The damaged file is copied, not moved: a crash in between must never leave a
 * place where the next opening would begin an empty data base. Its journal is
 * moved, or it would be replayed into the good one. */
static gboolean
set_aside (const char *path, GError **error)
{
  static const char *const journals[] = { "-wal", "-shm" };
  g_autofree char *time = stamp ();
  g_autofree char *aside = g_strconcat (path, ".damaged-", time, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS) && !td_disk_copy (path, aside, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (journals); i++)
    {
      g_autofree char *from = g_strconcat (path, journals[i], NULL);
      g_autofree char *to = g_strconcat (aside, journals[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && !rename_file (from, to, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
td_store_restore (const char *path, const char *backup, GError **error)
{
  g_autofree char *whole = NULL;
  g_autofree char *good = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  whole = g_canonicalize_filename (path, NULL);
  good = backup != NULL ? g_strdup (backup) : td_store_good_backup (whole, error);
  if (good == NULL || !td_db_verify (good, TD_STORE_APPLICATION, error))
    return FALSE;
  return set_aside (whole, error) && td_disk_copy (good, whole, error);
}

gboolean
td_store_begin_anew (const char *path, GError **error)
{
  g_autofree char *whole = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  whole = g_canonicalize_filename (path, NULL);
  if (!set_aside (whole, error))
    return FALSE;
  if (g_unlink (whole) == 0)
    return TRUE;
  g_set_error (error, TD_DB_ERROR, TD_DB_ERROR_OPEN, "%s can't be removed", whole);
  return FALSE;
}
