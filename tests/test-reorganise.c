/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scene's log is private to it; here it becomes what devices send. */
#include "scene.c"

#include "device-fixture.h"

#include "dossier/gather.h"
#include "endpoint/centre-private.h"
#include "endpoint/reorganise.h"
#include "endpoint/replay.h"

#include <glib/gstdio.h>

/* Units merged, split and re-parented while dossiers are on the way (model.md 4.2).
 * Every scene replays from nothing when it is freed, each operation under its own file. */

#define MERGED "vi-thuy-moi@2025-07-05"
#define HEIR "vi-thuy-hai@2025-07-05"
#define OTHER_DISTRICT "934"

/* ---- units files ------------------------------------------------------------------ */

static JsonObject *
unit_row (JsonObject *root, const char *code)
{
  JsonArray *rows = json_object_get_array_member (root, "units");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (strcmp (json_object_get_string_member (row, "code"), code) == 0)
        return row;
    }
  g_assert_not_reached ();
}

static void
close_unit (JsonObject *root, const char *code, const char *successor)
{
  JsonObject *row = unit_row (root, code);

  json_object_set_string_member (row, "validTo", "2025-07-04");
  if (successor != NULL)
    json_object_set_string_member (row, "successor", successor);
}

static void
open_unit (JsonObject *root, const char *code, const char *name, const char *parent)
{
  static const char *const same[] = { "kind", "level", "phaseLevel", "category", "placeName", "receivingOffice" };
  JsonObject *model = unit_row (root, "31447");
  JsonObject *row = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    json_object_set_string_member (row, same[i], json_object_get_string_member (model, same[i]));
  json_object_set_string_member (row, "code", code);
  json_object_set_string_member (row, "name", name);
  json_object_set_string_member (row, "fullName", name);
  json_object_set_string_member (row, "partyOrganisation", name);
  json_object_set_string_member (row, "parent", parent);
  json_object_set_string_member (row, "validFrom", "2025-07-05");
  json_array_add_object_element (json_object_get_array_member (root, "units"), row);
}

static void
merge (JsonObject *root)
{
  open_unit (root, "vi-thuy-moi", "Xã Vị Thủy mới", "935");
  close_unit (root, "31447", "vi-thuy-moi");
  close_unit (root, "31459", "vi-thuy-moi");
}

static void
reparent (JsonObject *root)
{
  json_object_set_string_member (unit_row (root, "31447"), "parent", OTHER_DISTRICT);
}

static void
split (JsonObject *root)
{
  JsonArray *others = json_array_new ();

  open_unit (root, "vi-thuy-moi", "Xã Vị Thủy mới", "935");
  open_unit (root, "vi-thuy-hai", "Xã Vị Thủy Hai", OTHER_DISTRICT);
  close_unit (root, "31447", "vi-thuy-moi");
  json_array_add_string_element (others, "vi-thuy-hai");
  json_object_set_array_member (unit_row (root, "31447"), "alsoTo", others);
}

/* The district goes and leaves its communes to the province: two levels from now on. */
static void
abolish_district (JsonObject *root)
{
  JsonArray *rows = json_object_get_array_member (root, "units");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (td_json_string (row, "parent") != NULL && strcmp (td_json_string (row, "parent"), "935") == 0)
        json_object_set_string_member (row, "parent", "ban-tdkt");
    }
  close_unit (root, "935", "ban-tdkt");
}

static void
end_without_successor (JsonObject *root)
{
  close_unit (root, "31447", NULL);
}

static void
leave_out (JsonObject *root)
{
  JsonArray *rows = json_object_get_array_member (root, "units");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (json_array_get_object_element (rows, i) == unit_row (root, "31447"))
      {
        json_array_remove_element (rows, i);
        return;
      }
}

static char *
units_text (void (*change) (JsonObject *root))
{
  g_autofree char *text = read_data ("units", "hau-giang-2024.json");
  g_autoptr (JsonObject) root = td_json_parse_object (text, -1, 4 * 1024 * 1024, NULL);

  change (root);
  return td_json_canonical_object (root);
}

/* ---- in the scene ------------------------------------------------------------------- */

static JsonObject *
reorganisation (Scene *scene, const char *units)
{
  JsonObject *content = scene_begin (scene, "reorganise");
  g_autofree char *digest = td_digest (units, -1);

  json_object_set_string_member (content, "units", digest);
  json_object_set_string_member (content, "reason", "Nghị quyết số 01/NQ-MẪU");
  return content;
}

static void
name_pair (JsonObject *content, const char *list, const char *id, const char *unit)
{
  JsonArray *pairs = td_json_array (content, list);
  JsonArray *pair = json_array_new ();

  if (pairs == NULL)
    json_object_set_array_member (content, list, pairs = json_array_new ());
  json_array_add_string_element (pair, id);
  json_array_add_string_element (pair, unit);
  json_array_add_array_element (pairs, pair);
}

/* By the endpoint's own key, under the new file, which is in force from then on. */
static const char *
put_in_force (Scene *scene, JsonObject *content, const char *units)
{
  g_autofree char *office = g_steal_pointer (&scene->keys[OFFICE]);
  TdUnits *before = scene->units;
  const char *code;

  scene->units = td_units_parse (units, -1, NULL);
  g_assert_nonnull (scene->units);
  scene->keys[OFFICE] = make_key (100);
  code = scene_apply (scene, OFFICE, content);
  g_free (scene->keys[OFFICE]);
  scene->keys[OFFICE] = g_steal_pointer (&office);
  td_units_unref (before); /* the log keeps it */
  return code;
}

static void
reorganise (Scene *scene, void (*change) (JsonObject *root))
{
  g_autofree char *units = units_text (change);

  assert_code (put_in_force (scene, reorganisation (scene, units), units), "");
}

static const TdEntry *
last_of (Scene *scene, const char *dossier)
{
  const TdDossier *found = td_state_dossier (scene->state, dossier);

  return found->chain->pdata[found->chain->len - 1];
}

static int
persons (Scene *scene, const char *unit)
{
  return td_count_persons (scene->state, td_units_get (scene->units, unit), NULL);
}

/* Drafts and a trình that waits on a device while the unit is merged: all of it is taken. */
static void
test_merge_outbox (void)
{
  Scene *scene = scene_new ();
  JsonObject *waiting, *typed;
  TdDossier *dossier;

  scene_advance (scene, "draft");
  typed = scene_edit_on (scene, COMMUNE, scene->person, "nomination", "achievement", "Viết khi chưa có đường truyền.");
  reorganise (scene, merge);
  dossier = td_state_dossier (scene->state, scene->person);
  g_assert_cmpstr (dossier->owner, ==, scene->units_of[COMMUNE]);
  g_assert_cmpstr (dossier->holder, ==, MERGED);
  g_assert_cmpint (dossier->epoch, ==, 0);
  g_assert_cmpstr (last_of (scene, scene->person)->verb, ==, "reorganise");
  g_assert_cmpstr (last_of (scene, scene->person)->detail, ==, "Nghị quyết số 01/NQ-MẪU");
  assert_code (scene_apply (scene, COMMUNE, typed), "");
  waiting = scene_submit (scene, COMMUNE, scene->letter, ON (scene->collective, scene->person));
  assert_code (scene_apply (scene, COMMUNE, waiting), "");
  g_assert_cmpstr (((TdCarried *)dossier->carried->pdata[0])->unit, ==, MERGED);
  g_assert_cmpstr (dossier->holder, ==, scene->units_of[DISTRICT]);
  /* The other commune's device works for the same unit now. */
  assert_code (scene_apply (scene, NEIGHBOUR, scene_step (scene, "recall", ON (scene->person), NULL)), "");
  scene_free (scene);
}

/* A trình written before the merger, sent after it: judged as it was meant. */
static void
test_merge_waiting_submit (void)
{
  Scene *scene = scene_new ();
  JsonObject *waiting;

  scene_advance (scene, "draft");
  waiting = scene_submit (scene, COMMUNE, scene->letter, ON (scene->collective, scene->person));
  scene_fill_ledger (scene, NEIGHBOUR);
  reorganise (scene, merge);
  assert_code (scene_apply (scene, COMMUNE, waiting), "");
  g_assert_cmpint (persons (scene, scene->units_of[DISTRICT]), ==, 0);
  g_assert_cmpint (persons (scene, MERGED), ==, 1);
  scene_free (scene);
}

/* Handed in, then merged; returned and handed in again by the other commune's people. */
static void
test_merge_submitted (void)
{
  Scene *scene = scene_new ();
  TdDossier *dossier;

  scene_advance (scene, "received");
  reorganise (scene, merge);
  g_assert_cmpint (persons (scene, MERGED), ==, 1);
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "achievement")), "");
  dossier = td_state_dossier (scene->state, scene->person);
  g_assert_cmpstr (dossier->holder, ==, MERGED);
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "achievement", "Bổ sung."), "");
  g_assert_cmpuint (td_state_record (scene->state, scene->person)->beside->len, ==, 0);
  assert_code (scene_apply (scene, NEIGHBOUR, scene_submit (scene, COMMUNE, scene->letter, ON (scene->person))), "");
  g_assert_cmpint (persons (scene, MERGED), ==, 1);
  g_assert_cmpstr (scene_stage (scene, scene->person), ==, "submitted");
  scene_free (scene);
}

/* Before the Council: nothing stops, and the decision reaches the merged unit. */
static void
test_merge_in_council (void)
{
  Scene *scene = scene_new ();
  g_autofree char *key = NULL;

  scene_advance (scene, "in_council");
  reorganise (scene, merge);
  scene_advance (scene, "decided");
  key = g_strdup_printf ("%s\ndossier\n%s", MERGED, scene->person);
  g_assert_true (g_hash_table_contains (shown_ever, key));
  g_assert_cmpstr (scene_stage (scene, scene->person), ==, "decided");
  scene_free (scene);
}

/* The commune goes to another district while its dossier lies at the old one. */
static void
test_reparent (void)
{
  Scene *scene = scene_new ();
  g_autofree char *version = NULL;
  TdDossier *dossier;
  gint64 epoch;

  admit (scene, CLERK, OTHER_DISTRICT, "OL");
  scene_advance (scene, "received");
  dossier = td_state_dossier (scene->state, scene->person);
  version = g_strdup_printf ("%s/1", scene->person);
  epoch = dossier->epoch;
  g_assert_false (scene_shown (scene, CLERK, "version", version));
  reorganise (scene, reparent);
  g_assert_cmpstr (dossier->holder, ==, scene->units_of[CLERK]);
  g_assert_cmpint (dossier->epoch, ==, epoch + 1);
  g_assert_cmpstr (dossier->stage, ==, "submitted");
  g_assert_true (scene_shown (scene, CLERK, "version", version));
  assert_code (scene_apply (scene, DISTRICT, scene_step (scene, "receive", ON (scene->person), NULL)), "custody");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "name")), "custody");
  assert_code (scene_apply (scene, CLERK, scene_step (scene, "receive", ON (scene->person), NULL)), "");
  assert_code (scene_apply (scene, CLERK, scene_return (scene, scene->person, scene->person, "achievement")), "");
  g_assert_cmpstr (dossier->holder, ==, scene->units_of[COMMUNE]);
  scene_free (scene);
}

/* At the province when its commune goes to another district: it comes back over the new one,
 * and counts once, for whoever proposes it last. */
static void
test_reparent_at_board (void)
{
  Scene *scene = scene_new ();
  TdDossier *dossier;
  g_autofree char *letter = NULL;

  admit (scene, CLERK, OTHER_DISTRICT, "OL");
  scene_advance (scene, "board_received");
  scene_fill_ledger (scene, CLERK);
  dossier = td_state_dossier (scene->state, scene->person);
  g_assert_cmpint (persons (scene, scene->units_of[DISTRICT]), ==, 1);
  reorganise (scene, reparent);
  g_assert_cmpint (persons (scene, scene->units_of[DISTRICT]), ==, 1);
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->person, "achievement")), "");
  g_assert_cmpstr (dossier->holder, ==, scene->units_of[CLERK]);
  assert_code (scene_apply (scene, CLERK, scene_return (scene, scene->person, scene->person, "achievement")), "");
  g_assert_cmpstr (dossier->holder, ==, scene->units_of[COMMUNE]);
  assert_code (scene_apply (scene, COMMUNE, scene_submit (scene, COMMUNE, scene->letter, ON (scene->person))), "");
  g_assert_cmpstr (dossier->holder, ==, scene->units_of[CLERK]);
  assert_code (scene_apply (scene, CLERK, scene_step (scene, "receive", ON (scene->person), NULL)), "");
  letter = scene_letter (scene, CLERK, ON (scene->person));
  assert_code (scene_apply (scene, CLERK, scene_submit (scene, CLERK, letter, ON (scene->person))), "");
  g_assert_cmpint (persons (scene, scene->units_of[DISTRICT]), ==, 0);
  g_assert_cmpint (persons (scene, scene->units_of[CLERK]), ==, 1);
  scene_free (scene);
}

/* Three levels become two: what lay at the district lies at the province. */
static void
test_level_abolished (void)
{
  Scene *scene = scene_new ();

  scene_advance (scene, "received");
  reorganise (scene, abolish_district);
  g_assert_cmpstr (td_state_dossier (scene->state, scene->person)->holder, ==, scene->units_of[BOARD]);
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->person, "achievement")), "");
  g_assert_cmpstr (td_state_dossier (scene->state, scene->person)->holder, ==, scene->units_of[COMMUNE]);
  scene_free (scene);
}

/* A split: the administrator names the heir of each dossier and device, the rest goes to the first. */
static void
test_split (void)
{
  Scene *scene = scene_new ();
  g_autofree char *units = units_text (split);
  g_autofree char *ledger = NULL;
  JsonObject *content;

  scene_advance (scene, "draft");
  content = reorganisation (scene, units);
  name_pair (content, "dossiers", scene->person, HEIR);
  name_pair (content, "devices", scene->keys[COMMUNE_2], HEIR);
  assert_code (put_in_force (scene, content, units), "");
  g_assert_cmpstr (td_state_dossier (scene->state, scene->person)->holder, ==, HEIR);
  g_assert_cmpstr (td_state_dossier (scene->state, scene->collective)->holder, ==, MERGED);
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "achievement", "Không phải của mình."),
               "rights");
  assert_code (scene_edit (scene, COMMUNE_2, scene->person, "nomination", "achievement", "Của mình."), "");
  assert_code (scene_edit (scene, COMMUNE, scene->collective, "nomination", "achievement", "Của mình."), "");
  assert_code (scene_edit (scene, COMMUNE_2, scene->collective, "nomination", "achievement", "Không."), "rights");
  ledger = scene_ledger (scene, COMMUNE, "events");
  assert_code (scene_edit (scene, COMMUNE, ledger, "events", "plan/number", "01/KH"), "");
  assert_code (scene_edit (scene, COMMUNE_2, ledger, "events", "plan/number", "02/KH"), "");
  scene_free (scene);
}

/* Only the endpoint's key; only the file it names; only heirs of a unit that was split. */
static void
test_hostile (void)
{
  Scene *scene = scene_new ();
  g_autofree char *units = units_text (merge);
  g_autofree char *present = g_strdup (td_units_source (scene->units));
  JsonObject *content;

  scene_advance (scene, "draft");
  assert_code (scene_apply (scene, BOARD, reorganisation (scene, present)), "rights");
  assert_code (scene_apply (scene, COMMUNE, reorganisation (scene, units)), "rights");
  assert_code (put_in_force (scene, reorganisation (scene, present), units), "named");
  content = reorganisation (scene, units);
  name_pair (content, "dossiers", scene->person, scene->units_of[DISTRICT]);
  assert_code (put_in_force (scene, content, units), "unit");
  content = reorganisation (scene, units);
  name_pair (content, "devices", scene->keys[BOARD], MERGED);
  assert_code (put_in_force (scene, content, units), "unit");
  g_assert_cmpstr (td_state_dossier (scene->state, scene->person)->stage, ==, "draft");
  scene_free (scene);
}

/* ---- at the endpoint -------------------------------------------------------------------- */

typedef struct
{
  World *world;
  Device *commune, *neighbour, *district;
  char *record;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *body = NULL;
  g_autofree char *id = NULL;

  self->world = world_new (NULL);
  self->commune = device_enrolled (self->world, 1, "31447", "OL");
  self->neighbour = device_enrolled (self->world, 2, "31459", "OL");
  self->district = device_enrolled (self->world, 3, "935", "OL");
  self->record = world_id (self->world);
  id = world_id (self->world);
  body = edit_body (self->commune, id, self->record, "nomination", "name", NULL, "Nguyễn Văn Mẫu");
  g_assert_cmpstr (device_send (self->commune, body), ==, "");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  td_centre_verify (self->world->centre, &error);
  g_assert_no_error (error);
  device_free (self->commune);
  device_free (self->neighbour);
  device_free (self->district);
  world_free (self->world);
  g_free (self->record);
}

static char *
run_reorganisation (Fixture *self, void (*change) (JsonObject *root), gboolean dry_run, GError **error)
{
  g_autofree char *units = units_text (change);
  TdReorganisation plan = { units, NULL, "Nghị quyết số 01/NQ-MẪU", dry_run };
  char *report = NULL;

  td_centre_reorganise (self->world->centre, &plan, &self->world->moment, &report, error);
  return report;
}

static gboolean
sees (Device *device, const char *record)
{
  guint pages;
  g_autoptr (GHashTable) all = device_pull_all (device, &pages);
  g_autofree char *name = g_strconcat ("record ", record, NULL);

  return g_hash_table_contains (all, name);
}

/* A device that was off during the merger sends what it had and gets what its new unit may see. */
static void
test_endpoint_merge (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = world_id (self->world);
  g_autofree char *another = world_id (self->world);
  g_autofree char *fresh = world_id (self->world);
  g_autofree char *waiting = edit_body (self->commune, id, self->record, "nomination", "position", NULL, "Bí thư");
  g_autofree char *begun = edit_body (self->commune, another, fresh, "nomination", "name", NULL, "Trần Thị Thử");
  g_autofree char *report = NULL;
  g_autoptr (TdSyncAnswer) answer = NULL;

  g_assert_false (sees (self->neighbour, self->record));
  report = run_reorganisation (self, merge, FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (report, "Xã Vị Thủy mới"));
  device_seal (self->commune, waiting, NULL);
  device_seal (self->commune, begun, NULL);
  answer = device_sync (self->commune, NULL);
  for (guint i = 0; i < answer->res->len; i++)
    g_assert_cmpstr (((TdSyncVerdict *)answer->res->pdata[i])->code, ==, "");
  g_assert_cmpstr (answer->units, ==, td_centre_units_digest (self->world->centre));
  g_assert_true (sees (self->neighbour, self->record));
  g_assert_true (sees (self->neighbour, fresh));
  g_assert_false (sees (self->district, self->record));
}

static void
test_endpoint_dry_run (Fixture *self, gconstpointer data)
{
  TdJournal *journal = td_centre_journal (self->world->centre);
  g_autofree char *before = journal->head (journal);
  g_autofree char *units = g_strdup (td_centre_units_digest (self->world->centre));
  g_autoptr (GError) error = NULL;
  g_autofree char *report = run_reorganisation (self, merge, TRUE, &error);
  g_autofree char *after = journal->head (journal);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (units, ==, td_centre_units_digest (self->world->centre));
  g_assert_false (sees (self->neighbour, self->record));
}

/* A file that loses a unit somebody needs changes nothing. */
static void
test_endpoint_refused (Fixture *self, gconstpointer data)
{
  void (*changes[]) (JsonObject * root) = { leave_out, end_without_successor };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *report = run_reorganisation (self, changes[i], FALSE, &error);

      g_assert_null (report);
      g_assert_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_UNIT);
      g_assert_nonnull (strstr (error->message, "Vị Thủy"));
    }
}

/* Nor is such a file put in force by naming it at the start. */
static void
test_endpoint_start (void)
{
  g_autofree char *folder = g_dir_make_tmp ("thidua-reorganise-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  World *world = world_new (path);
  g_autofree char *units = units_text (merge);
  g_autoptr (GError) error = NULL;
  TdMoment moment = world->moment;
  const char *endings[] = { "", "-wal", "-shm" };

  world_free (world);
  g_assert_null (td_centre_new (td_journal_sqlite_new (path, NULL), NULL, units, &moment, &error));
  g_assert_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_CATALOGUE);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reorganise/merge/outbox", test_merge_outbox);
  g_test_add_func ("/reorganise/merge/waiting-submit", test_merge_waiting_submit);
  g_test_add_func ("/reorganise/merge/submitted", test_merge_submitted);
  g_test_add_func ("/reorganise/merge/in-council", test_merge_in_council);
  g_test_add_func ("/reorganise/reparent/at-district", test_reparent);
  g_test_add_func ("/reorganise/reparent/at-board", test_reparent_at_board);
  g_test_add_func ("/reorganise/level-abolished", test_level_abolished);
  g_test_add_func ("/reorganise/split", test_split);
  g_test_add_func ("/reorganise/hostile", test_hostile);
  g_test_add ("/reorganise/endpoint/merge", Fixture, NULL, set_up, test_endpoint_merge, tear_down);
  g_test_add ("/reorganise/endpoint/dry-run", Fixture, NULL, set_up, test_endpoint_dry_run, tear_down);
  g_test_add ("/reorganise/endpoint/refused", Fixture, NULL, set_up, test_endpoint_refused, tear_down);
  g_test_add_func ("/reorganise/endpoint/start", test_endpoint_start);
  return g_test_run ();
}
