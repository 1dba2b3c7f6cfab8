/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint-fixture.h"
#include "kill-desk.h"

/* An endpoint and two desks of one unit, each a process that is killed at random moments and started again, and a book
 * of all that any of them said was done. */

#define KILL_DESKS 2

typedef struct
{
  char *path, *record;
  GSubprocess *process; /* NULL: down */
  GString *line;        /* what has come of it */
  char *doing;
  GHashTable *saved; /* member -> text */
  GHashTable *maybe; /* the same, begun and not told */
  gboolean rested;
} KillDesk;

typedef struct
{
  GRand *random;
  Endpoint *endpoint;
  KillDesk desks[KILL_DESKS];
  char *stick;
  KillBug bug;
  guint starts;
  GHashTable *taken;  /* hashes of files taken in */
  GHashTable *packed; /* path -> hash */
  GHashTable *kills;  /* what the victim was at -> how often */
  guint n_kills;
  char *failure; /* the first */
} KillTown;

KillTown *kill_town_new (guint32 seed, KillBug bug);
void kill_town_strike (KillTown *self);       /* somebody, at a random moment; looked at, and started again */
void kill_town_come_to_rest (KillTown *self); /* and nothing is lost, nothing doubled */
char *kill_town_free (KillTown *self, GHashTable *kills); /* the failure, owned; adds to @kills */

/* For kill-check.c. */
void kill_fail (KillTown *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void kill_check_down (KillTown *self, const char *path); /* a data base whose process was just killed */
void kill_check_rest (KillTown *self);                   /* all is down and at rest */
void kill_check_answers (KillTown *self);                /* the endpoint is down: it has all it answered */
void kill_make_old (KillTown *self, const char *path);   /* as a former version of the program left it */
