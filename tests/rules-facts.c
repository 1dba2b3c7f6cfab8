/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-cases.h"

#include <string.h>

/* "key=value | key=value" as facts: what a row of the tables of rules changes in
 * a nominee without a fault. */

typedef struct
{
  TdFacts *facts;
  TdUnitFacts *unit; /* whom the key speaks of: the nominee's unit, with "s." the one that hands in */
  TdUnit *changed;
  gboolean person;
} Change;

static const char *const SIX[] = {
  "Lợi nhuận",
  "Nộp ngân sách nhà nước",
  "Tạo việc làm mới cho người lao động",
  "Tổng số người lao động tham gia đóng bảo hiểm",
  "Thu nhập bình quân của người lao động",
  "Tham gia ủng hộ nhân đạo, xã hội từ thiện",
};

static TdDate
day (const char *value)
{
  return strcmp (value, "-") == 0 || *value == '\0' ? TD_DATE_NONE : td_date_parse_iso (value);
}

static void
set_list (char ***list, const char *value, const char *separator)
{
  g_strfreev (*list);
  *list = *value == '\0' ? g_new0 (char *, 1) : g_strsplit (value, separator, -1);
}

/* ---- rows of the ledger ---------------------------------------------------------------- */

/* "12/13 <2.0/1.8 100/100;100": plan/actual;cap */
static void
set_targets (GPtrArray *targets, const char *value)
{
  g_auto (GStrv) figures = g_strsplit (value, " ", -1);

  g_ptr_array_set_size (targets, 0);
  for (guint i = 0; figures[i] && *figures[i]; i++)
    {
      g_autofree char *name = g_strdup_printf ("CT%u", i + 1);
      g_auto (GStrv) parts = g_strsplit (figures[i], ";", 2);

      for (char *c = parts[0]; *c; c++)
        *c = *c == '_' ? ' ' : *c;
      g_ptr_array_add (targets, fixture_target (name, parts[0], parts[1] ? parts[1] : ""));
    }
}

/* "20 3 1": so many targets, so many of them exceeded, so many not met */
static void
set_many (GPtrArray *targets, const char *value)
{
  g_auto (GStrv) counts = g_strsplit (value, " ", -1);
  GString *rows = g_string_new (NULL);
  guint exceeded = (guint)atoi (counts[1]), unmet = counts[2] ? (guint)atoi (counts[2]) : 0;

  for (guint i = 0; i < (guint)atoi (counts[0]); i++)
    g_string_append_printf (rows, "%s10/%d", i ? " " : "", i < exceeded ? 11 : i < exceeded + unmet ? 9 : 10);
  set_targets (targets, rows->str);
  g_string_free (rows, TRUE);
}

/* "Một:100/100 50/52,Hai:100/99.9" */
static void
set_led (GPtrArray *led, const char *value)
{
  g_auto (GStrv) projects = g_strsplit (value, ",", -1);

  g_ptr_array_set_size (led, 0);
  for (guint i = 0; projects[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (projects[i], ":", 2);
      TdProject *project = fixture_project (parts[0], NULL);

      set_targets (project->targets, parts[1] ? parts[1] : "");
      g_ptr_array_add (led, project);
    }
}

/* "well 4 2/3": how well, targets exceeded, rank among those that coordinate it */
static void
set_coordinated (GPtrArray *coordinated, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, " ", 3);
  TdProject *project = fixture_project ("Một", NULL);

  project->well_done = strcmp (parts[0], "well") == 0;
  project->unrated = strcmp (parts[0], "unrated") == 0;
  if (parts[1])
    {
      project->exceeded = atoi (parts[1]);
      project->rank = atoi (parts[2]);
      project->of = atoi (strchr (parts[2], '/') + 1);
    }
  g_ptr_array_add (coordinated, project);
}

static void
add_indicator (GPtrArray *indicators, const char *name)
{
  TdIndicator *indicator = td_indicator_new ();

  fixture_set (&indicator->id, name);
  fixture_set (&indicator->name, name);
  fixture_set (&indicator->actual_2023, "100");
  fixture_set (&indicator->target_2025, "120");
  fixture_set (&indicator->plan_2024, "100");
  fixture_set (&indicator->result_2024, "100");
  g_ptr_array_add (indicators, indicator);
}

static void
set_six (GPtrArray *indicators, const char *value)
{
  guint count = (guint)atoi (value);

  g_ptr_array_set_size (indicators, 0);
  for (guint i = 0; i < count; i++)
    add_indicator (indicators, SIX[i]);
}

/* Half-year results against plans of 100; "-": none; "plan:result" otherwise. */
static void
set_half_year (GPtrArray *indicators, const char *value)
{
  g_auto (GStrv) results = g_strsplit (value, " ", -1);

  g_ptr_array_set_size (indicators, 0);
  for (guint i = 0; results[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (results[i], ":", 2);
      TdIndicator *indicator;

      add_indicator (indicators, results[i]);
      indicator = indicators->pdata[i];
      fixture_set (&indicator->plan_2025, parts[1] ? parts[0] : "100");
      fixture_set (&indicator->result_half_2025, parts[1] ? parts[1] : strcmp (parts[0], "-") == 0 ? "" : parts[0]);
    }
}

static gboolean
change_indicator (Change *change, const char *key, const char *value)
{
  GPtrArray *indicators = change->unit->indicators;
  TdIndicator *first;

  if (strcmp (key, "six") == 0)
    set_six (indicators, value);
  else if (strcmp (key, "halfyear") == 0)
    set_half_year (indicators, value);
  else
    {
      struct
      {
        const char *key;
        char **member;
      } members[]
          = { { "indicator", NULL }, { "base", NULL }, { "aim", NULL }, { "plan2024", NULL }, { "got2024", NULL } };

      if (indicators->len == 0)
        return FALSE;
      first = indicators->pdata[0];
      members[0].member = &first->name;
      members[1].member = &first->actual_2023;
      members[2].member = &first->target_2025;
      members[3].member = &first->plan_2024;
      members[4].member = &first->result_2024;
      for (guint i = 0; i < G_N_ELEMENTS (members); i++)
        if (strcmp (members[i].key, key) == 0)
          {
            fixture_set (members[i].member, value);
            return TRUE;
          }
      return FALSE;
    }
  return TRUE;
}

static gboolean
change_ledger (Change *change, const char *key, const char *value)
{
  TdUnitFacts *unit = change->unit;
  TdTarget *last = unit->targets->len ? unit->targets->pdata[unit->targets->len - 1] : NULL;

  if (strcmp (key, "targets") == 0)
    set_targets (unit->targets, value);
  else if (strcmp (key, "many") == 0)
    set_many (unit->targets, value);
  else if (strcmp (key, "led") == 0)
    set_led (unit->led, value);
  else if (strcmp (key, "coordinated") == 0)
    set_coordinated (unit->coordinated, value);
  else if (strcmp (key, "dated") == 0 && last)
    last->result_date = day (value);
  else if (strcmp (key, "basis") == 0 && last)
    fixture_set (&last->basis, value);
  else if (strcmp (key, "by") == 0 && last)
    fixture_set (&last->by_half_year, value);
  else
    return change_indicator (change, key, value);
  return TRUE;
}

/* ---- words, days and flags -------------------------------------------------------------- */

static gboolean
change_word (Change *change, const char *key, const char *value)
{
  TdFacts *facts = change->facts;
  TdUnitFacts *unit = change->unit;
  struct
  {
    const char *key;
    char **member;
  } words[] = {
    { "category", &unit->category },
    { "level", &unit->phase_level },
    { "inherited", &unit->ratings_inherited },
    { "compliance", &unit->compliance },
    { "typical", &unit->typical },
    { "note", &unit->typical_note },
    { "nopower", &unit->awarded_not_applicable },
    { "name", &facts->name },
    { "subject", &facts->subject_kind },
    { "award", &facts->award },
    { "member", &facts->party_member },
    { "own", &facts->compliance },
    { "before", &facts->awarded_before },
    { "confirmed", &facts->report_confirmed },
    { "doubled_in", &facts->doubled_in },
    { "letter.number", &facts->letter_number },
    { "letter.signer", &facts->letter_signer },
    { "minutes.number", &facts->minutes_number },
    { "minutes.chair", &facts->minutes_chair },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].key, key) == 0)
      {
        fixture_set (words[i].member, value);
        return TRUE;
      }
  return FALSE;
}

static gboolean
change_day (Change *change, const char *key, const char *value)
{
  TdFacts *facts = change->facts;
  TdUnitFacts *unit = change->unit;
  struct
  {
    const char *key;
    TdDate *member;
  } days[] = {
    { "registered", &unit->registration_received },
    { "plan", &unit->plan_date },
    { "launched", &unit->launched_on },
    { "interim", &unit->interim_on },
    { "final", &unit->final_on },
    { "awarded", &unit->awarded_on },
    { "report", &unit->report_sent_on },
    { "today", &facts->today },
    { "received", &facts->received },
    { "again", &facts->handed_in },
    { "council", &facts->council_on },
    { "opinion", &facts->opinion_on },
    { "letter.date", &facts->letter_date },
    { "minutes.date", &facts->minutes_date },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (strcmp (days[i].key, key) == 0)
      {
        *days[i].member = day (value);
        return TRUE;
      }
  return FALSE;
}

static gboolean
change_flag (Change *change, const char *key, const char *value)
{
  TdFacts *facts = change->facts;
  gboolean yes = strcmp (value, "yes") == 0;
  struct
  {
    const char *key;
    gboolean *member;
  } flags[] = {
    { "outside", &facts->outside_province },
    { "director", &facts->enterprise_director },
    { "chair", &facts->board_chair },
    { "letters", &facts->has_submission },
    { "top", &facts->at_top },
    { "route", &change->unit->registration_route_ok },
    { "catalogued", &change->unit->in_block },
  };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (strcmp (flags[i].key, key) == 0)
      {
        *flags[i].member = yes;
        return TRUE;
      }
  return FALSE;
}

static gboolean
change_number (Change *change, const char *key, const char *value)
{
  TdUnitFacts *unit = change->unit;
  int number = atoi (value);

  if (strcmp (key, "exceeded") == 0)
    unit->coordination_exceeded = number;
  else if (strcmp (key, "rank") == 0)
    {
      unit->coordination_rank = number;
      unit->coordination_of = atoi (strchr (value, '/') + 1);
    }
  else if (strcmp (key, "persons") == 0)
    change->facts->individuals = number;
  else if (strcmp (key, "doubled") == 0)
    change->facts->doubled = strcmp (value, "person") == 0 ? TD_DOUBLE_SAME_PERSON : TD_DOUBLE_SAME_NAME;
  else if (strcmp (key, "ratings") == 0)
    fixture_rate (change->person ? change->facts->ratings : unit->ratings, value);
  else
    return FALSE;
  return TRUE;
}

/* What the list of units says of the unit, said otherwise. */
static gboolean
change_unit (Change *change, const char *key, const char *value)
{
  if (strcmp (key, "kind") != 0 && strcmp (key, "block") != 0 && strcmp (key, "quota") != 0)
    return FALSE;
  *change->changed = *change->unit->unit;
  if (strcmp (key, "kind") == 0)
    change->changed->kind = (char *)g_intern_string (value);
  else if (strcmp (key, "block") == 0)
    change->changed->in_block = strcmp (value, "yes") == 0;
  else
    change->changed->individual_quota = atoi (value);
  change->unit->unit = change->changed;
  return TRUE;
}

static gboolean
change_list (Change *change, const char *key, const char *value)
{
  if (strcmp (key, "papers") == 0)
    set_list (&change->facts->papers, value, " ");
  else if (strcmp (key, "letter.names") == 0)
    set_list (&change->facts->listed_in_letter, value, ",");
  else if (strcmp (key, "minutes.names") == 0)
    set_list (&change->facts->listed_in_minutes, value, ",");
  else
    return FALSE;
  return TRUE;
}

static void
apply (Change *change, const char *assignment)
{
  g_auto (GStrv) parts = g_strsplit (assignment, "=", 2);
  const char *key = g_strstrip (parts[0]);
  const char *value = parts[1] ? g_strstrip (parts[1]) : "";

  change->unit = g_str_has_prefix (key, "s.") ? change->facts->submitter : change->facts->unit;
  key += g_str_has_prefix (key, "s.") ? 2 : 0;
  if (!change_number (change, key, value) && !change_word (change, key, value) && !change_day (change, key, value)
      && !change_flag (change, key, value) && !change_list (change, key, value) && !change_ledger (change, key, value)
      && !change_unit (change, key, value))
    g_error ("a row of the tables changes “%s”, which is no fact", assignment);
}

TdFacts *
rules_facts (const RulesPlan *plan, const char *who, const char *changes, TdUnit *changed)
{
  g_auto (GStrv) units = g_strsplit (who + 2, "<", 2);
  g_auto (GStrv) assignments = g_strsplit (changes ? changes : "", " | ", -1);
  gboolean person = *who == 'p';
  Change change = { .changed = changed, .person = person };

  change.facts = person ? fixture_person (rules_plan_units (plan), units[0], units[1])
                        : fixture_collective (rules_plan_units (plan), units[0], units[1]);
  for (guint i = 0; assignments[i]; i++)
    if (*assignments[i] != '\0')
      apply (&change, assignments[i]);
  return change.facts;
}
