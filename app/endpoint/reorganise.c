/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/reorganise.h"

#include "dossier/acting.h"
#include "dossier/crypto.h"
#include "dossier/gather.h"
#include "endpoint/centre-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* A re-organisation: compared, entered, counted before and after, all in one transaction. */

typedef struct
{
  TdCentre *centre;
  const TdReorganisation *plan;
  const TdMoment *moment;
  TdUnits *before, *next;
  GPtrArray *closed; /* keys, borrowed from @next */
  JsonObject *split; /* NULL: none */
  GString *report;
} Work;

static gboolean
fail (GError **error, const char *sentence, const char *what)
{
  g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_UNIT, sentence, what);
  return FALSE;
}

static const char *
stage_word (const char *stage)
{
  static const struct
  {
    const char *stage, *word;
  } words[] = { { "draft", N_ ("Draft") },
                { "submitted", N_ ("Handed in") },
                { "received", N_ ("Received") },
                { "in_council", N_ ("At the Council") },
                { "endorsed", N_ ("Endorsed by the Council") },
                { "at_chairman", N_ ("With the Chairman") },
                { "decided", N_ ("Decided") },
                { "awarded", N_ ("Awarded") },
                { "returned", N_ ("Returned for completion") },
                { "not_proposed", N_ ("Not proposed") },
                { "withdrawn", N_ ("Withdrawn") } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].stage, stage) == 0)
      return _ (words[i].word);
  return stage;
}

/* ---- what changes -------------------------------------------------------------------- */

const TdUnit *
td_units_first_change (const TdUnits *before, const TdUnits *next)
{
  g_autoptr (GPtrArray) all = td_units_all (before);

  for (guint i = 0; i < all->len; i++)
    {
      const TdUnit *old = all->pdata[i];
      const TdUnit *now = td_units_get (next, old->key);

      if (now == NULL || (now->acting == now) != (old->acting == old)
          || (now->acting == now && g_strcmp0 (now->parent, old->parent) != 0))
        return old;
    }
  return NULL;
}

static gboolean
has_any (TdState *state, const char *kind, const char *name, const char *key)
{
  g_autofree char *term = g_strdup_printf ("%s:%s", name, key);
  g_autoptr (GPtrArray) ids = td_state_list (state, kind, term);

  return ids->len > 0;
}

static gboolean
count_device (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  GHashTable *devices = data;
  g_autoptr (JsonObject) json = NULL;
  const char *unit;

  if (strcmp (kind, "device") != 0)
    return TRUE;
  json = td_json_parse_object (body, -1, TD_STEP_MAX, NULL);
  unit = td_json_string (json, "acts") != NULL ? td_json_string (json, "acts") : td_json_string (json, "unit");
  if (unit != NULL)
    g_hash_table_insert (devices, g_strdup (unit),
                         GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (devices, unit)) + 1));
  return TRUE;
}

static GHashTable *
count_devices (TdCentre *centre)
{
  GHashTable *devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  centre->journal->each_entity (centre->journal, count_device, devices);
  return devices;
}

static gboolean
is_needed (TdState *state, GHashTable *devices, const char *key)
{
  return g_hash_table_contains (devices, key) || has_any (state, "record", "owner", key)
         || has_any (state, "dossier", "owner", key) || has_any (state, "dossier", "holder", key)
         || has_any (state, "dossier", "submitter", key);
}

static gboolean
check_unit (Work *work, TdState *state, GHashTable *devices, const TdUnit *old, GError **error)
{
  const TdUnit *now = td_units_get (work->next, old->key);

  if (now == NULL || (now->valid_to != TD_DATE_NONE && now->acting == now))
    {
      if (!is_needed (state, devices, old->key))
        return TRUE;
      return fail (error,
                   now == NULL
                       ? _ ("the new file leaves out %s, which has dossiers, records or devices; nothing was changed")
                       : _ ("%s ends without a successor, but has dossiers, records or devices; nothing was changed"),
                   old->full_name);
    }
  if (now->acting == now || old->acting != old)
    return TRUE;
  if (now->valid_to >= work->moment->day)
    return fail (error, _ ("%s has not ended yet today: run this again once it has; nothing was changed"),
                 old->full_name);
  g_ptr_array_add (work->closed, now->key);
  return TRUE;
}

static gboolean
compare (Work *work, TdState *state, GError **error)
{
  g_autoptr (GPtrArray) all = td_units_all (work->before);
  g_autoptr (GHashTable) devices = count_devices (work->centre);

  for (guint i = 0; i < all->len; i++)
    if (!check_unit (work, state, devices, all->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* ---- counting --------------------------------------------------------------------------- */

typedef struct
{
  GHashTable *held;    /* "holder\nstage" -> number */
  GHashTable *quota;   /* unit key -> persons */
  GHashTable *devices; /* unit key -> number */
  guint dossiers, letters, persons;
} Count;

static void
count_clear (Count *self)
{
  g_hash_table_unref (self->held);
  g_hash_table_unref (self->quota);
  g_hash_table_unref (self->devices);
}

static void
add_one (GHashTable *table, char *key)
{
  g_hash_table_insert (table, key, GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (table, key)) + 1));
}

static void
count_quotas (Count *self, TdState *state, const TdUnits *units)
{
  g_autoptr (GPtrArray) all = td_units_all (units);

  for (guint i = 0; i < all->len; i++)
    {
      const TdUnit *unit = all->pdata[i];
      int persons = unit->acting == unit ? td_count_persons (state, unit, NULL) : 0;

      if (persons > 0)
        g_hash_table_insert (self->quota, g_strdup (unit->key), GINT_TO_POINTER (persons));
    }
}

static void
count (Count *self, TdCentre *centre, const TdUnits *units)
{
  TdState *state = td_centre_state (centre);
  g_autoptr (GPtrArray) ids = td_state_list (state, "dossier", "all");
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  *self = (Count){ g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                   g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                   count_devices (centre),
                   0,
                   0,
                   0 };
  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (state, ids->pdata[i]);

      if (dossier == NULL)
        continue;
      self->dossiers++;
      add_one (self->held, g_strdup_printf ("%s\n%s", dossier->holder, dossier->stage));
      for (guint c = 0; c < dossier->carried->len; c++)
        self->letters += ((TdCarried *)dossier->carried->pdata[c])->active;
      if (*dossier->person != '\0')
        g_hash_table_add (persons, g_strdup (dossier->person));
    }
  self->persons = g_hash_table_size (persons);
  count_quotas (self, state, units);
  td_state_free (state);
}

/* ---- the report ---------------------------------------------------------------------------- */

static const char *
name_of (Work *work, const char *key)
{
  const TdUnit *unit = td_units_get (work->next, key);

  if (unit == NULL)
    unit = td_units_get (work->before, key);
  return unit == NULL ? key : unit->full_name;
}

static void
tell_units (Work *work)
{
  g_autoptr (GPtrArray) all = td_units_all (work->next);

  for (guint i = 0; i < all->len; i++)
    {
      const TdUnit *now = all->pdata[i];
      const TdUnit *old = td_units_get (work->before, now->key);

      if (old == NULL && now->acting == now)
        g_string_append_printf (work->report, _ ("  new: %s\n"), now->full_name);
      else if (old != NULL && now->acting != now && old->acting == old)
        g_string_append_printf (work->report, _ ("  closed: %s, succeeded by %s\n"), now->full_name,
                                now->acting->full_name);
      else if (old != NULL && now->acting == now && g_strcmp0 (now->parent, old->parent) != 0)
        g_string_append_printf (work->report, _ ("  %s: from %s to %s\n"), now->full_name,
                                old->parent == NULL ? "-" : name_of (work, old->parent),
                                now->parent == NULL ? "-" : name_of (work, now->parent));
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
keys_of (GHashTable *one, GHashTable *two)
{
  GHashTable *tables[] = { one, two };
  GPtrArray *keys = g_ptr_array_new ();

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    {
      GHashTableIter iter;
      gpointer key;

      g_hash_table_iter_init (&iter, tables[t]);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (!g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
          g_ptr_array_add (keys, key);
    }
  g_ptr_array_sort (keys, compare_texts);
  return keys;
}

/* One line for each place whose figure is not what it was. */
static void
tell_changes (Work *work, GHashTable *before, GHashTable *after)
{
  g_autoptr (GPtrArray) keys = keys_of (before, after);

  for (guint i = 0; i < keys->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (keys->pdata[i], "\n", 2);
      int was = GPOINTER_TO_INT (g_hash_table_lookup (before, keys->pdata[i]));
      int is = GPOINTER_TO_INT (g_hash_table_lookup (after, keys->pdata[i]));

      if (was != is)
        g_string_append_printf (work->report, "  %s%s%s: %d → %d\n", name_of (work, parts[0]),
                                parts[1] == NULL ? "" : ", ", parts[1] == NULL ? "" : stage_word (parts[1]), was, is);
    }
}

static gboolean
is_named (Work *work, const char *dossier)
{
  JsonObject *dossiers = work->split == NULL ? NULL : td_json_object (work->split, "dossiers");

  return dossiers != NULL && json_object_has_member (dossiers, dossier);
}

/* Dossiers of a unit that was split which nobody named: they go to its first successor. */
static void
tell_decisions (Work *work)
{
  TdState *state = td_centre_state (work->centre);
  guint open = 0;

  for (guint i = 0; i < work->closed->len; i++)
    {
      const TdUnit *unit = td_units_get (work->next, work->closed->pdata[i]);
      g_autofree char *term = g_strdup_printf ("owner:%s", unit->key);
      g_autoptr (GPtrArray) ids = unit->heirs == NULL ? NULL : td_state_list (state, "dossier", term);

      for (guint d = 0; ids != NULL && d < ids->len; d++)
        if (!is_named (work, ids->pdata[d]))
          {
            g_string_append_printf (work->report, _ ("  dossier %s of %s goes to %s unless --split names another\n"),
                                    (char *)ids->pdata[d], unit->full_name, unit->acting->full_name);
            open++;
          }
    }
  if (open == 0)
    g_string_append (work->report, _ ("  nothing\n"));
  td_state_free (state);
}

static void
tell (Work *work, const Count *before, const Count *after)
{
  g_string_append (work->report, _ ("Units\n"));
  tell_units (work);
  g_string_append (work->report, _ ("Devices, by unit they work for, before → after\n"));
  tell_changes (work, before->devices, after->devices);
  g_string_append (work->report, _ ("Dossiers, by holder and stage, before → after\n"));
  tell_changes (work, before->held, after->held);
  g_string_append (work->report, _ ("Persons counted against a quota, before → after\n"));
  tell_changes (work, before->quota, after->quota);
  g_string_append (work->report, _ ("For a person to decide\n"));
  tell_decisions (work);
  g_string_append_printf (work->report,
                          _ ("Totals that must not change: dossiers %u = %u, letters %u = %u, persons %u = %u\n"),
                          before->dossiers, after->dossiers, before->letters, after->letters, before->persons,
                          after->persons);
}

/* ---- the operation --------------------------------------------------------------------------- */

static JsonArray *
pairs_of (Work *work, const char *name)
{
  JsonObject *named = work->split == NULL ? NULL : td_json_object (work->split, name);
  g_autoptr (GList) ids = named == NULL ? NULL : json_object_get_members (named);
  JsonArray *pairs = json_array_new ();

  for (GList *l = ids; l != NULL; l = l->next)
    {
      const char *said = td_json_string (named, l->data);
      const TdUnit *unit = said == NULL ? NULL : td_units_get (work->next, said);
      JsonArray *pair = json_array_new ();

      if (unit == NULL && said != NULL)
        unit = td_units_body (work->next, said, work->moment->day);
      json_array_add_string_element (pair, l->data);
      json_array_add_string_element (pair, unit == NULL ? (said == NULL ? "" : said) : unit->key);
      json_array_add_array_element (pairs, pair);
    }
  return pairs;
}

static JsonObject *
build (Work *work)
{
  JsonObject *content = td_centre_begin ("reorganise", work->moment);
  g_autofree char *digest = td_digest (work->plan->units, -1);
  JsonArray *closed = json_array_new ();

  for (guint i = 0; i < work->closed->len; i++)
    json_array_add_string_element (closed, work->closed->pdata[i]);
  json_object_set_string_member (content, "units", digest);
  json_object_set_string_member (content, "reason", work->plan->reason == NULL ? "" : work->plan->reason);
  json_object_set_array_member (content, "closed", closed);
  json_object_set_array_member (content, "dossiers", pairs_of (work, "dossiers"));
  json_object_set_array_member (content, "devices", pairs_of (work, "devices"));
  return content;
}

static gboolean
same_totals (const Count *before, const Count *after, GError **error)
{
  if (before->dossiers == after->dossiers && before->letters == after->letters && before->persons == after->persons)
    return TRUE;
  return fail (error, _ ("the totals would change, so nothing was changed%s"), "");
}

static gboolean
enter (Work *work, GError **error)
{
  TdCentre *centre = work->centre;
  g_autofree char *refusal = NULL;
  Count before, after;
  gboolean good;

  count (&before, centre, work->before);
  td_centre_put_units (centre, work->next);
  refusal = td_centre_own (centre, build (work), work->moment);
  count (&after, centre, work->next);
  good = refusal == NULL ? same_totals (&before, &after, error)
                         : fail (error, _ ("the re-organisation was refused (%s); nothing was changed"), refusal);
  if (good)
    tell (work, &before, &after);
  count_clear (&before);
  count_clear (&after);
  return good;
}

static gboolean
run (Work *work, GError **error)
{
  TdCentre *centre = work->centre;
  TdJournal *journal = centre->journal;
  TdState *state;
  gboolean good;

  if (!journal->begin (journal, error))
    return FALSE;
  state = td_centre_state (centre);
  good = compare (work, state, error);
  td_state_free (state);
  good = good && enter (work, error);
  if (good && !work->plan->dry_run && journal->commit (journal, error))
    return TRUE;
  if (!good || work->plan->dry_run)
    journal->rollback (journal);
  td_centre_hold_units (centre, work->before);
  return good && work->plan->dry_run;
}

static gboolean
read_split (Work *work, GError **error)
{
  if (work->plan->split == NULL)
    return TRUE;
  work->split = td_json_parse_object (work->plan->split, -1, TD_STEP_MAX, error);
  return work->split != NULL;
}

gboolean
td_centre_reorganise (
    TdCentre *self, const TdReorganisation *plan, const TdMoment *moment, char **report, GError **error)
{
  Work work = { .centre = self, .plan = plan, .moment = moment };
  gboolean good = FALSE;

  g_return_val_if_fail (self != NULL && plan != NULL && plan->units != NULL && moment != NULL, FALSE);

  td_centre_refresh (self);
  work.before = td_units_ref (self->units);
  work.next = td_units_parse (plan->units, -1, error);
  work.closed = g_ptr_array_new ();
  work.report = g_string_new (NULL);
  if (work.next != NULL && read_split (&work, error))
    good = run (&work, error);
  if (good)
    *report = g_strdup (work.report->str);
  g_string_free (work.report, TRUE);
  g_clear_pointer (&work.split, json_object_unref);
  g_ptr_array_unref (work.closed);
  g_clear_pointer (&work.next, td_units_unref);
  td_units_unref (work.before);
  return good;
}
