/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/council.h"
#include "desk/desk-private.h"
#include "dossier/council.h"
#include "text/decimal.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* Sessions of the Council: the board's secretary prepares one at a time. */

/* ---- what is to be written ------------------------------------------------------------- */

/* Members to write in one edit; the array owns path and text. */
static void
add_pair (GArray *pairs, char *path, char *text)
{
  TdPair pair = { path, text };

  g_array_append_val (pairs, pair);
}

static void
clear_pair (gpointer data)
{
  TdPair *pair = data;

  g_free ((char *)pair->path);
  g_free ((char *)pair->text);
}

static GArray *
pairs_new (void)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (TdPair));

  g_array_set_clear_func (pairs, clear_pair);
  return pairs;
}

static gboolean
write_pairs (TdDesk *self, const char *session, GArray *pairs, GError **error)
{
  return pairs->len == 0
         || td_desk_write (self, session, "session", (const TdPair *)(gpointer)pairs->data, pairs->len, NULL, error);
}

static const TdRecord *
session_of (TdDesk *self, const char *id, GError **error)
{
  const TdRecord *record = td_state_record (td_desk_view (self), id);

  /* Whoever asks writes to it next: a session that is only promised begins here. */
  if (record == NULL && g_strcmp0 (id, self->planned_session) == 0)
    {
      if (!td_desk_write (self, id, "session", NULL, 0, NULL, error))
        return NULL;
      record = td_state_record (td_desk_view (self), id);
    }
  if (record != NULL && strcmp (record->type, "session") == 0 && td_desk_seat (self) == TD_SEAT_BOARD)
    return record;
  td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("Only the provincial board keeps sessions of the Council."));
  return NULL;
}

static char *
cell (const TdRecord *record, const char *key, const char *member)
{
  g_autofree char *path = g_strdup_printf ("member/%s/%s", key, member);

  return td_record_text (record, path);
}

/* ---- from the roster --------------------------------------------------------------------- */

static const TdRecord *
roster (TdDesk *self)
{
  g_autofree char *id = td_desk_ledger (self, "council");

  return td_state_record (td_desk_view (self), id);
}

static void
copy_member (GArray *pairs, const TdRecord *from, const char *key)
{
  static const char *const members[] = { "name", "position", "role", "unit", "order" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      char *text = cell (from, key, members[i]);

      if (*text == '\0')
        g_free (text);
      else
        add_pair (pairs, g_strdup_printf ("member/%s/%s", key, members[i]), text);
    }
}

/* Who has @role in the Council; "" where nobody has. */
static char *
holder_of (const TdRecord *from, GPtrArray *keys, const char *role)
{
  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *has = cell (from, keys->pdata[i], "role");

      if (strcmp (has, role) == 0)
        return cell (from, keys->pdata[i], "name");
    }
  return g_strdup ("");
}

static void
fill_office (GArray *pairs, const TdRecord *session, const char *path, char *name)
{
  if (*name == '\0' || (session != NULL && td_record_get (session, path) != NULL))
    g_free (name);
  else
    add_pair (pairs, g_strdup (path), name);
}

static gboolean
is_seated (const TdRecord *session, const char *key)
{
  g_autofree char *name = session == NULL ? NULL : cell (session, key, "name");

  return name != NULL && *name != '\0';
}

/* What a session (NULL: a new one) takes over from the roster. */
static GArray *
pairs_of_roster (TdDesk *self, const TdRecord *session)
{
  const TdRecord *from = roster (self);
  g_autoptr (GPtrArray) keys = from == NULL ? NULL : td_record_keys (from, "member");
  GArray *pairs = pairs_new ();

  if (keys == NULL)
    return pairs;
  for (guint i = 0; i < keys->len; i++)
    if (!is_seated (session, keys->pdata[i]))
      copy_member (pairs, from, keys->pdata[i]);
  fill_office (pairs, session, "chair", holder_of (from, keys, "chair"));
  fill_office (pairs, session, "secretary", holder_of (from, keys, "secretary"));
  return pairs;
}

gboolean
td_desk_seat_members (TdDesk *self, const char *session, GError **error)
{
  const TdRecord *record;
  g_autoptr (GArray) pairs = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && session != NULL, FALSE);

  if (td_desk_seat (self) == TD_SEAT_BOARD && roster (self) == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT,
                         _ ("The Council's roster is still empty. Type it in the catalogue first."));
  record = session_of (self, session, error);
  if (record == NULL)
    return FALSE;
  pairs = pairs_of_roster (self, record);
  return write_pairs (self, session, pairs, error);
}

/* ---- the session being prepared ------------------------------------------------------------ */

static gboolean
was_used (TdDesk *self, const char *session)
{
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "dossier", "all");

  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);

      for (guint c = 0; dossier != NULL && c < dossier->chain->len; c++)
        {
          const TdEntry *entry = dossier->chain->pdata[c];

          if (strcmp (entry->verb, "council_opinion") == 0 && strcmp (entry->subject, session) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * td_desk_session:
 *
 * Returns: (transfer full): the id of the session no opinion was given with yet. Where there is none, of the one
 *   that begins with the Council's roster, or with the first thing written
 */
char *
td_desk_session (TdDesk *self, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GArray) pairs = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (td_desk_seat (self) != TD_SEAT_BOARD)
    {
      td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("Only the provincial board keeps sessions of the Council."));
      return NULL;
    }
  ids = td_desk_list_own (self, "record", "owner", " type:session");
  for (guint i = ids->len; i > 0; i--)
    if (!was_used (self, ids->pdata[i - 1]))
      return g_strdup (ids->pdata[i - 1]);
  id = td_desk_planned (self, &self->planned_session);
  pairs = pairs_of_roster (self, NULL);
  if (pairs->len == 0)
    return g_steal_pointer (&id);
  return td_desk_write (self, id, "session", (const TdPair *)(gpointer)pairs->data, pairs->len, NULL, error)
             ? g_steal_pointer (&id)
             : NULL;
}

/* ---- who is there ----------------------------------------------------------------------------- */

gboolean
td_desk_all_present (TdDesk *self, const char *session, GError **error)
{
  const TdRecord *record;
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GArray) pairs = pairs_new ();

  g_return_val_if_fail (TD_IS_DESK (self) && session != NULL, FALSE);

  record = session_of (self, session, error);
  if (record == NULL)
    return FALSE;
  keys = td_record_keys (record, "member");
  for (guint i = 0; i < keys->len; i++)
    {
      char *path = g_strdup_printf ("member/%s/present", (char *)keys->pdata[i]);

      if (td_record_get (record, path) == NULL)
        add_pair (pairs, path, g_strdup ("yes"));
      else
        g_free (path);
    }
  return write_pairs (self, session, pairs, error);
}

void
td_desk_attendance (TdDesk *self, const char *session, gboolean *listed, int *present, int *total)
{
  const TdRecord *record;

  g_return_if_fail (TD_IS_DESK (self) && session != NULL);

  record = td_state_record (td_desk_view (self), session);
  *listed = td_session_lists_members (record);
  *present = td_session_present (record);
  *total = td_session_total (record);
}

/* ---- who stands aside ---------------------------------------------------------------------------- */

static gboolean
names_same (const char *a, const char *b)
{
  g_autofree char *left = td_text_tone_key (a);
  g_autofree char *right = td_text_tone_key (b);

  return strcmp (left, right) == 0;
}

/* Only a name of the list is taken back, and only while nobody of that name is present. */
static gboolean
is_absent (const TdRecord *session, GPtrArray *keys, const char *name)
{
  gboolean known = FALSE;

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *listed = cell (session, keys->pdata[i], "name");

      if (!names_same (listed, name))
        continue;
      if (td_session_is_present (session, keys->pdata[i]))
        return FALSE;
      known = TRUE;
    }
  return known;
}

static void
add_name (GString *text, const char *name)
{
  g_string_append_printf (text, "%s%s", text->len == 0 ? "" : "; ", name);
}

/* The names as they stand, without those of absent members. */
static GString *
names_kept (const TdRecord *session, GPtrArray *keys, const char *path)
{
  g_autofree char *text = td_record_text (session, path);
  g_auto (GStrv) names = td_session_names (text);
  GString *kept = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (!is_absent (session, keys, names[i]))
      add_name (kept, names[i]);
  return kept;
}

static guint
count_name (const char *text, const char *name)
{
  g_auto (GStrv) names = td_session_names (text);
  guint count = 0;

  for (guint i = 0; names[i] != NULL; i++)
    count += names_same (names[i], name);
  return count;
}

static guint
count_tied (const TdRecord *session, GPtrArray *tied, guint until, const char *name)
{
  guint count = 0;

  for (guint i = 0; i <= until; i++)
    {
      g_autofree char *other = cell (session, tied->pdata[i], "name");

      count += names_same (other, name);
    }
  return count;
}

static void
fill_recusal (TdDesk *self, const TdRecord *session, const TdDossier *dossier, GArray *pairs)
{
  g_autoptr (GPtrArray) keys = td_record_keys (session, "member");
  g_autoptr (GPtrArray) tied = td_session_tied (session, self->units, dossier);
  g_autofree char *path = g_strdup_printf ("recusal/%s", dossier->id);
  g_autofree char *before = td_record_text (session, path);
  g_autoptr (GString) names = names_kept (session, keys, path);

  for (guint i = 0; i < tied->len; i++)
    {
      g_autofree char *name = cell (session, tied->pdata[i], "name");

      if (count_name (names->str, name) < count_tied (session, tied, i, name))
        add_name (names, name);
    }
  if (keys->len > 0 && strcmp (names->str, before) != 0)
    add_pair (pairs, g_steal_pointer (&path), g_strdup (names->str));
}

gboolean
td_desk_fill_recusals (TdDesk *self, const char *session, GError **error)
{
  const TdRecord *record;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GArray) pairs = pairs_new ();

  g_return_val_if_fail (TD_IS_DESK (self) && session != NULL, FALSE);

  record = session_of (self, session, error);
  if (record == NULL)
    return FALSE;
  ids = td_state_list (td_desk_view (self), "dossier", "all");
  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);

      if (dossier != NULL && strcmp (dossier->stage, "in_council") == 0)
        fill_recusal (self, record, dossier, pairs);
    }
  return write_pairs (self, session, pairs, error);
}

/* ---- votes ------------------------------------------------------------------------------------------ */

static void
add_votes (GArray *pairs, const TdRecord *session, const char *dossier)
{
  static const char *const kinds[] = { "for", "against", "blank" };
  int votes = td_session_present (session) - (int)td_session_aside (session, dossier);
  g_autofree char *first = g_strdup_printf ("vote/%s/for", dossier);

  if (td_record_get (session, first) != NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    add_pair (pairs, g_strdup_printf ("vote/%s/%s", dossier, kinds[i]), g_strdup_printf ("%d", i == 0 ? votes : 0));
}

gboolean
td_desk_all_in_favour (TdDesk *self, const char *session, const char *const *dossiers, GError **error)
{
  const TdRecord *record;
  g_autoptr (GArray) pairs = pairs_new ();

  g_return_val_if_fail (TD_IS_DESK (self) && session != NULL && dossiers != NULL, FALSE);

  record = session_of (self, session, error);
  if (record == NULL)
    return FALSE;
  if (td_session_present (record) <= 0)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Say who was present first."));
  for (guint i = 0; dossiers[i] != NULL; i++)
    if (td_session_present (record) > (int)td_session_aside (record, dossiers[i]))
      add_votes (pairs, record, dossiers[i]);
  return write_pairs (self, session, pairs, error);
}

char *
td_desk_share_asked (TdDesk *self)
{
  const char *setting;
  g_autofree char *percent = NULL;
  TdDecimal share;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  setting = td_campaign_setting (self->campaign, "councilThreshold");
  if (!td_decimal_parse (setting, &share))
    return g_strdup ("");
  percent = td_decimal_format (share, 0);
  return g_strdup_printf (_ ("An endorsement needs at least %s%% of the votes given, blank ones included."), percent);
}
