/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-exchange.h"

#include "calls-view.h"
#include "enrol-form.h"
#include "follow.h"
#include "page.h"
#include "problem-row.h"
#include "rows.h"
#include "say.h"
#include "stick-view.h"

#include "desk/problems.h"
#include "desk/restored.h"
#include "desk/revoked.h"
#include "desk/transfer.h"

#include <glib/gi18n.h>

struct _TdPageExchange
{
  GtkBox parent_instance;

  TdDesk *desk;

  GtkInfoBar *trouble;
  GtkLabel *trouble_label;
  AdwActionRow *line_row;
  AdwActionRow *last_row;
  AdwActionRow *waiting_row;
  AdwActionRow *clock_row;
  AdwActionRow *restored_row;
  AdwActionRow *moving_row;
  GtkProgressBar *moving;
  guint tick; /* while a file moves */
  AdwActionRow *machine_row;
  AdwActionRow *secret_row;
  GtkWidget *now;
  GtkWidget *problems_box;
  GtkListBox *problems;
  GtkWidget *outbox_box;
  GtkListBox *outbox;
  GtkWidget *copy_box;
  GtkWidget *enrol_box;
  TdEnrolForm *enrol;
  TdCallsView *calls;
  TdStickView *stick;
  GtkWidget *connect;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageExchange,
                               td_page_exchange,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, NULL))

/* A long queue says enough by its length. */
#define MOST_SHOWN 100

static GtkWidget *
make_problem (gpointer item, gpointer desk)
{
  return td_problem_row_new (TD_DESK (desk), TD_PROBLEM_ITEM (item));
}

static GtkWidget *
make_waiting (gpointer item, gpointer data)
{
  TdRowItem *waiting = TD_ROW_ITEM (item);
  GtkWidget *row = td_rows_words ("td-waiting-symbolic", waiting->title, waiting->subtitle, waiting->value);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
show_lists (TdPageExchange *self)
{
  g_autoptr (GListModel) problems = td_desk_problems (self->desk);
  g_autoptr (GListModel) outbox = td_desk_outbox (self->desk);
  g_autoptr (GtkSliceListModel) first = gtk_slice_list_model_new (g_object_ref (outbox), 0, MOST_SHOWN);

  td_rows_show (self->problems, problems, make_problem, self->desk);
  gtk_widget_set_visible (self->problems_box, g_list_model_get_n_items (problems) > 0);
  td_rows_show (self->outbox, G_LIST_MODEL (first), make_waiting, NULL);
  gtk_widget_set_visible (self->outbox_box, g_list_model_get_n_items (outbox) > 0);
}

static gboolean show_moving (gpointer data);

/* The exchange tells of beginnings and ends; in between the page looks by itself, while it is seen. */
static void
follow_moving (TdPageExchange *self, gboolean moves)
{
  if (moves && self->tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = g_timeout_add_seconds (1, show_moving, self);
}

static gboolean
show_moving (gpointer data)
{
  TdPageExchange *self = data;
  g_autofree char *text = td_desk_transfer_text (self->desk);
  double share = td_desk_transfer_share (self->desk);
  gboolean moves = share >= 0;

  gtk_widget_set_visible (GTK_WIDGET (self->moving_row), moves);
  if (moves)
    {
      adw_action_row_set_subtitle (self->moving_row, text);
      gtk_progress_bar_set_fraction (self->moving, share);
    }
  if (moves && gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
refresh (GtkWidget *widget)
{
  TdPageExchange *self = TD_PAGE_EXCHANGE (widget);
  g_autofree char *line = td_desk_line_text (self->desk);
  g_autofree char *last = td_desk_last_exchange (self->desk);
  g_autofree char *waiting = td_desk_waiting_text (self->desk);
  g_autofree char *clock = td_desk_clock_text (self->desk);
  g_autofree char *restored = td_desk_restored_text (self->desk);
  g_autofree char *secret = td_desk_secret_text (self->desk);
  g_autofree char *machine = td_desk_machine_code (self->desk);
  gboolean enrolled = td_desk_enrolled (self->desk);

  adw_action_row_set_subtitle (self->line_row, line);
  adw_action_row_set_subtitle (self->last_row, *last != '\0' ? last : _ ("Not yet"));
  adw_action_row_set_subtitle (self->waiting_row, waiting);
  adw_action_row_set_subtitle (self->clock_row, clock);
  gtk_widget_set_visible (GTK_WIDGET (self->clock_row), *clock != '\0');
  adw_action_row_set_subtitle (self->restored_row, restored);
  gtk_widget_set_visible (GTK_WIDGET (self->restored_row), *restored != '\0');
  if (self->tick == 0)
    show_moving (self);
  follow_moving (self, td_desk_transfer_share (self->desk) >= 0);
  adw_action_row_set_subtitle (self->machine_row, machine);
  adw_action_row_set_subtitle (self->secret_row, secret);
  gtk_widget_set_visible (GTK_WIDGET (self->secret_row), *secret != '\0');
  /* Also while it exchanges: a button that goes dead under the focus throws whoever uses Tab out of the page. */
  gtk_widget_set_sensitive (self->now, enrolled);
  gtk_widget_set_visible (self->enrol_box, !enrolled || td_desk_line (self->desk) == TD_LINE_LOCKED);
  show_lists (self);
  gtk_widget_set_visible (self->copy_box, td_desk_revoked (self->desk) && gtk_widget_get_visible (self->outbox_box));
  td_calls_view_show (self->calls, self->desk);
}

/* ---- callbacks -------------------------------------------------------------- */

static void
show_trouble (TdPageExchange *self, const char *sentence)
{
  gtk_label_set_label (self->trouble_label, sentence != NULL ? sentence : "");
  gtk_info_bar_set_revealed (self->trouble, sentence != NULL);
}

static void
on_trouble_closed (TdPageExchange *self)
{
  show_trouble (self, NULL);
}

static void
on_connect (TdPageExchange *self)
{
  show_trouble (self, NULL);
  td_enrol_form_enrol (self->enrol);
}

static void
on_copy (TdPageExchange *self)
{
  g_autofree char *text = td_desk_waiting_copy (self->desk);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  td_tell (GTK_WIDGET (self), _ ("The content is in the clipboard."));
}

static void
on_enrolled (TdPageExchange *self)
{
  td_tell (GTK_WIDGET (self), _ ("Connected. What waits is being sent."));
  td_desk_start_exchange (self->desk);
  td_follow_stale (GTK_WIDGET (self));
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_page_exchange_dispose (GObject *object)
{
  TdPageExchange *self = TD_PAGE_EXCHANGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_EXCHANGE);
  G_OBJECT_CLASS (td_page_exchange_parent_class)->dispose (object);
}

static void
td_page_exchange_class_init (TdPageExchangeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_exchange_dispose;
  g_type_ensure (TD_TYPE_CALLS_VIEW);
  g_type_ensure (TD_TYPE_ENROL_FORM);
  g_type_ensure (TD_TYPE_STICK_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-exchange.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, trouble);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, line_row);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, last_row);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, waiting_row);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, clock_row);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, restored_row);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, moving_row);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, moving);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, machine_row);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, secret_row);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, now);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, problems_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, problems);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, outbox_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, outbox);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, copy_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, enrol_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, enrol);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, connect);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, calls);
  gtk_widget_class_bind_template_child (widget_class, TdPageExchange, stick);
  gtk_widget_class_bind_template_callback (widget_class, on_trouble_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_connect);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
}

static void
td_page_exchange_init (TdPageExchange *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->enrol, "enrolled", G_CALLBACK (on_enrolled), self);
  g_signal_connect_swapped (self->enrol, "failed", G_CALLBACK (show_trouble), self);
}

/** td_page_exchange_new: the place "exchange". */
GtkWidget *
td_page_exchange_new (TdDesk *desk)
{
  TdPageExchange *self = g_object_new (TD_TYPE_PAGE_EXCHANGE, NULL);

  self->desk = g_object_ref (desk);
  td_enrol_form_set_desk (self->enrol, desk);
  td_stick_view_set_desk (self->stick, desk);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
