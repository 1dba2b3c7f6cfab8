/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "unit-change.h"

#include <glib/gi18n.h>

typedef struct
{
  TdDesk *desk;
  GtkWidget *near;
  TdConfirmed again;
  GObject *owner;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->desk);
  g_object_unref (change->near);
  g_object_unref (change->owner);
  g_free (change);
}

static void
on_confirmed (gpointer data)
{
  const Change *change = g_object_get_data (data, "change");
  g_autoptr (GError) error = NULL;

  if (td_desk_choose_unit (change->desk, td_desk_offered_unit (change->desk), &error))
    change->again (change->owner);
  else
    td_tell_error (change->near, &error);
}

/** td_unit_change_offer: see the header. */
void
td_unit_change_offer (GtkWidget *near, TdDesk *desk, const GError *error, TdConfirmed again, gpointer owner)
{
  g_autoptr (GObject) asked = NULL;
  Change *change;

  if (!g_error_matches (error, TD_DESK_ERROR, TD_DESK_ERROR_UNIT))
    return;
  asked = g_object_new (G_TYPE_OBJECT, NULL);
  change = g_new (Change, 1);
  change->desk = g_object_ref (desk);
  change->near = g_object_ref (near);
  change->again = again;
  change->owner = g_object_ref (owner);
  g_object_set_data_full (asked, "change", change, change_free);
  td_confirm (near, _ ("Change the unit?"), error->message, _ ("Change the _unit"), FALSE, on_confirmed, asked);
}
