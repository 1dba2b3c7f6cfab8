/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The award roll: decided dossiers, handing them over, and the table for Word and Excel. */
#define TD_TYPE_PAGE_AWARD_ROLL (td_page_award_roll_get_type ())
G_DECLARE_FINAL_TYPE (TdPageAwardRoll, td_page_award_roll, TD, PAGE_AWARD_ROLL, GtkBox)

GtkWidget *td_page_award_roll_new (TdDesk *desk);

G_END_DECLS
