/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The real nginx with data/nginx/thidua-endpoint.conf, its names replaced, in front of an endpoint. */

typedef struct
{
  char *folder;
  char *ca;         /* file: PEM */
  guint port;       /* TLS */
  guint plain_port; /* the same without, for bytes by hand */
  GSubprocess *process;
} Nginx;

Nginx *nginx_new_for (guint endpoint_port, guint connections);
Nginx *
nginx_new (guint endpoint_port); /* few connections; NULL where nginx or openssl isn't installed: the test is skipped */
void nginx_free (Nginx *self);
