/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/legacy.h"

/* How the words of a text read, as they stand and by a code page; only words with a sign outside ASCII count. */
typedef struct
{
  guint plain;    /* a syllable as it stands */
  guint code;     /* a syllable by the code page */
  guint evidence; /* a syllable by the code page only */
  guint longest;  /* letters of the longest such */
  guint neither;
} TdLegacyCount;

/* A sign of which a word written by an old code page may consist. */
gboolean td_legacy_is_sign (gunichar c);
/* Is the hyphen at @at of @signs, which end with 0, the letter ư? Word shows the soft hyphen that is ư in TCVN3, and hands
 * it on as a hyphen; before ơ it can be told. */
gboolean td_legacy_is_hyphen (TdLegacy code, const gunichar *signs, glong at);
/* Has @cell a letter that no such code page has? Then it is Unicode. */
gboolean td_legacy_is_unicode (const char *cell);
/* The letters of @cell read by @code; NULL where they can't be. @letters: signs of the cell, composed. */
gunichar *td_legacy_read (TdLegacy code, const gunichar *letters, glong length, glong *read);
void td_legacy_count (TdLegacy code, const char *cell, TdLegacyCount *count);
