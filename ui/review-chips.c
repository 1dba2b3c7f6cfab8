/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "review-chips.h"

#include "review-cells.h"

#include <glib/gi18n.h>

struct _TdReviewChips
{
  GtkBox parent_instance;

  char *stage; /* of the chip pressed, "" for all */
  char *shown; /* the counts: chips are built anew only when they differ */

  GtkFlowBox *chips;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdReviewChips, td_review_chips, GTK_TYPE_BOX)

static void
on_chip_toggled (GtkToggleButton *chip, TdReviewChips *self)
{
  const char *stage = g_object_get_data (G_OBJECT (chip), "stage");

  if (!gtk_toggle_button_get_active (chip) || g_str_equal (stage, self->stage))
    return;
  g_free (self->stage);
  self->stage = g_strdup (stage);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static GtkWidget *
add_chip (TdReviewChips *self, GtkWidget *group, const char *stage, const char *name, guint count)
{
  g_autofree char *text = g_strdup_printf ("%s %u", name, count);
  GtkWidget *chip = gtk_toggle_button_new_with_label (text);

  g_object_set_data_full (G_OBJECT (chip), "stage", g_strdup (stage), g_free);
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), g_str_equal (stage, self->stage));
  gtk_widget_add_css_class (chip, "flat");
  gtk_widget_add_css_class (chip, "td-chip");
  g_signal_connect_object (chip, "toggled", G_CALLBACK (on_chip_toggled), self, 0);
  gtk_flow_box_insert (self->chips, chip, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  return chip;
}

static guint
count_stage (GListModel *dossiers, const char *stage)
{
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (dossiers); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (dossiers, i);

      count += g_str_equal (item->stage, stage);
    }
  return count;
}

static char *
describe (GListModel *dossiers)
{
  GString *text = g_string_new (NULL);
  const char *stage;

  for (guint i = 0; (stage = td_review_stage_at (i)) != NULL; i++)
    g_string_append_printf (text, "%u ", count_stage (dossiers, stage));
  return g_string_free (text, FALSE);
}

static void
td_review_chips_dispose (GObject *object)
{
  TdReviewChips *self = TD_REVIEW_CHIPS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_REVIEW_CHIPS);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (td_review_chips_parent_class)->dispose (object);
}

static void
td_review_chips_finalize (GObject *object)
{
  g_free (TD_REVIEW_CHIPS (object)->stage);
  G_OBJECT_CLASS (td_review_chips_parent_class)->finalize (object);
}

static void
td_review_chips_class_init (TdReviewChipsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_review_chips_dispose;
  object_class->finalize = td_review_chips_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/review-chips.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReviewChips, chips);

  signals[CHOSEN]
      = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_review_chips_init (TdReviewChips *self)
{
  self->stage = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_review_chips_count:
 * @self: the filters
 * @dossiers: list of #TdDossierItem
 *
 * Counts @dossiers by stage. A stage without dossiers is not offered.
 */
void
td_review_chips_count (TdReviewChips *self, GListModel *dossiers)
{
  g_autofree char *wanted = describe (dossiers);
  GtkWidget *child;
  GtkWidget *all;
  const char *stage;
  guint kinds = 0;

  g_return_if_fail (TD_IS_REVIEW_CHIPS (self));

  if (g_strcmp0 (wanted, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&wanted);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_flow_box_remove (self->chips, child);
  if (*self->stage != '\0' && count_stage (dossiers, self->stage) == 0)
    {
      g_free (self->stage);
      self->stage = g_strdup ("");
    }
  all = add_chip (self, NULL, "", _ ("All"), g_list_model_get_n_items (dossiers));
  for (guint i = 0; (stage = td_review_stage_at (i)) != NULL; i++)
    {
      guint count = count_stage (dossiers, stage);

      if (count > 0)
        add_chip (self, all, stage, td_review_stage_name (stage), count);
      kinds += count > 0;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chips), kinds > 1);
}

/**
 * td_review_chips_stage:
 * @self: the filters
 *
 * Returns: the stage chosen, "" for all
 */
const char *
td_review_chips_stage (TdReviewChips *self)
{
  g_return_val_if_fail (TD_IS_REVIEW_CHIPS (self), "");

  return self->stage;
}
