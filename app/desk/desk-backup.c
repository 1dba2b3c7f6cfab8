/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* The verified copies of the data base: made daily in the background, offered
 * when the data base itself can't be read any more. */

static char *
path_or_default (const char *path)
{
  return path == NULL ? td_desk_default_path () : g_strdup (path);
}

/* Copies are named by their time: 20250708T020305123456Z.db. */
static char *
shown_time (const char *backup)
{
  g_autofree char *name = g_path_get_basename (backup);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *iso = g_strndup (name, strlen ("20250708T020305"));
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, utc);

  return time == NULL ? g_strdup (name) : td_time_to_screen (g_date_time_to_unix (time));
}

/**
 * td_desk_good_backup:
 * @path: (nullable): the data base that could not be opened; %NULL: the person's own
 *
 * Returns: (transfer full) (nullable): when its newest whole copy was made, for the screen; %NULL without one
 */
char *
td_desk_good_backup (const char *path)
{
  g_autofree char *own = path_or_default (path);
  g_autofree char *backup = td_store_good_backup (own, NULL);

  return backup == NULL ? NULL : shown_time (backup);
}

/**
 * td_desk_restore:
 * @path: (nullable): as for td_desk_good_backup()
 *
 * Puts the newest whole copy in the data base's place; the damaged file is kept
 * beside it. What was sent since then comes back with the next exchange.
 */
gboolean
td_desk_restore (const char *path, GError **error)
{
  g_autofree char *own = path_or_default (path);
  GError *cause = NULL;

  if (td_store_restore (own, NULL, &cause))
    return TRUE;
  td_words_store (error, cause);
  return FALSE;
}

/**
 * td_desk_begin_anew:
 * @path: (nullable): as for td_desk_good_backup()
 *
 * Makes room for an empty data base where there is no whole copy; the damaged
 * file is kept beside it. What was sent comes back when the unit is enrolled again.
 */
gboolean
td_desk_begin_anew (const char *path, GError **error)
{
  g_autofree char *own = path_or_default (path);
  GError *cause = NULL;

  if (td_store_begin_anew (own, &cause))
    return TRUE;
  td_words_store (error, cause);
  return FALSE;
}

/* ---- the daily copy ---------------------------------------------------------------------- */

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  TdDesk *self = data;
  g_autoptr (GError) error = NULL;

  /* Closed meanwhile: the thread finished its copy all the same. */
  if (self->store != NULL && !td_store_backup_finish (self->store, result, &error))
    g_warning ("the daily copy was not made: %s", error->message);
  g_object_unref (self);
}

/** td_desk_back_up: starts today's copy in a thread of its own, if there is none yet. */
void
td_desk_back_up (TdDesk *self)
{
  if (td_store_backup_due (self->store))
    td_store_backup_async (self->store, NULL, on_copied, g_object_ref (self));
}
