/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/units-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "campaign/shape.h"
#include "text/vietnamese.h"

#define MAX_ROUTE 8
#define MAX_UNITS 20000

static void
entry_free (TdUnitEntry *entry)
{
  TdUnit *unit = &entry->unit;

  g_free (unit->key);
  g_free (unit->code);
  g_free (unit->kind);
  g_free (unit->level);
  g_free (unit->phase_level);
  g_free (unit->parent);
  g_free (unit->name);
  g_free (unit->full_name);
  g_free (unit->party_organisation);
  g_free (unit->receiving_office);
  g_free (unit->place_name);
  g_free (unit->category);
  g_free (unit->successor);
  g_free (unit->successor_name);
  g_clear_pointer (&unit->former, g_ptr_array_unref);
  g_clear_pointer (&unit->heirs, g_ptr_array_unref);
  g_clear_pointer (&unit->predecessors, g_ptr_array_unref);
  g_free (entry->parent_code);
  g_strfreev (entry->also_to);
  g_free (entry->fold);
  g_free (entry->name_fold);
  g_free (entry);
}

static gboolean
all_digits (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

/* Numbers first and by value, so districts (930) stand before communes (31318). */
static int
compare_codes (const char *a, const char *b)
{
  gboolean x = all_digits (a), y = all_digits (b);

  if (x != y)
    return x ? -1 : 1;
  if (x && strlen (a) != strlen (b))
    return strlen (a) < strlen (b) ? -1 : 1;
  return strcmp (a, b);
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const TdUnitEntry *x = *(const TdUnitEntry *const *)a, *y = *(const TdUnitEntry *const *)b;
  int order = compare_codes (x->unit.code, y->unit.code);

  return order != 0 ? order : (x->unit.valid_from > y->unit.valid_from) - (x->unit.valid_from < y->unit.valid_from);
}

static void
read_days (TdShape *shape, JsonObject *row, TdUnit *unit)
{
  unit->valid_from = td_shape_date (shape, row, "validFrom");
  unit->valid_to = td_shape_date_or (shape, row, "validTo");
  unit->reorganised_on = td_shape_date_or (shape, row, "reorganisedOn");
  if (unit->valid_to != TD_DATE_NONE && unit->valid_to < unit->valid_from)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "validTo", _ ("it ends before it begins"));
  if (unit->valid_to != TD_DATE_NONE && unit->reorganised_on == TD_DATE_NONE)
    unit->reorganised_on = unit->valid_to + 1;
}

static TdUnitEntry *
read_entry (TdUnits *self, TdShape *shape, JsonObject *row)
{
  TdUnitEntry *entry = g_new0 (TdUnitEntry, 1);
  TdUnit *unit = &entry->unit;
  g_autofree char *from = NULL;
  const char *successor = td_shape_text_or (shape, row, "successor", NULL);

  read_days (shape, row, unit);
  from = td_date_to_iso (unit->valid_from);
  unit->code = g_strdup (td_shape_text (shape, row, "code"));
  unit->key = g_strconcat (unit->code, "@", from, NULL);
  unit->kind = g_strdup (td_shape_text (shape, row, "kind"));
  unit->level = g_strdup (td_shape_text (shape, row, "level"));
  unit->phase_level = g_strdup (td_shape_text (shape, row, "phaseLevel"));
  unit->name = td_text_clean_name (td_shape_text (shape, row, "name"));
  unit->full_name = td_text_clean_name (td_shape_text (shape, row, "fullName"));
  unit->party_organisation = td_text_clean_name (td_shape_text_or (shape, row, "partyOrganisation", ""));
  unit->receiving_office = td_text_clean_name (td_shape_text_or (shape, row, "receivingOffice", ""));
  unit->place_name = td_text_clean_name (td_shape_text_or (shape, row, "placeName", ""));
  unit->category = g_strdup (td_shape_text_or (shape, row, "category", ""));
  unit->individual_quota = (int)td_shape_number_or (shape, row, "individualQuota", -1, 10000, -1);
  unit->in_block = td_shape_flag_or (shape, row, "inBlock", FALSE);
  unit->successor = g_strdup (successor);
  unit->acting = unit;
  unit->all = self;
  entry->also_to = td_shape_texts_or (shape, row, "alsoTo");
  if (entry->also_to && entry->also_to[0] && (!successor || unit->valid_to == TD_DATE_NONE))
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "alsoTo",
                    _ ("only a unit that has ended and has a successor can be split"));
  entry->parent_code = g_strdup (td_shape_text_or (shape, row, "parent", NULL));
  entry->fold = td_text_fold (unit->full_name);
  entry->name_fold = td_text_fold (unit->name);
  return entry;
}

static void
read_entries (TdUnits *self, TdShape *shape, JsonObject *root)
{
  JsonArray *rows = td_shape_array (shape, root, "units");
  guint length = rows ? json_array_get_length (rows) : 0;
  gsize token = td_shape_enter (shape, "units");

  if (rows && (length == 0 || length > MAX_UNITS))
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, NULL, _ ("there must be 1 to %u units"), MAX_UNITS);
  for (guint i = 0; i < length && td_shape_ok (shape); i++)
    {
      gsize place = td_shape_enter_index (shape, i);
      TdUnitEntry *entry = read_entry (self, shape, td_shape_item (shape, rows, i));

      g_ptr_array_add (self->entries, entry);
      if (!g_hash_table_insert (self->by_key, entry->unit.key, entry))
        td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "code", _ ("“%s” stands twice"), entry->unit.key);
      td_shape_leave (shape, place);
    }
  td_shape_leave (shape, token);
}

/* The last unit of that code: after a re-organisation its children may be older than itself. */
static const TdUnit *
open_unit (const TdUnits *self, const char *code)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      const TdUnit *unit = &((const TdUnitEntry *)self->entries->pdata[i - 1])->unit;

      if (strcmp (unit->code, code) == 0 && unit->valid_to == TD_DATE_NONE)
        return unit;
    }
  return NULL;
}

/* A unit that takes part hands in to one that does; a closed one keeps the way it had. */
static void
resolve_parent (TdUnits *self, TdShape *shape, TdUnitEntry *entry)
{
  TdUnit *unit = &entry->unit;
  const TdUnit *parent = NULL;

  if (!entry->parent_code)
    return;
  if (unit->valid_to == TD_DATE_NONE)
    parent = open_unit (self, entry->parent_code);
  if (!parent)
    parent = td_units_by_code (self, entry->parent_code,
                               unit->valid_to == TD_DATE_NONE ? unit->valid_from : unit->valid_to);
  if (!parent)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "units",
                    _ ("the parent “%s” of “%s” is not among the units"), entry->parent_code, unit->key);
  else if (unit->valid_to == TD_DATE_NONE && parent->valid_to != TD_DATE_NONE)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "units", _ ("the parent “%s” of “%s” has ended"),
                    parent->key, unit->key);
  else
    {
      unit->parent = g_strdup (parent->key);
      unit->upper = parent;
    }
}

/* The day from which somebody else acts for it. */
static TdDate
day_of_change (const TdUnit *unit)
{
  if (unit->valid_to != TD_DATE_NONE)
    return unit->valid_to + 1;
  return unit->reorganised_on != TD_DATE_NONE ? unit->reorganised_on : unit->valid_from;
}

/* Only words, or only a note that something changed (R-044): then it goes on acting itself. */
static void
resolve_successor (TdUnits *self, TdShape *shape, TdUnitEntry *entry)
{
  TdUnit *unit = &entry->unit;
  const TdUnit *successor = unit->successor ? td_units_by_code (self, unit->successor, day_of_change (unit)) : NULL;

  unit->successor_name = g_strdup (successor ? successor->full_name : unit->successor ? unit->successor : "");
  if (successor && unit->valid_to != TD_DATE_NONE)
    unit->acting = successor;
  for (guint i = 0; entry->also_to && entry->also_to[i]; i++)
    {
      const TdUnit *heir = td_units_by_code (self, entry->also_to[i], day_of_change (unit));

      if (!heir || !successor)
        {
          td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "units",
                          _ ("“%s” was split, but “%s” is not among the units"), unit->key,
                          heir ? unit->successor : entry->also_to[i]);
          return;
        }
      if (!unit->heirs)
        {
          unit->heirs = g_ptr_array_new ();
          g_ptr_array_add (unit->heirs, (gpointer)successor);
        }
      g_ptr_array_add (unit->heirs, (gpointer)heir);
    }
}

/* A successor begins after what it follows has ended, so this comes to an end. */
static void
follow_successors (TdUnit *unit)
{
  TdUnit *last;

  while (unit->acting->acting != unit->acting)
    unit->acting = unit->acting->acting;
  if (unit->acting == unit)
    return;
  last = (TdUnit *)unit->acting;
  if (!last->former)
    last->former = g_ptr_array_new ();
  g_ptr_array_add (last->former, unit->key);
}

static void
add_predecessor (const TdUnit *of, const TdUnit *unit)
{
  TdUnit *heir = (TdUnit *)of;

  if (heir == unit || (heir->predecessors && g_ptr_array_find (heir->predecessors, unit, NULL)))
    return;
  if (!heir->predecessors)
    heir->predecessors = g_ptr_array_new ();
  g_ptr_array_add (heir->predecessors, (gpointer)unit);
}

/* Whoever acts for it, and each that came of it when it was split. */
static void
precede (const TdUnit *unit)
{
  add_predecessor (unit->acting, unit);
  for (guint i = 0; unit->heirs && i < unit->heirs->len; i++)
    add_predecessor (((const TdUnit *)unit->heirs->pdata[i])->acting, unit);
}

static void
check_route (TdShape *shape, const TdUnit *unit)
{
  guint hops = 0;

  for (const TdUnit *at = unit; at; at = at->upper)
    if (++hops > MAX_ROUTE)
      {
        td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "units", _ ("the route of “%s” never ends"), unit->key);
        return;
      }
}

static void
resolve (TdUnits *self, TdShape *shape)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      resolve_parent (self, shape, self->entries->pdata[i]);
      resolve_successor (self, shape, self->entries->pdata[i]);
    }
  for (guint i = 0; i < self->entries->len; i++)
    follow_successors (&((TdUnitEntry *)self->entries->pdata[i])->unit);
  for (guint i = 0; i < self->entries->len; i++)
    precede (&((TdUnitEntry *)self->entries->pdata[i])->unit);
  for (guint i = 0; i < self->entries->len && td_shape_ok (shape); i++)
    check_route (shape, &((TdUnitEntry *)self->entries->pdata[i])->unit);
}

/**
 * td_units_parse:
 * @data: the units file
 * @length: its length, or -1 up to the NUL
 * @error: return location for %TD_CAMPAIGN_ERROR
 *
 * Returns: (transfer full) (nullable): the units
 */
TdUnits *
td_units_parse (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (TdUnits) self = NULL;
  gsize size;
  TdShape shape;

  g_return_val_if_fail (data != NULL, NULL);

  size = length < 0 ? strlen (data) : (gsize)length;
  root = td_shape_read (data, size, error);
  if (!root)
    return NULL;
  self = g_new0 (TdUnits, 1);
  g_atomic_ref_count_init (&self->refs);
  self->source = g_strndup (data, size);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  td_shape_init (&shape);
  read_entries (self, &shape, root);
  if (td_shape_ok (&shape))
    {
      g_ptr_array_sort (self->entries, compare_entries);
      resolve (self, &shape);
    }
  return td_shape_finish (&shape, error) ? g_steal_pointer (&self) : NULL;
}
