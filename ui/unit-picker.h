/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button that opens a search for one unit.
 *
 * Signals:
 *   "picked" (char *key)  the unit chosen
 */
#define TD_TYPE_UNIT_PICKER (td_unit_picker_get_type ())
G_DECLARE_FINAL_TYPE (TdUnitPicker, td_unit_picker, TD, UNIT_PICKER, GtkBox)

void td_unit_picker_set_desk (TdUnitPicker *self, TdDesk *desk);
/* What the button says, with a mnemonic. */
void td_unit_picker_set_label (TdUnitPicker *self, const char *label);

G_END_DECLS
