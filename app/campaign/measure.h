/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/rule.h"
#include "text/decimal.h"

G_BEGIN_DECLS

/* The meaning of "hoàn thành toàn diện và vượt mức": one place for all rules. */

typedef enum
{
  TD_MEASURE_MISSING,  /* no result, or only one dated after the evaluation */
  TD_MEASURE_DOUBTFUL, /* words that say neither yes nor no */
  TD_MEASURE_UNMET,
  TD_MEASURE_MET,
  TD_MEASURE_EXCEEDED
} TdMeasure;

typedef enum
{
  TD_READING_A,
  TD_READING_B,
  TD_READING_C
} TdReading;

typedef struct _TdYardstick
{
  TdReading reading;
  gboolean cap_exceeds; /* a capped target that reached its cap above the plan counts as exceeded */
  TdDate until;
  char **confirmed; /* folded words that confirm a qualitative target */
  char **denied;    /* folded beginnings that deny it */
} TdYardstick;

typedef struct
{
  guint total, missing, doubtful, unmet, met, exceeded; /* met includes exceeded */
  gboolean surpassed;                                   /* some result is above its plan, capped or not (reading C) */
  GString *missing_list, *doubtful_list, *unmet_list;   /* NULL where empty */
  GString *short_list;                                  /* met but not exceeded */
  const char *first_missing, *first_doubtful, *first_unmet; /* ids */
} TdTally;

void td_yardstick_read (TdYardstick *self, TdShape *shape, JsonObject *params, const TdCampaign *campaign);
void td_yardstick_clear (TdYardstick *self);
TdMeasure td_measure (const TdYardstick *self, const TdTarget *target, gboolean *surpassed);
void td_tally_add (TdTally *self, const TdYardstick *yardstick, const TdTarget *target);
void td_tally_clear (TdTally *self);
/* PASS, FAIL, UNKNOWN (missing, or none at all) or MANUAL (doubtful). */
TdVerdict td_tally_verdict (const TdTally *self, TdReading reading);
/* The letter of a setting as a reading; others are a fault. */
TdReading td_reading_of (TdShape *shape, const TdCampaign *campaign, const char *setting);

/* One target as the plan's rule on the Congress Resolution's targets measures it:
 * what a row of a table says beside the verdict. */
TdMeasure td_campaign_measure (const TdCampaign *campaign, const TdTarget *target, gboolean *surpassed);

/* "99,96/100 %" */
void td_say_figures (GString *list, const char *name, const char *actual, const char *plan, const char *unit);

G_END_DECLS
