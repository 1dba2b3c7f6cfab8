/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/centre-private.h"
#include "endpoint/parts.h"

G_BEGIN_DECLS

/* What is decided about a file that comes, whatever brings the request (upload.c, http-import.c): no HTTP in here. */

/**
 * td_receive_settle:
 * @path: where the file belongs
 * @problem: (out): 507 "full", or why it could not be noted
 *
 * A part may be whole and nothing come of it: the endpoint ended, or its disk failed, between the last byte and the
 * name. To be asked before a client is told how far it is, or it would take that for arrived.
 *
 * Returns: %FALSE with @problem: it still lies there, ask later
 */
gboolean td_receive_settle (
    TdCentre *centre, TdParts *parts, const char *unit, const char *sha, const char *path, TdProblem **problem);

/**
 * td_receive_is_there:
 * @length: (out): of the whole file, -1 where the endpoint has none
 * @problem: (out): where it could not be noted that this unit holds it now
 *
 * What this unit may rely on already needs no second journey; the hash alone of another's file tells nothing and
 * opens nothing.
 */
gboolean td_receive_is_there (TdCentre *centre, const char *unit, const char *sha, gint64 *length, TdProblem **problem);

/**
 * td_receive_goes_on:
 * @part: (nullable): what has come of it
 * @length: of the whole, as it is told now
 * @knows: whether the client can go on in the middle
 *
 * Returns: somebody who knows of it goes on; somebody who sends the whole begins anew
 */
gboolean td_receive_goes_on (const TdPart *part, gint64 length, gboolean knows);

/** td_receive_holds: whether the unit is told of the whole file: nobody probes for another's papers. */
gboolean td_receive_holds (TdCentre *centre, const char *unit, const char *sha);

/**
 * td_receive_whole:
 * @part: all has come; it is gone after this
 * @path: where the file belongs
 * @problem: (out): 422 "hash", 507 "full", or why it could not be noted
 *
 * Only what has the hash it is named by is renamed into its place, and only then the journal says so.
 */
gboolean td_receive_whole (TdCentre *centre,
                           TdParts *parts,
                           TdPart *part,
                           const char *unit,
                           const char *sha,
                           const char *path,
                           TdProblem **problem);

/** td_receive_may_read: whether the unit may download it. */
gboolean td_receive_may_read (TdCentre *centre, const char *unit, const char *sha);

/**
 * td_receive_package:
 * @folder: the endpoint's own
 * @body: (nullable): {"sha"} of a package that came as a file; whoever uploaded it carries it
 * @problem: (out): 400, 404, 507, 500 or as td_centre_import()
 *
 * Returns: (transfer full) (nullable): the receipt; what it holds is judged by its own signatures
 */
GBytes *td_receive_package (
    TdCentre *centre, const char *folder, const char *unit, GBytes *body, const TdMoment *moment, TdProblem **problem);

G_END_DECLS
