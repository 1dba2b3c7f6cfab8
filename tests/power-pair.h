/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "power-disk.h"

#include "endpoint/centre.h"
#include "endpoint/parts.h"
#include "store/store.h"

/* A desk and a centre, each with a disk whose power may fail, in one process and without a line between them: the
 * real store, journal, parts and packages. What was told to be done is written down here and looked for after. */

#define PAIR_RECORDS 3
#define PAIR_MEMBERS 3

typedef struct
{
  char *folder;
  char *path; /* the data base */
  PowerDisk *disk;
} Machine;

typedef struct
{
  GRand *random;
  char *folder;
  Machine desk, centre;
  Machine stick; /* of the desk: packages go there; it has no data base */
  TdStore *store;
  TdCentre *endpoint;
  TdParts *parts;
  TdCampaign *campaign;
  TdUnits *units;
  TdMoment moment;
  char *unit, *key, *life;
  char *records[PAIR_RECORDS];
  guint words, sticks;
  /* What was acknowledged. */
  GHashTable *saved;    /* "record member" -> text */
  GHashTable *maybe;    /* the same, of a save that was cut */
  GHashTable *answered; /* operation -> verdict */
  GHashTable *kept;     /* hashes of files taken in by the desk */
  GHashTable *whole;    /* hashes of files the centre has */
  GHashTable *packages; /* path -> hash */
  char *rising;         /* hash of the file on its way up, NULL: none */
  GBytes *bytes;        /* its bytes */
  gint64 offset;        /* what the centre said it has */
  gint64 reached;       /* what was written, said or not */
  guint cuts;
  char *failure;                  /* the first */
  void (*opened) (gpointer pair); /* whatever a test does to a data base just opened */
  gpointer data;
} Pair;

Pair *pair_new (guint32 seed);
char *pair_free (Pair *self); /* the failure, owned */
void pair_fail (Pair *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* FALSE where it could not be done, which is a failure unless the power went out. */
gboolean pair_save (Pair *self);
gboolean pair_exchange (Pair *self);
gboolean pair_attach (Pair *self);
gboolean pair_upload (Pair *self);
gboolean pair_restart (Pair *self, Machine *machine);
void pair_make_old (Pair *self, Machine *machine); /* shuts it; its data base is as a former version left it */

/* For power-check.c. */
extern const char *const pair_members[PAIR_MEMBERS];
gboolean pair_failed (Pair *self, const char *what, GError *error); /* takes @error; FALSE */
char *pair_shown (Pair *self, const char *record, const char *path);
char *pair_centre_file (Pair *self, const char *sha);
gboolean pair_open (Pair *self, Machine *machine);
gboolean pair_is_dark (Pair *self);
TdSyncRequest *pair_request (Pair *self, GPtrArray *ops, const char *tip);
void pair_shut (Pair *self, Machine *machine);

/* power-stick.c */
gboolean pair_package (Pair *self); /* written to the stick by the desk, taken in by the centre */
gboolean pair_take_again (Pair *self, const char *path);
char *pair_hash_of (const char *path); /* NULL: it isn't there */

/* power-check.c. After a cut: what survived is opened and everything acknowledged is looked for. */
void pair_recover (Pair *self, Machine *machine);
void pair_check (Pair *self, Machine *machine);
void pair_come_to_rest (Pair *self); /* and every text is at the centre, once */
