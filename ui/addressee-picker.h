/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whom a notice or inspection is for: the units below, searched without tones, each
 * with a tick. What is ticked is written to the record's member "to" at once. */
#define TD_TYPE_ADDRESSEE_PICKER (td_addressee_picker_get_type ())
G_DECLARE_FINAL_TYPE (TdAddresseePicker, td_addressee_picker, TD, ADDRESSEE_PICKER, GtkBox)

GtkWidget *td_addressee_picker_new (TdDesk *desk, const char *record);

G_END_DECLS
