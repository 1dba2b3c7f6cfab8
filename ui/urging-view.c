/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "urging-view.h"

#include "desk/catalogue.h"
#include "review-cells.h"
#include "stack.h"

#include <glib/gi18n.h>

/* A row of the table and its head, about. */
#define ROW_HEIGHT 32
/* A district has up to 15 communes: so many stand in its overview without a scroll bar of their own. */
#define MOST_ROWS 15

struct _TdUrgingView
{
  GtkBox parent_instance;

  TdDesk *desk;
  GListStore *store;
  GtkMultiSelection *selection;
  GPtrArray *blocks; /* what each choice of the block stands for */
  gboolean filling;

  GtkWidget *block_box;
  GtkDropDown *block;
  GtkDropDown *lack;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkLabel *empty;
  GtkLabel *count;
  GtkButton *notice;
};

G_DEFINE_FINAL_TYPE (TdUrgingView, td_urging_view, GTK_TYPE_BOX)

/* The choices of the template, in its order. */
typedef enum
{
  LACK_ANY,
  LACK_REGISTRATION,
  LACK_INTERIM,
  LACK_FINAL,
  LACK_REPORT,
  LACK_DOSSIERS
} Lack;

static gboolean
lacks (TdStandingItem *item, Lack lack)
{
  switch (lack)
    {
    case LACK_REGISTRATION:
      return *item->registered == '\0';
    case LACK_INTERIM:
      return *item->interim == '\0';
    case LACK_FINAL:
      return *item->final == '\0';
    case LACK_REPORT:
      return *item->report == '\0';
    case LACK_DOSSIERS:
      return g_str_equal (item->dossiers, "0");
    case LACK_ANY:
    default:
      return TRUE;
    }
}

/* ---- what is chosen ------------------------------------------------------------------- */

static GPtrArray *
chosen (TdUrgingView *self)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  if (!gtk_bitset_iter_init_first (&iter, set, &position))
    return keys;
  do
    {
      g_autoptr (TdStandingItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), position);

      g_ptr_array_add (keys, g_strdup (item->id));
    }
  while (gtk_bitset_iter_next (&iter, &position));
  return keys;
}

/* An action nobody provides, or nobody to write to: the button says so by being insensitive. */
static void
set_notice (TdUrgingView *self, GPtrArray *keys)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < keys->len; i++)
    g_string_append_printf (lines, "%s%s", i == 0 ? "" : "\n", (char *)keys->pdata[i]);
  if (keys->len == 0)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice), NULL);
      gtk_widget_set_sensitive (GTK_WIDGET (self->notice), FALSE);
      return;
    }
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->notice), "s", lines->str);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice), "win.write-notice");
}

static void
on_chosen (TdUrgingView *self)
{
  g_autoptr (GPtrArray) keys = chosen (self);
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  g_autofree char *text = g_strdup_printf (_ ("%u of %u chosen"), keys->len, all);

  gtk_label_set_label (self->count, text);
  set_notice (self, keys);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "urging.choose-all", all > 0);
}

static void
choose_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (TD_URGING_VIEW (widget)->selection));
}

static gboolean
holds (GPtrArray *keys, const char *key)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_str_equal (keys->pdata[i], key))
      return TRUE;
  return FALSE;
}

static void
choose_again (TdUrgingView *self, GPtrArray *keys)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    {
      g_autoptr (TdStandingItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (holds (keys, item->id))
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, FALSE);
    }
}

/* ---- filling --------------------------------------------------------------------------- */

/* What takes the focus is a button inside, which GTK leaves without a name. */
static void
name_choice (GtkDropDown *choice, const char *title)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (choice));
  GtkStringObject *value = gtk_drop_down_get_selected_item (choice);
  g_autofree char *name = g_strdup_printf ("%s: %s", title, value != NULL ? gtk_string_object_get_string (value) : "");

  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
fill_list (TdUrgingView *self)
{
  guint at = gtk_drop_down_get_selected (self->block);
  const char *block = at < self->blocks->len ? self->blocks->pdata[at] : "";
  Lack lack = (Lack)gtk_drop_down_get_selected (self->lack);
  g_autoptr (GListModel) all = td_desk_standings (self->desk, block);
  g_autoptr (GPtrArray) keys = chosen (self);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TdStandingItem) item = g_list_model_get_item (all, i);

      if (lacks (item, lack))
        g_ptr_array_add (shown, g_steal_pointer (&item));
    }
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), shown->pdata, shown->len);
  choose_again (self, keys);
  gtk_label_set_label (self->empty, g_list_model_get_n_items (all) > 0 ? _ ("No unit lacks this any more.")
                                                                       : _ ("No unit belongs here yet."));
  td_stack_show (self->stack, shown->len > 0 ? "list" : "empty");
  if (td_desk_seat (self->desk) != TD_SEAT_BOARD)
    gtk_scrolled_window_set_min_content_height (self->scroller,
                                                ((int)MIN (shown->len, MOST_ROWS) + 1) * ROW_HEIGHT + 4);
  name_choice (self->block, _ ("Emulation block"));
  name_choice (self->lack, _ ("What is missing"));
  on_chosen (self);
}

static void
add_block (TdUrgingView *self, GtkStringList *names, const char *id, const char *name)
{
  g_ptr_array_add (self->blocks, g_strdup (id));
  gtk_string_list_append (names, name);
}

static guint
position_of (TdUrgingView *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->blocks->len; i++)
    if (g_str_equal (self->blocks->pdata[i], id))
      return i;
  return 0;
}

/* The choice stays on its block when blocks come and go. */
static void
fill_blocks (TdUrgingView *self)
{
  g_autoptr (GListModel) blocks = td_desk_blocks (self->desk);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint at = gtk_drop_down_get_selected (self->block);
  g_autofree char *id = at < self->blocks->len ? g_strdup (self->blocks->pdata[at]) : NULL;

  g_ptr_array_set_size (self->blocks, 0);
  add_block (self, names, "", _ ("All blocks"));
  for (guint i = 0; i < g_list_model_get_n_items (blocks); i++)
    {
      g_autoptr (TdRowItem) item = g_list_model_get_item (blocks, i);
      g_autofree char *name = g_strdup_printf ("%s (%s)", item->title, item->subtitle);

      add_block (self, names, item->id, name);
    }
  add_block (self, names, TD_BLOCK_NONE, _ ("In no block yet"));
  gtk_drop_down_set_model (self->block, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->block, position_of (self, id));
}

static void
on_filter (TdUrgingView *self)
{
  if (!self->filling && self->desk != NULL)
    fill_list (self);
}

/* ---- cells -------------------------------------------------------------------------------- */

static void
setup_chosen (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  td_review_check_setup (item);
}

static void
bind_chosen (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  TdStandingItem *standing = gtk_list_item_get_item (item);
  g_autofree char *name = g_strdup_printf (_ ("Choose %s"), standing->unit_name);
  GtkWidget *check = gtk_list_item_get_child (item);

  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), gtk_list_item_get_selected (item));
}

static void
setup_unit (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, td_review_cell_new ());
}

static void
bind_unit (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  TdStandingItem *standing = gtk_list_item_get_item (item);
  g_autofree char *block = *standing->in_charge == '\0'
                               ? g_strdup (standing->block)
                               : g_strdup_printf ("%s · %s", standing->block, standing->in_charge);

  td_review_cell_set (gtk_list_item_get_child (item), standing->unit_name, block);
}

static void
setup_day (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "td-figures");
  gtk_list_item_set_child (item, label);
}

/* @property: of the item; what hasn't come is said in a word, not left blank. */
static void
bind_day (GtkSignalListItemFactory *factory, GtkListItem *item, const char *property)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *day = NULL;

  g_object_get (gtk_list_item_get_item (item), property, &day, NULL);
  gtk_label_set_label (GTK_LABEL (label), *day != '\0' ? day : _ ("not yet"));
  if (*day == '\0' || g_str_equal (day, "0"))
    gtk_widget_add_css_class (label, "warning");
  else
    gtk_widget_remove_css_class (label, "warning");
}

static void
add_column (TdUrgingView *self, const char *title, const char *property, int width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_day), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_day), (gpointer)property);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_fixed_width (column, width);
  gtk_column_view_append_column (self->view, column);
  g_object_unref (column);
}

/* ---- the object --------------------------------------------------------------------------- */

static void
td_urging_view_dispose (GObject *object)
{
  TdUrgingView *self = TD_URGING_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_URGING_VIEW);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  G_OBJECT_CLASS (td_urging_view_parent_class)->dispose (object);
}

static void
td_urging_view_class_init (TdUrgingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_urging_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/urging-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TdUrgingView, block_box);
  gtk_widget_class_bind_template_child (widget_class, TdUrgingView, block);
  gtk_widget_class_bind_template_child (widget_class, TdUrgingView, lack);
  gtk_widget_class_bind_template_child (widget_class, TdUrgingView, stack);
  gtk_widget_class_bind_template_child (widget_class, TdUrgingView, scroller);
  gtk_widget_class_bind_template_child (widget_class, TdUrgingView, view);
  gtk_widget_class_bind_template_child (widget_class, TdUrgingView, empty);
  gtk_widget_class_bind_template_child (widget_class, TdUrgingView, count);
  gtk_widget_class_bind_template_child (widget_class, TdUrgingView, notice);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, setup_chosen);
  gtk_widget_class_bind_template_callback (widget_class, bind_chosen);
  gtk_widget_class_bind_template_callback (widget_class, setup_unit);
  gtk_widget_class_bind_template_callback (widget_class, bind_unit);
  gtk_widget_class_install_action (widget_class, "urging.choose-all", NULL, choose_all);
}

static void
td_urging_view_init (TdUrgingView *self)
{
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->store = g_list_store_new (TD_TYPE_STANDING_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->store)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  add_column (self, _ ("Registered"), "registered", 96);
  add_column (self, _ ("Interim review"), "interim", 96);
  add_column (self, _ ("Final review"), "final", 96);
  add_column (self, _ ("Report"), "report", 96);
  add_column (self, _ ("Dossiers"), "dossiers", 78);
}

/** td_urging_view_load: see urging-view.h. */
void
td_urging_view_load (TdUrgingView *self, TdDesk *desk)
{
  gboolean board = td_desk_seat (desk) == TD_SEAT_BOARD;

  g_return_if_fail (TD_IS_URGING_VIEW (self));

  g_set_object (&self->desk, desk);
  gtk_widget_set_visible (self->block_box, board);
  self->filling = TRUE;
  fill_blocks (self);
  self->filling = FALSE;
  fill_list (self);
}
