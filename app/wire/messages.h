/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/json.h"

G_BEGIN_DECLS

/* The messages of data/exchange.md: bytes to structs and back. Pure. Both sides
 * check every limit, when they read and when they write; a peer is never trusted. */

#define TD_PROTOCOL 1

/* Limits (data/exchange.md §9). Sizes are bytes, times seconds. */
#define TD_SYNC_WIRE_MAX                                                                                               \
  (640 * 1024) /* above the largest operation: a request's body as it travels, compressed or not */
#define TD_SYNC_INFLATED_MAX (8 * 1024 * 1024) /* the same after inflating; also an answer's */
#define TD_SYNC_OPS_MAX 500
#define TD_PAGE_MIN (4 * 1024) /* "max" of a request: bytes of an answer's page before compression */
#define TD_PAGE_MAX (2 * 1024 * 1024)
#define TD_PAGE_SECONDS 5
#define TD_CURSOR_MAX 160 /* signs */
#define TD_NEED_MAX 100   /* hashes told in one answer */
#define TD_ENROL_WIRE_MAX (4 * 1024)
#define TD_CATALOGUE_MAX (4 * 1024 * 1024) /* a campaign or units file */
#define TD_BLOB_MAX (128 * 1024 * 1024)
#define TD_CODING_FROM 300  /* smaller bodies travel as they are */
#define TD_CODING_RATIO 200 /* bytes that may come out of one */
#define TD_CODE_SIGNS 20    /* an enrolment code, without its dashes */
#define TD_CODE_PRINT 8     /* of these, the last: the endpoint */
#define TD_TOKEN_SIGNS 43   /* 256 bits in base64url */

#define TD_CA_MAX (32 * 1024) /* certificates of the province's CA, PEM */
#define TD_TAG_SIGNS 16
#define TD_HEADER_ECHO "Hs-K"      /* "nothing new": no body, only what came back */
#define TD_HEADER_PROTO "Hs-Proto" /* "1" on every answer that is ours */

#define TD_WIRE_ERROR (td_wire_error_quark ())
typedef enum
{
  TD_WIRE_ERROR_FORMAT,  /* not JSON, a member missing or of another type, numbers that contradict each other */
  TD_WIRE_ERROR_LIMITS,  /* too long, too deep, too many */
  TD_WIRE_ERROR_VERSION, /* a protocol this program doesn't speak */
  TD_WIRE_ERROR_CODING   /* compressed bytes that are damaged or cut short */
} TdWireError;
GQuark td_wire_error_quark (void);

/* ---- POST /v1/sync, up ---------------------------------------------------------- */
typedef struct
{
  gint64 i;     /* number in the life, from 1; consecutive in a request */
  char *prev;   /* chain value of i - 1; TD_CHAIN_START for 1 */
  char *body;   /* the operation's canonical bytes */
  char *sig;    /* steps and opinions: td_sign (secret, digest of body); "" for edits */
  char *digest; /* of body: made with it, asked for many times */
  gint64 q;     /* to an endpoint in recovery: the place it had in the sequence, 0: none … */
  gint64 t;     /* … and when that was, UTC seconds, 0: not known */
} TdSyncOp;
TdSyncOp *td_sync_op_new (gint64 i, const char *prev, const char *body, const char *sig); /* NULL reads as "" */
void td_sync_op_free (TdSyncOp *self);

typedef struct
{
  char *campaign; /* digest of the campaign file held, "" when none */
  char *life;     /* 32 hex signs */
  gint64 n;       /* last number of this life the endpoint acknowledged, 0: none */
  char *cur;      /* "E.q"; "": from the beginning */
  gint64 max;     /* bytes of page wanted; TD_PAGE_MIN to TD_PAGE_MAX */
  char *k;        /* 8 to 32 hex signs that must come back */
  char *tip;      /* chain value of the last op, "" without ops */
  char *sig;      /* td_sign (secret, tip), "" without ops */
  GPtrArray *ops; /* TdSyncOp, i rising by one; never NULL */
} TdSyncRequest;
TdSyncRequest *td_sync_request_new (void); /* strings "", no ops, the largest page */
void td_sync_request_free (TdSyncRequest *self);
GBytes *td_sync_request_write (const TdSyncRequest *self, GError **error);
TdSyncRequest *td_sync_request_read (GBytes *bytes, GError **error);

/* ---- POST /v1/sync, down -------------------------------------------------------- */
typedef struct
{
  gint64 i;
  char *id; /* "" for a body that has no readable id */
  gboolean ok;
  char *code; /* "" when ok; see dossier/apply.h */
  char *detail;
  gint64 q;      /* its place in the sequence; refusals have one too */
  char **beside; /* paths kept beside; never NULL */
} TdSyncVerdict;
TdSyncVerdict *td_sync_verdict_new (void);
void td_sync_verdict_free (TdSyncVerdict *self);

typedef struct
{
  gint64 q;
  char *kind; /* as td_state_put() takes it, or "step" */
  char *id;
  JsonObject *body;
} TdSyncChange;
TdSyncChange *td_sync_change_new (gint64 q, const char *kind, const char *id, JsonObject *body); /* takes a reference */
void td_sync_change_free (TdSyncChange *self);

typedef struct
{
  char *k;
  gint64 n;          /* last number of this life the endpoint has */
  char *cur;         /* the cursor to keep once this page is stored */
  gint64 t;          /* the endpoint's clock, UTC seconds */
  char *day;         /* campaign day, ISO */
  gboolean practice; /* that day was set by hand */
  char *campaign;    /* digests of the catalogue files in force */
  char *units;
  GPtrArray *res; /* TdSyncVerdict, one for each op of the request, in order */
  GPtrArray *ch;  /* TdSyncChange, by rising q */
  gboolean more;  /* ask again at once */
  char **need;    /* hashes of files this unit named and the endpoint hasn't whole; never NULL */
  char *head;     /* audit head: the chain of the endpoint's journal */
  char *tag;      /* TD_TAG_SIGNS hex signs for catalogue and day in force; "" from an older endpoint */
} TdSyncAnswer;
TdSyncAnswer *td_sync_answer_new (void);
void td_sync_answer_free (TdSyncAnswer *self);
GBytes *td_sync_answer_write (const TdSyncAnswer *self, GError **error);
TdSyncAnswer *td_sync_answer_read (GBytes *bytes, GError **error);

/* ---- GET /v1/sync: has anything changed? ------------------------------------------ */
typedef struct
{
  char *cur;
  char *tag;
  char *k;
  gint64 max;
} TdPoll;
char *td_poll_path (const TdPoll *self);
/* From the parts of the query; NULL where one is missing or malformed. */
TdPoll *td_poll_read (GHashTable *query);
void td_poll_free (TdPoll *self);

/* ---- POST /v1/enroll ------------------------------------------------------------ */
typedef struct
{
  char *code; /* 20 signs of Crockford's base 32, as td_code_normal() makes them */
  char *key;  /* the device's public key */
  char *sig;  /* td_sign (secret, td_enrol_text (code, key)): whoever enrols a key holds it */
} TdEnrolRequest;
TdEnrolRequest *td_enrol_request_new (void);
void td_enrol_request_free (TdEnrolRequest *self);
GBytes *td_enrol_request_write (const TdEnrolRequest *self, GError **error);
TdEnrolRequest *td_enrol_request_read (GBytes *bytes, GError **error);
/* What the key signs at enrolment. */
char *td_enrol_text (const char *code, const char *key);
/* As typed, with dashes, spaces, lower case, O for 0, I or L for 1: the 20 signs,
 * or NULL when it can't be a code. */
char *td_code_normal (const char *typed);
char *td_code_shown (const char *code); /* in groups of four */
/* A code's last 8 signs name the endpoint that gave it: they are made from its
 * public key. TRUE where @key is that endpoint's. */
gboolean td_code_fits (const char *code, const char *key);
char *td_code_print (const char *key); /* those 8 signs */
char *td_code_print_ca (const char *pem);
gboolean td_code_ends (const char *code, const char *print);

typedef struct
{
  char *token;    /* 43 signs */
  char *unit;     /* unit key */
  char *roles;    /* letters of O L A R S */
  char *endpoint; /* the endpoint's own public key, which signs admissions */
  char *campaign; /* digests of the catalogue files to fetch */
  char *units;
  char *day;
  gboolean practice;
  gint64 t;
} TdEnrolAnswer;
TdEnrolAnswer *td_enrol_answer_new (void);
void td_enrol_answer_free (TdEnrolAnswer *self);
GBytes *td_enrol_answer_write (const TdEnrolAnswer *self, GError **error);
TdEnrolAnswer *td_enrol_answer_read (GBytes *bytes, GError **error);

/* ---- GET /v1/hello -------------------------------------------------------------- */
typedef struct
{
  gint64 min, max; /* protocols spoken */
  gint64 t;
  char *k; /* what ?k= said, "" */
  char *day;
  gboolean practice;
} TdHello;
TdHello *td_hello_new (void);
void td_hello_free (TdHello *self);
GBytes *td_hello_write (const TdHello *self, GError **error);
TdHello *td_hello_read (GBytes *bytes, GError **error);

/* ---- problems: what a whole request failed of ------------------------------------ */
typedef struct
{
  char *type; /* "op-gap": the part after urn:hs: */
  guint status;
  char *detail; /* for logs; people read the client's own sentence for the type */
  gint64 n;     /* op-gap: what the endpoint has; revoked: what it keeps aside; recovery: what it has; -1: not said */
  gint64 max;   /* too-big: bytes it takes; -1 */
  gint64 min;   /* too-old: lowest protocol; -1 */
  char *cur;    /* cursor-gone: a cursor that is good, "" */
  /* revoked: operations of this device kept aside, and those decided on since; -1 */
  gint64 kept, admitted, discarded;
} TdProblem;

/* Types: bad-request version token rights revoked not-found method op-gap device-forked op-chain
 * cursor-gone too-big coding hash code too-many busy recovery internal */
TdProblem *td_problem_new (guint status, const char *type, const char *detail); /* may be NULL */
void td_problem_free (TdProblem *self);
GBytes *td_problem_write (const TdProblem *self);
TdProblem *td_problem_read (GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSyncOp, td_sync_op_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSyncRequest, td_sync_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSyncVerdict, td_sync_verdict_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSyncChange, td_sync_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSyncAnswer, td_sync_answer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdEnrolRequest, td_enrol_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdEnrolAnswer, td_enrol_answer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdHello, td_hello_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdProblem, td_problem_free)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdPoll, td_poll_free)

G_END_DECLS
