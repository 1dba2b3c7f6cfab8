/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Who works at this machine: the name under every step. */
#define TD_TYPE_PERSON_DIALOG (td_person_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TdPersonDialog, td_person_dialog, TD, PERSON_DIALOG, AdwWindow)

GtkWidget *td_person_dialog_new (TdDesk *desk);

G_END_DECLS
