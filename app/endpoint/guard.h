/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What SoupServer 3.2.3 doesn't do (exchange.md 5): it has no time limits and no
 * ceiling on connections, leaks a socket object for each connection it accepts and
 * the descriptor too where the client closes a kept-alive one. So the guard
 * accepts connections, hands them over, and shuts and closes them itself. */

typedef struct
{
  guint connections;      /* at once; more are shut at accept */
  guint header_seconds;   /* from accept to the end of the header block */
  guint progress_seconds; /* in which at least … */
  guint progress_bytes;   /* … this many bytes of a body must move, either way */
} TdGuardLimits;

typedef struct _TdGuard TdGuard;

/**
 * td_guard_new:
 * @server: what answers; must outlive the guard
 * @port: on 127.0.0.1; 0: any that is free
 *
 * Listens and watches in the thread-default main context.
 *
 * Returns: (transfer full) (nullable): the guard; %NULL with a #GIOError
 */
TdGuard *td_guard_new (SoupServer *server, guint port, const TdGuardLimits *limits, GError **error);
guint td_guard_port (TdGuard *self);
void td_guard_free (TdGuard *self);  /* closes what is open */
guint td_guard_open (TdGuard *self); /* connections now */
/* For a body that must not be read to its end: nobody waits for the rest. */
void td_guard_cut (TdGuard *self, SoupServerMessage *message);

G_END_DECLS
