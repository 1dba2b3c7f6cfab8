/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "registrations-columns.h"

#include "desk/dated.h"
#include "rows.h"
#include "say.h"

#include <glib/gi18n.h>

/* ---- targets in words ------------------------------------------------------------ */

/** td_target_icon: beside the words, never instead of them. */
const char *
td_target_icon (const char *state)
{
  if (g_str_equal (state, "met") || g_str_equal (state, "exceeded"))
    return "td-met-symbolic";
  if (g_str_equal (state, "unmet") || g_str_equal (state, "below"))
    return "td-failed-symbolic";
  if (g_str_equal (state, "doubtful"))
    return "td-appraise-symbolic";
  return g_str_equal (state, "negative") ? "dialog-warning-symbolic" : "td-missing-symbolic";
}

static void
add_part (GString *text, const char *part)
{
  if (*part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

/** td_target_words: see registrations-columns.h. */
char *
td_target_words (TdTargetItem *target)
{
  GString *text = g_string_new (NULL);

  add_part (text, target->breakthrough);
  add_part (text, target->state_label);
  add_part (text, target->percent);
  add_part (text, target->note);
  return g_string_free (text, FALSE);
}

/* ---- cells ------------------------------------------------------------------------- */

/* A property of the item, as words. */
typedef struct
{
  const char *title; /* English */
  const char *property;
  const char *second; /* stands below, dimmed; NULL: none */
  const char *state;  /* the property whose icon stands before the words; NULL: none */
  gboolean expand;
  gboolean figures; /* to the right */
} Column;

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *cell, const Column *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new ();

  gtk_widget_set_visible (icon, column->state != NULL);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (lines, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), column->figures ? 1 : 0);
      gtk_label_set_wrap (GTK_LABEL (label), !column->figures);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      if (column->expand)
        gtk_label_set_width_chars (GTK_LABEL (label), 12);
      if (i == 1)
        gtk_widget_add_css_class (label, "dim-label");
      if (column->figures)
        gtk_widget_add_css_class (label, "td-figures");
      gtk_box_append (GTK_BOX (lines), label);
    }
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_list_item_set_child (cell, box);
}

static const char *
icon_of (gpointer item, const char *state)
{
  return TD_IS_TARGET_ITEM (item) ? td_target_icon (state) : td_state_icon (state);
}

static void
show (GtkWidget *label, gpointer item, const char *property)
{
  g_autofree char *text = NULL;

  if (property != NULL)
    g_object_get (item, property, &text, NULL);
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *cell, const Column *column)
{
  gpointer item = gtk_list_item_get_item (cell);
  GtkWidget *box = gtk_list_item_get_child (cell);
  GtkWidget *lines = gtk_widget_get_last_child (box);
  g_autofree char *state = NULL;

  if (column->state != NULL)
    {
      g_object_get (item, column->state, &state, NULL);
      gtk_image_set_from_icon_name (GTK_IMAGE (gtk_widget_get_first_child (box)), icon_of (item, state));
    }
  show (gtk_widget_get_first_child (lines), item, column->property);
  show (gtk_widget_get_last_child (lines), item, column->second);
}

static void
add_columns (GtkColumnView *view, TdDesk *desk, const Column *columns, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autofree char *title = td_desk_dated (desk, _ (columns[i].title));
      GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), (gpointer)&columns[i]);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), (gpointer)&columns[i]);
      gtk_column_view_column_set_expand (column, columns[i].expand);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (view, column);
      g_object_unref (column); /* the view holds it */
    }
}

/** td_registrations_unit_columns: @top: the province sees where a commune belongs, and when it reached the district. */
void
td_registrations_unit_columns (GtkColumnView *view, TdDesk *desk, gboolean top)
{
  static const Column columns[] = {
    { N_ ("Unit"), "unit-name", "upper-name", NULL, TRUE, FALSE },
    { N_ ("Registration"), "standing-label", "stage-label", "state", FALSE, FALSE },
    { N_ ("Day received"), "day", NULL, NULL, FALSE, FALSE },
    { N_ ("Targets"), "targets", NULL, NULL, FALSE, TRUE },
    { N_ ("Breakthrough"), "breakthrough", NULL, NULL, FALSE, TRUE },
    { N_ ("Participants"), "participants", NULL, NULL, FALSE, TRUE },
  };
  static const Column here[] = {
    { N_ ("Unit"), "unit-name", NULL, NULL, TRUE, FALSE },
    { N_ ("Registration"), "standing-label", "stage-label", "state", FALSE, FALSE },
    { N_ ("Day received"), "day", NULL, NULL, FALSE, FALSE },
    { N_ ("At the province"), "top-day", NULL, NULL, FALSE, FALSE },
    { N_ ("Targets"), "targets", NULL, NULL, FALSE, TRUE },
    { N_ ("Breakthrough"), "breakthrough", NULL, NULL, FALSE, TRUE },
    { N_ ("Participants"), "participants", NULL, NULL, FALSE, TRUE },
  };

  if (top)
    add_columns (view, desk, columns, G_N_ELEMENTS (columns));
  else
    add_columns (view, desk, here, G_N_ELEMENTS (here));
}

/** td_registrations_target_columns: what was set, what was reached, and what that is. */
void
td_registrations_target_columns (GtkColumnView *view, TdDesk *desk)
{
  static const Column columns[] = {
    { N_ ("Target"), "name", "unit-name", NULL, TRUE, FALSE },
    { N_ ("Unit of measure"), "measure", NULL, NULL, FALSE, FALSE },
    { N_ ("Set to {year}"), "plan", NULL, NULL, FALSE, TRUE },
    { N_ ("To reach by {last}"), "by-half-year", NULL, NULL, FALSE, TRUE },
    { N_ ("Result"), "actual", "percent", NULL, FALSE, TRUE },
    { N_ ("State"), "state-label", "note", "state", FALSE, FALSE },
    { N_ ("Document it rests on"), "basis", "breakthrough", NULL, TRUE, FALSE },
  };

  add_columns (view, desk, columns, G_N_ELEMENTS (columns));
}

/** td_registrations_sum_columns: the summary for UBND tỉnh. */
void
td_registrations_sum_columns (GtkColumnView *view, TdDesk *desk)
{
  static const Column columns[] = {
    { N_ ("Kind of unit"), "title", NULL, NULL, TRUE, FALSE },
    { N_ ("Units"), "units", NULL, NULL, FALSE, TRUE },
    { N_ ("Registered"), "registered", NULL, NULL, FALSE, TRUE },
    { N_ ("Of them late"), "late", NULL, NULL, FALSE, TRUE },
    { N_ ("Not sent"), "absent", NULL, NULL, FALSE, TRUE },
    { N_ ("Targets"), "targets", NULL, NULL, FALSE, TRUE },
    { N_ ("Breakthrough"), "breakthrough", NULL, NULL, FALSE, TRUE },
    { N_ ("Collectives"), "collectives", NULL, NULL, FALSE, TRUE },
    { N_ ("Persons"), "individuals", NULL, NULL, FALSE, TRUE },
    { N_ ("Kind not stated"), "unsorted", NULL, NULL, FALSE, TRUE },
  };

  add_columns (view, desk, columns, G_N_ELEMENTS (columns));
}
