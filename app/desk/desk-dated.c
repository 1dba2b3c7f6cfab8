/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/dated.h"

#include "desk/desk-private.h"

/** td_desk_dated: see dated.h. */
char *
td_desk_dated (TdDesk *self, const char *words)
{
  static const char *const names[] = { "{year}", "{year-1}", "{year-2}" };
  g_autoptr (GString) text = NULL;
  g_autofree char *last = NULL;
  int year, month, day;

  g_return_val_if_fail (TD_IS_DESK (self) && words != NULL, NULL);

  text = g_string_new (words);
  td_date_split (td_campaign_end (self->campaign), &year, &month, &day);
  last = g_strdup_printf ("%d/%d/%d", day, month, year);
  g_string_replace (text, "{last}", last, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", year - (int)i);

      g_string_replace (text, names[i], number, 0);
    }
  return g_strdup (text->str);
}

/** td_desk_rated_years: see dated.h. */
void
td_desk_rated_years (TdDesk *self, int *first, int *last)
{
  g_return_if_fail (TD_IS_DESK (self) && first != NULL && last != NULL);

  *first = td_campaign_first_year (self->campaign);
  *last = td_campaign_last_year (self->campaign);
}
