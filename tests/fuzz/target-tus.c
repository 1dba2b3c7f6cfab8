/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "wire/blob.h"
#include "wire/messages.h"
#include "wire/tus.h"

#include <string.h>

/* What stands in the path and the headers of uploads, downloads and polls. */

static void
read_range (const char *header, gint64 length)
{
  gint64 first, last;

  if (td_range_read (header, length, &first, &last) == TD_RANGE_PART)
    g_assert_true (first >= 0 && first <= last && last < length);
  g_assert_cmpint (td_content_range_first (header, length), >=, -1);
  g_assert_cmpint (td_content_range_first (header, -1), >=, -1);
}

static void
read_checksum (const char *header)
{
  TdTusChecksum checksum;

  if (td_tus_checksum_read (header, &checksum) == TD_TUS_CHECKSUM_GOOD)
    g_assert_cmpuint (checksum.length, ==, (gsize)g_checksum_type_get_length (checksum.type));
}

static void
read_poll (const char *text)
{
  g_autoptr (GHashTable) query = g_uri_parse_params (text, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  g_autoptr (TdPoll) poll = td_poll_read (query);
  g_autofree char *path = poll == NULL ? NULL : td_poll_path (poll);
  g_autoptr (GHashTable) again
      = path == NULL ? NULL : g_uri_parse_params (strchr (path, '?') + 1, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  g_autoptr (TdPoll) back = again == NULL ? NULL : td_poll_read (again);

  if (poll != NULL && g_utf8_validate (poll->cur, -1, NULL))
    g_assert_cmpstr (back->cur, ==, poll->cur);
}

void
fuzz_tus (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_string (data, size);
  const char *sha = td_blob_sha (text);
  const char *token = td_bearer (text);

  g_assert_true (sha == NULL || strlen (sha) == 64);
  g_assert_true (token == NULL || strlen (token) == TD_TOKEN_SIGNS);
  g_assert_cmpint (td_length (text, TD_BLOB_MAX), <=, TD_BLOB_MAX);
  read_range (text, 0);
  read_range (text, 1000);
  read_range (text, G_MAXINT64);
  read_checksum (text);
  read_poll (text);
}
