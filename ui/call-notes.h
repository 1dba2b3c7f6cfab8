/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Beside a dossier or letter: the code to read over the telephone while it waits, and what came of calls that were
 * noted. Whoever shows it does so anew with every refresh; it takes no room when there is nothing to say. */
#define TD_TYPE_CALL_NOTES (td_call_notes_get_type ())
G_DECLARE_FINAL_TYPE (TdCallNotes, td_call_notes, TD, CALL_NOTES, GtkBox)

void td_call_notes_show (TdCallNotes *self, TdDesk *desk, const char *id); /* dossier or letter; NULL: nothing */

/* A button that puts @code into the clipboard. */
GtkWidget *td_call_copy_button (const char *code);

G_END_DECLS
