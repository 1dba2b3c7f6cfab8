/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/campaign.h"

G_BEGIN_DECLS

/* The documents a unit may rest its targets on (IV.1): offered while one types,
 * never forced. */

/* Owned texts in the plan's order, NULL-ended, with the unit's Party organisation in place. */
char **td_campaign_bases (const TdCampaign *self, const TdUnit *unit);
/* Are the programmes, resolutions and projects of the board's catalogue offered to @unit too? */
gboolean td_campaign_offers_catalogue (const TdCampaign *self, const TdUnit *unit);

/* The indicators an enterprise registers: borrowed, NULL-ended, empty where the plan wants none. */
const char *const *td_campaign_indicators (const TdCampaign *self);

G_END_DECLS
