/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Danh mục, the board's own data: programmes and projects, emulation blocks, the
 * Council's roster; and which units have to be urged. */
#define TD_TYPE_PAGE_CATALOGUE (td_page_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (TdPageCatalogue, td_page_catalogue, TD, PAGE_CATALOGUE, GtkBox)

GtkWidget *td_page_catalogue_new (TdDesk *desk);

G_END_DECLS
