/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/doubles.h"
#include "dossier/gather-private.h"
#include "text/vietnamese.h"

#include <string.h>

/* Where one nomination's facts are read from: the owner's working records, or
 * the last version handed in with the bodies it quotes. */
typedef struct
{
  TdState *state;
  const TdCampaign *campaign;
  const TdUnits *units;
  const TdDossier *dossier;
  const TdRecord *nominee;
  const TdVersion *version;   /* NULL: working records */
  const TdRecord *submission; /* NULL: loose */
  const TdUnit *unit;
  const TdUnit *submitter;
} Gather;

/* ---- finding the records --------------------------------------------------------- */

static void
find_nominee (Gather *self, gboolean working)
{
  const char *id = self->dossier->id;

  if (!working && self->dossier->version > 0)
    self->version = td_state_version (self->state, id, self->dossier->version);
  if (self->version == NULL)
    self->nominee = td_state_record (self->state, id);
  if (self->nominee == NULL && self->version == NULL)
    self->version = td_state_version (self->state, id, self->dossier->version);
  if (self->nominee == NULL)
    self->nominee = td_gather_main (self->version, id);
}

/* A letter that came with a version is read as it stood then. */
static const TdRecord *
letter_of (TdState *state, const TdVersion *version, const char *submission)
{
  for (guint i = version == NULL ? 0 : version->letters->len; i > 0; i--)
    {
      const TdRecord *body = td_state_body (state, version->letters->pdata[i - 1]);

      if (body != NULL && strcmp (body->id, submission) == 0)
        return body;
    }
  return NULL;
}

/* TRUE while @unit, or who acts for it, holds the dossier: what it hands in is what its records say now. */
static gboolean
holds (const Gather *self, const char *unit)
{
  const TdUnit *holder = td_units_now (self->units, self->dossier->holder);

  return strcmp (self->dossier->holder, unit) == 0 || td_unit_follows (holder, unit);
}

static void
find_submission (Gather *self, const char *id)
{
  const TdRecord *record;

  if (id == NULL && self->version != NULL)
    id = self->version->submission;
  record = id == NULL ? NULL : td_state_record (self->state, id);
  if (record == NULL || !holds (self, record->owner))
    self->submission = id == NULL ? NULL : letter_of (self->state, self->version, id);
  if (self->submission == NULL)
    self->submission = record;
}

static gboolean
find_units (Gather *self)
{
  self->unit = td_units_get (self->units, self->dossier->owner);
  self->submitter = self->submission == NULL ? self->unit : td_units_get (self->units, self->submission->owner);
  return self->unit != NULL && self->submitter != NULL;
}

/* ---- the ledger ---------------------------------------------------------------------- */

/* A unit's ledger record as some version quoted it, the newest first. */
static const TdRecord *
quoted (const Gather *self, const char *id)
{
  for (gint64 n = self->version->n; n > 0; n--)
    {
      const TdVersion *version = td_state_version (self->state, self->dossier->id, n);
      const char *digest = version == NULL ? NULL : g_hash_table_lookup (version->quotes, id);

      if (digest != NULL)
        return td_state_body (self->state, digest);
    }
  return NULL;
}

static const TdRecord *
ledger_record (const Gather *self, const TdUnit *unit, const char *type)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (self->campaign), unit->key, type);
  const TdRecord *record = NULL;

  /* What a unit below quoted can't shift under the judge; what it didn't quote isn't there. */
  if (self->version != NULL && !holds (self, unit->key))
    return quoted (self, id);
  record = td_state_record (self->state, id);
  return record == NULL || strcmp (record->owner, unit->key) != 0 ? NULL : record;
}

static TdUnitFacts *
unit_facts (const Gather *self, const TdUnit *unit)
{
  TdLedger ledger = { ledger_record (self, unit, "ratings"), ledger_record (self, unit, "targets"),
                      ledger_record (self, unit, "events") };

  return td_gather_ledger (self->state, self->campaign, unit, &ledger);
}

/* ---- the nominee ----------------------------------------------------------------------- */

static void
take (char **field, const TdRecord *record, const char *path)
{
  g_free (*field);
  *field = td_gather_text (record, path);
}

static gboolean
says (const TdRecord *record, const char *path, const char *word)
{
  g_autofree char *text = td_gather_text (record, path);

  return strcmp (text, word) == 0;
}

static void
read_papers (TdFacts *facts, const TdRecord *nominee)
{
  g_autoptr (GPtrArray) files = td_record_keys (nominee, "file");
  g_autoptr (GStrvBuilder) papers = g_strv_builder_new ();

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *kind = g_strdup_printf ("file/%s/kind", (char *)files->pdata[i]);
      g_autofree char *covers = g_strdup_printf ("file/%s/covers_bhyt", (char *)files->pdata[i]);
      g_autofree char *word = td_gather_text (nominee, kind);

      if (*word != '\0')
        g_strv_builder_add (papers, word);
      if (says (nominee, covers, "yes"))
        g_strv_builder_add (papers, "BHXH_GHI_BHYT");
    }
  g_strfreev (facts->papers);
  facts->papers = g_strv_builder_end (papers);
}

/* The chair of a board of directors or members who isn't the director. */
static gboolean
chairs_a_board (const TdRecord *nominee)
{
  g_autofree char *position = td_gather_text (nominee, "position");
  g_autofree char *fold = td_text_fold (position);

  return g_str_has_prefix (fold, "chu tich hdqt") || g_str_has_prefix (fold, "chu tich hdtv")
         || g_str_has_prefix (fold, "chu tich hoi dong quan tri")
         || g_str_has_prefix (fold, "chu tich hoi dong thanh vien");
}

static gboolean
is_deputy (const TdRecord *nominee)
{
  g_autofree char *position = td_gather_text (nominee, "position");
  g_autofree char *fold = td_text_fold (position);

  return g_str_has_prefix (fold, "pho ");
}

static void
read_nominee (TdFacts *facts, const Gather *self)
{
  const TdRecord *nominee = self->nominee;
  g_autofree char *kind = td_gather_text (nominee, "subject_kind");

  facts->collective = !says (nominee, "subject", "individual");
  if (*kind != '\0')
    take (&facts->subject_kind, nominee, "subject_kind");
  take (&facts->name, nominee, "name");
  take (&facts->award, nominee, "award");
  take (&facts->party_member, nominee, "party_member");
  take (&facts->compliance, nominee, "compliance/state");
  take (&facts->report_confirmed, nominee, "report_confirmed");
  facts->outside_province = says (nominee, "outside", "yes");
  facts->enterprise_director = says (nominee, "director", "yes");
  facts->board_chair = !facts->enterprise_director && chairs_a_board (nominee);
  facts->deputy_or_chair_only = facts->board_chair || (!facts->enterprise_director && is_deputy (nominee));
  td_gather_ratings (self->campaign, nominee, facts->ratings);
  read_papers (facts, nominee);
}

/* ---- doubles (R-055) ---------------------------------------------------------------------- */

/* Where the others are, as far as this desk may know: full names of units with commas between. */
static char *
names_of_others (const Gather *self, const TdDoubles *doubles, gboolean same_person)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < doubles->pairs->len; i++)
    {
      const TdDoublePair *pair = doubles->pairs->pdata[i];
      const TdDossier *other = td_state_dossier (self->state, pair->other);
      const TdUnit *unit = other == NULL ? NULL : td_units_get (self->units, other->owner);

      if (unit != NULL && !pair->cleared && pair->same_person == same_person
          && !g_ptr_array_find_with_equal_func (names, unit->full_name, g_str_equal, NULL))
        g_ptr_array_add (names, unit->full_name);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

static void
read_doubles (TdFacts *facts, const Gather *self)
{
  g_autoptr (TdDoubles) doubles = td_doubles_known (self->state, self->dossier->id, self->nominee);
  guint persons = 0, names = doubles->more;

  for (guint i = 0; i < doubles->pairs->len; i++)
    {
      const TdDoublePair *pair = doubles->pairs->pdata[i];

      if (pair->cleared)
        facts->doubles_cleared++;
      else if (pair->same_person)
        persons++;
      else
        names++;
    }
  facts->doubled = persons > 0 ? TD_DOUBLE_SAME_PERSON : names > 0 ? TD_DOUBLE_SAME_NAME : TD_DOUBLE_NONE;
  facts->doubles = (int)(persons > 0 ? persons : names);
  g_free (facts->doubled_in);
  facts->doubled_in = names_of_others (self, doubles, persons > 0);
}

/* ---- rewarded before (X-002) ----------------------------------------------------------------- */

/* The same nominee's other dossier of this unit that has been decided: what the decision was. */
static char *
decision_on (const Gather *self, const TdDossier *other)
{
  const TdRecord *record = td_gather_any (self->state, other->id);
  g_autofree char *name = td_gather_text (self->nominee, "name");
  g_autofree char *other_name = td_gather_text (record, "name");
  g_autofree char *fold = td_text_fold (name);
  g_autofree char *other_fold = td_text_fold (other_name);

  if (*fold == '\0' || strcmp (fold, other_fold) != 0)
    return NULL;
  for (guint i = other->chain->len; i > 0; i--)
    {
      const TdEntry *entry = other->chain->pdata[i - 1];

      if (strcmp (entry->verb, "decide") == 0)
        return g_strdup (entry->detail);
    }
  return NULL;
}

/* What its owner typed, or what this campaign itself knows. */
static void
read_awarded (TdFacts *facts, const Gather *self)
{
  g_autofree char *term = g_strdup_printf ("owner:%s", self->dossier->owner);
  g_autoptr (GPtrArray) ids = NULL;

  take (&facts->awarded_before, self->nominee, "previous_award");
  if (*facts->awarded_before != '\0' || !facts->collective)
    return;
  ids = td_state_list (self->state, "dossier", term);
  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *other = td_state_dossier (self->state, ids->pdata[i]);
      char *decision = NULL;

      if (other != NULL && other != self->dossier
          && (strcmp (other->stage, "decided") == 0 || strcmp (other->stage, "awarded") == 0))
        decision = decision_on (self, other);
      if (decision == NULL)
        continue;
      g_free (facts->awarded_before);
      facts->awarded_before = decision;
      return;
    }
}

/* ---- the submission -------------------------------------------------------------------------- */

static char **
names_of_items (const Gather *self)
{
  g_autoptr (GPtrArray) items = td_gather_rows (self->submission, "item", "");
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < items->len; i++)
    {
      const TdRecord *record = strcmp (items->pdata[i], self->dossier->id) == 0
                                   ? self->nominee
                                   : td_gather_any (self->state, items->pdata[i]);
      g_autofree char *name = td_gather_text (record, "name");

      if (*name != '\0')
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

static char **
names_in (const Gather *self, const char *path)
{
  g_autofree char *text = td_gather_text (self->submission, path);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  if (*text == '\0')
    return names_of_items (self);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_strv_builder_add (names, lines[i]);
  return g_strv_builder_end (names);
}

static void
read_submission (TdFacts *facts, const Gather *self)
{
  const TdRecord *submission = self->submission;
  const TdUnit *above = self->submitter->acting->upper;
  g_autoptr (GPtrArray) also = g_ptr_array_new ();

  facts->has_submission = submission != NULL;
  if (submission == NULL)
    return;
  take (&facts->letter_number, submission, "letter/number");
  take (&facts->letter_signer, submission, "letter/signer_name");
  take (&facts->minutes_number, submission, "minutes/number");
  take (&facts->minutes_chair, submission, "minutes/chair");
  facts->letter_date = td_gather_date (submission, "letter/date");
  facts->minutes_date = td_gather_date (submission, "minutes/date");
  g_strfreev (facts->listed_in_letter);
  facts->listed_in_letter = names_in (self, "letter/names");
  g_strfreev (facts->listed_in_minutes);
  facts->listed_in_minutes = names_in (self, "minutes/names");
  facts->received = above == NULL ? TD_DATE_NONE : td_reached_on (self->state, self->dossier->id, above);
  facts->handed_in = above == NULL ? TD_DATE_NONE : td_came_again_on (self->state, self->dossier->id, above);
  if (holds (self, self->submitter->key))
    g_ptr_array_add (also, self->dossier->id);
  facts->individuals = td_count_persons_with (self->state, self->submitter->acting, submission->id, also);
}

/**
 * td_gather_nomination: see gather.h
 *
 * Returns: (transfer full) (nullable): NULL when the dossier, its words or its unit aren't known here
 */
TdFacts *
td_gather_nomination (TdState *state,
                      const TdCampaign *campaign,
                      const TdUnits *units,
                      const char *dossier,
                      const char *submission,
                      gboolean working,
                      gboolean at_top,
                      TdDate day)
{
  Gather self = { state, campaign, units, td_state_dossier (state, dossier), NULL, NULL, NULL, NULL, NULL };
  TdFacts *facts;

  if (self.dossier == NULL)
    return NULL;
  find_nominee (&self, working);
  if (self.nominee == NULL)
    return NULL;
  find_submission (&self, submission);
  if (!find_units (&self))
    return NULL;
  facts = td_facts_new ();
  facts->today = day;
  facts->at_top = at_top;
  read_nominee (facts, &self);
  facts->unit = unit_facts (&self, self.unit);
  facts->submitter = self.unit == self.submitter ? facts->unit : unit_facts (&self, self.submitter);
  read_submission (facts, &self);
  td_council_days (state, self.dossier, &facts->council_on, &facts->opinion_on);
  read_awarded (facts, &self);
  if (!facts->collective)
    read_doubles (facts, &self);
  return facts;
}
