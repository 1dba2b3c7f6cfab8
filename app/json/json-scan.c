/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/json-scan.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *begin, *at, *end;
  GByteArray *open; /* '{' or '[' of every container we are in */
  guint max_depth;
  TdJsonError code;
  const char *reason; /* NULL: fine so far */
} Scan;

static gboolean
stop (Scan *scan, TdJsonError code, const char *reason)
{
  if (!scan->reason)
    {
      scan->code = code;
      scan->reason = reason;
    }
  return FALSE;
}

static gboolean
wrong (Scan *scan, const char *reason)
{
  return stop (scan, TD_JSON_ERROR_SYNTAX, reason);
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end && strchr (" \t\r\n", *scan->at))
    scan->at++;
}

static char
look (Scan *scan)
{
  return scan->at < scan->end ? *scan->at : '\0';
}

static gboolean
take (Scan *scan, char c)
{
  if (look (scan) != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

static gboolean
read_hex (Scan *scan, guint *out)
{
  *out = 0;
  for (int i = 0; i < 4; i++, scan->at++)
    {
      int digit = scan->at < scan->end ? g_ascii_xdigit_value (*scan->at) : -1;

      if (digit < 0)
        return wrong (scan, _ ("four hexadecimal digits are expected after \\u"));
      *out = *out * 16 + (guint)digit;
    }
  return TRUE;
}

/* After "\u": a code unit that is no NUL and no half of a surrogate pair alone. */
static gboolean
scan_unicode (Scan *scan)
{
  guint unit, low;

  if (!read_hex (scan, &unit))
    return FALSE;
  if (unit == 0)
    return stop (scan, TD_JSON_ERROR_ENCODING, _ ("a text contains a NUL"));
  if (unit >= 0xDC00 && unit <= 0xDFFF)
    return stop (scan, TD_JSON_ERROR_ENCODING, _ ("half of a surrogate pair"));
  if (unit < 0xD800 || unit > 0xDBFF)
    return TRUE;
  if (!take (scan, '\\') || !take (scan, 'u') || !read_hex (scan, &low) || low < 0xDC00 || low > 0xDFFF)
    return stop (scan, TD_JSON_ERROR_ENCODING, _ ("half of a surrogate pair"));
  return TRUE;
}

static gboolean
scan_string (Scan *scan)
{
  if (!take (scan, '"'))
    return wrong (scan, _ ("a text in double quotes is expected"));
  while (scan->at < scan->end)
    {
      char c = *scan->at++;

      if (c == '"')
        return TRUE;
      if ((guchar)c < 0x20)
        return wrong (scan, _ ("a line break or control character inside a text"));
      if (c != '\\')
        continue;
      c = look (scan);
      if (c == '\0' || !strchr ("\"\\/bfnrtu", c))
        return wrong (scan, _ ("unknown escape in a text"));
      scan->at++;
      if (c == 'u' && !scan_unicode (scan))
        return FALSE;
    }
  return wrong (scan, _ ("a text is not closed"));
}

static guint
skip_digits (Scan *scan)
{
  const char *from = scan->at;

  while (g_ascii_isdigit (look (scan)))
    scan->at++;
  return (guint)(scan->at - from);
}

/* Integers must fit 64 bits: json-glib would wrap them silently. */
static gboolean
integer_fits (const char *from, const char *to)
{
  char digits[24];
  gsize length = (gsize)(to - from);

  if (length >= sizeof digits)
    return FALSE;
  memcpy (digits, from, length);
  digits[length] = '\0';
  return g_ascii_string_to_signed (digits, 10, -G_MAXINT64, G_MAXINT64, NULL, NULL);
}

static gboolean
scan_number (Scan *scan)
{
  const char *from = scan->at;
  gboolean whole = TRUE;

  take (scan, '-');
  if (!take (scan, '0') && skip_digits (scan) == 0)
    return wrong (scan, _ ("a value is expected"));
  if (take (scan, '.'))
    {
      whole = FALSE;
      if (skip_digits (scan) == 0)
        return wrong (scan, _ ("a digit is expected after the point"));
    }
  if (look (scan) == 'e' || look (scan) == 'E')
    {
      whole = FALSE;
      scan->at++;
      if (!take (scan, '+'))
        take (scan, '-');
      if (skip_digits (scan) == 0)
        return wrong (scan, _ ("a digit is expected in the exponent"));
    }
  if (whole && !integer_fits (from, scan->at))
    return wrong (scan, _ ("the number is too large"));
  return TRUE;
}

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(scan->end - scan->at) < length || strncmp (scan->at, word, length) != 0)
    return wrong (scan, _ ("a value is expected"));
  scan->at += length;
  return TRUE;
}

static gboolean
scan_name (Scan *scan)
{
  skip_space (scan);
  if (!scan_string (scan))
    return FALSE;
  skip_space (scan);
  if (!take (scan, ':'))
    return wrong (scan, _ ("a colon is expected"));
  return TRUE;
}

static gboolean
open_container (Scan *scan, guint8 kind)
{
  if (scan->open->len >= scan->max_depth)
    return stop (scan, TD_JSON_ERROR_TOO_DEEP, _ ("nested too deeply"));
  g_byte_array_append (scan->open, &kind, 1);
  scan->at++;
  return TRUE;
}

/* One value, or the opening of a container. @again: the caller must read another value. */
static gboolean
scan_value (Scan *scan, gboolean *again)
{
  char c;

  *again = FALSE;
  skip_space (scan);
  c = look (scan);
  if (c == '{' || c == '[')
    {
      if (!open_container (scan, (guint8)c))
        return FALSE;
      skip_space (scan);
      *again = look (scan) != (c == '{' ? '}' : ']');
      return !*again || c == '[' || scan_name (scan);
    }
  if (c == '"')
    return scan_string (scan);
  if (c == 't')
    return scan_word (scan, "true");
  if (c == 'f')
    return scan_word (scan, "false");
  if (c == 'n')
    return scan_word (scan, "null");
  return scan_number (scan);
}

/* After a value: close what ends here. @again: a comma promised another value. */
static gboolean
scan_ends (Scan *scan, gboolean *again)
{
  *again = FALSE;
  while (scan->open->len > 0)
    {
      char kind = (char)scan->open->data[scan->open->len - 1];

      skip_space (scan);
      if (take (scan, ','))
        {
          *again = TRUE;
          return kind == '[' || scan_name (scan);
        }
      if (!take (scan, kind == '{' ? '}' : ']'))
        return wrong (scan, kind == '{' ? _ ("a comma or } is expected") : _ ("a comma or ] is expected"));
      g_byte_array_set_size (scan->open, scan->open->len - 1);
    }
  return TRUE;
}

static gboolean
scan_document (Scan *scan)
{
  gboolean again = TRUE;

  while (again)
    {
      if (!scan_value (scan, &again))
        return FALSE;
      if (!again && !scan_ends (scan, &again))
        return FALSE;
    }
  skip_space (scan);
  if (scan->at < scan->end)
    return wrong (scan, _ ("something follows the end"));
  return TRUE;
}

static void
tell (const Scan *scan, GError **error)
{
  guint line = 1;
  const char *line_start = scan->begin;

  for (const char *at = scan->begin; at < scan->at && at < scan->end; at++)
    if (*at == '\n')
      {
        line++;
        line_start = at + 1;
      }
  g_set_error (error, TD_JSON_ERROR, (int)scan->code, _ ("line %u, column %u: %s"), line,
               (guint)g_utf8_strlen (line_start, scan->at - line_start) + 1, scan->reason);
}

gboolean
td_json_scan (const char *data, gsize length, guint max_depth, GError **error)
{
  Scan scan = { data, data, data + length, NULL, max_depth, TD_JSON_ERROR_SYNTAX, NULL };
  gboolean fine;

  scan.open = g_byte_array_new ();
  fine = scan_document (&scan);
  g_byte_array_unref (scan.open);
  if (!fine)
    tell (&scan, error);
  return fine;
}
