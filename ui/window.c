/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window.h"

#include "call-dialog.h"
#include "desk/calls.h"
#include "field.h"
#include "first-run.h"
#include "page-circulars.h"
#include "page.h"
#include "person-dialog.h"
#include "places.h"
#include "stack.h"
#include "status-foot.h"

#include <glib/gi18n.h>

struct _TdWindow
{
  AdwApplicationWindow parent_instance;

  TdDesk *desk;
  char *built_for;   /* seat and unit the pages were made for */
  char *goal_record; /* where the focus goes after the next frame */
  char *goal_path;
  guint goal;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkLabel *day;
  GtkMenuButton *menu;
  GtkStack *root;
  AdwLeaflet *leaflet;
  GtkWidget *sidebar;
  GtkListBox *place_list;
  TdStatusFoot *foot;
  GtkStack *pages;
};

G_DEFINE_FINAL_TYPE (TdWindow, td_window, ADW_TYPE_APPLICATION_WINDOW)

#define PLACE_KEY "td-place"

/* ---- the frame ------------------------------------------------------------------- */

static GtkWidget *
make_place_row (const TdPlace *place)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (_ (place->label));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (place->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, place->keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
  g_object_set_data (G_OBJECT (row), PLACE_KEY, (gpointer)place);
  return row;
}

static void
clear_places (TdWindow *self)
{
  GtkListBoxRow *row;
  GtkWidget *page;

  while ((row = gtk_list_box_get_row_at_index (self->place_list, 0)) != NULL)
    gtk_list_box_remove (self->place_list, GTK_WIDGET (row));
  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
}

static void
fill_places (TdWindow *self)
{
  TdSeat seat = td_desk_seat (self->desk);

  for (guint i = 0; i < td_n_places; i++)
    if (td_place_has_seat (&td_places[i], seat))
      gtk_list_box_append (self->place_list, make_place_row (&td_places[i]));
}

static void
name_window (TdWindow *self)
{
  const TdUnit *unit = td_desk_unit (self->desk);
  g_autofree char *date = td_date_to_screen (td_desk_today (self->desk));
  g_autofree char *title = NULL;
  g_autofree char *day = NULL;
  const char *office = unit == NULL                        ? ""
                       : *unit->party_organisation != '\0' ? unit->party_organisation
                                                           : unit->full_name;

  if (unit != NULL)
    title = g_strdup_printf ("%s - %s", unit->full_name, _ ("Emulation Dossiers"));
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _ ("Emulation Dossiers"));
  adw_window_title_set_title (self->title, unit != NULL ? unit->full_name : _ ("Emulation Dossiers"));
  adw_window_title_set_subtitle (self->title, unit != NULL && g_strcmp0 (office, unit->full_name) != 0 ? office : "");
  day = g_strdup_printf (td_desk_practice_day (self->desk) ? _ ("Campaign day: %s (practice)") : _ ("Campaign day: %s"),
                         date);
  gtk_label_set_label (self->day, day);
  gtk_widget_set_visible (GTK_WIDGET (self->day), td_desk_today (self->desk) != TD_DATE_NONE);
}

static void rebuild (TdWindow *self);

static void
show_first_run (TdWindow *self)
{
  GtkWidget *first = gtk_stack_get_child_by_name (self->root, "first-run");

  if (first == NULL)
    {
      first = td_first_run_new (self->desk);
      g_signal_connect_object (first, "done", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->root, first, "first-run");
    }
  td_stack_show (self->root, "first-run");
}

static char *
seat_and_unit (TdWindow *self)
{
  const TdUnit *unit = td_desk_unit (self->desk);

  return g_strdup_printf ("%d %s", td_desk_seat (self->desk), unit != NULL ? unit->key : "");
}

static void
build_places (TdWindow *self)
{
  g_autofree char *place = g_strdup (gtk_stack_get_visible_child_name (self->pages));

  td_form_commit (GTK_WIDGET (self->pages));
  clear_places (self);
  fill_places (self);
  td_status_foot_set_desk (self->foot, self->desk);
  td_stack_show (self->root, "main");
  if (place == NULL || td_window_show_place (self, place) == NULL)
    td_window_show_place (self, "overview");
}

/* Unit, enrolment or day are others than before. The places are made anew only for
 * another seat: a day that arrives must not take the field away from under a hand. */
static void
rebuild (TdWindow *self)
{
  GtkWidget *first = gtk_stack_get_child_by_name (self->root, "first-run");
  g_autofree char *now = seat_and_unit (self);

  name_window (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.note-call", td_desk_notes_calls (self->desk));
  if (td_desk_seat (self->desk) == TD_SEAT_NONE)
    {
      show_first_run (self);
      return;
    }
  if (first != NULL && !td_first_run_is_done (TD_FIRST_RUN (first)))
    return; /* the line may still be asked for there */
  if (g_strcmp0 (now, self->built_for) == 0)
    return;
  g_free (self->built_for);
  self->built_for = g_steal_pointer (&now);
  build_places (self);
  if (first != NULL)
    gtk_stack_remove (self->root, first);
}

/* ---- places ----------------------------------------------------------------------- */

static GtkListBoxRow *
row_of_place (TdWindow *self, const char *name)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->place_list, i)) != NULL; i++)
    {
      const TdPlace *place = g_object_get_data (G_OBJECT (row), PLACE_KEY);

      if (g_str_equal (place->name, name))
        return row;
    }
  return NULL;
}

static GtkWidget *
ensure_page (TdWindow *self, const TdPlace *place)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, place->name);

  if (page != NULL)
    return page;
  page = place->create (self->desk);
  gtk_stack_add_named (self->pages, page, place->name);
  return page;
}

static void
on_place_selected (TdWindow *self, GtkListBoxRow *row)
{
  const TdPlace *place;

  if (row == NULL)
    return;
  place = g_object_get_data (G_OBJECT (row), PLACE_KEY);
  ensure_page (self, place);
  td_stack_show (self->pages, place->name);
}

static void
enter_page (TdWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (page != NULL && TD_IS_PAGE (page))
    td_page_enter (TD_PAGE (page));
}

static void
on_place_activated (TdWindow *self, GtkListBoxRow *row)
{
  on_place_selected (self, row);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->pages));
  enter_page (self);
}

/* ---- going to a field --------------------------------------------------------------- */

/* After a frame: a page just shown has no places for its fields before. */
static gboolean
go_to_goal (gpointer data)
{
  TdWindow *self = data;
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);
  g_autofree char *record = g_steal_pointer (&self->goal_record);
  g_autofree char *path = g_steal_pointer (&self->goal_path);

  self->goal = 0;
  if (page == NULL)
    return G_SOURCE_REMOVE;
  if (TD_IS_PAGE (page))
    td_page_open (TD_PAGE (page), record, path);
  else
    td_form_focus (page, record, path);
  return G_SOURCE_REMOVE;
}

static void
set_goal (TdWindow *self, const char *record, const char *path)
{
  g_free (self->goal_record);
  self->goal_record = g_strdup (record);
  g_free (self->goal_path);
  self->goal_path = g_strdup (path);
  if (self->goal == 0)
    self->goal = g_timeout_add_full (GDK_PRIORITY_REDRAW + 10, 60, go_to_goal, self, NULL);
}

static void
open_record (TdWindow *self, const char *record, const char *path)
{
  const char *place = td_place_of_record (self->desk, record);
  GtkWidget *page = td_window_show_place (self, place);

  if (page == NULL)
    return;
  if (TD_IS_PAGE (page))
    td_page_open (TD_PAGE (page), record, "");
  if (*path != '\0')
    set_goal (self, record, path);
}

/* ---- actions ------------------------------------------------------------------------ */

static void
action_place (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (td_window_show_place (TD_WINDOW (widget), g_variant_get_string (parameter, NULL)) != NULL)
    enter_page (TD_WINDOW (widget));
}

static void
action_open_dossier (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_record (TD_WINDOW (widget), g_variant_get_string (parameter, NULL), "");
}

/* The letter being prepared. */
static void
action_open_letter (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *letter = td_desk_submission (TD_WINDOW (widget)->desk, NULL);

  if (letter != NULL)
    open_record (TD_WINDOW (widget), letter, "");
}

static void
action_open_field (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdWindow *self = TD_WINDOW (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);
  const char *record, *path;

  g_variant_get (parameter, "(&s&s)", &record, &path);
  if (page != NULL && td_form_focus (page, record, path))
    return;
  open_record (self, record, path);
}

static void
action_write_notice (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *page = td_window_show_place (TD_WINDOW (widget), "circulars");

  if (page != NULL)
    td_page_circulars_write_notice (TD_PAGE_CIRCULARS (page), g_variant_get_string (parameter, NULL));
}

static void
action_exchange_now (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdWindow *self = TD_WINDOW (widget);

  td_form_commit (GTK_WIDGET (self->pages));
  td_desk_exchange_now (self->desk);
}

/* Word and Excel habits: Ctrl+S writes at once and says that it is done. */
static void
action_save_now (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdWindow *self = TD_WINDOW (widget);
  gboolean all = td_form_commit (GTK_WIDGET (self->pages));
  AdwToast *toast = adw_toast_new (all ? _ ("Saved. Everything typed is written to this machine by itself.")
                                       : _ ("One field can't be read yet; its words are kept beside it."));

  adw_toast_set_timeout (toast, 4);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
action_go_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdWindow *self = TD_WINDOW (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (page != NULL && TD_IS_PAGE (page) && td_page_go_back (TD_PAGE (page)))
    return;
  adw_leaflet_set_visible_child (self->leaflet, self->sidebar);
  gtk_widget_child_focus (self->sidebar, GTK_DIR_TAB_FORWARD);
}

static void
action_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (TD_WINDOW (widget)->menu);
}

static void
action_person (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *dialog = td_person_dialog_new (TD_WINDOW (widget)->desk);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (widget));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
action_note_call (GtkWidget *widget, const char *name, GVariant *parameter)
{
  td_call_dialog_show (GTK_WINDOW (widget), TD_WINDOW (widget)->desk);
}

static void
action_note_typing (GtkWidget *widget, const char *name, GVariant *parameter)
{
  td_status_foot_refresh (TD_WINDOW (widget)->foot);
}

/* ---- the object ---------------------------------------------------------------- */

static gboolean
td_window_close_request (GtkWindow *window)
{
  /* What can't be read is kept as a draft: closing never asks and never loses. */
  td_form_commit (GTK_WIDGET (TD_WINDOW (window)->pages));
  return GTK_WINDOW_CLASS (td_window_parent_class)->close_request (window);
}

static void
td_window_dispose (GObject *object)
{
  TdWindow *self = TD_WINDOW (object);

  g_clear_handle_id (&self->goal, g_source_remove);
  g_clear_pointer (&self->built_for, g_free);
  g_clear_pointer (&self->goal_record, g_free);
  g_clear_pointer (&self->goal_path, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_WINDOW);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (td_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.place", "s", action_place);
  gtk_widget_class_install_action (widget_class, "win.open-dossier", "s", action_open_dossier);
  gtk_widget_class_install_action (widget_class, "win.open-letter", NULL, action_open_letter);
  gtk_widget_class_install_action (widget_class, "win.open-field", "(ss)", action_open_field);
  gtk_widget_class_install_action (widget_class, "win.write-notice", "s", action_write_notice);
  gtk_widget_class_install_action (widget_class, "win.exchange-now", NULL, action_exchange_now);
  gtk_widget_class_install_action (widget_class, "win.save-now", NULL, action_save_now);
  gtk_widget_class_install_action (widget_class, "win.go-back", NULL, action_go_back);
  gtk_widget_class_install_action (widget_class, "win.menu", NULL, action_menu);
  gtk_widget_class_install_action (widget_class, "win.person", NULL, action_person);
  gtk_widget_class_install_action (widget_class, "win.note-call", NULL, action_note_call);
  gtk_widget_class_install_action (widget_class, "win.note-typing", NULL, action_note_typing);
}

static void
td_window_class_init (TdWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = td_window_close_request;
  g_type_ensure (TD_TYPE_STATUS_FOOT);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, TdWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, title);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, day);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, root);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, place_list);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, on_place_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_place_activated);
  install_actions (widget_class);
}

static void
td_window_init (TdWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_window_new: a window of @desk. */
GtkWindow *
td_window_new (TdApplication *application, TdDesk *desk)
{
  TdWindow *self = g_object_new (TD_TYPE_WINDOW, "application", application, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "named", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WINDOW (self);
}

/** td_window_get_desk: the desk @self shows. */
TdDesk *
td_window_get_desk (TdWindow *self)
{
  g_return_val_if_fail (TD_IS_WINDOW (self), NULL);
  return self->desk;
}

/** td_window_show_place: the page of @place, NULL where the seat has none. */
GtkWidget *
td_window_show_place (TdWindow *self, const char *place)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (TD_IS_WINDOW (self), NULL);
  row = row_of_place (self, place);
  if (row == NULL)
    return NULL;
  gtk_list_box_select_row (self->place_list, row);
  on_place_selected (self, row);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->pages));
  return gtk_stack_get_visible_child (self->pages);
}
