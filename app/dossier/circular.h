/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/units.h"
#include "dossier/state.h"

G_BEGIN_DECLS

/* Correspondence about the plan (V.1, V.2, V.4 to V.6 and its closing paragraph;
 * notices and inspections go down, difficulties and exemplary
 * cases go up, an answer goes to whom it answers. A draft is its unit's own; the
 * member "sent" closes it and shows it to whom it is for. See MEMBERS.md. */

gboolean td_type_is_circular (const char *type);
gboolean td_circular_goes_down (const char *type); /* it names its addressees, all below its author */
gboolean td_circular_is_sent (const TdRecord *self);
GStrv td_circular_to (const TdRecord *self); /* unit keys of the member "to"; owned */
/* Whom it is shown to once it is sent, its author left out: unit keys, sorted, no key twice; owned strings. */
GPtrArray *td_circular_readers (TdState *state, const TdUnits *units, const TdRecord *self);
/* Is it @unit's to act on: to answer it, or to pass a difficulty on. */
gboolean
td_circular_is_for (TdState *state, const TdUnits *units, const TdRecord *self, const char *unit, gboolean to_answer);
/* NULL when it may be sent, else the refusal code; the same check at the desk and at the endpoint. */
const char *td_circular_why_not_send (TdState *state, const TdUnits *units, const TdRecord *self, TdDate day);

G_END_DECLS
