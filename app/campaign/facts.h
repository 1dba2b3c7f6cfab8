/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/units.h"

G_BEGIN_DECLS

/* What the rules judge: plain values, gathered elsewhere from records. Strings
 * are never NULL ("" when missing) so that a rule reads as its sentence. */

#define TD_YEARS_MAX 10 /* rated years a campaign may span */

typedef enum
{
  TD_RATING_NONE = -2,     /* confirmed: there was none that year */
  TD_RATING_MISSING,       /* nobody has said yet */
  TD_RATING_NOT_COMPLETED, /* KHTNV */
  TD_RATING_COMPLETED,     /* HTNV */
  TD_RATING_GOOD,          /* HTTNV */
  TD_RATING_EXCELLENT      /* HTXSNV */
} TdRating;
TdRating td_rating_parse (const char *code); /* "HTXSNV" …, "KHONG_XEP_LOAI"; anything else: missing */

typedef enum
{
  TD_DIRECTION_HIGHER,
  TD_DIRECTION_LOWER,
  TD_DIRECTION_QUALITATIVE
} TdDirection;
TdDirection td_direction_parse (const char *code); /* HIGHER_BETTER (default), LOWER_BETTER, QUALITATIVE */

typedef struct
{
  char *id;
  char *name;
  char *unit;
  TdDirection direction;
  char *plan;         /* dotted decimal; words when qualitative */
  char *actual;       /* "" when no result yet */
  char *cap;          /* "" when none */
  char *basis;        /* the document it rests on */
  char *by_half_year; /* value to reach by 30/6/2025 */
  TdDate result_date;
} TdTarget;
TdTarget *td_target_new (void);
void td_target_free (TdTarget *self);

typedef struct
{
  char *id;
  char *kind; /* Đề án, Nghị quyết chuyên đề, Chương trình */
  char *name;
  gboolean well_done; /* coordinated content "thực hiện tốt" */
  gboolean unrated;   /* nobody has said yet how well: missing, not bad */
  int exceeded;       /* targets the coordinating unit exceeded in it; -1: unknown */
  int rank, of;       /* by that, among those that coordinate it; rank 0: not ranked yet */
  GPtrArray *targets; /* TdTarget */
} TdProject;
TdProject *td_project_new (void);
void td_project_free (TdProject *self);

typedef struct
{
  char *id;
  char *name;
  char *actual_2023, *target_2025, *plan_2024, *result_2024, *plan_2025, *result_half_2025;
} TdIndicator;
TdIndicator *td_indicator_new (void);
void td_indicator_free (TdIndicator *self);

/* One unit's ledger, plus what the catalogue says of it. */
typedef struct
{
  const TdUnit *unit;
  char *category;                 /* chosen or default: a b c d or "" */
  char *phase_level;              /* chosen: CO_SO, HUYEN_TUONG_DUONG; "": the unit's own */
  TdRating ratings[TD_YEARS_MAX]; /* from td_campaign_first_year() */
  char *ratings_inherited;        /* the predecessor they were given to; "" */
  GPtrArray *targets;             /* TdTarget */
  GPtrArray *indicators;          /* TdIndicator, enterprises */
  GPtrArray *led;                 /* TdProject */
  GPtrArray *coordinated;         /* TdProject */
  int coordination_exceeded;      /* over all of them; -1: unknown */
  int coordination_rank;          /* among all coordinating units of the province; 0: not ranked yet */
  int coordination_of;
  gboolean in_block; /* a member of an emulation block of the catalogue */
  char *typical;     /* "yes", "no", "" */
  char *typical_note;
  char *compliance;               /* OK VIOLATION UNDER_REVIEW "" */
  TdDate registration_received;   /* at the level the rule names; TD_DATE_NONE: not there */
  gboolean registration_route_ok; /* TRUE where nothing is known */
  TdDate plan_date;               /* own implementation plan */
  TdDate launched_on, interim_on, final_on, awarded_on, report_sent_on;
  char *awarded_not_applicable; /* reason, "" when it applies */
} TdUnitFacts;
TdUnitFacts *td_unit_facts_new (void);
void td_unit_facts_free (TdUnitFacts *self);

typedef enum
{
  TD_DOUBLE_NONE,
  TD_DOUBLE_SAME_NAME,
  TD_DOUBLE_SAME_PERSON
} TdDouble;

typedef struct
{
  TdDate today;    /* the campaign day the judge stands on */
  gboolean at_top; /* judged by the endpoint or the board, which see across units */

  /* the nominee */
  gboolean collective;
  char *subject_kind; /* "party_organisation" (td_facts_new) or what else was chosen: "party_cell_of_hamlet",
                                 "government_body", "division", "other" */
  char *name;
  char *award;               /* BANG_KHEN_CHU_TICH_UBND_TINH */
  gboolean outside_province; /* */
  char *compliance;          /* of a person, where it differs from the unit's: OK VIOLATION UNDER_REVIEW "" */
  char *awarded_before;      /* for the same achievement: the decision in words; "" */
  char *report_confirmed;    /* by the level that hands in: "yes" "no" "" */
  char *party_member;        /* "yes" "no" "" */
  gboolean enterprise_director;
  gboolean deputy_or_chair_only;
  gboolean board_chair; /* Chủ tịch HĐQT, HĐTV who is not the director: only warn */
  TdRating ratings[TD_YEARS_MAX];
  char **papers;    /* kinds attached to this nominee: BAO_CAO_THANH_TICH, XAC_NHAN_THUE, XAC_NHAN_BHXH, XAC_NHAN_BHYT;
                    BHXH_GHI_BHYT where the paper of BHXH speaks of BHYT too */
  TdDouble doubled; /* */
  char *doubled_in; /* the other units' names, "" where they may not be named */
  int doubles;      /* how many others are meant by it */
  int doubles_cleared; /* others already looked at: another person */

  /* its unit and the unit that submits (may be the same pointer) */
  TdUnitFacts *unit;
  TdUnitFacts *submitter;

  /* the submission it travels in; has_submission FALSE while still loose */
  gboolean has_submission;
  char *letter_number;
  TdDate letter_date;
  char *letter_signer;
  char *minutes_number;
  TdDate minutes_date;
  char *minutes_chair;
  char **listed_in_letter; /* names */
  char **listed_in_minutes;
  TdDate received;               /* first trình as the endpoint committed it, or attested; TD_DATE_NONE: not yet */
  TdDate handed_in;              /* last trình to that level, after a return; TD_DATE_NONE: none */
  TdDate council_on, opinion_on; /* sent to the Council, its opinion; TD_DATE_NONE: not yet */
  int individuals;               /* counted against the submitter's quota */
} TdFacts;
TdFacts *td_facts_new (void);
/* Frees unit and submitter too, once when they are the same. */
void td_facts_free (TdFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdFacts, td_facts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdUnitFacts, td_unit_facts_free)

G_END_DECLS
