/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/circulars-private.h"
#include "desk/catalogue.h"

#include "desk/calls-private.h"
#include "desk/revoked.h"
#include "desk/transfer.h"

#include <glib/gi18n.h>
#include <string.h>

/* What goes out and comes in, in words. */

/* ---- the line ---------------------------------------------------------------------------------------- */

TdLine
td_desk_line (TdDesk *self)
{
  g_return_val_if_fail (TD_IS_DESK (self), TD_LINE_NEVER);

  if (!td_desk_enrolled (self))
    return TD_LINE_NEVER;
  if (td_exchange_lacks_secret (self->exchange))
    return TD_LINE_WAITING;
  if (td_desk_revoked (self) && td_exchange_link (self->exchange) != TD_LINK_BUSY)
    return TD_LINE_LOCKED;
  switch (td_exchange_link (self->exchange))
    {
    case TD_LINK_BUSY:
      return TD_LINE_BUSY;
    case TD_LINK_NO_LINE:
    case TD_LINK_WAITING:
    case TD_LINK_OLD:
    case TD_LINK_STOPPED:
      return TD_LINE_WAITING;
    case TD_LINK_FOREIGN:
    case TD_LINK_CLOCK:
      return TD_LINE_FOREIGN;
    case TD_LINK_LOCKED:
      return TD_LINE_LOCKED;
    case TD_LINK_OFF:
    case TD_LINK_IDLE:
    default:
      return TD_LINE_IDLE;
    }
}

static char *
next_try (TdDesk *self, const char *what)
{
  gint64 seconds = td_exchange_next_try (self->exchange);

  if (seconds < 0)
    return g_strdup (what);
  if (seconds < 90)
    return g_strdup_printf (_ ("%s Next try in %d seconds."), what, (int)seconds);
  return g_strdup_printf (_ ("%s Next try in %d minutes."), what, (int)((seconds + 59) / 60));
}

char *
td_desk_line_text (TdDesk *self)
{
  g_autofree char *last = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (!td_desk_enrolled (self))
    return g_strdup (_ ("Not enrolled: everything is kept on this machine."));
  if (td_exchange_lacks_secret (self->exchange))
    return g_strdup (td_words_secret ());
  if (td_desk_line (self) == TD_LINE_LOCKED && td_desk_revoked (self))
    return td_desk_revoked_text (self);
  switch (td_exchange_link (self->exchange))
    {
    case TD_LINK_BUSY:
      return g_strdup (_ ("Exchanging…"));
    case TD_LINK_NO_LINE:
      return next_try (self, _ ("The centre can't be reached; everything is kept here and waits."));
    case TD_LINK_WAITING:
      if (td_store_recovering (self->store))
        return next_try (self, td_words_recovery ());
      return next_try (self, _ ("The centre asks to wait; everything is kept here."));
    case TD_LINK_OLD:
      return g_strdup (_ ("The centre needs a newer version of this program; everything is kept here."));
    case TD_LINK_STOPPED:
      return g_strdup (_ ("The centre can't accept what is sent. Call the provincial board; everything is kept here."));
    case TD_LINK_FOREIGN:
      return next_try (self,
                       _ ("Somebody else answers instead of the centre: a log-in page or a proxy. Nothing was sent."));
    case TD_LINK_CLOCK:
      return next_try (self, _ ("By this machine's clock the centre's certificate is not valid: check date and time. "
                                "Nothing was sent."));
    case TD_LINK_LOCKED:
      return g_strdup (_ ("The centre no longer accepts this machine. Ask for a new enrolment code; nothing is lost."));
    case TD_LINK_OFF:
    case TD_LINK_IDLE:
    default:
      last = td_desk_last_exchange (self);
      return *last == '\0' ? g_strdup (_ ("Nothing was exchanged yet."))
                           : g_strdup_printf (_ ("Last exchange: %s."), last);
    }
}

/**
 * td_desk_secret_text:
 *
 * Returns: (transfer full): where this machine's access code is kept, if that is worth knowing; else ""
 */
char *
td_desk_secret_text (TdDesk *self)
{
  g_autofree char *token = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  token = td_desk_enrolled (self) ? td_store_token (self->store) : NULL;
  if (token == NULL || *token == '\0')
    return g_strdup ("");
  return g_strdup (_ ("In the data file of this machine, which only this user can read: there was no password store "
                      "(Secret Service) when the machine was enrolled."));
}

void
td_desk_waiting (TdDesk *self, guint *changes, gsize *bytes)
{
  guint files;

  g_return_if_fail (TD_IS_DESK (self));

  td_store_waiting (self->store, changes, bytes, &files);
}

char *
td_desk_waiting_text (TdDesk *self)
{
  guint operations, files;
  gsize bytes;
  g_autofree char *size = NULL, *cost = NULL, *price = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  td_store_waiting (self->store, &operations, &bytes, &files);
  if (operations == 0 && files == 0)
    return g_strdup (_ ("Everything is sent"));
  size = td_words_size ((gint64)bytes);
  cost = td_desk_cost_text (self, (gint64)bytes);
  price = *cost == '\0' ? g_strdup (size) : g_strdup_printf (_ ("%s, %s"), size, cost);
  if (operations == 0)
    return g_strdup_printf (ngettext ("%u file waits (%s)", "%u files wait (%s)", files), files, price);
  return g_strdup_printf (ngettext ("%u change waits (%s)", "%u changes wait (%s)", operations), operations, price);
}

char *
td_desk_last_exchange (TdDesk *self)
{
  gint64 at;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  at = td_store_get_int (self->store, TD_META_LAST_EXCHANGE, 0);
  return at == 0 ? g_strdup ("") : td_time_to_screen (at);
}

void
td_desk_start_exchange (TdDesk *self)
{
  g_return_if_fail (TD_IS_DESK (self));

  if (self->started)
    return;
  self->started = TRUE;
  td_exchange_start (self->exchange);
  td_desk_back_up (self);
}

void
td_desk_exchange_now (TdDesk *self)
{
  g_return_if_fail (TD_IS_DESK (self));

  td_desk_start_exchange (self);
  td_exchange_now (self->exchange);
}

gboolean
td_desk_exchange_wait (TdDesk *self, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *sentence = NULL;
  gboolean started, fine;

  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  started = self->started;
  if (started)
    td_exchange_stop (self->exchange);
  fine = td_exchange_run_once (self->store, NULL, &cause);
  if (started)
    td_exchange_start (self->exchange);
  if (!td_desk_load_files (self, fine ? error : NULL))
    return FALSE;
  td_desk_touch (self, "all");
  if (fine)
    return TRUE;
  sentence = td_words_exchange (self, cause);
  return td_desk_fail (error, TD_DESK_ERROR_EXCHANGE, sentence);
}

/* ---- what waits ------------------------------------------------------------------------------------------ */

/** td_desk_describe: one operation in words; owned. */
char *
td_desk_describe (TdDesk *self, const TdOutItem *item)
{
  const TdRecord *record = td_desk_record (self, item->record);
  g_autofree char *title = *item->dossier == '\0' ? NULL : td_desk_title (self, item->dossier);
  g_autofree char *label = NULL;

  if (strcmp (item->verb, "attest") == 0 && (label = td_desk_describe_call (self, item->body)) != NULL)
    return g_steal_pointer (&label);
  if (strcmp (item->verb, "edit") != 0)
    {
      label = td_words_verb (self, item->verb);
      return title == NULL ? g_steal_pointer (&label) : g_strdup_printf ("%s: %s", label, title);
    }
  if (title != NULL)
    return g_strdup_printf (_ ("Changes of “%s”"), title);
  if (record != NULL && td_type_is_ledger (record->type))
    return g_strdup (_ ("Changes of the unit's ledger"));
  if (record != NULL && strcmp (record->type, "reads") == 0)
    return g_strdup (_ ("Correspondence marked as read"));
  if (record != NULL && td_type_is_circular (record->type))
    {
      title = td_record_text (record, "title");
      return g_strdup_printf ("%s: %s", td_words_circular (record->type), title);
    }
  if (record != NULL && td_desk_entry_type (self, record->id) != NULL)
    {
      title = td_record_text (record, "name");
      return g_strdup_printf (_ ("Changes of the catalogue: %s"), *title == '\0' ? _ ("(no name yet)") : title);
    }
  if (record != NULL && strcmp (record->type, "council") == 0)
    return g_strdup (_ ("Changes of the Council's roster"));
  return g_strdup (record != NULL && strcmp (record->type, "session") == 0 ? _ ("Changes of the Council's session")
                                                                           : _ ("Changes of the submission"));
}

GListModel *
td_desk_outbox (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) items = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  items = td_store_outbox (self->store);
  for (guint i = 0; i < items->len; i++)
    {
      const TdOutItem *item = items->pdata[i];
      g_autoptr (TdRowItem) row = td_row_item_new ();
      g_autofree char *title = td_desk_describe (self, item);
      g_autofree char *when = td_time_to_screen (item->made_at);
      const TdOutcome *forecast = td_store_forecast (self->store, item->id);

      td_item_set (&row->id, item->id);
      td_item_set (&row->title, title);
      td_item_set (&row->subtitle, when);
      td_item_set (&row->value,
                   item->state == TD_OUT_SENT ? _ ("Waiting for the centre's answer") : _ ("Waiting to be sent"));
      td_item_set (&row->state, forecast != NULL && !forecast->ok ? "warn" : "info");
      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

/* ---- drafts ---------------------------------------------------------------------------------------------------- */

char *
td_desk_draft (TdDesk *self, const char *key)
{
  g_return_val_if_fail (TD_IS_DESK (self) && key != NULL, NULL);

  return td_store_draft (self->store, key);
}

void
td_desk_set_draft (TdDesk *self, const char *key, const char *text)
{
  g_return_if_fail (TD_IS_DESK (self) && key != NULL);

  td_store_set_draft (self->store, key, text, NULL);
}
