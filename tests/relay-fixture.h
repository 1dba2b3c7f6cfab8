/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A line between a desk and its endpoint, on loopback: as slow, as far and as unreliable as wanted. Every byte of it
 * is counted. It carries streams, not packets: a loss is a pause of one round trip, as a sender's retransmission is,
 * and opening a connection takes one. There is no slow start: a sender may have 21 kB on its way at once. */

typedef struct
{
  guint rate;  /* bytes a second each way, 0: as fast as it goes */
  guint delay; /* milliseconds one way */
  guint loss;  /* of 1,000 packets */
  guint seed;  /* of the losses */
} RelayLine;

typedef struct _Relay Relay;

Relay *relay_new (guint target_port, const RelayLine *line); /* @line NULL: a perfect one */
guint relay_port (Relay *self);
void relay_free (Relay *self);
void relay_set_line (Relay *self, const RelayLine *line); /* from now on; NULL: a perfect one */
void relay_turn (Relay *self, guint target_port);         /* new connections go there, those that are end */
/* Cuts every connection once @bytes more have gone either way (and not a byte more goes on); 0: now, -1: never. */
void relay_cut_after (Relay *self, gint64 bytes);
gboolean relay_was_cut (Relay *self); /* since the last relay_cut_after() */
gint64 relay_up (Relay *self);        /* bytes taken from clients and carried on, since the start */
gint64 relay_down (Relay *self);
guint relay_connections (Relay *self); /* that were opened, since the start */
