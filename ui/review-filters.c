/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "review-filters.h"

#include "text/vietnamese.h"

#include <glib/gi18n.h>

typedef enum
{
  BY_UNIT,
  BY_CATEGORY,
  BY_VERDICT,
  N_FILTERS
} By;

struct _TdReviewFilters
{
  GtkBox parent_instance;

  GPtrArray *values[N_FILTERS]; /* owned strings: what each line means; the first "": all */
  gboolean filling;

  GtkDropDown *unit;
  GtkDropDown *category;
  GtkDropDown *verdict;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdReviewFilters, td_review_filters, GTK_TYPE_BOX)

static GtkDropDown *
drop_down (TdReviewFilters *self, By by)
{
  return by == BY_UNIT ? self->unit : by == BY_CATEGORY ? self->category : self->verdict;
}

/* Persons have no group of criteria. */
static const char *
value_of (TdDossierItem *item, By by)
{
  if (by == BY_UNIT)
    return item->unit_name;
  if (by == BY_VERDICT)
    return item->verdict;
  return item->collective ? item->category : "persons";
}

static const char *
all_of (By by)
{
  return by == BY_UNIT ? _ ("All units") : by == BY_CATEGORY ? _ ("All groups") : _ ("Any result of the check");
}

static char *
name_of (const char *value, By by)
{
  if (*value == '\0')
    return g_strdup (all_of (by));
  if (by == BY_UNIT)
    return g_strdup (value);
  if (by == BY_CATEGORY)
    return g_str_equal (value, "persons") ? g_strdup (_ ("Persons")) : g_strdup_printf (_ ("Group %s"), value);
  return g_strdup (g_str_equal (value, "pass")      ? _ ("Met")
                   : g_str_equal (value, "fail")    ? _ ("Not met")
                   : g_str_equal (value, "unknown") ? _ ("Data missing")
                                                    : _ ("To be appraised"));
}

static const char *
chosen (TdReviewFilters *self, By by)
{
  guint place = gtk_drop_down_get_selected (drop_down (self, by));

  return self->values[by] != NULL && place < self->values[by]->len ? self->values[by]->pdata[place] : "";
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  return td_text_compare (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
values_in (GListModel *dossiers, By by)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (dossiers); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (dossiers, i);
      const char *value = value_of (item, by);

      if (*value != '\0' && !g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
        g_ptr_array_add (values, g_strdup (value));
    }
  g_ptr_array_sort (values, compare_values);
  g_ptr_array_insert (values, 0, g_strdup (""));
  return values;
}

static gboolean
same_values (GPtrArray *one, GPtrArray *two)
{
  if (one == NULL || one->len != two->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    if (!g_str_equal (one->pdata[i], two->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
fill (TdReviewFilters *self, GListModel *dossiers, By by)
{
  g_autoptr (GPtrArray) values = values_in (dossiers, by);
  g_autofree char *before = g_strdup (chosen (self, by));
  g_autoptr (GtkStringList) names = NULL;
  guint place = 0;

  if (same_values (self->values[by], values))
    return;
  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < values->len; i++)
    {
      g_autofree char *name = name_of (values->pdata[i], by);

      gtk_string_list_append (names, name);
      if (g_str_equal (values->pdata[i], before))
        place = i;
    }
  g_clear_pointer (&self->values[by], g_ptr_array_unref);
  self->values[by] = g_steal_pointer (&values);
  gtk_drop_down_set_model (drop_down (self, by), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (drop_down (self, by), place);
  gtk_widget_set_visible (GTK_WIDGET (drop_down (self, by)), self->values[by]->len > 2);
}

static void
on_selected (TdReviewFilters *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
td_review_filters_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TD_TYPE_REVIEW_FILTERS);
  G_OBJECT_CLASS (td_review_filters_parent_class)->dispose (object);
}

static void
td_review_filters_finalize (GObject *object)
{
  for (By by = 0; by < N_FILTERS; by++)
    g_clear_pointer (&TD_REVIEW_FILTERS (object)->values[by], g_ptr_array_unref);
  G_OBJECT_CLASS (td_review_filters_parent_class)->finalize (object);
}

static void
td_review_filters_class_init (TdReviewFiltersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_review_filters_dispose;
  G_OBJECT_CLASS (klass)->finalize = td_review_filters_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/review-filters.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReviewFilters, unit);
  gtk_widget_class_bind_template_child (widget_class, TdReviewFilters, category);
  gtk_widget_class_bind_template_child (widget_class, TdReviewFilters, verdict);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);

  signals[CHOSEN]
      = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* The button gives way on a narrow screen; the list it opens shows names whole. */
static void
setup_button (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
setup_line (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_line (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkListItemFactory *
factory_new (GCallback setup)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", setup, NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_line), NULL);
  return factory;
}

static void
td_review_filters_init (TdReviewFilters *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (By by = 0; by < N_FILTERS; by++)
    {
      g_autoptr (GtkListItemFactory) button = factory_new (G_CALLBACK (setup_button));
      g_autoptr (GtkListItemFactory) line = factory_new (G_CALLBACK (setup_line));

      gtk_drop_down_set_factory (drop_down (self, by), button);
      gtk_drop_down_set_list_factory (drop_down (self, by), line);
    }
}

/**
 * td_review_filters_load:
 * @self: the filters
 * @dossiers: list of #TdDossierItem
 *
 * Offers what @dossiers have; what all of them have in common is not offered.
 */
void
td_review_filters_load (TdReviewFilters *self, GListModel *dossiers)
{
  g_return_if_fail (TD_IS_REVIEW_FILTERS (self));

  self->filling = TRUE;
  for (By by = 0; by < N_FILTERS; by++)
    fill (self, dossiers, by);
  self->filling = FALSE;
}

/**
 * td_review_filters_accept:
 * @self: the filters
 * @dossier: a dossier
 *
 * Returns: whether it is to be shown
 */
gboolean
td_review_filters_accept (TdReviewFilters *self, TdDossierItem *dossier)
{
  g_return_val_if_fail (TD_IS_REVIEW_FILTERS (self), TRUE);

  for (By by = 0; by < N_FILTERS; by++)
    {
      const char *wanted = chosen (self, by);

      if (*wanted != '\0' && !g_str_equal (wanted, value_of (dossier, by)))
        return FALSE;
    }
  return TRUE;
}
