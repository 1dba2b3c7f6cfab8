/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report-form.h"

#include "call-notes.h"
#include "chain-view.h"
#include "desk/reports.h"
#include "field-row.h"
#include "field.h"
#include "files-view.h"
#include "follow.h"
#include "mail-dialog.h"
#include "rows.h"
#include "say.h"

#include <glib/gi18n.h>

#define SECTION_LINES 4

struct _TdReportForm
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *report;
  gboolean interim;

  GtkListBox *status;
  TdCallNotes *calls;
  TdChainView *chain;
  GtkBox *sections;
  GtkFlowBox *figures;
  GtkWidget *below_box;
  GtkLabel *below;
  GtkWidget *write_below;
  TdFilesView *files;
  GtkWidget *hand_in;
  GtkWidget *package;
};

G_DEFINE_FINAL_TYPE (TdReportForm, td_report_form, GTK_TYPE_BOX)

/* ---- what stands there -------------------------------------------------------------- */

static GtkWidget *
make_figure (gpointer item, gpointer data)
{
  TdRowItem *figure = TD_ROW_ITEM (item);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (figure->title);
  GtkWidget *value = gtk_label_new (figure->value);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_widget_add_css_class (value, "td-figures");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), value);
  return box;
}

static void
show_figures (TdReportForm *self)
{
  g_autoptr (GListModel) figures = td_desk_report_figures (self->desk, self->report);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->figures))) != NULL)
    gtk_flow_box_remove (self->figures, child);
  for (guint i = 0; i < g_list_model_get_n_items (figures); i++)
    {
      g_autoptr (TdRowItem) figure = g_list_model_get_item (figures, i);

      gtk_flow_box_append (self->figures, make_figure (figure, NULL));
      gtk_widget_set_focusable (gtk_widget_get_last_child (GTK_WIDGET (self->figures)), FALSE);
    }
}

static void
show_status (TdReportForm *self)
{
  g_autoptr (GListStore) rows = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (TdRowItem) status = td_desk_report_status (self->desk, self->interim);

  g_list_store_append (rows, status);
  td_rows_show (self->status, G_LIST_MODEL (rows), td_rows_plain, NULL);
}

static void
show_buttons (TdReportForm *self, TdDossierItem *item)
{
  gboolean may = item != NULL && item->editable;

  gtk_widget_set_sensitive (self->hand_in, may);
  gtk_widget_set_tooltip_text (self->hand_in, item == NULL ? _ ("Write at least one section first.")
                                              : may        ? NULL
                                                           : _ ("The report has been handed in."));
}

static void
refresh (GtkWidget *widget)
{
  TdReportForm *self = TD_REPORT_FORM (widget);
  g_autoptr (TdDossierItem) item = td_desk_dossier (self->desk, self->report);
  g_autofree char *below = td_desk_below_text (self->desk, self->interim);

  show_status (self);
  show_figures (self);
  show_buttons (self, item);
  td_call_notes_show (self->calls, self->desk, self->report);
  td_chain_view_set_dossier (self->chain, item != NULL ? self->report : NULL);
  gtk_widget_set_visible (self->below_box, *below != '\0');
  gtk_label_set_label (self->below, below);
  gtk_widget_set_sensitive (self->write_below, td_desk_may_set (self->desk, self->report, "below/units"));
}

/* The plan's sections, each a field of several lines. */
static void
make_sections (TdReportForm *self)
{
  g_autoptr (GListModel) sections = td_desk_report_sections (self->desk, self->report);

  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (TdRowItem) section = g_list_model_get_item (sections, i);

      gtk_box_append (self->sections, g_object_new (TD_TYPE_FIELD_ROW, "title", section->title, "path", section->id,
                                                    "lines", SECTION_LINES, NULL));
    }
}

/* ---- handing in ---------------------------------------------------------------------------- */

static void
list_in_letter (TdReportForm *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *submission = NULL;

  if (!td_desk_include (self->desk, self->report, TRUE, &error))
    {
      td_tell_error (GTK_WIDGET (self), &error);
      return;
    }
  submission = td_desk_submission (self->desk, NULL);
  if (submission != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-field", "(ss)", submission, "letter/number");
}

static void
hand_in_again (gpointer data)
{
  TdReportForm *self = TD_REPORT_FORM (data);
  const char *const dossiers[] = { self->report, NULL };
  g_autoptr (GError) error = NULL;

  if (self->desk != NULL && !td_desk_step (self->desk, "submit", dossiers, NULL, &error))
    td_tell_error (GTK_WIDGET (self), &error);
}

static void
on_hand_in (TdReportForm *self)
{
  g_autoptr (TdDossierItem) item = td_desk_dossier (self->desk, self->report);

  if (!td_form_commit (GTK_WIDGET (self)) || item == NULL)
    return;
  if (g_str_equal (item->stage, "returned"))
    td_confirm (GTK_WIDGET (self), _ ("Hand the report in again?"),
                _ ("The corrected report goes to the level that returned it."), _ ("_Hand in"), FALSE, hand_in_again,
                self);
  else
    list_in_letter (self);
}

static void
on_write_below (TdReportForm *self)
{
  g_autoptr (GError) error = NULL;

  if (!td_desk_write_below (self->desk, self->interim, &error))
    td_tell_error (GTK_WIDGET (self), &error);
}

/* ---- the package ------------------------------------------------------------------------------- */

static void
on_packed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdReportForm) self = TD_REPORT_FORM (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = td_desk_package_finish (TD_DESK (source), result, &error);
  GtkRoot *root;

  if (self->desk == NULL)
    return;
  gtk_widget_set_sensitive (self->package, TRUE);
  if (folder == NULL)
    {
      td_tell_error (GTK_WIDGET (self), &error);
      return;
    }
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (GTK_IS_WINDOW (root))
    td_mail_dialog_show (GTK_WINDOW (root), self->desk, self->interim, folder);
}

static void
on_folder_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  TdReportForm *self = TD_REPORT_FORM (data);
  g_autoptr (GFile) folder = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (folder != NULL && self->desk != NULL)
    {
      gtk_widget_set_sensitive (self->package, FALSE);
      td_desk_package_async (self->desk, self->interim, folder, NULL, on_packed, g_object_ref (self));
    }
  gtk_native_dialog_destroy (dialog);
}

static void
on_package (TdReportForm *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog;

  if (!td_form_commit (GTK_WIDGET (self)))
    return;
  dialog = gtk_file_chooser_native_new (_ ("Where to put the package"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                        GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Prepare"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_folder_chosen), self, 0);
  /* The window does not hold a native dialog: the form does, while it is open. */
  g_object_set_data_full (G_OBJECT (self), "td-chooser", dialog, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- the object -------------------------------------------------------------------------------------- */

static void
td_report_form_dispose (GObject *object)
{
  TdReportForm *self = TD_REPORT_FORM (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->report, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_REPORT_FORM);
  G_OBJECT_CLASS (td_report_form_parent_class)->dispose (object);
}

static void
td_report_form_class_init (TdReportFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_report_form_dispose;
  g_type_ensure (TD_TYPE_CALL_NOTES);
  g_type_ensure (TD_TYPE_CHAIN_VIEW);
  g_type_ensure (TD_TYPE_FIELD_ROW);
  g_type_ensure (TD_TYPE_FILES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/report-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, status);
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, calls);
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, chain);
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, sections);
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, figures);
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, below_box);
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, below);
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, write_below);
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, files);
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, hand_in);
  gtk_widget_class_bind_template_child (widget_class, TdReportForm, package);
  gtk_widget_class_bind_template_callback (widget_class, on_hand_in);
  gtk_widget_class_bind_template_callback (widget_class, on_write_below);
  gtk_widget_class_bind_template_callback (widget_class, on_package);
}

static void
td_report_form_init (TdReportForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_report_form_bind: shows the own report of @desk. */
void
td_report_form_bind (TdReportForm *self, TdDesk *desk, gboolean interim)
{
  g_return_if_fail (TD_IS_REPORT_FORM (self));
  g_return_if_fail (self->desk == NULL);

  self->desk = g_object_ref (desk);
  self->interim = interim;
  self->report = td_desk_report (desk, interim);
  make_sections (self);
  td_form_bind (GTK_WIDGET (self), desk, self->report);
  td_chain_view_set_desk (self->chain, desk);
  td_files_view_set_desk (self->files, desk);
  td_files_view_set_record (self->files, self->report);
  td_follow (GTK_WIDGET (self), desk, refresh);
}
