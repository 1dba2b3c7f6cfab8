/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/catalogue.h"
#include "desk/desk-private.h"
#include "dossier/gather.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* Programmes, projects and emulation blocks: the board writes them, all read them. */

static const TdUnit *
unit_of (TdDesk *self, const char *code)
{
  const TdUnit *unit = td_units_by_code (self->units, code, td_desk_today (self));

  return unit != NULL ? unit : td_units_by_code (self->units, code, td_campaign_start (self->campaign));
}

char *
td_desk_name_of_code (TdDesk *self, const char *code)
{
  const TdUnit *unit;

  g_return_val_if_fail (TD_IS_DESK (self) && code != NULL, NULL);

  unit = *code == '\0' ? NULL : unit_of (self, code);
  return unit == NULL ? g_strdup (code) : td_desk_name_of_then (unit);
}

/* ---- lists --------------------------------------------------------------------------- */

/* One that was emptied has nothing left but its salt. */
static gboolean
is_empty (const TdRecord *record)
{
  return g_hash_table_size (record->members) == (td_record_get (record, "salt") != NULL ? 1 : 0);
}

static GPtrArray *
entries (TdDesk *self, const char *type)
{
  g_autofree char *term = g_strdup_printf ("type:%s", type);
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "record", term);
  GPtrArray *records = g_ptr_array_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      TdRecord *record = td_state_record (td_desk_view (self), ids->pdata[i]);

      if (record != NULL && !is_empty (record))
        g_ptr_array_add (records, record);
    }
  return records;
}

static void
add_row (GListStore *list, const char *id, const char *title, const char *subtitle, const char *value)
{
  g_autoptr (TdRowItem) row = td_row_item_new ();

  td_item_set (&row->id, id);
  td_item_set (&row->title, title);
  td_item_set (&row->subtitle, subtitle);
  td_item_set (&row->value, value);
  td_item_set (&row->state, "info");
  g_list_store_append (list, row);
}

static char *
name_or (const TdRecord *record, const char *otherwise)
{
  char *name = td_record_text (record, "name");

  if (*name != '\0')
    return name;
  g_free (name);
  return g_strdup (otherwise);
}

static void
add_project (TdDesk *self, GListStore *list, const TdRecord *record)
{
  g_autofree char *name = name_or (record, _ ("(no name yet)"));
  g_autofree char *kind = td_record_text (record, "kind");
  g_autofree char *lead = td_record_text (record, "lead");
  g_autofree char *leader = *lead == '\0' ? g_strdup (_ ("no leading body yet")) : td_desk_name_of_code (self, lead);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", *kind == '\0' ? _ ("kind not chosen yet") : kind, leader);
  g_autoptr (GPtrArray) targets = td_record_keys (record, "target");
  g_autofree char *value = g_strdup_printf (ngettext ("%u target", "%u targets", targets->len), targets->len);

  add_row (list, record->id, name, subtitle, value);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  return td_text_compare (((const TdRowItem *)a)->title, ((const TdRowItem *)b)->title);
}

GListModel *
td_desk_projects (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) records = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  records = self->unit == NULL ? g_ptr_array_new () : entries (self, "project");
  for (guint i = 0; i < records->len; i++)
    add_project (self, list, records->pdata[i]);
  return G_LIST_MODEL (list);
}

static void
add_block (TdDesk *self, GListStore *list, const TdRecord *record)
{
  g_autofree char *name = name_or (record, _ ("(no name yet)"));
  g_autofree char *charge = td_record_text (record, "in_charge");
  g_autoptr (GPtrArray) units = td_record_keys (record, "unit");
  g_autofree char *value = g_strdup_printf (ngettext ("%u unit", "%u units", units->len), units->len);

  add_row (list, record->id, name, *charge == '\0' ? _ ("nobody in charge yet") : charge, value);
}

GListModel *
td_desk_blocks (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) records = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  records = self->unit == NULL ? g_ptr_array_new () : entries (self, "block");
  for (guint i = 0; i < records->len; i++)
    add_block (self, list, records->pdata[i]);
  g_list_store_sort (list, compare_rows, NULL);
  return G_LIST_MODEL (list);
}

/* ---- making and dropping ---------------------------------------------------------------- */

static char *
new_entry (TdDesk *self, const char *type, const char *path, const char *text, GError **error)
{
  g_autofree char *id = NULL;
  TdPair pair = { path, text };

  if (td_desk_seat (self) != TD_SEAT_BOARD)
    {
      td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("Only the provincial board keeps the catalogue."));
      return NULL;
    }
  id = td_desk_new_id (self);
  return td_desk_write (self, id, type, &pair, 1, NULL, error) ? g_steal_pointer (&id) : NULL;
}

char *
td_desk_new_project (TdDesk *self, GError **error)
{
  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  return new_entry (self, "project", "kind", "Đề án", error);
}

char *
td_desk_new_block (TdDesk *self, GError **error)
{
  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  return new_entry (self, "block", "name", _ ("New emulation block"), error);
}

const char *
td_desk_entry_type (TdDesk *self, const char *record)
{
  const char *type;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  type = td_desk_type (self, record);
  return g_strcmp0 (type, "project") == 0 || g_strcmp0 (type, "block") == 0 ? type : NULL;
}

static const TdRecord *
own_entry (TdDesk *self, const char *id, GError **error)
{
  const TdRecord *record = td_state_record (td_desk_view (self), id);

  if (record != NULL && td_unit_is (self->unit, record->owner)
      && (strcmp (record->type, "project") == 0 || strcmp (record->type, "block") == 0))
    return record;
  td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("Only the provincial board keeps the catalogue."));
  return NULL;
}

/* Writes @paths away, all of them in one edit. */
static gboolean
remove_paths (TdDesk *self, const TdRecord *record, GPtrArray *paths, GError **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (TdPair));
  g_autofree char *id = g_strdup (record->id);
  g_autofree char *type = g_strdup (record->type);

  for (guint i = 0; i < paths->len; i++)
    {
      TdPair pair = { paths->pdata[i], "" };

      g_array_append_val (pairs, pair);
    }
  return pairs->len == 0
         || td_desk_write (self, id, type, (const TdPair *)(gpointer)pairs->data, pairs->len, NULL, error);
}

gboolean
td_desk_drop_entry (TdDesk *self, const char *record, GError **error)
{
  const TdRecord *found;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer path;

  g_return_val_if_fail (TD_IS_DESK (self) && record != NULL, FALSE);

  found = own_entry (self, record, error);
  if (found == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, found->members);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (strcmp (path, "salt") != 0)
      g_ptr_array_add (paths, g_strdup (path));
  return remove_paths (self, found, paths, error);
}

/* ---- the units an entry lists ------------------------------------------------------------- */

static void
add_code (GPtrArray *codes, const char *code)
{
  for (guint i = 0; i < codes->len; i++)
    if (strcmp (codes->pdata[i], code) == 0)
      return;
  g_ptr_array_add (codes, g_strdup (code));
}

static GPtrArray *
codes_of (const TdRecord *record)
{
  GPtrArray *codes;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (strcmp (record->type, "block") == 0)
    return td_record_keys (record, "unit");
  codes = g_ptr_array_new_with_free_func (g_free);
  text = td_record_text (record, "coordinating");
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      add_code (codes, lines[i]);
  return codes;
}

GListModel *
td_desk_listed_units (TdDesk *self, const char *record)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  const TdRecord *found;
  g_autoptr (GPtrArray) codes = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && record != NULL, NULL);

  found = td_state_record (td_desk_view (self), record);
  codes = found == NULL ? g_ptr_array_new () : codes_of (found);
  for (guint i = 0; i < codes->len; i++)
    {
      g_autofree char *name = td_desk_name_of_code (self, codes->pdata[i]);

      add_row (list, codes->pdata[i], name, "", "");
    }
  g_list_store_sort (list, compare_rows, NULL);
  return G_LIST_MODEL (list);
}

static gboolean
list_in_block (TdDesk *self, const TdRecord *record, const char *code, gboolean listed, GError **error)
{
  g_autofree char *id = g_strdup (record->id);
  g_autofree char *path = g_strdup_printf ("unit/%s", code);
  TdPair pair = { path, listed ? "yes" : "" };

  return td_desk_write (self, id, "block", &pair, 1, NULL, error);
}

static gboolean
list_in_project (TdDesk *self, const TdRecord *record, const char *code, gboolean listed, GError **error)
{
  g_autoptr (GPtrArray) codes = codes_of (record);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *id = g_strdup (record->id);
  g_autofree char *well = g_strdup_printf ("coordinating/%s", code);
  g_autofree char *exceeded = g_strdup_printf ("coordinating/%s/exceeded", code);
  TdPair pairs[] = { { "coordinating", NULL }, { well, "" }, { exceeded, "" } };

  if (listed)
    add_code (codes, code);
  for (guint i = 0; i < codes->len; i++)
    if (listed || strcmp (codes->pdata[i], code) != 0)
      g_string_append_printf (lines, "%s%s", lines->len == 0 ? "" : "\n", (char *)codes->pdata[i]);
  pairs[0].text = lines->str;
  return td_desk_write (self, id, "project", pairs, listed ? 1 : G_N_ELEMENTS (pairs), NULL, error);
}

gboolean
td_desk_list_unit (TdDesk *self, const char *record, const char *unit, gboolean listed, GError **error)
{
  const TdRecord *found;
  const TdUnit *known;
  const char *code;

  g_return_val_if_fail (TD_IS_DESK (self) && record != NULL && unit != NULL, FALSE);

  found = own_entry (self, record, error);
  if (found == NULL)
    return FALSE;
  known = td_units_get (self->units, unit);
  if (known == NULL)
    known = unit_of (self, unit);
  if (known == NULL && listed)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("There is no such unit. Choose one from the list."));
  code = known == NULL ? unit : known->code;
  return strcmp (found->type, "block") == 0 ? list_in_block (self, found, code, listed, error)
                                            : list_in_project (self, found, code, listed, error);
}

/* ---- who coordinates ------------------------------------------------------------------------ */

typedef struct
{
  const TdUnit *unit;
  int exceeded, rank, of;
} Coordinator;

static int
compare_coordinators (gconstpointer a, gconstpointer b)
{
  const Coordinator *left = a;
  const Coordinator *right = b;

  if (left->exceeded != right->exceeded)
    return (left->exceeded < right->exceeded) - (left->exceeded > right->exceeded);
  return td_text_compare (left->unit->full_name, right->unit->full_name);
}

/* What became one unit stands once. */
static gboolean
is_among (const GArray *all, const TdUnit *unit)
{
  for (guint i = 0; i < all->len; i++)
    if (g_array_index (all, Coordinator, i).unit == unit)
      return TRUE;
  return FALSE;
}

static GArray *
coordinators (TdDesk *self)
{
  g_autoptr (GPtrArray) records = entries (self, "project");
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Coordinator));

  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (GPtrArray) some = codes_of (records->pdata[i]);

      for (guint c = 0; c < some->len; c++)
        add_code (codes, some->pdata[c]);
    }
  for (guint i = 0; i < codes->len; i++)
    {
      const TdUnit *named = unit_of (self, codes->pdata[i]);
      const TdUnit *unit = named == NULL ? NULL : named->acting;
      g_autoptr (TdUnitFacts) facts = NULL;

      if (unit != NULL && !is_among (all, unit))
        facts = td_gather_unit (td_desk_view (self), self->campaign, self->units, unit->key);
      if (facts != NULL)
        {
          Coordinator one = { unit, facts->coordination_exceeded, facts->coordination_rank, facts->coordination_of };

          g_array_append_val (all, one);
        }
    }
  g_array_sort (all, compare_coordinators);
  return all;
}

GListModel *
td_desk_coordinators (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GArray) all = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  all = self->unit == NULL ? g_array_new (FALSE, TRUE, sizeof (Coordinator)) : coordinators (self);
  for (guint i = 0; i < all->len; i++)
    {
      const Coordinator *one = &g_array_index (all, Coordinator, i);
      g_autofree char *count
          = one->exceeded < 0
                ? g_strdup (_ ("not counted yet"))
                : g_strdup_printf (ngettext ("%d target exceeded", "%d targets exceeded", (gulong)one->exceeded),
                                   one->exceeded);
      g_autofree char *rank = one->rank > 0 ? g_strdup_printf (_ ("Rank %d of %d"), one->rank, one->of)
                                            : g_strdup (_ ("Not ranked yet: somebody's count is missing"));

      add_row (list, one->unit->code, one->unit->full_name, rank, count);
    }
  return G_LIST_MODEL (list);
}

/* ---- choices ------------------------------------------------------------------------------------ */

/* Bodies and districts; what lies below a district is left out. */
static gboolean
is_choice (TdDesk *self, const TdUnit *unit)
{
  return (unit->upper == NULL || unit->upper->upper == NULL) && unit == unit_of (self, unit->code);
}

static int
compare_units (gconstpointer a, gconstpointer b)
{
  return td_text_compare ((*(const TdUnit *const *)a)->full_name, (*(const TdUnit *const *)b)->full_name);
}

void
td_desk_unit_choices (TdDesk *self, char ***codes, char ***names)
{
  g_autoptr (GStrvBuilder) code_list = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) name_list = g_strv_builder_new ();
  g_autoptr (GPtrArray) units = NULL;

  g_return_if_fail (TD_IS_DESK (self));

  units = td_units_all (self->units);
  g_ptr_array_sort (units, compare_units);
  for (guint i = 0; i < units->len; i++)
    {
      const TdUnit *unit = units->pdata[i];

      if (!is_choice (self, unit))
        continue;
      g_strv_builder_add (code_list, unit->code);
      g_strv_builder_add (name_list, unit->full_name);
    }
  *codes = g_strv_builder_end (code_list);
  *names = g_strv_builder_end (name_list);
}
