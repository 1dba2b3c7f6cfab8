/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "flow-view.h"

#include "desk/progress.h"
#include "rows.h"

#include <glib/gi18n.h>

struct _TdFlowView
{
  GtkBox parent_instance;

  char *shown; /* the figures: bars are built anew only when they differ */

  GtkLabel *none;
  GtkGrid *bars;
  GtkWidget *more;
  GtkListBox *categories;
  GtkListBox *units;
  GtkListBox *quotas;
};

G_DEFINE_FINAL_TYPE (TdFlowView, td_flow_view, GTK_TYPE_BOX)

#define THOUSAND 1000.0

static char *
describe (GListModel *stages)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (TdRowItem) stage = g_list_model_get_item (stages, i);

      g_string_append_printf (text, "%s %s\n", stage->id, stage->value);
    }
  return g_string_free (text, FALSE);
}

/* The bar is for the eye; its label carries the same number for everyone else. */
static void
add_bar (TdFlowView *self, int row, TdRowItem *stage)
{
  GtkWidget *name = gtk_label_new (stage->title);
  GtkWidget *number = gtk_label_new (stage->value);
  GtkWidget *bar = gtk_level_bar_new ();
  g_autofree char *spoken = g_strdup_printf ("%s: %s", stage->title, stage->value);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_widget_add_css_class (number, "numeric");
  /* One colour: more dossiers at a stage are neither good nor bad. */
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), g_ascii_strtod (stage->subtitle, NULL) / THOUSAND);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_grid_attach (self->bars, name, 0, row, 1, 1);
  gtk_grid_attach (self->bars, bar, 1, row, 1, 1);
  gtk_grid_attach (self->bars, number, 2, row, 1, 1);
}

static void
show_bars (TdFlowView *self, GListModel *stages)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->bars))) != NULL)
    gtk_grid_remove (self->bars, child);
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (TdRowItem) stage = g_list_model_get_item (stages, i);

      add_bar (self, (int)i, stage);
    }
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  GtkWidget *row = td_rows_plain (item, data);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
show_list (GtkListBox *list, GListModel *rows)
{
  gboolean any = g_list_model_get_n_items (rows) > 0;
  GtkWidget *head = gtk_widget_get_prev_sibling (GTK_WIDGET (list));

  td_rows_show (list, rows, make_row, NULL);
  gtk_widget_set_visible (GTK_WIDGET (list), any);
  gtk_widget_set_visible (head, any);
}

static void
td_flow_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TD_TYPE_FLOW_VIEW);
  G_OBJECT_CLASS (td_flow_view_parent_class)->dispose (object);
}

static void
td_flow_view_finalize (GObject *object)
{
  g_free (TD_FLOW_VIEW (object)->shown);
  G_OBJECT_CLASS (td_flow_view_parent_class)->finalize (object);
}

static void
td_flow_view_class_init (TdFlowViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_flow_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = td_flow_view_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/flow-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFlowView, none);
  gtk_widget_class_bind_template_child (widget_class, TdFlowView, bars);
  gtk_widget_class_bind_template_child (widget_class, TdFlowView, more);
  gtk_widget_class_bind_template_child (widget_class, TdFlowView, categories);
  gtk_widget_class_bind_template_child (widget_class, TdFlowView, units);
  gtk_widget_class_bind_template_child (widget_class, TdFlowView, quotas);
}

static void
td_flow_view_init (TdFlowView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_flow_view_show:
 * @self: a view
 * @desk: the desk
 *
 * Shows the figures as they stand now.
 */
void
td_flow_view_show (TdFlowView *self, TdDesk *desk)
{
  g_autoptr (GListModel) stages = NULL;
  g_autoptr (GListModel) categories = NULL;
  g_autoptr (GListModel) units = NULL;
  g_autoptr (GListModel) quotas = NULL;
  g_autofree char *wanted = NULL;
  gboolean any;

  g_return_if_fail (TD_IS_FLOW_VIEW (self));
  g_return_if_fail (TD_IS_DESK (desk));

  stages = td_desk_flow (desk);
  any = g_list_model_get_n_items (stages) > 0;
  gtk_widget_set_visible (GTK_WIDGET (self->none), !any);
  gtk_widget_set_visible (GTK_WIDGET (self->bars), any);
  gtk_widget_set_visible (self->more, any);
  wanted = describe (stages);
  if (g_strcmp0 (wanted, self->shown) != 0)
    show_bars (self, stages);
  g_free (self->shown);
  self->shown = g_steal_pointer (&wanted);
  categories = td_desk_flow_by_category (desk);
  units = td_desk_flow_by_unit (desk);
  quotas = td_desk_quotas (desk);
  show_list (self->categories, categories);
  show_list (self->units, units);
  show_list (self->quotas, quotas);
}
