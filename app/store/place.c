/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/store-private.h"

#include <string.h>

#include "store/disk.h"

/* Is this still the file it was? Data base and a side file "<db>.place" share a
 * token that every opening and every backup renews; the side file also names path
 * and file identity. A restored backup has an old token, a copied file another path
 * or identity: then the data base starts a new life, so that nothing old can pass
 * for new.
 *
 * The side file holds four lines: token, the token before it (good only between
 * the writing of the two files), identity, path. */

enum
{
  LINE_TOKEN,
  LINE_BEFORE,
  LINE_IDENTITY,
  LINE_PATH,
  N_LINES
};

static char *
side_path (TdStore *self)
{
  return g_strconcat (self->path, ".place", NULL);
}

static gboolean
matches (TdStore *self, const char *token)
{
  g_autofree char *path = side_path (self);
  g_autofree char *text = NULL;
  g_autofree char *identity = td_disk_identity (self->path);
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", N_LINES);
  if (g_strv_length (lines) != N_LINES)
    return FALSE;
  return (strcmp (lines[LINE_TOKEN], token) == 0 || strcmp (lines[LINE_BEFORE], token) == 0)
         && strcmp (lines[LINE_IDENTITY], identity) == 0 && strcmp (lines[LINE_PATH], self->path) == 0;
}

gboolean
td_place_check (TdStore *self, gboolean *same, GError **error)
{
  g_autofree char *token = NULL;

  if (!td_db_get_text (self->db, &token, error, "SELECT value FROM meta WHERE name = :name", "t:name", META_PLACE,
                       NULL))
    return FALSE;
  *same = token == NULL || matches (self, token);
  return TRUE;
}

static gboolean
write_side (TdStore *self, const char *token, const char *before, GError **error)
{
  g_autofree char *path = side_path (self);
  g_autofree char *identity = td_disk_identity (self->path);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s\n%s", token, before, identity, self->path);

  return td_disk_write (path, text, error);
}

gboolean
td_place_renew (TdStore *self, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_autofree char *fresh = td_random_hex (16);
  g_autofree char *before = NULL;

  if (!td_transaction_begin (&transaction, self->db, error))
    return FALSE;
  before = td_store_get (self, META_PLACE);
  if (!write_side (self, fresh, before, error) || !td_store_set (self, META_PLACE, fresh, error)
      || !td_transaction_commit (&transaction, error))
    return FALSE;
  return write_side (self, fresh, fresh, error);
}
