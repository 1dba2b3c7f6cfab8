/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* One desk's line to a proxy with TLS, blocking: as many threads as are wanted may each have theirs. */

typedef struct
{
  guint status;
  guint retry_after; /* seconds */
  GBytes *body;
} Heard;
void heard_clear (Heard *self);

/* From a loopback address of its own, made of @number: a proxy counts connections by address. */
GIOStream *calls_open (guint port, guint number);
/* FALSE when the line broke. @body NULL: a GET. */
gboolean calls_ask (GIOStream *line, const char *path, const char *token, GBytes *body, Heard *heard);
