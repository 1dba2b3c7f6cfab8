/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What SoupServer 3.2.3 doesn't do (exchange.md 5): it has no time limits and no
 * ceiling on connections, and keeps the descriptor of a kept-alive connection that
 * its client closed. The guard shuts and closes the sockets itself. */

typedef struct
{
  guint connections;      /* at once; more are shut at accept */
  guint header_seconds;   /* from accept to the end of the header block */
  guint progress_seconds; /* in which at least … */
  guint progress_bytes;   /* … this many bytes of a body must move, either way */
} TdGuardLimits;

typedef struct _TdGuard TdGuard;

/* Watches every connection of @server, which must outlive it, from the thread-default main context. */
TdGuard *td_guard_new (SoupServer *server, const TdGuardLimits *limits);
void td_guard_free (TdGuard *self);  /* closes what is open */
guint td_guard_open (TdGuard *self); /* connections now */
/* For a body that must not be read to its end: nobody waits for the rest. */
void td_guard_cut (TdGuard *self, SoupServerMessage *message);

G_END_DECLS
