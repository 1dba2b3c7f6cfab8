/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/revoked.h"

#include "desk/desk-private.h"

#include <glib/gi18n.h>

gboolean
td_desk_revoked (TdDesk *self)
{
  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  return td_store_revoked (self->store, NULL);
}

static void
add_count (GString *text, const char *format, gint64 count)
{
  g_string_append_c (text, ' ');
  g_string_append_printf (text, format, (int)count);
}

char *
td_desk_revoked_text (TdDesk *self)
{
  TdRevoked counts;
  GString *text;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  td_store_revoked (self->store, &counts);
  text = g_string_new (_ ("The provincial board has revoked this machine: it no longer exchanges data. Everything "
                          "that was typed is still here."));
  if (counts.kept > 0)
    add_count (text,
               ngettext ("%d change sent since is kept aside at the centre until the board decides.",
                         "%d changes sent since are kept aside at the centre until the board decides.",
                         (gulong)counts.kept),
               counts.kept);
  if (counts.admitted > 0)
    add_count (text,
               ngettext ("The board has admitted %d of those sent since.",
                         "The board has admitted %d of those sent since.", (gulong)counts.admitted),
               counts.admitted);
  if (counts.discarded > 0)
    add_count (text,
               ngettext ("The board has discarded %d of those sent since; here it stays.",
                         "The board has discarded %d of those sent since; here they stay.", (gulong)counts.discarded),
               counts.discarded);
  g_string_append_c (text, ' ');
  g_string_append (text, _ ("With a new enrolment code of the same unit what waits is sent again."));
  return g_string_free (text, FALSE);
}

char *
td_desk_waiting_copy (TdDesk *self)
{
  g_autoptr (GPtrArray) items = NULL;
  GString *text;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  items = td_store_outbox (self->store);
  text = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++)
    {
      const TdOutItem *item = items->pdata[i];
      g_autofree char *title = td_desk_describe (self, item);
      g_autofree char *when = td_time_to_screen (item->made_at);
      g_autofree char *content = td_desk_content (self, item);

      g_string_append_printf (text, "%s%s (%s)\n%s\n", text->len > 0 ? "\n" : "", title, when, content);
    }
  return g_string_free (text, FALSE);
}
