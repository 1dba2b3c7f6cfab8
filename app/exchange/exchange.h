/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/engine.h"
#include "store/store.h"

G_BEGIN_DECLS

/* The desktop's side of the exchange: the engine bound to libsoup, the main
 * context it was made in and one store. Nothing is locked while a request is under way.
 *
 * Signals:
 *   "link"              the state of the line changed: td_exchange_link()
 *   "applied"           an answer changed what the screen shows
 *   "file" (char *sha)  a file was sent or has come
 *   "catalogue"         a new campaign or units file was stored
 */
#define TD_TYPE_EXCHANGE (td_exchange_get_type ())
G_DECLARE_FINAL_TYPE (TdExchange, td_exchange, TD, EXCHANGE, GObject)

#define TD_EXCHANGE_ERROR (td_exchange_error_quark ())
typedef enum
{
  TD_EXCHANGE_ERROR_NOT_ENROLLED,
  TD_EXCHANGE_ERROR_ADDRESS,  /* not an address, or plain http to another machine */
  TD_EXCHANGE_ERROR_NO_LINE,  /* could not be reached */
  TD_EXCHANGE_ERROR_BUSY,     /* the endpoint asks to wait or is in trouble */
  TD_EXCHANGE_ERROR_CLOCK,    /* its certificate is not valid at this machine's time */
  TD_EXCHANGE_ERROR_FOREIGN,  /* not our endpoint: portal, proxy, other server */
  TD_EXCHANGE_ERROR_LOCKED,   /* token refused */
  TD_EXCHANGE_ERROR_OLD,      /* the endpoint wants a newer program */
  TD_EXCHANGE_ERROR_STOPPED,  /* it can't accept what we send */
  TD_EXCHANGE_ERROR_CODE,     /* enrolment code wrong, used or expired */
  TD_EXCHANGE_ERROR_TOO_MANY, /* too many tries: later */
  TD_EXCHANGE_ERROR_UNIT,     /* the code is for another unit than the one chosen; message = its key */
  TD_EXCHANGE_ERROR_ANSWER,   /* ours, but can't be read */
  TD_EXCHANGE_ERROR_SECRET,   /* the secret service that keeps the token does not answer */
  TD_EXCHANGE_ERROR_STORE     /* our own data base failed; message says how. One that is full or held: TD_DB_ERROR */
} TdExchangeError;
GQuark td_exchange_error_quark (void);

TdExchange *td_exchange_new (TdStore *store);
void td_exchange_start (TdExchange *self);   /* if enrolled, from now on by itself */
void td_exchange_stop (TdExchange *self);    /* cancels what is under way; before td_store_close() */
void td_exchange_detach (TdExchange *self);  /* stops for good: the store is closed next */
void td_exchange_now (TdExchange *self);     /* the person asked */
void td_exchange_changed (TdExchange *self); /* after every td_store_edit(), append(), want_file() */
TdLink td_exchange_link (TdExchange *self);
gboolean td_exchange_lacks_secret (TdExchange *self); /* waits for the secret service that keeps the token */
gint64 td_exchange_next_try (TdExchange *self);       /* seconds from now, -1: not by itself */
/* Of the file under way: 0 to 1; -1 when none is. */
double td_exchange_file_progress (TdExchange *self, char **sha);
gint64 td_exchange_file_size (TdExchange *self);               /* of the file under way, 0: none */
gint64 td_exchange_file_pace (TdExchange *self, gint64 *left); /* bytes a second, 0: not known yet */

/* POST /v1/enroll, then the store is bound, then both catalogue files are fetched. When a
 * unit was chosen before and the code is for another: TD_EXCHANGE_ERROR_UNIT, and nothing is
 * changed; ask the person and call again with @other_unit, the same address and code. */
void td_exchange_enroll_async (TdExchange *self,
                               const char *url,
                               const char *code,
                               gboolean other_unit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
gboolean td_exchange_enroll_finish (TdExchange *self, GAsyncResult *result, GError **error);

/* What one round did. */
typedef struct
{
  guint sent;     /* operations that got a verdict */
  guint refused;  /* of these */
  guint received; /* entities and steps that came */
  guint uploaded;
  guint downloaded;
  guint waiting; /* operations that still wait */
  guint files_waiting;
} TdSummary;

/* Exchanges until nothing moves, in a main context of its own: thidua sync and
 * tests. FALSE when it could not; @summary (may be NULL) is filled either way. */
gboolean td_exchange_run_once (TdStore *store, TdSummary *summary, GError **error);
/* Enrols the same way, blocking. */
gboolean
td_exchange_enroll_once (TdStore *store, const char *url, const char *code, gboolean other_unit, GError **error);
/* "https://x" or a loopback "http://127.0.0.1:8080", without a slash at the end; NULL with
 * TD_EXCHANGE_ERROR_ADDRESS. */
char *td_exchange_check_address (const char *text, GError **error);

G_END_DECLS
