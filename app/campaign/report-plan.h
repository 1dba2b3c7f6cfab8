/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/campaign.h"

G_BEGIN_DECLS

/* What the plan says of the interim and the final report (IV.4, V.4): how they
 * are divided, whom they address, and how a final report is sent by e-mail. */

typedef struct
{
  char *key;     /* its text is the report's member "section/<key>" */
  char *title;   /* "Tình hình triển khai đợt thi đua" */
  char **tables; /* what is computed from the ledger and stands below the text: events targets
                    works awards proposed */
} TdReportSection;

typedef struct
{
  char *interim_title, *final_title; /* "Báo cáo sơ kết" */
  char *addressee;                   /* of reports to the chain's top; "" */
  char *authority;                   /* what stands above a department in the head: "UBND TỈNH HẬU GIANG"; "" */
  char *address;                     /* e-mail; "" where the plan names none */
  char *subject, *text;              /* with {title}, {unit} and {campaign} */
  char *difficulties;                /* the section whose text is gathered upwards; "" */
  char *works;         /* what the plan calls them (II.1): "Công trình, phần việc chào mừng Đại hội" */
  GPtrArray *sections; /* TdReportSection, in order; empty where the plan divides nothing */
} TdReportPlan;

const TdReportPlan *td_campaign_report (const TdCampaign *self);
const TdReportSection *td_report_section (const TdReportPlan *self, const char *key); /* NULL if unknown */
/* "I", "IV": the number of section @at, counted from 0. Owned. */
char *td_report_numeral (guint at);

G_END_DECLS
