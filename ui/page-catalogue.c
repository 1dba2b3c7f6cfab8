/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-catalogue.h"

#include "desk/catalogue.h"
#include "entry-form.h"
#include "field.h"
#include "follow.h"
#include "member-grid.h"
#include "page.h"
#include "rows.h"
#include "say.h"
#include "stack.h"
#include "urging-view.h"

#include <glib/gi18n.h>

struct _TdPageCatalogue
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *roster;
  gboolean project; /* what the open form is about */

  GtkWidget *modes;
  GtkToggleButton *projects_mode;
  GtkToggleButton *blocks_mode;
  GtkToggleButton *council_mode;
  GtkToggleButton *urging_mode;
  GtkStack *stack;
  GtkWidget *no_projects;
  GtkListBox *projects;
  GtkWidget *ranks_box;
  GtkListBox *ranks;
  GtkWidget *no_blocks;
  GtkListBox *blocks;
  TdRowGrid *members;
  TdUrgingView *urging;
  GtkBox *form_box;
};

static void page_init (TdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageCatalogue,
                               td_page_catalogue,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, page_init))

/* ---- lists ----------------------------------------------------------------------------- */

static GtkWidget *
make_entry (gpointer item, gpointer data)
{
  GtkWidget *row = td_rows_choice (item, data);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}

static GtkWidget *
make_rank (gpointer item, gpointer data)
{
  GtkWidget *row = td_rows_choice (item, data);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static gboolean
show_list (GtkListBox *list, GtkWidget *none, GListModel *model, TdRowCreate create)
{
  gboolean any = g_list_model_get_n_items (model) > 0;

  td_rows_show (list, model, create, NULL);
  gtk_widget_set_visible (GTK_WIDGET (list), any);
  if (none != NULL)
    gtk_widget_set_visible (none, !any);
  return any;
}

static void
show_projects (TdPageCatalogue *self)
{
  g_autoptr (GListModel) projects = td_desk_projects (self->desk);
  g_autoptr (GListModel) ranks = td_desk_coordinators (self->desk);

  show_list (self->projects, self->no_projects, projects, make_entry);
  gtk_widget_set_visible (self->ranks_box, show_list (self->ranks, NULL, ranks, make_rank));
}

static void
show_blocks (TdPageCatalogue *self)
{
  g_autoptr (GListModel) blocks = td_desk_blocks (self->desk);

  show_list (self->blocks, self->no_blocks, blocks, make_entry);
}

static void
refresh (GtkWidget *widget)
{
  TdPageCatalogue *self = TD_PAGE_CATALOGUE (widget);
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  if (g_str_equal (shown, "projects"))
    show_projects (self);
  else if (g_str_equal (shown, "blocks"))
    show_blocks (self);
  else if (g_str_equal (shown, "council"))
    td_row_grid_sync (self->members);
  else if (g_str_equal (shown, "urging"))
    td_urging_view_load (self->urging, self->desk);
}

/* ---- going between the parts --------------------------------------------------------------- */

static void
drop_form (TdPageCatalogue *self)
{
  GtkWidget *form = gtk_widget_get_first_child (GTK_WIDGET (self->form_box));

  if (form == NULL)
    return;
  td_form_commit (form);
  gtk_box_remove (self->form_box, form);
}

static void
show_part (TdPageCatalogue *self, const char *name)
{
  gtk_widget_set_visible (self->modes, !g_str_equal (name, "form"));
  if (!g_str_equal (name, "form"))
    drop_form (self);
  td_stack_show (self->stack, name);
  refresh (GTK_WIDGET (self));
}

static const char *
chosen_part (TdPageCatalogue *self)
{
  if (gtk_toggle_button_get_active (self->blocks_mode))
    return "blocks";
  if (gtk_toggle_button_get_active (self->council_mode))
    return "council";
  return gtk_toggle_button_get_active (self->urging_mode) ? "urging" : "projects";
}

static void
on_mode (TdPageCatalogue *self, GtkToggleButton *button)
{
  if (self->desk != NULL && gtk_toggle_button_get_active (button))
    show_part (self, chosen_part (self));
}

static void
open_form (TdPageCatalogue *self, const char *record, gboolean project)
{
  drop_form (self);
  self->project = project;
  gtk_box_append (self->form_box, td_entry_form_new (self->desk, record, project));
  show_part (self, "form");
  gtk_widget_child_focus (GTK_WIDGET (self->form_box), GTK_DIR_TAB_FORWARD);
}

static TdEntryForm *
form_of (TdPageCatalogue *self)
{
  GtkWidget *form = gtk_widget_get_first_child (GTK_WIDGET (self->form_box));

  return form == NULL ? NULL : TD_ENTRY_FORM (form);
}

/* ---- callbacks ----------------------------------------------------------------------------- */

static void
on_project (TdPageCatalogue *self, GtkListBoxRow *row)
{
  open_form (self, ((TdRowItem *)td_rows_item (row))->id, TRUE);
}

static void
on_block (TdPageCatalogue *self, GtkListBoxRow *row)
{
  open_form (self, ((TdRowItem *)td_rows_item (row))->id, FALSE);
}

static void
begin (TdPageCatalogue *self, gboolean project)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *record = project ? td_desk_new_project (self->desk, &error) : td_desk_new_block (self->desk, &error);

  if (record == NULL)
    td_tell_error (GTK_WIDGET (self), &error);
  else
    open_form (self, record, project);
}

static void
on_new_project (TdPageCatalogue *self)
{
  begin (self, TRUE);
}

static void
on_new_block (TdPageCatalogue *self)
{
  begin (self, FALSE);
}

static void
on_back (TdPageCatalogue *self)
{
  show_part (self, chosen_part (self));
}

static void
drop (gpointer data)
{
  TdPageCatalogue *self = TD_PAGE_CATALOGUE (data);
  g_autoptr (GError) error = NULL;
  TdEntryForm *form = form_of (self);
  g_autofree char *record = form == NULL ? NULL : g_strdup (td_entry_form_get_record (form));

  if (record == NULL)
    return;
  drop_form (self);
  if (!td_desk_drop_entry (self->desk, record, &error))
    td_tell_error (GTK_WIDGET (self), &error);
  show_part (self, chosen_part (self));
}

static void
on_drop (TdPageCatalogue *self)
{
  TdEntryForm *form = form_of (self);
  g_autofree char *name = NULL;
  g_autofree char *body = NULL;

  if (form == NULL || !td_form_commit (GTK_WIDGET (form)))
    return;
  name = td_desk_text (self->desk, td_entry_form_get_record (form), "name");
  body
      = g_strdup_printf (self->project ? _ ("“%s” with its targets and what is said of the coordinating bodies will be "
                                            "taken out of the catalogue of all desks.")
                                       : _ ("“%s” with its list of units will be taken out of the catalogue of all "
                                            "desks."),
                         *name != '\0' ? name : _ ("(no name yet)"));
  td_confirm (GTK_WIDGET (self), _ ("Take it out of the catalogue?"), body, _ ("_Remove"), TRUE, drop, self);
}

/* ---- the place --------------------------------------------------------------------------------- */

static gboolean
open_field (TdPage *page, const char *record, const char *path)
{
  TdPageCatalogue *self = TD_PAGE_CATALOGUE (page);
  const char *type;

  if (g_strcmp0 (record, self->roster) == 0)
    {
      gtk_toggle_button_set_active (self->council_mode, TRUE);
      show_part (self, "council");
      return td_form_focus (GTK_WIDGET (self->members), record, path);
    }
  type = td_desk_entry_type (self->desk, record);
  if (type == NULL)
    return FALSE;
  open_form (self, record, g_str_equal (type, "project"));
  td_entry_form_open (form_of (self), path);
  return TRUE;
}

static gboolean
go_back (TdPage *page)
{
  TdPageCatalogue *self = TD_PAGE_CATALOGUE (page);

  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), "form"))
    return FALSE;
  on_back (self);
  return TRUE;
}

static void
page_init (TdPageInterface *iface)
{
  iface->open = open_field;
  iface->go_back = go_back;
}

/* ---- the object ----------------------------------------------------------------------------------- */

static void
td_page_catalogue_dispose (GObject *object)
{
  TdPageCatalogue *self = TD_PAGE_CATALOGUE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->roster, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_CATALOGUE);
  G_OBJECT_CLASS (td_page_catalogue_parent_class)->dispose (object);
}

static void
td_page_catalogue_class_init (TdPageCatalogueClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_catalogue_dispose;
  g_type_ensure (TD_TYPE_ROW_GRID);
  g_type_ensure (TD_TYPE_URGING_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-catalogue.ui");
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, modes);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, projects_mode);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, blocks_mode);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, council_mode);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, urging_mode);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, stack);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, no_projects);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, projects);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, ranks_box);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, ranks);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, no_blocks);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, blocks);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, members);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, urging);
  gtk_widget_class_bind_template_child (widget_class, TdPageCatalogue, form_box);
  gtk_widget_class_bind_template_callback (widget_class, on_mode);
  gtk_widget_class_bind_template_callback (widget_class, on_project);
  gtk_widget_class_bind_template_callback (widget_class, on_block);
  gtk_widget_class_bind_template_callback (widget_class, on_new_project);
  gtk_widget_class_bind_template_callback (widget_class, on_new_block);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);
}

static void
td_page_catalogue_init (TdPageCatalogue *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  td_stack_show (self->stack, "projects");
}

/** td_page_catalogue_new: the place "catalogue". */
GtkWidget *
td_page_catalogue_new (TdDesk *desk)
{
  TdPageCatalogue *self = g_object_new (TD_TYPE_PAGE_CATALOGUE, NULL);

  self->desk = g_object_ref (desk);
  self->roster = td_desk_ledger (desk, "council");
  td_member_grid_bind (self->members, desk, self->roster, FALSE);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
