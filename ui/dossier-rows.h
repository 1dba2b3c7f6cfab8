/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Dossiers as rows of a short list. */
typedef gboolean (*TdDossierTest) (TdDossierItem *item);

GListStore *td_dossier_rows_filter (GListModel *all, TdDossierTest test);
/* A TdRowCreate: name, whose it is, stage, who holds it since when. */
GtkWidget *td_dossier_row_new (gpointer item, gpointer data);

G_END_DECLS
