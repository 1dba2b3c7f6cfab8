/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/acting.h"
#include "endpoint/centre-private.h"

#include <string.h>

/* Who may rely on which file (model.md 2.9). A unit's naming of a file counts once
 * it has uploaded all its bytes itself or could already read it through another's
 * record; else its hash alone would open it. */

/* The unit that acts today for the one of that key: what a unit held, its successor holds. */
static const char *
now (TdCentre *self, const char *key)
{
  const TdUnit *unit = td_units_now (self->units, key);

  return unit == NULL ? key : unit->key;
}

/* The unit whose record the entity is; "" where it has none. */
static char *
owner_of (TdCentre *self, const char *kind, JsonObject *json)
{
  const char *owner = td_json_string (json, "owner");
  const char *dossier = td_json_string (json, "dossier");
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) parent = NULL;

  if (strcmp (kind, "version") == 0 && dossier != NULL)
    {
      text = self->journal->entity (self->journal, "dossier", dossier);
      parent = text == NULL ? NULL : td_json_parse_object (text, -1, TD_SYNC_INFLATED_MAX, NULL);
      owner = td_json_string (parent, "acts") != NULL ? td_json_string (parent, "acts")
                                                      : td_json_string (parent, "owner");
    }
  return g_strdup (owner == NULL ? "" : now (self, owner));
}

typedef struct
{
  TdCentre *centre;
  const char *unit;
  const char *sha;
  gboolean found;
} Search;

static gboolean
look_at (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  Search *search = data;
  g_autoptr (JsonNode) node = td_json_parse (body, -1, TD_SYNC_INFLATED_MAX, 2 * TD_JSON_MAX_DEPTH, NULL);
  g_autofree char *owner = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;
  owner = owner_of (search->centre, kind, json_node_get_object (node));
  search->found = strcmp (owner, search->unit) != 0
                  && search->centre->journal->holds_file (search->centre->journal, owner, search->sha);
  return !search->found;
}

static gboolean
can_read (TdCentre *self, const char *unit, const char *sha)
{
  Search search = { self, unit, sha, FALSE };

  self->journal->each_naming (self->journal, unit, sha, look_at, &search);
  return search.found;
}

/** td_centre_file_access: what @unit may know of the file @sha. */
TdAccess
td_centre_file_access (TdCentre *self, const char *unit, const char *sha)
{
  if (self->journal->holds_file (self->journal, unit, sha))
    return TD_ACCESS_HOLD;
  return can_read (self, unit, sha) ? TD_ACCESS_READ : TD_ACCESS_NONE;
}

gint64
td_centre_file_length (TdCentre *self, const char *sha)
{
  return self->journal->file_length (self->journal, sha);
}

gboolean
td_centre_file_arrived (TdCentre *self, const char *unit, const char *sha, gint64 length, TdProblem **problem)
{
  TdJournal *journal = self->journal;
  GError *error = NULL;

  if (journal->begin (journal, &error))
    {
      journal->add_file (journal, sha, length);
      journal->add_holder (journal, unit, sha);
      if (journal->commit (journal, &error))
        return TRUE;
    }
  *problem = td_centre_trouble (error);
  return FALSE;
}

static void
add_wanting (TdCentre *self, GPtrArray *wanting, const char *owner, const char *unit)
{
  g_autoptr (GPtrArray) more = self->journal->wanting (self->journal, owner, unit, TD_NEED_MAX);

  for (guint i = 0; i < more->len && wanting->len < TD_NEED_MAX; i++)
    if (!g_ptr_array_find_with_equal_func (wanting, more->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (wanting, g_strdup (more->pdata[i]));
}

/* What its own records name, and those of the units it follows. */
static GPtrArray *
wanting_of (TdCentre *self, const char *unit)
{
  const TdUnit *found = td_units_get (self->units, unit);
  g_autoptr (GPtrArray) keys = found == NULL ? NULL : td_unit_keys (found);
  GPtrArray *wanting = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    add_wanting (self, wanting, keys->pdata[i], unit);
  if (keys == NULL)
    add_wanting (self, wanting, unit, unit);
  return wanting;
}

char **
td_centre_need (TdCentre *self, const char *unit)
{
  g_autoptr (GPtrArray) wanting = wanting_of (self, unit);
  g_autoptr (GStrvBuilder) need = g_strv_builder_new ();

  for (guint i = 0; i < wanting->len; i++)
    {
      const char *sha = wanting->pdata[i];

      if (self->journal->file_length (self->journal, sha) >= 0 && can_read (self, unit, sha))
        self->journal->add_holder (self->journal, unit, sha);
      else
        g_strv_builder_add (need, sha);
    }
  return g_strv_builder_end (need);
}

/* ---- what td_apply() asks ------------------------------------------------------- */

static gboolean
is_named (TdCentre *self, const char *dossier)
{
  g_autoptr (GArray) named = self->judged == NULL ? NULL : td_operation_named (self->judged);

  for (guint i = 0; named != NULL && i < named->len; i++)
    if (strcmp (g_array_index (named, TdNamed, i).dossier, dossier) == 0)
      return TRUE;
  return FALSE;
}

/* Of the dossiers the step is about, does each owner who names the file hold it? */
static gboolean
owners_hold (TdCentre *self, const char *sha)
{
  g_autofree char *term = g_strconcat ("file:", sha, NULL);
  g_autoptr (GPtrArray) versions = td_state_list (self->state, "version", term);

  for (guint i = 0; i < versions->len; i++)
    {
      const char *id = versions->pdata[i];
      g_autofree char *dossier = g_strndup (id, strcspn (id, "/"));
      const TdDossier *named = is_named (self, dossier) ? td_state_dossier (self->state, dossier) : NULL;
      const TdUnit *owner = named == NULL ? NULL : td_owner_unit (self->units, named);

      if (named != NULL && !self->journal->holds_file (self->journal, owner == NULL ? named->owner : owner->key, sha))
        return FALSE;
    }
  return TRUE;
}

static gboolean
file_whole (gpointer data, const char *sha)
{
  TdCentre *self = data;
  gboolean whole = self->journal->file_length (self->journal, sha) >= 0 && owners_hold (self, sha);

  if (!whole && !g_ptr_array_find_with_equal_func (self->missing, sha, g_str_equal, NULL))
    g_ptr_array_add (self->missing, g_strdup (sha));
  return whole;
}

TdState *
td_centre_state (TdCentre *self)
{
  self->state = self->journal->state (self->journal, file_whole, self);
  return self->state;
}
