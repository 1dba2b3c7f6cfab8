/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <string.h>

/* What is said of the unit as a whole: compliance (R-030; a person's X-001), whether it is
 * typical, its category, its succession. */

static const char *const no_params[] = { NULL };

/* --- compliance --- */

enum
{
  OBEYS,
  VIOLATION,
  UNDER_REVIEW,
  NOT_STATED,
  COVERED
};

static const TdMessage compliance_messages[] = {
  { "pass", "name" },    { "violation", "name" },     { "underReview", "name" },
  { "missing", "name" }, { "covered", "unit", TRUE }, { NULL },
};
static const char *const compliance_params[] = { "of", NULL };

/* TRUE: of the nominee. */
static gpointer
read_compliance (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  static const char *const owners[] = { "unit", "nominee", NULL };

  return GINT_TO_POINTER (td_shape_choice (shape, given, "of", owners) == 1);
}

static void
judge_compliance (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  gboolean nominee = GPOINTER_TO_INT (rule->params);
  const char *state = nominee ? at->facts->compliance : at->unit->compliance;
  const char *name[] = { nominee ? td_nominee_name (at) : td_unit_name (at->unit) };

  /* A unit that answers for its people covers each of whom nothing else is said. */
  if (nominee && *state == '\0' && strcmp (at->unit->compliance, "OK") == 0)
    td_say (at, rule, finding, TD_VERDICT_PASS, COVERED, (const char *[]){ td_unit_name (at->unit) });
  else if (strcmp (state, "OK") == 0)
    td_say (at, rule, finding, TD_VERDICT_PASS, OBEYS, name);
  else if (strcmp (state, "VIOLATION") == 0)
    td_say (at, rule, finding, TD_VERDICT_FAIL, VIOLATION, name);
  else if (strcmp (state, "UNDER_REVIEW") == 0)
    td_say (at, rule, finding, TD_VERDICT_FAIL, UNDER_REVIEW, name);
  else
    td_say (at, rule, finding, TD_VERDICT_UNKNOWN, NOT_STATED, name);
}

const TdRuleKind td_kind_compliance
    = { "compliance", compliance_messages, compliance_params, read_compliance, NULL, judge_compliance };

/* --- an answer by people, with its reason --- */

enum
{
  YES,
  NO,
  UNANSWERED,
  NO_NOTE
};

static const TdMessage answer_messages[] = {
  { "pass", "note" }, { "no", "note" }, { "missing", "" }, { "noNote", "" }, { NULL },
};

static void
judge_answer (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const char *note[] = { at->unit->typical_note };

  if (strcmp (at->unit->typical, "no") == 0)
    td_say (at, rule, finding, TD_VERDICT_FAIL, NO, note);
  else if (strcmp (at->unit->typical, "yes") != 0)
    {
      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, UNANSWERED, NULL);
      td_say_field (rule, finding, "answer");
    }
  else if (*note[0] == '\0')
    {
      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, NO_NOTE, NULL);
      td_say_field (rule, finding, "note");
    }
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, YES, note);
}

const TdRuleKind td_kind_answer = { "answer", answer_messages, no_params, NULL, NULL, judge_answer };

/* --- category --- */

enum
{
  CHOSEN,
  WRONG,
  UNCHOSEN
};

static const TdMessage category_messages[] = {
  { "pass", "unit category" },
  { "wrong", "unit category allowed" },
  { "missing", "unit" },
  { NULL },
};
static const char *const category_params[] = { "categories", "allowed", NULL };

typedef struct
{
  char **categories;
  GHashTable *allowed; /* unit kind -> categories */
} Categories;

static gpointer
read_categories (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Categories *self = g_new0 (Categories, 1);
  JsonObject *allowed = td_shape_object (shape, given, "allowed");
  gsize token = td_shape_enter (shape, "allowed");
  JsonObjectIter iter;
  const char *kind;

  self->allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
  json_object_iter_init (&iter, allowed);
  while (json_object_iter_next (&iter, &kind, NULL))
    g_hash_table_insert (self->allowed, g_strdup (kind), td_shape_texts (shape, allowed, kind));
  td_shape_leave (shape, token);
  self->categories = td_shape_texts (shape, given, "categories");
  return self;
}

static void
clear_categories (gpointer data)
{
  Categories *self = data;

  g_hash_table_unref (self->allowed);
  g_strfreev (self->categories);
  g_free (self);
}

static void
judge_category (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Categories *self = rule->params;
  const char *category = at->unit->category;
  char **allowed = g_hash_table_lookup (self->allowed, td_unit_kind (at->unit));
  const char *values[] = { td_unit_name (at->unit), category, NULL };

  if (!allowed)
    allowed = self->categories;
  if (*category == '\0')
    td_say (at, rule, finding, TD_VERDICT_UNKNOWN, UNCHOSEN, values);
  else if (!g_strv_contains ((const char *const *)allowed, category))
    {
      g_autofree char *words = g_strjoinv (", ", allowed);

      values[2] = words;
      td_say (at, rule, finding, TD_VERDICT_FAIL, WRONG, values);
    }
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, CHOSEN, values);
}

const TdRuleKind td_kind_category
    = { "category", category_messages, category_params, read_categories, clear_categories, judge_category };

/* --- succession --- */

enum
{
  UNCHANGED,
  REORGANISED,
  FORMED
};

static const TdMessage succession_messages[] = {
  { "pass", "unit" },
  { "reorganised", "unit date successor" },
  { "formed", "unit date from", TRUE },
  { NULL },
};

static gboolean
has_come (const TdCase *at, TdDate day)
{
  return day != TD_DATE_NONE && day <= at->campaign->end
         && (at->facts->today == TD_DATE_NONE || day <= at->facts->today);
}

/* The unit that others became, in the time of the campaign: who is to be rewarded is no less open. */
static void
judge_successor (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const TdUnit *unit = at->unit->unit;
  TdDate day = unit ? td_unit_changed_on (unit) : TD_DATE_NONE;
  g_autofree char *from = NULL;
  char date[TD_DAY_SIZE];

  if (!has_come (at, day) || day < at->campaign->start)
    {
      td_say (at, rule, finding, TD_VERDICT_PASS, UNCHANGED, (const char *[]){ td_unit_name (at->unit) });
      return;
    }
  from = td_unit_predecessor_names (unit);
  td_say_day (day, date);
  td_say (at, rule, finding, TD_VERDICT_MANUAL, FORMED, (const char *[]){ unit->full_name, date, from });
  if (*finding->message == '\0') /* a plan from before there was such a sentence */
    td_say (at, rule, finding, TD_VERDICT_MANUAL, REORGANISED, (const char *[]){ from, date, unit->full_name });
}

static void
judge_succession (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const TdUnit *unit = at->unit->unit;
  char date[TD_DAY_SIZE];
  const char *values[] = { td_unit_name (at->unit), date, unit && unit->successor_name ? unit->successor_name : "" };

  if (!unit || !has_come (at, unit->reorganised_on))
    {
      judge_successor (at, rule, finding);
      return;
    }
  td_say_day (unit->reorganised_on, date);
  td_say (at, rule, finding, TD_VERDICT_MANUAL, REORGANISED, values);
}

const TdRuleKind td_kind_succession = { "succession", succession_messages, no_params, NULL, NULL, judge_succession };
