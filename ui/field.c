/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "field.h"

G_DEFINE_INTERFACE (TdField, td_field, GTK_TYPE_WIDGET)

static void
td_field_default_init (TdFieldInterface *iface)
{
}

/* ---- walking ---------------------------------------------------------------- */

/* TRUE stops the walk. */
typedef gboolean (*Visit) (TdField *field, gpointer data);

static gboolean
walk (GtkWidget *widget, Visit visit, gpointer data)
{
  if (TD_IS_FIELD (widget))
    return visit (TD_FIELD (widget), data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (walk (child, visit, data))
      return TRUE;
  return FALSE;
}

typedef struct
{
  TdDesk *desk;
  const char *record;
  const char *path; /* or prefix */
} Target;

static gboolean
bind_one (TdField *field, gpointer data)
{
  const Target *target = data;
  const char *path = td_field_get_path (field);

  if (path != NULL)
    td_field_bind (field, target->desk, target->record, path);
  return FALSE;
}

static gboolean
bind_in_row (TdField *field, gpointer data)
{
  const Target *target = data;
  const char *path = td_field_get_path (field);

  if (path != NULL && g_str_has_prefix (path, "ROW/"))
    {
      g_autofree char *whole = g_strconcat (target->path, path + strlen ("ROW"), NULL);

      td_field_bind (field, target->desk, target->record, whole);
    }
  return FALSE;
}

static gboolean
commit_one (TdField *field, gpointer data)
{
  gboolean *all = data;

  if (td_field_get_record (field) != NULL && !td_field_commit (field))
    *all = FALSE;
  return FALSE;
}

static gboolean
focus_one (TdField *field, gpointer data)
{
  const Target *target = data;

  if (g_strcmp0 (td_field_get_path (field), target->path) != 0)
    return FALSE;
  if (target->record != NULL && g_strcmp0 (td_field_get_record (field), target->record) != 0)
    return FALSE;
  if (!gtk_widget_is_visible (GTK_WIDGET (field)))
    return FALSE;
  td_field_focus (field);
  return TRUE;
}

/* ---- public ------------------------------------------------------------------- */

/** td_field_get_record: the record @self shows, NULL while it is unbound. */
const char *
td_field_get_record (TdField *self)
{
  g_return_val_if_fail (TD_IS_FIELD (self), NULL);
  return TD_FIELD_GET_IFACE (self)->get_record (self);
}

/** td_field_get_path: the member @self shows. */
const char *
td_field_get_path (TdField *self)
{
  g_return_val_if_fail (TD_IS_FIELD (self), NULL);
  return TD_FIELD_GET_IFACE (self)->get_path (self);
}

/** td_field_bind: shows @path of @record from now on. What was typed for another record is written first. */
void
td_field_bind (TdField *self, TdDesk *desk, const char *record, const char *path)
{
  g_return_if_fail (TD_IS_FIELD (self));
  g_return_if_fail (TD_IS_DESK (desk));
  g_return_if_fail (record != NULL && path != NULL);
  TD_FIELD_GET_IFACE (self)->bind (self, desk, record, path);
}

/** td_field_commit: writes what was typed; FALSE when it was refused. */
gboolean
td_field_commit (TdField *self)
{
  g_return_val_if_fail (TD_IS_FIELD (self), FALSE);
  return TD_FIELD_GET_IFACE (self)->commit (self);
}

/** td_field_focus: puts the cursor into @self; the scrolled window around it follows. */
void
td_field_focus (TdField *self)
{
  g_return_if_fail (TD_IS_FIELD (self));
  TD_FIELD_GET_IFACE (self)->focus (self);
}

/** td_form_bind: binds every field inside @root that has a path. */
void
td_form_bind (GtkWidget *root, TdDesk *desk, const char *record)
{
  Target target = { desk, record, NULL };

  g_return_if_fail (GTK_IS_WIDGET (root));
  walk (root, bind_one, &target);
}

/** td_form_bind_row: binds every field inside @root whose path begins with "ROW/", which becomes @prefix. */
void
td_form_bind_row (GtkWidget *root, TdDesk *desk, const char *record, const char *prefix)
{
  Target target = { desk, record, prefix };

  g_return_if_fail (GTK_IS_WIDGET (root));
  walk (root, bind_in_row, &target);
}

/** td_form_commit: commits every bound field inside @root; FALSE when one was refused. */
gboolean
td_form_commit (GtkWidget *root)
{
  gboolean all = TRUE;

  g_return_val_if_fail (GTK_IS_WIDGET (root), FALSE);
  walk (root, commit_one, &all);
  return all;
}

/** td_form_focus: goes to the field of @record (NULL: any) and @path; FALSE when @root has none. */
gboolean
td_form_focus (GtkWidget *root, const char *record, const char *path)
{
  Target target = { NULL, record, path };

  g_return_val_if_fail (GTK_IS_WIDGET (root), FALSE);
  return path != NULL && walk (root, focus_one, &target);
}

/* ---- what is only typed ---------------------------------------------------------- */

static guint pending_fields;

/** td_field_pending: the number of fields with words not yet on disk. */
guint
td_field_pending (void)
{
  return pending_fields;
}

/** td_field_note: called by @self once when it begins to be pending and once when it ends. */
void
td_field_note (TdField *self, gboolean pending)
{
  g_return_if_fail (TD_IS_FIELD (self));
  g_return_if_fail (pending || pending_fields > 0);
  pending_fields = pending ? pending_fields + 1 : pending_fields - 1;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.note-typing", NULL);
}
