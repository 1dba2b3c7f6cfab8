/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/circulars-private.h"

#include "desk/dated.h"

#include <glib/gi18n.h>
#include <string.h>

/* Correspondence as rows: which pieces a list shows and how each stands. */

static const char *const TYPES[] = { "notice", "inspection", "difficulty", "exemplary", "answer" };

/** td_words_circular: what a piece of @type is called. */
const char *
td_words_circular (const char *type)
{
  static const char *const names[]
      = { N_ ("Notice"), N_ ("Inspection"), N_ ("Difficulty"), N_ ("Exemplary case"), N_ ("Answer") };

  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++)
    if (g_strcmp0 (TYPES[i], type) == 0)
      return _ (names[i]);
  return type;
}

/** td_desk_circular_record: the piece @id where this desk may read it; NULL otherwise. */
const TdRecord *
td_desk_circular_record (TdDesk *self, const char *id)
{
  const TdRecord *record = id == NULL ? NULL : td_state_record (td_desk_view (self), id);

  return record != NULL && td_type_is_circular (record->type) ? record : NULL;
}

static gboolean
is_own (TdDesk *self, const TdRecord *record)
{
  return td_unit_is (self->unit, record->owner);
}

/** td_desk_is_reader: was it sent to this unit. */
gboolean
td_desk_is_reader (TdDesk *self, const TdRecord *record)
{
  g_autoptr (GPtrArray) readers = NULL;

  if (self->unit == NULL || !td_circular_is_sent (record))
    return FALSE;
  readers = td_circular_readers (td_desk_view (self), self->units, record);
  return g_ptr_array_find_with_equal_func (readers, self->unit->key, g_str_equal, NULL);
}

/** td_desk_read_on: the day on which @unit read the piece @id; "" if it hasn't. */
char *
td_desk_read_on (TdDesk *self, const char *unit, const char *id)
{
  g_autofree char *reads = td_unit_record_id (td_campaign_id (self->campaign), unit, "reads");
  g_autofree char *path = g_strdup_printf ("read/%s", id);
  const TdRecord *record = td_state_record (td_desk_view (self), reads);

  return record == NULL ? g_strdup ("") : td_record_text (record, path);
}

/** td_desk_circulars_about: ids of the sent pieces of @type that name @id in "re"; sorted, owned. */
GPtrArray *
td_desk_circulars_about (TdDesk *self, const char *id, const char *type)
{
  g_autofree char *term = g_strdup_printf ("re:%s", id);
  g_autoptr (GPtrArray) all = td_state_list (td_desk_view (self), "record", term);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < all->len; i++)
    {
      const TdRecord *record = td_desk_circular_record (self, all->pdata[i]);

      if (record != NULL && td_circular_is_sent (record) && (type == NULL || strcmp (record->type, type) == 0))
        g_ptr_array_add (found, g_strdup (all->pdata[i]));
    }
  return found;
}

/* ---- how it stands ------------------------------------------------------------------------ */

static void
stand (TdCircularItem *item, const char *state, const char *words)
{
  td_item_set (&item->state, state);
  td_item_set (&item->state_label, words);
}

static guint
count_read (TdDesk *self, const TdRecord *record, guint *all)
{
  g_autoptr (GPtrArray) readers = td_circular_readers (td_desk_view (self), self->units, record);
  guint read = 0;

  for (guint i = 0; i < readers->len; i++)
    {
      g_autofree char *day = td_desk_read_on (self, readers->pdata[i], record->id);

      read += *day != '\0';
    }
  *all = readers->len;
  return read;
}

static void
stand_read (TdDesk *self, TdCircularItem *item, const TdRecord *record)
{
  g_autofree char *words = NULL;
  guint all, read;

  if (!item->own)
    {
      stand (item, item->unread ? "warn" : "ok", item->unread ? _ ("Not read yet") : _ ("Read"));
      return;
    }
  read = count_read (self, record, &all);
  words = g_strdup_printf (_ ("Read by %u of %u"), read, all);
  stand (item, read == all ? "ok" : "info", words);
}

/** td_desk_unsettled: of the units inspected, how many have not put things right. */
guint
td_desk_unsettled (TdDesk *self, const TdRecord *record, const char *unit)
{
  g_auto (GStrv) to = td_circular_to (record);
  g_autofree char *follow_up = td_record_text (record, "follow_up");
  guint left = 0;

  for (guint i = 0; *follow_up != '\0' && to[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("done/%s", to[i]);

      left += (unit == NULL || strcmp (unit, to[i]) == 0) && td_record_get (record, path) == NULL;
    }
  return left;
}

/** td_desk_due_words: until when; "" where no day was set. @late: it has passed. */
char *
td_desk_due_words (TdDesk *self, const TdRecord *record, gboolean *late)
{
  g_autofree char *text = td_record_text (record, "due");
  TdDate due = td_date_parse_iso (text);
  g_autofree char *day = due == TD_DATE_NONE ? NULL : td_date_to_screen (due);

  *late = due != TD_DATE_NONE && due < td_desk_today (self);
  if (due == TD_DATE_NONE)
    return g_strdup ("");
  return g_strdup_printf (*late ? _ ("to be put right by %s, now overdue") : _ ("to be put right by %s"), day);
}

/* Of the units that have yet to put things right, has each told what it did. */
static gboolean
all_reported (TdDesk *self, const TdRecord *record)
{
  g_autoptr (GPtrArray) answers = td_desk_circulars_about (self, record->id, "answer");
  g_autoptr (GHashTable) reported = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) to = td_circular_to (record);

  for (guint i = 0; i < answers->len; i++)
    g_hash_table_add (reported, td_desk_circular_record (self, answers->pdata[i])->owner);
  for (guint i = 0; to[i] != NULL; i++)
    {
      gboolean mine = is_own (self, record) || strcmp (to[i], self->unit->key) == 0;

      if (mine && td_desk_unsettled (self, record, to[i]) > 0 && !g_hash_table_contains (reported, to[i]))
        return FALSE;
    }
  return TRUE;
}

static void
stand_inspection (TdDesk *self, TdCircularItem *item, const TdRecord *record)
{
  g_autofree char *follow_up = td_record_text (record, "follow_up");
  guint left = td_desk_unsettled (self, record, item->own ? NULL : self->unit->key);
  gboolean late;
  g_autofree char *due = td_desk_due_words (self, record, &late);

  if (*follow_up == '\0')
    stand (item, item->unread ? "warn" : "ok", item->unread ? _ ("Not read yet") : _ ("Nothing to be put right"));
  else if (left == 0)
    stand (item, "ok", _ ("Put right"));
  else if (all_reported (self, record))
    stand (item, "info", _ ("Reported as put right, to be confirmed"));
  else
    stand (item, late ? "late" : "warn", *due == '\0' ? _ ("To be put right") : due);
}

/** td_desk_is_answered: has the difficulty @id, or one that passed it on, been answered. */
gboolean
td_desk_is_answered (TdDesk *self, const char *id, guint depth)
{
  g_autoptr (GPtrArray) answers = td_desk_circulars_about (self, id, "answer");
  g_autoptr (GPtrArray) passed = NULL;

  if (answers->len > 0 || depth == 0)
    return answers->len > 0;
  passed = td_desk_circulars_about (self, id, "difficulty");
  for (guint i = 0; i < passed->len; i++)
    if (td_desk_is_answered (self, passed->pdata[i], depth - 1))
      return TRUE;
  return FALSE;
}

static void
stand_difficulty (TdDesk *self, TdCircularItem *item, const TdRecord *record)
{
  g_autoptr (GPtrArray) passed = td_desk_circulars_about (self, record->id, "difficulty");

  if (td_desk_is_answered (self, record->id, TD_LEVELS))
    stand (item, "ok", _ ("Answered"));
  else if (passed->len > 0)
    stand (item, "info", _ ("Passed on to the next level"));
  else if (self->unit->upper == NULL && item->own)
    {
      g_autofree char *words = td_desk_dated (self, _ ("Reported to {committee}"));

      stand (item, "info", words);
    }
  else
    stand (item, "warn", _ ("Waiting for an answer"));
}

static void
stand_exemplary (TdDesk *self, TdCircularItem *item, const TdRecord *record)
{
  g_autoptr (GPtrArray) published = td_desk_circulars_about (self, record->id, "answer");

  if (published->len > 0)
    stand (item, "ok", _ ("Published"));
  else
    stand (item, item->unread ? "warn" : "info", item->unread ? _ ("Not read yet") : _ ("Not published yet"));
}

static void
set_standing (TdDesk *self, TdCircularItem *item, const TdRecord *record)
{
  if (item->draft)
    stand (item, "missing", _ ("Draft"));
  else if (item->waiting)
    stand (item, "info", _ ("Waiting to be sent"));
  else if (strcmp (record->type, "inspection") == 0)
    stand_inspection (self, item, record);
  else if (strcmp (record->type, "difficulty") == 0)
    stand_difficulty (self, item, record);
  else if (strcmp (record->type, "exemplary") == 0)
    stand_exemplary (self, item, record);
  else
    stand_read (self, item, record);
}

/* ---- one row ---------------------------------------------------------------------------------- */

static TdCircularItem *
make_item (TdDesk *self, const TdRecord *record)
{
  TdCircularItem *item = td_circular_item_new ();
  g_autofree char *title = td_record_text (record, "title");
  g_autofree char *posted = td_record_text (record, "posted");
  g_autofree char *read = td_desk_read_on (self, self->unit->key, record->id);
  TdDate day = td_date_parse_iso (posted);
  g_autofree char *shown = day == TD_DATE_NONE ? NULL : td_date_to_screen (day);

  td_item_set (&item->id, record->id);
  td_item_set (&item->type, record->type);
  td_item_set (&item->kind_label, td_words_circular (record->type));
  td_item_set (&item->title, *title == '\0' ? _ ("(without a title)") : title);
  td_item_set (&item->author, td_desk_unit_name (self, record->owner));
  td_item_set (&item->day, shown);
  item->own = is_own (self, record);
  item->draft = !td_circular_is_sent (record);
  item->waiting = item->own && !item->draft && td_desk_is_waiting (self, record->id, NULL);
  item->unread = !item->own && *read == '\0' && td_desk_is_reader (self, record);
  set_standing (self, item, record);
  return item;
}

/** td_desk_circular: see circulars.h. */
TdCircularItem *
td_desk_circular (TdDesk *self, const char *id)
{
  const TdRecord *record;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  record = self->unit == NULL ? NULL : td_desk_circular_record (self, id);
  return record == NULL ? NULL : make_item (self, record);
}

/* ---- which ones ---------------------------------------------------------------------------------- */

static gboolean
belongs (TdDesk *self, const TdRecord *record, TdBox box)
{
  g_autofree char *dropped = td_record_text (record, "dropped");

  if (box == TD_BOX_RECEIVED)
    return td_desk_is_reader (self, record);
  return is_own (self, record) && *dropped == '\0' && td_circular_is_sent (record) == (box == TD_BOX_SENT);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const TdRecord *left = *(const TdRecord *const *)a;
  const TdRecord *right = *(const TdRecord *const *)b;
  g_autofree char *left_day = td_record_text (left, "posted");
  g_autofree char *right_day = td_record_text (right, "posted");
  int days = strcmp (right_day, left_day);

  return days != 0 ? days : strcmp (right->id, left->id); /* a UUIDv7 begins with its time */
}

static void
collect (TdDesk *self, GPtrArray *records, TdBox box, const char *type)
{
  g_autofree char *term = g_strdup_printf ("type:%s", type);
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "record", term);

  for (guint i = 0; i < ids->len; i++)
    {
      const TdRecord *record = td_desk_circular_record (self, ids->pdata[i]);

      if (record != NULL && belongs (self, record, box))
        g_ptr_array_add (records, (gpointer)record);
    }
}

/** td_desk_circulars: see circulars.h. */
GListModel *
td_desk_circulars (TdDesk *self, TdBox box, const char *type)
{
  GListStore *list = g_list_store_new (TD_TYPE_CIRCULAR_ITEM);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  guint unread = 0;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  for (guint i = 0; self->unit != NULL && i < G_N_ELEMENTS (TYPES); i++)
    if (type == NULL || strcmp (type, TYPES[i]) == 0)
      collect (self, records, box, TYPES[i]);
  g_ptr_array_sort_with_data (records, compare, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (TdCircularItem) item = make_item (self, records->pdata[i]);

      g_list_store_insert (list, item->unread ? unread++ : g_list_model_get_n_items (G_LIST_MODEL (list)), item);
    }
  return G_LIST_MODEL (list);
}

/** td_desk_unread: how many pieces wait to be read. */
guint
td_desk_unread (TdDesk *self)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  guint unread = 0;

  g_return_val_if_fail (TD_IS_DESK (self), 0);

  for (guint i = 0; self->unit != NULL && i < G_N_ELEMENTS (TYPES); i++)
    collect (self, records, TD_BOX_RECEIVED, TYPES[i]);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *read = td_desk_read_on (self, self->unit->key, ((TdRecord *)records->pdata[i])->id);

      unread += *read == '\0';
    }
  return unread;
}

/* ---- what the overview says ------------------------------------------------------------------------- */

static void
add_task (
    GListStore *list, const char *id, const char *title, const char *subtitle, const char *value, const char *state)
{
  g_autoptr (TdRowItem) row = td_row_item_new ();

  td_item_set (&row->id, id);
  td_item_set (&row->title, title);
  td_item_set (&row->subtitle, subtitle);
  td_item_set (&row->value, value);
  td_item_set (&row->state, state);
  g_list_store_append (list, row);
}

static gboolean
answered_here (TdDesk *self, const TdRecord *record)
{
  g_autoptr (GPtrArray) about = td_desk_circulars_about (self, record->id, NULL);

  for (guint i = 0; i < about->len; i++)
    if (is_own (self, td_desk_circular_record (self, about->pdata[i])))
      return TRUE;
  return FALSE;
}

static void
add_open_matter (TdDesk *self, GListStore *list, const TdRecord *record)
{
  g_autofree char *title = td_record_text (record, "title");
  const char *author = td_desk_unit_name (self, record->owner);
  gboolean late;
  g_autofree char *due = td_desk_due_words (self, record, &late);

  if (answered_here (self, record)
      || !td_circular_is_for (td_desk_view (self), self->units, record, self->unit->key, TRUE))
    return;
  if (strcmp (record->type, "difficulty") == 0 && !td_desk_is_answered (self, record->id, TD_LEVELS))
    add_task (list, record->id, title, _ ("A difficulty waits for an answer"), author, "warn");
  if (strcmp (record->type, "inspection") == 0 && td_desk_unsettled (self, record, self->unit->key) > 0)
    add_task (list, record->id, title, *due == '\0' ? _ ("Inspected: to be put right") : due, author,
              late ? "late" : "warn");
}

/* Who inspected sees to it that things are put right. */
static void
add_own_inspection (TdDesk *self, GListStore *list, const TdRecord *record)
{
  g_autoptr (TdCircularItem) item = NULL;

  if (td_desk_unsettled (self, record, NULL) == 0)
    return;
  item = td_desk_circular (self, record->id);
  add_task (list, item->id, item->title, item->state_label, "", item->state);
}

/** td_desk_add_circular_tasks: what correspondence asks of this desk. */
void
td_desk_add_circular_tasks (TdDesk *self, GListStore *list)
{
  guint unread = td_desk_unread (self);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  if (unread > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%02u piece of correspondence not read",
                                                         "%02u pieces of correspondence not read", unread),
                                               unread);

      add_task (list, "place:circulars", text, _ ("Notices, inspections, difficulties, answers"), "", "warn");
    }
  collect (self, records, TD_BOX_RECEIVED, "inspection");
  collect (self, records, TD_BOX_RECEIVED, "difficulty");
  for (guint i = 0; i < records->len; i++)
    add_open_matter (self, list, records->pdata[i]);
  g_ptr_array_set_size (records, 0);
  collect (self, records, TD_BOX_SENT, "inspection");
  for (guint i = 0; i < records->len; i++)
    add_own_inspection (self, list, records->pdata[i]);
}
