/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* "Cần xử lý", beside td_desk_problems() and td_desk_settle() of desk.h. */

/* All of @problem as text to copy: what, why, and everything that was typed; owned. */
char *td_desk_problem_text (TdDesk *self, TdProblemItem *problem);
/* A refused operation once more, on what stands now: the words as they were typed, all or none. The
 * refused one is put aside then. @error is the sentence why it can't be done now; nothing is changed. */
gboolean td_desk_retry (TdDesk *self, TdProblemItem *problem, GError **error);
/* The code by which the machines of a unit are told apart, "3F2A"; owned. */
char *td_desk_machine_code (TdDesk *self);

G_END_DECLS
