/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "desk/desk-private.h"
#include "desk/packages.h"
#include "endpoint/import.h"
#include "store/disk.h"
#include "store/packages.h"
#include "store/sealed.h"
#include "wire/gzip.h"

#include <glib/gstdio.h>
#include <string.h>

/* The other carrier: packages on sticks, written and read by the desk's own code. They lie about, are taken in at the
 * endpoint or by the level above, which carries them on by the line or in a package of its own, late, twice, in another
 * order, cut short, or never; the receipts go back the same way. */

typedef struct
{
  char *path;
  guint number;
  SimDesk *by; /* who wrote it, or whom the receipt is for */
  gboolean receipt;
} Stick;

guint64 sim_carried;

void
sim_stick_free (gpointer data)
{
  Stick *self = data;

  g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}

static void
lay_down (const char *path, SimDesk *by, gboolean receipt)
{
  Stick *stick = g_new0 (Stick, 1);

  stick->path = g_strdup (path);
  stick->number = ++sim->sticks_made;
  stick->by = by;
  stick->receipt = receipt;
  g_ptr_array_add (sim->sticks, stick);
}

/* A folder of its own for each, for names may be the same. */
static char *
new_folder (void)
{
  char *folder = g_strdup_printf ("%s/stick-%u", sim->folder, ++sim->folders_made);

  g_mkdir (folder, 0700);
  return folder;
}

/* ---- a desk's window ---------------------------------------------------------------------------------------------- */

TdDesk *
sim_window_open (SimDesk *desk)
{
  TdDesk *self = g_object_new (TD_TYPE_DESK, NULL);
  const char *data = g_getenv ("TD_DATADIR");

  sim->acting = desk->index;
  self->store = desk->store;
  self->campaign = td_campaign_ref ((TdCampaign *)td_centre_campaign (sim->centre));
  self->units = td_units_ref ((TdUnits *)td_centre_units (sim->centre));
  self->datadir = g_strdup (data == NULL ? "data" : data);
  td_desk_find_unit (self);
  return self;
}

void
sim_window_close (TdDesk *window)
{
  td_desk_forget (window); /* reads the store */
  window->store = NULL;
  g_object_unref (window);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* The work is done in a thread; nothing else happens meanwhile. */
static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- written at a desk ---------------------------------------------------------------------------------------------- */

static void
expect_written (SimDesk *desk, const GError *error)
{
  const SimMachine *machine = &sim->machines[desk->index];

  if (error != NULL && !machine->full && !machine->dead)
    sim_fail ("progress", "desk %u can't write a package: %s", desk->index, error->message);
}

static void
write_package (SimDesk *desk, TdDesk *window)
{
  g_autofree char *folder = new_folder ();
  g_auto (GStrv) paths = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  td_desk_export_async (window, folder, sim_chance (50) ? 100000 : TD_PACKAGE_PART_SMALL, NULL, on_done, &result);
  wait_for (&result);
  text = td_desk_export_finish (window, result, &paths, &error);
  expect_written (desk, error);
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      lay_down (paths[i], desk, FALSE);
      sim_note ("desk %u writes stick %u", desk->index, sim->sticks_made);
    }
}

/* What came for those whose packages it carried. */
static void
give_back (SimDesk *desk, TdDesk *window)
{
  g_autoptr (GPtrArray) carried = td_store_carried (desk->store);

  for (guint i = 0; i < carried->len; i++)
    {
      const TdCarriedPackage *package = carried->pdata[i];
      g_autofree char *folder = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      if (sim_chance (5) && td_desk_drop_carried (window, package->sha, NULL))
        sim_note ("desk %u drops a package", desk->index);
      else if (*package->receipt != '\0' && !package->handed && sim_chance (60))
        {
          g_autoptr (GDir) dir = NULL;
          const char *name;

          folder = new_folder ();
          text = td_desk_save_receipt (window, package->sha, folder, &error);
          expect_written (desk, error);
          dir = g_dir_open (folder, 0, NULL);
          while (text != NULL && dir != NULL && (name = g_dir_read_name (dir)) != NULL)
            {
              g_autofree char *path = g_build_filename (folder, name, NULL);

              lay_down (path, sim_desk_of (package->key), TRUE);
              sim_note ("desk %u gives back stick %u", desk->index, sim->sticks_made);
            }
        }
    }
}

void
sim_stick_write (SimDesk *desk)
{
  TdDesk *window = sim_window_open (desk);

  give_back (desk, window);
  write_package (desk, window);
  sim_window_close (window);
  td_exchange_changed (desk->exchange);
  sim_settle ();
}

/* ---- taken in ------------------------------------------------------------------------------------------------------------------ */

static void
take_at_centre (const Stick *stick)
{
  TdMoment moment = { sim_clock (SIM_CENTRE), td_date_parse_iso ("2025-07-08"), TRUE };
  g_autofree char *folder = g_strdup_printf ("%s/machine-%u", sim->folder, SIM_CENTRE);
  g_autofree char *out = new_folder ();
  g_autofree char *receipt = g_build_filename (out, "receipt.hsb", NULL);
  TdImported imported = { NULL };
  g_autoptr (TdProblem) problem = NULL;
  gboolean good;

  sim->acting = SIM_CENTRE;
  good = td_centre_import (sim->centre, folder, stick->path, receipt, &moment, &imported, &problem);
  sim_note ("the endpoint takes in stick %u: %s %u operations, %u packages", stick->number, good ? "" : problem->detail,
            imported.operations, imported.packages);
  sim_check_journal ();
  sim_check_files (NULL);
  if (good)
    lay_down (receipt, stick->by, TRUE);
  td_imported_clear (&imported);
  sim_centre_revive ();
}

/* Rows come by hand as well. */
static void
check_rows (SimDesk *desk, const Stick *stick)
{
  g_autofree char *secret = td_store_secret (desk->store);
  TdSealedKey key = { desk->key, secret };
  TdBundle *bundle = td_sealed_read (stick->path, &key, NULL, NULL, NULL);

  for (guint i = 0; bundle != NULL && i < bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = bundle->entries->pdata[i];
      g_autoptr (GBytes) plain = NULL;
      g_autoptr (TdSyncAnswer) answer = NULL;

      if (strcmp (entry->kind, TD_ENTRY_ANSWER) != 0)
        continue;
      plain = td_gunzip (entry->bytes, TD_SYNC_INFLATED_MAX, NULL);
      answer = plain == NULL ? NULL : td_sync_answer_read (plain, NULL);
      if (answer != NULL)
        sim_check_answer (desk, answer);
    }
  g_clear_pointer (&bundle, td_bundle_free);
}

static guint
count_carried (SimDesk *desk)
{
  g_autoptr (GPtrArray) carried = td_store_carried (desk->store);

  return carried->len;
}

static void
take_at_desk (SimDesk *desk, const Stick *stick)
{
  TdDesk *window = sim_window_open (desk);
  const char *const paths[] = { stick->path, NULL };
  guint before = count_carried (desk);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;

  if (stick->receipt)
    check_rows (desk, stick);
  td_desk_import_async (window, paths, NULL, on_done, &result);
  wait_for (&result);
  text = td_desk_import_finish (window, result, NULL);
  if (count_carried (desk) > before)
    sim_carried++;
  sim_note ("desk %u takes in stick %u: %s", desk->index, stick->number, text != NULL ? "good" : "not");
  sim_window_close (window);
  td_exchange_changed (desk->exchange);
  sim_settle ();
  sim_desk_changed (desk);
}

/* A stick that was pulled too soon. */
static void
cut (const Stick *stick)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (g_file_get_contents (stick->path, &bytes, &length, NULL) && length > 0)
    g_file_set_contents (stick->path, bytes, (gssize)sim_draw ((guint)length), NULL);
}

/* One of the level above; NULL: there is none. */
SimDesk *
sim_desk_above (const SimDesk *desk)
{
  const char *unit = sim_above (desk->unit);
  guint from = sim_draw (SIM_DESKS);

  for (guint i = 0; unit != NULL && i < SIM_DESKS; i++)
    if (strcmp (sim->desks[(from + i) % SIM_DESKS].unit, unit) == 0)
      return &sim->desks[(from + i) % SIM_DESKS];
  return NULL;
}

/* Where it is put in; NULL: the endpoint. */
static SimDesk *
pick_reader (const Stick *stick)
{
  guint dice = sim_draw (100);

  if (dice < 8)
    return &sim->desks[sim_draw (SIM_DESKS)];
  if (stick->receipt)
    return stick->by;
  return dice < 50 ? sim_desk_above (stick->by) : NULL;
}

/* Any of those that lie about, the same one again and again. */
void
sim_stick_take (void)
{
  const Stick *stick = sim->sticks->len == 0 ? NULL : sim->sticks->pdata[sim_draw (sim->sticks->len)];
  SimDesk *reader;

  if (stick == NULL)
    return;
  if (sim_chance (5))
    cut (stick);
  reader = pick_reader (stick);
  if (reader == NULL && !stick->receipt)
    take_at_centre (stick);
  else if (reader != NULL)
    take_at_desk (reader, stick);
}
