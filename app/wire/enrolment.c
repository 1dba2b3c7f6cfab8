/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/crypto.h"
#include "wire/bundle.h"
#include "wire/reading.h"

#include <string.h>

/* What the administrator hands to a unit that never has a line: everything a first
 * package needs, signed by the endpoint. It holds a code, so it is for one unit's eyes. */

#define VERSION 1
#define NUMBER_MAX ((gint64)1 << 53)
#define FEW_VALUES 400

TdEnrolment *
td_enrolment_new (void)
{
  TdEnrolment *self = g_new0 (TdEnrolment, 1);
  char **texts[] = { &self->unit, &self->roles, &self->code,     &self->endpoint, &self->url,
                     &self->ca,   &self->day,   &self->campaign, &self->units };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  self->recipients = g_new0 (char *, 1);
  return self;
}

void
td_enrolment_free (TdEnrolment *self)
{
  if (self == NULL)
    return;
  g_free (self->unit);
  g_free (self->roles);
  g_free (self->code);
  g_free (self->endpoint);
  g_free (self->url);
  g_free (self->ca);
  g_free (self->day);
  g_free (self->campaign);
  g_free (self->units);
  g_strfreev (self->recipients);
  g_free (self);
}

/* What is signed: the file without its signature. */
static char *
digest_of (JsonObject *json)
{
  g_autofree char *text = td_json_canonical_object (json);

  return td_digest (text, -1);
}

GBytes *
td_enrolment_write (const TdEnrolment *self, const char *secret, GError **error)
{
  JsonObject *json = json_object_new ();
  g_autofree char *digest = NULL, *sig = NULL;

  json_object_set_int_member (json, "v", VERSION);
  json_object_set_string_member (json, "kind", "enrolment");
  json_object_set_string_member (json, "unit", self->unit);
  json_object_set_string_member (json, "roles", self->roles);
  json_object_set_string_member (json, "code", self->code);
  json_object_set_int_member (json, "expires", self->expires);
  json_object_set_string_member (json, "endpoint", self->endpoint);
  json_object_set_string_member (json, "url", self->url);
  json_object_set_string_member (json, "ca", self->ca);
  json_object_set_string_member (json, "day", self->day);
  json_object_set_string_member (json, "campaign", self->campaign);
  json_object_set_string_member (json, "units", self->units);
  td_writing_texts (json, "recipients", self->recipients);
  digest = digest_of (json);
  sig = td_sign (secret, digest);
  json_object_set_string_member (json, "sig", sig);
  return td_writing_check (td_writing_close (json, TD_ENROLMENT_MAX, error), (TdReader)td_enrolment_read,
                           (GDestroyNotify)td_enrolment_free, error);
}

static void
check_signature (TdReading *reading, JsonObject *json, const TdEnrolment *self)
{
  g_autofree char *sig = td_reading_hex (reading, json, "sig", 128, FALSE);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json);
  g_autoptr (JsonNode) copy = json_node_copy (node);
  JsonObject *plain = json_node_get_object (copy);
  g_autofree char *print = *self->ca == '\0' ? td_code_print (self->endpoint) : td_code_print_ca (self->ca);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *digest = NULL;

  if (reading->fault != NULL)
    return;
  json_object_remove_member (plain, "sig");
  text = td_json_canonical (copy, &error);
  digest = text == NULL ? NULL : td_digest (text, -1);
  if (digest == NULL || !td_verify (self->endpoint, digest, sig))
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "sig");
  if (!td_code_ends (self->code, print))
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "code");
}

static void
take (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

static void
read_members (TdReading *reading, JsonObject *json, TdEnrolment *self)
{
  g_autofree char *kind = td_reading_text (reading, json, "kind", 16);
  g_autofree char *code = td_reading_text (reading, json, "code", 64);

  if (strcmp (kind, "enrolment") != 0)
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "kind");
  take (&self->code, td_code_normal (code));
  if (self->code == NULL)
    {
      td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "code");
      self->code = g_strdup ("");
    }
  take (&self->unit, td_reading_text (reading, json, "unit", 128));
  take (&self->roles, td_reading_text (reading, json, "roles", 16));
  self->expires = td_reading_number (reading, json, "expires", 0, NUMBER_MAX);
  take (&self->endpoint, td_reading_hex (reading, json, "endpoint", 64, FALSE));
  take (&self->url, td_reading_text (reading, json, "url", 512));
  take (&self->ca, td_reading_text (reading, json, "ca", TD_CA_MAX));
  take (&self->day, td_reading_text (reading, json, "day", 10));
  take (&self->campaign, td_reading_text (reading, json, "campaign", TD_CATALOGUE_MAX));
  take (&self->units, td_reading_text (reading, json, "units", TD_CATALOGUE_MAX));
  g_strfreev (self->recipients);
  self->recipients = td_reading_texts (reading, json, "recipients", TD_BUNDLE_BOXES_MAX, 64);
  for (guint i = 0; self->recipients[i] != NULL; i++)
    if (!td_is_hex (self->recipients[i], 64))
      td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "recipients");
}

TdEnrolment *
td_enrolment_read (GBytes *bytes, GError **error)
{
  TdReading reading = { NULL };
  g_autoptr (JsonObject) json = td_reading_open (&reading, bytes, TD_ENROLMENT_MAX, FEW_VALUES);
  g_autoptr (TdEnrolment) self = NULL;

  if (json != NULL && td_json_int (json, "v", -1) != VERSION)
    td_reading_fault (&reading, td_json_int (json, "v", -1) < 0 ? TD_WIRE_ERROR_FORMAT : TD_WIRE_ERROR_VERSION, "v");
  if (reading.fault == NULL)
    {
      self = td_enrolment_new ();
      read_members (&reading, json, self);
      if (reading.fault == NULL)
        check_signature (&reading, json, self);
    }
  return td_reading_close (&reading, error) ? g_steal_pointer (&self) : NULL;
}
