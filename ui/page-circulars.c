/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-circulars.h"

#include "circular-form.h"
#include "circular-view.h"
#include "field.h"
#include "follow.h"
#include "page.h"
#include "rows.h"
#include "say.h"
#include "stack.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TdPageCirculars
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *shown; /* the piece at the right; NULL: none */
  gboolean filling;

  GtkToggleButton *received;
  GtkToggleButton *sent;
  GtkToggleButton *drafts;
  GtkDropDown *kind;
  GtkWidget *publish;
  GMenu *write_menu;
  GtkStack *contents;
  AdwStatusPage *empty;
  GtkListBox *list;
  GtkStack *right;
  TdCircularView *view;
  TdCircularForm *form;
};

static void page_init (TdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdPageCirculars,
                               td_page_circulars,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_PAGE, page_init))

/* In the order of the filter, after "all". */
static const struct
{
  const char *type;
  const char *filter;
  const char *write;
} KINDS[] = {
  { "notice", N_ ("Notices"), N_ ("_Notice, urging") },
  { "inspection", N_ ("Inspections"), N_ ("_Inspection") },
  { "difficulty", N_ ("Difficulties"), N_ ("_Difficulty") },
  { "exemplary", N_ ("Exemplary cases"), N_ ("_Exemplary case") },
  { "answer", N_ ("Answers"), NULL },
};

/* ---- what is shown ------------------------------------------------------------------- */

static TdBox
box_of (TdPageCirculars *self)
{
  return gtk_toggle_button_get_active (self->drafts) ? TD_BOX_DRAFTS
         : gtk_toggle_button_get_active (self->sent) ? TD_BOX_SENT
                                                     : TD_BOX_RECEIVED;
}

static const char *
kind_of (TdPageCirculars *self)
{
  guint selected = gtk_drop_down_get_selected (self->kind);

  return selected == 0 || selected > G_N_ELEMENTS (KINDS) ? NULL : KINDS[selected - 1].type;
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  TdCircularItem *piece = item;
  g_autofree char *subtitle = NULL;

  if (piece->own && *piece->day != '\0')
    subtitle = g_strdup_printf ("%s · %s\n%s", piece->kind_label, piece->day, piece->state_label);
  else if (*piece->day != '\0')
    subtitle = g_strdup_printf ("%s · %s · %s\n%s", piece->kind_label, piece->author, piece->day, piece->state_label);
  else
    subtitle = g_strdup_printf ("%s\n%s", piece->kind_label, piece->state_label);
  return td_rows_words (td_state_icon (piece->state), piece->title, subtitle, NULL);
}

static GtkListBoxRow *
row_of (TdPageCirculars *self, const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; id != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (strcmp (((TdCircularItem *)td_rows_item (row))->id, id) == 0)
      return row;
  return NULL;
}

static void
show_empty (TdPageCirculars *self)
{
  static const struct
  {
    const char *title;
    const char *words;
  } states[] = {
    { N_ ("Nothing received yet"),
      N_ ("Here stand the notices and inspections of the levels above, and the difficulties and exemplary cases of "
          "the units below.") },
    { N_ ("Nothing sent yet"), N_ ("Here stands what this unit has sent, with who has read it. Begin with “Write”.") },
    { N_ ("No draft"), N_ ("What is begun with “Write” is saved here by itself until it is sent.") },
  };
  TdBox box = box_of (self);

  adw_status_page_set_title (self->empty, _ (states[box].title));
  adw_status_page_set_description (self->empty, _ (states[box].words));
}

static void
name_boxes (TdPageCirculars *self)
{
  guint unread = td_desk_unread (self->desk);
  g_autoptr (GListModel) drafts = td_desk_circulars (self->desk, TD_BOX_DRAFTS, NULL);
  guint n = g_list_model_get_n_items (drafts);
  g_autofree char *received = unread == 0 ? NULL : g_strdup_printf (_ ("_Received (%u not read)"), unread);
  g_autofree char *written = n == 0 ? NULL : g_strdup_printf (_ ("Dra_fts (%u)"), n);

  gtk_button_set_label (GTK_BUTTON (self->received), received == NULL ? _ ("_Received") : received);
  gtk_button_set_label (GTK_BUTTON (self->drafts), written == NULL ? _ ("Dra_fts") : written);
}

static void
show_piece (TdPageCirculars *self, const char *id)
{
  g_autoptr (TdCircularItem) item = id == NULL ? NULL : td_desk_circular (self->desk, id);
  gboolean form = item != NULL && item->draft && item->own;
  char *copy = item == NULL ? NULL : g_strdup (id);

  g_free (self->shown);
  self->shown = copy;
  td_circular_form_show (self->form, form ? self->shown : NULL);
  td_circular_view_show (self->view, form ? NULL : self->shown);
  td_stack_show (self->right, item == NULL ? "hint" : form ? "form" : "view");
}

static void
fill_list (TdPageCirculars *self)
{
  g_autoptr (GListModel) pieces = td_desk_circulars (self->desk, box_of (self), kind_of (self));
  guint n = g_list_model_get_n_items (pieces);
  GtkListBoxRow *row;

  self->filling = TRUE;
  td_rows_show (self->list, pieces, make_row, NULL);
  row = row_of (self, self->shown);
  gtk_list_box_select_row (self->list, row);
  self->filling = FALSE;
  show_empty (self);
  td_stack_show (self->contents, n > 0 ? "list" : "none");
  gtk_widget_set_sensitive (self->publish, n > 0);
}

static void
refresh (GtkWidget *widget)
{
  TdPageCirculars *self = TD_PAGE_CIRCULARS (widget);
  g_autofree char *shown = g_strdup (self->shown);

  name_boxes (self);
  fill_list (self);
  show_piece (self, shown);
}

/* The list as it is chosen now, with nothing at the right until a row is chosen. */
static void
on_filter (TdPageCirculars *self)
{
  if (self->desk == NULL || self->filling)
    return;
  gtk_widget_set_visible (self->publish, g_strcmp0 (kind_of (self), "exemplary") == 0);
  show_piece (self, NULL);
  fill_list (self);
}

static void
on_box (TdPageCirculars *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    on_filter (self);
}

static void
on_selected (TdPageCirculars *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->filling)
    show_piece (self, ((TdCircularItem *)td_rows_item (row))->id);
}

/* ---- going to a piece --------------------------------------------------------------------- */

static GtkToggleButton *
button_for (TdPageCirculars *self, const TdCircularItem *item)
{
  return item->draft ? self->drafts : item->own ? self->sent : self->received;
}

static void
open_piece (TdPageCirculars *self, const char *id)
{
  g_autoptr (TdCircularItem) item = td_desk_circular (self->desk, id);
  g_autofree char *copy = g_strdup (id);

  if (item == NULL)
    return;
  self->filling = TRUE;
  gtk_toggle_button_set_active (button_for (self, item), TRUE);
  gtk_drop_down_set_selected (self->kind, 0);
  self->filling = FALSE;
  gtk_widget_set_visible (self->publish, FALSE);
  show_piece (self, copy);
  fill_list (self);
}

/* The title may be there already: selected, the next key would wipe it out. */
static void
focus_form (TdPageCirculars *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus;

  gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (GTK_IS_EDITABLE (focus))
    gtk_editable_set_position (GTK_EDITABLE (focus), -1);
}

static void
begin (TdPageCirculars *self, const char *type, const char *re, const char *to)
{
  GError *error = NULL;
  g_autofree char *id = td_desk_new_circular (self->desk, type, re == NULL || *re == '\0' ? NULL : re, to, &error);

  if (id == NULL)
    {
      td_tell_error (GTK_WIDGET (self), &error);
      return;
    }
  open_piece (self, id);
  focus_form (self);
}

/** td_page_circulars_write_notice: see page-circulars.h. */
void
td_page_circulars_write_notice (TdPageCirculars *self, const char *units)
{
  g_return_if_fail (TD_IS_PAGE_CIRCULARS (self));
  begin (self, "notice", NULL, units);
}

static void
action_write (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *type, *re;

  g_variant_get (parameter, "(&s&s)", &type, &re);
  begin (TD_PAGE_CIRCULARS (widget), type, re, NULL);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_piece (TD_PAGE_CIRCULARS (widget), g_variant_get_string (parameter, NULL));
}

static void
on_left (TdPageCirculars *self, const char *record)
{
  g_autoptr (TdCircularItem) item = td_desk_circular (self->desk, record);

  if (item != NULL && !item->draft)
    open_piece (self, record);
  else
    on_filter (self);
}

/* ---- for press and portal -------------------------------------------------------------------- */

static void
on_published (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdPageCirculars) self = data;
  GError *error = NULL;
  guint missing = 0;
  g_autoptr (GFile) page = td_desk_publish_finish (TD_DESK (source), result, &missing, &error);
  g_autofree char *path = page == NULL ? NULL : g_file_get_path (page);
  g_autofree char *text = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (page == NULL)
    {
      td_tell_error (GTK_WIDGET (self), &error);
      return;
    }
  if (missing > 0)
    text = g_strdup_printf (
        ngettext ("Written: %s. %u picture is not on this machine yet; it is being downloaded. Write "
                  "the page again afterwards.",
                  "Written: %s. %u pictures are not on this machine yet; they are being "
                  "downloaded. Write the page again afterwards.",
                  missing),
        path, missing);
  else
    text = g_strdup_printf (_ ("Written: %s"), path);
  td_tell (GTK_WIDGET (self), text);
}

static void
publish_into (TdPageCirculars *self, GFile *folder)
{
  g_autoptr (GListModel) pieces = td_desk_circulars (self->desk, box_of (self), "exemplary");
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (pieces); i++)
    {
      g_autoptr (TdCircularItem) item = g_list_model_get_item (pieces, i);

      g_ptr_array_add (ids, g_strdup (item->id));
    }
  g_ptr_array_add (ids, NULL);
  td_desk_publish_async (self->desk, (const char *const *)ids->pdata, folder, NULL, on_published, g_object_ref (self));
}

static void
on_folder (GtkNativeDialog *dialog, int response, gpointer data)
{
  TdPageCirculars *self = data;
  g_autoptr (GFile) folder = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (folder != NULL)
    publish_into (self, folder);
  g_object_set_data (G_OBJECT (self), "td-chooser", NULL);
}

static void
on_publish (TdPageCirculars *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_ ("Choose where the folder is made"),
                                     GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                     GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Write here"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_folder), self, 0);
  g_object_set_data_full (G_OBJECT (self), "td-chooser", dialog, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- the page -------------------------------------------------------------------------------- */

static gboolean
page_open (TdPage *page, const char *record, const char *path)
{
  TdPageCirculars *self = TD_PAGE_CIRCULARS (page);
  g_autoptr (TdCircularItem) item = td_desk_circular (self->desk, record);

  if (item == NULL)
    return FALSE;
  if (g_strcmp0 (self->shown, record) != 0)
    open_piece (self, record);
  return path == NULL || *path == '\0' || td_form_focus (GTK_WIDGET (self->form), record, path);
}

static gboolean
page_commit (TdPage *page)
{
  return td_form_commit (GTK_WIDGET (page));
}

static gboolean
page_go_back (TdPage *page)
{
  return FALSE;
}

static void
page_enter (TdPage *page)
{
  TdPageCirculars *self = TD_PAGE_CIRCULARS (page);

  if (!gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
page_init (TdPageInterface *iface)
{
  iface->open = page_open;
  iface->commit = page_commit;
  iface->go_back = page_go_back;
  iface->enter = page_enter;
}

/* ---- the object -------------------------------------------------------------------------------- */

static void
td_page_circulars_dispose (GObject *object)
{
  TdPageCirculars *self = TD_PAGE_CIRCULARS (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->shown, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PAGE_CIRCULARS);
  G_OBJECT_CLASS (td_page_circulars_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, received);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, sent);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, drafts);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, kind);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, publish);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, write_menu);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, contents);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, empty);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, list);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, right);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, view);
  gtk_widget_class_bind_template_child (widget_class, TdPageCirculars, form);
}

static void
td_page_circulars_class_init (TdPageCircularsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_page_circulars_dispose;
  g_type_ensure (TD_TYPE_CIRCULAR_FORM);
  g_type_ensure (TD_TYPE_CIRCULAR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/page-circulars.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_box);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_publish);
  gtk_widget_class_bind_template_callback (widget_class, on_left);
  gtk_widget_class_install_action (widget_class, "circulars.write", "(ss)", action_write);
  gtk_widget_class_install_action (widget_class, "circulars.open", "s", action_open);
}

static void
td_page_circulars_init (TdPageCirculars *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_filter (TdPageCirculars *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All kinds"));
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    gtk_string_list_append (names, _ (KINDS[i].filter));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (names));
}

/* Only what this seat may begin: a commune has nobody below it. */
static void
fill_menu (TdPageCirculars *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (KINDS[i].write != NULL && td_desk_may_write (self->desk, KINDS[i].type, NULL))
      {
        g_autoptr (GMenuItem) item = g_menu_item_new (_ (KINDS[i].write), NULL);

        g_menu_item_set_action_and_target (item, "circulars.write", "(ss)", KINDS[i].type, "");
        g_menu_append_item (self->write_menu, item);
      }
}

/** td_page_circulars_new: the place "circulars". */
GtkWidget *
td_page_circulars_new (TdDesk *desk)
{
  TdPageCirculars *self = g_object_new (TD_TYPE_PAGE_CIRCULARS, NULL);

  fill_filter (self);
  self->desk = g_object_ref (desk);
  td_circular_view_set_desk (self->view, desk);
  td_circular_form_set_desk (self->form, desk);
  fill_menu (self);
  name_boxes (self);
  td_follow (GTK_WIDGET (self), desk, refresh);
  return GTK_WIDGET (self);
}
