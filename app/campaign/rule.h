/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/campaign-private.h"
#include "campaign/judge.h"
#include "campaign/template.h"

G_BEGIN_DECLS

typedef struct _TdRule TdRule;

/* What is being judged, with what every rule asks first. */
typedef struct
{
  const TdCampaign *campaign;
  const TdFacts *facts;
  const TdUnitFacts *unit;
  const TdUnitFacts *submitter;
  gboolean registration; /* a registration, not a nomination */
  gboolean own;          /* the unit hands in by itself */
  GString *scratch;
} TdCase;

/* A sentence a kind may say, and the places it fills. */
typedef struct
{
  const char *name;
  const char *places;
  gboolean optional;
} TdMessage;

/* A kind of rule. All that is a number, a date or a word comes from the file:
 * the kind knows only how its parameters judge facts. */
typedef struct
{
  const char *name;
  const TdMessage *messages; /* in the order of the kind's own enum; ends with a NULL name */
  const char *const *params; /* members its params may have; NULL-terminated */
  gpointer (*read) (TdShape *shape, JsonObject *params, const TdCampaign *campaign); /* may be NULL */
  void (*clear) (gpointer params);
  void (*judge) (const TdCase *at, const TdRule *rule, TdFinding *finding);
} TdRuleKind;

typedef enum
{
  TD_SUPPLY_UNIT,
  TD_SUPPLY_SUBMISSION,
  TD_SUPPLY_ABOVE
} TdSupply;

struct _TdRule
{
  char *id, *title, *clause, *cure;
  char *field; /* "ratings:rating/{}" */
  TdSeverity severity;
  TdSupply supply;
  const TdRuleKind *kind;
  gpointer params;
  TdTemplate **messages;
  gboolean on_nomination, on_registration;
  gboolean collectives, individuals;
  char **categories, **unit_kinds, **not_unit_kinds, **levels; /* empty: all */
};

/* rule.c */
GPtrArray *td_rules_read (TdShape *shape, JsonObject *root, const TdCampaign *campaign);
gboolean td_rule_concerns (const TdRule *rule, const TdCase *at);

/* kinds.c */
extern const TdRuleKind *const td_rule_kinds[]; /* NULL-terminated */

/* What judges say. @values in the order of the message's places, NULL where it has none.
 * Pass and not applicable carry neither cure nor field. */
void td_say (const TdCase *at,
             const TdRule *rule,
             TdFinding *finding,
             TdVerdict verdict,
             guint message,
             const char *const *values);
/* The same, but only a warning. */
void td_warn (const TdCase *at, const TdRule *rule, TdFinding *finding, guint message, const char *const *values);
/* @detail stands for the {} of the rule's field. */
void td_say_field (const TdRule *rule, TdFinding *finding, const char *detail);
/* A sentence that is a part of another one. Owned. */
char *td_phrase (const TdCase *at, const TdRule *rule, guint message, const char *const *values);

/* Small words. */
#define TD_DAY_SIZE 16
#define TD_COUNT_SIZE 16
void td_say_day (TdDate day, char out[TD_DAY_SIZE]);       /* "01/7/2025" */
void td_say_count (gint64 count, char out[TD_COUNT_SIZE]); /* "02", "12" */
void td_say_quoted (GString *list, const char *name);      /* adds “name”, with "; " in between */
const char *td_nominee_name (const TdCase *at);            /* never empty: the nameless get a word */
const char *td_unit_name (const TdUnitFacts *unit);
const char *td_unit_kind (const TdUnitFacts *unit);
const char *td_unit_phase_level (const TdUnitFacts *unit); /* */

G_END_DECLS
