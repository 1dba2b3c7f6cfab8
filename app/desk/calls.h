/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* Codes read over the telephone (model.md 2.6): of the letters that wait here, and of the calls that were noted. */

/* Letters of this unit that were handed in and have no answer yet: TdRowItem, id = operation, value = the code in
 * groups; state "ok" where the level above has noted it. */
GListModel *td_desk_calls_to_make (TdDesk *self);
/* Of a dossier, or a letter of this unit: the code to read out as in td_desk_calls_to_make() while its trình waits,
 * then what came of the calls about it: TdRowItem, value "" there, subtitle and state as in td_desk_calls(). */
GListModel *td_desk_call_notes (TdDesk *self, const char *id);
/* Calls noted by this unit or of this unit, newest first: TdRowItem, value = the code in groups; state "ok" when the
 * content matched, "info" while it is awaited, "late" when something else came. */
GListModel *td_desk_calls (TdDesk *self);

/* Does anyone hand in to this unit, and may this desk note calls? */
gboolean td_desk_notes_calls (TdDesk *self);
GListModel *td_desk_callers (TdDesk *self, const char *query); /* units below of that name: TdRowItem, id = key */
/* Of a code as it is typed: TdRowItem, subtitle; state "ok", "info" while digits are to come, or "fail"; owned. */
TdRowItem *td_desk_call_typed (TdDesk *self, const char *typed);
void td_desk_call_now (TdDesk *self, char **day, char **time); /* as they are typed; owned */
/**
 * td_desk_note_call:
 * @unit: key of the unit that called
 * @caller: who spoke; may be ""
 * @typed: the code in any grouping
 * @day: (nullable): as typed
 * @time: "16:05"
 */
gboolean td_desk_note_call (TdDesk *self,
                            const char *unit,
                            const char *caller,
                            const char *typed,
                            const char *day,
                            const char *time,
                            GError **error);

G_END_DECLS
