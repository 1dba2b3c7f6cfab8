/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/guard.h"

#define TICK_MILLISECONDS 250

typedef enum
{
  WAITING, /* for the header block */
  MOVING,  /* a body, up or down */
  SHUT     /* by us; closed at the next tick */
} Phase;

/* One message on one connection: every answer closes, so the two are the same. */
typedef struct
{
  TdGuard *guard;
  SoupServerMessage *message; /* weak; NULL before the first byte and after the end */
  GSocket *socket;
  Phase phase;
  gint64 since; /* monotonic: of the phase, or of the last progress */
  gsize bytes;  /* since then */
} Watch;

struct _TdGuard
{
  SoupServer *server;
  TdGuardLimits limits;
  GPtrArray *watches; /* Watch, owned */
  GSource *tick;
  gulong started;
  GSocketService *service;
  guint port;
  Watch *arriving; /* being handed over */
};

static void
shut (Watch *watch)
{
  g_socket_shutdown (watch->socket, TRUE, TRUE, NULL);
  watch->phase = SHUT;
}

void
td_guard_cut (TdGuard *self, SoupServerMessage *message)
{
  for (guint i = 0; i < self->watches->len; i++)
    if (((Watch *)self->watches->pdata[i])->message == message)
      shut (self->watches->pdata[i]);
}

/* ---- one connection ------------------------------------------------------------ */

static void
begin_phase (Watch *watch, Phase phase)
{
  if (watch->phase == SHUT)
    return;
  watch->phase = phase;
  watch->since = g_get_monotonic_time ();
  watch->bytes = 0;
}

static void
moved (Watch *watch, gsize bytes)
{
  watch->bytes += bytes;
  if (watch->bytes >= watch->guard->limits.progress_bytes)
    begin_phase (watch, MOVING);
}

static void
on_got_headers (SoupServerMessage *message, gpointer data)
{
  begin_phase (data, MOVING);
}

static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  moved (data, g_bytes_get_size (chunk));
}

static void
on_got_body (SoupServerMessage *message, gpointer data)
{
  begin_phase (data, MOVING);
}

static void
on_wrote (SoupServerMessage *message, guint bytes, gpointer data)
{
  moved (data, bytes);
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  if (watch->message != NULL)
    {
      g_signal_handlers_disconnect_by_data (watch->message, watch);
      g_object_remove_weak_pointer (G_OBJECT (watch->message), (gpointer *)&watch->message);
    }
  g_clear_object (&watch->socket);
  g_free (watch);
}

static void
on_finished (SoupServerMessage *message, gpointer data)
{
  Watch *watch = data;

  /* The answer said "Connection: close"; a client that lingers is closed by us. */
  if (watch->phase != SHUT)
    begin_phase (watch, WAITING);
}

/* What libsoup has closed by itself meanwhile. */
static void
sweep (TdGuard *self)
{
  for (guint i = self->watches->len; i > 0; i--)
    if (g_socket_is_closed (((Watch *)self->watches->pdata[i - 1])->socket))
      g_ptr_array_remove_index_fast (self->watches, i - 1);
}

/* libsoup tells of the message while it takes the connection over. */
static void
on_started (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  TdGuard *self = data;
  Watch *watch = self->arriving;

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  if (watch == NULL || watch->message != NULL)
    return;
  watch->message = message;
  g_object_add_weak_pointer (G_OBJECT (message), (gpointer *)&watch->message);
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers), watch);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), watch);
  g_signal_connect (message, "got-body", G_CALLBACK (on_got_body), watch);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (on_wrote), watch);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), watch);
}

static void
hand_over (TdGuard *self, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) near = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) far = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;
  Watch *watch = g_new0 (Watch, 1);

  watch->guard = self;
  watch->socket = g_object_ref (g_socket_connection_get_socket (connection));
  begin_phase (watch, WAITING);
  g_ptr_array_add (self->watches, watch);
  self->arriving = watch;
  if (!soup_server_accept_iostream (self->server, G_IO_STREAM (connection), near, far, &error))
    {
      g_warning ("connection: %s", error->message);
      shut (watch);
    }
  self->arriving = NULL;
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  TdGuard *self = data;

  sweep (self);
  if (self->watches->len >= self->limits.connections)
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  else
    hand_over (self, connection);
  return TRUE;
}

/* ---- time ---------------------------------------------------------------------- */

static gboolean
is_late (const TdGuard *self, const Watch *watch, gint64 now)
{
  guint seconds = watch->phase == WAITING ? self->limits.header_seconds : self->limits.progress_seconds;

  return now - watch->since > (gint64)seconds * G_USEC_PER_SEC;
}

static gboolean
on_tick (gpointer data)
{
  TdGuard *self = data;
  gint64 now = g_get_monotonic_time ();

  sweep (self);
  for (guint i = self->watches->len; i > 0; i--)
    {
      Watch *watch = self->watches->pdata[i - 1];

      if (watch->phase == SHUT)
        {
          g_socket_close (watch->socket, NULL);
          g_ptr_array_remove_index_fast (self->watches, i - 1);
        }
      else if (is_late (self, watch, now))
        shut (watch);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
listen_on (TdGuard *self, guint port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16)port);
  g_autoptr (GSocketAddress) bound = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return FALSE;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return TRUE;
}

TdGuard *
td_guard_new (SoupServer *server, guint port, const TdGuardLimits *limits, GError **error)
{
  TdGuard *self = g_new0 (TdGuard, 1);

  self->server = server;
  self->limits = *limits;
  self->watches = g_ptr_array_new_with_free_func (watch_free);
  self->started = g_signal_connect (server, "request-started", G_CALLBACK (on_started), self);
  self->tick = g_timeout_source_new (TICK_MILLISECONDS);
  g_source_set_callback (self->tick, on_tick, self, NULL);
  g_source_attach (self->tick, g_main_context_get_thread_default ());
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  if (!listen_on (self, port, error))
    g_clear_pointer (&self, td_guard_free);
  return self;
}

guint
td_guard_port (TdGuard *self)
{
  return self->port;
}

guint
td_guard_open (TdGuard *self)
{
  return self->watches->len;
}

void
td_guard_free (TdGuard *self)
{
  if (self == NULL)
    return;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_signal_handler_disconnect (self->server, self->started);
  g_source_destroy (self->tick);
  g_source_unref (self->tick);
  for (guint i = 0; i < self->watches->len; i++)
    g_socket_close (((Watch *)self->watches->pdata[i])->socket, NULL);
  g_ptr_array_unref (self->watches);
  g_free (self);
}
