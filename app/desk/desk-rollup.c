/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-reports.h"

#include "campaign/report-plan.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* The reports of the units below, summed up: who has reported, who is late, the figures
 * and the texts, for this unit's own report and for a spreadsheet. */

G_DEFINE_FINAL_TYPE (TdReportRow, td_report_row, G_TYPE_OBJECT)

static const gsize FIELDS[] = {
  G_STRUCT_OFFSET (TdReportRow, unit),         G_STRUCT_OFFSET (TdReportRow, name),
  G_STRUCT_OFFSET (TdReportRow, dossier),      G_STRUCT_OFFSET (TdReportRow, status),
  G_STRUCT_OFFSET (TdReportRow, state),        G_STRUCT_OFFSET (TdReportRow, targets),
  G_STRUCT_OFFSET (TdReportRow, met),          G_STRUCT_OFFSET (TdReportRow, exceeded),
  G_STRUCT_OFFSET (TdReportRow, collectives),  G_STRUCT_OFFSET (TdReportRow, individuals),
  G_STRUCT_OFFSET (TdReportRow, works),        G_STRUCT_OFFSET (TdReportRow, value),
  G_STRUCT_OFFSET (TdReportRow, difficulties),
};

static void
td_report_row_finalize (GObject *object)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    g_free (G_STRUCT_MEMBER (char *, object, FIELDS[i]));
  G_OBJECT_CLASS (td_report_row_parent_class)->finalize (object);
}

static void
td_report_row_class_init (TdReportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_report_row_finalize;
}

static void
td_report_row_init (TdReportRow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    G_STRUCT_MEMBER (char *, self, FIELDS[i]) = g_strdup ("");
}

/* ---- gathering ----------------------------------------------------------------------------- */

typedef struct
{
  guint units, reported, late, missing;
  TdFigures own;        /* of the units directly below */
  TdFiguresBelow below; /* what they say of those below them */
} Sums;

/* @again: of a predecessor, that its successor has reported too. */
typedef void (*Each) (TdDesk *self, const TdReportView *view, gboolean again, gpointer data);

static gboolean
has_come (const TdReportView *view)
{
  return view->reached != TD_DATE_NONE;
}

/* What those before a re-organisation had reported, each by its own ledger. */
static void
each_former (TdDesk *self, const TdReportView *of, Each each, gpointer data)
{
  const GPtrArray *former = of->unit->former;

  for (guint i = 0; former != NULL && i < former->len; i++)
    {
      g_auto (TdReportView) view = { .seen = of->seen };

      td_report_read (self, td_units_get (self->units, former->pdata[i]), of->interim, &view);
      if (has_come (&view))
        each (self, &view, has_come (of), data);
    }
}

static void
each_below (TdDesk *self, gboolean interim, Each each, gpointer data)
{
  g_autoptr (GPtrArray) children = self->unit == NULL ? NULL : td_units_children (self->units, self->unit);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      g_auto (TdReportView) view = { .seen = seen };

      td_report_read (self, children->pdata[i], interim, &view);
      each (self, &view, FALSE, data);
      each_former (self, &view, each, data);
    }
}

/* Units are those of today, so that none is counted with its predecessors. */
static void
count_unit (TdDesk *self, const TdReportView *view, Sums *sums)
{
  const char *state;
  g_autofree char *words = td_report_standing (self, view, &state);
  gboolean reported = has_come (view) || view->followed != TD_DATE_NONE;

  sums->units++;
  sums->reported += reported;
  sums->late += reported && strcmp (state, "late") == 0;
  sums->missing += !reported;
}

/* Figures count only of a report that came: what else is known of a unit is not its report. Those
 * before a re-organisation had ledgers of their own, but the sums of the units below are one's only. */
static void
add_to_sums (TdDesk *self, const TdReportView *view, gboolean again, gpointer data)
{
  Sums *sums = data;

  if (view->unit->acting == view->unit)
    count_unit (self, view, sums);
  if (!has_come (view))
    return;
  td_figures_add (&sums->own, &view->figures);
  if (!view->has_below || again)
    return;
  sums->below.units += view->below.units;
  sums->below.reported += view->below.reported;
  td_figures_add (&sums->below.figures, &view->below.figures);
}

/* ---- rows -------------------------------------------------------------------------------------- */

static void
put (char **field, gint64 value)
{
  g_autofree char *text = td_report_count (value);

  td_item_set (field, text);
}

static void
put_figures (TdReportRow *row, const TdFigures *figures)
{
  put (&row->targets, figures->targets.total);
  put (&row->met, figures->targets.met);
  put (&row->exceeded, figures->targets.exceeded);
  put (&row->collectives, figures->award_collectives);
  put (&row->individuals, figures->award_individuals);
  put (&row->works, figures->works);
  put (&row->value, figures->works_value);
}

static void
append (GListStore *list, TdReportRow *row)
{
  g_list_store_append (list, row);
  g_object_unref (row);
}

static char *
section_text (TdDesk *self, const TdReportView *view, const char *key)
{
  g_autofree char *path = g_strdup_printf ("section/%s", key);

  return has_come (view) && view->record != NULL && *key != '\0' ? td_record_text (view->record, path) : g_strdup ("");
}

static TdReportRow *
make_row (TdDesk *self, const TdReportView *view)
{
  TdReportRow *row = g_object_new (TD_TYPE_REPORT_ROW, NULL);
  const char *state;
  g_autofree char *status = td_report_standing (self, view, &state);
  g_autofree char *difficulties = section_text (self, view, td_campaign_report (self->campaign)->difficulties);
  g_autofree char *name = td_desk_name_of_then (view->unit);

  td_item_set (&row->unit, view->unit->key);
  td_item_set (&row->name, name);
  td_item_set (&row->dossier, view->dossier == NULL || view->record == NULL ? "" : view->id);
  td_item_set (&row->status, status);
  td_item_set (&row->state, state);
  td_item_set (&row->difficulties, difficulties);
  if (has_come (view) && view->dossier != NULL && view->dossier->version > 0)
    put_figures (row, &view->figures);
  return row;
}

static TdReportRow *
make_below (const TdReportView *view)
{
  TdReportRow *row = g_object_new (TD_TYPE_REPORT_ROW, NULL);
  g_autofree char *name = g_strdup_printf (_ ("Units below %s"), view->unit->full_name);
  g_autofree char *status
      = g_strdup_printf (_ ("%u of %u units reported"), (guint)view->below.reported, (guint)view->below.units);

  td_item_set (&row->name, name);
  td_item_set (&row->status, status);
  put_figures (row, &view->below.figures);
  return row;
}

static void
add_rows (TdDesk *self, const TdReportView *view, gboolean again, gpointer data)
{
  append (data, make_row (self, view));
  if (has_come (view) && view->has_below && !again)
    append (data, make_below (view));
}

GListModel *
td_desk_rollup (TdDesk *self, gboolean interim)
{
  GListStore *list = g_list_store_new (TD_TYPE_REPORT_ROW);
  TdReportRow *total;
  Sums sums = { 0 };
  TdFigures all;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  each_below (self, interim, add_rows, list);
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    return G_LIST_MODEL (list);
  each_below (self, interim, add_to_sums, &sums);
  all = sums.own;
  td_figures_add (&all, &sums.below.figures);
  total = g_object_new (TD_TYPE_REPORT_ROW, NULL);
  td_item_set (&total->name, _ ("Total"));
  put_figures (total, &all);
  append (list, total);
  return G_LIST_MODEL (list);
}

char *
td_desk_rollup_summary (TdDesk *self, gboolean interim)
{
  Sums sums = { 0 };

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  each_below (self, interim, add_to_sums, &sums);
  return g_strdup_printf (_ ("%u of %u units have reported; %u came late; %u have not reported."), sums.reported,
                          sums.units, sums.late, sums.missing);
}

/* ---- for a spreadsheet ------------------------------------------------------------------------------ */

/* One cell: no tab or line break of its own, and nothing a spreadsheet would calculate. */
static void
append_cell (GString *table, const char *text, char after)
{
  if (*text != '\0' && strchr ("=+-@", *text) != NULL)
    g_string_append_c (table, '\'');
  for (const char *c = text; *c != '\0'; c++)
    g_string_append_c (table, *c == '\t' || *c == '\n' || *c == '\r' ? ' ' : *c);
  g_string_append_c (table, after);
}

/* Numbers go without the points between thousands: a spreadsheet groups them itself. */
static void
append_number (GString *table, const char *text)
{
  g_autoptr (GString) digits = g_string_new (text);

  g_string_replace (digits, ".", "", 0);
  append_cell (table, digits->str, '\t');
}

static void
append_row (GString *table, const TdReportRow *row)
{
  append_cell (table, row->name, '\t');
  append_cell (table, row->status, '\t');
  append_number (table, row->targets);
  append_number (table, row->met);
  append_number (table, row->exceeded);
  append_number (table, row->collectives);
  append_number (table, row->individuals);
  append_number (table, row->works);
  append_number (table, row->value);
  append_cell (table, row->difficulties, '\n');
}

char *
td_desk_rollup_table (TdDesk *self, gboolean interim)
{
  g_autoptr (GListModel) rows = td_desk_rollup (self, interim);
  const char *const heads[] = { _ ("Unit"),
                                _ ("Report"),
                                _ ("Targets"),
                                _ ("Met"),
                                _ ("Exceeded"),
                                _ ("Collectives awarded"),
                                _ ("Persons awarded"),
                                _ ("Works"),
                                _ ("Value (đồng)"),
                                _ ("Difficulties") };
  GString *table = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    append_cell (table, heads[i], i + 1 < G_N_ELEMENTS (heads) ? '\t' : '\n');
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TdReportRow) row = g_list_model_get_item (rows, i);

      append_row (table, row);
    }
  return g_string_free (table, FALSE);
}

/* ---- texts ----------------------------------------------------------------------------------------------- */

typedef struct
{
  GString *text;
  const char *key;
} Texts;

static void
add_text (TdDesk *self, const TdReportView *view, gboolean again, gpointer data)
{
  Texts *texts = data;
  g_autofree char *words = section_text (self, view, texts->key);
  g_autofree char *name = td_desk_name_of_then (view->unit);

  if (*words != '\0')
    g_string_append_printf (texts->text, "%s:\n%s\n\n", name, words);
}

char *
td_desk_rollup_texts (TdDesk *self, gboolean interim, const char *key)
{
  const TdReportPlan *plan;
  GString *all = g_string_new (NULL);

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  plan = td_campaign_report (self->campaign);
  for (guint i = 0; i < plan->sections->len; i++)
    {
      const TdReportSection *section = plan->sections->pdata[i];
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *numeral = td_report_numeral (i);
      Texts texts = { text, section->key };

      if (key != NULL && strcmp (key, section->key) != 0)
        continue;
      each_below (self, interim, add_text, &texts);
      if (text->len > 0)
        g_string_append_printf (all, "%s. %s\n\n%s", numeral, section->title, text->str);
    }
  return g_string_free (all, FALSE);
}

/* ---- into the own report ------------------------------------------------------------------------------------ */

static gboolean
sums_up (TdDesk *self)
{
  return td_desk_seat (self) == TD_SEAT_DISTRICT;
}

static void
sum_below (TdDesk *self, gboolean interim, TdFiguresBelow *below)
{
  Sums sums = { 0 };

  each_below (self, interim, add_to_sums, &sums);
  below->units = sums.units + sums.below.units;
  below->reported = sums.reported + sums.below.reported;
  below->figures = sums.own;
  td_figures_add (&below->figures, &sums.below.figures);
}

gboolean
td_desk_write_below (TdDesk *self, gboolean interim, GError **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (TdPair));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *report = NULL;
  TdFiguresBelow below;

  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  report = td_desk_report (self, interim);
  if (!sums_up (self) || !td_desk_may_set (self, report, "below/units"))
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("The report is closed now. Nothing was changed."));
  sum_below (self, interim, &below);
  for (guint i = 0; td_figures_below_member (i) != NULL; i++)
    {
      TdPair pair = { g_strdup_printf ("below/%s", td_figures_below_member (i)),
                      g_strdup_printf ("%" G_GINT64_FORMAT, td_figures_below_value (&below, i)) };

      g_ptr_array_add (texts, (char *)pair.path);
      g_ptr_array_add (texts, (char *)pair.text);
      g_array_append_val (pairs, pair);
    }
  return td_desk_write (self, report, "report", (const TdPair *)(gpointer)pairs->data, pairs->len, NULL, error);
}

static gboolean
same_below (const TdFiguresBelow *a, const TdFiguresBelow *b)
{
  for (guint i = 0; td_figures_below_member (i) != NULL; i++)
    if (td_figures_below_value (a, i) != td_figures_below_value (b, i))
      return FALSE;
  return TRUE;
}

char *
td_desk_below_text (TdDesk *self, gboolean interim)
{
  g_autofree char *report = NULL;
  TdFiguresBelow now, written;
  g_autofree char *sums = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (!sums_up (self))
    return g_strdup ("");
  report = td_desk_report (self, interim);
  sum_below (self, interim, &now);
  if (!td_figures_read_below (&written, td_desk_record (self, report)))
    return g_strdup (_ ("The sums of the units below do not stand in this report yet."));
  sums = td_report_below_words (&written);
  return same_below (&now, &written)
             ? g_strdup (sums)
             : g_strdup_printf (_ ("%s The units below say otherwise now: write the sums in again."), sums);
}

/** td_report_below_words: "7/9 đơn vị cấp dưới đã báo cáo: …"; owned. */
char *
td_report_below_words (const TdFiguresBelow *below)
{
  const TdFigures *figures = &below->figures;
  g_autofree char *value = td_report_count (figures->works_value);

  return g_strdup_printf (_ ("Units below: %u of %u reported; %u targets, %u met, %u of them exceeded; own awards for "
                             "%u collectives and %u persons; %u works worth %s đồng."),
                          (guint)below->reported, (guint)below->units, figures->targets.total, figures->targets.met,
                          figures->targets.exceeded, (guint)figures->award_collectives,
                          (guint)figures->award_individuals, (guint)figures->works, value);
}

/* ---- on paper ------------------------------------------------------------------------------------------------- */

gboolean
td_desk_attest_report (TdDesk *self,
                       const char *unit,
                       gboolean interim,
                       const char *paper,
                       const char *day,
                       const char *time,
                       GError **error)
{
  g_autofree char *report = NULL;
  const char *dossiers[] = { NULL, NULL };
  g_autofree char *number = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && unit != NULL, FALSE);

  number = td_text_clean_name (paper);
  if (number == NULL || *number == '\0')
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Type the number of the paper or the day of the e-mail."));
  report = td_report_of (self, unit, interim);
  dossiers[0] = report;
  return td_desk_step (self, "attest", dossiers,
                       (const char *const[]){ "unit", unit, "type", "report", "paper", number, "day", day, "time", time,
                                              NULL },
                       error);
}
