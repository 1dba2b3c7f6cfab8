/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* RFC 1952 for bodies, with a ceiling: neither libsoup's session (requests) nor
 * its server (both) knows content codings. Errors are TD_WIRE_ERROR_CODING, or
 * TD_WIRE_ERROR_LIMITS for what inflates beyond @max or by more than
 * TD_CODING_RATIO times its own size. */

GBytes *td_gzip (GBytes *plain);
GBytes *td_gunzip (GBytes *packed, gsize max, GError **error);

G_END_DECLS
