/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/reading.h"

#include "dossier/crypto.h"
#include "dossier/operation.h"

#include <string.h>

/* POST /v1/sync, up:
 *  {"campaign","cur","k","life","max","n","ops":[{"body","i","prev","q"?,"sig","t"?}],"p","sig","tip"} */

#define NUMBER_MAX ((gint64)1 << 53)
#define REQUEST_VALUES (TD_SYNC_OPS_MAX * 10)
#define SIGNATURE_LENGTH 128
#define LIFE_LENGTH 32

/**
 * td_sync_op_new:
 * @i: number in the life
 * @prev: chain value before it
 * @body: the operation's bytes
 * @sig: (nullable): signature of a step or opinion
 *
 * Returns: (transfer full): an envelope
 */
TdSyncOp *
td_sync_op_new (gint64 i, const char *prev, const char *body, const char *sig)
{
  TdSyncOp *self = g_new0 (TdSyncOp, 1);

  self->i = i;
  self->prev = g_strdup (prev);
  self->body = g_strdup (body);
  self->sig = g_strdup (sig == NULL ? "" : sig);
  self->digest = td_digest (self->body, -1);
  return self;
}

void
td_sync_op_free (TdSyncOp *self)
{
  if (self == NULL)
    return;
  g_free (self->prev);
  g_free (self->body);
  g_free (self->sig);
  g_free (self->digest);
  g_free (self);
}

/** td_sync_request_new: every text "", no ops, the largest page. */
TdSyncRequest *
td_sync_request_new (void)
{
  TdSyncRequest *self = g_new0 (TdSyncRequest, 1);

  self->campaign = g_strdup ("");
  self->life = g_strdup ("");
  self->cur = g_strdup ("");
  self->max = TD_PAGE_MAX;
  self->k = g_strdup ("");
  self->tip = g_strdup ("");
  self->sig = g_strdup ("");
  self->ops = g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_op_free);
  return self;
}

void
td_sync_request_free (TdSyncRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->campaign);
  g_free (self->life);
  g_free (self->cur);
  g_free (self->k);
  g_free (self->tip);
  g_free (self->sig);
  g_ptr_array_unref (self->ops);
  g_free (self);
}

/* The chain value after @op. */
static char *
value_after (const char *life, const TdSyncOp *op)
{
  return td_chain_next (op->prev, life, op->i, op->digest);
}

/* "prev" is 32 bytes that nothing compresses: it is left out where the operation before it says the same. */
static void
write_prev (JsonObject *json, const char *life, const TdSyncOp *before, const TdSyncOp *op)
{
  g_autofree char *value = before == NULL ? NULL : value_after (life, before);

  if (g_strcmp0 (value, op->prev) != 0)
    json_object_set_string_member (json, "prev", op->prev);
}

static JsonArray *
write_ops (const char *life, GPtrArray *ops)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < ops->len; i++)
    {
      const TdSyncOp *op = ops->pdata[i];
      JsonObject *json = json_object_new ();

      json_object_set_int_member (json, "i", op->i);
      write_prev (json, life, i == 0 ? NULL : ops->pdata[i - 1], op);
      json_object_set_string_member (json, "body", op->body);
      json_object_set_string_member (json, "sig", op->sig);
      if (op->q > 0)
        json_object_set_int_member (json, "q", op->q);
      if (op->t > 0)
        json_object_set_int_member (json, "t", op->t);
      json_array_add_object_element (array, json);
    }
  return array;
}

/**
 * td_sync_request_write:
 * @self: a request
 * @error: TD_WIRE_ERROR
 *
 * Returns: (transfer full) (nullable): its bytes, not compressed; %NULL where a
 * reader would refuse them
 */
GBytes *
td_sync_request_write (const TdSyncRequest *self, GError **error)
{
  JsonObject *json = json_object_new ();

  json_object_set_int_member (json, "p", TD_PROTOCOL);
  json_object_set_string_member (json, "campaign", self->campaign);
  json_object_set_string_member (json, "life", self->life);
  json_object_set_int_member (json, "n", self->n);
  json_object_set_string_member (json, "cur", self->cur);
  json_object_set_int_member (json, "max", self->max);
  json_object_set_string_member (json, "k", self->k);
  json_object_set_string_member (json, "tip", self->tip);
  json_object_set_string_member (json, "sig", self->sig);
  json_object_set_array_member (json, "ops", write_ops (self->life, self->ops));
  return td_writing_check (td_writing_close (json, TD_SYNC_INFLATED_MAX, error), (TdReader)td_sync_request_read,
                           (GDestroyNotify)td_sync_request_free, error);
}

static char *
read_echo (TdReading *reading, JsonObject *json)
{
  char *k = td_reading_text (reading, json, "k", 32);

  if (strlen (k) < 8 || !td_is_hex (k, strlen (k)))
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "k");
  return k;
}

static char *
read_prev (TdReading *reading, JsonObject *json, const char *life, const TdSyncOp *before)
{
  if (before != NULL && reading->fault == NULL && !json_object_has_member (json, "prev"))
    return value_after (life, before);
  return td_reading_hex (reading, json, "prev", TD_DIGEST_LENGTH, FALSE);
}

static TdSyncOp *
read_op (TdReading *reading, JsonObject *json, const char *life, const TdSyncOp *before)
{
  TdSyncOp *op = g_new0 (TdSyncOp, 1);

  op->i = td_reading_number (reading, json, "i", 1, NUMBER_MAX);
  op->prev = read_prev (reading, json, life, before);
  op->body = td_reading_text (reading, json, "body", TD_STEP_MAX);
  op->sig = td_reading_hex (reading, json, "sig", SIGNATURE_LENGTH, TRUE);
  op->digest = td_digest (op->body, -1);
  if (json != NULL && json_object_has_member (json, "q"))
    op->q = td_reading_number (reading, json, "q", 1, NUMBER_MAX);
  if (json != NULL && json_object_has_member (json, "t"))
    op->t = td_reading_number (reading, json, "t", 1, NUMBER_MAX);
  return op;
}

/* Numbers rise by one: a doubled or skipped one is a fault of the sender, not a gap. */
static void
read_ops (TdReading *reading, JsonObject *json, TdSyncRequest *self)
{
  JsonArray *array = td_reading_array (reading, json, "ops", TD_SYNC_OPS_MAX);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      TdSyncOp *op = read_op (reading, td_reading_element (reading, array, i, "ops"), self->life,
                              i == 0 ? NULL : self->ops->pdata[i - 1]);

      g_ptr_array_add (self->ops, op);
      if (i > 0 && op->i != ((TdSyncOp *)self->ops->pdata[i - 1])->i + 1)
        td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "i");
    }
}

static void
read_members (TdReading *reading, JsonObject *json, TdSyncRequest *self)
{
  g_clear_pointer (&self->campaign, g_free);
  self->campaign = td_reading_hex (reading, json, "campaign", TD_DIGEST_LENGTH, TRUE);
  g_clear_pointer (&self->life, g_free);
  self->life = td_reading_hex (reading, json, "life", LIFE_LENGTH, FALSE);
  self->n = td_reading_number (reading, json, "n", 0, NUMBER_MAX);
  g_clear_pointer (&self->cur, g_free);
  self->cur = td_reading_text (reading, json, "cur", TD_CURSOR_MAX);
  self->max = td_reading_number (reading, json, "max", TD_PAGE_MIN, TD_PAGE_MAX);
  g_clear_pointer (&self->k, g_free);
  self->k = read_echo (reading, json);
  read_ops (reading, json, self);
  g_clear_pointer (&self->tip, g_free);
  self->tip = td_reading_hex (reading, json, "tip", TD_DIGEST_LENGTH, self->ops->len == 0);
  g_clear_pointer (&self->sig, g_free);
  self->sig = td_reading_hex (reading, json, "sig", SIGNATURE_LENGTH, self->ops->len == 0);
}

/**
 * td_sync_request_read:
 * @bytes: the inflated body of a request
 * @error: TD_WIRE_ERROR; VERSION where it speaks another protocol
 *
 * Every limit and type is checked; bodies of operations are not looked into, so
 * that one bad operation gets a verdict and does not block the others.
 *
 * Returns: (transfer full) (nullable): the request
 */
TdSyncRequest *
td_sync_request_read (GBytes *bytes, GError **error)
{
  TdReading reading = { NULL };
  g_autoptr (JsonObject) json = td_reading_open (&reading, bytes, TD_SYNC_INFLATED_MAX, REQUEST_VALUES);
  g_autoptr (TdSyncRequest) self = NULL;

  if (json != NULL && td_json_int (json, "p", -1) != TD_PROTOCOL)
    td_reading_fault (&reading, td_json_int (json, "p", -1) < 0 ? TD_WIRE_ERROR_FORMAT : TD_WIRE_ERROR_VERSION, "p");
  if (reading.fault == NULL)
    {
      self = td_sync_request_new ();
      read_members (&reading, json, self);
    }
  return td_reading_close (&reading, error) ? g_steal_pointer (&self) : NULL;
}
