/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/messages.h"

#include "dossier/crypto.h"
#include "wire/blob.h"

#include <string.h>

/* GET /v1/sync?c=CURSOR&k=ECHO&m=MAX&t=TAG: the question every idle desk asks every ten minutes, so it is short. */

void
td_poll_free (TdPoll *self)
{
  if (self == NULL)
    return;
  g_free (self->cur);
  g_free (self->tag);
  g_free (self->k);
  g_free (self);
}

/** td_poll_path: path and query, owned. */
char *
td_poll_path (const TdPoll *self)
{
  g_autofree char *cursor = g_uri_escape_string (self->cur, "~", FALSE);

  return g_strdup_printf ("/v1/sync?c=%s&k=%s&m=%" G_GINT64_FORMAT "&t=%s", cursor, self->k, self->max, self->tag);
}

static gboolean
is_echo (const char *text)
{
  gsize length = text == NULL ? 0 : strlen (text);

  return length >= 8 && length <= 32 && strspn (text, "0123456789abcdef") == length;
}

TdPoll *
td_poll_read (GHashTable *query)
{
  const char *cur = query == NULL ? NULL : g_hash_table_lookup (query, "c");
  const char *k = query == NULL ? NULL : g_hash_table_lookup (query, "k");
  const char *tag = query == NULL ? NULL : g_hash_table_lookup (query, "t");
  gint64 max = query == NULL ? -1 : td_length (g_hash_table_lookup (query, "m"), TD_PAGE_MAX);
  TdPoll *self;

  if (cur == NULL || *cur == '\0' || strlen (cur) > TD_CURSOR_MAX || !is_echo (k) || max < TD_PAGE_MIN
      || !td_is_hex (tag, TD_TAG_SIGNS))
    return NULL;
  self = g_new0 (TdPoll, 1);
  self->cur = g_strdup (cur);
  self->tag = g_strdup (tag);
  self->k = g_strdup (k);
  self->max = max;
  return self;
}
