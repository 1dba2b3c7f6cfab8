/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/dated.h"
#include "desk/desk-reports.h"
#include "desk/registrations-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Members of records: what a form shows and what a person types. */

/* ---- reading ----------------------------------------------------------------------------------- */

char *
td_desk_text (TdDesk *self, const char *record, const char *path)
{
  const TdRecord *found;

  g_return_val_if_fail (TD_IS_DESK (self) && path != NULL, NULL);

  found = td_desk_record (self, record);
  return found == NULL ? g_strdup ("") : td_record_text (found, path);
}

char *
td_desk_shown (TdDesk *self, const char *record, const char *path)
{
  g_autofree char *text = td_desk_text (self, record, path);
  const char *type = td_desk_type (self, record);

  return type == NULL ? g_steal_pointer (&text) : td_member_shown (type, path, text);
}

char *
td_desk_field_label (TdDesk *self, const char *record, const char *path)
{
  const char *type = td_desk_type (self, record);
  g_autofree char *label = NULL;
  char *section;

  if (type == NULL)
    return g_strdup (path);
  if (strcmp (type, "report") == 0 && (section = td_report_section_label (self, path)) != NULL)
    return section;
  label = td_member_label (td_desk_record (self, record), type, path);
  return td_desk_dated (self, label);
}

static gint64
order_of (const TdRecord *record, const char *prefix, const char *key)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/order", prefix, key);
  g_autofree char *item = g_strdup_printf ("%s/%s", prefix, key);
  g_autofree char *text = td_record_text (record, strcmp (prefix, "item") == 0 ? item : path);

  return *text == '\0' ? G_MAXINT64 : g_ascii_strtoll (text, NULL, 10);
}

typedef struct
{
  TdDesk *desk;
  const TdRecord *record;
  const char *prefix;
} Rows;

/* Break-through targets come first. */
static gboolean
is_first (const Rows *rows, const char *key)
{
  return strcmp (rows->prefix, "target") == 0 && strcmp (rows->record->type, "targets") == 0
         && td_target_is_breakthrough (rows->desk, rows->record, key);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Rows *rows = data;
  const char *left = *(const char *const *)a;
  const char *right = *(const char *const *)b;
  gint64 x = order_of (rows->record, rows->prefix, left);
  gint64 y = order_of (rows->record, rows->prefix, right);
  gboolean first = is_first (rows, left);

  if (first != is_first (rows, right))
    return first ? -1 : 1;
  return x != y ? (x > y) - (x < y) : strcmp (left, right);
}

GPtrArray *
td_desk_keys (TdDesk *self, const char *record, const char *prefix)
{
  const TdRecord *found = td_desk_record (self, record);
  Rows rows = { self, found, prefix };
  GPtrArray *keys;

  if (found == NULL)
    return g_ptr_array_new_with_free_func (g_free);
  keys = td_record_keys (found, prefix);
  g_ptr_array_sort_with_data (keys, compare_rows, &rows);
  return keys;
}

/* ---- may it be written -------------------------------------------------------------------------- */

static gboolean
is_own (TdDesk *self, const TdRecord *record)
{
  return self->unit != NULL
         && (td_writes (td_desk_view (self), self->units, record, self->unit)
             || (td_type_is_ledger (record->type) && td_unit_follows (self->unit, record->owner)));
}

gboolean
td_desk_may_set (TdDesk *self, const char *record, const char *path)
{
  const TdRecord *own;

  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  own = record == NULL || *record == '\0' ? NULL : td_state_record (td_desk_view (self), record);
  if (own == NULL)
    return self->unit != NULL && td_desk_record (self, record) == NULL && td_desk_type (self, record) != NULL;
  return is_own (self, own) && td_member_open (td_desk_view (self), self->units, own, path);
}

static gboolean
names (GHashTable *open, const char *record, const char *path)
{
  g_autofree char *part = g_strdup (path);
  char *slash;

  do
    {
      g_autofree char *name = record == NULL ? g_strdup (part) : g_strdup_printf ("%s %s", record, part);

      if (g_hash_table_contains (open, name))
        return TRUE;
      slash = strrchr (part, '/');
      if (slash != NULL)
        *slash = '\0';
    }
  while (slash != NULL);
  return FALSE;
}

/* A ledger member is named by the dossier that came back, not by the ledger. */
static gboolean
named_by_returned (TdDesk *self, const char *record, const char *path)
{
  g_autoptr (GPtrArray) ids = td_desk_list_own (self, "dossier", "holder", "");

  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);

      if (dossier != NULL && strcmp (dossier->stage, "returned") == 0 && names (dossier->open, record, path))
        return TRUE;
    }
  return FALSE;
}

gboolean
td_desk_named (TdDesk *self, const char *record, const char *path)
{
  const TdRecord *own;

  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  if (self->unit == NULL || record == NULL || *record == '\0')
    return FALSE;
  own = td_state_record (td_desk_view (self), record);
  return (own != NULL && names (own->open, NULL, path)) || named_by_returned (self, record, path);
}

/* ---- writing --------------------------------------------------------------------------------------- */

char *
td_desk_new_id (TdDesk *self)
{
  TdAuthor author;

  td_store_author (self->store, &author);
  return g_strdup (author.id);
}

static char *
to_value (const char *text)
{
  return text == NULL || *text == '\0' ? NULL : td_json_canonical_string (text);
}

static gboolean
send_edit (TdDesk *self,
           const TdEditOf *of,
           const TdRecord *before,
           const TdPair *pairs,
           gsize n_pairs,
           const char *const *settles,
           GError **error)
{
  g_autofree TdChange *changes = g_new0 (TdChange, n_pairs + 1);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  GError *cause = NULL;
  gsize n = 0;

  for (gsize i = 0; i < n_pairs; i++)
    {
      char *value = to_value (pairs[i].text);

      g_ptr_array_add (values, value);
      changes[n++] = (TdChange){ pairs[i].path, before == NULL ? NULL : td_record_get (before, pairs[i].path), value };
    }
  if (before == NULL || td_record_get (before, "salt") == NULL)
    {
      g_ptr_array_add (values, td_store_salt ());
      changes[n++] = (TdChange){ "salt", NULL, values->pdata[values->len - 1] };
    }
  if (td_store_edit (self->store, of, changes, n, settles, &cause))
    return TRUE;
  td_words_store (error, cause);
  return FALSE;
}

/** td_desk_write: members of one record of this unit, on disk when it returns; emits "changed". */
gboolean
td_desk_write (TdDesk *self,
               const char *record,
               const char *type,
               const TdPair *pairs,
               gsize n_pairs,
               const char *const *settles,
               GError **error)
{
  const TdRecord *before;
  g_autofree char *owner = NULL;
  TdEditOf of = { record, type, NULL, td_type_is_dossier (type) ? record : NULL };

  if (self->unit == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Choose the unit first."));
  before = td_state_record (td_desk_view (self), record);
  owner = td_desk_owner_of (self, record, type);
  of.owner = owner;
  if (!send_edit (self, &of, before, pairs, n_pairs, settles, error))
    return FALSE;
  td_desk_touch (self, record);
  return TRUE;
}

static gboolean
refuse_closed (TdDesk *self, const char *record, GError **error)
{
  const TdDossier *dossier = td_state_dossier (td_desk_view (self), record);
  g_autofree char *sentence = NULL;

  if (dossier != NULL && strcmp (dossier->stage, "returned") == 0)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("The return did not name this field, so it stays closed."));
  if (dossier != NULL && self->unit != NULL && !td_holds (dossier, self->unit))
    {
      sentence = g_strdup_printf (_ ("The dossier is at %s now, so it can't be changed here."),
                                  td_desk_unit_name (self, dossier->holder));
      return td_desk_fail (error, TD_DESK_ERROR_REFUSED, sentence);
    }
  return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("This field is closed. Nothing was changed."));
}

gboolean
td_desk_set (TdDesk *self, const char *record, const char *path, const char *text, GError **error)
{
  const TdRecord *before;
  g_autofree char *type = NULL;
  g_autofree char *value = NULL;
  g_autofree char *old = NULL;
  TdPair pair = { path, NULL };

  g_return_val_if_fail (TD_IS_DESK (self) && record != NULL && path != NULL, FALSE);

  type = g_strdup (td_desk_type (self, record));
  if (type == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("There is no such record here."));
  before = td_desk_record (self, record);
  value = td_member_typed (before, type, path, text == NULL ? "" : text, error);
  if (value == NULL)
    return FALSE;
  old = td_desk_text (self, record, path);
  if (strcmp (old, value) == 0)
    return TRUE;
  if (!td_desk_may_set (self, record, path))
    return refuse_closed (self, record, error);
  pair.text = value;
  return td_desk_write (self, record, type, &pair, 1, NULL, error);
}

/* ---- rows --------------------------------------------------------------------------------------------- */

static char *
next_order (TdDesk *self, const char *record, const char *prefix)
{
  const TdRecord *found = td_desk_record (self, record);
  g_autoptr (GPtrArray) keys = td_desk_keys (self, record, prefix);
  gint64 last = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      gint64 order = order_of (found, prefix, keys->pdata[i]);

      if (order != G_MAXINT64)
        last = MAX (last, order);
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT, last + 1);
}

char *
td_desk_add_row (TdDesk *self, const char *record, const char *prefix, GError **error)
{
  g_autofree char *key = td_desk_new_id (self);
  g_autofree char *path = g_strdup_printf ("%s/%s/order", prefix, key);
  g_autofree char *order = next_order (self, record, prefix);
  g_autofree char *type = g_strdup (td_desk_type (self, record));
  TdPair pair = { path, order };

  if (type == NULL || !td_desk_may_set (self, record, path))
    {
      refuse_closed (self, record, error);
      return NULL;
    }
  return td_desk_write (self, record, type, &pair, 1, NULL, error) ? g_steal_pointer (&key) : NULL;
}

gboolean
td_desk_remove_row (TdDesk *self, const char *record, const char *prefix, const char *key, GError **error)
{
  const TdRecord *found = td_state_record (td_desk_view (self), record);
  g_autofree char *row = g_strdup_printf ("%s/%s", prefix, key);
  g_autofree char *below = g_strdup_printf ("%s/", row);
  g_autofree char *type = g_strdup (td_desk_type (self, record));
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (TdPair));
  GHashTableIter iter;
  gpointer path;

  if (found == NULL || !td_desk_may_set (self, record, row))
    return refuse_closed (self, record, error);
  g_hash_table_iter_init (&iter, found->members);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (strcmp (path, row) == 0 || g_str_has_prefix (path, below))
      g_ptr_array_add (paths, g_strdup (path));
  for (guint i = 0; i < paths->len; i++)
    {
      TdPair pair = { paths->pdata[i], "" };

      g_array_append_val (pairs, pair);
    }
  return pairs->len == 0
         || td_desk_write (self, record, type, (const TdPair *)(gpointer)pairs->data, pairs->len, NULL, error);
}

/** td_desk_saving: every change is on disk when the call that makes it returns. */
gboolean
td_desk_saving (TdDesk *self)
{
  return FALSE;
}
