/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/campaign.h"
#include "desk/items.h"

G_BEGIN_DECLS

/* One open desk: a unit's database, what its windows show and do. No widgets.
 * Everything returned as text is Vietnamese and finished for the screen. Every
 * change is on disk when the call returns. Main thread only; long work is async.
 *
 * Signals:
 *   "changed" (char *what)  data changed: "all" after a pull, else a record or dossier id
 *   "exchange"              the state of the exchange, waiting counts or files changed
 *   "named"                 unit, enrolment or campaign day changed: rebuild the window's frame
 */
#define TD_TYPE_DESK (td_desk_get_type ())
G_DECLARE_FINAL_TYPE (TdDesk, td_desk, TD, DESK, GObject)

#define TD_DESK_ERROR (td_desk_error_quark ())
typedef enum
{
  TD_DESK_ERROR_REFUSED, /* a step or edit may not be done now; the message is the sentence to show */
  TD_DESK_ERROR_INPUT,   /* what was typed or chosen can't be read */
  TD_DESK_ERROR_FILE,
  TD_DESK_ERROR_STORE,
  TD_DESK_ERROR_DAMAGED, /* the data base can't be read: see td_desk_good_backup() */
  TD_DESK_ERROR_EXCHANGE,
  TD_DESK_ERROR_UNIT /* the code or file is for another unit: td_desk_offered_unit() */
} TdDeskError;
GQuark td_desk_error_quark (void);

typedef enum
{
  TD_SEAT_NONE,     /* no unit chosen yet: first run */
  TD_SEAT_UNIT,     /* commune, department, enterprise: makes dossiers, sends them up */
  TD_SEAT_DISTRICT, /* also receives from its communes and chooses */
  TD_SEAT_BOARD,    /* the top: appraises, council, decision */
  TD_SEAT_REVIEWER  /* Party Office with role R (also a unit of its own) */
} TdSeat;

/* ---- opening ------------------------------------------------------------- */
/* @path NULL: the default database in the user's data folder. @datadir holds
 * campaigns/ and units/. Errors are one clear sentence. */
TdDesk *td_desk_open (const char *path, const char *datadir, GError **error);
/* After TD_DESK_ERROR_DAMAGED: when the newest whole copy was made, NULL without one; and
 * putting it in place; or, without one, beginning anew. The damaged file is kept beside. */
char *td_desk_good_backup (const char *path);
gboolean td_desk_restore (const char *path, GError **error);
gboolean td_desk_begin_anew (const char *path, GError **error);
void td_desk_close (TdDesk *self); /* flushes; the object may still be unreffed later */
TdSeat td_desk_seat (TdDesk *self);
const TdUnit *td_desk_unit (TdDesk *self); /* NULL on first run */
const TdUnits *td_desk_units (TdDesk *self);
const TdCampaign *td_desk_campaign (TdDesk *self);
TdDate td_desk_today (TdDesk *self);
gboolean td_desk_practice_day (TdDesk *self); /* the day was set by the endpoint for practice */
const char *td_desk_person (TdDesk *self);
const char *td_desk_position (TdDesk *self);
void td_desk_set_person (TdDesk *self, const char *name, const char *position);

/* ---- first run and enrolment ---------------------------------------------- */
GPtrArray *td_desk_search_units (TdDesk *self, const char *query); /* TdRowItem: id = unit key */
gboolean td_desk_choose_unit (TdDesk *self,
                              const char *unit,
                              GError **error); /* allowed again while nothing was sent: what was typed goes along */
/* After TD_DESK_ERROR_UNIT: the key of the unit it was for. Choose it, then enrol once more with the same code. */
const char *td_desk_offered_unit (TdDesk *self);
gboolean td_desk_enrolled (TdDesk *self);
char *td_desk_endpoint (TdDesk *self);
void td_desk_enroll_async (TdDesk *self,
                           const char *url,
                           const char *code,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);
gboolean td_desk_enroll_finish (TdDesk *self, GAsyncResult *result, GError **error);

/* ---- fields ---------------------------------------------------------------- */
char *td_desk_ledger (
    TdDesk *self, const char *name); /* record id: ratings targets events registration report interim_report council */
char *td_desk_text (TdDesk *self,
                    const char *record,
                    const char *path); /* "" when absent; owned. For a record of another unit: its handed-in version */
/* The form shown on screen for @path: dates dd/MM/yyyy, numbers with a comma. */
char *td_desk_shown (TdDesk *self, const char *record, const char *path);
/* Writes one member ("" removes it). Text is cleaned to NFC; typed dates and
 * numbers are turned to canonical form by what the member is; what can't be read
 * is refused with a sentence and nothing changes. On disk when it returns. */
gboolean td_desk_set (TdDesk *self, const char *record, const char *path, const char *text, GError **error);
gboolean td_desk_may_set (TdDesk *self, const char *record, const char *path);  /* is the field open to this unit now */
gboolean td_desk_named (TdDesk *self, const char *record, const char *path);    /* was it named by a return: mark it */
char *td_desk_field_label (TdDesk *self, const char *record, const char *path); /* "Xếp loại năm 2023" */
/* Rows of a record: target/<key>/… in order; owned strings. */
GPtrArray *td_desk_keys (TdDesk *self, const char *record, const char *prefix);
char *td_desk_add_row (TdDesk *self, const char *record, const char *prefix, GError **error); /* the new key */
gboolean td_desk_remove_row (TdDesk *self, const char *record, const char *prefix, const char *key, GError **error);
gboolean td_desk_saving (TdDesk *self); /* FALSE: "Đã lưu" */

/* ---- dossiers -------------------------------------------------------------- */
typedef enum
{
  TD_LIST_OWN,       /* this unit's nominations */
  TD_LIST_INBOX,     /* sent up to this unit: waiting to be received, received, returned onward */
  TD_LIST_SELECTION, /* what this unit may put in its submission: own drafts and received from below */
  TD_LIST_ABOVE,     /* of units below, with a level above this one or decided there */
  TD_LIST_ASKED,     /* asked of this desk (Party Office) */
  TD_LIST_ALL        /* everything this desk may see */
} TdList;
GListModel *td_desk_dossiers (TdDesk *self, TdList list);      /* of TdDossierItem, a fresh snapshot, owned */
TdDossierItem *td_desk_dossier (TdDesk *self, const char *id); /* owned, NULL if unknown */
char *td_desk_new_nomination (TdDesk *self, gboolean collective, GError **error);
/* Of a decided dossier: that its findings are those of the decision; "" otherwise. Owned. */
char *td_desk_findings_note (TdDesk *self, const char *dossier);
GListModel *td_desk_findings (TdDesk *self, const char *dossier); /* TdFindingItem: what fails first, passes last */
GListModel *td_desk_unit_findings (TdDesk *self); /* what is missing in the unit's own ledger and registration */
GListModel *td_desk_chain (TdDesk *self, const char *dossier); /* TdChainItem, oldest first */
GListModel *td_desk_journal (TdDesk *self);                    /* every step this desk may see, newest first */
GListModel *td_desk_differences (TdDesk *self,
                                 const char *dossier); /* last two handed-in versions, or working against handed-in */
/* Fields a return may name: TdDifferenceItem with record, path, label and the value in "before". */
GListModel *td_desk_fields (TdDesk *self, const char *dossier);
/* The stations of the route, for the drawing: TdRowItem title = station,
 * subtitle = day or "", state = ok (passed) info (here) missing (to come) warn (came back). */
GListModel *td_desk_route (TdDesk *self, const char *dossier);

/* ---- files ------------------------------------------------------------------ */
GListModel *td_desk_files (TdDesk *self, const char *record); /* TdFileItem; for a dossier also the letters' files */
void td_desk_attach_async (TdDesk *self,
                           const char *record,
                           const char *kind,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);
gboolean td_desk_attach_finish (TdDesk *self, GAsyncResult *result, GError **error);
gboolean td_desk_detach (TdDesk *self, const char *record, const char *key, GError **error);
void td_desk_want_file (TdDesk *self, const char *sha); /* download it; "exchange" when it is here */

/* ---- submissions -------------------------------------------------------------- */
char *td_desk_submission (TdDesk *self, GError **error); /* the open one; it begins with the first words; record id */
GListModel *td_desk_submissions (TdDesk *self);          /* TdRowItem: all of this unit, newest first */
gboolean td_desk_include (TdDesk *self, const char *dossier, gboolean listed, GError **error);
void td_desk_quota (TdDesk *self, int *used, int *most); /* most -1: no quota of its own */

/* ---- steps ------------------------------------------------------------------ */
/* NULL when @verb may be done on @dossier now, else the sentence why not; owned.
 * A verb this desk can never do gives "" (hide the button). */
char *td_desk_why_not (TdDesk *self, const char *verb, const char *dossier);
/* @words: pairs member, text, …, NULL: the members of operation.h ("reason",
 * text…). return: each "field" is "record member". appraise answers: "answer:R-034".
 * submit ignores @dossiers and hands in the open submission (or, when dossiers are
 * given, those returned or recalled of a closed one). */
gboolean
td_desk_step (TdDesk *self, const char *verb, const char *const *dossiers, const char *const *words, GError **error);
/* It went up with a letter of this unit before: "submit" takes it up again by itself. */
gboolean td_desk_goes_again (TdDesk *self, const char *dossier);
char *td_desk_verb_label (TdDesk *self, const char *verb);
/* The board's council session being prepared; it begins with the first words. Record id. */
char *td_desk_session (TdDesk *self, GError **error);

/* ---- overview ------------------------------------------------------------------ */
GListModel *td_desk_deadlines (TdDesk *self); /* TdRowItem: what is due and when */
GListModel *td_desk_tasks (TdDesk *self);     /* TdRowItem: what to do now; id = dossier or place ("place:exchange") */
GListModel *td_desk_units_below (TdDesk *self); /* TdRowItem per commune or unit: who has sent what */

/* ---- exchange ------------------------------------------------------------------ */
typedef enum
{
  TD_LINE_NEVER, /* not enrolled */
  TD_LINE_IDLE,
  TD_LINE_WAITING, /* the endpoint can't be reached; will try again */
  TD_LINE_BUSY,
  TD_LINE_FOREIGN, /* somebody else answers: portal, proxy */
  TD_LINE_LOCKED   /* token refused */
} TdLine;
TdLine td_desk_line (TdDesk *self);
char *td_desk_line_text (TdDesk *self);   /* one sentence for the status line */
char *td_desk_secret_text (TdDesk *self); /* where the access code is kept instead of a password store, or "" */
void td_desk_waiting (TdDesk *self, guint *changes, gsize *bytes);
char *td_desk_waiting_text (TdDesk *self);   /* "3 thay đổi chờ gửi (84 KB)" or "Đã gửi hết" */
char *td_desk_last_exchange (TdDesk *self);  /* "14:05 ngày 08/07/2025" or "" */
GListModel *td_desk_outbox (TdDesk *self);   /* TdRowItem: each waiting operation in words */
GListModel *td_desk_problems (TdDesk *self); /* TdProblemItem */
gboolean td_desk_settle (TdDesk *self,
                         TdProblemItem *problem,
                         gboolean take_mine,
                         GError **error);   /* conflict: choose; refusal: put aside, kept in the journal */
void td_desk_start_exchange (TdDesk *self); /* begin exchanging in the background */
void td_desk_exchange_now (TdDesk *self);
/* Blocks until nothing moves any more (tests, thidua sync, demo). */
gboolean td_desk_exchange_wait (TdDesk *self, GError **error);

/* Drafts of words not yet given (an appraisal's note): survive a restart. */
char *td_desk_draft (TdDesk *self, const char *key);
void td_desk_set_draft (TdDesk *self, const char *key, const char *text);

G_END_DECLS
