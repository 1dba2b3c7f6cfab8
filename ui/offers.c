/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "offers.h"

#include "say.h"

#include <glib/gi18n.h>

#define WIDTH 520
#define MOST_HEIGHT 320

typedef struct
{
  TdDesk *desk;
  char *record;
  char *path;
  TdOffers offers;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_object_unref (offer->desk);
  g_free (offer->record);
  g_free (offer->path);
  g_free (offer);
}

static void
on_chosen (GtkListBox *list, GtkListBoxRow *row, GtkMenuButton *button)
{
  const Offer *offer = g_object_get_data (G_OBJECT (button), "td-offer");
  const char *text = gtk_label_get_label (GTK_LABEL (gtk_list_box_row_get_child (row)));
  g_autoptr (GError) error = NULL;

  gtk_menu_button_popdown (button);
  if (!td_desk_set (offer->desk, offer->record, offer->path, text, &error))
    td_tell_error (GTK_WIDGET (button), &error);
}

static GtkWidget *
make_list (GtkMenuButton *button)
{
  const Offer *offer = g_object_get_data (G_OBJECT (button), "td-offer");
  g_auto (GStrv) texts = offer->offers (offer->desk);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (GTK_LIST_BOX (list), label);
    }
  g_signal_connect (list, "row-activated", G_CALLBACK (on_chosen), button);
  return list;
}

/* Read when it is opened: the board's catalogue may have grown. */
static void
prepare (GtkMenuButton *button, gpointer data)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *popover = gtk_popover_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_list (button));
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (button, popover);
}

/** td_offers_new: see offers.h. */
GtkWidget *
td_offers_new (TdDesk *desk, const char *record, const char *path, const char *label, TdOffers offers)
{
  GtkWidget *button = gtk_menu_button_new ();
  Offer *offer = g_new0 (Offer, 1);

  offer->desk = g_object_ref (desk);
  offer->record = g_strdup (record);
  offer->path = g_strdup (path);
  offer->offers = offers;
  g_object_set_data_full (G_OBJECT (button), "td-offer", offer, offer_free);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "pan-down-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), prepare, NULL, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}
