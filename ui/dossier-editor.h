/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One nomination of this unit: its fields, papers, live check and chain. */
#define TD_TYPE_DOSSIER_EDITOR (td_dossier_editor_get_type ())
G_DECLARE_FINAL_TYPE (TdDossierEditor, td_dossier_editor, TD, DOSSIER_EDITOR, GtkBox)

GtkWidget *td_dossier_editor_new (TdDesk *desk);
void td_dossier_editor_set_dossier (TdDossierEditor *self, const char *dossier);
const char *td_dossier_editor_get_dossier (TdDossierEditor *self);
/* Focuses @path of @record where the editor shows it. */
gboolean td_dossier_editor_focus (TdDossierEditor *self, const char *record, const char *path);

G_END_DECLS
