/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What thidua does without a display. -1: nothing of this was asked for, so the
 * windows should open; else the exit status. Reads the words of main() after
 * td_i18n_start(). */
int td_cli_run (int argc, char **argv);

/* Where campaigns/ and units/ are: $TD_DATADIR, else where the program was installed. */
const char *td_cli_datadir (void);

G_END_DECLS
