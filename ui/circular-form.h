/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/circulars.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A draft of correspondence: its fields by kind, its files, sending and putting aside.
 * Signal "left": it was sent or put aside. */
#define TD_TYPE_CIRCULAR_FORM (td_circular_form_get_type ())
G_DECLARE_FINAL_TYPE (TdCircularForm, td_circular_form, TD, CIRCULAR_FORM, GtkBox)

void td_circular_form_set_desk (TdCircularForm *self, TdDesk *desk);
/* The draft to be written; the same one again changes nothing under a hand. */
void td_circular_form_show (TdCircularForm *self, const char *record);
/* The record it holds; NULL for none. */
const char *td_circular_form_get_record (TdCircularForm *self);

G_END_DECLS
