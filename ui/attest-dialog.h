/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Writes down that a unit's report came by e-mail or on paper, and when. */
#define TD_TYPE_ATTEST_DIALOG (td_attest_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TdAttestDialog, td_attest_dialog, TD, ATTEST_DIALOG, AdwWindow)

void td_attest_dialog_show (GtkWindow *parent, TdDesk *desk, const char *unit, const char *name, gboolean interim);

G_END_DECLS
