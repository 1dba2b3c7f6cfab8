/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/operation.h"
#include "wire/messages.h"

G_BEGIN_DECLS

/* What can be said of what a device sent from its bytes alone. Pure. */

/* The envelopes of a request are linked, and its tip is signed by device @key. @chains (of owned texts) gets the chain
 * value of each. FALSE with a problem: op-chain. */
gboolean td_arrivals_linked (const char *key, const TdSyncRequest *request, GPtrArray *chains, TdProblem **problem);

typedef struct
{
  TdOperation *operation; /* NULL: can't be read */
  char *id;               /* readable, or "" */
  char *name;             /* what it is stored under */
  const char *refusal;    /* NULL: to be judged */
  const char *detail;
} TdArrived;
void td_arrival_read (const char *key, const char *body, const char *sig, TdArrived *self);
void td_arrival_clear (TdArrived *self);

G_END_DECLS
