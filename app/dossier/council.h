/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/campaign.h"
#include "dossier/state.h"

G_BEGIN_DECLS

/* What a session of the Council says (V.6, IV.3): who sat there, who had to
 * stand aside, whether the votes suffice. A record may be NULL: nothing is said. */

/* TRUE where the session lists its members; typed figures count only without a list. */
/* Names written in one field: one a line, or divided by ";". NULL-ended, owned. */
char **td_session_names (const char *text);
gboolean td_session_lists_members (const TdRecord *session);
gboolean td_session_is_present (const TdRecord *session, const char *member); /* key of the row */
int td_session_present (const TdRecord *session);                             /* -1: not said */
int td_session_total (const TdRecord *session);                               /* -1: not said */
/* Keys of the members present whom a unit of the dossier ties: owned strings. */
GPtrArray *td_session_tied (const TdRecord *session, const TdUnits *units, const TdDossier *dossier);
/* The first of them who isn't named as standing aside; owned, NULL: none. */
char *td_session_not_aside (const TdRecord *session, const TdUnits *units, const TdDossier *dossier);
/* Votes of one kind ("for" "against" "blank"): 0 where nothing is typed, -1 where it is no number. */
int td_session_votes (const TdRecord *session, const char *dossier, const char *kind);
guint td_session_aside (const TdRecord *session, const char *dossier); /* how many stood aside */
/* @in_favour of @votes reach the campaign's setting councilThreshold, or it asks for nothing.
 * Read as a share of the votes given, blank ones included. */
gboolean td_council_suffices (const TdCampaign *campaign, int in_favour, int votes);

G_END_DECLS
