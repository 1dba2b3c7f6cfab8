/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "finding-row.h"

#include "say.h"

#include <glib/gi18n.h>

struct _TdFindingRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *head;
  GtkLabel *message;
  GtkLabel *cure;
  GtkLabel *answer;
  GtkWidget *arrow;
};

G_DEFINE_FINAL_TYPE (TdFindingRow, td_finding_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_line (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
td_finding_row_class_init (TdFindingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/finding-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFindingRow, box);
  gtk_widget_class_bind_template_child (widget_class, TdFindingRow, icon);
  gtk_widget_class_bind_template_child (widget_class, TdFindingRow, head);
  gtk_widget_class_bind_template_child (widget_class, TdFindingRow, message);
  gtk_widget_class_bind_template_child (widget_class, TdFindingRow, cure);
  gtk_widget_class_bind_template_child (widget_class, TdFindingRow, answer);
  gtk_widget_class_bind_template_child (widget_class, TdFindingRow, arrow);
}

static void
td_finding_row_init (TdFindingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_finding_row_new: shows @item. */
GtkWidget *
td_finding_row_new (TdFindingItem *item)
{
  TdFindingRow *self = g_object_new (TD_TYPE_FINDING_ROW, NULL);
  gboolean passed = g_str_equal (item->verdict, "pass") || g_str_equal (item->verdict, "na");
  g_autofree char *head = NULL;
  g_autofree char *cure = NULL;
  g_autofree char *spoken = NULL;

  head = g_strjoin (" · ", item->verdict_label, item->title, *item->clause != '\0' ? item->clause : NULL, NULL);
  cure = *item->cure != '\0' && !passed ? g_strdup_printf (_ ("To do: %s"), item->cure) : g_strdup ("");
  spoken = g_strdup_printf ("%s. %s %s %s", head, item->message, cure, item->answer);
  gtk_image_set_from_icon_name (self->icon, td_verdict_icon (item->verdict));
  if (*td_verdict_class (item->verdict) != '\0')
    gtk_widget_add_css_class (self->box, td_verdict_class (item->verdict));
  gtk_label_set_label (self->head, head);
  set_line (self->message, item->message);
  set_line (self->cure, cure);
  set_line (self->answer, item->answer);
  gtk_widget_set_visible (self->arrow, *item->path != '\0' && !passed);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return GTK_WIDGET (self);
}
