/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/figures.h"

#include "dossier/acting.h"
#include "dossier/crypto.h"
#include "dossier/gather-private.h"

#include <string.h>

/* A row's number may come from a stranger: above this it is no figure. */
#define FIGURE_MAX 1000000000000000 /* a million of milliards of đồng */

static gint64
cell (const TdRecord *record, const char *prefix, const char *key, const char *member)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, member);
  g_autofree char *text = td_gather_text (record, path);
  guint64 value;

  return g_ascii_string_to_unsigned (text, 10, 0, FIGURE_MAX, &value, NULL) ? (gint64)value : 0;
}

static gint64
sum (gint64 a, gint64 b)
{
  return a > G_MAXINT64 - b ? G_MAXINT64 : a + b;
}

/* ---- the ledger ------------------------------------------------------------------ */

/* TRUE the first time; @seen NULL: always. Only a random key says which row it is. */
static gboolean
is_new (GHashTable *seen, const char *key)
{
  return seen == NULL || !td_is_uuid (key) || g_hash_table_add (seen, g_strdup (key));
}

static GPtrArray *
new_rows (const TdRecord *record, const char *prefix, GHashTable *seen)
{
  GPtrArray *keys = td_gather_rows (record, prefix, "order");

  for (guint i = keys->len; i-- > 0;)
    if (!is_new (seen, keys->pdata[i]))
      g_ptr_array_remove_index (keys, i);
  return keys;
}

static void
drop_seen_targets (TdUnitFacts *facts, GHashTable *seen)
{
  for (guint i = facts->targets->len; i-- > 0;)
    if (!is_new (seen, ((TdTarget *)facts->targets->pdata[i])->id))
      g_ptr_array_remove_index (facts->targets, i);
  for (guint i = facts->indicators->len; i-- > 0;)
    if (!is_new (seen, ((TdIndicator *)facts->indicators->pdata[i])->id))
      g_ptr_array_remove_index (facts->indicators, i);
}

static void
read_awards (TdFigures *self, const TdRecord *events, GHashTable *seen)
{
  g_autoptr (GPtrArray) keys = new_rows (events, "own_award", seen);

  self->award_rows = keys->len;
  for (guint i = 0; i < keys->len; i++)
    {
      self->award_collectives
          = sum (self->award_collectives, cell (events, "own_award", keys->pdata[i], "collectives"));
      self->award_individuals
          = sum (self->award_individuals, cell (events, "own_award", keys->pdata[i], "individuals"));
    }
}

static void
read_works (TdFigures *self, const TdRecord *events, GHashTable *seen)
{
  g_autoptr (GPtrArray) keys = new_rows (events, "work", seen);

  self->works = keys->len;
  for (guint i = 0; i < keys->len; i++)
    self->works_value = sum (self->works_value, cell (events, "work", keys->pdata[i], "value"));
}

TdUnitFacts *
td_figures_facts (
    TdState *state, const TdCampaign *campaign, const TdUnit *unit, const TdRecord *targets, const TdRecord *events)
{
  const TdLedger ledger = { NULL, targets, events };

  return td_gather_ledger (state, campaign, unit, &ledger);
}

GPtrArray *
td_figures_rows (const TdRecord *record, const char *prefix)
{
  return td_gather_rows (record, prefix, "order");
}

/** td_figures_read: see figures.h (III.3, II.1, R-042). */
void
td_figures_read (TdFigures *self,
                 TdState *state,
                 const TdCampaign *campaign,
                 const TdUnit *unit,
                 const TdRecord *targets,
                 const TdRecord *events,
                 GHashTable *seen)
{
  g_autoptr (TdUnitFacts) facts = td_figures_facts (state, campaign, unit, targets, events);

  memset (self, 0, sizeof *self);
  drop_seen_targets (facts, seen);
  td_count_targets (campaign, facts, &self->targets);
  read_awards (self, events, seen);
  read_works (self, events, seen);
}

const TdRecord *
td_figures_quoted (TdState *state, const TdVersion *version, const char *record)
{
  const char *digest = version == NULL ? NULL : g_hash_table_lookup (version->quotes, record);

  return digest == NULL ? NULL : td_state_body (state, digest);
}

/* ---- what is proposed --------------------------------------------------------------- */

static gboolean
stands (const TdDossier *dossier, const TdRecord *submission)
{
  g_autofree char *item = g_strdup_printf ("item/%s", dossier->id);

  if (strcmp (dossier->type, "nomination") != 0 || strcmp (dossier->stage, "withdrawn") == 0
      || strcmp (dossier->stage, "not_proposed") == 0)
    return FALSE;
  return dossier->version > 0 || (submission != NULL && td_record_get (submission, item) != NULL);
}

static void
count_proposed (TdFigures *self, TdState *state, const TdUnit *unit, const char *key, const TdRecord *letter)
{
  g_autofree char *term = g_strdup_printf ("owner:%s", key);
  g_autoptr (GPtrArray) ids = td_state_list (state, "dossier", term);

  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (state, ids->pdata[i]);
      g_autofree char *subject = NULL;

      /* Of a unit that was split, each heir has some. */
      if (dossier == NULL || !stands (dossier, letter) || (unit->acting == unit && !td_owns (unit->all, dossier, unit)))
        continue;
      subject = td_gather_text (td_gather_any (state, dossier->id), "subject");
      if (strcmp (subject, "individual") == 0)
        self->proposed_individuals++;
      else
        self->proposed_collectives++;
    }
}

/** td_figures_read_proposed: see figures.h. */
void
td_figures_read_proposed (TdFigures *self, TdState *state, const TdUnit *unit, const char *submission)
{
  const TdRecord *letter = submission == NULL ? NULL : td_state_record (state, submission);
  g_autoptr (GPtrArray) keys = td_unit_keys (unit);

  self->proposed_collectives = self->proposed_individuals = 0;
  for (guint i = 0; i < keys->len; i++)
    count_proposed (self, state, unit, keys->pdata[i], letter);
}

/* ---- sums ------------------------------------------------------------------------------ */

static void
add_targets (TdTargetCount *self, const TdTargetCount *other)
{
  self->total += other->total;
  self->met += other->met;
  self->exceeded += other->exceeded;
  self->unmet += other->unmet;
  self->open += other->open;
}

void
td_figures_add (TdFigures *self, const TdFigures *other)
{
  add_targets (&self->targets, &other->targets);
  self->award_rows = sum (self->award_rows, other->award_rows);
  self->award_collectives = sum (self->award_collectives, other->award_collectives);
  self->award_individuals = sum (self->award_individuals, other->award_individuals);
  self->works = sum (self->works, other->works);
  self->works_value = sum (self->works_value, other->works_value);
  self->proposed_collectives = sum (self->proposed_collectives, other->proposed_collectives);
  self->proposed_individuals = sum (self->proposed_individuals, other->proposed_individuals);
}

/* ---- the units below ------------------------------------------------------------------- */

static const char *const BELOW[]
    = { "units", "reported", "targets", "met", "exceeded", "collectives", "individuals", "works", "value", NULL };

const char *
td_figures_below_member (guint at)
{
  return at < G_N_ELEMENTS (BELOW) ? BELOW[at] : NULL;
}

gint64
td_figures_below_value (const TdFiguresBelow *self, guint at)
{
  const TdFigures *figures = &self->figures;
  const gint64 values[] = { self->units,
                            self->reported,
                            figures->targets.total,
                            figures->targets.met,
                            figures->targets.exceeded,
                            figures->award_collectives,
                            figures->award_individuals,
                            figures->works,
                            figures->works_value };

  return at < G_N_ELEMENTS (values) ? values[at] : 0;
}

static gint64
below (const TdRecord *report, const char *member)
{
  g_autofree char *path = g_strdup_printf ("below/%s", member);
  g_autofree char *text = td_gather_text (report, path);
  guint64 value;

  return g_ascii_string_to_unsigned (text, 10, 0, FIGURE_MAX, &value, NULL) ? (gint64)value : 0;
}

/* What a stranger wrote is no count above a million. */
static guint
below_count (const TdRecord *report, const char *member)
{
  return (guint)MIN (below (report, member), 1000000);
}

gboolean
td_figures_read_below (TdFiguresBelow *self, const TdRecord *report)
{
  memset (self, 0, sizeof *self);
  if (report == NULL || td_record_get (report, "below/units") == NULL)
    return FALSE;
  self->units = below_count (report, "units");
  self->reported = below_count (report, "reported");
  self->figures.targets.total = below_count (report, "targets");
  self->figures.targets.met = below_count (report, "met");
  self->figures.targets.exceeded = below_count (report, "exceeded");
  self->figures.award_collectives = below_count (report, "collectives");
  self->figures.award_individuals = below_count (report, "individuals");
  self->figures.works = below_count (report, "works");
  self->figures.works_value = below (report, "value");
  return TRUE;
}
