/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/judge.h"
#include "dossier/state.h"

G_BEGIN_DECLS

/* Facts from records: the one place that knows which member feeds which rule. */

/* @submission: record id of the submission it travels or will travel in; NULL: loose,
 * or with a handed-in version the one it came with.
 * @working: TRUE judges the owner's working records and ledger; FALSE the last
 * handed-in version with its quotes. @day is the campaign day. NULL when the
 * dossier is unknown. */
TdFacts *td_gather_nomination (TdState *state,
                               const TdCampaign *campaign,
                               const TdUnits *units,
                               const char *dossier,
                               const char *submission,
                               gboolean working,
                               gboolean at_top,
                               TdDate day);
/* One row target/<key>/… of a ledger or project record (may be NULL), as the rules read it; owned. */
TdTarget *td_gather_target (const TdRecord *record, const char *key);
/* Who takes part by a registration (V.4): rows participant/<key>/…, and the lines of the older text. */
typedef struct
{
  guint collectives;
  guint individuals;
  guint unsorted; /* rows without a kind, and lines of the older text */
} TdParticipants;
void td_gather_participants (const TdRecord *registration, /* may be NULL */
                             TdParticipants *count);
/* The day of something each unit does once: @own; without it, where all whose place @unit took have
 * done it, the last of their days; else TD_DATE_NONE. @day_of is asked for each of their keys. */
typedef TdDate (*TdDayOf) (const TdUnit *unit, const char *key, gpointer data);
TdDate td_gather_followed_day (const TdUnit *unit, TdDate own, TdDayOf day_of, gpointer data);
/* A unit's ledger as it stands. */
TdUnitFacts *td_gather_unit (TdState *state, const TdCampaign *campaign, const TdUnits *units, const char *unit);
/* Persons counted against @unit's quota: accepted submissions plus, when
 * @submission is given, those listed in it. */
int td_count_persons (TdState *state, const TdUnit *unit, const char *submission);
/* Of these, the nominees of the unit with the key @owner. */
int td_count_persons_of (TdState *state, const TdUnit *unit, const char *submission, const char *owner);
/* The same with dossiers that are about to be handed in, @also: ids; may be NULL. */
int td_count_persons_with (TdState *state, const TdUnit *unit, const char *submission, GPtrArray *also);
/* First day the dossier reached @level, or a unit that stood in its place or at its level
 * on the way up of then: trình or earlier attestation; TD_DATE_NONE. */
TdDate td_reached_on (TdState *state, const char *dossier, const TdUnit *level);
/* The last trình to @level where it was not the first; TD_DATE_NONE. */
TdDate td_came_again_on (TdState *state, const char *dossier, const TdUnit *level);
/* The day of the Council's opinion @entry. */
TdDate td_opinion_day (TdState *state, const TdEntry *entry);
/* When it was sent to the Council and the day of the Council's opinion, the last that stand; TD_DATE_NONE. */
void td_council_days (TdState *state, const TdDossier *dossier, TdDate *sent, TdDate *opinion);

G_END_DECLS
