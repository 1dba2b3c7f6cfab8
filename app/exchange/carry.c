/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <string.h>

#include "store/packages.h"

/* Another unit's package, carried on over this desk's line: uploaded like any file, then POST /v1/import
 * (exchange.md 15.5). What it holds is judged by its own signatures; the receipt is kept for its sender. */

#define RECEIPT_MAX (256 * 1024 * 1024)

typedef struct
{
  TdExchange *exchange;
  GCancellable *cancellable;
  SoupMessage *message;
  char *sha;
} Carry;

static void
carry_free (Carry *self)
{
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->exchange);
  g_free (self->sha);
  g_free (self);
}

static void
end_carry (Carry *carry, TdEventKind kind, gint64 retry_after)
{
  g_autoptr (TdExchange) self = g_object_ref (carry->exchange);

  carry_free (carry);
  td_transfer_end (self, kind, retry_after);
  if (kind != TD_EVENT_FILE_DONE)
    return;
  g_signal_emit_by_name (self, "applied");
  td_exchange_now (self); /* what was taken in can be pulled now */
}

/* The reason in the endpoint's own word; a package that was refused is not sent again by itself. */
static gboolean
refused (Carry *carry, const TdReply *reply, GError **error)
{
  g_autoptr (TdProblem) problem = reply->body == NULL ? NULL : td_problem_read (reply->body, NULL);
  const char *detail = problem == NULL || *problem->detail == '\0' ? "damaged" : problem->detail;

  return td_store_set_carried_fault (carry->exchange->store, carry->sha, detail, error);
}

static TdEventKind
take (Carry *carry, const TdReply *reply)
{
  TdExchange *self = carry->exchange;
  g_autoptr (GError) error = NULL;
  gboolean good;

  if (reply->status == 200 && reply->body != NULL)
    good = td_store_take_carried_receipt (self->store, carry->sha, reply->body, &error);
  else if (reply->status == 422)
    good = refused (carry, reply, &error);
  else
    return td_transfer_kind (reply->status, TRUE);
  if (good)
    return TD_EVENT_FILE_DONE;
  td_exchange_fail (self, g_steal_pointer (&error));
  return TD_EVENT_FILE_SKIPPED;
}

static void
on_receipt (GObject *source, GAsyncResult *result, gpointer data)
{
  Carry *carry = data;
  TdReply *reply = td_http_send_finish (result, NULL);

  if (td_result_cancelled (result))
    carry_free (carry);
  else if (reply == NULL || !reply->ours)
    end_carry (carry, TD_EVENT_FILE_FAILED, 0);
  else
    end_carry (carry, take (carry, reply), reply->retry_after);
  td_reply_free (reply);
}

void
td_exchange_carry (TdExchange *self, const char *sha)
{
  Carry *carry = g_new0 (Carry, 1);
  g_autofree char *text = g_strdup_printf ("{\"sha\":\"%s\"}", sha);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  carry->exchange = g_object_ref (self);
  carry->cancellable = g_object_ref (self->cancellable);
  carry->sha = g_strdup (sha);
  carry->message = td_http_message ("POST", self->endpoint, "/v1/import", self->token);
  if (carry->message == NULL)
    {
      end_carry (carry, TD_EVENT_FILE_SKIPPED, 0);
      return;
    }
  td_http_set_body (carry->message, bytes);
  td_http_send_async (self->files, carry->message, RECEIPT_MAX, carry->cancellable, on_receipt, carry);
}
