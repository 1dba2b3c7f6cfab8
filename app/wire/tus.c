/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/tus.h"

#include "wire/blob.h"

#include <string.h>

#define BASE64_MAX 64 /* signs; a SHA-256 takes 44 */

static const struct
{
  const char *name;
  GChecksumType type;
} checksums[] = { { "sha1", G_CHECKSUM_SHA1 }, { "sha256", G_CHECKSUM_SHA256 } };

static const char *
name_of (GChecksumType type)
{
  for (guint i = 0; i < G_N_ELEMENTS (checksums); i++)
    if (checksums[i].type == type)
      return checksums[i].name;
  return NULL;
}

/**
 * td_tus_checksum_read:
 * @header: value of Upload-Checksum: "algorithm base64"
 * @checksum: (out): what the body must be
 */
TdTusChecksumResult
td_tus_checksum_read (const char *header, TdTusChecksum *checksum)
{
  const char *space = header == NULL ? NULL : strchr (header, ' ');
  g_autofree char *algorithm = space == NULL ? NULL : g_strndup (header, (gsize)(space - header));
  gsize length;
  g_autofree guint8 *digest = NULL;

  if (space == NULL || strlen (space + 1) == 0 || strlen (space + 1) > BASE64_MAX)
    return TD_TUS_CHECKSUM_MALFORMED;
  for (guint i = 0; i < G_N_ELEMENTS (checksums); i++)
    {
      if (strcmp (checksums[i].name, algorithm) != 0)
        continue;
      digest = g_base64_decode (space + 1, &length);
      if (length != (gsize)g_checksum_type_get_length (checksums[i].type))
        return TD_TUS_CHECKSUM_MALFORMED;
      checksum->type = checksums[i].type;
      checksum->length = length;
      memcpy (checksum->digest, digest, length);
      return TD_TUS_CHECKSUM_GOOD;
    }
  return TD_TUS_CHECKSUM_UNKNOWN;
}

/** td_tus_checksum_write: the Upload-Checksum of @data; owned. */
char *
td_tus_checksum_write (GChecksumType type, const guint8 *data, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (type);
  guint8 digest[TD_TUS_DIGEST_MAX];
  gsize size = sizeof digest;
  g_autofree char *base64 = NULL;

  g_return_val_if_fail (name_of (type) != NULL, NULL);

  g_checksum_update (checksum, data, (gssize)length);
  g_checksum_get_digest (checksum, digest, &size);
  base64 = g_base64_encode (digest, size);
  return g_strjoin (" ", name_of (type), base64, NULL);
}

/* ---- ranges ------------------------------------------------------------------------- */

/**
 * td_range_read:
 * @header: (nullable): value of Range
 * @length: of the whole file
 * @first: (out): first byte wanted
 * @last: (out): last byte wanted
 *
 * One range from a byte on, "bytes=N-" or "bytes=N-M". Several ranges, and counting from the end, are not worth their
 * dangers: the whole file is the answer (RFC 9110 14.2 allows it).
 */
TdRange
td_range_read (const char *header, gint64 length, gint64 *first, gint64 *last)
{
  g_auto (GStrv) ends = NULL;

  *first = 0;
  *last = length - 1;
  if (header == NULL || !g_str_has_prefix (header, "bytes="))
    return TD_RANGE_NONE;
  ends = g_strsplit (header + strlen ("bytes="), "-", 3);
  if (g_strv_length (ends) != 2 || td_length (ends[0], G_MAXINT64) < 0)
    return TD_RANGE_NONE;
  if (*ends[1] != '\0' && td_length (ends[1], G_MAXINT64) < td_length (ends[0], G_MAXINT64))
    return TD_RANGE_NONE;
  if (td_length (ends[0], G_MAXINT64) >= length)
    return TD_RANGE_BEYOND;
  *first = td_length (ends[0], G_MAXINT64);
  if (*ends[1] != '\0')
    *last = MIN (td_length (ends[1], G_MAXINT64), length - 1);
  return TD_RANGE_PART;
}

gint64
td_content_range_first (const char *header, gint64 length)
{
  g_auto (GStrv) parts = NULL;
  g_auto (GStrv) ends = NULL;
  gint64 first;

  if (header == NULL || !g_str_has_prefix (header, "bytes "))
    return -1;
  parts = g_strsplit (header + strlen ("bytes "), "/", 3);
  if (g_strv_length (parts) != 2 || (length >= 0 && td_length (parts[1], G_MAXINT64) != length))
    return -1;
  ends = g_strsplit (parts[0], "-", 3);
  if (g_strv_length (ends) != 2)
    return -1;
  first = td_length (ends[0], G_MAXINT64);
  return td_length (ends[1], G_MAXINT64) >= first ? first : -1;
}
