/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/http-private.h"

#include "endpoint/admit.h"
#include "wire/blob.h"
#include "wire/coding.h"

#include <string.h>

#define DRAIN_MOST (4 * 1024 * 1024) /* a refused body is read to its end up to here, so that the answer arrives */
#define BUCKETS_MOST 4096

void
td_server_options_init (TdServerOptions *self)
{
  *self = (TdServerOptions){ .today = TD_DATE_NONE,
                             .rate = 10,
                             .burst = 200,
                             .push_rate = 60,
                             .push_burst = 600,
                             .connections = 64,
                             .header_seconds = 20,
                             .progress_seconds = 60 };
}

/* ---- what is answered ---------------------------------------------------------- */

static void
reply_json (TdRequest *request, guint status, GBytes *bytes, const GError *error)
{
  if (bytes != NULL)
    {
      td_reply_json (request, status, bytes);
      return;
    }
  g_warning ("answer: %s", error->message);
  td_reply_fail (request, 500, "internal", NULL);
}

static void
answer_hello (TdRequest *request)
{
  TdMoment moment = td_server_moment (request->server);
  const char *k = request->query == NULL ? NULL : g_hash_table_lookup (request->query, "k");
  g_autoptr (TdHello) hello = td_hello_new ();
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  if (k != NULL && (strlen (k) > 32 || strspn (k, "0123456789abcdef") != strlen (k)))
    {
      td_reply_fail (request, 400, "bad-request", "k");
      return;
    }
  g_free (hello->k);
  g_free (hello->day);
  hello->k = g_strdup (k == NULL ? "" : k);
  hello->day = td_date_to_iso (moment.day);
  hello->practice = moment.practice;
  hello->t = moment.now;
  bytes = td_hello_write (hello, &error);
  reply_json (request, 200, bytes, error);
}

static void
answer_campaign (TdRequest *request)
{
  const TdCampaign *campaign = td_centre_campaign (request->server->centre);

  td_reply_document (request, td_campaign_source (campaign), td_campaign_digest (campaign));
}

static void
answer_units (TdRequest *request)
{
  TdCentre *centre = request->server->centre;

  td_reply_document (request, td_units_source (td_centre_units (centre)), td_centre_units_digest (centre));
}

static void
answer_ca (TdRequest *request)
{
  g_autofree char *pem = td_centre_ca (request->server->centre);

  if (*pem == '\0')
    td_reply_fail (request, 404, "not-found", NULL);
  else
    td_reply_text (request, "application/x-pem-file", pem);
}

/* The body, inflated where it says so; NULL where the answer is given already. */
static GBytes *
take_body (TdRequest *request, gsize inflated)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *name = soup_message_headers_get_list (headers, "Content-Encoding");
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&request->body));
  g_autoptr (GError) error = NULL;
  TdCoding coding;
  GBytes *plain;

  td_coding_read (name, &coding); /* is_readable() refused what is none */
  plain = td_coding_unpack (coding, bytes, NULL, inflated, &error);
  if (plain == NULL && g_error_matches (error, TD_WIRE_ERROR, TD_WIRE_ERROR_LIMITS))
    {
      TdProblem *problem = td_problem_new (413, "too-big", error->message);

      problem->max = (gint64)inflated;
      td_reply_problem (request, problem);
    }
  else if (plain == NULL)
    td_reply_fail (request, 400, "bad-request", error->message);
  return plain;
}

static void
reply_unreadable (TdRequest *request, const GError *error)
{
  TdProblem *problem;

  if (!g_error_matches (error, TD_WIRE_ERROR, TD_WIRE_ERROR_VERSION))
    {
      td_reply_fail (request, 400, "bad-request", error->message);
      return;
    }
  problem = td_problem_new (426, "too-old", NULL);
  problem->min = TD_PROTOCOL;
  td_reply_problem (request, problem);
}

static void
answer_sync (TdRequest *request)
{
  TdMoment moment = td_server_moment (request->server);
  g_autoptr (GBytes) bytes = take_body (request, TD_SYNC_INFLATED_MAX);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSyncRequest) sync = bytes == NULL ? NULL : td_sync_request_read (bytes, &error);
  g_autoptr (TdSyncAnswer) answer = NULL;
  TdProblem *problem = NULL;
  GBytes *out;

  if (bytes == NULL)
    return;
  if (sync == NULL)
    {
      reply_unreadable (request, error);
      return;
    }
  request->known = g_bytes_ref (bytes);
  answer = td_centre_sync (request->server->centre, request->key, sync, &moment, &problem);
  if (answer == NULL)
    {
      td_reply_problem (request, problem);
      return;
    }
  out = td_sync_answer_write (answer, &error);
  reply_json (request, 200, out, error);
}

static void
answer_nothing (TdRequest *request, const char *k)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), TD_HEADER_ECHO, k);
  td_reply_empty (request, 200);
}

static void
answer_poll (TdRequest *request)
{
  TdMoment moment = td_server_moment (request->server);
  g_autoptr (TdPoll) poll = td_poll_read (request->query);
  g_autoptr (TdSyncAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  TdProblem *problem = NULL;
  GBytes *out;

  if (poll == NULL)
    {
      td_reply_fail (request, 400, "bad-request", "query");
      return;
    }
  answer = td_centre_poll (request->server->centre, request->key, poll, &moment, &problem);
  if (problem != NULL)
    td_reply_problem (request, problem);
  else if (answer == NULL)
    answer_nothing (request, poll->k);
  else
    {
      out = td_sync_answer_write (answer, &error);
      reply_json (request, 200, out, error);
    }
}

static void
answer_enroll (TdRequest *request)
{
  TdMoment moment = td_server_moment (request->server);
  g_autoptr (GBytes) bytes = take_body (request, TD_ENROL_WIRE_MAX);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdEnrolRequest) enrol = bytes == NULL ? NULL : td_enrol_request_read (bytes, &error);
  g_autoptr (TdEnrolAnswer) answer = NULL;
  TdProblem *problem = NULL;
  GBytes *out;

  if (bytes == NULL)
    return;
  if (enrol == NULL)
    {
      reply_unreadable (request, error);
      return;
    }
  answer = td_centre_enrol (request->server->centre, enrol, &moment, &problem);
  if (answer == NULL)
    {
      td_reply_problem (request, problem);
      return;
    }
  out = td_enrol_answer_write (answer, &error);
  reply_json (request, 201, out, error);
}

static void
answer_import (TdRequest *request)
{
  td_answer_import (request, take_body (request, TD_ENROL_WIRE_MAX));
}

static void
answer_upload (TdRequest *request)
{
  td_upload_finish (request);
}

/* ---- routes -------------------------------------------------------------------- */

typedef struct
{
  const char *method;
  const char *path; /* ending in "/": a hash follows */
  gboolean open;    /* no token asked */
  gsize most;       /* bytes of a body kept */
  void (*answer) (TdRequest *request);
} Route;

static const Route routes[] = {
  { "GET", "/v1/hello", TRUE, 0, answer_hello },
  { "GET", "/v1/campaign", TRUE, 0, answer_campaign },
  { "GET", "/v1/units", TRUE, 0, answer_units },
  { "GET", "/v1/ca", TRUE, 0, answer_ca },
  { "POST", "/v1/enroll", TRUE, TD_ENROL_WIRE_MAX, answer_enroll },
  { "POST", "/v1/sync", FALSE, TD_SYNC_WIRE_MAX, answer_sync },
  { "GET", "/v1/sync", FALSE, 0, answer_poll },
  { "POST", "/v1/import", FALSE, TD_ENROL_WIRE_MAX, answer_import },
  { "POST", TD_BLOB_PATH, FALSE, 0, answer_upload },
  { "PATCH", TD_BLOB_PATH, FALSE, 0, answer_upload },
  { "HEAD", TD_BLOB_PATH, FALSE, 0, td_upload_head },
  { "DELETE", TD_BLOB_PATH, FALSE, 0, td_upload_drop },
  { "OPTIONS", TD_BLOB_PATH, TRUE, 0, td_upload_options },
  { "GET", TD_BLOB_PATH, FALSE, 0, td_download },
};

static gboolean
leads_to (const Route *route, const char *path)
{
  return g_str_has_suffix (route->path, "/") ? td_blob_sha (path) != NULL : strcmp (route->path, path) == 0;
}

/* NULL with the methods that would do, NULL where none does. */
static const Route *
find_route (const char *method, const char *path, char **allowed)
{
  g_autoptr (GString) others = g_string_new (NULL);

  *allowed = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (leads_to (&routes[i], path))
      {
        if (strcmp (routes[i].method, method) == 0)
          return &routes[i];
        g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "", routes[i].method);
      }
  if (others->len > 0)
    *allowed = g_string_free (g_steal_pointer (&others), FALSE);
  return NULL;
}

/* ---- who asks ------------------------------------------------------------------ */

typedef struct
{
  double left;
  gint64 since; /* monotonic */
} Bucket;

static gboolean
may_ask (TdServer *self, const char *key)
{
  gint64 now = g_get_monotonic_time ();
  Bucket *bucket = g_hash_table_lookup (self->buckets, key);

  if (bucket == NULL)
    {
      /* Forgetting gives at most one more burst, and bounds the table. */
      if (g_hash_table_size (self->buckets) >= BUCKETS_MOST)
        g_hash_table_remove_all (self->buckets);
      bucket = g_new0 (Bucket, 1);
      bucket->left = self->options.burst;
      bucket->since = now;
      g_hash_table_insert (self->buckets, g_strdup (key), bucket);
    }
  bucket->left += (double)(now - bucket->since) / G_USEC_PER_SEC * self->options.rate;
  bucket->left = MIN (bucket->left, self->options.burst);
  bucket->since = now;
  if (bucket->left < 1)
    return FALSE;
  bucket->left -= 1;
  return TRUE;
}

/* TRUE: answered. */
static gboolean
must_wait (TdRequest *request)
{
  gint64 wait = td_queue_ask (request->server->queue, request->key, g_get_monotonic_time () / 1000);

  if (wait == 0)
    return FALSE;
  td_reply_later (request, wait);
  return TRUE;
}

/* What a revoked device sends is kept aside (late.c); it gets nothing else. */
static gboolean
may_be_late (const TdProblem *problem, gboolean brings)
{
  return brings && strcmp (problem->type, "revoked") == 0;
}

static gboolean
is_known (TdRequest *request, gboolean brings)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *token = td_bearer (soup_message_headers_get_one (headers, "Authorization"));
  TdCentre *centre = request->server->centre;
  TdProblem *problem = NULL;

  if (token == NULL)
    problem = td_problem_new (401, "token", NULL);
  else
    request->key = td_centre_authenticate (centre, token, &problem);
  if (request->key != NULL)
    request->unit = td_centre_unit (centre, request->key, &problem);
  if (problem != NULL && may_be_late (problem, brings))
    g_clear_pointer (&problem, td_problem_free);
  if (problem != NULL)
    td_reply_problem (request, problem);
  return problem == NULL;
}

/* Lengths that two readers could understand differently (exchange.md 5, fact 11). */
static gboolean
is_framed (TdRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *length = soup_message_headers_get_list (headers, "Content-Length");
  gboolean clear = length == NULL
                   || (td_length (length, G_MAXINT64) >= 0
                       && soup_message_headers_get_list (headers, "Transfer-Encoding") == NULL);

  if (!clear)
    td_reply_fail (request, 400, "bad-request", "the length is not clear");
  return clear;
}

static void
reply_too_big (TdRequest *request)
{
  TdProblem *problem = td_problem_new (413, "too-big", NULL);

  problem->max = (gint64)request->most;
  td_reply_problem (request, problem);
}

static gboolean
is_readable (TdRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *name = soup_message_headers_get_list (headers, "Content-Encoding");
  const char *length = soup_message_headers_get_list (headers, "Content-Length");
  TdCoding coding;

  if (g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "application/json") != 0)
    td_reply_fail (request, 415, "coding", "application/json is expected");
  else if (!td_coding_read (name, &coding) || coding == TD_CODING_DCZ)
    td_reply_fail (request, 415, "coding", "zstd, gzip or nothing is expected");
  else if (length != NULL && td_length (length, (gint64)request->most) < 0)
    reply_too_big (request);
  else
    return TRUE;
  return FALSE;
}

/* ---- a request's life ------------------------------------------------------------ */

static void
request_free (gpointer data)
{
  TdRequest *request = data;

  g_clear_pointer (&request->body, g_byte_array_unref);
  g_clear_pointer (&request->known, g_bytes_unref);
  g_clear_pointer (&request->upload, td_upload_free);
  g_free (request->key);
  g_free (request->unit);
  g_free (request);
}

/* Of a body nobody wants: read on so that the answer is seen, but not for ever. */
static void
on_unwanted (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  TdRequest *request = data;

  request->drained += g_bytes_get_size (chunk);
  if (request->drained > DRAIN_MOST)
    td_guard_cut (request->server->guard, message);
}

static void
on_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  TdRequest *request = data;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (chunk, &length);

  if (request->body == NULL)
    on_unwanted (message, chunk, data);
  else if (request->body->len + length > request->most)
    {
      g_clear_pointer (&request->body, g_byte_array_unref);
      reply_too_big (request);
    }
  else
    g_byte_array_append (request->body, bytes, (guint)length);
}

static void
begin (TdRequest *request)
{
  const char *method = soup_server_message_get_method (request->message);
  g_autofree char *allowed = NULL;
  const Route *route = find_route (method, request->path, &allowed);

  if (!is_framed (request))
    return;
  if (route == NULL && allowed != NULL)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Allow", allowed);
      td_reply_fail (request, 405, "method", NULL);
      return;
    }
  if (route == NULL)
    {
      td_reply_fail (request, 404, "not-found", NULL);
      return;
    }
  if (!route->open && !is_known (request, route->answer == answer_sync))
    return;
  request->most = route->most;
  if ((route->answer == answer_sync || route->answer == answer_poll || route->answer == answer_import)
      && !may_ask (request->server, request->key))
    td_reply_fail (request, 429, "too-many", NULL);
  else if (route->answer == answer_sync && must_wait (request))
    return;
  else if (route->answer == answer_upload)
    td_upload_begin (request);
  else if (route->most > 0 && is_readable (request))
    request->body = g_byte_array_new ();
}

/* The header block is here, the body isn't. A status set now is the answer. */
static void
on_header (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TdRequest *request = g_new0 (TdRequest, 1);

  request->server = data;
  request->message = message;
  request->path = g_uri_get_path (soup_server_message_get_uri (message));
  g_object_set_data_full (G_OBJECT (message), "td-request", request, request_free);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  begin (request);
  if (request->upload == NULL)
    g_signal_connect (message, "got-chunk", G_CALLBACK (on_chunk), request);
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TdRequest *request = g_object_get_data (G_OBJECT (message), "td-request");
  g_autofree char *allowed = NULL;
  const Route *route;

  if (soup_server_message_get_status (message) != 0)
    return;
  route = request == NULL ? NULL : find_route (soup_server_message_get_method (message), request->path, &allowed);
  g_return_if_fail (route != NULL);

  request->query = query;
  route->answer (request);
  request->query = NULL;
}

static void
on_started (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), TD_HEADER_PROTO, "1");
}

/* ---- the server ------------------------------------------------------------------ */

TdServer *
td_server_new (TdCentre *centre, const char *folder, const TdServerOptions *options, GError **error)
{
  g_autoptr (TdServer) self = g_new0 (TdServer, 1);
  TdGuardLimits limits = { options->connections, options->header_seconds, options->progress_seconds, 1024 };

  g_return_val_if_fail (centre != NULL && folder != NULL, NULL);

  self->centre = centre;
  self->options = *options;
  self->folder = g_strdup (folder);
  self->files = g_build_filename (folder, "files", NULL);
  self->incoming = g_build_filename (folder, "incoming", NULL);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->queue = td_queue_new (self->options.push_rate, self->options.push_burst);
  self->uploads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->soup = g_object_new (SOUP_TYPE_SERVER, "server-header", "thidua-endpoint", NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_started), self);
  soup_server_add_early_handler (self->soup, NULL, on_header, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  if (!td_server_make_folders (self, error))
    return NULL;
  self->guard = td_guard_new (self->soup, options->port, &limits, error);
  if (self->guard == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

guint
td_server_port (TdServer *self)
{
  return td_guard_port (self->guard);
}

void
td_server_free (TdServer *self)
{
  if (self == NULL)
    return;
  soup_server_disconnect (self->soup);
  g_clear_pointer (&self->guard, td_guard_free);
  g_clear_object (&self->soup);
  g_hash_table_unref (self->buckets);
  g_hash_table_unref (self->uploads);
  td_parts_free (self->parts);
  td_queue_free (self->queue);
  g_free (self->files);
  g_free (self->incoming);
  g_free (self->folder);
  g_free (self);
}
