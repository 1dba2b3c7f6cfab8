/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/json.h"

G_BEGIN_DECLS

/* An operation's body: canonical JSON, fixed when closed (model.md 1).
 *
 * edit:    {"at","by":{"name","position"},"f":{path:[digest of the value it replaces, new value]},
 *           "id","k":"edit","o":dossier or absent,"r":record,"settles":[op ids]?,"t":type,"u":owner unit key}
 * step:    {"at","by","id","k":"submit"…,"on":[[dossier, epoch, digest],…],…its own members}
 * opinion: {"at","by","id","k":"appraise"…,"on":[[dossier, 0, digest]],…}
 * admin:   {"at","by","id","k":"admit"|"revoke",…} by the endpoint's own key.
 *
 * Own members of steps and opinions (strings unless said):
 *  submit: "sub" submission record, "letter" its record digest, "quotes":[[record, digest],…],
 *          "kept" (reason to leave returned ledger members as they are)
 *  return: "reason", "fields":[[record, member],…]
 *  not_propose, withdraw, recall, reconsider: "reason" (recall, reconsider: may be absent)
 *  assign: "person"     ask: "body" unit code    waive: "rule","reason"
 *  attest: "unit" whose dossier, "type", "day", "time", "paper"; or of a call "unit", "code", "day", "time"
 *          and maybe "caller", and it names td_call_id() (call-code.h)
 *  appraise: "verdict" pass|fail, "note", "answers":{rule: words}
 *  review: "verdict" agree|disagree, "note"      clear_double: "finding","reason"
 *  to_council: nothing   council_opinion: "session" record, "session_digest", "outcome" endorse|again|decline
 *  to_chairman: "paper","day"   decide: "number","day","signer","capacity","outcome" award|decline
 *  award: "outcome" handed|absent, "receiver","place","day"   undo: "step" op id,"reason"
 *  admit: "key","unit","roles"   revoke: "key"
 */

#define TD_EDIT_MAX (64 * 1024)
#define TD_STEP_MAX (512 * 1024)
#define TD_STEP_DOSSIERS_MAX 300 /* the endpoint judges them all while others wait */

typedef enum
{
  TD_OP_EDIT,
  TD_OP_STEP,
  TD_OP_OPINION,
  TD_OP_ADMIN
} TdOpKind;

typedef struct
{
  char *id;
  TdOpKind kind;
  char *verb;   /* "edit", "submit", … */
  char *body;   /* the bytes, as they came */
  char *digest; /* of the bytes */
  JsonObject *content;
  gint64 at; /* the author's clock: a claim */
  char *author;
  char *position;
} TdOperation;

/* One dossier a step or opinion names. */
typedef struct
{
  const char *dossier;
  gint64 epoch;
  const char *digest;
} TdNamed;

#define TD_OPERATION_ERROR (td_operation_error_quark ())
typedef enum
{
  TD_OPERATION_ERROR_FORMAT,
  TD_OPERATION_ERROR_LIMITS,
  TD_OPERATION_ERROR_KIND /* a verb this program doesn't know */
} TdOperationError;
GQuark td_operation_error_quark (void);

/* Checks size, depth, shape, NFC and canonical form; never trusts the author. */
TdOperation *td_operation_parse (const char *body, gssize length, GError **error);
void td_operation_free (TdOperation *self);
TdOpKind td_operation_kind_of (const char *verb, gboolean *known);
/* Borrowed names of step @self, in order; free the array. */
GArray *td_operation_named (const TdOperation *self);                        /* of TdNamed */
const char *td_operation_text (const TdOperation *self, const char *member); /* "" if absent */

/* Who writes, at what claimed time, and the id to use: the caller's clock and
 * random numbers, so that building an operation stays pure. */
typedef struct
{
  const char *id;
  gint64 at;
  const char *name;
  const char *position;
} TdAuthor;

/* Content of an operation under construction: put its own members, then close
 * it to bytes. */
JsonObject *td_operation_begin (const char *verb, const TdAuthor *author);
void td_operation_name (JsonObject *content, const char *dossier, gint64 epoch, const char *digest);
TdOperation *td_operation_close (JsonObject *content,
                                 GError **error); /* takes @content; fails only on limits or text that is not NFC */

/* The envelope's chain: h = SHA-256 (previous, life, number, body digest). */
char *td_chain_next (const char *previous, const char *life, gint64 number, const char *body_digest);
#define TD_CHAIN_START "0000000000000000000000000000000000000000000000000000000000000000"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdOperation, td_operation_free)

G_END_DECLS
