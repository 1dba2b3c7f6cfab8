/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"
#include "endpoint/centre-private.h"
#include "endpoint/parts.h"
#include "exchange/driver.h"

#include <sqlite3.h>

/* Many desks, one endpoint and a hostile network in one process, all from a seed: the real store, driver, engine,
 * centre, journal and parts of files; only sockets, clocks and random numbers are ours (sim-line.c, sim-machine.c).
 * After every step the invariants are checked, each under a name of its own (sim-check.c). */

#define SIM_DESKS 7
#define SIM_CENTRE SIM_DESKS /* its place among the machines */
#define SIM_MACHINES (SIM_DESKS + 1)

/* Bugs a test can plant (sim-bugs.c), and the check meant for each. */
typedef enum
{
  SIM_BUG_NONE,
  SIM_BUG_EARLY_ANSWER,      /* answered, never committed */
  SIM_BUG_CURSOR_ALONE,      /* the cursor moves outside the page's transaction */
  SIM_BUG_ID_IGNORED,        /* what comes again is judged and stored again */
  SIM_BUG_SENT_IS_DONE,      /* the outbox is cleared when it is sent */
  SIM_BUG_SCOPE,             /* a pull shows another unit's rows */
  SIM_BUG_HASH_UNCHECKED,    /* a file is whole as soon as it is long enough */
  SIM_BUG_REFUSED_DROPPED,   /* what was refused is thrown away */
  SIM_BUG_CLIENT_CLOCK,      /* the author's clock is the time of the commit */
  SIM_BUG_CUSTODY_UNCHECKED, /* whoever asks holds the dossier */
  SIM_BUG_GAP,               /* a number of the sequence is left out */
  SIM_BUG_VERDICT_FORGOTTEN, /* asked again, the endpoint says otherwise */
  SIM_BUG_BESIDE_DROPPED,    /* what was written on an older value goes nowhere */
  SIM_BUG_EDIT_IN_MEMORY,    /* said to be saved, and not on the disk */
  SIM_BUG_PAGE_LOST,         /* a row of a page is left out */
  SIM_BUG_HEAD_OF_LINE,      /* one refused operation holds up all that follow */
  SIM_BUG_FULL_UNNOTICED,    /* a full disk took the words, it says */
  SIM_BUG_WHOLE_FORGOTTEN,   /* all of a file has come before it died: nobody gives it its name */
  SIM_BUG_CARRIED_COUNTS,    /* what is carried for others is taken for the centre's word */
  SIM_BUG_CALL_FORGOTTEN,    /* what comes is not held against the calls that announced it */
  SIM_BUG_CALL_OF_ANYBODY,   /* a call noted as of another unit counts for what this one hands in */
  SIM_N_BUGS
} SimBug;
const char *sim_bug_name (SimBug bug);
const char *sim_bug_check (SimBug bug); /* name of the check that must find it */

/* A machine: its clock, its disk, and whether it was killed in the middle of a write. */
typedef struct
{
  gint64 clock_off; /* seconds beside the true time */
  gboolean full;    /* its disk */
  int dies_after;   /* writes; 0: doesn't */
  gboolean dead;
} SimMachine;

typedef struct
{
  char *digest;
  TdOutState state;
  gboolean taken_back;
} SimKept;

typedef struct
{
  guint index;
  char *path, *unit, *key;
  const char *roles;
  TdStore *store;
  TdExchange *exchange;
  GHashTable *kept;  /* id -> SimKept: what the data base said last */
  GHashTable *typed; /* "record path" -> the last text typed here */
  gint64 checked_q;  /* the mirror was compared up to here */
  char *life;        /* … and its life then */
  gint64 written;    /* rows, when the outbox was looked at last */
  gboolean revoked;
  gint64 no_line_until; /* true time, ms */
} SimDesk;

typedef struct
{
  char *stage, *owner, *holder;
  char *before; /* stage before the last step … */
  char *handed; /* … and before the last trình */
  gint64 epoch;
  guint touched; /* by which entry last */
  char *last_verb;
  gboolean unasked;    /* the question to the office was taken back: it is told nothing more */
  GHashTable *reached; /* units it was handed to, or asked */
} SimDossier;

typedef struct
{
  gint64 q, at;
  char *id, *key, *body, *digest, *code;
  gboolean ok, beside;
} SimLogged;

typedef struct
{
  guint seed, step;
  SimBug bug;
  gboolean tracing;
  GRand *random;  /* what happens */
  GRand *program; /* what the programs under test draw */
  gint64 now;     /* true time, ms */
  char *folder;
  char *plan, *units_text;
  SimMachine machines[SIM_MACHINES];
  guint acting; /* whose clock is read */
  SimDesk desks[SIM_DESKS];
  TdCentre *centre;
  TdParts *parts;
  sqlite3 *witness; /* a second connection: sees what is committed */
  sqlite3_stmt *witness_ops;
  GHashTable *asked; /* SQL -> what the witness compiled of it */
  GPtrArray *flights;
  GPtrArray *sticks; /* packages that lie about */
  guint sticks_made, folders_made;
  gboolean line_good; /* nothing is lost any more */
  /* Each seed is a world of its own. */
  guint badness;          /* of the line, percent */
  guint troubles;         /* of a hundred steps */
  guint nominations_most; /* of one unit */
  gboolean copies;        /* files are copied, and both used */
  gboolean telephones;    /* codes are read out and noted */
  /* What the endpoint said and did, as this book has it. */
  GHashTable *logged;              /* id -> SimLogged */
  GHashTable *digests;             /* of bodies in the journal */
  GPtrArray *log;                  /* SimLogged, by q */
  char *head;                      /* audit head after the last */
  GHashTable *keys;                /* key a desk had -> SimDesk */
  GHashTable *verdicts;            /* id -> first answer */
  GPtrArray *heard, *noted, *came; /* calls and what they announce (sim-calls.c) */
  GHashTable *dossiers;            /* id -> SimDossier */
  gboolean looking;                /* a check reads: no fault reaches it */
  GHashTable *hashed;              /* "who sha": files whose bytes were looked at */
  guint words;
  GChecksum *trace;
  char *check, *failure;
} Sim;

extern Sim *sim; /* the one that runs */

/* sim-run.c: one seed. NULL or "check: what", owned. *hash: of everything that happened, may be NULL. */
char *sim_run (guint seed, guint steps, SimBug bug, gboolean tracing, char **hash);
void sim_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
void sim_fail (const char *check, const char *format, ...) G_GNUC_PRINTF (2, 3);
guint sim_draw (guint below); /* 0 … below - 1 */
gboolean sim_chance (guint percent);

/* sim-machine.c: clocks, random numbers, disks */
void sim_machine_init (void); /* once, before anything */
gint64 sim_clock (guint machine);
SimMachine *sim_machine_of (const char *path);     /* NULL: none */
gboolean sim_machine_writes (SimMachine *machine); /* one change more; FALSE: it is dead */
int sim_open_witness (const char *path, sqlite3 **out);

/* sim-line.c: the network */
void sim_line_start (void);
void sim_line_stop (void);
void sim_line_deliver (gint64 until); /* what arrives and which timers end until then */
void sim_line_forget (SimDesk *desk); /* it is gone: its answers reach nobody */
gboolean sim_line_idle (void);
void sim_settle (void); /* runs what is ready in the main context */

/* sim-centre.c: the endpoint */
typedef struct
{
  guint status;
  GBytes *body;
  char *echo;
  gint64 offset; /* -1: not told */
  gint64 date;
} SimAnswer;
void sim_centre_open (void);
void sim_centre_close (void);
void sim_centre_revoke (SimDesk *desk);
/* The bytes that arrived: @body may be cut short of @length. FALSE: it died over it, or waits for the rest. */
gboolean sim_centre_serve (const char *method,
                           const char *path,
                           const char *token,
                           GBytes *body,
                           gint64 told,
                           gboolean whole,
                           SimAnswer *answer);
char *sim_centre_file (const char *sha);
void sim_centre_revive (void); /* where it died over something */

/* sim-carrier.c: packages on sticks */
extern guint64 sim_carried; /* packages of others that a desk took along, of all seeds */
void sim_stick_write (SimDesk *desk);
void sim_stick_take (void);
void sim_stick_free (gpointer data);

TdDesk *sim_window_open (SimDesk *desk);
void sim_window_close (TdDesk *window);
SimDesk *sim_desk_above (const SimDesk *desk);

/* sim-calls.c: codes read over the telephone */
extern guint64 sim_calls_matched; /* calls whose content came, of all seeds */
void sim_calls_start (void);
void sim_calls_stop (void);
void sim_call_make (void);
void sim_calls_follow (const TdOperation *operation, const SimDesk *by);
gboolean sim_calls_may_see (const char *unit, const char *id);
void sim_check_calls (void);

/* sim-desk.c: desks and what people do */
void sim_desk_open (SimDesk *desk);
void sim_desk_close (SimDesk *desk);
void sim_desk_enrol (SimDesk *desk, const char *code, const char *roles);
void sim_desk_restore (SimDesk *desk);
void sim_desk_copy (SimDesk *from, SimDesk *to);
SimDesk *sim_desk_of (const char *key);
gboolean sim_desk_is_copied (const SimDesk *desk); /* another one works with the same key */
void sim_desk_act (SimDesk *desk);
void sim_desk_changed (SimDesk *desk);
TdState *sim_desk_view (SimDesk *desk);
gboolean
sim_desk_put (SimDesk *desk, const char *record, const char *type, const char *path, const char *text, TdState *view);
char *sim_id (void);

/* sim-steps.c */
void sim_step_take (SimDesk *desk);

/* sim-check.c */
void sim_check_journal (void);
void sim_check_answer (SimDesk *desk, const TdSyncAnswer *answer);
void sim_check_desk (SimDesk *desk, gboolean reopened);
void sim_check_mirror (SimDesk *desk); /* both directions, at rest */
gint64 sim_cursor_of (SimDesk *desk);
gboolean sim_has_news (SimDesk *desk);
void sim_check_texts (void);
void sim_check_replay (void);
void sim_check_files (SimDesk *desk);
char *sim_entity (const char *kind, const char *id); /* committed; owned, NULL */
void sim_dossier_free (gpointer data);
void sim_logged_free (gpointer data);
void sim_kept_free (gpointer data);
const char *sim_above (const char *unit); /* on the way up, NULL at the top */
/* sim-custody.c: a book of its own of stages and holders */
void sim_custody_follow (const SimLogged *op, SimDesk *by);
void sim_custody_compare (guint from); /* what entries after that place touched */
gboolean sim_is_let_go (const char *unit, const char *kind, const char *id);
gboolean sim_may_see (const char *unit, const char *kind, const char *id, JsonObject *body);

/* sim-bugs.c */
void sim_bugs_plant (void); /* into the open journal */
void sim_bugs_close (TdStore *store);

#define SIM_COMMUNE "31447@2024-07-01"
