/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/plans.h"

#include "desk/desk-private.h"

#include <glib/gi18n.h>
#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
files_of (TdDesk *self)
{
  g_autofree char *folder = g_build_filename (self->datadir, "campaigns", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (files, g_strdup (name));
  g_ptr_array_sort (files, compare_names);
  return files;
}

static TdCampaign *
read_plan (TdDesk *self, const char *file)
{
  g_autofree char *path = g_build_filename (self->datadir, "campaigns", file, NULL);
  g_autofree char *text = NULL;
  gsize length;

  return g_file_get_contents (path, &text, &length, NULL) ? td_campaign_parse (text, (gssize)length, NULL) : NULL;
}

GListModel *
td_desk_plans (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) files = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  files = files_of (self);
  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (TdCampaign) plan = read_plan (self, files->pdata[i]);
      g_autoptr (TdRowItem) row = plan == NULL ? NULL : td_row_item_new ();
      gboolean used;

      if (plan == NULL)
        continue;
      used = strcmp (td_campaign_id (plan), td_campaign_id (self->campaign)) == 0;
      td_item_set (&row->id, files->pdata[i]);
      td_item_set (&row->title, td_campaign_title (plan));
      td_item_set (&row->subtitle, td_campaign_slogan (plan));
      td_item_set (&row->state, used ? "ok" : "info");
      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

gboolean
td_desk_choose_plan (TdDesk *self, const char *file, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (TdCampaign) plan = NULL;
  g_autofree char *before = NULL;
  GError *cause = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && file != NULL, FALSE);

  files = files_of (self);
  if (self->unit != NULL || td_desk_enrolled (self))
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("This desk works with a plan already. Nothing was changed."));
  if (!g_ptr_array_find_with_equal_func (files, file, g_str_equal, NULL))
    return td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("No plan was found. Install the program again."));
  plan = read_plan (self, file);
  if (plan != NULL && strcmp (td_campaign_id (plan), td_campaign_id (self->campaign)) == 0)
    return TRUE;
  before = td_store_get (self->store, TD_META_PLAN);
  if (!td_store_set (self->store, TD_META_PLAN, file, &cause))
    {
      td_words_store (error, cause);
      return FALSE;
    }
  if (!td_desk_load_files (self, error))
    {
      td_store_set (self->store, TD_META_PLAN, before, NULL);
      return FALSE;
    }
  td_desk_touch (self, "all");
  g_signal_emit_by_name (self, "named");
  return TRUE;
}
