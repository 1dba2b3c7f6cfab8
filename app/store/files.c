/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/store-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dossier/crypto.h"
#include "store/disk.h"

/* Attachments lie under their hash in "<db>.files/ab/<sha>", written to another
 * name, synced, hashed and renamed: what has the name has the bytes. */

#define BLOCK (64 * 1024)
#define HALF_DONE_SECONDS (24 * 60 * 60)

char *
td_files_folder (const char *path)
{
  return g_strconcat (path, ".files", NULL);
}

static char *
path_of (const char *db_path, const char *sha)
{
  g_autofree char *folder = td_files_folder (db_path);
  char first[3] = { sha[0], sha[1], '\0' };

  return g_build_filename (folder, first, sha, NULL);
}

void
td_stored_file_free (TdStoredFile *self)
{
  if (self == NULL)
    return;
  g_free (self->sha);
  g_free (self->name);
  g_free (self);
}

/* ---- taking one in (any thread) -------------------------------------------------------- */

static gboolean
refuse (GError **error, TdStoreError code, const char *why)
{
  g_set_error_literal (error, TD_STORE_ERROR, code, why);
  return FALSE;
}

/* Copies @input to @output while counting and hashing; @sha is 64 hex signs. */
static gboolean
pour (GInputStream *input, GOutputStream *output, GCancellable *cancellable, gint64 *size, char **sha, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK);
  gssize length;

  *size = 0;
  while ((length = g_input_stream_read (input, block, BLOCK, cancellable, error)) > 0)
    {
      *size += length;
      if (*size > TD_FILE_MAX)
        return refuse (error, TD_STORE_ERROR_LIMITS, "file");
      g_checksum_update (checksum, block, length);
      if (output != NULL && !g_output_stream_write_all (output, block, (gsize)length, NULL, cancellable, error))
        return FALSE;
    }
  if (length < 0)
    return FALSE;
  *sha = g_strdup (g_checksum_get_string (checksum));
  return output == NULL || g_output_stream_close (output, cancellable, error);
}

static gboolean
check_source (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                           G_FILE_QUERY_INFO_NONE, cancellable, NULL);

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return refuse (error, TD_STORE_ERROR_FILE, "not a file that can be read");
  if (g_file_info_get_size (info) > TD_FILE_MAX)
    return refuse (error, TD_STORE_ERROR_LIMITS, "file");
  return TRUE;
}

static gboolean
copy_to (GFile *file, const char *path, GCancellable *cancellable, TdStoredFile *stored, GError **error)
{
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, NULL);
  g_autoptr (GFileOutputStream) output = NULL;

  if (input == NULL)
    return refuse (error, TD_STORE_ERROR_FILE, "not a file that can be read");
  output = g_file_replace (target, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, error);
  if (output == NULL
      || !pour (G_INPUT_STREAM (input), G_OUTPUT_STREAM (output), cancellable, &stored->size, &stored->sha, error))
    return FALSE;
  return stored->size > 0 || refuse (error, TD_STORE_ERROR_FILE, "empty");
}

static gboolean
put_in_place (const char *db_path, const char *temporary, const char *sha, GError **error)
{
  g_autofree char *target = path_of (db_path, sha);
  g_autofree char *folder = g_path_get_dirname (target);

  return td_disk_make_folder (folder, error) && td_disk_put (temporary, target, error);
}

gboolean
td_files_put (const char *db_path, const char *temporary, const char *sha, GError **error)
{
  return put_in_place (db_path, temporary, sha, error);
}

static char *
shown_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_strdup ("");
  char *normal = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);

  return normal != NULL ? normal : g_strdup ("");
}

/* Needs no data base, so it can run in a thread. */
static TdStoredFile *
copy_in (const char *db_path, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (TdStoredFile) stored = g_new0 (TdStoredFile, 1);
  g_autofree char *folder = td_files_folder (db_path);
  g_autofree char *random = td_random_hex (8);
  g_autofree char *name = g_strconcat ("in-", random, ".part", NULL);
  g_autofree char *temporary = g_build_filename (folder, name, NULL);

  if (!check_source (file, cancellable, error) || !td_disk_make_folder (folder, error))
    return NULL;
  if (!copy_to (file, temporary, cancellable, stored, error) || !put_in_place (db_path, temporary, stored->sha, error))
    {
      g_unlink (temporary);
      return NULL;
    }
  stored->name = shown_name (file);
  stored->here = TRUE;
  return g_steal_pointer (&stored);
}

static gboolean
note (TdStore *self, const TdStoredFile *stored, GError **error)
{
  return td_db_run (self->db, error,
                    "INSERT INTO file (sha, name, size, here, mine) VALUES (:sha, :name, :size, 1, 1)"
                    " ON CONFLICT (sha) DO UPDATE SET name = excluded.name, here = 1, mine = 1, wanted = 0",
                    "t:sha", stored->sha, "t:name", stored->name, "i:size", stored->size, NULL);
}

TdStoredFile *
td_store_add_file (TdStore *self, GFile *file, GError **error)
{
  g_autoptr (TdStoredFile) stored = NULL;

  g_return_val_if_fail (self != NULL && G_IS_FILE (file), NULL);

  stored = copy_in (self->path, file, NULL, error);
  if (stored == NULL || !note (self, stored, error))
    return NULL;
  return td_store_file (self, stored->sha);
}

static void
copy_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  TdStoredFile *stored = copy_in (data, source, cancellable, &error);

  if (stored == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, stored, (GDestroyNotify)td_stored_file_free);
}

void
td_store_add_file_async (
    TdStore *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self != NULL && G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, data);
  g_task_set_source_tag (task, td_store_add_file_async);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, copy_thread);
}

TdStoredFile *
td_store_add_file_finish (TdStore *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TdStoredFile) stored = NULL;

  g_return_val_if_fail (self != NULL && G_IS_TASK (result), NULL);

  stored = g_task_propagate_pointer (G_TASK (result), error);
  if (stored == NULL || !note (self, stored, error))
    return NULL;
  return td_store_file (self, stored->sha);
}

/* ---- asking ---------------------------------------------------------------------------- */

TdStoredFile *
td_store_file (TdStore *self, const char *sha)
{
  g_autoptr (TdStmt) row = NULL;
  TdStoredFile *stored;

  g_return_val_if_fail (self != NULL && sha != NULL, NULL);

  row = td_db_query (self->db, NULL, "SELECT sha, name, size, here, uploaded, wanted FROM file WHERE sha = :sha",
                     "t:sha", sha, NULL);
  if (row == NULL || td_stmt_step (row, NULL) != TD_STEP_ROW)
    return NULL;
  stored = g_new0 (TdStoredFile, 1);
  stored->sha = g_strdup (td_stmt_text (row, 0));
  stored->name = g_strdup (td_stmt_text (row, 1));
  stored->size = td_stmt_int (row, 2);
  stored->here = td_stmt_int (row, 3) != 0;
  stored->uploaded = td_stmt_int (row, 4) != 0;
  stored->wanted = td_stmt_int (row, 5) != 0;
  return stored;
}

char *
td_store_file_path (TdStore *self, const char *sha)
{
  g_autoptr (TdStoredFile) stored = NULL;
  g_autofree char *path = NULL;
  GStatBuf status;

  g_return_val_if_fail (self != NULL && sha != NULL, NULL);

  stored = td_store_file (self, sha);
  if (stored == NULL || !stored->here)
    return NULL;
  path = path_of (self->path, sha);
  return g_stat (path, &status) == 0 && status.st_size == stored->size ? g_steal_pointer (&path) : NULL;
}

/* What the courtesy check believes of a file: one of ours that hasn't gone up isn't
 * whole there; of others' the endpoint alone knows, so it holds nothing up here. */
gboolean
td_files_whole (gpointer data, const char *sha)
{
  TdStore *self = data;
  gint64 missing = 0;

  td_db_get_int (self->db, &missing, NULL,
                 "SELECT count(*) FROM file WHERE sha = :sha AND uploaded = 0 AND (mine = 1 OR needed = 1)", "t:sha",
                 sha, NULL);
  return missing == 0;
}

/* What an end without goodbye left half done; another process may be at younger ones. */
void
td_files_tidy (TdStore *self)
{
  g_autofree char *folder = td_files_folder (self->path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_str_has_suffix (name, ".part") && g_stat (path, &status) == 0
          && status.st_mtime < td_now () - HALF_DONE_SECONDS)
        g_unlink (path);
    }
}

/* ---- exchange ---------------------------------------------------------------------------- */

gboolean
td_store_want_file (TdStore *self, const char *sha, const char *name, gint64 size, GError **error)
{
  g_return_val_if_fail (self != NULL && sha != NULL && name != NULL, FALSE);

  if (!td_is_hex (sha, TD_DIGEST_LENGTH) || size < 0 || size > TD_FILE_MAX)
    return refuse (error, TD_STORE_ERROR_HASH, sha);
  return td_db_run (self->db, error,
                    "INSERT INTO file (sha, name, size, here, wanted) VALUES (:sha, :name, :size, 0, 1)"
                    " ON CONFLICT (sha) DO UPDATE SET wanted = (here = 0)",
                    "t:sha", sha, "t:name", name, "i:size", size, NULL);
}

static char *
next_of (TdStore *self, const char *sql, GHashTable *skip)
{
  g_autoptr (GPtrArray) all = td_db_get_list (self->db, NULL, sql, NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (skip == NULL || !g_hash_table_contains (skip, all->pdata[i]))
      return g_strdup (all->pdata[i]);
  return NULL;
}

/* Small ones first: more dossiers are whole sooner. Then packages of others, the older first; one too large for
 * the line goes on by stick. */
char *
td_store_next_upload (TdStore *self, GHashTable *skip)
{
  char *sha;

  g_return_val_if_fail (self != NULL, NULL);

  sha = next_of (self, "SELECT sha FROM file WHERE needed = 1 AND here = 1 ORDER BY size, sha", skip);
  if (sha != NULL)
    return sha;
  return next_of (self,
                  "SELECT carried.sha FROM carried JOIN file ON file.sha = carried.sha AND file.here = 1"
                  " WHERE receipt = '' AND fault = '' AND file.size <= " G_STRINGIFY (
                      TD_FILE_MAX) " ORDER BY created, part, carried.sha",
                  skip);
}

char *
td_store_next_download (TdStore *self, GHashTable *skip)
{
  g_return_val_if_fail (self != NULL, NULL);

  return next_of (self, "SELECT sha FROM file WHERE wanted = 1 AND here = 0 ORDER BY size, sha", skip);
}

gboolean
td_store_set_uploaded (TdStore *self, const char *sha, GError **error)
{
  g_return_val_if_fail (self != NULL && sha != NULL, FALSE);

  return td_db_run (self->db, error, "UPDATE file SET uploaded = 1, needed = 0 WHERE sha = :sha", "t:sha", sha, NULL);
}

/* The endpoint's list is short; when it isn't cut off, what is not on it is whole
 * there, if a record that has been accepted names it. */
gboolean
td_files_needed (TdStore *self, char **need, gboolean complete, GError **error)
{
  guint count = g_strv_length (need);

  if (count < TD_NEED_MAX && !td_db_run (self->db, error, "UPDATE file SET needed = 0 WHERE needed = 1", NULL))
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (!td_db_run (self->db, error, "UPDATE file SET needed = 1, uploaded = 0 WHERE sha = :sha", "t:sha", need[i],
                    NULL))
      return FALSE;
  if (!complete || count >= TD_NEED_MAX)
    return TRUE;
  return td_db_run (self->db, error,
                    "UPDATE file SET uploaded = 1 WHERE mine = 1 AND uploaded = 0 AND needed = 0 AND EXISTS"
                    " (SELECT 1 FROM term WHERE kind = 'record' AND term = 'file:' || file.sha)",
                    NULL);
}

char *
td_store_trust_path (TdStore *self)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  path = g_strconcat (self->path, ".ca.pem", NULL);
  return g_canonicalize_filename (path, NULL); /* GIO refuses a relative one */
}

char *
td_store_temp_path (TdStore *self, const char *sha)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL && sha != NULL, NULL);

  folder = td_files_folder (self->path);
  td_disk_make_folder (folder, NULL);
  name = g_strconcat (sha, ".part", NULL);
  return g_build_filename (folder, name, NULL);
}

static gboolean
hash_file (const char *path, gint64 *size, char **sha, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, error);

  return input != NULL && pour (G_INPUT_STREAM (input), NULL, NULL, size, sha, error);
}

typedef struct
{
  char *db_path;
  char *temporary;
  char *sha;
  gint64 size;
} Taking;

static void
taking_free (gpointer data)
{
  Taking *taking = data;

  g_free (taking->db_path);
  g_free (taking->temporary);
  g_free (taking->sha);
  g_free (taking);
}

static gboolean
put_if_right (Taking *taking, GError **error)
{
  g_autofree char *found = NULL;

  if (!hash_file (taking->temporary, &taking->size, &found, error))
    return FALSE;
  if (strcmp (found, taking->sha) == 0)
    return put_in_place (taking->db_path, taking->temporary, taking->sha, error);
  g_unlink (taking->temporary);
  return refuse (error, TD_STORE_ERROR_HASH, taking->sha);
}

static void
take_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (put_if_right (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
td_store_take_download_async (
    TdStore *self, const char *sha, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Taking *taking;

  g_return_if_fail (self != NULL && sha != NULL);

  taking = g_new0 (Taking, 1);
  taking->db_path = g_strdup (self->path);
  taking->temporary = td_store_temp_path (self, sha);
  taking->sha = g_strdup (sha);
  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, td_store_take_download_async);
  g_task_set_task_data (task, taking, taking_free);
  g_task_run_in_thread (task, take_thread);
}

gboolean
td_store_take_download_finish (TdStore *self, GAsyncResult *result, GError **error)
{
  const Taking *taking;

  g_return_val_if_fail (self != NULL && G_IS_TASK (result), FALSE);

  taking = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error)
         && td_db_run (self->db, error,
                       "INSERT INTO file (sha, name, size, here) VALUES (:sha, '', :size, 1)"
                       " ON CONFLICT (sha) DO UPDATE SET here = 1, wanted = 0, size = excluded.size",
                       "t:sha", taking->sha, "i:size", taking->size, NULL);
}
