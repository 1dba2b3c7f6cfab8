/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "files-view.h"

#include "desk/registrations.h"
#include "follow.h"
#include "rows.h"
#include "say.h"

#include <glib/gi18n.h>

struct _TdFilesView
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *record;
  char *target; /* NULL: all files of the record */
  char **kinds;
  GCancellable *attaching;

  GtkWidget *empty;
  GtkListBox *list;
  GtkWidget *attach_box;
  GtkDropDown *kind;
  GtkWidget *attach;
  GtkWidget *progress;
};

typedef enum
{
  PROP_KINDS = 1,
  N_PROPS
} TdFilesViewProperty;
typedef enum
{
  OPEN,
  N_SIGNALS
} TdFilesViewSignal;

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdFilesView, td_files_view, GTK_TYPE_BOX)

static const struct
{
  const char *kind, *label;
} labels[] = {
  { "BAO_CAO_THANH_TICH", N_ ("Achievement report") },
  { "XAC_NHAN_THUE", N_ ("Confirmation of the tax authority") },
  { "XAC_NHAN_BHXH", N_ ("Confirmation of the social insurance agency") },
  { "XAC_NHAN_BHYT", N_ ("Confirmation of health insurance") },
  { "TO_TRINH", N_ ("Submission letter") },
  { "BIEN_BAN", N_ ("Minutes of the meeting") },
  { "ANH", N_ ("Picture") },
  { "VAN_BAN", N_ ("Document sent along") },
  { "VAN_BAN_DANG_KY", N_ ("Letter of registration") },
  { "MINH_CHUNG", N_ ("Evidence of a result") },
  { "VAN_BAN_PHAT_DONG", N_ ("Document of the launch") },
  { "VAN_BAN_SO_KET", N_ ("Document of the interim review") },
  { "VAN_BAN_TONG_KET", N_ ("Document of the final review") },
  { "VAN_BAN_KHEN_THUONG", N_ ("Document of the own awards") },
  { "ANH_CONG_TRINH", N_ ("Picture of a work") },
  { "KHAC", N_ ("Other paper") },
};

static const char *
kind_label (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].kind, kind))
      return _ (labels[i].label);
  return kind;
}

/* ---- the rows -------------------------------------------------------------------- */

typedef struct
{
  TdFilesView *view;
  TdFileItem *item;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->item);
  g_free (removal);
}

#define REMOVAL_KEY "td-file-to-remove"

static void
on_removal_confirmed (gpointer data)
{
  TdFilesView *self = TD_FILES_VIEW (data);
  TdFileItem *item = g_object_get_data (G_OBJECT (self), REMOVAL_KEY);
  g_autoptr (GError) error = NULL;

  if (self->desk == NULL || item == NULL)
    return;
  if (!td_desk_detach (self->desk, item->record, item->key, &error))
    td_tell_error (GTK_WIDGET (self), &error);
}

static void
on_remove (GtkButton *button, Removal *removal)
{
  g_autofree char *body
      = g_strdup_printf (_ ("“%s” will no longer belong to this dossier. The file on the disk stays."),
                         removal->item->name);

  g_object_set_data_full (G_OBJECT (removal->view), REMOVAL_KEY, g_object_ref (removal->item), g_object_unref);
  td_confirm (GTK_WIDGET (removal->view), _ ("Remove the scan?"), body, _ ("_Remove"), TRUE, on_removal_confirmed,
              removal->view);
}

static GtkWidget *
make_row (gpointer data, gpointer view)
{
  TdFileItem *item = TD_FILE_ITEM (data);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", item->kind_label, item->size_label, item->state_label);
  GtkWidget *row = td_rows_words ("td-paper-symbolic", item->name, subtitle, NULL);
  GtkWidget *button;
  Removal *removal;

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (!item->removable)
    return row;
  button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove the scan"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Remove the scan"), -1);
  removal = g_new (Removal, 1);
  removal->view = view;
  removal->item = g_object_ref (item);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_remove), removal, removal_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static gboolean
may_attach (TdFilesView *self)
{
  /* Any new file stands for all: the rights are the same for every key. */
  return self->kinds != NULL && *self->kinds != NULL && td_desk_may_set (self->desk, self->record, "file/new/name");
}

/* What is shown here; owned. */
static GListModel *
files_of (TdFilesView *self)
{
  GListModel *all = td_desk_files (self->desk, self->record);
  GListStore *some;

  if (self->target == NULL)
    return all;
  some = g_list_store_new (TD_TYPE_FILE_ITEM);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TdFileItem) item = g_list_model_get_item (all, i);

      if (g_str_equal (item->target, self->target))
        g_list_store_append (some, item);
    }
  g_object_unref (all);
  return G_LIST_MODEL (some);
}

static void
refresh (GtkWidget *widget)
{
  TdFilesView *self = TD_FILES_VIEW (widget);
  g_autoptr (GListModel) model = NULL;
  gboolean any;

  if (self->desk == NULL || self->record == NULL)
    return;
  model = files_of (self);
  any = g_list_model_get_n_items (model) > 0;
  gtk_widget_set_visible (self->empty, !any);
  gtk_widget_set_visible (GTK_WIDGET (self->list), any);
  gtk_widget_set_visible (self->attach_box, may_attach (self));
  td_rows_show (self->list, model, make_row, self);
}

/* ---- attaching ------------------------------------------------------------------- */

static void
set_busy (TdFilesView *self, gboolean busy)
{
  gtk_widget_set_visible (self->progress, busy);
  gtk_widget_set_sensitive (self->attach, !busy);
}

static void
on_attached (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdFilesView) self = TD_FILES_VIEW (data);
  g_autoptr (GError) error = NULL;
  gboolean done = td_desk_attach_finish (TD_DESK (source), result, &error);

  if (self->desk == NULL)
    return;
  g_clear_object (&self->attaching);
  set_busy (self, FALSE);
  if (!done)
    td_tell_error (GTK_WIDGET (self), &error);
  td_follow_stale (GTK_WIDGET (self));
}

static const char *
chosen_kind (TdFilesView *self)
{
  guint position = gtk_drop_down_get_selected (self->kind);

  return position < g_strv_length (self->kinds) ? self->kinds[position] : self->kinds[0];
}

static void
attach_file (TdFilesView *self, GFile *file)
{
  if (self->record == NULL || self->attaching != NULL)
    return;
  self->attaching = g_cancellable_new ();
  set_busy (self, TRUE);
  if (self->target != NULL)
    td_desk_attach_to_row_async (self->desk, self->record, self->target, chosen_kind (self), file, self->attaching,
                                 on_attached, g_object_ref (self));
  else
    td_desk_attach_async (self->desk, self->record, chosen_kind (self), file, self->attaching, on_attached,
                          g_object_ref (self));
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  TdFilesView *self = TD_FILES_VIEW (data);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    attach_file (self, file);
  gtk_native_dialog_destroy (dialog);
}

static void
on_attach (TdFilesView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_ ("Choose the scan"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Attach"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_filter_set_name (filter, _ ("Scans: PDF, PNG, JPEG, TIFF"));
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/tiff");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), self, 0);
  /* The window does not hold a native dialog: the view does, while it is open. */
  g_object_set_data_full (G_OBJECT (self), "td-chooser", dialog, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_stop (TdFilesView *self)
{
  if (self->attaching != NULL)
    g_cancellable_cancel (self->attaching);
}

/* ---- opening --------------------------------------------------------------------- */

static void
open_elsewhere (TdFilesView *self, TdFileItem *item)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *uri = NULL;

  if (*item->path == '\0')
    {
      td_desk_want_file (self->desk, item->sha);
      td_tell (GTK_WIDGET (self), _ ("The scan is not on this machine yet; it is being downloaded."));
      return;
    }
  uri = g_filename_to_uri (item->path, NULL, NULL);
  if (uri != NULL)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static void
on_activated (TdFilesView *self, GtkListBoxRow *row)
{
  TdFileItem *item = td_rows_item (row);
  gboolean handled = FALSE;

  g_signal_emit (self, signals[OPEN], 0, item, &handled);
  if (!handled)
    open_elsewhere (self, item);
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_files_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((TdFilesViewProperty)id)
    {
    case PROP_KINDS:
      td_files_view_set_kinds (TD_FILES_VIEW (object), g_value_get_boxed (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
td_files_view_dispose (GObject *object)
{
  TdFilesView *self = TD_FILES_VIEW (object);

  if (self->attaching != NULL)
    g_cancellable_cancel (self->attaching);
  g_clear_object (&self->attaching);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->target, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_FILES_VIEW);
  G_OBJECT_CLASS (td_files_view_parent_class)->dispose (object);
}

static void
td_files_view_finalize (GObject *object)
{
  g_strfreev (TD_FILES_VIEW (object)->kinds);
  G_OBJECT_CLASS (td_files_view_parent_class)->finalize (object);
}

static void
td_files_view_class_init (TdFilesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = td_files_view_set_property;
  object_class->dispose = td_files_view_dispose;
  object_class->finalize = td_files_view_finalize;
  properties[PROP_KINDS]
      = g_param_spec_boxed ("kinds", NULL, NULL, G_TYPE_STRV, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[OPEN] = g_signal_new ("open", TD_TYPE_FILES_VIEW, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                                NULL, NULL, G_TYPE_BOOLEAN, 1, TD_TYPE_FILE_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/files-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFilesView, empty);
  gtk_widget_class_bind_template_child (widget_class, TdFilesView, list);
  gtk_widget_class_bind_template_child (widget_class, TdFilesView, attach_box);
  gtk_widget_class_bind_template_child (widget_class, TdFilesView, kind);
  gtk_widget_class_bind_template_child (widget_class, TdFilesView, attach);
  gtk_widget_class_bind_template_child (widget_class, TdFilesView, progress);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_attach);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
}

static void
td_files_view_init (TdFilesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_files_view_new: shows nothing until it is given a record. */
GtkWidget *
td_files_view_new (TdDesk *desk)
{
  GtkWidget *self = g_object_new (TD_TYPE_FILES_VIEW, NULL);

  td_files_view_set_desk (TD_FILES_VIEW (self), desk);
  return self;
}

/** td_files_view_set_desk: for a view that came out of a template. */
void
td_files_view_set_desk (TdFilesView *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_FILES_VIEW (self));
  if (g_set_object (&self->desk, desk))
    td_follow (GTK_WIDGET (self), desk, refresh);
}

/** td_files_view_set_record: a record or a dossier; NULL shows nothing. */
void
td_files_view_set_record (TdFilesView *self, const char *record)
{
  g_return_if_fail (TD_IS_FILES_VIEW (self));
  g_free (self->record);
  self->record = g_strdup (record);
  gtk_widget_set_visible (self->attach_box, FALSE);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (GTK_WIDGET (self));
  else
    td_follow_stale (GTK_WIDGET (self));
}

/** td_files_view_set_target: before the record is set. */
void
td_files_view_set_target (TdFilesView *self, const char *target)
{
  g_return_if_fail (TD_IS_FILES_VIEW (self));
  g_free (self->target);
  self->target = g_strdup (target);
}

/** td_files_view_set_kinds: what may be attached here. */
void
td_files_view_set_kinds (TdFilesView *self, const char *const *kinds)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  g_return_if_fail (TD_IS_FILES_VIEW (self));
  g_strfreev (self->kinds);
  self->kinds = g_strdupv ((char **)kinds);
  for (guint i = 0; kinds != NULL && kinds[i] != NULL; i++)
    gtk_string_list_append (model, kind_label (kinds[i]));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (model));
  gtk_widget_set_visible (GTK_WIDGET (self->kind), kinds != NULL && kinds[0] != NULL && kinds[1] != NULL);
}
