/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/dated.h"

#include "campaign/bases.h"
#include "campaign/report-plan.h"
#include "desk/desk-private.h"

#include <string.h>

#define PHASES_MAX 99 /* as the campaign file's reader allows */

static void
put (GString *text, const char *name, const char *words)
{
  g_string_replace (text, name, words, 0);
}

static void
put_phases (const TdCampaign *campaign, GString *text)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (int i = 1; i <= PHASES_MAX; i++)
    {
      const TdPhase *phase = td_campaign_phase_numbered (campaign, i);
      const char *before = names->len == 0 ? "" : "\n";

      if (phase == NULL)
        continue;
      g_string_append_printf (names, "%s%s", before, phase->name);
      g_string_append_printf (numbers, "%s%d", before, i);
    }
  put (text, "{phases}", names->str);
  put (text, "{phase-numbers}", numbers->str);
}

/* "Lợi nhuận; nộp ngân sách nhà nước; …", as a sentence begins. */
static void
put_indicators (const TdCampaign *campaign, GString *text)
{
  g_autofree char *all = g_strjoinv ("; ", (char **)(gpointer)td_campaign_indicators (campaign));

  put (text, "{indicators}", all);
}

static void
put_days (const TdCampaign *campaign, GString *text)
{
  static const char *const names[] = { "{year}", "{year-1}", "{year-2}" };
  g_autofree char *last = NULL;
  int year, month, day;

  td_date_split (td_campaign_end (campaign), &year, &month, &day);
  last = g_strdup_printf ("%d/%d/%d", day, month, year);
  put (text, "{last}", last);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", year - (int)i);

      put (text, names[i], number);
    }
}

/** td_desk_dated: see dated.h. */
char *
td_desk_dated (TdDesk *self, const char *words)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && words != NULL, NULL);

  if (strchr (words, '{') == NULL)
    return g_strdup (words);
  text = g_string_new (words);
  put_days (self->campaign, text);
  put_phases (self->campaign, text);
  put_indicators (self->campaign, text);
  put (text, "{award}", td_campaign_award_name (self->campaign));
  put (text, "{committee}", td_campaign_committee (self->campaign));
  put (text, "{works}", td_campaign_report (self->campaign)->works);
  return g_strdup (text->str);
}

/** td_desk_phase_name: see dated.h. */
char *
td_desk_phase_name (TdDesk *self, const char *number)
{
  guint64 value;
  const TdPhase *phase;

  g_return_val_if_fail (TD_IS_DESK (self) && number != NULL, NULL);

  phase = g_ascii_string_to_unsigned (number, 10, 1, PHASES_MAX, &value, NULL)
              ? td_campaign_phase_numbered (self->campaign, (int)value)
              : NULL;
  return g_strdup (phase == NULL ? number : phase->name);
}

/** td_desk_rated_years: see dated.h. */
void
td_desk_rated_years (TdDesk *self, int *first, int *last)
{
  g_return_if_fail (TD_IS_DESK (self) && first != NULL && last != NULL);

  *first = td_campaign_first_year (self->campaign);
  *last = td_campaign_last_year (self->campaign);
}
