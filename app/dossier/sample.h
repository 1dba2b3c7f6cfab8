/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/gather.h"

G_BEGIN_DECLS

/* Dossiers in one file, in the format of the sample dossiers: read into the
 * very records the program keeps, so that they are judged on the way everything
 * else is judged. */

typedef struct
{
  char *id;           /* "TT-935" */
  char *record;       /* record id of the submission */
  const TdUnit *unit; /* whose letter it is */
  TdDate received;    /* at the next level; TD_DATE_NONE: not yet */
} TdSampleSubmission;

typedef struct
{
  char *id;                             /* "HS-031" */
  char *record;                         /* record id, which is the dossier's */
  const TdUnit *unit;                   /* its owner */
  const TdSampleSubmission *submission; /* NULL: loose */
} TdSampleDossier;

/* When a registration reached a level. */
typedef struct
{
  const TdUnit *unit;  /* who registered */
  const TdUnit *level; /* where it arrived */
  char *dossier;
  TdDate day;
} TdSampleReceipt;

typedef struct
{
  TdUnits *units;         /* the campaign's, with what the file says of them and units of its own */
  GPtrArray *records;     /* TdRecord: catalogue, ledgers, nominations, submissions */
  GPtrArray *submissions; /* TdSampleSubmission */
  GPtrArray *dossiers;    /* TdSampleDossier, in the order of the file */
  GPtrArray *receipts;    /* TdSampleReceipt */
} TdSample;

/* The message of the error has the place: line and column, or a JSON pointer. */
TdSample *
td_sample_parse (const char *data, gsize length, const TdCampaign *campaign, const TdUnits *units, GError **error);
void td_sample_free (TdSample *self);
/* Puts everything into @state, as if it had been handed in on paper. */
void td_sample_fill (const TdSample *self, TdState *state);
/* One line of `thidua check`, without its line end. */
char *
td_sample_check (const TdSample *self, TdState *state, const TdCampaign *campaign, const TdSampleDossier *dossier);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSample, td_sample_free)

G_END_DECLS
