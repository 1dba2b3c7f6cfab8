/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/operation.h"

#include "dossier/crypto.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

GQuark
td_operation_error_quark (void)
{
  return g_quark_from_static_string ("td-operation-error-quark");
}

#define WORDS_MAX 200 /* signs of a name or position */

static const struct
{
  const char *verb;
  TdOpKind kind;
} verbs[] = {
  { "edit", TD_OP_EDIT },        { "submit", TD_OP_STEP },     { "recall", TD_OP_STEP },
  { "receive", TD_OP_STEP },     { "return", TD_OP_STEP },     { "not_propose", TD_OP_STEP },
  { "reconsider", TD_OP_STEP },  { "withdraw", TD_OP_STEP },   { "assign", TD_OP_STEP },
  { "ask", TD_OP_STEP },         { "to_council", TD_OP_STEP }, { "council_opinion", TD_OP_STEP },
  { "to_chairman", TD_OP_STEP }, { "decide", TD_OP_STEP },     { "award", TD_OP_STEP },
  { "undo", TD_OP_STEP },        { "attest", TD_OP_OPINION },  { "waive", TD_OP_OPINION },
  { "appraise", TD_OP_OPINION }, { "review", TD_OP_OPINION },  { "clear_double", TD_OP_OPINION },
  { "admit", TD_OP_ADMIN },      { "revoke", TD_OP_ADMIN },    { "reorganise", TD_OP_ADMIN },
};

/** td_operation_kind_of: the kind of @verb; @known tells whether this program knows it. */
TdOpKind
td_operation_kind_of (const char *verb, gboolean *known)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_strcmp0 (verb, verbs[i].verb) == 0)
      {
        *known = TRUE;
        return verbs[i].kind;
      }
  *known = FALSE;
  return TD_OP_STEP;
}

void
td_operation_free (TdOperation *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->verb);
  g_free (self->body);
  g_free (self->digest);
  g_free (self->author);
  g_free (self->position);
  g_clear_pointer (&self->content, json_object_unref);
  g_free (self);
}

static gboolean
fail (GError **error, TdOperationError code, const char *message)
{
  g_set_error_literal (error, TD_OPERATION_ERROR, code, message);
  return FALSE;
}

/* Depth-first over every string of the body: NFC at every border. */
static gboolean
all_nfc (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &member))
        if (!all_nfc (member))
          return FALSE;
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!all_nfc (json_array_get_element (array, i)))
          return FALSE;
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return td_text_is_nfc (json_node_get_string (node));
  return TRUE;
}

static gboolean
valid_path (const char *path)
{
  guint parts = 1;

  if (*path == '\0' || strlen (path) > 160)
    return FALSE;
  for (const char *p = path; *p != '\0'; p++)
    {
      if (*p == '/')
        parts++;
      if (!g_ascii_isalnum (*p) && strchr ("_-/.@", *p) == NULL)
        return FALSE;
    }
  return parts <= 3 && *path != '/' && path[strlen (path) - 1] != '/' && strstr (path, "//") == NULL;
}

/* A value sits deeper in a version, and deeper still in an answer, than in the
 * edit it came with: it must leave room for them. */
#define VALUE_DEPTH_MAX 8

static gboolean
is_shallow (JsonNode *node, guint room)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *l = values; l != NULL; l = l->next)
        if (room == 0 || !is_shallow (l->data, room - 1))
          return FALSE;
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (room == 0 || !is_shallow (json_array_get_element (array, i), room - 1))
          return FALSE;
    }
  return TRUE;
}

static gboolean
check_members (JsonObject *members, GError **error)
{
  JsonObjectIter iter;
  const char *path;
  JsonNode *pair;

  if (members == NULL || json_object_get_size (members) == 0)
    return fail (error, TD_OPERATION_ERROR_FORMAT, _ ("an edit names no member"));
  json_object_iter_init (&iter, members);
  while (json_object_iter_next (&iter, &path, &pair))
    {
      JsonArray *array = JSON_NODE_HOLDS_ARRAY (pair) ? json_node_get_array (pair) : NULL;
      const char *old = array == NULL ? NULL : td_json_element_string (array, 0);

      if (array == NULL || json_array_get_length (array) != 2 || old == NULL || (*old != '\0' && !td_is_hex (old, 32)))
        return fail (error, TD_OPERATION_ERROR_FORMAT, _ ("a member of an edit is malformed"));
      if (!is_shallow (json_array_get_element (array, 1), VALUE_DEPTH_MAX))
        return fail (error, TD_OPERATION_ERROR_LIMITS, _ ("a member of an edit is nested too deep"));
      if (!valid_path (path))
        return fail (error, TD_OPERATION_ERROR_FORMAT, _ ("a member of an edit has an impossible path"));
    }
  return TRUE;
}

static gboolean
check_settles (JsonObject *content, GError **error)
{
  JsonArray *settles = td_json_array (content, "settles");

  if (settles == NULL)
    return !json_object_has_member (content, "settles")
           || fail (error, TD_OPERATION_ERROR_FORMAT, _ ("an edit settles nothing that can be named"));
  for (guint i = 0; i < json_array_get_length (settles); i++)
    if (!td_is_uuid (td_json_element_string (settles, i)))
      return fail (error, TD_OPERATION_ERROR_FORMAT, _ ("an edit settles nothing that can be named"));
  return TRUE;
}

static gboolean
check_edit (JsonObject *content, GError **error)
{
  const char *dossier = td_json_string (content, "o");

  if (!td_is_uuid (td_json_string (content, "r")) || (dossier != NULL && !td_is_uuid (dossier)))
    return fail (error, TD_OPERATION_ERROR_FORMAT, _ ("an edit names no record"));
  if (td_json_string (content, "t") == NULL || *td_json_string (content, "t") == '\0'
      || td_json_string (content, "u") == NULL)
    return fail (error, TD_OPERATION_ERROR_FORMAT, _ ("an edit has no record type or unit"));
  return check_settles (content, error) && check_members (td_json_object (content, "f"), error);
}

static gboolean
check_named (JsonObject *content, GError **error)
{
  JsonArray *on = td_json_array (content, "on");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (on == NULL || json_array_get_length (on) == 0)
    return fail (error, TD_OPERATION_ERROR_FORMAT, _ ("a step names no dossier"));
  if (json_array_get_length (on) > TD_STEP_DOSSIERS_MAX)
    return fail (error, TD_OPERATION_ERROR_LIMITS, _ ("a step names too many dossiers"));
  for (guint i = 0; i < json_array_get_length (on); i++)
    {
      JsonArray *named = td_json_element_array (on, i);
      const char *dossier = named == NULL ? NULL : td_json_element_string (named, 0);
      const char *digest = named == NULL ? NULL : td_json_element_string (named, 2);

      if (!td_is_uuid (dossier) || td_json_element_int (named, 1, -1) < 0 || digest == NULL
          || (*digest != '\0' && !td_is_hex (digest, TD_DIGEST_LENGTH)) || json_array_get_length (named) != 3
          || !g_hash_table_add (seen, (char *)dossier))
        return fail (error, TD_OPERATION_ERROR_FORMAT, _ ("a step names a dossier wrongly"));
    }
  return TRUE;
}

static gboolean
check_content (TdOperation *self, GError **error)
{
  JsonObject *by = td_json_object (self->content, "by");
  gboolean known;

  if (!td_is_uuid (self->id) || self->at < 0 || by == NULL || g_utf8_strlen (self->author, -1) > WORDS_MAX
      || g_utf8_strlen (self->position, -1) > WORDS_MAX)
    return fail (error, TD_OPERATION_ERROR_FORMAT, _ ("an operation has no id, time or author"));
  self->kind = td_operation_kind_of (self->verb, &known);
  if (!known)
    return fail (error, TD_OPERATION_ERROR_KIND, _ ("an operation of a kind this version does not know"));
  if (self->kind == TD_OP_EDIT)
    return check_edit (self->content, error);
  return self->kind == TD_OP_ADMIN || check_named (self->content, error);
}

static gboolean
check_size (TdOperation *self, gsize length, GError **error)
{
  gsize most = self->kind == TD_OP_EDIT ? TD_EDIT_MAX : TD_STEP_MAX;

  return length <= most || fail (error, TD_OPERATION_ERROR_LIMITS, _ ("an operation is too large"));
}

static gboolean
check_canonical (TdOperation *self, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), self->content);
  g_autofree char *canonical = td_json_canonical (node, NULL);

  if (g_strcmp0 (canonical, self->body) != 0 || !all_nfc (node))
    return fail (error, TD_OPERATION_ERROR_FORMAT, _ ("an operation is not in canonical form"));
  return TRUE;
}

/**
 * td_operation_parse:
 * @body: the bytes as they came
 * @length: their number, -1 for a C string
 * @error: TD_OPERATION_ERROR or TD_JSON_ERROR
 *
 * The one way an operation enters: size, depth, shape, NFC and canonical form
 * are checked before anything looks at its meaning (model.md 1.2, 1.6, 1.7).
 *
 * Returns: (transfer full) (nullable): the operation
 */
TdOperation *
td_operation_parse (const char *body, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (body) : (gsize)length;
  JsonObject *content = td_json_parse_object (body, (gssize)size, TD_STEP_MAX, error);
  g_autoptr (TdOperation) self = NULL;
  JsonObject *by;

  if (content == NULL)
    return NULL;
  self = g_new0 (TdOperation, 1);
  self->content = content;
  self->body = g_strndup (body, size);
  self->digest = td_digest (body, (gssize)size);
  self->id = g_strdup (td_json_string (content, "id"));
  self->verb = g_strdup (td_json_string (content, "k"));
  self->at = td_json_int (content, "at", -1);
  by = td_json_object (content, "by");
  self->author = g_strdup (by == NULL || td_json_string (by, "name") == NULL ? "" : td_json_string (by, "name"));
  self->position
      = g_strdup (by == NULL || td_json_string (by, "position") == NULL ? "" : td_json_string (by, "position"));
  if (!check_content (self, error) || !check_size (self, size, error) || !check_canonical (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * td_operation_named:
 *
 * Returns: (transfer full): the dossiers a step or opinion names, as TdNamed
 * whose strings belong to @self
 */
GArray *
td_operation_named (const TdOperation *self)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (TdNamed));
  JsonArray *on = td_json_array (self->content, "on");

  for (guint i = 0; on != NULL && i < json_array_get_length (on); i++)
    {
      JsonArray *row = td_json_element_array (on, i);
      TdNamed named
          = { td_json_element_string (row, 0), td_json_element_int (row, 1, 0), td_json_element_string (row, 2) };

      g_array_append_val (names, named);
    }
  return names;
}

/** td_operation_text: a text member of the operation, "" where it is absent. */
const char *
td_operation_text (const TdOperation *self, const char *member)
{
  const char *text = td_json_string (self->content, member);

  return text == NULL ? "" : text;
}

/** td_operation_begin: content of a new operation; put its own members, then close it. */
JsonObject *
td_operation_begin (const char *verb, const TdAuthor *author)
{
  JsonObject *content = json_object_new ();
  JsonObject *by = json_object_new ();

  json_object_set_string_member (by, "name", author->name);
  json_object_set_string_member (by, "position", author->position);
  json_object_set_object_member (content, "by", by);
  json_object_set_int_member (content, "at", author->at);
  json_object_set_string_member (content, "id", author->id);
  json_object_set_string_member (content, "k", verb);
  return content;
}

/** td_operation_name: adds a dossier the step or opinion is about. */
void
td_operation_name (JsonObject *content, const char *dossier, gint64 epoch, const char *digest)
{
  JsonArray *on = td_json_array (content, "on");
  JsonArray *named = json_array_new ();

  if (on == NULL)
    {
      on = json_array_new ();
      json_object_set_array_member (content, "on", on);
    }
  json_array_add_string_element (named, dossier);
  json_array_add_int_element (named, epoch);
  json_array_add_string_element (named, digest);
  json_array_add_array_element (on, named);
}

/**
 * td_operation_close:
 * @content: (transfer full): built with td_operation_begin()
 * @error: TD_OPERATION_ERROR_LIMITS where what was typed is too long
 *
 * Fixes the bytes, through the same checks as an operation from a stranger.
 *
 * Returns: (transfer full) (nullable): the operation
 */
TdOperation *
td_operation_close (JsonObject *content, GError **error)
{
  g_autofree char *body = td_json_canonical_object (content);

  json_object_unref (content);
  return td_operation_parse (body, -1, error);
}

/** td_chain_next: the digest that the next envelope's "prev" names (model.md 1.2). */
char *
td_chain_next (const char *previous, const char *life, gint64 number, const char *body_digest)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%" G_GINT64_FORMAT "\n%s", previous, life, number, body_digest);

  return td_digest (text, -1);
}
