/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/gather-private.h"

#include <string.h>

/* What the board's catalogue says of a unit: the projects it leads and
 * coordinates, where it stands among those that coordinate (R-033, R-034,
 * R-053), and whether it belongs to an emulation block. */

/* The codes of the lines of @path, each once; NULL-ended. */
static char **
codes_in (const TdRecord *record, const char *path)
{
  g_autofree char *text = td_gather_text (record, path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0' && g_hash_table_add (seen, lines[i]))
      g_strv_builder_add (codes, lines[i]);
  return g_strv_builder_end (codes);
}

static int
exceeded_by (const TdRecord *project, const char *code)
{
  g_autofree char *path = g_strdup_printf ("coordinating/%s/exceeded", code);

  return td_gather_number (project, path, -1);
}

static int
add_counts (int sum, int count)
{
  return sum < 0 || count < 0 ? -1 : sum + count;
}

/* ---- ranking ---------------------------------------------------------------------- */

typedef struct
{
  int own, above, of;
  gboolean unknown; /* somebody's count is missing, so nobody's rank is sure */
} Ranking;

static void
rank_one (Ranking *self, int count)
{
  self->of++;
  self->unknown = self->unknown || count < 0;
  self->above += count > self->own;
}

/* Ties share the rank; without every count there is none. */
static int
rank_of (const Ranking *self)
{
  return self->unknown || self->own < 0 ? 0 : self->above + 1;
}

/* Reading B: among those that coordinate this project. */
static void
rank_in_project (TdProject *facts, const TdRecord *record)
{
  g_auto (GStrv) codes = codes_in (record, "coordinating");
  Ranking ranking = { .own = facts->exceeded };

  for (guint i = 0; codes[i] != NULL; i++)
    rank_one (&ranking, exceeded_by (record, codes[i]));
  facts->rank = rank_of (&ranking);
  facts->of = ranking.of;
}

/* Whom the catalogue means by @code: after a merger, all that became one unit count as one. */
static const char *
counted_as (const TdUnits *units, const char *code)
{
  g_autoptr (GPtrArray) all = td_units_all (units);

  for (guint i = all->len; i > 0; i--)
    {
      const TdUnit *unit = all->pdata[i - 1];

      if (strcmp (unit->code, code) == 0)
        return unit->acting->code;
    }
  return code;
}

static void
add_to_sums (GHashTable *sums, const TdUnits *units, const TdRecord *record)
{
  g_auto (GStrv) codes = codes_in (record, "coordinating");

  for (guint i = 0; codes[i] != NULL; i++)
    {
      const char *code = counted_as (units, codes[i]);
      int sum = GPOINTER_TO_INT (g_hash_table_lookup (sums, code)); /* none yet: 0 */

      g_hash_table_insert (sums, g_strdup (code), GINT_TO_POINTER (add_counts (sum, exceeded_by (record, codes[i]))));
    }
}

/* Reading A: among all that coordinate anything in the province. */
static void
rank_in_province (TdUnitFacts *facts, GPtrArray *projects)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Ranking ranking = { 0 };
  GHashTableIter iter;
  gpointer sum;

  for (guint i = 0; i < projects->len; i++)
    add_to_sums (sums, facts->unit->all, projects->pdata[i]);
  ranking.own = GPOINTER_TO_INT (g_hash_table_lookup (sums, facts->unit->acting->code));
  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, NULL, &sum))
    rank_one (&ranking, GPOINTER_TO_INT (sum));
  facts->coordination_exceeded = ranking.own;
  facts->coordination_rank = rank_of (&ranking);
  facts->coordination_of = ranking.of;
}

/* ---- projects ------------------------------------------------------------------------ */

static void
take (char **field, const TdRecord *record, const char *path)
{
  g_free (*field);
  *field = td_gather_text (record, path);
}

static TdProject *
read_project (const TdRecord *record, const char *unit)
{
  TdProject *project = td_project_new ();
  g_autofree char *path = g_strdup_printf ("coordinating/%s", unit);
  g_autofree char *well = td_gather_text (record, path);

  g_free (project->id);
  project->id = g_strdup (record->id);
  take (&project->kind, record, "kind");
  take (&project->name, record, "name");
  project->well_done = strcmp (well, "yes") == 0;
  project->unrated = *well == '\0';
  project->exceeded = exceeded_by (record, unit);
  td_gather_targets (project->targets, record);
  return project;
}

static gboolean
coordinates (const TdRecord *record, const char *unit)
{
  g_auto (GStrv) codes = codes_in (record, "coordinating");

  return g_strv_contains ((const char *const *)codes, unit);
}

static GPtrArray *
records_of (TdState *state, const char *term)
{
  g_autoptr (GPtrArray) ids = td_state_list (state, "record", term);
  GPtrArray *records = g_ptr_array_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      TdRecord *record = td_state_record (state, ids->pdata[i]);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  return records;
}

static void
read_projects_of (TdUnitFacts *facts, GPtrArray *projects, const char *code)
{
  for (guint i = 0; i < projects->len; i++)
    {
      const TdRecord *record = projects->pdata[i];
      g_autofree char *lead = td_gather_text (record, "lead");

      if (strcmp (lead, code) == 0)
        g_ptr_array_add (facts->led, read_project (record, code));
      if (coordinates (record, code))
        {
          TdProject *project = read_project (record, code);

          rank_in_project (project, record);
          g_ptr_array_add (facts->coordinated, project);
        }
    }
}

/* What was given to a unit is its successor's to lead, whatever code the catalogue still names. */
static void
read_projects (TdUnitFacts *facts, TdState *state)
{
  g_autoptr (GPtrArray) projects = records_of (state, "type:project");
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *former = facts->unit->former;

  g_hash_table_add (codes, facts->unit->code);
  read_projects_of (facts, projects, facts->unit->code);
  for (guint i = 0; former != NULL && i < former->len; i++)
    {
      const TdUnit *old = td_units_get (facts->unit->all, former->pdata[i]);

      if (g_hash_table_add (codes, old->code))
        read_projects_of (facts, projects, old->code);
    }
  if (facts->coordinated->len > 0)
    rank_in_province (facts, projects);
}

/* ---- blocks ---------------------------------------------------------------------------- */

static gboolean
lists (GPtrArray *blocks, const char *code)
{
  g_autofree char *path = g_strdup_printf ("unit/%s", code);

  for (guint i = 0; i < blocks->len; i++)
    if (td_record_get (blocks->pdata[i], path) != NULL)
      return TRUE;
  return FALSE;
}

/* A block that lists one whose place @unit took lists @unit. */
static gboolean
is_in_block (TdState *state, const TdUnit *unit)
{
  g_autoptr (GPtrArray) blocks = records_of (state, "type:block");
  g_autoptr (GPtrArray) keys = td_unit_keys (unit);

  for (guint i = 0; i < keys->len; i++)
    if (lists (blocks, td_units_get (unit->all, keys->pdata[i])->code))
      return TRUE;
  return FALSE;
}

/** td_gather_catalogue: what the catalogue adds to the facts of @facts->unit. */
void
td_gather_catalogue (TdUnitFacts *facts, TdState *state)
{
  read_projects (facts, state);
  facts->in_block = is_in_block (state, facts->unit);
}
