/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/http-private.h"

#include "endpoint/receive.h"
#include "wire/blob.h"
#include "wire/tus.h"

#include <string.h>

/* Files come under their hash by tus 1.0.0 (exchange.md 11): what has come stays, so a cut line or an end without
 * goodbye costs what was on its way. What is decided without HTTP stands in receive.c. */

#define UPLOADS_MOST 8                                   /* of one device at once */
#define PARTS_MOST 64                                    /* begun and not whole, of one unit */
#define PART_BYTES_MOST ((gint64)2 * 1024 * 1024 * 1024) /* what these will take */

struct _TdUpload
{
  TdServer *server;
  SoupServerMessage *message; /* borrowed: it owns this */
  char *key;
  TdPart *part; /* NULL once another request has taken it over */
  gint64 start;
  gboolean creates;
  gboolean too_large;
  gboolean failed;     /* could not be written */
  GChecksum *checksum; /* of this body, where the client told one */
  TdTusChecksum told;
};

static void
tell_tus (TdRequest *request)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Tus-Resumable",
                                TD_TUS_VERSION);
}

static const char *
asked (TdRequest *request, const char *name)
{
  return soup_message_headers_get_list (soup_server_message_get_request_headers (request->message), name);
}

static void
tell_number (TdRequest *request, const char *name, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), name, text);
}

static void
tell_expiry (TdRequest *request, const TdPart *part)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_utc (td_part_expires (part));
  g_autofree char *text = soup_date_time_to_string (then, SOUP_DATE_HTTP);

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Upload-Expires", text);
}

/* How far it is, and where; what every good answer of an upload says. */
static void
tell_progress (TdRequest *request, guint status, gint64 offset)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  tell_number (request, "Upload-Offset", offset);
  soup_message_headers_replace (headers, "Location", request->path);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  td_reply_empty (request, status);
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* ---- one body ------------------------------------------------------------------- */

static guint
count_uploads (TdServer *server, const char *key, int change)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (server->uploads, key));

  if (change != 0)
    {
      count = (guint)((int)count + change);
      if (count == 0)
        g_hash_table_remove (server->uploads, key);
      else
        g_hash_table_replace (server->uploads, g_strdup (key), GUINT_TO_POINTER (count));
    }
  return count;
}

static void
let_go (TdUpload *self)
{
  TdPart *part = g_steal_pointer (&self->part);

  if (part == NULL)
    return;
  part->writer = NULL;
  td_part_close (part);
}

void
td_upload_free (TdUpload *self)
{
  TdPart *part;

  if (self == NULL)
    return;
  part = self->part;
  let_go (self);
  if (part != NULL && part->offset == 0)
    td_parts_drop (self->server->parts, part); /* nothing has come */
  count_uploads (self->server, self->key, -1);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_free (self->key);
  g_free (self);
}

static void
on_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  TdUpload *self = ((TdRequest *)data)->upload;
  TdPart *part = self->part;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (chunk, &length);

  if (part == NULL || self->too_large || self->failed)
    return;
  if ((gint64)length > part->length - part->offset)
    {
      self->too_large = TRUE;
      td_guard_cut (self->server->guard, message);
      return;
    }
  if (self->checksum != NULL)
    g_checksum_update (self->checksum, bytes, (gssize)length);
  self->failed = !td_part_write (part, bytes, length, now ());
}

/* The newer request of two is the one that is alive. */
static void
take_over (TdServer *server, TdPart *part)
{
  TdUpload *older = part->writer;

  if (older == NULL)
    return;
  td_guard_cut (server->guard, older->message);
  let_go (older);
}

static void
open_upload (TdRequest *request, TdPart *part, gboolean creates, const TdTusChecksum *told)
{
  TdUpload *self = g_new0 (TdUpload, 1);

  self->server = request->server;
  self->message = request->message;
  self->key = g_strdup (request->key);
  self->part = part;
  self->start = part->offset;
  self->creates = creates;
  self->failed = !td_part_open (part);
  if (told != NULL)
    {
      self->told = *told;
      self->checksum = g_checksum_new (told->type);
    }
  part->writer = self;
  count_uploads (self->server, self->key, 1);
  request->upload = self;
  g_signal_connect (request->message, "got-chunk", G_CALLBACK (on_chunk), request);
}

/* ---- what is asked for ------------------------------------------------------------ */

/* FALSE: answered. */
static gboolean
settle (TdRequest *request)
{
  TdServer *server = request->server;
  const char *sha = td_blob_sha (request->path);
  g_autofree char *path = td_server_file_path (server, sha);
  TdProblem *problem = NULL;

  if (td_receive_settle (server->centre, server->parts, request->unit, sha, path, &problem))
    return TRUE;
  td_reply_problem (request, problem);
  return FALSE;
}

/* Without the header an older client speaks; with another version nobody knows what is meant. */
static gboolean
speaks_tus (TdRequest *request, gboolean must)
{
  const char *version = asked (request, "Tus-Resumable");

  tell_tus (request);
  if (version == NULL ? !must : strcmp (version, TD_TUS_VERSION) == 0)
    return TRUE;
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Tus-Version",
                                TD_TUS_VERSION);
  td_reply_fail (request, 412, "tus", "tus 1.0.0 is spoken");
  return FALSE;
}

static gboolean
is_plain (TdRequest *request)
{
  if (asked (request, "Content-Encoding") == NULL)
    return TRUE;
  td_reply_fail (request, 415, "coding", "a file travels as it is");
  return FALSE;
}

/* FALSE: answered. @told is only filled where a checksum was told. */
static gboolean
read_checksum (TdRequest *request, TdTusChecksum *told, gboolean *has)
{
  const char *header = asked (request, "Upload-Checksum");

  *has = header != NULL;
  if (header == NULL || td_tus_checksum_read (header, told) == TD_TUS_CHECKSUM_GOOD)
    return TRUE;
  td_reply_fail (request, 400, "bad-request", "Upload-Checksum");
  return FALSE;
}

static void
reply_too_big (TdRequest *request, gint64 max)
{
  TdProblem *problem = td_problem_new (413, "too-big", NULL);

  problem->max = max;
  td_reply_problem (request, problem);
}

static gboolean
has_room (TdRequest *request, gint64 length)
{
  guint count;
  gint64 bytes;

  td_parts_expire (request->server->parts, now ());
  td_parts_of (request->server->parts, request->unit, &count, &bytes);
  if (count < PARTS_MOST && bytes + length <= PART_BYTES_MOST
      && count_uploads (request->server, request->key, 0) < UPLOADS_MOST)
    return TRUE;
  td_reply_fail (request, 429, "too-many", NULL);
  return FALSE;
}

/* Length of the whole file: told, or that of a body that is all of it. -1: answered. */
static gint64
whole_length (TdRequest *request)
{
  const char *told = asked (request, "Upload-Length");
  const char *body = asked (request, "Content-Length");
  gint64 length = td_length (told != NULL ? told : body, G_MAXINT64);

  if (length < 0)
    td_reply_fail (request, 400, "bad-request", "Upload-Length");
  else if (length > TD_BLOB_MAX)
    reply_too_big (request, TD_BLOB_MAX);
  else if (body != NULL && td_length (body, length) < 0)
    reply_too_big (request, length);
  else
    return length;
  return -1;
}

static void
begin_part (TdRequest *request, const char *sha, gint64 length, const TdTusChecksum *told)
{
  TdParts *parts = request->server->parts;
  TdPart *part = td_parts_find (parts, request->unit, sha);

  if (part != NULL)
    {
      take_over (request->server, part);
      if (td_receive_goes_on (part, length, asked (request, "Upload-Length") != NULL))
        {
          tell_expiry (request, part);
          tell_progress (request, 200, part->offset);
          return;
        }
      td_parts_drop (parts, part);
    }
  if (!has_room (request, length))
    return;
  part = td_parts_begin (parts, request->unit, sha, length, now ());
  if (part == NULL)
    td_reply_fail (request, 507, "full", NULL);
  else
    open_upload (request, part, TRUE, told);
}

static void
begin_post (TdRequest *request)
{
  const char *sha = td_blob_sha (request->path);
  TdTusChecksum told = { 0 };
  gboolean has = FALSE;
  TdProblem *problem = NULL;
  gint64 there, length;

  if (!speaks_tus (request, FALSE) || !is_plain (request) || !read_checksum (request, &told, &has) || !settle (request))
    return;
  if (td_receive_is_there (request->server->centre, request->unit, sha, &there, &problem))
    tell_progress (request, 200, there);
  else if (problem != NULL)
    td_reply_problem (request, problem);
  else if ((length = whole_length (request)) >= 0)
    begin_part (request, sha, length, has ? &told : NULL);
}

static void
reply_offset (TdRequest *request, gint64 offset)
{
  tell_number (request, "Upload-Offset", offset);
  td_reply_fail (request, 409, "upload-offset", NULL);
}

static void
begin_patch (TdRequest *request)
{
  const char *sha = td_blob_sha (request->path);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  gint64 offset = td_length (asked (request, "Upload-Offset"), TD_BLOB_MAX);
  const char *body = asked (request, "Content-Length");
  TdTusChecksum told = { 0 };
  gboolean has = FALSE;
  TdProblem *problem = NULL;
  gint64 there;
  TdPart *part;

  if (!speaks_tus (request, TRUE) || !is_plain (request) || !read_checksum (request, &told, &has) || !settle (request))
    return;
  part = td_parts_find (request->server->parts, request->unit, sha);
  if (g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), TD_TUS_STREAM) != 0)
    td_reply_fail (request, 415, "coding", TD_TUS_STREAM " is expected");
  else if (offset < 0)
    td_reply_fail (request, 400, "bad-request", "Upload-Offset");
  else if (part == NULL && td_receive_is_there (request->server->centre, request->unit, sha, &there, &problem))
    offset == there ? tell_progress (request, 204, there) : reply_offset (request, there);
  else if (problem != NULL)
    td_reply_problem (request, problem);
  else if (part == NULL)
    td_reply_fail (request, 404, "not-found", NULL);
  else
    {
      take_over (request->server, part);
      if (part->offset != offset)
        reply_offset (request, part->offset);
      else if (body != NULL && td_length (body, part->length - offset) < 0)
        reply_too_big (request, part->length - offset);
      else if (count_uploads (request->server, request->key, 0) >= UPLOADS_MOST)
        td_reply_fail (request, 429, "too-many", NULL);
      else
        open_upload (request, part, FALSE, has ? &told : NULL);
    }
}

/** td_upload_begin: at the header of a POST or PATCH: answered at once, or its body goes where it belongs. */
void
td_upload_begin (TdRequest *request)
{
  if (strcmp (soup_server_message_get_method (request->message), "PATCH") == 0)
    begin_patch (request);
  else
    begin_post (request);
}

/* ---- come ---------------------------------------------------------------------- */

static gboolean
is_as_told (TdUpload *self)
{
  guint8 digest[TD_TUS_DIGEST_MAX];
  gsize length = sizeof digest;

  if (self->checksum == NULL)
    return TRUE;
  g_checksum_get_digest (self->checksum, digest, &length);
  return length == self->told.length && memcmp (digest, self->told.digest, length) == 0;
}

static void
finish_whole (TdRequest *request, TdPart *part, guint status)
{
  const char *sha = td_blob_sha (request->path);
  g_autofree char *path = td_server_file_path (request->server, sha);
  gint64 length = part->length;
  TdProblem *problem = NULL;

  if (td_receive_whole (request->server->centre, request->server->parts, part, request->unit, sha, path, &problem))
    tell_progress (request, status, length);
  else
    td_reply_problem (request, problem);
}

static void
finish (TdRequest *request, TdUpload *self)
{
  TdPart *part = self->part;
  guint status = self->creates ? 201 : 204;

  if (part == NULL) /* a newer request has it */
    td_reply_fail (request, 409, "upload-offset", NULL);
  else if (self->failed)
    td_reply_fail (request, 507, "full", NULL);
  else if (!is_as_told (self))
    {
      let_go (self);
      td_part_cut_back (part, self->start);
      td_reply_fail (request, 460, "checksum", "the body is not what its checksum says");
    }
  else if (!td_part_close (part))
    td_reply_fail (request, 507, "full", NULL);
  else
    {
      let_go (self);
      if (part->offset == part->length)
        {
          finish_whole (request, part, status);
          return;
        }
      tell_expiry (request, part);
      tell_progress (request, status, part->offset);
    }
}

void
td_upload_finish (TdRequest *request)
{
  finish (request, request->upload);
  g_clear_pointer (&request->upload, td_upload_free);
}

/* ---- asked about, given up -------------------------------------------------------- */

void
td_upload_head (TdRequest *request)
{
  TdCentre *centre = request->server->centre;
  const char *sha = td_blob_sha (request->path);
  TdPart *part;
  gboolean holds;
  gint64 length;

  if (!speaks_tus (request, FALSE) || !settle (request))
    return;
  part = td_parts_find (request->server->parts, request->unit, sha);
  holds = td_receive_holds (centre, request->unit, sha);
  length = td_centre_file_length (centre, sha);
  if (!holds && part == NULL)
    {
      td_reply_fail (request, 404, "not-found", NULL);
      return;
    }
  if (!holds)
    {
      take_over (request->server, part);
      tell_expiry (request, part);
    }
  tell_number (request, "Upload-Length", holds ? length : part->length);
  tell_progress (request, 200, holds ? length : part->offset);
}

void
td_upload_drop (TdRequest *request)
{
  TdPart *part = td_parts_find (request->server->parts, request->unit, td_blob_sha (request->path));

  if (!speaks_tus (request, TRUE))
    return;
  if (part == NULL)
    {
      td_reply_fail (request, 404, "not-found", NULL);
      return;
    }
  take_over (request->server, part);
  td_parts_drop (request->server->parts, part);
  td_reply_empty (request, 204);
}

void
td_upload_options (TdRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  tell_tus (request);
  soup_message_headers_replace (headers, "Tus-Version", TD_TUS_VERSION);
  soup_message_headers_replace (headers, "Tus-Extension", TD_TUS_EXTENSIONS);
  soup_message_headers_replace (headers, "Tus-Checksum-Algorithm", TD_TUS_CHECKSUMS);
  tell_number (request, "Tus-Max-Size", TD_BLOB_MAX);
  td_reply_empty (request, 204);
}
