/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/acting.h"

G_BEGIN_DECLS

/* The columns "who", "roles" and "from" of the table of steps (model.md 3): asked by td_apply() of every step, and by
 * a desk before it offers one. */

typedef struct
{
  TdState *state;
  const TdUnits *units;
  const TdUnit *board; /* sits at the top of the chain; NULL where the units file has none */
  const TdUnit *unit;  /* who would take the step */
  const char *roles;   /* of the device */
} TdTaker;

gboolean td_taker_has_role (const TdTaker *self, const TdStepRule *rule);
/* Can this office ever come to take it on @dossier, whatever the moment: else it isn't offered at all. */
gboolean td_taker_may_ever (const TdTaker *self, const TdStepRule *rule, const TdDossier *dossier);
/* Is it this office's turn, as custody stands now. */
gboolean td_taker_is_entitled (const TdTaker *self, const TdStepRule *rule, const TdDossier *dossier);
/* Does the stage of @dossier, and what it is, allow the step. */
gboolean td_step_fits (const TdStepRule *rule, const TdDossier *dossier);
gboolean td_step_fits_type (const TdStepRule *rule, const TdDossier *dossier);
/* The unit one level below the holder, on the owner's way, that handed it in; NULL if none. */
TdCarried *td_carried_up (const TdUnits *units, const TdDossier *dossier);

G_END_DECLS
