/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/legacy-private.h"

#include "text/syllable.h"

#include <string.h>

/* A text is taken for one of an old code page when words in it are Vietnamese syllables by that code page and are
 * none as they stand. French or German words are neither; Vietnamese in Unicode is Vietnamese as it stands. */

#define LEAST_WORDS 2
#define LEAST_LETTERS 3      /* of a single word: "µm" would be àm */
#define WORDS_TO_A_STRANGE 3 /* so many for each word that is Vietnamese neither way */
#define LONGEST_WORD 16      /* signs; a syllable in VNI has at most 10 */

gboolean
td_legacy_is_sign (gunichar c)
{
  return g_ascii_isalpha ((char)MIN (c, 0x7F)) || (c >= 0xA1 && c <= 0xFF);
}

gboolean
td_legacy_is_unicode (const char *cell)
{
  for (; *cell != '\0'; cell = g_utf8_next_char (cell))
    {
      gunichar c = g_utf8_get_char (cell);

      if (c > 0xFF && (g_unichar_isalpha (c) || g_unichar_ismark (c)))
        return TRUE;
    }
  return FALSE;
}

/* Quotes and the like around a word: they are letters only for the code page. */
static gboolean
is_plain_syllable (const gunichar *signs, glong length)
{
  while (length > 0 && !g_unichar_isalpha (signs[0]))
    signs++, length--;
  while (length > 0 && !g_unichar_isalpha (signs[length - 1]))
    length--;
  return length == 0 || td_is_syllable (signs, (gsize)length);
}

/* "QĐ", "UBND": no syllables, and nothing strange either. */
static gboolean
is_abbreviation (const gunichar *letters, glong length)
{
  for (glong i = 0; i < length; i++)
    if (!g_unichar_isupper (letters[i]))
      return FALSE;
  return TRUE;
}

static void
count_word (TdLegacy code, const gunichar *signs, glong length, TdLegacyCount *count)
{
  g_autofree gunichar *letters = NULL;
  glong read = 0;
  gboolean marked = FALSE, latin = FALSE, plain, coded;

  for (glong i = 0; i < length; i++)
    {
      marked = marked || signs[i] > 0x7F;
      latin = latin || signs[i] <= 0x7F || (g_unichar_isalpha (signs[i]) && signs[i] >= 0xC0);
    }
  if (!marked || !latin)
    return;
  plain = is_plain_syllable (signs, length);
  letters = length > LONGEST_WORD ? NULL : td_legacy_read (code, signs, length, &read);
  coded = letters != NULL && td_is_syllable (letters, (gsize)read);
  count->plain += plain;
  count->code += coded;
  count->neither += !plain && !coded && (letters == NULL || !is_abbreviation (letters, read));
  if (coded && !plain)
    {
      count->evidence++;
      count->longest = MAX (count->longest, (guint)read);
    }
}

void
td_legacy_count (TdLegacy code, const char *cell, TdLegacyCount *count)
{
  g_autofree char *composed = g_utf8_normalize (cell, -1, G_NORMALIZE_NFC);
  g_autofree gunichar *signs = NULL;
  glong length = 0;

  if (composed == NULL)
    return;
  signs = g_utf8_to_ucs4_fast (composed, -1, &length);
  for (glong from = 0, to; from < length; from = to + 1)
    {
      for (to = from; to < length && (td_legacy_is_sign (signs[to]) || td_legacy_is_hyphen (code, signs, to)); to++)
        ;
      count_word (code, signs + from, to - from, count);
    }
}

/* ---- cells ------------------------------------------------------------------------------------------ */

static char **
cells_of (const char *text)
{
  return g_strsplit_set (text, "\t\r\n", -1);
}

/* Vietnamese as it stands, beyond doubt. */
static gboolean
is_settled (TdLegacy code, const char *cell)
{
  TdLegacyCount count = { 0 };

  if (td_legacy_is_unicode (cell))
    return TRUE;
  td_legacy_count (code, cell, &count);
  return count.plain > count.code && count.evidence == 0;
}

/* One cell as it will be; NULL where it stays. @mixed: there are cells in Unicode beside it, so that a cell which reads
 * well either way is left alone. */
static char *
change_of (TdLegacy code, const char *cell, gboolean mixed)
{
  TdLegacyCount count = { 0 };
  g_autofree char *after = NULL;

  td_legacy_count (code, cell, &count);
  if (count.plain > count.code || (mixed && count.evidence == 0))
    return NULL;
  after = td_legacy_convert_cell (code, cell, FALSE);
  return after == NULL || strcmp (after, cell) == 0 ? NULL : g_steal_pointer (&after);
}

static gboolean
has_settled (TdLegacy code, char **cells)
{
  for (; *cells != NULL; cells++)
    if (is_settled (code, *cells))
      return TRUE;
  return FALSE;
}

/* ---- public ------------------------------------------------------------------------------------------- */

static guint
evidence_for (TdLegacy code, char **cells)
{
  TdLegacyCount count = { 0 };

  for (; *cells != NULL; cells++)
    if (!td_legacy_is_unicode (*cells))
      td_legacy_count (code, *cells, &count);
  if (count.evidence < LEAST_WORDS && count.longest < LEAST_LETTERS)
    return 0;
  return count.evidence >= WORDS_TO_A_STRANGE * count.neither ? count.evidence : 0;
}

/**
 * td_legacy_guess:
 * @text: what was pasted or read, valid UTF-8, not yet cleaned
 *
 * Returns: the code page @text seems to be written in; to be confirmed by the user
 */
TdLegacy
td_legacy_guess (const char *text)
{
  g_auto (GStrv) cells = NULL;
  guint tcvn3, vni;

  g_return_val_if_fail (text != NULL, TD_LEGACY_NONE);

  if (!g_utf8_validate (text, -1, NULL))
    return TD_LEGACY_NONE;
  cells = cells_of (text);
  tcvn3 = evidence_for (TD_LEGACY_TCVN3, cells);
  vni = evidence_for (TD_LEGACY_VNI, cells);
  return tcvn3 == 0 && vni == 0 ? TD_LEGACY_NONE : vni > tcvn3 ? TD_LEGACY_VNI : TD_LEGACY_TCVN3;
}

/**
 * td_legacy_convert:
 * @code: how it is written
 * @text: valid UTF-8, not yet cleaned
 *
 * Returns: (transfer full): @text with each cell in Unicode that is written in @code; the others as they are
 */
char *
td_legacy_convert (TdLegacy code, const char *text)
{
  g_auto (GStrv) cells = NULL;
  GString *out;
  gboolean mixed;

  g_return_val_if_fail (text != NULL, NULL);

  if (code == TD_LEGACY_NONE || !g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  cells = cells_of (text);
  mixed = has_settled (code, cells);
  out = g_string_sized_new (strlen (text));
  for (char **cell = cells; *cell != NULL; cell++)
    {
      g_autofree char *after = change_of (code, *cell, mixed);

      g_string_append (out, after == NULL ? *cell : after);
      text += strlen (*cell);
      if (*text != '\0')
        g_string_append_c (out, *text++);
    }
  return g_string_free (out, FALSE);
}

static void
change_free (gpointer data)
{
  TdLegacyChange *change = data;

  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

/**
 * td_legacy_changes:
 * @code: how it is written
 * @text: as for td_legacy_convert()
 * @most: so many at most
 *
 * Returns: (transfer full) (element-type TdLegacyChange): the first different cells which a conversion changes, to be
 * shown before it is done
 */
GPtrArray *
td_legacy_changes (TdLegacy code, const char *text, guint most)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (change_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) cells = NULL;
  gboolean mixed;

  g_return_val_if_fail (text != NULL, changes);

  if (code == TD_LEGACY_NONE || !g_utf8_validate (text, -1, NULL))
    return changes;
  cells = cells_of (text);
  mixed = has_settled (code, cells);
  for (char **cell = cells; *cell != NULL && changes->len < most; cell++)
    {
      g_autofree char *after = g_hash_table_contains (seen, *cell) ? NULL : change_of (code, *cell, mixed);
      TdLegacyChange change = { *cell, after };

      if (after == NULL)
        continue;
      change = (TdLegacyChange){ g_strdup (*cell), g_steal_pointer (&after) };
      g_ptr_array_add (changes, g_memdup2 (&change, sizeof change));
      g_hash_table_add (seen, *cell);
    }
  return changes;
}
