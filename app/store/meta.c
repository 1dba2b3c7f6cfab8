/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/store-private.h"

#include <string.h>

#include "dossier/crypto.h"

static void
complain (GError *error)
{
  if (error == NULL)
    return;
  g_warning ("store: %s", error->message);
  g_error_free (error);
}

char *
td_store_get (TdStore *self, const char *name)
{
  GError *error = NULL;
  char *value = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  td_db_get_text (self->db, &value, &error, "SELECT value FROM meta WHERE name = :name", "t:name", name, NULL);
  complain (error);
  return value != NULL ? value : g_strdup ("");
}

gint64
td_store_get_int (TdStore *self, const char *name, gint64 fallback)
{
  g_autofree char *value = td_store_get (self, name);
  gint64 number;

  return g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL) ? number : fallback;
}

gboolean
td_store_set (TdStore *self, const char *name, const char *value, GError **error)
{
  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, FALSE);

  return td_db_run (self->db, error,
                    "INSERT INTO meta (name, value) VALUES (:name, :value)"
                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    "t:name", name, "t:value", value, NULL);
}

gboolean
td_store_set_int (TdStore *self, const char *name, gint64 value, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return td_store_set (self, name, text, error);
}

const char *
td_store_key (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->key;
}

const char *
td_store_life (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->life;
}

char *
td_store_sign (TdStore *self, const char *text)
{
  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  return td_sign (self->secret, text);
}

gboolean
td_store_enrolled (TdStore *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return td_store_get_int (self, META_ENROLLED, 0) == 1;
}

gint64
td_store_acknowledged (TdStore *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return td_store_get_int (self, META_ACKNOWLEDGED, 0);
}

TdDate
td_store_day (TdStore *self)
{
  g_autofree char *day = NULL;

  g_return_val_if_fail (self != NULL, TD_DATE_NONE);

  day = td_store_get (self, TD_META_DAY);
  return td_date_parse_iso (day);
}

char *
td_store_token (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return td_store_get (self, META_TOKEN);
}

/* ---- unit and enrolment -------------------------------------------------------- */

static gboolean
may_become (TdStore *self, const char *unit, GError **error)
{
  g_autofree char *present = td_store_get (self, TD_META_UNIT);
  gint64 handed = 0;

  if (*present == '\0' || strcmp (present, unit) == 0)
    return TRUE;
  if (!td_db_get_int (self->db, &handed, error, "SELECT count(*) FROM outbox WHERE handed = 1", NULL))
    return FALSE;
  if (handed == 0)
    return TRUE;
  g_set_error (error, TD_STORE_ERROR, TD_STORE_ERROR_BOUND, "%s", present);
  return FALSE;
}

gboolean
td_store_set_unit (TdStore *self, const char *unit, GError **error)
{
  g_return_val_if_fail (self != NULL && unit != NULL, FALSE);

  return may_become (self, unit, error) && td_store_set (self, TD_META_UNIT, unit, error);
}

gboolean
td_store_enroll (
    TdStore *self, const char *endpoint, const char *unit, const char *roles, const char *token, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_autofree char *before = NULL;

  g_return_val_if_fail (self != NULL && endpoint != NULL && unit != NULL && roles != NULL && token != NULL, FALSE);

  before = td_store_get (self, META_ENROLLED_UNIT);
  if (!td_transaction_begin (&transaction, self->db, error) || !td_store_set_unit (self, unit, error)
      || !td_store_set (self, META_ENROLLED_UNIT, unit, error)
      /* What one unit was shown is not the other's, and the cursor has passed what the other was shown. */
      || (*before != '\0' && strcmp (before, unit) != 0
          && (!td_store_set (self, TD_META_CURSOR, "", error) || !td_store_start_over (self, error)))
      || !td_store_set (self, TD_META_ENDPOINT, endpoint, error) || !td_store_set (self, TD_META_ROLES, roles, error)
      || !td_store_set (self, META_TOKEN, token, error) || !td_store_set_int (self, META_ENROLLED, 1, error)
      || !td_store_forget_revoked (self, error))
    return FALSE;
  return td_transaction_commit (&transaction, error);
}

/* ---- campaign and units file ------------------------------------------------------ */

gboolean
td_store_set_document (TdStore *self, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *digest = NULL;
  gsize length;
  const char *data;

  g_return_val_if_fail (self != NULL && name != NULL && bytes != NULL, FALSE);

  data = g_bytes_get_data (bytes, &length);
  digest = td_digest (data != NULL ? data : "", (gssize)length);
  return td_db_run (self->db, error,
                    "INSERT INTO document (name, digest, bytes) VALUES (:name, :digest, :bytes)"
                    " ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, bytes = excluded.bytes",
                    "t:name", name, "t:digest", digest, "b:bytes", bytes, NULL);
}

GBytes *
td_store_document (TdStore *self, const char *name)
{
  g_autoptr (TdStmt) statement = NULL;
  GError *error = NULL;
  TdStep step = TD_STEP_ERROR;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  statement = td_db_query (self->db, &error, "SELECT bytes FROM document WHERE name = :name", "t:name", name, NULL);
  if (statement != NULL)
    step = td_stmt_step (statement, &error);
  complain (error);
  return step == TD_STEP_ROW ? td_stmt_bytes (statement, 0) : NULL;
}

char *
td_store_document_digest (TdStore *self, const char *name)
{
  GError *error = NULL;
  char *digest = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  td_db_get_text (self->db, &digest, &error, "SELECT digest FROM document WHERE name = :name", "t:name", name, NULL);
  complain (error);
  return digest != NULL ? digest : g_strdup ("");
}

/* ---- who writes --------------------------------------------------------------------- */

void
td_store_author (TdStore *self, TdAuthor *author)
{
  g_autofree char *hex = td_random_hex (10);
  guint8 random[10];

  g_return_if_fail (self != NULL && author != NULL);

  for (guint i = 0; i < sizeof random; i++)
    random[i] = (guint8)(g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  for (guint i = 0; i < G_N_ELEMENTS (self->author); i++)
    g_free (self->author[i]);
  self->author[0] = td_uuid7 (g_get_real_time () / 1000, random);
  self->author[1] = td_store_get (self, TD_META_PERSON);
  self->author[2] = td_store_get (self, TD_META_POSITION);
  author->id = self->author[0];
  author->at = td_now ();
  author->name = self->author[1];
  author->position = self->author[2];
}

char *
td_store_salt (void)
{
  g_autofree char *hex = td_random_hex (8);

  return td_json_canonical_string (hex);
}

/* ---- drafts ---------------------------------------------------------------------------- */

char *
td_store_draft (TdStore *self, const char *key)
{
  GError *error = NULL;
  char *text = NULL;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  td_db_get_text (self->db, &text, &error, "SELECT text FROM draft WHERE key = :key", "t:key", key, NULL);
  complain (error);
  return text != NULL ? text : g_strdup ("");
}

gboolean
td_store_set_draft (TdStore *self, const char *key, const char *text, GError **error)
{
  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  if (text == NULL || *text == '\0')
    return td_db_run (self->db, error, "DELETE FROM draft WHERE key = :key", "t:key", key, NULL);
  return td_db_run (self->db, error,
                    "INSERT INTO draft (key, text) VALUES (:key, :text)"
                    " ON CONFLICT (key) DO UPDATE SET text = excluded.text",
                    "t:key", key, "t:text", text, NULL);
}
