/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "step-words.h"

#include "desk/desk.h"

#include <glib/gi18n.h>

/* What a step asks for (operation.h), in the order of the screen. */
static const TdStepWord fields[] = {
  { "not_propose", "reason", N_ ("_Reason the unit will read"), TD_WORD_AREA, TRUE },
  { "reconsider", "reason", N_ ("_Reason"), TD_WORD_AREA, FALSE },
  { "undo", "reason", N_ ("_Reason"), TD_WORD_AREA, TRUE },
  { "assign", "person", N_ ("_Person in charge"), TD_WORD_LINE, TRUE },
  { "ask", "body", N_ ("Asked for its opinion"), TD_WORD_BODY, TRUE },
  { "waive", "reason", N_ ("_Reason and grounds of the exception"), TD_WORD_AREA, TRUE },
  { "clear_double", "reason", N_ ("_Reason: what tells the two persons apart"), TD_WORD_AREA, TRUE },
  { "attest", "paper", N_ ("_Number of the paper that came"), TD_WORD_LINE, TRUE },
  { "attest", "day", N_ ("_Day it came"), TD_WORD_DAY, TRUE },
  { "attest", "time", N_ ("_Time it came"), TD_WORD_TIME, TRUE },
  { "appraise", "verdict", N_ ("_Result of the appraisal"), TD_WORD_CHOICE, TRUE },
  { "appraise", "note", N_ ("Appraisal _note"), TD_WORD_AREA, FALSE },
  { "review", "verdict", N_ ("_Opinion"), TD_WORD_CHOICE, TRUE },
  { "review", "note", N_ ("_Note"), TD_WORD_AREA, FALSE },
  { "to_chairman", "paper", N_ ("_Number of the submission paper"), TD_WORD_LINE, TRUE },
  { "to_chairman", "day", N_ ("_Day of the submission paper"), TD_WORD_DAY, TRUE },
  { "decide", "outcome", N_ ("_Outcome"), TD_WORD_CHOICE, TRUE },
  { "decide", "number", N_ ("_Number of the decision"), TD_WORD_LINE, TRUE },
  { "decide", "day", N_ ("_Day of the decision"), TD_WORD_DAY, TRUE },
  { "decide", "signer", N_ ("_Signed by"), TD_WORD_LINE, TRUE },
  { "decide", "capacity", N_ ("Signs _as"), TD_WORD_CHOICE, TRUE },
  { "award", "outcome", N_ ("_Award ceremony"), TD_WORD_CHOICE, TRUE },
  { "award", "receiver", N_ ("_Received by (empty: the person named)"), TD_WORD_LINE, FALSE },
  { "award", "place", N_ ("_Place"), TD_WORD_LINE, TRUE },
  { "award", "day", N_ ("_Day"), TD_WORD_DAY, TRUE },
};

static const TdWordChoice choices[] = {
  { "appraise", "verdict", "", N_ ("Not chosen yet") },
  { "appraise", "verdict", "pass", N_ ("Meets the criteria") },
  { "appraise", "verdict", "fail", N_ ("Does not yet meet the criteria") },
  { "review", "verdict", "", N_ ("Not chosen yet") },
  { "review", "verdict", "agree", N_ ("Agrees") },
  { "review", "verdict", "disagree", N_ ("Does not agree") },
  { "decide", "outcome", "award", N_ ("To be awarded") },
  { "decide", "outcome", "decline", N_ ("Not awarded") },
  { "decide", "capacity", "CHỦ TỊCH", N_ ("Chairman") },
  { "decide", "capacity", "KT. CHỦ TỊCH", N_ ("Vice Chairman, for the Chairman") },
  { "award", "outcome", "handed", N_ ("Handed over") },
  { "award", "outcome", "absent", N_ ("Absent, handed over later") },
};

/**
 * td_step_word:
 * @verb: a step
 * @position: from 0
 *
 * Returns: (nullable): a word @verb asks for
 */
const TdStepWord *
td_step_word (const char *verb, guint position)
{
  g_return_val_if_fail (verb != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].verb, verb) && position-- == 0)
      return &fields[i];
  return NULL;
}

/**
 * td_word_choice:
 * @verb: a step
 * @member: one of its words
 * @position: from 0
 *
 * Returns: (nullable): one of the values of @member
 */
const TdWordChoice *
td_word_choice (const char *verb, const char *member, guint position)
{
  g_return_val_if_fail (verb != NULL && member != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (g_str_equal (choices[i].verb, verb) && g_str_equal (choices[i].member, member) && position-- == 0)
      return &choices[i];
  return NULL;
}

static char *
canonical_day (const char *label, const char *typed, GError **error)
{
  TdDate day = td_date_parse_typed (typed);

  if (day != TD_DATE_NONE)
    return td_date_to_iso (day);
  g_set_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT,
               _ ("“%s”: “%s” is not a day. Type it as day/month/year, for example 08/07/2025."), label, typed);
  return NULL;
}

/* "14:05", "14h05", "8g5" */
static char *
canonical_time (const char *label, const char *typed, GError **error)
{
  char *rest = NULL;
  guint64 hour = g_ascii_strtoull (typed, &rest, 10);
  guint64 minute = 60;

  if (rest != typed && (*rest == ':' || *rest == 'h' || *rest == 'g') && g_ascii_isdigit (rest[1]))
    minute = g_ascii_strtoull (rest + 1, &rest, 10);
  if (hour < 24 && minute < 60 && *rest == '\0')
    return g_strdup_printf ("%02u:%02u", (guint)hour, (guint)minute);
  g_set_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT,
               _ ("“%s”: “%s” is not a time of day. Type it as hour:minute, for example 14:05."), label, typed);
  return NULL;
}

/**
 * td_word_canonical:
 * @kind: what the word is
 * @label: its label, for the sentence
 * @needed: whether it may not be empty
 * @typed: what was typed, trimmed
 * @error: return location for the sentence
 *
 * Returns: (transfer full) (nullable): the form operations carry
 */
char *
td_word_canonical (TdWordKind kind, const char *label, gboolean needed, const char *typed, GError **error)
{
  g_return_val_if_fail (label != NULL && typed != NULL, NULL);

  if (*typed == '\0' && needed)
    {
      g_set_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT, _ ("“%s” is still empty."), label);
      return NULL;
    }
  if (*typed == '\0')
    return g_strdup ("");
  if (kind == TD_WORD_DAY)
    return canonical_day (label, typed, error);
  if (kind == TD_WORD_TIME)
    return canonical_time (label, typed, error);
  return g_strdup (typed);
}
