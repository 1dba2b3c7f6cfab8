/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-fixture.h"

#include <string.h>

#include "json/json.h"
#include "text/vietnamese.h"

/* The 51 fictional dossiers get exactly what an independent checker expects of
 * them. Facts are filled straight from the sample file here; the program itself
 * fills them from records. */

typedef struct
{
  JsonObject *root;
  TdCampaign *campaign;
  TdUnits *units;
} Sample;

static TdDate
day (JsonObject *object, const char *name)
{
  const char *text = td_json_string (object, name);

  return text ? td_date_parse_iso (text) : TD_DATE_NONE;
}

static void
copy (char **member, JsonObject *object, const char *name)
{
  const char *text = td_json_string (object, name);

  if (text)
    fixture_set (member, text);
}

static JsonObject *
find (Sample *sample, const char *list, const char *member, const char *value)
{
  JsonArray *rows = td_json_array (sample->root, list);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (td_json_string (td_json_element_object (rows, i), member), value) == 0)
      return td_json_element_object (rows, i);
  g_error ("the sample has no %s %s", list, value);
}

static void
fill_ratings (TdRating *ratings, JsonObject *object)
{
  for (int year = 2020; object && year <= 2024; year++)
    {
      g_autofree char *name = g_strdup_printf ("%d", year);

      ratings[year - 2020] = td_rating_parse (td_json_string (object, name));
    }
}

static void
fill_targets (GPtrArray *targets, JsonArray *rows)
{
  for (guint i = 0; rows && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = td_json_element_object (rows, i);
      TdTarget *target = td_target_new ();

      copy (&target->name, row, "name");
      copy (&target->unit, row, "unit");
      copy (&target->plan, row, "plan");
      copy (&target->actual, row, "actual");
      copy (&target->cap, row, "cap");
      target->direction = td_direction_parse (td_json_string (row, "direction"));
      target->result_date = day (row, "resultDate");
      g_ptr_array_add (targets, target);
    }
}

static void
fill_indicators (GPtrArray *indicators, JsonArray *rows)
{
  for (guint i = 0; rows && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = td_json_element_object (rows, i);
      TdIndicator *indicator = td_indicator_new ();

      copy (&indicator->name, row, "name");
      copy (&indicator->actual_2023, row, "actual2023");
      copy (&indicator->target_2025, row, "target2025");
      copy (&indicator->plan_2024, row, "plan2024");
      copy (&indicator->result_2024, row, "result2024");
      copy (&indicator->plan_2025, row, "plan2025");
      copy (&indicator->result_half_2025, row, "resultAt20250630");
      g_ptr_array_add (indicators, indicator);
    }
}

static TdProject *
make_project (Sample *sample, const char *id)
{
  JsonObject *row = find (sample, "projects", "id", id);
  TdProject *project = td_project_new ();

  copy (&project->id, row, "id");
  copy (&project->kind, row, "kind");
  copy (&project->name, row, "name");
  fill_targets (project->targets, td_json_array (row, "targets"));
  return project;
}

static void
fill_projects (Sample *sample, TdUnitFacts *facts, JsonObject *row)
{
  JsonArray *leads = td_json_array (row, "leads"), *coordinates = td_json_array (row, "coordinates");
  const char *rank = td_json_string (row, "coordinationRank");
  int exceeded = 0;

  for (guint i = 0; leads && i < json_array_get_length (leads); i++)
    g_ptr_array_add (facts->led, make_project (sample, td_json_element_string (leads, i)));
  for (guint i = 0; coordinates && i < json_array_get_length (coordinates); i++)
    {
      JsonObject *part = td_json_element_object (coordinates, i);
      TdProject *project = make_project (sample, td_json_string (part, "project"));

      project->well_done = td_json_bool (part, "wellDone", FALSE);
      exceeded += (int)td_json_int (part, "exceededTargets", 0);
      g_ptr_array_add (facts->coordinated, project);
    }
  facts->coordination_exceeded = exceeded;
  if (rank)
    {
      facts->coordination_rank = (int)g_ascii_strtoll (rank, NULL, 10);
      facts->coordination_of = (int)g_ascii_strtoll (strchr (rank, '/') + 1, NULL, 10);
    }
}

static void
fill_events (TdUnitFacts *facts, JsonObject *row)
{
  JsonObject *registration = td_json_object (row, "registration");
  JsonObject *typical = td_json_object (row, "typicalUnit");
  guint hops = 0;

  facts->registration_received = day (registration, "receivedDate");
  for (const TdUnit *at = facts->unit->upper; at; at = at->upper)
    hops++;
  facts->registration_route_ok = json_array_get_length (td_json_array (registration, "hops")) == hops;
  facts->plan_date = day (row, "implementationPlanDate");
  facts->launched_on = day (row, "launchedOn");
  facts->interim_on = day (row, "interimReviewOn");
  facts->final_on = day (row, "finalReviewOn");
  facts->awarded_on = day (row, "ownAwardsOn");
  facts->report_sent_on = day (row, "finalReportSentOn");
  copy (&facts->compliance, row, "compliance");
  if (typical)
    {
      fixture_set (&facts->typical, td_json_bool (typical, "answer", FALSE) ? "yes" : "no");
      copy (&facts->typical_note, typical, "note");
    }
}

static TdUnitFacts *
make_unit (Sample *sample, const char *code)
{
  JsonObject *row = find (sample, "units", "code", code);
  TdUnitFacts *facts = td_unit_facts_new ();

  facts->unit = td_units_by_code (sample->units, code, td_campaign_start (sample->campaign));
  g_assert_nonnull (facts->unit);
  copy (&facts->category, row, "category");
  fill_ratings (facts->ratings, td_json_object (row, "ratings"));
  fill_targets (facts->targets, td_json_array (row, "targets"));
  fill_indicators (facts->indicators, td_json_array (row, "indicators"));
  fill_projects (sample, facts, row);
  fill_events (facts, row);
  return facts;
}

static char **
read_names (JsonArray *rows)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; rows && i < json_array_get_length (rows); i++)
    g_ptr_array_add (names, g_strdup (td_json_element_string (rows, i)));
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}

static void
fill_submission (Sample *sample, TdFacts *facts, JsonObject *row)
{
  JsonObject *letter = td_json_object (row, "letter"), *minutes = td_json_object (row, "minutes");
  JsonArray *dossiers = td_json_array (sample->root, "dossiers");

  facts->has_submission = TRUE;
  copy (&facts->letter_number, letter, "number");
  copy (&facts->letter_signer, letter, "signerName");
  facts->letter_date = day (letter, "date");
  copy (&facts->minutes_number, minutes, "number");
  copy (&facts->minutes_chair, minutes, "chair");
  facts->minutes_date = day (minutes, "date");
  facts->received = day (row, "receivedDate");
  g_strfreev (facts->listed_in_letter);
  g_strfreev (facts->listed_in_minutes);
  facts->listed_in_letter = read_names (td_json_array (row, "listInLetter"));
  facts->listed_in_minutes = read_names (td_json_array (row, "listInMinutes"));
  for (guint i = 0; i < json_array_get_length (dossiers); i++)
    {
      JsonObject *other = td_json_element_object (dossiers, i);

      facts->individuals += strcmp (td_json_string (other, "submission"), td_json_string (row, "id")) == 0
                            && strcmp (td_json_string (other, "subjectType"), "CA_NHAN") == 0;
    }
}

static void
fill_double (Sample *sample, TdFacts *facts, JsonObject *row)
{
  JsonArray *dossiers = td_json_array (sample->root, "dossiers");
  g_autofree char *key = td_text_tone_key (facts->name);

  for (guint i = 0; !facts->collective && i < json_array_get_length (dossiers); i++)
    {
      JsonObject *other = td_json_element_object (dossiers, i);
      g_autofree char *other_key = td_text_tone_key (td_json_string (other, "name"));

      if (other == row || !td_json_string (other, "personalId"))
        continue;
      if (strcmp (td_json_string (other, "personalId"), td_json_string (row, "personalId")) == 0)
        facts->doubled = TD_DOUBLE_SAME_PERSON;
      else if (strcmp (key, other_key) == 0 && day (other, "birthDate") == day (row, "birthDate"))
        facts->doubled = MAX (facts->doubled, TD_DOUBLE_SAME_NAME);
    }
}

static TdFacts *
make_facts (Sample *sample, JsonObject *row)
{
  JsonObject *submission = find (sample, "submissions", "id", td_json_string (row, "submission"));
  const char *unit = td_json_string (row, "unitCode"), *submitter = td_json_string (submission, "submittedBy");
  TdFacts *facts = td_facts_new ();

  facts->today = td_date_make (2025, 7, 15);
  facts->at_top = TRUE;
  facts->collective = strcmp (td_json_string (row, "subjectType"), "TAP_THE") == 0;
  facts->unit = make_unit (sample, unit);
  facts->submitter = strcmp (unit, submitter) == 0 ? facts->unit : make_unit (sample, submitter);
  copy (&facts->name, row, "name");
  copy (&facts->award, row, "award");
  if (!facts->collective)
    fixture_set (&facts->party_member, td_json_bool (row, "partyMember", FALSE) ? "yes" : "no");
  facts->enterprise_director = td_json_bool (row, "isEnterpriseDirector", FALSE);
  fill_ratings (facts->ratings, td_json_object (row, "ratings"));
  g_strfreev (facts->papers);
  facts->papers = read_names (td_json_array (row, "documents"));
  fill_submission (sample, facts, submission);
  fill_double (sample, facts, row);
  return facts;
}

static const char *
verdict_code (TdVerdict verdict)
{
  static const char *const codes[] = { "DU_DIEU_KIEN", "DU_DIEU_KIEN", "CAN_THAM_DINH", "THIEU_DU_LIEU", "CHUA_DU" };

  return codes[verdict];
}

static gint
compare_rules (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* "R-039 R-075" of the findings with @verdict; warnings apart. */
static char *
list_rules (GPtrArray *findings, TdVerdict verdict, gboolean warnings)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new ();

  for (guint i = 0; i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];

      if (finding->verdict == verdict && (finding->severity == TD_SEVERITY_WARN) == warnings)
        g_ptr_array_add (rules, finding->rule);
    }
  g_ptr_array_sort (rules, compare_rules);
  g_ptr_array_add (rules, NULL);
  return g_strjoinv (" ", (char **)rules->pdata);
}

static char *
list_expected (JsonObject *expected, const char *name)
{
  g_auto (GStrv) rules = read_names (td_json_array (expected, name));

  return g_strjoinv (" ", rules);
}

static void
expect (JsonObject *expected, const char *name, GPtrArray *findings, TdVerdict verdict, gboolean warnings)
{
  g_autofree char *wanted = list_expected (expected, name);
  g_autofree char *found = list_rules (findings, verdict, warnings);

  g_assert_cmpstr (found, ==, wanted);
}

static void
test_dossier (gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "sample-dossiers.json", NULL);
  Sample sample = { 0 };
  JsonObject *row, *expected;
  g_autoptr (TdFacts) facts = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  sample.root = td_json_parse_object (text, -1, 1 << 22, NULL);
  sample.campaign = fixture_campaign ();
  sample.units = fixture_units ();
  row = find (&sample, "dossiers", "id", data);
  expected = td_json_object (row, "expected");
  facts = make_facts (&sample, row);
  findings = td_judge (sample.campaign, facts);

  g_assert_cmpstr (verdict_code (td_findings_verdict (findings, NULL)), ==, td_json_string (expected, "verdict"));
  expect (expected, "failed", findings, TD_VERDICT_FAIL, FALSE);
  expect (expected, "unknown", findings, TD_VERDICT_UNKNOWN, FALSE);
  expect (expected, "manual", findings, TD_VERDICT_MANUAL, FALSE);
  expect (expected, "warnings", findings, TD_VERDICT_FAIL, TRUE);
  if (g_test_verbose ())
    for (guint i = 0; i < findings->len; i++)
      {
        const TdFinding *finding = findings->pdata[i];

        if (finding->verdict != TD_VERDICT_NOT_APPLICABLE)
          g_test_message ("%s %s: %s [%s]", finding->rule, fixture_outcome (finding), finding->message, finding->field);
      }
  json_object_unref (sample.root);
  td_campaign_unref (sample.campaign);
  td_units_unref (sample.units);
}

int
main (int argc, char **argv)
{
  static char ids[51][8];

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *path = NULL;

      g_snprintf (ids[i], sizeof ids[i], "HS-%03u", i + 1);
      path = g_strdup_printf ("/samples/%s", ids[i]);
      g_test_add_data_func (path, ids[i], test_dossier);
    }
  return g_test_run ();
}
