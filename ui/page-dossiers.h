/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Hồ sơ khen thưởng: this unit's nominations as a list, one of them in the editor,
 * and the letter that carries them up. */
#define TD_TYPE_PAGE_DOSSIERS (td_page_dossiers_get_type ())
G_DECLARE_FINAL_TYPE (TdPageDossiers, td_page_dossiers, TD, PAGE_DOSSIERS, GtkBox)

GtkWidget *td_page_dossiers_new (TdDesk *desk);

G_END_DECLS
