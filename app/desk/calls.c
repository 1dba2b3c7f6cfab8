/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/calls-private.h"

#include "dossier/call-code.h"
#include "text/vietnamese.h"

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

/* It stands as handed in: not taken back since. */
static gboolean
still_stands (TdDesk *self, const TdOperation *operation)
{
  g_autoptr (GArray) named = td_operation_named (operation);

  for (guint i = 0; i < named->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), g_array_index (named, TdNamed, i).dossier);
      const TdEntry *last
          = dossier == NULL || dossier->chain->len == 0 ? NULL : dossier->chain->pdata[dossier->chain->len - 1];

      if (last != NULL && strcmp (last->op, operation->id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The trình @item is, with its code; NULL where it is no trình of a letter known here, or can't be taken any more. */
static TdOperation *
trinh_of (TdDesk *self, const TdOutItem *item, char **code)
{
  const TdOutcome *outcome = td_store_forecast (self->store, item->id);
  g_autoptr (TdOperation) operation
      = strcmp (item->verb, "submit") == 0 ? td_operation_parse (item->body, -1, NULL) : NULL;
  const TdRecord *letter
      = operation == NULL ? NULL : td_state_record (td_desk_view (self), td_operation_text (operation, "sub"));

  if (letter == NULL || (outcome != NULL && !outcome->ok) || !still_stands (self, operation))
    return NULL;
  *code = td_call_code_of (operation, campaign_of (self), letter->owner);
  return g_steal_pointer (&operation);
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

static TdRowItem *
waiting_row (TdDesk *self, const TdOperation *operation, const char *code)
{
  TdRowItem *row = td_row_item_new ();
  const TdRecord *letter = td_state_record (td_desk_view (self), td_operation_text (operation, "sub"));
  const TdReceipt *call = td_desk_noted_call (self, letter->owner, code);
  g_autofree char *title = letter_title (self, operation);
  g_autofree char *shown = td_call_shown (code);
  g_autofree char *when = call == NULL ? NULL : td_desk_call_when (call);
  const char *upper = td_desk_unit_name (self, self->unit->upper->key);
  g_autofree char *words
      = call == NULL
            ? g_strdup_printf (_ ("Not at the centre yet. Where no line comes in time, ring up and read this code to "
                                  "%s: when the content comes as it is now, it counts as handed in on the "
                                  "day of the call."),
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

static gboolean
is_about (const TdOperation *operation, const char *id)
{
  g_autoptr (GArray) named = td_operation_named (operation);
  gboolean found = strcmp (td_operation_text (operation, "sub"), id) == 0;

  for (guint i = 0; i < named->len && !found; i++)
    found = strcmp (g_array_index (named, TdNamed, i).dossier, id) == 0;
  return found;
}

/* The rows of the trình that wait, the last first; of @id only, where it is given. */
static GPtrArray *
waiting_rows (TdDesk *self, const char *id)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) outbox = td_store_outbox (self->store);

  for (guint i = self->unit == NULL || self->unit->upper == NULL ? 0 : outbox->len; i > 0; i--)
    {
      g_autofree char *code = NULL;
      g_autoptr (TdOperation) operation = trinh_of (self, outbox->pdata[i - 1], &code);

      if (operation != NULL && (id == NULL || is_about (operation, id)))
        g_ptr_array_add (rows, waiting_row (self, operation, code));
    }
  return rows;
}

GListModel *
td_desk_calls_to_make (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  rows = waiting_rows (self, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_list_store_append (list, rows->pdata[i]);
  return G_LIST_MODEL (list);
}

GListModel *
td_desk_call_notes (TdDesk *self, const char *id)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) calls = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && id != NULL, NULL);

  if (self->unit == NULL)
    return G_LIST_MODEL (list);
  rows = waiting_rows (self, id);
  for (guint i = 0; i < rows->len; i++)
    g_list_store_append (list, rows->pdata[i]);
  calls = td_desk_calls_about (self, id);
  for (guint i = 0; rows->len == 0 && i < calls->len; i++)
    {
      g_autoptr (TdRowItem) row = td_row_item_new ();

      td_desk_say_call (self, calls->pdata[i], row);
      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

/* ---- calls that were noted ---------------------------------------------------------------------- */

GListModel *
td_desk_calls (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) calls = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL)
    return G_LIST_MODEL (list);
  calls = td_desk_noted_calls (self);
  for (guint i = 0; i < calls->len; i++)
    {
      const TdReceipt *call = calls->pdata[i];
      g_autoptr (TdRowItem) row = td_row_item_new ();
      g_autofree char *shown = td_call_shown (call->code);

      td_item_set (&row->id, call->op);
      td_item_set (&row->title, td_desk_unit_name (self, call->unit));
      td_item_set (&row->value, shown);
      td_desk_say_call (self, call, row);
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
td_desk_callers (TdDesk *self, const char *query)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) below = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && query != NULL, NULL);

  below = self->unit == NULL ? g_ptr_array_new () : td_units_children (self->units, self->unit);
  for (guint i = 0; i < below->len; i++)
    {
      const TdUnit *unit = below->pdata[i];
      g_autoptr (TdRowItem) row = td_row_item_new ();

      if (unit->acting != unit || !td_text_matches (query, unit->full_name))
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

/* What is there so far, and how many digits are still to come. */
static char *
awaited_words (const char *typed)
{
  guint digits = 0;

  for (const char *p = typed; *p != '\0'; p++)
    digits += g_ascii_isdigit (*p);
  if (digits == 0)
    return g_strdup (_ ("21 digits, in seven groups of three. Spaces and dashes do not matter."));
  return g_strdup_printf (ngettext ("%u digit is still to come.", "%u digits are still to come.", 21 - digits),
                          21 - digits);
}

/* As of whichever unit below; NULL: not yet. */
static const TdReceipt *
noted_here (TdDesk *self, const char *code)
{
  g_autoptr (GPtrArray) below = self->unit == NULL ? NULL : td_units_children (self->units, self->unit);
  const TdReceipt *call = NULL;

  for (guint i = 0; below != NULL && i < below->len && call == NULL; i++)
    call = td_desk_noted_call (self, ((TdUnit *)below->pdata[i])->key, code);
  return call;
}

static char *
good_words (TdDesk *self, const char *code)
{
  const TdReceipt *call = noted_here (self, code);
  g_autofree char *when = call == NULL ? NULL : td_desk_call_when (call);

  if (call == NULL)
    return g_strdup (_ ("The check digit is right."));
  return g_strdup_printf (_ ("This code was noted already: %s, %s."), td_desk_unit_name (self, call->unit), when);
}

TdRowItem *
td_desk_call_typed (TdDesk *self, const char *typed)
{
  g_autofree char *code = NULL;
  g_autofree char *words = NULL;
  TdCallFault fault;
  TdRowItem *row;

  g_return_val_if_fail (TD_IS_DESK (self) && typed != NULL, NULL);

  row = td_row_item_new ();
  fault = td_call_read (typed, &code);
  words = fault == TD_CALL_GOOD    ? good_words (self, code)
          : fault == TD_CALL_SHORT ? awaited_words (typed)
                                   : g_strdup (fault_sentence (fault));
  td_item_set (&row->subtitle, words);
  td_item_set (&row->state, fault == TD_CALL_GOOD ? "ok" : fault == TD_CALL_SHORT ? "info" : "fail");
  return row;
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

void
td_desk_call_now (TdDesk *self, char **day, char **time)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7 * 60 * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (g_get_real_time () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, zone);

  g_return_if_fail (TD_IS_DESK (self) && day != NULL && time != NULL);

  *day = td_date_to_screen (td_desk_today (self));
  *time = g_date_time_format (here, "%H:%M");
}

gboolean
td_desk_note_call (TdDesk *self,
                   const char *unit,
                   const char *caller,
                   const char *typed,
                   const char *day,
                   const char *time,
                   GError **error)
{
  g_autofree char *code = NULL;
  g_autofree char *id = NULL;
  g_autofree char *clock = NULL;
  TdCallFault fault;
  const char *dossiers[] = { NULL, NULL };

  g_return_val_if_fail (TD_IS_DESK (self) && caller != NULL && typed != NULL && day != NULL && time != NULL, FALSE);

  if (unit == NULL || *unit == '\0')
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Choose the unit that calls."));
  fault = td_call_read (typed, &code);
  if (fault != TD_CALL_GOOD)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, fault_sentence (fault));
  clock = clean_time (time);
  if (clock == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Type the time of the call, for example 16:05."));
  id = td_call_id (campaign_of (self), unit, code);
  dossiers[0] = id;
  return td_desk_step (self, "attest", dossiers,
                       (const char *const[]){ "unit", unit, "caller", caller, "code", code, "day", day, "time", clock,
                                              NULL },
                       error);
}
