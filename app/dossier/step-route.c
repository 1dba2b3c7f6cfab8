/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/apply-private.h"

#include <string.h>

/* Steps on the way up and down: tiếp nhận, trả lại, không đề nghị, rút, phân
 * công, lấy ý kiến, hủy bước (model.md 3). */

static gboolean
check_reason (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  return td_need_text (self, "reason", "reason");
}

static void
act_receive (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  dossier->received = TRUE;
  td_take_step (self, dossier, "received");
  td_show_dossier (self, dossier);
}

/* ---- trả lại -------------------------------------------------------------------- */

static TdCarried *
carried_in (TdDossier *dossier, const char *submission)
{
  for (guint i = 0; i < dossier->carried->len; i++)
    {
      TdCarried *carried = dossier->carried->pdata[i];

      if (strcmp (carried->submission, submission) == 0)
        return carried;
    }
  return NULL;
}

/* A letter that came from below, never the returning unit's own. */
static gboolean
letter_from_below (TdAttempt *self, TdDossier *dossier, const char *record)
{
  TdCarried *carried = carried_in (dossier, record);

  return carried != NULL && carried->active && !td_unit_is (self->unit, carried->unit);
}

/* A field is a member of the dossier, of a quoted ledger record, or of a letter. */
static gboolean
field_allowed (TdAttempt *self, TdDossier *dossier, const char *record)
{
  TdVersion *version = td_current_version (self, dossier);

  return strcmp (record, dossier->id) == 0 || letter_from_below (self, dossier, record)
         || (version != NULL && g_hash_table_contains (version->quotes, record));
}

static gboolean
check_return (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  JsonArray *fields = td_json_array (self->operation->content, "fields");

  if (!td_need_text (self, "reason", "reason"))
    return FALSE;
  if (fields == NULL || json_array_get_length (fields) == 0)
    return td_refuse (self, "fields", dossier->id);
  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonArray *field = td_json_element_array (fields, i);
      const char *record = field == NULL ? NULL : td_json_element_string (field, 0);
      const char *member = field == NULL ? NULL : td_json_element_string (field, 1);

      if (record == NULL || member == NULL || *member == '\0' || !field_allowed (self, dossier, record))
        return td_refuse (self, "fields", record == NULL ? "" : record);
    }
  return td_below_holder (self->context->units, dossier) != NULL || td_refuse (self, "custody", dossier->id);
}

static void
open_letter (TdAttempt *self, const char *submission, const char *member)
{
  TdRecord *record = td_state_record (self->state, submission);

  if (record == NULL) /* a desk that may not see that letter */
    return;
  g_hash_table_add (record->open, g_strdup (member));
  td_state_mark (self->state, "record", record->id);
  td_show_record (self, record);
}

static void
open_fields (TdAttempt *self, TdDossier *dossier)
{
  JsonArray *fields = td_json_array (self->operation->content, "fields");

  g_hash_table_remove_all (dossier->open);
  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonArray *field = td_json_element_array (fields, i);
      const char *record = td_json_element_string (field, 0);
      const char *member = td_json_element_string (field, 1);

      if (carried_in (dossier, record) != NULL)
        open_letter (self, record, member);
      else
        g_hash_table_add (dossier->open, g_strdup_printf ("%s %s", record, member));
    }
}

static void
act_return (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const TdUnit *below = td_below_holder (self->context->units, dossier);
  gboolean handled = td_handed_in_by (self, dossier) != NULL;

  open_fields (self, dossier);
  td_take_step (self, dossier, "returned");
  td_replace (&dossier->holder, below->key);
  dossier->received = TRUE;
  dossier->epoch++;
  td_show_dossier (self, dossier);
  if (!handled) /* the way was changed since: it hasn't seen any of it */
    td_show_history (self, dossier, below->key);
}

/* ---- không đề nghị, đưa vào xét lại, rút, phân công ------------------------------- */

static void
act_to_stage (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  td_take_step (self, dossier, self->rule->to);
  td_show_dossier (self, dossier);
}

static void
act_withdraw (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  td_take_step (self, dossier, "withdrawn");
  dossier->epoch++;
  td_show_dossier (self, dossier);
}

static gboolean
check_assign (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  return td_need_text (self, "person", "named");
}

static void
act_assign (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  TdEntry *entry = td_take_step (self, dossier, "");

  td_replace (&entry->subject, td_operation_text (self->operation, "person"));
  td_show_dossier (self, dossier);
}

/* ---- lấy ý kiến ----------------------------------------------------------------- */

static const TdUnit *
asked_body (TdAttempt *self)
{
  return td_units_body (self->context->units, td_operation_text (self->operation, "body"), self->context->day);
}

static gboolean
check_ask (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  return asked_body (self) != NULL || td_refuse (self, "named", td_operation_text (self->operation, "body"));
}

static void
act_ask (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const TdUnit *body = asked_body (self);
  TdEntry *entry = td_take_step (self, dossier, "");

  td_replace (&entry->subject, body->key);
  td_show_dossier (self, dossier);
  td_show_history (self, dossier, body->key);
}

/* ---- hủy bước --------------------------------------------------------------------- */

static TdEntry *
last_entry (TdDossier *dossier)
{
  return dossier->chain->len == 0 ? NULL : dossier->chain->pdata[dossier->chain->len - 1];
}

/* Only the latest step, only what the table marks, only by the unit that took it. */
static gboolean
check_undo (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const TdEntry *entry = last_entry (dossier);
  const TdStepRule *rule = entry == NULL ? NULL : td_campaign_step (self->context->campaign, entry->verb);

  if (entry == NULL || strcmp (entry->op, td_operation_text (self->operation, "step")) != 0 || rule == NULL
      || !rule->undoable)
    return td_refuse (self, "undo", dossier->id);
  if (!td_unit_is (self->unit, entry->unit))
    return td_refuse (self, "unit", dossier->id);
  return td_need_text (self, "reason", "reason");
}

/* Whoever was asked is told that he isn't any more, and nothing after that. */
static void
tell_unasked (TdAttempt *self, TdDossier *dossier, const TdEntry *undone)
{
  if (strcmp (undone->verb, "ask") != 0)
    return;
  td_show (self, undone->subject, "dossier", dossier->id);
  td_show (self, undone->subject, "step", self->operation->id);
}

static void
act_undo (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const TdEntry *undone = last_entry (dossier);
  TdEntry *entry = td_take_step (self, dossier, undone->from);

  td_replace (&entry->subject, td_operation_text (self->operation, "step"));
  dossier->epoch++;
  td_show_dossier (self, dossier);
  tell_unasked (self, dossier, undone);
}

const TdVerb td_route_verbs[] = {
  { "receive", NULL, act_receive, NULL, NULL },
  { "return", check_return, act_return, NULL, NULL },
  { "not_propose", check_reason, act_to_stage, NULL, NULL },
  { "reconsider", NULL, act_to_stage, NULL, NULL },
  { "withdraw", check_reason, act_withdraw, NULL, NULL },
  { "assign", check_assign, act_assign, NULL, NULL },
  { "ask", check_ask, act_ask, NULL, NULL },
  { "undo", check_undo, act_undo, NULL, NULL },
  { NULL, NULL, NULL, NULL, NULL },
};
