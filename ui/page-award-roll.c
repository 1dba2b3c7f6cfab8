/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-award-roll.h"

#include "desk/award-roll.h"
#include "follow.h"
#include "page.h"
#include "review-step.h"
#include "rows.h"
#include "say.h"
#include "stack.h"

#include <glib/gi18n.h>

struct _TdPageAwardRoll
{
  GtkBox parent_instance;

  TdDesk *desk;
  GtkMultiSelection *selection;
  char *shown; /* the table: the rows are read anew only when it differs */

  GtkStack *stack;
  GtkColumnView *view;
  GtkLabel *summary;
  GtkWidget *hand_over;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageAwardRoll,
                               td_page_award_roll,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, NULL))

/* ---- cells ----------------------------------------------------------------------- */

static char *
two_lines (const char *first, const char *second)
{
  return *first != '\0' && *second != '\0' ? g_strdup_printf ("%s\n%s", first, second)
                                           : g_strdup (*first != '\0' ? first : second);
}

static char *
name (gpointer item)
{
  return two_lines (TD_AWARD_ITEM (item)->name, TD_AWARD_ITEM (item)->kind_label);
}

static char *
unit (gpointer item)
{
  return g_strdup (TD_AWARD_ITEM (item)->unit_name);
}

static char *
decision (gpointer item)
{
  return two_lines (TD_AWARD_ITEM (item)->number, TD_AWARD_ITEM (item)->day);
}

static char *
form (gpointer item)
{
  return g_strdup (TD_AWARD_ITEM (item)->form);
}

static char *
state (gpointer item)
{
  return two_lines (TD_AWARD_ITEM (item)->state_label, TD_AWARD_ITEM (item)->handed);
}

static char *
receiver (gpointer item)
{
  return two_lines (TD_AWARD_ITEM (item)->receiver, TD_AWARD_ITEM (item)->place);
}

/* ---- the roll ------------------------------------------------------------------------ */

static GPtrArray *
chosen (TdPageAwardRoll *self)
{
  GPtrArray *dossiers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  if (!gtk_bitset_iter_init_first (&iter, set, &position))
    return dossiers;
  do
    {
      g_autoptr (TdAwardItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
      TdDossierItem *dossier = item == NULL ? NULL : td_desk_dossier (self->desk, item->id);

      if (dossier != NULL)
        g_ptr_array_add (dossiers, dossier);
    }
  while (gtk_bitset_iter_next (&iter, &position));
  return dossiers;
}

static void
show_summary (TdPageAwardRoll *self, GListModel *roll)
{
  guint n = g_list_model_get_n_items (roll);
  guint handed = 0, absent = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TdAwardItem) item = g_list_model_get_item (roll, i);

      handed += g_str_equal (item->state, "handed");
      absent += g_str_equal (item->state, "absent");
    }
  text = g_strdup_printf (_ ("Decided: %u · handed over: %u · absent: %u · still to be handed over: %u"), n, handed,
                          absent, n - handed);
  gtk_label_set_label (self->summary, text);
}

static void
show_button (TdPageAwardRoll *self)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  gtk_widget_set_sensitive (self->hand_over, !gtk_bitset_is_empty (set));
}

static void
refresh (GtkWidget *widget)
{
  TdPageAwardRoll *self = TD_PAGE_AWARD_ROLL (widget);
  g_autofree char *table = td_desk_award_table (self->desk);
  g_autoptr (GListModel) roll = NULL;

  if (g_strcmp0 (table, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&table);
  roll = td_desk_award_roll (self->desk);
  td_stack_show (self->stack, g_list_model_get_n_items (roll) > 0 ? "roll" : "none");
  gtk_multi_selection_set_model (self->selection, roll);
  show_summary (self, roll);
  show_button (self);
}

/* ---- what can be done ------------------------------------------------------------------- */

static void
on_taken (TdPageAwardRoll *self, const char *sentence)
{
  td_tell (GTK_WIDGET (self), sentence);
  td_follow_stale (GTK_WIDGET (self));
}

static void
on_hand_over (TdPageAwardRoll *self)
{
  g_autoptr (GPtrArray) dossiers = chosen (self);
  GtkWidget *dialog;

  if (dossiers->len == 0)
    return;
  dialog = td_review_step_new (self->desk, "award", dossiers);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (dialog, "taken", G_CALLBACK (on_taken), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_copy (TdPageAwardRoll *self)
{
  g_autofree char *table = td_desk_award_table (self->desk);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), table);
  td_tell (GTK_WIDGET (self), _ ("The roll is copied. Paste it into Word or Excel with Ctrl+V."));
}

static void
on_activate (TdPageAwardRoll *self, guint position)
{
  g_autoptr (TdAwardItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-dossier", "s", item->id);
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_page_award_roll_dispose (GObject *object)
{
  TdPageAwardRoll *self = TD_PAGE_AWARD_ROLL (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->shown, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_AWARD_ROLL);
  G_OBJECT_CLASS (td_page_award_roll_parent_class)->dispose (object);
}

static void
td_page_award_roll_class_init (TdPageAwardRollClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_award_roll_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-award-roll.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageAwardRoll, stack);
  gtk_widget_class_bind_template_child (widget_class, TdPageAwardRoll, view);
  gtk_widget_class_bind_template_child (widget_class, TdPageAwardRoll, summary);
  gtk_widget_class_bind_template_child (widget_class, TdPageAwardRoll, hand_over);
  gtk_widget_class_bind_template_callback (widget_class, on_hand_over);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
td_page_award_roll_init (TdPageAwardRoll *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = gtk_multi_selection_new (NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  td_rows_column (self->view, _ ("Name"), name, TRUE);
  td_rows_column (self->view, _ ("Unit"), unit, TRUE);
  td_rows_column (self->view, _ ("Decision"), decision, FALSE);
  td_rows_column (self->view, _ ("Form of award"), form, TRUE);
  td_rows_column (self->view, _ ("Handing over"), state, FALSE);
  td_rows_column (self->view, _ ("Received by, place"), receiver, TRUE);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (show_button), self, G_CONNECT_SWAPPED);
}

/** td_page_award_roll_new: the place "award-roll". */
GtkWidget *
td_page_award_roll_new (TdDesk *desk)
{
  TdPageAwardRoll *self = g_object_new (TD_TYPE_PAGE_AWARD_ROLL, NULL);

  self->desk = g_object_ref (desk);
  gtk_widget_set_visible (self->hand_over, td_desk_seat (desk) == TD_SEAT_BOARD);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
