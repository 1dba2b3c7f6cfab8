/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/decimal.h"

#include <string.h>

#define PLACES 6
#define ONE G_GINT64_CONSTANT (1000000)

/* Adds one decimal digit; FALSE on overflow. */
static gboolean
push_digit (gint64 *value, char digit)
{
  return g_ascii_isdigit (digit) && !__builtin_mul_overflow (*value, 10, value)
         && !__builtin_add_overflow (*value, digit - '0', value);
}

/* @whole and @fraction are runs of ASCII digits, already told apart by the caller. */
static gboolean
assemble (gboolean negative, const char *whole, gsize n_whole, const char *fraction, gsize n_fraction, TdDecimal *out)
{
  gint64 value = 0;

  if (n_whole == 0 || n_fraction > PLACES)
    return FALSE;
  for (gsize i = 0; i < n_whole; i++)
    if (!push_digit (&value, whole[i]))
      return FALSE;
  for (gsize i = 0; i < PLACES; i++)
    if (!push_digit (&value, i < n_fraction ? fraction[i] : '0'))
      return FALSE;
  out->micros = negative ? -value : value;
  return TRUE;
}

/**
 * td_decimal_parse:
 * @text: the dotted form of records and files
 * @out: (out): the value
 *
 * Returns: %FALSE on anything but an optional minus, digits and at most six places
 */
gboolean
td_decimal_parse (const char *text, TdDecimal *out)
{
  gboolean negative;
  gsize whole, fraction;

  g_return_val_if_fail (text != NULL && out != NULL, FALSE);

  negative = *text == '-';
  text += negative;
  whole = strspn (text, "0123456789");
  if (text[whole] == '\0')
    return assemble (negative, text, whole, "", 0, out);
  if (text[whole] != '.')
    return FALSE;
  fraction = strspn (text + whole + 1, "0123456789");
  if (fraction == 0 || text[whole + 1 + fraction] != '\0')
    return FALSE;
  return assemble (negative, text, whole, text + whole + 1, fraction, out);
}

/* Digits of "1.234.567" into @digits; FALSE unless every group after the first has three. */
static gboolean
ungroup (const char *text, gsize length, GString *digits)
{
  gsize group = 0;
  gboolean grouped = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != '.')
        {
          g_string_append_c (digits, text[i]);
          group++;
          continue;
        }
      if (group == 0 || group > 3 || (grouped && group != 3))
        return FALSE;
      grouped = TRUE;
      group = 0;
    }
  return !grouped || group == 3;
}

/**
 * td_decimal_parse_typed:
 * @text: what a person types: dots group thousands, the comma begins the places
 * @out: (out): the value
 *
 * Returns: %FALSE on what can be read in two ways, such as "1,234.5" or "1.5"
 */
gboolean
td_decimal_parse_typed (const char *text, TdDecimal *out)
{
  g_autofree char *stripped = NULL;
  g_autoptr (GString) digits = NULL;
  const char *at, *comma;
  gsize whole, fraction;
  gboolean negative;

  g_return_val_if_fail (text != NULL && out != NULL, FALSE);

  stripped = g_strstrip (g_strdup (text));
  at = stripped;
  negative = *at == '-';
  at += negative;
  whole = strspn (at, "0123456789.");
  comma = at + whole;
  digits = g_string_sized_new (whole);
  if (!ungroup (at, whole, digits))
    return FALSE;
  if (*comma == '\0')
    return assemble (negative, digits->str, digits->len, "", 0, out);
  if (*comma != ',')
    return FALSE;
  fraction = strspn (comma + 1, "0123456789");
  if (fraction == 0 || comma[1 + fraction] != '\0')
    return FALSE;
  return assemble (negative, digits->str, digits->len, comma + 1, fraction, out);
}

/* Writes the places of @rest without trailing zeros, but at least @least. */
static void
append_places (GString *out, guint64 rest, guint least, char mark)
{
  char places[PLACES + 1];
  gsize length = PLACES;

  g_snprintf (places, sizeof places, "%06" G_GUINT64_FORMAT, rest);
  while (length > least && places[length - 1] == '0')
    length--;
  if (length == 0)
    return;
  g_string_append_c (out, mark);
  g_string_append_len (out, places, length);
}

static guint64
magnitude (TdDecimal value)
{
  return value.micros < 0 ? (guint64)0 - (guint64)value.micros : (guint64)value.micros;
}

/**
 * td_decimal_to_string:
 * @value: a value
 *
 * Returns: (transfer full): the one dotted form of @value, without trailing zeros
 */
char *
td_decimal_to_string (TdDecimal value)
{
  GString *out = g_string_new (value.micros < 0 ? "-" : "");
  guint64 all = magnitude (value);

  g_string_append_printf (out, "%" G_GUINT64_FORMAT, all / ONE);
  append_places (out, all % ONE, 0, '.');
  return g_string_free (out, FALSE);
}

static void
append_grouped (GString *out, guint64 whole)
{
  char digits[24];
  gsize length;

  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, whole);
  length = strlen (digits);
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (out, '.');
      g_string_append_c (out, digits[i]);
    }
}

/**
 * td_decimal_format:
 * @value: a value
 * @places: at least so many places, at most six
 *
 * Returns: (transfer full): "1.234,5", for screens and papers
 */
char *
td_decimal_format (TdDecimal value, guint places)
{
  GString *out = g_string_new (value.micros < 0 ? "-" : "");
  guint64 all = magnitude (value);

  append_grouped (out, all / ONE);
  append_places (out, all % ONE, MIN (places, PLACES), ',');
  return g_string_free (out, FALSE);
}

/**
 * td_decimal_compare:
 * @a: a value
 * @b: a value
 *
 * Returns: below, at or above zero as @a is less than, equal to or more than @b
 */
int
td_decimal_compare (TdDecimal a, TdDecimal b)
{
  return (a.micros > b.micros) - (a.micros < b.micros);
}

/**
 * td_decimal_percent:
 * @part: what was reached
 * @whole: what was planned
 *
 * Truncated downwards, so that 99,996 % is never shown as met.
 *
 * Returns: (transfer full) (nullable): "99,96", %NULL unless @whole is above zero
 */
char *
td_decimal_percent (TdDecimal part, TdDecimal whole)
{
  __int128 scaled, share;
  guint64 all;
  GString *out;

  if (whole.micros <= 0)
    return NULL;
  scaled = (__int128)part.micros * 10000;
  share = scaled / whole.micros;
  if (scaled < 0 && scaled % whole.micros != 0)
    share--;
  /* Only a whole of a millionth against billions comes here; nobody reads further figures. */
  share = CLAMP (share, -(__int128)G_MAXINT64, (__int128)G_MAXINT64);
  all = share < 0 ? (guint64)-share : (guint64)share;
  out = g_string_new (share < 0 ? "-" : "");
  append_grouped (out, all / 100);
  g_string_append_printf (out, ",%02u", (guint)(all % 100));
  return g_string_free (out, FALSE);
}

/**
 * td_decimal_over_share:
 * @part: what was reached
 * @whole: what was planned
 * @percent: the share
 *
 * Exactly the share is not over it ("trên 80%").
 *
 * Returns: %TRUE if @part is strictly more than @percent of @whole; %FALSE unless @whole is above zero
 */
gboolean
td_decimal_over_share (TdDecimal part, TdDecimal whole, gint64 percent)
{
  if (whole.micros <= 0)
    return FALSE;
  return (__int128)part.micros * 100 > (__int128)whole.micros * percent;
}
