/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What every border does to text: valid UTF-8 (else NULL), NFC, no soft
 * hyphens, zero-width signs or BOM, NBSP to space. Line breaks stay. */
char *td_text_clean (const char *text, gssize length);
/* The same for a name: also trims and squeezes white space. */
char *td_text_clean_name (const char *text);
/* Search key without tones: "Đặng Thị Hoà" -> "dang thi hoa". */
char *td_text_fold (const char *text);
/* Lower case, old tone placement ("Hoà" -> "hòa"), so that two spellings of
 * one name compare equal while tones still count. */
char *td_text_tone_key (const char *text);
/* Every syllable of @query begins some word of @text: a syllable typed with
 * tones matches tones exactly, one typed without matches the fold. */
gboolean td_text_matches (const char *query, const char *text);
/* ICU order for Vietnamese, tertiary strength. */
int td_text_compare (const char *a, const char *b);
/* Lists of people: given name, then family name, then middle names. */
int td_text_compare_people (const char *a, const char *b);
char *td_text_upper (const char *text);
gboolean td_text_is_nfc (const char *text);

G_END_DECLS
