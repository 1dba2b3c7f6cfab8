/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/circulars-private.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* One piece of correspondence: its particulars, what belongs to it, who has read it. */

static TdRowItem *
add_line (GListStore *list, const char *id, const char *title, const char *subtitle, const char *state)
{
  TdRowItem *row = td_row_item_new ();

  td_item_set (&row->id, id);
  td_item_set (&row->title, title);
  td_item_set (&row->subtitle, subtitle);
  td_item_set (&row->state, state);
  g_list_store_append (list, row);
  g_object_unref (row);
  return row;
}

/* ---- particulars ------------------------------------------------------------------ */

#define NAMES_MAX 6

/* Names of the units whose keys stand one a line; of a long list the first ones. */
static char *
unit_names (TdDesk *self, const char *keys)
{
  g_auto (GStrv) list = g_strsplit (keys, "\n", -1);
  guint n = g_strv_length (list);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, NAMES_MAX); i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", td_desk_unit_name (self, list[i]));
  if (n > NAMES_MAX)
    g_string_append_printf (names, ngettext (" and %u other unit", " and %u other units", n - NAMES_MAX),
                            n - NAMES_MAX);
  return g_string_free (names, FALSE);
}

static char *
words_of (TdDesk *self, const TdRecord *record, const char *path)
{
  g_autofree char *text = td_record_text (record, path);

  if (*text == '\0')
    return g_strdup ("");
  if (strcmp (path, "to") == 0)
    return unit_names (self, text);
  if (strcmp (path, "subject") == 0)
    return g_strdup (strcmp (text, "individual") == 0 ? _ ("Person") : _ ("Collective"));
  if (strcmp (path, "nomination") == 0)
    return td_desk_title (self, text);
  return td_member_shown (record->type, path, text);
}

static void
add_settled (TdDesk *self, GListStore *list, const TdRecord *record)
{
  g_autoptr (GPtrArray) units = td_record_keys (record, "done");

  for (guint i = 0; i < units->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("done/%s", (char *)units->pdata[i]);
      g_autofree char *label = td_member_label (record, record->type, path);
      g_autofree char *day = words_of (self, record, path);
      g_autofree char *words = g_strdup_printf (_ ("%s: %s"), td_desk_unit_name (self, units->pdata[i]), day);

      add_line (list, path, label, words, "ok");
    }
}

/** td_desk_circular_lines: see circulars.h. */
GListModel *
td_desk_circular_lines (TdDesk *self, const char *id)
{
  static const char *const paths[]
      = { "to", "subject", "nomination", "date", "place", "who", "follow_up", "due", "document", "authority", "where" };
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  const TdRecord *record;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  record = td_desk_circular_record (self, id);
  for (guint i = 0; record != NULL && i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *label = td_member_label (record, record->type, paths[i]);
      g_autofree char *words = words_of (self, record, paths[i]);

      if (*words != '\0')
        add_line (list, paths[i], label, words, "");
    }
  if (record != NULL)
    add_settled (self, list, record);
  return G_LIST_MODEL (list);
}

/* ---- what belongs to it ---------------------------------------------------------------- */

static void
add_piece (TdDesk *self, GListStore *list, const char *id)
{
  g_autoptr (TdCircularItem) item = td_desk_circular (self, id);

  if (item != NULL)
    g_list_store_append (list, item);
}

static void
add_before (TdDesk *self, GListStore *list, const TdRecord *record, guint depth)
{
  g_autofree char *re = td_record_text (record, "re");
  const TdRecord *matter = *re == '\0' || depth == 0 ? NULL : td_desk_circular_record (self, re);

  if (matter == NULL)
    return;
  add_before (self, list, matter, depth - 1);
  add_piece (self, list, re);
}

static void
add_after (TdDesk *self, GListStore *list, const char *id, guint depth)
{
  g_autoptr (GPtrArray) about = depth == 0 ? NULL : td_desk_circulars_about (self, id, NULL);

  for (guint i = 0; about != NULL && i < about->len; i++)
    {
      add_piece (self, list, about->pdata[i]);
      add_after (self, list, about->pdata[i], depth - 1);
    }
}

/** td_desk_circular_thread: see circulars.h. */
GListModel *
td_desk_circular_thread (TdDesk *self, const char *id)
{
  GListStore *list = g_list_store_new (TD_TYPE_CIRCULAR_ITEM);
  const TdRecord *record;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  record = self->unit == NULL ? NULL : td_desk_circular_record (self, id);
  if (record == NULL)
    return G_LIST_MODEL (list);
  add_before (self, list, record, TD_LEVELS);
  add_after (self, list, id, TD_LEVELS);
  return G_LIST_MODEL (list);
}

/* ---- who has read it ------------------------------------------------------------------------ */

/* Who is to be chased first: those who have not read it. */
static void
add_reader (TdDesk *self, GListStore *list, const TdRecord *record, const char *unit, gboolean read)
{
  g_autofree char *iso = td_desk_read_on (self, unit, record->id);
  TdDate day = td_date_parse_iso (iso);
  g_autofree char *shown = day == TD_DATE_NONE ? NULL : td_date_to_screen (day);
  g_autofree char *words = shown == NULL ? g_strdup (_ ("Not read yet")) : g_strdup_printf (_ ("Read on %s"), shown);

  if (read == (shown != NULL))
    add_line (list, unit, td_desk_unit_name (self, unit), words, shown == NULL ? "missing" : "ok");
}

/** td_desk_circular_readers: see circulars.h. */
GListModel *
td_desk_circular_readers (TdDesk *self, const char *id)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) readers = NULL;
  const TdRecord *record;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  record = td_desk_circular_record (self, id);
  if (record == NULL || self->unit == NULL || !td_unit_is (self->unit, record->owner) || !td_circular_is_sent (record))
    return G_LIST_MODEL (list);
  readers = td_circular_readers (td_desk_view (self), self->units, record);
  for (guint i = 0; i < readers->len; i++)
    add_reader (self, list, record, readers->pdata[i], FALSE);
  for (guint i = 0; i < readers->len; i++)
    add_reader (self, list, record, readers->pdata[i], TRUE);
  return G_LIST_MODEL (list);
}

/* ---- whom one may write to --------------------------------------------------------------------- */

/** td_desk_addressees: see circulars.h. */
GListModel *
td_desk_addressees (TdDesk *self, const char *query)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL)
    return G_LIST_MODEL (list);
  all = td_units_all (self->units);
  for (guint i = 0; i < all->len; i++)
    {
      const TdUnit *unit = all->pdata[i];

      if (unit == self->unit || !td_units_on_route (self->units, unit, self->unit)
          || (query != NULL && *query != '\0' && !td_text_matches (query, unit->full_name)))
        continue;
      add_line (list, unit->key, unit->full_name, unit->upper == self->unit ? "" : unit->upper->full_name, "");
    }
  return G_LIST_MODEL (list);
}
