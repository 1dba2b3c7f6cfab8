/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wire/blob.h"

/* One file at a time, whole: up from the disk, or down to a temporary name that
 * becomes the hash when the bytes are that. */

#define BLOCK (64 * 1024)
#define SKIP_MS (10 * 60 * 1000)
#define REPLY_MAX (64 * 1024)

static void
begin_file (TdExchange *self, const char *sha)
{
  g_autoptr (TdStoredFile) stored = td_store_file (self->store, sha);

  g_free (self->file);
  self->file = g_strdup (sha);
  self->file_size = stored != NULL ? stored->size : 0;
  self->file_done = 0;
}

/* Tells the engine how the file under way ended. */
static void
end_file (TdExchange *self, TdEventKind kind, gint64 retry_after)
{
  g_autofree char *sha = g_steal_pointer (&self->file);
  TdEvent event = { .kind = kind, .retry_after = retry_after };

  if (kind == TD_EVENT_FILE_SKIPPED && sha != NULL)
    {
      g_hash_table_add (self->skip, g_strdup (sha));
      self->skip_until = td_exchange_clock () + SKIP_MS;
    }
  td_exchange_feed (self, &event);
  if (kind == TD_EVENT_FILE_DONE)
    g_signal_emit_by_name (self, "file", sha);
}

static TdEventKind
kind_of (guint status, gboolean ours)
{
  if (!ours || status >= 500 || status == 429)
    return TD_EVENT_FILE_FAILED;
  if (status == 401)
    return TD_EVENT_FILE_LOCKED;
  return status == 200 || status == 201 ? TD_EVENT_FILE_DONE : TD_EVENT_FILE_SKIPPED;
}

/* ---- up ---------------------------------------------------------------------------------- */

static void
on_uploaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdExchange) self = data;
  g_autoptr (GError) error = NULL;
  TdReply *reply = td_http_send_finish (result, &error);
  TdEventKind kind;

  if (td_result_cancelled (result))
    {
      td_reply_free (reply);
      return;
    }
  kind = reply != NULL ? kind_of (reply->status, reply->ours) : TD_EVENT_FILE_FAILED;
  if (kind == TD_EVENT_FILE_DONE && !td_store_set_uploaded (self->store, self->file, &error))
    {
      td_exchange_fail (self, g_steal_pointer (&error));
      kind = TD_EVENT_FILE_FAILED;
    }
  self->summary.uploaded += kind == TD_EVENT_FILE_DONE;
  end_file (self, kind, reply != NULL ? reply->retry_after : 0);
  td_reply_free (reply);
}

static void
on_wrote (SoupMessage *message, guint length, gpointer data)
{
  TdExchange *self = data;

  self->file_done += length;
}

static void
on_restarted (SoupMessage *message, gpointer data)
{
  GInputStream *stream = data;

  g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, NULL);
}

static GInputStream *
open_file (TdExchange *self, const char *sha)
{
  g_autofree char *path = td_store_file_path (self->store, sha);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  return file != NULL ? G_INPUT_STREAM (g_file_read (file, NULL, NULL)) : NULL;
}

void
td_exchange_upload (TdExchange *self, const char *sha)
{
  g_autofree char *path = td_blob_path (sha);
  g_autoptr (GInputStream) stream = open_file (self, sha);
  g_autoptr (SoupMessage) message = td_http_message ("POST", self->endpoint, path, self->token);

  begin_file (self, sha);
  if (stream == NULL || message == NULL)
    {
      end_file (self, TD_EVENT_FILE_SKIPPED, 0);
      return;
    }
  soup_message_set_request_body (message, "application/octet-stream", stream, self->file_size);
  g_signal_connect_object (message, "wrote-body-data", G_CALLBACK (on_wrote), self, 0);
  g_signal_connect_object (message, "restarted", G_CALLBACK (on_restarted), stream, 0);
  td_http_send_async (self->files, message, REPLY_MAX, self->cancellable, on_uploaded, g_object_ref (self));
}

/* ---- down ----------------------------------------------------------------------------------- */

typedef struct
{
  TdExchange *exchange;
  GCancellable *cancellable;
  SoupMessage *message;
  GInputStream *input;
  GOutputStream *output;
  GBytes *block; /* being written */
  char *sha;
} Download;

static void
download_free (Download *self)
{
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->exchange);
  g_clear_pointer (&self->block, g_bytes_unref);
  g_free (self->sha);
  g_free (self);
}

static void
end_download (Download *download, TdEventKind kind, gint64 retry_after)
{
  g_autoptr (TdExchange) self = g_object_ref (download->exchange);
  g_autofree char *temporary = NULL;

  if (g_cancellable_is_cancelled (download->cancellable))
    {
      download_free (download);
      return;
    }
  if (kind != TD_EVENT_FILE_DONE)
    {
      temporary = td_store_temp_path (self->store, download->sha);
      g_unlink (temporary);
    }
  self->summary.downloaded += kind == TD_EVENT_FILE_DONE;
  download_free (download);
  end_file (self, kind, retry_after);
}

static void
take_download (Download *download)
{
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_close (download->output, NULL, &error)
      || !td_store_take_download (download->exchange->store, download->sha, &error))
    {
      gboolean wrong = g_error_matches (error, TD_STORE_ERROR, TD_STORE_ERROR_HASH);

      if (wrong)
        g_warning ("a file that came can't be taken: other bytes than %s", download->sha);
      else
        td_exchange_fail (download->exchange, g_steal_pointer (&error));
      end_download (download, wrong ? TD_EVENT_FILE_SKIPPED : TD_EVENT_FILE_FAILED, 0);
      return;
    }
  end_download (download, TD_EVENT_FILE_DONE, 0);
}

static void read_block (Download *download);

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Download *download = data;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    read_block (download);
  else
    end_download (download, TD_EVENT_FILE_FAILED, 0);
}

static void
on_block (GObject *source, GAsyncResult *result, gpointer data)
{
  Download *download = data;
  TdExchange *self = download->exchange;

  g_clear_pointer (&download->block, g_bytes_unref);
  download->block = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  if (download->block == NULL || g_cancellable_is_cancelled (download->cancellable))
    {
      end_download (download, TD_EVENT_FILE_FAILED, 0);
      return;
    }
  if (g_bytes_get_size (download->block) == 0)
    {
      take_download (download);
      return;
    }
  self->file_done += (goffset)g_bytes_get_size (download->block);
  if (self->file_done > TD_FILE_MAX)
    {
      end_download (download, TD_EVENT_FILE_SKIPPED, 0);
      return;
    }
  g_output_stream_write_all_async (download->output, g_bytes_get_data (download->block, NULL),
                                   g_bytes_get_size (download->block), G_PRIORITY_DEFAULT, download->cancellable,
                                   on_written, download);
}

static void
read_block (Download *download)
{
  g_input_stream_read_bytes_async (download->input, BLOCK, G_PRIORITY_DEFAULT, download->cancellable, on_block,
                                   download);
}

static GOutputStream *
open_temporary (TdExchange *self, const char *sha)
{
  g_autofree char *path = td_store_temp_path (self->store, sha);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL));
}

static void
on_headers (GObject *source, GAsyncResult *result, gpointer data)
{
  Download *download = data;
  TdExchange *self = download->exchange;
  TdEventKind kind;

  download->input = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  if (download->input == NULL || g_cancellable_is_cancelled (download->cancellable))
    {
      end_download (download, TD_EVENT_FILE_FAILED, 0);
      return;
    }
  kind = kind_of (soup_message_get_status (download->message), td_http_is_ours (download->message));
  if (kind == TD_EVENT_FILE_DONE)
    download->output = open_temporary (self, download->sha);
  if (kind != TD_EVENT_FILE_DONE)
    end_download (download, kind, td_http_retry_after (download->message));
  else if (download->output == NULL)
    end_download (download, TD_EVENT_FILE_FAILED, 0);
  else
    read_block (download);
}

void
td_exchange_download (TdExchange *self, const char *sha)
{
  g_autofree char *path = td_blob_path (sha);
  g_autoptr (SoupMessage) message = td_http_message ("GET", self->endpoint, path, self->token);
  Download *download;

  begin_file (self, sha);
  if (message == NULL)
    {
      end_file (self, TD_EVENT_FILE_SKIPPED, 0);
      return;
    }
  download = g_new0 (Download, 1);
  download->exchange = g_object_ref (self);
  download->cancellable = g_object_ref (self->cancellable);
  download->message = g_object_ref (message);
  download->sha = g_strdup (sha);
  soup_session_send_async (self->files, message, G_PRIORITY_DEFAULT, self->cancellable, on_headers, download);
}
