/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/judge.h"
#include "desk/desk.h"
#include "dossier/acting.h"
#include "dossier/apply.h"
#include "exchange/exchange.h"
#include "store/store.h"

G_BEGIN_DECLS

/* Shared by the desk*.c files, words.c and the demo loader only. */

/* What one dossier was judged to be; kept until something changes. */
typedef struct
{
  GPtrArray *findings; /* TdFinding; NULL where it can't be judged here */
  GPtrArray *waived;   /* char *, NULL-ended */
  GPtrArray *answered; /* char *, NULL-ended: for a person to decide, and decided when it passed the appraisal */
  char *submission;    /* the one it was judged in; "" */
} TdJudged;

struct _TdDesk
{
  GObject parent_instance;
  TdStore *store;
  TdExchange *exchange;
  TdCampaign *campaign;
  TdUnits *units;
  char *datadir;
  char *person;
  char *position;
  const TdUnit *unit; /* of @units */
  char *roles;
  char *offered;    /* the unit a code or enrolment file was for, where it is another one */
  gboolean started; /* exchanging in the background */
  gpointer packing; /* TdPackageJob: a package being written or read */
  /* Ids of what is shown before anything is written to it; NULL until it is shown. */
  char *planned_submission;
  char *planned_session;
  /* All below is dropped when anything changes. */
  TdState *view;
  GHashTable *provisional; /* dossiers that came in a package of another unit only */
  GHashTable *judged;      /* dossier -> TdJudged */
  GHashTable *waiting;     /* dossier or record -> verb of what waits */
  GHashTable *foreign;     /* record id -> TdRecord of the view: other units' letters and ledgers */
  GHashTable *refusals;    /* "verb dossier" -> sentence; "-" for none */
  GHashTable *steps;       /* operation -> TdStepItem */
};

typedef enum
{
  TD_MEMBER_TEXT, /* several lines */
  TD_MEMBER_NAME, /* one line */
  TD_MEMBER_DATE,
  TD_MEMBER_NUMBER,
  TD_MEMBER_COUNT, /* a whole number */
  TD_MEMBER_CODE,  /* a word of the program's own */
  TD_MEMBER_HIDDEN /* nobody's to read or name */
} TdMemberKind;

typedef struct
{
  const char *path;
  const char *text; /* "" removes */
} TdPair;

/* desk.c */
TdState *td_desk_view (TdDesk *self);
TdState *td_desk_scratch (TdDesk *self);             /* owned: a view to try things in */
void td_desk_touch (TdDesk *self, const char *what); /* something changed here */
void td_desk_forget (TdDesk *self);
gboolean td_desk_fail (GError **error, TdDeskError code, const char *sentence); /* FALSE */
const char *td_desk_unit_name (TdDesk *self, const char *key);
const TdUnit *td_desk_board (TdDesk *self);
gboolean td_desk_is_provisional (TdDesk *self, const char *dossier); /* came on a stick, not through the centre */
gboolean td_desk_is_waiting (TdDesk *self, const char *id, const char **verb);
const TdStepItem *td_desk_step_item (TdDesk *self, const char *op);

/* desk-first.c */
gboolean td_desk_offer_unit (TdDesk *self, const char *unit, GError **error); /* FALSE, TD_DESK_ERROR_UNIT */

/* desk-plan.c */
gboolean td_desk_load_files (TdDesk *self, GError **error);
void td_desk_find_unit (TdDesk *self);

char *td_desk_default_path (void);

/* desk-backup.c */
void td_desk_back_up (TdDesk *self);

/* desk-members.c */
TdMemberKind td_member_kind (const char *type, const char *path);
char *td_member_label (const TdRecord *record, /* may be NULL */
                       const char *type,
                       const char *path);
char *td_member_shown (const char *type, const char *path, const char *text);
/* The canonical form of what was typed; NULL and a sentence where it can't be read. */
char *td_member_typed (const TdRecord *record, const char *type, const char *path, const char *text, GError **error);
/* Members of a record that a return may name though they are empty; NULL-ended. */
const char *const *td_member_usual (const char *type);

/* desk-acting.c */
/* Ids found by "name:KEY suffix" for every key this unit follows; sorted, owned. */
GPtrArray *td_desk_list_own (TdDesk *self, const char *kind, const char *name, const char *suffix);
/* "Xã A", "Xã A (nay là Xã C)": a unit as it was, with who acts for it now; owned. */
char *td_desk_name_of_then (const TdUnit *unit);
/* Where a re-organisation led a dossier, and by which act, in words. */
void td_desk_explain_move (TdDesk *self, const TdEntry *entry, TdChainItem *item);
/* Says on the overview that this desk works for another unit now, or that it took others' places. */
void td_desk_add_reorganised (TdDesk *self, GListStore *list);
/* The unit key an edit of @record names: the owner as it is written; owned. */
char *td_desk_owner_of (TdDesk *self, const char *record, const char *type);

/* desk-record.c */
const TdRecord *td_desk_record (TdDesk *self, const char *id); /* own words, else what was handed in; borrowed */
const char *td_desk_type (TdDesk *self, const char *id);       /* NULL if unknown */

/* desk-fields.c */
gboolean td_desk_write (TdDesk *self,
                        const char *record,
                        const char *type,
                        const TdPair *pairs,
                        gsize n_pairs,
                        const char *const *settles,
                        GError **error);
char *td_desk_new_id (TdDesk *self);

/* desk-judge.c */
const TdJudged *td_desk_judge (TdDesk *self, const char *dossier);
void td_judged_free (TdJudged *self);
char *td_finding_sentence (const TdFinding *finding);
const char *td_desk_category (TdDesk *self, const TdDossier *dossier); /* "a"… or "" */

/* desk-doubles.c */
char *td_desk_double_finding (TdDesk *self, const char *dossier); /* "" where nothing is to be cleared */
char *td_desk_double_answer (TdDesk *self, const char *dossier);  /* "" while nobody said anything */

/* desk-lists.c */
TdDossierItem *td_desk_make_item (TdDesk *self, const char *id);
char *td_desk_title (TdDesk *self, const char *dossier);
const TdVersion *td_desk_version (TdDesk *self, const TdDossier *dossier);

/* desk-model.c */
GListModel *td_desk_model_new (TdDesk *self, GPtrArray *ids); /* takes */
typedef gpointer (*TdDeskMake) (TdDesk *self, const char *id);
GListModel *td_desk_model_new_of (TdDesk *self, GPtrArray *ids, GType type, TdDeskMake make);

/* desk-submission.c */
char *td_desk_planned (TdDesk *self, char **id);
const char *td_desk_planned_type (TdDesk *self, const char *id); /* of a letter or session not begun yet, else NULL */
const TdRecord *td_desk_open_submission (TdDesk *self);          /* NULL if there is none */
gboolean td_desk_is_listed (TdDesk *self, const char *dossier);
/* The submission @dossier came with or goes up in again; "" if none. */
const char *td_desk_carried_by (TdDesk *self, const TdDossier *dossier);

/* registration-letter.c */
gboolean td_is_registration_letter (const TdRecord *submission);

/* desk-forecast.c */
TdOperation *td_desk_build (TdDesk *self,
                            TdState *state,
                            const char *verb,
                            const char *const *dossiers,
                            const char *const *words,
                            GError **error);
/* NULL when it would be accepted, else the sentence; owned. Changes @state. */
char *td_desk_try (TdDesk *self, TdState *state, const TdOperation *operation);

/* desk-exchange.c */
char *td_desk_describe (TdDesk *self, const TdOutItem *item);
char *td_desk_content (TdDesk *self, const TdOutItem *item);

/* desk-problems.c */
/* Puts the values that were not chosen, of @dossier's records or (NULL) of all of this unit, where they belong in time. */
void td_desk_add_settled (TdDesk *self, GListStore *list, const char *dossier, gboolean newest_first);
void td_desk_insert_link (GListStore *list, TdChainItem *item, gboolean newest_first); /* where it belongs in time */

/* desk-transfer.c */
char *td_words_size (gint64 bytes); /* "84 KB", "1,2 MB" */

/* words.c */
char *td_words_reason (TdDesk *self, const char *code, const char *detail);
char *td_words_refusal (TdDesk *self, const char *verb, const char *code, const char *detail);
const char *td_words_secret (void);
const char *td_words_recovery (void);
char *td_words_exchange (TdDesk *self, const GError *error);
void td_words_store (GError **error, GError *cause); /* takes @cause */
const char *td_words_stage (const char *stage);
const char *td_words_next (const char *type, const char *stage, gboolean at_top);
const char *td_words_paper (const char *kind);
const char *td_words_target_mark (const char *mark);
const char *td_words_verdict (const char *verdict); /* of an opinion: pass fail agree disagree */
char *td_words_verb (TdDesk *self, const char *verb);

G_END_DECLS
