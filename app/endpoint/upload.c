/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/http-private.h"

#include "endpoint/centre-private.h"
#include "store/disk.h"
#include "wire/blob.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Files, whole, under their hash (exchange.md 2.8; resuming comes later). Bytes go
 * to "incoming" as they come; only what has the hash it is named by is synced and
 * renamed into "files", and only then the journal says so. */

#define UPLOADS_MOST 8 /* of one device at once */

struct _TdUpload
{
  TdServer *server;
  char *key;
  char *path; /* in "incoming" */
  int fd;
  GChecksum *checksum;
  gint64 length;
  gboolean too_large;
  gboolean failed; /* could not be written */
};

char *
td_server_file_path (TdServer *server, const char *sha)
{
  g_autofree char *part = g_strndup (sha, 2);

  return g_build_filename (server->files, part, sha, NULL);
}

/* What an end without goodbye left half done. */
static void
empty_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
}

gboolean
td_server_make_folders (TdServer *server, GError **error)
{
  if (!td_disk_make_folder (server->files, error) || !td_disk_make_folder (server->incoming, error))
    return FALSE;
  empty_folder (server->incoming);
  return TRUE;
}

/* ---- coming -------------------------------------------------------------------- */

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

void
td_upload_free (TdUpload *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  /* After the rename there is nothing of that name. */
  g_unlink (self->path);
  count_uploads (self->server, self->key, -1);
  g_checksum_free (self->checksum);
  g_free (self->path);
  g_free (self->key);
  g_free (self);
}

static gboolean
write_all (int fd, const guint8 *data, gsize length)
{
  while (length > 0)
    {
      gssize written = write (fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      length -= (gsize)written;
    }
  return TRUE;
}

static void
on_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  TdUpload *self = ((TdRequest *)data)->upload;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (chunk, &length);

  if (self->too_large || self->failed)
    return;
  self->length += (gint64)length;
  if (self->length > TD_BLOB_MAX)
    {
      self->too_large = TRUE;
      td_guard_cut (self->server->guard, message);
      return;
    }
  g_checksum_update (self->checksum, bytes, (gssize)length);
  self->failed = !write_all (self->fd, bytes, length);
}

static TdUpload *
open_upload (TdRequest *request)
{
  TdUpload *self = g_new0 (TdUpload, 1);
  g_autofree char *name = td_random_text (16);

  self->server = request->server;
  self->key = g_strdup (request->key);
  self->path = g_build_filename (request->server->incoming, name, NULL);
  self->fd = g_open (self->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  count_uploads (self->server, self->key, 1);
  if (self->fd >= 0)
    return self;
  g_warning ("%s: %s", self->path, g_strerror (errno));
  td_upload_free (self);
  return NULL;
}

/* What this unit may rely on already needs no second journey; the hash alone of
 * another's file tells nothing and opens nothing. */
static gboolean
is_there (TdRequest *request, const char *sha, TdProblem **problem)
{
  TdCentre *centre = request->server->centre;
  gint64 length = td_centre_file_length (centre, sha);

  switch (length < 0 ? TD_ACCESS_NONE : td_centre_file_access (centre, request->unit, sha))
    {
    case TD_ACCESS_HOLD:
      return TRUE;
    case TD_ACCESS_READ:
      return td_centre_file_arrived (centre, request->unit, sha, length, problem);
    case TD_ACCESS_NONE:
    default:
      return FALSE;
    }
}

void
td_upload_begin (TdRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *told = soup_message_headers_get_list (headers, "Content-Length");
  const char *sha = td_blob_sha (request->path);
  TdProblem *problem = NULL;

  if (soup_message_headers_get_list (headers, "Content-Encoding") != NULL)
    td_reply_fail (request, 415, "coding", "a file travels as it is");
  else if (told != NULL && td_length (told, TD_BLOB_MAX) < 0)
    {
      problem = td_problem_new (413, "too-big", NULL);
      problem->max = TD_BLOB_MAX;
      td_reply_problem (request, problem);
    }
  else if (is_there (request, sha, &problem))
    td_reply_empty (request, 200);
  else if (problem != NULL)
    td_reply_problem (request, problem);
  else if (count_uploads (request->server, request->key, 0) >= UPLOADS_MOST)
    td_reply_fail (request, 429, "too-many", NULL);
  else if ((request->upload = open_upload (request)) == NULL)
    td_reply_fail (request, 507, "full", NULL);
  else
    g_signal_connect (request->message, "got-chunk", G_CALLBACK (on_chunk), request);
}

/* ---- come ---------------------------------------------------------------------- */

static gboolean
put_in_place (TdUpload *self, const char *sha)
{
  g_autofree char *path = td_server_file_path (self->server, sha);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  int fd = self->fd;

  self->fd = -1;
  if (g_close (fd, &error) && td_disk_make_folder (folder, &error) && td_disk_put (self->path, path, &error))
    return TRUE;
  g_warning ("%s: %s", path, error->message);
  return FALSE;
}

void
td_upload_finish (TdRequest *request)
{
  TdUpload *self = request->upload;
  const char *sha = td_blob_sha (request->path);
  TdProblem *problem = NULL;

  if (self->failed)
    td_reply_fail (request, 507, "full", NULL);
  else if (strcmp (g_checksum_get_string (self->checksum), sha) != 0)
    td_reply_fail (request, 422, "hash", "the bytes are not those of that name");
  else if (!put_in_place (self, sha))
    td_reply_fail (request, 507, "full", NULL);
  else if (!td_centre_file_arrived (request->server->centre, request->unit, sha, self->length, &problem))
    td_reply_problem (request, problem);
  else
    td_reply_empty (request, 201);
  g_clear_pointer (&request->upload, td_upload_free);
}

/* ---- going --------------------------------------------------------------------- */

static void
tell_length (TdRequest *request, gint64 length)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  soup_message_headers_set_content_type (headers, "application/octet-stream", NULL);
  soup_message_headers_set_content_length (headers, length);
}

void
td_download (TdRequest *request)
{
  TdCentre *centre = request->server->centre;
  const char *sha = td_blob_sha (request->path);
  g_autofree char *path = td_server_file_path (request->server, sha);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", sha);
  gboolean may = td_centre_file_length (centre, sha) >= 0
                 && td_centre_file_access (centre, request->unit, sha) != TD_ACCESS_NONE;
  g_autoptr (GMappedFile) file = may ? g_mapped_file_new (path, FALSE, NULL) : NULL;
  g_autoptr (GBytes) bytes = file == NULL ? NULL : g_mapped_file_get_bytes (file);

  if (bytes == NULL)
    {
      td_reply_fail (request, 404, "not-found", NULL);
      return;
    }
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "ETag", tag);
  soup_server_message_set_status (request->message, 200, NULL);
  tell_length (request, (gint64)g_bytes_get_size (bytes));
  soup_message_body_append_bytes (soup_server_message_get_response_body (request->message), bytes);
  soup_message_body_complete (soup_server_message_get_response_body (request->message));
}

/* Only about what the unit holds itself: nobody probes for another's papers. */
void
td_download_head (TdRequest *request)
{
  TdCentre *centre = request->server->centre;
  const char *sha = td_blob_sha (request->path);
  gint64 length = td_centre_file_length (centre, sha);

  if (length < 0 || td_centre_file_access (centre, request->unit, sha) != TD_ACCESS_HOLD)
    {
      td_reply_fail (request, 404, "not-found", NULL);
      return;
    }
  soup_server_message_set_status (request->message, 200, NULL);
  tell_length (request, length);
}
