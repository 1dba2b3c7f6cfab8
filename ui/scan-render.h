/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One page of a scan as a picture, drawn in a thread so that no window waits. */

#define TD_SCAN_ERROR (td_scan_error_quark ())
typedef enum
{
  TD_SCAN_ERROR_MISSING,   /* the file is not there */
  TD_SCAN_ERROR_DAMAGED,   /* a PDF or picture that can't be read */
  TD_SCAN_ERROR_ENCRYPTED, /* a PDF that asks for a password */
  TD_SCAN_ERROR_KIND,      /* neither PDF nor picture */
  TD_SCAN_ERROR_SIZE       /* more dots than can be drawn */
} TdScanError;
GQuark td_scan_error_quark (void);

typedef struct
{
  GdkTexture *texture;
  int page;     /* from 0 */
  int pages;    /* 1 for a picture */
  double width; /* natural size in points (PDF) or dots (picture) */
  double height;
} TdScanPage;
void td_scan_page_free (TdScanPage *self);

/* Draws @page of the file at @path. @width is the wished width in dots of the
 * screen; 0 with @scale set draws natural size times @scale. */
void td_scan_render_async (const char *path,
                           int page,
                           int width,
                           double scale,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);
TdScanPage *td_scan_render_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdScanPage, td_scan_page_free)

G_END_DECLS
