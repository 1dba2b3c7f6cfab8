/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Nhật ký: every step this desk may see, by whom, when, and whether its signature holds. */
#define TD_TYPE_PAGE_JOURNAL (td_page_journal_get_type ())
G_DECLARE_FINAL_TYPE (TdPageJournal, td_page_journal, TD, PAGE_JOURNAL, GtkBox)

GtkWidget *td_page_journal_new (TdDesk *desk);

G_END_DECLS
