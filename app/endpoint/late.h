/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/centre.h"

G_BEGIN_DECLS

/* What a revoked machine sends, by line or stick: kept aside, unapplied, until the administrator admits or discards
 * it (model.md 4.1). The machine keeps it too; enrolled again for the same unit it sends it again. */

#define TD_LATE_MOST 20000                            /* operations of one machine … */
#define TD_LATE_BYTES_MOST ((gint64)64 * 1024 * 1024) /* … and their bytes */

/* Where *problem says that device @key is revoked: keeps the operations of @request and tells in *problem up to which
 * number of the life it did, and how many wait or were decided on. Leaves any other problem as it is. */
void td_centre_keep_late (
    TdCentre *self, const char *key, const TdSyncRequest *request, const TdMoment *moment, TdProblem **problem);
/* A whole file that came with them by hand. */
gboolean
td_centre_keep_late_file (TdCentre *self, const char *key, const char *sha, gint64 length, TdProblem **problem);

/* What waits, in words, one operation after the other; of the machine whose key begins with @code, or of all (NULL).
 * Owned; NULL with TD_CENTRE_ERROR_UNIT where no machine or several are meant. */
char *td_centre_list_late (TdCentre *self, const char *code, GError **error);

typedef struct
{
  guint admitted; /* judged now, in the order they came … */
  guint refused;  /* … and of these, refused */
  guint discarded;
} TdLateDecided;
/* @ids: names of operations as listed, NULL-terminated; NULL or empty: all that wait of that machine. It stays
 * revoked. @error: TD_CENTRE_ERROR_UNIT where there is no such machine or operation; then nothing is changed. */
gboolean td_centre_admit_late (TdCentre *self,
                               const char *code,
                               const char *const *ids,
                               const TdMoment *moment,
                               TdLateDecided *decided,
                               GError **error);
gboolean td_centre_discard_late (
    TdCentre *self, const char *code, const char *const *ids, TdLateDecided *decided, GError **error);

G_END_DECLS
