/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "store/db.h"

G_BEGIN_DECLS

struct _TdDb
{
  sqlite3 *handle;
  char *path;       /* NULL: in memory */
  GHashTable *idle; /* SQL -> TdStmt nobody uses */
  guint depth;      /* of transactions */
  gboolean doomed;  /* an inner transaction was given up */
};

/* Sets @error from @handle's last failure. Always FALSE. */
gboolean td_db_fail (sqlite3 *handle, int code, const char *what, GError **error);
void td_stmt_finalize (TdStmt *self);
gboolean td_db_in_transaction (TdDb *self); /* as SQLite sees it */

G_END_DECLS
