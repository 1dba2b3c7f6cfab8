/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/campaign.h"
#include "json/json.h"

G_BEGIN_DECLS

/* The state that operations add up to: entities by kind and id. Every entity
 * has one JSON form, which is what the stores keep and what a pull carries.
 * A TdState holds what was touched in memory and asks its source for the rest;
 * with no source it is the whole world (tests, replay, thidua check). */

typedef struct
{
  char *op; /* the operation that wrote it */
  char *path;
  char *value; /* canonical JSON, NULL: removed */
  char *by;    /* author's name */
  char *key;   /* of the machine: TD_HAND_KEY_SIGNS of it, "" unknown */
  gint64 at;
} TdBeside;

/* Who wrote members that stand, where and when (hands.h). */
typedef struct
{
  char *by;
  char *key;
  gint64 at;
  GPtrArray *paths; /* the first of a record has none: it wrote all that no other one did */
} TdHand;

/* Of two values of one member, the one that was not chosen. */
typedef struct
{
  char *path;
  char *value; /* canonical JSON, NULL: removed */
  char *by;
  char *key;
  gint64 at;
  char *chosen_by;
  char *chosen_key;
  gint64 chosen_at;
} TdSettled;

/* kind "record" */
typedef struct
{
  char *id;
  char *type;          /* nomination registration report submission ratings targets events session project … */
  char *owner;         /* unit key */
  char *dossier;       /* "" for ledger, submissions, sessions, catalogue */
  GHashTable *members; /* path -> canonical JSON value */
  GPtrArray *beside;   /* TdBeside, not settled yet */
  GPtrArray *hands;    /* TdHand, oldest first */
  GPtrArray *settled;  /* TdSettled, oldest first */
  gboolean closed;     /* a submission after its first trình */
  GHashTable *open;    /* set of paths open all the same, named by a return */
} TdRecord;

/* One accepted step or opinion on a dossier: enough to draw the chain. */
typedef struct
{
  char *op;
  char *verb;
  char *unit; /* key of the unit that took it */
  char *author;
  char *position;
  char *from;    /* stage before */
  char *to;      /* stage after */
  char *digest;  /* content digest it speaks of */
  char *detail;  /* reason, note, number…: what those on the route may read; "" */
  char *verdict; /* opinions: pass fail agree disagree; award/decline…; "" */
  char *body;    /* digest of the record it rests on, frozen: the Council's session, a decision's findings; "" */
  char *subject; /* waive: rule; ask: body key; assign: person; undo: step id; submit: submission id */
  gint64 at;     /* endpoint's commit time */
  TdDate day;    /* endpoint's campaign day */
  gint64 q;
} TdEntry;

typedef struct
{
  char *submission;
  char *unit;      /* key of the unit whose letter it is */
  gboolean active; /* FALSE once recalled */
} TdCarried;

/* kind "dossier" */
typedef struct
{
  char *id;
  char *type;  /* nomination registration report */
  char *owner; /* unit keys */
  char *acts;  /* who stands for an owner that was split, as the administrator named it; "": its successor */
  char *holder;
  char *stage;
  gint64 epoch;
  gint64 version;    /* number of the last handed-in version, 0: none */
  char *digest;      /* of that version, "" */
  gboolean received; /* the holder has received it: ends recall */
  GHashTable
      *open; /* set of "record member" a return named; empty with stage returned: nothing named yet for the owner */
  GPtrArray *carried; /* TdCarried, in order */
  GPtrArray *chain;   /* TdEntry, in order: steps only; opinions have readers of their own, see td_state_opinions() */
  char *person;       /* key that counts a person once in a quota; "" for collectives */
} TdDossier;

/* kind "version": frozen at one trình. id = "<dossier>/<n>" */
typedef struct
{
  char *dossier;
  gint64 n;
  char *digest;
  char *by; /* unit key that handed it in */
  char *to;
  char *submission;
  TdDate day;
  gint64 q;
  GPtrArray *records; /* TdRecord */
  GHashTable *quotes; /* ledger record id -> body digest */
  GPtrArray *letters; /* body digests of the submissions it came with, oldest first */
} TdVersion;

/* kind "body": a ledger record or letter as it stood, stored once. id = its record digest */
/* its JSON form is a record's; read it with td_state_body() */

/* kind "receipt": when a dossier reached a level by paper or by a code read over the telephone (model.md 2.5).
 * id = dossier id; of a call also td_call_id(), from before its content came */
typedef struct
{
  char *level; /* unit key of the receiver */
  char *paper;
  char *op;
  TdDate day; /* stated */
  TdDate committed;
  /* Of a call; "" else. */
  char *code;
  char *unit;   /* key of the unit that called */
  char *caller; /* who spoke; may be "" */
  char *time;   /* "14:05" */
  char *submit; /* the accepted trình of that code; "": none yet */
} TdReceipt;
TdReceipt *td_receipt_new (void); /* all strings "" */
TdReceipt *td_receipt_copy (const TdReceipt *self);

/* kind "double": what was found of the same person across the province (dossier/doubles.h). id = dossier id */
typedef struct _TdDoubles TdDoubles;

/* kind "opinion": one TdEntry. id = operation id; its dossier is a member of the JSON form */
/* kind "step": an accepted step or opinion as it was signed, for everyone who may see it to verify.
 * id = operation id; JSON {"key","unit","body","sig","q","at","day"} */

/* kind "device": the directory of keys. id = public key */
typedef struct
{
  char *key;
  char *unit;  /* the one it was enrolled for: its steps name it, see acting.h */
  char *acts;  /* whom it works for since that unit was split; "": its successor */
  char *roles; /* letters of O L A R S */
  gboolean revoked;
} TdDevice;

/* Where a state gets what it doesn't hold. Every function may be NULL. */
typedef struct
{
  char *(*load) (gpointer data, const char *kind, const char *id); /* JSON text or NULL */
  GPtrArray *(*list) (gpointer data,
                      const char *kind,
                      const char *term); /* ids (char *, owned by the array), see td_state_each_dirty() */
  gboolean (*file_whole) (gpointer data, const char *sha);
} TdStateSource;

typedef struct _TdState TdState;

TdState *td_state_new (const TdStateSource *source, gpointer data);
void td_state_free (TdState *self);

/* Borrowed, NULL where there is none. The pointer stays good until td_state_forget(). */
TdRecord *td_state_record (TdState *self, const char *id);
TdDossier *td_state_dossier (TdState *self, const char *id);
TdVersion *td_state_version (TdState *self, const char *dossier, gint64 n);
TdRecord *td_state_body (TdState *self, const char *digest);
GPtrArray *td_state_receipts (TdState *self, const char *dossier); /* TdReceipt, borrowed, may be NULL */
TdDevice *td_state_device (TdState *self, const char *key);
TdDoubles *td_state_doubles (TdState *self, const char *dossier); /* NULL: none were ever found */
/* The opinions on a dossier this state knows, in order of q: owned array of borrowed TdEntry. */
GPtrArray *td_state_opinions (TdState *self, const char *dossier);
JsonObject *td_state_step (TdState *self, const char *op); /* borrowed */
gboolean td_state_file_whole (TdState *self, const char *sha);
/* Ids of entities with an index term; owned array of owned strings, sorted.
 * record terms: "type:T", "owner:U", "owner:U type:T", "dossier:ID", "file:SHA", correspondence also "re:ID"
 * dossier terms: "all", "owner:U" (who stands for it where it was split), "holder:U", "submitter:U", "person:P",
 * "submission:ID"
 * version terms: "dossier:ID", "file:SHA"   opinion and step terms: "dossier:ID", "all"
 * receipt terms: "calls", those that rest on a code
 * nomination records and their versions also: "same:NAME|BIRTH" (tone key), for R-055 */
GPtrArray *td_state_list (TdState *self, const char *kind, const char *term);

/* Changing: make one or take it, then mark it. */
TdRecord *td_state_add_record (TdState *self, const char *id, const char *type, const char *owner, const char *dossier);
TdDossier *td_state_add_dossier (TdState *self, const char *id, const char *type, const char *owner);
void td_state_add_version (TdState *self, TdVersion *version);                      /* takes */
void td_state_add_body (TdState *self, const TdRecord *record);                     /* copies, under its digest */
void td_state_add_receipt (TdState *self, const char *dossier, TdReceipt *receipt); /* takes */
void td_state_add_opinion (TdState *self, const char *dossier, TdEntry *opinion);   /* takes */
void td_state_add_device (TdState *self, const char *key, const char *unit, const char *roles);
void td_state_set_doubles (TdState *self, const char *dossier, TdDoubles *doubles); /* takes */
void td_state_mark (TdState *self, const char *kind, const char *id);
/* Puts an entity that came over the wire or from a store, from its JSON; FALSE
 * and nothing changed if it is malformed. Marks it dirty. */
gboolean td_state_put (TdState *self, const char *kind, const char *id, JsonObject *json, GError **error);

/* What changed since the last clear, in a fixed order, as (kind, id, JSON,
 * index terms): what a store must write. */
typedef void (*TdDirtyFunc) (gpointer data, const char *kind, const char *id, const char *json, char **terms);
void td_state_each_dirty (TdState *self, TdDirtyFunc func, gpointer data);
/* Who gets to see what because of the last operations: scope is a unit key or
 * "*". A pull sends a scope its shown entities in order of the operation's q. */
typedef void (*TdShownFunc) (gpointer data,
                             const char *scope,
                             const char *kind, /* also "step": id = operation id */
                             const char *id);
typedef void (*TdShownAsFunc) (gpointer data, const char *from, const char *to);
void td_state_show (TdState *self, const char *scope, const char *kind, const char *id);
/* Whatever @from was ever shown is shown to @to as well, at the place of this operation. */
void td_state_show_as (TdState *self, const char *from, const char *to);
void td_state_each_shown_as (TdState *self, TdShownAsFunc func, gpointer data);
void td_state_each_shown (TdState *self, TdShownFunc func, gpointer data);
void td_state_clear_dirty (TdState *self); /* dirty and shown */
void td_state_forget (TdState *self);      /* everything in memory */

/* Members as plain text: the strings a form shows. "" when absent or not a string. */
char *td_record_text (const TdRecord *self, const char *path);
/* Sorted middle parts of "@prefix/<key>/…" and "@prefix/<key>": owned strings. */
GPtrArray *td_record_keys (const TdRecord *self, const char *prefix);
char *td_record_digest (const TdRecord *self);
/* model.md 1.6: records sorted by id, the hashes of their files, quoted facts. */
char *td_content_digest (GPtrArray *records,  /* const TdRecord * */
                         GHashTable *quotes); /* may be NULL */
/* The ids that two offline devices of a unit agree on. @name: ratings, targets,
 * events (ledger records), registration, report, interim_report (dossiers). */
char *td_unit_record_id (const char *campaign, const char *unit, const char *name);
const char *const *td_unit_record_names (void); /* of all records whose ids are fixed; NULL-ended */
/* What a unit's record of that name is: "report" for both reports, else the name itself. */
const char *td_unit_record_type (const char *name);
/* Is @id a fixed id of @unit for records of @type (of a report: either one)? */
gboolean td_is_unit_record (const char *campaign, const char *unit, const char *type, const char *id);
JsonObject *td_record_to_json (const TdRecord *self);
TdRecord *td_record_from_json (JsonObject *json); /* NULL if malformed */
TdRecord *td_record_copy (const TdRecord *self);
/* Sets (NULL: removes) a member to canonical JSON; td_record_set_text() to a string. */
void td_record_set (TdRecord *self, const char *path, const char *value);
void td_record_set_text (TdRecord *self, const char *path, const char *text);
const char *td_record_get (const TdRecord *self, const char *path); /* canonical JSON or NULL */
void td_record_free (TdRecord *self);
TdEntry *td_entry_new (void); /* all strings "" */
void td_entry_free (TdEntry *self);
void td_version_free (TdVersion *self);
/* Who a nominee is for a quota and for doubles; "" for a collective or one without a name. */
char *td_record_person (const TdRecord *self);
gboolean td_type_is_ledger (const char *type);
gboolean td_type_is_dossier (const char *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdState, td_state_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdRecord, td_record_free)

G_END_DECLS
