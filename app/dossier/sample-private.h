/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/shape.h"
#include "dossier/sample.h"

G_BEGIN_DECLS

/* Shared by the sample*.c files only. */

typedef struct
{
  TdShape shape;
  const TdCampaign *campaign;
  TdSample *sample;
  GHashTable *by_id; /* id in the file, and id of the record -> TdRecord */
} TdSampleReader;

/* sample-units.c */
TdUnits *td_sample_units (JsonObject *root, const TdCampaign *campaign, const TdUnits *units, GError **error);
/* The unit of a code of the file; NULL after a fault. */
const TdUnit *td_sample_unit (TdSampleReader *self, JsonObject *object, const char *name);
/* sample-ledger.c */
void td_sample_read_project (TdSampleReader *self, JsonObject *json);
void td_sample_read_unit (TdSampleReader *self, JsonObject *json);
/* sample.c */
TdRecord *
td_sample_record (TdSampleReader *self, const char *id, const char *type, const TdUnit *owner, const char *dossier);
char *td_sample_name (TdSampleReader *self, const char *what, const char *id, guint n);
void td_sample_put (TdRecord *record, const char *path, const char *text);
void td_sample_put_date (TdSampleReader *self, TdRecord *record, const char *path, JsonObject *json, const char *name);
void td_sample_put_ratings (TdSampleReader *self, TdRecord *record, JsonObject *json);

G_END_DECLS
