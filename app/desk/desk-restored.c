/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/restored.h"

#include "desk/desk-private.h"

#include <glib/gi18n.h>

#define TOLD_SECONDS (14 * 24 * 3600)

static void
add (GString *text, char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
  g_free (sentence);
}

static void
add_centre (GString *text, gint64 at, gint64 count)
{
  g_autofree char *when = td_time_to_screen (at);

  if (count == 0)
    add (text,
         g_strdup_printf (_ ("%s: the centre was put back from an older copy. What it shows was fetched anew; what "
                             "it lacked of this machine is sent again. Nothing is lost or counted twice."),
                          when));
  else
    add (text, g_strdup_printf (
                   ngettext ("%s: the centre was put back from an older copy. This machine sends %d change again "
                             "that it lacked. Nothing is lost or counted twice.",
                             "%s: the centre was put back from an older copy. This machine sends %d changes again "
                             "that it lacked. Nothing is lost or counted twice.",
                             (gulong)count),
                   when, (int)count));
}

static void
add_desk (GString *text, gint64 at)
{
  g_autofree char *when = td_time_to_screen (at);

  add (text,
       g_strdup_printf (_ ("%s: the data of this machine was copied here or put back from an older copy. What had "
                           "no answer is sent again, what the centre has comes back with the next exchange. Nothing "
                           "is lost or counted twice."),
                        when));
}

char *
td_desk_restored_text (TdDesk *self)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 count, centre, desk;
  GString *text;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  text = g_string_new (NULL);
  centre = td_store_restored (self->store, TD_RESTORED_CENTRE, &count);
  desk = td_store_restored (self->store, TD_RESTORED_DESK, NULL);
  if (centre > now - TOLD_SECONDS)
    add_centre (text, centre, count);
  if (desk > now - TOLD_SECONDS)
    add_desk (text, desk);
  return g_string_free (text, FALSE);
}
