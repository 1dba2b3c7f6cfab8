/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <string.h>

#include "store/packages.h"
#include "wire/blob.h"
#include "wire/tus.h"

/* A file up, by tus 1.0.0 (exchange.md 11): a larger one is asked about first, so that what the endpoint has is
 * never sent again; then all the rest goes in one request, and a cut only costs what was on its way. */

#define ASKED_FROM (64 * 1024) /* smaller ones are sent before one could have asked */
#define TURNS_MOST 8           /* answers that move nothing */
#define REPLY_MAX (64 * 1024)
/* A proxy that keeps whole bodies back lets nothing through when the line drops: then in pieces. */
#define FRUITLESS_MOST 2
#define PIECE_LARGE (256 * 1024)
#define PIECE_SMALL (64 * 1024)

typedef struct
{
  TdExchange *exchange;
  GCancellable *cancellable;
  SoupMessage *message;
  char *sha;
  char *path;
  gint64 size;
  gint64 offset;
  guint turns; /* answers without progress */
} Upload;

static void
upload_free (Upload *self)
{
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->exchange);
  g_free (self->sha);
  g_free (self->path);
  g_free (self);
}

static void
end_upload (Upload *upload, TdEventKind kind, gint64 retry_after)
{
  g_autoptr (TdExchange) self = g_object_ref (upload->exchange);
  g_autofree char *sha = g_strdup (upload->sha);
  g_autoptr (GError) error = NULL;

  if (kind == TD_EVENT_FILE_DONE && !td_store_set_uploaded (self->store, upload->sha, &error))
    {
      td_exchange_fail (self, g_steal_pointer (&error));
      kind = TD_EVENT_FILE_FAILED;
    }
  self->summary.uploaded += kind == TD_EVENT_FILE_DONE;
  if (kind != TD_EVENT_FILE_FAILED)
    g_hash_table_remove (self->places, upload->sha);
  upload_free (upload);
  if (kind == TD_EVENT_FILE_DONE && td_store_is_carrying (self->store, sha))
    td_exchange_carry (self, sha);
  else
    td_transfer_end (self, kind, retry_after);
}

/* ---- requests ---------------------------------------------------------------------------- */

static void on_answer (GObject *source, GAsyncResult *result, gpointer data);

static SoupMessage *
new_message (Upload *upload, const char *method)
{
  TdExchange *self = upload->exchange;
  SoupMessage *message = td_http_message (method, self->endpoint, upload->path, self->token);

  g_clear_object (&upload->message);
  upload->message = message;
  if (message != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Tus-Resumable", TD_TUS_VERSION);
  return message;
}

static void
send (Upload *upload)
{
  td_http_send_async (upload->exchange->files, upload->message, REPLY_MAX, upload->cancellable, on_answer, upload);
}

static void
ask (Upload *upload)
{
  if (new_message (upload, "HEAD") == NULL)
    end_upload (upload, TD_EVENT_FILE_SKIPPED, 0);
  else
    send (upload);
}

static void
on_wrote (SoupMessage *message, guint length, gpointer data)
{
  TdExchange *self = data;

  self->file_done += length;
}

static gint64
piece_of (Upload *upload)
{
  gint64 rest = upload->size - upload->offset;

  if (upload->exchange->fruitless < FRUITLESS_MOST)
    return rest;
  return MIN (rest, upload->exchange->fruitless < 2 * FRUITLESS_MOST ? PIECE_LARGE : PIECE_SMALL);
}

static GInputStream *
open_rest (Upload *upload)
{
  g_autofree char *path = td_store_file_path (upload->exchange->store, upload->sha);
  g_autoptr (GFile) file = path == NULL ? NULL : g_file_new_for_path (path);
  g_autoptr (GInputStream) stream = file == NULL ? NULL : G_INPUT_STREAM (g_file_read (file, NULL, NULL));

  if (stream == NULL || !g_seekable_seek (G_SEEKABLE (stream), upload->offset, G_SEEK_SET, NULL, NULL))
    return NULL;
  return g_steal_pointer (&stream);
}

static void
on_restarted (SoupMessage *message, gpointer data)
{
  goffset *from = g_object_get_data (data, "td-from");

  g_seekable_seek (G_SEEKABLE (data), *from, G_SEEK_SET, NULL, NULL);
}

static gboolean
set_body (Upload *upload, GInputStream *stream, gint64 length)
{
  if (length == upload->size - upload->offset)
    {
      g_object_set_data_full (G_OBJECT (stream), "td-from", g_memdup2 (&upload->offset, sizeof upload->offset), g_free);
      soup_message_set_request_body (upload->message, TD_TUS_STREAM, stream, length);
      g_signal_connect_object (upload->message, "restarted", G_CALLBACK (on_restarted), stream, 0);
    }
  else
    {
      g_autoptr (GBytes) bytes = g_input_stream_read_bytes (stream, (gsize)length, NULL, NULL);

      if (bytes == NULL || g_bytes_get_size (bytes) == 0)
        return FALSE;
      soup_message_set_request_body_from_bytes (upload->message, TD_TUS_STREAM, bytes);
    }
  return TRUE;
}

static void
set_number (SoupMessage *message, const char *name, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  soup_message_headers_replace (soup_message_get_request_headers (message), name, text);
}

static void
send_rest (Upload *upload, gboolean creates)
{
  g_autoptr (GInputStream) stream = open_rest (upload);

  if (stream == NULL || new_message (upload, creates ? "POST" : "PATCH") == NULL
      || !set_body (upload, stream, piece_of (upload)))
    {
      end_upload (upload, TD_EVENT_FILE_SKIPPED, 0);
      return;
    }
  if (creates)
    set_number (upload->message, "Upload-Length", upload->size);
  else
    set_number (upload->message, "Upload-Offset", upload->offset);
  td_transfer_resume (upload->exchange, upload->offset);
  g_signal_connect_object (upload->message, "wrote-body-data", G_CALLBACK (on_wrote), upload->exchange, 0);
  send (upload);
}

/* ---- answers ------------------------------------------------------------------------------- */

static const char *
told (Upload *upload, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (upload->message), name);
}

/* Where a stranger's server keeps what was created; ours says what we know. */
static void
take_location (Upload *upload)
{
  const char *location = told (upload, "Location");
  g_autoptr (GUri) where = location == NULL ? NULL
                                            : g_uri_parse_relative (soup_message_get_uri (upload->message), location,
                                                                    G_URI_FLAGS_NONE, NULL);
  GUri *here = soup_message_get_uri (upload->message);

  if (where == NULL || strcmp (g_uri_get_scheme (where), g_uri_get_scheme (here)) != 0
      || g_strcmp0 (g_uri_get_host (where), g_uri_get_host (here)) != 0
      || g_uri_get_port (where) != g_uri_get_port (here))
    return;
  g_free (upload->path);
  upload->path = g_strdup (g_uri_get_path (where));
  g_hash_table_replace (upload->exchange->places, g_strdup (upload->sha), g_strdup (upload->path));
}

/* Twice at the same byte: something on the way keeps bodies back. */
static void
note_progress (Upload *upload)
{
  TdExchange *self = upload->exchange;
  gboolean same = g_strcmp0 (self->stuck, upload->sha) == 0;

  if (same && upload->offset == self->stuck_at)
    self->fruitless++;
  else if (!same)
    self->fruitless = 0;
  if (!same)
    {
      g_free (self->stuck);
      self->stuck = g_strdup (upload->sha);
    }
  self->stuck_at = upload->offset;
}

static gboolean
go_on_from (Upload *upload, gint64 offset)
{
  if (offset < 0 || offset > upload->size)
    return FALSE;
  upload->turns = offset > upload->offset ? 0 : upload->turns + 1;
  upload->offset = offset;
  return upload->turns < TURNS_MOST;
}

static void
handle (Upload *upload, guint status)
{
  const char *method = soup_message_get_method (upload->message);
  gboolean creates = strcmp (method, "POST") == 0;
  gint64 offset = td_length (told (upload, "Upload-Offset"), TD_FILE_MAX);
  TdEventKind kind = td_transfer_kind (status, TRUE);

  if (strcmp (method, "HEAD") == 0 && status == 404)
    {
      send_rest (upload, TRUE);
      return;
    }
  if (creates && kind == TD_EVENT_FILE_DONE)
    take_location (upload);
  if (strcmp (method, "PATCH") == 0 && status == 404)
    {
      upload->offset = 0;
      if (++upload->turns < TURNS_MOST)
        send_rest (upload, TRUE);
      else
        end_upload (upload, TD_EVENT_FILE_FAILED, 0);
      return;
    }
  if ((kind != TD_EVENT_FILE_DONE && status != 409) || !go_on_from (upload, offset))
    {
      end_upload (upload, kind == TD_EVENT_FILE_DONE ? TD_EVENT_FILE_FAILED : kind,
                  td_http_retry_after (upload->message));
      return;
    }
  if (strcmp (method, "HEAD") == 0)
    note_progress (upload);
  if (upload->offset == upload->size)
    end_upload (upload, TD_EVENT_FILE_DONE, 0);
  else
    send_rest (upload, FALSE);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Upload *upload = data;
  TdReply *reply = td_http_send_finish (result, NULL);
  guint status = reply == NULL || !reply->ours ? 0 : reply->status;

  td_reply_free (reply);
  if (td_result_cancelled (result))
    upload_free (upload);
  else if (status == 0)
    end_upload (upload, TD_EVENT_FILE_FAILED, 0);
  else
    handle (upload, status);
}

void
td_exchange_upload (TdExchange *self, const char *sha)
{
  Upload *upload = g_new0 (Upload, 1);
  const char *place;

  td_transfer_begin (self, sha);
  upload->exchange = g_object_ref (self);
  upload->cancellable = g_object_ref (self->cancellable);
  upload->sha = g_strdup (sha);
  place = g_hash_table_lookup (self->places, sha);
  upload->path = place == NULL ? td_blob_path (sha) : g_strdup (place);
  upload->size = self->file_size;
  if (upload->size < ASKED_FROM)
    send_rest (upload, TRUE);
  else
    ask (upload);
}
