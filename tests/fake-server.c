/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

#include "wire/blob.h"
#include "wire/coding.h"

#include <libsoup/soup.h>
#include <string.h>

#define SERVER_KEY "00000000000000000000000000000000000000000000000000000000000000aa"

struct _FakeServer
{
  Peer *peer;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server;
  char *url;
  GMutex lock;
  GCond ready;
  /* under the lock */
  Mood mood;
  guint answers;
  guint requests;
  GHashTable *tokens; /* token -> key */
  char *code;
  char *unit_code;
};

static Mood
next_mood (FakeServer *self)
{
  Mood mood = MOOD_GOOD;

  g_mutex_lock (&self->lock);
  self->requests++;
  if (self->answers > 0)
    {
      self->answers--;
      mood = self->mood;
    }
  g_mutex_unlock (&self->lock);
  return mood;
}

static void
mark_ours (SoupServerMessage *message)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), TD_HEADER_PROTO, "1");
}

static void
reply (SoupServerMessage *message, guint status, const char *type, GBytes *body)
{
  gsize length = 0;
  const char *data = body == NULL ? NULL : g_bytes_get_data (body, &length);

  soup_server_message_set_status (message, status, NULL);
  if (length > 0)
    soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, data, length);
}

static void
reply_problem (SoupServerMessage *message, TdProblem *problem)
{
  g_autoptr (GBytes) body = td_problem_write (problem);

  mark_ours (message);
  reply (message, problem->status, "application/problem+json", body);
  td_problem_free (problem);
}

static void
reply_text (SoupServerMessage *message, guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  reply (message, status, "text/html", body);
}

static void
reply_endless (SoupServerMessage *message)
{
  g_autofree char *text = g_strnfill (9 * 1024 * 1024, ' ');

  mark_ours (message);
  reply_text (message, 200, text);
}

static void
hang_up (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

/* TRUE when the mood alone is the answer. */
static gboolean
answer_by_mood (SoupServerMessage *message, Mood mood)
{
  switch (mood)
    {
    case MOOD_PORTAL:
      reply_text (message, 200, "<html>Wi-Fi</html>");
      return TRUE;
    case MOOD_REDIRECT:
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                    "http://127.0.0.1:1/login");
      reply_text (message, 302, "");
      return TRUE;
    case MOOD_STRANGER:
      reply_text (message, 401, "who are you");
      return TRUE;
    case MOOD_GARBAGE:
      mark_ours (message);
      reply_text (message, 200, "{\"k\":");
      return TRUE;
    case MOOD_ENDLESS:
      reply_endless (message);
      return TRUE;
    case MOOD_LOCKED:
      reply_problem (message, td_problem_new (401, "token", NULL));
      return TRUE;
    case MOOD_BUSY:
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "7");
      reply_problem (message, td_problem_new (503, "busy", NULL));
      return TRUE;
    case MOOD_OLD:
      reply_problem (message, td_problem_new (426, "version", NULL));
      return TRUE;
    case MOOD_MALFORMED:
      reply_problem (message, td_problem_new (400, "bad-request", NULL));
      return TRUE;
    case MOOD_TOO_BIG:
      reply_problem (message, td_problem_new (413, "too-big", NULL));
      return TRUE;
    case MOOD_GOOD:
    case MOOD_LOST:
    case MOOD_NO_ECHO:
    case MOOD_WRONG_BYTES:
      break;
    }
  return FALSE;
}

static GBytes *
request_body (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *name
      = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Content-Encoding");
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr (GError) error = NULL;
  TdCoding coding;
  GBytes *plain;

  g_assert_true (td_coding_read (name, &coding));
  plain = td_coding_unpack (coding, bytes, NULL, TD_SYNC_INFLATED_MAX, &error);
  g_assert_no_error (error);
  return plain;
}

static const char *
key_of (FakeServer *self, SoupServerMessage *message)
{
  const char *header
      = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  const char *token = header == NULL ? NULL : td_bearer (header);
  const char *key;

  g_mutex_lock (&self->lock);
  key = token == NULL ? NULL : g_hash_table_lookup (self->tokens, token);
  g_mutex_unlock (&self->lock);
  return key;
}

static void
serve_sync (FakeServer *self, SoupServerMessage *message, const char *key, Mood mood)
{
  g_autoptr (GBytes) body = request_body (message);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSyncRequest) request = td_sync_request_read (body, &error);
  g_autoptr (TdSyncAnswer) answer = NULL;
  g_autoptr (GBytes) written = NULL;
  TdProblem *problem = NULL;

  g_assert_no_error (error);
  answer = peer_answer (self->peer, key, request, &problem);
  if (answer == NULL)
    {
      reply_problem (message, problem);
      return;
    }
  if (mood == MOOD_LOST)
    {
      hang_up (message);
      return;
    }
  if (mood == MOOD_NO_ECHO)
    {
      g_free (answer->k);
      answer->k = g_strdup ("00000000");
    }
  written = td_sync_answer_write (answer, &error);
  g_assert_no_error (error);
  mark_ours (message);
  reply (message, 200, "application/json", written);
}

static void
serve_blob (FakeServer *self, SoupServerMessage *message, const char *path, Mood mood)
{
  const char *sha = td_blob_sha (path);
  GBytes *blob;

  g_assert_nonnull (sha);
  mark_ours (message);
  if (strcmp (soup_server_message_get_method (message), "HEAD") == 0)
    {
      reply_problem (message, td_problem_new (404, "not-found", NULL));
      return;
    }
  if (strcmp (soup_server_message_get_method (message), "POST") == 0)
    {
      g_hash_table_replace (self->peer->blobs, g_strdup (sha), request_body (message));
      g_hash_table_add (self->peer->whole, g_strdup (sha));
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Upload-Offset",
                                    soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                                  "Upload-Length"));
      reply (message, 201, NULL, NULL);
      return;
    }
  blob = g_hash_table_lookup (self->peer->blobs, sha);
  if (blob == NULL)
    reply_problem (message, td_problem_new (404, "not-found", NULL));
  else if (mood == MOOD_WRONG_BYTES)
    reply_text (message, 200, "other bytes");
  else
    reply (message, 200, "application/octet-stream", blob);
}

/* Takes @text. */
static void
replace (char **member, char *text)
{
  g_free (*member);
  *member = text;
}

static void
serve_enrol (FakeServer *self, SoupServerMessage *message)
{
  g_autoptr (GBytes) body = request_body (message);
  g_autoptr (TdEnrolRequest) request = td_enrol_request_read (body, NULL);
  g_autoptr (TdEnrolAnswer) answer = td_enrol_answer_new ();
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (request);
  if (g_strcmp0 (request->code, self->code) != 0)
    {
      reply_problem (message, td_problem_new (403, "code", NULL));
      return;
    }
  g_clear_pointer (&self->code, g_free);
  replace (&answer->token, g_strnfill (TD_TOKEN_SIGNS, 'e'));
  replace (&answer->unit, g_strdup (peer_unit_key (self->peer, self->unit_code)));
  replace (&answer->roles, g_strdup ("OL"));
  replace (&answer->endpoint, g_strdup (SERVER_KEY));
  replace (&answer->campaign, g_strdup (self->peer->digests[0]));
  replace (&answer->units, g_strdup (self->peer->digests[1]));
  replace (&answer->day, g_strdup (self->peer->day));
  answer->t = 1751941200;
  written = td_enrol_answer_write (answer, &error);
  g_assert_no_error (error);
  mark_ours (message);
  reply (message, 201, "application/json", written);
}

static void
serve (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  FakeServer *self = data;
  Mood mood = next_mood (self);
  const char *key;

  if (answer_by_mood (message, mood))
    return;
  if (strcmp (path, "/v1/enroll") == 0)
    {
      serve_enrol (self, message);
      return;
    }
  key = key_of (self, message);
  if (strcmp (path, "/v1/campaign") == 0 || strcmp (path, "/v1/units") == 0)
    {
      mark_ours (message);
      if (mood == MOOD_WRONG_BYTES)
        reply_text (message, 200, "{}");
      else
        reply (message, 200, "application/json", self->peer->files[strcmp (path, "/v1/units") == 0]);
    }
  else if (key == NULL)
    reply_problem (message, td_problem_new (401, "token", NULL));
  else if (strcmp (path, "/v1/sync") == 0)
    serve_sync (self, message, key, mood);
  else if (g_str_has_prefix (path, TD_BLOB_PATH))
    serve_blob (self, message, path, mood);
  else
    reply_problem (message, td_problem_new (404, "not-found", NULL));
}

/* ---- the thread --------------------------------------------------------------------- */

static gpointer
run (gpointer data)
{
  FakeServer *self = data;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, serve, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  g_mutex_lock (&self->lock);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

FakeServer *
fake_server_new (Peer *peer)
{
  FakeServer *self = g_new0 (FakeServer, 1);

  self->peer = peer;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->thread = g_thread_new ("server", run, self);
  g_mutex_lock (&self->lock);
  while (self->url == NULL)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
  return self;
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
fake_server_free (FakeServer *self)
{
  g_main_context_invoke (self->context, quit, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->tokens);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  g_free (self->url);
  g_free (self->code);
  g_free (self->unit_code);
  g_free (self);
}

const char *
fake_server_url (FakeServer *self)
{
  return self->url;
}

void
fake_server_be (FakeServer *self, Mood mood, guint answers)
{
  g_mutex_lock (&self->lock);
  self->mood = mood;
  self->answers = answers;
  g_mutex_unlock (&self->lock);
}

guint
fake_server_requests (FakeServer *self)
{
  guint requests;

  g_mutex_lock (&self->lock);
  requests = self->requests;
  self->requests = 0;
  g_mutex_unlock (&self->lock);
  return requests;
}

void
fake_server_admit (FakeServer *self, Box *box, const char *unit_code, const char *roles)
{
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  peer_admit (self->peer, box->store, unit_code, roles);
  g_mutex_lock (&self->lock);
  token = g_strnfill (TD_TOKEN_SIGNS, (char)('a' + (int)g_hash_table_size (self->tokens)));
  g_hash_table_replace (self->tokens, g_strdup (token), g_strdup (td_store_key (box->store)));
  g_mutex_unlock (&self->lock);
  td_store_enroll (box->store, self->url, peer_unit_key (self->peer, unit_code), roles, token, &error);
  g_assert_no_error (error);
}

void
fake_server_offer (FakeServer *self, const char *code, const char *unit_code)
{
  g_mutex_lock (&self->lock);
  g_free (self->code);
  self->code = td_code_normal (code);
  g_free (self->unit_code);
  self->unit_code = g_strdup (unit_code);
  g_mutex_unlock (&self->lock);
}

char *
fake_server_code (void)
{
  g_autofree char *print = td_code_print (SERVER_KEY);

  return g_strconcat ("0123456789AB", print, NULL);
}
