/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/store-private.h"

/* The unit is changed before anything was sent: edits go along. Their record may have an id that follows from the unit,
 * and may be named by members of others. */

static char *
replaced (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

static char *
renamed (const char *text, const char *const *ids)
{
  char *result = g_strdup (text);

  for (guint i = 0; ids[i] != NULL; i += 2)
    {
      g_autofree char *before = result;

      result = replaced (before, ids[i], ids[i + 1]);
    }
  return result;
}

/* Members are in the order of their names: what was renamed is put together anew. */
static TdOperation *
moved (const char *body, const char *unit, const char *const *ids, GError **error)
{
  g_autofree char *text = renamed (body, ids);
  JsonObject *content = td_json_parse_object (text, -1, TD_EDIT_MAX, error);

  if (content == NULL)
    return NULL;
  json_object_set_string_member (content, "u", unit);
  return td_operation_close (content, error);
}

static gboolean
move_edit (TdStore *self, const char *id, const char *unit, const char *const *ids, GError **error)
{
  g_autofree char *body = NULL, *record = NULL, *dossier = NULL;
  g_autofree char *to_record = NULL, *to_dossier = NULL;
  g_autoptr (TdOperation) operation = NULL;

  if (!td_db_get_text (self->db, &body, error, "SELECT body FROM outbox WHERE id = :id", "t:id", id, NULL)
      || !td_db_get_text (self->db, &record, error, "SELECT record FROM outbox WHERE id = :id", "t:id", id, NULL)
      || !td_db_get_text (self->db, &dossier, error, "SELECT dossier FROM outbox WHERE id = :id", "t:id", id, NULL))
    return FALSE;
  operation = moved (body, unit, ids, error);
  to_record = renamed (record, ids);
  to_dossier = renamed (dossier, ids);
  return operation != NULL
         && td_db_run (self->db, error,
                       "UPDATE outbox SET record = :record, dossier = :dossier, body = :body, digest = :digest"
                       " WHERE id = :id",
                       "t:record", to_record, "t:dossier", to_dossier, "t:body", operation->body, "t:digest",
                       operation->digest, "t:id", id, NULL);
}

static gboolean
move_drafts (TdStore *self, const char *const *ids, GError **error)
{
  for (guint i = 0; ids[i] != NULL; i += 2)
    if (!td_db_run (self->db, error,
                    "UPDATE OR REPLACE draft SET key = replace (key, :from, :to) WHERE instr (key, :from) > 0",
                    "t:from", ids[i], "t:to", ids[i + 1], NULL))
      return FALSE;
  return TRUE;
}

static gboolean
check_nothing_signed (TdStore *self, GError **error)
{
  gint64 waiting = 0;

  if (!td_db_get_int (self->db, &waiting, error, "SELECT count(*) FROM outbox WHERE sig <> ''", NULL))
    return FALSE;
  if (waiting == 0)
    return TRUE;
  g_set_error_literal (error, TD_STORE_ERROR, TD_STORE_ERROR_WAITING, "step");
  return FALSE;
}

gboolean
td_store_become (TdStore *self, const char *unit, const char *const *ids, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_autoptr (GPtrArray) edits = NULL;

  g_return_val_if_fail (self != NULL && unit != NULL && ids != NULL, FALSE);

  if (!td_transaction_begin (&transaction, self->db, error) || !td_store_set_unit (self, unit, error)
      || !check_nothing_signed (self, error))
    return FALSE;
  edits = td_db_get_list (self->db, error, "SELECT id FROM outbox WHERE verb = 'edit' ORDER BY n", NULL);
  for (guint i = 0; edits != NULL && i < edits->len; i++)
    if (!move_edit (self, edits->pdata[i], unit, ids, error))
      return FALSE;
  return edits != NULL && move_drafts (self, ids, error) && td_transaction_commit (&transaction, error);
}
