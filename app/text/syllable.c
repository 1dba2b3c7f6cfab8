/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/syllable.h"

#include <string.h>

/* How a Vietnamese syllable is built: a beginning, a rhyme, one tone. Closed enough to tell Vietnamese
 * from what is read by the wrong table of letters; a dictionary it is not. */

#define TONE_SHARP 4
#define TONE_HEAVY 5
#define LONGEST_SYLLABLE 7 /* nghiêng */

static const gunichar VOWELS[][TD_TONES] = {
  { 'a', 0xE0, 0x1EA3, 0xE3, 0xE1, 0x1EA1 },         { 0x103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7 },
  { 0xE2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD },  { 'e', 0xE8, 0x1EBB, 0x1EBD, 0xE9, 0x1EB9 },
  { 0xEA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7 },  { 'i', 0xEC, 0x1EC9, 0x129, 0xED, 0x1ECB },
  { 'o', 0xF2, 0x1ECF, 0xF5, 0xF3, 0x1ECD },         { 0xF4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9 },
  { 0x1A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3 }, { 'u', 0xF9, 0x1EE7, 0x169, 0xFA, 0x1EE5 },
  { 0x1B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1 }, { 'y', 0x1EF3, 0x1EF7, 0x1EF9, 0xFD, 0x1EF5 },
};

static const char BEGINNINGS[] = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x ";

static const char RHYMES[] = " a ac ach ai am an ang anh ao ap at au ay"
                             " ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
                             " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu"
                             " i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu"
                             " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt"
                             " oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt"
                             " u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uôc uôi uôm uôn uông uôt"
                             " uy uya uych uynh uyn uyp uyt uyu uyên uyêt"
                             " ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ";

gunichar
td_letter_without_tone (gunichar letter, int *tone)
{
  for (guint i = 0; letter != 0 && i < G_N_ELEMENTS (VOWELS); i++)
    for (int t = 0; t < TD_TONES; t++)
      if (VOWELS[i][t] == letter)
        {
          *tone = t;
          return VOWELS[i][0];
        }
  *tone = 0;
  return letter;
}

gunichar
td_letter_with_tone (gunichar vowel, int tone)
{
  g_return_val_if_fail (tone >= 0 && tone < TD_TONES, 0);

  for (guint i = 0; i < G_N_ELEMENTS (VOWELS); i++)
    if (VOWELS[i][0] == vowel)
      return VOWELS[i][tone];
  return 0;
}

/* Is " @word " in @list? */
static gboolean
is_listed (const char *list, const char *word, gsize length)
{
  char padded[LONGEST_SYLLABLE * 6 + 3] = " ";

  memcpy (padded + 1, word, length);
  padded[length + 1] = ' ';
  return strstr (list, padded) != NULL;
}

/* A syllable that ends in c, ch, p or t has the tone sắc or nặng. */
static gboolean
tone_suits (const char *rhyme, int tone)
{
  gsize length = strlen (rhyme);
  char last = rhyme[length - 1];
  gboolean stopped
      = last == 'c' || last == 'p' || last == 't' || (length > 1 && strcmp (rhyme + length - 2, "ch") == 0);

  return !stopped || tone == TONE_SHARP || tone == TONE_HEAVY;
}

static gboolean
is_divided (const char *bare, int tone)
{
  for (const char *rhyme = bare; *rhyme != '\0'; rhyme = g_utf8_next_char (rhyme))
    if ((rhyme == bare || is_listed (BEGINNINGS, bare, (gsize)(rhyme - bare)))
        && is_listed (RHYMES, rhyme, strlen (rhyme)) && tone_suits (rhyme, tone))
      return TRUE;
  return FALSE;
}

/**
 * td_is_syllable:
 * @letters: composed letters, in any case
 * @length: their number
 *
 * Returns: whether beginning, rhyme and tone may stand together in Vietnamese
 */
gboolean
td_is_syllable (const gunichar *letters, gsize length)
{
  char bare[LONGEST_SYLLABLE * 6 + 1];
  gsize at = 0;
  int tone = 0;

  g_return_val_if_fail (letters != NULL, FALSE);

  if (length == 0 || length > LONGEST_SYLLABLE)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      int own;
      gunichar letter = td_letter_without_tone (g_unichar_tolower (letters[i]), &own);

      if (letter <= ' ' || (own != 0 && tone != 0))
        return FALSE;
      tone = own == 0 ? tone : own;
      at += (gsize)g_unichar_to_utf8 (letter, bare + at);
    }
  bare[at] = '\0';
  return is_divided (bare, tone);
}
