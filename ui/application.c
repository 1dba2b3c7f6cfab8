/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "application.h"

#include "window.h"

#include "desk/cli.h"

#include <glib/gi18n.h>

struct _TdApplication
{
  AdwApplication parent_instance;

  char *database;
  TdDesk *desk;
};

G_DEFINE_FINAL_TYPE (TdApplication, td_application, ADW_TYPE_APPLICATION)

/* ---- the desk -------------------------------------------------------------------- */

/* Puts something that opens in place, and opens it; where that fails, the window says why. */
static void
repair (GtkButton *button, TdApplication *self, gboolean (*put) (const char *path, GError **error))
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button)));
  g_autoptr (GError) error = NULL;

  g_application_hold (G_APPLICATION (self));
  if (!put (self->database, &error))
    {
      GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_STATUS_PAGE);
      g_autofree char *plain = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (ADW_STATUS_PAGE (page), plain);
    }
  else
    {
      gtk_window_destroy (window);
      g_application_activate (G_APPLICATION (self));
    }
  g_application_release (G_APPLICATION (self));
}

static void
on_restore (GtkButton *button, TdApplication *self)
{
  repair (button, self, td_desk_restore);
}

static void
on_begin_anew (GtkButton *button, TdApplication *self)
{
  repair (button, self, td_desk_begin_anew);
}

/* The newest whole copy, made @when; NULL: there is none, so beginning anew. */
static GtkWidget *
repair_button (TdApplication *self, const char *when)
{
  g_autofree char *words = NULL;
  GtkWidget *button;

  if (when != NULL)
    words = g_strdup_printf (_ ("_Restore the copy of %s"), when);
  else
    words = g_strdup (_ ("_Begin anew, keep the damaged file"));
  button = gtk_button_new_with_mnemonic (words);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  if (when != NULL)
    gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect (button, "clicked", when != NULL ? G_CALLBACK (on_restore) : G_CALLBACK (on_begin_anew), self);
  return button;
}

/* What happened, what was kept, and what to do next. */
static char *
trouble_words (const GError *error, gboolean lost)
{
  if (!lost)
    return g_markup_escape_text (error->message, -1);
  return g_markup_printf_escaped (
      "%s %s", error->message,
      _ ("There is no copy of it on this machine. After beginning anew and enrolling, what was "
         "sent comes back from the center; ask the administrator about the rest before."));
}

/* Nothing can be done without the desk: say why, and what stays as it was. */
static void
show_trouble (TdApplication *self, const GError *error)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_status_page_new ();
  gboolean damaged = g_error_matches (error, TD_DESK_ERROR, TD_DESK_ERROR_DAMAGED);
  g_autofree char *when = damaged ? td_desk_good_backup (self->database) : NULL;
  g_autofree char *plain = trouble_words (error, damaged && when == NULL);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("The data cannot be opened"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), plain);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), damaged ? repair_button (self, when) : NULL);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Emulation Dossiers"));
  gtk_window_set_default_size (GTK_WINDOW (window), 720, 560);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

static gboolean
start_exchange (gpointer data)
{
  TdApplication *self = data;

  if (self->desk != NULL)
    td_desk_start_exchange (self->desk);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static void
on_first_frame (GtkWidget *window, gpointer data)
{
  g_signal_handlers_disconnect_by_func (window, on_first_frame, data);
  /* Below drawing: the line is asked only when the window can be seen. */
  g_idle_add_full (G_PRIORITY_LOW, start_exchange, g_object_ref (data), NULL);
}

static void
td_application_activate (GApplication *application)
{
  TdApplication *self = TD_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GError) error = NULL;

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }
  if (self->desk == NULL)
    self->desk = td_desk_open (self->database, td_cli_datadir (), &error);
  if (self->desk == NULL)
    {
      show_trouble (self, error);
      return;
    }
  window = td_window_new (self, self->desk);
  g_signal_connect (window, "map", G_CALLBACK (on_first_frame), self);
  gtk_window_present (window);
}

/* ---- actions ------------------------------------------------------------------------ */

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *application = GTK_APPLICATION (data);

  adw_show_about_window (gtk_application_get_active_window (application), "application-name", _ ("Emulation Dossiers"),
                         "application-icon", TD_APP_ID, "version", TD_VERSION, "comments",
                         _ ("Dossiers of the emulation campaign, from the commune to the province"), "license-type",
                         GTK_LICENSE_GPL_3_0, NULL);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  /* Through the window, so that what is only typed is written first. */
  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (G_APPLICATION (data));
}

static void
td_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "about", on_about },
    { "quit", on_quit },
  };
  static const struct
  {
    const char *action;
    const char *keys[3];
  } accelerators[] = {
    { "app.quit", { "<Control>q" } },
    { "win.place::overview", { "<Alt>1", "<Control>1" } },
    { "win.place::targets", { "<Alt>2", "<Control>2" } },
    { "win.place::dossiers", { "<Alt>3", "<Control>3" } },
    { "win.place::review", { "<Alt>4", "<Control>4" } },
    { "win.place::reviews", { "<Alt>5", "<Control>5" } },
    { "win.place::circulars", { "<Alt>6", "<Control>6" } },
    { "win.place::exchange", { "<Alt>7", "<Control>7" } },
    { "win.place::journal", { "<Alt>8", "<Control>8" } },
    { "win.place::catalogue", { "<Alt>9", "<Control>9" } },
    { "win.place::award-roll", { "<Alt>0", "<Control>0" } },
    { "win.exchange-now", { "F5" } },
    { "win.note-call", { "F8" } },
    { "win.save-now", { "<Control>s" } },
    { "win.go-back", { "<Alt>Left" } },
    { "win.menu", { "F10" } },
  };

  G_APPLICATION_CLASS (td_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action, accelerators[i].keys);
  gtk_window_set_default_icon_name (TD_APP_ID);
}

static void
td_application_shutdown (GApplication *application)
{
  TdApplication *self = TD_APPLICATION (application);

  if (self->desk != NULL)
    td_desk_close (self->desk);
  g_clear_object (&self->desk);
  G_APPLICATION_CLASS (td_application_parent_class)->shutdown (application);
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_application_finalize (GObject *object)
{
  g_free (TD_APPLICATION (object)->database);
  G_OBJECT_CLASS (td_application_parent_class)->finalize (object);
}

static void
td_application_class_init (TdApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_application_finalize;
  G_APPLICATION_CLASS (klass)->activate = td_application_activate;
  G_APPLICATION_CLASS (klass)->startup = td_application_startup;
  G_APPLICATION_CLASS (klass)->shutdown = td_application_shutdown;
}

static void
td_application_init (TdApplication *self)
{
}

/** td_application_new: @database NULL for the person's own. */
TdApplication *
td_application_new (const char *database)
{
  GApplicationFlags flags = database != NULL ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS;
  TdApplication *self = g_object_new (TD_TYPE_APPLICATION, "application-id", TD_APP_ID, "flags", flags,
                                      "resource-base-path", "/vn/thidua/HoSo", NULL);

  self->database = g_strdup (database);
  return self;
}
