/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device-fixture.h"

#include "wire/coding.h"

#include <string.h>

char *
world_data (const char *folder, const char *name)
{
  const char *root = g_getenv ("TD_DATADIR");
  g_autofree char *path = g_build_filename (root == NULL ? "data" : root, folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

World *
world_new (const char *path)
{
  World *self = g_new0 (World, 1);
  g_autofree char *campaign = world_data ("campaigns", "hau-giang-2025.json");
  g_autofree char *units = world_data ("units", "hau-giang-2024.json");
  g_autoptr (GError) error = NULL;
  TdJournal *journal = td_journal_sqlite_new (path, &error);

  g_assert_no_error (error);
  self->moment = (TdMoment){ 1752000000, td_date_parse_iso ("2025-07-08"), TRUE };
  self->centre = td_centre_new (journal, campaign, units, &self->moment, &error);
  g_assert_no_error (error);
  return self;
}

void
world_free (World *self)
{
  td_centre_free (self->centre);
  g_free (self);
}

char *
world_id (World *self)
{
  guint8 random[10] = { 0 };

  self->counter++;
  memcpy (random + 6, &self->counter, sizeof self->counter);
  return td_uuid7 (1751900000000 + self->counter, random);
}

/* ---- devices ------------------------------------------------------------------- */

Device *
device_new (World *world, guint number)
{
  Device *self = g_new0 (Device, 1);
  guint8 seed[32] = { 0 };

  seed[0] = (guint8)(number + 1);
  seed[1] = (guint8)((number + 1) >> 8);
  self->world = world;
  td_key_from_seed (seed, &self->key, &self->secret);
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_op_free);
  self->cur = g_strdup ("");
  self->max = TD_PAGE_MAX;
  device_new_life (self);
  return self;
}

void
device_free (Device *self)
{
  g_free (self->key);
  g_free (self->secret);
  g_free (self->unit);
  g_free (self->token);
  g_free (self->life);
  g_free (self->tip);
  g_free (self->cur);
  g_ptr_array_unref (self->pending);
  g_free (self);
}

void
device_new_life (Device *self)
{
  g_autofree char *id = world_id (self->world);

  g_free (self->life);
  g_free (self->tip);
  self->life = td_digest (id, -1);
  self->life[32] = '\0';
  self->tip = g_strdup (TD_CHAIN_START);
  self->n = 0;
  self->known = 0;
  g_ptr_array_set_size (self->pending, 0);
}

static TdEnrolRequest *
enrol_request (Device *self, const char *code)
{
  TdEnrolRequest *request = td_enrol_request_new ();
  g_autofree char *text = td_enrol_text (code, self->key);

  g_free (request->code);
  g_free (request->key);
  g_free (request->sig);
  request->code = g_strdup (code);
  request->key = g_strdup (self->key);
  request->sig = td_sign (self->secret, text);
  return request;
}

char *
device_enrol (Device *self, const char *code)
{
  g_autoptr (TdEnrolRequest) request = enrol_request (self, code);
  g_autoptr (TdProblem) problem = NULL;
  g_autoptr (TdEnrolAnswer) answer = td_centre_enrol (self->world->centre, request, &self->world->moment, &problem);

  if (answer == NULL)
    return g_strdup (problem->type);
  g_assert_null (problem);
  g_free (self->token);
  g_free (self->unit);
  self->token = g_strdup (answer->token);
  self->unit = g_strdup (answer->unit);
  return NULL;
}

Device *
device_enrolled (World *world, guint number, const char *unit, const char *roles)
{
  Device *self = device_new (world, number);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = td_centre_make_code (world->centre, unit, roles, &world->moment, &error);
  g_autofree char *problem = NULL;

  g_assert_no_error (error);
  problem = device_enrol (self, code);
  g_assert_null (problem);
  return self;
}

/* ---- sending ------------------------------------------------------------------- */

static char *
signature_for (Device *self, const char *body)
{
  g_autofree char *digest = td_digest (body, -1);
  g_autoptr (TdOperation) operation = td_operation_parse (body, -1, NULL);

  if (operation == NULL || operation->kind == TD_OP_EDIT)
    return g_strdup ("");
  return td_sign (self->secret, digest);
}

void
device_seal (Device *self, const char *body, const char *sig)
{
  g_autofree char *made = sig == NULL ? signature_for (self, body) : g_strdup (sig);
  g_autofree char *digest = td_digest (body, -1);
  char *next;

  self->n++;
  g_ptr_array_add (self->pending, td_sync_op_new (self->n, self->tip, body, made));
  next = td_chain_next (self->tip, self->life, self->n, digest);
  g_free (self->tip);
  self->tip = next;
}

static void
put (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

TdSyncRequest *
device_request (Device *self)
{
  TdSyncRequest *request = td_sync_request_new ();

  put (&request->life, self->life);
  put (&request->cur, self->cur);
  put (&request->k, "0123abcd");
  request->n = self->known;
  request->max = self->max;
  for (guint i = 0; i < self->pending->len; i++)
    {
      const TdSyncOp *op = self->pending->pdata[i];

      g_ptr_array_add (request->ops, td_sync_op_new (op->i, op->prev, op->body, op->sig));
    }
  if (request->ops->len > 0)
    {
      put (&request->tip, self->tip);
      g_free (request->sig);
      request->sig = td_sign (self->secret, self->tip);
    }
  return request;
}

/* Packed, and unpacked at the other end. */
static GBytes *
travel (GBytes *bytes, TdCoding coding, GBytes *known)
{
  g_autoptr (GBytes) packed = td_coding_pack (coding, bytes, known);
  g_autoptr (GError) error = NULL;
  GBytes *there;

  if (packed == NULL)
    return g_bytes_ref (bytes);
  there = td_coding_unpack (coding, packed, known, TD_SYNC_INFLATED_MAX, &error);
  g_assert_no_error (error);
  return there;
}

/* Through the bytes, as on the line. */
TdSyncAnswer *
device_sync (Device *self, TdProblem **problem)
{
  g_autoptr (TdSyncRequest) request = device_request (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) up = td_sync_request_write (request, &error);
  g_autoptr (GBytes) arrived = up == NULL ? NULL : travel (up, TD_CODING_ZSTD, NULL);
  g_autoptr (TdSyncRequest) read = arrived == NULL ? NULL : td_sync_request_read (arrived, &error);
  g_autoptr (TdSyncAnswer) answer = NULL;
  g_autoptr (GBytes) down = NULL;
  g_autoptr (GBytes) told = NULL;
  TdProblem *trouble = NULL;
  TdSyncAnswer *back;

  g_assert_no_error (error);
  answer = td_centre_sync (self->world->centre, self->key, read, &self->world->moment, &trouble);
  if (answer == NULL)
    {
      g_assert_nonnull (problem);
      *problem = trouble;
      return NULL;
    }
  down = td_sync_answer_write (answer, &error);
  g_assert_no_error (error);
  told = travel (down, TD_CODING_DCZ, up);
  back = td_sync_answer_read (told, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->res->len, ==, self->pending->len);
  put (&self->cur, back->cur);
  self->known = back->n;
  g_ptr_array_set_size (self->pending, 0);
  return back;
}

const char *
device_send (Device *self, const char *body)
{
  static char code[64];
  g_autoptr (TdSyncAnswer) answer = NULL;

  device_seal (self, body, NULL);
  answer = device_sync (self, NULL);
  g_strlcpy (code, ((TdSyncVerdict *)answer->res->pdata[0])->code, sizeof code);
  return code;
}

GHashTable *
device_pull_all (Device *self, guint *pages)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean more = TRUE;

  put (&self->cur, "");
  for (*pages = 0; more; (*pages)++)
    {
      g_autoptr (TdSyncAnswer) answer = device_sync (self, NULL);

      g_assert_cmpuint (*pages, <, 1000);
      for (guint i = 0; i < answer->ch->len; i++)
        {
          const TdSyncChange *change = answer->ch->pdata[i];

          g_hash_table_replace (all, g_strdup_printf ("%s %s", change->kind, change->id),
                                td_json_canonical_object (change->body));
        }
      more = answer->more;
    }
  return all;
}

/* ---- operations ------------------------------------------------------------------ */

static JsonObject *
begin (Device *self, const char *verb, const char *id)
{
  TdAuthor author = { id, 1751900000, "Nguyễn Văn Mẫu", "Chuyên viên" };

  return td_operation_begin (verb, &author);
}

static char *
close_body (JsonObject *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOperation) operation = td_operation_close (content, &error);

  g_assert_no_error (error);
  return g_strdup (operation->body);
}

char *
edit_body (Device *self,
           const char *id,
           const char *record,
           const char *type,
           const char *path,
           const char *old,
           const char *text)
{
  g_autofree char *fresh = id == NULL ? world_id (self->world) : g_strdup (id);
  g_autofree char *before = old == NULL ? NULL : td_json_canonical_string (old);
  g_autofree char *digest = td_member_digest (before);
  JsonObject *content = begin (self, "edit", fresh);
  JsonObject *members = json_object_new ();
  JsonArray *pair = json_array_new ();

  json_array_add_string_element (pair, digest);
  json_array_add_string_element (pair, text);
  json_object_set_array_member (members, path, pair);
  json_object_set_object_member (content, "f", members);
  json_object_set_string_member (content, "r", record);
  json_object_set_string_member (content, "t", type);
  json_object_set_string_member (content, "u", self->unit);
  if (td_type_is_dossier (type))
    json_object_set_string_member (content, "o", record);
  return close_body (content);
}

char *
attest_body (Device *self, const char *dossier, const char *unit)
{
  g_autofree char *id = world_id (self->world);
  JsonObject *content = begin (self, "attest", id);

  td_operation_name (content, dossier, 0, "");
  json_object_set_string_member (content, "unit", unit);
  json_object_set_string_member (content, "type", "registration");
  json_object_set_string_member (content, "day", "2024-07-12");
  json_object_set_string_member (content, "time", "09:00");
  json_object_set_string_member (content, "paper", "10/ĐK-UBND");
  return close_body (content);
}

char *
ledger_id (Device *self, const char *type)
{
  return td_unit_record_id (td_campaign_id (td_centre_campaign (self->world->centre)), self->unit, type);
}
