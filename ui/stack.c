/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stack.h"

/** td_stack_show_child: @child is shown, the others are hidden. */
void
td_stack_show_child (GtkStack *stack, GtkWidget *child)
{
  g_return_if_fail (GTK_IS_STACK (stack));
  g_return_if_fail (GTK_IS_WIDGET (child));
  gtk_widget_set_visible (child, TRUE);
  gtk_stack_set_visible_child (stack, child);
  for (GtkWidget *other = gtk_widget_get_first_child (GTK_WIDGET (stack)); other != NULL;
       other = gtk_widget_get_next_sibling (other))
    if (other != child)
      gtk_widget_set_visible (other, FALSE);
}

/** td_stack_show: the page called @name is shown, the others are hidden. */
void
td_stack_show (GtkStack *stack, const char *name)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_STACK (stack));
  child = gtk_stack_get_child_by_name (stack, name);
  g_return_if_fail (child != NULL);
  td_stack_show_child (stack, child);
}
