/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "status-foot.h"

#include "field.h"
#include "follow.h"

#include <glib/gi18n.h>

struct _TdStatusFoot
{
  GtkButton parent_instance;

  TdDesk *desk;

  GtkImage *saved_icon;
  GtkLabel *saved;
  GtkImage *waiting_icon;
  GtkLabel *waiting;
  GtkLabel *line;
};

G_DEFINE_FINAL_TYPE (TdStatusFoot, td_status_foot, GTK_TYPE_BUTTON)

static void
refresh (GtkWidget *widget)
{
  TdStatusFoot *self = TD_STATUS_FOOT (widget);
  g_autofree char *waiting = NULL;
  g_autofree char *line = NULL;
  g_autofree char *spoken = NULL;
  const char *saved;
  guint changes = 0;
  gsize bytes = 0;
  gboolean busy;

  if (self->desk == NULL)
    return;
  busy = td_desk_saving (self->desk) || td_field_pending () > 0;
  saved = busy ? _ ("Saving…") : _ ("Saved");
  waiting = td_desk_waiting_text (self->desk);
  line = td_desk_line_text (self->desk);
  td_desk_waiting (self->desk, &changes, &bytes);
  gtk_image_set_from_icon_name (self->saved_icon, busy ? "document-edit-symbolic" : "td-saved-symbolic");
  gtk_image_set_from_icon_name (self->waiting_icon, changes > 0 ? "td-waiting-symbolic" : "td-met-symbolic");
  gtk_label_set_label (self->saved, saved);
  gtk_label_set_label (self->waiting, waiting);
  gtk_label_set_label (self->line, line);
  spoken = g_strdup_printf ("%s. %s. %s", saved, waiting, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
td_status_foot_dispose (GObject *object)
{
  TdStatusFoot *self = TD_STATUS_FOOT (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_STATUS_FOOT);
  G_OBJECT_CLASS (td_status_foot_parent_class)->dispose (object);
}

static void
td_status_foot_class_init (TdStatusFootClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_status_foot_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/status-foot.ui");
  gtk_widget_class_bind_template_child (widget_class, TdStatusFoot, saved_icon);
  gtk_widget_class_bind_template_child (widget_class, TdStatusFoot, saved);
  gtk_widget_class_bind_template_child (widget_class, TdStatusFoot, waiting_icon);
  gtk_widget_class_bind_template_child (widget_class, TdStatusFoot, waiting);
  gtk_widget_class_bind_template_child (widget_class, TdStatusFoot, line);
}

static void
td_status_foot_init (TdStatusFoot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_status_foot_set_desk: follows @desk from now on. */
void
td_status_foot_set_desk (TdStatusFoot *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_STATUS_FOOT (self));
  if (g_set_object (&self->desk, desk))
    td_follow (GTK_WIDGET (self), desk, refresh);
}

/** td_status_foot_refresh: something was typed or written. */
void
td_status_foot_refresh (TdStatusFoot *self)
{
  g_return_if_fail (TD_IS_STATUS_FOOT (self));
  td_follow_stale (GTK_WIDGET (self));
}
