/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/journal.h"
#include "store/entities.h"

G_BEGIN_DECLS

/* Inside of the SQLite journal: what its files share. */

typedef struct
{
  TdJournal interface; /* first: the two are cast into each other */
  TdDb *db;
  TdEntities entities;
  TdTransaction transaction;
  GError *fault; /* the first read or write that failed */
} TdJournalSqlite;

/* Keeps the first error, frees any other; takes it. */
void td_journal_fault (TdJournalSqlite *self, GError *error);
char *td_journal_text (char *text); /* "" for NULL; takes it */
/* Runs @statement to its end through @row; closes it. Columns: q, kind, id, body. */
void td_journal_each (TdJournalSqlite *self, TdStmt *statement, TdJournalRow row, gpointer data);

void td_journal_bind_ops (TdJournal *interface);    /* journal-ops.c */
void td_journal_bind_access (TdJournal *interface); /* journal-access.c */
void td_journal_bind_late (TdJournal *interface);   /* journal-late.c */

G_END_DECLS
