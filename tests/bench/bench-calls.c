/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-calls.h"

#include <stdlib.h>
#include <string.h>

void
heard_clear (Heard *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
}

static gboolean
accept_any (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags flags, gpointer data)
{
  return TRUE;
}

GIOStream *
calls_open (guint port, guint number)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *text = g_strdup_printf ("127.1.%u.%u", number / 250, number % 250 + 1);
  g_autoptr (GSocketAddress) from = g_inet_socket_address_new_from_string (text, 0);
  g_autoptr (GSocketConnection) line = NULL;
  GIOStream *tls;

  g_socket_client_set_local_address (client, from);
  line = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16)port, NULL, NULL);
  tls = line == NULL ? NULL : g_tls_client_connection_new (G_IO_STREAM (line), NULL, NULL);
  if (tls == NULL)
    return NULL;
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_any), NULL);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    g_clear_object (&tls);
  return tls;
}

static gboolean
read_head (GDataInputStream *in, Heard *heard, gsize *length)
{
  *length = 0;
  for (guint lines = 0; lines < 100; lines++)
    {
      g_autofree char *line = g_data_input_stream_read_line (in, NULL, NULL, NULL);

      if (line == NULL)
        return FALSE;
      g_strchomp (line);
      if (lines == 0)
        heard->status = (guint)atoi (line + strlen ("HTTP/1.1 "));
      if (g_ascii_strncasecmp (line, "Content-Length:", 15) == 0)
        *length = (gsize)g_ascii_strtoull (line + 15, NULL, 10);
      if (g_ascii_strncasecmp (line, "Retry-After:", 12) == 0)
        heard->retry_after = (guint)g_ascii_strtoull (line + 12, NULL, 10);
      if (*line == '\0')
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_answer (GIOStream *line, Heard *heard)
{
  g_autoptr (GDataInputStream) in = g_data_input_stream_new (g_io_stream_get_input_stream (line));
  gsize length, got;
  char *body;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (in), FALSE);
  g_data_input_stream_set_newline_type (in, G_DATA_STREAM_NEWLINE_TYPE_LF);
  if (!read_head (in, heard, &length))
    return FALSE;
  body = g_malloc (length + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (in), body, length, &got, NULL, NULL) || got != length)
    {
      g_free (body);
      return FALSE;
    }
  heard->body = g_bytes_new_take (body, length);
  return TRUE;
}

gboolean
calls_ask (GIOStream *line, const char *path, const char *token, GBytes *body, Heard *heard)
{
  GOutputStream *out = g_io_stream_get_output_stream (line);
  gsize length = body == NULL ? 0 : g_bytes_get_size (body);
  g_autoptr (GString) text = g_string_new (NULL);

  memset (heard, 0, sizeof *heard);
  g_string_printf (text, "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n",
                   body == NULL ? "GET" : "POST", path, token);
  if (body != NULL)
    g_string_append_printf (text, "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n", length);
  g_string_append (text, "\r\n");
  if (body != NULL)
    g_string_append_len (text, g_bytes_get_data (body, NULL), (gssize)length);
  return g_output_stream_write_all (out, text->str, text->len, NULL, NULL, NULL) && read_answer (line, heard);
}
