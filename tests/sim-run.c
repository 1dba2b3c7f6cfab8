/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"
#include "temporary.h"

#include "store/disk.h"

#include <glib/gstdio.h>
#include <string.h>

/* One seed from its first step to rest. */

#define REST_ROUNDS 400
#define REPLAY_EVERY 250

Sim *sim;

static const struct
{
  const char *unit, *roles;
} places[SIM_DESKS] = {
  { "31447", "OL" },
  { "31447", "OL" },
  { "31459", "OL" },
  { "935", "OL" },
  { "935", "OL" },
  { "ban-tdkt", "OLAS" },
  { "van-phong-tinh-uy", "ORL" },
};

guint
sim_draw (guint below)
{
  return (guint)g_rand_int_range (sim->random, 0, (gint32)below);
}

gboolean
sim_chance (guint percent)
{
  return sim_draw (100) < percent;
}

void
sim_note (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strdup_printf ("%u %" G_GINT64_FORMAT " %s\n", sim->step, sim->now, text);
  g_checksum_update (sim->trace, (const guchar *)line, -1);
  if (sim->tracing)
    g_print ("%s", line);
}

/* The first is the one that counts. */
void
sim_fail (const char *check, const char *format, ...)
{
  va_list args;

  if (sim->failure != NULL)
    return;
  va_start (args, format);
  sim->failure = g_strdup_vprintf (format, args);
  va_end (args);
  sim->check = g_strdup (check);
  sim_note ("%s: %s", check, sim->failure);
}

/* ---- the plan: the real table of steps, and rules that judge and never block ---------------------------------------- */

static JsonObject *
read_json (const char *folder, const char *name, JsonParser *parser)
{
  const char *root = g_getenv ("TD_DATADIR");
  g_autofree char *path = g_build_filename (root == NULL ? "data" : root, folder, name, NULL);
  GError *error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static char *
write_json (JsonParser *parser)
{
  return json_to_string (json_parser_get_root (parser), FALSE);
}

static const char *
plan_text (void)
{
  static char *text;
  g_autoptr (JsonParser) parser = NULL;
  JsonArray *rules;

  if (text != NULL)
    return text;
  parser = json_parser_new ();
  rules = json_object_get_array_member (read_json ("campaigns", "hau-giang-2025.json", parser), "rules");
  for (guint i = json_array_get_length (rules); i > 0; i--)
    {
      JsonObject *rule = json_array_get_object_element (rules, i - 1);
      const char *severity = json_object_get_string_member (rule, "severity");

      if (strcmp (severity, "ERROR") == 0 || strcmp (severity, "OVERRIDE") == 0)
        json_array_remove_element (rules, i - 1);
    }
  text = write_json (parser);
  return text;
}

static const char *
units_text (void)
{
  static char *text;
  g_autoptr (JsonParser) parser = NULL;
  JsonArray *units;

  if (text != NULL)
    return text;
  parser = json_parser_new ();
  units = json_object_get_array_member (read_json ("units", "hau-giang-2024.json", parser), "units");
  for (guint i = json_array_get_length (units); i > 0; i--)
    {
      const char *code = json_object_get_string_member (json_array_get_object_element (units, i - 1), "code");
      gboolean wanted = FALSE;

      for (guint p = 0; p < SIM_DESKS; p++)
        wanted = wanted || strcmp (code, places[p].unit) == 0;
      if (!wanted)
        json_array_remove_element (units, i - 1);
    }
  text = write_json (parser);
  return text;
}

/* ---- beginning and end -------------------------------------------------------------------------------------------------- */

static void
begin_desk (guint index)
{
  SimDesk *desk = &sim->desks[index];
  g_autofree char *folder = g_strdup_printf ("%s/machine-%u", sim->folder, index);

  td_disk_make_folder (folder, NULL);
  desk->index = index;
  desk->path = g_build_filename (folder, "desk.db", NULL);
  desk->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, sim_kept_free);
  desk->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sim_desk_open (desk);
  sim_desk_enrol (desk, places[index].unit, places[index].roles);
  sim_desk_close (desk);
  sim_desk_open (desk);
}

static void
begin (guint seed, SimBug bug, gboolean tracing)
{
  const char *base = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ();
  g_autofree char *pattern = g_build_filename (base, "thidua-sim-XXXXXX", NULL);
  g_autofree char *folder = NULL;

  sim = g_new0 (Sim, 1);
  sim->seed = seed;
  sim->tracing = tracing;
  sim->random = g_rand_new_with_seed (seed);
  sim->program = g_rand_new_with_seed (seed + 1);
  sim->badness = sim_draw (100);
  sim->troubles = 2 + sim_draw (25);
  sim->nominations_most = 1 + sim_draw (6);
  sim->copies = seed % 5 == 0;
  sim->telephones = seed % 5 == 1 || strcmp (sim_bug_check (bug), "calls") == 0;
  sim->folder = g_strdup (g_mkdtemp (pattern));
  sim->plan = (char *)plan_text ();
  sim->units_text = (char *)units_text ();
  sim->trace = g_checksum_new (G_CHECKSUM_SHA256);
  sim->logged = g_hash_table_new (g_str_hash, g_str_equal);
  sim->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sim->verdicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sim->hashed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sim->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sim->dossiers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, sim_dossier_free);
  sim->log = g_ptr_array_new_with_free_func (sim_logged_free);
  sim->sticks = g_ptr_array_new_with_free_func (sim_stick_free);
  sim->head = g_strdup (TD_CHAIN_START);
  sim_calls_start ();
  folder = g_strdup_printf ("%s/machine-%u", sim->folder, SIM_CENTRE);
  td_disk_make_folder (folder, NULL);
  sim_line_start ();
  sim_centre_open ();
  for (guint i = 0; i < SIM_DESKS; i++)
    {
      begin_desk (i);
      if (sim_chance (12))
        sim->desks[i].no_line_until = G_MAXINT64; /* never a line: by sticks only */
    }
  sim_check_journal ();
  sim->bug = bug;
  sim_bugs_plant ();
}

/* Nothing keeps what is left from going. */
static void
free_disks (void)
{
  for (guint i = 0; i < SIM_MACHINES; i++)
    {
      sim->machines[i].dead = sim->machines[i].full = FALSE;
      sim->machines[i].dies_after = 0;
    }
}

static void
end (void)
{
  free_disks ();
  for (guint i = 0; i < SIM_DESKS; i++)
    {
      SimDesk *desk = &sim->desks[i];

      sim_desk_close (desk);
      g_free (desk->path);
      g_free (desk->unit);
      g_free (desk->key);
      g_free (desk->life);
      g_hash_table_unref (desk->kept);
      g_hash_table_unref (desk->typed);
    }
  sim_centre_close ();
  sim_line_stop ();
  g_ptr_array_unref (sim->sticks);
  sim_calls_stop ();
  remove_tree (sim->folder);
  g_rand_free (sim->random);
  g_rand_free (sim->program);
  g_free (sim->folder);
  g_free (sim->head);
  g_hash_table_unref (sim->logged);
  g_hash_table_unref (sim->digests);
  g_hash_table_unref (sim->verdicts);
  g_hash_table_unref (sim->hashed);
  g_hash_table_unref (sim->dossiers);
  g_hash_table_unref (sim->keys);
  g_ptr_array_unref (sim->log);
  g_checksum_free (sim->trace);
  g_free (sim->check);
  g_free (sim->failure);
  g_clear_pointer (&sim, g_free);
}

/* ---- what happens ------------------------------------------------------------------------------------------------------------ */

static void
restart (SimDesk *desk)
{
  sim_desk_close (desk);
  sim_desk_open (desk);
  sim_check_desk (desk, TRUE);
}

static void
restart_centre (void)
{
  sim_centre_close ();
  sim_centre_open ();
  sim_check_journal ();
}

/* Only one of two of a unit. */
static void
revoke_or_admit (void)
{
  SimDesk *desk = &sim->desks[sim_chance (50) ? 1 : 4];

  if (sim->machines[SIM_CENTRE].full || sim->machines[SIM_CENTRE].dies_after > 0 || sim->machines[desk->index].full
      || sim->machines[desk->index].dies_after > 0 || sim_desk_is_copied (desk))
    return;
  sim_note ("desk %u is %s", desk->index, desk->revoked ? "admitted again" : "revoked");
  if (!desk->revoked)
    sim_centre_revoke (desk);
  else
    {
      sim_desk_enrol (desk, places[desk->index].unit, places[desk->index].roles);
      restart (desk);
    }
  sim_check_journal ();
}

static void
move_clock (guint machine)
{
  static const gint64 jumps[] = { 0, -3600, 400, 86400, -86400 * 400, 86400 * 365, 7 };

  sim->machines[machine].clock_off = jumps[sim_draw (G_N_ELEMENTS (jumps))];
  sim_note ("the clock of %u is off by %" G_GINT64_FORMAT, machine, sim->machines[machine].clock_off);
}

static void
trouble (void)
{
  guint machine = sim_draw (SIM_MACHINES);
  SimDesk *desk = machine < SIM_DESKS ? &sim->desks[machine] : NULL;

  switch (sim_draw (10))
    {
    case 9:
      if (sim->copies && sim_chance (50))
        sim_desk_copy (&sim->desks[sim_chance (50) ? 0 : 3], &sim->desks[sim_chance (50) ? 1 : 4]);
      else if (desk != NULL)
        sim_desk_restore (desk);
      break;
    case 8:
      sim->acting = machine;
      if (desk != NULL && td_store_backup (desk->store, NULL))
        sim_note ("desk %u has a backup", machine);
      if (desk != NULL)
        sim_desk_changed (desk);
      break;
    case 7:
      if (desk != NULL && desk->no_line_until < sim->now)
        desk->no_line_until = sim->now + sim_draw (3600 * 1000);
      break;
    case 0:
      sim_note ("%u starts again", machine);
      desk != NULL ? restart (desk) : restart_centre ();
      break;
    case 1:
    case 2:
      machine = sim_chance (25) ? SIM_CENTRE : machine;
      sim->machines[machine].dies_after = 1 + (int)sim_draw (40);
      sim_note ("%u will die", machine);
      break;
    case 3:
      machine = sim_chance (40) ? SIM_CENTRE : machine;
      sim->machines[machine].full = TRUE;
      sim_note ("the disk of %u is full", machine);
      break;
    case 4:
      move_clock (machine);
      break;
    case 5:
      restart_centre ();
      sim_note ("the endpoint starts again");
      break;
    default:
      if (sim_chance (30))
        revoke_or_admit ();
    }
}

static void
make_room (guint percent)
{
  for (guint i = 0; i < SIM_MACHINES; i++)
    if (sim->machines[i].full && sim_chance (percent))
      {
        sim->machines[i].full = FALSE;
        sim_note ("there is room again at %u", i);
      }
}

/* Rather one without a line. */
static SimDesk *
pick_carrying (void)
{
  SimDesk *desk = &sim->desks[sim_draw (SIM_DESKS)];

  for (guint tries = 0; tries < 5 && desk->no_line_until < sim->now; tries++)
    desk = &sim->desks[sim_draw (SIM_DESKS)];
  return desk;
}

static void
step (void)
{
  guint dice = sim_draw (100);

  make_room (15);
  if (dice < sim->troubles)
    trouble ();
  else if (dice < 85)
    sim_desk_act (&sim->desks[sim_draw (SIM_DESKS)]);
  else if (dice < 87)
    {
      SimDesk *desk = pick_carrying ();

      sim_stick_write (desk);
      sim_desk_changed (desk);
    }
  else if (dice < 93)
    sim_stick_take ();
  else if (sim->telephones)
    sim_call_make ();
  sim_line_deliver (sim->now + (sim_chance (4) ? 900 * 1000 : sim_draw (12 * 1000)));
  if (sim->step % REPLAY_EVERY == REPLAY_EVERY - 1)
    {
      sim_check_replay ();
      sim_check_calls ();
    }
}

/* ---- rest ---------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_at_rest (SimDesk *desk)
{
  guint operations, files;
  g_autofree char *upload = td_store_next_upload (desk->store, NULL);

  td_store_waiting (desk->store, &operations, NULL, &files);
  return operations == 0 && files == 0 && upload == NULL && !sim_has_news (desk);
}

static gboolean
all_at_rest (void)
{
  for (guint i = 0; i < SIM_DESKS; i++)
    if (!is_at_rest (&sim->desks[i]))
      return FALSE;
  return sim_line_idle ();
}

/* One that was revoked, or restored from before its last enrolment, enrols anew. */
static void
admit_all (void)
{
  for (guint i = 0; i < SIM_DESKS; i++)
    if (sim->desks[i].revoked || td_exchange_link (sim->desks[i].exchange) == TD_LINK_LOCKED)
      {
        sim_desk_enrol (&sim->desks[i], places[i].unit, places[i].roles);
        restart (&sim->desks[i]);
      }
  sim_check_journal ();
}

static void
heal (void)
{
  sim_note ("all is well again");
  make_room (100);
  sim->line_good = TRUE;
  for (guint i = 0; i < SIM_MACHINES; i++)
    sim->machines[i].dies_after = 0;
}

static void
tell_unrest (void)
{
  for (guint i = 0; i < SIM_DESKS; i++)
    {
      guint operations, files;

      td_store_waiting (sim->desks[i].store, &operations, NULL, &files);
      if (!is_at_rest (&sim->desks[i]))
        sim_fail ("progress",
                  "desk %u: %u operations and %u files never get through, cursor %" G_GINT64_FORMAT " of %u", i,
                  operations, files, sim_cursor_of (&sim->desks[i]), sim->log->len);
    }
  sim_fail ("progress", "the line never comes to rest");
}

static void
come_to_rest (void)
{
  guint round;

  heal ();
  for (round = 0; round < REST_ROUNDS && sim->failure == NULL && !all_at_rest (); round++)
    {
      admit_all ();
      for (guint i = 0; i < SIM_DESKS; i++)
        {
          sim->acting = i;
          td_exchange_now (sim->desks[i].exchange);
          sim_settle ();
        }
      sim_line_deliver (sim->now + 15 * 1000);
    }
  if (sim->failure == NULL && round == REST_ROUNDS)
    tell_unrest ();
}

static void
check_all (void)
{
  for (guint i = 0; i < SIM_DESKS && sim->failure == NULL; i++)
    {
      sim_check_mirror (&sim->desks[i]);
      sim_check_files (&sim->desks[i]);
    }
  sim_check_files (NULL);
  sim_check_texts ();
  sim_check_calls ();
  sim_check_replay ();
}

char *
sim_run (guint seed, guint steps, SimBug bug, gboolean tracing, char **hash)
{
  char *failure = NULL;

  begin (seed, bug, tracing);
  for (sim->step = 0; sim->step < steps && sim->failure == NULL; sim->step++)
    step ();
  if (sim->failure == NULL)
    come_to_rest ();
  if (sim->failure == NULL)
    check_all ();
  if (hash != NULL)
    *hash = g_strdup (g_checksum_get_string (sim->trace));
  if (sim->failure != NULL)
    failure = g_strdup_printf ("%s: %s", sim->check, sim->failure);
  end ();
  return failure;
}
