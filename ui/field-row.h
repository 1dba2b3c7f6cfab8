/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "field.h"

G_BEGIN_DECLS

/* A labelled entry bound to (desk, record, path). What is typed is on disk half a
 * second after typing stops or when the focus leaves, never while the input
 * method composes. What can't be read keeps standing in the entry with a sentence
 * under it. Insensitive where the unit may not write; marked where a return names it.
 *
 * Properties for templates: "title" (the visible label; without one the desk's
 * name of the field), "path", "lines" (> 1: a text of several lines),
 * "compact" (no visible label: a cell of a grid), "hint" (under the field). */
#define TD_TYPE_FIELD_ROW (td_field_row_get_type ())
G_DECLARE_FINAL_TYPE (TdFieldRow, td_field_row, TD, FIELD_ROW, GtkBox)

/* @title NULL: the desk's name of the field. */
GtkWidget *td_field_row_new (TdDesk *desk, const char *record, const char *path, const char *title);

G_END_DECLS
