/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/centre.h"

G_BEGIN_DECLS

/* Packages that come by hand (data/exchange.md 15): unsealed, fed to td_centre_sync() as the device that
 * signed them, whoever carried them, and answered by a receipt sealed to that device. */

typedef struct
{
  char *unit;         /* key */
  char *receipt_name; /* a good name for a receipt */
  guint operations;
  guint refused;
  guint files;
  guint packages; /* of others, carried inside */
  guint packages_refused;
} TdImported;
void td_imported_clear (TdImported *self);

/**
 * td_centre_import:
 * @folder: the endpoint's own
 * @path: one part
 * @receipt: where the receipt goes
 * @problem: (out): 422 "package" with the reason as detail (see td_import_sentence()), or busy, full, internal
 *
 * A package is read and checked to its last byte before anything of it counts. Twice, late, or
 * after the line: what is known gets the verdict of old.
 */
gboolean td_centre_import (TdCentre *self,
                           const char *folder,
                           const char *path,
                           const char *receipt,
                           const TdMoment *moment,
                           TdImported *imported,
                           TdProblem **problem);
const char *td_import_sentence (const char *detail);

/* What a unit without a line is given: code for 30 days, keys, plan and units. NULL with TD_CENTRE_ERROR. */
GBytes *td_centre_make_enrolment (
    TdCentre *self, const char *unit, const char *roles, const char *url, const TdMoment *moment, GError **error);

G_END_DECLS
