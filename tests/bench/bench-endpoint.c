/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-calls.h"
#include "bench-dossiers.h"
#include "bench-rows.h"
#include "device-fixture.h"
#include "endpoint-fixture.h"
#include "nginx-fixture.h"
#include "temporary.h"

#include "json/json.h"
#include "text/i18n.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* What the endpoint bears: operations beside bare SQLite, and many desks through nginx with TLS. */

#define ROUNDS 3
#define OPEN_MOST                                                                                                      \
  1000 /* of 10,000 desks that ask every ten minutes and keep a line for one, so many have theirs open */
#define THREADS 40

/* ---- operations beside bare rows ----------------------------------------------------------- */

static char *
dossier_body (World *world, guint number, const char *unit)
{
  g_autofree char *id = world_id (world);
  g_autofree char *record = world_id (world);
  g_autofree char *text = bench_achievement (number);
  g_autofree char *words = td_json_canonical_string (text);

  return g_strdup_printf (
      "{\"at\":1752000000,\"by\":{\"name\":\"Nguyễn Thị Ví Dụ\",\"position\":\"Công chức Văn phòng - Thống kê\"},"
      "\"f\":{\"achievement\":[\"\",%s],\"award\":[\"\",\"BANG_KHEN_CHU_TICH_UBND_TINH\"],\"name\":[\"\",\"Trần Văn "
      "%u\"],\"subject\":[\"\",\"individual\"]},\"id\":\"%s\",\"k\":\"edit\",\"o\":\"%s\",\"r\":\"%s\",\"t\":"
      "\"nomination\",\"u\":\"%s\"}",
      words, number, id, record, record, unit);
}

/* Seals @count dossiers; the bytes of the request. */
static GBytes *
push_bytes (Device *device, guint first, guint count)
{
  g_autoptr (TdSyncRequest) request = NULL;
  GError *error = NULL;
  GBytes *bytes;

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *body = dossier_body (device->world, first + i, device->unit);

      device_seal (device, body, "");
    }
  request = device_request (device);
  bytes = td_sync_request_write (request, &error);
  g_assert_no_error (error);
  return bytes;
}

/* From the bytes of a request to those of its answer; seconds. */
static double
take (Device *device, GBytes *bytes)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (TdSyncRequest) request = td_sync_request_read (bytes, NULL);
  TdProblem *problem = NULL;
  g_autoptr (TdSyncAnswer) answer
      = td_centre_sync (device->world->centre, device->key, request, &device->world->moment, &problem);
  g_autoptr (GBytes) down = NULL;
  double seconds;

  g_assert_null (problem);
  down = td_sync_answer_write (answer, NULL);
  seconds = (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  for (guint i = 0; i < answer->res->len; i++)
    g_assert_true (((TdSyncVerdict *)answer->res->pdata[i])->ok);
  g_free (device->cur);
  device->cur = g_strdup (answer->cur);
  device->known = answer->n;
  g_ptr_array_set_size (device->pending, 0);
  return seconds;
}

static double
accept_all (const char *journal, guint count, guint group)
{
  World *world = world_new (journal);
  Device *device = device_enrolled (world, 1, "31447", "OL");
  double seconds = 0;

  for (guint i = 0; i < count; i += group)
    {
      g_autoptr (GBytes) bytes = push_bytes (device, i, group);

      seconds += take (device, bytes);
    }
  device_free (device);
  world_free (world);
  return seconds;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *first = a, *second = b;

  return *first < *second ? -1 : *first > *second;
}

/* By turns, so that a busy machine is busy for both. */
static void
measure_group (guint count, guint group)
{
  double ours[ROUNDS], bare[ROUNDS], ratios[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("thidua-bench-XXXXXX", NULL);
      g_autofree char *journal = g_build_filename (folder, "journal.db", NULL);

      ours[i] = accept_all (journal, count, group);
      bare[i] = bench_rows (journal, count / group);
      ratios[i] = bare[i] / ours[i];
      remove_tree (folder);
    }
  qsort (ours, ROUNDS, sizeof *ours, compare);
  qsort (bare, ROUNDS, sizeof *bare, compare);
  qsort (ratios, ROUNDS, sizeof *ratios, compare);
  g_print ("× %5.3f  %u operations a transaction: %.0f/s, bare SQLite %.0f/s (ratios %.3f to %.3f)\n",
           ratios[ROUNDS / 2], group, count / ours[ROUNDS / 2], count / bare[ROUNDS / 2], ratios[0],
           ratios[ROUNDS - 1]);
}

static void
measure_operations (void)
{
  measure_group (500, 1);
  measure_group (2000, 20);
  measure_group (4000, 200);
}

/* ---- many desks -------------------------------------------------------------------------------- */

typedef struct
{
  char *token;
  char *poll;   /* path */
  GBytes *push; /* NULL: only asks */
  GIOStream *line;
  guint tries;
} Desk;

typedef struct
{
  Endpoint *endpoint;
  Nginx *nginx;
  GPtrArray *desks;
  /* of the run */
  gint64 began;
  double seconds; /* over which the first requests are spread */
  guint rounds;   /* requests of each desk */
  gboolean sends; /* who has something sends it in the first round */
  gboolean stays; /* their lines stay open */
  GMutex mutex;
  GArray *waits; /* double: ms from when it should have been asked to the answer */
  guint broken, busy, next;
  GQueue open; /* GIOStream, oldest first */
} Crowd;

static void
desk_free (gpointer data)
{
  Desk *self = data;

  g_clear_object (&self->line);
  g_clear_pointer (&self->push, g_bytes_unref);
  g_free (self->token);
  g_free (self->poll);
  g_free (self);
}

static GPtrArray *
communes_of (World *world)
{
  GPtrArray *communes = td_units_all (td_centre_units (world->centre));

  for (guint i = communes->len; i > 0; i--)
    if (strcmp (((const TdUnit *)communes->pdata[i - 1])->level, "commune") != 0)
      g_ptr_array_remove_index (communes, i - 1);
  g_assert_cmpuint (communes->len, >, 50);
  return communes;
}

/* Communes in turn, as many desks as wanted; one in @pushing has a dossier to send. */
static void
enrol_desks (Crowd *self, guint count, guint pushing)
{
  g_autofree char *path = g_build_filename (self->endpoint->dir, "journal.db", NULL);
  World *world = world_new (path);
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify)device_free);
  g_autoptr (GPtrArray) communes = communes_of (world);
  g_autoptr (TdSyncAnswer) answer = NULL;
  TdPoll poll = { NULL, NULL, (char *)"0123456789abcdef", TD_PAGE_MAX };

  for (guint i = 0; i < count; i++)
    {
      const TdUnit *unit = communes->pdata[i % communes->len];

      g_ptr_array_add (devices, device_enrolled (world, i, unit->code, "OL"));
    }
  answer = device_sync (devices->pdata[0], NULL);
  poll.cur = answer->cur;
  poll.tag = answer->tag;
  for (guint i = 0; i < count; i++)
    {
      Device *device = devices->pdata[i];
      Desk *desk = g_new0 (Desk, 1);

      g_free (device->cur);
      device->cur = g_strdup (answer->cur);
      desk->token = g_strdup (device->token);
      desk->poll = td_poll_path (&poll);
      desk->push = i % pushing == 0 ? push_bytes (device, i, 1) : NULL;
      g_ptr_array_add (self->desks, desk);
    }
  world_free (world);
}

static Crowd *
crowd_new (guint count, guint pushing)
{
  Crowd *self = g_new0 (Crowd, 1);

  self->endpoint = endpoint_new ();
  endpoint_stop (self->endpoint);
  self->desks = g_ptr_array_new_with_free_func (desk_free);
  enrol_desks (self, count, pushing);
  endpoint_start (self->endpoint);
  self->nginx = nginx_new_for (self->endpoint->port, 2 * OPEN_MOST + 1000);
  self->waits = g_array_new (FALSE, FALSE, sizeof (double));
  g_mutex_init (&self->mutex);
  g_queue_init (&self->open);
  return self;
}

static void
crowd_free (Crowd *self)
{
  g_queue_clear_full (&self->open, g_object_unref);
  g_ptr_array_unref (self->desks);
  nginx_free (self->nginx);
  endpoint_free (self->endpoint);
  g_array_unref (self->waits);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* The largest memory of a process and of those it started, MiB. */
static double
memory_of (GSubprocess *process, const char *name)
{
  const char *id = g_subprocess_get_identifier (process);
  g_autofree char *line = g_strdup_printf (
      "cat /proc/%s/status $(for c in $(cat /proc/%s/task/*/children); do echo /proc/$c/status; done)"
      " | awk '/%s/ { sum += $2 } END { print sum }'",
      id, id, name);
  g_autofree char *out = NULL;
  const char *argv[] = { "sh", "-c", line, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, NULL));
  return g_ascii_strtod (out, NULL) / 1024;
}

static GIOStream *
line_of (Crowd *self, Desk *desk, guint number)
{
  if (desk->line == NULL)
    desk->line = calls_open (self->nginx->port, number);
  return desk->line;
}

/* A line is kept as long as a desk would keep it: the newest ones are open. */
static void
leave_line (Crowd *self, Desk *desk)
{
  GIOStream *oldest = NULL;

  if (self->stays || desk->line == NULL)
    return;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->open, g_steal_pointer (&desk->line));
  if (self->open.length > OPEN_MOST)
    oldest = g_queue_pop_head (&self->open);
  g_mutex_unlock (&self->mutex);
  if (oldest != NULL)
    g_io_stream_close (oldest, NULL, NULL);
  g_clear_object (&oldest);
}

/* News move the cursor on. */
static void
take_news (Desk *desk, const Heard *heard)
{
  g_autoptr (TdSyncAnswer) answer
      = g_bytes_get_size (heard->body) == 0 ? NULL : td_sync_answer_read (heard->body, NULL);
  TdPoll poll = { NULL, NULL, (char *)"0123456789abcdef", TD_PAGE_MAX };

  if (answer == NULL)
    return;
  poll.cur = answer->cur;
  poll.tag = answer->tag;
  g_free (desk->poll);
  desk->poll = td_poll_path (&poll);
}

/* Until it has its answer; a busy endpoint says when to come again. */
static gboolean
ask (Crowd *self, Desk *desk, guint number, gboolean pushes)
{
  for (guint i = 0; i < 20; i++)
    {
      GIOStream *line = line_of (self, desk, number);
      Heard heard = { 0 };
      gboolean heard_it
          = line != NULL
            && calls_ask (line, pushes ? "/v1/sync" : desk->poll, desk->token, pushes ? desk->push : NULL, &heard);

      desk->tries++;
      if (heard_it && heard.status == 200)
        take_news (desk, &heard);
      heard_clear (&heard);
      if (heard_it && heard.status == 200)
        return TRUE;
      g_mutex_lock (&self->mutex);
      self->busy += heard_it && (heard.status == 503 || heard.status == 429);
      self->broken += !(heard_it && (heard.status == 503 || heard.status == 429));
      g_mutex_unlock (&self->mutex);
      if (!heard_it)
        g_clear_object (&desk->line);
      g_usleep ((gulong)(heard.retry_after == 0 ? 1 : heard.retry_after) * G_USEC_PER_SEC);
    }
  return FALSE;
}

/* One request of one desk, at its time. */
static void
take_turn (Crowd *self, guint turn)
{
  guint number = turn % self->desks->len, round = turn / self->desks->len;
  Desk *desk = self->desks->pdata[number];
  gint64 due = self->began + (gint64)(self->seconds * G_USEC_PER_SEC * turn / self->desks->len);
  double wait;

  if (due > g_get_monotonic_time ())
    g_usleep ((gulong)(due - g_get_monotonic_time ()));
  g_assert_true (ask (self, desk, number, self->sends && desk->push != NULL && round == 0));
  wait = (double)(g_get_monotonic_time () - due) / 1000;
  leave_line (self, desk);
  g_mutex_lock (&self->mutex);
  g_array_append_val (self->waits, wait);
  g_mutex_unlock (&self->mutex);
}

static gpointer
work (gpointer data)
{
  Crowd *self = data;

  for (;;)
    {
      guint turn;

      g_mutex_lock (&self->mutex);
      turn = self->next++;
      g_mutex_unlock (&self->mutex);
      if (turn >= self->desks->len * self->rounds)
        return NULL;
      take_turn (self, turn);
    }
}

static void
let_come (Crowd *self, double seconds, guint rounds, guint threads)
{
  g_autofree GThread **workers = g_new0 (GThread *, threads);

  self->seconds = seconds;
  self->rounds = rounds;
  self->next = self->busy = self->broken = 0;
  g_array_set_size (self->waits, 0);
  self->began = g_get_monotonic_time ();
  for (guint i = 0; i < threads; i++)
    workers[i] = g_thread_new ("desks", work, self);
  for (guint i = 0; i < threads; i++)
    g_thread_join (workers[i]);
  g_array_sort (self->waits, compare);
}

static double
wait_at (Crowd *self, double share)
{
  return g_array_index (self->waits, double, (guint)((self->waits->len - 1) * share));
}

static void
print_crowd (Crowd *self, const char *what)
{
  g_print ("         %s: %u answers in %.1f s, half within %.1f ms, p99 %.1f ms, the last %.1f ms; %u told to wait, %u "
           "broken; endpoint %.0f MiB, nginx %.0f MiB\n",
           what, self->waits->len, (double)(g_get_monotonic_time () - self->began) / G_USEC_PER_SEC,
           wait_at (self, 0.5), wait_at (self, 0.99), wait_at (self, 1), self->busy, self->broken,
           memory_of (self->endpoint->process, "VmHWM"), memory_of (self->nginx->process, "VmHWM"));
}

/* 500 lines that stay open; each desk asks every four seconds, one in ten also sends a dossier. */
static void
measure_connected (void)
{
  Crowd *self = crowd_new (500, 10);
  double alone;

  self->stays = TRUE;
  let_come (self, 8, 1, THREADS); /* all lines are open now */
  print_crowd (self, "500 desks come");
  let_come (self, 20, 1, 1);
  alone = wait_at (self, 0.99);
  print_crowd (self, "one after the other");
  self->sends = TRUE;
  let_come (self, 4, 5, THREADS);
  g_print ("× %5.1f  p99 of 500 desks connected, beside that of one after the other\n", wait_at (self, 0.99) / alone);
  print_crowd (self, "500 desks, 125 a second");
  crowd_free (self);
}

/* Ten minutes of 10,000 desks in one and a half: each comes on a line of its own. */
static void
measure_polling (guint desks)
{
  Crowd *self = crowd_new (desks, desks + 1);
  double both;

  let_come (self, desks / 110.0, 1, THREADS);
  both = memory_of (self->endpoint->process, "VmHWM") + memory_of (self->nginx->process, "VmHWM");
  g_print ("× %5.3f  of 512 MiB for %u desks that ask every ten minutes\n", both / 512, desks);
  print_crowd (self, "all of them, seven times as often");
  crowd_free (self);
}

/* The minute before the deadline in six seconds: all of them send. */
static void
measure_storm (void)
{
  Crowd *self = crowd_new (1500, 1);
  guint most = 0;

  self->sends = TRUE;
  let_come (self, 6, 1, 1500 / 5);
  for (guint i = 0; i < self->desks->len; i++)
    most = MAX (most, ((Desk *)self->desks->pdata[i])->tries);
  print_crowd (self, "1,500 desks send a dossier within 6 s");
  g_print ("         every one was heard, at its try number %u at the latest\n", most);
  crowd_free (self);
}

/* ---- all ------------------------------------------------------------------------------------------ */

static void
allow_many_lines (void)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *only = NULL;
  int desks = 10000;
  const GOptionEntry entries[] = {
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "operations, connected, polling or storm", "NAME" },
    { "desks", 0, 0, G_OPTION_ARG_INT, &desks, "That poll", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, NULL) || desks < 1 || desks > 10000)
    return 2;
  td_i18n_start ();
  allow_many_lines ();
  if (only == NULL || strcmp (only, "operations") == 0)
    measure_operations ();
  if (only == NULL || strcmp (only, "connected") == 0)
    measure_connected ();
  if (only == NULL || strcmp (only, "polling") == 0)
    measure_polling ((guint)desks);
  if (only == NULL || strcmp (only, "storm") == 0)
    measure_storm ();
  return 0;
}
