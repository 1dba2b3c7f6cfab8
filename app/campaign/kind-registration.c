/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <string.h>

#include "text/vietnamese.h"

/* What a registration must say of each target, and which targets are
 * break-through ones. */

static char **
read_folds (TdShape *shape, JsonObject *given, const char *name)
{
  char **words = td_shape_texts_or (shape, given, name);

  for (guint i = 0; words[i]; i++)
    {
      char *fold = td_text_fold (words[i]);

      g_free (words[i]);
      words[i] = fold;
    }
  return words;
}

/* "xã" is not in "xây dựng": a word is not found inside another. */
static gboolean
contains_word (const char *fold, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (fold, word); at && length > 0; at = strstr (at + 1, word))
    if ((at == fold || !g_ascii_isalnum (at[-1]) || !g_ascii_isalnum (*word))
        && (!g_ascii_isalnum (at[length]) || !g_ascii_isalnum (at[length - 1])))
      return TRUE;
  return FALSE;
}

static gboolean
contains_any (const char *fold, char **words)
{
  for (guint i = 0; words[i]; i++)
    if (contains_word (fold, words[i]))
      return TRUE;
  return FALSE;
}

/* --- content --- */

enum
{
  COMPLETE,
  INCOMPLETE,
  EMPTY,
  HIGHER_BASIS
};

static const TdMessage messages[] = {
  { "pass", "count" }, { "missing", "list" }, { "empty", "" }, { "higherBasis", "list" }, { NULL },
};
static const char *const params[] = { "higherBasis", "ownBasis", "higherBasisLevels", "words", NULL };

typedef struct
{
  char **higher, **own;           /* folded */
  char **levels;                  /* whose own congress is meant */
  char *basis, *plan, *half_year; /* what a missing one is called */
} Params;

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Params *self = g_new0 (Params, 1);
  JsonObject *words = td_shape_object (shape, given, "words");
  gsize token = td_shape_enter (shape, "words");

  self->basis = g_strdup (td_shape_text (shape, words, "basis"));
  self->plan = g_strdup (td_shape_text (shape, words, "plan"));
  self->half_year = g_strdup (td_shape_text (shape, words, "halfYear"));
  td_shape_leave (shape, token);
  self->higher = read_folds (shape, given, "higherBasis");
  self->own = read_folds (shape, given, "ownBasis");
  self->levels = td_shape_texts_or (shape, given, "higherBasisLevels");
  return self;
}

static void
clear (gpointer data)
{
  Params *self = data;

  g_strfreev (self->higher);
  g_strfreev (self->own);
  g_strfreev (self->levels);
  g_free (self->basis);
  g_free (self->plan);
  g_free (self->half_year);
  g_free (self);
}

static void
add_lack (GString *list, const TdTarget *target, const Params *self)
{
  const char *sep = " ";

  td_say_quoted (list, *target->name ? target->name : "…");
  if (*target->basis == '\0')
    {
      g_string_append_printf (list, "%s%s", sep, self->basis);
      sep = ", ";
    }
  if (*target->plan == '\0')
    {
      g_string_append_printf (list, "%s%s", sep, self->plan);
      sep = ", ";
    }
  if (*target->by_half_year == '\0')
    g_string_append_printf (list, "%s%s", sep, self->half_year);
}

/* Districts and communes answer for their own congress: one that cites only the
 * province's paper is asked to look again. */
static gboolean
rests_higher_only (const TdCase *at, const Params *self, const TdTarget *target)
{
  g_autofree char *basis = NULL;

  if (!at->unit->unit || !g_strv_contains ((const char *const *)self->levels, at->unit->unit->level))
    return FALSE;
  basis = td_text_fold (target->basis);
  return contains_any (basis, self->higher) && !contains_any (basis, self->own);
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  GPtrArray *targets = at->unit->targets;
  g_autoptr (GString) lacking = g_string_new (NULL);
  g_autoptr (GString) higher = g_string_new (NULL);
  const char *first_lacking = "", *first_higher = "";
  char count[TD_COUNT_SIZE];

  for (guint i = 0; i < targets->len; i++)
    {
      const TdTarget *target = targets->pdata[i];

      if (*target->name == '\0' || *target->basis == '\0' || *target->plan == '\0' || *target->by_half_year == '\0')
        {
          first_lacking = lacking->len == 0 ? target->id : first_lacking;
          add_lack (lacking, target, self);
        }
      else if (rests_higher_only (at, self, target))
        {
          first_higher = higher->len == 0 ? target->id : first_higher;
          td_say_quoted (higher, target->name);
        }
    }
  td_say_count (targets->len, count);
  if (targets->len == 0)
    td_say (at, rule, finding, TD_VERDICT_FAIL, EMPTY, NULL);
  else if (lacking->len > 0)
    {
      td_say (at, rule, finding, TD_VERDICT_FAIL, INCOMPLETE, (const char *[]){ lacking->str });
      td_say_field (rule, finding, first_lacking);
    }
  else if (higher->len > 0)
    {
      td_warn (at, rule, finding, HIGHER_BASIS, (const char *[]){ higher->str });
      td_say_field (rule, finding, first_higher);
    }
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, COMPLETE, (const char *[]){ count });
}

const TdRuleKind td_kind_registration = { "registration", messages, params, read_params, clear, judge };

/* --- break-through targets --- */

enum
{
  FLAGGED,
  NONE
};

static const TdMessage breakthrough_messages[] = {
  { "flagged", "list" },
  { "none", "" },
  { NULL },
};
static const char *const breakthrough_params[] = { "bases", NULL };

static gpointer
read_bases (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  return read_folds (shape, given, "bases");
}

static void
clear_bases (gpointer data)
{
  g_strfreev (data);
}

gboolean
td_breakthrough_matches (const TdRule *rule, const char *basis)
{
  g_autofree char *fold = NULL;

  if (*basis == '\0')
    return FALSE;
  fold = td_text_fold (basis);
  return contains_any (fold, rule->params);
}

static void
judge_breakthrough (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < at->unit->targets->len; i++)
    {
      const TdTarget *target = at->unit->targets->pdata[i];

      if (td_breakthrough_matches (rule, target->basis))
        td_say_quoted (list, target->name);
    }
  if (list->len > 0)
    td_say (at, rule, finding, TD_VERDICT_PASS, FLAGGED, (const char *[]){ list->str });
  else
    td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, NONE, NULL);
}

const TdRuleKind td_kind_breakthrough
    = { "breakthrough", breakthrough_messages, breakthrough_params, read_bases, clear_bases, judge_breakthrough };
