/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Lists of finished rows. A refresh keeps the focus where it was. */

/* @create makes the row of one item. */
typedef GtkWidget *(*TdRowCreate) (gpointer item, gpointer data);

void td_rows_show (GtkListBox *list, GListModel *model, TdRowCreate create, gpointer data);
/* The usual row of a TdRowItem: icon of its state, title, subtitle, value. */
GtkWidget *td_rows_plain (gpointer item, gpointer data);
/* The same without an icon: something to choose. */
GtkWidget *td_rows_choice (gpointer item, gpointer data);
/* A plain row of any words; each may be NULL. */
GtkWidget *td_rows_words (const char *icon, const char *title, const char *subtitle, const char *value);
/* The item of an activated row. */
gpointer td_rows_item (GtkListBoxRow *row);

/* A string column of a GtkColumnView: @text gives the cell's words of an item, owned. */
typedef char *(*TdCellText) (gpointer item);
GtkColumnViewColumn *td_rows_column (GtkColumnView *view, const char *title, TdCellText text, gboolean expand);

G_END_DECLS
