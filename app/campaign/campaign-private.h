/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/campaign.h"
#include "campaign/facts.h"
#include "campaign/report-plan.h"
#include "campaign/shape.h"

G_BEGIN_DECLS

#define TD_RATINGS 4

/* One hop of the chain: who stands above a level. */
typedef struct
{
  char *level;
  char *name;
  char *above; /* NULL at the top */
} TdChainLink;

typedef struct
{
  char *name; /* "registration" */
  TdDeadline deadline;
} TdNamedDeadline;

struct _TdCampaign
{
  gatomicrefcount refs;
  char *source;
  char *digest;
  char *id, *title, *slogan;
  char *board, *reviewer, *units_file;
  TdDate start, end;
  int first_year, last_year;
  char *rating_words[TD_RATINGS]; /* by TdRating */
  char *not_applicable;           /* the sentence where a rule does not concern a nominee */
  char *nameless_person;          /* what a sentence calls a nominee who has no name yet */
  char *nameless_collective;
  char *award_name, *committee; /* what is awarded, and to whom the top reports; see campaign.h */
  char *see_above;              /* the sentence where only a higher level can see */
  char *decision_note;          /* */
  GPtrArray *phases;            /* TdPhase */
  GPtrArray *deadlines;         /* TdNamedDeadline */
  GPtrArray *chain;             /* TdChainLink */
  GPtrArray *steps;             /* TdStepRule */
  GHashTable *settings;         /* name -> value */
  GHashTable *readings;         /* "name/value" -> what that reading says */
  char **review_collectives, **review_individuals;
  GPtrArray *rules;     /* TdRule */
  TdReportPlan *report; /* of the interim and final report */
  GPtrArray *bases;     /* documents offered for targets: bases.c */
};

/* campaign-read.c */
gboolean td_campaign_read (TdCampaign *self, JsonObject *root, GError **error);
/* report-plan.c */
TdReportPlan *td_report_plan_read (TdShape *shape, JsonObject *root);
void td_report_plan_free (TdReportPlan *self);
/* bases.c */
GPtrArray *td_bases_read (TdShape *shape, JsonObject *root);
/* steps.c */
GPtrArray *td_steps_read (TdShape *shape, JsonObject *root);
/* What the chosen reading of a setting says; "" where it has none. */
const char *td_campaign_reading (const TdCampaign *self, const char *setting);

G_END_DECLS
