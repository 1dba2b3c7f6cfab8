/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-reports.h"

#include "campaign/report-plan.h"
#include "dossier/gather.h"

#include <glib/gi18n.h>
#include <string.h>

/* One report: its sections, its figures, and when it reached the level above. */

char *
td_desk_report (TdDesk *self, gboolean interim)
{
  return td_desk_ledger (self, interim ? "interim_report" : "report");
}

/** td_report_of: the id of @unit's report; owned. */
char *
td_report_of (TdDesk *self, const char *unit, gboolean interim)
{
  return td_unit_record_id (td_campaign_id (self->campaign), unit, interim ? "interim_report" : "report");
}

/** td_report_is_interim: which of its owner's two reports @id is. */
gboolean
td_report_is_interim (TdDesk *self, const char *owner, const char *id)
{
  g_autofree char *interim = td_report_of (self, owner, TRUE);

  return strcmp (interim, id) == 0;
}

/** td_report_title: "Báo cáo tổng kết", as the plan calls it. */
const char *
td_report_title (TdDesk *self, gboolean interim)
{
  const TdReportPlan *plan = td_campaign_report (self->campaign);

  return interim ? plan->interim_title : plan->final_title;
}

/* ---- sections --------------------------------------------------------------------------- */

/** td_report_section_label: "I. Tình hình…"; owned, NULL where @path is no section. */
char *
td_report_section_label (TdDesk *self, const char *path)
{
  const TdReportPlan *plan = td_campaign_report (self->campaign);

  for (guint i = 0; g_str_has_prefix (path, "section/") && i < plan->sections->len; i++)
    {
      const TdReportSection *section = plan->sections->pdata[i];
      g_autofree char *numeral = td_report_numeral (i);

      if (strcmp (section->key, path + strlen ("section/")) == 0)
        return g_strdup_printf ("%s. %s", numeral, section->title);
    }
  return NULL;
}

GListModel *
td_desk_report_sections (TdDesk *self, const char *report)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  const TdReportPlan *plan;

  g_return_val_if_fail (TD_IS_DESK (self) && report != NULL, NULL);

  plan = td_campaign_report (self->campaign);
  for (guint i = 0; i < plan->sections->len; i++)
    {
      const TdReportSection *section = plan->sections->pdata[i];
      g_autoptr (TdRowItem) row = td_row_item_new ();
      g_autofree char *path = g_strdup_printf ("section/%s", section->key);
      g_autofree char *title = td_report_section_label (self, path);
      g_autofree char *text = td_desk_text (self, report, path);

      td_item_set (&row->id, path);
      td_item_set (&row->title, title);
      td_item_set (&row->value, text);
      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

/* ---- where its facts stand ----------------------------------------------------------------- */

/* What a report says of its unit's ledger: as handed in, where it has left its owner's
 * hands; else as it stands now. */
static const TdRecord *
ledger_for (TdDesk *self, const TdUnit *unit, const TdDossier *dossier, const char *name)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (self->campaign), unit->key, name);
  gboolean own = self->unit != NULL && strcmp (unit->key, self->unit->key) == 0;
  gboolean working = own && (dossier == NULL || td_at_home (self->units, dossier));

  if (working)
    return td_state_record (td_desk_view (self), id);
  return dossier == NULL ? NULL : td_figures_quoted (td_desk_view (self), td_desk_version (self, dossier), id);
}

static TdDate
reached_above (const TdUnit *unit, const char *key, gpointer data)
{
  const TdReportView *view = data;
  g_autofree char *id = td_report_of (view->desk, key, view->interim);

  return unit->acting->upper == NULL ? TD_DATE_NONE
                                     : td_reached_on (td_desk_view (view->desk), id, unit->acting->upper);
}

/** td_report_read: what is known of @unit's report here; @view is zero but for "seen". */
void
td_report_read (TdDesk *self, const TdUnit *unit, gboolean interim, TdReportView *view)
{
  const TdRecord *open = td_desk_open_submission (self);
  gboolean own = self->unit != NULL && strcmp (unit->key, self->unit->key) == 0;

  view->unit = unit;
  view->interim = interim;
  view->id = td_report_of (self, unit->key, interim);
  view->dossier = td_state_dossier (td_desk_view (self), view->id);
  view->record = td_desk_record (self, view->id);
  view->targets = ledger_for (self, unit, view->dossier, "targets");
  view->events = ledger_for (self, unit, view->dossier, "events");
  view->desk = self;
  view->reached = reached_above (unit, unit->key, view);
  view->followed
      = view->reached == TD_DATE_NONE ? td_gather_followed_day (unit, TD_DATE_NONE, reached_above, view) : TD_DATE_NONE;
  td_figures_read (&view->figures, td_desk_view (self), self->campaign, unit, view->targets, view->events,
                   view->reached != TD_DATE_NONE ? view->seen : NULL);
  td_figures_read_proposed (&view->figures, td_desk_view (self), unit, own && open != NULL ? open->id : NULL);
  view->has_below = td_figures_read_below (&view->below, view->record);
}

void
td_report_view_clear (TdReportView *view)
{
  g_clear_pointer (&view->id, g_free);
}

/** td_report_count: "12", "1.500.000.000" of a whole number. */
char *
td_report_count (gint64 value)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  GString *text = g_string_new (digits);

  for (gssize at = (gssize)text->len - 3; at > (value < 0); at -= 3)
    g_string_insert_c (text, at, '.');
  return g_string_free (text, FALSE);
}

/* ---- figures --------------------------------------------------------------------------------- */

static void
add_figure (GListStore *list, const char *title, gint64 value)
{
  g_autoptr (TdRowItem) row = td_row_item_new ();
  g_autofree char *text = td_report_count (value);

  td_item_set (&row->title, title);
  td_item_set (&row->value, text);
  g_list_store_append (list, row);
}

GListModel *
td_desk_report_figures (TdDesk *self, const char *report)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  const TdDossier *dossier;
  const TdUnit *unit;
  g_auto (TdReportView) view = { 0 };

  g_return_val_if_fail (TD_IS_DESK (self) && report != NULL, NULL);

  dossier = td_state_dossier (td_desk_view (self), report);
  unit = dossier == NULL ? self->unit : td_units_get (self->units, dossier->owner);
  if (unit == NULL)
    return G_LIST_MODEL (list);
  td_report_read (self, unit, td_report_is_interim (self, unit->key, report), &view);
  add_figure (list, _ ("Targets"), view.figures.targets.total);
  add_figure (list, _ ("Targets met"), view.figures.targets.met);
  add_figure (list, _ ("Of them exceeded"), view.figures.targets.exceeded);
  add_figure (list, _ ("Targets not met"), view.figures.targets.unmet);
  add_figure (list, _ ("Targets without a result"), view.figures.targets.open);
  add_figure (list, _ ("Collectives with an own award"), view.figures.award_collectives);
  add_figure (list, _ ("Persons with an own award"), view.figures.award_individuals);
  add_figure (list, td_campaign_report (self->campaign)->works, view.figures.works);
  add_figure (list, _ ("Value of the works (đồng)"), view.figures.works_value);
  add_figure (list, _ ("Collectives proposed for award"), view.figures.proposed_collectives);
  add_figure (list, _ ("Persons proposed for award"), view.figures.proposed_individuals);
  return G_LIST_MODEL (list);
}

/* ---- how it stands ------------------------------------------------------------------------------ */

/** td_report_deadline: of a final report; an interim one has none. */
TdDeadline
td_report_deadline (TdDesk *self, gboolean interim)
{
  return td_campaign_deadline (self->campaign, interim ? "" : "final_report");
}

static char *
limit_words (TdDesk *self, TdDeadline deadline)
{
  g_autofree char *day = td_date_to_screen (deadline.limit);
  int left = (deadline.inclusive ? deadline.limit : deadline.limit - 1) - td_desk_today (self);
  g_autofree char *limit = g_strdup_printf (deadline.inclusive ? _ ("until the end of %s") : _ ("before %s"), day);
  g_autofree char *days = NULL;

  if (left < 0) /* that it is overdue stands before it already */
    return g_steal_pointer (&limit);
  if (left == 0)
    days = g_strdup (_ ("today is the last day"));
  else
    days = g_strdup_printf (ngettext ("%d day left", "%d days left", left), left);
  return g_strdup_printf ("%s, %s", limit, days);
}

/** td_report_standing: how @view stands against its limit: words and a state; owned words. */
char *
td_report_standing (TdDesk *self, const TdReportView *view, const char **state)
{
  TdDeadline deadline = td_report_deadline (self, view->interim);
  gboolean limited = deadline.limit != TD_DATE_NONE;
  TdDate came = view->reached != TD_DATE_NONE ? view->reached : view->followed;
  g_autofree char *day = came == TD_DATE_NONE ? NULL : td_date_to_screen (came);

  if (day != NULL && limited && !td_deadline_met (deadline, came))
    {
      *state = "late";
      return g_strdup_printf (_ ("Came late on %s"), day);
    }
  if (day != NULL)
    {
      *state = "ok";
      return g_strdup_printf (_ ("Came on %s"), day);
    }
  *state = limited && !td_deadline_met (deadline, td_desk_today (self)) ? "late" : "missing";
  return g_strdup (strcmp (*state, "late") == 0 ? _ ("Not handed in, overdue") : _ ("Not handed in yet"));
}

static char *
sent_on (TdDesk *self, gboolean interim)
{
  g_autofree char *events = td_desk_ledger (self, "events");

  return td_desk_shown (self, events, interim ? "interim_report/date" : "report/date");
}

/* What the unit itself is told: its limit, and that an e-mail alone is only its own word. */
static char *
own_words (TdDesk *self, const TdReportView *view, const char *standing)
{
  TdDeadline deadline = td_report_deadline (self, view->interim);
  g_autofree char *mailed = sent_on (self, view->interim);
  g_autofree char *limit = deadline.limit == TD_DATE_NONE ? NULL : limit_words (self, deadline);

  if (view->dossier != NULL && td_desk_is_waiting (self, view->id, NULL) && view->reached != TD_DATE_NONE)
    return g_strdup (_ ("Waiting to be sent to the centre."));
  if (view->reached != TD_DATE_NONE || view->followed != TD_DATE_NONE)
    return g_strdup_printf ("%s.", standing);
  if (*mailed != '\0')
    return g_strdup_printf (_ ("Sent by e-mail on %s, as written down here; %s has not confirmed it yet."), mailed,
                            td_desk_unit_name (self, view->unit->upper->key));
  return limit == NULL ? g_strdup_printf ("%s.", standing) : g_strdup_printf (_ ("%s; it is due %s."), standing, limit);
}

TdRowItem *
td_desk_report_status (TdDesk *self, gboolean interim)
{
  TdRowItem *row = td_row_item_new ();
  g_auto (TdReportView) view = { 0 };
  const char *state = "";
  g_autofree char *standing = NULL;
  g_autofree char *words = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL || self->unit->upper == NULL)
    return row;
  td_report_read (self, self->unit, interim, &view);
  standing = td_report_standing (self, &view, &state);
  words = own_words (self, &view, standing);
  td_item_set (&row->id, view.id);
  td_item_set (&row->title, words);
  td_item_set (&row->state, state);
  return row;
}
