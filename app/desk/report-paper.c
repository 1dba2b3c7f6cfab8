/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-reports.h"

#include "campaign/report-plan.h"
#include "desk/dated.h"
#include "desk/report-html.h"
#include "json/json.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* A report as a document and as data: the texts a person wrote, with the tables
 * computed from the ledger. */

static char *
text_of (const TdReportView *view, const char *path)
{
  return view->record == NULL ? g_strdup ("") : td_record_text (view->record, path);
}

/* A cell as people read it: days and numbers. */
static char *
shown (const TdRecord *record, const char *prefix, const char *key, const char *member)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, member);
  g_autofree char *text = record == NULL ? g_strdup ("") : td_record_text (record, path);

  return td_member_shown (record == NULL ? "events" : record->type, path, text);
}

static char **
cells (const TdRecord *record, const char *prefix, const char *key, guint number, const char *const *members)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *first = g_strdup_printf ("%u", number);

  g_strv_builder_add (builder, first);
  for (guint i = 0; members[i] != NULL; i++)
    {
      g_autofree char *cell = shown (record, prefix, key, members[i]);

      g_strv_builder_add (builder, cell);
    }
  return g_strv_builder_end (builder);
}

static char **
words (const char *first, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  va_list args;

  va_start (args, first);
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_strv_builder_add (builder, word);
  va_end (args);
  return g_strv_builder_end (builder);
}

/* The days and years of the plan put into @heads, which it takes. */
static char **
dated (TdDesk *self, char **heads)
{
  for (guint i = 0; heads[i] != NULL; i++)
    {
      char *head = td_desk_dated (self, heads[i]);

      g_free (heads[i]);
      heads[i] = head;
    }
  return heads;
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void
add_rows (TdPaperTable *table, const TdRecord *record, const char *prefix, const char *const *members)
{
  g_autoptr (GPtrArray) keys = td_figures_rows (record, prefix);

  for (guint i = 0; i < keys->len; i++)
    td_paper_add_row (table, cells (record, prefix, keys->pdata[i], i + 1, members));
}

static void
add_marked_target (TdDesk *self, TdPaperTable *table, const TdTarget *target, const TdRecord *record, guint number)
{
  static const char *const members[] = { "name", "unit", "plan", "actual", NULL };
  g_auto (GStrv) row = cells (record, "target", target->id, number, members);

  td_paper_add_row (table, words (row[0], row[1], row[2], row[3], row[4],
                                  td_words_target_mark (td_target_mark (self->campaign, target)), NULL));
}

static void
add_targets (TdDesk *self, const TdReportView *view, TdPaperSection *section)
{
  static const char *const members[]
      = { "name", "actual_2023", "plan_2024", "result_2024", "plan_2025", "result_half_2025", NULL };
  g_autoptr (TdUnitFacts) facts
      = td_figures_facts (td_desk_view (self), self->campaign, view->unit, view->targets, view->events);
  TdPaperTable *table;

  if (facts->targets->len > 0)
    {
      table = td_paper_add_table (section, _ ("Targets and results"), "clcrrl",
                                  words (_ ("No."), _ ("Target"), _ ("Unit of measure"), _ ("Plan"), _ ("Result"),
                                         _ ("Standing"), NULL));
      for (guint i = 0; i < facts->targets->len; i++)
        add_marked_target (self, table, facts->targets->pdata[i], view->targets, i + 1);
    }
  if (facts->indicators->len == 0)
    return;
  table = td_paper_add_table (section, _ ("Indicators of the enterprise"), "clrrrrr",
                              dated (self,
                                     words (_ ("No."), _ ("Indicator"), _ ("Result {year-2}"), _ ("Plan {year-1}"),
                                            _ ("Result {year-1}"), _ ("Plan {year}"), _ ("Result to {last}"), NULL)));
  add_rows (table, view->targets, "indicator", members);
}

static void
add_works (TdDesk *self, const TdReportView *view, TdPaperSection *section)
{
  static const char *const members[] = { "name", "place", "start", "finish", "value", NULL };
  TdPaperTable *table;

  if (view->figures.works == 0)
    return;
  table = td_paper_add_table (section, td_campaign_report (self->campaign)->works, "cllccr",
                              words (_ ("No."), _ ("Work"), _ ("Place"), _ ("Begun"), _ ("Finished"),
                                     _ ("Value (đồng)"), NULL));
  add_rows (table, view->events, "work", members);
}

static void
add_awards (TdDesk *self, const TdReportView *view, TdPaperSection *section)
{
  static const char *const members[] = { "form", "collectives", "individuals", "document", "date", NULL };
  TdPaperTable *table;

  if (view->figures.award_rows == 0)
    return;
  table = td_paper_add_table (section, _ ("The unit's own awards"), "clrrlc",
                              words (_ ("No."), _ ("Form of award"), _ ("Collectives"), _ ("Persons"), _ ("Document"),
                                     _ ("Day"), NULL));
  add_rows (table, view->events, "own_award", members);
}

static void
add_event (TdPaperTable *table, const TdRecord *events, const char *title, const char *prefix, const char *document)
{
  g_autofree char *day_path = g_strdup_printf ("%s/date", prefix);
  g_autofree char *document_path = g_strdup_printf ("%s/%s", prefix, document);
  g_autofree char *place_path = g_strdup_printf ("%s/place", prefix);
  g_autofree char *iso = td_record_text (events, day_path);
  g_autofree char *day = td_member_shown ("events", day_path, iso);
  g_autofree char *paper = td_record_text (events, document_path);
  g_autofree char *place = td_record_text (events, place_path);

  if (*iso != '\0')
    td_paper_add_row (table, words (title, day, paper, place, NULL));
}

static void
add_events (TdDesk *self, const TdReportView *view, TdPaperSection *section)
{
  TdPaperTable *table;

  if (view->events == NULL)
    return;
  table = td_paper_add_table (section, _ ("How the campaign was carried out"), "lcll",
                              words (_ ("Content"), _ ("Day"), _ ("Document"), _ ("Place"), NULL));
  add_event (table, view->events, _ ("Implementation plan"), "plan", "number");
  add_event (table, view->events, _ ("Launch of the campaign"), "launch", "document");
  add_event (table, view->events, _ ("Interim review"), "interim", "document");
  if (!view->interim)
    add_event (table, view->events, _ ("Final review"), "final", "document");
  if (table->rows->len == 0)
    g_ptr_array_remove (section->tables, table);
}

/* ---- sentences --------------------------------------------------------------------------------- */

static char *
say_targets (const TdReportView *view)
{
  const TdTargetCount *count = &view->figures.targets;

  return g_strdup_printf (_ ("Targets: %u; met: %u, of them exceeded: %u; not met: %u; without a result: %u."),
                          count->total, count->met, count->exceeded, count->unmet, count->open);
}

static char *
say_works (const TdReportView *view)
{
  g_autofree char *value = td_report_count (view->figures.works_value);

  return g_strdup_printf (_ ("%s: %u, worth %s đồng."), td_campaign_report (view->desk->campaign)->works,
                          (guint)view->figures.works, value);
}

static char *
say_awards (const TdReportView *view)
{
  g_autofree char *reason = view->events == NULL ? g_strdup ("") : td_record_text (view->events, "own_awards/none");

  if (view->figures.award_rows == 0 && *reason != '\0')
    return g_strdup_printf (_ ("The unit has no power to award: %s."), reason);
  return g_strdup_printf (_ ("Own awards: %u collectives, %u persons."), (guint)view->figures.award_collectives,
                          (guint)view->figures.award_individuals);
}

static char *
say_proposed (const TdReportView *view)
{
  return g_strdup_printf (_ ("Proposed to the level above for award: %u collectives, %u persons."),
                          (guint)view->figures.proposed_collectives, (guint)view->figures.proposed_individuals);
}

static char **
notes_of (const TdReportView *view, const TdReportSection *section)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();

  for (guint i = 0; section->tables[i] != NULL; i++)
    {
      const char *table = section->tables[i];
      g_autofree char *sentence = strcmp (table, "targets") == 0    ? say_targets (view)
                                  : strcmp (table, "works") == 0    ? say_works (view)
                                  : strcmp (table, "awards") == 0   ? say_awards (view)
                                  : strcmp (table, "proposed") == 0 ? say_proposed (view)
                                                                    : NULL;

      if (sentence != NULL)
        g_strv_builder_add (notes, sentence);
      if (strcmp (table, "targets") == 0 && view->has_below)
        {
          g_autofree char *below = td_report_below_words (&view->below);

          g_strv_builder_add (notes, below);
        }
    }
  return g_strv_builder_end (notes);
}

static void
add_tables (TdDesk *self, const TdReportView *view, const TdReportSection *plan, TdPaperSection *section)
{
  static const struct
  {
    const char *name;
    void (*add) (TdDesk *self, const TdReportView *view, TdPaperSection *section);
  } tables[]
      = { { "events", add_events }, { "targets", add_targets }, { "works", add_works }, { "awards", add_awards } };

  for (guint i = 0; plan->tables[i] != NULL; i++)
    for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
      if (strcmp (tables[t].name, plan->tables[i]) == 0)
        tables[t].add (self, view, section);
}

/* ---- head and foot ------------------------------------------------------------------------------- */

static gboolean
is_of (const TdUnit *unit, const char *kinds)
{
  g_auto (GStrv) list = g_strsplit (kinds, " ", -1);

  return g_strv_contains ((const char *const *)list, unit->kind);
}

/* A people's committee stands alone, its name in two lines; a department stands below the province's. */
static void
put_agency (TdDesk *self, TdPaper *paper, const TdUnit *unit)
{
  g_autofree char *name = td_text_upper (unit->full_name);
  gboolean committee = is_of (unit, "xa phuong thi_tran huyen thi_xa thanh_pho");
  gboolean department = is_of (unit, "so so_tuong_duong ban");

  paper->agency = committee ? g_strdup_printf ("%s\n%s", _ ("PEOPLE'S COMMITTEE"), name) : g_strdup (name);
  paper->above = g_strdup (department ? td_campaign_report (self->campaign)->authority : "");
}

static char *
place_and_day (const TdReportView *view)
{
  g_autofree char *iso = text_of (view, "date");
  TdDate day = td_date_parse_iso (iso);
  g_autofree char *written = day == TD_DATE_NONE ? g_strdup (_ ("day … month … year …")) : td_date_to_document (day);

  return g_strdup_printf ("%s, %s", *view->unit->place_name != '\0' ? view->unit->place_name : "…", written);
}

/* The first letter of "Huyện Vị Thủy" within a sentence. */
static char *
lower_first (const char *text)
{
  const char *rest = *text == '\0' ? text : g_utf8_next_char (text);
  g_autofree char *first = g_utf8_strdown (text, rest - text);

  return g_strconcat (first, rest, NULL);
}

static char *
addressee (TdDesk *self, const TdUnit *unit)
{
  const TdUnit *upper = unit->upper;
  g_autofree char *name = NULL;

  if (upper == NULL || upper->upper == NULL)
    return g_strdup (td_campaign_report (self->campaign)->addressee);
  name = lower_first (upper->full_name);
  return *upper->receiving_office == '\0'
             ? g_strdup_printf (_ ("the People's Committee of %s"), name)
             : g_strdup_printf (_ ("the People's Committee of %s (through %s)"), name, upper->receiving_office);
}

static void
put_frame (TdDesk *self, TdPaper *paper, const TdReportView *view)
{
  const char *title = td_report_title (self, view->interim);
  g_autofree char *lower = lower_first (td_campaign_title (self->campaign));
  g_autofree char *upper = td_text_upper (title);

  put_agency (self, paper, view->unit);
  paper->number = text_of (view, "number");
  paper->place_and_day = place_and_day (view);
  paper->title = g_steal_pointer (&upper);
  paper->about = g_steal_pointer (&lower);
  paper->addressee = addressee (self, view->unit);
  paper->capacity = text_of (view, "signer_capacity");
  paper->position = text_of (view, "signer_position");
  paper->signer = text_of (view, "signer_name");
  paper->recipients = words (_ ("As above;"), _ ("Filed: VT."), NULL);
}

static TdPaper *
make_paper (TdDesk *self, const TdReportView *view)
{
  const TdReportPlan *plan = td_campaign_report (self->campaign);
  TdPaper *paper = td_paper_new ();

  put_frame (self, paper, view);
  for (guint i = 0; i < plan->sections->len; i++)
    {
      const TdReportSection *of = plan->sections->pdata[i];
      g_autofree char *path = g_strdup_printf ("section/%s", of->key);
      g_autofree char *label = td_report_section_label (self, path);
      g_autofree char *heading = td_text_upper (label);
      g_autofree char *text = text_of (view, path);
      TdPaperSection *section = td_paper_add_section (paper, heading, text);

      section->notes = notes_of (view, of);
      add_tables (self, view, of, section);
    }
  return paper;
}

char *
td_desk_report_html (TdDesk *self, gboolean interim)
{
  g_auto (TdReportView) view = { 0 };
  g_autoptr (TdPaper) paper = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);
  g_return_val_if_fail (self->unit != NULL, NULL);

  td_report_read (self, self->unit, interim, &view);
  paper = make_paper (self, &view);
  return td_paper_html (paper);
}

/* ---- data ------------------------------------------------------------------------------------------ */

static JsonObject *
members_of (const TdRecord *record)
{
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  gpointer path;

  if (record == NULL)
    return object;
  g_hash_table_iter_init (&iter, record->members);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      g_autofree char *text = td_record_text (record, path);

      if (strcmp (path, "salt") != 0)
        json_object_set_string_member (object, path, text);
    }
  return object;
}

static JsonObject *
figures_of (const TdFigures *figures)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "targets", figures->targets.total);
  json_object_set_int_member (object, "met", figures->targets.met);
  json_object_set_int_member (object, "exceeded", figures->targets.exceeded);
  json_object_set_int_member (object, "unmet", figures->targets.unmet);
  json_object_set_int_member (object, "open", figures->targets.open);
  json_object_set_int_member (object, "award_collectives", figures->award_collectives);
  json_object_set_int_member (object, "award_individuals", figures->award_individuals);
  json_object_set_int_member (object, "works", figures->works);
  /* Beyond 2^53 a number would not survive every reader. */
  json_object_set_int_member (object, "works_value", MIN (figures->works_value, (gint64)9007199254740991));
  json_object_set_int_member (object, "proposed_collectives", figures->proposed_collectives);
  json_object_set_int_member (object, "proposed_individuals", figures->proposed_individuals);
  return object;
}

char *
td_desk_report_json (TdDesk *self, gboolean interim)
{
  g_auto (TdReportView) view = { 0 };
  g_autoptr (JsonObject) root = json_object_new ();

  g_return_val_if_fail (TD_IS_DESK (self), NULL);
  g_return_val_if_fail (self->unit != NULL, NULL);

  td_report_read (self, self->unit, interim, &view);
  json_object_set_string_member (root, "format", "thidua-report-1");
  json_object_set_string_member (root, "campaign", td_campaign_id (self->campaign));
  json_object_set_string_member (root, "unit", self->unit->key);
  json_object_set_string_member (root, "unit_name", self->unit->full_name);
  json_object_set_string_member (root, "report", interim ? "interim" : "final");
  json_object_set_object_member (root, "figures", figures_of (&view.figures));
  json_object_set_object_member (root, "record", members_of (view.record));
  json_object_set_object_member (root, "targets", members_of (view.targets));
  json_object_set_object_member (root, "events", members_of (view.events));
  return td_json_canonical_object (root);
}
