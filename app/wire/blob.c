/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/blob.h"

#include "dossier/crypto.h"
#include "wire/messages.h"

#include <string.h>

#define BEARER "Bearer "

/** td_blob_sha: the hash a file's path names, borrowed from @path; %NULL for any other path. */
const char *
td_blob_sha (const char *path)
{
  const char *sha = path != NULL && g_str_has_prefix (path, TD_BLOB_PATH) ? path + strlen (TD_BLOB_PATH) : NULL;

  return td_is_hex (sha, TD_DIGEST_LENGTH) ? sha : NULL;
}

char *
td_blob_path (const char *sha)
{
  return g_strconcat (TD_BLOB_PATH, sha, NULL);
}

/** td_bearer: the token of an Authorization header, borrowed; %NULL if there is none. */
const char *
td_bearer (const char *header)
{
  const char *token
      = header != NULL && g_ascii_strncasecmp (header, BEARER, strlen (BEARER)) == 0 ? header + strlen (BEARER) : NULL;

  if (token == NULL || strlen (token) != TD_TOKEN_SIGNS)
    return NULL;
  for (const char *at = token; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
      return NULL;
  return token;
}

char *
td_bearer_line (const char *token)
{
  return g_strconcat (BEARER, token, NULL);
}

/** td_length: a Content-Length of digits only, at most @max bytes; -1 for anything else. */
gint64
td_length (const char *header, gint64 max)
{
  guint64 length;

  if (header == NULL || !g_ascii_string_to_unsigned (header, 10, 0, (guint64)max, &length, NULL))
    return -1;
  return (gint64)length;
}
