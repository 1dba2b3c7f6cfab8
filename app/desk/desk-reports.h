/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk-private.h"
#include "desk/reports.h"
#include "dossier/figures.h"

G_BEGIN_DECLS

/* Shared by the files about reports only. */

/* What is known here of one unit's report. */
typedef struct
{
  TdDesk *desk;
  GHashTable *seen; /* given, may be NULL: the rows counted already, see td_figures_read() */
  const TdUnit *unit;
  gboolean interim;
  char *id;
  const TdDossier *dossier;         /* NULL: not begun, or never seen here */
  const TdRecord *record;           /* its words; NULL where nothing is known */
  const TdRecord *targets, *events; /* the ledger it rests on; NULL where nothing is known */
  TdDate reached;                   /* the level above */
  TdFigures figures;
  TdFiguresBelow below;
  gboolean has_below;
  /* After a re-organisation, of the unit of today: all whose place it took had reported, the last then. */
  TdDate followed;
} TdReportView;
void td_report_read (TdDesk *self, const TdUnit *unit, gboolean interim, TdReportView *view);
void td_report_view_clear (TdReportView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdReportView, td_report_view_clear)

TdRowItem *td_desk_gate_task (TdDesk *self); /* NULL where nothing is to be done */
char *td_report_of (TdDesk *self, const char *unit, gboolean interim);
const char *td_report_title (TdDesk *self, gboolean interim);
TdDeadline td_report_deadline (TdDesk *self, gboolean interim);
char *td_report_standing (TdDesk *self, const TdReportView *view, const char **state); /* ok late missing */
char *td_report_count (gint64 value);                                                  /* "1.500.000" */
char *td_report_below_words (const TdFiguresBelow *below);
gboolean td_report_is_interim (TdDesk *self, const char *owner, const char *id);
char *td_report_section_label (TdDesk *self, const char *path); /* NULL where @path is no section */

G_END_DECLS
