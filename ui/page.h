/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A place of the window: what the sidebar leads to. */
#define TD_TYPE_PAGE (td_page_get_type ())
G_DECLARE_INTERFACE (TdPage, td_page, TD, PAGE, GtkWidget)
struct _TdPageInterface
{
  GTypeInterface parent_iface;

  /* Shows @record (a dossier or another record of this place) and focuses @path. */
  gboolean (*open) (TdPage *self, const char *record, const char *path);
  /* Writes what is still only typed; FALSE when something was refused. */
  gboolean (*commit) (TdPage *self);
  /* From a page within the place back to its list; FALSE when there is no way back. */
  gboolean (*go_back) (TdPage *self);
  /* Takes the focus when the place is chosen by keyboard. */
  void (*enter) (TdPage *self);
};

gboolean td_page_open (TdPage *self, const char *record, const char *path);
gboolean td_page_commit (TdPage *self);
gboolean td_page_go_back (TdPage *self);
void td_page_enter (TdPage *self);

/* Actions of the window that pages may use with gtk_widget_activate_action:
 *   win.place (s)        "overview" "targets" "dossiers" "review" "reviews" "circulars"
 *                        "catalogue" "exchange" "journal"
 *   win.open-dossier (s) the dossier on the page it belongs to for this seat
 *   win.open-field (ss)  record and path: the field, on whatever page it is
 *   win.write-notice (s) a notice to the units whose keys stand one a line
 *   win.exchange-now */

G_END_DECLS
