/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-disk.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR 512

typedef struct
{
  gint64 offset, length;
} Range;

typedef struct
{
  gatomicrefcount references;
  gboolean folder;
  char *path;         /* its name now; NULL once it has none */
  GByteArray *ghost;  /* its bytes when it lost its last name */
  GByteArray *synced; /* on the platter */
  GArray *dirty;      /* Range written since the last sync */
  gboolean all_dirty;
} Inode;

/* A change of names: @path becomes @inode, or nothing; a rename also takes @from away. */
typedef struct
{
  char *path, *from;
  Inode *inode;
} Change;

struct _PowerDisk
{
  char *folder;
  GRand *random;
  GHashTable *names;     /* path -> Inode, as programs see it */
  GHashTable *safe;      /* path -> Inode, on the platter */
  GPtrArray *changes;    /* Change of names since, in order */
  GHashTable *survivors; /* path -> GByteArray, NULL for a folder; since the cut */
  guint64 count;
  guint64 cut_at; /* 0: never */
  gint64 room;
  PowerLie lie;
};

static GPtrArray *disks;
static GRecMutex lock;

void
power_lock (void)
{
  g_rec_mutex_lock (&lock);
}

void
power_unlock (void)
{
  g_rec_mutex_unlock (&lock);
}

static _Thread_local int hiding;

void
power_hide (gboolean hidden)
{
  hiding += hidden ? 1 : -1;
}

gboolean
power_hidden (void)
{
  return hiding > 0;
}

/* ---- files ---------------------------------------------------------------------------------- */

static Inode *
inode_new (const char *path, gboolean folder)
{
  Inode *self = g_new0 (Inode, 1);

  g_atomic_ref_count_init (&self->references);
  self->folder = folder;
  self->path = g_strdup (path);
  self->synced = g_byte_array_new ();
  self->dirty = g_array_new (FALSE, FALSE, sizeof (Range));
  return self;
}

static Inode *
inode_ref (Inode *self)
{
  if (self != NULL)
    g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
inode_unref (gpointer data)
{
  Inode *self = data;

  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->path);
  g_clear_pointer (&self->ghost, g_byte_array_unref);
  g_byte_array_unref (self->synced);
  g_array_unref (self->dirty);
  g_free (self);
}

static void
change_free (gpointer data)
{
  Change *self = data;

  g_free (self->path);
  g_free (self->from);
  inode_unref (self->inode);
  g_free (self);
}

static void
read_into (GByteArray *bytes, const char *path, gint64 offset, gint64 length)
{
  gssize got = 0;
  int fd;

  power_hide (TRUE);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (bytes->len < offset + length)
    {
      guint before = bytes->len;

      g_byte_array_set_size (bytes, (guint)(offset + length));
      memset (bytes->data + before, 0, bytes->len - before);
    }
  while (fd >= 0 && length > 0 && (got = pread (fd, bytes->data + offset, (gsize)length, offset)) > 0)
    {
      offset += got;
      length -= got;
    }
  if (fd >= 0)
    close (fd);
  power_hide (FALSE);
}

static gint64
size_of (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 ? status.st_size : 0;
}

static GByteArray *
read_whole (const char *path)
{
  GByteArray *bytes = g_byte_array_new ();

  read_into (bytes, path, 0, size_of (path));
  return bytes;
}

static void
inode_sync (Inode *self)
{
  gint64 size;

  if (self->path == NULL || self->folder)
    return;
  size = size_of (self->path);
  if (self->synced->len > size)
    g_byte_array_set_size (self->synced, (guint)size);
  if (self->all_dirty)
    read_into (self->synced, self->path, 0, size);
  for (guint i = 0; !self->all_dirty && i < self->dirty->len; i++)
    {
      const Range *range = &g_array_index (self->dirty, Range, i);

      if (range->offset < size)
        read_into (self->synced, self->path, range->offset, MIN (range->length, size - range->offset));
    }
  g_array_set_size (self->dirty, 0);
  self->all_dirty = FALSE;
}

/* ---- the disk --------------------------------------------------------------------------------- */

static GHashTable *
table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, inode_unref);
}

/* Takes what lies there for safe. */
static void
look_over (PowerDisk *self, const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);
      gboolean folder = g_file_test (below, G_FILE_TEST_IS_DIR);
      Inode *inode = inode_new (below, folder);

      if (!folder)
        read_into (inode->synced, below, 0, size_of (below));
      g_hash_table_insert (self->names, g_strdup (below), inode);
      g_hash_table_insert (self->safe, g_strdup (below), inode_ref (inode));
      if (folder)
        look_over (self, below);
    }
}

static void
begin (PowerDisk *self)
{
  g_hash_table_remove_all (self->names);
  g_hash_table_remove_all (self->safe);
  g_ptr_array_set_size (self->changes, 0);
  look_over (self, self->folder);
}

PowerDisk *
power_disk_new (const char *folder, guint32 seed)
{
  PowerDisk *self = g_new0 (PowerDisk, 1);

  power_lock ();
  self->folder = g_canonicalize_filename (folder, NULL);
  self->random = g_rand_new_with_seed (seed);
  self->names = table_new ();
  self->safe = table_new ();
  self->changes = g_ptr_array_new_with_free_func (change_free);
  self->room = -1;
  begin (self);
  if (disks == NULL)
    disks = g_ptr_array_new ();
  g_ptr_array_add (disks, self);
  power_unlock ();
  return self;
}

void
power_disk_free (PowerDisk *self)
{
  power_lock ();
  g_ptr_array_remove (disks, self);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->safe);
  g_ptr_array_unref (self->changes);
  g_clear_pointer (&self->survivors, g_hash_table_unref);
  g_rand_free (self->random);
  g_free (self->folder);
  g_free (self);
  power_unlock ();
}

PowerDisk *
power_disk_of (const char *path)
{
  PowerDisk *found = NULL;

  power_lock ();
  for (guint i = 0; disks != NULL && path != NULL && i < disks->len && found == NULL; i++)
    {
      PowerDisk *disk = disks->pdata[i];
      gsize length = strlen (disk->folder);

      if (strncmp (path, disk->folder, length) == 0 && (path[length] == '/' || path[length] == '\0'))
        found = disk;
    }
  power_unlock ();
  return found;
}

/* ---- what programs do --------------------------------------------------------------------------- */

static void
change_name (PowerDisk *self, const char *path, const char *from, Inode *inode)
{
  Change *change = g_new0 (Change, 1);

  change->path = g_strdup (path);
  change->from = g_strdup (from);
  change->inode = inode_ref (inode);
  g_ptr_array_add (self->changes, change);
}

/* What it held is needed should its name come back. */
static void
keep_ghost (PowerDisk *self, const char *path)
{
  Inode *inode = g_hash_table_lookup (self->names, path);

  if (inode == NULL || inode->folder)
    return;
  g_clear_pointer (&inode->ghost, g_byte_array_unref);
  inode->ghost = read_whole (path);
}

void
power_disk_will_replace (PowerDisk *self, const char *path)
{
  power_lock ();
  if (self->survivors == NULL)
    keep_ghost (self, path);
  power_unlock ();
}

static void
made (PowerDisk *self, const char *path, gboolean folder)
{
  Inode *inode;

  power_lock ();
  if (self->survivors == NULL && !g_hash_table_contains (self->names, path))
    {
      inode = inode_new (path, folder);
      inode->all_dirty = TRUE;
      change_name (self, path, NULL, inode);
      g_hash_table_insert (self->names, g_strdup (path), inode);
    }
  power_unlock ();
}

void
power_disk_made (PowerDisk *self, const char *path)
{
  made (self, path, FALSE);
}

void
power_disk_made_folder (PowerDisk *self, const char *path)
{
  made (self, path, TRUE);
}

void
power_disk_renamed (PowerDisk *self, const char *from, const char *to)
{
  Inode *inode;

  power_lock ();
  inode = inode_ref (g_hash_table_lookup (self->names, from));
  if (self->survivors == NULL && inode != NULL)
    {
      Inode *replaced = g_hash_table_lookup (self->names, to);

      if (replaced != NULL)
        g_clear_pointer (&replaced->path, g_free);
      g_hash_table_remove (self->names, from);
      g_hash_table_insert (self->names, g_strdup (to), inode_ref (inode));
      g_free (inode->path);
      inode->path = g_strdup (to);
      change_name (self, to, from, inode);
    }
  inode_unref (inode);
  power_unlock ();
}

void
power_disk_will_remove (PowerDisk *self, const char *path)
{
  power_lock ();
  if (self->survivors == NULL && g_hash_table_contains (self->names, path))
    {
      Inode *inode = g_hash_table_lookup (self->names, path);

      keep_ghost (self, path);
      g_clear_pointer (&inode->path, g_free);
      g_hash_table_remove (self->names, path);
      change_name (self, path, NULL, NULL);
    }
  power_unlock ();
}

void
power_disk_wrote (PowerDisk *self, const char *path, gint64 offset, gint64 length)
{
  Range range = { offset, length };
  Inode *inode;

  power_lock ();
  inode = g_hash_table_lookup (self->names, path);
  if (inode != NULL)
    g_array_append_val (inode->dirty, range);
  power_unlock ();
}

void
power_disk_wrote_all (PowerDisk *self, const char *path)
{
  Inode *inode;

  power_lock ();
  inode = g_hash_table_lookup (self->names, path);
  if (inode != NULL)
    inode->all_dirty = TRUE;
  power_unlock ();
}

void
power_disk_synced (PowerDisk *self, const char *path)
{
  Inode *inode;

  power_lock ();
  inode = g_hash_table_lookup (self->names, path);
  if (inode != NULL && self->survivors == NULL && self->lie != POWER_LIE_ALL)
    inode_sync (inode);
  power_unlock ();
}

static gboolean
is_in (const char *path, const char *folder)
{
  g_autofree char *parent = path == NULL ? NULL : g_path_get_dirname (path);

  return g_strcmp0 (parent, folder) == 0;
}

static void
apply (GHashTable *table, const Change *change)
{
  if (change->from != NULL)
    g_hash_table_remove (table, change->from);
  if (change->inode == NULL)
    g_hash_table_remove (table, change->path);
  else
    g_hash_table_insert (table, g_strdup (change->path), inode_ref (change->inode));
}

/* A file that was made and renamed away has no name to come back to. */
static void
forget_before (PowerDisk *self, guint end, const char *path)
{
  for (guint i = end; path != NULL && i-- > 0;)
    if (strcmp (((Change *)self->changes->pdata[i])->path, path) == 0)
      g_ptr_array_remove_index (self->changes, i);
}

void
power_disk_synced_folder (PowerDisk *self, const char *path)
{
  power_lock ();
  for (guint i = 0; self->survivors == NULL && self->lie == POWER_LIE_NONE && i < self->changes->len;)
    {
      Change *change = self->changes->pdata[i];

      if (!is_in (change->path, path) && !is_in (change->from, path))
        {
          i++;
          continue;
        }
      apply (self->safe, change);
      if (change->from != NULL && !is_in (change->from, path))
        {
          g_autofree char *from = g_strdup (change->from);
          guint before = self->changes->len;

          forget_before (self, i, from);
          i -= before - self->changes->len;
        }
      g_ptr_array_remove_index (self->changes, i);
    }
  power_unlock ();
}

gboolean
power_disk_take_room (PowerDisk *self, gint64 bytes)
{
  gboolean good;

  power_lock ();
  good = self->room < 0 || bytes <= self->room;
  if (self->room >= 0 && good)
    self->room -= bytes;
  power_unlock ();
  return good;
}

/* ---- the cut ------------------------------------------------------------------------------------- */

static void
keep_sector (PowerDisk *self, GByteArray *bytes, const GByteArray *now, guint from, gboolean torn)
{
  guint end = MIN (MIN (from + SECTOR, now->len), bytes->len);
  guint whole = torn && end > from ? from + (guint)g_rand_int_range (self->random, 0, (gint32)(end - from)) : end;

  memcpy (bytes->data + from, now->data + from, whole - from);
}

static guint
surviving_length (PowerDisk *self, guint before, guint now)
{
  switch (g_rand_int_range (self->random, 0, 3))
    {
    case 0:
      return before;
    case 1:
      return now;
    default:
      return now <= before ? now : before + (guint)g_rand_int_range (self->random, 0, (gint32)(now - before));
    }
}

/* Of what was written since the last sync, a part. */
static GByteArray *
survive (PowerDisk *self, const Inode *inode, double keep)
{
  g_autoptr (GByteArray) now = inode->path != NULL ? read_whole (inode->path) : g_byte_array_ref (inode->ghost);
  guint length = surviving_length (self, inode->synced->len, now->len);
  GByteArray *bytes = g_byte_array_sized_new (length);
  guint sectors = (now->len + SECTOR - 1) / SECTOR;
  guint torn = sectors == 0 ? 0 : (guint)g_rand_int_range (self->random, 0, (gint32)sectors);

  g_byte_array_append (bytes, inode->synced->data, MIN (length, inode->synced->len));
  g_byte_array_set_size (bytes, length);
  for (guint i = inode->synced->len; i < length; i++)
    bytes->data[i] = 0;
  for (guint i = 0; i < sectors && i * SECTOR < length; i++)
    if (i == torn || g_rand_double (self->random) < keep)
      keep_sector (self, bytes, now, i * SECTOR, i == torn);
  return bytes;
}

static gboolean
has_its_folder (GHashTable *table, const char *root, const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);

  return strcmp (parent, root) == 0 || (g_hash_table_contains (table, parent) && has_its_folder (table, root, parent));
}

static void
free_bytes (gpointer data)
{
  if (data != NULL)
    g_byte_array_unref (data);
}

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

void
power_disk_cut (PowerDisk *self)
{
  static const double shares[] = { 0, 0.5, 0.9, 1 };
  g_autoptr (GHashTable) table = table_new ();
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path, inode;
  double keep;
  guint names;

  power_lock ();
  g_assert_null (self->survivors);
  keep = shares[g_rand_int_range (self->random, 0, G_N_ELEMENTS (shares))];
  names = (guint)g_rand_int_range (self->random, 0, (gint32)self->changes->len + 1);
  g_hash_table_iter_init (&iter, self->safe);
  while (g_hash_table_iter_next (&iter, &path, &inode))
    g_hash_table_insert (table, g_strdup (path), inode_ref (inode));
  for (guint i = 0; i < names; i++)
    apply (table, self->changes->pdata[i]);
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (has_its_folder (table, self->folder, path))
      g_ptr_array_add (paths, path);
  g_ptr_array_sort (paths, compare_paths); /* the same again from the same seed */
  self->survivors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_bytes);
  for (guint i = 0; i < paths->len; i++)
    {
      Inode *kept = g_hash_table_lookup (table, paths->pdata[i]);

      g_hash_table_insert (self->survivors, g_strdup (paths->pdata[i]),
                           kept->folder ? NULL : survive (self, kept, keep));
    }
  power_unlock ();
}

void
power_disk_cut_after (PowerDisk *self, guint changes)
{
  self->cut_at = self->count + changes + 1;
}

void
power_disk_spare (PowerDisk *self)
{
  self->cut_at = 0;
}

gboolean
power_disk_is_dark (PowerDisk *self)
{
  return self->survivors != NULL;
}

guint64
power_disk_changes (PowerDisk *self)
{
  return self->count;
}

gboolean
power_disk_step (PowerDisk *self)
{
  gboolean light;

  power_lock ();
  self->count++;
  if (self->survivors == NULL && self->count == self->cut_at)
    power_disk_cut (self);
  light = self->survivors == NULL;
  power_unlock ();
  return light;
}

/* A file that stays is the same file after, as on a real disk. */
static void
remove_lost (const char *path, GHashTable *survivors)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      if (g_file_test (below, G_FILE_TEST_IS_DIR))
        remove_lost (below, survivors);
      if (!g_hash_table_contains (survivors, below))
        g_remove (below);
    }
}

static void
put_back (const char *path, const GByteArray *bytes)
{
  g_autofree char *parent = g_path_get_dirname (path);
  int fd;

  g_mkdir_with_parents (bytes == NULL ? path : parent, 0700);
  if (bytes == NULL)
    return;
  fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_assert_cmpint (write (fd, bytes->data, bytes->len), ==, bytes->len);
  close (fd);
}

void
power_disk_restore (PowerDisk *self)
{
  g_autoptr (GHashTable) survivors = NULL;
  GHashTableIter iter;
  gpointer path, bytes;
  g_autofree char *folder = NULL;

  power_lock ();
  survivors = g_steal_pointer (&self->survivors);
  g_assert_nonnull (survivors);
  self->cut_at = 0;
  power_hide (TRUE);
  remove_lost (self->folder, survivors);
  g_hash_table_iter_init (&iter, survivors);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    put_back (path, bytes);
  power_hide (FALSE);
  begin (self);
  power_unlock ();
}

void
power_disk_set_room (PowerDisk *self, gint64 bytes)
{
  self->room = bytes;
}

void
power_disk_set_lie (PowerDisk *self, PowerLie lie)
{
  self->lie = lie;
}
