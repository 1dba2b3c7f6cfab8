/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/dated.h"
#include "desk/desk-reports.h"

#include <glib/gi18n.h>
#include <string.h>

/* What changed between two readings of a dossier, and which fields of it a
 * return may name. */

static void
add_difference (GListStore *list, const TdRecord *record, const char *path, const char *before, const char *after)
{
  g_autoptr (TdDifferenceItem) item = td_difference_item_new ();
  g_autofree char *label = td_member_label (record, record->type, path);
  g_autofree char *old = td_member_shown (record->type, path, before);
  g_autofree char *new = td_member_shown (record->type, path, after);

  td_item_set (&item->record, record->id);
  td_item_set (&item->path, path);
  td_item_set (&item->label, label);
  td_item_set (&item->before, old);
  td_item_set (&item->after, new);
  g_list_store_append (list, item);
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
add_paths (GHashTable *paths, const TdRecord *record)
{
  GHashTableIter iter;
  gpointer path;

  if (record == NULL)
    return;
  g_hash_table_iter_init (&iter, record->members);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (td_member_kind (record->type, path) != TD_MEMBER_HIDDEN)
      g_hash_table_add (paths, path);
}

static GPtrArray *
sorted_paths (GHashTable *paths)
{
  GPtrArray *sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, paths);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (sorted, path);
  g_ptr_array_sort (sorted, compare_text);
  return sorted;
}

static void
compare_records (GListStore *list, const TdRecord *before, const TdRecord *after)
{
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) sorted = NULL;

  add_paths (paths, before);
  add_paths (paths, after);
  sorted = sorted_paths (paths);
  for (guint i = 0; i < sorted->len; i++)
    {
      const char *path = sorted->pdata[i];
      g_autofree char *old = before == NULL ? g_strdup ("") : td_record_text (before, path);
      g_autofree char *new = after == NULL ? g_strdup ("") : td_record_text (after, path);

      if (strcmp (old, new) != 0)
        add_difference (list, after != NULL ? after : before, path, old, new);
    }
}

static const TdRecord *
main_of (const TdVersion *version, const char *dossier)
{
  for (guint i = 0; version != NULL && i < version->records->len; i++)
    if (strcmp (((TdRecord *)version->records->pdata[i])->id, dossier) == 0)
      return version->records->pdata[i];
  return NULL;
}

/* Ledger records quoted by either: another body is a difference. */
static void
compare_quotes (TdDesk *self, GListStore *list, const TdVersion *before, const TdVersion *after)
{
  TdState *view = td_desk_view (self);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) sorted = NULL;
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, before->quotes);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (ids, id);
  sorted = sorted_paths (ids);
  for (guint i = 0; i < sorted->len; i++)
    {
      const char *old = g_hash_table_lookup (before->quotes, sorted->pdata[i]);
      const char *new = after == NULL ? NULL : g_hash_table_lookup (after->quotes, sorted->pdata[i]);
      const TdRecord *left = td_state_body (view, old);
      const TdRecord *right
          = after != NULL ? (new == NULL ? NULL : td_state_body (view, new)) : td_state_record (view, sorted->pdata[i]);

      if (left != NULL && right != NULL && g_strcmp0 (old, new) != 0)
        compare_records (list, left, right);
    }
}

/* Days, and a section's title, are the plan's. */
static GListModel *
name_by_plan (TdDesk *self, GListStore *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (TdDifferenceItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autofree char *section = td_report_section_label (self, item->path);
      g_autofree char *dated = td_desk_dated (self, item->label);

      td_item_set (&item->label, section != NULL ? section : dated);
    }
  return G_LIST_MODEL (list);
}

/* The last version this desk's reader had before: the one before the last, or
 * for the owner who works on it, the one handed in. */
GListModel *
td_desk_differences (TdDesk *self, const char *id)
{
  GListStore *list = g_list_store_new (TD_TYPE_DIFFERENCE_ITEM);
  TdState *view;
  const TdDossier *dossier;
  const TdVersion *last, *before;
  gboolean working;

  g_return_val_if_fail (TD_IS_DESK (self) && id != NULL, NULL);

  view = td_desk_view (self);
  dossier = td_state_dossier (view, id);
  last = dossier == NULL ? NULL : td_desk_version (self, dossier);
  if (last == NULL)
    return G_LIST_MODEL (list);
  working = td_owns (self->units, dossier, self->unit) && td_at_home (self->units, dossier);
  before = working ? last : NULL;
  for (gint64 n = last->n - 1; n > 0 && before == NULL; n--)
    before = td_state_version (view, id, n);
  if (before == NULL)
    return G_LIST_MODEL (list);
  compare_records (list, main_of (before, id), working ? td_state_record (view, id) : main_of (last, id));
  compare_quotes (self, list, before, working ? NULL : last);
  return name_by_plan (self, list);
}

/* ---- fields a return may name ------------------------------------------------------------------- */

/* A rating may be missing altogether. */
static void
add_years (TdDesk *self, GHashTable *paths)
{
  int first, last;

  td_desk_rated_years (self, &first, &last);
  for (int year = first; year <= last; year++)
    {
      g_autofree char *path = g_strdup_printf ("rating/%d", year);

      g_hash_table_add (paths, (char *)g_intern_string (path));
    }
}

static void
add_fields (TdDesk *self, GListStore *list, const TdRecord *record)
{
  const char *const *usual = record == NULL ? NULL : td_member_usual (record->type);
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) sorted = NULL;

  if (record == NULL)
    return;
  add_paths (paths, record);
  for (guint i = 0; usual[i] != NULL; i++)
    g_hash_table_add (paths, (char *)usual[i]);
  if (strcmp (record->type, "nomination") == 0)
    add_years (self, paths);
  sorted = sorted_paths (paths);
  for (guint i = 0; i < sorted->len; i++)
    {
      const char *path = sorted->pdata[i];
      g_autofree char *value = td_record_text (record, path);

      if (!g_str_has_prefix (path, "file/"))
        add_difference (list, record, path, value, "");
    }
}

static gboolean
is_carried (const TdDossier *dossier, const char *submission)
{
  for (guint i = 0; i < dossier->carried->len; i++)
    if (strcmp (((TdCarried *)dossier->carried->pdata[i])->submission, submission) == 0)
      return TRUE;
  return FALSE;
}

GListModel *
td_desk_fields (TdDesk *self, const char *id)
{
  GListStore *list = g_list_store_new (TD_TYPE_DIFFERENCE_ITEM);
  const TdDossier *dossier;
  const TdVersion *version;
  GHashTableIter iter;
  gpointer digest;

  g_return_val_if_fail (TD_IS_DESK (self) && id != NULL, NULL);

  dossier = td_state_dossier (td_desk_view (self), id);
  version = dossier == NULL ? NULL : td_desk_version (self, dossier);
  if (version == NULL)
    return G_LIST_MODEL (list);
  add_fields (self, list, main_of (version, id));
  g_hash_table_iter_init (&iter, version->quotes);
  while (g_hash_table_iter_next (&iter, NULL, &digest))
    add_fields (self, list, td_state_body (td_desk_view (self), digest));
  for (guint i = 0; i < version->letters->len; i++)
    {
      const TdRecord *letter = td_state_body (td_desk_view (self), version->letters->pdata[i]);

      if (letter != NULL && is_carried (dossier, letter->id))
        add_fields (self, list, letter);
    }
  return name_by_plan (self, list);
}
