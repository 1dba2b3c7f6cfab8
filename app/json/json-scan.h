/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/json.h"

G_BEGIN_DECLS

/* Strict RFC 8259 syntax, depth and number range, told with line and column.
 * json-glib's own parser reads comments, assignments and more that another reader
 * of the same signed bytes would not; and this one is more than twice as fast. */
JsonNode *td_json_scan (const char *data, gsize length, guint max_depth, GError **error);

G_END_DECLS
