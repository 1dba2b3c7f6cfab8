/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One project or one emulation block of the catalogue. */
#define TD_TYPE_ENTRY_FORM (td_entry_form_get_type ())
G_DECLARE_FINAL_TYPE (TdEntryForm, td_entry_form, TD, ENTRY_FORM, GtkBox)

GtkWidget *td_entry_form_new (TdDesk *desk, const char *record, gboolean project);
const char *td_entry_form_get_record (TdEntryForm *self);
void td_entry_form_open (TdEntryForm *self, const char *path); /* focuses the field of @path */

G_END_DECLS
