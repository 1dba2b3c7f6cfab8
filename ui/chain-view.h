/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a dossier stands: the stations of its route drawn in a line, and below
 * them every step with who, when and why. Follows the desk by itself. */
#define TD_TYPE_CHAIN_VIEW (td_chain_view_get_type ())
G_DECLARE_FINAL_TYPE (TdChainView, td_chain_view, TD, CHAIN_VIEW, GtkBox)

GtkWidget *td_chain_view_new (TdDesk *desk);
void td_chain_view_set_desk (TdChainView *self, TdDesk *desk);
void td_chain_view_set_dossier (TdChainView *self, const char *dossier); /* NULL: nothing */
/* Only the line of stations, without the steps ("steps-visible" in templates). */
void td_chain_view_set_steps_visible (TdChainView *self, gboolean visible);

G_END_DECLS
