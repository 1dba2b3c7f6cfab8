/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "served-fixture.h"

#include "wire/coding.h"
#include "wire/gzip.h"

#include <glib/gstdio.h>
#include <string.h>

/* Over a real line: what a client, a stranger and a vandal get. The server runs in
 * a thread of its own; the centre is touched from here only while it doesn't. */

#define COMMUNE SERVED_COMMUNE

/* ---- plain use ----------------------------------------------------------------- */

static void
test_hello (Served *self, gconstpointer data)
{
  served_assert_alive (self);
  expect_reply (served_ask (self, NULL, "GET", "/v1/hello?k=xyz", "", NULL), 400, "bad-request");
}

static void
test_catalogue (Served *self, gconstpointer data)
{
  g_autoptr (Reply) plan = served_ask (self, NULL, "GET", "/v1/campaign", "", NULL);
  g_autoptr (Reply) packed = served_ask (self, NULL, "GET", "/v1/campaign", "Accept-Encoding: gzip\r\n", NULL);
  g_autoptr (Reply) units = served_ask (self, self->commune, "GET", "/v1/units", "", NULL);
  g_autoptr (Reply) same = NULL;
  g_autoptr (GBytes) inflated = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *asked = g_strdup_printf ("If-None-Match: %s\r\n", reply_header (plan, "etag"));

  digest = td_digest (g_bytes_get_data (plan->body, NULL), (gssize)g_bytes_get_size (plan->body));
  g_assert_cmpuint (plan->status, ==, 200);
  g_assert_cmpuint (units->status, ==, 200);
  g_assert_nonnull (strstr (reply_header (plan, "etag"), digest));
  g_assert_cmpstr (reply_header (packed, "content-encoding"), ==, "gzip");
  inflated = td_gunzip (packed->body, TD_CATALOGUE_MAX, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (inflated, plan->body));
  same = served_ask (self, NULL, "GET", "/v1/campaign", asked, NULL);
  g_assert_cmpuint (same->status, ==, 304);
  g_assert_cmpuint (g_bytes_get_size (same->body), ==, 0);
}

static GBytes *
sync_bytes (Device *device, const char *text)
{
  g_autofree char *record = ledger_id (device, "events");
  g_autofree char *body = edit_body (device, NULL, record, "events", "compliance/note", NULL, text);
  g_autoptr (TdSyncRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  device_seal (device, body, NULL);
  request = device_request (device);
  bytes = td_sync_request_write (request, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
test_sync (Served *self, gconstpointer data)
{
  g_autoptr (GBytes) plain = sync_bytes (self->commune, "một");
  g_autoptr (GBytes) packed = td_gzip (plain);
  g_autoptr (Reply) reply = served_ask (self, self->commune, "POST", "/v1/sync",
                                        JSON_LINE "Content-Encoding: gzip\r\nAccept-Encoding: gzip\r\n", packed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) down = NULL;
  g_autoptr (TdSyncAnswer) answer = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply_header (reply, "hs-proto"), ==, "1");
  down = td_gunzip (reply->body, TD_SYNC_INFLATED_MAX, &error);
  g_assert_no_error (error);
  answer = td_sync_answer_read (down, &error);
  g_assert_no_error (error);
  g_assert_true (((TdSyncVerdict *)answer->res->pdata[0])->ok);
  g_assert_cmpstr (answer->k, ==, "0123abcd");
}

/* The answer refers to the request it is for; what can't be packed beside anything isn't. */
static void
test_packed (Served *self, gconstpointer data)
{
  g_autoptr (GBytes) plain = sync_bytes (self->commune, "một");
  g_autoptr (GBytes) packed = td_coding_pack (TD_CODING_ZSTD, plain, NULL);
  g_autoptr (Reply) beside
      = served_ask (self, self->commune, "POST", "/v1/sync",
                    JSON_LINE "Content-Encoding: zstd\r\nAccept-Encoding: gzip, dcz, zstd\r\n", packed);
  g_autoptr (Reply) alone
      = served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE "Accept-Encoding: zstd, br\r\n", plain);
  g_autoptr (Reply) plan = served_ask (self, NULL, "GET", "/v1/campaign", "Accept-Encoding: dcz, zstd\r\n", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = NULL, second = NULL;
  g_autoptr (TdSyncAnswer) answer = NULL;

  g_assert_cmpstr (reply_header (beside, "content-encoding"), ==, "dcz");
  first = td_coding_unpack (TD_CODING_DCZ, beside->body, plain, TD_SYNC_INFLATED_MAX, &error);
  g_assert_no_error (error);
  answer = td_sync_answer_read (first, &error);
  g_assert_no_error (error);
  g_assert_true (((TdSyncVerdict *)answer->res->pdata[0])->ok);
  g_assert_cmpstr (reply_header (alone, "content-encoding"), ==, "zstd");
  second = td_coding_unpack (TD_CODING_ZSTD, alone->body, NULL, TD_SYNC_INFLATED_MAX, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (beside->body), <, g_bytes_get_size (alone->body));
  g_assert_cmpstr (reply_header (plan, "content-encoding"), ==, "zstd");
  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE "Content-Encoding: dcz\r\n", packed),
                415, "coding");
}

/* The short question: nothing new is an empty answer that echoes, anything else a whole one. */
static void
test_poll (Served *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = sync_bytes (self->commune, "một");
  g_autoptr (Reply) first = served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE, bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSyncAnswer) answer = td_sync_answer_read (first->body, &error);
  TdPoll poll = { NULL, (char *)"0123456789abcdef", (char *)"00112233", TD_PAGE_MAX };
  g_autofree char *stale = NULL, *fresh = NULL, *elsewhere = NULL;
  g_autoptr (Reply) other_tag = NULL, nothing = NULL;
  g_autoptr (TdSyncAnswer) whole = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (answer->tag), ==, TD_TAG_SIGNS);
  poll.cur = answer->cur;
  stale = td_poll_path (&poll);
  other_tag = served_ask (self, self->commune, "GET", stale, "", NULL);
  whole = td_sync_answer_read (other_tag->body, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (whole->k, ==, "00112233");
  poll.tag = answer->tag;
  fresh = td_poll_path (&poll);
  nothing = served_ask (self, self->commune, "GET", fresh, "", NULL);
  g_assert_cmpuint (nothing->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (nothing->body), ==, 0);
  g_assert_cmpstr (reply_header (nothing, "hs-k"), ==, "00112233");
  expect_reply (served_ask (self, self->commune, "GET", "/v1/sync?c=x&k=00112233", "", NULL), 400, "bad-request");
  expect_reply (served_ask (self, NULL, "GET", fresh, "", NULL), 401, "token");
  poll.cur = (char *)"0000000000000000.1";
  elsewhere = td_poll_path (&poll);
  expect_reply (served_ask (self, self->commune, "GET", elsewhere, "", NULL), 410, "cursor-gone");
}

static void
test_enroll (Served *self, gconstpointer data)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *text = NULL;
  g_autoptr (TdEnrolRequest) request = td_enrol_request_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autoptr (TdEnrolAnswer) answer = NULL;
  Device *device = device_new (self->world, 9);

  code
      = td_centre_make_code (self->world->centre, COMMUNE, "O",
                             &(TdMoment){ g_get_real_time () / G_USEC_PER_SEC, self->world->moment.day, TRUE }, &error);
  g_assert_no_error (error);
  served_start (self);
  text = td_enrol_text (code, device->key);
  g_free (request->code);
  g_free (request->key);
  g_free (request->sig);
  request->code = td_code_shown (code);
  request->key = g_strdup (device->key);
  request->sig = td_sign (device->secret, text);
  bytes = td_enrol_request_write (request, &error);
  g_assert_no_error (error);
  reply = served_ask (self, NULL, "POST", "/v1/enroll", JSON_LINE, bytes);
  g_assert_cmpuint (reply->status, ==, 201);
  answer = td_enrol_answer_read (reply->body, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer->roles, ==, "O");
  expect_reply (served_ask (self, NULL, "POST", "/v1/enroll", JSON_LINE, empty), 400, "bad-request");
  device_free (device);
}

/* ---- refusals ------------------------------------------------------------------- */

static void
test_token (Served *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = sync_bytes (self->commune, "một");
  const char *lines[] = { "", "Authorization: Bearer x\r\n", "Authorization: Basic eDp5\r\n",
                          "Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *headers = g_strconcat (lines[i], JSON_LINE, NULL);

      expect_reply (served_ask (self, NULL, "POST", "/v1/sync", headers, bytes), 401, "token");
    }
}

static void
test_routes (Served *self, gconstpointer data)
{
  const char *missing[] = { "/", "/v1", "/v1/sync/", "/v1/blob/", "/v1/blob/ABC", "/v2/sync" };

  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    expect_reply (served_ask (self, self->commune, "GET", missing[i], "", NULL), 404, "not-found");
  expect_reply (served_ask (self, self->commune, "PUT", "/v1/sync", "", NULL), 405, "method");
  expect_reply (served_ask (self, self->commune, "DELETE", "/v1/hello", "", NULL), 405, "method");
}

static void
test_codings (Served *self, gconstpointer data)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) bytes = sync_bytes (self->commune, "một");
  g_autoptr (GBytes) packed = td_gzip (bytes);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) / 2);

  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", "Content-Type: text/plain\r\n", bytes), 415,
                "coding");
  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", "", bytes), 415, "coding");
  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE "Content-Encoding: br\r\n", bytes), 415,
                "coding");
  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE "Content-Encoding: gzip\r\n", bytes),
                400, "bad-request");
  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE "Content-Encoding: gzip\r\n", half), 400,
                "bad-request");
  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE, empty), 400, "bad-request");
}

static void
test_bomb (Served *self, gconstpointer data)
{
  g_autofree char *zeros = g_malloc0 (40 * 1024 * 1024);
  g_autoptr (GBytes) plain = g_bytes_new_static (zeros, 40 * 1024 * 1024);
  g_autoptr (GBytes) packed = td_gzip (plain);

  g_assert_cmpuint (g_bytes_get_size (packed), <, TD_SYNC_WIRE_MAX);
  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE "Content-Encoding: gzip\r\n", packed),
                413, "too-big");
  served_assert_alive (self);
}

static void
test_deep (Served *self, gconstpointer data)
{
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autoptr (GBytes) bytes = g_bytes_new_static (brackets, 100000);
  g_autofree char *many = g_strnfill (200000, ',');
  g_autoptr (GBytes) commas = g_bytes_new_static (many, 200000);

  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE, bytes), 400, "bad-request");
  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE, commas), 400, "bad-request");
  served_assert_alive (self);
}

static void
test_version (Served *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{\"p\":2}", 7);
  g_autoptr (Reply) reply = served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE, bytes);
  g_autoptr (TdProblem) problem = td_problem_read (reply->body, NULL);

  g_assert_cmpuint (reply->status, ==, 426);
  g_assert_cmpint (problem->min, ==, 1);
}

/* Over the limit by its length, or found to be while it comes. */
static void
test_oversized (Served *self, gconstpointer data)
{
  g_autofree char *text = g_strnfill (TD_SYNC_WIRE_MAX + 1024, ' ');
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, TD_SYNC_WIRE_MAX + 1024);
  g_autofree char *token = device_token_line (self->commune);
  g_autofree char *head
      = g_strdup_printf ("POST /v1/sync HTTP/1.1\r\nHost: x\r\n%s" JSON_LINE "Transfer-Encoding: chunked\r\n\r\n",
                         token);
  g_autoptr (GSocketConnection) line = NULL;

  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE, bytes), 413, "too-big");
  line = line_open (self->port);
  line_write (line, head, strlen (head));
  for (guint i = 0; i <= TD_SYNC_WIRE_MAX / 1024; i++)
    {
      line_write (line, "400\r\n", 5);
      line_write (line, text, 1024);
      line_write (line, "\r\n", 2);
    }
  line_write (line, "0\r\n\r\n", 5);
  expect_reply (line_read (line), 413, "too-big");
  served_assert_alive (self);
}

/* Nobody reads 64 MB of what he doesn't want. */
static void
test_endless (Served *self, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1024 * 1024, ' ');
  g_autofree char *token = device_token_line (self->commune);
  g_autofree char *head
      = g_strdup_printf ("POST /v1/sync HTTP/1.1\r\nHost: x\r\n%s" JSON_LINE "Content-Length: 67108864\r\n\r\n", token);
  g_autoptr (GSocketConnection) line = line_open (self->port);
  guint sent = 0;

  g_socket_set_timeout (g_socket_connection_get_socket (line), 2);
  line_write (line, head, strlen (head));
  while (sent < 64 && line_write (line, text, 1024 * 1024))
    sent++;
  g_assert_cmpuint (sent, <, 64);
  served_assert_alive (self);
}

static void
test_framing (Served *self, gconstpointer data)
{
  g_autofree char *token = device_token_line (self->commune);
  g_autofree char *both = g_strdup_printf ("POST /v1/sync HTTP/1.1\r\nHost: x\r\n%s" JSON_LINE
                                           "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                           "GET /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n",
                                           token);
  g_autofree char *twice = g_strdup_printf ("POST /v1/sync HTTP/1.1\r\nHost: x\r\n%s" JSON_LINE
                                            "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                                            token);
  const char *requests[] = { both, twice };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (GSocketConnection) line = line_open (self->port);
      g_autoptr (Reply) reply = NULL;
      g_autofree char *body = NULL;

      line_write (line, requests[i], strlen (requests[i]));
      reply = line_read (line);
      body = g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
      g_assert_cmpuint (reply->status, ==, 400);
      g_assert_null (strstr (body, "HTTP/1.1"));
    }
  served_assert_alive (self);
}

static void
test_rate (Served *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = sync_bytes (self->commune, "một");
  g_autoptr (Reply) refused = NULL;

  self->options.rate = 1;
  self->options.burst = 3;
  served_start (self);
  for (guint i = 0; i < 3; i++)
    expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE, bytes), 200, "");
  refused = served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE, bytes);
  g_assert_cmpuint (refused->status, ==, 429);
  g_assert_nonnull (reply_header (refused, "retry-after"));
  g_usleep (1100 * 1000);
  expect_reply (served_ask (self, self->commune, "POST", "/v1/sync", JSON_LINE, bytes), 200, "");
}

/* ---- the guard ------------------------------------------------------------------- */

static void
test_silent (Served *self, gconstpointer data)
{
  GSocketConnection *lines[20];

  self->options.header_seconds = 1;
  served_start (self);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      lines[i] = line_open (self->port);
      if (i % 2 == 0)
        line_write (lines[i], "GET /v1/hello HTTP/1.1\r\nHost", 28);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_assert_true (line_ends_within (lines[i], 5000));
      g_object_unref (lines[i]);
    }
  served_assert_alive (self);
}

static void
test_slow_body (Served *self, gconstpointer data)
{
  g_autofree char *token = device_token_line (self->commune);
  g_autofree char *head = NULL;
  g_autoptr (GSocketConnection) line = NULL;

  self->options.progress_seconds = 1;
  served_start (self);
  head = g_strdup_printf ("POST /v1/sync HTTP/1.1\r\nHost: x\r\n%s" JSON_LINE "Content-Length: 1000\r\n\r\n{", token);
  line = line_open (self->port);
  line_write (line, head, strlen (head));
  g_assert_true (line_ends_within (line, 5000));
  served_assert_alive (self);
}

static void
test_crowd (Served *self, gconstpointer data)
{
  GSocketConnection *lines[8];
  GSocketConnection *late;

  self->options.connections = 8;
  served_start (self);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      lines[i] = line_open (self->port);
      line_write (lines[i], "G", 1);
    }
  g_usleep (300 * 1000);
  late = line_open (self->port);
  g_assert_true (line_ends_within (late, 3000));
  g_object_unref (late);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_object_unref (lines[i]);
  g_usleep (1500 * 1000);
  served_assert_alive (self);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

/* SoupServer 3.2.3 alone leaks one for each kept-alive connection its client closes. */
static void
test_descriptors (Served *self, gconstpointer data)
{
  guint before, after;

  self->options.header_seconds = 1;
  served_start (self);
  served_assert_alive (self);
  g_usleep (500 * 1000);
  before = count_descriptors ();
  for (guint i = 0; i < 60; i++)
    {
      GSocketConnection *line = line_open (self->port);

      if (i % 2 == 0)
        served_assert_alive (self);
      g_object_unref (line);
    }
  g_usleep (2500 * 1000);
  after = count_descriptors ();
  if (before > 0)
    g_assert_cmpuint (after, <=, before + 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/http/" path, Served, NULL, served_set_up, function, served_tear_down)
#define ADD_LATER(path, function)                                                                                      \
  g_test_add ("/http/" path, Served, "starts itself", served_set_up, function, served_tear_down)
  ADD ("hello", test_hello);
  ADD ("catalogue", test_catalogue);
  ADD ("sync", test_sync);
  ADD ("packed", test_packed);
  ADD ("poll", test_poll);
  ADD_LATER ("enroll", test_enroll);
  ADD ("refused/token", test_token);
  ADD ("refused/routes", test_routes);
  ADD ("refused/codings", test_codings);
  ADD ("refused/bomb", test_bomb);
  ADD ("refused/deep", test_deep);
  ADD ("refused/version", test_version);
  ADD ("refused/oversized", test_oversized);
  ADD ("refused/endless", test_endless);
  ADD ("refused/framing", test_framing);
  ADD_LATER ("refused/rate", test_rate);
  ADD_LATER ("guard/silent", test_silent);
  ADD_LATER ("guard/slow-body", test_slow_body);
  ADD_LATER ("guard/crowd", test_crowd);
  ADD_LATER ("guard/descriptors", test_descriptors);
#undef ADD
#undef ADD_LATER
  return g_test_run ();
}
