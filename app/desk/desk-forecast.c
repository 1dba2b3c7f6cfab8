/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"
#include "dossier/gather.h"
#include "dossier/submit.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* A step as the desk makes it, and what the endpoint will probably say: the
 * same td_apply() on a copy of what the screen shows. */

/* ---- building ------------------------------------------------------------------------------------- */

static void
put_field (JsonObject *content, const char *text)
{
  JsonArray *fields = td_json_array (content, "fields");
  JsonArray *field = json_array_new ();
  const char *space = strchr (text, ' ');
  g_autofree char *record = space == NULL ? g_strdup (text) : g_strndup (text, (gsize)(space - text));

  if (fields == NULL)
    {
      fields = json_array_new ();
      json_object_set_array_member (content, "fields", fields);
    }
  json_array_add_string_element (field, record);
  json_array_add_string_element (field, space == NULL ? "" : space + 1);
  json_array_add_array_element (fields, field);
}

static void
put_answer (JsonObject *content, const char *rule, const char *text)
{
  JsonObject *answers = td_json_object (content, "answers");

  if (answers == NULL)
    {
      answers = json_object_new ();
      json_object_set_object_member (content, "answers", answers);
    }
  json_object_set_string_member (answers, rule, text);
}

/* Days may be typed in any form; everything is cleaned to NFC. */
static char *
clean_word (const char *member, const char *text)
{
  g_autofree char *clean = td_text_clean (text, -1);
  TdDate day = strcmp (member, "day") == 0 && clean != NULL ? td_date_parse_typed (clean) : TD_DATE_NONE;

  if (day != TD_DATE_NONE)
    return td_date_to_iso (day);
  return clean == NULL ? g_strdup ("") : g_strstrip (g_steal_pointer (&clean));
}

static void
put_words (JsonObject *content, const char *const *words)
{
  for (guint i = 0; words != NULL && words[i] != NULL && words[i + 1] != NULL; i += 2)
    {
      g_autofree char *text = clean_word (words[i], words[i + 1]);

      if (*text == '\0')
        continue;
      if (strcmp (words[i], "field") == 0)
        put_field (content, text);
      else if (g_str_has_prefix (words[i], "answer:"))
        put_answer (content, words[i] + strlen ("answer:"), text);
      else
        json_object_set_string_member (content, words[i], text);
    }
}

static void
put_quotes (JsonObject *content, GHashTable *quotes)
{
  JsonArray *rows = json_array_new ();
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (quotes), (GCompareFunc)strcmp);

  for (GList *l = ids; l != NULL; l = l->next)
    {
      JsonArray *row = json_array_new ();

      json_array_add_string_element (row, l->data);
      json_array_add_string_element (row, g_hash_table_lookup (quotes, l->data));
      json_array_add_array_element (rows, row);
    }
  json_object_set_array_member (content, "quotes", rows);
}

static gboolean
name_submit (TdDesk *self,
             TdState *state,
             JsonObject *content,
             const char *submission,
             const char *const *dossiers,
             GError **error)
{
  const TdRecord *record = td_state_record (state, submission);
  g_autoptr (GHashTable) quotes = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autofree char *letter = NULL;

  if (record == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("There is no submission to hand in."));
  for (guint i = 0; dossiers[i] != NULL; i++)
    g_ptr_array_add (ids, (gpointer)dossiers[i]);
  quotes = td_submit_ledgers (state, self->units, td_campaign_id (self->campaign), record, ids);
  letter = td_record_digest (record);
  json_object_set_string_member (content, "sub", submission);
  json_object_set_string_member (content, "letter", letter);
  put_quotes (content, quotes);
  for (guint i = 0; dossiers[i] != NULL; i++)
    {
      const TdDossier *dossier = td_state_dossier (state, dossiers[i]);
      g_autofree char *digest
          = dossier == NULL ? NULL
                            : td_submit_digest (state, dossier, td_owns (self->units, dossier, self->unit), quotes);

      if (dossier == NULL)
        return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("The submission lists a dossier that isn't here."));
      td_operation_name (content, dossier->id, dossier->epoch, digest);
    }
  return TRUE;
}

/* The last letter of this unit that took @dossier up. */
static const char *
closed_letter (TdDesk *self, TdState *state, const TdDossier *dossier)
{
  for (guint i = dossier == NULL ? 0 : dossier->carried->len; i > 0; i--)
    {
      const TdCarried *carried = dossier->carried->pdata[i - 1];
      const TdRecord *record = td_state_record (state, carried->submission);

      if (td_unit_is (self->unit, carried->unit) && record != NULL && record->closed)
        return carried->submission;
    }
  return NULL;
}

/* Which letter the named dossiers go up with: the open one, or the closed one they came back of. */
static char *
letter_for (TdDesk *self, TdState *state, const char *const *dossiers)
{
  const TdRecord *open = td_desk_open_submission (self);

  if (dossiers != NULL && dossiers[0] != NULL)
    {
      const char *closed = closed_letter (self, state, td_state_dossier (state, dossiers[0]));

      if (closed != NULL)
        return g_strdup (closed);
    }
  return g_strdup (open == NULL ? "" : open->id);
}

gboolean
td_desk_goes_again (TdDesk *self, const char *dossier)
{
  TdState *view;

  g_return_val_if_fail (TD_IS_DESK (self) && dossier != NULL, FALSE);

  view = td_desk_view (self);
  return self->unit != NULL && closed_letter (self, view, td_state_dossier (view, dossier)) != NULL;
}

static gboolean
build_submit (TdDesk *self, TdState *state, JsonObject *content, const char *const *dossiers, GError **error)
{
  const char *named = td_json_string (content, "sub"); /* registrations go up with a letter of their own */
  g_autofree char *submission = named != NULL ? g_strdup (named) : letter_for (self, state, dossiers);
  const TdRecord *record = td_state_record (state, submission);
  g_autoptr (GPtrArray) items = NULL;

  if (record != NULL && record->closed)
    return name_submit (self, state, content, submission, dossiers, error);
  items = td_desk_keys (self, submission, "item");
  if (items->len == 0)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED,
                         _ ("The submission lists no dossier yet. Choose dossiers first."));
  g_ptr_array_add (items, NULL);
  return name_submit (self, state, content, submission, (const char *const *)items->pdata, error);
}

/* The Council speaks of its session as the secretary wrote it. */
static void
put_session (TdState *state, JsonObject *content)
{
  const char *session = td_json_string (content, "session");
  const TdRecord *record = session == NULL ? NULL : td_state_record (state, session);
  g_autofree char *digest = record == NULL ? NULL : td_record_digest (record);

  if (digest != NULL)
    json_object_set_string_member (content, "session_digest", digest);
}

/* Words that follow from the dossier itself, so that nobody has to type them. */
static void
put_known (TdDesk *self, JsonObject *content, const char *verb, const TdDossier *dossier)
{
  if (dossier == NULL)
    return;
  if (strcmp (verb, "attest") == 0)
    {
      json_object_set_string_member (content, "unit", dossier->owner);
      json_object_set_string_member (content, "type", dossier->type);
    }
  if (strcmp (verb, "award") == 0 && td_json_string (content, "receiver") == NULL
      && g_strcmp0 (td_json_string (content, "outcome"), "handed") == 0)
    {
      g_autofree char *receiver = td_desk_title (self, dossier->id);

      json_object_set_string_member (content, "receiver", receiver);
    }
  if (strcmp (verb, "clear_double") == 0 && td_json_string (content, "finding") == NULL)
    {
      g_autofree char *finding = td_desk_double_finding (self, dossier->id);

      json_object_set_string_member (content, "finding", finding);
    }
  if (strcmp (verb, "undo") == 0 && dossier->chain->len > 0 && td_json_string (content, "step") == NULL)
    {
      const TdEntry *last = dossier->chain->pdata[dossier->chain->len - 1];

      json_object_set_string_member (content, "step", last->op);
    }
}

static gboolean
build_others (
    TdDesk *self, TdState *state, JsonObject *content, gboolean opinion, const char *const *dossiers, GError **error)
{
  const char *verb = td_json_string (content, "k");

  put_session (state, content);
  if (dossiers == NULL || dossiers[0] == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Choose a dossier first."));
  put_known (self, content, verb, td_state_dossier (state, dossiers[0]));
  for (guint i = 0; dossiers[i] != NULL; i++)
    {
      const TdDossier *dossier = td_state_dossier (state, dossiers[i]);

      td_operation_name (content, dossiers[i], opinion || dossier == NULL ? 0 : dossier->epoch,
                         dossier == NULL ? "" : dossier->digest);
    }
  return TRUE;
}

/** td_desk_build: the operation for @verb, not stored yet; owned. */
TdOperation *
td_desk_build (TdDesk *self,
               TdState *state,
               const char *verb,
               const char *const *dossiers,
               const char *const *words,
               GError **error)
{
  g_autoptr (JsonObject) content = NULL;
  g_autoptr (GError) cause = NULL;
  TdOperation *operation;
  TdAuthor author;
  gboolean known, fine;
  TdOpKind kind = td_operation_kind_of (verb, &known);

  td_store_author (self->store, &author);
  content = td_operation_begin (verb, &author);
  put_words (content, words);
  if (strcmp (verb, "submit") == 0)
    fine = build_submit (self, state, content, dossiers, error);
  else
    fine = build_others (self, state, content, kind == TD_OP_OPINION, dossiers, error);
  if (!fine)
    return NULL;
  operation = td_operation_close (g_steal_pointer (&content), &cause);
  if (operation == NULL)
    td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("What was typed is too long. Shorten it and try again."));
  return operation;
}

/* ---- trying ---------------------------------------------------------------------------------------- */

/* The dossier of a submit that a rule blocks, with its figures. */
static char *
blocked (TdDesk *self, TdState *state, const TdOperation *operation, const char *rule)
{
  g_autoptr (GArray) named = td_operation_named (operation);

  for (guint i = 0; i < named->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (state, g_array_index (named, TdNamed, i).dossier);
      g_autoptr (TdFacts) facts = NULL;
      g_autoptr (GPtrArray) findings = NULL;
      const TdFinding *block;

      if (dossier == NULL)
        continue;
      facts
          = td_gather_nomination (state, self->campaign, self->units, dossier->id, td_operation_text (operation, "sub"),
                                  td_owns (self->units, dossier, self->unit), FALSE, td_desk_today (self));
      if (facts != NULL)
        findings = strcmp (dossier->type, "nomination") == 0 ? td_judge (self->campaign, facts)
                                                             : td_judge_registration (self->campaign, facts);
      block = findings == NULL ? NULL : td_findings_block_submit (findings);
      if (block != NULL && strcmp (block->rule, rule) == 0)
        {
          g_autofree char *title = td_desk_title (self, dossier->id);
          g_autofree char *sentence = td_finding_sentence (block);

          return g_strdup_printf (_ ("“%s” can't be handed in yet: %s"), title, sentence);
        }
    }
  return NULL;
}

/** td_desk_try: see desk-private.h. */
char *
td_desk_try (TdDesk *self, TdState *state, const TdOperation *operation)
{
  TdContext context = { .campaign = self->campaign,
                        .units = self->units,
                        .key = td_store_key (self->store),
                        .day = td_desk_today (self),
                        .at = g_get_real_time () / G_USEC_PER_SEC,
                        .q = G_MAXINT32,
                        .courtesy = TRUE };
  g_autoptr (TdOutcome) outcome = td_apply (state, operation, &context);
  char *sentence = NULL;

  if (outcome->ok)
    return NULL;
  if (strcmp (operation->verb, "submit") == 0
      && (strcmp (outcome->code, "rule") == 0 || strcmp (outcome->code, "data") == 0
          || strcmp (outcome->code, "double") == 0))
    sentence = blocked (self, state, operation, outcome->detail);
  return sentence != NULL ? sentence : td_words_reason (self, outcome->code, outcome->detail);
}
