/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands in paths and headers around files and tokens. */

#define TD_BLOB_PATH "/v1/blob/"

/* The hash in "/v1/blob/<64 lower-case hex>", NULL if it isn't exactly that. Borrowed from @path. */
const char *td_blob_sha (const char *path);
char *td_blob_path (const char *sha);
/* The token in "Bearer <43 signs>", NULL if it isn't exactly that. Borrowed from @header. */
const char *td_bearer (const char *header);
char *td_bearer_line (const char *token);
/* A Content-Length: digits only, at most @max. -1 otherwise. */
gint64 td_length (const char *header, gint64 max);

G_END_DECLS
