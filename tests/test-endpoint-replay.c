/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scene's log is private to it; here it becomes what devices send. */
#include "scene.c"

#include "device-fixture.h"

#include "endpoint/centre-private.h"
#include "endpoint/replay.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* A whole walk from draft to decision, sent by its desks to a real centre: every
 * step is accepted there too, and the journal replays to what is stored. */

static const struct
{
  Desk desk;
  const char *unit, *roles;
} desks[] = {
  { COMMUNE, "31447", "OL" },
  { COMMUNE_2, "31447", "OL" },
  { CLERK, "31447", "O" },
  { NEIGHBOUR, "31459", "OL" },
  { DISTRICT, "935", "OL" },
  { BOARD, "ban-tdkt", "OLAS" },
  { OFFICE, "van-phong-tinh-uy", "ORL" },
};

typedef struct
{
  char *folder, *path;
  World *world;
  Device *devices[N_DESKS];
} Walk;

static void
give_file (gpointer sha, gpointer value, gpointer data)
{
  Walk *self = data;

  for (guint i = 0; i < N_DESKS; i++)
    {
      TdProblem *problem = NULL;

      g_assert_true (td_centre_file_arrived (self->world->centre, self->devices[i]->unit, sha, 1, &problem));
    }
}

static Device *
device_of (Walk *self, const char *key)
{
  for (guint i = 0; i < N_DESKS; i++)
    if (strcmp (self->devices[i]->key, key) == 0)
      return self->devices[i];
  return NULL;
}

static void
walk_set_up (Walk *self, gconstpointer data)
{
  Scene *scene = scene_new ();

  self->folder = g_dir_make_tmp ("thidua-replay-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "journal.db", NULL);
  self->world = world_new (self->path);
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    self->devices[desks[i].desk] = device_enrolled (self->world, desks[i].desk, desks[i].unit, desks[i].roles);
  scene_advance (scene, "decided");
  g_hash_table_foreach (scene->whole, give_file, self);
  for (guint i = 0; i < scene->log->len; i++)
    {
      const Applied *applied = scene->log->pdata[i];
      Device *device = device_of (self, applied->key);

      if (device == NULL)
        continue; /* the scene's own admissions */
      self->world->moment.day = applied->day;
      g_assert_cmpstr (device_send (device, applied->operation->body), ==, "");
    }
  scene_free (scene);
}

static void
remove_journal (const char *path)
{
  const char *endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
}

static void
walk_tear_down (Walk *self, gconstpointer data)
{
  for (guint i = 0; i < N_DESKS; i++)
    device_free (self->devices[i]);
  world_free (self->world);
  remove_journal (self->path);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static void
test_equal (Walk *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  td_centre_verify (self->world->centre, &error);
  g_assert_no_error (error);
}

static GHashTable *
pull (Walk *self, Desk desk)
{
  guint pages;

  return device_pull_all (self->devices[desk], &pages);
}

/* At the end, each unit has what it may see and nothing else. */
static void
test_views (Walk *self, gconstpointer data)
{
  g_autoptr (GHashTable) commune = pull (self, COMMUNE);
  g_autoptr (GHashTable) second = pull (self, COMMUNE_2);
  g_autoptr (GHashTable) neighbour = pull (self, NEIGHBOUR);
  g_autoptr (GHashTable) board = pull (self, BOARD);
  GHashTableIter iter;
  gpointer name;

  g_assert_cmpuint (g_hash_table_size (commune), ==, g_hash_table_size (second));
  g_hash_table_iter_init (&iter, neighbour);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_assert_true (g_str_has_prefix (name, "device "));
  g_hash_table_iter_init (&iter, board);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, "record "))
      {
        g_autoptr (JsonObject) json = td_json_parse_object (g_hash_table_lookup (board, name), -1, TD_STEP_MAX, NULL);

        g_assert_cmpstr (td_json_string (json, "owner"), ==, self->devices[BOARD]->unit);
      }
}

static char *finished_folder, *finished_path;

/* One finished walk, copied for each test that spoils it. */
static char *
finished_journal (void)
{
  if (finished_path == NULL)
    {
      Walk walk = { NULL };

      walk_set_up (&walk, NULL);
      for (guint i = 0; i < N_DESKS; i++)
        device_free (walk.devices[i]);
      world_free (walk.world);
      finished_folder = walk.folder;
      finished_path = walk.path;
    }
  return finished_path;
}

static void
tamper (const char *path, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  sqlite3_close (db);
}

static void
test_tampered (gconstpointer sql)
{
  const TdMoment moment = { 1752000000, td_date_parse_iso ("2025-07-08"), TRUE };
  g_autofree char *copy = g_strconcat (finished_journal (), ".copy", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  TdCentre *centre;
  gsize length;

  g_assert_true (g_file_get_contents (finished_journal (), &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize)length, NULL));
  tamper (copy, sql);
  centre = td_centre_new (td_journal_sqlite_new (copy, &error), NULL, NULL, &moment, &error);
  g_assert_no_error (error);
  g_assert_false (td_centre_verify (centre, &error));
  g_assert_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_REPLAY);
  td_centre_free (centre);
  remove_journal (copy);
}

static void
forget_finished (void)
{
  if (finished_path == NULL)
    return;
  remove_journal (finished_path);
  g_rmdir (finished_folder);
  g_clear_pointer (&finished_path, g_free);
  g_clear_pointer (&finished_folder, g_free);
}

/* Opened again: the same key, the same incarnation, cursors go on. */
static void
test_reopened (Walk *self, gconstpointer data)
{
  g_autofree char *key = g_strdup (td_centre_key (self->world->centre));
  g_autoptr (TdSyncAnswer) before = NULL;
  g_autoptr (TdSyncAnswer) after = NULL;
  g_autoptr (GError) error = NULL;

  before = device_sync (self->devices[COMMUNE], NULL);
  td_centre_free (self->world->centre);
  self->world->centre
      = td_centre_new (td_journal_sqlite_new (self->path, &error), NULL, NULL, &self->world->moment, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (td_centre_key (self->world->centre), ==, key);
  after = device_sync (self->devices[COMMUNE], NULL);
  g_assert_cmpstr (after->head, ==, before->head);
  g_assert_cmpuint (after->ch->len, ==, 0);
}

static const struct
{
  const char *name, *sql;
} tampering[] = {
  { "entity", "UPDATE entity SET body = replace (body, 'decided', 'awarded') WHERE kind = 'dossier'" },
  { "missing-entity", "DELETE FROM entity WHERE kind = 'opinion'" },
  { "body", "UPDATE op SET body = replace (body, 'Nguyễn', 'Trần') WHERE q = 30" },
  { "verdict", "UPDATE op SET ok = 0, code = 'rights' WHERE q = 30" },
  { "signature", "UPDATE op SET sig = '' WHERE sig <> '' AND q > 20" },
  { "removed", "DELETE FROM op WHERE q = 30" },
  { "shown", "DELETE FROM shown WHERE kind = 'version'" },
  { "shown-to-others", "INSERT INTO shown SELECT '*', kind, id, q FROM shown WHERE kind = 'version' LIMIT 1" },
};

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/replay/equal", Walk, NULL, walk_set_up, test_equal, walk_tear_down);
  g_test_add ("/replay/views", Walk, NULL, walk_set_up, test_views, walk_tear_down);
  g_test_add ("/replay/reopened", Walk, NULL, walk_set_up, test_reopened, walk_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (tampering); i++)
    {
      g_autofree char *path = g_strconcat ("/replay/tampered/", tampering[i].name, NULL);

      g_test_add_data_func (path, tampering[i].sql, test_tampered);
    }
  failed = g_test_run ();
  forget_finished ();
  return failed;
}
