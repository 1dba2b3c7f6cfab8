/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/entities.h"
#include "store/store.h"

/* An endpoint in memory: the real plan, td_apply(), chains and signatures checked
 * for every envelope, no network and no disk. Tests of the store talk to it
 * directly, tests of the driver through a server. */

typedef struct
{
  TdCampaign *campaign;
  TdUnits *units;
  GBytes *files[2]; /* campaign and units file, as bytes */
  char *digests[2];
  TdDb *db; /* in memory */
  TdEntities entities;
  TdState *state;
  GPtrArray *shown;     /* what went to whom, by rising q */
  GHashTable *devices;  /* key -> chain of its life */
  GHashTable *verdicts; /* operation id -> what was decided */
  GHashTable *whole;    /* shas */
  GHashTable *blobs;    /* sha -> GBytes, for the server */
  char *incarnation;
  char *day;
  gint64 q;
  guint page; /* most changes in an answer, 0: all */
  guint requests;
} Peer;

Peer *peer_new (void);
void peer_free (Peer *self);
/* Admits the store's key and enrols the store with an empty token. */
void peer_admit (Peer *self, TdStore *store, const char *unit_code, const char *roles);
const char *peer_unit_key (Peer *self, const char *unit_code);
/* Judges one request. NULL with *problem when the whole request fails. */
TdSyncAnswer *peer_answer (Peer *self, const char *key, const TdSyncRequest *request, TdProblem **problem);
/* As the driver would: seal, ask, apply, until nothing waits; asserts that all goes well. */
void peer_exchange (Peer *self, TdStore *store);
/* The request a driver would send now. */
TdSyncRequest *peer_request (TdStore *store, gsize max);
/* Everything is gone, as after a restore from nothing: a new incarnation. */
void peer_forget (Peer *self);

/* ---- a store to play with ---- */
typedef struct
{
  char *folder;
  char *path;
  TdStore *store;
} Box;

void box_open (Box *self); /* a new folder and store */
void box_reopen (Box *self);
void box_clear (Box *self); /* closes and deletes */
char *box_id (void);        /* a fresh UUIDv7 */
/* One member of a nomination of @owner; values are plain text, NULL: absent. */
void box_edit (Box *self, const char *owner, const char *record, const char *path, const char *old, const char *value);
char *box_view_text (Box *self, Peer *peer, const char *record, const char *path);
guint box_waiting (Box *self);
char *box_file (Box *self, const char *name, const char *text); /* a file to attach: its path */
