/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A widget that shows and writes one member of one record. A form's template
 * gives each its "path"; td_form_bind then binds all fields inside a widget. */
#define TD_TYPE_FIELD (td_field_get_type ())
G_DECLARE_INTERFACE (TdField, td_field, TD, FIELD, GtkWidget)
struct _TdFieldInterface
{
  GTypeInterface parent_iface;

  const char *(*get_record) (TdField *self);
  const char *(*get_path) (TdField *self);
  void (*bind) (TdField *self, TdDesk *desk, const char *record, const char *path);
  gboolean (*commit) (TdField *self);
  void (*focus) (TdField *self);
};

const char *td_field_get_record (TdField *self); /* NULL while unbound */
const char *td_field_get_path (TdField *self);
void td_field_bind (TdField *self, TdDesk *desk, const char *record, const char *path);
/* Writes what was typed and not yet written; FALSE when it was refused (the
 * sentence then stands under the field). */
gboolean td_field_commit (TdField *self);
void td_field_focus (TdField *self);

/* Binds every field inside @root that has a path. */
void td_form_bind (GtkWidget *root, TdDesk *desk, const char *record);
/* The same for every field whose path begins with "ROW/": ROW becomes @prefix. */
void td_form_bind_row (GtkWidget *root, TdDesk *desk, const char *record, const char *prefix);
gboolean td_form_commit (GtkWidget *root);
/* Focuses the field of @record (NULL: any) and @path inside @root and scrolls to it. */
gboolean td_form_focus (GtkWidget *root, const char *record, const char *path);

/* How many fields hold words that are not yet on disk; a field tells when it
 * begins and when it ends to do so. */
guint td_field_pending (void);
void td_field_note (TdField *self, gboolean pending);

G_END_DECLS
