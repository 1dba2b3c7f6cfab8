/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan-view.h"

#include "scan-render.h"

#include <glib/gi18n.h>

#define ZOOM_STEP 1.25
#define ZOOM_LEAST 0.1
#define ZOOM_MOST 6.0
/* Margins of the page and the scroll bar beside it. */
#define PAGE_MARGIN 26
/* A pane being dragged redraws only when it rests. */
#define REST_MS 150

struct _TdScanView
{
  GtkBox parent_instance;

  TdDesk *desk;
  GListModel *files;
  char *path; /* of the paper in view, "" while not here */
  char *sha;
  int page;
  int pages;
  double zoom;  /* dots per natural unit; 0: fit the width */
  double shown; /* the factor of what is drawn */
  guint rest;
  GCancellable *drawing;
  gboolean filling; /* the drop-down is being filled, not used */

  GtkDropDown *papers;
  GtkWidget *tools;
  GtkLabel *page_label;
  GtkSpinner *spinner;
  GtkStack *stack;
  GtkLabel *wanted_label;
  GtkLabel *trouble;
  GtkScrolledWindow *scroller;
  GtkPicture *picture;
};

G_DEFINE_FINAL_TYPE (TdScanView, td_scan_view, GTK_TYPE_BOX)

static TdFileItem *
chosen_file (TdScanView *self)
{
  guint position = gtk_drop_down_get_selected (self->papers);

  if (self->files == NULL || position == GTK_INVALID_LIST_POSITION)
    return NULL;
  return g_list_model_get_item (self->files, position);
}

static void
update_tools (TdScanView *self)
{
  gboolean drawn = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "page") == 0;
  gboolean here = self->path != NULL && *self->path != '\0';
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *text = NULL;

  if (drawn)
    text = g_strdup_printf (_ ("Page %d of %d"), self->page + 1, self->pages);
  gtk_label_set_label (self->page_label, text != NULL ? text : "");
  gtk_widget_action_set_enabled (widget, "scan.previous-page", drawn && self->page > 0);
  gtk_widget_action_set_enabled (widget, "scan.next-page", drawn && self->page + 1 < self->pages);
  gtk_widget_action_set_enabled (widget, "scan.zoom-in", drawn && self->shown < ZOOM_MOST);
  gtk_widget_action_set_enabled (widget, "scan.zoom-out", drawn && self->shown > ZOOM_LEAST);
  gtk_widget_action_set_enabled (widget, "scan.zoom-fit", drawn);
  gtk_widget_action_set_enabled (widget, "scan.open-outside", here);
}

static void
show_state (TdScanView *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->tools, g_strcmp0 (name, "none") != 0);
  update_tools (self);
}

static void
stop_drawing (TdScanView *self)
{
  g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  gtk_spinner_stop (self->spinner);
}

static void
show_page (TdScanView *self, TdScanPage *page)
{
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int width = gdk_texture_get_width (page->texture) / factor;
  int height = gdk_texture_get_height (page->texture) / factor;
  gboolean turned = page->page != self->page || !gtk_widget_get_visible (GTK_WIDGET (self->picture));
  g_autofree char *name = NULL;

  self->page = page->page;
  self->pages = page->pages;
  self->shown = width / page->width;
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (page->texture));
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), width, height);
  name = g_strdup_printf (_ ("Page %d of %d"), self->page + 1, self->pages);
  gtk_picture_set_alternative_text (self->picture, name);
  if (turned)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  show_state (self, "page");
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdScanPage) page = td_scan_render_finish (result, &error);
  TdScanView *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the view may be gone */
  g_clear_object (&self->drawing);
  gtk_spinner_stop (self->spinner);
  if (page != NULL)
    {
      show_page (self, page);
      return;
    }
  gtk_label_set_label (self->trouble, error->message);
  show_state (self, "trouble");
}

static void
draw (TdScanView *self)
{
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int room = gtk_widget_get_width (GTK_WIDGET (self->stack)) - PAGE_MARGIN;

  stop_drawing (self);
  if (self->path == NULL || *self->path == '\0' || room <= 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->drawing = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  td_scan_render_async (self->path, self->page, self->zoom > 0 ? 0 : room * factor, self->zoom * factor, self->drawing,
                        on_drawn, self);
}

static gboolean
draw_at_rest (gpointer data)
{
  TdScanView *self = data;

  self->rest = 0;
  draw (self);
  return G_SOURCE_REMOVE;
}

static void
draw_soon (TdScanView *self)
{
  if (self->rest == 0)
    self->rest = g_timeout_add (REST_MS, draw_at_rest, self);
}

static void
on_room_changed (TdScanView *self)
{
  if (self->zoom <= 0)
    draw_soon (self);
}

static void
show_wanted (TdScanView *self, TdFileItem *file)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf (_ ("“%s” (%s) is not on this machine yet."), file->name, file->size_label);
  gtk_label_set_label (self->wanted_label, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scan.download", TRUE);
  show_state (self, "wanted");
}

static void
show_chosen (TdScanView *self)
{
  g_autoptr (TdFileItem) file = chosen_file (self);

  if (file == NULL)
    {
      stop_drawing (self);
      g_clear_pointer (&self->path, g_free);
      g_clear_pointer (&self->sha, g_free);
      show_state (self, "none");
      return;
    }
  if (g_strcmp0 (self->sha, file->sha) == 0 && g_strcmp0 (self->path, file->path) == 0)
    return;
  stop_drawing (self);
  g_free (self->sha);
  self->sha = g_strdup (file->sha);
  g_free (self->path);
  self->path = g_strdup (file->path);
  self->page = 0;
  gtk_picture_set_paintable (self->picture, NULL);
  if (*file->path == '\0')
    show_wanted (self, file);
  else
    {
      show_state (self, "page");
      draw_soon (self);
    }
}

static void
on_paper_chosen (TdScanView *self)
{
  if (!self->filling)
    show_chosen (self);
}

static void
turn (TdScanView *self, int pages)
{
  int page = CLAMP (self->page + pages, 0, self->pages - 1);

  if (page == self->page)
    return;
  self->page = page;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  update_tools (self);
  draw (self);
}

static void
next_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  turn (TD_SCAN_VIEW (widget), 1);
}

static void
previous_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  turn (TD_SCAN_VIEW (widget), -1);
}

static void
zoom_to (TdScanView *self, double zoom)
{
  self->zoom = zoom > 0 ? CLAMP (zoom, ZOOM_LEAST, ZOOM_MOST) : 0;
  draw (self);
}

static void
zoom_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdScanView *self = TD_SCAN_VIEW (widget);

  zoom_to (self, (self->zoom > 0 ? self->zoom : self->shown) * ZOOM_STEP);
}

static void
zoom_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdScanView *self = TD_SCAN_VIEW (widget);

  zoom_to (self, (self->zoom > 0 ? self->zoom : self->shown) / ZOOM_STEP);
}

static void
zoom_fit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zoom_to (TD_SCAN_VIEW (widget), 0);
}

static void
open_outside (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdScanView *self = TD_SCAN_VIEW (widget);
  g_autofree char *uri = NULL;

  if (self->path == NULL || *self->path == '\0')
    return;
  uri = g_filename_to_uri (self->path, NULL, NULL);
  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), uri, GDK_CURRENT_TIME);
}

static void
download (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TdScanView *self = TD_SCAN_VIEW (widget);

  if (self->sha == NULL)
    return;
  td_desk_want_file (self->desk, self->sha);
  gtk_label_set_label (self->wanted_label,
                       _ ("The file has been asked for. It appears here as soon as it has been downloaded."));
  gtk_widget_action_set_enabled (widget, "scan.download", FALSE);
}

static void
td_scan_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (td_scan_view_parent_class)->map (widget);
  draw_soon (TD_SCAN_VIEW (widget));
}

static void
td_scan_view_dispose (GObject *object)
{
  TdScanView *self = TD_SCAN_VIEW (object);

  g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  g_clear_handle_id (&self->rest, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_SCAN_VIEW);
  g_clear_object (&self->files);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->sha, g_free);
  G_OBJECT_CLASS (td_scan_view_parent_class)->dispose (object);
}

static void
td_scan_view_class_init (TdScanViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_scan_view_dispose;
  widget_class->map = td_scan_view_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/scan-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TdScanView, papers);
  gtk_widget_class_bind_template_child (widget_class, TdScanView, tools);
  gtk_widget_class_bind_template_child (widget_class, TdScanView, page_label);
  gtk_widget_class_bind_template_child (widget_class, TdScanView, spinner);
  gtk_widget_class_bind_template_child (widget_class, TdScanView, stack);
  gtk_widget_class_bind_template_child (widget_class, TdScanView, wanted_label);
  gtk_widget_class_bind_template_child (widget_class, TdScanView, trouble);
  gtk_widget_class_bind_template_child (widget_class, TdScanView, scroller);
  gtk_widget_class_bind_template_child (widget_class, TdScanView, picture);
  gtk_widget_class_bind_template_callback (widget_class, on_paper_chosen);

  gtk_widget_class_install_action (widget_class, "scan.next-page", NULL, next_page);
  gtk_widget_class_install_action (widget_class, "scan.previous-page", NULL, previous_page);
  gtk_widget_class_install_action (widget_class, "scan.zoom-in", NULL, zoom_in);
  gtk_widget_class_install_action (widget_class, "scan.zoom-out", NULL, zoom_out);
  gtk_widget_class_install_action (widget_class, "scan.zoom-fit", NULL, zoom_fit);
  gtk_widget_class_install_action (widget_class, "scan.open-outside", NULL, open_outside);
  gtk_widget_class_install_action (widget_class, "scan.download", NULL, download);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "scan.next-page", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "scan.previous-page", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "scan.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK, "scan.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Add, GDK_CONTROL_MASK, "scan.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "scan.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "scan.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "scan.zoom-fit", NULL);
}

static char *
paper_text (TdFileItem *file, gpointer data)
{
  if (file == NULL)
    return g_strdup ("");
  if (*file->path == '\0')
    return g_strdup_printf ("%s · %s (%s)", file->kind_label, file->name, file->state_label);
  return g_strdup_printf ("%s · %s", file->kind_label, file->name);
}

static void
setup_paper (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_list_item_set_child (item, label);
}

static void
bind_paper (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = paper_text (gtk_list_item_get_item (item), NULL);

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text);
}

static void
td_scan_view_init (TdScanView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkExpression) text = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->pages = 1;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_paper), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_paper), NULL);
  gtk_drop_down_set_factory (self->papers, factory);
  g_object_unref (factory);
  text = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (paper_text), NULL, NULL);
  gtk_drop_down_set_expression (self->papers, text);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scroller), "notify::page-size",
                           G_CALLBACK (on_room_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::scale-factor", G_CALLBACK (draw_soon), self, G_CONNECT_SWAPPED);
  show_state (self, "none");
}

/**
 * td_scan_view_new:
 * @desk: the desk the papers belong to
 *
 * Returns: a view without papers
 */
GtkWidget *
td_scan_view_new (TdDesk *desk)
{
  TdScanView *self = g_object_new (TD_TYPE_SCAN_VIEW, NULL);

  td_scan_view_set_desk (self, desk);
  return GTK_WIDGET (self);
}

/**
 * td_scan_view_set_desk:
 * @self: a view
 * @desk: asked for papers that are not on this machine
 *
 * Needed once, for a view made by a template.
 */
void
td_scan_view_set_desk (TdScanView *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_SCAN_VIEW (self));
  g_return_if_fail (TD_IS_DESK (desk));

  g_set_object (&self->desk, desk);
}

static guint
position_of (GListModel *files, const char *record, const char *key)
{
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (TdFileItem) file = g_list_model_get_item (files, i);

      if (g_strcmp0 (file->key, key) == 0 && (record == NULL || g_strcmp0 (file->record, record) == 0))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/**
 * td_scan_view_set_files:
 * @self: a view
 * @files: (nullable): list of #TdFileItem
 *
 * Sets the papers to choose from. The one in view stays if it is among them.
 */
void
td_scan_view_set_files (TdScanView *self, GListModel *files)
{
  g_autoptr (TdFileItem) before = NULL;
  guint position = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (TD_IS_SCAN_VIEW (self));

  before = chosen_file (self);
  if (before != NULL)
    position = position_of (files, before->record, before->key);
  self->filling = TRUE;
  g_set_object (&self->files, files);
  gtk_drop_down_set_model (self->papers, files);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_drop_down_set_selected (self->papers, position);
  gtk_widget_set_sensitive (GTK_WIDGET (self->papers), files != NULL && g_list_model_get_n_items (files) > 0);
  self->filling = FALSE;
  show_chosen (self);
}

/**
 * td_scan_view_show:
 * @self: a view
 * @record: record the paper is attached to
 * @key: the paper's key
 *
 * Brings one of the papers into view.
 */
void
td_scan_view_show (TdScanView *self, const char *record, const char *key)
{
  guint position;

  g_return_if_fail (TD_IS_SCAN_VIEW (self));

  position = position_of (self->files, record, key);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_drop_down_set_selected (self->papers, position);
}
