/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/vietnamese.h"

#include <string.h>

/* Signs that nobody sees and that break every comparison: soft hyphen,
 * zero-width signs, byte order mark (vietnamese-text.md 1). */
static gboolean
is_invisible (gunichar c)
{
  return c == 0x00AD || (c >= 0x200B && c <= 0x200D) || c == 0xFEFF;
}

static gboolean
is_ascii (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar)text[i] >= 0x80)
      return FALSE;
  return TRUE;
}

/**
 * td_text_clean:
 * @text: bytes from a border: keyboard, paste, file, wire
 * @length: their number, or -1 up to the NUL
 *
 * Returns: (transfer full) (nullable): NFC without invisible signs, %NULL if @text is not valid UTF-8
 */
char *
td_text_clean (const char *text, gssize length)
{
  g_autoptr (GString) kept = NULL;
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = (gssize)strlen (text);
  if (!g_utf8_validate (text, length, NULL))
    return NULL;
  if (is_ascii (text, (gsize)length))
    return g_strndup (text, (gsize)length);
  kept = g_string_sized_new ((gsize)length);
  end = text + length;
  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!is_invisible (c))
        g_string_append_unichar (kept, c == 0x00A0 ? ' ' : c);
    }
  return g_utf8_normalize (kept->str, (gssize)kept->len, G_NORMALIZE_NFC);
}

/* Đ has two look-alikes, eth and African D, which NFC leaves alone. */
static gunichar
repair_d (gunichar c)
{
  return c == 0x00D0 || c == 0x0189 ? 0x0110 : c == 0x00F0 || c == 0x0256 ? 0x0111 : c;
}

/**
 * td_text_clean_name:
 * @text: a name
 *
 * Returns: (transfer full) (nullable): as td_text_clean(), trimmed, white space squeezed to single
 * spaces, look-alikes of Đ repaired
 */
char *
td_text_clean_name (const char *text)
{
  g_autofree char *clean = td_text_clean (text, -1);
  GString *out;
  gboolean gap = FALSE;

  if (!clean)
    return NULL;
  out = g_string_sized_new (strlen (clean));
  for (const char *at = clean; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c))
        {
          gap = TRUE;
          continue;
        }
      if (gap && out->len > 0)
        g_string_append_c (out, ' ');
      gap = FALSE;
      g_string_append_unichar (out, repair_d (c));
    }
  return g_string_free (out, FALSE);
}

static gunichar
fold_letter (gunichar c)
{
  c = g_unichar_tolower (repair_d (c));
  return c == 0x0111 ? 'd' : c;
}

/**
 * td_text_fold:
 * @text: any text
 *
 * Returns: (transfer full): the search key without tones and marks, lower case, spaces squeezed
 */
char *
td_text_fold (const char *text)
{
  g_autofree char *parts = NULL;
  GString *out;
  gboolean gap = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  parts = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
  if (!parts)
    return g_strdup ("");
  out = g_string_sized_new (strlen (parts));
  for (const char *at = parts; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_invisible (c) || g_unichar_ismark (c))
        continue;
      if (g_unichar_isspace (c))
        {
          gap = TRUE;
          continue;
        }
      if (gap && out->len > 0)
        g_string_append_c (out, ' ');
      gap = FALSE;
      g_string_append_unichar (out, fold_letter (c));
    }
  return g_string_free (out, FALSE);
}

static const gunichar TONED_A[] = { 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1 };
static const gunichar TONED_E[] = { 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9 };
static const gunichar TONED_Y[] = { 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5 };
static const gunichar TONED_O[] = { 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD };
static const gunichar TONED_U[] = { 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5 };

static int
tone_of (const gunichar *toned, gunichar c)
{
  for (int i = 0; i < 5; i++)
    if (toned[i] == c)
      return i;
  return -1;
}

/* Moves the tone of an open oa, oe, uy from the second letter (new style) to
 * the first (old style). @last is the index of the syllable's last letter. */
static void
old_placement (gunichar *letters, glong first, glong last)
{
  gunichar *a = letters + last - 1, *b = letters + last;
  int tone;

  if (last - first < 1)
    return;
  if (*a == 'o' && (tone = tone_of (TONED_A, *b)) >= 0)
    *a = TONED_O[tone], *b = 'a';
  else if (*a == 'o' && (tone = tone_of (TONED_E, *b)) >= 0)
    *a = TONED_O[tone], *b = 'e';
  else if (*a == 'u' && (last - first < 2 || a[-1] != 'q') && (tone = tone_of (TONED_Y, *b)) >= 0)
    *a = TONED_U[tone], *b = 'y';
}

static gboolean
in_syllable (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c);
}

static gunichar *
lower_letters (const char *text, glong *length)
{
  g_autofree char *clean = td_text_clean_name (text);
  gunichar *letters = g_utf8_to_ucs4_fast (clean ? clean : "", -1, length);

  for (glong i = 0; i < *length; i++)
    letters[i] = g_unichar_tolower (letters[i]);
  return letters;
}

/**
 * td_text_tone_key:
 * @text: a name
 *
 * Returns: (transfer full): lower case with the old tone placement, so that "Hoà" and "Hòa" compare
 * equal while "họa" stays another word
 */
char *
td_text_tone_key (const char *text)
{
  g_autofree gunichar *letters = NULL;
  glong length = 0, first = -1;

  g_return_val_if_fail (text != NULL, NULL);

  letters = lower_letters (text, &length);
  for (glong i = 0; i <= length; i++)
    {
      gboolean inside = i < length && in_syllable (letters[i]);

      if (inside && first < 0)
        first = i;
      if (!inside && first >= 0)
        {
          old_placement (letters, first, i - 1);
          first = -1;
        }
    }
  return g_ucs4_to_utf8 (letters, length, NULL, NULL, NULL);
}

static char *
lower_text (const char *text)
{
  glong length = 0;
  g_autofree gunichar *letters = lower_letters (text, &length);

  return g_ucs4_to_utf8 (letters, length, NULL, NULL, NULL);
}

/* Whether @syllable stands at the beginning of a word of @key. */
static gboolean
begins_a_word (const char *key, const char *syllable)
{
  gboolean at_start = TRUE;
  gsize length = strlen (syllable);

  for (const char *at = key; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean word = in_syllable (c) || g_unichar_isdigit (c);

      if (at_start && strncmp (at, syllable, length) == 0)
        return TRUE;
      at_start = !word;
    }
  return FALSE;
}

typedef struct
{
  char *fold;
  char *tone;
  char *lower;
} Keys;

static void
keys_clear (Keys *keys)
{
  g_free (keys->fold);
  g_free (keys->tone);
  g_free (keys->lower);
}

static gboolean
syllable_matches (const char *syllable, const Keys *keys)
{
  g_autofree char *fold = td_text_fold (syllable);
  g_autofree char *tone = NULL;

  if (strcmp (fold, syllable) == 0)
    return begins_a_word (keys->fold, fold);
  tone = td_text_tone_key (syllable);
  /* "hoà" is the whole of "hòa" and the beginning of "hoàn". */
  return begins_a_word (keys->tone, tone) || begins_a_word (keys->lower, syllable);
}

/**
 * td_text_matches:
 * @query: what was typed into a search field
 * @text: a name to look at
 *
 * Returns: %TRUE if every syllable of @query begins some word of @text; one typed with tones must
 * match them exactly, one typed without matches any
 */
gboolean
td_text_matches (const char *query, const char *text)
{
  g_autofree char *wanted = NULL;
  g_auto (GStrv) syllables = NULL;
  Keys keys;
  gboolean all = TRUE;

  g_return_val_if_fail (query != NULL && text != NULL, FALSE);

  wanted = lower_text (query);
  syllables = g_strsplit_set (wanted, " \t\n,.;-/()", -1);
  keys = (Keys){ td_text_fold (text), td_text_tone_key (text), lower_text (text) };
  for (char **at = syllables; all && *at; at++)
    all = **at == '\0' || syllable_matches (*at, &keys);
  keys_clear (&keys);
  return all;
}

/**
 * td_text_upper:
 * @text: a text
 *
 * Letter by letter, so that neither the locale nor the C library has a say.
 *
 * Returns: (transfer full): @text in capitals
 */
char *
td_text_upper (const char *text)
{
  GString *out;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text));
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (at)));
  return g_string_free (out, FALSE);
}

/* Composed already, whatever stands before it. Every sign of Vietnamese, with its tone, is one of these. */
static gboolean
is_settled (gunichar sign)
{
  return sign < 0x300 || (sign >= 0x1e00 && sign <= 0x1eff) || (sign >= 0x2010 && sign <= 0x2027);
}

/**
 * td_text_is_nfc:
 * @text: UTF-8
 *
 * Returns: whether it is its own composed form (NFC); a look at each sign, where none of them is foreign
 */
gboolean
td_text_is_nfc (const char *text)
{
  const char *at = text;
  g_autofree char *composed = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  while (*at != '\0' && is_settled (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  if (*at == '\0')
    return TRUE;
  composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  return g_strcmp0 (text, composed) == 0;
}
