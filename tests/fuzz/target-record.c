/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "dossier/state.h"

#include <string.h>

/* An entity as it comes in an answer, which lets only what has a canonical form pass (app/wire/answer.c); the first byte says of which kind. What a state takes, it
 * gives back in the same form. */

static const char *const kinds[]
    = { "record", "dossier", "version", "body", "receipt", "double", "opinion", "step", "device" };

static void
dump (gpointer data, const char *kind, const char *id, const char *json, char **terms)
{
  char **out = data;

  g_assert_null (*out);
  *out = g_strdup (json);
}

static char *
put (const char *kind, const char *id, JsonObject *json)
{
  g_autoptr (TdState) state = td_state_new (NULL, NULL);
  char *out = NULL;

  if (td_state_put (state, kind, id, json, NULL))
    {
      td_state_each_dirty (state, dump, &out);
      g_assert_nonnull (out);
    }
  return out;
}

static const char *
id_of (const char *kind, JsonObject *json)
{
  const char *name = strcmp (kind, "device") == 0 ? "key" : strcmp (kind, "opinion") == 0 ? "op" : "id";
  const char *id = td_json_string (json, name);

  return id == NULL ? "5d1e0000-0000-7000-8000-000000000001" : id;
}

static JsonObject *
read_entity (const guint8 *data, gsize size)
{
  g_autoptr (JsonNode) node = td_json_parse ((const char *)data, (gssize)size, 65536, TD_JSON_MAX_DEPTH, NULL);
  g_autofree char *text = node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ? NULL : td_json_canonical (node, NULL);

  return text == NULL ? NULL : json_object_ref (json_node_get_object (node));
}

void
fuzz_record (const guint8 *data, gsize size)
{
  const char *kind = kinds[size == 0 ? 0 : data[0] % G_N_ELEMENTS (kinds)];
  g_autoptr (JsonObject) json = size == 0 ? NULL : read_entity (data + 1, size - 1);
  const char *id = json == NULL ? "" : id_of (kind, json);
  g_autofree char *first = json == NULL ? NULL : put (kind, id, json);

  if (first != NULL)
    {
      g_autoptr (JsonObject) back = td_json_parse_object (first, -1, strlen (first), NULL);
      g_autofree char *second = back == NULL ? NULL : put (kind, id, back);

      g_assert_cmpstr (first, ==, second);
    }
}
