/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/apply-private.h"
#include "dossier/call-code.h"

#include <string.h>

/* A code read over the telephone (model.md 2.6): the level above notes it with the time of the call; when a trình of
 * that very code is accepted, before or after, its dossiers count as handed in on the day of the call. A code that
 * nothing comes for, or that something else comes for, counts for nothing. */

static const char *
campaign_of (TdAttempt *self)
{
  return td_campaign_id (self->context->campaign);
}

static gboolean
is_time (const char *text)
{
  return strlen (text) == 5 && text[2] == ':' && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1])
         && g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]) && strncmp (text, "24", 2) < 0 && text[3] < '6';
}

#define CALLER_MAX 200 /* signs */

/* Only the unit it is handed in to may take a call, never one further up. */
gboolean
td_call_check (TdAttempt *self, const TdUnit *caller)
{
  const char *typed = td_operation_text (self->operation, "code");
  g_autofree char *code = NULL;

  if (caller->acting->upper != self->unit)
    return td_refuse (self, "unit", caller->key);
  if (td_call_read (typed, &code) != TD_CALL_GOOD || strcmp (code, typed) != 0)
    return td_refuse (self, "code", "code");
  if (g_utf8_strlen (td_operation_text (self->operation, "caller"), -1) > CALLER_MAX)
    return td_refuse (self, "limits", "caller");
  return is_time (td_operation_text (self->operation, "time")) || td_refuse (self, "date", "time");
}

gboolean
td_call_check_named (TdAttempt *self, const TdNamed *named)
{
  g_autofree char *id = td_call_id (campaign_of (self), td_operation_text (self->operation, "unit"),
                                    td_operation_text (self->operation, "code"));

  return strcmp (id, named->dossier) == 0 || td_refuse (self, "unknown", named->dossier);
}

static void
show_on_way (TdAttempt *self, const TdUnit *from, const char *id)
{
  for (const TdUnit *unit = from; unit != NULL; unit = td_units_next_hop (self->context->units, unit))
    td_state_show (self->state, unit->key, "receipt", id);
}

/* Its owner was told of the calls before this one, so it is told of those further up as well. */
static void
count_for (TdAttempt *self, const TdReceipt *call, const char *id)
{
  const TdDossier *dossier = td_state_dossier (self->state, id);
  const TdUnit *owner = dossier == NULL ? NULL : td_owner_unit (self->context->units, dossier);

  td_state_add_receipt (self->state, id, td_receipt_copy (call));
  show_on_way (self, owner != NULL ? owner : td_units_now (self->context->units, call->unit), id);
}

static const char *
step_at (TdState *state, const char *dossier, gint64 q)
{
  const TdDossier *found = td_state_dossier (state, dossier);

  for (guint i = 0; found != NULL && i < found->chain->len; i++)
    {
      const TdEntry *entry = found->chain->pdata[i];

      if (entry->q == q && strcmp (entry->verb, "submit") == 0)
        return entry->op;
    }
  return "";
}

void
td_call_note (TdAttempt *self, TdReceipt *receipt)
{
  const TdOperation *operation = self->operation;
  g_autoptr (GPtrArray) submits
      = td_call_submits (self->state, self->context->units, campaign_of (self), td_operation_text (operation, "unit"));

  td_replace (&receipt->code, td_operation_text (operation, "code"));
  td_replace (&receipt->unit, td_operation_text (operation, "unit"));
  td_replace (&receipt->caller, td_operation_text (operation, "caller"));
  td_replace (&receipt->time, td_operation_text (operation, "time"));
  for (guint i = 0; i < submits->len; i++)
    {
      const TdCallSubmit *submit = submits->pdata[i];

      if (strcmp (submit->code, receipt->code) != 0)
        continue;
      td_replace (&receipt->submit, step_at (self->state, submit->dossiers->pdata[0], submit->q));
      for (guint d = 0; d < submit->dossiers->len; d++)
        count_for (self, receipt, submit->dossiers->pdata[d]);
      return;
    }
}

static void
settle_as (TdAttempt *self, const char *unit, const char *code)
{
  g_autofree char *id = td_call_id (campaign_of (self), unit, code);
  GPtrArray *calls = td_state_receipts (self->state, id);

  for (guint i = 0; calls != NULL && i < calls->len; i++)
    {
      TdReceipt *call = calls->pdata[i];

      if (*call->submit != '\0')
        continue;
      td_replace (&call->submit, self->operation->id);
      for (guint d = 0; d < self->named->len; d++)
        count_for (self, call, g_array_index (self->named, TdNamed, d).dossier);
      td_state_mark (self->state, "receipt", id);
      show_on_way (self, td_units_now (self->context->units, call->unit), id);
    }
}

/* Noted as of another unit it counts for nothing, whichever came first; the successor of a unit calls for it. */
void
td_call_settle (TdAttempt *self, const TdRecord *submission)
{
  const TdUnit *owner = td_units_now (self->context->units, submission->owner);
  g_autofree char *code = td_call_code_of (self->operation, campaign_of (self), submission->owner);

  settle_as (self, submission->owner, code);
  if (owner != NULL && strcmp (owner->key, submission->owner) != 0)
    settle_as (self, owner->key, code);
}
