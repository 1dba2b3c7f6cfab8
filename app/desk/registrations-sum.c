/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/dated.h"
#include "desk/registrations-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the board reports to UBND tỉnh (V.4), the choices of the tables, and the tables as text. */

static const struct
{
  const char *scope;
  const char *title;
} SCOPES[] = {
  { "districts", N_ ("Districts, towns, cities") },
  { "departments", N_ ("Departments, bodies, mass organisations") },
  { "enterprises", N_ ("Enterprises, cooperatives") },
  { "communes", N_ ("Communes, wards, townships") },
};

/* ---- sums ------------------------------------------------------------------------------------------ */

typedef struct
{
  guint units, registered, late, absent, targets, breakthrough, collectives, individuals, unsorted;
} Sums;

static void
add_registered (Sums *sums, const TdRegistered *registered)
{
  gboolean came = registered->standing == TD_STANDING_LATE || registered->standing == TD_STANDING_ON_TIME;

  if (!registered->again)
    {
      sums->units++;
      sums->registered += came;
      sums->late += registered->standing == TD_STANDING_LATE;
      sums->absent += registered->standing == TD_STANDING_ABSENT;
    }
  sums->targets += registered->targets;
  sums->breakthrough += registered->breakthrough;
  sums->collectives += registered->participants.collectives;
  sums->individuals += registered->participants.individuals;
  sums->unsorted += registered->participants.unsorted;
}

static void
set_count (char **field, guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  td_item_set (field, text);
}

static void
append_sums (GListStore *list, const char *title, const Sums *sums)
{
  g_autoptr (TdSumItem) item = td_sum_item_new ();

  td_item_set (&item->title, title);
  set_count (&item->units, sums->units);
  set_count (&item->registered, sums->registered);
  set_count (&item->late, sums->late);
  set_count (&item->absent, sums->absent);
  set_count (&item->targets, sums->targets);
  set_count (&item->breakthrough, sums->breakthrough);
  set_count (&item->collectives, sums->collectives);
  set_count (&item->individuals, sums->individuals);
  set_count (&item->unsorted, sums->unsorted);
  g_list_store_append (list, item);
}

GListModel *
td_desk_registration_sums (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_SUM_ITEM);
  g_autoptr (GPtrArray) all = NULL;
  Sums total = { 0 };

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  all = td_registered_list (self, NULL);
  for (guint s = 0; s < G_N_ELEMENTS (SCOPES); s++)
    {
      Sums sums = { 0 };

      for (guint i = 0; i < all->len; i++)
        if (strcmp (td_registered_scope (((TdRegistered *)all->pdata[i])->unit), SCOPES[s].scope) == 0)
          {
            add_registered (&sums, all->pdata[i]);
            add_registered (&total, all->pdata[i]);
          }
      if (sums.units > 0)
        append_sums (list, _ (SCOPES[s].title), &sums);
    }
  append_sums (list, _ ("Total"), &total);
  return G_LIST_MODEL (list);
}

/* ---- choices ------------------------------------------------------------------------------------------ */

static void
append_scope (GListStore *list, const char *id, const char *title)
{
  g_autoptr (TdRowItem) row = td_row_item_new ();

  td_item_set (&row->id, id);
  td_item_set (&row->title, title);
  g_list_store_append (list, row);
}

/* The board chooses among kinds and districts, a district among its communes. */
GListModel *
td_desk_registration_scopes (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) children = NULL;
  gboolean top;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  append_scope (list, "", _ ("All units"));
  if (self->unit == NULL)
    return G_LIST_MODEL (list);
  top = self->unit->upper == NULL;
  for (guint i = 0; top && i < G_N_ELEMENTS (SCOPES); i++)
    append_scope (list, SCOPES[i].scope, _ (SCOPES[i].title));
  children = td_units_children (self->units, self->unit);
  for (guint i = 0; i < children->len; i++)
    {
      const TdUnit *unit = children->pdata[i];

      if (!top || strcmp (td_registered_scope (unit), "districts") == 0)
        append_scope (list, unit->key, unit->full_name);
    }
  return G_LIST_MODEL (list);
}

/* ---- text ----------------------------------------------------------------------------------------------- */

/* One cell stays one cell, and no words of a unit become a formula of the reader's. */
static void
append_cell (GString *text, const char *cell, gboolean last)
{
  gboolean formula
      = *cell != '\0' && (strchr ("=@", *cell) != NULL || (strchr ("+-", *cell) != NULL && !g_ascii_isdigit (cell[1])));

  if (formula)
    g_string_append_c (text, ' ');
  for (; *cell != '\0'; cell++)
    g_string_append_c (text, *cell == '\t' || *cell == '\n' || *cell == '\r' ? ' ' : *cell);
  g_string_append_c (text, last ? '\n' : '\t');
}

static void
append_line (GString *text, const char *const *cells, guint n)
{
  for (guint i = 0; i < n; i++)
    append_cell (text, cells[i], i + 1 == n);
}

static void
append_unit (GString *text, TdRegisteredItem *item)
{
  const char *const cells[]
      = { item->unit_name, item->upper_name,  item->kind_label, item->standing_label, item->day,
          item->top_day,   item->stage_label, item->targets,    item->breakthrough,   item->participants };

  append_line (text, cells, G_N_ELEMENTS (cells));
}

static void
append_target (GString *text, TdTargetItem *item)
{
  const char *const cells[]
      = { item->unit_name,    item->name,    item->measure,     item->plan,        item->by_half_year,
          item->actual,       item->percent, item->state_label, item->result_date, item->note,
          item->breakthrough, item->phase,   item->basis,       item->evidence };

  append_line (text, cells, G_N_ELEMENTS (cells));
}

static void
append_sum (GString *text, TdSumItem *item)
{
  const char *const cells[]
      = { item->title,   item->units,        item->registered,  item->late,        item->absent,
          item->targets, item->breakthrough, item->collectives, item->individuals, item->unsorted };

  append_line (text, cells, G_N_ELEMENTS (cells));
}

static void
append_heading (TdDesk *self, GString *text, TdRegistrationTable table)
{
  g_autofree char *set = td_desk_dated (self, _ ("Set to {year}"));
  g_autofree char *by = td_desk_dated (self, _ ("To reach by {last}"));
  const char *const units[] = { _ ("Unit"),         _ ("Belongs to"),      _ ("Kind of unit"), _ ("Registration"),
                                _ ("Day received"), _ ("At the province"), _ ("Stage"),        _ ("Targets"),
                                _ ("Breakthrough"), _ ("Participants") };
  const char *const targets[] = { _ ("Unit"),
                                  _ ("Target"),
                                  _ ("Unit of measure"),
                                  set,
                                  by,
                                  _ ("Result"),
                                  _ ("Rate"),
                                  _ ("State"),
                                  _ ("Day of the result"),
                                  _ ("Remark"),
                                  _ ("Breakthrough"),
                                  _ ("Phase"),
                                  _ ("Document it rests on"),
                                  _ ("Evidence") };
  const char *const sums[]
      = { _ ("Kind of unit"), _ ("Units"),        _ ("Registered"),  _ ("Of them late"), _ ("Not sent"),
          _ ("Targets"),      _ ("Breakthrough"), _ ("Collectives"), _ ("Persons"),      _ ("Kind not stated") };

  if (table == TD_TABLE_UNITS)
    append_line (text, units, G_N_ELEMENTS (units));
  else if (table == TD_TABLE_TARGETS)
    append_line (text, targets, G_N_ELEMENTS (targets));
  else
    append_line (text, sums, G_N_ELEMENTS (sums));
}

static GListModel *
rows_of (TdDesk *self, TdRegistrationTable table, const TdRegistrationFilter *filter)
{
  if (table == TD_TABLE_UNITS)
    return td_desk_registered_units (self, filter);
  return table == TD_TABLE_TARGETS ? td_desk_registered_targets (self, filter) : td_desk_registration_sums (self);
}

char *
td_desk_registrations_text (TdDesk *self, TdRegistrationTable table, const TdRegistrationFilter *filter)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GListModel) rows = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  rows = rows_of (self, table, filter);
  append_heading (self, text, table);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (rows, i);

      if (table == TD_TABLE_UNITS)
        append_unit (text, TD_REGISTERED_ITEM (item));
      else if (table == TD_TABLE_TARGETS)
        append_target (text, TD_TARGET_ITEM (item));
      else
        append_sum (text, TD_SUM_ITEM (item));
    }
  return g_string_free (text, FALSE);
}
