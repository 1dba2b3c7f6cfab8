/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A civil date: days since 1970-01-01. Vietnam is UTC+7 all year, so no time
 * zone data base is needed anywhere. */
typedef gint32 TdDate;
#define TD_DATE_NONE G_MININT32

TdDate td_date_make (int year, int month, int day);
void td_date_split (TdDate date, int *year, int *month, int *day);
TdDate td_date_parse_iso (const char *text);   /* "2025-07-11"; TD_DATE_NONE if not exactly that */
TdDate td_date_parse_typed (const char *text); /* also 1/7/2025, 01-07-2025, 1.7.2025, 01072025 */
char *td_date_to_iso (TdDate date);
char *td_date_to_screen (TdDate date);     /* 11/07/2025 */
char *td_date_to_document (TdDate date);   /* ngày 11 tháng 7 năm 2025 (forms.md 2.4) */
TdDate td_date_from_unix (gint64 seconds); /* the civil day in Vietnam */
char *td_time_to_screen (gint64 seconds);  /* "14:05 ngày 08/07/2025", Vietnam time */

G_END_DECLS
