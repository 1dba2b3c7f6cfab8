/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "review-cells.h"

#include "text/vietnamese.h"

#include <glib/gi18n.h>

static const struct
{
  const char *id;
  const char *name;
} stages[] = {
  { "submitted", N_ ("To receive") }, { "received", N_ ("Received") },   { "returned", N_ ("Returned") },
  { "in_council", N_ ("Council") },   { "endorsed", N_ ("Agreed") },     { "at_chairman", N_ ("Chairman") },
  { "decided", N_ ("Decided") },      { "awarded", N_ ("Handed over") }, { "not_proposed", N_ ("Left out") },
  { "draft", N_ ("Being prepared") }, { "withdrawn", N_ ("Withdrawn") },
};

static GtkWidget *
line_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

/**
 * td_review_cell_new:
 *
 * Returns: (transfer floating): a cell of two lines
 */
GtkWidget *
td_review_cell_new (void)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *second = line_new ();

  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (second, "caption");
  gtk_widget_add_css_class (second, "dim-label");
  gtk_box_append (GTK_BOX (cell), line_new ());
  gtk_box_append (GTK_BOX (cell), second);
  return cell;
}

/**
 * td_review_cell_set:
 * @cell: from td_review_cell_new()
 * @first: first line
 * @second: second line, "" for none
 *
 * Sets both lines; what doesn't fit is in the tooltip.
 */
void
td_review_cell_set (GtkWidget *cell, const char *first, const char *second)
{
  GtkWidget *upper = gtk_widget_get_first_child (cell);
  GtkWidget *lower = gtk_widget_get_last_child (cell);
  g_autofree char *both = g_strjoin ("\n", first, *second != '\0' ? second : NULL, NULL);

  gtk_label_set_label (GTK_LABEL (upper), first);
  gtk_label_set_label (GTK_LABEL (lower), second);
  gtk_widget_set_visible (lower, *second != '\0');
  gtk_widget_set_tooltip_text (cell, both);
}

static void
on_check_toggled (GtkCheckButton *check, GtkListItem *item)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (check), GTK_TYPE_COLUMN_VIEW);
  gboolean active = gtk_check_button_get_active (check);
  GtkSelectionModel *model;

  if (view == NULL || gtk_list_item_get_item (item) == NULL || active == gtk_list_item_get_selected (item))
    return;
  model = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  if (active)
    gtk_selection_model_select_item (model, gtk_list_item_get_position (item), FALSE);
  else
    gtk_selection_model_unselect_item (model, gtk_list_item_get_position (item));
}

/**
 * td_review_check_setup:
 * @item: from the factory's "setup"
 *
 * Makes the box; it follows the selection and changes it.
 */
void
td_review_check_setup (GtkListItem *item)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_list_item_set_child (item, check);
  g_object_bind_property (item, "selected", check, "active", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_check_toggled), item, 0);
}

/**
 * td_review_check_bind:
 * @item: from the factory's "bind", of #TdDossierItem
 *
 * Names the box after the dossier.
 */
void
td_review_check_bind (GtkListItem *item)
{
  TdDossierItem *dossier = gtk_list_item_get_item (item);
  g_autofree char *name = g_strdup_printf (_ ("Choose %s"), dossier->title);
  GtkWidget *check = gtk_list_item_get_child (item);

  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), gtk_list_item_get_selected (item));
}

/**
 * td_review_verdict_class:
 * @verdict: pass na manual unknown fail warn
 *
 * Returns: (nullable): the style class that goes with the words
 */
const char *
td_review_verdict_class (const char *verdict)
{
  if (g_str_equal (verdict, "pass"))
    return "success";
  if (g_str_equal (verdict, "fail"))
    return "error";
  if (g_str_equal (verdict, "unknown") || g_str_equal (verdict, "warn") || g_str_equal (verdict, "manual"))
    return "warning";
  return NULL;
}

/**
 * td_review_stage_name:
 * @stage: a stage id
 *
 * Returns: its name on a chip
 */
const char *
td_review_stage_name (const char *stage)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (g_str_equal (stages[i].id, stage))
      return _ (stages[i].name);
  return stage;
}

/**
 * td_review_stage_at:
 * @position: from 0
 *
 * Returns: (nullable): the stage at @position of the chain
 */
const char *
td_review_stage_at (guint position)
{
  return position < G_N_ELEMENTS (stages) ? stages[position].id : NULL;
}

static int
compare_titles (gconstpointer a, gconstpointer b, gpointer data)
{
  const TdDossierItem *one = a;
  const TdDossierItem *other = b;

  return td_text_compare_people (one->title, other->title);
}

static guint
stage_rank (const char *stage)
{
  guint rank = 0;

  while (rank < G_N_ELEMENTS (stages) && !g_str_equal (stages[rank].id, stage))
    rank++;
  return rank;
}

static int
compare_stages (gconstpointer a, gconstpointer b, gpointer data)
{
  const TdDossierItem *one = a;
  const TdDossierItem *other = b;

  return (int)stage_rank (one->stage) - (int)stage_rank (other->stage);
}

static int
verdict_rank (const char *verdict)
{
  static const char *const order[] = { "fail", "unknown", "manual", "warn", "pass", "na" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (g_str_equal (order[i], verdict))
      return (int)i;
  return G_N_ELEMENTS (order);
}

static int
compare_checks (gconstpointer a, gconstpointer b, gpointer data)
{
  const TdDossierItem *one = a;
  const TdDossierItem *other = b;

  return verdict_rank (one->verdict) - verdict_rank (other->verdict);
}

/**
 * td_review_sorter_title:
 *
 * Returns: (transfer full): by given name, as lists of people are ordered
 */
GtkSorter *
td_review_sorter_title (void)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_titles, NULL, NULL));
}

/**
 * td_review_sorter_stage:
 *
 * Returns: (transfer full): along the chain
 */
GtkSorter *
td_review_sorter_stage (void)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_stages, NULL, NULL));
}

/**
 * td_review_sorter_check:
 *
 * Returns: (transfer full): what fails first
 */
GtkSorter *
td_review_sorter_check (void)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_checks, NULL, NULL));
}
