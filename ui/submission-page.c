/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "submission-page.h"

#include "call-notes.h"
#include "desk/progress.h"
#include "dossier-rows.h"
#include "field-row.h"
#include "files-view.h"
#include "follow.h"
#include "rows.h"
#include "say.h"

#include <glib/gi18n.h>

struct _TdSubmissionPage
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *record;
  GListModel *all; /* this unit's letters, as the drop-down has them */
  gboolean filling;

  GtkLabel *state;
  GtkDropDown *letters;
  GtkButton *submit;
  GtkWidget *why_box;
  GtkLabel *why;
  TdCallNotes *calls;
  GtkLabel *quota;
  GtkWidget *none;
  GtkListBox *dossiers;
  GtkWidget *form;
  TdFilesView *files;
};

G_DEFINE_FINAL_TYPE (TdSubmissionPage, td_submission_page, GTK_TYPE_BOX)

#define DOSSIER_KEY "td-dossier"

/* The letter that is not handed in yet is the first, if there is one. */
static gboolean
is_open (TdSubmissionPage *self)
{
  guint n = self->all != NULL ? g_list_model_get_n_items (self->all) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (self->all, i);

      if (g_strcmp0 (row->id, self->record) == 0)
        return !g_str_equal (row->state, "ok");
    }
  return TRUE;
}

/* ---- the dossiers -------------------------------------------------------------------- */

static void
on_listed (GtkCheckButton *check, TdSubmissionPage *self)
{
  const char *dossier = g_object_get_data (G_OBJECT (check), DOSSIER_KEY);
  g_autoptr (GError) error = NULL;

  if (self->filling)
    return;
  if (!td_desk_include (self->desk, dossier, gtk_check_button_get_active (check), &error))
    td_tell_error (GTK_WIDGET (self), &error);
  td_follow_stale (GTK_WIDGET (self));
}

static void
add_part (GString *text, const char *part)
{
  if (*part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static GtkWidget *
make_open_button (TdDossierItem *item)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("go-next-symbolic");
  g_autofree char *spoken = g_strdup_printf (_ ("Open the dossier: %s"), item->title);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Open the dossier"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-dossier");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", item->id);
  return button;
}

static GtkWidget *
make_row (gpointer data, gpointer page)
{
  TdDossierItem *item = TD_DOSSIER_ITEM (data);
  g_autoptr (GString) subtitle = g_string_new (NULL);
  GtkWidget *row, *check;

  add_part (subtitle, item->kind_label);
  add_part (subtitle, item->unit_name);
  add_part (subtitle, item->stage_label);
  row = td_rows_words (td_verdict_icon (item->verdict), *item->title != '\0' ? item->title : _ ("(no name yet)"),
                       subtitle->str, item->verdict_label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  check = gtk_check_button_new ();
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), item->listed);
  /* The row adds its title to the name. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Goes up with this letter:"), -1);
  gtk_widget_set_tooltip_text (check, _ ("Goes up with this letter (Space)"));
  g_object_set_data_full (G_OBJECT (check), DOSSIER_KEY, g_strdup (item->id), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (on_listed), page);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_open_button (item));
  return row;
}

static void
on_dossier (TdSubmissionPage *self, GtkListBoxRow *row)
{
  TdDossierItem *item = td_rows_item (row);

  /* What is still being prepared is ticked, what went up is read. */
  if (!is_open (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-dossier", "s", item->id);
}

static GListModel *
carried_by (TdSubmissionPage *self)
{
  g_autoptr (GListModel) all = td_desk_dossiers (self->desk, TD_LIST_ALL);
  GListStore *store = g_list_store_new (TD_TYPE_DOSSIER_ITEM);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (all, i);

      if (g_strcmp0 (item->submission, self->record) == 0)
        g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}

static void
show_dossiers (TdSubmissionPage *self, gboolean open)
{
  g_autoptr (GListModel) model = open ? td_desk_dossiers (self->desk, TD_LIST_SELECTION) : carried_by (self);
  gboolean any = g_list_model_get_n_items (model) > 0;

  self->filling = TRUE;
  td_rows_show (self->dossiers, model, open ? make_row : td_dossier_row_new, self);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->dossiers), any);
  gtk_widget_set_visible (self->none, !any && open);
}

/* ---- the head ------------------------------------------------------------------------- */

static void
show_quota (TdSubmissionPage *self, gboolean open)
{
  gboolean over = FALSE;
  g_autofree char *text = td_desk_quota_text (self->desk, &over);

  gtk_label_set_label (self->quota, text);
  if (over)
    gtk_widget_add_css_class (GTK_WIDGET (self->quota), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->quota), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->quota), open);
}

static void
show_submit (TdSubmissionPage *self, gboolean open)
{
  g_autofree char *why_not = open ? td_desk_why_not (self->desk, "submit", self->record) : g_strdup ("");
  g_autofree char *label = td_desk_verb_label (self->desk, "submit");

  gtk_button_set_label (self->submit, label);
  gtk_widget_set_visible (GTK_WIDGET (self->submit), why_not == NULL || *why_not != '\0');
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit), why_not == NULL);
  gtk_label_set_label (self->why, why_not != NULL ? why_not : "");
  gtk_widget_set_visible (self->why_box, why_not != NULL && *why_not != '\0');
  gtk_label_set_label (self->state, open ? _ ("Being prepared; everything is saved by itself")
                                         : _ ("Handed in; letter and list are closed"));
}

static gboolean
is_listed (TdSubmissionPage *self, const char *record)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->all); i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (self->all, i);

      if (g_strcmp0 (row->id, record) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What this unit wrote, and before it the letter that nobody wrote anything in yet. */
static void
load_letters (TdSubmissionPage *self)
{
  g_autofree char *open = td_desk_submission (self->desk, NULL);
  g_autoptr (TdRowItem) row = NULL;

  g_clear_object (&self->all);
  self->all = td_desk_submissions (self->desk);
  if (open == NULL || is_listed (self, open))
    return;
  row = td_row_item_new ();
  td_item_set (&row->id, open);
  td_item_set (&row->title, _ ("New letter"));
  td_item_set (&row->state, "info");
  g_list_store_insert (G_LIST_STORE (self->all), 0, row);
}

/* The letter in view had no words yet, and the unit's other machine began one. */
static void
show_open (TdSubmissionPage *self)
{
  g_autofree char *open = td_desk_submission (self->desk, NULL);

  if (open != NULL)
    td_submission_page_show (self, open);
}

static void
show_letters (TdSubmissionPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0, n = g_list_model_get_n_items (self->all);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (self->all, i);
      g_autofree char *name
          = *row->subtitle != '\0' ? g_strdup_printf ("%s, %s", row->title, row->subtitle) : g_strdup (row->title);

      gtk_string_list_append (names, name);
      if (g_strcmp0 (row->id, self->record) == 0)
        selected = i;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->letters, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->letters, selected);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->letters), n > 1);
}

static void
refresh (GtkWidget *widget)
{
  TdSubmissionPage *self = TD_SUBMISSION_PAGE (widget);
  gboolean open;

  if (self->record == NULL)
    return;
  load_letters (self);
  if (!is_listed (self, self->record))
    {
      show_open (self);
      return;
    }
  show_letters (self);
  open = is_open (self);
  show_submit (self, open);
  td_call_notes_show (self->calls, self->desk, self->record);
  show_quota (self, open);
  show_dossiers (self, open);
}

static void
on_letter_chosen (TdSubmissionPage *self)
{
  guint position = gtk_drop_down_get_selected (self->letters);
  g_autoptr (TdRowItem) row = NULL;

  if (self->filling || self->all == NULL || position == GTK_INVALID_LIST_POSITION)
    return;
  row = g_list_model_get_item (self->all, position);
  if (row != NULL && g_strcmp0 (row->id, self->record) != 0)
    td_submission_page_show (self, row->id);
}

/* ---- handing in ------------------------------------------------------------------------ */

static void
hand_in (gpointer data)
{
  TdSubmissionPage *self = TD_SUBMISSION_PAGE (data);
  g_autoptr (GError) error = NULL;

  if (self->desk == NULL)
    return;
  if (td_desk_step (self->desk, "submit", NULL, NULL, &error))
    td_tell (GTK_WIDGET (self), _ ("Handed in. It is sent as soon as the line allows."));
  else
    td_tell_error (GTK_WIDGET (self), &error);
  td_follow_stale (GTK_WIDGET (self));
}

static guint
count_listed (TdSubmissionPage *self)
{
  g_autoptr (GListModel) model = td_desk_dossiers (self->desk, TD_LIST_SELECTION);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (model, i);

      n += item->listed;
    }
  return n;
}

static void
on_submit (TdSubmissionPage *self)
{
  g_autofree char *label = td_desk_verb_label (self->desk, "submit");
  g_autofree char *body = NULL;
  guint n;

  if (!td_form_commit (GTK_WIDGET (self)))
    {
      td_tell (GTK_WIDGET (self), _ ("One field can't be read yet: put it right first."));
      return;
    }
  n = count_listed (self);
  body = g_strdup_printf (ngettext ("%u dossier goes up with this letter. It can be taken back until the next level "
                                    "has received it.",
                                    "%u dossiers go up with this letter. They can be taken back until the next level "
                                    "has received them.",
                                    n),
                          n);
  td_confirm (GTK_WIDGET (self), _ ("Hand in to the next level?"), body, label, FALSE, hand_in, self);
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_submission_page_dispose (GObject *object)
{
  TdSubmissionPage *self = TD_SUBMISSION_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->all);
  g_clear_pointer (&self->record, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_SUBMISSION_PAGE);
  G_OBJECT_CLASS (td_submission_page_parent_class)->dispose (object);
}

static void
td_submission_page_class_init (TdSubmissionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_submission_page_dispose;
  g_type_ensure (TD_TYPE_CALL_NOTES);
  g_type_ensure (TD_TYPE_FIELD_ROW);
  g_type_ensure (TD_TYPE_FILES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/submission-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, state);
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, letters);
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, submit);
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, why_box);
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, why);
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, calls);
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, quota);
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, none);
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, dossiers);
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, form);
  gtk_widget_class_bind_template_child (widget_class, TdSubmissionPage, files);
  gtk_widget_class_bind_template_callback (widget_class, on_dossier);
  gtk_widget_class_bind_template_callback (widget_class, on_letter_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
}

static void
td_submission_page_init (TdSubmissionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_submission_page_new: shows nothing until td_submission_page_show(). */
GtkWidget *
td_submission_page_new (TdDesk *desk)
{
  TdSubmissionPage *self = g_object_new (TD_TYPE_SUBMISSION_PAGE, NULL);

  self->desk = g_object_ref (desk);
  td_files_view_set_desk (self->files, desk);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}

/** td_submission_page_show: a letter of this unit; NULL: the one being prepared. */
void
td_submission_page_show (TdSubmissionPage *self, const char *record)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *open = NULL;

  g_return_if_fail (TD_IS_SUBMISSION_PAGE (self));
  if (record == NULL)
    record = open = td_desk_submission (self->desk, &error);
  if (record == NULL)
    {
      td_tell_error (GTK_WIDGET (self), &error);
      return;
    }
  if (g_strcmp0 (record, self->record) == 0)
    return;
  g_free (self->record);
  self->record = g_strdup (record);
  td_form_bind (self->form, self->desk, self->record);
  td_files_view_set_record (self->files, self->record);
  refresh (GTK_WIDGET (self));
}

/** td_submission_page_focus: FALSE when the letter in view has no such field. */
gboolean
td_submission_page_focus (TdSubmissionPage *self, const char *record, const char *path)
{
  g_return_val_if_fail (TD_IS_SUBMISSION_PAGE (self), FALSE);
  if (td_form_focus (self->form, record, path))
    return TRUE;
  if (g_str_has_prefix (path, "file"))
    return gtk_widget_child_focus (GTK_WIDGET (self->files), GTK_DIR_TAB_FORWARD);
  return *path == '\0';
}
