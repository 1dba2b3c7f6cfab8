/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint/centre.h"

G_BEGIN_DECLS

/* The endpoint on the line: HTTP/1.1 on 127.0.0.1 and nowhere else. TLS and the
 * world belong to the nginx in front of it (exchange.md 5). */

typedef struct
{
  guint port;   /* 0: any that is free */
  TdDate today; /* a practice day; TD_DATE_NONE: the real one */
  /* Sync requests of one device. A desk makes a few for each thing a person does. */
  guint rate;  /* a second … */
  guint burst; /* … and at once */
  /* Pushes of all devices together: beyond that each is told when its turn is. */
  guint push_rate;  /* a second … */
  guint push_burst; /* … and at once */
  /* The guard. */
  guint connections;
  guint header_seconds;
  guint progress_seconds;
} TdServerOptions;
void td_server_options_init (TdServerOptions *self); /* any port, the real day, the documented limits */

typedef struct _TdServer TdServer;

/**
 * td_server_new:
 * @centre: what it serves; must outlive it
 * @folder: where files are kept: "files" and "incoming" are made in it
 * @options: how
 * @error: a #GIOError where the port is taken
 *
 * Listens in the thread-default main context.
 *
 * Returns: (transfer full) (nullable): the server
 */
TdServer *td_server_new (TdCentre *centre, const char *folder, const TdServerOptions *options, GError **error);
void td_server_free (TdServer *self);
guint td_server_port (TdServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdServer, td_server_free)

G_END_DECLS
