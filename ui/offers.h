/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The texts offered for a field: NULL-ended, owned. */
typedef char **(*TdOffers) (TdDesk *desk);

/* A button beside the field (@record, @path) that lists what is offered and writes
 * what is chosen; anything else may be typed all the same. */
GtkWidget *td_offers_new (TdDesk *desk, const char *record, const char *path, const char *label, TdOffers offers);

G_END_DECLS
