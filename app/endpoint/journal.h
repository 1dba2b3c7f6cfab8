/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/state.h"

G_BEGIN_DECLS

/* What the endpoint keeps, behind one small interface: SQLite first
 * (journal-sqlite.h), PostgreSQL later. One thread at a time.
 *
 * Only begin(), commit() and ok() report errors. A read or write that fails is
 * remembered: reads then answer as if nothing were there, and commit() or ok()
 * hands the error over, so that nothing decided on a failed read is ever kept. */

/* One operation as it was received for the first time, with its verdict. */
typedef struct
{
  gint64 q;
  char *key, *life; /* of the device that brought it first */
  gint64 i;
  char *id;      /* its own, or a name made from its bytes where it has none */
  char *body;    /* the bytes as they came */
  char *digest;  /* of body */
  char *sig;     /* "" for edits */
  char *chain;   /* h_i of its first envelope */
  gint64 at;     /* commit, UTC seconds */
  char *context; /* JSON: what else it was judged under */
  gboolean ok;
  char *code, *detail;
  char **beside;
  char *head; /* audit chain over the journal up to here */
} TdLogged;
TdLogged *td_logged_new (void);
void td_logged_free (TdLogged *self);

/* An enrolment code; what is stored is the hash of its secret part. */
typedef struct
{
  char *slot;
  char *hash;
  char *unit;
  char *roles;
  gint64 expires; /* UTC seconds */
  gint64 tries;   /* left */
  char *used_by;  /* key, "" */
} TdCode;
TdCode *td_code_new (void);
void td_code_free (TdCode *self);

/* What a device sent that may not count (model.md 4.1). */
typedef enum
{
  TD_LATE_WAITS,
  TD_LATE_ADMITTED,
  TD_LATE_DISCARDED,
  TD_LATE_LOST /* sent again to an endpoint that was restored, and waits for the end of the recovery */
} TdLateState;

typedef struct
{
  char *name; /* as TdLogged has its id */
  char *key, *life;
  gint64 i;
  char *body, *sig, *chain;
  gint64 at; /* when it came, UTC seconds */
  TdLateState state;
  gint64 q, t; /* lost: its place in the sequence and its commit, as its desk was told; 0: none */
} TdLate;
void td_late_free (TdLate *self);

/* A row of a pull, or of an index; FALSE stops. */
typedef gboolean (*TdJournalRow) (gpointer data, gint64 q, const char *kind, const char *id, const char *body);

typedef struct _TdJournal TdJournal;
struct _TdJournal
{
  void (*free) (TdJournal *self);

  /* A writing transaction. Without one, single reads and writes stand for themselves. */
  gboolean (*begin) (TdJournal *self, GError **error);
  gboolean (*commit) (TdJournal *self, GError **error);
  void (*rollback) (TdJournal *self); /* also forgets a remembered error */
  gboolean (*ok) (TdJournal *self, GError **error);

  /* Values by name; "" when unset. */
  char *(*get) (TdJournal *self, const char *name);
  void (*set) (TdJournal *self, const char *name, const char *value);
  /* Catalogue files ever in force, by digest, for replaying. */
  char *(*document) (TdJournal *self, const char *digest); /* NULL: unknown */
  void (*add_document) (TdJournal *self, const char *digest, const char *text);

  /* The one sequence. */
  gint64 (*last_q) (TdJournal *self);
  char *(*head) (TdJournal *self); /* zeros before the first */
  void (*add_op) (TdJournal *self, const TdLogged *op);
  TdLogged *(*op_by_id) (TdJournal *self, const char *id); /* NULL: unknown */
  TdLogged *(*op_after) (TdJournal *self, gint64 q);       /* the next, NULL at the end */

  /* Envelopes: which operation a device sent under a number of a life. */
  gint64 (*position) (TdJournal *self, const char *key, const char *life, char **tip); /* 0, "": a new life */
  void (*set_position) (TdJournal *self, const char *key, const char *life, gint64 n, const char *tip);
  char *(*envelope) (TdJournal *self, const char *key, const char *life, gint64 i); /* id of the operation, NULL */
  void (*add_envelope) (TdJournal *self, const char *key, const char *life, gint64 i, const char *id);
  gboolean (*has_sent) (TdJournal *self, const char *key); /* anything, ever */

  /* The state the operations add up to. */
  TdState *(*state) (TdJournal *self, gboolean (*file_whole) (gpointer data, const char *sha), gpointer data);
  void (*write_state) (TdJournal *self, TdState *state, gint64 q);        /* dirty entities and what was shown */
  char *(*entity) (TdJournal *self, const char *kind, const char *id);    /* NULL: none */
  void (*each_entity) (TdJournal *self, TdJournalRow row, gpointer data); /* by kind and id */
  void (*each_view) (TdJournal *self, TdJournalRow row, gpointer data);   /* who was shown what: kind is the scope */
  /* What @unit or everyone was shown after @q (and, of q + 1, after @kind and @id), in order. */
  void (*each_shown) (
      TdJournal *self, const char *unit, gint64 q, const char *kind, const char *id, TdJournalRow row, gpointer data);

  /* Access. */
  void (*add_code) (TdJournal *self, const TdCode *code); /* replaces one of the same slot */
  TdCode *(*code) (TdJournal *self, const char *slot);
  void (*forget_codes) (TdJournal *self, gint64 expired_before);
  void (*set_token) (TdJournal *self, const char *hash, const char *key); /* the key's others are void */
  char *(*token_key) (TdJournal *self, const char *hash);                 /* NULL: unknown */

  /* Files: whole ones, and which unit may rely on one (it uploaded it, or could
   * read it through another's record when it named it). */
  gint64 (*file_length) (TdJournal *self, const char *sha); /* -1: not whole */
  void (*add_file) (TdJournal *self, const char *sha, gint64 length);
  gboolean (*holds_file) (TdJournal *self, const char *unit, const char *sha);
  void (*add_holder) (TdJournal *self, const char *unit, const char *sha);
  /* Hashes @owner's records name and @unit doesn't hold; owned, at most @most. */
  GPtrArray *(*wanting) (TdJournal *self, const char *owner, const char *unit, guint most);
  /* Entities that name @sha and were shown to @unit or everyone. */
  void (*each_naming) (TdJournal *self, const char *unit, const char *sha, TdJournalRow row, gpointer data);

  /* What came too late. What the journal knows by now no longer waits. */
  void (*add_late) (TdJournal *self, const TdLate *late); /* one of the same name stays as it is */
  GPtrArray *(*late) (TdJournal *self, const char *key);  /* TdLate that waits, as it came; NULL: of all; owned */
  void (*count_late) (TdJournal *self, const char *key, TdLateState state, gint64 *operations, gint64 *bytes);
  GPtrArray *(*lost) (TdJournal *self); /* TdLate lost, by the places they had; owned */
  gint64 (*lost_up_to) (TdJournal *self, const char *key, const char *life); /* the last number of these; 0: none */
  void (*decide_late) (TdJournal *self, const char *name, TdLateState state);
  void (*add_late_file) (TdJournal *self, const char *key, const char *sha);
  GPtrArray *(*late_files) (TdJournal *self, const char *key); /* hashes; owned */
  void (*drop_late_files) (TdJournal *self, const char *key);
};

#define td_journal_free(self) ((self)->free (self))

/* Names of values. */
#define TD_JOURNAL_INCARNATION "incarnation" /* E of the cursors, anew after a restore */
#define TD_JOURNAL_SEED "seed"               /* of the endpoint's own key, hex */
#define TD_JOURNAL_LIFE "life"               /* of the endpoint's own operations */
#define TD_JOURNAL_CAMPAIGN "campaign"       /* digests of the catalogue files in force */
#define TD_JOURNAL_CA "ca"                   /* PEM: who signs the certificate in front of it; "" without */
#define TD_JOURNAL_UNITS "units"
#define TD_JOURNAL_RECOVERY "recovery" /* "1": put back from a copy, decides nothing */
#define TD_JOURNAL_DERIVED "derived"   /* kinds of derived rows that stand in it whole, from the first entry on */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdLogged, td_logged_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdCode, td_code_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdLate, td_late_free)

G_END_DECLS
