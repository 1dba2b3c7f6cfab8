/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tờ trình and Biên bản, the dossiers that go up with them, and handing in. */
#define TD_TYPE_SUBMISSION_PAGE (td_submission_page_get_type ())
G_DECLARE_FINAL_TYPE (TdSubmissionPage, td_submission_page, TD, SUBMISSION_PAGE, GtkBox)

GtkWidget *td_submission_page_new (TdDesk *desk);
/* @record NULL: the letter being prepared, begun if there is none. */
void td_submission_page_show (TdSubmissionPage *self, const char *record);
gboolean td_submission_page_focus (TdSubmissionPage *self, const char *record, const char *path);

G_END_DECLS
