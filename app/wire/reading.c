/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/reading.h"

#include "dossier/crypto.h"

#include <glib/gi18n.h>
#include <string.h>

/* An entity lies up to five containers deeper in an answer than its operation was. */
#define MESSAGE_DEPTH (2 * TD_JSON_MAX_DEPTH)

G_DEFINE_QUARK (td - wire - error - quark, td_wire_error)

void
td_reading_fault (TdReading *self, TdWireError code, const char *member)
{
  if (self->fault != NULL)
    return;
  if (code == TD_WIRE_ERROR_LIMITS)
    g_set_error (&self->fault, TD_WIRE_ERROR, (int)code, _ ("the message's member “%s” is over its limit"), member);
  else
    g_set_error (&self->fault, TD_WIRE_ERROR, (int)code, _ ("the message's member “%s” is missing or wrong"), member);
}

/* json-glib needs about a hundred bytes for a value that takes two on the wire,
 * so values are counted before it sees them. */
static gboolean
has_too_many (const char *data, gsize length, guint most)
{
  gboolean inside = FALSE;
  guint commas = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (inside && data[i] == '\\')
        i++;
      else if (data[i] == '"')
        inside = !inside;
      else if (!inside && data[i] == ',' && ++commas > most)
        return TRUE;
    }
  return FALSE;
}

static void
take_json_fault (TdReading *self, GError *local)
{
  gboolean limit = g_error_matches (local, TD_JSON_ERROR, TD_JSON_ERROR_TOO_DEEP)
                   || g_error_matches (local, TD_JSON_ERROR, TD_JSON_ERROR_TOO_LARGE);

  self->fault
      = g_error_new_literal (TD_WIRE_ERROR, limit ? TD_WIRE_ERROR_LIMITS : TD_WIRE_ERROR_FORMAT, local->message);
}

JsonObject *
td_reading_open (TdReading *self, GBytes *bytes, gsize max, guint values)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) local = NULL;

  if (length <= max && has_too_many (data, length, values))
    {
      td_reading_fault (self, TD_WIRE_ERROR_LIMITS, "/");
      return NULL;
    }
  root = td_json_parse (length == 0 ? "" : data, (gssize)length, max, MESSAGE_DEPTH, &local);
  if (root == NULL)
    {
      take_json_fault (self, local);
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      td_reading_fault (self, TD_WIRE_ERROR_FORMAT, "/");
      return NULL;
    }
  return json_node_dup_object (root);
}

gboolean
td_reading_close (TdReading *self, GError **error)
{
  if (self->fault == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->fault));
  return FALSE;
}

char *
td_reading_text (TdReading *self, JsonObject *object, const char *name, gsize max)
{
  const char *text = td_json_string (object, name);

  if (text == NULL)
    td_reading_fault (self, TD_WIRE_ERROR_FORMAT, name);
  else if (strlen (text) > max)
    td_reading_fault (self, TD_WIRE_ERROR_LIMITS, name);
  else
    return g_strdup (text);
  return g_strdup ("");
}

char *
td_reading_hex (TdReading *self, JsonObject *object, const char *name, gsize length, gboolean may_be_empty)
{
  const char *text = td_json_string (object, name);

  if (text != NULL && ((*text == '\0' && may_be_empty) || td_is_hex (text, length)))
    return g_strdup (text);
  td_reading_fault (self, TD_WIRE_ERROR_FORMAT, name);
  return g_strdup ("");
}

gint64
td_reading_number (TdReading *self, JsonObject *object, const char *name, gint64 least, gint64 most)
{
  gint64 number = td_json_int (object, name, G_MININT64);

  if (number == G_MININT64)
    td_reading_fault (self, TD_WIRE_ERROR_FORMAT, name);
  else if (number < least || number > most)
    td_reading_fault (self, TD_WIRE_ERROR_LIMITS, name);
  else
    return number;
  return least;
}

gboolean
td_reading_flag (TdReading *self, JsonObject *object, const char *name)
{
  gboolean no = td_json_bool (object, name, FALSE);

  if (object != NULL && json_object_has_member (object, name) && no != td_json_bool (object, name, TRUE))
    td_reading_fault (self, TD_WIRE_ERROR_FORMAT, name);
  return no;
}

JsonArray *
td_reading_array (TdReading *self, JsonObject *object, const char *name, guint most)
{
  JsonArray *array = td_json_array (object, name);

  if (array != NULL && json_array_get_length (array) > most)
    {
      td_reading_fault (self, TD_WIRE_ERROR_LIMITS, name);
      return NULL;
    }
  if (array == NULL && object != NULL && json_object_has_member (object, name))
    td_reading_fault (self, TD_WIRE_ERROR_FORMAT, name);
  return array;
}

JsonObject *
td_reading_element (TdReading *self, JsonArray *array, guint index, const char *name)
{
  JsonObject *object = td_json_element_object (array, index);

  if (object == NULL)
    td_reading_fault (self, TD_WIRE_ERROR_FORMAT, name);
  return object;
}

char **
td_reading_texts (TdReading *self, JsonObject *object, const char *name, guint most, gsize max)
{
  JsonArray *array = td_reading_array (self, object, name, most);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = td_json_element_string (array, i);

      if (text == NULL || strlen (text) > max)
        td_reading_fault (self, TD_WIRE_ERROR_FORMAT, name);
      else
        g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

GBytes *
td_writing_close (JsonObject *object, gsize max, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (GError) local = NULL;
  char *text = td_json_canonical (node, &local);

  json_object_unref (object);
  if (text == NULL)
    {
      g_set_error_literal (error, TD_WIRE_ERROR, TD_WIRE_ERROR_FORMAT, local->message);
      return NULL;
    }
  if (strlen (text) > max)
    {
      g_autofree char *size = g_strdup_printf ("%" G_GSIZE_FORMAT, strlen (text));

      g_set_error (error, TD_WIRE_ERROR, TD_WIRE_ERROR_LIMITS, _ ("a message of %s bytes is too large"), size);
      g_free (text);
      return NULL;
    }
  return g_bytes_new_take (text, strlen (text));
}

void
td_writing_texts (JsonObject *object, const char *name, char **texts)
{
  JsonArray *array;

  if (texts == NULL || texts[0] == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  json_object_set_array_member (object, name, array);
}

GBytes *
td_writing_check (GBytes *bytes, TdReader read, GDestroyNotify free, GError **error)
{
  gpointer back = bytes == NULL ? NULL : read (bytes, error);

  if (back == NULL)
    {
      g_clear_pointer (&bytes, g_bytes_unref);
      return NULL;
    }
  free (back);
  return bytes;
}
