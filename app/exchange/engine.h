/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When to exchange and what an answer means (exchange.md 2.11, 2.12, 2.16).
 * Pure: events, monotonic milliseconds and a random number in, actions out. It
 * knows no socket, file, clock or data base, so every sequence can be played. */

typedef struct _TdEngine TdEngine;

typedef enum
{
  TD_EVENT_STARTED,      /* the program opened an enrolled desk */
  TD_EVENT_ENROLLED,     /* enrolled (anew) */
  TD_EVENT_ASKED,        /* the person asked for it */
  TD_EVENT_CHANGED,      /* an operation or a wish for a file was added here */
  TD_EVENT_NETWORK,      /* the machine's network changed: a hint */
  TD_EVENT_TIMER,        /* the time of the last TD_ACTION_TIMER came */
  TD_EVENT_ANSWER,       /* some HTTP answer to a sync request */
  TD_EVENT_NO_ANSWER,    /* no HTTP answer: name, connection, time-out, cut */
  TD_EVENT_NOT_OURS,     /* TLS: a certificate that isn't the endpoint's */
  TD_EVENT_BAD_CLOCK,    /* TLS: its certificate isn't valid at our time */
  TD_EVENT_APPLIED,      /* the answer is in the data base */
  TD_EVENT_APPLY_FAILED, /* it could not be written or read */
  TD_EVENT_FILE_DONE,    /* upload or download */
  TD_EVENT_FILE_FAILED,  /* line or endpoint: later */
  TD_EVENT_FILE_SKIPPED, /* this one can't now; others may go */
  TD_EVENT_FILE_LOCKED   /* 401 on a file */
} TdEventKind;

typedef enum
{
  TD_PROBLEM_NONE,
  TD_PROBLEM_OP_GAP,
  TD_PROBLEM_FORKED,
  TD_PROBLEM_CHAIN,    /* 422: the chain of envelopes doesn't fit */
  TD_PROBLEM_RECOVERY, /* 503: the endpoint was restored and decides nothing; it has all up to `n` */
  TD_PROBLEM_REVOKED,  /* 403: what was sent is kept aside, up to `n` */
  TD_PROBLEM_CURSOR_GONE
} TdProblemKind;

typedef struct
{
  TdEventKind kind;
  /* ANSWER */
  guint status;    /* HTTP */
  gboolean ours;   /* header Hs-Proto was right */
  gboolean echoed; /* and k came back, and the body could be read (2xx only) */
  TdProblemKind problem;
  gint64 n;           /* op-gap: what the endpoint has; revoked: what it keeps aside; recovery: what it has */
  gint64 retry_after; /* ms, 0: none said */
  gint64 took;        /* ms from request to answer */
  /* APPLIED */
  gboolean more;     /* the endpoint has more for us */
  gboolean progress; /* cursor moved or a verdict came: without it there is no "again at once" */
  /* with every event: what the data base has to do */
  guint waiting;        /* operations without a verdict that can be sent */
  const char *upload;   /* first file the endpoint needs, NULL */
  const char *download; /* first file wanted here, NULL */
  /* STARTED */
  gint64 spread; /* ms over which a district that powers on together spreads */
} TdEvent;

typedef enum
{
  TD_LINK_OFF,  /* not enrolled or not started */
  TD_LINK_IDLE, /* all exchanged; tries again by itself */
  TD_LINK_BUSY,
  TD_LINK_NO_LINE, /* could not be reached; tries at `at` */
  TD_LINK_WAITING, /* the endpoint asked to wait or is in trouble; tries at `at` */
  TD_LINK_FOREIGN, /* somebody else answered: portal, proxy */
  TD_LINK_CLOCK,   /* the clock here, or its certificate, is out of time: nothing was sent */
  TD_LINK_LOCKED,  /* token refused: enrol anew; nothing is lost */
  TD_LINK_OLD,     /* the endpoint wants a newer program */
  TD_LINK_STOPPED  /* the endpoint can't accept what we send (400, 403, 422): needs a person */
} TdLink;

typedef enum
{
  TD_ACTION_SYNC,     /* send a sync request of about `budget` compressed bytes */
  TD_ACTION_APPLY,    /* the answer is real: write it */
  TD_ACTION_REWIND,   /* the endpoint has only `n` of our operations */
  TD_ACTION_RECOVERY, /* the endpoint is in recovery and has our operations up to `n` */
  TD_ACTION_REVOKED,  /* this machine is; `n` as the endpoint said */
  TD_ACTION_NEW_LIFE,
  TD_ACTION_START_OVER, /* pull from an empty cursor */
  TD_ACTION_UPLOAD,     /* `sha` */
  TD_ACTION_DOWNLOAD,   /* `sha` */
  TD_ACTION_TIMER,      /* the one timer, replacing the earlier: at `at` (monotonic ms), 0: none */
  TD_ACTION_LINK        /* for the screen: `link`, and `at` when it will try again, 0: not by itself */
} TdActionKind;

typedef struct
{
  TdActionKind kind;
  gsize budget;
  gint64 n;
  gint64 at;
  TdLink link;
  char sha[65];
} TdAction;

#define TD_BUDGET_MIN (8 * 1024)
#define TD_BUDGET_FIRST (32 * 1024)
#define TD_BUDGET_MAX (256 * 1024)

TdEngine *td_engine_new (void);
void td_engine_free (TdEngine *self);
/* @now: monotonic milliseconds; @random: 0 ≤ r < 1. Owned array of TdAction, to be
 * done in order. */
GArray *td_engine_handle (TdEngine *self, const TdEvent *event, gint64 now, double random);
TdLink td_engine_link (TdEngine *self);
gint64 td_engine_next (TdEngine *self);   /* when it tries again by itself, 0: it doesn't */
gboolean td_engine_busy (TdEngine *self); /* a request or a file is under way */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdEngine, td_engine_free)

G_END_DECLS
