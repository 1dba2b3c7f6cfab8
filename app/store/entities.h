/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/state.h"
#include "store/db.h"

G_BEGIN_DECLS

/* The tables that keep a TdState, the same on desktop and endpoint.
 * entity: one row per entity, its JSON form, and the place in the sequence of the
 *         operation that last touched it.
 * term:   the index terms of td_state_each_dirty(), by which td_state_list() finds it.
 * Both can be made again by replaying the operations. */
#define TD_ENTITIES_SCHEMA                                                                                             \
  "CREATE TABLE entity ("                                                                                              \
  "  kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, q INTEGER NOT NULL,"                                    \
  "  PRIMARY KEY (kind, id));"                                                                                         \
  "CREATE TABLE term ("                                                                                                \
  "  kind TEXT NOT NULL, term TEXT NOT NULL, id TEXT NOT NULL,"                                                        \
  "  PRIMARY KEY (kind, term, id)) WITHOUT ROWID;"                                                                     \
  "CREATE INDEX term_of ON term (kind, id);"

/* A state's source over these tables. A read that fails is remembered: the state
 * then believes an entity absent, so nothing judged on it may be written; ask
 * td_entities_ok() before you answer for a verdict. */
typedef struct
{
  TdDb *db;
  gboolean (*file_whole) (gpointer data, const char *sha); /* may be NULL */
  gpointer data;
  GError *error;
} TdEntities;

void
td_entities_init (TdEntities *self, TdDb *db, gboolean (*file_whole) (gpointer data, const char *sha), gpointer data);
void td_entities_clear (TdEntities *self);
TdState *td_entities_state (TdEntities *self);              /* owned; @self must outlive it */
gboolean td_entities_ok (TdEntities *self, GError **error); /* hands over and forgets a remembered error */

/* Writes every dirty entity with its terms at @q, inside the caller's
 * transaction; does not clear the state's marks. FALSE also when an earlier read failed. */
gboolean td_entities_write (TdEntities *self, TdState *state, gint64 q, GError **error);
/* One row by hand, for kinds the state doesn't know ("step"). @terms: NULL-terminated, may be NULL. */
gboolean td_entities_put (
    TdEntities *self, const char *kind, const char *id, const char *json, char **terms, gint64 q, GError **error);
char *td_entities_body (TdEntities *self, const char *kind, const char *id); /* NULL if absent */
gboolean td_entities_remove (TdEntities *self, const char *kind, const char *id, GError **error);

G_END_DECLS
