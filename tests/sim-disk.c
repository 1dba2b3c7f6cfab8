/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "power-disk.h"

/* Plain files: what power-files.c puts in the C library's place asks here. They lie on the disks of sim-machine.c, so
 * a full one takes no scan either, and what dies in the middle of a rename is dead. Power cuts are test-power's. */

static SimMachine *
machine_of (PowerDisk *disk)
{
  return (SimMachine *)disk;
}

/* The data bases go through SQLite's own door. */
static gboolean
is_data_base (const char *path)
{
  return g_str_has_suffix (path, ".db") || g_str_has_suffix (path, "-wal") || g_str_has_suffix (path, "-shm")
         || g_str_has_suffix (path, "-journal");
}

PowerDisk *
power_disk_of (const char *path)
{
  return path == NULL || is_data_base (path) ? NULL : (PowerDisk *)sim_machine_of (path);
}

gboolean
power_disk_is_dark (PowerDisk *self)
{
  return machine_of (self)->dead;
}

gboolean
power_disk_step (PowerDisk *self)
{
  return sim_machine_writes (machine_of (self));
}

gboolean
power_disk_take_room (PowerDisk *self, gint64 bytes)
{
  return !machine_of (self)->full;
}

gboolean
power_hidden (void)
{
  return sim == NULL || sim->looking;
}

/* ---- of no account here: what was written stays ------------------------------------------------------------------ */

void
power_disk_made (PowerDisk *self, const char *path)
{
}

void
power_disk_made_folder (PowerDisk *self, const char *path)
{
}

void
power_disk_will_replace (PowerDisk *self, const char *path)
{
}

void
power_disk_renamed (PowerDisk *self, const char *from, const char *to)
{
}

void
power_disk_will_remove (PowerDisk *self, const char *path)
{
}

void
power_disk_wrote_all (PowerDisk *self, const char *path)
{
}

void
power_disk_synced (PowerDisk *self, const char *path)
{
}

void
power_disk_synced_folder (PowerDisk *self, const char *path)
{
}
