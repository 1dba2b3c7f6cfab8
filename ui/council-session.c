/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "council-session.h"

#include "choice-row.h"
#include "desk/council.h"
#include "field-row.h"
#include "member-grid.h"
#include "review-cells.h"
#include "review-step.h"
#include "stack.h"

#include <glib/gi18n.h>

#define VERB "council_opinion"

struct _TdCouncilSession
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *session;
  GListStore *store;
  GtkMultiSelection *selection;

  GtkGrid *minutes;
  GtkWidget *present;
  GtkWidget *total;
  GtkWidget *conclusion;
  GtkToggleButton *members_part;
  GtkLabel *attendance;
  GtkBox *members_box;
  GtkStack *stack;
  GtkColumnView *view;
  GtkColumnViewColumn *for_column;
  GtkColumnViewColumn *against_column;
  GtkColumnViewColumn *blank_column;
  GtkColumnViewColumn *recusal_column;
  GtkWidget *bar;
  GtkLabel *count;
};

enum
{
  TAKEN,
  TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdCouncilSession, td_council_session, GTK_TYPE_BOX)

static GPtrArray *
chosen (TdCouncilSession *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  if (gtk_bitset_iter_init_first (&iter, set, &position))
    do
      g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->store), position));
    while (gtk_bitset_iter_next (&iter, &position));
  return items;
}

static void
show_part (TdCouncilSession *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->store)) > 0;

  if (gtk_toggle_button_get_active (self->members_part))
    td_stack_show (self->stack, "members");
  else
    td_stack_show (self->stack, any ? "list" : "empty");
}

static void
update_bar (TdCouncilSession *self)
{
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  g_autoptr (GPtrArray) items = chosen (self);
  g_autofree char *text = g_strdup_printf (_ ("%u of %u chosen"), items->len, all);

  gtk_label_set_label (self->count, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "council.outcome", items->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "council.all-in-favour", items->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "council.choose-all", all > 0);
  gtk_widget_set_visible (self->bar, all > 0);
  show_part (self);
}

/* ---- cells ---- */

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
setup_title (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, td_review_cell_new ());
}

static void
bind_title (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  TdDossierItem *dossier = gtk_list_item_get_item (item);

  td_review_cell_set (gtk_list_item_get_child (item), dossier->title, dossier->unit_name);
}

static void
setup_field (GtkSignalListItemFactory *factory, GtkListItem *item, const char *member)
{
  GtkWidget *field = g_object_new (TD_TYPE_FIELD_ROW, "compact", TRUE, NULL);

  gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
  gtk_list_item_set_child (item, field);
}

/* "vote/%s/for": where the column's member stands in the session. */
static void
bind_field (GtkSignalListItemFactory *factory, GtkListItem *item, const char *form)
{
  GtkWidget *field = gtk_list_item_get_child (item);
  TdCouncilSession *self = g_object_get_data (G_OBJECT (factory), "session");
  TdDossierItem *dossier = gtk_list_item_get_item (item);
  g_auto (GStrv) parts = g_strsplit (form, "%s", 2);
  g_autofree char *path = g_strconcat (parts[0], dossier->id, parts[1], NULL);

  td_field_bind (TD_FIELD (field), self->desk, self->session, path);
}

static void
unbind_field (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  td_field_commit (TD_FIELD (gtk_list_item_get_child (item)));
}

static void
set_field_column (TdCouncilSession *self, GtkColumnViewColumn *column, const char *form)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), "session", self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_field), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_field), (gpointer)form);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_field), NULL);
  gtk_column_view_column_set_factory (column, factory);
  g_object_unref (factory);
}

/* ---- steps ---- */

static void
trouble (TdCouncilSession *self, const char *sentence)
{
  g_signal_emit (self, signals[TROUBLE], 0, sentence);
}

static void
outcome (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdCouncilSession *self = TD_COUNCIL_SESSION (widget);
  g_autoptr (GPtrArray) items = chosen (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  const char *words[] = { "session", self->session, "outcome", g_variant_get_string (parameter, NULL), NULL };

  if (items->len == 0 || self->session == NULL || !td_council_session_commit (self))
    return;
  if (td_review_take (self->desk, VERB, items, words, &sentence, &error))
    g_signal_emit (self, signals[TAKEN], 0, sentence);
  else
    trouble (self, error->message);
}

/* Ids of @items, NULL-ended; borrowed from them. */
static const char **
ids_of (GPtrArray *items)
{
  const char **ids = g_new0 (const char *, items->len + 1);

  for (guint i = 0; i < items->len; i++)
    ids[i] = ((TdDossierItem *)g_ptr_array_index (items, i))->id;
  return ids;
}

static void
all_in_favour (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdCouncilSession *self = TD_COUNCIL_SESSION (widget);
  g_autoptr (GPtrArray) items = chosen (self);
  g_autofree const char **ids = ids_of (items);
  g_autoptr (GError) error = NULL;

  if (!td_council_session_commit (self) || self->session == NULL)
    return;
  if (!td_desk_all_in_favour (self->desk, self->session, ids, &error))
    trouble (self, error->message);
}

/* ---- who took part ---- */

/* The typed figures count only without a list; the conclusion takes their place. */
static void
show_figures (TdCouncilSession *self, gboolean typed)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->minutes));
  GtkLayoutChild *child = gtk_layout_manager_get_layout_child (layout, self->conclusion);

  gtk_widget_set_visible (self->present, typed);
  gtk_widget_set_visible (self->total, typed);
  gtk_grid_layout_child_set_column_span (GTK_GRID_LAYOUT_CHILD (child), typed ? 2 : 4);
}

static void
show_attendance (TdCouncilSession *self)
{
  g_autofree char *share = td_desk_share_asked (self->desk);
  g_autofree char *text = NULL;
  gboolean listed;
  int present, total;

  td_desk_attendance (self->desk, self->session, &listed, &present, &total);
  show_figures (self, !listed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "council.all-present", listed && present < total);
  text = listed ? g_strdup_printf (_ ("Present: %d of %d. %s"), present, total, share) : g_strdup (share);
  gtk_label_set_label (self->attendance, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->attendance), *text != '\0' ? text : NULL);
}

/* A grid shows one record only: another session gets another grid. */
static void
show_members (TdCouncilSession *self, gboolean other)
{
  GtkWidget *grid = gtk_widget_get_first_child (GTK_WIDGET (self->members_box));

  if (other && grid != NULL)
    {
      gtk_box_remove (self->members_box, grid);
      grid = NULL;
    }
  if (grid != NULL)
    {
      td_row_grid_sync (TD_ROW_GRID (grid));
      return;
    }
  grid = g_object_new (TD_TYPE_ROW_GRID, NULL);
  gtk_box_append (self->members_box, grid);
  td_member_grid_bind (TD_ROW_GRID (grid), self->desk, self->session, TRUE);
}

static void
seat (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdCouncilSession *self = TD_COUNCIL_SESSION (widget);
  g_autoptr (GError) error = NULL;

  if (self->session == NULL || !td_council_session_commit (self))
    return;
  if (td_desk_seat_members (self->desk, self->session, &error))
    gtk_toggle_button_set_active (self->members_part, TRUE);
  else
    trouble (self, error->message);
}

static void
all_present (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdCouncilSession *self = TD_COUNCIL_SESSION (widget);
  g_autoptr (GError) error = NULL;

  if (self->session == NULL || !td_council_session_commit (self))
    return;
  if (!td_desk_all_present (self->desk, self->session, &error))
    trouble (self, error->message);
}

static void
on_part (TdCouncilSession *self)
{
  show_part (self);
}

static void
choose_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (TD_COUNCIL_SESSION (widget)->selection));
}

static void
td_council_session_dispose (GObject *object)
{
  TdCouncilSession *self = TD_COUNCIL_SESSION (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_COUNCIL_SESSION);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->session, g_free);
  G_OBJECT_CLASS (td_council_session_parent_class)->dispose (object);
}

static void
td_council_session_class_init (TdCouncilSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_council_session_dispose;
  g_type_ensure (TD_TYPE_CHOICE_ROW);
  g_type_ensure (TD_TYPE_FIELD_ROW);
  g_type_ensure (TD_TYPE_ROW_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/council-session.ui");
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, minutes);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, present);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, total);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, conclusion);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, members_part);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, attendance);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, members_box);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, stack);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, view);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, for_column);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, against_column);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, blank_column);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, recusal_column);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, bar);
  gtk_widget_class_bind_template_child (widget_class, TdCouncilSession, count);
  gtk_widget_class_bind_template_callback (widget_class, on_part);
  gtk_widget_class_bind_template_callback (widget_class, setup_chosen);
  gtk_widget_class_bind_template_callback (widget_class, bind_chosen);
  gtk_widget_class_bind_template_callback (widget_class, setup_title);
  gtk_widget_class_bind_template_callback (widget_class, bind_title);
  gtk_widget_class_install_action (widget_class, "council.outcome", "s", outcome);
  gtk_widget_class_install_action (widget_class, "council.all-in-favour", NULL, all_in_favour);
  gtk_widget_class_install_action (widget_class, "council.choose-all", NULL, choose_all);
  gtk_widget_class_install_action (widget_class, "council.seat", NULL, seat);
  gtk_widget_class_install_action (widget_class, "council.all-present", NULL, all_present);

  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TROUBLE] = g_signal_new ("trouble", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_council_session_init (TdCouncilSession *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->store = g_list_store_new (TD_TYPE_DOSSIER_ITEM);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->store)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (update_bar), self, G_CONNECT_SWAPPED);
  set_field_column (self, self->for_column, "vote/%s/for");
  set_field_column (self, self->against_column, "vote/%s/against");
  set_field_column (self, self->blank_column, "vote/%s/blank");
  set_field_column (self, self->recusal_column, "recusal/%s");
}

/* The same dossiers in the same order: nothing to build anew under a cursor. */
static gboolean
same_dossiers (GListModel *now, GPtrArray *wanted)
{
  if (g_list_model_get_n_items (now) != wanted->len)
    return FALSE;
  for (guint i = 0; i < wanted->len; i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (now, i);
      TdDossierItem *other = g_ptr_array_index (wanted, i);

      if (!g_str_equal (item->id, other->id))
        return FALSE;
    }
  return TRUE;
}

static void
load_dossiers (TdCouncilSession *self)
{
  g_autoptr (GListModel) all = td_desk_dossiers (self->desk, TD_LIST_ALL);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (all, i);

      if (g_str_equal (item->stage, "in_council"))
        g_ptr_array_add (wanted, g_steal_pointer (&item));
    }
  if (!same_dossiers (G_LIST_MODEL (self->store), wanted))
    g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), wanted->pdata,
                         wanted->len);
}

/**
 * td_council_session_load:
 * @self: a session
 * @desk: the board's desk
 *
 * Loads the session being prepared, or shows what changed.
 */
void
td_council_session_load (TdCouncilSession *self, TdDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *session = NULL;
  gboolean other;

  g_return_if_fail (TD_IS_COUNCIL_SESSION (self));
  g_return_if_fail (TD_IS_DESK (desk));

  g_set_object (&self->desk, desk);
  session = td_desk_session (desk, &error);
  if (session == NULL)
    {
      trouble (self, error->message);
      return;
    }
  other = g_strcmp0 (session, self->session) != 0;
  if (other)
    {
      g_free (self->session);
      self->session = g_steal_pointer (&session);
      g_list_store_remove_all (self->store);
      td_form_bind (GTK_WIDGET (self->minutes), desk, self->session);
    }
  /* Who is tied to a nominee is found anew whenever somebody comes or goes. */
  if (!td_desk_fill_recusals (desk, self->session, &error))
    trouble (self, error->message);
  show_members (self, other);
  show_attendance (self);
  load_dossiers (self);
  update_bar (self);
}

/**
 * td_council_session_commit:
 * @self: a session
 *
 * Returns: whether everything typed is written
 */
gboolean
td_council_session_commit (TdCouncilSession *self)
{
  g_return_val_if_fail (TD_IS_COUNCIL_SESSION (self), FALSE);

  return td_form_commit (GTK_WIDGET (self));
}
