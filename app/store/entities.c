/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/entities.h"

void
td_entities_init (TdEntities *self, TdDb *db, gboolean (*file_whole) (gpointer data, const char *sha), gpointer data)
{
  g_return_if_fail (self != NULL && db != NULL);

  self->db = db;
  self->file_whole = file_whole;
  self->data = data;
  self->error = NULL;
}

void
td_entities_clear (TdEntities *self)
{
  g_return_if_fail (self != NULL);

  g_clear_error (&self->error);
}

static void
remember (TdEntities *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

char *
td_entities_body (TdEntities *self, const char *kind, const char *id)
{
  GError *error = NULL;
  char *body = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL && id != NULL, NULL);

  if (!td_db_get_text (self->db, &body, &error, "SELECT body FROM entity WHERE kind = :kind AND id = :id", "t:kind",
                       kind, "t:id", id, NULL))
    remember (self, error);
  return body;
}

static char *
load (gpointer data, const char *kind, const char *id)
{
  return td_entities_body (data, kind, id);
}

static GPtrArray *
list (gpointer data, const char *kind, const char *term)
{
  TdEntities *self = data;
  GError *error = NULL;
  GPtrArray *ids
      = td_db_get_list (self->db, &error, "SELECT id FROM term WHERE kind = :kind AND term = :term ORDER BY id",
                        "t:kind", kind, "t:term", term, NULL);

  if (ids != NULL)
    return ids;
  remember (self, error);
  return g_ptr_array_new_with_free_func (g_free);
}

static gboolean
file_whole (gpointer data, const char *sha)
{
  TdEntities *self = data;

  return self->file_whole != NULL && self->file_whole (self->data, sha);
}

TdState *
td_entities_state (TdEntities *self)
{
  static const TdStateSource source = { load, list, file_whole };

  g_return_val_if_fail (self != NULL, NULL);

  return td_state_new (&source, self);
}

gboolean
td_entities_ok (TdEntities *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

static gboolean
put_terms (TdEntities *self, const char *kind, const char *id, char **terms, GError **error)
{
  if (!td_db_run (self->db, error, "DELETE FROM term WHERE kind = :kind AND id = :id", "t:kind", kind, "t:id", id,
                  NULL))
    return FALSE;
  for (guint i = 0; terms != NULL && terms[i] != NULL; i++)
    if (!td_db_run (self->db, error, "INSERT OR IGNORE INTO term (kind, term, id) VALUES (:kind, :term, :id)", "t:kind",
                    kind, "t:term", terms[i], "t:id", id, NULL))
      return FALSE;
  return TRUE;
}

gboolean
td_entities_put (
    TdEntities *self, const char *kind, const char *id, const char *json, char **terms, gint64 q, GError **error)
{
  g_return_val_if_fail (self != NULL && kind != NULL && id != NULL && json != NULL, FALSE);

  return td_db_run (self->db, error,
                    "INSERT INTO entity (kind, id, body, q) VALUES (:kind, :id, :body, :q)"
                    " ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, q = excluded.q",
                    "t:kind", kind, "t:id", id, "t:body", json, "i:q", q, NULL)
         && put_terms (self, kind, id, terms, error);
}

gboolean
td_entities_remove (TdEntities *self, const char *kind, const char *id, GError **error)
{
  g_return_val_if_fail (self != NULL && kind != NULL && id != NULL, FALSE);

  return put_terms (self, kind, id, NULL, error)
         && td_db_run (self->db, error, "DELETE FROM entity WHERE kind = :kind AND id = :id", "t:kind", kind, "t:id",
                       id, NULL);
}

typedef struct
{
  TdEntities *entities;
  gint64 q;
  GError *error;
} Writing;

static void
write_dirty (gpointer data, const char *kind, const char *id, const char *json, char **terms)
{
  Writing *writing = data;

  if (writing->error == NULL)
    td_entities_put (writing->entities, kind, id, json, terms, writing->q, &writing->error);
}

gboolean
td_entities_write (TdEntities *self, TdState *state, gint64 q, GError **error)
{
  Writing writing = { self, q, NULL };

  g_return_val_if_fail (self != NULL && state != NULL, FALSE);

  if (!td_entities_ok (self, error))
    return FALSE;
  td_state_each_dirty (state, write_dirty, &writing);
  if (writing.error != NULL)
    {
      g_propagate_error (error, writing.error);
      return FALSE;
    }
  return td_entities_ok (self, error);
}
