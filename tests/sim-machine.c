/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <sodium.h>
#include <string.h>

/* What machines have of their own: a clock, a source of random numbers, a disk that fills up or stops in the middle
 * of a write. All of it comes from the seed, so a seed plays the same again. */

#define EPOCH 1752000000 /* when a run begins, UTC seconds */

gint64
sim_clock (guint machine)
{
  return EPOCH + sim->now / 1000 + sim->machines[machine].clock_off;
}

/* ---- instead of GLib's: the clock and the dice of the machine that is acting ------------------------------------ */

gint64
g_get_real_time (void)
{
  return sim == NULL ? (gint64)EPOCH * G_USEC_PER_SEC : sim_clock (sim->acting) * G_USEC_PER_SEC;
}

gint64
g_get_monotonic_time (void)
{
  return sim == NULL ? G_USEC_PER_SEC : (sim->now + 3600 * 1000) * 1000;
}

guint32
g_random_int (void)
{
  return sim == NULL ? 4 : g_rand_int (sim->program);
}

double
g_random_double (void)
{
  return sim == NULL ? 0.5 : g_rand_double (sim->program);
}

/* GLib draws this one by itself. */
char *
g_uuid_string_random (void)
{
  static guint count;

  return sim == NULL ? g_strdup_printf ("%08x-0000-4000-8000-000000000000", ++count)
                     : g_strdup_printf ("%08x-%04x-4%03x-8%03x-%08x%04x", g_random_int (), g_random_int () & 0xffff,
                                        g_random_int () & 0xfff, g_random_int () & 0xfff, g_random_int (),
                                        g_random_int () & 0xffff);
}

static const char *
random_name (void)
{
  return "simulation";
}

static void
random_bytes (void *const buffer, const size_t size)
{
  for (gsize i = 0; i < size; i++)
    ((guint8 *)buffer)[i] = (guint8)g_random_int ();
}

static struct randombytes_implementation seeded
    = { .implementation_name = random_name, .random = g_random_int, .buf = random_bytes };

/* A timer of the driver never ends by itself: the line looks when it would (sim_line_deliver()). */
static gboolean
never (GSource *source)
{
  return FALSE;
}

static GSourceFuncs inert = { .check = never };

GSource *
g_timeout_source_new (guint interval)
{
  return g_source_new (&inert, sizeof (GSource));
}

/* ---- disks ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  sqlite3_file base;
  SimMachine *machine; /* NULL: the witness reads what is there */
  sqlite3_file *real;
} File;

static sqlite3_vfs *real_vfs;
static sqlite3_io_methods methods;
static gboolean opening_witness;

SimMachine *
sim_machine_of (const char *path)
{
  char *name;

  if (path == NULL || sim == NULL || opening_witness)
    return NULL;
  name = strstr (path, "/machine-");
  return name == NULL ? NULL : &sim->machines[g_ascii_strtoull (name + strlen ("/machine-"), NULL, 10)];
}

/* One write more; a machine that was killed writes nothing any more. */
static int
writes (SimMachine *machine, gboolean grows)
{
  if (machine == NULL)
    return SQLITE_OK;
  if (machine->dies_after > 0 && --machine->dies_after == 0)
    machine->dead = TRUE;
  if (machine->dead)
    return SQLITE_IOERR_WRITE;
  return machine->full && grows ? SQLITE_FULL : SQLITE_OK;
}

gboolean
sim_machine_writes (SimMachine *machine)
{
  return writes (machine, FALSE) == SQLITE_OK;
}

#define REAL(file) (((File *)(file))->real)
#define CALL(file, method, ...) (REAL (file)->pMethods->method (REAL (file), ##__VA_ARGS__))

static int
file_close (sqlite3_file *file)
{
  return CALL (file, xClose);
}

static int
file_read (sqlite3_file *file, void *data, int length, sqlite3_int64 offset)
{
  return CALL (file, xRead, data, length, offset);
}

static int
file_write (sqlite3_file *file, const void *data, int length, sqlite3_int64 offset)
{
  int code = writes (((File *)file)->machine, TRUE);

  return code != SQLITE_OK ? code : CALL (file, xWrite, data, length, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int code = writes (((File *)file)->machine, FALSE);

  return code != SQLITE_OK ? code : CALL (file, xTruncate, size);
}

/* Memory behind the file: nothing to wait for. */
static int
file_sync (sqlite3_file *file, int flags)
{
  SimMachine *machine = ((File *)file)->machine;

  return machine != NULL && machine->dead ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return CALL (file, xFileSize, size);
}

/* One thread, and no statement stays open between two calls: nobody has to wait for anybody. */
static int
file_lock (sqlite3_file *file, int lock)
{
  return SQLITE_OK;
}

static int
file_unlock (sqlite3_file *file, int lock)
{
  return SQLITE_OK;
}

static int
file_reserved (sqlite3_file *file, int *out)
{
  *out = 0;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *file, int op, void *data)
{
  return CALL (file, xFileControl, op, data);
}

static int
file_sector (sqlite3_file *file)
{
  return CALL (file, xSectorSize);
}

static int
file_traits (sqlite3_file *file)
{
  return CALL (file, xDeviceCharacteristics);
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
  return CALL (file, xShmMap, page, size, extend, out);
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return SQLITE_OK;
}

static void
file_shm_barrier (sqlite3_file *file)
{
  CALL (file, xShmBarrier);
}

static int
file_shm_unmap (sqlite3_file *file, int erase)
{
  SimMachine *machine = ((File *)file)->machine;

  return CALL (file, xShmUnmap, machine != NULL && machine->dead ? 0 : erase);
}

static int
vfs_open (sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *file, int flags, int *out)
{
  File *self = (File *)file;
  int code;

  self->machine = sim_machine_of (path);
  self->real = (sqlite3_file *)(self + 1);
  memset (self->real, 0, (gsize)real_vfs->szOsFile);
  code = real_vfs->xOpen (real_vfs, path, self->real, flags, out);
  file->pMethods = self->real->pMethods == NULL ? NULL : &methods;
  return code;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync)
{
  SimMachine *machine = sim_machine_of (path);

  return machine != NULL && machine->dead ? SQLITE_IOERR_DELETE : real_vfs->xDelete (real_vfs, path, 0);
}

static void
make_methods (void)
{
  methods
      = (sqlite3_io_methods){ 2,           file_close,   file_read,     file_write,       file_truncate,  file_sync,
                              file_size,   file_lock,    file_unlock,   file_reserved,    file_control,   file_sector,
                              file_traits, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap, NULL,
                              NULL };
}

/* The second connection to the endpoint's journal: no fault reaches it. */
int
sim_open_witness (const char *path, sqlite3 **out)
{
  int code;

  opening_witness = TRUE;
  code = sqlite3_open_v2 (path, out, SQLITE_OPEN_READWRITE, NULL);
  if (code == SQLITE_OK) /* the write-ahead log is opened with the first read */
    code = sqlite3_exec (*out, "PRAGMA wal_autocheckpoint = 0; SELECT count(*) FROM op", NULL, NULL, NULL);
  opening_witness = FALSE;
  return code;
}

static void
quiet (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    {
      g_printerr ("seed %u, step %u: %s\n", sim == NULL ? 0 : sim->seed, sim == NULL ? 0 : sim->step, message);
      abort ();
    }
  if (sim != NULL && sim->tracing)
    g_printerr ("    (%s)\n", message);
}

void
sim_machine_init (void)
{
  static sqlite3_vfs vfs;

  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  randombytes_set_implementation (&seeded);
  g_assert (sodium_init () >= 0);
  g_log_set_default_handler (quiet, NULL);
  make_methods ();
  real_vfs = sqlite3_vfs_find (NULL);
  vfs = *real_vfs;
  vfs.szOsFile = (int)sizeof (File) + real_vfs->szOsFile;
  vfs.zName = "simulation";
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  sqlite3_vfs_register (&vfs, 1);
}
