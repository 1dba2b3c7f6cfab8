/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "calls-view.h"

#include "call-notes.h"
#include "desk/calls.h"
#include "rows.h"
#include "say.h"

struct _TdCallsView
{
  GtkBox parent_instance;

  GtkWidget *note;
  GtkWidget *none;
  GtkWidget *to_make_label;
  GtkListBox *to_make;
  GtkWidget *noted_label;
  GtkListBox *noted;
};

G_DEFINE_FINAL_TYPE (TdCallsView, td_calls_view, GTK_TYPE_BOX)

/* A long list says enough by its length; the journal has them all. */
#define MOST_SHOWN 100

static GtkWidget *
make_call (TdRowItem *call)
{
  GtkWidget *row = td_rows_words (td_state_icon (call->state), call->title, call->subtitle, call->value);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static GtkWidget *
make_to_make (gpointer item, gpointer data)
{
  TdRowItem *call = TD_ROW_ITEM (item);
  GtkWidget *row = make_call (call);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), td_call_copy_button (call->value));
  return row;
}

static GtkWidget *
make_noted (gpointer item, gpointer data)
{
  return make_call (TD_ROW_ITEM (item));
}

static gboolean
show_list (GtkListBox *list, GtkWidget *label, GListModel *model, TdRowCreate create)
{
  g_autoptr (GtkSliceListModel) first = gtk_slice_list_model_new (g_object_ref (model), 0, MOST_SHOWN);
  gboolean any = g_list_model_get_n_items (model) > 0;

  td_rows_show (list, G_LIST_MODEL (first), create, NULL);
  gtk_widget_set_visible (GTK_WIDGET (list), any);
  gtk_widget_set_visible (label, any);
  return any;
}

/* ---- the object -------------------------------------------------------------------- */

static void
td_calls_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TD_TYPE_CALLS_VIEW);
  G_OBJECT_CLASS (td_calls_view_parent_class)->dispose (object);
}

static void
td_calls_view_class_init (TdCallsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_calls_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/calls-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TdCallsView, note);
  gtk_widget_class_bind_template_child (widget_class, TdCallsView, none);
  gtk_widget_class_bind_template_child (widget_class, TdCallsView, to_make_label);
  gtk_widget_class_bind_template_child (widget_class, TdCallsView, to_make);
  gtk_widget_class_bind_template_child (widget_class, TdCallsView, noted_label);
  gtk_widget_class_bind_template_child (widget_class, TdCallsView, noted);
}

static void
td_calls_view_init (TdCallsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_calls_view_show: see calls-view.h. */
void
td_calls_view_show (TdCallsView *self, TdDesk *desk)
{
  g_autoptr (GListModel) to_make = NULL;
  g_autoptr (GListModel) noted = NULL;
  gboolean takes, any;

  g_return_if_fail (TD_IS_CALLS_VIEW (self) && TD_IS_DESK (desk));

  to_make = td_desk_calls_to_make (desk);
  noted = td_desk_calls (desk);
  takes = td_desk_notes_calls (desk);
  any = show_list (self->to_make, self->to_make_label, to_make, make_to_make);
  any |= show_list (self->noted, self->noted_label, noted, make_noted);
  gtk_widget_set_visible (self->note, takes);
  gtk_widget_set_visible (self->none, takes && !any);
  gtk_widget_set_visible (GTK_WIDGET (self), takes || any);
}
