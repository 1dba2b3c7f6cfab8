/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The floor of a line: bytes that go over it with no protocol around them. */

/* Seconds until @up bytes of @port's other end have gone up and @down more have come back, on one connection. The
 * port is a relay's; @sink listens behind it. */
typedef struct _Sink Sink;
Sink *sink_new (void);
guint sink_port (Sink *self);
double sink_measure (Sink *self, guint relay_port, gint64 up, gint64 down);
void sink_free (Sink *self);
