/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "review-list.h"

#include "review-cells.h"
#include "review-chips.h"
#include "review-filters.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>

struct _TdReviewList
{
  GtkBox parent_instance;

  TdDesk *desk;
  TdList list;
  char **stages; /* NULL: all */
  GListStore *store;
  GtkCustomFilter *filter;
  GtkMultiSelection *selection;
  char *query;
  gboolean loading;

  GtkSearchEntry *search;
  TdReviewFilters *filters;
  TdReviewChips *chips;
  GtkStack *stack;
  GtkLabel *empty;
  GtkColumnView *view;
  GtkColumnViewColumn *chosen_column;
  GtkColumnViewColumn *listed_column;
  GtkColumnViewColumn *title_column;
  GtkColumnViewColumn *stage_column;
  GtkColumnViewColumn *check_column;
};

enum
{
  PICKED,
  OPENED,
  TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdReviewList, td_review_list, GTK_TYPE_BOX)

static gboolean
belongs (TdReviewList *self, TdDossierItem *item)
{
  return self->stages == NULL || g_strv_contains ((const char *const *)self->stages, item->stage);
}

static gboolean
filter_item (gpointer object, gpointer data)
{
  TdReviewList *self = data;
  TdDossierItem *item = object;

  const char *stage = td_review_chips_stage (self->chips);

  if ((*stage != '\0' && !g_str_equal (stage, item->stage)) || !td_review_filters_accept (self->filters, item))
    return FALSE;
  if (*self->query == '\0')
    return TRUE;
  return td_text_matches (self->query, item->title) || td_text_matches (self->query, item->unit_name)
         || td_text_matches (self->query, item->subtitle);
}

static void
show_empty_or_list (TdReviewList *self)
{
  gboolean none = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->store)) > 0)
    gtk_label_set_label (self->empty,
                         _ ("No dossier matches what is chosen above: search, unit, group, check, stage."));
  else if (self->list == TD_LIST_ASKED)
    gtk_label_set_label (self->empty, _ ("Dossiers the board asks an opinion on appear here."));
  else if (self->list == TD_LIST_ABOVE)
    gtk_label_set_label (self->empty, _ ("Nothing has been handed on yet. What this unit hands in to the next level "
                                         "for the units below is followed here up to the decision."));
  else if (self->list == TD_LIST_SELECTION)
    gtk_label_set_label (self->empty,
                         _ ("Dossiers of this unit, and those received from the units below, appear here to "
                            "be chosen for the submission to the province."));
  else if (self->stages != NULL)
    gtk_label_set_label (self->empty, _ ("No dossier has reached this step yet. Choose dossiers in the list of "
                                         "dossiers and take the step before."));
  else
    gtk_label_set_label (self->empty, _ ("Dossiers sent up by the units below appear here. Nothing has come yet."));
  gtk_stack_set_visible_child_name (self->stack, none ? "empty" : "list");
}

static void
refilter (TdReviewList *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_empty_or_list (self);
}

static void
on_search_changed (TdReviewList *self)
{
  g_free (self->query);
  self->query = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  refilter (self);
}

/* ---- cells ---- */

static void
setup_lines (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, td_review_cell_new ());
}

static void
bind_title (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  TdDossierItem *dossier = gtk_list_item_get_item (item);
  g_autofree char *second
      = g_strjoin (" · ", dossier->unit_name, *dossier->subtitle != '\0' ? dossier->subtitle : NULL, NULL);

  td_review_cell_set (gtk_list_item_get_child (item), dossier->title, second);
}

static void
bind_stage (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  TdDossierItem *dossier = gtk_list_item_get_item (item);

  td_review_cell_set (gtk_list_item_get_child (item), dossier->stage_label, dossier->since);
}

static void
bind_check (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  TdDossierItem *dossier = gtk_list_item_get_item (item);
  GtkWidget *cell = gtk_list_item_get_child (item);
  GtkWidget *line = gtk_widget_get_first_child (cell);
  const char *style = td_review_verdict_class (dossier->verdict);
  const char *styles[] = { style, NULL };
  /* One opinion a line: side by side the second would be cut off. */
  g_auto (GStrv) opinions = g_strsplit (dossier->opinion_label, " · ", -1);
  g_autofree char *lines = g_strjoinv ("\n", opinions);

  gtk_widget_set_css_classes (line, styles);
  td_review_cell_set (cell, dossier->verdict_label, lines);
}

static void
setup_chosen (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  td_review_check_setup (item);
}

static void
bind_chosen (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  td_review_check_bind (item);
}

static void
on_listed_toggled (GtkCheckButton *check, GtkListItem *item)
{
  TdReviewList *self = TD_REVIEW_LIST (gtk_widget_get_ancestor (GTK_WIDGET (check), TD_TYPE_REVIEW_LIST));
  TdDossierItem *dossier = gtk_list_item_get_item (item);
  gboolean listed = gtk_check_button_get_active (check);
  g_autoptr (GError) error = NULL;

  if (self == NULL || dossier == NULL || listed == dossier->listed)
    return;
  if (td_desk_include (self->desk, dossier->id, listed, &error))
    return;
  gtk_check_button_set_active (check, dossier->listed);
  g_signal_emit (self, signals[TROUBLE], 0, error->message);
}

static void
setup_listed (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
  gtk_list_item_set_child (item, check);
}

static void
bind_listed (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  TdDossierItem *dossier = gtk_list_item_get_item (item);
  GtkWidget *check = gtk_list_item_get_child (item);
  g_autofree char *name = g_strdup_printf (_ ("Put %s into the submission"), dossier->title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (check, name);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), dossier->listed);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_listed_toggled), item, 0);
}

static void
unbind_listed (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_child (item), on_listed_toggled, item);
}

/* ---- the list ---- */

static void
on_selection_changed (TdReviewList *self)
{
  if (!self->loading)
    g_signal_emit (self, signals[PICKED], 0);
}

static void
on_activated (TdReviewList *self, guint position)
{
  g_signal_emit (self, signals[OPENED], 0);
}

static void
restore_choice (TdReviewList *self, GHashTable *ids)
{
  GListModel *model = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (model, i);

      if (g_hash_table_contains (ids, item->id))
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, FALSE);
    }
}

static void
td_review_list_dispose (GObject *object)
{
  TdReviewList *self = TD_REVIEW_LIST (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_REVIEW_LIST);
  g_clear_object (&self->selection);
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_object (&self->filter);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->stages, g_strfreev);
  g_clear_pointer (&self->query, g_free);
  G_OBJECT_CLASS (td_review_list_parent_class)->dispose (object);
}

static void
td_review_list_class_init (TdReviewListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_review_list_dispose;
  g_type_ensure (TD_TYPE_REVIEW_CHIPS);
  g_type_ensure (TD_TYPE_REVIEW_FILTERS);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/review-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, search);
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, chips);
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, filters);
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, stack);
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, empty);
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, view);
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, chosen_column);
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, listed_column);
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, title_column);
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, stage_column);
  gtk_widget_class_bind_template_child (widget_class, TdReviewList, check_column);
  gtk_widget_class_bind_template_callback (widget_class, refilter);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, setup_lines);
  gtk_widget_class_bind_template_callback (widget_class, bind_title);
  gtk_widget_class_bind_template_callback (widget_class, bind_stage);
  gtk_widget_class_bind_template_callback (widget_class, bind_check);
  gtk_widget_class_bind_template_callback (widget_class, setup_chosen);
  gtk_widget_class_bind_template_callback (widget_class, bind_chosen);
  gtk_widget_class_bind_template_callback (widget_class, setup_listed);
  gtk_widget_class_bind_template_callback (widget_class, bind_listed);
  gtk_widget_class_bind_template_callback (widget_class, unbind_listed);

  signals[PICKED]
      = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPENED]
      = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TROUBLE] = g_signal_new ("trouble", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
set_sorter (GtkColumnViewColumn *column, GtkSorter *sorter)
{
  gtk_column_view_column_set_sorter (column, sorter);
  g_object_unref (sorter);
}

static void
td_review_list_init (TdReviewList *self)
{
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->query = g_strdup ("");
  set_sorter (self->title_column, td_review_sorter_title ());
  set_sorter (self->stage_column, td_review_sorter_stage ());
  set_sorter (self->check_column, td_review_sorter_check ());
  self->store = g_list_store_new (TD_TYPE_DOSSIER_ITEM);
  self->filter = gtk_custom_filter_new (filter_item, self, NULL);
  filtered
      = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->store)), GTK_FILTER (g_object_ref (self->filter)));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * td_review_list_set:
 * @self: a list
 * @desk: the desk
 * @list: which dossiers
 * @stages: (nullable): ids with spaces between, to show those only
 *
 * Says what the list shows and loads it.
 */
void
td_review_list_set (TdReviewList *self, TdDesk *desk, TdList list, const char *stages)
{
  g_return_if_fail (TD_IS_REVIEW_LIST (self));
  g_return_if_fail (TD_IS_DESK (desk));

  g_set_object (&self->desk, desk);
  self->list = list;
  g_clear_pointer (&self->stages, g_strfreev);
  if (stages != NULL)
    self->stages = g_strsplit (stages, " ", -1);
  gtk_column_view_column_set_visible (self->listed_column, list == TD_LIST_SELECTION);
  gtk_column_view_column_set_visible (self->chosen_column, list != TD_LIST_SELECTION);
  td_review_list_reload (self);
}

/**
 * td_review_list_reload:
 * @self: a list
 *
 * Reads the dossiers again; what was chosen stays chosen if it is still there.
 */
void
td_review_list_reload (TdReviewList *self)
{
  g_autoptr (GListModel) all = NULL;
  g_autoptr (GPtrArray) chosen = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (TD_IS_REVIEW_LIST (self));

  chosen = td_review_list_chosen (self);
  for (guint i = 0; i < chosen->len; i++)
    g_hash_table_add (ids, ((TdDossierItem *)g_ptr_array_index (chosen, i))->id);
  all = td_desk_dossiers (self->desk, self->list);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (all, i);

      if (belongs (self, item))
        g_ptr_array_add (items, g_steal_pointer (&item));
    }
  self->loading = TRUE;
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), items->pdata, items->len);
  td_review_filters_load (self->filters, G_LIST_MODEL (self->store));
  td_review_chips_count (self->chips, G_LIST_MODEL (self->store));
  refilter (self);
  restore_choice (self, ids);
  self->loading = FALSE;
  g_signal_emit (self, signals[PICKED], 0);
}

/**
 * td_review_list_chosen:
 * @self: a list
 *
 * Returns: (transfer container): the chosen dossiers that are in view
 */
GPtrArray *
td_review_list_chosen (TdReviewList *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) set = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (TD_IS_REVIEW_LIST (self), chosen);

  set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_iter_init_first (&iter, set, &position))
    do
      g_ptr_array_add (chosen, g_list_model_get_item (G_LIST_MODEL (self->selection), position));
    while (gtk_bitset_iter_next (&iter, &position));
  return chosen;
}

/**
 * td_review_list_count:
 * @self: a list
 *
 * Returns: how many dossiers there are, whatever the filter
 */
guint
td_review_list_count (TdReviewList *self)
{
  g_return_val_if_fail (TD_IS_REVIEW_LIST (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->store));
}

static void
choose_at (TdReviewList *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
}

/**
 * td_review_list_move:
 * @self: a list
 * @by: 1 or -1
 *
 * Chooses the next dossier, or the one before.
 */
void
td_review_list_move (TdReviewList *self, int by)
{
  g_autoptr (GtkBitset) set = NULL;
  gint64 count;
  gint64 position;

  g_return_if_fail (TD_IS_REVIEW_LIST (self));

  set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  count = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  if (count == 0)
    return;
  position = gtk_bitset_is_empty (set) ? (by > 0 ? 0 : count - 1) : (gint64)gtk_bitset_get_minimum (set) + by;
  choose_at (self, (guint)CLAMP (position, 0, count - 1));
}

/**
 * td_review_list_choose:
 * @self: a list
 * @dossier: its id
 *
 * Chooses one dossier.
 *
 * Returns: whether it is in view
 */
gboolean
td_review_list_choose (TdReviewList *self, const char *dossier)
{
  GListModel *model;

  g_return_val_if_fail (TD_IS_REVIEW_LIST (self), FALSE);

  model = G_LIST_MODEL (self->selection);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (model, i);

      if (g_strcmp0 (item->id, dossier) == 0)
        {
          choose_at (self, i);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * td_review_list_search:
 * @self: a list
 *
 * Moves the focus to the search.
 */
void
td_review_list_search (TdReviewList *self)
{
  g_return_if_fail (TD_IS_REVIEW_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
