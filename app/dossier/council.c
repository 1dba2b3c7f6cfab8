/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/council.h"
#include "text/decimal.h"
#include "text/vietnamese.h"

#include <string.h>

static char *
cell (const TdRecord *session, const char *member, const char *name)
{
  g_autofree char *path = g_strdup_printf ("member/%s/%s", member, name);

  return td_record_text (session, path);
}

static int
number_in (const TdRecord *record, const char *path)
{
  g_autofree char *text = td_record_text (record, path);

  if (*text == '\0' || strlen (text) > 6 || strspn (text, "0123456789") != strlen (text))
    return -1;
  return (int)g_ascii_strtoll (text, NULL, 10);
}

/* ---- who was there ------------------------------------------------------------------ */

gboolean
td_session_lists_members (const TdRecord *session)
{
  g_autoptr (GPtrArray) members = session == NULL ? NULL : td_record_keys (session, "member");

  return members != NULL && members->len > 0;
}

gboolean
td_session_is_present (const TdRecord *session, const char *member)
{
  g_autofree char *present = cell (session, member, "present");

  return strcmp (present, "yes") == 0;
}

/** td_session_present: members present, by the list or as typed where there is none. */
int
td_session_present (const TdRecord *session)
{
  g_autoptr (GPtrArray) members = session == NULL ? NULL : td_record_keys (session, "member");
  int present = 0;

  if (members == NULL || members->len == 0)
    return session == NULL ? -1 : number_in (session, "present");
  for (guint i = 0; i < members->len; i++)
    present += td_session_is_present (session, members->pdata[i]);
  return present;
}

/** td_session_total: members in all, by the list or as typed where there is none. */
int
td_session_total (const TdRecord *session)
{
  g_autoptr (GPtrArray) members = session == NULL ? NULL : td_record_keys (session, "member");

  if (members == NULL || members->len == 0)
    return session == NULL ? -1 : number_in (session, "total");
  return (int)members->len;
}

/* ---- who must stand aside -------------------------------------------------------------- */

static gboolean
has_code (const TdUnits *units, const char *key, const char *code)
{
  const TdUnit *unit = td_units_get (units, key);

  return unit != NULL && strcmp (unit->code, code) == 0;
}

/* The nominee's own unit, or one on whose list the nominee came. */
static gboolean
is_tied (const TdUnits *units, const TdDossier *dossier, const char *code)
{
  if (*code == '\0')
    return FALSE;
  if (has_code (units, dossier->owner, code))
    return TRUE;
  for (guint i = 0; i < dossier->carried->len; i++)
    {
      const TdCarried *carried = dossier->carried->pdata[i];

      if (carried->active && has_code (units, carried->unit, code))
        return TRUE;
    }
  return FALSE;
}

/**
 * td_session_tied:
 *
 * Returns: (transfer full): keys of the members present whom a unit of @dossier ties
 */
GPtrArray *
td_session_tied (const TdRecord *session, const TdUnits *units, const TdDossier *dossier)
{
  g_autoptr (GPtrArray) members = session == NULL ? NULL : td_record_keys (session, "member");
  GPtrArray *tied = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      g_autofree char *code = cell (session, members->pdata[i], "unit");

      if (td_session_is_present (session, members->pdata[i]) && is_tied (units, dossier, code))
        g_ptr_array_add (tied, g_strdup (members->pdata[i]));
    }
  return tied;
}

/** td_session_names: the names in @text, one a line or divided by ";"; NULL-ended, owned. */
char **
td_session_names (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\n;", -1);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_strv_builder_add (names, lines[i]);
  return g_strv_builder_end (names);
}

static char **
lines_of (const TdRecord *session, const char *dossier)
{
  g_autofree char *path = g_strdup_printf ("recusal/%s", dossier);
  g_autofree char *text = td_record_text (session, path);

  return td_session_names (text);
}

guint
td_session_aside (const TdRecord *session, const char *dossier)
{
  g_auto (GStrv) lines = lines_of (session, dossier);

  return g_strv_length (lines);
}

/* Strikes out the line that names @name, so that two of one name need two lines. */
static gboolean
strike (char **lines, const char *name)
{
  g_autofree char *wanted = td_text_tone_key (name);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *key = td_text_tone_key (lines[i]);

      if (*lines[i] == '\0' || strcmp (key, wanted) != 0)
        continue;
      *lines[i] = '\0';
      return TRUE;
    }
  return FALSE;
}

/**
 * td_session_not_aside:
 *
 * Returns: (transfer full) (nullable): the name of a member present who is tied to @dossier
 * and isn't named as standing aside
 */
char *
td_session_not_aside (const TdRecord *session, const TdUnits *units, const TdDossier *dossier)
{
  g_autoptr (GPtrArray) tied = td_session_tied (session, units, dossier);
  g_auto (GStrv) lines = tied->len == 0 ? NULL : lines_of (session, dossier->id);

  for (guint i = 0; i < tied->len; i++)
    {
      g_autofree char *name = cell (session, tied->pdata[i], "name");

      if (!strike (lines, name))
        return g_steal_pointer (&name);
    }
  return NULL;
}

/* ---- votes ------------------------------------------------------------------------------ */

int
td_session_votes (const TdRecord *session, const char *dossier, const char *kind)
{
  g_autofree char *path = g_strdup_printf ("vote/%s/%s", dossier, kind);

  return td_record_get (session, path) == NULL ? 0 : number_in (session, path);
}

gboolean
td_council_suffices (const TdCampaign *campaign, int in_favour, int votes)
{
  TdDecimal share;

  if (!td_decimal_parse (td_campaign_setting (campaign, "councilThreshold"), &share))
    return TRUE; /* not set: the plan asks for no share */
  return (gint64)in_favour * 100 * 1000000 >= share.micros * votes;
}
