/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page.h"

#include "field.h"

G_DEFINE_INTERFACE (TdPage, td_page, GTK_TYPE_WIDGET)

static gboolean
open_field (TdPage *self, const char *record, const char *path)
{
  return td_form_focus (GTK_WIDGET (self), record, path);
}

static gboolean
commit_fields (TdPage *self)
{
  return td_form_commit (GTK_WIDGET (self));
}

static gboolean
stay (TdPage *self)
{
  return FALSE;
}

static void
focus_first (TdPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus;

  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  /* Selected, the next key would wipe out what is there. */
  if (GTK_IS_EDITABLE (focus))
    gtk_editable_set_position (GTK_EDITABLE (focus), -1);
}

static void
td_page_default_init (TdPageInterface *iface)
{
  iface->open = open_field;
  iface->commit = commit_fields;
  iface->go_back = stay;
  iface->enter = focus_first;
}

/** td_page_open: shows @record and focuses @path ("" for neither); FALSE when it isn't on this page. */
gboolean
td_page_open (TdPage *self, const char *record, const char *path)
{
  g_return_val_if_fail (TD_IS_PAGE (self), FALSE);
  return TD_PAGE_GET_IFACE (self)->open (self, record, path);
}

/** td_page_commit: writes what is still only typed; FALSE when something was refused. */
gboolean
td_page_commit (TdPage *self)
{
  g_return_val_if_fail (TD_IS_PAGE (self), FALSE);
  return TD_PAGE_GET_IFACE (self)->commit (self);
}

/** td_page_go_back: from an editor to its list; FALSE when there is nowhere to go back to. */
gboolean
td_page_go_back (TdPage *self)
{
  g_return_val_if_fail (TD_IS_PAGE (self), FALSE);
  return TD_PAGE_GET_IFACE (self)->go_back (self);
}

/** td_page_enter: the place was chosen by keyboard, its first widget of use takes the focus. */
void
td_page_enter (TdPage *self)
{
  g_return_if_fail (TD_IS_PAGE (self));
  TD_PAGE_GET_IFACE (self)->enter (self);
}
