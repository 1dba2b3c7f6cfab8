/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/units.h"

G_BEGIN_DECLS

/* A plan as data: data/campaigns/hau-giang-2025.json. Nothing here is code of
 * one province or one year. */

#define TD_CAMPAIGN_ERROR (td_campaign_error_quark ())
typedef enum
{
  TD_CAMPAIGN_ERROR_SYNTAX,       /* message has line and column */
  TD_CAMPAIGN_ERROR_SHAPE,        /* message has a JSON pointer: missing, wrong type, unknown rule kind */
  TD_CAMPAIGN_ERROR_CONTRADICTION /* e.g. a phase that ends before it begins, a step to an unknown stage */
} TdCampaignError;
GQuark td_campaign_error_quark (void);

typedef struct
{
  TdDate limit;
  gboolean inclusive; /* "đến hết ngày" TRUE, "trước ngày" FALSE */
} TdDeadline;
gboolean td_deadline_met (TdDeadline deadline, TdDate day);

/* One row of the table of steps (model.md 3), as the campaign file gives it. */
typedef struct
{
  char *id;    /* "submit", "receive", …: names the code of its needs */
  char *label; /* "Trình": Vietnamese, shown on buttons */
  char *
      who; /* "holder", "owner", "holder_not_owner", "holder_or_top", "submitter", "top", "asked", "addressed", "taker" */
  char **roles;      /* of L O A R S */
  char **from;       /* stages; empty: any before decided */
  char *to;          /* stage; "" leaves it; "before" restores the one before */
  gboolean undoable; /* ↶ */
  char **outcomes;   /* every stage it may end in, @to first; empty where @to is "" or "before" */
} TdStepRule;

typedef struct
{
  char *key;
  char *name;
  char *level; /* phase level CO_SO / HUYEN_TUONG_DUONG */
  int number;
  char *rule; /* "R-002" */
  TdDate from;
  TdDate to;
} TdPhase;

typedef struct _TdCampaign TdCampaign;

TdCampaign *td_campaign_parse (const char *data, gssize length, GError **error);
TdCampaign *td_campaign_ref (TdCampaign *self);
void td_campaign_unref (TdCampaign *self);
const char *td_campaign_id (const TdCampaign *self);
const char *td_campaign_title (const TdCampaign *self);
const char *td_campaign_slogan (const TdCampaign *self);
const char *td_campaign_digest (const TdCampaign *self);     /* hex SHA-256 of the file's bytes */
const char *td_campaign_source (const TdCampaign *self);     /* the bytes */
const char *td_campaign_units_file (const TdCampaign *self); /* "hau-giang-2024.json" */
TdDate td_campaign_start (const TdCampaign *self);
TdDate td_campaign_end (const TdCampaign *self);
/* "registration", "nomination", "review", "final_report" */
TdDeadline td_campaign_deadline (const TdCampaign *self, const char *name);
const TdPhase *td_campaign_phase (const TdCampaign *self,
                                  const char *phase_level,
                                  TdDate day);               /* NULL: none */
const char *td_campaign_award_name (const TdCampaign *self); /* "Bằng khen của Chủ tịch UBND tỉnh" */
const char *td_campaign_committee (const TdCampaign *self);  /* "UBND tỉnh" */
const TdPhase *td_campaign_phase_numbered (const TdCampaign *self,
                                           int number);                     /* the first of that number; NULL: none */
const char *td_campaign_setting (const TdCampaign *self, const char *name); /* "" if unset */
const TdStepRule *td_campaign_step (const TdCampaign *self, const char *id);
/* All steps in the order of the file; borrowed, free the array. */
GPtrArray *td_campaign_steps (const TdCampaign *self);
/* The steps a nomination at @stage has yet to go before @verb, in order: NULL-ended, owned, free the
 * array; empty where @verb is next, or where no way leads there. */
GPtrArray *td_campaign_missed_steps (const TdCampaign *self, const char *stage, const char *verb);
/* The level above @level on the campaign's chain, NULL at the top or where @level is unknown. */
const char *td_campaign_level_above (const TdCampaign *self, const char *level);
/* Codes of the bodies that sit on the chain's top. */
const char *td_campaign_board (const TdCampaign *self);    /* "ban-tdkt" */
const char *td_campaign_reviewer (const TdCampaign *self); /* "van-phong-tinh-uy" (V.3) */
/* Categories whose dossiers need the reviewer's opinion before the Council. */
gboolean td_campaign_needs_review (const TdCampaign *self, const char *category, gboolean collective);
/* whether @capacity ("KT. CHỦ TỊCH") may sign the decision. */
gboolean td_campaign_may_sign (const TdCampaign *self, const char *capacity);
/* whether a target resting on @basis is a break-through target, to be listed first. */
gboolean td_campaign_is_breakthrough (const TdCampaign *self, const char *basis);
/* Persons @unit may propose, -1 where it has no quota of its own. */
int td_campaign_quota (const TdCampaign *self, const TdUnit *unit, gboolean leads); /* it leads a programme */
/* What the rule @id asks, in a few words for screens: "Xếp loại đảng viên"; "" where there is no such rule. */
const char *td_campaign_rule_title (const TdCampaign *self, const char *id);
const char *td_campaign_rule_clause (const TdCampaign *self, const char *id);
const char *td_campaign_rule_kind (const TdCampaign *self, const char *id); /* "event", "prerequisites"…; "" */
/* What is written with every decision. */
const char *td_campaign_decision_note (const TdCampaign *self);
/* The rule that wants one nomination for one person; NULL where the plan has none. */
const char *td_campaign_double_rule (const TdCampaign *self);
int td_campaign_first_year (const TdCampaign *self); /* 2020 */
int td_campaign_last_year (const TdCampaign *self);  /* 2024 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdCampaign, td_campaign_unref)

G_END_DECLS
