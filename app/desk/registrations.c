/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/registrations-private.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* The merged registrations of a district and of the province (V.4): who has sent, who late, who not. */

/* ---- whose ------------------------------------------------------------------------------------ */

static gboolean
is_enterprise (const TdUnit *unit)
{
  return strcmp (unit->kind, "doanh_nghiep") == 0 || strcmp (unit->kind, "hop_tac_xa") == 0;
}

/** td_registered_scope: the kind of unit as the tables group it. */
const char *
td_registered_scope (const TdUnit *unit)
{
  if (strcmp (unit->level, "district") == 0)
    return "districts";
  if (strcmp (unit->level, "commune") == 0)
    return "communes";
  return is_enterprise (unit) ? "enterprises" : "departments";
}

static gboolean
was_there (TdDesk *self, const TdUnit *unit)
{
  TdDate limit = td_campaign_deadline (self->campaign, "registration").limit;

  return unit->valid_from <= limit && (unit->valid_to == TD_DATE_NONE || unit->valid_to >= limit);
}

/** td_registered_keys: see registrations-private.h. */
GPtrArray *
td_registered_keys (TdDesk *self, const TdUnit *unit)
{
  GPtrArray *keys = g_ptr_array_new ();
  const GPtrArray *former = unit->former;

  g_ptr_array_add (keys, unit->key);
  for (guint i = 0; former != NULL && i < former->len; i++)
    if (!was_there (self, td_units_get (self->units, former->pdata[i])))
      g_ptr_array_add (keys, former->pdata[i]);
  return keys;
}

/* After a re-organisation those who had registered keep their rows. */
static gboolean
has_predecessors_there (TdDesk *self, const TdUnit *unit)
{
  const GPtrArray *before = unit->predecessors;

  for (guint i = 0; before != NULL && i < before->len; i++)
    if (was_there (self, before->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_registered (TdDesk *self, const TdUnit *unit)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (self->campaign), unit->key, "registration");

  return td_state_dossier (td_desk_view (self), id) != NULL || td_state_receipts (td_desk_view (self), id) != NULL;
}

/* A row for each unit that was to register, whoever acts for it now, and for each that did so later
 * of its own accord. A district takes part itself; the board only gathers. */
static gboolean
is_gathered (TdDesk *self, const TdUnit *unit)
{
  if (unit->upper == NULL || !td_units_on_route (self->units, unit, self->unit))
    return FALSE;
  return was_there (self, unit) || (unit->acting == unit && has_registered (self, unit));
}

static gboolean
in_scope (TdDesk *self, const TdUnit *unit, const char *scope)
{
  const TdUnit *chosen;

  if (scope == NULL || *scope == '\0' || strcmp (td_registered_scope (unit), scope) == 0)
    return TRUE;
  chosen = td_units_get (self->units, scope);
  return chosen != NULL && td_units_on_route (self->units, unit, chosen);
}

/* ---- what is known of one ------------------------------------------------------------------------ */

/** td_registered_targets: own words, else what was handed in. */
const TdRecord *
td_registered_targets (TdDesk *self, const char *unit)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (self->campaign), unit, "targets");

  return td_desk_record (self, id);
}

static void
count_targets (TdDesk *self, TdRegistered *registered, const char *key)
{
  const TdRecord *record = td_registered_targets (self, key);
  g_autoptr (GPtrArray) targets = record == NULL ? NULL : td_record_keys (record, "target");
  g_autoptr (GPtrArray) indicators = record == NULL ? NULL : td_record_keys (record, "indicator");

  if (record == NULL)
    return;
  registered->known = TRUE;
  registered->targets += targets->len + (is_enterprise (registered->unit) ? indicators->len : 0);
  for (guint i = 0; i < targets->len; i++)
    registered->breakthrough += td_target_is_breakthrough (self, record, targets->pdata[i]);
}

/* The level whose day counts on this desk: the district's own for its communes, else the province's. */
static const TdUnit *
level_for (TdDesk *self, const TdUnit *unit)
{
  return unit->acting == self->unit ? td_desk_board (self) : self->unit;
}

static TdStanding
standing_of (TdDesk *self, const TdRegistered *registered)
{
  TdDeadline deadline = td_campaign_deadline (self->campaign, "registration");

  if (registered->dossier != NULL && strcmp (registered->dossier->stage, "withdrawn") == 0)
    return TD_STANDING_ABSENT;
  if (registered->day != TD_DATE_NONE)
    return td_deadline_met (deadline, registered->day) ? TD_STANDING_ON_TIME : TD_STANDING_LATE;
  return td_deadline_met (deadline, td_desk_today (self)) ? TD_STANDING_DUE : TD_STANDING_ABSENT;
}

/* What came on a stick only has reached nobody yet, unless a paper says so; a call counts with its content. */
static TdDate
day_of (TdDesk *self, const char *id, const TdUnit *level)
{
  GPtrArray *receipts;
  TdDate day = TD_DATE_NONE;

  if (!td_desk_is_provisional (self, id))
    return td_reached_on (td_desk_view (self), id, level);
  receipts = td_state_receipts (td_desk_view (self), id);
  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    {
      const TdReceipt *receipt = receipts->pdata[i];

      if (*receipt->code == '\0' && td_unit_is (level, receipt->level) && (day == TD_DATE_NONE || receipt->day < day))
        day = receipt->day;
    }
  return day;
}

static TdDate
first_day (TdDesk *self, const TdRegistered *registered, const TdUnit *level)
{
  /* What those before it registered, it has registered. */
  g_autoptr (GPtrArray) keys
      = registered->again ? td_unit_keys (registered->unit) : td_registered_keys (self, registered->unit);
  TdDate first = TD_DATE_NONE;

  for (guint i = 0; level != NULL && i < keys->len; i++)
    {
      g_autofree char *id = td_unit_record_id (td_campaign_id (self->campaign), keys->pdata[i], "registration");
      TdDate day = day_of (self, id, level);

      if (day != TD_DATE_NONE && (first == TD_DATE_NONE || day < first))
        first = day;
    }
  return first;
}

/* What one of td_registered_keys() adds to the row; the first that is known here gives it its dossier. */
static void
add_key (TdDesk *self, TdRegistered *registered, const char *key)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (self->campaign), key, "registration");
  TdParticipants participants;

  if (registered->dossier == NULL)
    {
      registered->dossier = td_state_dossier (td_desk_view (self), id);
      if (registered->id == NULL || registered->dossier != NULL)
        {
          g_free (registered->id);
          registered->id = g_strdup (id);
        }
    }
  count_targets (self, registered, key);
  td_gather_participants (td_desk_record (self, id), &participants);
  registered->participants.collectives += participants.collectives;
  registered->participants.individuals += participants.individuals;
  registered->participants.unsorted += participants.unsorted;
}

TdRegistered *
td_registered_new (TdDesk *self, const TdUnit *unit)
{
  TdRegistered *registered = g_new0 (TdRegistered, 1);
  g_autoptr (GPtrArray) keys = td_registered_keys (self, unit);

  registered->unit = unit;
  registered->again = !was_there (self, unit) && has_predecessors_there (self, unit);
  for (guint i = 0; i < keys->len; i++)
    add_key (self, registered, keys->pdata[i]);
  registered->day = first_day (self, registered, level_for (self, unit));
  registered->top_day = first_day (self, registered, td_desk_board (self));
  registered->standing = standing_of (self, registered);
  return registered;
}

void
td_registered_free (TdRegistered *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self);
}

/* ---- the list --------------------------------------------------------------------------------------- */

static const char *const SCOPES[] = { "districts", "departments", "enterprises", "communes" };

static int
place_of (const TdUnit *unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (SCOPES); i++)
    if (strcmp (SCOPES[i], td_registered_scope (unit)) == 0)
      return (int)i;
  return G_N_ELEMENTS (SCOPES);
}

static int
compare_units (const TdUnit *a, const TdUnit *b)
{
  int upper;

  if (place_of (a) != place_of (b))
    return place_of (a) - place_of (b);
  upper = strcmp (a->parent == NULL ? "" : a->parent, b->parent == NULL ? "" : b->parent);
  if (upper != 0)
    return upper;
  upper = td_text_compare (a->name, b->name);
  return upper != 0 ? upper : strcmp (a->key, b->key);
}

static int
compare_registered (gconstpointer a, gconstpointer b)
{
  const TdRegistered *left = *(const TdRegistered *const *)a;
  const TdRegistered *right = *(const TdRegistered *const *)b;

  return left->standing != right->standing ? (int)left->standing - (int)right->standing
                                           : compare_units (left->unit, right->unit);
}

static const char *const STANDINGS[] = { "absent", "late", "due", "ontime" };

static gboolean
has_standing (const TdRegistered *registered, const char *standing)
{
  return standing == NULL || *standing == '\0' || strcmp (STANDINGS[registered->standing], standing) == 0;
}

static gboolean
is_asked_for (const TdUnit *unit, const char *query)
{
  return query == NULL || *query == '\0' || td_text_matches (query, unit->full_name)
         || td_text_matches (query, unit->acting->full_name)
         || (unit->upper != NULL && td_text_matches (query, unit->upper->full_name));
}

GPtrArray *
td_registered_list (TdDesk *self, const TdRegistrationFilter *filter)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)td_registered_free);
  g_autoptr (GPtrArray) units = td_units_all (self->units);

  for (guint i = 0; self->unit != NULL && i < units->len; i++)
    {
      const TdUnit *unit = units->pdata[i];
      TdRegistered *registered;

      if (!is_gathered (self, unit) || (filter != NULL && !in_scope (self, unit, filter->scope))
          || (filter != NULL && !is_asked_for (unit, filter->query)))
        continue;
      registered = td_registered_new (self, unit);
      if (filter == NULL || has_standing (registered, filter->standing))
        g_ptr_array_add (list, registered);
      else
        td_registered_free (registered);
    }
  g_ptr_array_sort (list, compare_registered);
  return list;
}

/* ---- rows of units ------------------------------------------------------------------------------------ */

/* A commune handed in, and it is the province's day that counts for itself. */
static gboolean
is_on_its_way (TdDesk *self, const TdRegistered *registered)
{
  static const char *const stages[] = { "submitted", "received", NULL };
  const TdUnit *level = level_for (self, registered->unit);

  return registered->unit->acting == self->unit && registered->dossier != NULL
         && g_strv_contains (stages, registered->dossier->stage)
         && td_units_next_hop (self->units, self->unit) != level;
}

static char *
standing_label (TdDesk *self, const TdRegistered *registered)
{
  TdDate limit = td_campaign_deadline (self->campaign, "registration").limit;
  int days = registered->day - limit;

  switch (registered->standing)
    {
    case TD_STANDING_LATE:
      return g_strdup_printf (ngettext ("%d day late", "%d days late", days), days);
    case TD_STANDING_DUE:
      return g_strdup (_ ("Not due yet"));
    case TD_STANDING_ON_TIME:
      return g_strdup (_ ("On time"));
    case TD_STANDING_ABSENT:
    default:
      return g_strdup (registered->day != TD_DATE_NONE                 ? _ ("Withdrawn")
                       : td_desk_is_provisional (self, registered->id) ? _ ("Not through the centre yet")
                       : is_on_its_way (self, registered)              ? _ ("Not at the province yet")
                                                                       : _ ("Not sent"));
    }
}

static void
set_day (char **field, TdDate day)
{
  g_autofree char *text = day == TD_DATE_NONE ? NULL : td_date_to_screen (day);

  td_item_set (field, text);
}

static void
set_count (char **field, guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  td_item_set (field, text);
}

static void
set_stage (TdDesk *self, TdRegisteredItem *item, const TdRegistered *registered)
{
  const TdDossier *dossier = registered->dossier;

  if (dossier != NULL)
    {
      /* The standing says it already where no day counts. */
      gboolean provisional = registered->day != TD_DATE_NONE && td_desk_is_provisional (self, dossier->id);

      td_item_set (&item->stage, dossier->stage);
      td_item_set (&item->stage_label,
                   provisional ? _ ("Not through the centre yet") : td_words_stage (dossier->stage));
    }
  else if (registered->day != TD_DATE_NONE)
    td_item_set (&item->stage_label, _ ("On paper"));
}

static gboolean
may (TdDesk *self, const TdRegistered *registered, const char *verb)
{
  g_autofree char *why = registered->dossier == NULL ? g_strdup ("") : td_desk_why_not (self, verb, registered->id);

  return why == NULL;
}

static const char *
kind_label (const char *scope)
{
  return strcmp (scope, "districts") == 0     ? _ ("District level")
         : strcmp (scope, "communes") == 0    ? _ ("Commune level")
         : strcmp (scope, "enterprises") == 0 ? _ ("Enterprise")
                                              : _ ("Department or body");
}

/** td_registered_item: the row of one unit; owned. */
TdRegisteredItem *
td_registered_item (TdDesk *self, const TdRegistered *registered)
{
  static const char *const states[] = { "late", "warn", "info", "ok" };
  TdRegisteredItem *item = td_registered_item_new ();
  const TdUnit *unit = registered->unit;
  const TdParticipants *who = &registered->participants;
  g_autofree char *label = standing_label (self, registered);
  g_autofree char *name = td_desk_name_of_then (unit);

  td_item_set (&item->id, unit->key);
  td_item_set (&item->dossier, registered->id);
  td_item_set (&item->unit_name, name);
  td_item_set (&item->upper_name, unit->upper == NULL || unit->upper->upper == NULL ? "" : unit->upper->full_name);
  td_item_set (&item->kind_label, kind_label (td_registered_scope (unit)));
  td_item_set (&item->standing, STANDINGS[registered->standing]);
  td_item_set (&item->standing_label, label);
  td_item_set (&item->state, states[registered->standing]);
  set_day (&item->day, registered->day);
  set_day (&item->top_day, registered->top_day);
  set_stage (self, item, registered);
  if (registered->known)
    {
      set_count (&item->targets, registered->targets);
      set_count (&item->breakthrough, registered->breakthrough);
    }
  if (td_desk_record (self, registered->id) != NULL)
    set_count (&item->participants, who->collectives + who->individuals + who->unsorted);
  item->may_receive = may (self, registered, "receive");
  item->may_return = may (self, registered, "return");
  item->may_attest = unit->acting != self->unit && registered->day == TD_DATE_NONE;
  return item;
}

static gpointer
make_unit (TdDesk *self, const char *id)
{
  const TdUnit *unit = td_units_get (self->units, id);
  TdRegistered *registered = unit == NULL || self->unit == NULL ? NULL : td_registered_new (self, unit);
  TdRegisteredItem *item = registered == NULL ? NULL : td_registered_item (self, registered);

  td_registered_free (registered);
  return item;
}

GListModel *
td_desk_registered_units (TdDesk *self, const TdRegistrationFilter *filter)
{
  g_autoptr (GPtrArray) list = NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  list = td_registered_list (self, filter);
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (ids, g_strdup (((TdRegistered *)list->pdata[i])->unit->key));
  return td_desk_model_new_of (self, ids, TD_TYPE_REGISTERED_ITEM, make_unit);
}

/* ---- rows of targets ---------------------------------------------------------------------------------- */

static gpointer
make_target (TdDesk *self, const char *id)
{
  g_auto (GStrv) parts = g_strsplit (id, " ", 3);
  g_autofree char *record = td_unit_record_id (td_campaign_id (self->campaign), parts[0], "targets");

  return td_desk_target (self, record, parts[1], parts[2]);
}

static gboolean
row_matches (const TdRecord *record, const char *prefix, const char *key, const char *query)
{
  static const char *const members[] = { "name", "basis" };

  if (query == NULL || *query == '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, members[i]);
      g_autofree char *text = td_record_text (record, path);

      if (td_text_matches (query, text))
        return TRUE;
    }
  return FALSE;
}

/* The rows of one ledger, break-through ones or the others. */
static void
add_ledger (TdDesk *self,
            GPtrArray *ids,
            const TdUnit *unit,
            const char *owner,
            const char *prefix,
            const char *query,
            gboolean first)
{
  const TdRecord *record = td_registered_targets (self, owner);
  g_autoptr (GPtrArray) keys = record == NULL ? NULL : td_desk_keys (self, record->id, prefix);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const char *key = keys->pdata[i];
      gboolean breaks = strcmp (prefix, "target") == 0 && td_target_is_breakthrough (self, record, key);

      if (breaks == first && (is_asked_for (unit, query) || row_matches (record, prefix, key, query)))
        g_ptr_array_add (ids, g_strdup_printf ("%s %s %s", owner, prefix, key));
    }
}

static void
add_rows (TdDesk *self, GPtrArray *ids, const TdUnit *unit, const char *query, gboolean first)
{
  g_autoptr (GPtrArray) keys = td_registered_keys (self, unit);

  for (guint i = 0; i < keys->len; i++)
    {
      add_ledger (self, ids, unit, keys->pdata[i], "target", query, first);
      if (is_enterprise (unit))
        add_ledger (self, ids, unit, keys->pdata[i], "indicator", query, first);
    }
}

static int
compare_by_unit (gconstpointer a, gconstpointer b)
{
  return compare_units ((*(const TdRegistered *const *)a)->unit, (*(const TdRegistered *const *)b)->unit);
}

GListModel *
td_desk_registered_targets (TdDesk *self, const TdRegistrationFilter *filter)
{
  TdRegistrationFilter units
      = { filter == NULL ? NULL : filter->scope, filter == NULL ? NULL : filter->standing, NULL };
  const char *query = filter == NULL ? NULL : filter->query;
  g_autoptr (GPtrArray) list = NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  list = td_registered_list (self, &units);
  g_ptr_array_sort (list, compare_by_unit);
  for (int first = TRUE; first >= FALSE; first--)
    for (guint i = 0; i < list->len; i++)
      add_rows (self, ids, ((TdRegistered *)list->pdata[i])->unit, query, first);
  return td_desk_model_new_of (self, ids, TD_TYPE_TARGET_ITEM, make_target);
}
