/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"
#include "dossier/gather.h"

#include <glib/gi18n.h>
#include <string.h>

/* The unit's letters and what each carries. */

static GPtrArray *
own_records (TdDesk *self, const char *type)
{
  g_autofree char *suffix = g_strdup_printf (" type:%s", type);

  return td_desk_list_own (self, "record", "owner", suffix);
}

/** td_desk_open_submission: the one being prepared; NULL if there is none. */
const TdRecord *
td_desk_open_submission (TdDesk *self)
{
  g_autoptr (GPtrArray) ids = self->unit == NULL ? NULL : own_records (self, "submission");
  const TdRecord *open = NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const TdRecord *record = td_state_record (td_desk_view (self), ids->pdata[i]);

      if (record != NULL && !record->closed && !td_is_registration_letter (record))
        open = record;
    }
  return open;
}

gboolean
td_desk_is_listed (TdDesk *self, const char *dossier)
{
  const TdRecord *open = td_desk_open_submission (self);
  g_autofree char *path = g_strdup_printf ("item/%s", dossier);

  return open != NULL && td_record_get (open, path) != NULL;
}

/** td_desk_carried_by: the letter of this unit it went up with, else the one it came here with. */
const char *
td_desk_carried_by (TdDesk *self, const TdDossier *dossier)
{
  const char *came = "";

  for (guint i = dossier->carried->len; i > 0; i--)
    {
      const TdCarried *carried = dossier->carried->pdata[i - 1];

      if (td_unit_is (self->unit, carried->unit) && carried->active)
        return carried->submission;
      if (*came == '\0' && carried->active)
        came = carried->submission;
    }
  return came;
}

/* ---- letters and sessions that nobody wrote anything in yet ------------------------------------- */

/** td_desk_planned: a record begins with its first words; until then its id is only promised. Owned. */
char *
td_desk_planned (TdDesk *self, char **id)
{
  if (*id != NULL && td_state_record (td_desk_view (self), *id) != NULL)
    g_clear_pointer (id, g_free);
  if (*id == NULL)
    *id = td_desk_new_id (self);
  return g_strdup (*id);
}

/** td_desk_planned_type: the type of a letter or session that is shown but not begun yet; %NULL for any other. */
const char *
td_desk_planned_type (TdDesk *self, const char *id)
{
  if (id == NULL || self->unit == NULL)
    return NULL;
  if (g_strcmp0 (self->planned_submission, id) == 0)
    return "submission";
  return g_strcmp0 (self->planned_session, id) == 0 ? "session" : NULL;
}

/**
 * td_desk_submission:
 *
 * Returns: (transfer full): the id of the letter being prepared. Where there is none, of the one that begins
 *   with the first thing written or listed
 */
char *
td_desk_submission (TdDesk *self, GError **error)
{
  const TdRecord *open;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  open = td_desk_open_submission (self);
  if (open != NULL)
    return g_strdup (open->id);
  if (td_desk_seat (self) == TD_SEAT_BOARD)
    {
      td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("The provincial board hands nothing in."));
      return NULL;
    }
  if (self->unit == NULL)
    {
      td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("Choose the unit first."));
      return NULL;
    }
  return td_desk_planned (self, &self->planned_submission);
}

static TdRowItem *
make_row (TdDesk *self, const TdRecord *record)
{
  TdRowItem *row = td_row_item_new ();
  g_autofree char *number = td_record_text (record, "letter/number");
  g_autofree char *day = td_desk_shown (self, record->id, "letter/date");
  g_autoptr (GPtrArray) items = td_record_keys (record, "item");
  g_autofree char *count = g_strdup_printf (ngettext ("%u dossier", "%u dossiers", items->len), items->len);

  td_item_set (&row->id, record->id);
  td_item_set (&row->title, *number == '\0' ? _ ("Letter without a number") : number);
  td_item_set (&row->subtitle, day);
  td_item_set (&row->value, count);
  td_item_set (&row->state, record->closed ? "ok" : "info");
  return row;
}

GListModel *
td_desk_submissions (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) ids = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  ids = self->unit == NULL ? NULL : own_records (self, "submission");
  for (guint i = ids == NULL ? 0 : ids->len; i > 0; i--)
    {
      const TdRecord *record = td_state_record (td_desk_view (self), ids->pdata[i - 1]);
      g_autoptr (TdRowItem) row = record == NULL ? NULL : make_row (self, record);

      if (row != NULL)
        g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

/* ---- the list ---------------------------------------------------------------------------------- */

static gboolean
check_include (TdDesk *self, const TdDossier *dossier, GError **error)
{
  if (dossier == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("This dossier can't be put into a submission."));
  if (!td_holds (dossier, self->unit))
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("The dossier isn't in this unit's hands now."));
  if (strcmp (dossier->stage, "draft") != 0 && strcmp (dossier->stage, "received") != 0)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED,
                         _ ("Only a draft or a received dossier can be put into a new submission."));
  return TRUE;
}

static char *
last_place (const TdRecord *submission)
{
  g_autoptr (GPtrArray) keys = submission == NULL ? NULL : td_record_keys (submission, "item");
  gint64 last = 0;

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("item/%s", (char *)keys->pdata[i]);
      g_autofree char *place = td_record_text (submission, path);

      last = MAX (last, g_ascii_strtoll (place, NULL, 10));
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT, last + 1);
}

gboolean
td_desk_include (TdDesk *self, const char *dossier, gboolean listed, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  g_autofree char *place = NULL;
  TdPair pair = { NULL, "" };

  g_return_val_if_fail (TD_IS_DESK (self) && dossier != NULL, FALSE);

  if (td_desk_is_listed (self, dossier) == !!listed)
    return TRUE;
  if (listed && !check_include (self, td_state_dossier (td_desk_view (self), dossier), error))
    return FALSE;
  id = td_desk_submission (self, error);
  if (id == NULL)
    return FALSE;
  path = g_strdup_printf ("item/%s", dossier);
  place = last_place (td_desk_open_submission (self));
  pair.path = path;
  pair.text = listed ? place : "";
  return td_desk_write (self, id, "submission", &pair, 1, NULL, error);
}

void
td_desk_quota (TdDesk *self, int *used, int *most)
{
  const TdRecord *open;
  g_autoptr (TdUnitFacts) facts = NULL;

  g_return_if_fail (TD_IS_DESK (self));

  *used = 0;
  *most = -1;
  if (self->unit == NULL)
    return;
  open = td_desk_open_submission (self);
  facts = td_gather_unit (td_desk_view (self), self->campaign, self->units, self->unit->key);
  *used = td_count_persons (td_desk_view (self), self->unit, open == NULL ? NULL : open->id);
  *most = td_campaign_quota (self->campaign, self->unit, facts->led->len > 0);
}
