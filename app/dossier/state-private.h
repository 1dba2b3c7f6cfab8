/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/operation.h"
#include "dossier/state.h"

G_BEGIN_DECLS

/* Shared by the files of this layer only. */

#define TD_STEP_BYTES TD_STEP_MAX /* no member is larger than the largest operation */

TdRecord *td_record_new (const char *id, const char *type, const char *owner, const char *dossier);
void td_record_add_beside (TdRecord *self, const char *op, const char *path, const char *value, const TdHand *hand);
char *td_record_same_name (const TdRecord *self); /* NULL: not a person with a birth date */
GPtrArray *td_sorted_keys (GHashTable *table);
JsonArray *td_set_to_json (GHashTable *set);
gboolean td_set_from_json (GHashTable *set, JsonArray *array);

TdDossier *td_dossier_new (const char *id, const char *type, const char *owner);
void td_dossier_free (TdDossier *self);
JsonObject *td_dossier_to_json (const TdDossier *self);
TdDossier *td_dossier_from_json (JsonObject *json);
JsonObject *td_version_to_json (const TdVersion *self);
TdVersion *td_version_from_json (JsonObject *json);
char *td_version_id (const char *dossier, gint64 n);
JsonObject *td_entry_to_json (const TdEntry *self);
TdEntry *td_entry_from_json (JsonObject *json);
JsonObject *td_receipts_to_json (GPtrArray *receipts);
GPtrArray *td_receipts_from_json (JsonObject *json);
void td_receipt_free (TdReceipt *self);
JsonObject *td_device_to_json (const TdDevice *self);
TdDevice *td_device_from_json (JsonObject *json);
void td_device_free (TdDevice *self);

/* The kinds of entities: one row each says how it is read, written, indexed. */
typedef struct
{
  const char *name;
  gpointer (*from_json) (JsonObject *json);
  JsonObject *(*to_json) (gpointer entity);
  void (*terms) (gpointer entity, const char *id, GPtrArray *terms);
  void (*free) (gpointer entity);
} TdKind;

typedef enum
{
  TD_KIND_RECORD,
  TD_KIND_DOSSIER,
  TD_KIND_VERSION,
  TD_KIND_BODY,
  TD_KIND_RECEIPT,
  TD_KIND_OPINION,
  TD_KIND_STEP,
  TD_KIND_DEVICE,
  TD_KIND_DOUBLE,
  TD_N_KINDS
} TdKindId;

extern const TdKind td_kinds[TD_N_KINDS];

/* An opinion entity: an entry and the dossier it is about. */
typedef struct
{
  char *dossier;
  TdEntry *entry;
} TdOpinion;

G_END_DECLS
