/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A desk that is a process of its own and works until it is killed, or told to come to rest by a byte on its standard
 * input. It says on its standard output what it begins and, once the call has returned, what is done for good. */

typedef enum
{
  KILL_BUG_NONE,
  KILL_BUG_EARLY, /* says so before it is stored */
  KILL_BUG_TWICE, /* types again what it found when it was opened */
  KILL_BUGS
} KillBug;

extern const char *const kill_members[]; /* of the nomination it writes on; NULL-ended */

/* @number: of this start; @argv: data base, nomination, folder of the stick, bug. Returns at rest. */
int kill_desk_main (guint number, char **argv);
