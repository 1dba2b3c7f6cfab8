/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-dossiers.h"

#include "desk/progress.h"
#include "dossier-editor.h"
#include "dossier-rows.h"
#include "field.h"
#include "follow.h"
#include "page.h"
#include "rows.h"
#include "say.h"
#include "stack.h"
#include "submission-page.h"

#include <glib/gi18n.h>

struct _TdPageDossiers
{
  GtkBox parent_instance;

  TdDesk *desk;
  GtkSingleSelection *selection;
  GtkWidget *editor; /* made when first needed */
  GtkWidget *submission;

  GtkStack *stack;
  GtkWidget *add_collective;
  GtkStack *contents;
  GtkColumnView *view;
  GtkWidget *hint;
  GtkLabel *quota;
};

static void page_init (TdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageDossiers,
                               td_page_dossiers,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, page_init))

/* ---- the list ----------------------------------------------------------------------- */

static char *
name (gpointer item)
{
  TdDossierItem *dossier = TD_DOSSIER_ITEM (item);
  const char *title = *dossier->title != '\0' ? dossier->title : _ ("(no name yet)");

  return *dossier->subtitle != '\0' ? g_strdup_printf ("%s\n%s", title, dossier->subtitle) : g_strdup (title);
}

static char *
kind (gpointer item)
{
  return g_strdup (TD_DOSSIER_ITEM (item)->kind_label);
}

static char *
stage (gpointer item)
{
  TdDossierItem *dossier = TD_DOSSIER_ITEM (item);

  return *dossier->since != '\0' ? g_strdup_printf ("%s\n%s", dossier->stage_label, dossier->since)
                                 : g_strdup (dossier->stage_label);
}

static char *
holder (gpointer item)
{
  return g_strdup (TD_DOSSIER_ITEM (item)->holder_name);
}

static char *
verdict (gpointer item)
{
  return g_strdup (TD_DOSSIER_ITEM (item)->verdict_label);
}

static gboolean
is_nomination (TdDossierItem *item)
{
  return g_str_equal (item->type, "nomination");
}

static guint
position_of (GListModel *model, const char *id)
{
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (item->id, id))
        return i;
    }
  return 0;
}

static void
show_quota (TdPageDossiers *self, gboolean any)
{
  gboolean over = FALSE;
  g_autofree char *text = td_desk_quota_text (self->desk, &over);

  gtk_label_set_label (self->quota, text);
  gtk_widget_set_visible (GTK_WIDGET (self->quota), any && *text != '\0');
  if (over)
    gtk_widget_add_css_class (GTK_WIDGET (self->quota), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->quota), "error");
}

static void
refresh (GtkWidget *widget)
{
  TdPageDossiers *self = TD_PAGE_DOSSIERS (widget);
  g_autoptr (GListModel) own = td_desk_dossiers (self->desk, TD_LIST_OWN);
  g_autoptr (GListStore) shown = td_dossier_rows_filter (own, is_nomination);
  TdDossierItem *selected = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *id = selected != NULL ? g_strdup (selected->id) : NULL;
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (shown)) > 0;

  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (shown));
  gtk_single_selection_set_selected (self->selection, position_of (G_LIST_MODEL (shown), id));
  td_stack_show (self->contents, any ? "list" : "none");
  gtk_widget_set_visible (self->hint, any);
  show_quota (self, any);
}

/* ---- going between the pages -------------------------------------------------------- */

static void
show_editor (TdPageDossiers *self, const char *dossier)
{
  if (self->editor == NULL)
    {
      self->editor = td_dossier_editor_new (self->desk);
      gtk_stack_add_named (self->stack, self->editor, "editor");
    }
  if (g_strcmp0 (td_dossier_editor_get_dossier (TD_DOSSIER_EDITOR (self->editor)), dossier) != 0)
    td_dossier_editor_set_dossier (TD_DOSSIER_EDITOR (self->editor), dossier);
  td_stack_show_child (self->stack, self->editor);
}

static void
show_submission (TdPageDossiers *self, const char *record)
{
  if (self->submission == NULL)
    {
      self->submission = td_submission_page_new (self->desk);
      gtk_stack_add_named (self->stack, self->submission, "submission");
    }
  td_submission_page_show (TD_SUBMISSION_PAGE (self->submission), record);
  td_stack_show_child (self->stack, self->submission);
}

static void
add (TdPageDossiers *self, gboolean collective)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = td_desk_new_nomination (self->desk, collective, &error);

  if (id == NULL)
    {
      td_tell_error (GTK_WIDGET (self), &error);
      return;
    }
  show_editor (self, id);
  td_dossier_editor_focus (TD_DOSSIER_EDITOR (self->editor), id, "name");
}

/* ---- callbacks -------------------------------------------------------------- */

static void
on_add_collective (TdPageDossiers *self)
{
  add (self, TRUE);
}

static void
on_add_person (TdPageDossiers *self)
{
  add (self, FALSE);
}

static void
on_submission (TdPageDossiers *self)
{
  show_submission (self, NULL);
  gtk_widget_child_focus (self->submission, GTK_DIR_TAB_FORWARD);
}

static void
on_activate (TdPageDossiers *self, guint position)
{
  g_autoptr (TdDossierItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  show_editor (self, item->id);
  td_dossier_editor_focus (TD_DOSSIER_EDITOR (self->editor), item->id, "name");
}

/* ---- the page ------------------------------------------------------------------------ */

static gboolean
open_record (TdPage *page, const char *record, const char *path)
{
  TdPageDossiers *self = TD_PAGE_DOSSIERS (page);
  g_autoptr (TdDossierItem) item = td_desk_dossier (self->desk, record);

  if (item == NULL)
    {
      show_submission (self, record);
      return td_submission_page_focus (TD_SUBMISSION_PAGE (self->submission), record, path);
    }
  show_editor (self, record);
  if (*path != '\0')
    return td_dossier_editor_focus (TD_DOSSIER_EDITOR (self->editor), record, path);
  return TRUE;
}

static gboolean
go_back (TdPage *page)
{
  TdPageDossiers *self = TD_PAGE_DOSSIERS (page);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    return FALSE;
  td_form_commit (GTK_WIDGET (self));
  td_stack_show (self->stack, "list");
  refresh (GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return TRUE;
}

static void
enter (TdPage *page)
{
  TdPageDossiers *self = TD_PAGE_DOSSIERS (page);
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);
  gboolean list
      = gtk_widget_is_ancestor (GTK_WIDGET (self->view), shown) && gtk_widget_get_mapped (GTK_WIDGET (self->view));

  if (!list || !gtk_widget_grab_focus (GTK_WIDGET (self->view)))
    gtk_widget_child_focus (shown, GTK_DIR_TAB_FORWARD);
}

static void
page_init (TdPageInterface *iface)
{
  iface->open = open_record;
  iface->go_back = go_back;
  iface->enter = enter;
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_page_dossiers_dispose (GObject *object)
{
  TdPageDossiers *self = TD_PAGE_DOSSIERS (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->selection);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_DOSSIERS);
  G_OBJECT_CLASS (td_page_dossiers_parent_class)->dispose (object);
}

static void
td_page_dossiers_class_init (TdPageDossiersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_dossiers_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-dossiers.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageDossiers, stack);
  gtk_widget_class_bind_template_child (widget_class, TdPageDossiers, add_collective);
  gtk_widget_class_bind_template_child (widget_class, TdPageDossiers, contents);
  gtk_widget_class_bind_template_child (widget_class, TdPageDossiers, view);
  gtk_widget_class_bind_template_child (widget_class, TdPageDossiers, hint);
  gtk_widget_class_bind_template_child (widget_class, TdPageDossiers, quota);
  gtk_widget_class_bind_template_callback (widget_class, on_add_collective);
  gtk_widget_class_bind_template_callback (widget_class, on_add_person);
  gtk_widget_class_bind_template_callback (widget_class, on_submission);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
td_page_dossiers_init (TdPageDossiers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = gtk_single_selection_new (NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  td_rows_column (self->view, _ ("Nominee"), name, TRUE);
  td_rows_column (self->view, _ ("Kind"), kind, FALSE);
  td_rows_column (self->view, _ ("Stage"), stage, FALSE);
  td_rows_column (self->view, _ ("Held by"), holder, TRUE);
  td_rows_column (self->view, _ ("Check"), verdict, FALSE);
}

/** td_page_dossiers_new: the place "dossiers". */
GtkWidget *
td_page_dossiers_new (TdDesk *desk)
{
  TdPageDossiers *self = g_object_new (TD_TYPE_PAGE_DOSSIERS, NULL);

  self->desk = g_object_ref (desk);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
