/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "say.h"

G_BEGIN_DECLS

/* After a failed enrolment: where @error is TD_DESK_ERROR_UNIT, asks whether this machine becomes the unit that the code
 * or file was for. After the yes, and the change, @again is called with @owner, to enrol once more. */
void td_unit_change_offer (
    GtkWidget *near, TdDesk *desk, const GError *error, TdConfirmed again, gpointer owner); /* a GObject */

G_END_DECLS
