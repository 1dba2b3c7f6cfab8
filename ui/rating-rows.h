/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A field for each year the plan looks at, put into @box before it is bound: of a unit the rating with its
 * decision and whose it is, of a person the rating alone. */
void td_rating_rows_add_unit (GtkBox *box, TdDesk *desk);
void td_rating_rows_add_person (GtkBox *box, TdDesk *desk);

G_END_DECLS
