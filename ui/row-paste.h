/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows of a spreadsheet, out of the clipboard into a record. */

typedef void (*TdRowsPasted) (gpointer widget);

/* Does the clipboard hold a table rather than a word? */
gboolean td_row_paste_is_table (GdkContentFormats *formats);
/* Reads the clipboard of @widget and adds a row for each of its lines. Text of an old code page
 * is asked about first (legacy-paste.h). Where cells
 * can't be read it asks first: all rows, with those cells kept beside their fields to
 * be put right, or the valid ones. @done is called when rows were added and gets
 * @widget, which is held meanwhile. */
void td_row_paste (GtkWidget *widget,
                   TdDesk *desk,
                   const char *record,
                   const char *prefix,
                   const char *const *members,
                   TdRowsPasted done);

G_END_DECLS
