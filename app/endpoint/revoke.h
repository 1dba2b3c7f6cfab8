/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/centre.h"

G_BEGIN_DECLS

/* The machines that may exchange, as the administrator sees them. */

/* One line each: code, unit, roles, whether revoked. The code is what a desk shows on “Trao đổi dữ liệu”. Owned. */
char *td_centre_devices (TdCentre *self);
/* The one machine whose key begins with @code; @revoked: also one that is. NULL with TD_CENTRE_ERROR_UNIT. Owned. */
char *td_centre_find_machine (TdCentre *self, const char *code, gboolean revoked, GError **error);
/* The machine whose key begins with @code is refused from its next request on. What it had not sent stays
 * on it and goes after a new enrolment. @error: TD_CENTRE_ERROR_UNIT where no machine or several are meant. */
gboolean td_centre_revoke (TdCentre *self, const char *code, const TdMoment *moment, GError **error);

G_END_DECLS
