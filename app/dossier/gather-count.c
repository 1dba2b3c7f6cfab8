/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/apply.h"
#include "dossier/gather-private.h"

#include <string.h>

/* What holds across dossiers: who counts against a quota, and when something
 * reached a level. */

/** td_gather_main: the main record of a version; NULL without one. */
const TdRecord *
td_gather_main (const TdVersion *version, const char *dossier)
{
  for (guint i = 0; version != NULL && i < version->records->len; i++)
    {
      const TdRecord *record = version->records->pdata[i];

      if (strcmp (record->id, dossier) == 0)
        return record;
    }
  return NULL;
}

/** td_gather_any: what is known of a nominee here: its owner's words, else the last version handed in. */
const TdRecord *
td_gather_any (TdState *state, const char *dossier)
{
  const TdRecord *record = td_state_record (state, dossier);
  const TdDossier *found = record == NULL ? td_state_dossier (state, dossier) : NULL;

  if (found == NULL)
    return record;
  return td_gather_main (td_state_version (state, dossier, found->version), dossier);
}

static gboolean
is_individual (const TdRecord *record)
{
  g_autofree char *subject = td_gather_text (record, "subject");

  return strcmp (subject, "individual") == 0;
}

/* Who a nominee is for a quota: after a merger two units' words about one person are one unit's. */
static char *
person_now (const TdUnit *unit, const TdRecord *record)
{
  g_autofree char *person = td_record_person (record);
  const TdUnit *owner = td_units_now (unit->all, record->owner);

  if (owner == NULL || strcmp (owner->key, record->owner) == 0 || !g_str_has_suffix (person, record->owner))
    return g_steal_pointer (&person);
  person[strlen (person) - strlen (record->owner)] = '\0';
  return g_strconcat (person, owner->key, NULL);
}

/* Adds the person of @dossier to @persons: once per person, one without a name by its dossier. */
static void
count_person (TdState *state, const TdUnit *unit, GHashTable *persons, const char *dossier)
{
  const TdDossier *found = td_state_dossier (state, dossier);
  const TdRecord *record = NULL;
  g_autofree char *person = NULL;

  /* What was handed in counts as it was handed in, whoever edits it meanwhile; recalled, as it is now. */
  if (found != NULL && found->version > 0 && strcmp (found->stage, "draft") != 0)
    record = td_gather_main (td_state_version (state, dossier, found->version), dossier);
  if (record == NULL)
    record = td_gather_any (state, dossier);
  if (found != NULL && (strcmp (found->stage, "withdrawn") == 0 || strcmp (found->stage, "not_proposed") == 0))
    return;
  if (record == NULL)
    {
      if (found != NULL && *found->person != '\0')
        g_hash_table_add (persons, g_strdup (found->person));
      return;
    }
  if (!is_individual (record))
    return;
  person = person_now (unit, record);
  g_hash_table_add (persons, *person == '\0' ? g_strdup (dossier) : g_steal_pointer (&person));
}

static gboolean
is_of (TdState *state, const char *dossier, const char *owner)
{
  const TdDossier *found = td_state_dossier (state, dossier);

  return owner == NULL || (found != NULL && strcmp (found->owner, owner) == 0);
}

static void
count_all (TdState *state, const TdUnit *unit, GHashTable *persons, GPtrArray *ids, const char *owner)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (is_of (state, ids->pdata[i], owner))
      count_person (state, unit, persons, ids->pdata[i]);
}

static int
count (TdState *state, const TdUnit *unit, const char *submission, GPtrArray *also, const char *owner)
{
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *term = g_strdup_printf ("submitter:%s", unit->key);
  g_autoptr (GPtrArray) ids = td_state_list (state, "dossier", term);
  const TdRecord *record = submission == NULL ? NULL : td_state_record (state, submission);
  g_autoptr (GPtrArray) items = record == NULL || record->closed ? NULL : td_record_keys (record, "item");

  count_all (state, unit, persons, ids, owner);
  count_all (state, unit, persons, items, owner);
  count_all (state, unit, persons, also, owner);
  return (int)g_hash_table_size (persons);
}

/**
 * td_count_persons_with:
 * @submission: (nullable): an open letter: whom it lists counts. Of a closed one only
 * what it carries now: who was recalled counts again when he goes up again
 * @also: (nullable): dossiers about to be handed in
 */
int
td_count_persons_with (TdState *state, const TdUnit *unit, const char *submission, GPtrArray *also)
{
  return count (state, unit, submission, also, NULL);
}

/** td_count_persons_of: see gather.h. */
int
td_count_persons_of (TdState *state, const TdUnit *unit, const char *submission, const char *owner)
{
  return count (state, unit, submission, NULL, owner);
}

/** td_count_persons: see gather.h. */
int
td_count_persons (TdState *state, const TdUnit *unit, const char *submission)
{
  return td_count_persons_with (state, unit, submission, NULL);
}

static TdDate
earlier (TdDate a, TdDate b)
{
  return a == TD_DATE_NONE || (b != TD_DATE_NONE && b < a) ? b : a;
}

/* What reached a unit of the same level did so when that one was on the way up (only then may it go there). */
static gboolean
is_at_level (const TdUnit *level, const char *key)
{
  const TdUnit *unit = td_units_get (level->all, key);

  return td_unit_is (level, key) || (unit != NULL && strcmp (unit->level, level->level) == 0);
}

/** td_reached_on: see gather.h (model.md 2.5). */
TdDate
td_reached_on (TdState *state, const char *dossier, const TdUnit *level)
{
  const TdDossier *found = td_state_dossier (state, dossier);
  GPtrArray *receipts = td_state_receipts (state, dossier);
  TdDate day = TD_DATE_NONE;

  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    {
      const TdReceipt *receipt = receipts->pdata[i];

      if (is_at_level (level, receipt->level))
        day = earlier (day, receipt->day);
    }
  for (gint64 n = 1; found != NULL && n <= found->version; n++)
    {
      const TdVersion *version = td_state_version (state, dossier, n);

      if (version != NULL && is_at_level (level, version->to))
        day = earlier (day, version->day);
    }
  return day;
}

/** td_came_again_on: see gather.h. */
TdDate
td_came_again_on (TdState *state, const char *dossier, const TdUnit *level)
{
  const TdDossier *found = td_state_dossier (state, dossier);
  TdDate day = TD_DATE_NONE;
  guint times = 0;

  for (gint64 n = 1; found != NULL && n <= found->version; n++)
    {
      const TdVersion *version = td_state_version (state, dossier, n);

      if (version == NULL || !is_at_level (level, version->to))
        continue;
      times++;
      day = version->day;
    }
  return times > 1 ? day : TD_DATE_NONE;
}

/** td_council_days: see gather.h. */
void
td_council_days (TdState *state, const TdDossier *dossier, TdDate *sent, TdDate *opinion)
{
  *sent = *opinion = TD_DATE_NONE;
  for (guint i = 0; i < dossier->chain->len; i++)
    {
      const TdEntry *entry = dossier->chain->pdata[i];

      if (td_is_undone (dossier, entry->op))
        continue;
      /* A return starts the appraisal anew. */
      if (strcmp (entry->verb, "to_council") == 0 || strcmp (entry->verb, "return") == 0)
        {
          *sent = strcmp (entry->verb, "return") == 0 ? TD_DATE_NONE : entry->day;
          *opinion = TD_DATE_NONE;
        }
      else if (strcmp (entry->verb, "council_opinion") == 0)
        *opinion = td_opinion_day (state, entry);
    }
}

/** td_opinion_day: the day the Council met, as the minutes of its session say. */
TdDate
td_opinion_day (TdState *state, const TdEntry *entry)
{
  const TdRecord *session = td_state_body (state, entry->body);
  g_autofree char *date = session == NULL ? NULL : td_record_text (session, "date");
  TdDate day = date == NULL ? TD_DATE_NONE : td_date_parse_iso (date);

  return day == TD_DATE_NONE ? entry->day : day;
}
