/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/centre-private.h"

#include "dossier/crypto.h"

#include <sodium.h>
#include <string.h>

/* How an operation gets its place in the sequence: judged, stored with what it was
 * judged under, its effect written, all in the caller's transaction. */

char *
td_centre_head (const char *previous, const TdLogged *op)
{
  g_autofree char *text = g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%s\n%s\n%" G_GINT64_FORMAT, previous, op->q,
                                           op->chain, op->ok ? "ok" : op->code, op->at);

  return td_digest (text, -1);
}

void
td_centre_put_step (TdState *state, const TdOperation *operation, const TdLogged *op, TdDate day)
{
  const TdDevice *device = td_state_device (state, op->key);
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *iso = td_date_to_iso (day);

  /* A re-organisation stands in the chain of what it moved, so it can be verified like a step. */
  if (device == NULL
      || (operation->kind != TD_OP_STEP && operation->kind != TD_OP_OPINION
          && strcmp (operation->verb, "reorganise") != 0))
    return;
  json = json_object_new ();
  json_object_set_string_member (json, "key", op->key);
  json_object_set_string_member (json, "unit", device->unit);
  json_object_set_string_member (json, "body", op->body);
  json_object_set_string_member (json, "sig", op->sig);
  json_object_set_int_member (json, "q", op->q);
  json_object_set_int_member (json, "at", op->at);
  json_object_set_string_member (json, "day", iso);
  td_state_put (state, "step", operation->id, json, NULL);
}

gboolean
td_centre_is_genesis (const TdLogged *op)
{
  return op->q == 1;
}

void
td_centre_apply_genesis (TdState *state, const char *key)
{
  td_state_add_device (state, key, TD_CENTRE_UNIT, TD_CENTRE_ROLE);
  td_state_show (state, "*", "device", key);
}

/* ---- judging ----------------------------------------------------------------- */

static void
refuse (TdLogged *op, const char *code, const char *detail)
{
  op->ok = FALSE;
  op->code = g_strdup (code);
  op->detail = g_strdup (detail == NULL ? "" : detail);
  op->beside = g_new0 (char *, 1);
}

/* A detail names a rule, a dossier or a member; a stranger's words are cut to that. */
#define DETAIL_SIGNS 200

static void
take_outcome (TdLogged *op, TdOutcome *outcome)
{
  op->ok = outcome->ok;
  op->code = g_strdup (outcome->code);
  op->detail = g_utf8_strlen (outcome->detail, -1) > DETAIL_SIGNS ? g_utf8_substring (outcome->detail, 0, DETAIL_SIGNS)
                                                                  : g_strdup (outcome->detail);
  op->beside = g_new0 (char *, outcome->beside->len + 1);
  for (guint i = 0; i < outcome->beside->len; i++)
    op->beside[i] = g_strdup (outcome->beside->pdata[i]);
}

static void
judge (TdCentre *self, TdState *state, const TdArrival *arrival, TdLogged *op, const TdMoment *moment)
{
  TdContext context = { self->campaign, self->units, op->key, moment->day, op->at, op->q, FALSE };
  g_autoptr (TdOutcome) outcome = NULL;

  if (arrival->refusal != NULL)
    {
      refuse (op, arrival->refusal, arrival->detail);
      return;
    }
  if (td_centre_is_genesis (op))
    {
      td_centre_apply_genesis (state, op->key);
      refuse (op, "", "");
      op->ok = TRUE;
      return;
    }
  self->judged = arrival->operation;
  outcome = td_apply (state, arrival->operation, &context);
  self->judged = NULL;
  take_outcome (op, outcome);
  if (op->ok)
    td_centre_put_step (state, arrival->operation, op, moment->day);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* What else the verdict rested on (model.md 1.8), so that it can be replayed. */
static char *
context_text (TdCentre *self, const TdMoment *moment)
{
  g_autoptr (JsonObject) json = json_object_new ();
  g_autofree char *day = td_date_to_iso (moment->day);
  JsonArray *missing = json_array_new ();

  g_ptr_array_sort (self->missing, compare_texts);
  for (guint i = 0; i < self->missing->len; i++)
    json_array_add_string_element (missing, self->missing->pdata[i]);
  json_object_set_string_member (json, "campaign", td_campaign_digest (self->campaign));
  json_object_set_string_member (json, "units", self->units_digest);
  json_object_set_string_member (json, "day", day);
  json_object_set_array_member (json, "missing", missing);
  return td_json_canonical_object (json);
}

TdLogged *
td_centre_enter (TdCentre *self, TdState *state, const TdArrival *arrival, const TdMoment *moment)
{
  TdJournal *journal = self->journal;
  TdLogged *op = td_logged_new ();
  g_autofree char *previous = journal->head (journal);

  op->q = journal->last_q (journal) + 1;
  op->key = g_strdup (arrival->key);
  op->life = g_strdup (arrival->life);
  op->i = arrival->i;
  op->id = g_strdup (arrival->name);
  op->body = g_strdup (arrival->body);
  op->digest = arrival->operation != NULL ? g_strdup (arrival->operation->digest) : td_digest (arrival->body, -1);
  op->sig = g_strdup (arrival->sig);
  op->chain = g_strdup (arrival->chain);
  op->at = moment->now;
  g_ptr_array_set_size (self->missing, 0);
  judge (self, state, arrival, op, moment);
  op->context = context_text (self, moment);
  op->head = td_centre_head (previous, op);
  journal->add_op (journal, op);
  if (op->ok)
    journal->write_state (journal, state, op->q);
  td_state_clear_dirty (state);
  return op;
}

/* ---- the endpoint's own operations --------------------------------------------- */

/** td_centre_begin: content of an operation of the endpoint itself, with a fresh id. */
JsonObject *
td_centre_begin (const char *verb, const TdMoment *moment)
{
  guint8 random[10];
  g_autofree char *id = NULL;
  TdAuthor author = { NULL, moment->now, "thidua-endpoint", "" };

  randombytes_buf (random, sizeof random);
  id = td_uuid7 (moment->now * 1000, random);
  author.id = id;
  return td_operation_begin (verb, &author);
}

char *
td_centre_own (TdCentre *self, JsonObject *content, const TdMoment *moment)
{
  TdJournal *journal = self->journal;
  g_autoptr (TdOperation) operation = td_operation_close (content, NULL);
  TdState *state = td_centre_state (self);
  g_autofree char *tip = NULL;
  gint64 n = journal->position (journal, self->key, self->life, &tip) + 1;
  g_autofree char *chain = NULL, *sig = NULL;
  g_autoptr (TdLogged) op = NULL;
  TdArrival arrival = { self->key, self->life, n, NULL };

  g_assert (operation != NULL);
  chain = td_chain_next (*tip == '\0' ? TD_CHAIN_START : tip, self->life, n, operation->digest);
  sig = td_sign (self->secret, operation->digest);
  arrival.name = operation->id;
  arrival.body = operation->body;
  arrival.sig = sig;
  arrival.chain = chain;
  arrival.operation = operation;
  op = td_centre_enter (self, state, &arrival, moment);
  journal->add_envelope (journal, self->key, self->life, n, op->id);
  journal->set_position (journal, self->key, self->life, n, chain);
  td_state_free (state);
  return op->ok ? NULL : g_strdup (op->code);
}
