/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-dossiers.h"
#include "bench-sink.h"
#include "endpoint-fixture.h"
#include "nginx-fixture.h"
#include "relay-fixture.h"

#include "exchange/driver.h"
#include "text/i18n.h"
#include "wire/gzip.h"

#include <string.h>

/* What the exchange costs on a commune's line: a real desk, nginx with TLS and the real endpoint, over a relay of
 * 64 kbit/s, 600 ms there and back, 2 % loss. Beside it the floor: gzip of the very same bodies over the same line,
 * one connection, nothing around them. Bytes are those of the streams, TLS included, without IP and TCP headers. */

#define RATE 8000 /* bytes a second */
#define DELAY 300 /* ms one way */
#define LOSS 20   /* of 1,000 */
#define CUTS 5
#define UNIT "31447"

typedef struct
{
  Endpoint *endpoint;
  Nginx *nginx;
  Relay *relay;
  Sink *sink;
  double rate;   /* as asked for, 0: as each measurement needs it */
  double factor; /* of time, now */
  int megabytes;
  char *only;
} Bench;

/* What the desk handed to HTTP and what it got, gzipped one by one: a floor has to carry that. */
static struct
{
  gint64 up, down, raw_up, raw_down;
  guint requests;
} bodies;

void __real_td_http_set_body (SoupMessage *message, GBytes *bytes);
void __wrap_td_http_set_body (SoupMessage *message, GBytes *bytes);
TdSyncAnswer *__real_td_sync_answer_read (GBytes *bytes, GError **error);
TdSyncAnswer *__wrap_td_sync_answer_read (GBytes *bytes, GError **error);
void __real_td_http_send_async (SoupSession *session,
                                SoupMessage *message,
                                gsize most,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
void __wrap_td_http_send_async (SoupSession *session,
                                SoupMessage *message,
                                gsize most,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);

static gint64
gzip_size (GBytes *bytes)
{
  g_autoptr (GBytes) packed = td_gzip (bytes);

  return (gint64)g_bytes_get_size (packed);
}

void
__wrap_td_http_set_body (SoupMessage *message, GBytes *bytes)
{
  bodies.up += gzip_size (bytes);
  bodies.raw_up += (gint64)g_bytes_get_size (bytes);
  __real_td_http_set_body (message, bytes);
}

TdSyncAnswer *
__wrap_td_sync_answer_read (GBytes *bytes, GError **error)
{
  bodies.down += gzip_size (bytes);
  bodies.raw_down += (gint64)g_bytes_get_size (bytes);
  return __real_td_sync_answer_read (bytes, error);
}

void
__wrap_td_http_send_async (SoupSession *session,
                           SoupMessage *message,
                           gsize most,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  bodies.requests++;
  __real_td_http_send_async (session, message, most, cancellable, callback, data);
}

/* ---- one measurement ------------------------------------------------------------------- */

typedef struct
{
  gint64 began;
  gint64 up, down;
} Mark;

static Mark
begin (Bench *self)
{
  memset (&bodies, 0, sizeof bodies);
  return (Mark){ g_get_monotonic_time (), relay_up (self->relay), relay_down (self->relay) };
}

static double
seconds_of (Bench *self, const Mark *mark)
{
  return (double)(g_get_monotonic_time () - mark->began) / G_USEC_PER_SEC * self->factor;
}

static double
measure_floor (Bench *self, gint64 up, gint64 down)
{
  double seconds;

  relay_turn (self->relay, sink_port (self->sink));
  seconds = sink_measure (self->sink, relay_port (self->relay), up, down) * self->factor;
  relay_turn (self->relay, self->nginx->port);
  return seconds;
}

/* @compared: seconds this stands beside; 0: nothing. */
static void
print_row (Bench *self, const char *what, double seconds, double compared, gint64 up, gint64 down)
{
  if (compared > 0)
    g_print ("× %5.3f", seconds / compared);
  else
    g_print ("      -");
  g_print ("  %-38s %8.1f s", what, seconds);
  if (compared > 0)
    g_print (" %8.1f s", compared);
  else
    g_print ("          -");
  g_print (" %9d B up %9d B down  %3u requests\n", (int)up, (int)down, bodies.requests);
}

static void
print_since (Bench *self, const char *what, const Mark *mark, double seconds, double compared)
{
  print_row (self, what, seconds, compared, relay_up (self->relay) - mark->up, relay_down (self->relay) - mark->down);
}

static void
slow (Bench *self)
{
  RelayLine line = { (guint)(RATE * self->factor), (guint)(DELAY / self->factor), LOSS, 7 };

  relay_set_line (self->relay, &line);
}

static void
fast (Bench *self)
{
  relay_set_line (self->relay, NULL);
}

/* ---- desks ----------------------------------------------------------------------------- */

static void
set_document (TdStore *store, const char *name, const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (g_getenv ("TD_DATADIR"), folder, file, NULL);
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;
  char *text;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  bytes = g_bytes_new_take (text, length);
  td_store_set_document (store, name, bytes, &error);
  g_assert_no_error (error);
}

static void
exchange (TdStore *store)
{
  GError *error = NULL;

  td_exchange_run_once (store, NULL, &error);
  g_assert_no_error (error);
}

/* A desk enrolled over a good line, with the plan and nothing to say. */
static TdStore *
new_store (Bench *self, const char *file)
{
  g_autofree char *path = g_build_filename (self->endpoint->folder, file, NULL);
  g_autofree char *code = endpoint_code (self->endpoint, UNIT, "OL");
  g_autofree char *url = g_strdup_printf ("https://localhost:%u", relay_port (self->relay));
  GError *error = NULL;
  TdStore *store = td_store_open (path, &error);

  g_assert_no_error (error);
  fast (self);
  set_document (store, "campaign", "campaigns", endpoint_campaign);
  set_document (store, "units", "units", endpoint_units);
  td_store_set (store, TD_META_PERSON, "Nguyễn Thị Ví Dụ", &error);
  g_assert_no_error (error);
  td_store_set (store, TD_META_POSITION, "Công chức Văn phòng - Thống kê", &error);
  g_assert_no_error (error);
  td_exchange_enroll_once (store, url, code, TRUE, &error);
  g_assert_no_error (error);
  return store;
}

/* ---- the line itself ------------------------------------------------------------------------- */

#define ALONE_BYTES (100 * 1000)

/* Beside what arithmetic says: a line that were slower than it claims would flatter everything below. */
static void
measure_line (Bench *self)
{
  double computed = (double)ALONE_BYTES / RATE + 4.0 * DELAY / 1000; /* handshake, there and back */
  Mark mark;
  double seconds;

  slow (self);
  mark = begin (self);
  seconds = measure_floor (self, ALONE_BYTES, 1);
  print_since (self, "100 kB with nothing around them", &mark, seconds, computed);
}

/* ---- nothing changed, one dossier -------------------------------------------------------- */

static void
wait_for_answer (TdExchange *exchange)
{
  while (exchange->answer == NULL && !exchange->nothing)
    g_main_context_iteration (NULL, TRUE);
}

static void
measure_warm (Bench *self, TdStore *store)
{
  TdExchange *exchange = td_exchange_new (store);
  GError *error = NULL;
  Mark mark;
  guint opened;
  double seconds;

  exchange->once = TRUE;
  td_exchange_prepare (exchange);
  while (td_exchange_moving (exchange))
    g_main_context_iteration (NULL, TRUE);
  slow (self);
  opened = relay_connections (self->relay);
  mark = begin (self);
  td_exchange_send_sync (exchange, TD_BUDGET_FIRST, &error);
  g_assert_no_error (error);
  exchange->nothing = FALSE;
  wait_for_answer (exchange);
  seconds = seconds_of (self, &mark);
  g_usleep (300 * 1000);
  print_since (self, "nothing changed, warm", &mark, seconds, 2.0 * DELAY / 1000);
  g_assert_cmpuint (relay_connections (self->relay), ==, opened);
  td_exchange_detach (exchange);
  g_object_unref (exchange);
}

static void
measure_cold (Bench *self, TdStore *store)
{
  Mark mark;
  double seconds;

  slow (self);
  mark = begin (self);
  exchange (store);
  seconds = seconds_of (self, &mark);
  print_since (self, "nothing changed, a new connection", &mark, seconds, 2.0 * DELAY / 1000);
}

static void
measure_quiet (Bench *self)
{
  TdStore *store = new_store (self, "quiet.db");

  bench_dossier (store, 1);
  exchange (store);
  exchange (store);
  measure_warm (self, store);
  measure_cold (self, store);
  td_store_close (store);
}

/* ---- many dossiers up, and down again ------------------------------------------------------ */

static void
measure_push (Bench *self, guint count)
{
  g_autofree char *file = g_strdup_printf ("push-%u.db", count);
  g_autofree char *what = g_strdup_printf ("%u dossier%s pushed", count, count == 1 ? "" : "s");
  TdStore *store = new_store (self, file);
  Mark mark;
  double seconds;
  gint64 up, down, raw, requests;

  exchange (store);
  bench_dossiers (store, count, count);
  slow (self);
  mark = begin (self);
  exchange (store);
  seconds = seconds_of (self, &mark);
  up = relay_up (self->relay) - mark.up;
  down = relay_down (self->relay) - mark.down;
  raw = bodies.raw_up;
  requests = bodies.requests;
  slow (self);
  print_row (self, what, seconds, measure_floor (self, bodies.up, 1), up, down);
  g_print ("           %d B of bodies raw, %d B gzip, up; %d B raw, %d B gzip, down; %d requests\n", (int)raw,
           (int)bodies.up, (int)bodies.raw_down, (int)bodies.down, (int)requests);
  td_store_close (store);
}

/* A second machine of the unit begins: all that the first has sent. */
static void
measure_load (Bench *self, guint count)
{
  g_autofree char *what = g_strdup_printf ("a first load of some %u dossiers", count);
  TdStore *store = new_store (self, "load.db");
  Mark mark;
  double seconds;
  gint64 up, down;
  GError *error = NULL;

  td_store_start_over (store, &error);
  g_assert_no_error (error);
  slow (self);
  mark = begin (self);
  exchange (store);
  seconds = seconds_of (self, &mark);
  up = relay_up (self->relay) - mark.up;
  down = relay_down (self->relay) - mark.down;
  slow (self);
  print_row (self, what, seconds, measure_floor (self, 1, bodies.down), up, down);
  td_store_close (store);
}

/* ---- a scan ------------------------------------------------------------------------------------ */

static gsize
scan_bytes (Bench *self)
{
  return (gsize)self->megabytes * 1000 * 1000;
}

static void
add_scan (Bench *self, TdStore *store, guint32 seed)
{
  g_autofree char *path = g_build_filename (self->endpoint->folder, "scan.pdf", NULL);
  gsize size = scan_bytes (self);
  g_autofree guint32 *noise = g_new (guint32, size / 4);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (TdStoredFile) stored = NULL;
  g_autofree char *unit = td_store_get (store, TD_META_UNIT);
  g_autofree char *sha = NULL;
  g_autofree char *id = NULL;
  TdAuthor author;
  TdEditOf of = { NULL, "nomination", unit, NULL };
  TdChange change = { "file/0197e560-8f02-7000-8000-000002000000/sha", NULL, NULL };
  GError *error = NULL;

  for (gsize i = 0; i < size / 4; i++)
    noise[i] = g_rand_int (random);
  g_assert_true (g_file_set_contents (path, (char *)noise, (gssize)size, NULL));
  stored = td_store_add_file (store, file, &error);
  g_assert_no_error (error);
  td_store_author (store, &author);
  id = g_strdup (author.id);
  of.record = of.dossier = id;
  change.value = sha = td_json_canonical_string (stored->sha);
  td_store_edit (store, &of, &change, 1, NULL, &error);
  g_assert_no_error (error);
}

/* As the window does it: by itself, with its own waiting after a cut. */
static void
send_all (Bench *self, TdStore *store, guint cuts)
{
  TdExchange *exchange = td_exchange_new (store);
  guint files = 1;

  td_exchange_start (exchange);
  if (cuts > 0)
    relay_cut_after (self->relay, (gint64)scan_bytes (self) / (CUTS + 1));
  while (files > 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
      td_store_waiting (store, NULL, NULL, &files);
      if (cuts > 0 && relay_was_cut (self->relay))
        relay_cut_after (self->relay, --cuts > 0 ? (gint64)scan_bytes (self) / (CUTS + 1) : -1);
    }
  g_assert_cmpuint (cuts, ==, 0);
  td_exchange_detach (exchange);
  g_object_unref (exchange);
}

/* @compared 0: beside the bare line. */
static double
measure_scan (Bench *self, guint cuts, double compared, gint64 *up)
{
  g_autofree char *file = g_strdup_printf ("scan-%u.db", cuts);
  g_autofree char *what
      = g_strdup_printf (cuts == 0 ? "%d MB up (beside the bare line)" : "%d MB cut five times (beside uncut)",
                         self->megabytes);
  TdStore *store = new_store (self, file);
  Mark mark;
  double seconds;
  gint64 down;

  exchange (store);
  add_scan (self, store, cuts + 1);
  slow (self);
  mark = begin (self);
  send_all (self, store, cuts);
  seconds = seconds_of (self, &mark);
  *up = relay_up (self->relay) - mark.up;
  down = relay_down (self->relay) - mark.down;
  slow (self);
  print_row (self, what, seconds, compared > 0 ? compared : measure_floor (self, (gint64)scan_bytes (self), 1), *up,
             down);
  td_store_close (store);
  return seconds;
}

static void
measure_scans (Bench *self)
{
  gint64 whole, cut;
  double seconds = measure_scan (self, 0, 0, &whole);

  measure_scan (self, CUTS, seconds, &cut);
  g_print ("           %d B more than uncut: %d B for each cut\n", (int)(cut - whole), (int)(cut - whole) / (int)CUTS);
}

/* ---- all -------------------------------------------------------------------------------------------- */

static void
tell_ca (Bench *self)
{
  g_autofree char *path = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  GError *error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, path, "--data",
                                                      self->endpoint->dir, "--ca", self->nginx->ca, "--verify", NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
measure_one (Bench *self)
{
  measure_push (self, 1);
}

static void
measure_thousand (Bench *self)
{
  measure_push (self, 1000);
  measure_load (self, 1000);
}

static void
measure_five_thousand (Bench *self)
{
  measure_push (self, 5000);
}

/* What computing and waiting take is stretched with the line: the faster, the more each ratio is above the true one. */
static const struct
{
  const char *name;
  void (*measure) (Bench *self);
  double factor;
} measures[] = {
  { "line", measure_line, 4 },
  { "quiet", measure_quiet, 1 },
  { "one", measure_one, 1 },
  { "thousand", measure_thousand, 2 },
  { "five-thousand", measure_five_thousand, 5 },
  { "scan", measure_scans, 10 },
};

static void
run (Bench *self)
{
  g_print ("%-7s  %-38s %10s %10s\n", "ratio", "", "took", "beside");
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      if (self->only != NULL && strcmp (self->only, measures[i].name) != 0)
        continue;
      self->factor = self->rate > 0 ? self->rate : measures[i].factor;
      g_print ("%s, %g times as fast:\n", measures[i].name, self->factor);
      measures[i].measure (self);
    }
}

int
main (int argc, char **argv)
{
  Bench self = { .megabytes = 10 };
  const GOptionEntry entries[] = {
    { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &self.rate,
      "So many times 64 kbit/s, and so many times nearer; times are printed as on the real line. 1: the real one",
      "N" },
    { "megabytes", 0, 0, G_OPTION_ARG_INT, &self.megabytes, "Of the scan", "N" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &self.only, "line, quiet, one, thousand, five-thousand or scan", "NAME" },
    { NULL },
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, NULL) || self.rate < 0 || self.megabytes <= 0)
    return 2;
  td_i18n_start ();
  self.endpoint = endpoint_new ();
  self.nginx = nginx_new (self.endpoint->port);
  if (self.nginx == NULL)
    return 77;
  tell_ca (&self);
  self.relay = relay_new (self.nginx->port, NULL);
  self.sink = sink_new ();
  g_print ("a line of 64 kbit/s, 600 ms, 2 %% loss, through nginx with TLS\n");
  run (&self);
  sink_free (self.sink);
  relay_free (self.relay);
  nginx_free (self.nginx);
  endpoint_free (self.endpoint);
  return 0;
}
