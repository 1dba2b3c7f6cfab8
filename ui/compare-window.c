/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare-window.h"

#include "review-fields.h"

struct _TdCompareWindow
{
  AdwWindow parent_instance;

  GtkLabel *left_title;
  GtkLabel *right_title;
  GtkLabel *left_unit;
  GtkLabel *right_unit;
  TdReviewFields *left;
  TdReviewFields *right;
};

G_DEFINE_FINAL_TYPE (TdCompareWindow, td_compare_window, ADW_TYPE_WINDOW)

static void
td_compare_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TD_TYPE_COMPARE_WINDOW);
  G_OBJECT_CLASS (td_compare_window_parent_class)->dispose (object);
}

static void
td_compare_window_class_init (TdCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_compare_window_dispose;
  g_type_ensure (TD_TYPE_REVIEW_FIELDS);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TdCompareWindow, left_title);
  gtk_widget_class_bind_template_child (widget_class, TdCompareWindow, right_title);
  gtk_widget_class_bind_template_child (widget_class, TdCompareWindow, left_unit);
  gtk_widget_class_bind_template_child (widget_class, TdCompareWindow, right_unit);
  gtk_widget_class_bind_template_child (widget_class, TdCompareWindow, left);
  gtk_widget_class_bind_template_child (widget_class, TdCompareWindow, right);
}

static void
td_compare_window_init (TdCompareWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show (TdDesk *desk, const char *dossier, GtkLabel *title, GtkLabel *unit, TdReviewFields *fields)
{
  g_autoptr (TdDossierItem) item = td_desk_dossier (desk, dossier);
  g_autofree char *where = NULL;

  if (item == NULL)
    return;
  where = g_strjoin (" · ", item->unit_name, item->stage_label, NULL);
  gtk_label_set_label (title, item->title);
  gtk_label_set_label (unit, where);
  td_review_fields_show (fields, desk, item);
}

/**
 * td_compare_window_new:
 * @desk: the desk
 * @left: a dossier
 * @right: another
 *
 * Returns: a window that shows what each says
 */
GtkWidget *
td_compare_window_new (TdDesk *desk, const char *left, const char *right)
{
  TdCompareWindow *self;

  g_return_val_if_fail (TD_IS_DESK (desk) && left != NULL && right != NULL, NULL);

  self = g_object_new (TD_TYPE_COMPARE_WINDOW, NULL);
  show (desk, left, self->left_title, self->left_unit, self->left);
  show (desk, right, self->right_title, self->right_unit, self->right);
  return GTK_WIDGET (self);
}
