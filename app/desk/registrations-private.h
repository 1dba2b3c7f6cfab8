/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk-private.h"
#include "desk/registrations.h"
#include "dossier/gather.h"

G_BEGIN_DECLS

/* Shared by the files of registrations.h only. */

typedef enum
{
  TD_STANDING_ABSENT, /* the order of the table */
  TD_STANDING_LATE,
  TD_STANDING_DUE,
  TD_STANDING_ON_TIME
} TdStanding;

/* One unit's registration as this desk knows it. */
typedef struct
{
  const TdUnit *unit;
  gboolean again;           /* its predecessors stand in rows of their own: it counts as no unit more */
  const TdDossier *dossier; /* NULL while nothing of it is here */
  char *id;                 /* of the registration */
  TdDate day;               /* at the level that counts here */
  TdDate top_day;
  TdStanding standing;
  gboolean known; /* its targets are here */
  guint targets;
  guint breakthrough;
  TdParticipants participants;
} TdRegistered;

TdRegistered *td_registered_new (TdDesk *self, const TdUnit *unit);
void td_registered_free (TdRegistered *self);
/* TdRegistered of every unit @filter shows, in the order of the table; owned. */
GPtrArray *td_registered_list (TdDesk *self, const TdRegistrationFilter *filter);
/* The keys whose registrations stand in the row of @unit: its own, and those of units that
 * had ended before registrations were due; owned array of borrowed keys. */
GPtrArray *td_registered_keys (TdDesk *self, const TdUnit *unit);
const char *td_registered_scope (const TdUnit *unit); /* districts departments enterprises communes */
TdRegisteredItem *td_registered_item (TdDesk *self, const TdRegistered *registered);
/* The record of a unit's targets as it is known here; NULL. */
const TdRecord *td_registered_targets (TdDesk *self, const char *unit);
gboolean td_target_is_breakthrough (TdDesk *self, const TdRecord *record, const char *key);

G_END_DECLS
