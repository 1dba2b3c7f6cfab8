/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/reading.h"

#include "dossier/crypto.h"
#include "text/civil-date.h"

#include <string.h>

/* POST /v1/enroll, up:   {"code","key","p","sig"}
 *                 down: {"campaign","day","endpoint","practice":true?,"roles","t","token","unit","units"}
 * GET /v1/hello,  down: {"day","hs":1,"k","max","min","practice":true?,"t"} */

#define NUMBER_MAX ((gint64)1 << 53)
#define FEW_VALUES 64
#define CODE_SHOWN_GROUP 4

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * td_code_normal:
 * @typed: what a person typed
 *
 * Returns: (transfer full) (nullable): the code's 20 signs
 */
char *
td_code_normal (const char *typed)
{
  g_autoptr (GString) code = g_string_new (NULL);

  for (const char *at = typed; *at != '\0' && code->len <= TD_CODE_SIGNS; at++)
    {
      char sign = g_ascii_toupper (*at);

      if (sign == '-' || g_ascii_isspace (sign))
        continue;
      if (sign == 'O')
        sign = '0';
      else if (sign == 'I' || sign == 'L')
        sign = '1';
      if (strchr (crockford, sign) == NULL)
        return NULL;
      g_string_append_c (code, sign);
    }
  return code->len == TD_CODE_SIGNS ? g_string_free (g_steal_pointer (&code), FALSE) : NULL;
}

/** td_code_shown: @code in groups of four, to be read out and typed. */
char *
td_code_shown (const char *code)
{
  GString *shown = g_string_new (NULL);

  for (guint i = 0; code[i] != '\0'; i++)
    {
      if (i > 0 && i % CODE_SHOWN_GROUP == 0)
        g_string_append_c (shown, '-');
      g_string_append_c (shown, code[i]);
    }
  return g_string_free (shown, FALSE);
}

static char *
print_of (const char *what, const char *value)
{
  g_autofree char *text = g_strjoin ("\n", what, value, NULL);
  g_autofree char *digest = td_digest (text, -1);
  char *print = g_malloc (TD_CODE_PRINT + 1);

  for (guint i = 0; i < TD_CODE_PRINT; i++)
    print[i] = crockford[(g_ascii_xdigit_value (digest[2 * i]) * 16 + g_ascii_xdigit_value (digest[2 * i + 1])) % 32];
  print[TD_CODE_PRINT] = '\0';
  return print;
}

/** td_code_print: what a code of the endpoint with this public key ends with. */
char *
td_code_print (const char *key)
{
  return print_of ("endpoint", key);
}

/** td_code_print_ca: the same where the endpoint stands behind a certificate of the CA in @pem. */
char *
td_code_print_ca (const char *pem)
{
  g_autofree char *digest = td_digest (pem, -1);

  return print_of ("ca", digest);
}

/** td_code_ends: whether @code ends with @print. */
gboolean
td_code_ends (const char *code, const char *print)
{
  return strlen (code) == TD_CODE_SIGNS && td_equal_constant_time (code + TD_CODE_SIGNS - TD_CODE_PRINT, print);
}

/** td_code_fits: whether @code was given by the endpoint whose public key is @key. */
gboolean
td_code_fits (const char *code, const char *key)
{
  g_autofree char *print = td_code_print (key);

  return td_code_ends (code, print);
}

/** td_enrol_text: what the key signs, bound to this code and this key. */
char *
td_enrol_text (const char *code, const char *key)
{
  g_autofree char *text = g_strdup_printf ("enroll\n%s\n%s", code, key);

  return td_digest (text, -1);
}

TdEnrolRequest *
td_enrol_request_new (void)
{
  TdEnrolRequest *self = g_new0 (TdEnrolRequest, 1);

  self->code = g_strdup ("");
  self->key = g_strdup ("");
  self->sig = g_strdup ("");
  return self;
}

void
td_enrol_request_free (TdEnrolRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->key);
  g_free (self->sig);
  g_free (self);
}

GBytes *
td_enrol_request_write (const TdEnrolRequest *self, GError **error)
{
  JsonObject *json = json_object_new ();

  json_object_set_int_member (json, "p", TD_PROTOCOL);
  json_object_set_string_member (json, "code", self->code);
  json_object_set_string_member (json, "key", self->key);
  json_object_set_string_member (json, "sig", self->sig);
  return td_writing_check (td_writing_close (json, TD_ENROL_WIRE_MAX, error), (TdReader)td_enrol_request_read,
                           (GDestroyNotify)td_enrol_request_free, error);
}

static char *
read_code (TdReading *reading, JsonObject *json)
{
  g_autofree char *typed = td_reading_text (reading, json, "code", 64);
  char *code = td_code_normal (typed);

  if (code != NULL)
    return code;
  td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "code");
  return g_strdup ("");
}

TdEnrolRequest *
td_enrol_request_read (GBytes *bytes, GError **error)
{
  TdReading reading = { NULL };
  g_autoptr (JsonObject) json = td_reading_open (&reading, bytes, TD_ENROL_WIRE_MAX, FEW_VALUES);
  g_autoptr (TdEnrolRequest) self = NULL;

  if (json != NULL && td_json_int (json, "p", -1) != TD_PROTOCOL)
    td_reading_fault (&reading, td_json_int (json, "p", -1) < 0 ? TD_WIRE_ERROR_FORMAT : TD_WIRE_ERROR_VERSION, "p");
  if (reading.fault == NULL)
    {
      self = g_new0 (TdEnrolRequest, 1);
      self->code = read_code (&reading, json);
      self->key = td_reading_hex (&reading, json, "key", 64, FALSE);
      self->sig = td_reading_hex (&reading, json, "sig", 128, FALSE);
    }
  return td_reading_close (&reading, error) ? g_steal_pointer (&self) : NULL;
}

TdEnrolAnswer *
td_enrol_answer_new (void)
{
  TdEnrolAnswer *self = g_new0 (TdEnrolAnswer, 1);
  char **texts[]
      = { &self->token, &self->unit, &self->roles, &self->endpoint, &self->campaign, &self->units, &self->day };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  return self;
}

void
td_enrol_answer_free (TdEnrolAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->token);
  g_free (self->unit);
  g_free (self->roles);
  g_free (self->endpoint);
  g_free (self->campaign);
  g_free (self->units);
  g_free (self->day);
  g_free (self);
}

GBytes *
td_enrol_answer_write (const TdEnrolAnswer *self, GError **error)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "token", self->token);
  json_object_set_string_member (json, "unit", self->unit);
  json_object_set_string_member (json, "roles", self->roles);
  json_object_set_string_member (json, "endpoint", self->endpoint);
  json_object_set_string_member (json, "campaign", self->campaign);
  json_object_set_string_member (json, "units", self->units);
  json_object_set_string_member (json, "day", self->day);
  json_object_set_int_member (json, "t", self->t);
  if (self->practice)
    json_object_set_boolean_member (json, "practice", TRUE);
  return td_writing_check (td_writing_close (json, TD_ENROL_WIRE_MAX, error), (TdReader)td_enrol_answer_read,
                           (GDestroyNotify)td_enrol_answer_free, error);
}

static char *
read_day (TdReading *reading, JsonObject *json)
{
  char *day = td_reading_text (reading, json, "day", 10);

  if (td_date_parse_iso (day) == TD_DATE_NONE)
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "day");
  return day;
}

TdEnrolAnswer *
td_enrol_answer_read (GBytes *bytes, GError **error)
{
  TdReading reading = { NULL };
  g_autoptr (JsonObject) json = td_reading_open (&reading, bytes, TD_ENROL_WIRE_MAX, FEW_VALUES);
  g_autoptr (TdEnrolAnswer) self = NULL;

  if (json != NULL)
    {
      self = g_new0 (TdEnrolAnswer, 1);
      self->token = td_reading_text (&reading, json, "token", TD_TOKEN_SIGNS);
      self->unit = td_reading_text (&reading, json, "unit", 128);
      self->roles = td_reading_text (&reading, json, "roles", 16);
      self->endpoint = td_reading_hex (&reading, json, "endpoint", 64, FALSE);
      self->campaign = td_reading_hex (&reading, json, "campaign", TD_DIGEST_LENGTH, FALSE);
      self->units = td_reading_hex (&reading, json, "units", TD_DIGEST_LENGTH, FALSE);
      self->day = read_day (&reading, json);
      self->practice = td_reading_flag (&reading, json, "practice");
      self->t = td_reading_number (&reading, json, "t", 0, NUMBER_MAX);
      if (strlen (self->token) != TD_TOKEN_SIGNS || *self->unit == '\0' || *self->roles == '\0')
        td_reading_fault (&reading, TD_WIRE_ERROR_FORMAT, "token");
    }
  return td_reading_close (&reading, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- hello ------------------------------------------------------------------- */

TdHello *
td_hello_new (void)
{
  TdHello *self = g_new0 (TdHello, 1);

  self->min = TD_PROTOCOL;
  self->max = TD_PROTOCOL;
  self->k = g_strdup ("");
  self->day = g_strdup ("");
  return self;
}

void
td_hello_free (TdHello *self)
{
  if (self == NULL)
    return;
  g_free (self->k);
  g_free (self->day);
  g_free (self);
}

GBytes *
td_hello_write (const TdHello *self, GError **error)
{
  JsonObject *json = json_object_new ();

  json_object_set_int_member (json, "hs", 1);
  json_object_set_int_member (json, "min", self->min);
  json_object_set_int_member (json, "max", self->max);
  json_object_set_int_member (json, "t", self->t);
  json_object_set_string_member (json, "k", self->k);
  json_object_set_string_member (json, "day", self->day);
  if (self->practice)
    json_object_set_boolean_member (json, "practice", TRUE);
  return td_writing_close (json, TD_ENROL_WIRE_MAX, error);
}

TdHello *
td_hello_read (GBytes *bytes, GError **error)
{
  TdReading reading = { NULL };
  g_autoptr (JsonObject) json = td_reading_open (&reading, bytes, TD_ENROL_WIRE_MAX, FEW_VALUES);
  g_autoptr (TdHello) self = NULL;

  if (json != NULL)
    {
      self = g_new0 (TdHello, 1);
      td_reading_number (&reading, json, "hs", 1, 1);
      self->min = td_reading_number (&reading, json, "min", 1, NUMBER_MAX);
      self->max = td_reading_number (&reading, json, "max", self->min, NUMBER_MAX);
      self->t = td_reading_number (&reading, json, "t", 0, NUMBER_MAX);
      self->k = td_reading_text (&reading, json, "k", 32);
      self->day = read_day (&reading, json);
      self->practice = td_reading_flag (&reading, json, "practice");
    }
  return td_reading_close (&reading, error) ? g_steal_pointer (&self) : NULL;
}
