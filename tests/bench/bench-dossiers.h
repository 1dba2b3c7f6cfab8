/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Practice dossiers of about 3 kB, as an officer writes them: names, years, figures and a page of achievements. The
 * same number always gives the same words. */

#define DOSSIER_BYTES 3000 /* of an operation's body, about */

/* One dossier of the store's unit, written with a single edit. */
char *bench_achievement (guint number); /* owned; 1,750 bytes of the plan's words */
void bench_dossier (TdStore *store, guint number);
void bench_dossiers (TdStore *store, guint first, guint count);
