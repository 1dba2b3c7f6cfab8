/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/judge.h"
#include "dossier/state.h"

G_BEGIN_DECLS

/* The figures of an interim or final report: counted from ledger records, never typed. */
typedef struct
{
  TdTargetCount targets;
  gint64 award_rows, award_collectives, award_individuals; /* own awards (III.3) */
  gint64 works, works_value;                               /* to welcome the Congress (II.1); value in đồng */
  gint64 proposed_collectives, proposed_individuals;       /* to be praised by the level above */
} TdFigures;

/* @targets, @events: ledger records of @unit, each may be NULL. Without what is proposed. A row that is in @seen (may
 * be NULL) counts no more, and each that counts is added: who took rows over from the ledger of a predecessor keeps
 * their keys, and what both reported is one work and one target. */
void td_figures_read (TdFigures *self,
                      TdState *state,
                      const TdCampaign *campaign,
                      const TdUnit *unit,
                      const TdRecord *targets,
                      const TdRecord *events,
                      GHashTable *seen);
/* Dossiers of @unit, and of those whose place it took, that stand: handed in, or listed in its letter
 * @submission (may be NULL). */
void td_figures_read_proposed (TdFigures *self, TdState *state, const TdUnit *unit, const char *submission);
void td_figures_add (TdFigures *self, const TdFigures *other); /* stays at the highest number rather than overflow */

/* A report may carry the sums of the units below (a district's of its communes): members "below/…". */
typedef struct
{
  gint64 units, reported;
  TdFigures figures;
} TdFiguresBelow;
/* FALSE where @report has none. */
gboolean td_figures_read_below (TdFiguresBelow *self, const TdRecord *report);
/* The member that keeps figure number @at, and its value; NULL after the last. */
const char *td_figures_below_member (guint at);
gint64 td_figures_below_value (const TdFiguresBelow *self, guint at);

/* The rows behind the figures: the unit's facts, and the keys "@prefix/<key>" in a person's order. Owned. */
TdUnitFacts *td_figures_facts (
    TdState *state, const TdCampaign *campaign, const TdUnit *unit, const TdRecord *targets, const TdRecord *events);
GPtrArray *td_figures_rows (const TdRecord *record, const char *prefix);

/* The ledger record a handed-in @version quotes; NULL where it quotes none. */
const TdRecord *td_figures_quoted (TdState *state, const TdVersion *version, const char *record);

G_END_DECLS
