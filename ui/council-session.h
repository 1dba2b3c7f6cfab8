/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A meeting of the Council: its minutes, the votes on each dossier, its opinion.
 *
 * Signals:
 *   "taken" (char *sentence)    the opinion was recorded
 *   "trouble" (char *sentence)  it was refused
 */
#define TD_TYPE_COUNCIL_SESSION (td_council_session_get_type ())
G_DECLARE_FINAL_TYPE (TdCouncilSession, td_council_session, TD, COUNCIL_SESSION, GtkBox)

/* Loads the session being prepared and the dossiers before the Council; again
 * after a change. */
void td_council_session_load (TdCouncilSession *self, TdDesk *desk);
/* Writes what is still only typed. */
gboolean td_council_session_commit (TdCouncilSession *self);

G_END_DECLS
