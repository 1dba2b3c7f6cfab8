/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain-view.h"

#include "follow.h"
#include "rows.h"
#include "stack.h"

#include <glib/gi18n.h>

struct _TdChainView
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *dossier;
  gboolean steps_visible;
  gboolean route_visible;

  GtkBox *route;
  GtkStack *steps_stack;
  GtkListBox *steps;
};

typedef enum
{
  PROP_STEPS_VISIBLE = 1,
  PROP_ROUTE_VISIBLE,
  N_PROPS
} TdChainViewProperty;

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TdChainView, td_chain_view, GTK_TYPE_BOX)

/* ---- the line of stations ------------------------------------------------------ */

static const struct
{
  const char *state, *style, *icon, *words;
} stops[] = {
  { "ok", "passed", "td-met-symbolic", N_ ("passed") },
  { "info", "here", "go-next-symbolic", N_ ("the dossier is here") },
  { "warn", "here", "td-returned-symbolic", N_ ("came back here") },
  { "missing", "ahead", NULL, N_ ("still to come") },
};

static GtkWidget *
caption (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (dim)
    gtk_widget_add_css_class (label, "caption");
  return label;
}

static GtkWidget *
make_stop (TdRowItem *item)
{
  guint kind = G_N_ELEMENTS (stops) - 1;
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 6, "hexpand", TRUE, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *spoken = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    if (g_str_equal (item->state, stops[i].state))
      kind = i;
  gtk_widget_add_css_class (box, "stop");
  gtk_widget_add_css_class (box, stops[kind].style);
  /* What is to come has a broken line around it and no sign: nine stations must find room. */
  if (stops[kind].icon != NULL)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (stops[kind].icon));
  gtk_box_append (GTK_BOX (words), caption (item->title, FALSE));
  if (*item->subtitle != '\0')
    gtk_box_append (GTK_BOX (words), caption (item->subtitle, TRUE));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), words);
  spoken = g_strdup_printf ("%s, %s %s", item->title, _ (stops[kind].words), item->subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_tooltip_text (box, spoken);
  return box;
}

static void
show_route (TdChainView *self)
{
  g_autoptr (GListModel) model = td_desk_route (self->desk, self->dossier);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->route))) != NULL)
    gtk_box_remove (self->route, child);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TdRowItem) item = g_list_model_get_item (model, i);

      if (i > 0)
        gtk_box_append (self->route, gtk_image_new_from_icon_name ("pan-end-symbolic"));
      gtk_box_append (self->route, make_stop (item));
    }
}

/* ---- the steps ------------------------------------------------------------------ */

static void
add_line (GString *text, const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static GtkWidget *
make_step (gpointer data, gpointer unused)
{
  TdChainItem *item = TD_CHAIN_ITEM (data);
  g_autoptr (GString) subtitle = g_string_new (NULL);
  g_autofree char *title = NULL;
  GtkWidget *row;

  title = *item->unit_name != '\0' ? g_strdup_printf ("%s - %s", item->label, item->unit_name) : g_strdup (item->label);
  add_line (subtitle, item->who);
  add_line (subtitle, item->when);
  add_line (subtitle, item->reason);
  add_line (subtitle, item->verified);
  row = td_rows_words (item->waiting ? "td-waiting-symbolic" : "td-met-symbolic", title, subtitle->str, NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
show_steps (TdChainView *self)
{
  g_autoptr (GListModel) model = td_desk_chain (self->desk, self->dossier);

  td_rows_show (self->steps, model, make_step, NULL);
  td_stack_show (self->steps_stack, g_list_model_get_n_items (model) > 0 ? "steps" : "none");
}

static void
refresh (GtkWidget *widget)
{
  TdChainView *self = TD_CHAIN_VIEW (widget);

  if (self->desk == NULL || self->dossier == NULL)
    return;
  if (self->route_visible)
    show_route (self);
  if (self->steps_visible)
    show_steps (self);
}

static void
show_parts (TdChainView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->route), self->route_visible);
  gtk_widget_set_visible (GTK_WIDGET (self->steps_stack), self->steps_visible);
  td_follow_stale (GTK_WIDGET (self));
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_chain_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TdChainView *self = TD_CHAIN_VIEW (object);

  switch ((TdChainViewProperty)id)
    {
    case PROP_STEPS_VISIBLE:
      self->steps_visible = g_value_get_boolean (value);
      show_parts (self);
      break;
    case PROP_ROUTE_VISIBLE:
      self->route_visible = g_value_get_boolean (value);
      show_parts (self);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
td_chain_view_dispose (GObject *object)
{
  TdChainView *self = TD_CHAIN_VIEW (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->dossier, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CHAIN_VIEW);
  G_OBJECT_CLASS (td_chain_view_parent_class)->dispose (object);
}

static void
td_chain_view_class_init (TdChainViewClass *klass)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = td_chain_view_set_property;
  object_class->dispose = td_chain_view_dispose;
  properties[PROP_STEPS_VISIBLE] = g_param_spec_boolean ("steps-visible", NULL, NULL, TRUE, flags);
  properties[PROP_ROUTE_VISIBLE] = g_param_spec_boolean ("route-visible", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/chain-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TdChainView, route);
  gtk_widget_class_bind_template_child (widget_class, TdChainView, steps_stack);
  gtk_widget_class_bind_template_child (widget_class, TdChainView, steps);
}

static void
td_chain_view_init (TdChainView *self)
{
  self->steps_visible = TRUE;
  self->route_visible = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_chain_view_new: shows nothing until it is given a dossier. */
GtkWidget *
td_chain_view_new (TdDesk *desk)
{
  GtkWidget *self = g_object_new (TD_TYPE_CHAIN_VIEW, NULL);

  td_chain_view_set_desk (TD_CHAIN_VIEW (self), desk);
  return self;
}

/** td_chain_view_set_desk: for a view that came out of a template. */
void
td_chain_view_set_desk (TdChainView *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_CHAIN_VIEW (self));
  if (g_set_object (&self->desk, desk))
    td_follow (GTK_WIDGET (self), desk, refresh);
}

/** td_chain_view_set_dossier: NULL empties the view. */
void
td_chain_view_set_dossier (TdChainView *self, const char *dossier)
{
  g_return_if_fail (TD_IS_CHAIN_VIEW (self));
  g_free (self->dossier);
  self->dossier = g_strdup (dossier);
  gtk_widget_set_visible (GTK_WIDGET (self), dossier != NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (GTK_WIDGET (self));
  else
    td_follow_stale (GTK_WIDGET (self));
}

/** td_chain_view_set_steps_visible: FALSE leaves only the line of stations. */
void
td_chain_view_set_steps_visible (TdChainView *self, gboolean visible)
{
  g_return_if_fail (TD_IS_CHAIN_VIEW (self));
  self->steps_visible = visible;
  show_parts (self);
}
