/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/centre.h"

G_BEGIN_DECLS

/* An endpoint put back from an older copy (model.md 4.4). In recovery it has another incarnation and decides nothing:
 * what the desks send again, with the places it once had in the sequence, is kept, and judged in that order when the
 * administrator ends the recovery. */

gboolean td_centre_recovering (TdCentre *self);
gboolean td_centre_begin_recovery (TdCentre *self, GError **error);
/* Keeps the operations of @request, whose sender is known; *problem tells the device that the endpoint is in recovery
 * and up to which number of its life it has everything. */
void td_centre_keep_lost (
    TdCentre *self, const char *key, const TdSyncRequest *request, const TdMoment *moment, TdProblem **problem);

typedef struct
{
  guint entered;
  guint refused; /* of these; each is a line of `lines` */
  char *lines;
} TdRecovered;
/* Who sent nothing meanwhile sends it later, and is judged then. */
gboolean td_centre_end_recovery (TdCentre *self, const TdMoment *moment, TdRecovered *recovered, GError **error);

G_END_DECLS
