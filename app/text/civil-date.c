/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/civil-date.h"

#include <string.h>

#define VIETNAM_OFFSET (7 * 3600)
#define DAY_SECONDS 86400

static gboolean
is_leap (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
days_in_month (int year, int month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return days[month - 1] + (month == 2 && is_leap (year));
}

/**
 * td_date_make:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: 1 to the month's last
 *
 * Returns: the day, or %TD_DATE_NONE if there is no such day
 */
TdDate
td_date_make (int year, int month, int day)
{
  int era_year, shifted, day_of_year;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month (year, month))
    return TD_DATE_NONE;
  /* Years begin in March here, so that the leap day is the last. */
  shifted = month <= 2 ? year - 1 : year;
  era_year = shifted % 400;
  day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return (shifted / 400) * 146097 + era_year * 365 + era_year / 4 - era_year / 100 + day_of_year - 719468;
}

/**
 * td_date_split:
 * @date: a day
 * @year: (out) (optional): its year
 * @month: (out) (optional): its month
 * @day: (out) (optional): its day of the month
 *
 * All zero for %TD_DATE_NONE.
 */
void
td_date_split (TdDate date, int *year, int *month, int *day)
{
  int y = 0, m = 0, d = 0;

  if (date != TD_DATE_NONE)
    {
      gint64 days = (gint64)date + 719468;
      gint64 era = (days >= 0 ? days : days - 146096) / 146097;
      int of_era = (int)(days - era * 146097);
      int era_year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
      int of_year = of_era - (365 * era_year + era_year / 4 - era_year / 100);
      int shifted = (5 * of_year + 2) / 153;

      d = of_year - (153 * shifted + 2) / 5 + 1;
      m = shifted < 10 ? shifted + 3 : shifted - 9;
      y = (int)(era_year + era * 400) + (m <= 2);
    }
  if (year)
    *year = y;
  if (month)
    *month = m;
  if (day)
    *day = d;
}

/* Reads exactly @digits digits, or with @digits 0 one or two. */
static gboolean
read_number (const char **at, guint digits, int *out)
{
  guint least = digits ? digits : 1, most = digits ? digits : 2, count = 0;

  *out = 0;
  for (; count < most && g_ascii_isdigit (**at); (*at)++, count++)
    *out = *out * 10 + (**at - '0');
  return count >= least;
}

/**
 * td_date_parse_iso:
 * @text: "2025-07-11"
 *
 * Returns: the day, or %TD_DATE_NONE if @text is not exactly that form or no such day exists
 */
TdDate
td_date_parse_iso (const char *text)
{
  int year, month, day;

  g_return_val_if_fail (text != NULL, TD_DATE_NONE);

  if (!read_number (&text, 4, &year) || *text++ != '-' || !read_number (&text, 2, &month) || *text++ != '-'
      || !read_number (&text, 2, &day) || *text != '\0')
    return TD_DATE_NONE;
  return td_date_make (year, month, day);
}

static TdDate
parse_separated (const char *at)
{
  int year, month, day;
  char mark;

  if (!read_number (&at, 0, &day))
    return TD_DATE_NONE;
  mark = *at;
  if (mark == '\0' || !strchr ("/-.", mark))
    return TD_DATE_NONE;
  at++;
  if (!read_number (&at, 0, &month) || *at++ != mark || !read_number (&at, 4, &year) || *at != '\0')
    return TD_DATE_NONE;
  return td_date_make (year, month, day);
}

static TdDate
parse_run (const char *at)
{
  int year, month, day;

  if (!read_number (&at, 2, &day) || !read_number (&at, 2, &month) || !read_number (&at, 4, &year) || *at != '\0')
    return TD_DATE_NONE;
  return td_date_make (year, month, day);
}

/**
 * td_date_parse_typed:
 * @text: what a person types, day first: 1/7/2025, 01-07-2025, 1.7.2025, 01072025, or ISO
 *
 * Two-digit years and month-first dates are refused: a date must not be guessed.
 *
 * Returns: the day or %TD_DATE_NONE
 */
TdDate
td_date_parse_typed (const char *text)
{
  g_autofree char *stripped = NULL;
  TdDate date;

  g_return_val_if_fail (text != NULL, TD_DATE_NONE);

  stripped = g_strstrip (g_strdup (text));
  date = td_date_parse_iso (stripped);
  if (date == TD_DATE_NONE)
    date = parse_separated (stripped);
  if (date == TD_DATE_NONE)
    date = parse_run (stripped);
  return date;
}

static char *
format_date (TdDate date, const char *format)
{
  int year, month, day;

  if (date == TD_DATE_NONE)
    return g_strdup ("");
  td_date_split (date, &year, &month, &day);
  return g_strdup_printf (format, day, month, year);
}

/**
 * td_date_to_iso:
 * @date: a day
 *
 * Returns: (transfer full): "2025-07-11", "" for %TD_DATE_NONE
 */
char *
td_date_to_iso (TdDate date)
{
  return format_date (date, "%3$04d-%2$02d-%1$02d");
}

/**
 * td_date_to_screen:
 * @date: a day
 *
 * Returns: (transfer full): "11/07/2025", "" for %TD_DATE_NONE
 */
char *
td_date_to_screen (TdDate date)
{
  return format_date (date, "%02d/%02d/%04d");
}

/**
 * td_date_to_document:
 * @date: a day
 *
 * The decree writes days below 10 and the months 1 and 2 with a leading zero
 * (Nghị định 30/2020; forms.md 2.4); strftime cannot.
 *
 * Returns: (transfer full): "ngày 11 tháng 7 năm 2025", "" for %TD_DATE_NONE
 */
char *
td_date_to_document (TdDate date)
{
  int month;

  td_date_split (date, NULL, &month, NULL);
  return format_date (date, month <= 2 ? "ngày %02d tháng %02d năm %d" : "ngày %02d tháng %d năm %d");
}

/**
 * td_date_from_unix:
 * @seconds: UTC seconds
 *
 * Returns: the civil day in Vietnam, which is UTC+7 all year
 */
TdDate
td_date_from_unix (gint64 seconds)
{
  gint64 days;

  if (seconds > G_MAXINT64 - VIETNAM_OFFSET)
    return TD_DATE_NONE;
  seconds += VIETNAM_OFFSET;
  days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
  return days > G_MAXINT32 || days <= G_MININT32 ? TD_DATE_NONE : (TdDate)days;
}

/**
 * td_time_to_screen:
 * @seconds: UTC seconds
 *
 * Returns: (transfer full): "14:05 ngày 08/07/2025" in Vietnam's time
 */
char *
td_time_to_screen (gint64 seconds)
{
  TdDate day = td_date_from_unix (seconds);
  g_autofree char *date = td_date_to_screen (day);
  int of_day;

  if (day == TD_DATE_NONE)
    return g_strdup ("");
  of_day = (int)(seconds + VIETNAM_OFFSET - (gint64)day * DAY_SECONDS);
  return g_strdup_printf ("%02d:%02d ngày %s", of_day / 3600, of_day / 60 % 60, date);
}
