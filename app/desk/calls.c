/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/calls.h"

#include "desk/desk-private.h"
#include "dossier/call-code.h"

#include <glib/gi18n.h>
#include <string.h>

/* A letter that can't travel yet is announced by telephone: its code here, the calls that were noted there, and
 * whether what came is what was announced. */

/* ---- letters that wait here ------------------------------------------------------------------ */

static const char *
campaign_of (TdDesk *self)
{
  return td_campaign_id (self->campaign);
}

/* "" where the operation is no trình of a letter known here. */
static char *
code_of (TdDesk *self, const TdOperation *operation)
{
  const TdRecord *letter
      = operation == NULL ? NULL : td_state_record (td_desk_view (self), td_operation_text (operation, "sub"));
  char *code = letter == NULL ? NULL : td_call_code_of (operation, campaign_of (self), letter->owner);

  return code == NULL ? g_strdup ("") : code;
}

/* Of @code, the earliest; NULL: nobody has noted it. */
static const TdReceipt *
noted (TdDesk *self, const char *code)
{
  g_autofree char *id = td_call_id (campaign_of (self), code);
  GPtrArray *calls = td_state_receipts (td_desk_view (self), id);
  const TdReceipt *first = NULL;

  for (guint i = 0; calls != NULL && i < calls->len; i++)
    {
      const TdReceipt *call = calls->pdata[i];

      if (first == NULL || call->day < first->day || (call->day == first->day && strcmp (call->time, first->time) < 0))
        first = call;
    }
  return first;
}

static char *
letter_title (TdDesk *self, const TdOperation *operation)
{
  const TdRecord *letter = td_state_record (td_desk_view (self), td_operation_text (operation, "sub"));
  g_autofree char *number = letter == NULL ? g_strdup ("") : td_record_text (letter, "letter/number");
  g_autoptr (GArray) named = td_operation_named (operation);
  g_autofree char *count = g_strdup_printf (ngettext ("%u dossier", "%u dossiers", named->len), named->len);

  if (*number == '\0')
    return g_steal_pointer (&count);
  return g_strdup_printf (_ ("Letter %s: %s"), number, count);
}

static char *
when_words (const TdReceipt *call)
{
  g_autofree char *day = td_date_to_screen (call->day);

  return g_strdup_printf (_ ("%s on %s"), call->time, day);
}

static TdRowItem *
waiting_row (TdDesk *self, const TdOperation *operation, const char *code)
{
  TdRowItem *row = td_row_item_new ();
  const TdReceipt *call = noted (self, code);
  g_autofree char *title = letter_title (self, operation);
  g_autofree char *shown = td_call_shown (code);
  g_autofree char *when = call == NULL ? NULL : when_words (call);
  const char *upper = td_desk_unit_name (self, self->unit->upper->key);
  g_autofree char *words
      = call == NULL ? g_strdup_printf (_ ("Read this code to %s over the telephone: the day of the call then counts "
                                           "as the day it was handed in."),
                                        upper)
                     : g_strdup_printf (_ ("%s has noted the code, %s. Send the content by line or stick; it must stay "
                                           "as it is."),
                                        upper, when);

  td_item_set (&row->id, operation->id);
  td_item_set (&row->title, title);
  td_item_set (&row->subtitle, words);
  td_item_set (&row->value, shown);
  td_item_set (&row->state, call == NULL ? "info" : "ok");
  return row;
}

GListModel *
td_desk_calls_to_make (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) outbox = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  outbox = td_store_outbox (self->store);
  for (guint i = 0; self->unit != NULL && self->unit->upper != NULL && i < outbox->len; i++)
    {
      const TdOutItem *item = outbox->pdata[i];
      const TdOutcome *outcome = td_store_forecast (self->store, item->id);
      g_autoptr (TdOperation) operation
          = strcmp (item->verb, "submit") == 0 ? td_operation_parse (item->body, -1, NULL) : NULL;
      g_autofree char *code = code_of (self, operation);
      g_autoptr (TdRowItem) row = NULL;

      if (*code == '\0' || (outcome != NULL && !outcome->ok))
        continue;
      row = waiting_row (self, operation, code);
      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

static gboolean
is_about (const TdOperation *operation, const char *id)
{
  g_autoptr (GArray) named = td_operation_named (operation);
  gboolean found = strcmp (td_operation_text (operation, "sub"), id) == 0;

  for (guint i = 0; i < named->len && !found; i++)
    found = strcmp (g_array_index (named, TdNamed, i).dossier, id) == 0;
  return found;
}

char *
td_desk_call_code (TdDesk *self, const char *dossier)
{
  g_autoptr (GPtrArray) outbox = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && dossier != NULL, NULL);

  outbox = td_store_outbox (self->store);
  for (guint i = outbox->len; i > 0; i--)
    {
      const TdOutItem *item = outbox->pdata[i - 1];
      g_autoptr (TdOperation) operation
          = strcmp (item->verb, "submit") == 0 ? td_operation_parse (item->body, -1, NULL) : NULL;
      g_autofree char *code = operation == NULL || !is_about (operation, dossier) ? NULL : code_of (self, operation);

      if (code != NULL)
        return *code == '\0' ? g_steal_pointer (&code) : td_call_shown (code);
    }
  return g_strdup ("");
}

/* ---- calls that were noted ---------------------------------------------------------------------- */

/* What came to the same level on or after the day of the call and was announced by no call. */
static const TdCallSubmit *
other_content (TdDesk *self, const TdReceipt *call, GPtrArray *submits)
{
  const TdUnit *level = td_units_now (self->units, call->level);

  for (guint i = submits->len; i > 0; i--)
    {
      const TdCallSubmit *submit = submits->pdata[i - 1];

      if (submit->q < G_MAXINT32 && submit->day >= call->day && td_unit_is (level, submit->to)
          && noted (self, submit->code) == NULL)
        return submit;
    }
  return NULL;
}

static const TdCallSubmit *
same_content (const TdReceipt *call, GPtrArray *submits)
{
  for (guint i = 0; i < submits->len; i++)
    if (strcmp (((TdCallSubmit *)submits->pdata[i])->code, call->code) == 0)
      return submits->pdata[i];
  return NULL;
}

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
other_words (const TdCallSubmit *other)
{
  g_autofree char *came = td_date_to_screen (other->day);
  g_autofree char *shown = td_call_shown (other->code);

  return g_strdup_printf (_ ("It does not match: what came on %s has the code %s. It counts as handed in on the day it "
                             "came; this call counts only if the announced content still comes."),
                          came, shown);
}

static void
set_standing (TdDesk *self, TdRowItem *row, const TdReceipt *call)
{
  g_autoptr (GPtrArray) submits = td_call_submits (td_desk_view (self), self->units, campaign_of (self), call->unit);
  const TdCallSubmit *other = *call->submit == '\0' ? other_content (self, call, submits) : NULL;
  g_autofree char *when = when_words (call);
  g_autofree char *standing = NULL;
  g_autofree char *words = NULL;

  if (*call->submit != '\0')
    standing = matched_words (call, same_content (call, submits));
  else if (other != NULL)
    standing = other_words (other);
  else
    standing = g_strdup (_ ("The content has not come yet."));
  words = g_strdup_printf (_ ("Call of %s. %s"), when, standing);
  td_item_set (&row->subtitle, words);
  td_item_set (&row->state, *call->submit != '\0' ? "ok" : other != NULL ? "late" : "info");
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

/* One for each code, the earliest; those of dossiers repeat them. */
static GPtrArray *
all_calls (TdDesk *self)
{
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "receipt", "calls");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *calls = g_ptr_array_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      GPtrArray *receipts = td_state_receipts (td_desk_view (self), ids->pdata[i]);

      for (guint r = 0; receipts != NULL && r < receipts->len; r++)
        {
          const TdReceipt *receipt = receipts->pdata[r];
          const TdReceipt *call = *receipt->code == '\0' ? NULL : noted (self, receipt->code);

          if (call != NULL && concerns_us (self, call) && g_hash_table_add (seen, call->code))
            g_ptr_array_add (calls, (gpointer)call);
        }
    }
  g_ptr_array_sort (calls, compare_calls);
  return calls;
}

GListModel *
td_desk_calls (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) calls = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL)
    return G_LIST_MODEL (list);
  calls = all_calls (self);
  for (guint i = 0; i < calls->len; i++)
    {
      const TdReceipt *call = calls->pdata[i];
      g_autoptr (TdRowItem) row = td_row_item_new ();
      g_autofree char *shown = td_call_shown (call->code);

      td_item_set (&row->id, call->op);
      td_item_set (&row->title, td_desk_unit_name (self, call->unit));
      td_item_set (&row->value, shown);
      set_standing (self, row, call);
      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

/* ---- noting one ---------------------------------------------------------------------------------- */

gboolean
td_desk_notes_calls (TdDesk *self)
{
  const TdStepRule *rule;
  g_autoptr (GPtrArray) below = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  rule = td_campaign_step (self->campaign, "attest");
  if (self->unit == NULL || rule == NULL || rule->roles == NULL)
    return FALSE;
  below = td_units_children (self->units, self->unit);
  for (guint i = 0; rule->roles[i] != NULL; i++)
    if (strstr (self->roles, rule->roles[i]) != NULL)
      return below->len > 0;
  return FALSE;
}

GListModel *
td_desk_callers (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) below = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  below = self->unit == NULL ? g_ptr_array_new () : td_units_children (self->units, self->unit);
  for (guint i = 0; i < below->len; i++)
    {
      const TdUnit *unit = below->pdata[i];
      g_autoptr (TdRowItem) row = td_row_item_new ();

      if (unit->acting != unit)
        continue;
      td_item_set (&row->id, unit->key);
      td_item_set (&row->title, unit->full_name);
      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

static const char *
fault_sentence (TdCallFault fault)
{
  switch (fault)
    {
    case TD_CALL_SIGNS:
      return _ ("A code has digits only. Have it read again.");
    case TD_CALL_SHORT:
      return _ ("The code is not complete: it has 21 digits, in seven groups of three.");
    case TD_CALL_LONG:
      return _ ("The code is too long: it has 21 digits, in seven groups of three.");
    case TD_CALL_CHECK:
      return _ ("A digit is wrong, or two are in each other's place. Have the code read again, group by group.");
    case TD_CALL_GOOD:
    default:
      return NULL;
    }
}

char *
td_desk_call_fault (TdDesk *self, const char *typed)
{
  g_autofree char *code = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && typed != NULL, NULL);

  return g_strdup (fault_sentence (td_call_read (typed, &code)));
}

/* "8:05" and "8h05" are "08:05"; NULL: no time of day. */
static char *
clean_time (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  gsize hours = strspn (text, "0123456789");
  const char *minutes = text + hours + 1;

  if (hours < 1 || hours > 2 || strchr (":hg.", text[hours]) == NULL || text[hours] == '\0' || strlen (minutes) != 2
      || strspn (minutes, "0123456789") != 2 || g_ascii_strtoull (text, NULL, 10) > 23
      || g_ascii_strtoull (minutes, NULL, 10) > 59)
    return NULL;
  return g_strdup_printf ("%02u:%s", (guint)g_ascii_strtoull (text, NULL, 10), minutes);
}

gboolean
td_desk_note_call (TdDesk *self, const char *unit, const char *typed, const char *day, const char *time, GError **error)
{
  g_autofree char *code = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *id = NULL;
  g_autofree char *clock = NULL;
  const char *dossiers[] = { NULL, NULL };

  g_return_val_if_fail (TD_IS_DESK (self) && typed != NULL && day != NULL && time != NULL, FALSE);

  if (unit == NULL || *unit == '\0')
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Choose the unit that calls."));
  fault = td_desk_call_fault (self, typed);
  if (fault != NULL)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, fault);
  clock = clean_time (time);
  if (clock == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Type the time of the call, for example 16:05."));
  td_call_read (typed, &code);
  id = td_call_id (campaign_of (self), code);
  dossiers[0] = id;
  return td_desk_step (self, "attest", dossiers,
                       (const char *const[]){ "unit", unit, "code", code, "day", day, "time", clock, NULL }, error);
}
