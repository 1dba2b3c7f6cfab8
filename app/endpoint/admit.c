/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/admit.h"

#include "dossier/crypto.h"
#include "endpoint/centre-private.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#define SLOT_SIGNS 4
#define SECRET_SIGNS 8
#define TOKEN_BYTES 32
#define WRONG_MOST 20    /* wrong codes, all together … */
#define WRONG_SECONDS 60 /* … in this time */

G_STATIC_ASSERT (SLOT_SIGNS + SECRET_SIGNS + TD_CODE_PRINT == TD_CODE_SIGNS);

/* ---- codes ------------------------------------------------------------------- */

static char *
to_crockford (const guint8 *bytes, guint signs)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  char *text = g_malloc (signs + 1);

  for (guint i = 0; i < signs; i++)
    text[i] = alphabet[bytes[i] % 32];
  text[signs] = '\0';
  return text;
}

static char *
secret_hash (const char *code)
{
  g_autofree char *text = g_strdup_printf ("code\n%.*s", SLOT_SIGNS + SECRET_SIGNS, code);

  return td_digest (text, -1);
}

/* What our codes end with: the CA that a desk must trust, or without one our own key. */
static char *
print_of (TdCentre *self)
{
  g_autofree char *ca = self->journal->get (self->journal, TD_JOURNAL_CA);

  return *ca != '\0' ? td_code_print_ca (ca) : td_code_print (self->key);
}

/** td_centre_set_ca: @pem: certificates of the CA that signed the endpoint's own; "" for none. */
gboolean
td_centre_set_ca (TdCentre *self, const char *pem, GError **error)
{
  if (*pem != '\0' && (strlen (pem) > TD_CA_MAX || strstr (pem, "-----BEGIN CERTIFICATE-----") == NULL))
    {
      g_set_error_literal (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_CATALOGUE,
                           _ ("the CA file has no certificate in PEM form, or is too large"));
      return FALSE;
    }
  self->journal->set (self->journal, TD_JOURNAL_CA, pem);
  return self->journal->ok (self->journal, error);
}

char *
td_centre_ca (TdCentre *self)
{
  return self->journal->get (self->journal, TD_JOURNAL_CA);
}

/* A name no living code has; @code's first signs. */
static char *
draw_code (TdCentre *self)
{
  g_autofree char *print = print_of (self);

  for (;;)
    {
      guint8 random[SLOT_SIGNS + SECRET_SIGNS];
      g_autofree char *front = NULL;
      g_autofree char *slot = NULL;
      g_autoptr (TdCode) taken = NULL;

      randombytes_buf (random, sizeof random);
      front = to_crockford (random, sizeof random);
      slot = g_strndup (front, SLOT_SIGNS);
      taken = self->journal->code (self->journal, slot);
      if (taken == NULL)
        return g_strconcat (front, print, NULL);
    }
}

static const TdUnit *
find_unit (TdCentre *self, const char *unit, const char *roles, const TdMoment *moment, GError **error)
{
  const TdUnit *found = td_units_get (self->units, unit);

  if (found == NULL)
    found = td_units_by_code (self->units, unit, moment->day);
  if (found == NULL)
    g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_UNIT, _ ("there is no unit “%s” on that day"), unit);
  else if (*roles == '\0' || strspn (roles, TD_ROLES) != strlen (roles))
    {
      g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_UNIT, _ ("“%s” are no roles: letters of %s are"), roles,
                   TD_ROLES);
      return NULL;
    }
  return found;
}

static char *
make_code (
    TdCentre *self, const TdUnit *unit, const char *roles, gint64 seconds, const TdMoment *moment, GError **error)
{
  TdJournal *journal = self->journal;
  g_autoptr (TdCode) row = NULL;
  g_autofree char *code = NULL;

  if (!journal->begin (journal, error))
    return NULL;
  journal->forget_codes (journal, moment->now);
  code = draw_code (self);
  row = td_code_new ();
  row->slot = g_strndup (code, SLOT_SIGNS);
  row->hash = secret_hash (code);
  row->unit = g_strdup (unit->key);
  row->roles = g_strdup (roles);
  row->expires = moment->now + seconds;
  row->tries = TD_CODE_TRIES;
  row->used_by = g_strdup ("");
  journal->add_code (journal, row);
  return journal->commit (journal, error) ? g_steal_pointer (&code) : NULL;
}

char *
td_centre_make_code (TdCentre *self, const char *unit, const char *roles, const TdMoment *moment, GError **error)
{
  const TdUnit *found = find_unit (self, unit, roles, moment, error);

  return found == NULL ? NULL : make_code (self, found, roles, TD_CODE_HOURS * 3600, moment, error);
}

char *
td_centre_make_long_code (TdCentre *self,
                          const char *unit,
                          const char *roles,
                          const TdMoment *moment,
                          char **key,
                          gint64 *expires,
                          GError **error)
{
  const TdUnit *found = find_unit (self, unit, roles, moment, error);
  gint64 seconds = (gint64)TD_CODE_DAYS * 24 * 3600;

  if (found == NULL)
    return NULL;
  g_free (*key);
  *key = g_strdup (found->key);
  *expires = moment->now + seconds;
  return make_code (self, found, roles, seconds, moment, error);
}

/* ---- enrolling ----------------------------------------------------------------- */

static gboolean
fail (TdProblem **problem, guint status, const char *type, const char *detail)
{
  *problem = td_problem_new (status, type, detail);
  return FALSE;
}

/* Guessing over many slots is slowed down for all. */
static gboolean
may_try (TdCentre *self, const TdMoment *moment)
{
  if (moment->now - self->wrong_since >= WRONG_SECONDS || moment->now < self->wrong_since)
    {
      self->wrong_since = moment->now;
      self->wrong = 0;
    }
  return self->wrong < WRONG_MOST;
}

static gboolean
wrong_code (TdCentre *self, TdProblem **problem, const char *detail)
{
  self->wrong++;
  return fail (problem, 403, "code", detail);
}

/* Counts the try; the caller's transaction must be committed either way. */
static gboolean
check_code (TdCentre *self, const TdEnrolRequest *request, const TdMoment *moment, TdCode *code, TdProblem **problem)
{
  g_autofree char *hash = secret_hash (request->code);

  if (code == NULL || code->expires < moment->now)
    return wrong_code (self, problem, "unknown or expired");
  if (code->tries <= 0)
    return wrong_code (self, problem, "too many wrong tries");
  if (!td_equal_constant_time (hash, code->hash))
    {
      code->tries--;
      self->journal->add_code (self->journal, code);
      return wrong_code (self, problem, "wrong");
    }
  if (*code->used_by != '\0' && strcmp (code->used_by, request->key) != 0)
    return wrong_code (self, problem, "used");
  return TRUE;
}

/* The device enters the directory, unless it stands there already just so. */
static gboolean
admit_key (TdCentre *self, const char *key, const TdCode *code, const TdMoment *moment, TdProblem **problem)
{
  TdState *state = td_centre_state (self);
  const TdDevice *device = td_state_device (state, key);
  gboolean same = device != NULL && !device->revoked && strcmp (device->unit, code->unit) == 0
                  && strcmp (device->roles, code->roles) == 0;
  gboolean bound = device != NULL && strcmp (device->unit, code->unit) != 0
                   && (self->journal->has_sent (self->journal, key) || strcmp (key, self->key) == 0);
  g_autofree char *refusal = NULL;

  td_state_free (state);
  if (same)
    return TRUE;
  if (bound)
    return fail (problem, 403, "rights", "this key has sent operations as another unit");
  else
    {
      JsonObject *content = td_centre_begin ("admit", moment);

      json_object_set_string_member (content, "key", key);
      json_object_set_string_member (content, "unit", code->unit);
      json_object_set_string_member (content, "roles", code->roles);
      refusal = td_centre_own (self, content, moment);
    }
  return refusal == NULL || fail (problem, 403, "rights", refusal);
}

/* Takes @bytes' first TOKEN_BYTES. */
static char *
token_text (const guint8 *bytes)
{
  char *text = g_base64_encode (bytes, TOKEN_BYTES);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[TD_TOKEN_SIGNS] = '\0';
  return text;
}

static char *
draw_token (void)
{
  guint8 random[TOKEN_BYTES];
  char *text;

  randombytes_buf (random, sizeof random);
  text = token_text (random);
  sodium_memzero (random, sizeof random);
  return text;
}

/* One that only we can make, and make again. */
static char *
token_by_hand (TdCentre *self, const TdEnrolRequest *request)
{
  g_autofree char *text = g_strjoin ("\n", "token", request->code, request->key, NULL);
  guint8 bytes[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_state state;

  G_STATIC_ASSERT (sizeof bytes == TOKEN_BYTES);
  crypto_auth_hmacsha256_init (&state, (const guint8 *)self->secret, strlen (self->secret));
  crypto_auth_hmacsha256_update (&state, (const guint8 *)text, strlen (text));
  crypto_auth_hmacsha256_final (&state, bytes);
  return token_text (bytes);
}

static TdEnrolAnswer *
make_answer (TdCentre *self, const TdCode *code, char *token, const TdMoment *moment)
{
  TdEnrolAnswer *answer = td_enrol_answer_new ();
  char **fields[] = { &answer->token,    &answer->unit,  &answer->roles, &answer->endpoint,
                      &answer->campaign, &answer->units, &answer->day };
  char *values[] = { token,
                     g_strdup (code->unit),
                     g_strdup (code->roles),
                     g_strdup (self->key),
                     g_strdup (td_campaign_digest (self->campaign)),
                     g_strdup (self->units_digest),
                     td_date_to_iso (moment->day) };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_free (*fields[i]);
      *fields[i] = values[i];
    }
  answer->practice = moment->practice;
  answer->t = moment->now;
  return answer;
}

static char *
let_in (TdCentre *self,
        const TdEnrolRequest *request,
        TdCode *code,
        gboolean by_hand,
        const TdMoment *moment,
        TdProblem **problem)
{
  g_autofree char *token = NULL;
  g_autofree char *hash = NULL;

  if (!admit_key (self, request->key, code, moment, problem))
    return NULL;
  token = by_hand ? token_by_hand (self, request) : draw_token ();
  hash = td_digest (token, -1);
  self->journal->set_token (self->journal, hash, request->key);
  g_free (code->used_by);
  code->used_by = g_strdup (request->key);
  self->journal->add_code (self->journal, code);
  return g_steal_pointer (&token);
}

static gboolean
check_request (TdCentre *self, const TdEnrolRequest *request, const TdMoment *moment, TdProblem **problem)
{
  g_autofree char *text = td_enrol_text (request->code, request->key);
  g_autofree char *print = print_of (self);

  if (!may_try (self, moment))
    return fail (problem, 429, "too-many", NULL);
  if (!td_verify (request->key, text, request->sig))
    return fail (problem, 400, "bad-request", "the key's signature is wrong");
  if (!td_code_ends (request->code, print))
    return wrong_code (self, problem, "a code of another endpoint");
  return TRUE;
}

/* The package has come before, and another enrolment since: its token stays. */
static gboolean
is_overtaken (TdCentre *self, const TdEnrolRequest *request, const TdCode *code)
{
  g_autofree char *token = token_by_hand (self, request);
  g_autofree char *hash = td_digest (token, -1);
  g_autofree char *key = self->journal->token_key (self->journal, hash);

  return code != NULL && strcmp (code->used_by, request->key) == 0 && g_strcmp0 (key, request->key) != 0;
}

static TdEnrolAnswer *
enrol (TdCentre *self, const TdEnrolRequest *request, gboolean by_hand, const TdMoment *moment, TdProblem **problem)
{
  TdJournal *journal = self->journal;
  g_autofree char *slot = g_strndup (request->code, SLOT_SIGNS);
  g_autofree char *token = NULL;
  g_autoptr (TdCode) code = NULL;
  GError *error = NULL;

  if (!check_request (self, request, moment, problem))
    return NULL;
  if (!journal->begin (journal, &error))
    {
      *problem = td_centre_trouble (error);
      return NULL;
    }
  code = journal->code (journal, slot);
  if (by_hand && is_overtaken (self, request, code))
    ;
  else if (check_code (self, request, moment, code, problem))
    token = let_in (self, request, code, by_hand, moment, problem);
  /* A refusal is committed too: it used a try up. */
  if (!journal->commit (journal, &error))
    {
      g_clear_pointer (problem, td_problem_free);
      *problem = td_centre_trouble (error);
      return NULL;
    }
  return token == NULL ? NULL : make_answer (self, code, g_steal_pointer (&token), moment);
}

TdEnrolAnswer *
td_centre_enrol (TdCentre *self, const TdEnrolRequest *request, const TdMoment *moment, TdProblem **problem)
{
  return enrol (self, request, FALSE, moment, problem);
}

TdEnrolAnswer *
td_centre_enrol_by_hand (TdCentre *self, const TdEnrolRequest *request, const TdMoment *moment, TdProblem **problem)
{
  return enrol (self, request, TRUE, moment, problem);
}
