/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/json-scan.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *begin, *at, *end;
  GPtrArray *open; /* JsonNode: every container we are in; each hangs in the one before it */
  JsonNode *root;
  GString *name; /* of the member whose value comes next */
  GString *text; /* the last string read */
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
  while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\r' || *scan->at == '\n'))
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

/* A value is whole, or a container opens: it goes where it belongs. */
static void
put (Scan *scan, JsonNode *node)
{
  JsonNode *parent = scan->open->len == 0 ? NULL : scan->open->pdata[scan->open->len - 1];

  if (parent == NULL)
    scan->root = node;
  else if (JSON_NODE_HOLDS_OBJECT (parent))
    json_object_set_member (json_node_get_object (parent), scan->name->str, node);
  else
    json_array_add_element (json_node_get_array (parent), node);
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
    {
      g_string_append_unichar (scan->text, unit);
      return TRUE;
    }
  if (!take (scan, '\\') || !take (scan, 'u') || !read_hex (scan, &low) || low < 0xDC00 || low > 0xDFFF)
    return stop (scan, TD_JSON_ERROR_ENCODING, _ ("half of a surrogate pair"));
  g_string_append_unichar (scan->text, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
  return TRUE;
}

/* After a backslash. */
static gboolean
scan_escape (Scan *scan)
{
  static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  char c = look (scan);
  const char *found = c == '\0' ? NULL : strchr (letters, c);

  if (found == NULL && c != 'u')
    return wrong (scan, _ ("unknown escape in a text"));
  scan->at++;
  if (found == NULL)
    return scan_unicode (scan);
  g_string_append_c (scan->text, meant[found - letters]);
  return TRUE;
}

/* Into scan->text. */
static gboolean
scan_string (Scan *scan)
{
  if (!take (scan, '"'))
    return wrong (scan, _ ("a text in double quotes is expected"));
  g_string_truncate (scan->text, 0);
  while (scan->at < scan->end)
    {
      const char *from = scan->at;

      while (scan->at < scan->end && (guchar)*scan->at >= 0x20 && *scan->at != '"' && *scan->at != '\\')
        scan->at++;
      g_string_append_len (scan->text, from, scan->at - from);
      if (scan->at == scan->end)
        break;
      switch (*scan->at++)
        {
        case '"':
          return TRUE;
        case '\\':
          if (!scan_escape (scan))
            return FALSE;
          break;
        default:
          return wrong (scan, _ ("a line break or control character inside a text"));
        }
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

/* Integers must fit 64 bits. */
static gboolean
read_integer (const char *from, const char *to, gint64 *out)
{
  char digits[24];
  gsize length = (gsize)(to - from);

  if (length >= sizeof digits)
    return FALSE;
  memcpy (digits, from, length);
  digits[length] = '\0';
  return g_ascii_string_to_signed (digits, 10, -G_MAXINT64, G_MAXINT64, out, NULL);
}

static double
read_double (const char *from, const char *to)
{
  g_autofree char *digits = g_strndup (from, (gsize)(to - from));

  return g_ascii_strtod (digits, NULL);
}

static gboolean
scan_number (Scan *scan)
{
  const char *from = scan->at;
  gboolean whole = TRUE;
  gint64 integer = 0;

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
  if (whole && !read_integer (from, scan->at, &integer))
    return wrong (scan, _ ("the number is too large"));
  put (scan, whole ? json_node_init_int (json_node_alloc (), integer)
                   : json_node_init_double (json_node_alloc (), read_double (from, scan->at)));
  return TRUE;
}

/* @node: what it means, taken */
static gboolean
scan_word (Scan *scan, const char *word, JsonNode *node)
{
  gsize length = strlen (word);

  if ((gsize)(scan->end - scan->at) < length || strncmp (scan->at, word, length) != 0)
    {
      json_node_unref (node);
      return wrong (scan, _ ("a value is expected"));
    }
  scan->at += length;
  put (scan, node);
  return TRUE;
}

static gboolean
scan_name (Scan *scan)
{
  GString *name = scan->text;

  skip_space (scan);
  if (!scan_string (scan))
    return FALSE;
  scan->text = scan->name;
  scan->name = name;
  skip_space (scan);
  if (!take (scan, ':'))
    return wrong (scan, _ ("a colon is expected"));
  return TRUE;
}

static gboolean
open_container (Scan *scan, char kind)
{
  JsonNode *node = json_node_alloc ();

  if (scan->open->len >= scan->max_depth)
    {
      json_node_unref (node);
      return stop (scan, TD_JSON_ERROR_TOO_DEEP, _ ("nested too deeply"));
    }
  if (kind == '{')
    json_node_take_object (json_node_init (node, JSON_NODE_OBJECT), json_object_new ());
  else
    json_node_take_array (json_node_init (node, JSON_NODE_ARRAY), json_array_new ());
  put (scan, node);
  g_ptr_array_add (scan->open, node);
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
      if (!open_container (scan, c))
        return FALSE;
      skip_space (scan);
      *again = look (scan) != (c == '{' ? '}' : ']');
      return !*again || c == '[' || scan_name (scan);
    }
  if (c == '"')
    {
      if (!scan_string (scan))
        return FALSE;
      put (scan, json_node_init_string (json_node_alloc (), scan->text->str));
      return TRUE;
    }
  if (c == 't' || c == 'f')
    return scan_word (scan, c == 't' ? "true" : "false", json_node_init_boolean (json_node_alloc (), c == 't'));
  if (c == 'n')
    return scan_word (scan, "null", json_node_init_null (json_node_alloc ()));
  return scan_number (scan);
}

/* After a value: close what ends here. @again: a comma promised another value. */
static gboolean
scan_ends (Scan *scan, gboolean *again)
{
  *again = FALSE;
  while (scan->open->len > 0)
    {
      gboolean object = JSON_NODE_HOLDS_OBJECT (scan->open->pdata[scan->open->len - 1]);

      skip_space (scan);
      if (take (scan, ','))
        {
          *again = TRUE;
          return !object || scan_name (scan);
        }
      if (!take (scan, object ? '}' : ']'))
        return wrong (scan, object ? _ ("a comma or } is expected") : _ ("a comma or ] is expected"));
      g_ptr_array_set_size (scan->open, (int)scan->open->len - 1);
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

/**
 * td_json_scan:
 * @data: UTF-8 without a byte order mark
 *
 * Returns: (transfer full) (nullable): the value; where a name comes twice, the last counts
 */
JsonNode *
td_json_scan (const char *data, gsize length, guint max_depth, GError **error)
{
  Scan scan = { data, data, data + length, .max_depth = max_depth, .code = TD_JSON_ERROR_SYNTAX };
  gboolean fine;

  scan.open = g_ptr_array_new ();
  scan.name = g_string_new (NULL);
  scan.text = g_string_new (NULL);
  fine = scan_document (&scan);
  g_ptr_array_unref (scan.open);
  g_string_free (scan.name, TRUE);
  g_string_free (scan.text, TRUE);
  if (!fine)
    {
      tell (&scan, error);
      g_clear_pointer (&scan.root, json_node_unref);
    }
  return scan.root;
}
