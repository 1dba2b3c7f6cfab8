/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-journal.h"

#include "follow.h"
#include "page.h"
#include "rows.h"
#include "stack.h"

#include <glib/gi18n.h>

struct _TdPageJournal
{
  GtkBox parent_instance;

  TdDesk *desk;
  GtkSingleSelection *selection;

  GtkStack *stack;
  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageJournal, td_page_journal, GTK_TYPE_BOX, G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, NULL))

/* ---- cells ----------------------------------------------------------------------- */

static char *
when (gpointer item)
{
  return g_strdup (TD_CHAIN_ITEM (item)->when);
}

static char *
what (gpointer item)
{
  TdChainItem *step = TD_CHAIN_ITEM (item);

  return *step->reason != '\0' ? g_strdup_printf ("%s. %s", step->label, step->reason) : g_strdup (step->label);
}

static char *
about (gpointer item)
{
  return g_strdup (TD_CHAIN_ITEM (item)->dossier_title);
}

static char *
who (gpointer item)
{
  TdChainItem *step = TD_CHAIN_ITEM (item);

  return *step->who != '\0' ? g_strdup_printf ("%s\n%s", step->who, step->unit_name) : g_strdup (step->unit_name);
}

static char *
verified (gpointer item)
{
  return g_strdup (TD_CHAIN_ITEM (item)->verified);
}

static void
refresh (GtkWidget *widget)
{
  TdPageJournal *self = TD_PAGE_JOURNAL (widget);
  g_autoptr (GListModel) model = td_desk_journal (self->desk);

  td_stack_show (self->stack, g_list_model_get_n_items (model) > 0 ? "steps" : "none");
  gtk_single_selection_set_model (self->selection, model);
}

static void
td_page_journal_dispose (GObject *object)
{
  TdPageJournal *self = TD_PAGE_JOURNAL (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->selection);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_JOURNAL);
  G_OBJECT_CLASS (td_page_journal_parent_class)->dispose (object);
}

static void
td_page_journal_class_init (TdPageJournalClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_journal_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-journal.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageJournal, stack);
  gtk_widget_class_bind_template_child (widget_class, TdPageJournal, view);
}

static void
td_page_journal_init (TdPageJournal *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = gtk_single_selection_new (NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  td_rows_column (self->view, _ ("When"), when, FALSE);
  td_rows_column (self->view, _ ("Step"), what, TRUE);
  td_rows_column (self->view, _ ("Dossier"), about, TRUE);
  td_rows_column (self->view, _ ("By whom"), who, TRUE);
  td_rows_column (self->view, _ ("Signature"), verified, FALSE);
}

/** td_page_journal_new: the place "journal". */
GtkWidget *
td_page_journal_new (TdDesk *desk)
{
  TdPageJournal *self = g_object_new (TD_TYPE_PAGE_JOURNAL, NULL);

  self->desk = g_object_ref (desk);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
