/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <string.h>

#include "text/vietnamese.h"

/* The names in Tờ trình and Biên bản agree, repetition included. */

enum
{
  AGREE,
  DIFFER,
  NO_LETTER_LIST,
  NO_MINUTES_LIST,
  LOOSE
};

static const TdMessage messages[] = {
  { "pass", "count" },     { "differ", "names" }, { "noLetterList", "" },
  { "noMinutesList", "" }, { "loose", "" },       { NULL },
};
static const char *const params[] = { "onlyLetter", "onlyMinutes", NULL };

typedef struct
{
  char *only_letter, *only_minutes;
} Params;

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Params *self = g_new0 (Params, 1);

  self->only_letter = g_strdup (td_shape_text (shape, given, "onlyLetter"));
  self->only_minutes = g_strdup (td_shape_text (shape, given, "onlyMinutes"));
  return self;
}

static void
clear (gpointer data)
{
  Params *self = data;

  g_free (self->only_letter);
  g_free (self->only_minutes);
  g_free (self);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
sort_names (char **names)
{
  GPtrArray *sorted = g_ptr_array_new_full (g_strv_length (names), g_free);

  for (; *names; names++)
    {
      char *clean = td_text_clean_name (*names);

      g_ptr_array_add (sorted, clean ? clean : g_strdup (*names));
    }
  g_ptr_array_sort (sorted, compare_names);
  return sorted;
}

static void
add_difference (GString **list, const char *name, const char *where)
{
  if (!*list)
    *list = g_string_new (NULL);
  else
    g_string_append (*list, "; ");
  g_string_append_printf (*list, "%s (%s)", name, where);
}

/* NULL when nothing differs. */
static GString *
find_differences (const Params *self, char **letter, char **minutes)
{
  g_autoptr (GPtrArray) a = sort_names (letter);
  g_autoptr (GPtrArray) b = sort_names (minutes);
  GString *list = NULL;

  for (guint i = 0, j = 0; i < a->len || j < b->len;)
    {
      int order = i == a->len ? 1 : j == b->len ? -1 : strcmp (a->pdata[i], b->pdata[j]);

      if (order < 0)
        add_difference (&list, a->pdata[i], self->only_letter);
      else if (order > 0)
        add_difference (&list, b->pdata[j], self->only_minutes);
      i += order <= 0;
      j += order >= 0;
    }
  return list;
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  char **letter = at->facts->listed_in_letter, **minutes = at->facts->listed_in_minutes;
  GString *list;
  char count[TD_COUNT_SIZE];

  if (!at->facts->has_submission)
    td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, LOOSE, NULL);
  else if (!letter[0])
    {
      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, NO_LETTER_LIST, NULL);
      td_say_field (rule, finding, "letter");
    }
  else if (!minutes[0])
    {
      td_say (at, rule, finding, TD_VERDICT_UNKNOWN, NO_MINUTES_LIST, NULL);
      td_say_field (rule, finding, "minutes");
    }
  else if (!g_strv_equal ((const char *const *)letter, (const char *const *)minutes)
           && (list = find_differences (self, letter, minutes)) != NULL)
    {
      td_say (at, rule, finding, TD_VERDICT_FAIL, DIFFER, (const char *[]){ list->str });
      td_say_field (rule, finding, "minutes");
      g_string_free (list, TRUE);
    }
  else
    {
      td_say_count (g_strv_length (letter), count);
      td_say (at, rule, finding, TD_VERDICT_PASS, AGREE, (const char *[]){ count });
    }
}

const TdRuleKind td_kind_lists_agree = { "lists-agree", messages, params, read_params, clear, judge };
