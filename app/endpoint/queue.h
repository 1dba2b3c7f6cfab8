/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A storm is spread: so many pushes a second are taken, and whoever comes beyond that is told when his turn is. Who
 * comes back at his turn is taken, whatever the storm does, so nobody starves and nobody is asked twice. Pure. */

typedef struct _TdQueue TdQueue;

TdQueue *td_queue_new (guint rate, guint burst); /* pushes a second, and at once */
void td_queue_free (TdQueue *self);
/* 0: come in; else milliseconds until the turn of @key. @now: monotonic ms. */
gint64 td_queue_ask (TdQueue *self, const char *key, gint64 now);

G_END_DECLS
