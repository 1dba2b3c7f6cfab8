/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-targets.h"

#include "chain-view.h"
#include "choice-row.h"
#include "dossier-rows.h"
#include "field-row.h"
#include "files-view.h"
#include "follow.h"
#include "page.h"
#include "row-grid.h"
#include "rows.h"

#include <glib/gi18n.h>

struct _TdPageTargets
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *registration;

  GtkWidget *own;
  TdChainView *chain;
  TdRowGrid *targets;
  GtkWidget *indicators_box;
  TdRowGrid *indicators;
  GtkWidget *registration_box;
  TdFilesView *files;
  GtkWidget *below_box;
  GtkWidget *no_below;
  GtkListBox *below;
};

static void page_init (TdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageTargets,
                               td_page_targets,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, page_init))

static const TdGridColumn target_columns[] = {
  { "name", N_ ("Target"), 0 },
  { "unit", N_ ("Unit of measure"), 84 },
  { "direction", N_ ("Better when"), 118, FALSE, "HIGHER_BETTER\nLOWER_BETTER\nQUALITATIVE",
    N_ ("higher\nlower\nin words") },
  { "plan", N_ ("Plan"), 84 },
  { "actual", N_ ("Result"), 84 },
  { "result_date", N_ ("Day of the result"), 108 },
  { "cap", N_ ("Highest possible value"), 0, TRUE },
  { "by_half_year", N_ ("To reach by 30/6/2025"), 0, TRUE },
  { "breakthrough", N_ ("Breakthrough target"), 0, TRUE, "yes", N_ ("yes, it comes first") },
  { "phase", N_ ("Phase"), 0, TRUE, "1\n2", N_ ("Phase 1\nPhase 2 (100 days)") },
  { "basis", N_ ("Document it rests on"), 0, TRUE },
};
static const char *const target_pasted[] = { "name", "unit", "plan", "actual", "result_date", "cap", NULL };
static const TdGridKind target_kind = {
  "target",
  N_ ("Add a _target"),
  N_ ("Here stand the targets the unit has registered, each with its plan and its result. Add the first, or paste "
      "rows from Excel in this order: target, unit of measure, plan, result, day of the result, highest value."),
  target_pasted,
  target_columns,
  G_N_ELEMENTS (target_columns),
};

static const TdGridColumn indicator_columns[] = {
  { "name", N_ ("Indicator"), 0 },           { "unit", N_ ("Unit of measure"), 76 },
  { "actual_2023", N_ ("Result 2023"), 78 }, { "target_2025", N_ ("Target to 2025"), 78 },
  { "plan_2024", N_ ("Plan 2024"), 78 },     { "result_2024", N_ ("Result 2024"), 78 },
  { "plan_2025", N_ ("Plan 2025"), 78 },     { "result_half_2025", N_ ("Result to 30/6/2025"), 78 },
};
static const char *const indicator_pasted[] = { "name",      "unit",        "actual_2023", "target_2025",
                                                "plan_2024", "result_2024", "plan_2025",   "result_half_2025",
                                                NULL };
static const TdGridKind indicator_kind = {
  "indicator",
  N_ ("Add an _indicator"),
  N_ ("Profit, payments to the budget, new jobs, insured workers, average income, charity: the figures of 2023 to "
      "30/6/2025. Add the first, or paste rows from Excel in the order of the columns."),
  indicator_pasted,
  indicator_columns,
  G_N_ELEMENTS (indicator_columns),
};

/* ---- the registrations below ---------------------------------------------------------- */

static gboolean
is_foreign_registration (TdDossierItem *item)
{
  return g_str_equal (item->type, "registration") && !item->own;
}

static void
show_below (TdPageTargets *self)
{
  g_autoptr (GListModel) all = td_desk_dossiers (self->desk, TD_LIST_ALL);
  g_autoptr (GListStore) shown = td_dossier_rows_filter (all, is_foreign_registration);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (shown)) > 0;

  td_rows_show (self->below, G_LIST_MODEL (shown), td_dossier_row_new, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->below), any);
  gtk_widget_set_visible (self->no_below, !any);
}

static gboolean
is_enterprise (TdDesk *desk)
{
  const TdUnit *unit = td_desk_unit (desk);

  return unit != NULL && (g_str_equal (unit->kind, "doanh_nghiep") || g_str_equal (unit->kind, "hop_tac_xa"));
}

static void
refresh (GtkWidget *widget)
{
  TdPageTargets *self = TD_PAGE_TARGETS (widget);
  TdSeat seat = td_desk_seat (self->desk);

  if (seat != TD_SEAT_BOARD)
    {
      g_autoptr (TdDossierItem) item = td_desk_dossier (self->desk, self->registration);

      td_row_grid_sync (self->targets);
      if (is_enterprise (self->desk))
        td_row_grid_sync (self->indicators);
      td_chain_view_set_dossier (self->chain, item != NULL ? self->registration : NULL);
    }
  if (seat == TD_SEAT_DISTRICT || seat == TD_SEAT_BOARD)
    show_below (self);
}

static void
on_below (TdPageTargets *self, GtkListBoxRow *row)
{
  TdDossierItem *item = td_rows_item (row);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-dossier", "s", item->id);
}

static gboolean
open_field (TdPage *page, const char *record, const char *path)
{
  TdPageTargets *self = TD_PAGE_TARGETS (page);

  refresh (GTK_WIDGET (self));
  td_row_grid_open (self->targets, path);
  td_row_grid_open (self->indicators, path);
  return td_form_focus (GTK_WIDGET (self), record, path);
}

static void
page_init (TdPageInterface *iface)
{
  iface->open = open_field;
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_page_targets_dispose (GObject *object)
{
  TdPageTargets *self = TD_PAGE_TARGETS (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->registration, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_TARGETS);
  G_OBJECT_CLASS (td_page_targets_parent_class)->dispose (object);
}

static void
td_page_targets_class_init (TdPageTargetsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_targets_dispose;
  g_type_ensure (TD_TYPE_CHAIN_VIEW);
  g_type_ensure (TD_TYPE_FIELD_ROW);
  g_type_ensure (TD_TYPE_FILES_VIEW);
  g_type_ensure (TD_TYPE_ROW_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-targets.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, own);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, chain);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, targets);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, indicators_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, indicators);
  gtk_widget_class_bind_template_child_full (widget_class, "registration", FALSE,
                                             G_STRUCT_OFFSET (TdPageTargets, registration_box));
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, files);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, below_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, no_below);
  gtk_widget_class_bind_template_child (widget_class, TdPageTargets, below);
  gtk_widget_class_bind_template_callback (widget_class, on_below);
}

static void
td_page_targets_init (TdPageTargets *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
bind_own (TdPageTargets *self)
{
  g_autofree char *targets = td_desk_ledger (self->desk, "targets");

  td_row_grid_bind (self->targets, self->desk, targets, &target_kind);
  td_row_grid_bind (self->indicators, self->desk, targets, &indicator_kind);
  td_form_bind (self->registration_box, self->desk, self->registration);
  td_files_view_set_desk (self->files, self->desk);
  td_files_view_set_record (self->files, self->registration);
  td_chain_view_set_desk (self->chain, self->desk);
}

/** td_page_targets_new: the place "targets". */
GtkWidget *
td_page_targets_new (TdDesk *desk)
{
  TdPageTargets *self = g_object_new (TD_TYPE_PAGE_TARGETS, NULL);
  TdSeat seat = td_desk_seat (desk);

  self->desk = g_object_ref (desk);
  self->registration = td_desk_ledger (desk, "registration");
  if (seat != TD_SEAT_BOARD)
    bind_own (self);
  gtk_widget_set_visible (self->own, seat != TD_SEAT_BOARD);
  gtk_widget_set_visible (self->indicators_box, is_enterprise (desk));
  gtk_widget_set_visible (self->below_box, seat == TD_SEAT_DISTRICT || seat == TD_SEAT_BOARD);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
