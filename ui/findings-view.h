/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The live check: what fails first, with clause, figures and cure. Follows the
 * desk by itself.
 *
 * Signal "open" (TdFindingItem *) → gboolean: a finding was activated; a handler
 * that returns TRUE has dealt with it, else "win.open-field" goes to its field. */
#define TD_TYPE_FINDINGS_VIEW (td_findings_view_get_type ())
G_DECLARE_FINAL_TYPE (TdFindingsView, td_findings_view, TD, FINDINGS_VIEW, GtkBox)

GtkWidget *td_findings_view_new (TdDesk *desk);
void td_findings_view_set_desk (TdFindingsView *self, TdDesk *desk);
void td_findings_view_set_dossier (TdFindingsView *self,
                                   const char *dossier); /* NULL: nothing, "": the unit's own ledger */
/* The finding in the focused row, NULL without one; owned. */
TdFindingItem *td_findings_view_get_selected (TdFindingsView *self);

G_END_DECLS
