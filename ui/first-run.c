/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "first-run.h"

#include "desk/packages.h"
#include "desk/plans.h"
#include "enrol-form.h"
#include "rows.h"
#include "stack.h"
#include "unit-change.h"

#include <glib/gi18n.h>

struct _TdFirstRun
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *unit; /* the key chosen */
  gboolean done;

  GtkInfoBar *trouble;
  GtkLabel *trouble_label;
  GtkWidget *plans_box;
  GtkListBox *plans;
  GtkEditable *search;
  GtkStack *results;
  GtkListBox *units;
  GtkWidget *chosen_box;
  GtkLabel *chosen;
  GtkEditable *person;
  GtkEditable *position;
  TdEnrolForm *enrol;
  GtkWidget *without;
  GtkWidget *with;
  GtkFileChooserNative *chooser; /* of the enrolment file */
  char *file;                    /* the enrolment file chosen last */
};

typedef enum
{
  DONE,
  N_SIGNALS
} TdFirstRunSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdFirstRun, td_first_run, GTK_TYPE_BOX)

static void
show_trouble (TdFirstRun *self, const char *sentence)
{
  gtk_label_set_label (self->trouble_label, sentence != NULL ? sentence : "");
  gtk_info_bar_set_revealed (self->trouble, sentence != NULL);
}

static void
update_buttons (TdFirstRun *self)
{
  gtk_widget_set_sensitive (self->without, self->unit != NULL);
  gtk_widget_set_sensitive (self->with, self->unit != NULL && td_enrol_form_is_filled (self->enrol));
}

static gboolean
take_unit (TdFirstRun *self)
{
  g_autoptr (GError) error = NULL;

  if (self->unit == NULL)
    return FALSE;
  td_desk_set_person (self->desk, gtk_editable_get_text (self->person), gtk_editable_get_text (self->position));
  if (td_desk_choose_unit (self->desk, self->unit, &error))
    return TRUE;
  show_trouble (self, error->message);
  return FALSE;
}

static void
finish (TdFirstRun *self)
{
  self->done = TRUE;
  g_signal_emit (self, signals[DONE], 0);
}

/* ---- callbacks -------------------------------------------------------------- */

static void
on_search (TdFirstRun *self)
{
  const char *query = gtk_editable_get_text (self->search);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GListStore) model = NULL;

  if (*query == '\0')
    {
      td_stack_show (self->results, "hint");
      return;
    }
  found = td_desk_search_units (self->desk, query);
  model = g_list_store_new (TD_TYPE_ROW_ITEM);
  for (guint i = 0; i < found->len; i++)
    g_list_store_append (model, g_ptr_array_index (found, i));
  td_stack_show (self->results, found->len > 0 ? "found" : "none");
  td_rows_show (self->units, G_LIST_MODEL (model), td_rows_choice, NULL);
}

/* Another plan has other units: what was chosen before is not among them. */
static void
on_plan_selected (TdFirstRun *self, GtkListBoxRow *row)
{
  TdRowItem *item = row != NULL ? td_rows_item (row) : NULL;
  g_autoptr (GError) error = NULL;

  if (item == NULL || self->desk == NULL)
    return;
  if (!td_desk_choose_plan (self->desk, item->id, &error))
    {
      show_trouble (self, error->message);
      return;
    }
  g_clear_pointer (&self->unit, g_free);
  gtk_widget_set_visible (self->chosen_box, FALSE);
  update_buttons (self);
  on_search (self);
}

static void
show_plans (TdFirstRun *self)
{
  g_autoptr (GListModel) plans = td_desk_plans (self->desk);
  guint count = g_list_model_get_n_items (plans);

  gtk_widget_set_visible (self->plans_box, count > 1);
  if (count < 2)
    return;
  td_rows_show (self->plans, plans, td_rows_choice, NULL);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (TdRowItem) item = g_list_model_get_item (plans, i);

      if (g_strcmp0 (item->state, "ok") == 0)
        gtk_list_box_select_row (self->plans, gtk_list_box_get_row_at_index (self->plans, (int)i));
    }
}

static void
on_search_enter (TdFirstRun *self)
{
  GtkListBoxRow *row;

  on_search (self);
  row = gtk_list_box_get_row_at_index (self->units, 0);
  if (row == NULL || gtk_stack_get_visible_child_name (self->results)[0] != 'f')
    return;
  gtk_list_box_select_row (self->units, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_chosen (TdFirstRun *self, const char *unit, const char *name, const char *of)
{
  g_autofree char *words
      = *of != '\0' ? g_strdup_printf (_ ("Chosen: %s (%s)"), name, of) : g_strdup_printf (_ ("Chosen: %s"), name);

  g_free (self->unit);
  self->unit = g_strdup (unit);
  gtk_label_set_label (self->chosen, words);
  gtk_widget_set_visible (self->chosen_box, TRUE);
  update_buttons (self);
}

static void
on_unit_selected (TdFirstRun *self, GtkListBoxRow *row)
{
  TdRowItem *item = row != NULL ? td_rows_item (row) : NULL;

  if (item != NULL)
    show_chosen (self, item->id, item->title, item->subtitle);
}

/* The code was for another unit, and the person changed to that one. */
static void
on_named (TdFirstRun *self)
{
  const TdUnit *unit = td_desk_unit (self->desk);

  if (unit != NULL && g_strcmp0 (unit->key, self->unit) != 0)
    show_chosen (self, unit->key, unit->full_name, "");
}

static void
on_without (TdFirstRun *self)
{
  if (take_unit (self))
    finish (self);
}

static void
on_with (TdFirstRun *self)
{
  if (!take_unit (self))
    return;
  show_trouble (self, NULL);
  td_enrol_form_enrol (self->enrol);
}

static void
enrol_by_file (gpointer data)
{
  TdFirstRun *self = data;
  g_autoptr (GError) error = NULL;

  td_desk_set_person (self->desk, gtk_editable_get_text (self->person), gtk_editable_get_text (self->position));
  if (td_desk_enrol_by_file (self->desk, self->file, &error))
    {
      finish (self);
      return;
    }
  show_trouble (self, error->message);
  td_unit_change_offer (GTK_WIDGET (self), self->desk, error, enrol_by_file, self);
}

/* The file names the unit: nothing has to be chosen before. */
static void
on_file_chosen (GtkNativeDialog *dialog, int response, TdFirstRun *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  char *path = response == GTK_RESPONSE_ACCEPT && file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    return;
  g_free (self->file);
  self->file = path;
  enrol_by_file (self);
}

static void
on_file (TdFirstRun *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("The province's enrolment file"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_file_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_failed (TdFirstRun *self, const char *sentence)
{
  show_trouble (self, sentence);
}

static void
on_trouble_closed (TdFirstRun *self)
{
  show_trouble (self, NULL);
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_first_run_dispose (GObject *object)
{
  TdFirstRun *self = TD_FIRST_RUN (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->file, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_FIRST_RUN);
  G_OBJECT_CLASS (td_first_run_parent_class)->dispose (object);
}

static void
td_first_run_class_init (TdFirstRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_first_run_dispose;
  signals[DONE] = g_signal_new ("done", TD_TYPE_FIRST_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (TD_TYPE_ENROL_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/first-run.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, trouble);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, plans_box);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, plans);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, search);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, results);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, units);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, chosen_box);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, chosen);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, person);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, position);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, enrol);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, without);
  gtk_widget_class_bind_template_child (widget_class, TdFirstRun, with);
  gtk_widget_class_bind_template_callback (widget_class, on_plan_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_unit_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_without);
  gtk_widget_class_bind_template_callback (widget_class, on_with);
  gtk_widget_class_bind_template_callback (widget_class, on_file);
  gtk_widget_class_bind_template_callback (widget_class, on_trouble_closed);
}

static void
td_first_run_init (TdFirstRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->enrol, "notify::filled", G_CALLBACK (update_buttons), self);
  g_signal_connect_swapped (self->enrol, "enrolled", G_CALLBACK (finish), self);
  g_signal_connect_swapped (self->enrol, "failed", G_CALLBACK (on_failed), self);
}

/** td_first_run_new: asks which unit @desk is. */
GtkWidget *
td_first_run_new (TdDesk *desk)
{
  TdFirstRun *self = g_object_new (TD_TYPE_FIRST_RUN, NULL);

  self->desk = g_object_ref (desk);
  show_plans (self);
  td_enrol_form_set_desk (self->enrol, desk);
  g_signal_connect_object (desk, "named", G_CALLBACK (on_named), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** td_first_run_is_done: may the work begin. */
gboolean
td_first_run_is_done (TdFirstRun *self)
{
  g_return_val_if_fail (TD_IS_FIRST_RUN (self), FALSE);
  return self->done;
}
