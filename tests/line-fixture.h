/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* HTTP by hand: every byte a hostile or clumsy client may send, and what comes back. */

typedef struct
{
  guint status;        /* 0: closed without an answer */
  GHashTable *headers; /* lower-case name -> value */
  GBytes *body;
} Reply;
void reply_free (Reply *self);
const char *reply_header (Reply *self, const char *name); /* NULL: none */
char *reply_type (Reply *self);                           /* of a problem: "urn:hs:…", else "" */

GSocketConnection *line_open (guint port);
/* FALSE once the other side has closed. */
gboolean line_write (GSocketConnection *line, const void *data, gsize length);
Reply *line_read (GSocketConnection *line);                              /* up to the end the server puts */
gboolean line_ends_within (GSocketConnection *line, guint milliseconds); /* closed by the server */

/* One request. @headers: lines with \r\n, "" for none; @body may be NULL. */
Reply *line_ask (guint port, const char *method, const char *path, const char *headers, GBytes *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)
