/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "value-words.h"

#include "desk/dated.h"

#include <glib/gi18n.h>

/* Codes of MEMBERS.md as a reader of the dossier sees them. Where @prefix is set
 * only members that begin with it are meant, or, of a row, that end with it ("/kind"). */
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
  { "award", "BANG_KHEN_CHU_TICH_UBND_TINH", "{award}" },
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
  { "/direction", "HIGHER_BETTER", N_ ("Better when higher") },
  { "/direction", "LOWER_BETTER", N_ ("Better when lower") },
  { "/direction", "QUALITATIVE", N_ ("Target in words") },
  { "/kind", "collective", N_ ("Collective") },
  { "/kind", "individual", N_ ("Individual") },
  { "method", "hands", N_ ("Open vote") },
  { "method", "ballot", N_ ("Secret ballot") },
  { "", "yes", N_ ("Yes") },
  { "", "no", N_ ("No") },
};

/* The order of a form; what is not named comes after, as it came. */
static const char *const order[] = {
  "name",         "subject",       "subject_kind", "gender",  "birth_date",     "personal_id",  "position", "workplace",
  "party_member", "party_since",   "director",     "outside", "unit",           "award",        "rating/",  "decision/",
  "achievement",  "letter/number", "letter/date",  "letter/", "minutes/number", "minutes/date", "minutes/",
};

static gboolean
is_of (const char *path, const char *part)
{
  return *part == '/' ? g_str_has_suffix (path, part) : g_str_has_prefix (path, part);
}

/**
 * td_value_words:
 * @path: a member
 * @value: its value as the desk shows it
 *
 * Returns: (transfer full): the words to read
 */
char *
td_value_words (TdDesk *desk, const char *path, const char *value)
{
  g_return_val_if_fail (TD_IS_DESK (desk) && path != NULL && value != NULL, NULL);

  if (g_str_has_suffix (path, "/phase"))
    return td_desk_phase_name (desk, value);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is_of (path, words[i].prefix) && g_str_equal (value, words[i].code))
      return td_desk_dated (desk, _ (words[i].words));
  return g_strdup (value);
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
