/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/json.h"

#include <glib/gi18n.h>
#include <string.h>

#define LARGEST_INTEGER G_GINT64_CONSTANT (9007199254740992)

static gboolean write_node (GString *out, JsonNode *node, GError **error);

static void
write_char (GString *out, char c)
{
  static const char shorthand[] = "\bb\tt\nn\ff\rr\"\"\\\\";
  const char *found = NULL;

  for (const char *at = shorthand; *at && !found; at += 2)
    if (*at == c)
      found = at;
  if (found)
    {
      g_string_append_c (out, '\\');
      g_string_append_c (out, found[1]);
    }
  else
    g_string_append_printf (out, "\\u%04x", (guint)(guchar)c);
}

static void
write_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  while (*text)
    {
      const char *from = text;

      while ((guchar)*text >= 0x20 && *text != '"' && *text != '\\')
        text++;
      g_string_append_len (out, from, text - from);
      if (*text)
        write_char (out, *text++);
    }
  g_string_append_c (out, '"');
}

/* Order of UTF-16 code units: differs from that of bytes only where a
 * character beyond the first plane meets one above the surrogates. */
static gint
compare_utf16 (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;
  gunichar c, d;

  while (*x && *x == *y)
    x++, y++;
  /* Back to the beginning of the character in which they differ; what lies before is the same. */
  while (((guchar)*x & 0xC0) == 0x80 || ((guchar)*y & 0xC0) == 0x80)
    x--, y--;
  c = *x ? g_utf8_get_char (x) : 0;
  d = *y ? g_utf8_get_char (y) : 0;
  if ((c >= 0x10000) != (d >= 0x10000))
    return (c >= 0x10000 ? 0xD800 : (gint)c) - (d >= 0x10000 ? 0xD800 : (gint)d);
  return (gint)c - (gint)d;
}

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, TD_JSON_ERROR, TD_JSON_ERROR_SHAPE, reason);
  return FALSE;
}

static gboolean
write_object (GString *out, JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    g_ptr_array_add (names, (gpointer)name);
  g_ptr_array_sort (names, compare_utf16);
  g_string_append_c (out, '{');
  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (!g_utf8_validate (names->pdata[i], -1, NULL))
        return refuse (error, _ ("a member's name is not UTF-8"));
      write_string (out, names->pdata[i]);
      g_string_append_c (out, ':');
      if (!write_node (out, json_object_get_member (object, names->pdata[i]), error))
        return FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
write_array (GString *out, JsonArray *array, GError **error)
{
  guint length = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (!write_node (out, json_array_get_element (array, i), error))
        return FALSE;
    }
  g_string_append_c (out, ']');
  return TRUE;
}

static gboolean
write_value (GString *out, JsonNode *node, GError **error)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);

      if (!text || !g_utf8_validate (text, -1, NULL))
        return refuse (error, _ ("a text is not UTF-8"));
      write_string (out, text);
    }
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    {
      gint64 value = json_node_get_int (node);

      if (value > LARGEST_INTEGER || value < -LARGEST_INTEGER)
        return refuse (error, _ ("an integer is beyond 2^53"));
      g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
    }
  else
    return refuse (error, _ ("numbers with a point must be written as texts"));
  return TRUE;
}

static gboolean
write_node (GString *out, JsonNode *node, GError **error)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return write_object (out, json_node_get_object (node), error);
    case JSON_NODE_ARRAY:
      return write_array (out, json_node_get_array (node), error);
    case JSON_NODE_VALUE:
      return write_value (out, node, error);
    case JSON_NODE_NULL:
      g_string_append (out, "null");
      return TRUE;
    }
  return refuse (error, _ ("unknown kind of value"));
}

/**
 * td_json_canonical:
 * @node: a value
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the one form of @node (RFC 8785 without floats, model.md 1.6)
 */
char *
td_json_canonical (JsonNode *node, GError **error)
{
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  out = g_string_new (NULL);
  if (!write_node (out, node, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * td_json_canonical_object:
 * @object: an object this program built, so without floats
 *
 * Returns: (transfer full): its one form
 */
char *
td_json_canonical_object (JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  GString *out;

  g_return_val_if_fail (object != NULL, NULL);

  out = g_string_new (NULL);
  if (!write_object (out, object, &error))
    g_error ("an object of our own has no canonical form: %s", error->message);
  return g_string_free (out, FALSE);
}

/**
 * td_json_canonical_string:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): @text as a quoted JSON string
 */
char *
td_json_canonical_string (const char *text)
{
  GString *out;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text) + 2);
  write_string (out, text);
  return g_string_free (out, FALSE);
}
