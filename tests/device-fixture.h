/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/crypto.h"
#include "dossier/operation.h"
#include "endpoint/admit.h"
#include "endpoint/centre.h"
#include "endpoint/journal-sqlite.h"

/* An endpoint on the real plan, and devices as a stranger would write them from
 * data/exchange.md: they use app/wire and app/dossier, nothing of app/exchange. */

typedef struct
{
  TdCentre *centre;
  TdMoment moment;
  guint counter;
} World;

typedef struct
{
  World *world;
  char *key, *secret;
  char *unit; /* key */
  char *token;
  char *life;
  char *tip;
  char *cur;
  gint64 n;           /* sealed */
  gint64 known;       /* acknowledged */
  gint64 max;         /* page */
  GPtrArray *pending; /* TdSyncOp */
} Device;

World *world_new (const char *path); /* NULL: in memory */
void world_free (World *self);
char *world_data (const char *folder, const char *name);

Device *device_new (World *world, guint number); /* its key is made from the number */
Device *device_enrolled (World *world, guint number, const char *unit, const char *roles);
void device_free (Device *self);
/* Enrols; NULL or the problem's type. */
char *device_enrol (Device *self, const char *code);
void device_new_life (Device *self);
/* Puts a body into the next envelope; @sig NULL: signed where the verb asks for it. */
void device_seal (Device *self, const char *body, const char *sig);
TdSyncRequest *device_request (Device *self); /* what is pending, and the cursor */
/* One exchange; NULL with @problem (may be NULL: must not happen). Takes over cursor and n. */
TdSyncAnswer *device_sync (Device *self, TdProblem **problem);
/* Seals and sends one body; "" or the code, valid until the next call. */
const char *device_send (Device *self, const char *body);
/* Everything the device is shown: "kind id" -> JSON text. Starts from an empty cursor. */
GHashTable *device_pull_all (Device *self, guint *pages);

char *world_id (World *self); /* a fresh UUIDv7 */
/* An edit of one member; @old: what it replaces, NULL for nothing. Owned. */
char *edit_body (Device *self,
                 const char *id,
                 const char *record,
                 const char *type,
                 const char *path,
                 const char *old,
                 const char *text);
/* An attestation by the device's unit about @dossier of @unit. */
char *attest_body (Device *self, const char *dossier, const char *unit);
char *ledger_id (Device *self, const char *type);
