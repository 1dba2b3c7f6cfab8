/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "campaign/report-plan.h"
#include "dossier/figures.h"
#include "dossier/gather.h"
#include "scene.h"

#include <string.h>

/* Interim and final reports in the core: their ids, sections and way, the day they
 * arrived, and the figures counted from the ledger. */

static char *
report_id (Scene *scene, Desk desk, const char *name)
{
  return scene_ledger (scene, desk, name);
}

/* ---- ids and the way up ------------------------------------------------------------ */

static void
test_two_reports (void)
{
  Scene *scene = scene_new ();
  g_autofree char *final = report_id (scene, COMMUNE, "report");
  g_autofree char *interim = report_id (scene, COMMUNE, "interim_report");
  g_autofree char *third = scene_id (scene);

  g_assert_cmpstr (final, !=, interim);
  assert_code (scene_edit (scene, COMMUNE, final, "report", "section/trien_khai", "Đã phát động."), "");
  assert_code (scene_edit (scene, COMMUNE, interim, "report", "section/trien_khai", "Sơ kết."), "");
  assert_code (scene_edit (scene, COMMUNE, third, "report", "section/trien_khai", "Thứ ba."), "format");
  assert_code (scene_edit (scene, NEIGHBOUR, interim, "report", "section/trien_khai", "Của người khác."), "format");
  assert_code (scene_edit (scene, COMMUNE, interim, "registration", "note", "Sai loại."), "format");
  g_assert_true (td_is_unit_record (td_campaign_id (scene->campaign), scene->units_of[COMMUNE], "report", interim));
  g_assert_false (td_is_unit_record (td_campaign_id (scene->campaign), scene->units_of[COMMUNE], "events", interim));
  scene_free (scene);
}

static void
hand_in (Scene *scene, Desk desk, const char *report)
{
  g_autofree char *letter = scene_letter (scene, desk, ON (report));

  assert_code (scene_apply (scene, desk, scene_submit (scene, desk, letter, ON (report))), "");
}

/* A commune's report ends at its district; the district's own goes to the top. */
static void
test_route_ends (void)
{
  Scene *scene = scene_new ();
  g_autofree char *commune = report_id (scene, COMMUNE, "report");
  g_autofree char *district = report_id (scene, DISTRICT, "report");
  g_autofree char *letter = NULL;
  TdVersion *version;
  g_autofree char *events = scene_ledger (scene, COMMUNE, "events");

  scene_fill_ledger (scene, COMMUNE);
  assert_code (scene_edit (scene, COMMUNE, commune, "report", "section/kien_nghi", "Không."), "");
  hand_in (scene, COMMUNE, commune);
  version = td_state_version (scene->state, commune, 1);
  g_assert_cmpstr (version->to, ==, scene->units_of[DISTRICT]);
  g_assert_nonnull (td_figures_quoted (scene->state, version, events));
  g_assert_null (td_figures_quoted (scene->state, version, commune));
  assert_code (scene_apply (scene, DISTRICT, scene_step (scene, "receive", ON (commune), NULL)), "");
  letter = scene_letter (scene, DISTRICT, ON (commune));
  assert_code (scene_apply (scene, DISTRICT, scene_submit (scene, DISTRICT, letter, ON (commune))), "reach");
  g_assert_cmpstr (scene_stage (scene, commune), ==, "received");
  g_assert_false (scene_shown (scene, BOARD, "dossier", commune));
  assert_code (scene_edit (scene, DISTRICT, district, "report", "section/kien_nghi", "Không."), "");
  hand_in (scene, DISTRICT, district);
  g_assert_true (scene_shown (scene, BOARD, "dossier", district));
  scene_free (scene);
}

/* What came by e-mail or on paper is attested, of either report, also before it is begun. */
static void
test_attested (void)
{
  Scene *scene = scene_new ();
  const char *unit = scene->units_of[COMMUNE];
  const char *const words[]
      = { "unit", unit, "type", "report", "day", "2025-07-05", "time", "08:00", "paper", "12/BC-UBND", NULL };
  g_autofree char *interim = report_id (scene, COMMUNE, "interim_report");
  g_autofree char *final = report_id (scene, COMMUNE, "report");
  g_autofree char *other = report_id (scene, NEIGHBOUR, "report");

  assert_code (scene_apply (scene, DISTRICT, scene_step (scene, "attest", ON (interim), words)), "");
  assert_code (scene_apply (scene, DISTRICT, scene_step (scene, "attest", ON (final), words)), "");
  assert_code (scene_apply (scene, DISTRICT, scene_step (scene, "attest", ON (other), words)), "unknown");
  g_assert_cmpint (td_reached_on (scene->state, final, td_units_get (scene->units, scene->units_of[DISTRICT])), ==,
                   td_date_make (2025, 7, 5));
  scene_free (scene);
}

/* R-092 rests on the earlier of arrival and the day of sending the unit wrote down. */
static void
test_report_day (void)
{
  Scene *scene = scene_new ();
  const char *unit = scene->units_of[COMMUNE];
  const char *const words[]
      = { "unit", unit, "type", "report", "day", "2025-07-05", "time", "08:00", "paper", "12/BC-UBND", NULL };
  g_autofree char *final = report_id (scene, COMMUNE, "report");
  g_autofree char *events = scene_ledger (scene, COMMUNE, "events");
  g_autoptr (TdUnitFacts) none = td_gather_unit (scene->state, scene->campaign, scene->units, unit);
  g_autoptr (TdUnitFacts) typed = NULL;
  g_autoptr (TdUnitFacts) attested = NULL;
  TdDeadline deadline = td_campaign_deadline (scene->campaign, "final_report");

  g_assert_cmpint (none->report_sent_on, ==, TD_DATE_NONE);
  assert_code (scene_edit (scene, COMMUNE, events, "events", "report/date", "2025-07-11"), "");
  typed = td_gather_unit (scene->state, scene->campaign, scene->units, unit);
  g_assert_cmpint (typed->report_sent_on, ==, td_date_make (2025, 7, 11));
  g_assert_false (td_deadline_met (deadline, typed->report_sent_on)); /* "trước ngày" */
  g_assert_true (td_deadline_met (deadline, td_date_make (2025, 7, 10)));
  assert_code (scene_apply (scene, DISTRICT, scene_step (scene, "attest", ON (final), words)), "");
  attested = td_gather_unit (scene->state, scene->campaign, scene->units, unit);
  g_assert_cmpint (attested->report_sent_on, ==, td_date_make (2025, 7, 5));
  scene_free (scene);
}

/* ---- figures --------------------------------------------------------------------------- */

static const TdRecord *
record (Scene *scene, Desk desk, const char *name)
{
  g_autofree char *id = scene_ledger (scene, desk, name);

  return td_state_record (scene->state, id);
}

static void
read_commune (Scene *scene, TdFigures *figures)
{
  td_figures_read (figures, scene->state, scene->campaign, td_units_get (scene->units, scene->units_of[COMMUNE]),
                   record (scene, COMMUNE, "targets"), record (scene, COMMUNE, "events"), NULL);
}

static void
test_figures (void)
{
  Scene *scene = scene_new ();
  g_autofree char *events = scene_ledger (scene, COMMUNE, "events");
  g_autofree char *targets = scene_ledger (scene, COMMUNE, "targets");
  static const char *const members[][2] = {
    { "own_award/a/form", "Giấy khen" },        { "own_award/a/collectives", "3" }, { "own_award/a/individuals", "12" },
    { "own_award/b/collectives", "rất nhiều" }, { "own_award/b/individuals", "1" }, { "work/w/name", "Cầu ấp 4" },
    { "work/w/value", "1500000000" },           { "work/x/name", "Đường hoa" },     { "work/x/value", "-5" },
    { "work/y/value", "99999999999999999999" },
  };
  TdFigures figures;

  read_commune (scene, &figures);
  g_assert_cmpuint (figures.targets.total, ==, 0);
  g_assert_cmpint (figures.works, ==, 0);
  scene_fill_ledger (scene, COMMUNE);
  assert_code (scene_edit (scene, COMMUNE, targets, "targets", "target/t3/plan", "5"), "");
  assert_code (scene_edit (scene, COMMUNE, targets, "targets", "target/t3/actual", "4"), "");
  assert_code (scene_edit (scene, COMMUNE, targets, "targets", "target/t4/plan", "5"), "");
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    assert_code (scene_edit (scene, COMMUNE, events, "events", members[i][0], members[i][1]), "");
  read_commune (scene, &figures);
  g_assert_cmpuint (figures.targets.total, ==, 4);
  g_assert_cmpuint (figures.targets.met, ==, 2);
  g_assert_cmpuint (figures.targets.exceeded, ==, 1);
  g_assert_cmpuint (figures.targets.unmet, ==, 1);
  g_assert_cmpuint (figures.targets.open, ==, 1);
  g_assert_cmpint (figures.award_rows, ==, 2);
  g_assert_cmpint (figures.award_collectives, ==, 3);
  g_assert_cmpint (figures.award_individuals, ==, 13);
  g_assert_cmpint (figures.works, ==, 3);
  g_assert_cmpint (figures.works_value, ==, 1500000000);
  scene_free (scene);
}

/* Proposed is what was handed in and stands, and what the letter in preparation lists. */
static void
test_proposed (void)
{
  Scene *scene = scene_new ();
  g_autofree char *one = NULL;
  g_autofree char *letter = NULL;
  TdFigures figures = { 0 };

  scene_fill_ledger (scene, COMMUNE);
  one = scene_nominate (scene, COMMUNE, FALSE, "Nguyễn Văn Mẫu");
  g_free (scene_nominate (scene, COMMUNE, FALSE, "Chỉ là dự thảo"));
  letter = scene_letter (scene, COMMUNE, ON (one));
  td_figures_read_proposed (&figures, scene->state, td_units_get (scene->units, scene->units_of[COMMUNE]), NULL);
  g_assert_cmpint (figures.proposed_individuals, ==, 0);
  td_figures_read_proposed (&figures, scene->state, td_units_get (scene->units, scene->units_of[COMMUNE]), letter);
  g_assert_cmpint (figures.proposed_individuals, ==, 1);
  g_assert_cmpint (figures.proposed_collectives, ==, 0);
  scene_free (scene);
}

static void
test_sums (void)
{
  TdFigures all = { { 4, 3, 1, 1, 0 }, 1, 2, 3, 1, G_MAXINT64 - 5, 1, 2 };
  const TdFigures one = { { 2, 2, 2, 0, 0 }, 1, 10, 20, 2, 100, 0, 1 };

  td_figures_add (&all, &one);
  g_assert_cmpuint (all.targets.total, ==, 6);
  g_assert_cmpuint (all.targets.exceeded, ==, 3);
  g_assert_cmpint (all.award_individuals, ==, 23);
  g_assert_cmpint (all.works, ==, 3);
  g_assert_cmpint (all.works_value, ==, G_MAXINT64);
  g_assert_cmpint (all.proposed_individuals, ==, 3);
}

static void
test_below (void)
{
  TdState *state = td_state_new (NULL, NULL);
  TdRecord *report = td_state_add_record (state, "id", "report", "unit", "id");
  TdFiguresBelow below;

  g_assert_false (td_figures_read_below (&below, NULL));
  g_assert_false (td_figures_read_below (&below, report));
  for (guint i = 0; td_figures_below_member (i) != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("below/%s", td_figures_below_member (i));
      g_autofree char *value = g_strdup_printf ("%u", i + 7);

      td_record_set_text (report, path, value);
    }
  g_assert_true (td_figures_read_below (&below, report));
  for (guint i = 0; td_figures_below_member (i) != NULL; i++)
    g_assert_cmpint (td_figures_below_value (&below, i), ==, i + 7);
  td_state_free (state);
}

/* ---- the plan ------------------------------------------------------------------------------ */

static TdCampaign *
changed (const char *from, const char *to, const char *pointer)
{
  g_autofree char *path = g_build_filename (g_getenv ("TD_DATADIR"), "campaigns", "hau-giang-2025.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) edited = NULL;
  g_autoptr (GError) error = NULL;
  TdCampaign *campaign;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  edited = g_string_new (text);
  if (from != NULL)
    g_assert_cmpuint (g_string_replace (edited, from, to, 1), ==, 1);
  campaign = td_campaign_parse (edited->str, -1, &error);
  if (pointer == NULL)
    g_assert_no_error (error);
  else if (error == NULL || strstr (error->message, pointer) == NULL)
    g_error ("“%s” does not name %s", error == NULL ? "" : error->message, pointer);
  return campaign;
}

static void
test_plan (void)
{
  g_autoptr (TdCampaign) campaign = changed (NULL, NULL, NULL);
  g_autoptr (TdCampaign) without = changed ("\"report\": {", "\"raport\": {", NULL);
  const TdReportPlan *plan = td_campaign_report (campaign);
  g_autofree char *six = td_report_numeral (5);

  g_assert_cmpstr (plan->address, ==, "bantdkthg@gmail.com");
  g_assert_cmpuint (plan->sections->len, ==, 6);
  g_assert_nonnull (td_report_section (plan, plan->difficulties));
  g_assert_null (td_report_section (plan, "nothing"));
  g_assert_cmpstr (six, ==, "VI");
  g_assert_cmpuint (td_campaign_report (without)->sections->len, ==, 0);
  g_assert_cmpstr (td_campaign_report (without)->address, ==, "");
  g_assert_null (changed ("\"key\": \"han_che\"", "\"key\": \"ket_qua\"", "/report/sections/3/key"));
  g_assert_null (changed ("\"key\": \"han_che\"", "\"key\": \"a/b\"", "/report/sections/3/key"));
  g_assert_null (changed ("\"works\"]", "\"sums\"]", "/report/sections/1/tables"));
  g_assert_null (changed ("bantdkthg@gmail.com", "x@y?cc=z@w", "/report/address"));
  g_assert_null (changed ("\"difficulties\": \"kho_khan\"", "\"difficulties\": \"khac\"", "/report/difficulties"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/two-reports", test_two_reports);
  g_test_add_func ("/figures/route-ends", test_route_ends);
  g_test_add_func ("/figures/attested", test_attested);
  g_test_add_func ("/figures/report-day", test_report_day);
  g_test_add_func ("/figures/figures", test_figures);
  g_test_add_func ("/figures/proposed", test_proposed);
  g_test_add_func ("/figures/sums", test_sums);
  g_test_add_func ("/figures/below", test_below);
  g_test_add_func ("/figures/plan", test_plan);
  return g_test_run ();
}
