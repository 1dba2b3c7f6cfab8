/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A sentence for the person, as a toast of the window that holds @near. */
void td_tell (GtkWidget *near, const char *sentence);
/* The sentence of @error, which is cleared; nothing when there is none. A long
 * one stays until it is closed. */
void td_tell_error (GtkWidget *near, GError **error);

typedef void (*TdConfirmed) (gpointer data);
/* Asks before a step: @label is the answer that calls @confirmed on the main
 * loop; Escape and "Cancel" do nothing. @owner keeps the question alive. */
void td_confirm (GtkWidget *near,
                 const char *heading,
                 const char *body,
                 const char *label,
                 gboolean destructive,
                 TdConfirmed confirmed,
                 gpointer owner); /* a GObject, held until answered */

/* The words of TdVerdict and state ids as an icon: "pass" → td-met-symbolic. */
const char *td_verdict_icon (const char *verdict);
const char *td_verdict_class (const char *verdict); /* met failed missing or "" */
const char *td_state_icon (const char *state);      /* of TdRowItem: ok warn late fail missing info */

G_END_DECLS
