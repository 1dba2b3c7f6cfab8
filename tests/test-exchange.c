/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/exchange.h"
#include "fake-server.h"

#include "dossier/crypto.h"

#include <string.h>

/* The driver with a real libsoup against a server on loopback. */

#define STRANGE_CODE "0123-4567-89AB-CDEF-GHJK"

typedef struct
{
  Peer *peer;
  FakeServer *server;
  Box one, two;
  const char *owner;
  char *record;
} World;

static void
set_up (World *world, gconstpointer data)
{
  world->peer = peer_new ();
  world->server = fake_server_new (world->peer);
  box_open (&world->one);
  box_open (&world->two);
  world->owner = peer_unit_key (world->peer, "31447");
  world->record = box_id ();
  if (data != NULL)
    return;
  fake_server_admit (world->server, &world->one, "31447", "OL");
  fake_server_admit (world->server, &world->two, "31447", "OL");
}

static void
tear_down (World *world, gconstpointer data)
{
  fake_server_free (world->server);
  box_clear (&world->one);
  box_clear (&world->two);
  g_free (world->record);
  peer_free (world->peer);
}

static void
edit (World *world, Box *box, const char *path, const char *old, const char *value)
{
  box_edit (box, world->owner, world->record, path, old, value);
}

static TdSummary
run (Box *box)
{
  TdSummary summary;
  g_autoptr (GError) error = NULL;

  td_exchange_run_once (box->store, &summary, &error);
  g_assert_no_error (error);
  return summary;
}

static void
run_in_vain (Box *box, TdExchangeError code)
{
  TdSummary summary;
  g_autoptr (GError) error = NULL;

  g_assert_false (td_exchange_run_once (box->store, &summary, &error));
  g_assert_error (error, TD_EXCHANGE_ERROR, (int)code);
}

/* ---- records ---------------------------------------------------------------------------- */

static void
test_up_and_down (World *world, gconstpointer data)
{
  TdSummary summary;
  g_autofree char *name = NULL;

  edit (world, &world->one, "name", NULL, "Lê Thị Hoà");
  summary = run (&world->one);
  g_assert_cmpuint (summary.sent, ==, 1);
  g_assert_cmpuint (summary.refused, ==, 0);
  g_assert_cmpuint (summary.waiting, ==, 0);
  summary = run (&world->two);
  g_assert_cmpuint (summary.received, >=, 1);
  name = box_view_text (&world->two, world->peer, world->record, "name");
  g_assert_cmpstr (name, ==, "Lê Thị Hoà");
}

static void
test_many_in_batches (World *world, gconstpointer data)
{
  g_autofree char *text = g_strnfill (8000, 'a');
  TdSummary summary;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = box_id ();

      box_edit (&world->one, world->owner, id, "achievement", NULL, text);
    }
  fake_server_requests (world->server);
  summary = run (&world->one);
  g_assert_cmpuint (summary.sent, ==, 60);
  g_assert_cmpuint (fake_server_requests (world->server), >, 2);
  world->peer->page = 5;
  summary = run (&world->two);
  g_assert_cmpuint (summary.received, >=, 120);
}

static void
test_refused_is_told (World *world, gconstpointer data)
{
  TdSummary summary;
  g_autoptr (GPtrArray) problems = NULL;

  box_edit (&world->one, "31459@2024-07-01", world->record, "name", NULL, "Lê");
  summary = run (&world->one);
  g_assert_cmpuint (summary.refused, ==, 1);
  problems = td_store_problems (world->one.store);
  g_assert_cmpuint (problems->len, ==, 1);
}

static void
test_answer_lost_after_commit (World *world, gconstpointer data)
{
  TdSummary summary;

  run (&world->one);
  edit (world, &world->one, "name", NULL, "Lê");
  fake_server_be (world->server, MOOD_LOST, 1);
  run_in_vain (&world->one, TD_EXCHANGE_ERROR_NO_LINE);
  g_assert_cmpuint (box_waiting (&world->one), ==, 1);
  g_assert_cmpuint (g_hash_table_size (world->peer->verdicts), ==, 1);
  summary = run (&world->one);
  g_assert_cmpuint (summary.sent, ==, 1);
  g_assert_cmpuint (g_hash_table_size (world->peer->verdicts), ==, 1);
}

static void
test_no_line (World *world, gconstpointer data)
{
  edit (world, &world->one, "name", NULL, "Lê");
  td_store_set (world->one.store, TD_META_ENDPOINT, "http://127.0.0.1:1", NULL);
  run_in_vain (&world->one, TD_EXCHANGE_ERROR_NO_LINE);
  g_assert_cmpuint (box_waiting (&world->one), ==, 1);
}

static void
test_not_enrolled (World *world, gconstpointer data)
{
  edit (world, &world->one, "name", NULL, "Lê");
  run_in_vain (&world->one, TD_EXCHANGE_ERROR_NOT_ENROLLED);
}

/* Each kind of bad answer: the right code, nothing marked sent, and the next good
 * exchange brings everything over. */
static void
test_bad_answers (World *world, gconstpointer data)
{
  static const struct
  {
    Mood mood;
    TdExchangeError code;
  } rows[] = {
    { MOOD_PORTAL, TD_EXCHANGE_ERROR_FOREIGN },   { MOOD_REDIRECT, TD_EXCHANGE_ERROR_FOREIGN },
    { MOOD_STRANGER, TD_EXCHANGE_ERROR_FOREIGN }, { MOOD_NO_ECHO, TD_EXCHANGE_ERROR_FOREIGN },
    { MOOD_GARBAGE, TD_EXCHANGE_ERROR_FOREIGN },  { MOOD_ENDLESS, TD_EXCHANGE_ERROR_NO_LINE },
    { MOOD_LOCKED, TD_EXCHANGE_ERROR_LOCKED },    { MOOD_BUSY, TD_EXCHANGE_ERROR_BUSY },
    { MOOD_OLD, TD_EXCHANGE_ERROR_OLD },          { MOOD_MALFORMED, TD_EXCHANGE_ERROR_STOPPED },
    { MOOD_TOO_BIG, TD_EXCHANGE_ERROR_STOPPED },
  };

  edit (world, &world->one, "name", NULL, "Lê");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fake_server_be (world->server, rows[i].mood, 100);
      run_in_vain (&world->one, rows[i].code);
      g_assert_cmpuint (box_waiting (&world->one), ==, 1);
    }
  fake_server_be (world->server, MOOD_GOOD, 0);
  g_assert_cmpuint (run (&world->one).sent, ==, 1);
  g_assert_cmpuint (g_hash_table_size (world->peer->verdicts), ==, 1);
}

static void
test_too_big_once (World *world, gconstpointer data)
{
  edit (world, &world->one, "name", NULL, "Lê");
  fake_server_be (world->server, MOOD_TOO_BIG, 1);
  g_assert_cmpuint (run (&world->one).sent, ==, 1);
}

static void
test_endpoint_that_forgot (World *world, gconstpointer data)
{
  g_autofree char *name = NULL;

  edit (world, &world->one, "name", NULL, "Lê");
  run (&world->one);
  peer_forget (world->peer);
  fake_server_admit (world->server, &world->one, "31447", "OL");
  edit (world, &world->one, "name", "Lê", "Lê Hoà");
  g_assert_cmpuint (run (&world->one).sent, ==, 2);
  name = box_view_text (&world->one, world->peer, world->record, "name");
  g_assert_cmpstr (name, ==, "Lê Hoà");
}

static void
test_idle_costs_one_request (World *world, gconstpointer data)
{
  run (&world->one);
  fake_server_requests (world->server);
  run (&world->one);
  g_assert_cmpuint (fake_server_requests (world->server), ==, 1);
}

/* ---- files ------------------------------------------------------------------------------- */

static char *
attach (World *world, Box *box, const char *text)
{
  g_autofree char *path = box_file (box, "a.pdf", text);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (TdStoredFile) stored = td_store_add_file (box->store, file, NULL);

  edit (world, box, "file/a/sha", NULL, stored->sha);
  return g_strdup (stored->sha);
}

static void
test_file_goes_up_and_down (World *world, gconstpointer data)
{
  g_autofree char *text = g_strnfill (3 * 1024 * 1024, 'p');
  g_autofree char *sha = attach (world, &world->one, text);
  g_autofree char *path = NULL, *came = NULL;
  g_autoptr (TdStoredFile) stored = NULL;

  g_assert_cmpuint (run (&world->one).uploaded, ==, 1);
  stored = td_store_file (world->one.store, sha);
  g_assert_true (stored->uploaded);
  g_assert_cmpuint (run (&world->one).uploaded, ==, 0);
  g_assert_true (td_store_want_file (world->two.store, sha, "a.pdf", 3 * 1024 * 1024, NULL));
  g_assert_cmpuint (run (&world->two).downloaded, ==, 1);
  path = td_store_file_path (world->two.store, sha);
  g_assert_true (g_file_get_contents (path, &came, NULL, NULL));
  g_assert_cmpstr (came, ==, text);
}

static void
test_file_with_other_bytes (World *world, gconstpointer data)
{
  g_autofree char *sha = attach (world, &world->one, "%PDF");
  TdSummary summary;

  run (&world->one);
  run (&world->two);
  g_assert_true (td_store_want_file (world->two.store, sha, "a.pdf", 4, NULL));
  fake_server_be (world->server, MOOD_WRONG_BYTES, 100);
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*can't be taken*");
  g_assert_true (td_exchange_run_once (world->two.store, &summary, NULL));
  g_test_assert_expected_messages ();
  g_assert_cmpuint (summary.downloaded, ==, 0);
  g_assert_null (td_store_file_path (world->two.store, sha));
  fake_server_be (world->server, MOOD_GOOD, 0);
  g_assert_cmpuint (run (&world->two).downloaded, ==, 1);
}

static void
test_file_the_endpoint_lacks (World *world, gconstpointer data)
{
  g_autofree char *missing = td_digest ("nobody has it", -1);
  g_autofree char *sha = attach (world, &world->one, "%PDF");
  TdSummary summary;

  run (&world->one);
  g_assert_true (td_store_want_file (world->two.store, missing, "b.pdf", 1, NULL));
  g_assert_true (td_store_want_file (world->two.store, sha, "a.pdf", 4, NULL));
  summary = run (&world->two);
  g_assert_cmpuint (summary.downloaded, ==, 1);
}

/* ---- catalogue ------------------------------------------------------------------------------ */

static void
test_catalogue_is_fetched (World *world, gconstpointer data)
{
  g_autofree char *campaign = NULL;
  g_autoptr (GBytes) units = NULL;

  run (&world->one);
  campaign = td_store_document_digest (world->one.store, "campaign");
  g_assert_cmpstr (campaign, ==, world->peer->digests[0]);
  units = td_store_document (world->one.store, "units");
  g_assert_true (g_bytes_equal (units, world->peer->files[1]));
}

static void
test_wrong_catalogue_is_not_kept (World *world, gconstpointer data)
{
  g_autofree char *campaign = NULL;

  fake_server_be (world->server, MOOD_WRONG_BYTES, 100);
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*file can't be used*");
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*file can't be used*");
  run (&world->one);
  g_test_assert_expected_messages ();
  campaign = td_store_document_digest (world->one.store, "campaign");
  g_assert_cmpstr (campaign, ==, "");
}

/* ---- enrolment --------------------------------------------------------------------------------- */

static void
enrol_in_vain (World *world, const char *url, const char *code, TdExchangeError expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (td_exchange_enroll_once (world->one.store, url, code, FALSE, &error));
  g_assert_error (error, TD_EXCHANGE_ERROR, (int)expected);
  g_assert_false (td_store_enrolled (world->one.store));
}

static void
test_enrol (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *unit = NULL, *token = NULL, *campaign = NULL, *name = NULL, *typed = NULL;
  g_autofree char *code = fake_server_code ();

  edit (world, &world->one, "name", NULL, "Lê");
  fake_server_offer (world->server, code, "31447");
  typed = g_ascii_strdown (code, -1);
  g_assert_true (td_exchange_enroll_once (world->one.store, fake_server_url (world->server), typed, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (td_store_enrolled (world->one.store));
  unit = td_store_get (world->one.store, TD_META_UNIT);
  g_assert_cmpstr (unit, ==, world->owner);
  token = td_store_token (world->one.store);
  g_assert_cmpuint (strlen (token), ==, TD_TOKEN_SIGNS);
  campaign = td_store_document_digest (world->one.store, "campaign");
  g_assert_cmpstr (campaign, ==, world->peer->digests[0]);
  name = box_view_text (&world->one, world->peer, world->record, "name");
  g_assert_cmpstr (name, ==, "Lê");
}

static void
test_enrol_in_vain (World *world, gconstpointer data)
{
  const char *url = fake_server_url (world->server);
  g_autofree char *code = fake_server_code ();

  fake_server_offer (world->server, STRANGE_CODE, "31447");
  enrol_in_vain (world, url, STRANGE_CODE, TD_EXCHANGE_ERROR_FOREIGN);
  fake_server_offer (world->server, code, "31447");
  enrol_in_vain (world, url, "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ", TD_EXCHANGE_ERROR_CODE);
  enrol_in_vain (world, url, "short", TD_EXCHANGE_ERROR_CODE);
  enrol_in_vain (world, "http://example.com", code, TD_EXCHANGE_ERROR_ADDRESS);
  enrol_in_vain (world, "http://127.0.0.1:1", code, TD_EXCHANGE_ERROR_NO_LINE);
  fake_server_be (world->server, MOOD_PORTAL, 1);
  enrol_in_vain (world, url, code, TD_EXCHANGE_ERROR_FOREIGN);
  fake_server_be (world->server, MOOD_BUSY, 1);
  enrol_in_vain (world, url, code, TD_EXCHANGE_ERROR_BUSY);
  fake_server_be (world->server, MOOD_GARBAGE, 1);
  enrol_in_vain (world, url, code, TD_EXCHANGE_ERROR_ANSWER);
}

typedef struct
{
  gboolean done;
  GError *error;
} Enrolled;

static void
on_enrolled (GObject *source, GAsyncResult *result, gpointer data)
{
  Enrolled *enrolled = data;

  td_exchange_enroll_finish (TD_EXCHANGE (source), result, &enrolled->error);
  enrolled->done = TRUE;
}

static GError *
enrol_async (TdExchange *exchange, const char *url, gboolean other_unit)
{
  g_autofree char *code = fake_server_code ();
  Enrolled enrolled = { FALSE, NULL };

  td_exchange_enroll_async (exchange, url, code, other_unit, NULL, on_enrolled, &enrolled);
  while (!enrolled.done)
    g_main_context_iteration (NULL, TRUE);
  return enrolled.error;
}

static void
test_enrol_for_another_unit_asks (World *world, gconstpointer data)
{
  g_autoptr (TdExchange) exchange = td_exchange_new (world->one.store);
  g_autoptr (GError) error = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *code = fake_server_code ();

  g_assert_true (td_store_set_unit (world->one.store, "31459@2024-07-01", NULL));
  fake_server_offer (world->server, code, "31447");
  error = enrol_async (exchange, fake_server_url (world->server), FALSE);
  g_assert_error (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_UNIT);
  g_assert_cmpstr (error->message, ==, world->owner);
  g_assert_false (td_store_enrolled (world->one.store));
  g_clear_error (&error);
  error = enrol_async (exchange, fake_server_url (world->server), TRUE);
  g_assert_no_error (error);
  unit = td_store_get (world->one.store, TD_META_UNIT);
  g_assert_cmpstr (unit, ==, world->owner);
  td_exchange_stop (exchange);
}

static void
test_addresses (void)
{
  static const char *const rows[][2] = {
    { "https://thidua.example.vn/", "https://thidua.example.vn" },
    { " thidua.example.vn ", "https://thidua.example.vn" },
    { "http://127.0.0.1:8080/", "http://127.0.0.1:8080" },
    { "127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "localhost:8080", "http://localhost:8080" },
    { "http://[::1]:8080", "http://[::1]:8080" },
    { "http://thidua.example.vn", NULL },
    { "http://127.0.0.1.example.vn", NULL },
    { "ftp://thidua.example.vn", NULL },
    { "https://user:word@thidua.example.vn", NULL },
    { "https://thidua.example.vn/?x=1", NULL },
    { "file:///etc/passwd", NULL },
    { "", NULL },
    { "https://", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = td_exchange_check_address (rows[i][0], &error);

      g_assert_cmpstr (address, ==, rows[i][1]);
      if (rows[i][1] == NULL)
        g_assert_error (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_ADDRESS);
    }
}

/* ---- by itself -------------------------------------------------------------------------------------- */

static gboolean
on_late (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Iterates until the condition or 20 seconds. */
#define WAIT_UNTIL(condition)                                                                                          \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gboolean late_ = FALSE;                                                                                            \
    guint source_ = g_timeout_add_seconds (20, on_late, &late_);                                                       \
    while (!(condition) && !late_)                                                                                     \
      g_main_context_iteration (NULL, TRUE);                                                                           \
    g_source_remove (source_);                                                                                         \
    g_assert_false (late_);                                                                                            \
  }                                                                                                                    \
  G_STMT_END

static void
count_signal (TdExchange *exchange, gpointer data)
{
  ++*(guint *)data;
}

static void
test_goes_by_itself (World *world, gconstpointer data)
{
  g_autoptr (TdExchange) exchange = td_exchange_new (world->one.store);
  guint applied = 0, links = 0;

  g_signal_connect (exchange, "applied", G_CALLBACK (count_signal), &applied);
  g_signal_connect (exchange, "link", G_CALLBACK (count_signal), &links);
  td_exchange_start (exchange);
  td_exchange_now (exchange);
  WAIT_UNTIL (applied > 0 && td_exchange_link (exchange) == TD_LINK_IDLE);
  g_assert_cmpuint (links, >=, 1);
  edit (world, &world->one, "name", NULL, "Lê");
  td_exchange_changed (exchange);
  WAIT_UNTIL (box_waiting (&world->one) == 0);
  g_assert_cmpint (td_exchange_next_try (exchange), !=, 0);
  td_exchange_stop (exchange);
  g_assert_cmpint (td_exchange_link (exchange), ==, TD_LINK_OFF);
}

/* A keyring that fails once is not "no token": nothing is sent without it, and it is asked again. */
static void
test_secret_service_fails (World *world, gconstpointer data)
{
  g_autofree char *token = td_store_token (world->one.store);
  g_autofree char *endpoint = td_store_get (world->one.store, TD_META_ENDPOINT);
  g_autofree char *roles = td_store_get (world->one.store, TD_META_ROLES);
  g_autofree char *bus = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_autoptr (TdExchange) exchange = td_exchange_new (world->one.store);
  g_autoptr (GError) error = NULL;

  edit (world, &world->one, "name", NULL, "Lê");
  td_store_enroll (world->one.store, endpoint, world->owner, roles, "", &error); /* the service has it */
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      if (i == 0)
        g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
      else
        g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
      run_in_vain (&world->one, TD_EXCHANGE_ERROR_SECRET);
    }
  g_assert_cmpuint (fake_server_requests (world->server), ==, 0);
  td_exchange_start (exchange);
  WAIT_UNTIL (td_exchange_lacks_secret (exchange));
  g_assert_cmpuint (box_waiting (&world->one), ==, 1);
  td_store_enroll (world->one.store, endpoint, world->owner, roles, token, &error); /* now it answers */
  g_assert_no_error (error);
  td_exchange_now (exchange);
  WAIT_UNTIL (!td_exchange_lacks_secret (exchange));
  td_exchange_now (exchange);
  WAIT_UNTIL (box_waiting (&world->one) == 0);
  td_exchange_stop (exchange);
  if (bus != NULL)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
  else
    g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
}

static void
test_stopped_in_the_middle (World *world, gconstpointer data)
{
  g_autoptr (TdExchange) exchange = td_exchange_new (world->one.store);

  edit (world, &world->one, "name", NULL, "Lê");
  for (guint i = 0; i < 20; i++)
    {
      td_exchange_start (exchange);
      td_exchange_now (exchange);
      for (guint turn = 0; turn < i; turn++)
        g_main_context_iteration (NULL, FALSE);
      td_exchange_stop (exchange);
    }
  td_exchange_start (exchange);
  td_exchange_now (exchange);
  WAIT_UNTIL (box_waiting (&world->one) == 0 && td_exchange_link (exchange) == TD_LINK_IDLE);
  td_exchange_stop (exchange);
  g_assert_cmpuint (g_hash_table_size (world->peer->verdicts), ==, 1);
}

static void
test_closed_while_under_way (World *world, gconstpointer data)
{
  TdExchange *exchange = td_exchange_new (world->one.store);

  edit (world, &world->one, "name", NULL, "Lê");
  td_exchange_start (exchange);
  td_exchange_now (exchange);
  WAIT_UNTIL (td_exchange_link (exchange) == TD_LINK_BUSY);
  td_exchange_stop (exchange);
  g_object_add_weak_pointer (G_OBJECT (exchange), (gpointer *)&exchange);
  g_object_unref (exchange);
  WAIT_UNTIL (exchange == NULL);
}

#define ADD(path, function) g_test_add ("/exchange/" path, World, NULL, set_up, function, tear_down)
#define ADD_NEW(path, function) g_test_add ("/exchange/" path, World, "new", set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("THIDUA_SECRETS", "no", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("record/up-and-down", test_up_and_down);
  ADD ("record/many-in-batches", test_many_in_batches);
  ADD ("record/refused-is-told", test_refused_is_told);
  ADD ("record/answer-lost-after-commit", test_answer_lost_after_commit);
  ADD ("record/no-line", test_no_line);
  ADD_NEW ("record/not-enrolled", test_not_enrolled);
  ADD ("record/bad-answers", test_bad_answers);
  ADD ("record/too-big-once", test_too_big_once);
  ADD ("record/endpoint-that-forgot", test_endpoint_that_forgot);
  ADD ("record/idle-costs-one-request", test_idle_costs_one_request);
  ADD ("file/up-and-down", test_file_goes_up_and_down);
  ADD ("file/other-bytes", test_file_with_other_bytes);
  ADD ("file/endpoint-lacks-it", test_file_the_endpoint_lacks);
  ADD ("catalogue/fetched", test_catalogue_is_fetched);
  ADD ("catalogue/wrong-is-not-kept", test_wrong_catalogue_is_not_kept);
  ADD_NEW ("enrol/good", test_enrol);
  ADD_NEW ("enrol/in-vain", test_enrol_in_vain);
  ADD_NEW ("enrol/another-unit-asks", test_enrol_for_another_unit_asks);
  g_test_add_func ("/exchange/addresses", test_addresses);
  ADD ("itself/goes", test_goes_by_itself);
  ADD ("itself/secret-service-fails", test_secret_service_fails);
  ADD ("itself/stopped-in-the-middle", test_stopped_in_the_middle);
  ADD ("itself/closed-under-way", test_closed_while_under_way);
  return g_test_run ();
}
