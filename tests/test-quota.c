/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "campaign/judge.h"
#include "dossier/gather.h"

#include <string.h>

/* how many persons each unit may propose, and who counts, read
 * from records as the desk and the endpoint read them. */

typedef struct
{
  TdCampaign *campaign;
  TdUnits *units;
  TdState *state;
  guint counter;
} World;

static char *
read_file (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("TD_DATADIR"), name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
set_up (World *world)
{
  g_autofree char *campaign = read_file ("campaigns/hau-giang-2025.json");
  g_autofree char *units = read_file ("units/hau-giang-2024.json");

  world->campaign = td_campaign_parse (campaign, -1, NULL);
  world->units = td_units_parse (units, -1, NULL);
  world->state = td_state_new (NULL, NULL);
  world->counter = 0;
}

static void
tear_down (World *world)
{
  td_state_free (world->state);
  td_units_unref (world->units);
  td_campaign_unref (world->campaign);
}

static const TdUnit *
unit_of (World *world, const char *code)
{
  const TdUnit *unit = td_units_by_code (world->units, code, td_date_make (2025, 7, 8));

  g_assert_nonnull (unit);
  return unit;
}

static TdRecord *
letter (World *world, const char *id, const TdUnit *unit)
{
  TdRecord *record = td_state_record (world->state, id);

  return record != NULL ? record : td_state_add_record (world->state, id, "submission", unit->key, NULL);
}

/* A person of @owner in the letter @id of @unit; the dossier's id. */
static char *
add_person (World *world, const char *id, const TdUnit *unit, const TdUnit *owner, const char *number)
{
  char *dossier = g_strdup_printf ("p%03u", world->counter++);
  g_autofree char *own = g_strdup_printf ("%012u", 900 + world->counter);
  g_autofree char *path = g_strdup_printf ("item/%s", dossier);
  TdRecord *record = td_state_add_record (world->state, dossier, "nomination", owner->key, dossier);

  td_record_set_text (record, "subject", "individual");
  td_record_set_text (record, "name", dossier);
  td_record_set_text (record, "personal_id", number == NULL ? own : number);
  td_state_add_dossier (world->state, dossier, "nomination", owner->key);
  td_record_set_text (letter (world, id, unit), path, "1");
  return dossier;
}

static void
move (World *world, const char *id, const char *stage, const char *submission, const TdUnit *unit, gboolean active)
{
  TdDossier *dossier = td_state_dossier (world->state, id);
  TdCarried *carried = g_new0 (TdCarried, 1);

  g_free (dossier->stage);
  dossier->stage = g_strdup (stage);
  carried->submission = g_strdup (submission);
  carried->unit = g_strdup (unit->key);
  carried->active = active;
  g_ptr_array_add (dossier->carried, carried);
  letter (world, submission, unit)->closed = TRUE;
}

static void
lead (World *world, const TdUnit *unit)
{
  TdRecord *project = td_state_add_record (world->state, "pr1", "project", "ban-tdkt@2024-07-01", NULL);

  td_record_set_text (project, "kind", "Đề án");
  td_record_set_text (project, "name", "Chuyển đổi số");
  td_record_set_text (project, "lead", unit->code);
}

static int
most_of (World *world, const TdUnit *unit)
{
  g_autoptr (TdUnitFacts) facts = td_gather_unit (world->state, world->campaign, world->units, unit->key);

  return td_campaign_quota (world->campaign, unit, facts->led->len > 0);
}

static TdVerdict
verdict_of (World *world, const char *dossier, const char *submission)
{
  g_autoptr (TdFacts) facts = td_gather_nomination (world->state, world->campaign, world->units, dossier, submission,
                                                    TRUE, TRUE, td_date_make (2025, 7, 8));
  g_autoptr (GPtrArray) findings = td_judge (world->campaign, facts);

  for (guint i = 0; i < findings->len; i++)
    if (strcmp (((TdFinding *)findings->pdata[i])->rule, "R-052") == 0)
      return ((TdFinding *)findings->pdata[i])->verdict;
  g_assert_not_reached ();
}

/* ---- R-052, R-053 -------------------------------------------------------------------------- */

typedef struct
{
  const char *unit;
  int most;
  gboolean leads;
} Row;

static const Row ROWS[] = {
  { "dang-bo-cong-an", 4, FALSE },
  { "dang-bo-quan-su", 2, FALSE },
  { "dang-bo-khoi-ccq-dn", 1, FALSE },
  { "934", 14, FALSE }, /* Phụng Hiệp */
  { "930", 12, FALSE }, /* Vị Thanh */
  { "935", 12, FALSE }, /* Vị Thủy */
  { "932", 12, FALSE }, /* Châu Thành A */
  { "937", 10, FALSE }, /* thị xã Long Mỹ */
  { "936", 10, FALSE }, /* huyện Long Mỹ */
  { "933", 10, FALSE }, /* Châu Thành */
  { "931", 8, FALSE },  /* Ngã Bảy */
  { "so-y-te", 1, FALSE },
  { "so-y-te", 2, TRUE },
  { "dang-bo-cong-an", 4, TRUE },
};

/* As many as the plan gives pass, one more doesn't. */
static void
test_row (gconstpointer data)
{
  const Row *row = data;
  World world;
  const TdUnit *unit;
  g_autofree char *last = NULL;

  set_up (&world);
  unit = unit_of (&world, row->unit);
  if (row->leads)
    lead (&world, unit);
  g_assert_cmpint (most_of (&world, unit), ==, row->most);
  for (int i = 0; i < row->most; i++)
    {
      g_free (last);
      last = add_person (&world, "s1", unit, unit, NULL);
    }
  g_assert_cmpint (td_count_persons (world.state, unit, "s1"), ==, row->most);
  g_assert_cmpint (verdict_of (&world, last, "s1"), ==, TD_VERDICT_PASS);
  g_free (last);
  last = add_person (&world, "s1", unit, unit, NULL);
  g_assert_cmpint (verdict_of (&world, last, "s1"), ==, TD_VERDICT_FAIL);
  tear_down (&world);
}

/* ---- R-054 ----------------------------------------------------------------------------------- */

/* Ngã Bảy: five of the town and three of its wards are eight; a ward has no quota of its own. */
static void
test_wards_count_in_their_town (void)
{
  World world;
  const TdUnit *town, *ward;
  g_autofree char *last = NULL;
  g_autoptr (GPtrArray) wards = NULL;

  set_up (&world);
  town = unit_of (&world, "931");
  wards = td_units_children (world.units, town);
  ward = wards->pdata[0];
  g_assert_cmpint (most_of (&world, ward), ==, -1);
  for (guint i = 0; i < 8; i++)
    {
      g_free (last);
      last = add_person (&world, "s1", town, i < 5 ? town : ward, NULL);
    }
  g_assert_cmpint (verdict_of (&world, last, "s1"), ==, TD_VERDICT_PASS);
  g_free (last);
  last = add_person (&world, "s1", town, ward, NULL);
  g_assert_cmpint (verdict_of (&world, last, "s1"), ==, TD_VERDICT_FAIL);
  move (&world, "p000", "withdrawn", "s1", town, TRUE);
  letter (&world, "s1", town)->closed = FALSE;
  g_assert_cmpint (verdict_of (&world, last, "s1"), ==, TD_VERDICT_PASS);
  tear_down (&world);
}

typedef struct
{
  const char *path;
  const char *stage;
  gboolean active;
  int counted;
} Fate;

static const Fate FATES[] = {
  { "submitted", "submitted", TRUE, 2 }, { "received", "received", TRUE, 2 },
  { "returned", "returned", TRUE, 2 },   { "decided", "decided", TRUE, 2 },
  { "withdrawn", "withdrawn", TRUE, 1 }, { "not-proposed", "not_proposed", TRUE, 1 },
  { "recalled", "draft", FALSE, 1 },
};

/* What became of a person handed in with the first letter, counted beside one of the second. */
static void
test_fate (gconstpointer data)
{
  const Fate *fate = data;
  World world;
  const TdUnit *unit;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  set_up (&world);
  unit = unit_of (&world, "935");
  first = add_person (&world, "s1", unit, unit, NULL);
  move (&world, first, fate->stage, "s1", unit, fate->active);
  second = add_person (&world, "s2", unit, unit, NULL);
  g_assert_cmpint (td_count_persons (world.state, unit, "s2"), ==, fate->counted);
  tear_down (&world);
}

/* The same person in two letters is one; a recalled one counts again when he goes up again. */
static void
test_several_letters (void)
{
  World world;
  const TdUnit *unit;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *recalled = NULL;
  g_autoptr (GPtrArray) also = g_ptr_array_new ();

  set_up (&world);
  unit = unit_of (&world, "935");
  first = add_person (&world, "s1", unit, unit, "000000000001");
  recalled = add_person (&world, "s1", unit, unit, "000000000002");
  move (&world, first, "submitted", "s1", unit, TRUE);
  move (&world, recalled, "draft", "s1", unit, FALSE);
  again = add_person (&world, "s2", unit, unit, "000 000 000 001");
  g_assert_cmpint (td_count_persons (world.state, unit, "s2"), ==, 1);
  g_assert_cmpint (td_count_persons (world.state, unit, "s1"), ==, 1);
  g_ptr_array_add (also, recalled);
  g_assert_cmpint (td_count_persons_with (world.state, unit, "s1", also), ==, 2);
  td_record_set_text (td_state_record (world.state, again), "subject", "collective");
  g_assert_cmpint (td_count_persons (world.state, unit, "s2"), ==, 1);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/quota/R-05%d/%s", ROWS[i].leads ? 3 : 2, ROWS[i].unit);

      g_test_add_data_func (path, &ROWS[i], test_row);
    }
  g_test_add_func ("/quota/R-054/wards-count-in-their-town", test_wards_count_in_their_town);
  for (guint i = 0; i < G_N_ELEMENTS (FATES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/quota/R-054/%s", FATES[i].path);

      g_test_add_data_func (path, &FATES[i], test_fate);
    }
  g_test_add_func ("/quota/R-054/several-letters", test_several_letters);
  return g_test_run ();
}
