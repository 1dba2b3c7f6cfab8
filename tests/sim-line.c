/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "wire/blob.h"
#include "wire/coding.h"

#include <string.h>

/* The network. The driver is the real one; its requests end here instead of in libsoup: they are late, lost, cut at
 * any byte, given twice, overtake each other, and somebody else may answer. */

#define TIMEOUT_MS (30 * 1000)
#define TURNS_MOST 20000

typedef enum
{
  FATE_GOOD,
  FATE_LOST,        /* the request */
  FATE_CUT_UP,      /* a part of its body arrives */
  FATE_ANSWER_LOST, /* after the commit */
  FATE_CUT_DOWN,    /* a part of the answer arrives */
  FATE_TWICE,       /* the request arrives again, much later */
  FATE_PORTAL,      /* somebody else answers */
  FATE_SPOILT       /* a bit of the body is another one */
} Fate;

typedef struct
{
  SimDesk *desk; /* NULL: nobody waits any more */
  GTask *task;   /* NULL: likewise */
  SoupMessage *message;
  char *method, *path, *token;
  GBytes *body;
  gint64 told; /* Upload-Length or Upload-Offset */
  Fate fate;
  gint64 at;
  gboolean served, answered, streams;
  SimAnswer answer;
} Flight;

static void
flight_free (gpointer data)
{
  Flight *self = data;

  g_clear_object (&self->task);
  g_clear_object (&self->message);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->answer.body, g_bytes_unref);
  g_free (self->answer.echo);
  g_free (self->method);
  g_free (self->path);
  g_free (self->token);
  g_free (self);
}

void
sim_line_start (void)
{
  sim->flights = g_ptr_array_new_with_free_func (flight_free);
}

void
sim_line_stop (void)
{
  g_clear_pointer (&sim->flights, g_ptr_array_unref);
}

/* ---- in place of libsoup ------------------------------------------------------------------------------------------- */

SoupSession *__wrap_td_http_session (void);
void __wrap_soup_message_set_request_body (SoupMessage *message, const char *type, GInputStream *stream, gssize length);
void __wrap_soup_message_set_request_body_from_bytes (SoupMessage *message, const char *type, GBytes *bytes);
guint __wrap_soup_message_get_status (SoupMessage *message);
void __wrap_td_http_send_async (SoupSession *session,
                                SoupMessage *message,
                                gsize most,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
void __wrap_soup_session_send_async (SoupSession *session,
                                     SoupMessage *message,
                                     int priority,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
GInputStream *__wrap_soup_session_send_finish (SoupSession *session, GAsyncResult *result, GError **error);

SoupSession *
__wrap_td_http_session (void)
{
  static SoupSession *shared;

  if (shared == NULL)
    shared = soup_session_new ();
  return g_object_ref (shared);
}

void
__wrap_soup_message_set_request_body_from_bytes (SoupMessage *message, const char *type, GBytes *bytes)
{
  g_object_set_data_full (G_OBJECT (message), "sim-body", g_bytes_ref (bytes), (GDestroyNotify)g_bytes_unref);
}

void
__wrap_soup_message_set_request_body (SoupMessage *message, const char *type, GInputStream *stream, gssize length)
{
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes (stream, (gsize)length, NULL, NULL);

  g_assert (bytes != NULL && (gssize)g_bytes_get_size (bytes) == length);
  __wrap_soup_message_set_request_body_from_bytes (message, type, bytes);
}

guint
__wrap_soup_message_get_status (SoupMessage *message)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (message), "sim-status"));
}

/* ---- a request goes off ---------------------------------------------------------------------------------------------- */

static Fate
draw_fate (const SimDesk *desk, const char *path)
{
  guint dice = sim_draw (100);

  if (!sim->line_good && desk->no_line_until > sim->now)
    return FATE_LOST;
  if (sim->line_good || !sim_chance (sim->badness))
    return FATE_GOOD;
  if (dice < 20)
    return FATE_LOST;
  if (dice < 34)
    return FATE_CUT_UP;
  if (dice < 52)
    return FATE_ANSWER_LOST;
  if (dice < 64)
    return FATE_CUT_DOWN;
  if (dice < 76)
    return FATE_TWICE;
  if (dice < 82)
    return FATE_PORTAL;
  return td_blob_sha (path) != NULL ? FATE_SPOILT : FATE_GOOD;
}

static gint64
draw_delay (void)
{
  if (sim->line_good)
    return 20;
  return sim_chance (sim->badness / 10) ? 1000 + sim_draw (120 * 1000) : 20 + sim_draw (4000);
}

static gint64
told_in (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  const char *length = soup_message_headers_get_one (headers, "Upload-Length");
  const char *offset = soup_message_headers_get_one (headers, "Upload-Offset");

  return td_length (length != NULL ? length : offset, G_MAXINT32);
}

static GBytes *
body_of (SoupMessage *message)
{
  GBytes *bytes = g_object_get_data (G_OBJECT (message), "sim-body");
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  TdCoding coding;

  if (bytes == NULL)
    return g_bytes_new (NULL, 0);
  td_coding_read (soup_message_headers_get_one (headers, "Content-Encoding"), &coding);
  return td_coding_unpack (coding, bytes, NULL, TD_SYNC_INFLATED_MAX, NULL);
}

static void
depart (SoupMessage *message, GTask *task, gboolean streams)
{
  Flight *flight = g_new0 (Flight, 1);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  GUri *uri = soup_message_get_uri (message);
  const char *query = g_uri_get_query (uri);

  g_assert (sim->acting < SIM_DESKS);
  flight->desk = &sim->desks[sim->acting];
  flight->task = task;
  flight->message = g_object_ref (message);
  flight->method = g_strdup (soup_message_get_method (message));
  flight->path = query == NULL ? g_strdup (g_uri_get_path (uri)) : g_strconcat (g_uri_get_path (uri), "?", query, NULL);
  flight->token = g_strdup (td_bearer (soup_message_headers_get_one (headers, "Authorization")));
  flight->body = body_of (message);
  flight->told = told_in (message);
  flight->streams = streams;
  flight->fate = draw_fate (flight->desk, flight->path);
  flight->at = sim->now + draw_delay ();
  g_ptr_array_add (sim->flights, flight);
  sim_note ("desk %u asks %s %.60s %" G_GSIZE_FORMAT " bytes, fate %d", flight->desk->index, flight->method,
            flight->path, g_bytes_get_size (flight->body), flight->fate);
}

void
__wrap_td_http_send_async (SoupSession *session,
                           SoupMessage *message,
                           gsize most,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  depart (message, g_task_new (NULL, cancellable, callback, data), FALSE);
}

void
__wrap_soup_session_send_async (SoupSession *session,
                                SoupMessage *message,
                                int priority,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  depart (message, g_task_new (session, cancellable, callback, data), TRUE);
}

GInputStream *
__wrap_soup_session_send_finish (SoupSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- it arrives -------------------------------------------------------------------------------------------------------- */

static GBytes *
front_of (GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);

  return g_bytes_new_from_bytes (bytes, 0, size == 0 ? 0 : sim_draw ((guint)size));
}

static GBytes *
spoil (GBytes *bytes)
{
  gsize size;
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  size = g_bytes_get_size (bytes);
  if (size > 0)
    copy[sim_draw ((guint)size)] ^= 1;
  return g_bytes_new_take (copy, size);
}

static void
send_again (const Flight *flight)
{
  Flight *again = g_new0 (Flight, 1);

  again->method = g_strdup (flight->method);
  again->path = g_strdup (flight->path);
  again->token = g_strdup (flight->token);
  again->body = g_bytes_ref (flight->body);
  again->told = flight->told;
  again->at = sim->now + sim_draw (600 * 1000);
  g_ptr_array_add (sim->flights, again);
}

static void
serve (Flight *flight)
{
  g_autoptr (GBytes) part = NULL;

  flight->served = TRUE;
  if (flight->fate == FATE_CUT_UP)
    part = front_of (flight->body);
  else if (flight->fate == FATE_SPOILT)
    part = spoil (flight->body);
  if (flight->fate == FATE_TWICE)
    send_again (flight);
  if (flight->fate != FATE_LOST && flight->fate != FATE_PORTAL)
    {
      sim_note ("arrives %s %.60s%s", flight->method, flight->path, flight->desk == NULL ? " of nobody" : "");
      flight->answered = sim_centre_serve (flight->method, flight->path, flight->token == NULL ? "" : flight->token,
                                           part == NULL ? flight->body : part, flight->told,
                                           flight->fate != FATE_CUT_UP, &flight->answer);
    }
  if (flight->fate == FATE_CUT_UP || flight->fate == FATE_ANSWER_LOST)
    flight->answered = FALSE;
  flight->at = sim->now + (flight->answered || flight->fate == FATE_PORTAL ? draw_delay () : TIMEOUT_MS);
}

static void
give_error (Flight *flight)
{
  g_task_return_new_error (flight->task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the line is gone");
}

static void
give_reply (Flight *flight, GBytes *body)
{
  TdReply *reply = g_new0 (TdReply, 1);
  SoupMessageHeaders *headers = soup_message_get_response_headers (flight->message);

  reply->status = flight->answer.status;
  reply->ours = TRUE;
  reply->retry_after = reply->status == 503 || reply->status == 429 ? 5000 : 0;
  reply->echo = g_strdup (flight->answer.echo);
  reply->date = flight->answer.date;
  reply->body = g_bytes_ref (body);
  if (flight->answer.offset >= 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, flight->answer.offset);

      soup_message_headers_replace (headers, "Upload-Offset", text);
    }
  g_task_return_pointer (flight->task, reply, (GDestroyNotify)td_reply_free);
}

static gint64
range_asked (Flight *flight)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (flight->message);
  const char *range = soup_message_headers_get_one (headers, "Range");

  return range == NULL ? 0 : g_ascii_strtoll (range + strlen ("bytes="), NULL, 10);
}

/* A download: headers, then as much of the bytes as come. */
static void
give_stream (Flight *flight)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (flight->message);
  gsize whole = g_bytes_get_size (flight->answer.body);
  gsize from = (gsize)range_asked (flight);
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (GBytes) cut = NULL;
  guint status = flight->answer.status;

  if (status == 200 && from >= whole)
    status = 416;
  if (status == 200 && from > 0)
    {
      g_autofree char *range
          = g_strdup_printf ("bytes %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT, from, whole - 1, whole);

      status = 206;
      soup_message_headers_replace (headers, "Content-Range", range);
    }
  rest = g_bytes_new_from_bytes (flight->answer.body, status == 206 ? from : 0, whole - (status == 206 ? from : 0));
  soup_message_headers_replace (headers, TD_HEADER_PROTO, "1");
  soup_message_headers_set_content_length (headers, (goffset)g_bytes_get_size (rest));
  g_object_set_data (G_OBJECT (flight->message), "sim-status", GUINT_TO_POINTER (status));
  cut = flight->fate == FATE_CUT_DOWN ? front_of (rest)
        : flight->fate == FATE_SPOILT ? spoil (rest)
                                      : g_bytes_ref (rest);
  g_task_return_pointer (flight->task, g_memory_input_stream_new_from_bytes (cut), g_object_unref);
}

static void
give_portal (Flight *flight)
{
  TdReply *reply = g_new0 (TdReply, 1);

  reply->status = 200;
  reply->body = g_bytes_new_static ("<html>log in</html>", 19);
  g_task_return_pointer (flight->task, reply, (GDestroyNotify)td_reply_free);
}

static void
give (Flight *flight)
{
  g_autoptr (GBytes) cut = NULL;

  if (flight->fate == FATE_PORTAL && !flight->streams)
    give_portal (flight);
  else if (!flight->answered)
    give_error (flight);
  else if (flight->streams)
    give_stream (flight);
  else if (flight->fate == FATE_CUT_DOWN && sim_chance (50))
    give_error (flight);
  else
    {
      cut = flight->fate == FATE_CUT_DOWN ? front_of (flight->answer.body) : g_bytes_ref (flight->answer.body);
      give_reply (flight, cut);
    }
}

static void
arrive (Flight *flight)
{
  SimDesk *desk = flight->desk;
  gpointer held;

  if (!flight->served)
    {
      serve (flight);
      if (flight->task == NULL)
        g_ptr_array_remove (sim->flights, flight);
      return;
    }
  held = g_ptr_array_steal_index (sim->flights, 0);
  g_assert (held == flight);
  if (flight->task != NULL)
    {
      sim->acting = desk->index;
      give (flight);
      g_clear_object (&flight->task);
      flight_free (flight);
      sim_settle ();
      sim_desk_changed (desk);
    }
  else
    flight_free (flight);
}

/* Its machine is gone; what is on the way arrives all the same. */
void
sim_line_forget (SimDesk *desk)
{
  for (guint i = sim->flights->len; i > 0; i--)
    {
      Flight *flight = sim->flights->pdata[i - 1];

      if (flight->desk != desk)
        continue;
      flight->desk = NULL;
      if (flight->task != NULL)
        g_task_return_new_error (flight->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "gone");
      g_clear_object (&flight->task);
      if (flight->served)
        g_ptr_array_remove_index (sim->flights, i - 1);
    }
  sim_settle ();
}

/* ---- time passes --------------------------------------------------------------------------------------------------------- */

static gboolean
is_moving_file (SimDesk *desk)
{
  if (desk->exchange == NULL || desk->exchange->file == NULL)
    return FALSE;
  for (guint i = 0; i < sim->flights->len; i++)
    {
      const Flight *flight = sim->flights->pdata[i];

      if (flight->desk == desk && (td_blob_sha (flight->path) != NULL || strcmp (flight->path, "/v1/import") == 0))
        return FALSE;
    }
  return TRUE;
}

/* Bytes of a download are written by a thread of GIO's: wait for it, so that a seed plays the same again. */
void
sim_settle (void)
{
  gboolean waits = TRUE;

  while (waits)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      waits = FALSE;
      for (guint i = 0; i < SIM_DESKS; i++)
        waits = waits || is_moving_file (&sim->desks[i]);
      if (waits)
        g_main_context_iteration (NULL, TRUE);
    }
}

static int
by_time (gconstpointer a, gconstpointer b)
{
  const Flight *left = *(Flight *const *)a, *right = *(Flight *const *)b;

  return left->at < right->at ? -1 : left->at > right->at;
}

static gint64
timer_of (SimDesk *desk)
{
  gint64 next;

  if (desk->exchange == NULL || !desk->exchange->started || desk->exchange->timer == NULL)
    return G_MAXINT64;
  next = td_engine_next (desk->exchange->engine);
  return next == 0 ? G_MAXINT64 : next - 3600 * 1000;
}

static void
ring (SimDesk *desk)
{
  TdEvent event = { TD_EVENT_TIMER };

  sim->acting = desk->index;
  g_source_destroy (desk->exchange->timer);
  g_clear_pointer (&desk->exchange->timer, g_source_unref);
  td_exchange_feed (desk->exchange, &event);
  sim_settle ();
  sim_desk_changed (desk);
}

/* The desk whose timer ends first until then, NULL: none. */
static SimDesk *
next_timer (gint64 until, gint64 *at)
{
  SimDesk *first = NULL;

  *at = until;
  for (guint i = 0; i < SIM_DESKS; i++)
    {
      gint64 next = timer_of (&sim->desks[i]);

      if (next == G_MAXINT64 || next > *at)
        continue;
      first = &sim->desks[i];
      *at = next;
    }
  return first;
}

gboolean
sim_line_idle (void)
{
  return sim->flights->len == 0;
}

void
sim_line_deliver (gint64 until)
{
  for (guint turn = 0; sim->failure == NULL; turn++)
    {
      Flight *first;
      gint64 at;
      SimDesk *desk = next_timer (until, &at);

      g_ptr_array_sort (sim->flights, by_time);
      first = sim->flights->len == 0 ? NULL : sim->flights->pdata[0];
      if (first != NULL && first->at <= at)
        {
          sim->now = MAX (sim->now, first->at);
          arrive (first);
        }
      else if (desk != NULL)
        {
          sim->now = MAX (sim->now, at);
          ring (desk);
        }
      else
        break;
      if (turn > TURNS_MOST)
        sim_fail ("progress", "the line never comes to rest");
    }
  sim->now = MAX (sim->now, until);
}
