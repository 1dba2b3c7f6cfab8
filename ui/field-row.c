/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "field-row.h"

#include "legacy-paste.h"

#include <glib/gi18n.h>

/* Long enough to finish a word, short enough for "on disk within a second". */
#define REST_MS 500

struct _TdFieldRow
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *record;
  char *path;
  char *title;
  char *hint;
  char *known; /* what the desk last showed */
  int lines;
  gboolean compact;
  gboolean composing; /* the input method's pre-edit is open */
  gboolean dirty;     /* typed, not yet taken by the desk */
  gboolean refused;   /* stands in the entry, can't be read */
  gboolean filling;   /* the text changes because we set it */
  guint rest;

  GtkLabel *label;
  GtkEntry *entry;
  GtkScrolledWindow *scroller;
  GtkTextView *view;
  GtkLabel *hint_label;
  GtkWidget *named_box;
  GtkWidget *error_box;
  GtkLabel *error_label;
};

typedef enum
{
  PROP_TITLE = 1,
  PROP_PATH,
  PROP_HINT,
  PROP_LINES,
  PROP_COMPACT,
  N_PROPS
} TdFieldRowProperty;

static GParamSpec *properties[N_PROPS];

static void field_init (TdFieldInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdFieldRow,
                               td_field_row,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_FIELD, field_init))

static GtkWidget *
input (TdFieldRow *self)
{
  return self->lines > 1 ? GTK_WIDGET (self->view) : GTK_WIDGET (self->entry);
}

static char *
typed_text (TdFieldRow *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (self->lines <= 1)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
show_text (TdFieldRow *self, const char *text)
{
  g_autofree char *now = typed_text (self);

  if (g_strcmp0 (now, text) == 0)
    return;
  if (self->compact)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), *text != '\0' ? text : NULL);
  self->filling = TRUE;
  if (self->lines > 1)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->filling = FALSE;
}

static void
show_error (TdFieldRow *self, const char *sentence)
{
  gtk_label_set_label (self->error_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->error_box, sentence != NULL);
  if (sentence != NULL)
    {
      gtk_widget_add_css_class (input (self), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (input (self)), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      return;
    }
  gtk_widget_remove_css_class (input (self), "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (input (self)), GTK_ACCESSIBLE_STATE_INVALID);
}

/* What can't be read is no value of the record, but the person's words all the same. */
static char *
draft_key (TdFieldRow *self)
{
  return g_strdup_printf ("field/%s/%s", self->record, self->path);
}

static gboolean
has_focus (TdFieldRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

static void
refresh_rights (TdFieldRow *self)
{
  gboolean may = td_desk_may_set (self->desk, self->record, self->path);
  gboolean named = td_desk_named (self->desk, self->record, self->path);

  gtk_widget_set_sensitive (input (self), may);
  gtk_widget_set_visible (self->named_box, named);
  if (named)
    gtk_widget_add_css_class (GTK_WIDGET (self), "td-to-correct");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "td-to-correct");
}

/* The desk's word, unless the person's is newer. The text under a cursor is
 * replaced only when it changed elsewhere, not to be put in shape. */
static void
refresh (TdFieldRow *self)
{
  g_autofree char *shown = NULL;

  refresh_rights (self);
  if (self->dirty || self->refused || self->composing)
    return;
  shown = td_desk_shown (self->desk, self->record, self->path);
  if (has_focus (self) && g_strcmp0 (shown, self->known) == 0)
    return;
  g_free (self->known);
  self->known = g_steal_pointer (&shown);
  show_text (self, self->known);
}

static void
set_dirty (TdFieldRow *self, gboolean dirty)
{
  if (self->dirty == dirty)
    return;
  self->dirty = dirty;
  td_field_note (TD_FIELD (self), dirty);
}

static void
stop_rest (TdFieldRow *self)
{
  g_clear_handle_id (&self->rest, g_source_remove);
}

/* @final: the person left the field, so a refusal is said; before that they may
 * only be half way through a date. */
static gboolean
commit (TdFieldRow *self, gboolean final)
{
  g_autofree char *text = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  stop_rest (self);
  if (self->record == NULL)
    return TRUE;
  if (!self->dirty && !(final && self->refused))
    return !self->refused;
  text = typed_text (self);
  key = draft_key (self);
  if (!td_desk_set (self->desk, self->record, self->path, text, &error))
    {
      set_dirty (self, FALSE);
      self->refused = TRUE;
      td_desk_set_draft (self->desk, key, text);
      if (final)
        show_error (self, error->message);
      return FALSE;
    }
  if (self->refused)
    td_desk_set_draft (self->desk, key, "");
  set_dirty (self, FALSE);
  self->refused = FALSE;
  show_error (self, NULL);
  g_free (self->known);
  self->known = td_desk_shown (self->desk, self->record, self->path);
  return TRUE;
}

/* The label names the input, also where a grid doesn't show it. */
static void
name_input (TdFieldRow *self)
{
  g_autofree char *label = NULL;
  const char *name = self->title;

  if (self->record != NULL && (name == NULL || self->compact))
    name = label = td_desk_field_label (self->desk, self->record, self->path);
  if (name != NULL)
    gtk_label_set_label (self->label, name);
}

/* ---- callbacks -------------------------------------------------------------- */

static gboolean
on_rest (gpointer data)
{
  TdFieldRow *self = data;

  self->rest = 0;
  commit (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
arm (TdFieldRow *self)
{
  stop_rest (self);
  if (!self->composing)
    self->rest = g_timeout_add (REST_MS, on_rest, self);
}

static void
on_changed (TdFieldRow *self)
{
  if (self->filling || self->record == NULL)
    return;
  set_dirty (self, TRUE);
  show_error (self, NULL);
  arm (self);
}

static void
on_preedit (TdFieldRow *self, const char *preedit)
{
  gboolean composing = preedit != NULL && *preedit != '\0';

  if (composing == self->composing)
    return;
  self->composing = composing;
  if (composing)
    stop_rest (self);
  else if (self->dirty)
    arm (self);
}

static void
on_leave (TdFieldRow *self)
{
  if (self->record == NULL)
    return;
  self->composing = FALSE;
  if (commit (self, TRUE) && self->known != NULL)
    show_text (self, self->known);
}

static void
on_enter (TdFieldRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* As in Excel: Enter takes the value and goes on. */
  commit (self, TRUE);
  if (root != NULL)
    gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
}

static void
on_desk_changed (TdFieldRow *self, const char *what)
{
  if (self->record == NULL)
    return;
  if (g_strcmp0 (what, "all") == 0 || g_strcmp0 (what, self->record) == 0)
    {
      /* A cell is called after its row, whose name may just have been typed. */
      if (self->compact)
        name_input (self);
      refresh (self);
    }
  else
    refresh_rights (self);
}

/* ---- the field ---------------------------------------------------------------- */

static void
restore_draft (TdFieldRow *self)
{
  g_autofree char *key = draft_key (self);
  g_autofree char *text = td_desk_draft (self->desk, key);

  if (text == NULL || *text == '\0')
    return;
  show_text (self, text);
  self->refused = TRUE;
  commit (self, TRUE);
}

static void
td_field_row_bind (TdField *field, TdDesk *desk, const char *record, const char *path)
{
  TdFieldRow *self = TD_FIELD_ROW (field);
  g_autofree char *own_path = g_strdup (path);

  if (self->record != NULL)
    commit (self, TRUE);
  if (self->desk != desk)
    {
      if (self->desk != NULL)
        g_signal_handlers_disconnect_by_func (self->desk, on_desk_changed, self);
      g_set_object (&self->desk, desk);
      g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed), self, G_CONNECT_SWAPPED);
    }
  set_dirty (self, FALSE);
  self->refused = FALSE;
  show_error (self, NULL);
  g_clear_pointer (&self->known, g_free);
  g_free (self->record);
  self->record = g_strdup (record);
  g_free (self->path);
  self->path = g_steal_pointer (&own_path);
  name_input (self);
  refresh (self);
  restore_draft (self);
}

static const char *
td_field_row_get_record (TdField *field)
{
  return TD_FIELD_ROW (field)->record;
}

static const char *
td_field_row_get_path (TdField *field)
{
  return TD_FIELD_ROW (field)->path;
}

static gboolean
td_field_row_commit (TdField *field)
{
  return commit (TD_FIELD_ROW (field), TRUE);
}

static void
td_field_row_focus (TdField *field)
{
  TdFieldRow *self = TD_FIELD_ROW (field);

  /* Selected, the next key would wipe out what is there. */
  if (self->lines > 1)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->view));
      return;
    }
  gtk_entry_grab_focus_without_selecting (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
field_init (TdFieldInterface *iface)
{
  iface->get_record = td_field_row_get_record;
  iface->get_path = td_field_row_get_path;
  iface->bind = td_field_row_bind;
  iface->commit = td_field_row_commit;
  iface->focus = td_field_row_focus;
}

/* ---- the object ---------------------------------------------------------------- */

static void
set_lines (TdFieldRow *self, int lines)
{
  self->lines = lines;
  gtk_widget_set_visible (GTK_WIDGET (self->entry), lines <= 1);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), lines > 1);
  gtk_label_set_mnemonic_widget (self->label, input (self));
  if (lines > 1)
    gtk_scrolled_window_set_min_content_height (self->scroller, lines * 24);
}

/* In a grid the column decides the width, not what stands in the cell. */
static void
set_compact (TdFieldRow *self, gboolean compact)
{
  self->compact = compact;
  gtk_widget_set_visible (GTK_WIDGET (self->label), !compact);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), compact ? 4 : -1);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), compact ? 4 : -1);
  gtk_label_set_max_width_chars (self->error_label, compact ? 6 : -1);
  gtk_label_set_wrap_mode (self->error_label, PANGO_WRAP_WORD_CHAR);
}

static void
td_field_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TdFieldRow *self = TD_FIELD_ROW (object);

  switch ((TdFieldRowProperty)id)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      name_input (self);
      break;
    case PROP_PATH:
      g_free (self->path);
      self->path = g_value_dup_string (value);
      break;
    case PROP_HINT:
      g_free (self->hint);
      self->hint = g_value_dup_string (value);
      gtk_label_set_label (self->hint_label, self->hint != NULL ? self->hint : "");
      gtk_widget_set_visible (GTK_WIDGET (self->hint_label), self->hint != NULL && *self->hint != '\0');
      break;
    case PROP_LINES:
      set_lines (self, g_value_get_int (value));
      break;
    case PROP_COMPACT:
      set_compact (self, g_value_get_boolean (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
td_field_row_dispose (GObject *object)
{
  TdFieldRow *self = TD_FIELD_ROW (object);

  stop_rest (self);
  if (self->dirty && self->desk != NULL)
    commit (self, FALSE);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_FIELD_ROW);
  G_OBJECT_CLASS (td_field_row_parent_class)->dispose (object);
}

static void
td_field_row_finalize (GObject *object)
{
  TdFieldRow *self = TD_FIELD_ROW (object);

  g_free (self->path);
  g_free (self->title);
  g_free (self->hint);
  g_free (self->known);
  G_OBJECT_CLASS (td_field_row_parent_class)->finalize (object);
}

static void
td_field_row_class_init (TdFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = td_field_row_set_property;
  object_class->dispose = td_field_row_dispose;
  object_class->finalize = td_field_row_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LINES] = g_param_spec_int ("lines", NULL, NULL, 1, 100, 1, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COMPACT]
      = g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFieldRow, label);
  gtk_widget_class_bind_template_child (widget_class, TdFieldRow, entry);
  gtk_widget_class_bind_template_child (widget_class, TdFieldRow, scroller);
  gtk_widget_class_bind_template_child (widget_class, TdFieldRow, view);
  gtk_widget_class_bind_template_child (widget_class, TdFieldRow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, TdFieldRow, named_box);
  gtk_widget_class_bind_template_child (widget_class, TdFieldRow, error_box);
  gtk_widget_class_bind_template_child (widget_class, TdFieldRow, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
}

static void
td_field_row_init (TdFieldRow *self)
{
  GtkText *text;

  self->lines = 1;
  gtk_widget_init_template (GTK_WIDGET (self));
  text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
  g_signal_connect_swapped (text, "preedit-changed", G_CALLBACK (on_preedit), self);
  td_legacy_watch (GTK_WIDGET (text));
  td_legacy_watch (GTK_WIDGET (self->view));
  g_signal_connect_swapped (self->view, "preedit-changed", G_CALLBACK (on_preedit), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (on_changed), self);
}

/** td_field_row_new: @title NULL takes the desk's name of the field. */
GtkWidget *
td_field_row_new (TdDesk *desk, const char *record, const char *path, const char *title)
{
  GtkWidget *self = g_object_new (TD_TYPE_FIELD_ROW, "title", title, NULL);

  td_field_bind (TD_FIELD (self), desk, record, path);
  return self;
}
