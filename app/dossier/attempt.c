/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/apply-private.h"
#include "dossier/taker.h"

#include <string.h>

/* What the verbs share: needs, the chain, and who gets to see what. */

const TdUnit *
td_attempt_board (TdAttempt *self)
{
  return td_units_body (self->context->units, td_campaign_board (self->context->campaign), self->context->day);
}

gboolean
td_need_text (TdAttempt *self, const char *member, const char *code)
{
  g_autofree char *text = g_strstrip (g_strdup (td_operation_text (self->operation, member)));

  return *text != '\0' || td_refuse (self, code, member);
}

gboolean
td_need_day (TdAttempt *self, const char *member, TdDate *day)
{
  *day = td_date_parse_iso (td_operation_text (self->operation, member));
  return (*day != TD_DATE_NONE && *day <= self->context->day) || td_refuse (self, "date", member);
}

TdVersion *
td_current_version (TdAttempt *self, TdDossier *dossier)
{
  return dossier->version == 0 ? NULL : td_state_version (self->state, dossier->id, dossier->version);
}

static gboolean
record_files_whole (TdAttempt *self, const TdRecord *record)
{
  g_autoptr (GPtrArray) keys = td_record_keys (record, "file");

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("file/%s/sha", (char *)keys->pdata[i]);
      g_autofree char *sha = td_record_text (record, path);

      if (*sha != '\0' && !td_state_file_whole (self->state, sha))
        return FALSE;
    }
  return TRUE;
}

/* Missing files hold up decisions, not words (model.md 2.4). A desk cannot
 * know what the endpoint has, so its forecast leaves this to the endpoint. */
gboolean
td_need_files (TdAttempt *self, TdDossier *dossier)
{
  TdVersion *version = td_current_version (self, dossier);

  if (self->context->courtesy)
    return TRUE;
  if (version == NULL)
    return td_refuse (self, "digest", dossier->id);
  for (guint i = 0; i < version->records->len; i++)
    if (!record_files_whole (self, version->records->pdata[i]))
      return td_refuse (self, "files", dossier->id);
  for (guint i = 0; i < version->letters->len; i++)
    {
      TdRecord *letter = td_state_body (self->state, version->letters->pdata[i]);

      if (letter != NULL && !record_files_whole (self, letter))
        return td_refuse (self, "files", dossier->id);
    }
  return TRUE;
}

gboolean
td_has_digest (TdAttempt *self, TdDossier *dossier, const char *digest)
{
  for (gint64 n = dossier->version; n > 0; n--)
    {
      TdVersion *version = td_state_version (self->state, dossier->id, n);

      if (version != NULL && strcmp (version->digest, digest) == 0)
        return TRUE;
    }
  return FALSE;
}

TdCarried *
td_handed_in_by (TdAttempt *self, TdDossier *dossier)
{
  return td_carried_up (self->context->units, dossier);
}

/** td_is_undone: whether the step @op of @dossier's chain was taken back. */
gboolean
td_is_undone (const TdDossier *dossier, const char *op)
{
  for (guint i = 0; i < dossier->chain->len; i++)
    {
      const TdEntry *entry = dossier->chain->pdata[i];

      if (strcmp (entry->verb, "undo") == 0 && strcmp (entry->subject, op) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
td_is_asked (const TdDossier *dossier, const TdUnit *unit)
{
  for (guint i = 0; i < dossier->chain->len; i++)
    {
      const TdEntry *entry = dossier->chain->pdata[i];

      if (strcmp (entry->verb, "ask") == 0 && td_unit_is (unit, entry->subject) && !td_is_undone (dossier, entry->op))
        return TRUE;
    }
  return FALSE;
}

/* The latest question, also one that was undone; NULL: none. */
static const TdEntry *
question_to (const TdDossier *dossier, const TdUnit *unit)
{
  for (guint i = dossier->chain->len; i > 0; i--)
    {
      const TdEntry *entry = dossier->chain->pdata[i - 1];

      if (strcmp (entry->verb, "ask") == 0 && td_unit_is (unit, entry->subject))
        return entry;
    }
  return NULL;
}

gboolean
td_is_past_asking (const TdUnits *units, const TdDossier *dossier, const TdUnit *unit)
{
  const TdUnit *owner = td_owner_unit (units, dossier);
  const TdEntry *question = question_to (dossier, unit);
  const TdEntry *last = question == NULL ? NULL : dossier->chain->pdata[dossier->chain->len - 1];

  return question != NULL && owner != NULL && !td_units_on_route (units, owner, unit) && !td_is_asked (dossier, unit)
         && !(strcmp (last->verb, "undo") == 0 && strcmp (last->subject, question->op) == 0);
}

const TdEntry *
td_last_opinion (TdAttempt *self, TdDossier *dossier, const char *verb, const char *digest)
{
  g_autoptr (GPtrArray) opinions = td_state_opinions (self->state, dossier->id);

  for (guint i = opinions->len; i > 0; i--)
    {
      const TdEntry *entry = opinions->pdata[i - 1];

      if (strcmp (entry->verb, verb) == 0 && strcmp (entry->digest, digest) == 0)
        return entry;
    }
  return NULL;
}

/* ---- acting ------------------------------------------------------------------- */

TdEntry *
td_take_step (TdAttempt *self, TdDossier *dossier, const char *to)
{
  const TdOperation *operation = self->operation;
  TdEntry *entry = td_entry_new ();

  td_replace (&entry->op, operation->id);
  td_replace (&entry->verb, operation->verb);
  td_replace (&entry->unit, self->unit->key);
  td_replace (&entry->author, operation->author);
  td_replace (&entry->position, operation->position);
  td_replace (&entry->from, dossier->stage);
  td_replace (&entry->to, *to == '\0' ? dossier->stage : to);
  td_replace (&entry->detail, td_operation_text (operation, "reason"));
  td_replace (&entry->digest, dossier->digest);
  td_replace (&dossier->stage, entry->to);
  entry->at = self->context->at;
  entry->day = self->context->day;
  entry->q = self->context->q;
  g_ptr_array_add (dossier->chain, entry);
  td_state_mark (self->state, "dossier", dossier->id);
  return entry;
}

/* Today's key of the unit that @key names. */
static const char *
scope_now (TdAttempt *self, const char *key)
{
  const TdUnit *unit = td_units_now (self->context->units, key);

  return unit == NULL ? key : unit->key;
}

void
td_show (TdAttempt *self, const char *scope, const char *kind, const char *id)
{
  td_state_show (self->state, scope_now (self, scope), kind, id);
}

void
td_show_record (TdAttempt *self, const TdRecord *record)
{
  const TdDossier *dossier = td_state_dossier (self->state, record->id);
  const TdUnit *owner = dossier == NULL ? NULL : td_owner_unit (self->context->units, dossier);
  const TdUnit *written = td_units_get (self->context->units, record->owner);

  td_show (self, owner == NULL ? record->owner : owner->key, "record", record->id);
  for (guint i = 0; dossier == NULL && written != NULL && written->heirs != NULL && i < written->heirs->len; i++)
    td_show (self, ((const TdUnit *)written->heirs->pdata[i])->key, "record", record->id);
}

static void
add_scope (TdAttempt *self, GPtrArray *scopes, const char *unit)
{
  const char *scope = scope_now (self, unit);

  if (!g_ptr_array_find_with_equal_func (scopes, scope, g_str_equal, NULL))
    g_ptr_array_add (scopes, (char *)scope);
}

/* A unit that took a step stays on the way unless the way was led past it since. */
static gboolean
is_on_way (TdAttempt *self, TdDossier *dossier, const char *key)
{
  const TdUnit *owner = td_owner_unit (self->context->units, dossier);
  const TdUnit *unit = td_units_now (self->context->units, key);

  return owner == NULL || (unit != NULL && td_units_on_route (self->context->units, owner, unit));
}

/* Who got it by a trình has it before him for good, also when it was taken back before he received it. */
static void
add_addressee (TdAttempt *self, TdDossier *dossier, GPtrArray *scopes, const TdEntry *submit)
{
  const TdUnit *unit = td_units_now (self->context->units, submit->unit);
  const TdUnit *upper = unit == NULL ? NULL : unit->upper;

  if (upper != NULL && is_on_way (self, dossier, upper->key))
    add_scope (self, scopes, upper->key);
}

/* Owner, everyone it was handed to or by, and whoever was asked. */
static GPtrArray *
scopes_of (TdAttempt *self, TdDossier *dossier)
{
  const TdUnit *owner = td_owner_unit (self->context->units, dossier);
  GPtrArray *scopes = g_ptr_array_new ();

  add_scope (self, scopes, owner == NULL ? dossier->owner : owner->key);
  add_scope (self, scopes, dossier->holder);
  for (guint i = 0; i < dossier->carried->len; i++)
    add_scope (self, scopes, ((TdCarried *)dossier->carried->pdata[i])->unit);
  for (guint i = 0; i < dossier->chain->len; i++)
    {
      const TdEntry *entry = dossier->chain->pdata[i];
      const TdUnit *asked = td_units_now (self->context->units, entry->subject);

      if (is_on_way (self, dossier, entry->unit))
        add_scope (self, scopes, entry->unit);
      if (strcmp (entry->verb, "submit") == 0)
        add_addressee (self, dossier, scopes, entry);
      if (strcmp (entry->verb, "ask") == 0 && td_is_asked (dossier, asked))
        add_scope (self, scopes, entry->subject);
    }
  return scopes;
}

void
td_show_dossier (TdAttempt *self, TdDossier *dossier)
{
  g_autoptr (GPtrArray) scopes = scopes_of (self, dossier);

  for (guint i = 0; i < scopes->len; i++)
    {
      td_state_show (self->state, scopes->pdata[i], "dossier", dossier->id);
      td_state_show (self->state, scopes->pdata[i], "step", self->operation->id);
    }
}

/** td_keep_body: see apply-private.h. */
char *
td_keep_body (TdAttempt *self, TdDossier *dossier, const TdRecord *record)
{
  g_autoptr (GPtrArray) scopes = scopes_of (self, dossier);
  char *digest = td_record_digest (record);

  td_state_add_body (self->state, record);
  for (guint i = 0; i < scopes->len; i++)
    td_show (self, scopes->pdata[i], "body", digest);
  return digest;
}

static void
show_version (TdAttempt *self, TdVersion *version, const char *scope)
{
  g_autofree char *id = td_version_id (version->dossier, version->n);
  GHashTableIter iter;
  gpointer digest;

  td_show (self, scope, "version", id);
  g_hash_table_iter_init (&iter, version->quotes);
  while (g_hash_table_iter_next (&iter, NULL, &digest))
    td_show (self, scope, "body", digest);
  for (guint i = 0; i < version->letters->len; i++)
    td_show (self, scope, "body", version->letters->pdata[i]);
}

static void
show_opinions (TdAttempt *self, TdDossier *dossier, const char *scope)
{
  const TdUnit *board = td_attempt_board (self);
  const TdUnit *reader = td_units_now (self->context->units, scope);
  gboolean all = board != NULL && reader == board;
  g_autoptr (GPtrArray) opinions = td_state_opinions (self->state, dossier->id);

  for (guint i = 0; i < opinions->len; i++)
    {
      const TdEntry *entry = opinions->pdata[i];

      if (all || strcmp (entry->verb, "waive") == 0 || td_unit_is (reader, entry->unit))
        {
          td_show (self, scope, "opinion", entry->op);
          td_show (self, scope, "step", entry->op);
        }
    }
}

/* A cursor that has passed the drafts gets what was handed in all the same
 * (model.md 2.3): it is shown anew at this place of the sequence. */
void
td_show_history (TdAttempt *self, TdDossier *dossier, const char *scope)
{
  for (gint64 n = 1; n <= dossier->version; n++)
    {
      TdVersion *version = td_state_version (self->state, dossier->id, n);

      if (version != NULL)
        show_version (self, version, scope);
    }
  for (guint i = 0; i < dossier->chain->len; i++)
    {
      const TdEntry *entry = dossier->chain->pdata[i];

      td_show (self, scope, "step", entry->op);
      if (strcmp (entry->verb, "decide") == 0 && *entry->body != '\0')
        td_show (self, scope, "body", entry->body);
    }
  if (td_state_receipts (self->state, dossier->id) != NULL)
    td_show (self, scope, "receipt", dossier->id);
  show_opinions (self, dossier, scope);
  td_show (self, scope, "dossier", dossier->id);
}
