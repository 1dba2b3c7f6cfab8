/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/calls.h"
#include "desk/desk-private.h"

G_BEGIN_DECLS

/* call-words.c: what is said of a call that was noted. */
/* As of @unit, or of the one in its place now: the one that counts, else the earliest; NULL. */
const TdReceipt *td_desk_noted_call (TdDesk *self, const char *unit, const char *code);
GPtrArray *td_desk_noted_calls (TdDesk *self);                /* TdReceipt, one for each unit and code, newest first */
char *td_desk_call_when (const TdReceipt *call);              /* "16:05 ngày 15/07/2024" */
char *td_desk_describe_call (TdDesk *self, const char *body); /* an attestation in words; NULL: of no call */
void td_desk_say_call (TdDesk *self, const TdReceipt *call, TdRowItem *row); /* its subtitle and state */
/* Those that were noted of the dossier or own letter @id, matching or not: TdReceipt of td_desk_noted_calls(). */
GPtrArray *td_desk_calls_about (TdDesk *self, const char *id);

G_END_DECLS
