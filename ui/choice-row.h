/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "field.h"

G_BEGIN_DECLS

/* A labelled choice bound to (desk, record, path); the first choice, "not chosen",
 * clears the member. Properties for templates: "title", "path", "compact",
 * "hint", "values" and "labels" (one a line, in the same order, without the first). */
#define TD_TYPE_CHOICE_ROW (td_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (TdChoiceRow, td_choice_row, TD, CHOICE_ROW, GtkBox)

GtkWidget *td_choice_row_new (TdDesk *desk,
                              const char *record,
                              const char *path,
                              const char *title,
                              const char *const *values,
                              const char *const *labels);
/* For choices known only at run time (units, persons). */
void td_choice_row_set_choices (TdChoiceRow *self, const char *const *values, const char *const *labels);

G_END_DECLS
