/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/store-private.h"

/* What went back to an older state, and that it was noticed: the endpoint, put back from a copy (model.md 4.4), or this
 * data base itself (1.4). Nothing is lost by either; people are told. */

static const char *const META_WHEN[] = { "centre_restored", "desk_restored" };
static const char *const META_COUNT[] = { "centre_restored_count", "desk_restored_count" };

/* @count is added to what was counted within the same hour: one restore shows itself in several answers. */
gboolean
td_store_note_restored (TdStore *self, TdRestored what, gint64 count, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  gint64 before = td_store_get_int (self, META_WHEN[what], 0);
  gint64 counted = td_now () - before < 3600 ? td_store_get_int (self, META_COUNT[what], 0) : 0;

  return td_transaction_begin (&transaction, self->db, error)
         && td_store_set_int (self, META_COUNT[what], MAX (counted, count), error)
         && td_store_set_int (self, META_WHEN[what], td_now (), error) && td_transaction_commit (&transaction, error);
}

gint64
td_store_restored (TdStore *self, TdRestored what, gint64 *count)
{
  g_return_val_if_fail (self != NULL, 0);

  if (count != NULL)
    *count = td_store_get_int (self, META_COUNT[what], 0);
  return td_store_get_int (self, META_WHEN[what], 0);
}

/* ---- while the endpoint is in recovery --------------------------------------------- */

gboolean
td_store_recovering (TdStore *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return td_store_get_int (self, META_RECOVERY, 0) != 0;
}

/**
 * td_store_note_recovery:
 * @n: the last number of this life that the endpoint has or keeps; below 0: it didn't say
 */
gboolean
td_store_note_recovery (TdStore *self, gint64 n, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  gboolean first;

  g_return_val_if_fail (self != NULL, FALSE);

  first = !td_store_recovering (self);
  if (!td_transaction_begin (&transaction, self->db, error) || !td_store_set_int (self, META_RECOVERY, 1, error))
    return FALSE;
  /* Until it says more: what it acknowledged. */
  if ((first || n >= 0) && !td_store_set_int (self, META_KEPT, n >= 0 ? n : td_store_acknowledged (self), error))
    return FALSE;
  return td_transaction_commit (&transaction, error);
}

gboolean
td_store_forget_recovery (TdStore *self, GError **error)
{
  if (!td_store_recovering (self))
    return TRUE;
  return td_store_set_int (self, META_RECOVERY, 0, error) && td_store_set_int (self, META_KEPT, 0, error);
}
