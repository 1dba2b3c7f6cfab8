/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "endpoint-fixture.h"
#include "line-fixture.h"
#include "nginx-fixture.h"
#include "relay-fixture.h"

#include "exchange/driver.h"
#include "text/i18n.h"

#include <string.h>

/* As it is set up in a province: nginx terminates TLS in front of the endpoint, desks trust the CA of their code. */

/* Wire bytes of issue 4: an IP and TCP header of 52 bytes goes on top of what a stream carries. */
#define HEADERS 52
#define NOTHING_UP 400
#define NOTHING_DOWN 250

typedef struct
{
  Endpoint *endpoint;
  Nginx *nginx;
} Front;

static void
set_up (Front *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->nginx = nginx_new (self->endpoint->port);
}

static void
tear_down (Front *self, gconstpointer data)
{
  nginx_free (self->nginx);
  endpoint_free (self->endpoint);
}

static void
tell_ca (Front *self, const char *ca)
{
  g_autofree char *path = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  GError *error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, path, "--data",
                                                      self->endpoint->dir, "--ca", ca, "--verify", NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
use_url (Front *self, guint port)
{
  g_free (self->endpoint->url);
  self->endpoint->url = g_strdup_printf ("https://localhost:%u", port);
}

static void
test_enrol (Front *self, gconstpointer data)
{
  TdDesk *desk;

  if (self->nginx == NULL)
    return;
  tell_ca (self, self->nginx->ca);
  use_url (self, self->nginx->port);
  desk = endpoint_desk (self->endpoint, "one.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  desk_fill_ledger (desk);
  g_free (desk_nominate (desk, NULL, NULL));
  endpoint_exchange (desk);
  endpoint_reopen (self->endpoint, "one.db", &desk);
  endpoint_exchange (desk);
  desk_close (desk);
}

/* ---- somebody in between ---------------------------------------------------------------- */

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
expect_no_enrolment (Front *self, const char *url)
{
  g_autofree char *path = g_build_filename (self->endpoint->folder, "refused.db", NULL);
  TdDesk *desk = desk_new (path, "31447", "Trần Văn Thử");
  g_autofree char *code = endpoint_code (self->endpoint, "31447", "OL");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  td_desk_enroll_async (desk, url, code, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (td_desk_enroll_finish (desk, result, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_EXCHANGE);
  g_assert_false (td_desk_enrolled (desk));
  g_clear_object (&result);
  desk_close (desk);
}

/* It hands on the true CA, but can't have its certificate. */
static void
test_stranger (Front *self, gconstpointer data)
{
  Nginx *stranger = self->nginx == NULL ? NULL : nginx_new (self->endpoint->port);
  g_autofree char *url = stranger == NULL ? NULL : g_strdup_printf ("https://localhost:%u", stranger->port);

  if (stranger == NULL)
    return;
  tell_ca (self, self->nginx->ca);
  expect_no_enrolment (self, url);
  nginx_free (stranger);
}

/* The desk's address leads to a server whose certificate another CA signed: nothing goes out. */
static void
test_other_ca (Front *self, gconstpointer data)
{
  Relay *relay;
  Nginx *stranger = self->nginx == NULL ? NULL : nginx_new (self->endpoint->port);
  TdDesk *desk;
  gint64 before;
  g_autoptr (GError) error = NULL;

  if (stranger == NULL)
    return;
  tell_ca (self, self->nginx->ca);
  relay = relay_new (self->nginx->port, NULL);
  use_url (self, relay_port (relay));
  desk = endpoint_desk (self->endpoint, "one.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  desk_fill_ledger (desk);
  relay_turn (relay, stranger->port);
  before = relay_up (relay);
  g_assert_false (td_desk_exchange_wait (desk, &error));
  g_assert_cmpint (relay_up (relay) - before, <, 2000); /* a handshake, no request */
  relay_turn (relay, self->nginx->port);
  endpoint_exchange (desk);
  desk_close (desk);
  relay_free (relay);
  nginx_free (stranger);
}

/* ---- what libsoup's server can't be trusted with (exchange.md 5, fact 11) ------------------- */

static void
expect_status (Front *self, const char *request, guint low, guint high)
{
  g_autoptr (GSocketConnection) line = line_open (self->nginx->plain_port);
  Reply *reply;

  line_write (line, request, strlen (request));
  reply = line_read (line);
  g_assert_cmpuint (reply->status, >=, low);
  g_assert_cmpuint (reply->status, <=, high);
  g_assert_cmpstr (reply_header (reply, "hs-proto"), ==, NULL); /* it ended in front of us */
  reply_free (reply);
}

#define POST "POST /v1/sync HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

static void
test_malformed (Front *self, gconstpointer data)
{
  g_autofree char *long_header = NULL;
  g_autofree char *filler = g_strnfill (40000, 'x');

  if (self->nginx == NULL)
    return;
  long_header = g_strdup_printf ("GET /v1/hello HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n", filler);
  expect_status (self, POST "Content-Length: 2\r\nContent-Length: 20\r\n\r\n{}", 400, 400);
  expect_status (self, POST "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, 400);
  expect_status (self, POST "Content-Length: -1\r\n\r\n", 400, 400);
  expect_status (self, POST "Host: other\r\nContent-Length: 2\r\n\r\n{}", 400, 400);
  expect_status (self, POST "Content-Length: 5000000\r\n\r\n{", 413, 413);
  expect_status (self, "POST /v1/enroll HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n{", 413, 413);
  expect_status (self, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404, 404);
  expect_status (self, "GET /v1/../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404, 404);
  expect_status (self, long_header, 400, 431);
}

/* ---- bytes ------------------------------------------------------------------------------------ */

static void
wait_until_quiet (Relay *relay)
{
  gint64 seen = -1;
  gint64 now = 0;

  while (seen != now)
    {
      gint64 until = g_get_monotonic_time () + 300 * 1000;

      seen = now;
      while (g_get_monotonic_time () < until)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (2000);
      now = relay_up (relay) + relay_down (relay);
    }
}

/* Nothing new on a warm connection: one question, one answer, and few bytes. */
static void
test_nothing_new (Front *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->endpoint->folder, "one.db", NULL);
  Relay *relay;
  TdDesk *desk;
  TdStore *store;
  TdExchange *exchange;
  gint64 up, down;
  guint connections;
  GError *error = NULL;

  if (self->nginx == NULL)
    return;
  tell_ca (self, self->nginx->ca);
  relay = relay_new (self->nginx->port, NULL);
  use_url (self, relay_port (relay));
  desk = endpoint_desk (self->endpoint, "one.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  desk_fill_ledger (desk);
  endpoint_exchange (desk);
  desk_close (desk);
  store = td_store_open (path, &error);
  g_assert_no_error (error);
  exchange = td_exchange_new (store);
  exchange->once = TRUE;
  td_exchange_prepare (exchange);
  while (td_exchange_moving (exchange))
    g_main_context_iteration (NULL, TRUE);
  wait_until_quiet (relay);
  up = relay_up (relay);
  down = relay_down (relay);
  connections = relay_connections (relay);
  g_assert_true (td_exchange_send_sync (exchange, TD_BUDGET_FIRST, &error));
  g_assert_no_error (error);
  wait_until_quiet (relay);
  g_test_message ("nothing new: %d B up, %d B down", (int)(relay_up (relay) - up) + HEADERS,
                  (int)(relay_down (relay) - down) + HEADERS);
  g_assert_cmpint (relay_up (relay) - up, >, 0);
  g_assert_cmpint (relay_up (relay) - up, <=, NOTHING_UP - HEADERS);
  g_assert_cmpint (relay_down (relay) - down, <=, NOTHING_DOWN - HEADERS);
  g_assert_cmpuint (relay_connections (relay), ==, connections);
  td_exchange_detach (exchange);
  g_object_unref (exchange);
  td_store_close (store);
  relay_free (relay);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  td_i18n_start ();
#define ADD(path, function) g_test_add ("/nginx/" path, Front, NULL, set_up, function, tear_down)
  ADD ("enrol", test_enrol);
  ADD ("stranger", test_stranger);
  ADD ("other-ca", test_other_ca);
  ADD ("malformed", test_malformed);
  ADD ("nothing-new", test_nothing_new);
#undef ADD
  return g_test_run ();
}
