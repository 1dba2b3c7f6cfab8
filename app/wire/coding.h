/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a body travels (data/exchange.md 1.3). gzip is for whoever knows no more; zstd (RFC 8878) makes a tenth less of
 * our messages in the same time. dcz (RFC 9842) is zstd beside a dictionary, here the body of the request that is
 * answered: the words a desk has just sent up come down again as references, at a fifth of their gzip. */
typedef enum
{
  TD_CODING_NONE,
  TD_CODING_GZIP,
  TD_CODING_ZSTD,
  TD_CODING_DCZ
} TdCoding;

const char *td_coding_name (TdCoding coding); /* as in headers, NULL: none */
gboolean td_coding_read (const char *name, TdCoding *coding);
GBytes *td_coding_pack (TdCoding coding, GBytes *plain, GBytes *known);
GBytes *td_coding_unpack (TdCoding coding, GBytes *packed, GBytes *known, gsize max, GError **error);

G_END_DECLS
