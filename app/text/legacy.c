/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/legacy-private.h"

#include "text/syllable.h"
#include "text/vietnamese.h"

#include <string.h>

/* ---- TCVN3: one sign, one letter ------------------------------------------------------------- */

static const struct
{
  gunichar first;
  const char *letters;
} TCVN3[] = {
  { 0xA1, "ĂÂÊÔƠƯĐăâêôơưđ" },  { 0xB5, "àảãáạ" },          { 0xBB, "ằẳẵắ" },
  { 0xC6, "ặầẩẫấậè" },         { 0xCE, "ẻẽéẹềểễếệìỉ" },    { 0xDC, "ĩíịò" },
  { 0xE1, "ỏõóọồổỗốộờởỡớợù" }, { 0xF1, "ủũúụừửữứựỳỷỹýỵ" },
};

static gunichar
tcvn3_letter (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (TCVN3); i++)
    {
      gunichar at = TCVN3[i].first;

      for (const char *p = TCVN3[i].letters; *p != '\0'; p = g_utf8_next_char (p), at++)
        if (at == c)
          return g_utf8_get_char (p);
    }
  return 0;
}

/* There are no capitals with tones: some programs write the capital and then the small letter, "Aµ" for À. */
static gboolean
is_capital_of (gunichar capital, gunichar toned)
{
  int tone;
  gunichar base = td_letter_without_tone (toned, &tone);

  return tone != 0 && g_unichar_isupper (capital) && g_unichar_tolower (capital) == base;
}

gboolean
td_legacy_is_hyphen (TdLegacy code, const gunichar *signs, glong at)
{
  int tone;

  return code == TD_LEGACY_TCVN3 && signs[at] == '-' && at > 0 && td_legacy_is_sign (signs[at - 1])
         && td_letter_without_tone (tcvn3_letter (signs[at + 1]), &tone) == 0x1A1;
}

static gunichar *
read_tcvn3 (const gunichar *signs, glong length, glong *read)
{
  g_autofree gunichar *out = g_new (gunichar, length + 1);
  glong n = 0;

  for (glong i = 0; i < length; i++)
    {
      gunichar letter = tcvn3_letter (signs[i]);

      if (letter == 0 && signs[i] >= 0xC0 && signs[i] <= 0xFF)
        return NULL;
      if (td_legacy_is_hyphen (TD_LEGACY_TCVN3, signs, i))
        letter = 0x1B0;
      if (n > 0 && letter != 0 && is_capital_of (out[n - 1], letter))
        out[n - 1] = g_unichar_toupper (letter);
      else
        out[n++] = letter != 0 ? letter : signs[i];
    }
  out[n] = 0;
  *read = n;
  return g_steal_pointer (&out);
}

/* ---- VNI: a letter and its mark ---------------------------------------------------------------- */

static const struct
{
  gunichar mark; /* small */
  const char *bases;
  const char *vowels; /* what the bases become */
  int tone;
} MARKS[] = {
  { 0xF8, "aeouyôö", "aeouyơư", 1 }, /* ø */
  { 0xFB, "aeouyôö", "aeouyơư", 2 }, /* û */
  { 0xF5, "aeouyôö", "aeouyơư", 3 }, /* õ */
  { 0xF9, "aeouyôö", "aeouyơư", 4 }, /* ù */
  { 0xEF, "aeouyôö", "aeouyơư", 5 }, /* ï */
  { 0xE2, "aeo", "âêô", 0 },         /* â */
  { 0xE0, "aeo", "âêô", 1 },         /* à */
  { 0xE5, "aeo", "âêô", 2 },         /* å */
  { 0xE3, "aeo", "âêô", 3 },         /* ã */
  { 0xE1, "aeo", "âêô", 4 },         /* á */
  { 0xE4, "aeo", "âêô", 5 },         /* ä */
  { 0xEA, "a", "ă", 0 },             /* ê */
  { 0xE8, "a", "ă", 1 },             /* è */
  { 0xFA, "a", "ă", 2 },             /* ú */
  { 0xFC, "a", "ă", 3 },             /* ü */
  { 0xE9, "a", "ă", 4 },             /* é */
  { 0xEB, "a", "ă", 5 },             /* ë */
};

static const struct
{
  gunichar sign;
  gunichar letter;
} SINGLES[] = {
  { 0xEC, 0xEC },   /* ì */
  { 0xED, 0xED },   /* í */
  { 0xE6, 0x1EC9 }, /* ỉ */
  { 0xF3, 0x129 },  /* ĩ */
  { 0xF2, 0x1ECB }, /* ị */
  { 0xEE, 0x1EF5 }, /* ỵ */
  { 0xF1, 0x111 },  /* đ */
  { 0xF4, 0x1A1 },  /* ơ */
  { 0xF6, 0x1B0 },  /* ư */
};

static gunichar
vni_pair (gunichar base, gunichar mark)
{
  gunichar small = g_unichar_tolower (base);

  for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++)
    {
      const char *at;

      if (MARKS[i].mark != g_unichar_tolower (mark) || (at = g_utf8_strchr (MARKS[i].bases, -1, small)) == NULL)
        continue;
      at = g_utf8_offset_to_pointer (MARKS[i].vowels, g_utf8_pointer_to_offset (MARKS[i].bases, at));
      small = td_letter_with_tone (g_utf8_get_char (at), MARKS[i].tone);
      return g_unichar_isupper (base) ? g_unichar_toupper (small) : small;
    }
  return 0;
}

static gunichar
vni_single (gunichar sign)
{
  for (guint i = 0; i < G_N_ELEMENTS (SINGLES); i++)
    if (SINGLES[i].sign == g_unichar_tolower (sign))
      return g_unichar_isupper (sign) ? g_unichar_toupper (SINGLES[i].letter) : SINGLES[i].letter;
  return 0;
}

static gunichar *
read_vni (const gunichar *signs, glong length, glong *read)
{
  g_autofree gunichar *out = g_new (gunichar, length + 1);
  glong n = 0;

  for (glong i = 0; i < length; i++)
    {
      gunichar pair = i + 1 < length ? vni_pair (signs[i], signs[i + 1]) : 0;
      gunichar letter = pair != 0 ? pair : vni_single (signs[i]);

      if (letter == 0 && signs[i] >= 0xC0 && signs[i] <= 0xFF)
        return NULL;
      out[n++] = letter != 0 ? letter : signs[i];
      i += pair != 0;
    }
  out[n] = 0;
  *read = n;
  return g_steal_pointer (&out);
}

gunichar *
td_legacy_read (TdLegacy code, const gunichar *letters, glong length, glong *read)
{
  return code == TD_LEGACY_TCVN3 ? read_tcvn3 (letters, length, read) : read_vni (letters, length, read);
}

/* ---- capitals ------------------------------------------------------------------------------------ */

/* Capitals typed in TCVN3 leave the toned letters small: "NGUYÔN" is NGUYễN as it is read. */
static void
raise_capitals (gunichar *letters, glong length)
{
  for (glong from = 0, to; from < length; from = to + 1)
    {
      guint capitals = 0;
      gboolean small = FALSE;

      for (to = from; to < length && g_unichar_isalpha (letters[to]); to++)
        {
          capitals += g_ascii_isupper ((char)MIN (letters[to], 0x7F));
          small = small || (letters[to] < 0x80 && g_ascii_islower ((char)letters[to]));
        }
      for (glong i = from; capitals >= 2 && !small && i < to; i++)
        letters[i] = g_unichar_toupper (letters[i]);
    }
}

static void
raise_all (gunichar *letters, glong length)
{
  for (glong i = 0; i < length; i++)
    letters[i] = g_unichar_toupper (letters[i]);
}

/* ---- public -------------------------------------------------------------------------------------- */

/**
 * td_legacy_of_font:
 * @font: the name of a font, as a document gives it
 * @capitals: (out) (optional): %TRUE for a font whose small letters look like capitals
 *
 * Returns: the code page the font belongs to (vietnamese-text.md 8)
 */
TdLegacy
td_legacy_of_font (const char *font, gboolean *capitals)
{
  gboolean tcvn3, vni;
  gsize length;

  g_return_val_if_fail (font != NULL, TD_LEGACY_NONE);

  length = strlen (font);
  tcvn3 = g_ascii_strncasecmp (font, ".vn", 3) == 0 && length > 3;
  vni = g_ascii_strncasecmp (font, "vni-", 4) == 0 && length > 4;
  if (capitals != NULL)
    *capitals = tcvn3 && font[length - 1] == 'H';
  return tcvn3 ? TD_LEGACY_TCVN3 : vni ? TD_LEGACY_VNI : TD_LEGACY_NONE;
}

/**
 * td_legacy_convert_cell:
 * @code: how @cell is written
 * @cell: one cell of a table, one paragraph
 * @capitals: it stands in a font whose small letters look like capitals
 *
 * Returns: (transfer full) (nullable): @cell in Unicode, NFC; %NULL if it holds something that @code doesn't know,
 * or is no UTF-8
 */
char *
td_legacy_convert_cell (TdLegacy code, const char *cell, gboolean capitals)
{
  g_autofree char *composed = NULL;
  g_autofree gunichar *signs = NULL;
  g_autofree gunichar *letters = NULL;
  g_autofree char *text = NULL;
  glong length = 0, read = 0;

  g_return_val_if_fail (cell != NULL, NULL);

  /* Normalising lets sequences pass that UTF-8 no longer has: six bytes for one sign. */
  if (code == TD_LEGACY_NONE || !g_utf8_validate (cell, -1, NULL))
    return NULL;
  composed = g_utf8_normalize (cell, -1, G_NORMALIZE_NFC);
  if (composed == NULL || td_legacy_is_unicode (composed))
    return NULL;
  signs = g_utf8_to_ucs4_fast (composed, -1, &length);
  letters = td_legacy_read (code, signs, length, &read);
  if (letters == NULL)
    return NULL;
  if (capitals)
    raise_all (letters, read);
  else if (code == TD_LEGACY_TCVN3)
    raise_capitals (letters, read);
  text = g_ucs4_to_utf8 (letters, read, NULL, NULL, NULL);
  return text == NULL ? NULL : g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
}

const char *
td_legacy_name (TdLegacy code)
{
  return code == TD_LEGACY_TCVN3 ? "TCVN3 (ABC)" : code == TD_LEGACY_VNI ? "VNI" : "Unicode";
}
