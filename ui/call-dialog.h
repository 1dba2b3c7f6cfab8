/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Writes down a code that a unit below reads over the telephone. */
#define TD_TYPE_CALL_DIALOG (td_call_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TdCallDialog, td_call_dialog, TD, CALL_DIALOG, AdwWindow)

void td_call_dialog_show (GtkWindow *parent, TdDesk *desk);

G_END_DECLS
