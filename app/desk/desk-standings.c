/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/catalogue.h"
#include "desk/desk-private.h"
#include "dossier/gather.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* which units have not registered, held their reviews, reported. Only what
 * has come to this desk counts: received or attested, or quoted by a dossier. */

static void
set_day (char **field, TdDate day)
{
  g_autofree char *shown = day == TD_DATE_NONE ? NULL : td_date_to_screen (day);

  td_item_set (field, shown);
}

static TdDate
reached (TdDesk *self, const char *key, const char *type, const TdUnit *level)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (self->campaign), key, type);

  return level == NULL ? TD_DATE_NONE : td_reached_on (td_desk_view (self), id, level);
}

/* Whoever of those a unit follows has registered, has done so for it. */
static TdDate
registered (TdDesk *self, const TdUnit *unit)
{
  g_autoptr (GPtrArray) keys = td_unit_keys (unit);
  TdDate first = TD_DATE_NONE;

  for (guint i = 0; i < keys->len; i++)
    {
      TdDate day = reached (self, keys->pdata[i], "registration", self->unit);

      if (day != TD_DATE_NONE && (first == TD_DATE_NONE || day < first))
        first = day;
    }
  return first;
}

static TdDate
event_day (TdDesk *self, const char *key, const char *path)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (self->campaign), key, "events");
  const TdRecord *events = td_desk_record (self, id);
  g_autofree char *text = events == NULL ? NULL : td_record_text (events, path);

  return text == NULL ? TD_DATE_NONE : td_date_parse_iso (text);
}

/* What each unit does once, and where it is seen: a report that came, or a day in its ledger. */
typedef struct
{
  TdDesk *desk;
  const char *report; /* NULL: none */
  const char *path;
  gboolean ledger_first;
} Deed;

static TdDate
day_of_deed (const TdUnit *unit, const char *key, gpointer data)
{
  const Deed *deed = data;
  TdDate came = deed->report == NULL ? TD_DATE_NONE : reached (deed->desk, key, deed->report, unit->upper);
  TdDate written = event_day (deed->desk, key, deed->path);

  if (deed->ledger_first)
    return written != TD_DATE_NONE ? written : came;
  return came != TD_DATE_NONE ? came : written;
}

static void
set_deed (TdDesk *self, char **field, const TdUnit *unit, const char *report, const char *path, gboolean ledger_first)
{
  Deed deed = { self, report, path, ledger_first };

  set_day (field, td_gather_followed_day (unit, day_of_deed (unit, unit->key, &deed), day_of_deed, &deed));
}

static guint
count_sent (TdDesk *self, const TdUnit *unit)
{
  g_autofree char *term = g_strdup_printf ("submitter:%s", unit->key);
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "dossier", term);
  guint sent = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);

      sent += dossier != NULL && strcmp (dossier->type, "nomination") == 0 && strcmp (dossier->stage, "withdrawn") != 0;
    }
  return sent;
}

static void
set_lacks (TdStandingItem *item)
{
  const char *lacks[6] = { NULL };
  g_autofree char *text = NULL;
  guint n = 0;

  if (*item->registered == '\0')
    lacks[n++] = _ ("registration");
  if (*item->interim == '\0')
    lacks[n++] = _ ("interim review");
  if (*item->final == '\0')
    lacks[n++] = _ ("final review");
  if (*item->report == '\0')
    lacks[n++] = _ ("report");
  if (strcmp (item->dossiers, "0") == 0)
    lacks[n++] = _ ("dossiers");
  text = g_strjoinv (", ", (char **)lacks);
  td_item_set (&item->lacks, text);
}

static void
add_standing (TdDesk *self, GListStore *list, const TdUnit *unit, const TdRecord *block)
{
  g_autoptr (TdStandingItem) item = td_standing_item_new ();
  g_autofree char *sent = g_strdup_printf ("%u", count_sent (self, unit));
  g_autofree char *name = block == NULL ? NULL : td_record_text (block, "name");
  g_autofree char *charge = block == NULL ? NULL : td_record_text (block, "in_charge");

  td_item_set (&item->id, unit->key);
  td_item_set (&item->unit_name, unit->full_name);
  td_item_set (&item->block, name);
  td_item_set (&item->in_charge, charge);
  set_day (&item->registered, registered (self, unit));
  set_deed (self, &item->interim, unit, "interim_report", "interim/date", TRUE);
  set_deed (self, &item->final, unit, NULL, "final/date", TRUE);
  set_deed (self, &item->report, unit, "report", "report/date", FALSE);
  td_item_set (&item->dossiers, sent);
  set_lacks (item);
  g_list_store_append (list, item);
}

/* ---- which units ---------------------------------------------------------------------- */

/* Who acts today for the unit a block lists. */
static const TdUnit *
unit_of (TdDesk *self, const char *code)
{
  const TdUnit *unit = td_units_body (self->units, code, td_desk_today (self));

  if (unit == NULL)
    unit = td_units_by_code (self->units, code, td_campaign_start (self->campaign));
  return unit == NULL ? NULL : unit->acting;
}

static void
add_block (TdDesk *self, GListStore *list, const TdRecord *block)
{
  g_autoptr (GPtrArray) codes = td_record_keys (block, "unit");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < codes->len; i++)
    {
      const TdUnit *unit = unit_of (self, codes->pdata[i]);

      if (unit != NULL && g_hash_table_add (seen, (gpointer)unit))
        add_standing (self, list, unit, block);
    }
}

static gboolean
is_in_a_block (TdDesk *self, const TdUnit *unit)
{
  g_autoptr (TdUnitFacts) facts = td_gather_unit (td_desk_view (self), self->campaign, self->units, unit->key);

  return facts->in_block;
}

/* Those right below that @all or no block lists. */
static void
add_children (TdDesk *self, GListStore *list, gboolean all)
{
  g_autoptr (GPtrArray) children = td_units_children (self->units, self->unit);

  for (guint i = 0; i < children->len; i++)
    if (all || !is_in_a_block (self, children->pdata[i]))
      add_standing (self, list, children->pdata[i], NULL);
}

static int
compare_standings (gconstpointer a, gconstpointer b, gpointer data)
{
  const TdStandingItem *left = a;
  const TdStandingItem *right = b;
  int blocks = td_text_compare (left->block, right->block);

  if ((*left->block == '\0') != (*right->block == '\0'))
    return *left->block == '\0' ? 1 : -1;
  return blocks != 0 ? blocks : td_text_compare (left->unit_name, right->unit_name);
}

static void
add_blocks (TdDesk *self, GListStore *list, const char *wanted)
{
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "record", "type:block");

  for (guint i = 0; i < ids->len; i++)
    {
      const TdRecord *block = td_state_record (td_desk_view (self), ids->pdata[i]);

      if (block != NULL && (*wanted == '\0' || strcmp (wanted, block->id) == 0))
        add_block (self, list, block);
    }
}

GListModel *
td_desk_standings (TdDesk *self, const char *block)
{
  GListStore *list = g_list_store_new (TD_TYPE_STANDING_ITEM);

  g_return_val_if_fail (TD_IS_DESK (self) && block != NULL, NULL);

  if (self->unit == NULL)
    return G_LIST_MODEL (list);
  if (td_desk_seat (self) != TD_SEAT_BOARD)
    add_children (self, list, TRUE);
  else
    {
      if (strcmp (block, TD_BLOCK_NONE) != 0)
        add_blocks (self, list, block);
      if (*block == '\0' || strcmp (block, TD_BLOCK_NONE) == 0)
        add_children (self, list, FALSE);
    }
  g_list_store_sort (list, compare_standings, NULL);
  return G_LIST_MODEL (list);
}
