/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words each step asks for, as a table: forms are made from it. */

typedef enum
{
  TD_WORD_LINE,
  TD_WORD_AREA,
  TD_WORD_DAY,
  TD_WORD_TIME,
  TD_WORD_CHOICE,
  TD_WORD_BODY /* the reviewing office of the plan: shown, not typed */
} TdWordKind;

typedef struct
{
  const char *verb;
  const char *member; /* as in operation.h */
  const char *label;  /* with its mnemonic, to be translated */
  TdWordKind kind;
  gboolean needed;
} TdStepWord;

typedef struct
{
  const char *verb;
  const char *member;
  const char *value;
  const char *label; /* to be translated */
} TdWordChoice;

/* The word of @verb at @position, in the order of the screen; NULL after the last. */
const TdStepWord *td_step_word (const char *verb, guint position);
const TdWordChoice *td_word_choice (const char *verb, const char *member, guint position);
/* What was typed, in the form operations carry; NULL with the sentence that says what is wrong. */
char *td_word_canonical (TdWordKind kind, const char *label, gboolean needed, const char *typed, GError **error);

G_END_DECLS
