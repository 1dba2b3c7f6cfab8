/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "review-bar.h"

#include <glib/gi18n.h>

/* More would not fit beside a list on a screen 1100 wide. */
#define MOST_BUTTONS 3
#define MOST_CHARACTERS 32

/* In the order of the work. Steps that take one dossier at a time have an
 * answer or a reason of their own for each. */
static const struct
{
  const char *verb;
  gboolean single;
  const char *accelerator;
  gboolean onward; /* the step the work goes on with */
} steps[] = {
  { "receive", FALSE, "<Control><Shift>n", TRUE },
  { "submit", TRUE, "<Control><Shift>g", TRUE },
  { "appraise", TRUE, "<Control><Shift>m", TRUE },
  { "review", TRUE, "<Control><Shift>o", TRUE },
  { "to_council", FALSE, "<Control><Shift>h", TRUE },
  { "return", TRUE, "<Control><Shift>t" },
  { "ask", FALSE, "<Control><Shift>y" },
  { "council_opinion", FALSE, NULL, TRUE },
  { "to_chairman", FALSE, NULL, TRUE },
  { "decide", FALSE, NULL, TRUE },
  { "award", FALSE, NULL, TRUE },
  { "not_propose", FALSE, "<Control><Shift>k" },
  { "reconsider", TRUE, NULL },
  { "assign", FALSE, NULL },
  { "attest", TRUE, NULL },
  { "undo", TRUE, NULL },
};

struct _TdReviewBar
{
  GtkBox parent_instance;

  char *shown; /* what the buttons say: they are built anew only when it differs */

  GtkBox *buttons;
  GtkMenuButton *more;
  GtkPopover *popover;
  GtkBox *others;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (TdReviewBar, td_review_bar, GTK_TYPE_BOX)

/**
 * td_review_verbs:
 *
 * Returns: the steps of this place, in the order of the work
 */
const char *const *
td_review_verbs (void)
{
  static const char *verbs[G_N_ELEMENTS (steps) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    verbs[i] = steps[i].verb;
  return verbs;
}

/**
 * td_review_accelerator:
 * @verb: a step
 *
 * Returns: (nullable): its accelerator
 */
const char *
td_review_accelerator (const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].verb, verb))
      return steps[i].accelerator;
  return NULL;
}

static gboolean
is_single (const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].verb, verb))
      return steps[i].single;
  return TRUE;
}

/* What goes up for the first time goes with a letter, on its own page. */
static char *
why_not (TdDesk *desk, const char *verb, const char *dossier)
{
  if (g_str_equal (verb, "submit") && !td_desk_goes_again (desk, dossier))
    return g_strdup ("");
  return td_desk_why_not (desk, verb, dossier);
}

/**
 * td_review_why_not:
 * @desk: the desk
 * @verb: a step
 * @dossiers: of #TdDossierItem
 *
 * Asks for each of @dossiers.
 *
 * Returns: (transfer full) (nullable): %NULL when @verb may be taken on all, "" when
 *   this desk never takes it, else the sentence that says why not
 */
char *
td_review_why_not (TdDesk *desk, const char *verb, GPtrArray *dossiers)
{
  guint hidden = 0;

  g_return_val_if_fail (TD_IS_DESK (desk), NULL);

  for (guint i = 0; i < dossiers->len; i++)
    {
      TdDossierItem *item = g_ptr_array_index (dossiers, i);
      g_autofree char *why = why_not (desk, verb, item->id);

      if (why != NULL && *why == '\0')
        {
          hidden++;
          continue;
        }
      if (dossiers->len > 1 && is_single (verb))
        return g_strdup (_ ("This step is taken on one dossier at a time. Choose one."));
      if (why != NULL)
        return dossiers->len > 1 ? g_strdup_printf ("%s: %s", item->title, why) : g_steal_pointer (&why);
    }
  if (hidden == dossiers->len)
    return g_strdup ("");
  return hidden > 0 ? g_strdup (_ ("This step is not for all of the chosen dossiers.")) : NULL;
}

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static char *
action_of (const char *verb)
{
  return g_strconcat ("review.", verb, NULL);
}

/* Dimmed, but it can be pressed: then it says why not. */
static void
dim (GtkWidget *button, const char *why)
{
  gtk_widget_add_css_class (button, "dim-label");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_DISABLED, TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why, -1);
  gtk_widget_set_tooltip_text (button, why);
}

static void
add_button (TdReviewBar *self, const char *verb, const char *label, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *action = action_of (verb);
  const char *accelerator = td_review_accelerator (verb);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  if (accelerator != NULL)
    {
      guint key;
      GdkModifierType modifiers;
      g_autofree char *keys = NULL;
      g_autofree char *tip = NULL;

      gtk_accelerator_parse (accelerator, &key, &modifiers);
      keys = gtk_accelerator_get_label (key, modifiers);
      tip = g_strdup_printf ("%s (%s)", label, keys);
      gtk_widget_set_tooltip_text (button, tip);
    }
  gtk_box_append (self->buttons, button);
}

static GtkWidget *
line_new (const char *text, gboolean small)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  if (small)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

static void
close_menu (TdReviewBar *self)
{
  gtk_popover_popdown (self->popover);
}

static void
add_other (TdReviewBar *self, const char *verb, const char *label, const char *why)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *action = action_of (verb);

  gtk_box_append (GTK_BOX (box), line_new (label, FALSE));
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (why != NULL)
    {
      gtk_box_append (GTK_BOX (box), line_new (why, TRUE));
      dim (button, why);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  g_signal_connect_object (button, "clicked", G_CALLBACK (close_menu), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->others, button);
}

static char *
describe (TdDesk *desk, GPtrArray *dossiers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *why = td_review_why_not (desk, steps[i].verb, dossiers);

      g_string_append_printf (text, "%s\n", why != NULL ? why : "may");
    }
  return g_string_free (text, FALSE);
}

static void
fill (TdReviewBar *self, TdDesk *desk, GPtrArray *dossiers)
{
  guint buttons = 0;
  guint others = 0;
  glong characters = 0;

  empty (self->buttons);
  empty (self->others);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const char *verb = steps[i].verb;
      g_autofree char *why = td_review_why_not (desk, verb, dossiers);
      g_autofree char *label = td_desk_verb_label (desk, verb);

      if (why != NULL && *why == '\0')
        continue;
      characters += why == NULL ? g_utf8_strlen (label, -1) : 0;
      if (why == NULL && buttons < MOST_BUTTONS && characters <= MOST_CHARACTERS)
        add_button (self, verb, label, buttons++ == 0 && steps[i].onward);
      else
        {
          add_other (self, verb, label, why);
          others++;
        }
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more), others > 0);
}

static void
td_review_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TD_TYPE_REVIEW_BAR);
  g_clear_pointer (&TD_REVIEW_BAR (object)->shown, g_free);
  G_OBJECT_CLASS (td_review_bar_parent_class)->dispose (object);
}

static void
td_review_bar_class_init (TdReviewBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_review_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/review-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReviewBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, TdReviewBar, more);
  gtk_widget_class_bind_template_child (widget_class, TdReviewBar, popover);
  gtk_widget_class_bind_template_child (widget_class, TdReviewBar, others);
  gtk_widget_class_bind_template_child (widget_class, TdReviewBar, count);
}

static void
td_review_bar_init (TdReviewBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_review_bar_show:
 * @self: a bar
 * @desk: the desk
 * @dossiers: of #TdDossierItem
 *
 * Shows what can be done with @dossiers now.
 */
void
td_review_bar_show (TdReviewBar *self, TdDesk *desk, GPtrArray *dossiers)
{
  g_autofree char *wanted = NULL;
  g_autofree char *count = NULL;

  g_return_if_fail (TD_IS_REVIEW_BAR (self));
  g_return_if_fail (TD_IS_DESK (desk));

  gtk_widget_set_visible (GTK_WIDGET (self), dossiers->len > 0);
  if (dossiers->len == 0)
    return;
  if (dossiers->len > 1)
    count = g_strdup_printf (ngettext ("%u dossier chosen", "%u dossiers chosen", dossiers->len), dossiers->len);
  gtk_label_set_label (self->count, count != NULL ? count : "");
  wanted = describe (desk, dossiers);
  if (g_strcmp0 (wanted, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&wanted);
  fill (self, desk, dossiers);
}
