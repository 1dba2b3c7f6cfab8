/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-pair.h"

#include "endpoint/journal-private.h"
#include "store/store-private.h"

#include <stdlib.h>

/* Power cuts of a desk, its stick and a centre while they save, exchange, upload, attach, pack and migrate, from a seed: see
 * power-disk.h for what a cut leaves. TD_POWER_CUTS=5000 makes that many, TD_POWER_FROM=n begins at that seed. */

#define ACTIONS 24

typedef enum
{
  BUG_NONE,
  BUG_DESK_UNSYNCED,   /* PRAGMA synchronous = OFF */
  BUG_CENTRE_UNSYNCED, /* the same */
  BUG_EARLY,           /* the centre answers before it commits */
  BUG_NAMES,           /* folders are not synced */
  BUG_DISK,            /* nothing is, whatever the programs do */
  N_BUGS
} Bug;

static Bug bug;
static gboolean (*real_begin) (TdJournal *, GError **);
static gboolean (*real_commit) (TdJournal *, GError **);
static gboolean put_off;

static gboolean
late_commit (TdJournal *journal, GError **error)
{
  put_off = TRUE;
  return TRUE;
}

static gboolean
begin_after_commit (TdJournal *journal, GError **error)
{
  gboolean waits = put_off;

  put_off = FALSE;
  return (!waits || real_commit (journal, error)) && real_begin (journal, error);
}

static void
plant (gpointer data)
{
  Pair *pair = data;
  TdJournal *journal = pair->endpoint == NULL ? NULL : td_centre_journal (pair->endpoint);
  PowerDisk *disks[] = { pair->desk.disk, pair->centre.disk, pair->stick.disk };

  if (bug == BUG_DESK_UNSYNCED && pair->store != NULL)
    td_db_script (td_store_db (pair->store), "PRAGMA synchronous = OFF", NULL);
  if (bug == BUG_CENTRE_UNSYNCED && journal != NULL)
    td_db_script (((TdJournalSqlite *)journal)->db, "PRAGMA synchronous = OFF", NULL);
  if (bug == BUG_EARLY && journal != NULL && journal->commit != late_commit)
    {
      real_begin = journal->begin;
      real_commit = journal->commit;
      put_off = FALSE;
      journal->begin = begin_after_commit;
      journal->commit = late_commit;
    }
  for (guint i = 0; i < G_N_ELEMENTS (disks); i++)
    power_disk_set_lie (disks[i], bug == BUG_DISK    ? POWER_LIE_ALL
                                  : bug == BUG_NAMES ? POWER_LIE_FOLDERS
                                                     : POWER_LIE_NONE);
}

static void
act (Pair *pair, Machine *machine)
{
  int choice = g_rand_int_range (pair->random, 0, 100);

  if (choice < 30)
    pair_save (pair);
  else if (choice < 60)
    pair_exchange (pair);
  else if (choice < 70)
    pair_attach (pair);
  else if (choice < 85)
    pair_upload (pair);
  else if (choice < 92)
    pair_package (pair);
  else
    pair_restart (pair, machine);
}

/* The stick is pulled out while it is written to, or the whole place loses its power. */
static void
write_stick (Pair *pair)
{
  power_disk_cut_after (pair->stick.disk, (guint)g_rand_int_range (pair->random, 0, 40));
  pair_package (pair);
  power_disk_spare (pair->stick.disk);
  if (!power_disk_is_dark (pair->stick.disk))
    return;
  if (g_rand_boolean (pair->random))
    {
      power_disk_cut (pair->desk.disk);
      pair_shut (pair, &pair->desk);
      power_disk_restore (pair->stick.disk);
      pair_recover (pair, &pair->desk);
      pair_check (pair, &pair->stick);
    }
  else
    pair_recover (pair, &pair->stick);
}

static void
go_on (Pair *pair)
{
  Machine *machine = g_rand_boolean (pair->random) ? &pair->desk : &pair->centre;
  gboolean cut = g_rand_int_range (pair->random, 0, 3) > 0;
  gboolean old = g_rand_int_range (pair->random, 0, 8) == 0;

  if (old)
    pair_make_old (pair, machine);
  if (cut)
    power_disk_cut_after (machine->disk, (guint)g_rand_int_range (pair->random, 0, old ? 60 : 24));
  if (old)
    pair_open (pair, machine); /* and migrates */
  else
    act (pair, machine);
  power_disk_spare (machine->disk);
  if (cut && !power_disk_is_dark (machine->disk) && g_rand_boolean (pair->random))
    power_disk_cut (machine->disk); /* between two things */
  if (power_disk_is_dark (machine->disk))
    pair_recover (pair, machine);
}

/* NULL, or what went wrong; owned. */
static char *
run (guint seed, Bug planted, guint *cuts)
{
  Pair *pair = pair_new (seed);

  bug = planted;
  pair->opened = plant;
  plant (pair);
  for (guint i = 0; i < ACTIONS && pair->failure == NULL; i++)
    if (g_rand_int_range (pair->random, 0, 10) == 0)
      write_stick (pair);
    else
      go_on (pair);
  if (pair->failure == NULL)
    pair_come_to_rest (pair);
  *cuts += pair->cuts;
  return pair_free (pair);
}

static guint
number_of (const char *name, guint fallback)
{
  const char *text = g_getenv (name);

  return text == NULL ? fallback : (guint)g_ascii_strtoull (text, NULL, 10);
}

static void
test_cuts (void)
{
  guint most = number_of ("TD_POWER_CUTS", 300), cuts = 0, seed = number_of ("TD_POWER_FROM", 1);

  for (; cuts < most; seed++)
    {
      g_autofree char *failure = run (seed, BUG_NONE, &cuts);

      if (failure != NULL)
        g_error ("seed %u: %s", seed, failure);
    }
  g_test_message ("%u cuts, %u seeds, nothing lost, nothing doubled", cuts, seed - number_of ("TD_POWER_FROM", 1));
}

static void
test_planted (void)
{
  for (guint planted = BUG_NONE + 1; planted < N_BUGS; planted++)
    {
      gboolean found = FALSE;
      guint cuts = 0;

      for (guint seed = 1; seed <= 20 && !found; seed++)
        {
          g_autofree char *failure = run (seed, (Bug)planted, &cuts);

          found = failure != NULL;
          if (found)
            g_test_message ("bug %u, seed %u: %s", planted, seed, failure);
        }
      if (!found)
        g_error ("planted bug %u is not found", planted);
    }
}

/* What fails for want of power is written nowhere. */
static void
quiet (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0)
    g_log_default_handler (domain, level, message, data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_log_set_default_handler (quiet, NULL);
  g_test_add_func ("/power/cuts", test_cuts);
  g_test_add_func ("/power/planted", test_planted);
  return g_test_run ();
}
