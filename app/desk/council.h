/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* The Council's session as its secretary prepares it (V.6): the roster is the record
 * td_desk_ledger (desk, "council"), the session being prepared td_desk_session(). */

/* Copies the members of the roster that the session doesn't list yet; the chair and the
 * secretary of the session are filled in where they are still empty. */
gboolean td_desk_seat_members (TdDesk *self, const char *session, GError **error);
/* Marks as present everybody of whom nothing is said yet. */
gboolean td_desk_all_present (TdDesk *self, const char *session, GError **error);
/* @listed: whether the figures follow from a list; present and total are -1 where nothing is said. */
void td_desk_attendance (TdDesk *self, const char *session, gboolean *listed, int *present, int *total);
/* Beside each dossier before the Council: names the members present whom a unit ties to it,
 * takes back those of the list who are not present. Writes only what changes. */
gboolean td_desk_fill_recusals (TdDesk *self, const char *session, GError **error);
/* All present who did not stand aside vote for: on those of @dossiers (NULL-ended) without votes. */
gboolean td_desk_all_in_favour (TdDesk *self, const char *session, const char *const *dossiers, GError **error);
/* The share of the votes an endorsement needs, in words; "" where none is asked. Owned. */
char *td_desk_share_asked (TdDesk *self);

G_END_DECLS
