/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/former.h"

#include "desk/desk-reports.h"

#include <glib/gi18n.h>
#include <string.h>

/* The ledgers of the units this one follows: read here, and taken over. */

static const TdUnit *
former_unit (TdDesk *self, const char *key)
{
  const GPtrArray *before = self->unit == NULL ? NULL : self->unit->predecessors;

  for (guint i = 0; before != NULL && i < before->len; i++)
    if (strcmp (((const TdUnit *)before->pdata[i])->key, key) == 0)
      return before->pdata[i];
  return NULL;
}

GListModel *
td_desk_former_units (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  const GPtrArray *before;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  before = self->unit == NULL ? NULL : self->unit->predecessors;
  for (guint i = 0; before != NULL && i < before->len; i++)
    {
      const TdUnit *unit = before->pdata[i];
      g_autoptr (TdRowItem) row = td_row_item_new ();
      g_autofree char *last = unit->valid_to == TD_DATE_NONE ? NULL : td_date_to_screen (unit->valid_to);
      g_autofree char *title = last == NULL ? g_strdup (unit->full_name)
                                            : g_strdup_printf (_ ("%s, until the end of %s"), unit->full_name, last);

      td_item_set (&row->id, unit->key);
      td_item_set (&row->title, title);
      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

/* ---- what stands there ------------------------------------------------------------------- */

static const struct
{
  const char *name;
  const char *title;
} PARTS[] = {
  { "ratings", N_ ("Ratings of the Party organisation") },
  { "events", N_ ("Launch, reviews, own awards, works") },
  { "targets", N_ ("Targets and results") },
  { "registration", N_ ("Registration") },
  { "interim_report", N_ ("Interim report") },
  { "report", N_ ("Final report") },
};

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Of a file its name alone says something here. */
static gboolean
is_read (const TdRecord *record, const char *path)
{
  if (td_member_kind (record->type, path) == TD_MEMBER_HIDDEN)
    return FALSE;
  return !g_str_has_prefix (path, "file/") || g_str_has_suffix (path, "/name");
}

static void
add_member (TdDesk *self, GListStore *list, const TdRecord *record, const char *path, const char *part)
{
  g_autofree char *label = td_desk_field_label (self, record->id, path);
  g_autofree char *shown = td_desk_shown (self, record->id, path);
  g_autoptr (TdDifferenceItem) item = NULL;

  if (*shown == '\0')
    return;
  item = td_difference_item_new ();
  td_item_set (&item->record, record->id);
  td_item_set (&item->path, path);
  td_item_set (&item->label, label);
  td_item_set (&item->before, shown);
  td_item_set (&item->after, part);
  g_list_store_append (list, item);
}

static void
add_part (TdDesk *self, GListStore *list, const TdUnit *unit, const char *name, const char *title)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (self->campaign), unit->key, name);
  const TdRecord *record = td_desk_record (self, id);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path;

  if (record == NULL)
    return;
  g_hash_table_iter_init (&iter, record->members);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (is_read (record, path))
      g_ptr_array_add (paths, path);
  g_ptr_array_sort (paths, compare_paths);
  for (guint i = 0; i < paths->len; i++)
    add_member (self, list, record, paths->pdata[i], title);
}

GListModel *
td_desk_former_ledger (TdDesk *self, const char *unit)
{
  GListStore *list = g_list_store_new (TD_TYPE_DIFFERENCE_ITEM);
  const TdUnit *former;

  g_return_val_if_fail (TD_IS_DESK (self) && unit != NULL, NULL);

  former = former_unit (self, unit);
  for (guint i = 0; former != NULL && i < G_N_ELEMENTS (PARTS); i++)
    add_part (self, list, former, PARTS[i].name, _ (PARTS[i].title));
  return G_LIST_MODEL (list);
}

/* ---- ratings ------------------------------------------------------------------------------- */

gboolean
td_desk_has_ratings (TdDesk *self)
{
  g_autofree char *id = NULL;
  const TdRecord *record;
  g_autoptr (GPtrArray) years = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  id = td_desk_ledger (self, "ratings");
  record = td_desk_record (self, id);
  years = record == NULL ? NULL : td_record_keys (record, "rating");
  return years != NULL && years->len > 0;
}

static gboolean
is_of_a_year (const char *path)
{
  return g_str_has_prefix (path, "rating/") || g_str_has_prefix (path, "decision/");
}

static void
take (GArray *pairs, const TdRecord *from, GPtrArray *texts)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, from->members);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (is_of_a_year (path))
      {
        char *text = td_record_text (from, path);
        TdPair pair = { path, text };

        g_ptr_array_add (texts, text);
        g_array_append_val (pairs, pair);
      }
}

gboolean
td_desk_inherit_ratings (TdDesk *self, const char *unit, GError **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (TdPair));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const TdUnit *former;
  const TdRecord *from = NULL;
  g_autofree char *id = NULL;
  g_autofree char *own = NULL;
  TdPair whose = { "inherited", NULL };

  g_return_val_if_fail (TD_IS_DESK (self) && unit != NULL, FALSE);

  former = former_unit (self, unit);
  if (former != NULL)
    {
      id = td_unit_record_id (td_campaign_id (self->campaign), former->key, "ratings");
      from = td_desk_record (self, id);
    }
  if (from != NULL)
    take (pairs, from, texts);
  if (pairs->len == 0)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT,
                         _ ("No ratings stand in that ledger. Nothing was changed: type them in the unit's own "
                            "ledger, with the decisions they rest on."));
  whose.text = former->full_name;
  g_array_append_val (pairs, whose);
  own = td_desk_ledger (self, "ratings");
  return td_desk_write (self, own, "ratings", (const TdPair *)(gpointer)pairs->data, pairs->len, NULL, error);
}

/* ---- events and targets --------------------------------------------------------------------- */

/* What a unit did before it was merged, in one ledger record: single things and rows. Its own compliance, category,
 * level and the days it sent its own reports are no one else's. */
static const struct
{
  const char *ledger;
  const char *group;
} TAKEN[] = {
  { "events", "launch/" },     { "events", "plan/" },       { "events", "interim/" }, { "events", "final/" },
  { "events", "own_awards/" }, { "events", "own_award/" },  { "events", "work/" },    { "events", "file/" },
  { "targets", "target/" },    { "targets", "indicator/" }, { "targets", "file/" },
};

/* "launch" of "launch/date", "work/<uuid>" of "work/<uuid>/name": what is taken whole or not at all. */
static char *
group_of (const char *ledger, const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (TAKEN); i++)
    if (strcmp (TAKEN[i].ledger, ledger) == 0 && g_str_has_prefix (path, TAKEN[i].group))
      return g_strndup (path, (gsize)(strrchr (path, '/') - path));
  return NULL;
}

static GHashTable *
groups_of (const TdRecord *record, const char *ledger)
{
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer path;

  if (record == NULL)
    return groups;
  g_hash_table_iter_init (&iter, record->members);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      char *group = group_of (ledger, path);

      if (group != NULL)
        g_hash_table_add (groups, group);
    }
  return groups;
}

typedef struct
{
  TdDesk *desk;
  const TdRecord *from;
  const char *ledger;
  char *id;        /* of the own record */
  GHashTable *own; /* groups this unit has itself */
  GHashTable *taken;
  GArray *pairs;    /* TdPair, into @texts */
  GPtrArray *texts; /* owned */
  gsize bytes;
} Taking;

static gboolean
flush (Taking *taking, GError **error)
{
  gboolean written = taking->pairs->len == 0
                     || td_desk_write (taking->desk, taking->id, taking->ledger,
                                       (const TdPair *)(gpointer)taking->pairs->data, taking->pairs->len, NULL, error);

  g_array_set_size (taking->pairs, 0);
  g_ptr_array_set_size (taking->texts, 0);
  taking->bytes = 0;
  return written;
}

static gboolean
take_member (Taking *taking, const char *path, GError **error)
{
  g_autofree char *group = group_of (taking->ledger, path);
  TdPair pair = { path, NULL };

  if (group == NULL || g_hash_table_contains (taking->own, group))
    return TRUE;
  pair.text = td_record_text (taking->from, path);
  g_ptr_array_add (taking->texts, (char *)pair.text);
  g_array_append_val (taking->pairs, pair);
  g_hash_table_add (taking->taken, g_steal_pointer (&group));
  taking->bytes += strlen (path) + strlen (pair.text);
  return taking->bytes < TD_EDIT_MAX / 4 || flush (taking, error);
}

static gboolean
take_all (Taking *taking, GError **error)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, taking->from->members);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (!take_member (taking, path, error))
      return FALSE;
  return flush (taking, error);
}

/* Pictures and evidence go with their rows and are none of their own. */
static int
count_taken (const Taking *taking)
{
  int count = 0;
  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, taking->taken);
  while (g_hash_table_iter_next (&iter, &group, NULL))
    count += !g_str_has_prefix (group, "file/");
  return count;
}

int
td_desk_inherit_ledger (TdDesk *self, const char *unit, const char *name, GError **error)
{
  g_autofree char *id = NULL;
  const TdUnit *former;
  Taking taking = { self, NULL, name, NULL, NULL, NULL, NULL, NULL, 0 };
  int count;

  g_return_val_if_fail (TD_IS_DESK (self) && unit != NULL && name != NULL, -1);

  former = former_unit (self, unit);
  id = former == NULL ? NULL : td_unit_record_id (td_campaign_id (self->campaign), former->key, name);
  taking.from = id == NULL ? NULL : td_desk_record (self, id);
  if (taking.from == NULL)
    return 0;
  taking.id = td_desk_ledger (self, name);
  taking.own = groups_of (td_desk_record (self, taking.id), name);
  taking.taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  taking.pairs = g_array_new (FALSE, FALSE, sizeof (TdPair));
  taking.texts = g_ptr_array_new_with_free_func (g_free);
  count = take_all (&taking, error) ? count_taken (&taking) : -1;
  g_free (taking.id);
  g_hash_table_unref (taking.own);
  g_hash_table_unref (taking.taken);
  g_array_unref (taking.pairs);
  g_ptr_array_unref (taking.texts);
  return count;
}
