/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <string.h>
#ifdef G_OS_UNIX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

#include "wire/blob.h"
#include "wire/coding.h"

#define INACTIVE_SECONDS 30
#define IDLE_SECONDS 60
#define DEAD_LINK_MILLISECONDS 45000
#define RETRY_AFTER_MOST 3600
#define IN_FLIGHT (64 * 1024)
#define NOT_SENT (16 * 1024)
#define BLOCK (64 * 1024)
#define KNOWN "td-known" /* data of a message: its body before it was packed */

void
td_reply_free (TdReply *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->echo);
  g_free (self);
}

SoupSession *
td_http_session (void)
{
  SoupSession *session = soup_session_new_with_options ("timeout", INACTIVE_SECONDS, "idle-timeout", IDLE_SECONDS,
                                                        "max-conns-per-host", 5, NULL);

  /* A 401 is the engine's business, not a reason to ask anybody for a password; what travels packed is unpacked here,
   * where a ceiling is. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

/* ---- addresses -------------------------------------------------------------------------- */

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

static gboolean
is_allowed (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL)
    return FALSE;
  return strcmp (scheme, "https") == 0 || (strcmp (scheme, "http") == 0 && is_loopback (host));
}

static char *
with_scheme (const char *text)
{
  g_autofree char *guess = NULL;
  g_autoptr (GUri) uri = NULL;

  if (strstr (text, "://") != NULL)
    return g_strdup (text);
  guess = g_strconcat ("http://", text, NULL);
  uri = g_uri_parse (guess, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL && is_loopback (g_uri_get_host (uri)))
    return g_steal_pointer (&guess);
  return g_strconcat ("https://", text, NULL);
}

char *
td_exchange_check_address (const char *text, GError **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *full = NULL;
  g_autoptr (GUri) uri = NULL;
  char *shown;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  full = with_scheme (stripped);
  uri = g_uri_parse (full, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (*stripped == '\0' || uri == NULL || !is_allowed (uri))
    {
      g_set_error (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_ADDRESS, "%s", text);
      return NULL;
    }
  shown = g_uri_to_string (uri);
  while (g_str_has_suffix (shown, "/"))
    shown[strlen (shown) - 1] = '\0';
  return shown;
}

/* ---- messages ------------------------------------------------------------------------------ */

/* A dead link is noticed in seconds instead of minutes, and little is on its way at any moment: progress is honest
 * and a cut costs little (exchange.md 2.11). */
static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *stream, gpointer data)
{
#ifdef G_OS_UNIX
  GSocket *socket;

  if (event != G_SOCKET_CLIENT_CONNECTED || !G_IS_SOCKET_CONNECTION (stream))
    return;
  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream));
  g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, IN_FLIGHT / 2, NULL); /* the kernel doubles it */
#ifdef TCP_USER_TIMEOUT
  g_socket_set_option (socket, IPPROTO_TCP, TCP_USER_TIMEOUT, DEAD_LINK_MILLISECONDS, NULL);
#endif
#ifdef TCP_NOTSENT_LOWAT
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, NOT_SENT, NULL);
#endif
#endif
}

SoupMessage *
td_http_message (const char *method, const char *base, const char *path, const char *token)
{
  g_autofree char *address = td_exchange_check_address (base, NULL);
  g_autofree char *uri = address != NULL ? g_strconcat (address, path, NULL) : NULL;
  SoupMessage *message = uri != NULL ? soup_message_new (method, uri) : NULL;

  if (message == NULL)
    return NULL;
  /* Without IDEMPOTENT every POST opens a connection; a redirect is never the endpoint's. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT | SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding", "zstd");
  if (token != NULL)
    {
      g_autofree char *bearer = td_bearer_line (token);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
    }
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), NULL);
  return message;
}

void
td_http_set_body (SoupMessage *message, GBytes *bytes)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) packed = td_coding_pack (TD_CODING_ZSTD, bytes, NULL);

  if (packed != NULL)
    soup_message_headers_replace (headers, "Content-Encoding", td_coding_name (TD_CODING_ZSTD));
  /* What goes up here may come down again as references to it. */
  soup_message_headers_replace (headers, "Accept-Encoding", "dcz, zstd");
  g_object_set_data_full (G_OBJECT (message), KNOWN, g_bytes_ref (bytes), (GDestroyNotify)g_bytes_unref);
  soup_message_set_request_body_from_bytes (message, "application/json", packed != NULL ? packed : bytes);
}

gboolean
td_http_is_ours (SoupMessage *message)
{
  const char *proto = soup_message_headers_get_one (soup_message_get_response_headers (message), TD_HEADER_PROTO);

  return g_strcmp0 (proto, "1") == 0;
}

gint64
td_http_retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr (GDateTime) then = NULL;
  guint64 seconds = 0;

  if (text == NULL)
    return 0;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, NULL))
    {
      gint64 wait;

      then = soup_date_time_new_from_http_string (text);
      wait = then != NULL ? g_date_time_to_unix (then) - g_get_real_time () / G_USEC_PER_SEC : 0;
      seconds = wait > 0 ? (guint64)wait : 0;
    }
  return (gint64)MIN (seconds, RETRY_AFTER_MOST) * 1000;
}

gboolean
td_http_is_clock (const GError *error)
{
  return g_error_matches (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_CLOCK);
}

gboolean
td_http_is_tls (const GError *error)
{
  return g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE)
         || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS)
         || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE);
}

/* ---- a whole answer, up to a ceiling ---------------------------------------------------------- */

typedef struct
{
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *bytes;
  gsize most;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *self = data;

  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_free (self);
}

static gint64
date_of (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr (GDateTime) date = text == NULL ? NULL : soup_date_time_new_from_http_string (text);

  return date == NULL ? 0 : g_date_time_to_unix (date);
}

/* What came, unpacked; a stranger's page, which nobody reads, as it is. */
static GBytes *
unpack (Sending *self, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
  GBytes *known = g_object_get_data (G_OBJECT (self->message), KNOWN);
  TdCoding coding;

  if (!td_http_is_ours (self->message) || g_bytes_get_size (body) == 0)
    return g_steal_pointer (&body);
  if (td_coding_read (soup_message_headers_get_list (headers, "Content-Encoding"), &coding))
    return td_coding_unpack (coding, body, known, self->most, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the answer has an unknown coding");
  return NULL;
}

static void
finish_sending (GTask *task)
{
  Sending *self = g_task_get_task_data (task);
  GError *error = NULL;
  GBytes *body = unpack (self, &error);
  TdReply *reply;

  if (body == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  reply = g_new0 (TdReply, 1);
  reply->status = soup_message_get_status (self->message);
  reply->ours = td_http_is_ours (self->message);
  reply->retry_after = td_http_retry_after (self->message);
  reply->date = date_of (self->message);
  reply->echo
      = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (self->message), TD_HEADER_ECHO));
  reply->body = body;
  g_task_return_pointer (task, reply, (GDestroyNotify)td_reply_free);
}

static void read_on (GTask *task);

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Sending *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) block = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (block == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_bytes_get_size (block) == 0)
    {
      finish_sending (task);
      return;
    }
  if (self->bytes->len + g_bytes_get_size (block) > self->most)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "the answer is too long");
      return;
    }
  g_byte_array_append (self->bytes, g_bytes_get_data (block, NULL), (guint)g_bytes_get_size (block));
  read_on (g_steal_pointer (&task));
}

/* Takes @task. */
static void
read_on (GTask *task)
{
  Sending *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, BLOCK, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read,
                                   task);
}

/* Whoever signed it is trusted; only the time doesn't fit: nearly always ours is wrong. */
static gboolean
is_out_of_time (SoupMessage *message)
{
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (message);

  return flags != 0
         && (flags & ~(GTlsCertificateFlags)(G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_EXPIRED)) == 0;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Sending *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream == NULL && td_http_is_tls (error) && is_out_of_time (self->message))
    {
      g_error_free (error);
      g_task_return_new_error (task, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_CLOCK, "the certificate is not valid now");
    }
  else if (self->stream == NULL)
    g_task_return_error (task, error);
  else
    read_on (g_steal_pointer (&task));
}

void
td_http_send_async (SoupSession *session,
                    SoupMessage *message,
                    gsize most,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer data)
{
  GTask *task = g_task_new (session, cancellable, callback, data);
  Sending *self = g_new0 (Sending, 1);

  self->message = g_object_ref (message);
  self->bytes = g_byte_array_new ();
  self->most = most;
  g_task_set_source_tag (task, td_http_send_async);
  g_task_set_task_data (task, self, sending_free);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable, on_sent, task);
}

TdReply *
td_http_send_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
