/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/submit.h"

#include "dossier/apply-private.h"
#include "dossier/crypto.h"
#include "dossier/gather.h"

#include <string.h>

/* Trình: the letter and its list, quotes from the ledger, the rules; then a
 * frozen version goes one level up (model.md 2.1 to 2.3). */

static TdRecord *
submission_of (TdAttempt *self)
{
  return td_state_record (self->state, td_operation_text (self->operation, "sub"));
}

static gboolean
is_own (TdAttempt *self, const TdDossier *dossier)
{
  return td_owns (self->context->units, dossier, self->unit);
}

static gboolean
is_item (const TdRecord *submission, const char *dossier)
{
  g_autofree char *path = g_strdup_printf ("item/%s", dossier);

  return td_record_get (submission, path) != NULL;
}

static gboolean
was_carried (TdAttempt *self, const TdRecord *submission, const char *id)
{
  TdDossier *dossier = td_state_dossier (self->state, id);

  for (guint i = 0; dossier != NULL && i < dossier->carried->len; i++)
    if (strcmp (((TdCarried *)dossier->carried->pdata[i])->submission, submission->id) == 0)
      return TRUE;
  return FALSE;
}

/* One person, one nomination: also inside one letter. */
static gboolean
check_persons (TdAttempt *self)
{
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->named->len; i++)
    {
      const char *id = g_array_index (self->named, TdNamed, i).dossier;
      TdDossier *dossier = td_state_dossier (self->state, id);
      g_autoptr (GPtrArray) records
          = dossier == NULL ? NULL : td_submit_records (self->state, dossier, is_own (self, dossier));
      g_autofree char *person
          = records == NULL || records->len == 0 ? g_strdup ("") : td_record_person (records->pdata[0]);

      if (*person != '\0' && !g_hash_table_add (persons, g_steal_pointer (&person)))
        return td_refuse (self, "double", "R-055");
    }
  return TRUE;
}

/* The first trình of a submission names all it lists; a later one only some
 * of those, returned or recalled. */
static gboolean
check_items (TdAttempt *self, const TdRecord *submission)
{
  g_autoptr (GPtrArray) items = td_record_keys (submission, "item");

  for (guint i = 0; i < self->named->len; i++)
    {
      const char *dossier = g_array_index (self->named, TdNamed, i).dossier;

      if (!is_item (submission, dossier) || (submission->closed && !was_carried (self, submission, dossier)))
        return td_refuse (self, "items", dossier);
    }
  return submission->closed || items->len == self->named->len || td_refuse (self, "items", submission->id);
}

/* Several that go up again with a closed letter are one by one within the quota, and may be over it together. */
static gboolean
check_quota (TdAttempt *self, const TdRecord *submission)
{
  const TdContext *context = self->context;
  g_autoptr (TdUnitFacts) facts = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  int most;

  if (!submission->closed || self->named->len < 2)
    return TRUE;
  for (guint i = 0; i < self->named->len; i++)
    g_ptr_array_add (ids, (char *)g_array_index (self->named, TdNamed, i).dossier);
  facts = td_gather_unit (self->state, context->campaign, context->units, self->unit->key);
  most = td_campaign_quota (context->campaign, self->unit, facts->led->len > 0);
  return most < 0 || td_count_persons_with (self->state, self->unit, submission->id, ids) <= most
         || td_refuse (self, "quota", submission->id);
}

static gboolean
check_letter (TdAttempt *self, const TdRecord *submission)
{
  g_autofree char *digest = NULL;

  if (submission == NULL || strcmp (submission->type, "submission") != 0
      || !td_unit_follows (self->unit, submission->owner))
    return td_refuse (self, "letter", td_operation_text (self->operation, "sub"));
  digest = td_record_digest (submission);
  return strcmp (digest, td_operation_text (self->operation, "letter")) == 0
         || td_refuse (self, "letter", submission->id);
}

static GPtrArray *
named_ids (TdAttempt *self)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < self->named->len; i++)
    g_ptr_array_add (ids, (gpointer)g_array_index (self->named, TdNamed, i).dossier);
  return ids;
}

/** td_ledger_quotes: see submit.h. */
GHashTable *
td_ledger_quotes (TdState *state, const char *campaign, const char *unit)
{
  static const char *const types[] = { "ratings", "targets", "events" };
  GHashTable *quotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *id = td_unit_record_id (campaign, unit, types[i]);
      TdRecord *record = td_state_record (state, id);

      if (record != NULL && strcmp (record->owner, unit) == 0 && strcmp (record->type, types[i]) == 0)
        g_hash_table_insert (quotes, g_steal_pointer (&id), td_record_digest (record));
    }
  return quotes;
}

static void
add_quotes (GHashTable *quotes, TdState *state, const char *campaign, const char *unit)
{
  g_autoptr (GHashTable) more = td_ledger_quotes (state, campaign, unit);
  GHashTableIter iter;
  gpointer id, digest;

  g_hash_table_iter_init (&iter, more);
  while (g_hash_table_iter_next (&iter, &id, &digest))
    g_hash_table_replace (quotes, g_strdup (id), g_strdup (digest));
}

/** td_submit_ledgers: see submit.h. */
GHashTable *
td_submit_ledgers (
    TdState *state, const TdUnits *units, const char *campaign, const TdRecord *letter, GPtrArray *dossiers)
{
  GHashTable *quotes = td_ledger_quotes (state, campaign, letter->owner);
  const TdUnit *unit = td_units_now (units, letter->owner);

  for (guint i = 0; unit != NULL && i < dossiers->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (state, dossiers->pdata[i]);

      if (dossier != NULL && strcmp (dossier->owner, letter->owner) != 0 && td_unit_follows (unit, dossier->owner))
        add_quotes (quotes, state, campaign, dossier->owner);
    }
  return quotes;
}

/* Every quote is the unit's own ledger as it stands, and none is left out. */
static gboolean
check_quotes (TdAttempt *self, const TdRecord *submission)
{
  g_autoptr (GHashTable) quotes = td_submit_quotes (self->operation);
  g_autoptr (GPtrArray) dossiers = named_ids (self);
  g_autoptr (GHashTable) wanted = td_submit_ledgers (self->state, self->context->units,
                                                     td_campaign_id (self->context->campaign), submission, dossiers);
  g_autoptr (GPtrArray) ids = td_sorted_keys (wanted);

  for (guint i = 0; i < ids->len; i++)
    if (g_strcmp0 (g_hash_table_lookup (wanted, ids->pdata[i]), g_hash_table_lookup (quotes, ids->pdata[i])) != 0)
      return td_refuse (self, "quotes", ids->pdata[i]);
  return g_hash_table_size (quotes) == g_hash_table_size (wanted) || td_refuse (self, "quotes", "");
}

static gboolean
begin_submit (TdAttempt *self)
{
  TdRecord *submission = submission_of (self);

  return check_letter (self, submission) && check_items (self, submission) && check_quotes (self, submission)
         && check_persons (self) && check_quota (self, submission);
}

/** td_submit_quotes: ledger record id -> digest of a submit step; owned. */
GHashTable *
td_submit_quotes (const TdOperation *operation)
{
  GHashTable *quotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonArray *rows = td_json_array (operation->content, "quotes");

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonArray *row = td_json_element_array (rows, i);
      const char *id = row == NULL ? NULL : td_json_element_string (row, 0);
      const char *digest = row == NULL ? NULL : td_json_element_string (row, 1);

      if (id != NULL && digest != NULL)
        g_hash_table_replace (quotes, g_strdup (id), g_strdup (digest));
    }
  return quotes;
}

/**
 * td_submit_records:
 * @own: whether it is the owner's unit that hands in
 *
 * What the next version is made of: the owner hands in his working records,
 * anyone else the version he was handed.
 *
 * Returns: (transfer full): borrowed records
 */
GPtrArray *
td_submit_records (TdState *state, const TdDossier *dossier, gboolean own)
{
  GPtrArray *records = g_ptr_array_new ();
  TdVersion *version;

  if (own)
    {
      TdRecord *record = td_state_record (state, dossier->id);

      if (record != NULL)
        g_ptr_array_add (records, record);
      return records;
    }
  version = td_state_version (state, dossier->id, dossier->version);
  for (guint i = 0; version != NULL && i < version->records->len; i++)
    g_ptr_array_add (records, version->records->pdata[i]);
  return records;
}

/** td_submit_merge_quotes: what lower levels quoted before, renewed by @quotes; owned. */
GHashTable *
td_submit_merge_quotes (TdState *state, const TdDossier *dossier, GHashTable *quotes)
{
  GHashTable *merged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  TdVersion *version = dossier->version == 0 ? NULL : td_state_version (state, dossier->id, dossier->version);
  GHashTable *sources[] = { version == NULL ? NULL : version->quotes, quotes };

  for (guint s = 0; s < G_N_ELEMENTS (sources); s++)
    {
      GHashTableIter iter;
      gpointer id, digest;

      if (sources[s] == NULL)
        continue;
      g_hash_table_iter_init (&iter, sources[s]);
      while (g_hash_table_iter_next (&iter, &id, &digest))
        g_hash_table_replace (merged, g_strdup (id), g_strdup (digest));
    }
  return merged;
}

/**
 * td_submit_digest:
 *
 * The content digest a submit step must name for @dossier: the records handed
 * in and all quotes, the renewed ones included.
 */
char *
td_submit_digest (TdState *state, const TdDossier *dossier, gboolean own, GHashTable *quotes)
{
  g_autoptr (GPtrArray) records = td_submit_records (state, dossier, own);
  g_autoptr (GHashTable) merged = td_submit_merge_quotes (state, dossier, quotes);

  return td_content_digest (records, merged);
}

/* A return that named ledger members wants them quoted anew, or "giữ nguyên"
 * with a reason (model.md 2.1). */
static gboolean
check_ledger_answered (TdAttempt *self, TdDossier *dossier, GHashTable *quotes)
{
  TdVersion *version = td_current_version (self, dossier);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GHashTable) merged = NULL;

  if (version == NULL || strcmp (dossier->stage, "returned") != 0
      || *td_operation_text (self->operation, "kept") != '\0')
    return TRUE;
  names = td_sorted_keys (dossier->open);
  merged = td_submit_merge_quotes (self->state, dossier, quotes);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *record = g_strndup (names->pdata[i], strcspn (names->pdata[i], " "));
      const char *quoted = g_hash_table_lookup (version->quotes, record);

      if (quoted != NULL && g_strcmp0 (quoted, g_hash_table_lookup (merged, record)) == 0)
        return td_refuse (self, "quotes", record);
    }
  return TRUE;
}

static gboolean
is_blocked (TdAttempt *self, const TdDossier *dossier, const TdFacts *facts, const char *code)
{
  const TdCampaign *campaign = self->context->campaign;
  g_autoptr (GPtrArray) findings = strcmp (dossier->type, "registration") == 0 ? td_judge_registration (campaign, facts)
                                                                               : td_judge (campaign, facts);
  const TdFinding *block = td_findings_block_submit (findings);

  if (block != NULL)
    td_refuse (self, block->verdict == TD_VERDICT_UNKNOWN ? "data" : code, block->rule);
  return block != NULL;
}

/* The first finding of those that block handing in decides the refusal. That the
 * person stands elsewhere is told last: nobody learns it with less than a whole
 * dossier, signed and on record. */
static gboolean
check_rules (TdAttempt *self, TdDossier *dossier)
{
  gboolean own = is_own (self, dossier);
  const TdContext *context = self->context;
  g_autoptr (TdFacts) facts = NULL;
  TdDouble doubled;

  if (strcmp (dossier->type, "report") == 0)
    return TRUE;
  facts = td_gather_nomination (self->state, context->campaign, context->units, dossier->id,
                                td_operation_text (self->operation, "sub"), own, !context->courtesy, context->day);
  if (facts == NULL)
    return td_refuse (self, "unknown", dossier->id);
  doubled = facts->doubled;
  facts->doubled = TD_DOUBLE_NONE;
  if (is_blocked (self, dossier, facts, "rule"))
    return FALSE;
  facts->doubled = doubled;
  return doubled == TD_DOUBLE_NONE || !is_blocked (self, dossier, facts, "double");
}

/* A report is read where it arrives: the level above sums up in a report of its own (model.md 3). */
static gboolean
ends_here (TdAttempt *self, const TdDossier *dossier)
{
  return strcmp (dossier->type, "report") == 0 && !is_own (self, dossier);
}

static gboolean
check_submit (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  g_autoptr (GHashTable) quotes = td_submit_quotes (self->operation);
  g_autofree char *digest = td_submit_digest (self->state, dossier, is_own (self, dossier), quotes);

  if (self->unit->upper == NULL || ends_here (self, dossier))
    return td_refuse (self, "reach", dossier->id);
  if (strcmp (digest, named->digest) != 0 || (dossier->version > 0 && td_current_version (self, dossier) == NULL))
    return td_refuse (self, "digest", dossier->id);
  return check_ledger_answered (self, dossier, quotes) && check_rules (self, dossier);
}

/* A letter from below as it must travel now: corrected after a return, it goes
 * up in its new form with the next trình (model.md 2.2). A desk that may not see
 * that letter keeps the old form until the endpoint tells it. */
static char *
letter_now (TdAttempt *self, const char *digest)
{
  TdRecord *body = td_state_body (self->state, digest);
  TdRecord *record = body == NULL ? NULL : td_state_record (self->state, body->id);

  if (record == NULL || g_hash_table_size (record->open) == 0)
    return g_strdup (digest);
  td_state_add_body (self->state, record);
  return td_record_digest (record);
}

static gboolean
same_letter (TdAttempt *self, const char *digest, const TdRecord *submission)
{
  TdRecord *body = td_state_body (self->state, digest);

  return body != NULL && strcmp (body->id, submission->id) == 0;
}

static void
freeze_letters (TdAttempt *self, TdVersion *version, TdVersion *previous, const TdRecord *submission)
{
  for (guint i = 0; previous != NULL && i < previous->letters->len; i++)
    if (!same_letter (self, previous->letters->pdata[i], submission))
      g_ptr_array_add (version->letters, letter_now (self, previous->letters->pdata[i]));
  g_ptr_array_add (version->letters, g_strdup (td_operation_text (self->operation, "letter")));
}

/* Lower letters have gone up corrected: they are closed again. */
static void
close_letters (TdAttempt *self, TdDossier *dossier)
{
  TdVersion *version = td_current_version (self, dossier);

  for (guint i = 0; version != NULL && i < version->letters->len; i++)
    {
      TdRecord *body = td_state_body (self->state, version->letters->pdata[i]);
      TdRecord *record = body == NULL ? NULL : td_state_record (self->state, body->id);

      if (record == NULL || g_hash_table_size (record->open) == 0)
        continue;
      g_hash_table_remove_all (record->open);
      td_state_mark (self->state, "record", record->id);
      td_show_record (self, record);
    }
}

static void
freeze (TdAttempt *self, TdDossier *dossier, const char *to)
{
  g_autoptr (GHashTable) quotes = td_submit_quotes (self->operation);
  g_autoptr (GPtrArray) records = td_submit_records (self->state, dossier, is_own (self, dossier));
  TdVersion *previous = td_current_version (self, dossier);
  TdVersion *version = g_new0 (TdVersion, 1);
  TdRecord *submission = submission_of (self);

  version->dossier = g_strdup (dossier->id);
  version->n = dossier->version + 1;
  version->digest = td_submit_digest (self->state, dossier, is_own (self, dossier), quotes);
  version->by = g_strdup (self->unit->key);
  version->to = g_strdup (to);
  version->submission = g_strdup (submission->id);
  version->day = self->context->day;
  version->q = self->context->q;
  version->records = g_ptr_array_new_with_free_func ((GDestroyNotify)td_record_free);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (version->records, td_record_copy (records->pdata[i]));
  version->quotes = td_submit_merge_quotes (self->state, dossier, quotes);
  version->letters = g_ptr_array_new_with_free_func (g_free);
  freeze_letters (self, version, previous, submission);
  dossier->version = version->n;
  td_replace (&dossier->digest, version->digest);
  g_free (dossier->person);
  dossier->person = version->records->len == 0 ? g_strdup ("") : td_record_person (version->records->pdata[0]);
  td_state_add_version (self->state, version);
}

/* Letters of this unit, and of one that the way up no longer leads through, are in its place now. */
static gboolean
is_replaced (TdAttempt *self, const TdDossier *dossier, const TdCarried *row)
{
  const TdUnit *owner = td_owner_unit (self->context->units, dossier);
  const TdUnit *unit = td_units_now (self->context->units, row->unit);

  return unit == self->unit || owner == NULL || unit == NULL || !td_units_on_route (self->context->units, owner, unit);
}

/* A unit carries a dossier in one letter at a time; the latest row comes last. */
static void
carry (TdAttempt *self, TdDossier *dossier, const char *submission)
{
  TdCarried *carried = g_new0 (TdCarried, 1);

  carried->submission = g_strdup (submission);
  carried->unit = g_strdup (self->unit->key);
  carried->active = TRUE;
  for (guint i = dossier->carried->len; i > 0; i--)
    {
      TdCarried *row = dossier->carried->pdata[i - 1];

      if (strcmp (row->submission, submission) == 0)
        g_ptr_array_remove_index (dossier->carried, i - 1);
      else if (is_replaced (self, dossier, row))
        row->active = FALSE;
    }
  g_ptr_array_add (dossier->carried, carried);
}

static void
act_submit (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const TdUnit *next = self->unit->upper;
  TdRecord *submission = submission_of (self);
  TdEntry *entry;

  freeze (self, dossier, next->key);
  carry (self, dossier, submission->id);
  entry = td_take_step (self, dossier, "submitted");
  td_replace (&entry->subject, submission->id);
  td_replace (&dossier->holder, next->key);
  dossier->received = FALSE;
  dossier->epoch++;
}

/* Whoever is asked for an opinion gets each new version that reaches the top. */
static void
show_to_asked (TdAttempt *self, TdDossier *dossier)
{
  const TdUnit *board = td_attempt_board (self);

  if (board == NULL || !td_holds (dossier, board))
    return;
  for (guint i = 0; i < dossier->chain->len; i++)
    {
      const TdEntry *entry = dossier->chain->pdata[i];

      if (strcmp (entry->verb, "ask") == 0
          && td_is_asked (dossier, td_units_now (self->context->units, entry->subject)))
        td_show_history (self, dossier, entry->subject);
    }
}

static const char *
owner_key (TdAttempt *self, const TdDossier *dossier)
{
  const TdUnit *owner = td_owner_unit (self->context->units, dossier);

  return owner == NULL ? dossier->owner : owner->key;
}

/* Bodies and the closed letter first, so that the history shown names what is there. */
static void
end_submit (TdAttempt *self)
{
  TdRecord *submission = submission_of (self);
  g_autoptr (GHashTable) quotes = td_submit_quotes (self->operation);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, quotes);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    td_state_add_body (self->state, td_state_record (self->state, id));
  td_state_add_body (self->state, submission);
  submission->closed = TRUE;
  g_hash_table_remove_all (submission->open);
  td_state_mark (self->state, "record", submission->id);
  td_show_record (self, submission);
  td_call_settle (self, submission);
  for (guint i = 0; i < self->named->len; i++)
    {
      TdDossier *dossier = td_state_dossier (self->state, g_array_index (self->named, TdNamed, i).dossier);

      close_letters (self, dossier);
      td_show_dossier (self, dossier);
      td_show_history (self, dossier, dossier->holder);
      td_show_history (self, dossier, owner_key (self, dossier));
      td_show_history (self, dossier, self->unit->key);
      show_to_asked (self, dossier);
    }
}

/* ---- lấy lại ------------------------------------------------------------------- */

static gboolean
check_recall (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  return !dossier->received || td_refuse (self, "received", dossier->id);
}

static const TdEntry *
last_submit (const TdDossier *dossier)
{
  for (guint i = dossier->chain->len; i > 0; i--)
    {
      const TdEntry *entry = dossier->chain->pdata[i - 1];

      if (strcmp (entry->verb, "submit") == 0)
        return entry;
    }
  return NULL;
}

static void
act_recall (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  TdCarried *carried = td_handed_in_by (self, dossier);
  const TdEntry *submit = last_submit (dossier);

  td_show (self, dossier->holder, "dossier", dossier->id);
  td_show (self, dossier->holder, "step", self->operation->id);
  td_replace (&dossier->holder, carried->unit);
  dossier->received = !td_at_home (self->context->units, dossier);
  carried->active = FALSE;
  td_take_step (self, dossier, submit == NULL ? "draft" : submit->from);
  dossier->epoch++;
  td_show_dossier (self, dossier);
}

static gboolean
still_carries (TdState *state, const TdRecord *submission)
{
  g_autofree char *term = g_strdup_printf ("submission:%s", submission->id);
  g_autoptr (GPtrArray) ids = td_state_list (state, "dossier", term);

  for (guint i = 0; i < ids->len; i++)
    if (strcmp (td_state_dossier (state, ids->pdata[i])->stage, "withdrawn") != 0)
      return TRUE;
  return FALSE;
}

/* A recall of every dossier opens the letter whole (model.md 2.2). */
static void
end_recall (TdAttempt *self)
{
  for (guint i = 0; i < self->named->len; i++)
    {
      TdDossier *dossier = td_state_dossier (self->state, g_array_index (self->named, TdNamed, i).dossier);

      for (guint c = 0; c < dossier->carried->len; c++)
        {
          TdCarried *carried = dossier->carried->pdata[c];
          TdRecord *submission = td_state_record (self->state, carried->submission);

          if (submission == NULL || carried->active || !submission->closed || !td_unit_is (self->unit, carried->unit)
              || still_carries (self->state, submission))
            continue;
          submission->closed = FALSE;
          td_state_mark (self->state, "record", submission->id);
          td_show_record (self, submission);
        }
    }
}

const TdVerb td_submit_verbs[] = {
  { "submit", check_submit, act_submit, begin_submit, end_submit },
  { "recall", check_recall, act_recall, NULL, end_recall },
  { NULL, NULL, NULL, NULL, NULL },
};
