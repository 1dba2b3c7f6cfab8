/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/shape.h"

#include <glib/gi18n.h>
#include <string.h>

#include "text/vietnamese.h"

#define MAX_FILE (4 * 1024 * 1024)

static JsonObject *
nothing (TdShape *self)
{
  /* Lives as long as the fault does not matter: one per process, never filled. */
  static JsonObject *empty = NULL;
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      empty = json_object_new ();
      g_once_init_leave (&once, 1);
    }
  return empty;
}

void
td_shape_init (TdShape *self)
{
  self->pointer = g_string_new ("");
  self->fault = NULL;
}

gboolean
td_shape_finish (TdShape *self, GError **error)
{
  gboolean fine = !self->fault;

  g_string_free (self->pointer, TRUE);
  self->pointer = NULL;
  if (self->fault)
    g_propagate_error (error, g_steal_pointer (&self->fault));
  return fine;
}

gboolean
td_shape_ok (TdShape *self)
{
  return !self->fault;
}

/* RFC 6901: ~ and / are escaped. */
static void
append_token (GString *pointer, const char *name)
{
  g_string_append_c (pointer, '/');
  for (; *name; name++)
    if (*name == '~' || *name == '/')
      g_string_append (pointer, *name == '~' ? "~0" : "~1");
    else
      g_string_append_c (pointer, *name);
}

gsize
td_shape_enter (TdShape *self, const char *name)
{
  gsize token = self->pointer->len;

  append_token (self->pointer, name);
  return token;
}

gsize
td_shape_enter_index (TdShape *self, guint index)
{
  gsize token = self->pointer->len;

  g_string_append_printf (self->pointer, "/%u", index);
  return token;
}

void
td_shape_leave (TdShape *self, gsize token)
{
  g_string_truncate (self->pointer, token);
}

void
td_shape_fault (TdShape *self, TdCampaignError code, const char *name, const char *format, ...)
{
  g_autoptr (GString) place = NULL;
  g_autofree char *reason = NULL;
  va_list args;

  if (self->fault)
    return;
  place = g_string_new (self->pointer->str);
  if (name)
    append_token (place, name);
  if (place->len == 0)
    g_string_append_c (place, '/');
  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (&self->fault, TD_CAMPAIGN_ERROR, (int)code, "%s: %s", place->str, reason);
}

static void
missing (TdShape *self, const char *name)
{
  td_shape_fault (self, TD_CAMPAIGN_ERROR_SHAPE, name, _ ("missing"));
}

static void
wrong_type (TdShape *self, const char *name, const char *expected)
{
  td_shape_fault (self, TD_CAMPAIGN_ERROR_SHAPE, name, _ ("%s is expected"), expected);
}

static gboolean
is_absent (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return !node || JSON_NODE_HOLDS_NULL (node);
}

const char *
td_shape_text_or (TdShape *self, JsonObject *object, const char *name, const char *fallback)
{
  const char *text;

  if (is_absent (object, name))
    return fallback;
  text = td_json_string (object, name);
  if (!text)
    wrong_type (self, name, _ ("a text"));
  return text ? text : fallback;
}

const char *
td_shape_text (TdShape *self, JsonObject *object, const char *name)
{
  const char *text = td_shape_text_or (self, object, name, "");

  if (*text == '\0')
    missing (self, name);
  return text;
}

gint64
td_shape_number_or (TdShape *self, JsonObject *object, const char *name, gint64 least, gint64 most, gint64 fallback)
{
  gint64 value;

  if (is_absent (object, name))
    return fallback;
  value = td_json_int (object, name, G_MININT64);
  if (value == G_MININT64)
    wrong_type (self, name, _ ("a whole number"));
  else if (value < least || value > most)
    td_shape_fault (self, TD_CAMPAIGN_ERROR_SHAPE, name, _ ("the number is not between %d and %d"), (int)least,
                    (int)most);
  else
    return value;
  return fallback;
}

gint64
td_shape_number (TdShape *self, JsonObject *object, const char *name, gint64 least, gint64 most)
{
  if (is_absent (object, name))
    missing (self, name);
  return td_shape_number_or (self, object, name, least, most, least);
}

gboolean
td_shape_flag_or (TdShape *self, JsonObject *object, const char *name, gboolean fallback)
{
  if (is_absent (object, name))
    return fallback;
  /* Whoever is no truth value gives both fallbacks back. */
  if (td_json_bool (object, name, FALSE) != td_json_bool (object, name, TRUE))
    {
      wrong_type (self, name, _ ("true or false"));
      return fallback;
    }
  return td_json_bool (object, name, fallback);
}

TdDate
td_shape_date_or (TdShape *self, JsonObject *object, const char *name)
{
  const char *text = td_shape_text_or (self, object, name, "");
  TdDate date;

  if (*text == '\0')
    return TD_DATE_NONE;
  date = td_date_parse_iso (text);
  if (date == TD_DATE_NONE)
    td_shape_fault (self, TD_CAMPAIGN_ERROR_SHAPE, name, _ ("“%s” is no date such as 2025-06-30"), text);
  return date;
}

TdDate
td_shape_date (TdShape *self, JsonObject *object, const char *name)
{
  TdDate date = td_shape_date_or (self, object, name);

  if (date == TD_DATE_NONE)
    missing (self, name);
  return date;
}

JsonObject *
td_shape_object_or (TdShape *self, JsonObject *object, const char *name)
{
  JsonObject *found;

  if (is_absent (object, name))
    return NULL;
  found = td_json_object (object, name);
  if (!found)
    wrong_type (self, name, _ ("an object"));
  return found;
}

JsonObject *
td_shape_object (TdShape *self, JsonObject *object, const char *name)
{
  JsonObject *found = td_shape_object_or (self, object, name);

  if (found)
    return found;
  missing (self, name);
  return nothing (self);
}

JsonArray *
td_shape_array (TdShape *self, JsonObject *object, const char *name)
{
  JsonArray *found = td_json_array (object, name);

  if (found)
    return found;
  if (is_absent (object, name))
    missing (self, name);
  else
    wrong_type (self, name, _ ("a list"));
  return NULL;
}

static char **
read_texts (TdShape *self, JsonArray *array, const char *name)
{
  guint length = array ? json_array_get_length (array) : 0;
  GPtrArray *texts = g_ptr_array_new_full (length + 1, g_free);
  gsize token = td_shape_enter (self, name);

  for (guint i = 0; i < length; i++)
    {
      const char *text = td_json_element_string (array, i);
      gsize place = td_shape_enter_index (self, i);

      if (!text || *text == '\0')
        wrong_type (self, NULL, _ ("a text"));
      td_shape_leave (self, place);
      g_ptr_array_add (texts, g_strdup (text ? text : ""));
    }
  td_shape_leave (self, token);
  g_ptr_array_add (texts, NULL);
  return (char **)g_ptr_array_free (texts, FALSE);
}

char **
td_shape_texts (TdShape *self, JsonObject *object, const char *name)
{
  return read_texts (self, td_shape_array (self, object, name), name);
}

char **
td_shape_texts_or (TdShape *self, JsonObject *object, const char *name)
{
  return read_texts (self, is_absent (object, name) ? NULL : td_shape_array (self, object, name), name);
}

guint
td_shape_choice (TdShape *self, JsonObject *object, const char *name, const char *const *words)
{
  const char *text = td_shape_text (self, object, name);
  g_autofree char *all = NULL;

  for (guint i = 0; words[i]; i++)
    if (strcmp (words[i], text) == 0)
      return i;
  all = g_strjoinv (", ", (char **)words);
  td_shape_fault (self, TD_CAMPAIGN_ERROR_SHAPE, name, _ ("“%s” is none of: %s"), text, all);
  return 0;
}

JsonObject *
td_shape_item (TdShape *self, JsonArray *array, guint index)
{
  JsonObject *item = td_json_element_object (array, index);

  if (item)
    return item;
  wrong_type (self, NULL, _ ("an object"));
  return nothing (self);
}

/**
 * td_shape_read:
 * @data: a campaign's or units' file
 * @length: its length
 * @error: return location for %TD_CAMPAIGN_ERROR
 *
 * Returns: (transfer full) (nullable): the object it is
 */
JsonObject *
td_shape_read (const char *data, gsize length, GError **error)
{
  g_autoptr (GError) local = NULL;
  JsonObject *root = td_json_parse_object (data, (gssize)length, MAX_FILE, &local);

  if (!root)
    g_set_error_literal (error, TD_CAMPAIGN_ERROR,
                         g_error_matches (local, TD_JSON_ERROR, TD_JSON_ERROR_SHAPE) ? TD_CAMPAIGN_ERROR_SHAPE
                                                                                     : TD_CAMPAIGN_ERROR_SYNTAX,
                         local->message);
  return root;
}
