/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/http-private.h"

#include "endpoint/receive.h"
#include "store/disk.h"
#include "wire/blob.h"
#include "wire/tus.h"

#include <string.h>

/* Files go out whole, or from the byte on that a client lacks. Ranges are served here and hidden from libsoup,
 * whose own handling of them can't be trusted (exchange.md 5, fact 10). */

char *
td_server_file_path (TdServer *server, const char *sha)
{
  g_autofree char *part = g_strndup (sha, 2);

  return g_build_filename (server->files, part, sha, NULL);
}

gboolean
td_server_make_folders (TdServer *server, GError **error)
{
  if (!td_disk_make_folder (server->files, error) || !td_disk_make_folder (server->incoming, error))
    return FALSE;
  server->parts = td_parts_new (server->incoming);
  return TRUE;
}

static GBytes *
open_file (TdRequest *request, const char *sha)
{
  g_autofree char *path = td_server_file_path (request->server, sha);
  gboolean may = td_receive_may_read (request->server->centre, request->unit, sha);
  g_autoptr (GMappedFile) file = may ? g_mapped_file_new (path, FALSE, NULL) : NULL;

  return file == NULL ? NULL : g_mapped_file_get_bytes (file);
}

/* A name is its bytes for ever, so If-Range can only fail for something that isn't ours. */
static TdRange
range_of (TdRequest *request, const char *tag, gint64 length, gint64 *first, gint64 *last)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *condition = soup_message_headers_get_one (headers, "If-Range");
  g_autofree char *range = g_strdup (soup_message_headers_get_list (headers, "Range"));

  soup_message_headers_remove (headers, "Range");
  if (condition != NULL && strcmp (condition, tag) != 0)
    g_clear_pointer (&range, g_free);
  return td_range_read (range, length, first, last);
}

static void
give (TdRequest *request, guint status, GBytes *bytes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  SoupMessageBody *body = soup_server_message_get_response_body (request->message);

  soup_server_message_set_status (request->message, status, NULL);
  soup_message_headers_set_content_type (headers, "application/octet-stream", NULL);
  soup_message_headers_set_content_length (headers, (goffset)g_bytes_get_size (bytes));
  soup_message_body_append_bytes (body, bytes);
  soup_message_body_complete (body);
}

static void
give_part (TdRequest *request, GBytes *bytes, gint64 first, gint64 last)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, (gsize)first, (gsize)(last - first + 1));
  g_autofree char *range = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GSIZE_FORMAT, first,
                                            last, g_bytes_get_size (bytes));

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Content-Range", range);
  give (request, 206, part);
}

static void
refuse_range (TdRequest *request, gint64 length)
{
  g_autofree char *range = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, length);

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Content-Range", range);
  td_reply_fail (request, 416, "range", NULL);
}

void
td_download (TdRequest *request)
{
  const char *sha = td_blob_sha (request->path);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", sha);
  g_autoptr (GBytes) bytes = open_file (request, sha);
  gint64 length = bytes == NULL ? 0 : (gint64)g_bytes_get_size (bytes);
  gint64 first, last;
  TdRange range = range_of (request, tag, length, &first, &last);

  if (bytes == NULL)
    {
      td_reply_fail (request, 404, "not-found", NULL);
      return;
    }
  soup_message_headers_replace (headers, "ETag", tag);
  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  if (range == TD_RANGE_BEYOND)
    refuse_range (request, length);
  else if (range == TD_RANGE_PART)
    give_part (request, bytes, first, last);
  else
    give (request, 200, bytes);
}
