/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/reading.h"

#include "dossier/crypto.h"
#include "text/civil-date.h"

#include <string.h>

/* POST /v1/sync, down:
 *  {"campaign","ch":[{"b","id","k","q"}],"cur","day","head","k","more":true?,"n","need":[sha]?,
 *   "practice":true?,"res":[{"beside":[path]?,"code"?,"detail"?,"i","id","q","v"}],"t","tag"?,"units"} */

#define NUMBER_MAX ((gint64)1 << 53)
#define ANSWER_VALUES 3000000 /* what a full page and one more row can hold at the densest */
#define CHANGES_MAX 100000
#define BESIDE_MAX 8192
#define WORD_MAX 256
#define DETAIL_MAX 1024

TdSyncVerdict *
td_sync_verdict_new (void)
{
  TdSyncVerdict *self = g_new0 (TdSyncVerdict, 1);

  self->id = g_strdup ("");
  self->code = g_strdup ("");
  self->detail = g_strdup ("");
  self->beside = g_new0 (char *, 1);
  return self;
}

void
td_sync_verdict_free (TdSyncVerdict *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->code);
  g_free (self->detail);
  g_strfreev (self->beside);
  g_free (self);
}

/** td_sync_change_new: one entity as it stands, written last at @q; refs @body. */
TdSyncChange *
td_sync_change_new (gint64 q, const char *kind, const char *id, JsonObject *body)
{
  TdSyncChange *self = g_new0 (TdSyncChange, 1);

  self->q = q;
  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  self->body = json_object_ref (body);
  return self;
}

void
td_sync_change_free (TdSyncChange *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->id);
  g_clear_pointer (&self->body, json_object_unref);
  g_free (self);
}

TdSyncAnswer *
td_sync_answer_new (void)
{
  TdSyncAnswer *self = g_new0 (TdSyncAnswer, 1);
  char **texts[] = { &self->k, &self->cur, &self->day, &self->campaign, &self->units, &self->head, &self->tag };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  self->res = g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_verdict_free);
  self->ch = g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_change_free);
  self->need = g_new0 (char *, 1);
  return self;
}

void
td_sync_answer_free (TdSyncAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->k);
  g_free (self->cur);
  g_free (self->day);
  g_free (self->campaign);
  g_free (self->units);
  g_free (self->head);
  g_free (self->tag);
  g_ptr_array_unref (self->res);
  g_ptr_array_unref (self->ch);
  g_strfreev (self->need);
  g_free (self);
}

/* ---- writing ----------------------------------------------------------------- */

static void
set_unless_empty (JsonObject *json, const char *name, const char *text)
{
  if (*text != '\0')
    json_object_set_string_member (json, name, text);
}

static JsonArray *
write_verdicts (GPtrArray *verdicts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < verdicts->len; i++)
    {
      const TdSyncVerdict *verdict = verdicts->pdata[i];
      JsonObject *json = json_object_new ();

      json_object_set_int_member (json, "i", verdict->i);
      json_object_set_string_member (json, "id", verdict->id);
      json_object_set_string_member (json, "v", verdict->ok ? "ok" : "no");
      json_object_set_int_member (json, "q", verdict->q);
      set_unless_empty (json, "code", verdict->code);
      set_unless_empty (json, "detail", verdict->detail);
      td_writing_texts (json, "beside", verdict->beside);
      json_array_add_object_element (array, json);
    }
  return array;
}

static JsonArray *
write_changes (GPtrArray *changes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      const TdSyncChange *change = changes->pdata[i];
      JsonObject *json = json_object_new ();

      json_object_set_int_member (json, "q", change->q);
      json_object_set_string_member (json, "k", change->kind);
      json_object_set_string_member (json, "id", change->id);
      json_object_set_object_member (json, "b", json_object_ref (change->body));
      json_array_add_object_element (array, json);
    }
  return array;
}

/**
 * td_sync_answer_write:
 * @self: an answer
 * @error: TD_WIRE_ERROR_LIMITS
 *
 * Returns: (transfer full) (nullable): its bytes, not compressed
 */
GBytes *
td_sync_answer_write (const TdSyncAnswer *self, GError **error)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "k", self->k);
  json_object_set_int_member (json, "n", self->n);
  json_object_set_string_member (json, "cur", self->cur);
  json_object_set_int_member (json, "t", self->t);
  json_object_set_string_member (json, "day", self->day);
  json_object_set_string_member (json, "campaign", self->campaign);
  json_object_set_string_member (json, "units", self->units);
  json_object_set_string_member (json, "head", self->head);
  set_unless_empty (json, "tag", self->tag);
  json_object_set_array_member (json, "res", write_verdicts (self->res));
  json_object_set_array_member (json, "ch", write_changes (self->ch));
  td_writing_texts (json, "need", self->need);
  if (self->practice)
    json_object_set_boolean_member (json, "practice", TRUE);
  if (self->more)
    json_object_set_boolean_member (json, "more", TRUE);
  return td_writing_close (json, TD_SYNC_INFLATED_MAX, error);
}

/* ---- reading ----------------------------------------------------------------- */

static char *
optional_text (TdReading *reading, JsonObject *json, const char *name, gsize max)
{
  return json != NULL && json_object_has_member (json, name) ? td_reading_text (reading, json, name, max)
                                                             : g_strdup ("");
}

static TdSyncVerdict *
read_verdict (TdReading *reading, JsonObject *json)
{
  TdSyncVerdict *self = g_new0 (TdSyncVerdict, 1);
  g_autofree char *word = td_reading_text (reading, json, "v", 2);

  self->i = td_reading_number (reading, json, "i", 1, NUMBER_MAX);
  self->id = td_reading_text (reading, json, "id", WORD_MAX);
  self->ok = strcmp (word, "ok") == 0;
  self->code = optional_text (reading, json, "code", WORD_MAX);
  self->detail = optional_text (reading, json, "detail", DETAIL_MAX);
  self->q = td_reading_number (reading, json, "q", 0, NUMBER_MAX);
  self->beside = td_reading_texts (reading, json, "beside", BESIDE_MAX, WORD_MAX);
  if ((!self->ok && strcmp (word, "no") != 0) || self->ok != (*self->code == '\0'))
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "v");
  return self;
}

static void
read_verdicts (TdReading *reading, JsonObject *json, GPtrArray *verdicts)
{
  JsonArray *array = td_reading_array (reading, json, "res", TD_SYNC_OPS_MAX);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      TdSyncVerdict *verdict = read_verdict (reading, td_reading_element (reading, array, i, "res"));

      g_ptr_array_add (verdicts, verdict);
      if (i > 0 && verdict->i != ((TdSyncVerdict *)verdicts->pdata[i - 1])->i + 1)
        td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "i");
    }
}

/* What has no canonical form can be neither stored nor compared: a number with a point, or beyond 2^53. */
static gboolean
is_plain (JsonObject *body)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autofree char *text = td_json_canonical (node, NULL);

  return text != NULL;
}

static TdSyncChange *
read_change (TdReading *reading, JsonObject *json)
{
  TdSyncChange *self = g_new0 (TdSyncChange, 1);
  JsonObject *body = td_json_object (json, "b");

  self->q = td_reading_number (reading, json, "q", 1, NUMBER_MAX);
  self->kind = td_reading_text (reading, json, "k", 32);
  self->id = td_reading_text (reading, json, "id", WORD_MAX);
  self->body = body == NULL ? json_object_new () : json_object_ref (body);
  if (body == NULL || *self->kind == '\0' || *self->id == '\0' || !is_plain (body))
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "b");
  return self;
}

static void
read_changes (TdReading *reading, JsonObject *json, GPtrArray *changes)
{
  JsonArray *array = td_reading_array (reading, json, "ch", CHANGES_MAX);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      TdSyncChange *change = read_change (reading, td_reading_element (reading, array, i, "ch"));

      g_ptr_array_add (changes, change);
      if (i > 0 && change->q < ((TdSyncChange *)changes->pdata[i - 1])->q)
        td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "q");
    }
}

static void
read_need (TdReading *reading, JsonObject *json, TdSyncAnswer *self)
{
  self->need = td_reading_texts (reading, json, "need", TD_NEED_MAX, TD_DIGEST_LENGTH);
  for (char **sha = self->need; *sha != NULL; sha++)
    if (!td_is_hex (*sha, TD_DIGEST_LENGTH))
      td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "need");
}

static TdSyncAnswer *
read_members (TdReading *reading, JsonObject *json)
{
  TdSyncAnswer *self = g_new0 (TdSyncAnswer, 1);

  self->res = g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_verdict_free);
  self->ch = g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_change_free);
  self->k = td_reading_text (reading, json, "k", 32);
  self->n = td_reading_number (reading, json, "n", 0, NUMBER_MAX);
  self->cur = td_reading_text (reading, json, "cur", TD_CURSOR_MAX);
  self->t = td_reading_number (reading, json, "t", 0, NUMBER_MAX);
  self->day = td_reading_text (reading, json, "day", 10);
  self->practice = td_reading_flag (reading, json, "practice");
  self->campaign = td_reading_hex (reading, json, "campaign", TD_DIGEST_LENGTH, FALSE);
  self->units = td_reading_hex (reading, json, "units", TD_DIGEST_LENGTH, FALSE);
  self->head = td_reading_hex (reading, json, "head", TD_DIGEST_LENGTH, FALSE);
  self->tag = optional_text (reading, json, "tag", TD_TAG_SIGNS);
  self->more = td_reading_flag (reading, json, "more");
  read_verdicts (reading, json, self->res);
  read_changes (reading, json, self->ch);
  read_need (reading, json, self);
  if (*self->tag != '\0' && !td_is_hex (self->tag, TD_TAG_SIGNS))
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "tag");
  if (td_date_parse_iso (self->day) == TD_DATE_NONE || *self->cur == '\0')
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "day");
  return self;
}

/**
 * td_sync_answer_read:
 * @bytes: the inflated body of an answer
 * @error: TD_WIRE_ERROR
 *
 * The caller has seen TD_HEADER_PROTO and compares "k" with what it sent.
 *
 * Returns: (transfer full) (nullable): the answer
 */
TdSyncAnswer *
td_sync_answer_read (GBytes *bytes, GError **error)
{
  TdReading reading = { NULL };
  g_autoptr (JsonObject) json = td_reading_open (&reading, bytes, TD_SYNC_INFLATED_MAX, ANSWER_VALUES);
  g_autoptr (TdSyncAnswer) self = json == NULL ? NULL : read_members (&reading, json);

  return td_reading_close (&reading, error) ? g_steal_pointer (&self) : NULL;
}
