/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rating-rows.h"

#include "choice-row.h"
#include "desk/dated.h"
#include "field-row.h"

#include <glib/gi18n.h>

static const char *const values[] = { "HTXSNV", "HTTNV", "HTNV", "KHTNV", "KHONG_XEP_LOAI", NULL };
static const char *const labels[] = { N_ ("Tasks completed excellently"), N_ ("Tasks completed well"),
                                      N_ ("Tasks completed"), N_ ("Tasks not completed"), N_ ("No rating that year") };

/* That there was none is said of a person only. */
static GtkWidget *
rating_new (int year, gboolean person)
{
  g_autofree char *of = g_strdup_printf ("%d", year);
  g_autofree char *path = g_strdup_printf ("rating/%d", year);
  g_autofree char *title = g_strdup_printf (_ ("Rating of the year %s"), of);
  g_autoptr (GStrvBuilder) shown = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_auto (GStrv) words = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (labels) - (person ? 0 : 1); i++)
    {
      g_strv_builder_add (codes, values[i]);
      g_strv_builder_add (shown, _ (labels[i]));
    }
  all = g_strv_builder_end (codes);
  words = g_strv_builder_end (shown);
  return g_object_new (TD_TYPE_CHOICE_ROW, "title", title, "path", path, "values", all, "labels", words, NULL);
}

static GtkWidget *
decision_new (int year)
{
  g_autofree char *of = g_strdup_printf ("%d", year);
  g_autofree char *path = g_strdup_printf ("decision/%d", year);
  g_autofree char *title = g_strdup_printf (_ ("Decision on the rating of %s"), of);

  return g_object_new (TD_TYPE_FIELD_ROW, "title", title, "path", path, NULL);
}

static GtkBox *
add_line (GtkBox *box)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  gtk_box_append (box, line);
  return GTK_BOX (line);
}

/** td_rating_rows_add_unit: see rating-rows.h. */
void
td_rating_rows_add_unit (GtkBox *box, TdDesk *desk)
{
  int first, last;

  td_desk_rated_years (desk, &first, &last);
  for (int year = first; year <= last; year++)
    {
      GtkBox *line = add_line (box);

      gtk_box_append (line, rating_new (year, FALSE));
      gtk_box_append (line, decision_new (year));
    }
  gtk_box_append (box, g_object_new (TD_TYPE_FIELD_ROW, "title", _ ("Ratings taken over from"), "path", "inherited",
                                     "hint", _ ("Only after a re-organisation: the unit they were given to"), NULL));
}

/** td_rating_rows_add_person: see rating-rows.h. */
void
td_rating_rows_add_person (GtkBox *box, TdDesk *desk)
{
  GtkBox *line = NULL;
  int first, last;

  td_desk_rated_years (desk, &first, &last);
  for (int year = first; year <= last; year++)
    {
      if ((year - first) % 2 == 0)
        line = add_line (box);
      gtk_box_append (line, rating_new (year, TRUE));
    }
  if ((last - first) % 2 == 0)
    gtk_box_append (line, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0)); /* the last is no wider than the others */
}
