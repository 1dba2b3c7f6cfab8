/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/json.h"

#include <glib/gi18n.h>
#include <string.h>

#include "json/json-scan.h"

/* Not G_DEFINE_QUARK: the formatter writes blanks into the name it is given. */
GQuark
td_json_error_quark (void)
{
  return g_quark_from_static_string ("td-json-error-quark");
}

static gboolean
check_bytes (const char *data, gsize length, gsize max_length, GError **error)
{
  const char *end;

  if (length > max_length)
    {
      g_set_error (error, TD_JSON_ERROR, TD_JSON_ERROR_TOO_LARGE, _ ("%lu bytes are more than the %lu allowed"),
                   (gulong)length, (gulong)max_length);
      return FALSE;
    }
  if (!g_utf8_validate (data, (gssize)length, &end))
    {
      g_set_error (error, TD_JSON_ERROR, TD_JSON_ERROR_ENCODING, _ ("byte %lu is not UTF-8"), (gulong)(end - data));
      return FALSE;
    }
  return TRUE;
}

/**
 * td_json_parse:
 * @data: bytes from anywhere
 * @length: their number, or -1 up to the NUL
 * @max_length: refuse more than this
 * @max_depth: refuse deeper nesting than this
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the value; %NULL with %TD_JSON_ERROR
 */
JsonNode *
td_json_parse (const char *data, gssize length, gsize max_length, guint max_depth, GError **error)
{
  gsize size;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  size = length < 0 ? strlen (data) : (gsize)length;
  if (!check_bytes (data, size, max_length, error))
    return NULL;
  if (size >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  return td_json_scan (data, size, max_depth, error);
}

/**
 * td_json_parse_object:
 * @data: bytes from anywhere
 * @length: their number, or -1 up to the NUL
 * @max_length: refuse more than this
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the object, no deeper than %TD_JSON_MAX_DEPTH
 */
JsonObject *
td_json_parse_object (const char *data, gssize length, gsize max_length, GError **error)
{
  g_autoptr (JsonNode) root = td_json_parse (data, length, max_length, TD_JSON_MAX_DEPTH, error);

  if (!root)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, TD_JSON_ERROR, TD_JSON_ERROR_SHAPE, _ ("/: an object is expected"));
      return NULL;
    }
  return json_node_dup_object (root);
}

static JsonNode *
value_of_type (JsonNode *node, GType type)
{
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

static JsonNode *
member (JsonObject *object, const char *name)
{
  return object ? json_object_get_member (object, name) : NULL;
}

static JsonNode *
element (JsonArray *array, guint index)
{
  return array && index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
}

static const char *
node_string (JsonNode *node)
{
  return value_of_type (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
}

static gint64
node_int (JsonNode *node, gint64 fallback)
{
  return value_of_type (node, G_TYPE_INT64) ? json_node_get_int (node) : fallback;
}

static JsonObject *
node_object (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
node_array (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * td_json_string:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (nullable): the text, %NULL if it is absent or no text
 */
const char *
td_json_string (JsonObject *object, const char *name)
{
  return node_string (member (object, name));
}

/**
 * td_json_int:
 * @object: (nullable): an object
 * @name: a member
 * @fallback: what else
 *
 * Returns: the integer, @fallback if it is absent or no integer
 */
gint64
td_json_int (JsonObject *object, const char *name, gint64 fallback)
{
  return node_int (member (object, name), fallback);
}

/**
 * td_json_bool:
 * @object: (nullable): an object
 * @name: a member
 * @fallback: what else
 *
 * Returns: the truth value, @fallback if it is absent or none
 */
gboolean
td_json_bool (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = value_of_type (member (object, name), G_TYPE_BOOLEAN);

  return node ? json_node_get_boolean (node) : fallback;
}

/**
 * td_json_object:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the object there
 */
JsonObject *
td_json_object (JsonObject *object, const char *name)
{
  return node_object (member (object, name));
}

/**
 * td_json_array:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the array there
 */
JsonArray *
td_json_array (JsonObject *object, const char *name)
{
  return node_array (member (object, name));
}

/**
 * td_json_element_string:
 * @array: (nullable): an array
 * @index: a place, which may lie beyond the end
 *
 * Returns: (nullable): the text there
 */
const char *
td_json_element_string (JsonArray *array, guint index)
{
  return node_string (element (array, index));
}

/**
 * td_json_element_int:
 * @array: (nullable): an array
 * @index: a place, which may lie beyond the end
 * @fallback: what else
 *
 * Returns: the integer there, or @fallback
 */
gint64
td_json_element_int (JsonArray *array, guint index, gint64 fallback)
{
  return node_int (element (array, index), fallback);
}

/**
 * td_json_element_object:
 * @array: (nullable): an array
 * @index: a place, which may lie beyond the end
 *
 * Returns: (transfer none) (nullable): the object there
 */
JsonObject *
td_json_element_object (JsonArray *array, guint index)
{
  return node_object (element (array, index));
}

/**
 * td_json_element_array:
 * @array: (nullable): an array
 * @index: a place, which may lie beyond the end
 *
 * Returns: (transfer none) (nullable): the array there
 */
JsonArray *
td_json_element_array (JsonArray *array, guint index)
{
  return node_array (element (array, index));
}
