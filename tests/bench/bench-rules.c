/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules-fixture.h"

#include "dossier/gather.h"
#include "dossier/state-private.h"
#include "store/entities.h"

#include <glib/gstdio.h>
#include <string.h>

/* How long the rules take: from facts in memory, and from a data base of many dossiers as the
 * board's desk reads it. A program that measures and prints; nothing passes or fails by it. */

#define IN_MEMORY 100000
#define DISTINCT 1000
#define GOAL 10.0 /* seconds for IN_MEMORY, on one core */

typedef struct
{
  TdCampaign *campaign;
  TdUnits *units;
  double per_nomination; /* in memory, seconds: what the others are compared with */
} Bench;

static void
print_row (Bench *self, const char *what, guint count, double seconds)
{
  double each = seconds / count;

  if (self->per_nomination <= 0)
    self->per_nomination = each;
  g_print ("%-44s %8u  %8.3f s  %9.1f µs each  × %.1f\n", what, count, seconds, each * 1e6,
           each / self->per_nomination);
}

static double
seconds_since (gint64 begin)
{
  return (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

/* ---- from facts in memory ------------------------------------------------------------ */

static TdFacts *
make_facts (Bench *self, guint i)
{
  static const char *const whose[][2]
      = { { "31429", "934" }, { "31447", "935" }, { "934", NULL }, { "so-y-te", NULL }, { "dn-mau-mot", NULL } };
  const char *const *unit = whose[i % G_N_ELEMENTS (whose)];
  TdFacts *facts = i % 4 == 0 ? fixture_collective (self->units, unit[0], unit[1])
                              : fixture_person (self->units, unit[0], unit[1]);

  for (guint t = 0; t < 20; t++)
    {
      g_autofree char *name = g_strdup_printf ("Chỉ tiêu %u", t + 1);
      g_autofree char *figures = g_strdup_printf ("%u/%u", 100 + t, 100 + t + (i + t) % 3);

      g_ptr_array_add (facts->unit->targets, fixture_target (name, figures, ""));
    }
  fixture_rate (facts->ratings, i % 7 == 0 ? "XXTTT" : "XXXTT");
  return facts;
}

static void
measure_memory (Bench *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)td_facts_free);
  gint64 begin;
  guint met = 0;
  double seconds;

  for (guint i = 0; i < DISTINCT; i++)
    g_ptr_array_add (all, make_facts (self, i));
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < IN_MEMORY; i++)
    {
      g_autoptr (GPtrArray) findings = td_judge (self->campaign, all->pdata[i % DISTINCT]);

      met += td_findings_verdict (findings, NULL) == TD_VERDICT_PASS;
    }
  seconds = seconds_since (begin);
  print_row (self, "judged, facts in memory", IN_MEMORY, seconds);
  g_print ("  %u met; goal: under %.0f s on one core: %s\n", met, GOAL, seconds < GOAL ? "reached" : "NOT reached");
}

/* ---- a data base ------------------------------------------------------------------------- */

static TdRecord *
add_record (TdState *state, const char *id, const char *type, const char *owner, const char *dossier)
{
  TdRecord *record = td_state_add_record (state, id, type, owner, dossier);

  td_state_mark (state, "record", id);
  return record;
}

static void
set_all (TdRecord *record, const char *const *members)
{
  for (guint i = 0; members[i]; i += 2)
    td_record_set_text (record, members[i], members[i + 1]);
}

static void
add_ledger (Bench *self, TdState *state, const TdUnit *unit, GHashTable *quotes)
{
  static const char *const types[] = { "ratings", "targets", "events" };
  static const char *const ratings[] = { "rating/2020", "HTXSNV", "rating/2021", "HTXSNV", "rating/2022", "HTXSNV",
                                         "rating/2023", "HTTNV",  "rating/2024", "HTTNV",  NULL };
  static const char *const events[]
      = { "launch/date",      "2024-07-10", "plan/date",  "2024-07-08",      "interim/date",
          "2024-12-27",       "final/date", "2025-07-04", "own_awards/date", "2025-07-04",
          "compliance/state", "OK",         NULL };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      char *id = td_unit_record_id (td_campaign_id (self->campaign), unit->key, types[i]);
      TdRecord *record = add_record (state, id, types[i], unit->key, "");

      if (i != 1)
        set_all (record, i == 0 ? ratings : events);
      for (guint t = 0; i == 1 && t < 20; t++)
        {
          const char *const cells[] = { "name", "Chỉ tiêu", "plan", "10", "actual", "11", "result_date", "2025-06-30" };

          for (guint c = 0; c < G_N_ELEMENTS (cells); c += 2)
            {
              g_autofree char *path = g_strdup_printf ("target/t%02u/%s", t, cells[c]);

              td_record_set_text (record, path, cells[c + 1]);
            }
        }
      td_state_add_body (state, record);
      g_hash_table_insert (quotes, id, td_record_digest (record));
    }
}

static char *
make_letter (TdState *state, const TdUnit *district)
{
  static const char *const members[] = { "letter/number",
                                         "118/TTr-UBND",
                                         "letter/date",
                                         "2025-07-07",
                                         "letter/signer_name",
                                         "Trần Văn Giả Định",
                                         "minutes/date",
                                         "2025-07-05",
                                         "minutes/chair",
                                         "Trần Văn Giả Định",
                                         NULL };
  char *id = g_strdup_printf ("letter-%s", district->code);

  set_all (add_record (state, id, "submission", district->key, ""), members);
  return id;
}

static void
add_dossier (TdState *state, const TdUnit *commune, GHashTable *quotes, const char *letter, guint number)
{
  g_autofree char *id = g_strdup_printf ("%08u-0000-7000-8000-000000000000", number);
  g_autofree char *name = g_strdup_printf ("Nguyễn Văn Mẫu %u", number);
  g_autofree char *birth = g_strdup_printf ("19%02u-%02u-02", 60 + number % 40, 1 + number % 12);
  g_autofree char *item = g_strdup_printf ("item/%s", id);
  const char *const members[] = { "subject",
                                  "individual",
                                  "name",
                                  name,
                                  "birth_date",
                                  birth,
                                  "party_member",
                                  "yes",
                                  "award",
                                  "BANG_KHEN_CHU_TICH_UBND_TINH",
                                  "rating/2020",
                                  "HTXSNV",
                                  "rating/2021",
                                  "HTXSNV",
                                  "rating/2022",
                                  "HTXSNV",
                                  "rating/2023",
                                  "HTTNV",
                                  "rating/2024",
                                  "HTTNV",
                                  "file/a/kind",
                                  "BAO_CAO_THANH_TICH",
                                  NULL };
  TdRecord *record = add_record (state, id, "nomination", commune->key, id);
  TdDossier *dossier = td_state_add_dossier (state, id, "nomination", commune->key);
  TdVersion *version = g_new0 (TdVersion, 1);
  TdCarried *carried = g_new0 (TdCarried, 1);
  GHashTableIter iter;
  gpointer key, digest;

  set_all (record, members);
  td_record_set_text (td_state_record (state, letter), item, "1");
  version->dossier = g_strdup (id);
  version->n = 1;
  version->digest = g_strdup (id);
  version->by = g_strdup (commune->upper->key);
  version->to = g_strdup (commune->upper->upper->key);
  version->submission = g_strdup (letter);
  version->day = td_date_make (2025, 7, 8);
  version->records = g_ptr_array_new_with_free_func ((GDestroyNotify)td_record_free);
  g_ptr_array_add (version->records, td_record_copy (record));
  version->quotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, quotes);
  while (g_hash_table_iter_next (&iter, &key, &digest))
    g_hash_table_insert (version->quotes, g_strdup (key), g_strdup (digest));
  version->letters = g_ptr_array_new_with_free_func (g_free);
  td_state_add_version (state, version);
  carried->submission = g_strdup (letter);
  carried->unit = g_strdup (commune->upper->key);
  carried->active = TRUE;
  g_ptr_array_add (dossier->carried, carried);
  g_free (dossier->holder);
  dossier->holder = g_strdup (commune->upper->upper->key);
  g_free (dossier->stage);
  dossier->stage = g_strdup ("received");
  g_free (dossier->digest);
  dossier->digest = g_strdup (id);
  g_free (dossier->person);
  dossier->person = td_record_person (record);
  dossier->version = 1;
  td_state_mark (state, "dossier", id);
}

/* Communes in turn, so that each district hands in an eighth of them. */
static void
fill (Bench *self, TdState *state, guint count)
{
  g_autoptr (GPtrArray) all = td_units_all (self->units);
  g_autoptr (GPtrArray) communes = g_ptr_array_new ();
  g_autoptr (GPtrArray) quotes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_hash_table_unref);
  g_autoptr (GHashTable) letters = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < all->len; i++)
    {
      TdUnit *unit = all->pdata[i];
      GHashTable *of;

      if (strcmp (unit->level, "district") == 0)
        g_hash_table_insert (letters, unit->key, make_letter (state, unit));
      if (strcmp (unit->level, "commune") != 0 && strcmp (unit->level, "district") != 0)
        continue;
      of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      add_ledger (self, state, unit, of);
      if (strcmp (unit->level, "commune") == 0)
        {
          g_ptr_array_add (communes, unit);
          g_ptr_array_add (quotes, of);
        }
      else
        g_hash_table_unref (of);
    }
  for (guint i = 0; i < count; i++)
    {
      const TdUnit *commune = communes->pdata[i % communes->len];

      add_dossier (state, commune, quotes->pdata[i % communes->len], g_hash_table_lookup (letters, commune->upper->key),
                   i + 1);
    }
}

static void
judge_all (Bench *self, TdState *state, guint count, const char *what)
{
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *id = g_strdup_printf ("%08u-0000-7000-8000-000000000000", i + 1);
      g_autoptr (TdFacts) facts = td_gather_nomination (state, self->campaign, self->units, id, NULL, FALSE, TRUE,
                                                        td_date_make (2025, 7, 10));
      g_autoptr (GPtrArray) findings = NULL;

      if (!facts)
        g_error ("dossier %s can't be judged", id);
      findings = td_judge (self->campaign, facts);
    }
  print_row (self, what, count, seconds_since (begin));
}

static void
measure_store (Bench *self, guint count)
{
  g_autofree char *folder = g_dir_make_tmp ("thidua-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bench.db", NULL);
  g_autofree char *what = NULL;
  static const char *const migrations[] = { TD_ENTITIES_SCHEMA, NULL };
  const TdDbSchema schema = { .application_id = 1, .migrations = migrations };
  TdDb *db = td_db_open (path, &schema, NULL);
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  TdEntities entities;
  TdState *state;
  gint64 begin;

  g_assert_nonnull (db);
  td_entities_init (&entities, db, NULL, NULL);
  state = td_entities_state (&entities);
  fill (self, state, count);
  begin = g_get_monotonic_time ();
  g_assert_true (td_transaction_begin (&transaction, db, NULL));
  g_assert_true (td_entities_write (&entities, state, 1, NULL));
  g_assert_true (td_transaction_commit (&transaction, NULL));
  td_state_free (state);
  print_row (self, "written to the data base", count, seconds_since (begin));
  state = td_entities_state (&entities);
  judge_all (self, state, count, "read, gathered and judged, first time");
  judge_all (self, state, count, "gathered and judged again");
  td_state_free (state);
  td_entities_clear (&entities);
  td_db_free (db);
  what = g_strdup_printf ("rm -rf '%s'", folder);
  g_assert_cmpint (system (what), ==, 0);
}

int
main (int argc, char **argv)
{
  Bench self = { fixture_campaign (), fixture_units (), 0 };
  guint count = argc > 1 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 1000;

  measure_memory (&self);
  measure_store (&self, MAX (count, 1));
  td_campaign_unref (self.campaign);
  td_units_unref (self.units);
  return 0;
}
