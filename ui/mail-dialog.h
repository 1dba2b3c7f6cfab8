/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The package of a report is written: its words for the mail program, its folder, and the
 * day on which the person sent it. Nothing is sent from here. */
#define TD_TYPE_MAIL_DIALOG (td_mail_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TdMailDialog, td_mail_dialog, TD, MAIL_DIALOG, AdwWindow)

void td_mail_dialog_show (GtkWindow *parent, TdDesk *desk, gboolean interim, GFile *folder);

G_END_DECLS
