/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "choice-row.h"

#include "desk/dated.h"

#include <glib/gi18n.h>

struct _TdChoiceRow
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *record;
  char *path;
  char *title;
  char **values;
  char **labels;
  gboolean compact;
  gboolean filling;

  GtkLabel *label;
  GtkDropDown *choice;
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
  PROP_COMPACT,
  PROP_VALUES,
  PROP_LABELS,
  N_PROPS
} TdChoiceRowProperty;

static GParamSpec *properties[N_PROPS];

static void field_init (TdFieldInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdChoiceRow,
                               td_choice_row,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_FIELD, field_init))

/* A value of the record that is none of the choices is shown as it stands. */
static void
fill (TdChoiceRow *self, const char *foreign)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  gtk_string_list_append (model, _ ("Not chosen"));
  for (guint i = 0; self->values != NULL && self->values[i] != NULL; i++)
    gtk_string_list_append (model, self->labels != NULL && i < g_strv_length (self->labels) ? self->labels[i]
                                                                                            : self->values[i]);
  if (foreign != NULL)
    gtk_string_list_append (model, foreign);
  self->filling = TRUE;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (model));
  self->filling = FALSE;
}

static guint
position_of (TdChoiceRow *self, const char *value)
{
  guint n = self->values != NULL ? g_strv_length (self->values) : 0;

  if (*value == '\0')
    return 0;
  for (guint i = 0; i < n; i++)
    if (g_str_equal (self->values[i], value))
      return i + 1;
  return n + 1;
}

static void
select_value (TdChoiceRow *self, const char *value)
{
  guint n = self->values != NULL ? g_strv_length (self->values) : 0;
  guint position = position_of (self, value);

  if (position == n + 1)
    fill (self, value);
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->choice, position);
  self->filling = FALSE;
}

static void
show_error (TdChoiceRow *self, const char *sentence)
{
  gtk_label_set_label (self->error_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->error_box, sentence != NULL);
}

/* The label names the choice, also where a grid doesn't show it. What takes the
 * focus is a button inside, which GTK leaves without a name. */
static void
name_choice (TdChoiceRow *self)
{
  g_autofree char *label = NULL;
  g_autofree char *spoken = NULL;
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->choice));
  GtkStringObject *value = gtk_drop_down_get_selected_item (self->choice);
  const char *name = self->title;

  if (self->record != NULL && (name == NULL || self->compact))
    name = label = td_desk_field_label (self->desk, self->record, self->path);
  if (name == NULL)
    return;
  gtk_label_set_label (self->label, name);
  spoken = g_strdup_printf ("%s: %s", name, value != NULL ? gtk_string_object_get_string (value) : "");
  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
refresh (TdChoiceRow *self)
{
  g_autofree char *value = td_desk_text (self->desk, self->record, self->path);
  gboolean named = td_desk_named (self->desk, self->record, self->path);

  gtk_widget_set_sensitive (GTK_WIDGET (self->choice), td_desk_may_set (self->desk, self->record, self->path));
  gtk_widget_set_visible (self->named_box, named);
  if (named)
    gtk_widget_add_css_class (GTK_WIDGET (self), "td-to-correct");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "td-to-correct");
  select_value (self, value);
  name_choice (self);
}

/* ---- callbacks -------------------------------------------------------------- */

static void
on_selected (TdChoiceRow *self)
{
  guint position = gtk_drop_down_get_selected (self->choice);
  guint n = self->values != NULL ? g_strv_length (self->values) : 0;
  g_autoptr (GError) error = NULL;
  const char *value;

  if (self->filling || self->record == NULL || position > n)
    return;
  value = position == 0 ? "" : self->values[position - 1];
  if (td_desk_set (self->desk, self->record, self->path, value, &error))
    show_error (self, NULL);
  else
    {
      show_error (self, error->message);
      refresh (self);
    }
}

static void
on_desk_changed (TdChoiceRow *self, const char *what)
{
  if (self->record != NULL)
    refresh (self);
}

/* ---- the field ---------------------------------------------------------------- */

/* The plan's own words among the labels ("{award}") are known once there is a desk. */
static void
put_words_of_plan (TdChoiceRow *self)
{
  for (guint i = 0; self->labels != NULL && self->labels[i] != NULL; i++)
    {
      char *words = td_desk_dated (self->desk, self->labels[i]);

      g_free (self->labels[i]);
      self->labels[i] = words;
    }
  fill (self, NULL);
}

static void
td_choice_row_bind (TdField *field, TdDesk *desk, const char *record, const char *path)
{
  TdChoiceRow *self = TD_CHOICE_ROW (field);
  g_autofree char *own_path = g_strdup (path);

  if (self->desk != desk)
    {
      if (self->desk != NULL)
        g_signal_handlers_disconnect_by_func (self->desk, on_desk_changed, self);
      g_set_object (&self->desk, desk);
      g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed), self, G_CONNECT_SWAPPED);
      put_words_of_plan (self);
    }
  g_free (self->record);
  self->record = g_strdup (record);
  g_free (self->path);
  self->path = g_steal_pointer (&own_path);
  show_error (self, NULL);
  refresh (self);
}

static const char *
td_choice_row_get_record (TdField *field)
{
  return TD_CHOICE_ROW (field)->record;
}

static const char *
td_choice_row_get_path (TdField *field)
{
  return TD_CHOICE_ROW (field)->path;
}

static gboolean
td_choice_row_commit (TdField *field)
{
  return TRUE; /* a choice is written as it is made */
}

static void
td_choice_row_focus (TdField *field)
{
  gtk_widget_grab_focus (GTK_WIDGET (TD_CHOICE_ROW (field)->choice));
}

static void
field_init (TdFieldInterface *iface)
{
  iface->get_record = td_choice_row_get_record;
  iface->get_path = td_choice_row_get_path;
  iface->bind = td_choice_row_bind;
  iface->commit = td_choice_row_commit;
  iface->focus = td_choice_row_focus;
}

/* ---- the object ---------------------------------------------------------------- */

static void
set_strings (TdChoiceRow *self, char ***where, const char *const *strings)
{
  g_strfreev (*where);
  *where = g_strdupv ((char **)strings);
  fill (self, NULL);
}

static void
td_choice_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TdChoiceRow *self = TD_CHOICE_ROW (object);
  const char *hint;

  switch ((TdChoiceRowProperty)id)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      name_choice (self);
      break;
    case PROP_PATH:
      g_free (self->path);
      self->path = g_value_dup_string (value);
      break;
    case PROP_HINT:
      hint = g_value_get_string (value);
      gtk_label_set_label (self->hint_label, hint != NULL ? hint : "");
      gtk_widget_set_visible (GTK_WIDGET (self->hint_label), hint != NULL && *hint != '\0');
      break;
    case PROP_COMPACT:
      self->compact = g_value_get_boolean (value);
      gtk_widget_set_visible (GTK_WIDGET (self->label), !self->compact);
      break;
    case PROP_VALUES:
      set_strings (self, &self->values, g_value_get_boxed (value));
      break;
    case PROP_LABELS:
      set_strings (self, &self->labels, g_value_get_boxed (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
td_choice_row_dispose (GObject *object)
{
  TdChoiceRow *self = TD_CHOICE_ROW (object);

  g_clear_pointer (&self->record, g_free);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CHOICE_ROW);
  G_OBJECT_CLASS (td_choice_row_parent_class)->dispose (object);
}

static void
td_choice_row_finalize (GObject *object)
{
  TdChoiceRow *self = TD_CHOICE_ROW (object);

  g_free (self->path);
  g_free (self->title);
  g_strfreev (self->values);
  g_strfreev (self->labels);
  G_OBJECT_CLASS (td_choice_row_parent_class)->finalize (object);
}

static void
td_choice_row_class_init (TdChoiceRowClass *klass)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = td_choice_row_set_property;
  object_class->dispose = td_choice_row_dispose;
  object_class->finalize = td_choice_row_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  properties[PROP_VALUES] = g_param_spec_boxed ("values", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_LABELS] = g_param_spec_boxed ("labels", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/choice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TdChoiceRow, label);
  gtk_widget_class_bind_template_child (widget_class, TdChoiceRow, choice);
  gtk_widget_class_bind_template_child (widget_class, TdChoiceRow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, TdChoiceRow, named_box);
  gtk_widget_class_bind_template_child (widget_class, TdChoiceRow, error_box);
  gtk_widget_class_bind_template_child (widget_class, TdChoiceRow, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
}

static void
td_choice_row_init (TdChoiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self, NULL);
}

/** td_choice_row_new: @title NULL takes the desk's name of the field. */
GtkWidget *
td_choice_row_new (TdDesk *desk,
                   const char *record,
                   const char *path,
                   const char *title,
                   const char *const *values,
                   const char *const *labels)
{
  GtkWidget *self = g_object_new (TD_TYPE_CHOICE_ROW, "title", title, "values", values, "labels", labels, NULL);

  td_field_bind (TD_FIELD (self), desk, record, path);
  return self;
}

/** td_choice_row_set_choices: replaces what may be chosen; the record's value stays. */
void
td_choice_row_set_choices (TdChoiceRow *self, const char *const *values, const char *const *labels)
{
  g_return_if_fail (TD_IS_CHOICE_ROW (self));
  set_strings (self, &self->values, values);
  set_strings (self, &self->labels, labels);
  if (self->record != NULL)
    refresh (self);
}
