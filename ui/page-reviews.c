/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-reviews.h"

#include "chain-view.h"
#include "choice-row.h"
#include "dossier-rows.h"
#include "field-row.h"
#include "files-view.h"
#include "follow.h"
#include "page.h"
#include "rows.h"

struct _TdPageReviews
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *report;

  GtkWidget *events;
  GtkWidget *report_box;
  TdChainView *chain;
  TdFilesView *files;
  GtkWidget *ratings;
  GtkWidget *below_box;
  GtkWidget *no_below;
  GtkListBox *below;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageReviews, td_page_reviews, GTK_TYPE_BOX, G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, NULL))

static gboolean
is_foreign_report (TdDossierItem *item)
{
  return g_str_equal (item->type, "report") && !item->own;
}

static void
show_below (TdPageReviews *self)
{
  g_autoptr (GListModel) all = td_desk_dossiers (self->desk, TD_LIST_ALL);
  g_autoptr (GListStore) shown = td_dossier_rows_filter (all, is_foreign_report);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (shown)) > 0;

  td_rows_show (self->below, G_LIST_MODEL (shown), td_dossier_row_new, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->below), any);
  gtk_widget_set_visible (self->no_below, !any);
}

static void
refresh (GtkWidget *widget)
{
  TdPageReviews *self = TD_PAGE_REVIEWS (widget);
  g_autoptr (TdDossierItem) item = NULL;

  if (td_desk_seat (self->desk) != TD_SEAT_BOARD)
    {
      item = td_desk_dossier (self->desk, self->report);
      td_chain_view_set_dossier (self->chain, item != NULL ? self->report : NULL);
    }
  if (gtk_widget_get_visible (self->below_box))
    show_below (self);
}

static void
on_below (TdPageReviews *self, GtkListBoxRow *row)
{
  TdDossierItem *item = td_rows_item (row);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-dossier", "s", item->id);
}

static void
td_page_reviews_dispose (GObject *object)
{
  TdPageReviews *self = TD_PAGE_REVIEWS (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->report, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_REVIEWS);
  G_OBJECT_CLASS (td_page_reviews_parent_class)->dispose (object);
}

static void
td_page_reviews_class_init (TdPageReviewsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_reviews_dispose;
  g_type_ensure (TD_TYPE_CHAIN_VIEW);
  g_type_ensure (TD_TYPE_CHOICE_ROW);
  g_type_ensure (TD_TYPE_FIELD_ROW);
  g_type_ensure (TD_TYPE_FILES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-reviews.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, events);
  gtk_widget_class_bind_template_child_full (widget_class, "report", FALSE,
                                             G_STRUCT_OFFSET (TdPageReviews, report_box));
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, chain);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, files);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, ratings);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, below_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, no_below);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, below);
  gtk_widget_class_bind_template_callback (widget_class, on_below);
}

static void
td_page_reviews_init (TdPageReviews *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
bind_own (TdPageReviews *self)
{
  g_autofree char *events = td_desk_ledger (self->desk, "events");
  g_autofree char *ratings = td_desk_ledger (self->desk, "ratings");

  td_form_bind (self->events, self->desk, events);
  td_form_bind (self->ratings, self->desk, ratings);
  td_form_bind (self->report_box, self->desk, self->report);
  td_files_view_set_desk (self->files, self->desk);
  td_files_view_set_record (self->files, self->report);
  td_chain_view_set_desk (self->chain, self->desk);
}

/** td_page_reviews_new: the place "reviews". */
GtkWidget *
td_page_reviews_new (TdDesk *desk)
{
  TdPageReviews *self = g_object_new (TD_TYPE_PAGE_REVIEWS, NULL);
  TdSeat seat = td_desk_seat (desk);
  gboolean own = seat != TD_SEAT_BOARD;

  self->desk = g_object_ref (desk);
  self->report = td_desk_ledger (desk, "report");
  if (own)
    bind_own (self);
  gtk_widget_set_visible (self->events, own);
  gtk_widget_set_visible (self->report_box, own);
  gtk_widget_set_visible (self->ratings, own);
  gtk_widget_set_visible (self->below_box, seat == TD_SEAT_DISTRICT || seat == TD_SEAT_BOARD);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
