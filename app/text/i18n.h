/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes the program speak Vietnamese whatever the locale. Once, first of all in
 * main, before any thread and before GTK (which must be told not to choose a
 * locale itself). The catalogue is looked for in $TD_LOCALEDIR, else where the
 * program was installed. Numbers keep the decimal point of C. */
void td_i18n_start (void);

G_END_DECLS
