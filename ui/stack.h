/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows one page of a stack and hides the others: GTK 4.8 tells a screen reader
 * of every page that is visible, whether it is in view or not. */
void td_stack_show (GtkStack *stack, const char *name);
void td_stack_show_child (GtkStack *stack, GtkWidget *child);

G_END_DECLS
