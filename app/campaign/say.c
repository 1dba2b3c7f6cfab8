/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/rule.h"

#include <string.h>

char *
td_phrase (const TdCase *at, const TdRule *rule, guint message, const char *const *values)
{
  g_string_truncate (at->scratch, 0);
  td_template_fill (rule->messages[message], values, at->scratch);
  return g_strndup (at->scratch->str, at->scratch->len);
}

/* A sentence may begin with the word for the nameless. */
static void
begin_large (const TdCase *at, char *message)
{
  if (g_str_has_prefix (message, at->campaign->nameless_person)
      || g_str_has_prefix (message, at->campaign->nameless_collective))
    message[0] = g_ascii_toupper (message[0]);
}

void
td_say (const TdCase *at,
        const TdRule *rule,
        TdFinding *finding,
        TdVerdict verdict,
        guint message,
        const char *const *values)
{
  g_free (finding->message);
  finding->verdict = verdict;
  finding->message = td_phrase (at, rule, message, values);
  begin_large (at, finding->message);
  if (verdict == TD_VERDICT_PASS || verdict == TD_VERDICT_NOT_APPLICABLE)
    return;
  g_free (finding->cure);
  finding->cure = g_strdup (rule->cure);
  td_say_field (rule, finding, "");
}

void
td_warn (const TdCase *at, const TdRule *rule, TdFinding *finding, guint message, const char *const *values)
{
  td_say (at, rule, finding, TD_VERDICT_FAIL, message, values);
  finding->severity = TD_SEVERITY_WARN;
}

void
td_say_field (const TdRule *rule, TdFinding *finding, const char *detail)
{
  const char *place = strstr (rule->field, "{}");

  g_free (finding->field);
  if (!place)
    finding->field = g_strdup (rule->field);
  else if (*detail == '\0')
    finding->field = g_strdup ("");
  else
    finding->field = g_strdup_printf ("%.*s%s%s", (int)(place - rule->field), rule->field, detail, place + 2);
}

/* As the decree writes a date in figures: the months 1 and 2 with a zero, the others without. */
void
td_say_day (TdDate day, char out[TD_DAY_SIZE])
{
  int year, month, of_month;

  td_date_split (day, &year, &month, &of_month);
  g_snprintf (out, TD_DAY_SIZE, month <= 2 ? "%02d/%02d/%d" : "%02d/%d/%d", of_month, month, year);
}

/* Small numbers in official papers have a leading zero: "04 cá nhân". */
void
td_say_count (gint64 count, char out[TD_COUNT_SIZE])
{
  g_snprintf (out, TD_COUNT_SIZE, "%02" G_GINT64_FORMAT, CLAMP (count, -9999999, 9999999));
}

void
td_say_quoted (GString *list, const char *name)
{
  if (list->len > 0)
    g_string_append (list, "; ");
  g_string_append_printf (list, "“%s”", name);
}

const char *
td_nominee_name (const TdCase *at)
{
  if (*at->facts->name != '\0')
    return at->facts->name;
  return at->facts->collective ? at->campaign->nameless_collective : at->campaign->nameless_person;
}

const char *
td_unit_name (const TdUnitFacts *unit)
{
  return unit->unit ? unit->unit->full_name : "";
}

const char *
td_unit_kind (const TdUnitFacts *unit)
{
  return unit->unit ? unit->unit->kind : "";
}

const char *
td_unit_phase_level (const TdUnitFacts *unit)
{
  if (*unit->phase_level != '\0')
    return unit->phase_level;
  return unit->unit ? unit->unit->phase_level : "";
}
