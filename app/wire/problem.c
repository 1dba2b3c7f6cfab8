/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/reading.h"

#include <string.h>

/* RFC 9457: {"admitted"?,"cur"?,"detail"?,"discarded"?,"kept"?,"max"?,"min"?,"n"?,"status","type":"urn:hs:…"} */

#define NUMBER_MAX ((gint64)1 << 53)
#define PROBLEM_MAX (16 * 1024)
#define PREFIX "urn:hs:"

/**
 * td_problem_new:
 * @status: HTTP status
 * @type: what stands after "urn:hs:"
 * @detail: (nullable): a sentence for logs
 *
 * Returns: (transfer full): a problem without further members
 */
TdProblem *
td_problem_new (guint status, const char *type, const char *detail)
{
  TdProblem *self = g_new0 (TdProblem, 1);

  self->status = status;
  self->type = g_strdup (type);
  self->detail = g_strdup (detail == NULL ? "" : detail);
  self->cur = g_strdup ("");
  self->n = -1;
  self->max = -1;
  self->min = -1;
  self->kept = -1;
  self->admitted = -1;
  self->discarded = -1;
  return self;
}

void
td_problem_free (TdProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->detail);
  g_free (self->cur);
  g_free (self);
}

static void
set_number (JsonObject *json, const char *name, gint64 number)
{
  if (number >= 0)
    json_object_set_int_member (json, name, number);
}

/** td_problem_write: the body of an answer of type application/problem+json. */
GBytes *
td_problem_write (const TdProblem *self)
{
  g_autofree char *type = g_strconcat (PREFIX, self->type, NULL);
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "type", type);
  json_object_set_int_member (json, "status", self->status);
  if (*self->detail != '\0')
    json_object_set_string_member (json, "detail", self->detail);
  if (*self->cur != '\0')
    json_object_set_string_member (json, "cur", self->cur);
  set_number (json, "n", self->n);
  set_number (json, "max", self->max);
  set_number (json, "min", self->min);
  set_number (json, "kept", self->kept);
  set_number (json, "admitted", self->admitted);
  set_number (json, "discarded", self->discarded);
  return td_writing_close (json, PROBLEM_MAX, NULL);
}

static gint64
optional_number (TdReading *reading, JsonObject *json, const char *name)
{
  return json_object_has_member (json, name) ? td_reading_number (reading, json, name, 0, NUMBER_MAX) : -1;
}

static char *
optional_text (TdReading *reading, JsonObject *json, const char *name, gsize max)
{
  return json_object_has_member (json, name) ? td_reading_text (reading, json, name, max) : g_strdup ("");
}

/**
 * td_problem_read:
 * @bytes: the body of an answer that isn't 2xx
 * @error: TD_WIRE_ERROR
 *
 * Returns: (transfer full) (nullable): the problem; %NULL where it isn't one of ours
 */
TdProblem *
td_problem_read (GBytes *bytes, GError **error)
{
  TdReading reading = { NULL };
  g_autoptr (JsonObject) json = td_reading_open (&reading, bytes, PROBLEM_MAX, 64);
  g_autoptr (TdProblem) self = NULL;

  if (json != NULL)
    {
      g_autofree char *type = td_reading_text (&reading, json, "type", 64);

      if (!g_str_has_prefix (type, PREFIX))
        td_reading_fault (&reading, TD_WIRE_ERROR_FORMAT, "type");
      self = g_new0 (TdProblem, 1);
      self->type = g_strdup (g_str_has_prefix (type, PREFIX) ? type + strlen (PREFIX) : "");
      self->status = (guint)td_reading_number (&reading, json, "status", 100, 599);
      self->detail = optional_text (&reading, json, "detail", 4096);
      self->cur = optional_text (&reading, json, "cur", TD_CURSOR_MAX);
      self->n = optional_number (&reading, json, "n");
      self->max = optional_number (&reading, json, "max");
      self->min = optional_number (&reading, json, "min");
      self->kept = optional_number (&reading, json, "kept");
      self->admitted = optional_number (&reading, json, "admitted");
      self->discarded = optional_number (&reading, json, "discarded");
    }
  return td_reading_close (&reading, error) ? g_steal_pointer (&self) : NULL;
}
