/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "follow.h"

typedef struct
{
  GtkWidget *widget; /* owns this */
  TdDesk *desk;
  TdRefresh refresh;
  guint idle;
  gboolean stale;
} Follow;

static GQuark
follow_quark (void)
{
  return g_quark_from_static_string ("td-follow");
}

static void
follow_free (gpointer data)
{
  Follow *follow = data;

  g_clear_handle_id (&follow->idle, g_source_remove);
  g_clear_object (&follow->desk);
  g_free (follow);
}

static gboolean
on_idle (gpointer data)
{
  Follow *follow = data;

  follow->idle = 0;
  if (!follow->stale || !gtk_widget_get_mapped (follow->widget))
    return G_SOURCE_REMOVE;
  follow->stale = FALSE;
  follow->refresh (follow->widget);
  return G_SOURCE_REMOVE;
}

static void
mark_stale (GtkWidget *widget)
{
  Follow *follow = g_object_get_qdata (G_OBJECT (widget), follow_quark ());

  if (follow == NULL)
    return;
  follow->stale = TRUE;
  if (follow->idle == 0 && gtk_widget_get_mapped (widget))
    follow->idle = g_idle_add (on_idle, follow);
}

static void
on_changed (GtkWidget *widget, const char *what)
{
  mark_stale (widget);
}

static void
on_map (GtkWidget *widget)
{
  Follow *follow = g_object_get_qdata (G_OBJECT (widget), follow_quark ());

  if (follow == NULL || !follow->stale)
    return;
  g_clear_handle_id (&follow->idle, g_source_remove);
  follow->stale = FALSE;
  follow->refresh (widget);
}

/** td_follow: calls @refresh whenever @widget has to be read anew. A second call takes the place of the first. */
void
td_follow (GtkWidget *widget, TdDesk *desk, TdRefresh refresh)
{
  Follow *follow = g_object_get_qdata (G_OBJECT (widget), follow_quark ());

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (TD_IS_DESK (desk));
  if (follow != NULL)
    g_signal_handlers_disconnect_by_func (follow->desk, on_changed, widget);
  else
    g_signal_connect (widget, "map", G_CALLBACK (on_map), NULL);
  follow = g_new0 (Follow, 1);
  follow->widget = widget;
  follow->desk = g_object_ref (desk);
  follow->refresh = refresh;
  g_object_set_qdata_full (G_OBJECT (widget), follow_quark (), follow, follow_free);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "exchange", G_CALLBACK (mark_stale), widget, G_CONNECT_SWAPPED);
  mark_stale (widget);
}

/** td_follow_stale: as if the desk had changed. */
void
td_follow_stale (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  mark_stale (widget);
}
