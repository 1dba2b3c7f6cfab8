/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/centre.h"

G_BEGIN_DECLS

/* How a desk gets in (exchange.md 2.9). A code has 20 signs of Crockford's base 32:
 * 4 name its slot, 8 are secret, 8 are the fingerprint of the CA, or without one of the endpoint's key. It
 * lets one key in, within 72 hours and 5 tries. */

#define TD_CODE_HOURS 72
#define TD_CODE_DAYS 30 /* of one that is handed over in a file */
#define TD_CODE_TRIES 5
#define TD_ROLES "OLARS"

/* The CA that desks trust, PEM, "" for none: codes carry its fingerprint, so it may be fetched over any line. */
gboolean td_centre_set_ca (TdCentre *self, const char *pem, GError **error);
char *td_centre_ca (TdCentre *self); /* owned */

/**
 * td_centre_make_code:
 * @unit: code or key of a unit in force on the moment's day
 * @roles: letters of O L A R S
 *
 * Returns: (transfer full) (nullable): the code's 20 signs; %NULL with
 * TD_CENTRE_ERROR_UNIT or TD_DB_ERROR
 */
char *td_centre_make_code (TdCentre *self, const char *unit, const char *roles, const TdMoment *moment, GError **error);

/* The same for an enrolment file: @key (out, replaced) is the unit's key, @expires when it ends. */
char *td_centre_make_long_code (TdCentre *self,
                                const char *unit,
                                const char *roles,
                                const TdMoment *moment,
                                char **key,
                                gint64 *expires,
                                GError **error);

/**
 * td_centre_enrol:
 * @request: code, key and the key's signature
 * @problem: (out): code (wrong, used up, expired: 403), rights (the key is another
 *   unit's: 403), too-many (429), bad-request (400)
 *
 * The same code with the same key again, because the answer was lost, gives a fresh token.
 *
 * Returns: (transfer full) (nullable): token, unit and roles
 */
TdEnrolAnswer *
td_centre_enrol (TdCentre *self, const TdEnrolRequest *request, const TdMoment *moment, TdProblem **problem);

/* The same for a request that came in a package. The token is made from code and key, so the package that comes
 * again gets the same one; NULL without a problem where another enrolment has taken its place. */
TdEnrolAnswer *
td_centre_enrol_by_hand (TdCentre *self, const TdEnrolRequest *request, const TdMoment *moment, TdProblem **problem);

G_END_DECLS
