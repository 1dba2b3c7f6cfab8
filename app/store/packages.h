/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"
#include "wire/bundle.h"

G_BEGIN_DECLS

/* What the store keeps for packages on a stick. */

#define TD_META_ABOVE "above"           /* keys of the next level's devices, from an enrolment file; spaces between */
#define TD_META_ENROL_CODE "enrol_code" /* of an enrolment file, until a receipt brings the token */
#define TD_META_EXPORTED "exported"     /* UTC seconds of the last package written */

char *td_store_secret (TdStore *self); /* owned; wipe it */
/* The endpoint's public key, "" while it isn't known. */
char *td_store_centre_key (TdStore *self);
GPtrArray *td_store_device_keys (TdStore *self); /* the directory; owned */
GPtrArray *td_store_seal_after (TdStore *self, gint64 after, gsize max, char **tip, GError **error);
GPtrArray *td_store_waiting_files (TdStore *self);
gboolean td_store_apply_receipt (
    TdStore *self, GPtrArray *answers, const char *from, const char *life, gboolean *moved, GError **error);
char *td_store_packages_folder (TdStore *self); /* where packages are taken apart */
/* Puts the file @path, which is what @sha says, with the others; it is gone from where it was. */
gboolean td_store_adopt_file (TdStore *self, const char *path, const char *sha, gint64 size, GError **error);

/* ---- packages of others ----------------------------------------------------------- */
typedef struct
{
  char *sha;
  char *key;
  char *unit;
  gint64 part, parts;
  gint64 created, came_at, size;
  guint files;
  guint operations; /* that the centre has not told of */
  gboolean known;   /* its key stands in the directory for that unit */
  char *receipt;    /* "" */
  gboolean handed;  /* the receipt was written to a stick */
  char *fault;      /* why the centre refused it (import.h); "" */
} TdCarriedPackage;
void td_carried_package_free (TdCarriedPackage *self);

typedef struct
{
  char *id;
  char *key;
  char *body;
} TdCarriedOp;
void td_carried_op_free (TdCarriedOp *self);

GPtrArray *td_store_carried (TdStore *self);     /* TdCarriedPackage, newest first */
GPtrArray *td_store_carried_ops (TdStore *self); /* TdCarriedOp in order */
/* Notes a package whose file is adopted, and its operations (TdSyncOp of each of @requests). Again changes nothing. */
gboolean td_store_carry (
    TdStore *self, const TdBundle *bundle, const TdCarriedPackage *package, GPtrArray *requests, GError **error);
gboolean td_store_set_carried_receipt (TdStore *self, const char *sha, const char *receipt, GError **error);
/* The receipt as the endpoint sent it over the line. */
gboolean td_store_take_carried_receipt (TdStore *self, const char *sha, GBytes *receipt, GError **error);
gboolean td_store_set_carried_fault (TdStore *self, const char *sha, const char *fault, GError **error);
gboolean td_store_is_carrying (TdStore *self, const char *sha); /* a package that has no answer yet */
gboolean td_store_set_carried_handed (TdStore *self, const char *sha, GError **error);
/* Operations that a later package of the same machine holds too stay with that one. */
gboolean td_store_drop_carried (TdStore *self, const char *sha, GError **error);
/* Forgets what the mirror has reached by now; part of applying answers and receipts. */
gboolean td_store_settle_carried (TdStore *self, gboolean *moved, GError **error);
void td_store_overlay (TdStore *self,
                       TdState *state,
                       const TdCampaign *campaign,
                       const TdUnits *units,
                       TdDate day,
                       GHashTable *provisional);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdCarriedPackage, td_carried_package_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdCarriedOp, td_carried_op_free)

G_END_DECLS
