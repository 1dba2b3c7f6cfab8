/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "text/civil-date.h"
#include "text/decimal.h"
#include "text/vietnamese.h"

#include <string.h>

/* Text as it comes from keyboards, papers and other people's programs. */

static void
expect_valid (char *text)
{
  g_assert_true (text != NULL && g_utf8_validate (text, -1, NULL));
  g_free (text);
}

static void
read_date (const char *text)
{
  TdDate date = td_date_parse_typed (text);
  g_autofree char *iso = date == TD_DATE_NONE ? NULL : td_date_to_iso (date);

  g_assert_true (iso == NULL || td_date_parse_iso (iso) == date);
  date = td_date_parse_iso (text);
  if (date != TD_DATE_NONE)
    {
      g_autofree char *again = td_date_to_iso (date);

      g_assert_cmpstr (again, ==, text);
      expect_valid (td_date_to_document (date));
    }
}

static void
read_decimal (const char *text)
{
  TdDecimal value = { 0 };

  for (int typed = FALSE; typed <= TRUE; typed++)
    if (typed ? td_decimal_parse_typed (text, &value) : td_decimal_parse (text, &value))
      {
        g_autofree char *plain = td_decimal_to_string (value);
        g_autofree char *shown = td_decimal_format (value, 2);
        TdDecimal back;

        g_assert_true (td_decimal_parse (plain, &back) && back.micros == value.micros);
        g_assert_true (td_decimal_parse_typed (shown, &back) && back.micros == value.micros);
        g_free (td_decimal_percent (value, (TdDecimal){ 1000000 }));
        td_decimal_over_share (value, (TdDecimal){ 1000000 }, 50);
      }
}

static void
compare (const char *text)
{
  g_autofree char *half = g_utf8_substring (text, 0, g_utf8_strlen (text, -1) / 2);

  g_assert_cmpint (td_text_compare (text, text), ==, 0);
  g_assert_cmpint (td_text_compare_people (text, text), ==, 0);
  g_assert_cmpint (CLAMP (td_text_compare (text, half), -1, 1), ==, -CLAMP (td_text_compare (half, text), -1, 1));
  td_text_matches (half, text);
}

void
fuzz_text (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_string (data, size);
  g_autofree char *clean = td_text_clean ((const char *)data, (gssize)size);
  g_autofree char *again = NULL;

  read_date (text);
  read_decimal (text);
  if (clean == NULL)
    return;
  again = td_text_clean (clean, -1);
  g_assert_cmpstr (clean, ==, again);
  expect_valid (td_text_clean_name (clean));
  expect_valid (td_text_fold (clean));
  expect_valid (td_text_tone_key (clean));
  expect_valid (td_text_upper (clean));
  compare (clean);
}
