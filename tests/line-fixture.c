/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "line-fixture.h"

#include "json/json.h"

#include <string.h>

#define SECONDS_TO_WAIT 20

void
reply_free (Reply *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

const char *
reply_header (Reply *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

char *
reply_type (Reply *self)
{
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);
  g_autoptr (JsonObject) json = length == 0 ? NULL : td_json_parse_object (data, (gssize)length, 64 * 1024, NULL);

  return g_strdup (td_json_string (json, "type") == NULL ? "" : td_json_string (json, "type"));
}

GSocketConnection *
line_open (guint port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *line;

  g_socket_client_set_timeout (client, SECONDS_TO_WAIT);
  line = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16)port, NULL, &error);
  g_assert_no_error (error);
  return line;
}

gboolean
line_write (GSocketConnection *line, const void *data, gsize length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (line)), data, length, NULL, NULL, NULL);
}

static void
take_headers (Reply *reply, char **lines)
{
  if (lines[0] != NULL && strlen (lines[0]) > 12)
    reply->status = (guint)g_ascii_strtoull (lines[0] + 9, NULL, 10);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      char *colon = strstr (lines[i], ": ");

      if (colon != NULL)
        g_hash_table_replace (reply->headers, g_ascii_strdown (lines[i], colon - lines[i]), g_strdup (colon + 2));
    }
}

Reply *
line_read (GSocketConnection *line)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (line));
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 piece[16 * 1024];
  Reply *reply = g_new0 (Reply, 1);
  gssize length;
  const char *end;

  while ((length = g_input_stream_read (in, piece, sizeof piece, NULL, NULL)) > 0)
    g_byte_array_append (all, piece, (guint)length);
  reply->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  end = all->len == 0 ? NULL : g_strstr_len ((const char *)all->data, all->len, "\r\n\r\n");
  if (end != NULL)
    {
      gsize head = (gsize)(end - (const char *)all->data);
      g_autofree char *text = g_strndup ((const char *)all->data, head);
      g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

      take_headers (reply, lines);
      reply->body = g_bytes_new (all->data + head + 4, all->len - head - 4);
    }
  else
    reply->body = g_bytes_new (NULL, 0);
  return reply;
}

gboolean
line_ends_within (GSocketConnection *line, guint milliseconds)
{
  GSocket *socket = g_socket_connection_get_socket (line);
  char byte;

  return g_socket_condition_timed_wait (socket, G_IO_IN, (gint64)milliseconds * 1000, NULL, NULL)
         && g_socket_receive (socket, &byte, 1, NULL, NULL) <= 0;
}

Reply *
line_ask (guint port, const char *method, const char *path, const char *headers, GBytes *body)
{
  g_autoptr (GSocketConnection) line = line_open (port);
  g_autofree char *head
      = body == NULL
            ? g_strdup_printf ("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", method, path, headers)
            : g_strdup_printf ("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n",
                               method, path, g_bytes_get_size (body), headers);

  line_write (line, head, strlen (head));
  if (body != NULL)
    line_write (line, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  return line_read (line);
}
