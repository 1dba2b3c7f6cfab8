/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The headers of resumable uploads (tus 1.0.0) and of downloads that go on. Pure. */

#define TD_TUS_VERSION "1.0.0"
#define TD_TUS_EXTENSIONS "creation,creation-with-upload,checksum,expiration,termination"
#define TD_TUS_CHECKSUMS "sha1,sha256"
#define TD_TUS_STREAM "application/offset+octet-stream"

#define TD_TUS_DIGEST_MAX 32

/* An Upload-Checksum: the digest that the body of one request must have. */
typedef struct
{
  GChecksumType type;
  guint8 digest[TD_TUS_DIGEST_MAX];
  gsize length;
} TdTusChecksum;

typedef enum
{
  TD_TUS_CHECKSUM_GOOD,
  TD_TUS_CHECKSUM_MALFORMED,
  TD_TUS_CHECKSUM_UNKNOWN /* an algorithm that isn't spoken here */
} TdTusChecksumResult;
TdTusChecksumResult td_tus_checksum_read (const char *header, TdTusChecksum *checksum);
char *td_tus_checksum_write (GChecksumType type, const guint8 *data, gsize length);

typedef enum
{
  TD_RANGE_NONE, /* no header, or one that may be ignored: the whole file */
  TD_RANGE_PART,
  TD_RANGE_BEYOND /* 416 */
} TdRange;
TdRange td_range_read (const char *header, gint64 length, gint64 *first, gint64 *last);
/* The first byte that a Content-Range "bytes F-L/LENGTH" says; -1 for anything else. */
gint64 td_content_range_first (const char *header, gint64 length);

G_END_DECLS
