/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include "store/disk.h"

/* Whom a desk believes: the province's CA, taken at enrolment under the fingerprint in the code, and nobody else.
 * A CA that the machine trusts for other reasons can't speak for the endpoint then. */

/* A session for https that trusts the certificates of @pem only. */
gboolean
td_trust_session (TdStore *store, SoupSession *session, const char *pem, GError **error)
{
  g_autofree char *path = td_store_trust_path (store);
  g_autoptr (GTlsDatabase) database = NULL;

  if (!td_disk_write (path, pem, error))
    return FALSE;
  database = g_tls_file_database_new (path, error);
  if (database == NULL)
    return FALSE;
  soup_session_set_tls_database (session, database);
  return TRUE;
}

/* What enrolment left; without a CA the machine's own trust stands. */
gboolean
td_trust_load (TdExchange *self, GError **error)
{
  g_autofree char *pem = td_store_get (self->store, TD_META_CA);

  return *pem == '\0'
         || (td_trust_session (self->store, self->records, pem, error)
             && td_trust_session (self->store, self->files, pem, error));
}
