/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The papers of a dossier, one page at a time, beside its fields. */
#define TD_TYPE_SCAN_VIEW (td_scan_view_get_type ())
G_DECLARE_FINAL_TYPE (TdScanView, td_scan_view, TD, SCAN_VIEW, GtkBox)

GtkWidget *td_scan_view_new (TdDesk *desk);
void td_scan_view_set_desk (TdScanView *self, TdDesk *desk);
/* @files of TdFileItem; the paper in view stays in view if it is among them. */
void td_scan_view_set_files (TdScanView *self, GListModel *files);
/* Shows the paper with @key of @record. */
void td_scan_view_show (TdScanView *self, const char *record, const char *key);

G_END_DECLS
