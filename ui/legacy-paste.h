/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pasted text that was typed with fonts of the time before Unicode: it is shown before and after, and the person
 * decides. */

/* @text: as it shall be pasted; NULL: not at all. @data as given; called once. */
typedef void (*TdLegacyAnswered) (gpointer data, const char *text);
/* Asks when @text seems to be of an old code page, otherwise answers at once. @near: any widget of the window. */
void td_legacy_ask (GtkWidget *near, const char *text, TdLegacyAnswered answered, gpointer data);

/* From now on whatever is pasted into @input, a GtkText or a GtkTextView, is asked about first. */
void td_legacy_watch (GtkWidget *input);

G_END_DECLS
