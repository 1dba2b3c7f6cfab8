/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows of a spreadsheet, out of the clipboard into a record. */

typedef void (*TdRowsPasted) (guint rows, guint unread, gpointer widget);

/* Does the clipboard hold a table rather than a word? */
gboolean td_row_paste_is_table (GdkContentFormats *formats);
/* Reads the clipboard of @widget and adds a row for each of its lines; cells that
 * can't be read keep standing in their fields as drafts. @done gets @widget, which
 * is held meanwhile. */
void td_row_paste (GtkWidget *widget,
                   TdDesk *desk,
                   const char *record,
                   const char *prefix,
                   const char *const *members,
                   TdRowsPasted done);

G_END_DECLS
