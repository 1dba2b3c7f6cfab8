/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <string.h>

/* POST /v1/sync: the engine says when and what an answer is worth, this carries. */

#define RAW_OF_COMPRESSED 4 /* operations shrink to less than a quarter */
#define PAGE_OF_BUDGET 8    /* an answer may be larger: lines are faster downward */

static TdSyncRequest *
build_request (TdExchange *self, gsize budget, GError **error)
{
  g_autoptr (TdSyncRequest) request = td_sync_request_new ();
  g_autoptr (GPtrArray) ops = NULL;
  g_autofree char *tip = NULL;

  ops = td_store_seal (self->store, budget * RAW_OF_COMPRESSED, &tip, error);
  if (ops == NULL)
    return NULL;
  g_ptr_array_unref (request->ops);
  request->ops = g_steal_pointer (&ops);
  g_free (request->campaign);
  request->campaign = td_store_document_digest (self->store, "campaign");
  g_free (request->life);
  request->life = g_strdup (td_store_life (self->store));
  request->n = td_store_acknowledged (self->store);
  g_free (request->cur);
  request->cur = td_store_get (self->store, TD_META_CURSOR);
  request->max = (gint64)CLAMP (budget * PAGE_OF_BUDGET, TD_PAGE_MIN, TD_PAGE_MAX);
  g_free (request->k);
  request->k = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
  if (request->ops->len > 0)
    {
      g_free (request->sig);
      request->sig = td_store_sign (self->store, tip);
      g_free (request->tip);
      request->tip = g_steal_pointer (&tip);
    }
  return g_steal_pointer (&request);
}

static TdProblemKind
problem_of (const char *type)
{
  if (strcmp (type, "op-gap") == 0)
    return TD_PROBLEM_OP_GAP;
  if (strcmp (type, "device-forked") == 0)
    return TD_PROBLEM_FORKED;
  if (strcmp (type, "op-chain") == 0)
    return TD_PROBLEM_CHAIN;
  if (strcmp (type, "recovery") == 0)
    return TD_PROBLEM_RECOVERY;
  if (strcmp (type, "revoked") == 0)
    return TD_PROBLEM_REVOKED;
  if (strcmp (type, "cursor-gone") == 0)
    return TD_PROBLEM_CURSOR_GONE;
  return TD_PROBLEM_NONE;
}

static void
read_problem (TdExchange *self, TdEvent *event, GBytes *body)
{
  g_autoptr (TdProblem) problem = td_problem_read (body, NULL);

  if (problem == NULL)
    return;
  event->problem = problem_of (problem->type);
  event->n = problem->n;
  self->revoked = (TdRevoked){ problem->kept, problem->admitted, problem->discarded };
}

static void
read_reply (TdExchange *self, const TdReply *reply, TdEvent *event)
{
  g_autoptr (GError) error = NULL;

  event->kind = TD_EVENT_ANSWER;
  event->status = reply->status;
  event->ours = reply->ours;
  event->retry_after = reply->retry_after;
  event->took = td_exchange_clock () - self->sent_at;
  g_clear_pointer (&self->answer, td_sync_answer_free);
  self->nothing = FALSE;
  if (!reply->ours)
    return;
  if (reply->status < 200 || reply->status >= 300)
    {
      read_problem (self, event, reply->body);
      return;
    }
  if (reply->status == 200 && g_bytes_get_size (reply->body) == 0)
    {
      self->date = reply->date;
      self->nothing = event->echoed = g_strcmp0 (reply->echo, self->echo) == 0;
      return;
    }
  self->answer = td_sync_answer_read (reply->body, &error);
  if (error != NULL)
    g_info ("exchange: an answer can't be read: %s", error->message);
  event->echoed = self->answer != NULL && g_strcmp0 (self->answer->k, self->echo) == 0;
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdExchange) self = data;
  g_autoptr (GError) error = NULL;
  TdEvent event = { TD_EVENT_NO_ANSWER };
  TdReply *reply = td_http_send_finish (result, &error);

  if (td_result_cancelled (result))
    {
      td_reply_free (reply);
      return;
    }
  if (reply != NULL)
    read_reply (self, reply, &event);
  else if (td_http_is_clock (error))
    event.kind = TD_EVENT_BAD_CLOCK;
  else if (td_http_is_tls (error))
    event.kind = TD_EVENT_NOT_OURS;
  td_reply_free (reply);
  td_exchange_feed (self, &event);
}

/* With nothing to say the question is a short one (data/exchange.md 5.9); %NULL: it can't be asked. */
static SoupMessage *
new_poll (TdExchange *self, const TdSyncRequest *request)
{
  g_autofree char *tag = td_store_get (self->store, TD_META_TAG);
  TdPoll poll = { request->cur, tag, request->k, request->max };
  g_autofree char *path = NULL;

  if (request->ops->len > 0 || *request->cur == '\0' || *tag == '\0' || td_store_revoked (self->store, NULL)
      || td_store_recovering (self->store))
    return NULL;
  path = td_poll_path (&poll);
  return td_http_message ("GET", self->endpoint, path, self->token);
}

static SoupMessage *
new_push (TdExchange *self, const TdSyncRequest *request, GError **error)
{
  g_autoptr (GBytes) body = td_sync_request_write (request, error);
  SoupMessage *message = body == NULL ? NULL : td_http_message ("POST", self->endpoint, "/v1/sync", self->token);

  if (message != NULL)
    td_http_set_body (message, body);
  else if (body != NULL)
    g_set_error (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_ADDRESS, "%s", self->endpoint);
  return message;
}

gboolean
td_exchange_send_sync (TdExchange *self, gsize budget, GError **error)
{
  g_autoptr (TdSyncRequest) request = build_request (self, budget, error);
  g_autoptr (SoupMessage) message = request == NULL ? NULL : new_poll (self, request);

  self->polled = message != NULL;
  if (request != NULL && message == NULL)
    message = new_push (self, request, error);
  if (message == NULL)
    return FALSE;
  g_free (self->echo);
  self->echo = g_strdup (request->k);
  self->sent_at = td_exchange_clock ();
  td_http_send_async (self->records, message, TD_ANSWER_MAX, self->cancellable, on_reply, g_object_ref (self));
  return TRUE;
}

/* ---- a real answer ------------------------------------------------------------------------ */

static void
count (TdExchange *self, const TdSyncAnswer *answer)
{
  self->summary.received += answer->ch->len;
  self->summary.sent += answer->res->len;
  for (guint i = 0; i < answer->res->len; i++)
    self->summary.refused += !((TdSyncVerdict *)answer->res->pdata[i])->ok;
}

static gboolean
apply_answer (TdExchange *self, GError **error)
{
  g_autoptr (TdSyncAnswer) answer = g_steal_pointer (&self->answer);
  g_autofree char *before = td_store_get (self->store, TD_META_CURSOR);
  g_autofree char *after = NULL;
  gint64 acknowledged = td_store_acknowledged (self->store);
  gboolean moved = FALSE;
  TdEvent event = { TD_EVENT_APPLIED };

  g_return_val_if_fail (answer != NULL, FALSE);

  if (self->polled) /* it was not told of which life */
    answer->n = acknowledged;
  if (!td_store_apply_answer (self->store, answer, &moved, error))
    return FALSE;
  count (self, answer);
  after = td_store_get (self->store, TD_META_CURSOR);
  event.more = answer->more;
  event.progress = strcmp (before, after) != 0 || td_store_acknowledged (self->store) != acknowledged;
  td_exchange_fetch (self, answer->campaign, answer->units);
  td_exchange_feed (self, &event);
  if (moved)
    g_signal_emit_by_name (self, "applied");
  return TRUE;
}

static gboolean
apply_nothing (TdExchange *self, GError **error)
{
  TdEvent event = { TD_EVENT_APPLIED };

  self->nothing = FALSE;
  if (!td_store_note_exchange (self->store, self->date == 0 ? 0 : self->date - g_get_real_time () / G_USEC_PER_SEC,
                               error))
    return FALSE;
  td_exchange_feed (self, &event);
  return TRUE;
}

gboolean
td_exchange_apply (TdExchange *self, GError **error)
{
  if (self->nothing)
    return apply_nothing (self, error);
  return apply_answer (self, error);
}
