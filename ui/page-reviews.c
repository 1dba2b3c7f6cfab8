/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-reviews.h"

#include "choice-row.h"
#include "desk/dated.h"
#include "desk/reports.h"
#include "field-row.h"
#include "files-view.h"
#include "follow.h"
#include "former-window.h"
#include "page.h"
#include "rating-rows.h"
#include "report-form.h"
#include "rollup-view.h"
#include "row-grid.h"
#include "rows.h"
#include "stack.h"

#include <glib/gi18n.h>

struct _TdPageReviews
{
  GtkBox parent_instance;

  TdDesk *desk;

  GtkWidget *former;
  GtkToggleButton *tab_ledger, *tab_interim, *tab_final, *tab_rollup;
  GtkStack *stack;
  GtkLabel *gate_text;
  GtkLabel *works_title;
  GtkListBox *gate;
  GtkListBox *notes;
  GtkWidget *events;
  TdRowGrid *awards;
  TdRowGrid *works;
  TdFilesView *event_files;
  GtkWidget *ratings;
  TdReportForm *interim;
  TdReportForm *final;
  TdRollupView *rollup;
};

static void page_init (TdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageReviews,
                               td_page_reviews,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, page_init))

/* ---- the tables ----------------------------------------------------------------------- */

static const TdGridColumn award_columns[] = {
  { "form", N_ ("Form of award"), 0 },   { "collectives", N_ ("Collectives"), 90 },
  { "individuals", N_ ("Persons"), 90 }, { "document", N_ ("Document"), 170 },
  { "date", N_ ("Day"), 108 },
};
static const char *const award_pasted[] = { "form", "collectives", "individuals", "document", "date", NULL };
static const TdGridKind award_kind = {
  "own_award",
  N_ ("Add an a_ward"),
  N_ ("Here stand the awards the unit gave itself. Add the first, or paste rows from Excel in this order: form of "
      "award, collectives, persons, document, day."),
  award_pasted,
  award_columns,
  G_N_ELEMENTS (award_columns),
};

static const TdGridColumn work_columns[] = {
  { "name", N_ ("Work"), 0 },         { "place", N_ ("Place"), 150 },        { "start", N_ ("Begun"), 104 },
  { "finish", N_ ("Finished"), 104 }, { "value", N_ ("Value (đồng)"), 130 }, { "note", N_ ("Note"), 0, TRUE },
};
static GtkWidget *
make_pictures (TdDesk *desk, const char *record, const char *key)
{
  static const char *const kinds[] = { "ANH_CONG_TRINH", NULL };
  GtkWidget *files = td_files_view_new (desk);

  td_files_view_set_kinds (TD_FILES_VIEW (files), kinds);
  td_files_view_set_target (TD_FILES_VIEW (files), key);
  td_files_view_set_record (TD_FILES_VIEW (files), record);
  return files;
}

static const char *const work_pasted[] = { "name", "place", "start", "finish", "value", "note", NULL };
static const TdGridKind work_kind = {
  "work",
  N_ ("Add a wor_k"),
  N_ ("Here stand: {works}. Add the first, or paste rows from Excel in this order: work, "
      "place, begun, finished, value in đồng, note. The picture of a work is attached where its row unfolds."),
  work_pasted,
  work_columns,
  G_N_ELEMENTS (work_columns),
  NULL,
  make_pictures,
};

/* ---- what stands there ------------------------------------------------------------------ */

static GtkWidget *
make_thing (gpointer item, gpointer data)
{
  GtkWidget *row = td_rows_plain (item, data);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
on_former (TdPageReviews *self)
{
  td_former_window_show (GTK_WIDGET (self), self->desk);
}

static void
refresh (GtkWidget *widget)
{
  TdPageReviews *self = TD_PAGE_REVIEWS (widget);
  g_autofree char *text = NULL;
  g_autoptr (GListModel) things = NULL;
  g_autoptr (GListModel) notes = NULL;

  gtk_widget_set_visible (self->former, td_former_window_has_units (self->desk));
  if (td_desk_seat (self->desk) == TD_SEAT_BOARD)
    return;
  text = td_desk_gate_text (self->desk, NULL);
  things = td_desk_gate (self->desk);
  notes = td_desk_review_notes (self->desk);
  gtk_label_set_label (self->gate_text, text);
  td_rows_show (self->gate, things, make_thing, NULL);
  td_rows_show (self->notes, notes, td_rows_plain, NULL);
  td_row_grid_sync (self->awards);
  td_row_grid_sync (self->works);
}

/* ---- tabs -------------------------------------------------------------------------------- */

static void
on_tab (TdPageReviews *self)
{
  const char *page = gtk_toggle_button_get_active (self->tab_interim)  ? "interim"
                     : gtk_toggle_button_get_active (self->tab_final)  ? "final"
                     : gtk_toggle_button_get_active (self->tab_rollup) ? "rollup"
                                                                       : "ledger";

  td_stack_show (self->stack, page);
}

static gboolean
is_report (TdPageReviews *self, const char *record, gboolean interim)
{
  g_autofree char *report = td_desk_report (self->desk, interim);

  return g_strcmp0 (report, record) == 0;
}

static void
show_tab_of (TdPageReviews *self, const char *record)
{
  if (td_desk_seat (self->desk) == TD_SEAT_BOARD)
    return;
  if (is_report (self, record, TRUE))
    gtk_toggle_button_set_active (self->tab_interim, TRUE);
  else if (is_report (self, record, FALSE))
    gtk_toggle_button_set_active (self->tab_final, TRUE);
  else
    gtk_toggle_button_set_active (self->tab_ledger, TRUE);
}

static gboolean
open_field (TdPage *page, const char *record, const char *path)
{
  TdPageReviews *self = TD_PAGE_REVIEWS (page);

  show_tab_of (self, record);
  refresh (GTK_WIDGET (self));
  td_row_grid_open (self->awards, path);
  td_row_grid_open (self->works, path);
  return td_form_focus (GTK_WIDGET (self), record, path);
}

static void
page_init (TdPageInterface *iface)
{
  iface->open = open_field;
}

static void
on_gate (TdPageReviews *self, GtkListBoxRow *row)
{
  TdRowItem *thing = td_rows_item (row);
  g_autofree char *events = td_desk_ledger (self->desk, "events");

  td_form_focus (GTK_WIDGET (self), events, thing->id);
}

/* ---- the object ---------------------------------------------------------------------------- */

static void
td_page_reviews_dispose (GObject *object)
{
  TdPageReviews *self = TD_PAGE_REVIEWS (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_REVIEWS);
  G_OBJECT_CLASS (td_page_reviews_parent_class)->dispose (object);
}

static void
td_page_reviews_class_init (TdPageReviewsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_reviews_dispose;
  g_type_ensure (TD_TYPE_CHOICE_ROW);
  g_type_ensure (TD_TYPE_FIELD_ROW);
  g_type_ensure (TD_TYPE_FILES_VIEW);
  g_type_ensure (TD_TYPE_REPORT_FORM);
  g_type_ensure (TD_TYPE_ROLLUP_VIEW);
  g_type_ensure (TD_TYPE_ROW_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-reviews.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, former);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, tab_ledger);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, tab_interim);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, tab_final);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, tab_rollup);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, stack);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, gate_text);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, gate);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, notes);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, events);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, awards);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, works);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, works_title);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, event_files);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, ratings);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, interim);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, final);
  gtk_widget_class_bind_template_child (widget_class, TdPageReviews, rollup);
  gtk_widget_class_bind_template_callback (widget_class, on_tab);
  gtk_widget_class_bind_template_callback (widget_class, on_gate);
  gtk_widget_class_bind_template_callback (widget_class, on_former);
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
  g_autofree char *works = td_desk_dated (self->desk, "{works}");

  td_row_grid_bind (self->awards, self->desk, events, &award_kind);
  td_row_grid_bind (self->works, self->desk, events, &work_kind);
  gtk_label_set_label (self->works_title, works);
  td_form_bind (self->events, self->desk, events);
  td_rating_rows_add_unit (GTK_BOX (self->ratings), self->desk);
  td_form_bind (self->ratings, self->desk, ratings);
  td_files_view_set_desk (self->event_files, self->desk);
  td_files_view_set_record (self->event_files, events);
  td_report_form_bind (self->interim, self->desk, TRUE);
  td_report_form_bind (self->final, self->desk, FALSE);
}

/* The board has no report of its own, a unit at the end of the chain none below it. */
static void
choose_tabs (TdPageReviews *self)
{
  TdSeat seat = td_desk_seat (self->desk);
  gboolean own = seat != TD_SEAT_BOARD;
  gboolean below = seat == TD_SEAT_DISTRICT || seat == TD_SEAT_BOARD;

  gtk_widget_set_visible (GTK_WIDGET (self->tab_ledger), own);
  gtk_widget_set_visible (GTK_WIDGET (self->tab_interim), own);
  gtk_widget_set_visible (GTK_WIDGET (self->tab_final), own);
  gtk_widget_set_visible (GTK_WIDGET (self->tab_rollup), below);
  if (own)
    on_tab (self);
  else
    gtk_toggle_button_set_active (self->tab_rollup, TRUE);
}

/** td_page_reviews_new: the place "reviews". */
GtkWidget *
td_page_reviews_new (TdDesk *desk)
{
  TdPageReviews *self = g_object_new (TD_TYPE_PAGE_REVIEWS, NULL);
  TdSeat seat = td_desk_seat (desk);

  self->desk = g_object_ref (desk);
  if (seat != TD_SEAT_BOARD)
    bind_own (self);
  if (seat == TD_SEAT_DISTRICT || seat == TD_SEAT_BOARD)
    td_rollup_view_bind (self->rollup, desk);
  choose_tabs (self);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
