/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "exchange/exchange.h"

G_BEGIN_DECLS

/* Inside of the driver: what its files share. */

#define TD_ANSWER_MAX (TD_SYNC_INFLATED_MAX)

/* A whole answer in memory. */
typedef struct
{
  guint status;
  gboolean ours;      /* header Hs-Proto */
  gint64 retry_after; /* ms */
  char *echo;         /* header Hs-K, NULL: none */
  gint64 date;        /* header Date, UTC seconds, 0: none */
  GBytes *body;
} TdReply;
void td_reply_free (TdReply *self);

/* ---- http.c ------------------------------------------------------------------------- */
SoupSession *td_http_session (void);
/* NULL when @base is not an address we may use. @token NULL: none. */
SoupMessage *td_http_message (const char *method, const char *base, const char *path, const char *token);
void td_http_set_body (SoupMessage *message, GBytes *bytes);
void td_http_send_async (SoupSession *session,
                         SoupMessage *message,
                         gsize most,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data);
TdReply *td_http_send_finish (GAsyncResult *result, GError **error);
gboolean td_http_is_ours (SoupMessage *message);
gint64 td_http_retry_after (SoupMessage *message);
gboolean td_http_is_clock (const GError *error); /* its certificate isn't valid at our time, but ours to trust */
gboolean td_http_is_tls (const GError *error);   /* a certificate that isn't the endpoint's */

/* ---- token.c ---------------------------------------------------------------------------- */
/* From the data base or the secret service; "" when neither has it. TD_EXCHANGE_ERROR_SECRET
 * when the service that has it does not answer. */
void td_token_load_async (TdStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *td_token_load_finish (GAsyncResult *result, GError **error);
/* TRUE when a secret service keeps it now. */
void td_token_keep_async (
    TdStore *store, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean td_token_keep_finish (GAsyncResult *result, GError **error);

/* ---- exchange.c ------------------------------------------------------------------------ */
struct _TdExchange
{
  GObject parent_instance;

  TdStore *store; /* borrowed; stop() before it closes */
  TdEngine *engine;
  SoupSession *records; /* a session each, so that a scan never holds up words */
  SoupSession *files;
  GMainContext *context;
  GCancellable *cancellable; /* of everything under way */
  GSource *timer;
  GNetworkMonitor *monitor;
  gulong monitor_handler;
  char *endpoint;
  char *token;
  gboolean started;
  gboolean wanted;    /* start() was called: begin as soon as it is enrolled */
  gboolean preparing; /* waits for the token */
  gboolean no_secret; /* the secret service did not answer: asked again */
  GSource *secret_timer;
  gboolean once; /* td_exchange_run_once(): tries a single round */
  GQueue events; /* TdEvent that came while one was handled */
  gboolean handling;

  /* sync.c: the request under way */
  char *echo;
  gint64 sent_at;
  TdRevoked revoked; /* what the endpoint said of a revoked machine */
  TdSyncAnswer *answer;
  gboolean polled;  /* it was a GET */
  gboolean nothing; /* the answer is that there is nothing new … */
  gint64 date;      /* … and when that was, by the endpoint's clock */
  /* catalogue.c */
  guint fetching;
  char *told[2]; /* digests of the catalogue files in force */
  /* transfer.c: the file under way */
  char *file;
  goffset file_size;
  GHashTable *places; /* hash -> path, where a server keeps what was begun elsewhere than under its hash */
  goffset file_done;
  goffset file_from; /* where this turn began … */
  gint64 file_since; /* … and when */
  char *stuck;       /* the file whose upload was last asked about … */
  gint64 stuck_at;   /* … how far it was … */
  guint fruitless;   /* … and how often it had not moved */
  GHashTable *skip;  /* hashes not to be tried before … */
  gint64 skip_until; /* … this monotonic time in ms */
  /* enroll.c: an answer that waits for the person's yes */
  char *pending_code;
  TdEnrolAnswer *pending;

  TdSummary summary;
  GError *failure; /* of our own data base, the last */
};

/* Fills in what the data base wants done, asks the engine, does what it says. */
void td_exchange_feed (TdExchange *self, TdEvent *event);
gint64 td_exchange_clock (void);                         /* monotonic ms */
void td_exchange_fail (TdExchange *self, GError *error); /* takes it */
/* Of our own data base, to who asked: as it is where a sentence is known for it. Takes @failure. */
void td_exchange_tell_failure (GError *failure, GError **error);
gboolean td_exchange_moving (TdExchange *self); /* anything under way, catalogue included */
/* Address and token, then STARTED; the token may have to be asked for. */
void td_exchange_prepare (TdExchange *self);

void td_exchange_begin (TdExchange *self); /* address and token are there */
/* Stopped meanwhile: whoever gets such a result leaves the exchange alone. */
gboolean td_result_cancelled (GAsyncResult *result);

/* trust.c */
gboolean td_trust_session (TdStore *store, SoupSession *session, const char *pem, GError **error);
gboolean td_trust_load (TdExchange *self, GError **error);
/* sync.c */
gboolean td_exchange_send_sync (TdExchange *self, gsize budget, GError **error);
gboolean td_exchange_apply (TdExchange *self, GError **error);
/* catalogue.c */
void td_exchange_fetch (TdExchange *self, const char *campaign, const char *units);
/* transfer.c: what upload.c and download.c share */
void td_transfer_begin (TdExchange *self, const char *sha);
void td_transfer_resume (TdExchange *self, goffset offset);
/* Tells the engine how the file under way ended. */
void td_transfer_end (TdExchange *self, TdEventKind kind, gint64 retry_after);
TdEventKind td_transfer_kind (guint status, gboolean ours);
void td_exchange_note_pace (TdExchange *self, gint64 bytes, gint64 milliseconds);
void td_exchange_upload (TdExchange *self, const char *sha);
void td_exchange_download (TdExchange *self, const char *sha);
/* carry.c: the package @sha of another unit is at the endpoint: have it taken in. */
void td_exchange_carry (TdExchange *self, const char *sha);

G_END_DECLS
