/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/centre.h"

G_BEGIN_DECLS

/**
 * td_centre_verify:
 * @self: an endpoint nobody writes to meanwhile
 * @error: TD_CENTRE_ERROR_REPLAY: the first thing that doesn't add up
 *
 * Replays the whole journal from nothing, each operation in the context stored
 * with it: every digest, signature, verdict and audit head must come out as it is
 * stored, and what it adds up to must be every entity, byte for byte, and everything
 * that anybody was shown.
 *
 * Returns: %TRUE where all is as it should be
 */
gboolean td_centre_verify (TdCentre *self, GError **error);

G_END_DECLS
