/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/circulars.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The place "circulars": correspondence received, sent and being written (plan V.1,
 * V.2, V.4 to V.6). Actions for what stands inside it:
 *   circulars.write (ss)  begins a piece: its type, and what it is about or ""
 *   circulars.open (s)    shows a piece */
#define TD_TYPE_PAGE_CIRCULARS (td_page_circulars_get_type ())
G_DECLARE_FINAL_TYPE (TdPageCirculars, td_page_circulars, TD, PAGE_CIRCULARS, GtkBox)

GtkWidget *td_page_circulars_new (TdDesk *desk);
/* Begins a notice to @units: keys, one a line. */
void td_page_circulars_write_notice (TdPageCirculars *self, const char *units);

G_END_DECLS
