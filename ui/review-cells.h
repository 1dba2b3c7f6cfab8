/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/items.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two lines in a cell, the second dim; used by every table of dossiers. */
GtkWidget *td_review_cell_new (void);
void td_review_cell_set (GtkWidget *cell, const char *first, const char *second);
/* The box that chooses a row of a GtkColumnView with a multiple selection. */
void td_review_check_setup (GtkListItem *item);
void td_review_check_bind (GtkListItem *item);
/* success, warning or error for a verdict; NULL for none. */
const char *td_review_verdict_class (const char *verdict);
/* "To receive", "Received" … for a stage id: the chips' words. */
const char *td_review_stage_name (const char *stage);
/* Stage ids in the order of the chain; NULL after the last. */
const char *td_review_stage_at (guint position);

GtkSorter *td_review_sorter_title (void);
GtkSorter *td_review_sorter_stage (void);
GtkSorter *td_review_sorter_check (void);

G_END_DECLS
