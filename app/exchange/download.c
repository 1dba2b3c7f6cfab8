/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wire/blob.h"
#include "wire/tus.h"

/* A file down, to a temporary name that becomes the hash when the bytes are that. What came of it stays for the
 * next time, which asks only for the rest. */

#define BLOCK (64 * 1024)

typedef struct
{
  TdExchange *exchange;
  GCancellable *cancellable;
  SoupMessage *message;
  GInputStream *input;
  GOutputStream *output;
  GBytes *block; /* being written */
  char *sha;
  goffset from;  /* bytes that are here already */
  goffset whole; /* of the file, as the endpoint says */
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
  if (kind == TD_EVENT_FILE_SKIPPED)
    {
      temporary = td_store_temp_path (self->store, download->sha);
      g_unlink (temporary);
    }
  self->summary.downloaded += kind == TD_EVENT_FILE_DONE;
  download_free (download);
  td_transfer_end (self, kind, retry_after);
}

static void
fail_to_take (Download *download, GError *error)
{
  gboolean wrong = g_error_matches (error, TD_STORE_ERROR, TD_STORE_ERROR_HASH);

  if (wrong)
    g_warning ("a file that came can't be taken: other bytes than %s", download->sha);
  else
    td_exchange_fail (download->exchange, g_error_copy (error));
  end_download (download, wrong ? TD_EVENT_FILE_SKIPPED : TD_EVENT_FILE_FAILED, 0);
}

/* Once cancelled, the store may be closed. */
static void
on_taken (GObject *source, GAsyncResult *result, gpointer data)
{
  Download *download = data;
  g_autoptr (GError) error = NULL;

  if (g_cancellable_is_cancelled (download->cancellable)
      || td_store_take_download_finish (download->exchange->store, result, &error))
    end_download (download, TD_EVENT_FILE_DONE, 0);
  else
    fail_to_take (download, error);
}

static void
take_download (Download *download)
{
  g_autoptr (GError) error = NULL;

  if (g_output_stream_close (download->output, NULL, &error))
    td_store_take_download_async (download->exchange->store, download->sha, download->cancellable, on_taken, download);
  else
    fail_to_take (download, error);
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
      /* A line that breaks looks like an end: what came stays, the rest is for the next time. */
      if (self->file_done < download->whole)
        end_download (download, TD_EVENT_FILE_FAILED, 0);
      else
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

/* The rest of what lies there, or all of it anew. */
static GOutputStream *
open_temporary (TdExchange *self, const char *sha, gboolean rest)
{
  g_autofree char *path = td_store_temp_path (self->store, sha);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (rest)
    return G_OUTPUT_STREAM (g_file_append_to (file, G_FILE_CREATE_PRIVATE, NULL, NULL));
  return G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL));
}

static goffset
bytes_here (TdExchange *self, const char *sha)
{
  g_autofree char *path = td_store_temp_path (self->store, sha);
  GStatBuf status;

  return g_stat (path, &status) == 0 ? status.st_size : 0;
}

/* 206 of exactly the rest; 200 is the whole file, whatever was asked. */
static TdEventKind
take_status (Download *download, gboolean *rest)
{
  TdExchange *self = download->exchange;
  guint status = soup_message_get_status (download->message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (download->message);
  gint64 first = td_content_range_first (soup_message_headers_get_one (headers, "Content-Range"), -1);

  *rest = status == 206;
  if (*rest && first != download->from)
    return TD_EVENT_FILE_SKIPPED;
  if (!*rest)
    download->from = 0;
  download->whole = download->from + soup_message_headers_get_content_length (headers);
  td_transfer_resume (self, download->from);
  return td_transfer_kind (status, td_http_is_ours (download->message));
}

static void
on_headers (GObject *source, GAsyncResult *result, gpointer data)
{
  Download *download = data;
  TdExchange *self = download->exchange;
  TdEventKind kind;
  gboolean rest;

  download->input = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  if (download->input == NULL || g_cancellable_is_cancelled (download->cancellable))
    {
      end_download (download, TD_EVENT_FILE_FAILED, 0);
      return;
    }
  kind = take_status (download, &rest);
  if (kind == TD_EVENT_FILE_DONE)
    download->output = open_temporary (self, download->sha, rest);
  if (kind != TD_EVENT_FILE_DONE)
    end_download (download, kind, td_http_retry_after (download->message));
  else if (download->output == NULL)
    end_download (download, TD_EVENT_FILE_FAILED, 0);
  else
    read_block (download);
}

static void
ask_for_rest (Download *download)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (download->message);
  g_autofree char *range = NULL;
  g_autofree char *tag = NULL;

  download->from = bytes_here (download->exchange, download->sha);
  if (download->from == 0)
    return;
  range = g_strdup_printf ("bytes=%" G_GOFFSET_FORMAT "-", download->from);
  tag = g_strdup_printf ("\"%s\"", download->sha);
  soup_message_headers_replace (headers, "Range", range);
  soup_message_headers_replace (headers, "If-Range", tag);
}

void
td_exchange_download (TdExchange *self, const char *sha)
{
  g_autofree char *path = td_blob_path (sha);
  g_autoptr (SoupMessage) message = td_http_message ("GET", self->endpoint, path, self->token);
  Download *download;

  td_transfer_begin (self, sha);
  if (message == NULL)
    {
      td_transfer_end (self, TD_EVENT_FILE_SKIPPED, 0);
      return;
    }
  download = g_new0 (Download, 1);
  download->exchange = g_object_ref (self);
  download->cancellable = g_object_ref (self->cancellable);
  download->message = g_object_ref (message);
  download->sha = g_strdup (sha);
  ask_for_rest (download);
  soup_session_send_async (self->files, message, G_PRIORITY_DEFAULT, self->cancellable, on_headers, download);
}
