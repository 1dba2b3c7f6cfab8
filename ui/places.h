/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The places of the window and who has them (design.md 7). */
typedef struct
{
  const char *name;
  const char *label; /* English, with a mnemonic */
  const char *icon;
  const char *keys; /* for the tooltip */
  guint seats;      /* bits 1 << TdSeat */
  GtkWidget *(*create) (TdDesk *desk);
} TdPlace;

extern const TdPlace td_places[];
extern const guint td_n_places;

gboolean td_place_has_seat (const TdPlace *place, TdSeat seat);
/* The place where @record is edited or read by this desk. */
const char *td_place_of_record (TdDesk *desk, const char *record);

G_END_DECLS
