/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/clock.h"
#include "dossier/apply.h"
#include "store/db.h"
#include "wire/messages.h"

G_BEGIN_DECLS

/* One desktop's data base: what the endpoint last said (mirror), the operations
 * it hasn't answered (outbox), files, drafts. What the screen shows is one
 * replayed over the other. Every call that changes something is on disk when it
 * returns. Main thread only, except where said. */

typedef struct _TdStore TdStore;

#define TD_STORE_ERROR (td_store_error_quark ())
typedef enum
{
  TD_STORE_ERROR_LIMITS, /* an edit over 64 kB, a file over 128 MiB, an outbox over 20,000 */
  TD_STORE_ERROR_FILE,   /* the file to take in can't be read, or is a folder, or is empty */
  TD_STORE_ERROR_HASH,   /* bytes are not what their name says */
  TD_STORE_ERROR_SENT,   /* handed to a carrier already: can't be taken back */
  TD_STORE_ERROR_ANSWER, /* an answer that contradicts itself or what we sent */
  TD_STORE_ERROR_NO_BACKUP,
  TD_STORE_ERROR_BOUND,  /* something was sent as another unit */
  TD_STORE_ERROR_WAITING /* a step that was signed as another unit waits */
} TdStoreError;
GQuark td_store_error_quark (void);

#define TD_FILE_MAX (128 * 1024 * 1024)
#define TD_OUTBOX_MAX 20000

/* ---- opening (store.c, backup.c) --------------------------------------------- */
/* Makes file and folder when missing. Fails with TD_DB_ERROR: DAMAGED offers
 * td_store_restore(), NEWER and FOREIGN leave the file as it is. */
TdStore *td_store_open (const char *path, GError **error);
void td_store_close (TdStore *self); /* and free */
const char *td_store_path (TdStore *self);
TdDb *td_store_db (TdStore *self); /* for this layer's files and tests */
/* FALSE when reading the mirror failed since the last call: then what looks absent may be there. */
gboolean td_store_ok (TdStore *self, GError **error);

/* Backups: "<db>.backups/<UTC time>.db", the last ten. */
gboolean td_store_backup_due (TdStore *self); /* none of today */
gboolean td_store_backup (TdStore *self, GError **error);
void td_store_backup_async (TdStore *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data); /* in a thread with a connection of its own */
gboolean td_store_backup_finish (TdStore *self, GAsyncResult *result, GError **error);
/* For a file that isn't open. Newest backup that is whole: its path, or NULL with
 * TD_STORE_ERROR_NO_BACKUP. */
char *td_store_good_backup (const char *path, GError **error);
/* Puts @backup (NULL: the newest good one) in place of @path, which is kept beside as
 * "<db>.damaged-<time>". The next open starts a new life. */
gboolean td_store_restore (const char *path, const char *backup, GError **error);
/* Without any whole copy: keeps the damaged file in the same way, and the next open begins an empty data base. */
gboolean td_store_begin_anew (const char *path, GError **error);

/* ---- what this desk is (meta.c) -------------------------------------------------- */
/* Names of values: anything else a caller likes may be kept too. */
#define TD_META_UNIT "unit"         /* unit key, "" on first run */
#define TD_META_ROLES "roles"       /* letters of O L A R S */
#define TD_META_ENDPOINT "endpoint" /* URL, no slash at the end */
#define TD_META_PLAN "plan"         /* file of the installed plan chosen at first run; "": the first */
#define TD_META_PERSON "person"
#define TD_META_POSITION "position"
#define TD_META_CURSOR "cursor"
#define TD_META_DAY "day"                     /* campaign day told by the endpoint, ISO */
#define TD_META_PRACTICE "practice"           /* "1": that day isn't the real one */
#define TD_META_LAST_EXCHANGE "last_exchange" /* UTC seconds of the last real answer */
#define TD_META_SEEN "clock_seen"             /* the latest this machine's clock ever showed */
#define TD_META_SKEW "skew"                   /* endpoint's clock minus ours, seconds */
#define TD_META_PACE "pace"                   /* bytes a second up this line, as last measured */
#define TD_META_CA "ca"                       /* PEM: who may vouch for the endpoint, "" without */
#define TD_META_CENTRE "centre"               /* the endpoint's public key, told at enrolment */
#define TD_META_TAG "tag"                     /* of catalogue and day, told with the last answer */
#define TD_META_HEAD "head"                   /* the endpoint's last audit head */

char *td_store_get (TdStore *self, const char *name); /* "" when unset; owned */
gint64 td_store_get_int (TdStore *self, const char *name, gint64 fallback);
gboolean td_store_set (TdStore *self, const char *name, const char *value, GError **error);
const char *td_store_key (TdStore *self);  /* public key of the device, hex */
const char *td_store_life (TdStore *self); /* hex 32 */
char *td_store_sign (TdStore *self, const char *text);
gboolean td_store_enrolled (TdStore *self); /* the endpoint knows this key */
gint64 td_store_acknowledged (TdStore *self);
TdDate td_store_day (TdStore *self); /* TD_DATE_NONE before the first exchange */
/* Chooses or changes the unit; TD_STORE_ERROR_BOUND once an operation was sent as another one. */
gboolean td_store_set_unit (TdStore *self, const char *unit, GError **error);
/* The same, and what was typed goes along: its owner is @unit from now on. @ids: pairs of an id of the unit before and
 * of @unit's, NULL-ended. TD_STORE_ERROR_WAITING where a step waits: what is signed stays as it is. */
gboolean td_store_become (TdStore *self, const char *unit, const char *const *ids, GError **error);
/* Campaign and units file as bytes: @name "campaign" or "units". */
gboolean td_store_set_document (TdStore *self, const char *name, GBytes *bytes, GError **error);
GBytes *td_store_document (TdStore *self, const char *name);      /* NULL if none */
char *td_store_document_digest (TdStore *self, const char *name); /* hex SHA-256, "" if none */

/* ---- what a person does (outbox.c, edit.c) ----------------------------------------- */
typedef struct
{
  const char *path;
  const char *old;   /* canonical JSON the person saw, NULL: absent */
  const char *value; /* canonical JSON, NULL: remove */
} TdChange;

typedef struct
{
  const char *record;
  const char *type;
  const char *owner;   /* unit key */
  const char *dossier; /* NULL or "": ledger, submission, session, project */
} TdEditOf;

/* A fresh id, now, and the person in meta. Strings are good until the next call. */
void td_store_author (TdStore *self, TdAuthor *author);
char *td_store_salt (void); /* canonical JSON string for the first edit of a record */

/* Adds to the open edit of that record or opens one. A member that is back at the
 * value it had leaves the edit; an edit left empty leaves the outbox. @settles: ids of
 * operations whose value kept beside is hereby settled, NULL-terminated, may be NULL. */
gboolean td_store_edit (TdStore *self,
                        const TdEditOf *target,
                        const TdChange *changes,
                        gsize n_changes,
                        const char *const *settles,
                        GError **error);
/* Closes the open edits of everything @operation names (dossiers, submission,
 * quoted records, session, fields) and of @records (may be NULL), then queues it, signed. */
gboolean td_store_append (TdStore *self, const TdOperation *operation, const char *const *records, GError **error);
gboolean td_store_close_edits (TdStore *self,
                               const char *const *records, /* NULL: all; ids of records or dossiers */
                               GError **error);
/* Takes back the last operation not yet handed to a carrier; *taken (may be NULL) gets its body.
 * TD_STORE_ERROR_SENT when there is none. */
gboolean td_store_take_back (TdStore *self, char **taken, GError **error);

typedef enum
{
  TD_OUT_OPEN, /* an edit that still coalesces */
  TD_OUT_CLOSED,
  TD_OUT_SENT,    /* in an envelope, handed over at least once, no verdict */
  TD_OUT_SETTLED, /* accepted; the mirror hasn't reached it */
  TD_OUT_DONE,    /* accepted and pulled; kept 90 days */
  TD_OUT_REFUSED, /* waits for the person */
  TD_OUT_ASIDE    /* refused, seen and put aside */
} TdOutState;

typedef struct
{
  gint64 n;
  char *id;
  char *verb;
  char *record;  /* edits; "" */
  char *dossier; /* edits: of the record; steps: the first named; "" */
  char *body;
  char *digest;
  TdOutState state;
  gint64 i;   /* number in the life, 0: not in an envelope */
  char *code; /* refused: why */
  char *detail;
  char **beside; /* accepted edits: paths kept beside */
  gint64 q;
  gint64 before; /* refused, but accepted under this place by an endpoint that was restored since; 0: no */
  gint64 made_at;
} TdOutItem;
void td_out_item_free (TdOutItem *self);

GPtrArray *td_store_outbox (TdStore *self);   /* open, closed, sent: oldest first; owned */
GPtrArray *td_store_problems (TdStore *self); /* refused, not yet put aside; oldest first */
GPtrArray *td_store_sent (TdStore *self);     /* settled, done, aside: newest first, for the journal */
gboolean td_store_put_aside (TdStore *self, const char *id, GError **error);
/* Operations without a verdict, and about what they and the files cost on the line. */
void td_store_waiting (TdStore *self, guint *operations, gsize *bytes, guint *files);

/* ---- what the screen shows (view.c) ----------------------------------------------- */
/* Mirror plus outbox, replayed in courtesy mode. @day NONE: the endpoint's last.
 * Owned; the store must outlive it. A refused replay is kept as a forecast. */
TdState *td_store_view (TdStore *self, const TdCampaign *campaign, const TdUnits *units, TdDate day);
/* Of the last view: the refusal or the members kept beside to expect for an
 * operation of the outbox; borrowed, NULL when none is expected. */
const TdOutcome *td_store_forecast (TdStore *self, const char *id);
TdState *td_store_mirror (TdStore *self); /* the endpoint's word alone; owned */

/* Accepted steps and opinions this desk may see. */
typedef struct
{
  char *id;
  char *key; /* device */
  char *unit;
  char *body;
  gint64 at; /* commit */
  TdDate day;
  gint64 q;
  gboolean verified; /* signature good, and the directory gives that key to that unit */
} TdStepItem;
void td_step_item_free (TdStepItem *self);
GPtrArray *td_store_steps (TdStore *self,
                           const char *dossier, /* NULL: all */
                           guint most);         /* newest first; 0: all */

/* ---- exchange (pull.c, seal.c) ------------------------------------------------------- */
/* The next operations to send, at most @max bytes of bodies (at least one), put
 * into envelopes in one transaction; open edits are closed by it. Owned array of TdSyncOp
 * as wire/messages.h has it; *tip is the chain's end after the last of them. */
GPtrArray *td_store_seal (TdStore *self, gsize max, char **tip, GError **error);
/* Changes, verdicts, cursor, n and day in one transaction; the same answer
 * twice changes nothing more. *moved: something changed for the screen. */
gboolean td_store_apply_answer (TdStore *self, const TdSyncAnswer *answer, gboolean *moved, GError **error);
/* The endpoint has nothing new; its clock minus ours is @skew. */
gboolean td_store_note_exchange (TdStore *self, gint64 skew, GError **error);
TdClock td_store_clock (TdStore *self);
gboolean td_store_rewind (TdStore *self,
                          gint64 n,
                          GError **error); /* 409 op-gap: the endpoint has only n; a new life where we can't follow */
gboolean td_store_start_over (TdStore *self, GError **error); /* 410: pull everything anew, outbox untouched */
gboolean td_store_new_life (TdStore *self, GError **error);   /* what has no verdict goes again in new envelopes */
/* After POST /v1/enroll: binds the device. @token "" when a secret service keeps it. */
gboolean td_store_enroll (
    TdStore *self, const char *endpoint, const char *unit, const char *roles, const char *token, GError **error);
char *td_store_token (TdStore *self); /* "" when elsewhere or not enrolled */
/* Revoked (revoked.c): nothing leaves the outbox; what the endpoint keeps aside, and what was decided since. */
typedef struct
{
  gint64 kept, admitted, discarded;
} TdRevoked;
gboolean td_store_revoked (TdStore *self, TdRevoked *counts);
/* Something went back to an older state (restored.c): when that was noticed, and what was sent again. */
typedef enum
{
  TD_RESTORED_CENTRE, /* the endpoint had lost `count` operations of this desk */
  TD_RESTORED_DESK    /* this data base was copied or put back: a new life, `count` operations go again */
} TdRestored;
gint64 td_store_restored (TdStore *self, TdRestored what, gint64 *count); /* UTC seconds, 0: never */
gboolean td_store_recovering (TdStore *self);                             /* the endpoint said so last */
gboolean td_store_note_recovery (TdStore *self, gint64 n, GError **error);
guint td_store_lost (TdStore *self); /* answered operations that the endpoint has to be sent again */
gboolean td_store_note_revoked (TdStore *self, gint64 n, const TdRevoked *counts, GError **error);

/* ---- files (files.c) -------------------------------------------------------------- */
typedef struct
{
  char *sha;
  char *name;
  gint64 size;
  gboolean here;
  gboolean uploaded; /* the endpoint has it whole */
  gboolean wanted;   /* to be downloaded */
} TdStoredFile;
void td_stored_file_free (TdStoredFile *self);

/* Copies a file in under its hash, synced, and notes it. Blocks. */
TdStoredFile *td_store_add_file (TdStore *self, GFile *file, GError **error);
void td_store_add_file_async (
    TdStore *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
TdStoredFile *td_store_add_file_finish (TdStore *self, GAsyncResult *result, GError **error);
TdStoredFile *td_store_file (TdStore *self, const char *sha); /* NULL if unknown */
char *td_store_file_path (TdStore *self, const char *sha);    /* NULL when the bytes aren't here */
gboolean td_store_want_file (TdStore *self, const char *sha, const char *name, gint64 size, GError **error);
/* For the exchange. @skip: set of hashes not to offer now; may be NULL. Owned or NULL. */
char *td_store_next_upload (TdStore *self, GHashTable *skip);
char *td_store_next_download (TdStore *self, GHashTable *skip);
gboolean td_store_set_uploaded (TdStore *self, const char *sha, GError **error);
char *td_store_trust_path (TdStore *self);                 /* a file of its own for certificates */
char *td_store_temp_path (TdStore *self, const char *sha); /* where a download goes until it is whole */
/* Syncs, hashes and renames a finished download in a thread; TD_STORE_ERROR_HASH deletes it. Who closed the store
 * meanwhile doesn't finish: the file is asked for again. */
void td_store_take_download_async (
    TdStore *self, const char *sha, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean td_store_take_download_finish (TdStore *self, GAsyncResult *result, GError **error);

/* ---- drafts ------------------------------------------------------------------------- */
char *td_store_draft (TdStore *self, const char *key); /* "" if none; owned */
gboolean td_store_set_draft (TdStore *self,
                             const char *key,
                             const char *text, /* "" or NULL forgets it */
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdStore, td_store_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdOutItem, td_out_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdStepItem, td_step_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdStoredFile, td_stored_file_free)

G_END_DECLS
