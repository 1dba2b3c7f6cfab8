/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The unit's own interim or final report: its sections beside the figures of the ledger,
 * handing it in, and the package for the e-mail. Follows the desk by itself. */
#define TD_TYPE_REPORT_FORM (td_report_form_get_type ())
G_DECLARE_FINAL_TYPE (TdReportForm, td_report_form, TD, REPORT_FORM, GtkBox)

void td_report_form_bind (TdReportForm *self, TdDesk *desk, gboolean interim); /* once */

G_END_DECLS
