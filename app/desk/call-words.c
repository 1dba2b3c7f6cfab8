/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/calls-private.h"

#include "dossier/call-code.h"

#include <glib/gi18n.h>
#include <string.h>

/* What came of the calls that were noted: whether what came is what was announced. */

static gboolean
counts_before (const TdReceipt *call, const TdReceipt *other)
{
  if ((*call->submit == '\0') != (*other->submit == '\0'))
    return *call->submit != '\0';
  return call->day != other->day ? call->day < other->day : strcmp (call->time, other->time) < 0;
}

static const TdReceipt *
noted_as (TdDesk *self, const char *unit, const char *code)
{
  g_autofree char *id = td_call_id (td_campaign_id (self->campaign), unit, code);
  GPtrArray *calls = td_state_receipts (td_desk_view (self), id);
  const TdReceipt *first = NULL;

  for (guint i = 0; calls != NULL && i < calls->len; i++)
    if (first == NULL || counts_before (calls->pdata[i], first))
      first = calls->pdata[i];
  return first;
}

const TdReceipt *
td_desk_noted_call (TdDesk *self, const char *unit, const char *code)
{
  const TdUnit *now = td_units_now (self->units, unit);
  const TdReceipt *call = noted_as (self, unit, code);

  return call != NULL || now == NULL ? call : noted_as (self, now->key, code);
}

static gboolean
concerns_us (TdDesk *self, const TdReceipt *call)
{
  return td_unit_is (self->unit, call->level) || td_unit_is (self->unit, call->unit);
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const TdReceipt *first = *(const TdReceipt *const *)a, *second = *(const TdReceipt *const *)b;

  if (first->day != second->day)
    return first->day < second->day ? 1 : -1;
  return strcmp (second->time, first->time);
}

/* Those of dossiers repeat them. */
static void
add_call (TdDesk *self, GPtrArray *calls, GHashTable *seen, const TdReceipt *receipt)
{
  const TdReceipt *call = *receipt->code == '\0' ? NULL : td_desk_noted_call (self, receipt->unit, receipt->code);

  if (call != NULL && concerns_us (self, call) && g_hash_table_add (seen, call->op))
    g_ptr_array_add (calls, (gpointer)call);
}

GPtrArray *
td_desk_noted_calls (TdDesk *self)
{
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "receipt", "calls");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *calls = g_ptr_array_new ();

  for (guint i = 0; self->unit != NULL && i < ids->len; i++)
    {
      GPtrArray *receipts = td_state_receipts (td_desk_view (self), ids->pdata[i]);

      for (guint r = 0; receipts != NULL && r < receipts->len; r++)
        add_call (self, calls, seen, receipts->pdata[r]);
    }
  g_ptr_array_sort (calls, compare_calls);
  return calls;
}

char *
td_desk_call_when (const TdReceipt *call)
{
  g_autofree char *day = td_date_to_screen (call->day);

  return g_strdup_printf (_ ("%s on %s"), call->time, day);
}

/* ---- what came -------------------------------------------------------------------------------- */

/* Taken from a package of another unit, which the centre has not told of. */
static gboolean
is_provisional (TdDesk *self, const TdCallSubmit *submit)
{
  return submit->dossiers->len > 0 && td_desk_is_provisional (self, submit->dossiers->pdata[0]);
}

/* What waits in this desk's own outbox has come nowhere. */
static gboolean
has_come (TdDesk *self, const TdCallSubmit *submit)
{
  return submit->q < G_MAXINT32 || is_provisional (self, submit);
}

static const TdCallSubmit *
same_content (const TdReceipt *call, GPtrArray *submits)
{
  for (guint i = 0; i < submits->len; i++)
    if (strcmp (((TdCallSubmit *)submits->pdata[i])->code, call->code) == 0)
      return submits->pdata[i];
  return NULL;
}

/* The view is ahead of the centre: there the call counts with what waits, or lies over the mirror. */
static gboolean
counts (const TdReceipt *call, const TdCallSubmit *same)
{
  return same != NULL ? same->q < G_MAXINT32 : *call->submit != '\0';
}

/* What came to the same level on or after the day of the call and was announced by no call. */
static const TdCallSubmit *
other_content (TdDesk *self, const TdReceipt *call, GPtrArray *submits)
{
  const TdUnit *level = td_units_now (self->units, call->level);

  for (guint i = submits->len; i > 0; i--)
    {
      const TdCallSubmit *submit = submits->pdata[i - 1];

      if (has_come (self, submit) && submit->day >= call->day && td_unit_is (level, submit->to)
          && td_desk_noted_call (self, call->unit, submit->code) == NULL)
        return submit;
    }
  return NULL;
}

static GPtrArray *
submits_of (TdDesk *self, const TdReceipt *call)
{
  return td_call_submits (td_desk_view (self), self->units, td_campaign_id (self->campaign), call->unit);
}

/* ---- words -------------------------------------------------------------------------------------- */

static char *
matched_words (const TdReceipt *call, const TdCallSubmit *same)
{
  g_autofree char *called = td_date_to_screen (call->day);
  g_autofree char *came = same == NULL ? NULL : td_date_to_screen (same->day);

  if (came == NULL)
    return g_strdup_printf (_ ("It matches: what came is what was announced. It counts as handed in on %s."), called);
  return g_strdup_printf (_ ("It matches: the content came on %s. It counts as handed in on %s."), came, called);
}

static char *
other_words (const TdCallSubmit *other, gboolean provisional)
{
  g_autofree char *came = td_date_to_screen (other->day);
  g_autofree char *shown = td_call_shown (other->code);

  if (provisional)
    return g_strdup_printf (_ ("It does not match: what came on a stick has the code %s. Ring the unit up; this call "
                               "counts only if the announced content still comes."),
                            shown);
  return g_strdup_printf (_ ("It does not match: what came on %s has the code %s. It counts as handed in on the day it "
                             "came; this call counts only if the announced content still comes."),
                          came, shown);
}

static char *
standing_words (TdDesk *self, const TdReceipt *call, const char **state)
{
  g_autoptr (GPtrArray) submits = submits_of (self, call);
  const TdCallSubmit *same = same_content (call, submits);
  const TdCallSubmit *other = *call->submit != '\0' || same != NULL ? NULL : other_content (self, call, submits);

  *state = counts (call, same) ? "ok" : other != NULL ? "late" : "info";
  if (counts (call, same))
    return matched_words (call, same);
  if (same != NULL && is_provisional (self, same))
    return g_strdup (_ ("It matches what came on a stick. It counts as soon as the centre has it."));
  if (other != NULL)
    return other_words (other, is_provisional (self, other));
  return g_strdup (_ ("The content has not come yet."));
}

void
td_desk_say_call (TdDesk *self, const TdReceipt *call, TdRowItem *row)
{
  const char *state;
  g_autofree char *when = td_desk_call_when (call);
  g_autofree char *standing = standing_words (self, call, &state);
  g_autofree char *words = *call->caller == '\0'
                               ? g_strdup_printf (_ ("Call of %s. %s"), when, standing)
                               : g_strdup_printf (_ ("Call of %s (%s). %s"), when, call->caller, standing);

  td_item_set (&row->subtitle, words);
  td_item_set (&row->state, state);
}

char *
td_desk_describe_call (TdDesk *self, const char *body)
{
  g_autoptr (TdOperation) operation = td_operation_parse (body, -1, NULL);

  if (operation == NULL || *td_operation_text (operation, "code") == '\0')
    return NULL;
  return g_strdup_printf ("%s: %s", _ ("Code noted by telephone"),
                          td_desk_unit_name (self, td_operation_text (operation, "unit")));
}

/* ---- of one dossier or letter ------------------------------------------------------------------ */

static const TdUnit *
unit_of (TdDesk *self, const char *id)
{
  const TdDossier *dossier = td_state_dossier (td_desk_view (self), id);
  const TdRecord *letter = dossier == NULL ? td_state_record (td_desk_view (self), id) : NULL;

  if (dossier != NULL)
    return td_owner_unit (self->units, dossier);
  return letter == NULL ? NULL : td_units_now (self->units, letter->owner);
}

static gboolean
is_about (const TdCallSubmit *submit, const char *id)
{
  gboolean found = submit != NULL && strcmp (submit->submission, id) == 0;

  for (guint i = 0; submit != NULL && i < submit->dossiers->len && !found; i++)
    found = strcmp (submit->dossiers->pdata[i], id) == 0;
  return found;
}

/* A district hands in its communes' dossiers too. */
static gboolean
hands_in_for (TdDesk *self, const TdReceipt *call, const TdUnit *owner)
{
  const TdUnit *unit = td_units_now (self->units, call->unit);

  return owner != NULL && unit != NULL && (unit == owner || td_units_on_route (self->units, owner, unit));
}

GPtrArray *
td_desk_calls_about (TdDesk *self, const char *id)
{
  GPtrArray *about = g_ptr_array_new ();
  g_autoptr (GPtrArray) calls = td_desk_noted_calls (self);
  const TdUnit *owner = calls->len == 0 ? NULL : unit_of (self, id);

  for (guint i = 0; i < calls->len; i++)
    {
      const TdReceipt *call = calls->pdata[i];
      g_autoptr (GPtrArray) submits = NULL;
      const TdCallSubmit *came;

      if (!hands_in_for (self, call, owner))
        continue;
      submits = submits_of (self, call);
      came = same_content (call, submits);
      if (came == NULL)
        came = other_content (self, call, submits);
      if (is_about (came, id))
        g_ptr_array_add (about, (gpointer)call);
    }
  return about;
}
