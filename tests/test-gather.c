/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "campaign/bases.h"
#include "campaign/measure.h"
#include "dossier/gather.h"

#include <string.h>

/* Facts from records: which member feeds which fact, working words against
 * what was handed in, doubles, quota and days of arrival. */

#define COMMUNE "31447@2024-07-01"
#define NEIGHBOUR "31459@2024-07-01"
#define DISTRICT "935@2024-07-01"
#define BOARD "ban-tdkt@2024-07-01"

typedef struct
{
  TdCampaign *campaign;
  TdUnits *units;
  TdState *state;
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
set_up (World *world, gconstpointer data)
{
  g_autofree char *campaign = read_file ("campaigns/hau-giang-2025.json");
  g_autofree char *units = read_file ("units/hau-giang-2024.json");

  world->campaign = td_campaign_parse (campaign, -1, NULL);
  world->units = td_units_parse (units, -1, NULL);
  world->state = td_state_new (NULL, NULL);
}

static void
tear_down (World *world, gconstpointer data)
{
  td_state_free (world->state);
  td_units_unref (world->units);
  td_campaign_unref (world->campaign);
}

static TdRecord *
ledger (World *world, const char *unit, const char *type)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (world->campaign), unit, type);
  TdRecord *record = td_state_record (world->state, id);

  return record != NULL ? record : td_state_add_record (world->state, id, type, unit, NULL);
}

static TdRecord *
person (World *world, const char *id, const char *unit, const char *name, const char *number)
{
  TdRecord *record = td_state_add_record (world->state, id, "nomination", unit, id);
  TdDossier *dossier;

  td_record_set_text (record, "subject", "individual");
  td_record_set_text (record, "name", name);
  td_record_set_text (record, "birth_date", "1985-03-12");
  td_record_set_text (record, "personal_id", number);
  dossier = td_state_add_dossier (world->state, id, "nomination", unit);
  g_free (dossier->person);
  dossier->person = td_record_person (record);
  return record;
}

static TdFacts *
gather (World *world, const char *dossier, const char *submission, gboolean working)
{
  return td_gather_nomination (world->state, world->campaign, world->units, dossier, submission, working, TRUE,
                               td_date_make (2025, 7, 8));
}

static void
arrive (World *world, const char *dossier, const char *level, TdDate day)
{
  TdReceipt *receipt = g_new0 (TdReceipt, 1);

  receipt->level = g_strdup (level);
  receipt->paper = g_strdup ("1");
  receipt->op = g_strdup ("");
  receipt->day = day;
  td_state_add_receipt (world->state, dossier, receipt);
}

/* What a trình freezes, made by hand. */
static TdVersion *
hand_in (World *world, const char *id, const char *to, TdDate day, const char *submission)
{
  TdDossier *dossier = td_state_dossier (world->state, id);
  TdVersion *version = g_new0 (TdVersion, 1);
  TdRecord *ratings = ledger (world, dossier->owner, "ratings");

  version->dossier = g_strdup (id);
  version->n = ++dossier->version;
  version->digest = g_strdup_printf ("d%" G_GINT64_FORMAT, version->n);
  version->by = g_strdup (dossier->holder);
  version->to = g_strdup (to);
  version->submission = g_strdup (submission);
  version->day = day;
  version->records = g_ptr_array_new_with_free_func ((GDestroyNotify)td_record_free);
  g_ptr_array_add (version->records, td_record_copy (td_state_record (world->state, id)));
  version->quotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (version->quotes, g_strdup (ratings->id), td_record_digest (ratings));
  td_state_add_body (world->state, ratings);
  version->letters = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (version->letters, td_record_digest (td_state_record (world->state, submission)));
  td_state_add_body (world->state, td_state_record (world->state, submission));
  td_state_add_version (world->state, version);
  g_ptr_array_add (dossier->carried, g_new0 (TdCarried, 1));
  *(TdCarried *)dossier->carried->pdata[dossier->carried->len - 1]
      = (TdCarried){ g_strdup (submission), g_strdup (dossier->holder), TRUE };
  g_free (dossier->holder);
  dossier->holder = g_strdup (to);
  return version;
}

static TdRecord *
submission (World *world, const char *id, const char *unit, const char *first, const char *second)
{
  TdRecord *record = td_state_add_record (world->state, id, "submission", unit, NULL);
  g_autofree char *one = g_strdup_printf ("item/%s", first);
  g_autofree char *two = second == NULL ? NULL : g_strdup_printf ("item/%s", second);

  td_record_set_text (record, "letter/number", "21/TTr");
  td_record_set_text (record, one, "2");
  if (two != NULL)
    td_record_set_text (record, two, "1");
  return record;
}

/* ---- the tests ---------------------------------------------------------------------- */

static void
test_members (World *world, gconstpointer data)
{
  TdRecord *record = person (world, "p1", COMMUNE, "Nguyễn Văn Mẫu", "000000000001");
  TdRecord *events = ledger (world, COMMUNE, "events");
  TdRecord *targets = ledger (world, COMMUNE, "targets");
  TdRecord *ratings = ledger (world, COMMUNE, "ratings");
  g_autoptr (TdFacts) facts = NULL;

  td_record_set_text (record, "party_member", "yes");
  td_record_set_text (record, "director", "yes");
  td_record_set_text (record, "rating/2024", "HTXSNV");
  td_record_set_text (record, "file/a/kind", "BAO_CAO_THANH_TICH");
  td_record_set_text (record, "file/b/kind", "XAC_NHAN_BHXH");
  td_record_set_text (record, "file/b/covers_bhyt", "yes");
  td_record_set_text (ratings, "rating/2020", "HTTNV");
  td_record_set_text (targets, "target/x/name", "Sau");
  td_record_set_text (targets, "target/x/order", "10");
  td_record_set_text (targets, "target/y/name", "Trước");
  td_record_set_text (targets, "target/y/order", "9");
  td_record_set_text (events, "launch/date", "2024-07-10");
  td_record_set_text (events, "own_awards/none", "Không có thẩm quyền");
  facts = gather (world, "p1", NULL, TRUE);
  g_assert_false (facts->collective || facts->has_submission);
  g_assert_true (facts->enterprise_director && !facts->deputy_or_chair_only);
  g_assert_cmpint (facts->ratings[4], ==, TD_RATING_EXCELLENT);
  g_assert_cmpint (facts->ratings[3], ==, TD_RATING_MISSING);
  g_assert_cmpuint (g_strv_length (facts->papers), ==, 3);
  g_assert_true (g_strv_contains ((const char *const *)facts->papers, "BHXH_GHI_BHYT"));
  g_assert_true (facts->unit == facts->submitter);
  g_assert_cmpint (facts->unit->ratings[0], ==, TD_RATING_GOOD);
  g_assert_cmpstr (((TdTarget *)facts->unit->targets->pdata[0])->name, ==, "Trước");
  g_assert_cmpint (facts->unit->launched_on, ==, td_date_make (2024, 7, 10));
  g_assert_cmpstr (facts->unit->awarded_not_applicable, ==, "Không có thẩm quyền");
  g_assert_cmpstr (facts->unit->category, ==, "d");
  g_assert_true (facts->unit->registration_route_ok);
  g_assert_null (gather (world, "nothing", NULL, TRUE));
}

/* What was handed in is judged with the ledger it quoted and the letter it came with. */
static void
test_versions (World *world, gconstpointer data)
{
  TdRecord *record = person (world, "p1", COMMUNE, "Nguyễn Văn Mẫu", "000000000001");
  TdRecord *ratings = ledger (world, COMMUNE, "ratings");
  TdRecord *letter;
  g_autoptr (TdFacts) handed = NULL;
  g_autoptr (TdFacts) working = NULL;

  td_record_set_text (ratings, "rating/2024", "HTTNV");
  letter = submission (world, "s1", COMMUNE, "p1", NULL);
  hand_in (world, "p1", DISTRICT, td_date_make (2025, 7, 7), "s1");
  td_record_set_text (record, "name", "Tên đã sửa");
  td_record_set_text (ratings, "rating/2024", "HTNV");
  td_record_set_text (letter, "letter/number", "99/TTr");
  handed = gather (world, "p1", NULL, FALSE);
  g_assert_cmpstr (handed->name, ==, "Nguyễn Văn Mẫu");
  g_assert_cmpint (handed->unit->ratings[4], ==, TD_RATING_GOOD);
  g_assert_true (handed->has_submission);
  g_assert_cmpstr (handed->letter_number, ==, "21/TTr");
  g_assert_cmpint (handed->received, ==, td_date_make (2025, 7, 7));
  working = gather (world, "p1", NULL, TRUE);
  g_assert_cmpstr (working->name, ==, "Tên đã sửa");
  g_assert_cmpint (working->unit->ratings[4], ==, TD_RATING_COMPLETED);
}

static void
test_lists (World *world, gconstpointer data)
{
  TdRecord *letter;
  g_autoptr (TdFacts) facts = NULL;

  person (world, "p1", COMMUNE, "Nguyễn Văn Mẫu", "000000000001");
  person (world, "p2", COMMUNE, "Trần Thị Thử", "000000000002");
  letter = submission (world, "s1", DISTRICT, "p1", "p2");
  td_record_set_text (letter, "minutes/names", " Trần Thị Thử \n\nNguyễn Văn Mẫu");
  facts = gather (world, "p1", "s1", TRUE);
  g_assert_cmpstr (facts->submitter->unit->key, ==, DISTRICT);
  g_assert_cmpstr (facts->unit->unit->key, ==, COMMUNE);
  g_assert_cmpuint (g_strv_length (facts->listed_in_letter), ==, 2);
  g_assert_cmpstr (facts->listed_in_letter[0], ==, "Trần Thị Thử");
  g_assert_cmpstr (facts->listed_in_minutes[0], ==, "Trần Thị Thử");
  g_assert_cmpstr (facts->listed_in_minutes[1], ==, "Nguyễn Văn Mẫu");
  g_assert_cmpint (facts->individuals, ==, 2);
}

/* once per person, without those withdrawn or left out. */
static void
test_count (World *world, gconstpointer data)
{
  TdDossier *dossier;

  person (world, "p1", COMMUNE, "Nguyễn Văn Mẫu", "000000000001");
  person (world, "p2", NEIGHBOUR, "Nguyễn Văn Mẫu", "000000000001");
  submission (world, "s1", DISTRICT, "p1", "p2");
  g_assert_cmpint (td_count_persons (world->state, td_units_get (world->units, DISTRICT), "s1"), ==, 1);
  g_assert_cmpint (td_count_persons (world->state, td_units_get (world->units, DISTRICT), NULL), ==, 0);
  person (world, "p2", NEIGHBOUR, "Trần Thị Thử", "000000000002");
  g_assert_cmpint (td_count_persons (world->state, td_units_get (world->units, DISTRICT), "s1"), ==, 2);
  dossier = td_state_dossier (world->state, "p2");
  g_free (dossier->stage);
  dossier->stage = g_strdup ("withdrawn");
  g_assert_cmpint (td_count_persons (world->state, td_units_get (world->units, DISTRICT), "s1"), ==, 1);
  td_record_set_text (td_state_record (world->state, "p1"), "subject", "collective");
  g_assert_cmpint (td_count_persons (world->state, td_units_get (world->units, DISTRICT), "s1"), ==, 0);
}

/* drafts of others don't count; tone style doesn't matter; what is withdrawn doesn't count. */
static void
test_doubles (World *world, gconstpointer data)
{
  g_autoptr (TdFacts) alone = NULL;
  g_autoptr (TdFacts) same_name = NULL;
  g_autoptr (TdFacts) same_person = NULL;
  TdRecord *other;

  person (world, "p1", COMMUNE, "Đặng Thị Hoà", "000000000001");
  other = person (world, "p2", NEIGHBOUR, "Đặng Thị Hòa", "000000000002");
  alone = gather (world, "p1", NULL, TRUE);
  g_assert_cmpint (alone->doubled, ==, TD_DOUBLE_NONE);
  submission (world, "s2", NEIGHBOUR, "p2", NULL);
  hand_in (world, "p2", DISTRICT, td_date_make (2025, 7, 7), "s2");
  same_name = gather (world, "p1", NULL, TRUE);
  g_assert_cmpint (same_name->doubled, ==, TD_DOUBLE_SAME_NAME);
  g_assert_cmpstr (same_name->doubled_in, ==, td_units_get (world->units, NEIGHBOUR)->full_name);
  td_record_set_text (other, "personal_id", "000000000001");
  g_free (td_state_dossier (world->state, "p2")->person);
  td_state_dossier (world->state, "p2")->person = td_record_person (other);
  same_person = gather (world, "p1", NULL, TRUE);
  g_assert_cmpint (same_person->doubled, ==, TD_DOUBLE_SAME_PERSON);
}

/* A desk above sees no working records: the version handed in tells the name. */
static void
test_double_in_version (World *world, gconstpointer data)
{
  g_autoptr (TdFacts) facts = NULL;
  TdRecord *other = person (world, "p2", NEIGHBOUR, "Đặng Thị Hòa", "000000000002");

  person (world, "p1", COMMUNE, "Đặng Thị Hoà", "000000000001");
  submission (world, "s2", NEIGHBOUR, "p2", NULL);
  hand_in (world, "p2", DISTRICT, td_date_make (2025, 7, 7), "s2");
  td_record_set_text (other, "name", "Người khác");
  facts = gather (world, "p1", NULL, TRUE);
  g_assert_cmpint (facts->doubled, ==, TD_DOUBLE_SAME_NAME);
}

/* and model.md 2.5: the earliest of trình and attestation; both hops. */
static void
test_arrival (World *world, gconstpointer data)
{
  g_autofree char *registration = td_unit_record_id (td_campaign_id (world->campaign), COMMUNE, "registration");
  TdUnitFacts *facts = td_gather_unit (world->state, world->campaign, world->units, COMMUNE);

  g_assert_cmpint (facts->registration_received, ==, TD_DATE_NONE);
  td_unit_facts_free (facts);
  arrive (world, registration, BOARD, td_date_make (2024, 7, 18));
  facts = td_gather_unit (world->state, world->campaign, world->units, COMMUNE);
  g_assert_cmpint (facts->registration_received, ==, td_date_make (2024, 7, 18));
  g_assert_false (facts->registration_route_ok);
  td_unit_facts_free (facts);
  arrive (world, registration, DISTRICT, td_date_make (2024, 7, 12));
  arrive (world, registration, BOARD, td_date_make (2024, 7, 17));
  facts = td_gather_unit (world->state, world->campaign, world->units, COMMUNE);
  g_assert_cmpint (facts->registration_received, ==, td_date_make (2024, 7, 17));
  g_assert_true (facts->registration_route_ok);
  td_unit_facts_free (facts);
  person (world, "p1", COMMUNE, "Nguyễn Văn Mẫu", "000000000001");
  submission (world, "s1", COMMUNE, "p1", NULL);
  hand_in (world, "p1", DISTRICT, td_date_make (2025, 7, 9), "s1");
  arrive (world, "p1", DISTRICT, td_date_make (2025, 7, 8));
  g_assert_cmpint (td_reached_on (world->state, "p1", td_units_get (world->units, DISTRICT)), ==,
                   td_date_make (2025, 7, 8));
  g_assert_cmpint (td_reached_on (world->state, "p1", td_units_get (world->units, BOARD)), ==, TD_DATE_NONE);
  g_assert_null (td_gather_unit (world->state, world->campaign, world->units, "nowhere"));
}

static void
test_catalogue (World *world, gconstpointer data)
{
  TdRecord *project = td_state_add_record (world->state, "pr1", "project", BOARD, NULL);
  TdUnitFacts *lead, *helper;

  td_record_set_text (project, "name", "Đề án");
  td_record_set_text (project, "lead", "so-y-te");
  td_record_set_text (project, "coordinating", "so-noi-vu\nso-tu-phap");
  td_record_set_text (project, "coordinating/so-tu-phap", "yes");
  lead = td_gather_unit (world->state, world->campaign, world->units, "so-y-te@2024-07-01");
  helper = td_gather_unit (world->state, world->campaign, world->units, "so-tu-phap@2024-07-01");
  g_assert_cmpuint (lead->led->len, ==, 1);
  g_assert_cmpuint (lead->coordinated->len, ==, 0);
  g_assert_cmpuint (helper->coordinated->len, ==, 1);
  g_assert_true (((TdProject *)helper->coordinated->pdata[0])->well_done);
  g_assert_cmpint (helper->coordination_exceeded, ==, -1);
  td_unit_facts_free (lead);
  td_unit_facts_free (helper);
}

static TdRecord *
project (World *world, const char *id, const char *first, const char *second, const char *third)
{
  static const char *const codes[] = { "so-noi-vu", "so-tu-phap", "so-y-te" };
  const char *const counts[] = { first, second, third };
  TdRecord *record = td_state_add_record (world->state, id, "project", BOARD, NULL);
  g_autoptr (GString) list = g_string_new (NULL);

  td_record_set_text (record, "name", id);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *path = g_strdup_printf ("coordinating/%s/exceeded", codes[i]);

      if (counts[i] == NULL) /* has no part in it */
        continue;
      g_string_append_printf (list, "%s\n", codes[i]);
      td_record_set_text (record, path, *counts[i] == '\0' ? NULL : counts[i]);
    }
  td_record_set_text (record, "coordinating", list->str);
  return record;
}

static void
assert_ranks (World *world, const char *unit, int exceeded, int rank, int of, const char *in_projects)
{
  g_autofree char *key = g_strdup_printf ("%s@2024-07-01", unit);
  g_autoptr (TdUnitFacts) facts = td_gather_unit (world->state, world->campaign, world->units, key);
  g_autoptr (GString) each = g_string_new (NULL);

  for (guint i = 0; i < facts->coordinated->len; i++)
    {
      const TdProject *at = facts->coordinated->pdata[i];

      g_string_append_printf (each, "%s%d:%d/%d", i == 0 ? "" : " ", at->exceeded, at->rank, at->of);
    }
  g_assert_cmpint (facts->coordination_exceeded, ==, exceeded);
  g_assert_cmpint (facts->coordination_rank, ==, rank);
  g_assert_cmpint (facts->coordination_of, ==, of);
  g_assert_cmpstr (each->str, ==, in_projects);
}

/* (A) over all projects, (B) in each; ties share the rank, a missing count leaves everybody unranked. */
static void
test_ranking (World *world, gconstpointer data)
{
  TdRecord *second;

  project (world, "pr1", "2", "1", "2");
  second = project (world, "pr2", "3", "4", NULL);
  assert_ranks (world, "so-noi-vu", 5, 1, 3, "2:1/3 3:2/2");
  assert_ranks (world, "so-tu-phap", 5, 1, 3, "1:3/3 4:1/2");
  assert_ranks (world, "so-y-te", 2, 3, 3, "2:1/3");
  td_record_set_text (second, "coordinating/so-tu-phap/exceeded", NULL);
  assert_ranks (world, "so-noi-vu", 5, 0, 3, "2:1/3 3:0/2");
  assert_ranks (world, "so-tu-phap", -1, 0, 3, "1:3/3 -1:0/2");
  assert_ranks (world, "so-y-te", 2, 0, 3, "2:1/3");
}

static void
test_block (World *world, gconstpointer data)
{
  TdRecord *block = td_state_add_record (world->state, "b1", "block", BOARD, NULL);
  TdUnitFacts *facts;

  td_record_set_text (block, "unit/dn-mau-mot", "yes");
  facts = td_gather_unit (world->state, world->campaign, world->units, "dn-mau-mot@2024-07-01");
  g_assert_true (facts->in_block);
  td_unit_facts_free (facts);
  td_record_set_text (block, "unit/dn-mau-mot", NULL);
  facts = td_gather_unit (world->state, world->campaign, world->units, "dn-mau-mot@2024-07-01");
  g_assert_false (facts->in_block);
  td_unit_facts_free (facts);
}

/* ---- registrations ------------------------------------------------------------------ */

static void
test_participants (World *world, gconstpointer data)
{
  TdRecord *record = td_state_add_record (world->state, "reg", "registration", COMMUNE, "reg");
  TdParticipants count;

  td_gather_participants (NULL, &count);
  g_assert_cmpuint (count.collectives + count.individuals + count.unsorted, ==, 0);
  td_record_set_text (record, "participants", "Hội Nông dân xã\n\n  Trường Mẫu giáo \n");
  td_gather_participants (record, &count);
  g_assert_cmpuint (count.unsorted, ==, 2);
  td_record_set_text (record, "participant/a/name", "Đảng bộ xã");
  td_record_set_text (record, "participant/a/kind", "collective");
  td_record_set_text (record, "participant/b/name", "Nguyễn Văn Mẫu");
  td_record_set_text (record, "participant/b/kind", "individual");
  td_record_set_text (record, "participant/c/name", "Chi hội 2");
  td_record_set_text (record, "participant/d/kind", "individual"); /* a row without a name is nobody yet */
  td_gather_participants (record, &count);
  g_assert_cmpuint (count.collectives, ==, 1);
  g_assert_cmpuint (count.individuals, ==, 1);
  g_assert_cmpuint (count.unsorted, ==, 3);
}

typedef struct
{
  const char *direction, *plan, *actual, *cap, *day;
  TdMeasure measure;
} Measured;

/* one row beside its plan. */
static void
test_measured (World *world, gconstpointer data)
{
  static const Measured rows[] = {
    { "", "10", "10", "", "2025-06-30", TD_MEASURE_MET },
    { "", "10", "12.5", "", "2025-06-30", TD_MEASURE_EXCEEDED },
    { "", "100", "99.96", "", "2025-06-30", TD_MEASURE_UNMET },
    { "LOWER_BETTER", "2", "1.8", "", "2025-06-30", TD_MEASURE_EXCEEDED },
    { "LOWER_BETTER", "2", "2.1", "", "2025-06-30", TD_MEASURE_UNMET },
    { "", "98", "100", "100", "2025-06-30", TD_MEASURE_MET },
    { "", "10", "12.5", "", "2025-07-01", TD_MEASURE_MISSING },
    { "", "10", "", "", "", TD_MEASURE_MISSING },
    { "QUALITATIVE", "Đạt chuẩn", "Đã hoàn thành", "", "2025-06-30", TD_MEASURE_MET },
    { "QUALITATIVE", "Đạt chuẩn", "Chưa đạt", "", "2025-06-30", TD_MEASURE_UNMET },
    { "QUALITATIVE", "Đạt chuẩn", "Đang thẩm tra", "", "2025-06-30", TD_MEASURE_DOUBTFUL },
  };
  TdRecord *record = ledger (world, COMMUNE, "targets");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TdTarget *target;
      gboolean surpassed;

      td_record_set_text (record, "target/a/direction", rows[i].direction);
      td_record_set_text (record, "target/a/plan", rows[i].plan);
      td_record_set_text (record, "target/a/actual", rows[i].actual);
      td_record_set_text (record, "target/a/cap", rows[i].cap);
      td_record_set_text (record, "target/a/result_date", rows[i].day);
      target = td_gather_target (record, "a");
      g_assert_cmpint (td_campaign_measure (world->campaign, target, &surpassed), ==, rows[i].measure);
      td_target_free (target);
    }
}

static void
assert_basis (World *world, const char *unit, const char *part, gboolean offered)
{
  g_auto (GStrv) bases = td_campaign_bases (world->campaign, td_units_get (world->units, unit));
  gboolean found = FALSE;

  for (guint i = 0; bases[i] != NULL; i++)
    found = found || strstr (bases[i], part) != NULL;
  g_assert_true (found == offered);
}

/* IV.1: which papers are offered to whom. */
static void
test_bases (World *world, gconstpointer data)
{
  assert_basis (world, COMMUNE, "Nghị quyết Đại hội Đảng bộ xã Vị Thủy", TRUE);
  assert_basis (world, COMMUNE, "Chương trình, đề án", FALSE);
  assert_basis (world, COMMUNE, "50-CTr/TU", TRUE);
  assert_basis (world, DISTRICT, "Nghị quyết Đại hội Đảng bộ huyện Vị Thủy", TRUE);
  assert_basis (world, DISTRICT, "Chương trình, đề án của Ban Chấp hành Đảng bộ huyện Vị Thủy", TRUE);
  assert_basis (world, "so-y-te@2024-07-01", "Nghị quyết Đại hội Đảng bộ Sở", FALSE);
  assert_basis (world, "so-y-te@2024-07-01", "04-NQ/TU", TRUE);
  g_assert_true (td_campaign_offers_catalogue (world->campaign, td_units_get (world->units, "so-y-te@2024-07-01")));
  g_assert_false (td_campaign_offers_catalogue (world->campaign, td_units_get (world->units, DISTRICT)));
}

#define ADD(path, function) g_test_add ("/gather/" path, World, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("members", test_members);
  ADD ("versions", test_versions);
  ADD ("lists", test_lists);
  ADD ("count", test_count);
  ADD ("doubles", test_doubles);
  ADD ("double-in-version", test_double_in_version);
  ADD ("arrival", test_arrival);
  ADD ("catalogue", test_catalogue);
  ADD ("ranking", test_ranking);
  ADD ("block", test_block);
  ADD ("participants", test_participants);
  ADD ("measured", test_measured);
  ADD ("bases", test_bases);
  return g_test_run ();
}
