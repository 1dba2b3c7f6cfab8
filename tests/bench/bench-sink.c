/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-sink.h"

#include <gio/gio.h>
#include <string.h>

#define PIECE 4096

struct _Sink
{
  GSocketListener *listener;
  guint port;
  gint64 up, down; /* of the measurement under way */
};

Sink *
sink_new (void)
{
  Sink *self = g_new0 (Sink, 1);

  self->listener = g_socket_listener_new ();
  self->port = g_socket_listener_add_any_inet_port (self->listener, NULL, NULL);
  g_assert_cmpuint (self->port, !=, 0);
  return self;
}

guint
sink_port (Sink *self)
{
  return self->port;
}

void
sink_free (Sink *self)
{
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_free (self);
}

static void
read_all (GSocketConnection *line, gint64 count)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (line));
  char piece[PIECE];

  while (count > 0)
    {
      gssize got = g_input_stream_read (stream, piece, (gsize)MIN (count, PIECE), NULL, NULL);

      g_assert_cmpint (got, >, 0);
      count -= got;
    }
}

static void
write_all (GSocketConnection *line, gint64 count)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (line));
  char piece[PIECE];

  memset (piece, 'x', sizeof piece);
  for (; count > 0; count -= PIECE)
    g_assert_true (g_output_stream_write_all (stream, piece, (gsize)MIN (count, PIECE), NULL, NULL, NULL));
}

static gpointer
serve (gpointer data)
{
  Sink *self = data;
  g_autoptr (GSocketConnection) line = g_socket_listener_accept (self->listener, NULL, NULL, NULL);

  g_assert_nonnull (line);
  read_all (line, self->up);
  write_all (line, self->down);
  return NULL;
}

double
sink_measure (Sink *self, guint relay_port, gint64 up, gint64 down)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) line = NULL;
  gint64 begin = g_get_monotonic_time ();
  GThread *thread;

  self->up = MAX (up, 1);
  self->down = MAX (down, 1);
  thread = g_thread_new ("sink", serve, self);
  line = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16)relay_port, NULL, NULL);
  g_assert_nonnull (line);
  write_all (line, self->up);
  read_all (line, self->down);
  g_thread_join (thread);
  return (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}
