/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TD_TONES 6 /* ngang, huyền, hỏi, ngã, sắc, nặng */

/* Lower-case vowel without its tone, and which of the tones it had; other letters come back as they are. */
gunichar td_letter_without_tone (gunichar letter, int *tone);
/* The lower-case @vowel (a ă â e ê i o ô ơ u ư y) with @tone; 0 where it is no vowel. */
gunichar td_letter_with_tone (gunichar vowel, int tone);
/* Can @letters be one Vietnamese syllable? In any case; composed. */
gboolean td_is_syllable (const gunichar *letters, gsize length);

G_END_DECLS
