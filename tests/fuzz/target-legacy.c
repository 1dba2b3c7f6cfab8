/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "text/legacy.h"
#include "text/vietnamese.h"

#include <string.h>

/* Lists out of old spreadsheets. The first byte says by which code page they are read, and whether each byte is a sign
 * of Latin-1 (so that most inputs are text of the kind) or the input is UTF-8 itself. */

static char *
text_of (const guint8 *data, gsize size)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < size && data[i] != 0; i++)
    g_string_append_unichar (out, data[i]);
  return g_string_free (out, FALSE);
}

static gboolean
has_foreign_letter (const char *cell)
{
  for (; *cell != '\0'; cell = g_utf8_next_char (cell))
    if (g_utf8_get_char (cell) > 0xFF && g_unichar_isalpha (g_utf8_get_char (cell)))
      return TRUE;
  return FALSE;
}

static void
expect_same_cells (const char *before, const char *after)
{
  g_auto (GStrv) old = g_strsplit_set (before, "\t\r\n", -1);
  g_auto (GStrv) new = g_strsplit_set (after, "\t\r\n", -1);

  g_assert_cmpuint (g_strv_length (old), ==, g_strv_length (new));
  for (guint i = 0; old[i] != NULL; i++)
    {
      g_assert_true (g_utf8_validate (new[i], -1, NULL));
      g_assert_true (!has_foreign_letter (old[i]) || strcmp (old[i], new[i]) == 0);
    }
}

void
fuzz_legacy (const guint8 *data, gsize size)
{
  TdLegacy code = size > 0 && (data[0] & 1) ? TD_LEGACY_VNI : TD_LEGACY_TCVN3;
  gboolean latin = size > 0 && (data[0] & 2) == 0;
  g_autofree char *text = size == 0 ? g_strdup ("")
                          : latin   ? text_of (data + 1, size - 1)
                                    : fuzz_string (data + 1, size - 1);
  g_autofree char *after = td_legacy_convert (code, text);
  g_autofree char *capitals = td_legacy_convert_cell (code, text, TRUE);
  g_autoptr (GPtrArray) changes = td_legacy_changes (code, text, 3);
  g_autofree char *font = fuzz_string (data, size);
  gboolean seen;

  td_legacy_of_font (font, &seen);
  if (td_legacy_guess (text) != TD_LEGACY_NONE)
    g_assert_true (g_utf8_validate (text, -1, NULL));
  if (g_utf8_validate (text, -1, NULL))
    expect_same_cells (text, after);
  else
    g_assert_cmpstr (text, ==, after);
  g_assert_true (capitals == NULL || g_utf8_validate (capitals, -1, NULL));
  g_assert_cmpuint (changes->len, <=, 3);
  g_assert_true ((changes->len == 0) == (strcmp (text, after) == 0));
}
