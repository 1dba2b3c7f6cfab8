/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The endpoint's address and the enrolment code; enrols when told to, and can be
 * stopped meanwhile.
 *
 * Property "filled": both are there.
 * Signals:
 *   "enrolled" ()
 *   "failed" (char *sentence)
 */
#define TD_TYPE_ENROL_FORM (td_enrol_form_get_type ())
G_DECLARE_FINAL_TYPE (TdEnrolForm, td_enrol_form, TD, ENROL_FORM, GtkBox)

gboolean td_enrol_form_is_filled (TdEnrolForm *self);
void td_enrol_form_set_desk (TdEnrolForm *self, TdDesk *desk);
void td_enrol_form_enrol (TdEnrolForm *self);

G_END_DECLS
