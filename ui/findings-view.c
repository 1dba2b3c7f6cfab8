/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "findings-view.h"

#include "finding-row.h"
#include "follow.h"
#include "rows.h"

#include <glib/gi18n.h>

struct _TdFindingsView
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *dossier;

  GtkLabel *summary;
  GtkLabel *note;
  GtkListBox *list;
};

typedef enum
{
  OPEN,
  N_SIGNALS
} TdFindingsViewSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdFindingsView, td_findings_view, GTK_TYPE_BOX)

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  return td_finding_row_new (TD_FINDING_ITEM (item));
}

/* A rule that does not concern this nominee is no news. */
static GListModel *
without_idle (GListModel *all)
{
  GListStore *store = g_list_store_new (TD_TYPE_FINDING_ITEM);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TdFindingItem) item = g_list_model_get_item (all, i);

      if (!g_str_equal (item->verdict, "na"))
        g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}

static guint
count (GListModel *model, const char *verdict)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TdFindingItem) item = g_list_model_get_item (model, i);

      n += g_str_equal (item->verdict, verdict);
    }
  return n;
}

static void
add_count (GString *text, guint n, const char *words)
{
  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append_printf (text, words, n);
}

static char *
summarise (GListModel *model)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (g_list_model_get_n_items (model) == 0)
    return g_strdup (_ ("Nothing to check yet"));
  add_count (text, count (model, "fail"), _ ("Not met: %u"));
  add_count (text, count (model, "unknown"), _ ("Data missing: %u"));
  add_count (text, count (model, "manual"), _ ("To be appraised: %u"));
  add_count (text, count (model, "pass"), _ ("Met: %u"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
refresh (GtkWidget *widget)
{
  TdFindingsView *self = TD_FINDINGS_VIEW (widget);
  g_autoptr (GListModel) all = NULL;
  g_autoptr (GListModel) model = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *note = NULL;

  if (self->desk == NULL || self->dossier == NULL)
    return;
  all = *self->dossier == '\0' ? td_desk_unit_findings (self->desk) : td_desk_findings (self->desk, self->dossier);
  model = without_idle (all);
  summary = summarise (model);
  gtk_label_set_label (self->summary, summary);
  note = *self->dossier == '\0' ? g_strdup ("") : td_desk_findings_note (self->desk, self->dossier);
  gtk_label_set_label (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *note != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->list), g_list_model_get_n_items (model) > 0);
  td_rows_show (self->list, model, make_row, NULL);
}

/* ---- callbacks -------------------------------------------------------------- */

static void
on_activated (TdFindingsView *self, GtkListBoxRow *row)
{
  TdFindingItem *item = td_rows_item (row);
  gboolean handled = FALSE;

  g_signal_emit (self, signals[OPEN], 0, item, &handled);
  if (!handled && *item->path != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-field", "(ss)", item->record, item->path);
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_findings_view_dispose (GObject *object)
{
  TdFindingsView *self = TD_FINDINGS_VIEW (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->dossier, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_FINDINGS_VIEW);
  G_OBJECT_CLASS (td_findings_view_parent_class)->dispose (object);
}

static void
td_findings_view_class_init (TdFindingsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_findings_view_dispose;
  signals[OPEN] = g_signal_new ("open", TD_TYPE_FINDINGS_VIEW, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                                NULL, NULL, G_TYPE_BOOLEAN, 1, TD_TYPE_FINDING_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/findings-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFindingsView, summary);
  gtk_widget_class_bind_template_child (widget_class, TdFindingsView, note);
  gtk_widget_class_bind_template_child (widget_class, TdFindingsView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
td_findings_view_init (TdFindingsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_findings_view_new: shows nothing until it is given a dossier. */
GtkWidget *
td_findings_view_new (TdDesk *desk)
{
  GtkWidget *self = g_object_new (TD_TYPE_FINDINGS_VIEW, NULL);

  td_findings_view_set_desk (TD_FINDINGS_VIEW (self), desk);
  return self;
}

/** td_findings_view_set_desk: for a view that came out of a template. */
void
td_findings_view_set_desk (TdFindingsView *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_FINDINGS_VIEW (self));
  if (g_set_object (&self->desk, desk))
    td_follow (GTK_WIDGET (self), desk, refresh);
}

/** td_findings_view_set_dossier: NULL shows nothing, "" what the unit's own ledger lacks. */
void
td_findings_view_set_dossier (TdFindingsView *self, const char *dossier)
{
  g_return_if_fail (TD_IS_FINDINGS_VIEW (self));
  g_free (self->dossier);
  self->dossier = g_strdup (dossier);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (GTK_WIDGET (self));
  else
    td_follow_stale (GTK_WIDGET (self));
}

/** td_findings_view_get_selected: the finding in the focused row, owned; NULL without one. */
TdFindingItem *
td_findings_view_get_selected (TdFindingsView *self)
{
  GtkWidget *row;
  gpointer item;

  g_return_val_if_fail (TD_IS_FINDINGS_VIEW (self), NULL);
  row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  if (!GTK_IS_LIST_BOX_ROW (row))
    return NULL;
  item = td_rows_item (GTK_LIST_BOX_ROW (row));
  return item != NULL ? g_object_ref (item) : NULL;
}
