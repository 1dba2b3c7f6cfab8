/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan-render.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <poppler.h>

/* A page is never drawn larger than this in either direction: 36 million dots. */
#define MOST_DOTS 6000
/* A picture that claims more is not opened at all. */
#define MOST_CLAIMED 20000
/* "%PDF-" may stand anywhere in the first kilobyte. */
#define HEAD_BYTES 1024

typedef struct
{
  char *path;
  int page;
  int width;
  double scale;
} Request;

G_DEFINE_QUARK (td - scan - error - quark, td_scan_error)

/* Poppler's documents may live in any thread, but drawing two at once gains
 * nothing on the machines of an office. */
static GMutex drawing;

static void
request_free (Request *request)
{
  g_free (request->path);
  g_free (request);
}

/**
 * td_scan_page_free:
 * @self: a page
 *
 * Frees the page and its picture.
 */
void
td_scan_page_free (TdScanPage *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->texture);
  g_free (self);
}

static TdScanPage *
page_new (GdkTexture *texture, int page, int pages, double width, double height)
{
  TdScanPage *self = g_new0 (TdScanPage, 1);

  self->texture = texture;
  self->page = page;
  self->pages = pages;
  self->width = width;
  self->height = height;
  return self;
}

/* The factor from natural size to dots, kept within what can be drawn. */
static double
factor_for (const Request *request, double width, double height)
{
  double factor = request->width > 0 ? request->width / width : request->scale;

  g_assert (width > 0 && height > 0);

  factor = MIN (factor, MOST_DOTS / MAX (width, height));
  return MAX (factor, 1.0 / MAX (width, height));
}

static GdkTexture *
texture_from_surface (cairo_surface_t *surface)
{
  g_autoptr (GBytes) bytes = NULL;
  int stride;

  cairo_surface_flush (surface);
  stride = cairo_image_surface_get_stride (surface);
  bytes
      = g_bytes_new (cairo_image_surface_get_data (surface), (gsize)stride * cairo_image_surface_get_height (surface));
  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface),
                                 GDK_MEMORY_DEFAULT, bytes, stride);
}

static GdkTexture *
draw_page (PopplerPage *page, double factor, double width, double height)
{
  GdkTexture *texture;
  cairo_surface_t *surface;
  cairo_t *cr;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (1, (int)(width * factor + 0.5)),
                                        MAX (1, (int)(height * factor + 0.5)));
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (surface);
      return NULL;
    }
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, factor, factor);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  texture = texture_from_surface (surface);
  cairo_surface_destroy (surface);
  return texture;
}

static void
set_damaged (GError **error)
{
  g_set_error_literal (error, TD_SCAN_ERROR, TD_SCAN_ERROR_DAMAGED,
                       _ ("This file is damaged and can’t be shown. The dossier is kept as it is. "
                          "Ask the unit that sent it for a new scan."));
}

static PopplerDocument *
open_document (const Request *request, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (request->path);
  g_autoptr (GError) local = NULL;
  PopplerDocument *document;

  document = poppler_document_new_from_gfile (file, NULL, NULL, &local);
  if (document != NULL && poppler_document_get_n_pages (document) > 0)
    return document;
  if (g_error_matches (local, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    g_set_error_literal (error, TD_SCAN_ERROR, TD_SCAN_ERROR_ENCRYPTED,
                         _ ("This PDF file asks for a password and can’t be shown. "
                            "Ask the unit that sent it for a file without a password."));
  else
    set_damaged (error);
  g_clear_object (&document);
  return NULL;
}

/* Poppler has no autoptr on Debian 12. */
static TdScanPage *
render_pdf (const Request *request, GError **error)
{
  PopplerDocument *document = open_document (request, error);
  PopplerPage *page;
  GdkTexture *texture = NULL;
  double width = 0;
  double height = 0;
  int pages;
  int number;

  if (document == NULL)
    return NULL;
  pages = poppler_document_get_n_pages (document);
  number = CLAMP (request->page, 0, pages - 1);
  page = poppler_document_get_page (document, number);
  if (page != NULL)
    poppler_page_get_size (page, &width, &height);
  if (width > 0 && height > 0)
    texture = draw_page (page, factor_for (request, width, height), width, height);
  g_clear_object (&page);
  g_object_unref (document);
  if (texture != NULL)
    return page_new (texture, number, pages, width, height);
  set_damaged (error);
  return NULL;
}

static TdScanPage *
render_picture (const Request *request, int width, int height, GError **error)
{
  g_autoptr (GdkPixbuf) raw = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  double factor;

  if (width > MOST_CLAIMED || height > MOST_CLAIMED)
    {
      g_set_error_literal (error, TD_SCAN_ERROR, TD_SCAN_ERROR_SIZE,
                           _ ("This picture is too large to be shown. Ask the unit that sent it for a smaller scan."));
      return NULL;
    }
  factor = factor_for (request, width, height);
  raw = gdk_pixbuf_new_from_file_at_scale (request->path, MAX (1, (int)(width * factor)), -1, TRUE, NULL);
  if (raw == NULL)
    {
      set_damaged (error);
      return NULL;
    }
  picture = gdk_pixbuf_apply_embedded_orientation (raw);
  return page_new (gdk_texture_new_for_pixbuf (picture), 0, 1, width, height);
}

/* What the file is, by its bytes: a name proves nothing. */
static gboolean
is_pdf (const char *path, gboolean *readable)
{
  char head[HEAD_BYTES];
  gsize got = 0;
  FILE *file = g_fopen (path, "rb");

  *readable = file != NULL;
  if (file == NULL)
    return FALSE;
  got = fread (head, 1, sizeof head, file);
  fclose (file);
  return g_strstr_len (head, (gssize)got, "%PDF-") != NULL;
}

static TdScanPage *
render (const Request *request, GError **error)
{
  gboolean readable;
  gboolean pdf = is_pdf (request->path, &readable);
  int width = 0;
  int height = 0;

  if (!readable)
    {
      g_set_error_literal (error, TD_SCAN_ERROR, TD_SCAN_ERROR_MISSING,
                           _ ("The file is not on this machine any more. Download it again."));
      return NULL;
    }
  if (pdf)
    return render_pdf (request, error);
  if (gdk_pixbuf_get_file_info (request->path, &width, &height) != NULL && width > 0 && height > 0)
    return render_picture (request, width, height, error);
  g_set_error_literal (error, TD_SCAN_ERROR, TD_SCAN_ERROR_KIND,
                       _ ("This file is neither a PDF nor a picture, or it is damaged. "
                          "It can be opened with another program."));
  return NULL;
}

static void
render_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  TdScanPage *page;

  g_mutex_lock (&drawing);
  if (g_task_return_error_if_cancelled (task))
    {
      g_mutex_unlock (&drawing);
      return;
    }
  page = render (task_data, &error);
  g_mutex_unlock (&drawing);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify)td_scan_page_free);
  else
    g_task_return_error (task, error);
}

/**
 * td_scan_render_async:
 * @path: a local file
 * @page: number of the page, from 0
 * @width: wished width in dots, or 0
 * @scale: with @width 0, factor to the natural size
 * @cancellable: (nullable): cancels the wait and, where it has not begun, the drawing
 * @callback: called in the main thread
 * @data: for @callback
 *
 * Draws one page in a thread.
 */
void
td_scan_render_async (const char *path,
                      int page,
                      int width,
                      double scale,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_return_if_fail (path != NULL);
  g_return_if_fail (width > 0 || scale > 0);

  request = g_new0 (Request, 1);
  request->path = g_strdup (path);
  request->page = page;
  request->width = width;
  request->scale = scale;
  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, td_scan_render_async);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);
  g_task_run_in_thread (task, render_in_thread);
}

/**
 * td_scan_render_finish:
 * @result: what the callback got
 * @error: return location for a sentence
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with @error set
 */
TdScanPage *
td_scan_render_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
