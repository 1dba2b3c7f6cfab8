/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/demo.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <glib/gi18n.h>

/* A4 in points; margins as the decree has them: 30 mm left, 20 mm the rest (forms.md 2). */
#define PAGE_WIDTH 595.0
#define PAGE_HEIGHT 842.0
#define LEFT 85.0
#define RIGHT 57.0
#define TOP 57.0
#define FACE "Liberation Serif, Noto Serif, DejaVu Serif"

static double
put (cairo_t *cr,
     const char *text,
     const char *style,
     double size,
     PangoAlignment align,
     double x,
     double y,
     double width)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autofree char *name = g_strdup_printf ("%s %s %g", FACE, style, size);
  PangoFontDescription *font = pango_font_description_from_string (name);
  int height;

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  pango_layout_set_alignment (layout, align);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_pixel_size (layout, NULL, &height);
  pango_font_description_free (font);
  return y + height;
}

static double
draw_head (cairo_t *cr, const char *unit)
{
  double width = PAGE_WIDTH - LEFT - RIGHT;
  double half = width * 0.46;
  double right = LEFT + width - width * 0.54;
  double y = put (cr, unit, "Bold", 12, PANGO_ALIGN_CENTER, LEFT, TOP, half - 6);
  double z = put (cr, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bold", 12, PANGO_ALIGN_CENTER, right, TOP, width * 0.54);

  z = put (cr, "Độc lập - Tự do - Hạnh phúc", "Bold", 12, PANGO_ALIGN_CENTER, right, z, width * 0.54);
  cairo_set_line_width (cr, 0.7);
  cairo_move_to (cr, right + 70, z + 3);
  cairo_line_to (cr, PAGE_WIDTH - RIGHT - 70, z + 3);
  cairo_stroke (cr);
  return MAX (y, z) + 30;
}

gboolean
td_demo_paper (const char *path, const char *unit, const char *heading, const char *const *lines, GError **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  double width = PAGE_WIDTH - LEFT - RIGHT;
  double y = draw_head (cr, unit);
  cairo_status_t status;

  y = put (cr, heading, "Bold", 14, PANGO_ALIGN_CENTER, LEFT, y, width) + 18;
  for (guint i = 0; lines[i] != NULL; i++)
    y = put (cr, lines[i], "", 13, PANGO_ALIGN_LEFT, LEFT, y, width) + 6;
  put (cr, "(Văn bản hư cấu, chỉ dùng để luyện tập)", "Italic", 11, PANGO_ALIGN_CENTER, LEFT, PAGE_HEIGHT - 80, width);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, TD_DESK_ERROR, TD_DESK_ERROR_FILE, _ ("The paper %s could not be written: %s"), path,
               cairo_status_to_string (status));
  return FALSE;
}
