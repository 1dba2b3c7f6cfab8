/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <string.h>

/* What is said of the nominee: kind of subject, residence, Party
 * member, one nomination only, form of award. */

static const char *const no_params[] = { NULL };

/* --- kind of subject --- */

enum
{
  ALLOWED,
  NOT_ALLOWED,
  UNIT_NOT_ALLOWED,
  NO_KIND
};

static const TdMessage subject_messages[] = {
  { "pass", "name" }, { "wrong", "name hint" }, { "wrongUnit", "unit" }, { "missing", "" }, { NULL },
};
static const char *const subject_params[] = { "allowed", "unitKinds", "hints", "otherwise", NULL };

typedef struct
{
  char **allowed;
  char **unit_kinds;
  GHashTable *hints; /* kind of subject -> what to do instead */
  char *otherwise;
} Subjects;

static gpointer
read_subjects (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Subjects *self = g_new0 (Subjects, 1);
  JsonObject *hints = td_shape_object (shape, given, "hints");
  gsize token = td_shape_enter (shape, "hints");
  JsonObjectIter iter;
  const char *kind;

  self->hints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, hints);
  while (json_object_iter_next (&iter, &kind, NULL))
    g_hash_table_insert (self->hints, g_strdup (kind), g_strdup (td_shape_text (shape, hints, kind)));
  td_shape_leave (shape, token);
  self->allowed = td_shape_texts (shape, given, "allowed");
  self->unit_kinds = td_shape_texts (shape, given, "unitKinds");
  self->otherwise = g_strdup (td_shape_text (shape, given, "otherwise"));
  return self;
}

static void
clear_subjects (gpointer data)
{
  Subjects *self = data;

  g_hash_table_unref (self->hints);
  g_strfreev (self->allowed);
  g_strfreev (self->unit_kinds);
  g_free (self->otherwise);
  g_free (self);
}

static void
judge_subject (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Subjects *self = rule->params;
  const char *kind = at->facts->subject_kind, *name = td_nominee_name (at);
  const char *hint;

  if (*kind == '\0')
    td_say (at, rule, finding, TD_VERDICT_UNKNOWN, NO_KIND, NULL);
  else if (!g_strv_contains ((const char *const *)self->allowed, kind))
    {
      hint = g_hash_table_lookup (self->hints, kind);
      td_say (at, rule, finding, TD_VERDICT_FAIL, NOT_ALLOWED, (const char *[]){ name, hint ? hint : self->otherwise });
    }
  else if (at->unit->unit && !g_strv_contains ((const char *const *)self->unit_kinds, td_unit_kind (at->unit)))
    td_say (at, rule, finding, TD_VERDICT_FAIL, UNIT_NOT_ALLOWED, (const char *[]){ td_unit_name (at->unit) });
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, ALLOWED, (const char *[]){ name });
}

const TdRuleKind td_kind_subject
    = { "subject", subject_messages, subject_params, read_subjects, clear_subjects, judge_subject };

/* --- residence --- */

enum
{
  INSIDE,
  OUTSIDE
};

static const TdMessage residence_messages[] = { { "pass", "" }, { "outside", "" }, { NULL } };

static void
judge_residence (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  if (at->facts->outside_province)
    td_say (at, rule, finding, TD_VERDICT_FAIL, OUTSIDE, NULL);
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, INSIDE, NULL);
}

const TdRuleKind td_kind_residence = { "residence", residence_messages, no_params, NULL, NULL, judge_residence };

/* --- Party member --- */

enum
{
  MEMBER,
  NO_MEMBER,
  UNSTATED
};

static const TdMessage member_messages[] = { { "pass", "" }, { "notMember", "" }, { "missing", "" }, { NULL } };

static void
judge_member (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  if (strcmp (at->facts->party_member, "yes") == 0)
    td_say (at, rule, finding, TD_VERDICT_PASS, MEMBER, NULL);
  else if (strcmp (at->facts->party_member, "no") == 0)
    td_say (at, rule, finding, TD_VERDICT_FAIL, NO_MEMBER, NULL);
  else
    td_say (at, rule, finding, TD_VERDICT_UNKNOWN, UNSTATED, NULL);
}

const TdRuleKind td_kind_member = { "member", member_messages, no_params, NULL, NULL, judge_member };

/* --- one nomination only --- */

enum
{
  SINGLE,
  SINGLE_HERE,
  SAME_PERSON,
  SAME_PERSON_ELSEWHERE,
  SAME_NAME,
  SAME_NAME_ELSEWHERE,
  CLEARED
};

static const TdMessage doubled_messages[] = {
  { "pass", "" },
  { "passHere", "above" },
  { "samePerson", "unit count" },
  { "samePersonElsewhere", "unit count" },
  { "sameName", "unit count" },
  { "sameNameElsewhere", "unit count" },
  { "cleared", "unit count" },
  { NULL },
};

static void
judge_doubled (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  char count[TD_COUNT_SIZE];
  const char *unit[] = { at->facts->doubled_in, count };
  /* The other unit is named only where the reader may know of it. */
  gboolean named = *unit[0] != '\0';

  td_say_count (at->facts->doubled == TD_DOUBLE_NONE ? at->facts->doubles_cleared : at->facts->doubles, count);
  if (at->facts->doubled == TD_DOUBLE_SAME_PERSON)
    td_say (at, rule, finding, TD_VERDICT_FAIL, named ? SAME_PERSON : SAME_PERSON_ELSEWHERE, unit);
  else if (at->facts->doubled == TD_DOUBLE_SAME_NAME)
    td_warn (at, rule, finding, named ? SAME_NAME : SAME_NAME_ELSEWHERE, unit);
  else if (at->facts->doubles_cleared > 0)
    td_say (at, rule, finding, TD_VERDICT_PASS, CLEARED, unit);
  else if (at->facts->at_top)
    td_say (at, rule, finding, TD_VERDICT_PASS, SINGLE, NULL);
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, SINGLE_HERE, (const char *[]){ at->campaign->see_above });
}

const TdRuleKind td_kind_doubled = { "doubled", doubled_messages, no_params, NULL, NULL, judge_doubled };

/** td_campaign_double_rule: see campaign.h. */
const char *
td_campaign_double_rule (const TdCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->rules->len; i++)
    {
      const TdRule *rule = self->rules->pdata[i];

      if (rule->kind == &td_kind_doubled)
        return rule->id;
    }
  return NULL;
}

/* --- form of award --- */

enum
{
  RIGHT_AWARD,
  WRONG_AWARD,
  NO_AWARD
};

static const TdMessage award_messages[] = { { "pass", "" }, { "wrong", "" }, { "missing", "" }, { NULL } };
static const char *const award_params[] = { "allowed", NULL };

static gpointer
read_awards (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  return td_shape_texts (shape, given, "allowed");
}

static void
clear_awards (gpointer data)
{
  g_strfreev (data);
}

static void
judge_award (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const char *award = at->facts->award;

  if (*award == '\0')
    td_say (at, rule, finding, TD_VERDICT_UNKNOWN, NO_AWARD, NULL);
  else if (!g_strv_contains (rule->params, award))
    td_say (at, rule, finding, TD_VERDICT_FAIL, WRONG_AWARD, NULL);
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, RIGHT_AWARD, NULL);
}

const TdRuleKind td_kind_award = { "award", award_messages, award_params, read_awards, clear_awards, judge_award };
