/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <string.h>

/* POST /v1/enroll: the code binds this device's key to a unit and roles. */

#define REPLY_MAX (64 * 1024)

typedef struct
{
  char *url;
  char *code;
  gboolean other_unit;
  SoupSession *session; /* of this attempt: nothing that was said before we knew whom we trust is used again */
  char *ca;             /* PEM, NULL: none given */
  TdEnrolAnswer *answer;
} Enrol;

static void
enrol_free (gpointer data)
{
  Enrol *self = data;

  g_clear_pointer (&self->answer, td_enrol_answer_free);
  g_clear_object (&self->session);
  g_free (self->ca);
  g_free (self->url);
  g_free (self->code);
  g_free (self);
}

/* ---- the last step: everything is ours now ------------------------------------------------ */

static gboolean
bind_store (TdExchange *self, const Enrol *enrol, gboolean kept, GError **error)
{
  const TdEnrolAnswer *answer = enrol->answer;
  GError *failure = NULL;

  if (td_store_enroll (self->store, enrol->url, answer->unit, answer->roles, kept ? "" : answer->token, &failure)
      && td_store_set (self->store, TD_META_CENTRE, answer->endpoint, &failure)
      && td_store_set (self->store, TD_META_CA, enrol->ca == NULL ? "" : enrol->ca, &failure)
      && td_trust_load (self, &failure) && td_store_set (self->store, TD_META_DAY, answer->day, &failure)
      && td_store_set (self->store, TD_META_PRACTICE, answer->practice ? "1" : "", &failure))
    return TRUE;
  if (g_error_matches (failure, TD_STORE_ERROR, TD_STORE_ERROR_BOUND))
    {
      g_set_error_literal (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_UNIT, failure->message);
      g_error_free (failure);
    }
  else
    td_exchange_tell_failure (failure, error);
  return FALSE;
}

static void
go_on (TdExchange *self, const Enrol *enrol)
{
  TdEvent event = { TD_EVENT_ENROLLED };

  g_free (self->endpoint);
  self->endpoint = g_strdup (enrol->url);
  g_free (self->token);
  self->token = g_strdup (enrol->answer->token);
  g_clear_pointer (&self->pending, td_enrol_answer_free);
  td_exchange_fetch (self, enrol->answer->campaign, enrol->answer->units);
  if (self->wanted && !self->started)
    td_exchange_begin (self);
  td_exchange_feed (self, &event);
}

/* The desk was closed meanwhile: there is no store to write to. */
static gboolean
is_detached (TdExchange *self, GTask *task)
{
  if (self->store != NULL)
    return FALSE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
  return TRUE;
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TdExchange *self = g_task_get_source_object (task);
  Enrol *enrol = g_task_get_task_data (task);
  gboolean kept = td_token_keep_finish (result, NULL);
  GError *error = NULL;

  if (is_detached (self, task))
    return;
  if (!bind_store (self, enrol, kept, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  go_on (self, enrol);
  g_task_return_boolean (task, TRUE);
}

/* Takes @task, whose answer is there. */
static void
accept_answer (GTask *task)
{
  TdExchange *self = g_task_get_source_object (task);
  Enrol *enrol = g_task_get_task_data (task);
  g_autofree char *chosen = td_store_get (self->store, TD_META_UNIT);

  if (*chosen != '\0' && strcmp (chosen, enrol->answer->unit) != 0 && !enrol->other_unit)
    {
      g_task_return_new_error (task, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_UNIT, "%s", enrol->answer->unit);
      /* The code is used up: what it brought waits for the person's yes. */
      g_clear_pointer (&self->pending, td_enrol_answer_free);
      self->pending = g_steal_pointer (&enrol->answer);
      g_free (self->pending_code);
      self->pending_code = g_strdup (enrol->code);
      g_object_unref (task);
      return;
    }
  td_token_keep_async (self->store, enrol->answer->token, g_task_get_cancellable (task), on_kept, task);
}

/* ---- the request ---------------------------------------------------------------------------- */

/* A good code, but this key belongs to another unit already: no other code helps. */
static gboolean
is_bound (const TdReply *reply)
{
  g_autoptr (TdProblem) problem = td_problem_read (reply->body, NULL);

  return problem != NULL && strcmp (problem->type, "rights") == 0;
}

static TdExchangeError
error_of (const TdReply *reply)
{
  if (reply->status >= 500)
    return TD_EXCHANGE_ERROR_BUSY;
  if (!reply->ours)
    return TD_EXCHANGE_ERROR_FOREIGN;
  switch (reply->status)
    {
    case 401:
    case 403:
    case 404:
      return is_bound (reply) ? TD_EXCHANGE_ERROR_STOPPED : TD_EXCHANGE_ERROR_CODE;
    case 426:
      return TD_EXCHANGE_ERROR_OLD;
    case 429:
      return TD_EXCHANGE_ERROR_TOO_MANY;
    default:
      return TD_EXCHANGE_ERROR_STOPPED;
    }
}

static void
on_enrolled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Enrol *enrol = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  TdReply *reply = td_http_send_finish (result, &error);

  if (is_detached (g_task_get_source_object (task), task))
    ;
  else if (reply == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (reply == NULL && td_http_is_clock (error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (reply == NULL)
    g_task_return_new_error (task, TD_EXCHANGE_ERROR,
                             td_http_is_tls (error) ? TD_EXCHANGE_ERROR_FOREIGN : TD_EXCHANGE_ERROR_NO_LINE, "%s",
                             error->message);
  else if ((reply->status != 200 && reply->status != 201) || !reply->ours)
    g_task_return_new_error (task, TD_EXCHANGE_ERROR, error_of (reply), "status %u", reply->status);
  else if ((enrol->answer = td_enrol_answer_read (reply->body, &error)) == NULL)
    g_task_return_new_error (task, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_ANSWER, "%s", error->message);
  else if (enrol->ca == NULL && !td_code_fits (enrol->code, enrol->answer->endpoint))
    g_task_return_new_error (task, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_FOREIGN, "another endpoint gave that code");
  else
    accept_answer (g_steal_pointer (&task));
  td_reply_free (reply);
}

static GBytes *
write_request (TdExchange *self, const char *code, GError **error)
{
  g_autoptr (TdEnrolRequest) request = td_enrol_request_new ();
  g_autofree char *text = td_enrol_text (code, td_store_key (self->store));

  g_free (request->code);
  request->code = g_strdup (code);
  g_free (request->key);
  request->key = g_strdup (td_store_key (self->store));
  g_free (request->sig);
  request->sig = td_store_sign (self->store, text);
  return td_enrol_request_write (request, error);
}

/* Takes @task. */
static void
send_request (GTask *task)
{
  TdExchange *self = g_task_get_source_object (task);
  Enrol *enrol = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message = td_http_message ("POST", enrol->url, "/v1/enroll", NULL);
  GError *error = NULL;
  g_autoptr (GBytes) body = write_request (self, enrol->code, &error);

  if (body == NULL || message == NULL)
    {
      if (error == NULL)
        error = g_error_new (TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_ADDRESS, "%s", enrol->url);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  td_http_set_body (message, body);
  td_http_send_async (enrol->session, message, REPLY_MAX, g_task_get_cancellable (task), on_enrolled, task);
}

/* ---- the CA ------------------------------------------------------------------------------------ */

/* It may come over any line and from anybody: the code says what it must be. */
static gboolean
take_ca (Enrol *enrol, GBytes *body)
{
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);
  g_autofree char *pem = length == 0 || length > TD_CA_MAX ? NULL : g_strndup (bytes, length);
  g_autofree char *print = pem == NULL ? NULL : td_code_print_ca (pem);

  if (print == NULL || !td_code_ends (enrol->code, print))
    return FALSE;
  enrol->ca = g_steal_pointer (&pem);
  return TRUE;
}

static void
on_ca (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TdExchange *self = g_task_get_source_object (task);
  Enrol *enrol = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  TdReply *reply = td_http_send_finish (result, &error);
  gboolean none = reply != NULL && reply->ours && reply->status == 404;

  if (is_detached (self, task))
    ;
  else if (reply == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (reply == NULL)
    g_task_return_new_error (task, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_NO_LINE, "%s", error->message);
  else if (!none && (!reply->ours || reply->status != 200 || !take_ca (enrol, reply->body)))
    g_task_return_new_error (task, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_FOREIGN, "not the CA of that code");
  else
    {
      g_clear_object (&enrol->session);
      enrol->session = td_http_session ();
      if (none || td_trust_session (self->store, enrol->session, enrol->ca, &error))
        send_request (g_steal_pointer (&task));
      else
        g_task_return_new_error (task, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_STORE, "%s", error->message);
    }
  td_reply_free (reply);
}

static gboolean
accept_any (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags flags, gpointer data)
{
  return TRUE;
}

/* Takes @task. */
static void
begin_enrol (GTask *task)
{
  Enrol *enrol = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message = NULL;

  enrol->session = td_http_session ();
  if (!g_str_has_prefix (enrol->url, "https:"))
    {
      send_request (task);
      return;
    }
  message = td_http_message ("GET", enrol->url, "/v1/ca", NULL);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_any), NULL);
  td_http_send_async (enrol->session, message, REPLY_MAX, g_task_get_cancellable (task), on_ca, task);
}

void
td_exchange_enroll_async (TdExchange *self,
                          const char *url,
                          const char *code,
                          gboolean other_unit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Enrol *enrol;
  GError *error = NULL;

  g_return_if_fail (TD_IS_EXCHANGE (self) && url != NULL && code != NULL);

  task = g_task_new (self, cancellable, callback, data);
  enrol = g_new0 (Enrol, 1);
  g_task_set_source_tag (task, td_exchange_enroll_async);
  g_task_set_task_data (task, enrol, enrol_free);
  enrol->url = td_exchange_check_address (url, &error);
  enrol->code = td_code_normal (code);
  enrol->other_unit = other_unit;
  if (enrol->url == NULL)
    g_task_return_error (task, error);
  else if (enrol->code == NULL)
    g_task_return_new_error (task, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_CODE, "%s", code);
  else if (self->pending != NULL && g_strcmp0 (self->pending_code, enrol->code) == 0)
    {
      enrol->answer = g_steal_pointer (&self->pending);
      accept_answer (g_steal_pointer (&task));
    }
  else
    begin_enrol (g_steal_pointer (&task));
}

gboolean
td_exchange_enroll_finish (TdExchange *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TD_IS_EXCHANGE (self) && g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
