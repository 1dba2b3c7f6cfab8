/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stick-view.h"

#include "desk/packages.h"
#include "follow.h"
#include "rows.h"
#include "unit-change.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _TdStickView
{
  GtkBox parent_instance;

  TdDesk *desk;
  GCancellable *working;
  GtkFileChooserNative *chooser;
  char *receipt_of; /* the carried package whose receipt is being saved */
  char *dropped;    /* the one that is asked about */
  char *enrolment;  /* the enrolment file chosen last */
  guint tick;
  guint frames_to_lead; /* to the result */

  AdwActionRow *contents_row;
  AdwComboRow *size_row;
  GtkWidget *export_button;
  GtkWidget *import_button;
  GtkWidget *enrol_row;
  GtkWidget *progress_row;
  GtkProgressBar *progress;
  GtkWidget *result_row;
  GtkWidget *carried_box;
  GtkListBox *carried;
};

G_DEFINE_FINAL_TYPE (TdStickView, td_stick_view, GTK_TYPE_BOX)

static void
show_result (TdStickView *self, const char *sentence)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->result_row), sentence);
  gtk_widget_set_visible (self->result_row, sentence != NULL && *sentence != '\0');
}

#define PACKAGE_KEY "td-package"

static GtkWidget *
package_button (const char *label, TdRowItem *package, GCallback clicked, TdStickView *self)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", label, package->title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), PACKAGE_KEY, g_strdup (package->id), g_free);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

static void on_receipt (GtkWidget *button, TdStickView *self);
static void on_drop (GtkWidget *button, TdStickView *self);

static GtkWidget *
make_carried (gpointer item, gpointer view)
{
  TdRowItem *package = TD_ROW_ITEM (item);
  GtkWidget *row = td_rows_words (td_state_icon (package->state), package->title, package->subtitle, package->value);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  if (g_str_equal (package->state, "ok"))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               package_button (_ ("Write receipt…"), package, G_CALLBACK (on_receipt), view));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             package_button (_ ("Off the list"), package, G_CALLBACK (on_drop), view));
  return row;
}

static void
refresh (GtkWidget *widget)
{
  TdStickView *self = TD_STICK_VIEW (widget);
  g_autofree char *why = td_desk_package_why_not (self->desk);
  g_autofree char *contents = td_desk_package_text (self->desk);
  g_autoptr (GListModel) carried = td_desk_carried (self->desk);
  gboolean busy = self->working != NULL;

  adw_action_row_set_subtitle (self->contents_row, why != NULL ? why : contents);
  gtk_widget_set_sensitive (self->export_button, why == NULL && !busy);
  gtk_widget_set_sensitive (self->import_button, !busy);
  gtk_widget_set_visible (self->enrol_row, !td_desk_enrolled (self->desk) && !td_desk_enrolling_by_file (self->desk));
  gtk_widget_set_visible (self->progress_row, busy);
  td_rows_show (self->carried, carried, make_carried, self);
  gtk_widget_set_visible (self->carried_box, g_list_model_get_n_items (carried) > 0);
}

/* ---- while it works ------------------------------------------------------------- */

static gboolean
show_share (gpointer data)
{
  TdStickView *self = data;
  double share = td_desk_package_share (self->desk);

  if (share >= 0)
    gtk_progress_bar_set_fraction (self->progress, share);
  return G_SOURCE_CONTINUE;
}

static void
begin_work (TdStickView *self)
{
  self->working = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  self->tick = g_timeout_add (200, show_share, self);
  show_result (self, "");
  refresh (GTK_WIDGET (self));
}

/* What came of it is read where it stands: below the edge of a low window perhaps, as after a button that was pressed
 * by its letter. Who began to type elsewhere goes on. */
static gboolean
lead (GtkWidget *row, GdkFrameClock *clock, gpointer data)
{
  TdStickView *self = data;
  GtkRoot *root = gtk_widget_get_root (row);

  if (--self->frames_to_lead > 0)
    return G_SOURCE_CONTINUE;
  if (root != NULL && gtk_widget_get_mapped (row) && !GTK_IS_TEXT (gtk_root_get_focus (root)))
    gtk_widget_grab_focus (row);
  return G_SOURCE_REMOVE;
}

/* It has no place before the next frame, and the lists above it are filled anew meanwhile. */
static void
lead_to_result (TdStickView *self)
{
  if (self->frames_to_lead == 0)
    gtk_widget_add_tick_callback (self->result_row, lead, self, NULL);
  self->frames_to_lead = 12;
}

static void
end_work (TdStickView *self, const char *text, GError *error)
{
  g_clear_object (&self->working);
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->desk == NULL)
    return;
  show_result (self, text != NULL ? text : error->message);
  refresh (GTK_WIDGET (self));
  lead_to_result (self);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdStickView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = td_desk_export_finish (TD_DESK (source), result, NULL, &error);

  end_work (self, text, error);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdStickView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = td_desk_import_finish (TD_DESK (source), result, &error);

  end_work (self, text, error);
}

static void
on_stop (TdStickView *self)
{
  if (self->working != NULL)
    g_cancellable_cancel (self->working);
}

/* ---- choosing -------------------------------------------------------------------- */

static gint64
part_size (TdStickView *self)
{
  static const gint64 sizes[] = { TD_PACKAGE_PART_SMALL, TD_PACKAGE_PART_MIDDLE, TD_PACKAGE_PART_LARGE };

  return sizes[MIN (adw_combo_row_get_selected (self->size_row), G_N_ELEMENTS (sizes) - 1)];
}

static char *
chosen_path (GtkNativeDialog *dialog)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  return file == NULL ? NULL : g_file_get_path (file);
}

static void
choose (TdStickView *self, const char *title, GtkFileChooserAction action, const char *accept, GCallback chosen)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root), action, accept, _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", chosen, self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_folder_chosen (GtkNativeDialog *dialog, int response, TdStickView *self)
{
  g_autofree char *folder = response == GTK_RESPONSE_ACCEPT ? chosen_path (dialog) : NULL;

  if (folder == NULL || self->working != NULL)
    return;
  begin_work (self);
  td_desk_export_async (self->desk, folder, part_size (self), self->working, on_exported, g_object_ref (self));
}

static void
on_export (TdStickView *self)
{
  choose (self, _ ("Where the package goes"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Write here"),
          G_CALLBACK (on_folder_chosen));
}

static void
on_packages_chosen (GtkNativeDialog *dialog, int response, TdStickView *self)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  for (guint i = 0; response == GTK_RESPONSE_ACCEPT && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  paths = g_strv_builder_end (builder);
  if (paths[0] == NULL || self->working != NULL)
    return;
  begin_work (self);
  td_desk_import_async (self->desk, (const char *const *)paths, self->working, on_imported, g_object_ref (self));
}

static void
on_import (TdStickView *self)
{
  g_autoptr (GtkFileFilter) packages = gtk_file_filter_new ();

  choose (self, _ ("Packages and receipts"), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
          G_CALLBACK (on_packages_chosen));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_file_filter_set_name (packages, _ ("Packages (.hsb)"));
  gtk_file_filter_add_pattern (packages, "*.hsb");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), packages);
}

static void
enrol_by_file (gpointer data)
{
  TdStickView *self = data;
  g_autoptr (GError) error = NULL;

  if (td_desk_enrol_by_file (self->desk, self->enrolment, &error))
    {
      show_result (self, _ ("The file fits. Write a package and send it up; its receipt completes the enrolment."));
      return;
    }
  show_result (self, error->message);
  td_unit_change_offer (GTK_WIDGET (self), self->desk, error, enrol_by_file, self);
}

static void
on_enrolment_chosen (GtkNativeDialog *dialog, int response, TdStickView *self)
{
  char *path = response == GTK_RESPONSE_ACCEPT ? chosen_path (dialog) : NULL;

  if (path == NULL)
    return;
  g_free (self->enrolment);
  self->enrolment = path;
  enrol_by_file (self);
}

static void
on_enrol (TdStickView *self)
{
  choose (self, _ ("The province's enrolment file"), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
          G_CALLBACK (on_enrolment_chosen));
}

static void
on_receipt_folder (GtkNativeDialog *dialog, int response, TdStickView *self)
{
  g_autofree char *folder = response == GTK_RESPONSE_ACCEPT ? chosen_path (dialog) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (folder == NULL || self->receipt_of == NULL)
    return;
  text = td_desk_save_receipt (self->desk, self->receipt_of, folder, &error);
  show_result (self, text != NULL ? text : error->message);
  lead_to_result (self);
}

static void
on_receipt (GtkWidget *button, TdStickView *self)
{
  g_free (self->receipt_of);
  self->receipt_of = g_strdup (g_object_get_data (G_OBJECT (button), PACKAGE_KEY));
  choose (self, _ ("Where the receipt goes"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Write here"),
          G_CALLBACK (on_receipt_folder));
}

/* ---- off the list ------------------------------------------------------------------ */

static void
drop (gpointer data)
{
  TdStickView *self = TD_STICK_VIEW (data);
  g_autofree char *package = g_steal_pointer (&self->dropped);
  g_autoptr (GError) error = NULL;

  if (self->desk == NULL || package == NULL)
    return;
  if (td_desk_drop_carried (self->desk, package, &error))
    td_tell (GTK_WIDGET (self), _ ("Off the list. The file on the stick stays and can be read again."));
  else
    td_tell_error (GTK_WIDGET (self), &error);
}

static void
on_drop (GtkWidget *button, TdStickView *self)
{
  g_free (self->dropped);
  self->dropped = g_strdup (g_object_get_data (G_OBJECT (button), PACKAGE_KEY));
  td_confirm (
      GTK_WIDGET (self), _ ("Take the package off the list?"),
      _ ("It is not carried on from here any more, and dossiers that came only with it are no longer shown. What "
         "the centre has taken in stays; the file on the stick stays and can be read again."),
      _ ("Off the list"), TRUE, drop, self);
}

/* ---- the object -------------------------------------------------------------------- */

static void
td_stick_view_dispose (GObject *object)
{
  TdStickView *self = TD_STICK_VIEW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  on_stop (self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->receipt_of, g_free);
  g_clear_pointer (&self->dropped, g_free);
  g_clear_pointer (&self->enrolment, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_STICK_VIEW);
  G_OBJECT_CLASS (td_stick_view_parent_class)->dispose (object);
}

static void
td_stick_view_class_init (TdStickViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_stick_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/stick-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TdStickView, contents_row);
  gtk_widget_class_bind_template_child (widget_class, TdStickView, size_row);
  gtk_widget_class_bind_template_child (widget_class, TdStickView, export_button);
  gtk_widget_class_bind_template_child (widget_class, TdStickView, import_button);
  gtk_widget_class_bind_template_child (widget_class, TdStickView, enrol_row);
  gtk_widget_class_bind_template_child (widget_class, TdStickView, progress_row);
  gtk_widget_class_bind_template_child (widget_class, TdStickView, progress);
  gtk_widget_class_bind_template_child (widget_class, TdStickView, result_row);
  gtk_widget_class_bind_template_child (widget_class, TdStickView, carried_box);
  gtk_widget_class_bind_template_child (widget_class, TdStickView, carried);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, on_import);
  gtk_widget_class_bind_template_callback (widget_class, on_enrol);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
}

static void
td_stick_view_init (TdStickView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
td_stick_view_set_desk (TdStickView *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_STICK_VIEW (self) && self->desk == NULL);

  self->desk = g_object_ref (desk);
  td_follow (GTK_WIDGET (self), desk, refresh);
}
