/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier-rows.h"

#include "rows.h"

#include <glib/gi18n.h>

/** td_dossier_rows_filter: the dossiers of @all that pass @test, owned. */
GListStore *
td_dossier_rows_filter (GListModel *all, TdDossierTest test)
{
  GListStore *shown = g_list_store_new (TD_TYPE_DOSSIER_ITEM);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (all, i);

      if (test (item))
        g_list_store_append (shown, item);
    }
  return shown;
}

static void
add_part (GString *text, const char *part)
{
  if (*part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

/** td_dossier_row_new: a row that leads to the dossier. */
GtkWidget *
td_dossier_row_new (gpointer item, gpointer data)
{
  TdDossierItem *dossier = TD_DOSSIER_ITEM (item);
  g_autoptr (GString) subtitle = g_string_new (NULL);
  GtkWidget *row;

  add_part (subtitle, dossier->kind_label);
  add_part (subtitle, dossier->unit_name);
  add_part (subtitle, dossier->holder_name);
  add_part (subtitle, dossier->since);
  row = td_rows_words (dossier->waiting ? "td-waiting-symbolic" : "td-paper-symbolic", dossier->title, subtitle->str,
                       dossier->stage_label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}
