/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/progress.h"

#include "desk/desk-private.h"
#include "dossier/gather.h"

#include <glib/gi18n.h>
#include <string.h>

/* Counts for those who lead the work: dossiers by stage, category and unit;
 * persons against the quota of the plan. */

static const char *const STAGES[] = { "draft",       "returned", "submitted", "received",     "in_council", "endorsed",
                                      "at_chairman", "decided",  "awarded",   "not_proposed", "withdrawn" };

typedef struct
{
  guint stages[G_N_ELEMENTS (STAGES)];
  guint all;
} Count;

static void
count_in (Count *count, const char *stage)
{
  for (guint i = 0; i < G_N_ELEMENTS (STAGES); i++)
    if (strcmp (STAGES[i], stage) == 0)
      {
        count->stages[i]++;
        count->all++;
      }
}

static void
add_row (GListStore *list, const char *id, const char *title, const char *subtitle, guint value, const char *state)
{
  g_autoptr (TdRowItem) row = td_row_item_new ();
  g_autofree char *number = g_strdup_printf ("%u", value);

  td_item_set (&row->id, id);
  td_item_set (&row->title, title);
  td_item_set (&row->subtitle, subtitle);
  td_item_set (&row->value, number);
  td_item_set (&row->state, state);
  g_list_store_append (list, row);
}

/* Nominations of others that this desk may see; calls @func for each. */
typedef void (*EachFunc) (TdDesk *self, const TdDossier *dossier, gpointer data);

static void
each_nomination (TdDesk *self, EachFunc func, gpointer data)
{
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "dossier", "all");

  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);

      if (dossier != NULL && strcmp (dossier->type, "nomination") == 0)
        func (self, dossier, data);
    }
}

static void
count_any (TdDesk *self, const TdDossier *dossier, gpointer data)
{
  count_in (data, dossier->stage);
}

GListModel *
td_desk_flow (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  Count count = { 0 };

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  each_nomination (self, count_any, &count);
  for (guint i = 0; i < G_N_ELEMENTS (STAGES); i++)
    {
      g_autofree char *share = NULL;

      if (count.stages[i] == 0)
        continue;
      share = g_strdup_printf ("%u", count.stages[i] * 1000 / count.all);
      add_row (list, STAGES[i], td_words_stage (STAGES[i]), share, count.stages[i], "info");
    }
  return G_LIST_MODEL (list);
}

/* "Đã trình: 3 · Đã tiếp nhận: 2" */
static char *
stages_text (const Count *count)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (STAGES); i++)
    if (count->stages[i] > 0)
      g_string_append_printf (text, "%s%s: %u", text->len == 0 ? "" : " · ", td_words_stage (STAGES[i]),
                              count->stages[i]);
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *category;
  gboolean persons; /* persons have no category of their own */
  Count count;
} OfCategory;

static gboolean
is_person (TdDesk *self, const TdDossier *dossier)
{
  const TdRecord *record = td_desk_record (self, dossier->id);
  g_autofree char *subject = record == NULL ? g_strdup ("") : td_record_text (record, "subject");

  return strcmp (subject, "individual") == 0;
}

static void
count_category (TdDesk *self, const TdDossier *dossier, gpointer data)
{
  OfCategory *of = data;
  gboolean person = is_person (self, dossier);

  if (person == of->persons && (person || strcmp (td_desk_category (self, dossier), of->category) == 0))
    count_in (&of->count, dossier->stage);
}

GListModel *
td_desk_flow_by_category (TdDesk *self)
{
  static const char *const categories[] = { "a", "b", "c", "d", "" };
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (categories); i++)
    {
      gboolean persons = i == G_N_ELEMENTS (categories);
      OfCategory of = { persons ? "" : categories[i], persons, { { 0 }, 0 } };
      g_autofree char *title = NULL;
      g_autofree char *text = NULL;

      each_nomination (self, count_category, &of);
      if (of.count.all == 0)
        continue;
      title = persons                ? g_strdup (_ ("Persons"))
              : *of.category == '\0' ? g_strdup (_ ("Collectives without a group of criteria"))
                                     : g_strdup_printf (_ ("Collectives, group %s"), of.category);
      text = stages_text (&of.count);
      add_row (list, persons ? "persons" : of.category, title, text, of.count.all, "info");
    }
  return G_LIST_MODEL (list);
}

typedef struct
{
  const TdUnit *unit;
  Count count;
} OfUnit;

static void
count_unit (TdDesk *self, const TdDossier *dossier, gpointer data)
{
  OfUnit *of = data;
  const TdUnit *owner = td_units_get (self->units, dossier->owner);

  if (owner != NULL && (owner == of->unit || td_units_on_route (self->units, owner, of->unit)))
    count_in (&of->count, dossier->stage);
}

GListModel *
td_desk_flow_by_unit (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) children = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  children = self->unit == NULL ? g_ptr_array_new () : td_units_children (self->units, self->unit);
  for (guint i = 0; i < children->len; i++)
    {
      OfUnit of = { children->pdata[i], { { 0 }, 0 } };
      g_autofree char *text = NULL;

      each_nomination (self, count_unit, &of);
      text = stages_text (&of.count);
      if (of.count.all > 0)
        add_row (list, of.unit->key, of.unit->full_name, text, of.count.all, "info");
    }
  return G_LIST_MODEL (list);
}

/* ---- the quota ----------------------------------------------------------------------------------- */

typedef struct
{
  int used, own, most;
  char *led; /* programmes it leads, with commas between */
} Quota;

static Quota
quota_of (TdDesk *self, const TdUnit *unit, const char *submission)
{
  TdState *view = td_desk_view (self);
  g_autoptr (TdUnitFacts) facts = td_gather_unit (view, self->campaign, self->units, unit->key);
  g_autoptr (GString) led = g_string_new (NULL);
  Quota quota = { 0 };

  for (guint i = 0; i < facts->led->len; i++)
    g_string_append_printf (led, "%s“%s”", i == 0 ? "" : ", ", ((TdProject *)facts->led->pdata[i])->name);
  quota.used = td_count_persons (view, unit, submission);
  quota.own = td_count_persons_of (view, unit, submission, unit->key);
  quota.most = td_campaign_quota (self->campaign, unit, facts->led->len > 0);
  quota.led = g_strdup (led->str);
  return quota;
}

/* Why it is as many, and of whom. */
static char *
quota_parts (const TdUnit *unit, const Quota *quota)
{
  GString *text = g_string_new (NULL);

  if (quota->used > quota->own)
    g_string_append_printf (text, _ ("own %d, of the units below %d"), quota->own, quota->used - quota->own);
  if (*quota->led != '\0' && quota->most > unit->individual_quota)
    {
      g_string_append (text, text->len > 0 ? "; " : "");
      g_string_append_printf (text, _ ("charged with leading %s"), quota->led);
    }
  return g_string_free (text, FALSE);
}

GListModel *
td_desk_quotas (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) children = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  children = self->unit == NULL ? g_ptr_array_new () : td_units_children (self->units, self->unit);
  for (guint i = 0; i < children->len; i++)
    {
      const TdUnit *unit = children->pdata[i];
      Quota quota = quota_of (self, unit, NULL);
      g_autofree char *parts = quota_parts (unit, &quota);
      g_autofree char *value = g_strdup_printf ("%02d/%02d", quota.used, quota.most);
      TdRowItem *row;

      g_free (quota.led);
      if (quota.used == 0 || quota.most < 0)
        continue;
      add_row (list, unit->key, unit->full_name, parts, 0, quota.used > quota.most ? "late" : "ok");
      row = g_list_model_get_item (G_LIST_MODEL (list), g_list_model_get_n_items (G_LIST_MODEL (list)) - 1);
      td_item_set (&row->value, value);
      g_object_unref (row);
    }
  return G_LIST_MODEL (list);
}

/**
 * td_desk_quota_text:
 * @over: (out): whether more are proposed than may be
 *
 * Returns: (transfer full): the counter wherever persons are chosen, with the open letter's counted in
 */
char *
td_desk_quota_text (TdDesk *self, gboolean *over)
{
  const TdRecord *open;
  g_autofree char *parts = NULL;
  g_autofree char *led = NULL;
  GString *text;
  Quota quota;

  g_return_val_if_fail (TD_IS_DESK (self) && over != NULL, NULL);

  *over = FALSE;
  if (self->unit == NULL || self->unit->upper == NULL)
    return g_strdup ("");
  open = td_desk_open_submission (self);
  quota = quota_of (self, self->unit, open == NULL ? NULL : open->id);
  led = quota.led;
  parts = quota_parts (self->unit, &quota);
  text = g_string_new (NULL);
  if (quota.most < 0)
    g_string_append_printf (text, _ ("Persons proposed: %d; they are chosen within the number of %s."), quota.used,
                            self->unit->upper->full_name);
  else
    g_string_append_printf (text, _ ("Persons proposed: %d of %d"), quota.used, quota.most);
  if (*parts != '\0')
    g_string_append_printf (text, " (%s)", parts);
  *over = quota.most >= 0 && quota.used > quota.most;
  if (*over)
    g_string_append_printf (text, _ (". Exceeded by %d: leave some out before handing in."), quota.used - quota.most);
  return g_string_free (text, FALSE);
}
