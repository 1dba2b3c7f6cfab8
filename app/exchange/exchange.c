/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include "store/db.h"

#include <string.h>

#define JUST_BOOTED_MS (10 * 60 * 1000)
#define SPREAD_AFTER_BOOT_MS (60 * 1000)
#define SPREAD_MS (3 * 1000)
#define SECRET_RETRY_S 20

enum
{
  SIGNAL_LINK,
  SIGNAL_APPLIED,
  SIGNAL_FILE,
  SIGNAL_CATALOGUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (td - exchange - error - quark, td_exchange_error)
G_DEFINE_FINAL_TYPE (TdExchange, td_exchange, G_TYPE_OBJECT)

gint64
td_exchange_clock (void)
{
  return g_get_monotonic_time () / 1000;
}

gboolean
td_result_cancelled (GAsyncResult *result)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
}

void
td_exchange_fail (TdExchange *self, GError *error)
{
  g_warning ("exchange: %s", error->message);
  g_clear_error (&self->failure);
  self->failure = error;
}

void
td_exchange_tell_failure (GError *failure, GError **error)
{
  if (failure->domain == TD_DB_ERROR || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_propagate_error (error, failure);
  else
    {
      g_set_error_literal (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_STORE, failure->message);
      g_error_free (failure);
    }
}

gboolean
td_exchange_moving (TdExchange *self)
{
  return self->preparing || self->fetching > 0 || td_engine_busy (self->engine);
}

/* ---- doing what the engine says ------------------------------------------------------- */

static gboolean
on_timer (gpointer data)
{
  TdExchange *self = data;
  TdEvent event = { TD_EVENT_TIMER };

  g_clear_pointer (&self->timer, g_source_unref);
  td_exchange_feed (self, &event);
  return G_SOURCE_REMOVE;
}

static void
clear_timer (TdExchange *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
set_timer (TdExchange *self, gint64 at)
{
  gint64 wait = MAX (at - td_exchange_clock (), 0);

  clear_timer (self);
  if (at == 0 || self->once)
    return;
  self->timer = g_timeout_source_new ((guint)MIN (wait, G_MAXINT));
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, self->context);
}

static gboolean
perform (TdExchange *self, const TdAction *action, GError **error)
{
  switch (action->kind)
    {
    case TD_ACTION_SYNC:
      return td_exchange_send_sync (self, action->budget, error);
    case TD_ACTION_APPLY:
      return td_exchange_apply (self, error);
    case TD_ACTION_REWIND:
      return td_store_rewind (self->store, action->n, error);
    case TD_ACTION_RECOVERY:
      return td_store_note_recovery (self->store, action->n, error);
    case TD_ACTION_REVOKED:
      return td_store_note_revoked (self->store, action->n, &self->revoked, error);
    case TD_ACTION_NEW_LIFE:
      return td_store_new_life (self->store, error);
    case TD_ACTION_START_OVER:
      return td_store_start_over (self->store, error);
    case TD_ACTION_UPLOAD:
      td_exchange_upload (self, action->sha);
      break;
    case TD_ACTION_DOWNLOAD:
      td_exchange_download (self, action->sha);
      break;
    case TD_ACTION_TIMER:
      set_timer (self, action->at);
      break;
    case TD_ACTION_LINK:
      g_signal_emit (self, signals[SIGNAL_LINK], 0);
      break;
    }
  return TRUE;
}

static void
forget_skips (TdExchange *self)
{
  if (self->skip_until != 0 && td_exchange_clock () >= self->skip_until)
    {
      g_hash_table_remove_all (self->skip);
      self->skip_until = 0;
    }
}

static void
handle (TdExchange *self, TdEvent *event)
{
  g_autofree char *upload = NULL, *download = NULL;
  g_autoptr (GArray) actions = NULL;
  GError *error = NULL;

  forget_skips (self);
  upload = td_store_next_upload (self->store, self->skip);
  download = td_store_next_download (self->store, self->skip);
  td_store_waiting (self->store, &event->waiting, NULL, NULL);
  event->waiting += td_store_lost (self->store);
  event->upload = upload;
  event->download = download;
  actions = td_engine_handle (self->engine, event, td_exchange_clock (), g_random_double ());
  for (guint i = 0; i < actions->len; i++)
    if (self->started && !perform (self, &g_array_index (actions, TdAction, i), &error))
      {
        TdEvent failed = { TD_EVENT_APPLY_FAILED };

        td_exchange_fail (self, error);
        td_exchange_feed (self, &failed);
        return;
      }
}

void
td_exchange_feed (TdExchange *self, TdEvent *event)
{
  g_autoptr (TdExchange) alive = g_object_ref (self);
  TdEvent *next;

  if (!self->started)
    return;
  g_queue_push_tail (&self->events, g_memdup2 (event, sizeof *event));
  if (self->handling)
    return;
  self->handling = TRUE;
  while (alive->started && (next = g_queue_pop_head (&self->events)) != NULL)
    {
      handle (self, next);
      g_free (next);
    }
  self->handling = FALSE;
}

/* ---- starting and stopping --------------------------------------------------------------- */

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, gpointer data)
{
  TdEvent event = { TD_EVENT_NETWORK };

  td_exchange_feed (data, &event);
}

static void
watch_network (TdExchange *self)
{
  if (self->once || self->monitor != NULL)
    return;
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  self->monitor_handler = g_signal_connect (self->monitor, "network-changed", G_CALLBACK (on_network_changed), self);
}

void
td_exchange_begin (TdExchange *self)
{
  gint64 now = td_exchange_clock (); /* on our systems: since the machine was switched on */
  TdEvent started = { .kind = TD_EVENT_STARTED, .spread = now < JUST_BOOTED_MS ? SPREAD_AFTER_BOOT_MS : SPREAD_MS };
  TdEvent asked = { .kind = TD_EVENT_ASKED };
  GError *error = NULL;

  if (!td_trust_load (self, &error))
    {
      td_exchange_fail (self, error); /* rather nobody than anybody */
      return;
    }
  self->started = TRUE;
  watch_network (self);
  td_exchange_feed (self, &started);
  if (self->once)
    td_exchange_feed (self, &asked);
}

static void
clear_secret_timer (TdExchange *self)
{
  if (self->secret_timer != NULL)
    {
      g_source_destroy (self->secret_timer);
      g_clear_pointer (&self->secret_timer, g_source_unref);
    }
}

static gboolean
ask_again (gpointer data)
{
  TdExchange *self = data;

  clear_secret_timer (self);
  td_exchange_prepare (self);
  return G_SOURCE_REMOVE;
}

/* A keyring that is still starting, or locked, is asked again: without its token nothing may be sent. */
static void
wait_for_secret (TdExchange *self)
{
  self->no_secret = TRUE;
  g_signal_emit (self, signals[SIGNAL_LINK], 0);
  if (self->once)
    return;
  clear_secret_timer (self);
  self->secret_timer = g_timeout_source_new_seconds (SECRET_RETRY_S);
  g_source_set_callback (self->secret_timer, ask_again, self, NULL);
  g_source_attach (self->secret_timer, self->context);
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdExchange) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = td_token_load_finish (result, &error);

  /* Once stopped, another question may be under way already. */
  if (td_result_cancelled (result))
    return;
  self->preparing = FALSE;
  if (token == NULL)
    {
      wait_for_secret (self);
      return;
    }
  self->no_secret = FALSE;
  g_free (self->token);
  self->token = *token != '\0' ? g_steal_pointer (&token) : NULL;
  td_exchange_begin (self);
}

void
td_exchange_prepare (TdExchange *self)
{
  if (self->preparing || self->started || !td_store_enrolled (self->store))
    return;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_object_unref (self->cancellable);
      self->cancellable = g_cancellable_new ();
    }
  g_free (self->endpoint);
  self->endpoint = td_store_get (self->store, TD_META_ENDPOINT);
  if (*self->endpoint == '\0')
    return; /* enrolled by a file: there is no line */
  self->preparing = TRUE;
  td_token_load_async (self->store, self->cancellable, on_token, g_object_ref (self));
}

/**
 * td_exchange_start:
 *
 * From now on by itself, once it is enrolled: soon, after each change, when the network changes and
 * every ten minutes.
 */
void
td_exchange_start (TdExchange *self)
{
  g_return_if_fail (TD_IS_EXCHANGE (self));

  self->wanted = TRUE;
  td_exchange_prepare (self);
}

void
td_exchange_stop (TdExchange *self)
{
  g_return_if_fail (TD_IS_EXCHANGE (self));

  self->wanted = self->started = self->preparing = self->no_secret = FALSE;
  clear_secret_timer (self);
  g_cancellable_cancel (self->cancellable);
  /* What runs holds the cancelled one; whatever begins from now on needs its own. */
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  clear_timer (self);
  if (self->monitor != NULL)
    g_clear_signal_handler (&self->monitor_handler, self->monitor);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->engine, td_engine_free);
  self->engine = td_engine_new ();
  g_clear_pointer (&self->file, g_free);
  g_queue_clear_full (&self->events, g_free);
}

/** td_exchange_detach: stops for good; the store may be closed then, whatever is still under way. */
void
td_exchange_detach (TdExchange *self)
{
  g_return_if_fail (TD_IS_EXCHANGE (self));

  td_exchange_stop (self);
  self->store = NULL;
}

void
td_exchange_now (TdExchange *self)
{
  TdEvent event = { TD_EVENT_ASKED };

  g_return_if_fail (TD_IS_EXCHANGE (self));

  td_exchange_prepare (self);
  g_hash_table_remove_all (self->skip);
  td_exchange_feed (self, &event);
}

void
td_exchange_changed (TdExchange *self)
{
  TdEvent event = { TD_EVENT_CHANGED };

  g_return_if_fail (TD_IS_EXCHANGE (self));

  td_exchange_feed (self, &event);
}

/* ---- what a screen asks ---------------------------------------------------------------------- */

TdLink
td_exchange_link (TdExchange *self)
{
  g_return_val_if_fail (TD_IS_EXCHANGE (self), TD_LINK_OFF);

  return td_engine_link (self->engine);
}

gboolean
td_exchange_lacks_secret (TdExchange *self)
{
  g_return_val_if_fail (TD_IS_EXCHANGE (self), FALSE);

  return self->no_secret;
}

gint64
td_exchange_next_try (TdExchange *self)
{
  gint64 at;

  g_return_val_if_fail (TD_IS_EXCHANGE (self), -1);

  at = td_engine_next (self->engine);
  return at == 0 ? -1 : MAX (at - td_exchange_clock (), 0) / 1000;
}

double
td_exchange_file_progress (TdExchange *self, char **sha)
{
  g_return_val_if_fail (TD_IS_EXCHANGE (self), -1);

  if (sha != NULL)
    *sha = g_strdup (self->file);
  if (self->file == NULL)
    return -1;
  return self->file_size > 0 ? MIN ((double)self->file_done / (double)self->file_size, 1.0) : 0;
}

gint64
td_exchange_file_size (TdExchange *self)
{
  g_return_val_if_fail (TD_IS_EXCHANGE (self), 0);

  return self->file == NULL ? 0 : self->file_size;
}

/**
 * td_exchange_file_pace:
 * @left: (out) (optional): bytes still to go
 *
 * Returns: bytes a second of the file under way, since it was taken up; 0 while that can't be said
 */
gint64
td_exchange_file_pace (TdExchange *self, gint64 *left)
{
  gint64 elapsed;

  g_return_val_if_fail (TD_IS_EXCHANGE (self), 0);

  elapsed = td_exchange_clock () - self->file_since;
  if (left != NULL)
    *left = self->file == NULL ? 0 : MAX ((gint64)self->file_size - self->file_done, 0);
  if (self->file == NULL || elapsed < 2000 || self->file_done <= self->file_from)
    return 0;
  return (self->file_done - self->file_from) * 1000 / elapsed;
}

/* ---- object -------------------------------------------------------------------------------------- */

static void
td_exchange_finalize (GObject *object)
{
  TdExchange *self = TD_EXCHANGE (object);

  td_exchange_stop (self);
  g_clear_pointer (&self->engine, td_engine_free);
  g_clear_object (&self->records);
  g_clear_object (&self->files);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->answer, td_sync_answer_free);
  g_clear_pointer (&self->pending, td_enrol_answer_free);
  g_clear_pointer (&self->skip, g_hash_table_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->stuck, g_free);
  g_clear_error (&self->failure);
  g_free (self->endpoint);
  g_free (self->token);
  g_free (self->echo);
  g_free (self->told[0]);
  g_free (self->told[1]);
  g_free (self->pending_code);
  G_OBJECT_CLASS (td_exchange_parent_class)->finalize (object);
}

static void
td_exchange_class_init (TdExchangeClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = td_exchange_finalize;
  signals[SIGNAL_LINK] = g_signal_new ("link", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_APPLIED] = g_signal_new ("applied", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FILE]
      = g_signal_new ("file", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CATALOGUE] = g_signal_new ("catalogue", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* libsoup 3.2's HTTP/2 client had too many holes; there is no call for one message. */
  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);
}

static void
td_exchange_init (TdExchange *self)
{
  self->engine = td_engine_new ();
  self->records = td_http_session ();
  self->files = td_http_session ();
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
  self->skip = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->events);
}

/**
 * td_exchange_new:
 * @store: must outlive td_exchange_stop()
 *
 * Bound to the thread's default main context.
 */
TdExchange *
td_exchange_new (TdStore *store)
{
  TdExchange *self;

  g_return_val_if_fail (store != NULL, NULL);

  self = g_object_new (TD_TYPE_EXCHANGE, NULL);
  self->store = store;
  return self;
}
