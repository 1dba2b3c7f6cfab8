/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* What a test makes for a while and must not leave behind. */

void remove_tree (const char *path); /* a folder with all that lies in it, or a file; nothing there is well too */
/* Of programs that run beside the test: they end with it however it ends. One that outlived a failed assertion would
 * hold its output open, and who waits for that learns of the failure only when the time is up. */
GSubprocessLauncher *companion_launcher (GSubprocessFlags flags);
