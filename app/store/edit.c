/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/store-private.h"

#include <string.h>

#include "dossier/crypto.h"

/* Edits of one record coalesce while nobody has seen them (model.md 1.3): a
 * member keeps the digest of the value it first replaced, and takes the newest. */

typedef struct
{
  gint64 n; /* row of the open edit, 0: none */
  JsonObject *content;
} Open;

static void
open_clear (Open *open)
{
  g_clear_pointer (&open->content, json_object_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Open, open_clear)

static gboolean
find_open (TdStore *self, const char *record, Open *open, GError **error)
{
  g_autoptr (TdStmt) row
      = td_db_query (self->db, error, "SELECT n, body FROM outbox WHERE state = :open AND record = :record", "i:open",
                     (gint64)TD_OUT_OPEN, "t:record", record, NULL);
  TdStep step = row != NULL ? td_stmt_step (row, error) : TD_STEP_ERROR;

  if (step != TD_STEP_ROW)
    return step == TD_STEP_DONE;
  open->n = td_stmt_int (row, 0);
  open->content = td_json_parse_object (td_stmt_text (row, 1), -1, TD_EDIT_MAX, error);
  return open->content != NULL;
}

static gboolean
same_person (JsonObject *content, const TdAuthor *author)
{
  JsonObject *by = td_json_object (content, "by");

  return by != NULL && g_strcmp0 (td_json_string (by, "name"), author->name) == 0
         && g_strcmp0 (td_json_string (by, "position"), author->position) == 0;
}

static gboolean
close_row (TdStore *self, gint64 n, GError **error)
{
  return td_db_run (self->db, error, "UPDATE outbox SET state = :closed WHERE n = :n", "i:closed",
                    (gint64)TD_OUT_CLOSED, "i:n", n, NULL);
}

static JsonObject *
fresh_content (const TdEditOf *of, const TdAuthor *author)
{
  JsonObject *content = td_operation_begin ("edit", author);

  json_object_set_string_member (content, "r", of->record);
  json_object_set_string_member (content, "t", of->type);
  json_object_set_string_member (content, "u", of->owner);
  if (of->dossier != NULL && *of->dossier != '\0')
    json_object_set_string_member (content, "o", of->dossier);
  json_object_set_object_member (content, "f", json_object_new ());
  return content;
}

static JsonNode *
parse_value (const char *value, GError **error)
{
  JsonNode *node;
  g_autofree char *canonical = NULL;

  if (value == NULL)
    return json_node_new (JSON_NODE_NULL);
  node = td_json_parse (value, -1, TD_EDIT_MAX, TD_JSON_MAX_DEPTH, error);
  canonical = node != NULL ? td_json_canonical (node, error) : NULL;
  if (canonical == NULL)
    g_clear_pointer (&node, json_node_unref);
  return node;
}

/* What the person saw when typing: the value this edit began on, or its own last
 * word. When a pull has put another one there meanwhile, the edit rests on that
 * from now on, so that typing the first value again is a change and not nothing. */
static char *
base_of (JsonArray *present, const TdChange *change)
{
  const char *kept = present != NULL ? td_json_element_string (present, 0) : NULL;
  g_autofree char *seen = td_member_digest (change->old);
  JsonNode *node = present != NULL ? json_array_get_element (present, 1) : NULL;
  g_autofree char *pending = node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : td_json_canonical (node, NULL);
  g_autofree char *own = td_member_digest (pending);

  return kept != NULL && (strcmp (seen, kept) == 0 || strcmp (seen, own) == 0) ? g_strdup (kept)
                                                                               : g_steal_pointer (&seen);
}

static gboolean
merge_one (JsonObject *members, const TdChange *change, gboolean keep_equal, GError **error)
{
  JsonArray *present = td_json_array (members, change->path);
  g_autofree char *old = base_of (present, change);
  g_autofree char *now = td_member_digest (change->value);
  JsonArray *pair;
  JsonNode *value;

  if (strcmp (old, now) == 0 && !keep_equal)
    {
      if (present != NULL)
        json_object_remove_member (members, change->path);
      return TRUE;
    }
  value = parse_value (change->value, error);
  if (value == NULL)
    return FALSE;
  pair = json_array_new ();
  json_array_add_string_element (pair, old);
  json_array_add_element (pair, value);
  json_object_set_array_member (members, change->path, pair);
  return TRUE;
}

static void
merge_settles (JsonObject *content, const char *const *settles)
{
  JsonArray *list = td_json_array (content, "settles");

  if (settles == NULL || settles[0] == NULL)
    return;
  if (list == NULL)
    {
      list = json_array_new ();
      json_object_set_array_member (content, "settles", list);
    }
  for (guint i = 0; settles[i] != NULL; i++)
    {
      gboolean known = FALSE;

      for (guint j = 0; j < json_array_get_length (list); j++)
        known = known || g_strcmp0 (td_json_element_string (list, j), settles[i]) == 0;
      if (!known)
        json_array_add_string_element (list, settles[i]);
    }
}

static gboolean
merge (JsonObject *content,
       const TdChange *changes,
       gsize n_changes,
       const char *const *settles,
       gint64 at,
       GError **error)
{
  JsonObject *members = td_json_object (content, "f");
  gboolean settling;

  merge_settles (content, settles);
  /* An edit that settles names its member even where the value stays. */
  settling = json_object_has_member (content, "settles");
  for (gsize i = 0; i < n_changes; i++)
    if (!merge_one (members, &changes[i], settling, error))
      return FALSE;
  json_object_set_int_member (content, "at", at);
  return TRUE;
}

static gboolean
is_empty (JsonObject *content)
{
  return json_object_get_size (td_json_object (content, "f")) == 0;
}

static gboolean
store_open (TdStore *self, const Open *open, const TdEditOf *of, const TdOperation *operation, GError **error)
{
  if (open->n == 0)
    return td_store_queue (self, operation, TD_OUT_OPEN, of->record, of->dossier != NULL ? of->dossier : "", error);
  return td_db_run (self->db, error, "UPDATE outbox SET body = :body, digest = :digest WHERE n = :n", "t:body",
                    operation->body, "t:digest", operation->digest, "i:n", open->n, NULL);
}

static gboolean
write_edit (TdStore *self, Open *open, const TdEditOf *of, GError **error)
{
  g_autoptr (TdOperation) operation = NULL;

  if (is_empty (open->content))
    return open->n == 0 || td_db_run (self->db, error, "DELETE FROM outbox WHERE n = :n", "i:n", open->n, NULL);
  operation = td_operation_close (json_object_ref (open->content), error);
  return operation != NULL && store_open (self, open, of, operation, error);
}

/* The open edit would become too large: it is closed as it stood and the change
 * begins another, which follows it. */
static gboolean
too_large (const GError *error)
{
  return g_error_matches (error, TD_OPERATION_ERROR, TD_OPERATION_ERROR_LIMITS)
         || g_error_matches (error, TD_JSON_ERROR, TD_JSON_ERROR_TOO_LARGE);
}

static gboolean
edit_within (TdStore *self,
             Open *open,
             const TdEditOf *of,
             const TdAuthor *author,
             const TdChange *changes,
             gsize n_changes,
             const char *const *settles,
             GError **error)
{
  GError *failure = NULL;

  if (open->n != 0 && merge (open->content, changes, n_changes, settles, author->at, &failure)
      && write_edit (self, open, of, &failure))
    return TRUE;
  if (failure != NULL && !too_large (failure))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_clear_error (&failure);
  if (open->n != 0 && !close_row (self, open->n, error))
    return FALSE;
  open_clear (open);
  open->n = 0;
  open->content = fresh_content (of, author);
  if (merge (open->content, changes, n_changes, settles, author->at, &failure) && write_edit (self, open, of, &failure))
    return TRUE;
  if (too_large (failure))
    g_set_error (error, TD_STORE_ERROR, TD_STORE_ERROR_LIMITS, "edit of %s", of->record);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  g_clear_error (&failure);
  return FALSE;
}

/**
 * td_store_edit:
 * @of: the record; it begins with its first edit
 * @changes: members with the value the person saw and the new one
 * @settles: (nullable): operations whose value kept beside is hereby settled
 * @error: TD_STORE_ERROR_LIMITS, TD_OPERATION_ERROR for what no operation may hold, TD_DB_ERROR
 *
 * On disk when it returns.
 */
gboolean
td_store_edit (TdStore *self,
               const TdEditOf *of,
               const TdChange *changes,
               gsize n_changes,
               const char *const *settles,
               GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_auto (Open) open = { 0, NULL };
  TdAuthor author;

  g_return_val_if_fail (self != NULL && of != NULL && changes != NULL, FALSE);

  td_store_author (self, &author);
  if (!td_transaction_begin (&transaction, self->db, error) || !find_open (self, of->record, &open, error))
    return FALSE;
  if (open.n != 0 && !same_person (open.content, &author))
    {
      if (!close_row (self, open.n, error))
        return FALSE;
      open_clear (&open);
      open.n = 0;
    }
  if (!edit_within (self, &open, of, &author, changes, n_changes, settles, error)
      || !td_store_note_clock (self, FALSE, error))
    return FALSE;
  return td_transaction_commit (&transaction, error);
}

/* ---- another life ------------------------------------------------------------------------ */

static gboolean
rename_open (TdStore *self, const char *id, GError **error)
{
  g_autofree char *body = NULL;
  g_autoptr (TdOperation) operation = NULL;
  JsonObject *content;
  TdAuthor author;

  td_store_author (self, &author);
  if (!td_db_get_text (self->db, &body, error, "SELECT body FROM outbox WHERE id = :id", "t:id", id, NULL)
      || (content = td_json_parse_object (body, -1, TD_EDIT_MAX, error)) == NULL)
    return FALSE;
  json_object_set_string_member (content, "id", author.id);
  operation = td_operation_close (content, error);
  return operation != NULL
         && td_db_run (self->db, error, "UPDATE outbox SET id = :new, body = :body, digest = :digest WHERE id = :id",
                       "t:new", operation->id, "t:body", operation->body, "t:digest", operation->digest, "t:id", id,
                       NULL);
}

/* What is still open in a file that was copied or put back may have gone off elsewhere, with more words in it:
 * under the same id these would be refused. Words that did go off arrive as the value that stands already. */
gboolean
td_store_rename_open (TdStore *self, GError **error)
{
  g_autoptr (GPtrArray) ids
      = td_db_get_list (self->db, error, "SELECT id FROM outbox WHERE state = 0 ORDER BY n", NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!rename_open (self, ids->pdata[i], error))
      return FALSE;
  return ids != NULL;
}
