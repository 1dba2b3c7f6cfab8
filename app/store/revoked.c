/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/store-private.h"

/* A revoked machine keeps all it has. What it still sends the endpoint keeps aside (model.md 4.1); this remembers
 * up to where, so that it goes there once, and what became of it. */

static const char *const META_COUNTS[] = { "revoked_kept", "revoked_admitted", "revoked_discarded" };

/**
 * td_store_note_revoked:
 * @n: the last number of this life that is kept aside; below 1: nothing new was
 * @counts: of this machine's operations, below 0: not told
 */
gboolean
td_store_note_revoked (TdStore *self, gint64 n, const TdRevoked *counts, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  const gint64 values[] = { counts->kept, counts->admitted, counts->discarded };

  g_return_val_if_fail (self != NULL && counts != NULL, FALSE);

  if (!td_transaction_begin (&transaction, self->db, error) || !td_store_set_int (self, META_REVOKED, 1, error)
      || (n > 0 && !td_store_set_int (self, META_KEPT, n, error)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i] >= 0 && !td_store_set_int (self, META_COUNTS[i], values[i], error))
      return FALSE;
  return td_transaction_commit (&transaction, error);
}

/** td_store_forget_revoked: the endpoint answers this machine again; within the caller's transaction or alone. */
gboolean
td_store_forget_revoked (TdStore *self, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;

  if (!td_store_revoked (self, NULL))
    return TRUE;
  if (!td_transaction_begin (&transaction, self->db, error) || !td_store_set_int (self, META_REVOKED, 0, error)
      || !td_store_set_int (self, META_KEPT, 0, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (META_COUNTS); i++)
    if (!td_store_set_int (self, META_COUNTS[i], 0, error))
      return FALSE;
  return td_transaction_commit (&transaction, error);
}

/**
 * td_store_revoked:
 * @counts: (out) (optional): what became of what was sent since
 *
 * Returns: whether the endpoint said that this machine is revoked, and has answered nothing else since
 */
gboolean
td_store_revoked (TdStore *self, TdRevoked *counts)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (counts != NULL)
    *counts = (TdRevoked){ td_store_get_int (self, META_COUNTS[0], 0), td_store_get_int (self, META_COUNTS[1], 0),
                           td_store_get_int (self, META_COUNTS[2], 0) };
  return td_store_get_int (self, META_REVOKED, 0) != 0;
}
