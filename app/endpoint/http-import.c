/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/http-private.h"
#include "endpoint/import.h"

#include "dossier/crypto.h"
#include "endpoint/centre-private.h"
#include "store/disk.h"

#include <glib/gstdio.h>

/* POST /v1/import {"sha"}: a package that came as a file. Whoever uploaded it carries it; what it
 * holds is judged by its own signatures. */

static char *
uploaded_path (TdRequest *request, GBytes *bytes)
{
  TdCentre *centre = request->server->centre;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonObject) json
      = td_json_parse_object (data == NULL ? "" : data, (gssize)length, TD_ENROL_WIRE_MAX, NULL);
  const char *sha = td_json_string (json, "sha");

  if (!td_is_hex (sha, TD_DIGEST_LENGTH))
    td_reply_fail (request, 400, "bad-request", "sha");
  else if (td_centre_file_length (centre, sha) < 0
           || td_centre_file_access (centre, request->unit, sha) != TD_ACCESS_HOLD)
    td_reply_fail (request, 404, "not-found", NULL);
  else
    return td_server_file_path (request->server, sha);
  return NULL;
}

static void
reply_receipt (TdRequest *request, const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  g_autoptr (GBytes) bytes = file == NULL ? NULL : g_mapped_file_get_bytes (file);

  if (bytes == NULL)
    {
      td_reply_fail (request, 500, "internal", "receipt");
      return;
    }
  soup_server_message_set_status (request->message, 200, NULL);
  soup_message_headers_set_content_type (headers, "application/octet-stream", NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_body_append_bytes (soup_server_message_get_response_body (request->message), bytes);
  soup_message_body_complete (soup_server_message_get_response_body (request->message));
}

void
td_answer_import (TdRequest *request, GBytes *body)
{
  g_autoptr (GBytes) bytes = body;
  g_autofree char *path = bytes == NULL ? NULL : uploaded_path (request, bytes);
  g_autofree char *random = td_random_text (8);
  g_autofree char *folder = g_build_filename (request->server->folder, "packages", NULL);
  g_autofree char *receipt = g_build_filename (folder, random, NULL);
  TdMoment moment = td_server_moment (request->server);
  TdImported imported = { NULL };
  TdProblem *problem = NULL;

  if (path == NULL)
    return;
  if (!td_disk_make_folder (folder, NULL))
    td_reply_fail (request, 507, "full", NULL);
  else if (td_centre_import (request->server->centre, request->server->folder, path, receipt, &moment, &imported,
                             &problem))
    reply_receipt (request, receipt);
  else
    td_reply_problem (request, problem);
  g_unlink (receipt);
  td_imported_clear (&imported);
}
