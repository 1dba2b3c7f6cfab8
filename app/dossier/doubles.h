/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/state.h"

G_BEGIN_DECLS

/* One person, one nomination: pairs of dossiers that speak of the same
 * person, or of two of the same name and birth date, wherever in the province. */

/* Two nominees; kept as they are named by a token that tells nothing of either. */
typedef struct
{
  char *token; /* changes with name, birth date or identity number of either */
  char *other; /* the other dossier; "" where this desk may not know which */
  gboolean same_person;
  gboolean cleared;  /* "đã xem, không trùng" */
  TdDate cleared_on; /* TD_DATE_NONE where it isn't */
} TdDoublePair;

/* kind "double": what the endpoint found for one dossier across the province. id = dossier id */
struct _TdDoubles
{
  GPtrArray *pairs; /* TdDoublePair, by token */
  gboolean more;    /* others beyond TD_PAIRS_MAX */
};

#define TD_PAIRS_MAX 16

TdDoubles *td_doubles_new (void);
void td_doubles_free (TdDoubles *self);
JsonObject *td_doubles_to_json (const TdDoubles *self); /* without who the other is */
TdDoubles *td_doubles_from_json (JsonObject *json);
/* What this state sees itself: only dossiers that were handed in and stand. Owned. */
TdDoubles *td_doubles_find (TdState *state, const char *dossier, const TdRecord *nominee);
/* The same, completed by what the endpoint told of the rest of the province. Owned. */
TdDoubles *td_doubles_known (TdState *state, const char *dossier, const TdRecord *nominee);
/* Handed in, and neither withdrawn nor left out: it counts as another nomination. */
gboolean td_doubles_stands (TdState *state, const TdDossier *dossier);
/* Does an opinion's subject, tokens with spaces between, name @token? */
gboolean td_doubles_names (const char *subject, const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdDoubles, td_doubles_free)

G_END_DECLS
