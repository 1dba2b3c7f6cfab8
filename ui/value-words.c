/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "value-words.h"

#include <glib/gi18n.h>

/* Codes of MEMBERS.md as a reader of the dossier sees them. Where @prefix is set
 * only members that begin with it are meant. */
static const struct
{
  const char *prefix;
  const char *code;
  const char *words;
} words[] = {
  { "rating/", "HTXSNV", N_ ("Tasks completed excellently") },
  { "rating/", "HTTNV", N_ ("Tasks completed well") },
  { "rating/", "HTNV", N_ ("Tasks completed") },
  { "rating/", "KHTNV", N_ ("Tasks not completed") },
  { "rating/", "KHONG_XEP_LOAI", N_ ("No rating that year") },
  { "award", "BANG_KHEN_CHU_TICH_UBND_TINH",
    N_ ("Certificate of merit of the Chairman of the provincial People's Committee") },
  { "subject", "collective", N_ ("Collective") },
  { "subject", "individual", N_ ("Individual") },
  { "subject_kind", "party_organisation", N_ ("Party committee, Party cell") },
  { "subject_kind", "government_body", N_ ("Government body") },
  { "subject_kind", "party_cell_of_hamlet", N_ ("Party cell of a hamlet") },
  { "subject_kind", "division", N_ ("Division of an office") },
  { "subject_kind", "other", N_ ("Other collective") },
  { "compliance/", "OK", N_ ("Complies with the law") },
  { "compliance/", "VIOLATION", N_ ("Violation") },
  { "compliance/", "UNDER_REVIEW", N_ ("Under review") },
  { "level", "CO_SO", N_ ("Base level") },
  { "level", "HUYEN_TUONG_DUONG", N_ ("District level and the like") },
  { "", "yes", N_ ("Yes") },
  { "", "no", N_ ("No") },
};

/* The order of a form; what is not named comes after, as it came. */
static const char *const order[] = {
  "name",         "subject",       "subject_kind", "gender",  "birth_date",     "personal_id",  "position", "workplace",
  "party_member", "party_since",   "director",     "outside", "unit",           "award",        "rating/",  "decision/",
  "achievement",  "letter/number", "letter/date",  "letter/", "minutes/number", "minutes/date", "minutes/",
};

/**
 * td_value_words:
 * @path: a member
 * @value: its value as the desk shows it
 *
 * Returns: the words to read
 */
const char *
td_value_words (const char *path, const char *value)
{
  g_return_val_if_fail (path != NULL && value != NULL, "");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (path, words[i].prefix) && g_str_equal (value, words[i].code))
      return _ (words[i].words);
  return value;
}

/**
 * td_value_rank:
 * @path: a member
 *
 * Returns: its place in a form
 */
guint
td_value_rank (const char *path)
{
  guint rank = 0;

  g_return_val_if_fail (path != NULL, 0);

  while (rank < G_N_ELEMENTS (order)
         && !(g_str_has_suffix (order[rank], "/") ? g_str_has_prefix (path, order[rank])
                                                  : g_str_equal (path, order[rank])))
    rank++;
  return rank;
}
