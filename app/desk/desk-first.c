/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* First run: which unit this desk is, and its enrolment at the endpoint. */

GPtrArray *
td_desk_search_units (TdDesk *self, const char *query)
{
  g_autoptr (GPtrArray) units = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (TD_IS_DESK (self), rows);

  units = td_units_search (self->units, query == NULL ? "" : query, 50);
  for (guint i = 0; i < units->len; i++)
    {
      const TdUnit *unit = units->pdata[i];
      TdRowItem *row = td_row_item_new ();

      td_item_set (&row->id, unit->key);
      td_item_set (&row->title, unit->full_name);
      td_item_set (&row->subtitle, unit->upper == NULL ? "" : unit->upper->full_name);
      td_item_set (&row->value, unit->code);
      td_item_set (&row->state, "info");
      g_ptr_array_add (rows, row);
    }
  return rows;
}

/* Pairs of ids of records that follow from the unit: @before's and @after's. */
static GPtrArray *
ids_of_both (TdDesk *self, const char *before, const char *after)
{
  const char *const *names = td_unit_record_names ();
  const char *campaign = td_campaign_id (self->campaign);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_ptr_array_add (ids, td_unit_record_id (campaign, before, names[i]));
      g_ptr_array_add (ids, td_unit_record_id (campaign, after, names[i]));
    }
  g_ptr_array_add (ids, NULL);
  return ids;
}

/* What was typed as another unit goes along (issue: nothing typed before is lost). */
static gboolean
become (TdDesk *self, const char *unit, GError **error)
{
  g_autofree char *before = td_store_get (self->store, TD_META_UNIT);
  g_autoptr (GPtrArray) ids = ids_of_both (self, before, unit);

  if (*before == '\0' || strcmp (before, unit) == 0)
    return td_store_set_unit (self->store, unit, error);
  return td_store_become (self->store, unit, (const char *const *)ids->pdata, error);
}

static gboolean
put_instead (TdDesk *self, const char *dossier, const char *path, const char *before, const char *now, GError **error)
{
  g_autofree char *text = td_desk_text (self, dossier, path);

  return strcmp (text, before) != 0 || td_desk_set (self, dossier, path, now, error);
}

/* What td_desk_new_nomination() wrote by itself, and nobody has changed since. */
static gboolean
rename_nominations (TdDesk *self, const char *organisation, const char *workplace, GError **error)
{
  g_autoptr (GListModel) own = td_desk_dossiers (self, TD_LIST_OWN);

  for (guint i = 0; i < g_list_model_get_n_items (own); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (own, i);

      if (!put_instead (self, item->id, "name", organisation, self->unit->party_organisation, error)
          || !put_instead (self, item->id, "workplace", workplace, self->unit->full_name, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
td_desk_choose_unit (TdDesk *self, const char *unit, GError **error)
{
  const TdUnit *before = self->unit;
  g_autofree char *organisation = g_strdup (before == NULL ? "" : before->party_organisation);
  g_autofree char *workplace = g_strdup (before == NULL ? "" : before->full_name);
  GError *cause = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && unit != NULL, FALSE);

  if (td_units_get (self->units, unit) == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("There is no such unit in this plan."));
  if (!become (self, unit, &cause))
    {
      td_words_store (error, cause);
      return FALSE;
    }
  if (!td_desk_load_files (self, error)
      || (before != NULL && !rename_nominations (self, organisation, workplace, error)))
    return FALSE;
  td_desk_touch (self, "all");
  g_signal_emit_by_name (self, "named");
  return TRUE;
}

gboolean
td_desk_enrolled (TdDesk *self)
{
  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  return td_store_enrolled (self->store);
}

char *
td_desk_endpoint (TdDesk *self)
{
  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  return td_store_get (self->store, TD_META_ENDPOINT);
}

gboolean
td_desk_offer_unit (TdDesk *self, const char *unit, GError **error)
{
  g_autofree char *sentence
      = g_strdup_printf (_ ("The code is for another unit: %s. This machine works as %s now. Change the unit, and what "
                            "was typed goes along; or ask for another code."),
                         td_desk_unit_name (self, unit), self->unit == NULL ? "" : self->unit->full_name);

  g_free (self->offered);
  self->offered = g_strdup (unit);
  return td_desk_fail (error, TD_DESK_ERROR_UNIT, sentence);
}

const char *
td_desk_offered_unit (TdDesk *self)
{
  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  return self->offered;
}

static GError *
why_not_enrolled (TdDesk *self, const GError *cause)
{
  g_autofree char *sentence = td_words_exchange (self, cause);
  GError *error = NULL;

  if (g_error_matches (cause, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_UNIT))
    td_desk_offer_unit (self, cause->message, &error);
  else
    error = g_error_new_literal (TD_DESK_ERROR, TD_DESK_ERROR_EXCHANGE, sentence);
  return error;
}

static void
on_enrolled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TdDesk *self = g_task_get_source_object (task);
  g_autoptr (GError) cause = NULL;
  GError *error = NULL;

  if (!td_exchange_enroll_finish (TD_EXCHANGE (source), result, &cause))
    {
      g_task_return_error (task, why_not_enrolled (self, cause));
      return;
    }
  if (!td_desk_load_files (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  td_desk_touch (self, "all");
  g_signal_emit_by_name (self, "named");
  if (self->started)
    td_exchange_now (self->exchange);
  g_task_return_boolean (task, TRUE);
}

/* What is typed: "123 456", with any spaces; the code itself has none. */
static char *
bare (const char *text)
{
  GString *code = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (code, *p);
  return g_string_free (code, FALSE);
}

void
td_desk_enroll_async (TdDesk *self,
                      const char *url,
                      const char *code,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *address = NULL;
  g_autofree char *typed = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_if_fail (TD_IS_DESK (self) && url != NULL && code != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, td_desk_enroll_async);
  address = td_exchange_check_address (url, &cause);
  typed = bare (code);
  if (address == NULL)
    {
      g_autofree char *sentence = td_words_exchange (self, cause);

      g_task_return_new_error (task, TD_DESK_ERROR, TD_DESK_ERROR_INPUT, "%s", sentence);
      return;
    }
  td_exchange_enroll_async (self->exchange, address, typed, FALSE, cancellable, on_enrolled, g_steal_pointer (&task));
}

gboolean
td_desk_enroll_finish (TdDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
