/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/circulars-private.h"
#include "desk/desk-private.h"
#include "desk/transfer.h"
#include "desk/desk-reports.h"
#include "dossier/gather.h"

#include <glib/gi18n.h>
#include <string.h>

/* The overview: what is due, what is to be done, and how the units below stand. */

static TdRowItem *
add_row (
    GListStore *list, const char *id, const char *title, const char *subtitle, const char *value, const char *state)
{
  TdRowItem *row = td_row_item_new ();

  td_item_set (&row->id, id);
  td_item_set (&row->title, title);
  td_item_set (&row->subtitle, subtitle);
  td_item_set (&row->value, value);
  td_item_set (&row->state, state);
  g_list_store_append (list, row);
  g_object_unref (row);
  return row;
}

/* ---- deadlines --------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *title;
  const char *place;
} Due;

/* "đến hết ngày" or "trước ngày", as the plan has it. */
static char *
limit_text (TdDeadline deadline)
{
  g_autofree char *day = td_date_to_screen (deadline.limit);

  return g_strdup_printf (deadline.inclusive ? _ ("until the end of %s") : _ ("before %s"), day);
}

static char *
days_left (TdDeadline deadline, TdDate today)
{
  TdDate last = deadline.inclusive ? deadline.limit : deadline.limit - 1;
  int days = last - today;

  if (days < 0)
    return g_strdup (_ ("past"));
  if (days == 0)
    return g_strdup (_ ("today is the last day"));
  return g_strdup_printf (ngettext ("%d day left", "%d days left", days), days);
}

static gboolean
is_done (TdDesk *self, const char *name)
{
  g_autoptr (TdUnitFacts) facts = NULL;

  if (self->unit == NULL || self->unit->upper == NULL)
    return FALSE;
  facts = td_gather_unit (td_desk_view (self), self->campaign, self->units, self->unit->key);
  if (strcmp (name, "registration") == 0)
    return facts->registration_received != TD_DATE_NONE;
  if (strcmp (name, "final_report") == 0)
    return facts->report_sent_on != TD_DATE_NONE;
  if (strcmp (name, "nomination") == 0)
    {
      g_autofree char *term = g_strdup_printf ("submitter:%s", self->unit->key);
      g_autoptr (GPtrArray) sent = td_state_list (td_desk_view (self), "dossier", term);

      return sent->len > 0;
    }
  return FALSE;
}

/* The board hands in nothing: all but the review are the other units' deadlines. */
static gboolean
is_of_others (TdDesk *self, const char *name)
{
  return self->unit != NULL && self->unit->upper == NULL && strcmp (name, "review") != 0;
}

GListModel *
td_desk_deadlines (TdDesk *self)
{
  static const Due dues[] = { { "registration", N_ ("Registration to take part"), "place:targets" },
                              { "final_report", N_ ("Final report"), "place:reviews" },
                              { "nomination", N_ ("Dossiers proposed for award"), "place:dossiers" },
                              { "review", N_ ("Appraisal and the Council's opinion"), "place:review" } };
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  TdDate today;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  today = td_desk_today (self);
  for (guint i = 0; i < G_N_ELEMENTS (dues); i++)
    {
      TdDeadline deadline = td_campaign_deadline (self->campaign, dues[i].name);
      g_autofree char *limit = limit_text (deadline);
      g_autofree char *left = days_left (deadline, today);
      gboolean done = is_done (self, dues[i].name);
      gboolean met = td_deadline_met (deadline, today) || is_of_others (self, dues[i].name);

      if (deadline.limit == TD_DATE_NONE)
        continue;
      add_row (list, dues[i].place, _ (dues[i].title), limit, done ? _ ("done") : left,
               done                          ? "ok"
               : !met                        ? "late"
               : deadline.limit - today <= 7 ? "warn"
                                             : "info");
    }
  return G_LIST_MODEL (list);
}

/* ---- tasks ---------------------------------------------------------------------------------------------- */

static void
add_problems (TdDesk *self, GListStore *list)
{
  g_autoptr (GListModel) problems = td_desk_problems (self);
  guint n = g_list_model_get_n_items (problems);
  g_autofree char *text = NULL;

  if (n == 0)
    return;
  text = g_strdup_printf (ngettext ("%u thing needs a decision", "%u things need a decision", n), n);
  add_row (list, "place:exchange", text, _ ("Refused steps and fields with two values"), "", "warn");
}

static void
add_clock (TdDesk *self, GListStore *list)
{
  g_autofree char *text = td_desk_clock_text (self);

  if (*text != '\0')
    add_row (list, "place:exchange", _ ("The clock of this machine is wrong"), text, "", "warn");
}

static gboolean
is_ours (TdDesk *self, const TdDossier *dossier)
{
  return td_holds (dossier, self->unit);
}

/* What one dossier asks of this desk; NULL: nothing. */
static const char *
task_for (TdDesk *self, const TdDossier *dossier)
{
  gboolean own = td_owns (self->units, dossier, self->unit);
  gboolean top = self->unit->upper == NULL;
  gboolean again = FALSE;
  g_autoptr (GPtrArray) opinions = NULL;

  if (td_is_asked (dossier, self->unit))
    {
      opinions = td_state_opinions (td_desk_view (self), dossier->id);
      for (guint i = 0; i < opinions->len; i++)
        if (strcmp (((TdEntry *)opinions->pdata[i])->verb, "review") == 0)
          {
            if (strcmp (((TdEntry *)opinions->pdata[i])->digest, dossier->digest) == 0)
              return NULL;
            again = TRUE;
          }
      return again ? _ ("The dossier has changed since the opinion: review it again")
                   : _ ("The board asks for an opinion");
    }
  if (!is_ours (self, dossier))
    return NULL;
  if (strcmp (dossier->stage, "returned") == 0)
    return own ? _ ("Returned: correct it and hand it in again") : _ ("Returned from above: correct or pass it down");
  if (own)
    return NULL;
  if (strcmp (dossier->stage, "submitted") == 0)
    return _ ("To be received");
  if (strcmp (dossier->stage, "received") == 0 && strcmp (dossier->type, "report") == 0)
    return NULL;
  if (strcmp (dossier->stage, "received") == 0)
    return top ? _ ("To be appraised") : _ ("To be chosen or returned");
  if (strcmp (dossier->stage, "endorsed") == 0)
    return _ ("To be handed to the Chairman");
  return strcmp (dossier->stage, "at_chairman") == 0 ? _ ("The decision is to be recorded") : NULL;
}

static void
add_dossiers (TdDesk *self, GListStore *list)
{
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "dossier", "all");

  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);
      const char *task = dossier == NULL ? NULL : task_for (self, dossier);
      g_autofree char *title = task == NULL ? NULL : td_desk_title (self, dossier->id);

      if (task != NULL)
        add_row (list, dossier->id, title, task, td_desk_unit_name (self, dossier->owner),
                 strcmp (dossier->stage, "returned") == 0 ? "warn" : "info");
    }
}

static void
add_drafts (TdDesk *self, GListStore *list)
{
  g_autoptr (GPtrArray) ids = td_desk_list_own (self, "dossier", "owner", "");
  guint drafts = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);

      drafts += dossier != NULL && strcmp (dossier->type, "nomination") == 0 && strcmp (dossier->stage, "draft") == 0;
    }
  if (self->unit->upper == NULL || drafts == 0)
    return;
  text = g_strdup_printf (ngettext ("%02u draft to finish and hand in", "%02u drafts to finish and hand in", drafts),
                          drafts);
  add_row (list, "place:dossiers", text, "", "", "info");
}

static void
add_ledger (TdDesk *self, GListStore *list)
{
  g_autoptr (GListModel) findings = td_desk_unit_findings (self);
  guint missing = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TdFindingItem) item = g_list_model_get_item (findings, i);

      missing += strcmp (item->verdict, "unknown") == 0 || strcmp (item->verdict, "fail") == 0;
    }
  if (missing == 0)
    return;
  text = g_strdup_printf (ngettext ("%02u point of the unit's ledger is open",
                                    "%02u points of the unit's ledger are open", missing),
                          missing);
  add_row (list, "place:targets", text, _ ("Targets, ratings, launch, reviews"), "", "missing");
}

static void
add_gate (TdDesk *self, GListStore *list)
{
  g_autoptr (TdRowItem) gate = td_desk_gate_task (self);

  if (gate != NULL)
    g_list_store_append (list, gate);
}

GListModel *
td_desk_tasks (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL)
    return G_LIST_MODEL (list);
  td_desk_add_reorganised (self, list);
  add_problems (self, list);
  add_clock (self, list);
  td_desk_add_circular_tasks (self, list);
  add_dossiers (self, list);
  add_drafts (self, list);
  add_gate (self, list);
  if (self->unit->upper != NULL)
    add_ledger (self, list);
  return G_LIST_MODEL (list);
}

/* ---- the units below ------------------------------------------------------------------------------------- */

typedef struct
{
  guint sent;
  guint returned;
  gboolean registered;
} Below;

/* What of @child's, or of those below it, has come up to this desk. */
static void
count_below (TdDesk *self, const TdUnit *child, Below *below)
{
  g_autofree char *term = g_strdup_printf ("submitter:%s", child->key);
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "dossier", term);

  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);

      if (dossier == NULL)
        continue;
      if (strcmp (dossier->type, "registration") == 0 && td_owns (self->units, dossier, child))
        below->registered = TRUE;
      if (strcmp (dossier->type, "nomination") != 0)
        continue;
      below->sent++;
      below->returned += strcmp (dossier->stage, "returned") == 0;
    }
}

static gboolean
is_registered (TdDesk *self, const TdUnit *child)
{
  g_autoptr (GPtrArray) keys = td_unit_keys (child);

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *id = td_unit_record_id (td_campaign_id (self->campaign), keys->pdata[i], "registration");

      if (td_reached_on (td_desk_view (self), id, self->unit) != TD_DATE_NONE)
        return TRUE;
    }
  return FALSE;
}

static void
add_below (TdDesk *self, GListStore *list, const TdUnit *child)
{
  Below below = { 0, 0, FALSE };
  TdDeadline deadline = td_campaign_deadline (self->campaign, "nomination");
  gboolean late = !td_deadline_met (deadline, td_desk_today (self));
  g_autofree char *sent = NULL;
  g_autofree char *value = NULL;

  count_below (self, child, &below);
  below.registered = below.registered || is_registered (self, child);
  sent = g_strdup_printf (ngettext ("%u dossier", "%u dossiers", below.sent), below.sent);
  value = below.returned == 0 ? g_strdup (sent) : g_strdup_printf (_ ("%s, %u returned"), sent, below.returned);
  add_row (list, child->key, child->full_name, below.registered ? _ ("Registered") : _ ("Not registered yet"), value,
           below.sent > 0 ? (below.returned > 0 ? "warn" : "ok")
           : late         ? "late"
                          : "missing");
}

GListModel *
td_desk_units_below (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) children = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL)
    return G_LIST_MODEL (list);
  children = td_units_children (self->units, self->unit);
  for (guint i = 0; i < children->len; i++)
    add_below (self, list, children->pdata[i]);
  return G_LIST_MODEL (list);
}
