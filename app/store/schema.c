/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/store-private.h"

/* The desktop's tables. Truth that only this machine has: meta, outbox, file, draft.
 * What the endpoint could send again: document, entity, term, unread. */
const char *const td_store_migrations[] = {
  /* 1 */
  /* One value a name: what this desk is and how far the exchange has come. */
  "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  /* Campaign and units file, byte by byte, with their digests. */
  "CREATE TABLE document (name TEXT PRIMARY KEY, digest TEXT NOT NULL, bytes BLOB NOT NULL);"
  /* The mirror: what the endpoint last said. */
  TD_ENTITIES_SCHEMA
  /* Entities from before a start from an empty cursor; what has not come again
   * when that pull is through goes away. */
  "CREATE TABLE stale (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;"
  /* Entities this program could not read; a newer one may. */
  "CREATE TABLE unread (kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, q INTEGER NOT NULL,"
  "  PRIMARY KEY (kind, id));"
  /* Every operation made here, in order. state: TdOutState. i, prev: its envelope in
   * `life`, 0 before. handed: it was in an envelope once, so it can't be taken back. */
  "CREATE TABLE outbox ("
  "  n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, verb TEXT NOT NULL,"
  "  record TEXT NOT NULL, dossier TEXT NOT NULL, body TEXT NOT NULL, digest TEXT NOT NULL, sig TEXT NOT NULL,"
  "  state INTEGER NOT NULL, handed INTEGER NOT NULL DEFAULT 0,"
  "  life TEXT NOT NULL DEFAULT '', i INTEGER NOT NULL DEFAULT 0, prev TEXT NOT NULL DEFAULT '',"
  "  code TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', beside TEXT NOT NULL DEFAULT '',"
  "  q INTEGER NOT NULL DEFAULT 0, made_at INTEGER NOT NULL, answered_at INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX outbox_state ON outbox (state, n);"
  "CREATE INDEX outbox_envelope ON outbox (life, i) WHERE i > 0;"
  /* Attachments; the bytes are in <db>.files. mine: taken in here. needed: the
   * endpoint asked for it. wanted: to be downloaded. */
  "CREATE TABLE file ("
  "  sha TEXT PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL, here INTEGER NOT NULL,"
  "  mine INTEGER NOT NULL DEFAULT 0, uploaded INTEGER NOT NULL DEFAULT 0, needed INTEGER NOT NULL DEFAULT 0,"
  "  wanted INTEGER NOT NULL DEFAULT 0);"
  /* Words not given yet. */
  "CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL);",
  /* 2 */
  /* Packages of others that came on a stick and are carried on unchanged: the file `sha` lies with the others.
   * receipt: hash of the receipt that came for its sender. */
  "CREATE TABLE carried ("
  "  sha TEXT PRIMARY KEY, key TEXT NOT NULL, unit TEXT NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT NULL,"
  "  created INTEGER NOT NULL, came_at INTEGER NOT NULL, size INTEGER NOT NULL, files INTEGER NOT NULL,"
  "  known INTEGER NOT NULL, receipt TEXT NOT NULL DEFAULT '', handed INTEGER NOT NULL DEFAULT 0);"
  /* Their operations, until the centre has told of them. */
  "CREATE TABLE carried_op ("
  "  n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sha TEXT NOT NULL, key TEXT NOT NULL,"
  "  body TEXT NOT NULL);",
  /* 3: why the centre refused a package. */
  "ALTER TABLE carried ADD COLUMN fault TEXT NOT NULL DEFAULT '';",
  /* 4: the place in the sequence that a refused operation had before the endpoint was restored. */
  "ALTER TABLE outbox ADD COLUMN before INTEGER NOT NULL DEFAULT 0;", NULL
};
