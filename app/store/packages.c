/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/packages.h"

#include "store/disk.h"
#include "store/store-private.h"

#include <glib/gstdio.h>
#include <string.h>

char *
td_store_secret (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup (self->secret);
}

char *
td_store_centre_key (TdStore *self)
{
  g_autofree char *told = NULL;
  char *key = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  told = td_store_get (self, TD_META_CENTRE);
  if (*told != '\0')
    return g_steal_pointer (&told);
  /* Enrolled by an older program: the directory begins with the endpoint's own key. */
  td_db_get_text (self->db, &key, NULL,
                  "SELECT id FROM entity WHERE kind = 'device' AND instr (body, '\"unit\":\"centre\"') > 0"
                  " ORDER BY q LIMIT 1",
                  NULL);
  return key != NULL ? key : g_strdup ("");
}

GPtrArray *
td_store_device_keys (TdStore *self)
{
  GPtrArray *keys;

  g_return_val_if_fail (self != NULL, NULL);

  keys = td_db_get_list (self->db, NULL, "SELECT id FROM entity WHERE kind = 'device' ORDER BY id", NULL);
  return keys != NULL ? keys : g_ptr_array_new_with_free_func (g_free);
}

char *
td_store_packages_folder (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strconcat (self->path, ".packages", NULL);
}

gboolean
td_store_adopt_file (TdStore *self, const char *path, const char *sha, gint64 size, GError **error)
{
  g_return_val_if_fail (self != NULL && path != NULL && sha != NULL, FALSE);

  return td_files_put (self->path, path, sha, error)
         && td_db_run (self->db, error,
                       "INSERT INTO file (sha, name, size, here) VALUES (:sha, '', :size, 1)"
                       " ON CONFLICT (sha) DO UPDATE SET here = 1, wanted = 0, size = excluded.size",
                       "t:sha", sha, "i:size", size, NULL);
}

/* ---- packages of others ----------------------------------------------------------- */

void
td_carried_package_free (TdCarriedPackage *self)
{
  if (self == NULL)
    return;
  g_free (self->sha);
  g_free (self->key);
  g_free (self->unit);
  g_free (self->receipt);
  g_free (self->fault);
  g_free (self);
}

void
td_carried_op_free (TdCarriedOp *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->key);
  g_free (self->body);
  g_free (self);
}

static TdCarriedPackage *
read_package (TdStmt *row)
{
  TdCarriedPackage *package = g_new0 (TdCarriedPackage, 1);

  package->sha = g_strdup (td_stmt_text (row, 0));
  package->key = g_strdup (td_stmt_text (row, 1));
  package->unit = g_strdup (td_stmt_text (row, 2));
  package->part = td_stmt_int (row, 3);
  package->parts = td_stmt_int (row, 4);
  package->created = td_stmt_int (row, 5);
  package->came_at = td_stmt_int (row, 6);
  package->size = td_stmt_int (row, 7);
  package->files = (guint)td_stmt_int (row, 8);
  package->known = td_stmt_int (row, 9) != 0;
  package->receipt = g_strdup (td_stmt_text (row, 10));
  package->handed = td_stmt_int (row, 11) != 0;
  package->operations = (guint)td_stmt_int (row, 12);
  package->fault = g_strdup (td_stmt_text (row, 13));
  return package;
}

GPtrArray *
td_store_carried (TdStore *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)td_carried_package_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdStmt) row = NULL;

  g_return_val_if_fail (self != NULL, list);

  row = td_db_query (self->db, &error,
                     "SELECT sha, key, unit, part, parts, created, came_at, size, files, known, receipt, handed,"
                     " (SELECT count(*) FROM carried_op WHERE carried_op.sha = carried.sha), fault"
                     " FROM carried ORDER BY came_at DESC, created DESC, part",
                     NULL);
  while (row != NULL && td_stmt_step (row, &error) == TD_STEP_ROW)
    g_ptr_array_add (list, read_package (row));
  if (error != NULL)
    g_warning ("packages: %s", error->message);
  return list;
}

GPtrArray *
td_store_carried_ops (TdStore *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)td_carried_op_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdStmt) row = NULL;

  g_return_val_if_fail (self != NULL, list);

  row = td_db_query (self->db, &error, "SELECT id, key, body FROM carried_op ORDER BY n", NULL);
  while (row != NULL && td_stmt_step (row, &error) == TD_STEP_ROW)
    {
      TdCarriedOp *op = g_new0 (TdCarriedOp, 1);

      op->id = g_strdup (td_stmt_text (row, 0));
      op->key = g_strdup (td_stmt_text (row, 1));
      op->body = g_strdup (td_stmt_text (row, 2));
      g_ptr_array_add (list, op);
    }
  if (error != NULL)
    g_warning ("packages: %s", error->message);
  return list;
}

static gboolean
carry_op (TdStore *self, const TdCarriedPackage *package, const TdSyncOp *op, GError **error)
{
  g_autoptr (TdOperation) operation = td_operation_parse (op->body, -1, NULL);
  gint64 known = 0;

  /* What can't be read is the centre's to refuse. */
  if (operation == NULL)
    return TRUE;
  if (!td_db_get_int (self->db, &known, error, "SELECT count(*) FROM entity WHERE kind = 'step' AND id = :id", "t:id",
                      operation->id, NULL))
    return FALSE;
  return known > 0
         || td_db_run (self->db, error,
                       "INSERT OR IGNORE INTO carried_op (id, sha, key, body) VALUES (:id, :sha, :key, :body)", "t:id",
                       operation->id, "t:sha", package->sha, "t:key", package->key, "t:body", op->body, NULL);
}

gboolean
td_store_carry (
    TdStore *self, const TdBundle *bundle, const TdCarriedPackage *package, GPtrArray *requests, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  gint64 known = 0;

  g_return_val_if_fail (self != NULL && bundle != NULL && package != NULL && requests != NULL, FALSE);

  if (!td_transaction_begin (&transaction, self->db, error)
      || !td_db_get_int (self->db, &known, error, "SELECT count(*) FROM carried WHERE sha = :sha", "t:sha",
                         package->sha, NULL))
    return FALSE;
  if (known == 0
      && !td_db_run (self->db, error,
                     "INSERT INTO carried (sha, key, unit, part, parts, created, came_at, size, files, known)"
                     " VALUES (:sha, :key, :unit, :part, :parts, :created, :now, :size, :files, :known)",
                     "t:sha", package->sha, "t:key", package->key, "t:unit", package->unit, "i:part", bundle->part,
                     "i:parts", bundle->parts, "i:created", bundle->created, "i:now", td_now (), "i:size",
                     package->size, "i:files", (gint64)package->files, "i:known", (gint64)package->known, NULL))
    return FALSE;
  for (guint i = 0; known == 0 && i < requests->len; i++)
    {
      const TdSyncRequest *request = requests->pdata[i];

      for (guint o = 0; o < request->ops->len; o++)
        if (!carry_op (self, package, request->ops->pdata[o], error))
          return FALSE;
    }
  return td_transaction_commit (&transaction, error);
}

gboolean
td_store_set_carried_receipt (TdStore *self, const char *sha, const char *receipt, GError **error)
{
  g_return_val_if_fail (self != NULL && sha != NULL && receipt != NULL, FALSE);

  return td_db_run (self->db, error, "UPDATE carried SET receipt = :receipt, handed = 0, fault = '' WHERE sha = :sha",
                    "t:receipt", receipt, "t:sha", sha, NULL);
}

/* What lies over the view stays until the next answer, which brings what was taken in. */
gboolean
td_store_take_carried_receipt (TdStore *self, const char *sha, GBytes *receipt, GError **error)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, receipt);
  g_autofree char *folder = td_store_packages_folder (self);
  g_autofree char *path = g_build_filename (folder, digest, NULL);
  gsize length;
  const char *data = g_bytes_get_data (receipt, &length);

  if (td_disk_make_folder (folder, error) && g_file_set_contents (path, data, (gssize)length, error)
      && td_store_adopt_file (self, path, digest, (gint64)length, error)
      && td_store_set_carried_receipt (self, sha, digest, error))
    return TRUE;
  g_unlink (path);
  return FALSE;
}

gboolean
td_store_set_carried_fault (TdStore *self, const char *sha, const char *fault, GError **error)
{
  g_return_val_if_fail (self != NULL && sha != NULL && fault != NULL, FALSE);

  return td_db_run (self->db, error, "UPDATE carried SET fault = :fault WHERE sha = :sha", "t:fault", fault, "t:sha",
                    sha, NULL);
}

gboolean
td_store_is_carrying (TdStore *self, const char *sha)
{
  gint64 count = 0;

  g_return_val_if_fail (self != NULL && sha != NULL, FALSE);

  td_db_get_int (self->db, &count, NULL, "SELECT count(*) FROM carried WHERE sha = :sha AND receipt = ''", "t:sha", sha,
                 NULL);
  return count > 0;
}

gboolean
td_store_set_carried_handed (TdStore *self, const char *sha, GError **error)
{
  g_return_val_if_fail (self != NULL && sha != NULL, FALSE);

  return td_db_run (self->db, error, "UPDATE carried SET handed = 1 WHERE sha = :sha", "t:sha", sha, NULL);
}

gboolean
td_store_drop_carried (TdStore *self, const char *sha, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;

  g_return_val_if_fail (self != NULL && sha != NULL, FALSE);

  if (!td_transaction_begin (&transaction, self->db, error)
      || !td_db_run (self->db, error,
                     "UPDATE carried_op SET sha = (SELECT later.sha FROM carried, carried AS later"
                     "  WHERE carried.sha = :sha AND later.sha <> :sha AND later.key = carried.key"
                     "  AND later.created >= carried.created ORDER BY later.created LIMIT 1)"
                     " WHERE sha = :sha AND EXISTS (SELECT 1 FROM carried, carried AS later"
                     "  WHERE carried.sha = :sha AND later.sha <> :sha AND later.key = carried.key"
                     "  AND later.created >= carried.created)",
                     "t:sha", sha, NULL)
      || !td_db_run (self->db, error, "DELETE FROM carried_op WHERE sha = :sha", "t:sha", sha, NULL)
      || !td_db_run (self->db, error, "DELETE FROM carried WHERE sha = :sha", "t:sha", sha, NULL))
    return FALSE;
  return td_transaction_commit (&transaction, error);
}

/* A step has come: it and what stood before it from the same machine are the centre's now. With a receipt the steps
 * of that package have their answer, which this desk may not see; the edits stay, for a later package builds on them. */
gboolean
td_store_settle_carried (TdStore *self, gboolean *moved, GError **error)
{
  gint64 before = 0, after = 0;

  g_return_val_if_fail (self != NULL && moved != NULL, FALSE);

  if (!td_db_get_int (self->db, &before, error, "SELECT count(*) FROM carried_op", NULL))
    return FALSE;
  if (before > 0
      && (!td_db_run (self->db, error,
                      "DELETE FROM carried_op WHERE EXISTS (SELECT 1 FROM carried_op AS later JOIN entity"
                      "  ON entity.kind = 'step' AND entity.id = later.id"
                      "  WHERE later.key = carried_op.key AND later.n >= carried_op.n)",
                      NULL)
          || !td_db_run (
              self->db, error,
              "DELETE FROM carried_op WHERE sha IN (SELECT sha FROM carried WHERE receipt <> '' OR fault <> '')"
              " AND instr (body, '\"k\":\"edit\"') = 0",
              NULL)
          || !td_db_get_int (self->db, &after, error, "SELECT count(*) FROM carried_op", NULL)))
    return FALSE;
  *moved = after != before;
  return TRUE;
}
