/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/acting.h"
#include "dossier/apply.h"
#include "dossier/state-private.h"

G_BEGIN_DECLS

/* One operation being judged. Checks refuse; only when every check of every
 * dossier has passed do the acts change the state. */
typedef struct
{
  TdState *state;
  const TdOperation *operation;
  const TdContext *context;
  const TdDevice *device;
  const TdUnit *unit;     /* that the device works for today; NULL for the endpoint's own */
  const TdStepRule *rule; /* steps and opinions: the campaign's row */
  GArray *named;          /* TdNamed, steps and opinions */
  TdOutcome *outcome;
} TdAttempt;

/* Says no; returns FALSE so that checks can end with it. */
gboolean td_refuse (TdAttempt *self, const char *code, const char *detail);

void td_apply_edit (TdAttempt *self);
void td_apply_admin (TdAttempt *self);
void td_apply_reorganise (TdAttempt *self);

/* circular.c: edits of correspondence, before and after they are applied. */
gboolean td_circular_check_edit (TdAttempt *self, const TdRecord *record); /* @record NULL: it begins */
void td_circular_after_edit (TdAttempt *self, TdRecord *record);
gboolean td_reads_check_edit (TdAttempt *self);
void td_reads_after_edit (TdAttempt *self, TdRecord *record);

/* One verb of the table of steps. Checks and acts see one dossier at a time;
 * @dossier is NULL only for an attestation of one that is not known yet. */
typedef struct
{
  const char *verb;
  gboolean (*check) (TdAttempt *self, TdDossier *dossier, const TdNamed *named);
  void (*act) (TdAttempt *self, TdDossier *dossier, const TdNamed *named);
  gboolean (*begin) (TdAttempt *self); /* once, before the dossiers; may be NULL */
  void (*end) (TdAttempt *self);       /* once, after the acts; may be NULL */
} TdVerb;

extern const TdVerb td_submit_verbs[]; /* each ends with a NULL verb */
extern const TdVerb td_route_verbs[];
extern const TdVerb td_board_verbs[];
extern const TdVerb td_opinion_verbs[];

/* Helpers the verbs share. */
const TdUnit *td_attempt_board (TdAttempt *self);
gboolean td_need_text (TdAttempt *self, const char *member, const char *code);
gboolean td_need_day (TdAttempt *self, const char *member, TdDate *day); /* a day not after today, else "date" */
gboolean td_need_files (TdAttempt *self, TdDossier *dossier);            /* whole, else "files" */
TdVersion *td_current_version (TdAttempt *self, TdDossier *dossier);
gboolean td_has_digest (TdAttempt *self, TdDossier *dossier, const char *digest); /* of any handed-in version */
/* The unit one level below the holder, on the owner's way, that handed it in; NULL if none. */
TdCarried *td_handed_in_by (TdAttempt *self, TdDossier *dossier);
/* Adds to the chain and moves the stage ("" leaves it). */
TdEntry *td_take_step (TdAttempt *self, TdDossier *dossier, const char *to);
/* Shows an entity to the unit that acts today for the one that @scope names. */
void td_show (TdAttempt *self, const char *scope, const char *kind, const char *id);
/* Shows a record to those who write it. */
void td_show_record (TdAttempt *self, const TdRecord *record);
/* Shows the dossier, and the step itself, to everyone who has it on the way. */
void td_show_dossier (TdAttempt *self, TdDossier *dossier);
/* Keeps a record as it stands, for everyone who has the dossier on the way; its digest, owned. */
char *td_keep_body (TdAttempt *self, TdDossier *dossier, const TdRecord *record);
/* Everything that was handed in so far, to one that gets to see it now. */
void td_show_history (TdAttempt *self, TdDossier *dossier, const char *scope);
const TdEntry *td_last_opinion (TdAttempt *self,
                                TdDossier *dossier,
                                const char *verb,
                                const char *digest); /* NULL where there is none on that digest */
/* call.c: codes read over the telephone (model.md 2.6). */
gboolean td_call_check (TdAttempt *self, const TdUnit *caller);       /* an attestation that rests on one */
gboolean td_call_check_named (TdAttempt *self, const TdNamed *named); /* names the call's own id */
void td_call_note (TdAttempt *self, TdReceipt *receipt);              /* the content may have come before */
void td_call_settle (TdAttempt *self, const TdRecord *submission);    /* a trình was taken: was it announced? */
/* doubles.c: the derived rows that a step or opinion changes. */
void td_doubles_renew (TdAttempt *self);
void td_replace (char **field, const char *text);

G_END_DECLS
