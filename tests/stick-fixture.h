/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/packages.h"
#include "endpoint-fixture.h"

/* Desks and an endpoint with a stick between them. */

typedef struct
{
  Endpoint *endpoint;
  char *folder; /* the stick */
} Stick;

void stick_set_up (Stick *self, gconstpointer data); /* on 15 July 2024 */
void stick_tear_down (Stick *self, gconstpointer data);
void stick_take (GObject *source, GAsyncResult *result, gpointer data); /* into a GAsyncResult * */
void stick_wait (GAsyncResult **result);
/* The first file it wrote, of @all; owned. */
char *stick_export_part (TdDesk *desk, const char *folder, gint64 size, char ***all);
char *stick_export (TdDesk *desk, const char *folder); /* the one file it wrote; owned */
/* What it said; a failure is told as "!" and the sentence. */
char *stick_import (TdDesk *desk, const char *path);
/* Runs the program on this endpoint's folder. */
gboolean stick_endpoint_run (Stick *self, const char *first, ...) G_GNUC_NULL_TERMINATED;
void stick_import_at_centre (Stick *self, const char *package, const char *receipt);
guint stick_waiting (TdDesk *desk); /* changes without an answer */
/* A desk that has no line, enrolled by an administrator's file. */
TdDesk *stick_desk_by_file (Stick *self, const char *name, const char *unit, const char *person);
