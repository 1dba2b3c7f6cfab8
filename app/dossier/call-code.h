/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/operation.h"
#include "dossier/state.h"

G_BEGIN_DECLS

/* The code of a trình that is read over the telephone while its content is on the way (model.md 2.6): 20 digits
 * that commit to what is handed in, and a check digit. Never over an envelope, so that it outlives a new one. */

#define TD_CALL_DIGITS 21
#define TD_CALL_GROUP 3

typedef enum
{
  TD_CALL_GOOD,
  TD_CALL_SIGNS, /* something that is no digit */
  TD_CALL_SHORT,
  TD_CALL_LONG,
  TD_CALL_CHECK /* a digit is wrong, or two stand in each other's place */
} TdCallFault;

/* Of the submit step @operation, with a letter of the unit @owner; owned, %NULL where it is no such step. */
char *td_call_code_of (const TdOperation *operation, const char *campaign, const char *owner);
char *td_call_shown (const char *code); /* in groups of three; owned */
/* What was typed, in any grouping; @code: (out): the bare digits where it is good, else %NULL. */
TdCallFault td_call_read (const char *typed, char **code);
/* What a noted call is kept under until its content comes: a fixed id of plan, unit that called and code, so that
 * no unit is told of a call that was noted as of another. */
char *td_call_id (const char *campaign, const char *unit, const char *code);

/* One accepted trình of a unit. */
typedef struct
{
  char *code;
  char *submission;
  gint64 q;
  TdDate day;
  const char *to;      /* unit key it went to */
  GPtrArray *dossiers; /* char *, in order */
} TdCallSubmit;
void td_call_submit_free (TdCallSubmit *self);
/* The trình of @unit that @state knows, in the order they were accepted: TdCallSubmit, owned. */
GPtrArray *td_call_submits (TdState *state, const TdUnits *units, const char *campaign, const char *unit);

G_END_DECLS
