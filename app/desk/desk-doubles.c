/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/doubles.h"

#include "desk/desk-private.h"
#include "dossier/doubles.h"

#include <glib/gi18n.h>
#include <string.h>

/* Doubles as a desk may know them: what it sees itself, and what the endpoint
 * told of the rest of the province without naming anyone. */

static TdDoubles *
doubles_of (TdDesk *self, const char *dossier)
{
  const TdDossier *found = td_state_dossier (td_desk_view (self), dossier);
  const TdRecord *nominee
      = found == NULL || strcmp (found->type, "nomination") != 0 ? NULL : td_desk_record (self, dossier);

  return nominee == NULL ? td_doubles_new () : td_doubles_known (td_desk_view (self), dossier, nominee);
}

/** td_desk_double_finding: what “đã xem, không trùng” would be said of, as the step carries it; "" for nothing. */
char *
td_desk_double_finding (TdDesk *self, const char *dossier)
{
  g_autoptr (TdDoubles) doubles = doubles_of (self, dossier);
  GString *tokens = g_string_new (NULL);

  for (guint i = 0; i < doubles->pairs->len; i++)
    {
      const TdDoublePair *pair = doubles->pairs->pdata[i];

      if (!pair->cleared && !pair->same_person)
        g_string_append_printf (tokens, "%s%s", tokens->len == 0 ? "" : " ", pair->token);
    }
  return g_string_free (tokens, FALSE);
}

static const TdEntry *
clearance_in (TdDesk *self, const char *dossier, const char *token)
{
  g_autoptr (GPtrArray) opinions = td_state_opinions (td_desk_view (self), dossier);

  for (guint i = opinions->len; i > 0; i--)
    {
      const TdEntry *entry = opinions->pdata[i - 1];

      if (strcmp (entry->verb, "clear_double") == 0 && td_doubles_names (entry->subject, token))
        return entry;
    }
  return NULL;
}

/* Who said it, when and why, where this desk may read the opinion; else the day alone. */
static char *
clearance (TdDesk *self, const char *dossier, const TdDoublePair *pair)
{
  const TdEntry *entry = clearance_in (self, dossier, pair->token);
  g_autofree char *when = NULL;

  if (entry == NULL && *pair->other != '\0')
    entry = clearance_in (self, pair->other, pair->token);
  when = entry == NULL ? td_date_to_screen (pair->cleared_on) : td_time_to_screen (entry->at);
  if (entry == NULL)
    return g_strdup_printf (_ ("Looked at, another person (%s)"), when);
  return g_strdup_printf (_ ("Looked at, another person: %s, %s: %s"), entry->author, when, entry->detail);
}

/** td_desk_double_answer: what was said of the doubles of @dossier; "" while nothing was. */
char *
td_desk_double_answer (TdDesk *self, const char *dossier)
{
  g_autoptr (TdDoubles) doubles = doubles_of (self, dossier);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < doubles->pairs->len; i++)
    {
      const TdDoublePair *pair = doubles->pairs->pdata[i];
      g_autofree char *line = pair->cleared ? clearance (self, dossier, pair) : NULL;

      if (line != NULL && !g_ptr_array_find_with_equal_func (lines, line, g_str_equal, NULL))
        g_ptr_array_add (lines, g_steal_pointer (&line));
    }
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

static TdRowItem *
make_row (TdDesk *self, const char *dossier, const TdDoublePair *pair)
{
  TdRowItem *row = td_row_item_new ();
  const TdDossier *other = td_state_dossier (td_desk_view (self), pair->other);
  g_autofree char *value = pair->cleared ? clearance (self, dossier, pair) : NULL;

  td_item_set (&row->id, pair->other);
  td_item_set (&row->title, other == NULL ? _ ("Another unit") : td_desk_unit_name (self, other->owner));
  td_item_set (&row->subtitle, pair->same_person ? _ ("The same identity number, or the same person of one unit")
                                                 : _ ("The same name and birth date"));
  td_item_set (&row->value, value);
  td_item_set (&row->state, pair->cleared ? "ok" : pair->same_person ? "fail" : "warn");
  return row;
}

GListModel *
td_desk_doubles (TdDesk *self, const char *dossier)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (TdDoubles) doubles = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && dossier != NULL, NULL);

  doubles = doubles_of (self, dossier);
  for (guint i = 0; i < doubles->pairs->len; i++)
    {
      g_autoptr (TdRowItem) row = make_row (self, dossier, doubles->pairs->pdata[i]);

      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}
