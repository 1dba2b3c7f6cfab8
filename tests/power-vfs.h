/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "power-disk.h"

/* Makes a VFS the default one of SQLite that is the system's, but whose files lie on the disks of power-disk.h where
 * their path does. For the whole process; a second call changes nothing. */
void power_vfs_install (void);
