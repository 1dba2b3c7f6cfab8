/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-overview.h"

#include "findings-view.h"
#include "flow-view.h"
#include "follow.h"
#include "page.h"
#include "rows.h"
#include "say.h"
#include "urging-view.h"

#include <glib/gi18n.h>

struct _TdPageOverview
{
  GtkBox parent_instance;

  TdDesk *desk;

  GtkLabel *campaign;
  GtkLabel *slogan;
  GtkWidget *no_tasks;
  GtkListBox *tasks;
  GtkListBox *deadlines;
  GtkWidget *below_box;
  TdUrgingView *standings;
  GtkListBox *below;
  TdFlowView *flow;
  GtkWidget *unit_box;
  TdFindingsView *findings;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageOverview,
                               td_page_overview,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, NULL))

static GtkWidget *
make_task (gpointer item, gpointer data)
{
  TdRowItem *task = TD_ROW_ITEM (item);
  GtkWidget *row = td_rows_plain (item, data);

  if (*task->id == '\0')
    return row;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}

static GtkWidget *
make_fixed (gpointer item, gpointer data)
{
  GtkWidget *row = td_rows_plain (item, data);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
refresh (GtkWidget *widget)
{
  TdPageOverview *self = TD_PAGE_OVERVIEW (widget);
  TdSeat seat = td_desk_seat (self->desk);
  const TdCampaign *campaign = td_desk_campaign (self->desk);
  g_autoptr (GListModel) tasks = td_desk_tasks (self->desk);
  g_autoptr (GListModel) deadlines = td_desk_deadlines (self->desk);
  gboolean any = g_list_model_get_n_items (tasks) > 0;

  gtk_label_set_label (self->campaign, td_campaign_title (campaign));
  gtk_label_set_label (self->slogan, td_campaign_slogan (campaign));
  td_rows_show (self->tasks, tasks, make_task, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->tasks), any);
  gtk_widget_set_visible (self->no_tasks, !any);
  td_rows_show (self->deadlines, deadlines, make_fixed, NULL);
  gtk_widget_set_visible (self->below_box, seat == TD_SEAT_DISTRICT || seat == TD_SEAT_BOARD);
  gtk_widget_set_visible (GTK_WIDGET (self->flow), seat == TD_SEAT_DISTRICT || seat == TD_SEAT_BOARD);
  gtk_widget_set_visible (self->unit_box, seat != TD_SEAT_BOARD);
  gtk_widget_set_visible (GTK_WIDGET (self->standings), seat == TD_SEAT_DISTRICT);
  gtk_widget_set_visible (GTK_WIDGET (self->below), seat == TD_SEAT_BOARD);
  if (seat == TD_SEAT_DISTRICT || seat == TD_SEAT_BOARD)
    td_flow_view_show (self->flow, self->desk);
  if (seat == TD_SEAT_DISTRICT)
    td_urging_view_load (self->standings, self->desk);
  if (seat == TD_SEAT_BOARD)
    {
      g_autoptr (GListModel) below = td_desk_units_below (self->desk);

      td_rows_show (self->below, below, make_fixed, NULL);
    }
}

static void
on_task (TdPageOverview *self, GtkListBoxRow *row)
{
  TdRowItem *task = td_rows_item (row);

  if (g_str_has_prefix (task->id, "place:"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.place", "s", task->id + strlen ("place:"));
  else if (*task->id != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-dossier", "s", task->id);
}

static void
td_page_overview_dispose (GObject *object)
{
  TdPageOverview *self = TD_PAGE_OVERVIEW (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_OVERVIEW);
  G_OBJECT_CLASS (td_page_overview_parent_class)->dispose (object);
}

static void
td_page_overview_class_init (TdPageOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_overview_dispose;
  g_type_ensure (TD_TYPE_FINDINGS_VIEW);
  g_type_ensure (TD_TYPE_URGING_VIEW);
  g_type_ensure (TD_TYPE_FLOW_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, campaign);
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, slogan);
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, no_tasks);
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, tasks);
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, deadlines);
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, below_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, standings);
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, below);
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, unit_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, flow);
  gtk_widget_class_bind_template_child (widget_class, TdPageOverview, findings);
  gtk_widget_class_bind_template_callback (widget_class, on_task);
}

static void
td_page_overview_init (TdPageOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_page_overview_new: the place "overview". */
GtkWidget *
td_page_overview_new (TdDesk *desk)
{
  TdPageOverview *self = g_object_new (TD_TYPE_PAGE_OVERVIEW, NULL);

  self->desk = g_object_ref (desk);
  td_findings_view_set_desk (self->findings, desk);
  td_findings_view_set_dossier (self->findings, "");
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
