/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/circulars.h"
#include "desk/desk-private.h"
#include "dossier/circular.h"

G_BEGIN_DECLS

/* Shared by the circulars*.c files, and by those that speak of correspondence. */

#define TD_LEVELS 8 /* more than any route has */

const char *td_words_circular (const char *type);
const TdRecord *td_desk_circular_record (TdDesk *self, const char *id); /* borrowed */
gboolean td_desk_is_reader (TdDesk *self, const TdRecord *record);
char *td_desk_read_on (TdDesk *self, const char *unit, const char *id);
GPtrArray *td_desk_circulars_about (TdDesk *self, const char *id, const char *type);
guint td_desk_unsettled (TdDesk *self, const TdRecord *record, const char *unit); /* @unit NULL: all */
char *td_desk_due_words (TdDesk *self, const TdRecord *record, gboolean *late);
gboolean td_desk_is_answered (TdDesk *self, const char *id, guint depth);
void td_desk_add_circular_tasks (TdDesk *self, GListStore *list);

G_END_DECLS
