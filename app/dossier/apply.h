/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/operation.h"
#include "dossier/state.h"

G_BEGIN_DECLS

/* apply (state, operation, context) -> state or refusal: the same function on
 * every desk and at the endpoint. Only the endpoint's answer counts. */

typedef struct
{
  const TdCampaign *campaign;
  const TdUnits *units;
  const char *key;   /* the device that sends it */
  TdDate day;        /* campaign day of the commit */
  gint64 at;         /* commit time, UTC seconds */
  gint64 q;          /* place in the sequence */
  gboolean courtesy; /* a desk's own forecast: it sees less, so what it cannot know does not refuse */
} TdContext;

typedef struct
{
  gboolean ok;
  char *code;        /* refusal: "custody", "stage", "rule"…; "" when ok */
  char *detail;      /* the rule, dossier or member it is about; "" */
  GPtrArray *beside; /* paths kept beside (edits); may be empty */
} TdOutcome;
void td_outcome_free (TdOutcome *self);

/* Changes @state only when the outcome is ok. Never fails otherwise. */
TdOutcome *td_apply (TdState *state, const TdOperation *operation, const TdContext *context);

/* May a step name several dossiers, all or none (the stars of model.md 3)? */
gboolean td_verb_takes_several (const char *verb);
/* Was the step @op taken back? */
gboolean td_is_undone (const TdDossier *dossier, const char *op);
/* Is @unit asked for an opinion, by a question not undone? */
gboolean td_is_asked (const TdDossier *dossier, const TdUnit *unit);
/* Was @unit only asked, the question undone, and the dossier taken on since? What became of it is not its to see. */
gboolean td_is_past_asking (const TdUnits *units, const TdDossier *dossier, const TdUnit *unit);
/* Rule ids the board has waived for a dossier as it stood: NULL-ended, owned. */
GPtrArray *td_waived_rules (TdState *state, const char *dossier, const char *digest);
/* Is @path of @record open to its own unit now: drafts whole, after a return the
 * members named (and what is below them), a closed letter only what was named. */
gboolean td_member_open (TdState *state, const TdUnits *units, const TdRecord *record, const char *path);

/* Refusal codes, each with a Vietnamese sentence in desk/words.c:
 * format limits kind reused device revoked rights unit unknown held custody stage digest
 * reason fields rule data double quota items letter quotes received opinion review files session
 * minutes votes recusal tied share paper date signer asked undo finding named reach
 * code sent wording addressee below matter inspection dropped */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdOutcome, td_outcome_free)

G_END_DECLS
