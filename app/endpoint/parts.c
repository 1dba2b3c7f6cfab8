/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/parts.h"

#include "dossier/crypto.h"
#include "store/disk.h"
#include "wire/blob.h"
#include "wire/messages.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define OWNER_SIGNS 32
#define EXPIRES_SECONDS (60 * 24 * 60 * 60)
#define SYNC_EVERY (1024 * 1024) /* what a power cut may cost */
#define BLOCK (64 * 1024)

struct _TdParts
{
  char *folder;
  GHashTable *parts; /* "owner-sha" -> TdPart */
};

/* ---- the table ----------------------------------------------------------------------- */

static void
part_free (gpointer data)
{
  TdPart *self = data;

  if (self->fd >= 0)
    g_close (self->fd, NULL);
  g_checksum_free (self->checksum);
  g_free (self->name);
  g_free (self->path);
  g_free (self->owner);
  g_free (self->sha);
  g_free (self);
}

static char *
owner_of (const char *unit)
{
  g_autofree char *digest = td_digest (unit, -1);

  return g_strndup (digest, OWNER_SIGNS);
}

static char *
key_of (const char *owner, const char *sha)
{
  return g_strjoin ("-", owner, sha, NULL);
}

static void
set_name (TdPart *self, const char *folder, gint64 sure)
{
  g_free (self->name);
  g_free (self->path);
  self->name
      = g_strdup_printf ("%s-%s-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, self->owner, self->sha, self->length, sure);
  self->path = g_build_filename (folder, self->name, NULL);
}

static TdPart *
part_new (TdParts *parts, const char *owner, const char *sha, gint64 length)
{
  TdPart *self = g_new0 (TdPart, 1);

  self->owner = g_strdup (owner);
  self->sha = g_strdup (sha);
  self->length = length;
  set_name (self, parts->folder, 0);
  self->fd = -1;
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  return self;
}

static TdPart *
keep (TdParts *self, TdPart *part)
{
  g_hash_table_replace (self->parts, key_of (part->owner, part->sha), part);
  return part;
}

/* The name tells how far it is sure. */
static gboolean
note_sure (TdPart *self, gint64 sure)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *before = g_strdup (self->path);
  g_autoptr (GError) error = NULL;

  set_name (self, folder, sure);
  if (strcmp (before, self->path) == 0 || (g_rename (before, self->path) == 0 && td_disk_sync_folder (folder, &error)))
    return TRUE;
  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_free (self->path);
      self->path = g_steal_pointer (&before);
    }
  return FALSE;
}

/* What can't be torn: what was synced, and what lies further back than any two syncs lie apart. A file that is whole is
 * asked for its hash before anything is taken away (receive.c). */
static gboolean
measure (TdPart *self, gint64 synced)
{
  GStatBuf status;

  if (g_stat (self->path, &status) != 0 || status.st_size > self->length)
    return FALSE;
  self->touched = status.st_mtime;
  self->offset = status.st_size;
  self->sure = MIN (MAX (synced, self->offset - SYNC_EVERY), self->offset);
  if (self->offset < self->length && self->offset > self->sure && !td_part_cut_back (self, self->sure))
    return FALSE;
  /* So that the next cut doesn't cost another MiB; where that can't be written nothing is lost. */
  if (self->sure > synced)
    note_sure (self, self->sure);
  return TRUE;
}

/* FALSE: not a name of ours. One without a fourth word is of an older version. */
static gboolean
take_up (TdParts *self, const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, "-", 5);
  guint n = g_strv_length (words);
  gint64 length = n == 3 || n == 4 ? td_length (words[2], TD_BLOB_MAX) : -1;
  gint64 synced = n == 4 ? td_length (words[3], TD_BLOB_MAX) : 0;
  TdPart *part;

  if (length < 0 || synced < 0 || !td_is_hex (words[0], OWNER_SIGNS) || !td_is_hex (words[1], TD_DIGEST_LENGTH))
    return FALSE;
  part = part_new (self, words[0], words[1], length);
  g_free (part->name);
  g_free (part->path);
  part->name = g_strdup (name);
  part->path = g_build_filename (self->folder, name, NULL);
  if (measure (part, synced))
    keep (self, part);
  else
    g_clear_pointer (&part, part_free);
  return part != NULL;
}

TdParts *
td_parts_new (const char *folder)
{
  TdParts *self = g_new0 (TdParts, 1);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  self->folder = g_strdup (folder);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, part_free);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!take_up (self, name))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }
  return self;
}

void
td_parts_free (TdParts *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->parts);
  g_free (self->folder);
  g_free (self);
}

TdPart *
td_parts_find (TdParts *self, const char *unit, const char *sha)
{
  g_autofree char *owner = owner_of (unit);
  g_autofree char *key = key_of (owner, sha);

  return g_hash_table_lookup (self->parts, key);
}

TdPart *
td_parts_begin (TdParts *self, const char *unit, const char *sha, gint64 length, gint64 now)
{
  g_autofree char *owner = owner_of (unit);
  TdPart *part = part_new (self, owner, sha, length);
  g_autoptr (GError) error = NULL;

  part->fd = g_open (part->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  part->touched = now;
  /* Without the folder what is synced later has no name after a power cut. */
  if (part->fd >= 0 && td_disk_sync_folder (self->folder, &error))
    return keep (self, part);
  g_warning ("%s: %s", part->path, error != NULL ? error->message : g_strerror (errno));
  if (part->fd >= 0)
    g_unlink (part->path);
  part_free (part);
  return NULL;
}

void
td_parts_of (TdParts *self, const char *unit, guint *count, gint64 *bytes)
{
  g_autofree char *owner = owner_of (unit);
  GHashTableIter iter;
  gpointer value;

  *count = 0;
  *bytes = 0;
  g_hash_table_iter_init (&iter, self->parts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (strcmp (((TdPart *)value)->owner, owner) == 0)
      {
        *count += 1;
        *bytes += ((TdPart *)value)->length;
      }
}

void
td_parts_drop (TdParts *self, TdPart *part)
{
  g_autofree char *key = key_of (part->owner, part->sha);

  g_unlink (part->path); /* after td_parts_put() there is nothing of that name */
  g_hash_table_remove (self->parts, key);
}

gboolean
td_parts_put (TdParts *self, TdPart *part, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  gboolean done
      = td_part_close (part) && td_disk_make_folder (folder, &error) && td_disk_put (part->path, path, &error);

  if (error != NULL)
    g_warning ("%s: %s", path, error->message);
  if (done || !g_file_test (part->path, G_FILE_TEST_EXISTS))
    td_parts_drop (self, part);
  return done;
}

gint64
td_part_expires (const TdPart *self)
{
  return self->touched + EXPIRES_SECONDS;
}

void
td_parts_expire (TdParts *self, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->parts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((TdPart *)value)->writer == NULL && td_part_expires (value) < now)
      {
        g_unlink (((TdPart *)value)->path);
        g_hash_table_iter_remove (&iter);
      }
}

/* ---- one part -------------------------------------------------------------------------- */

gboolean
td_part_open (TdPart *self)
{
  if (self->fd < 0)
    self->fd = g_open (self->path, O_WRONLY | O_CLOEXEC, 0600);
  return self->fd >= 0 && lseek (self->fd, self->offset, SEEK_SET) == self->offset;
}

static gboolean
write_all (int fd, const guint8 *data, gsize length)
{
  while (length > 0)
    {
      gssize written = write (fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      length -= (gsize)written;
    }
  return TRUE;
}

static gboolean
sync_part (TdPart *self)
{
  if (g_fsync (self->fd) != 0)
    return FALSE;
  self->unsynced = 0;
  self->sure = self->offset;
  return TRUE;
}

static gboolean
write_some (TdPart *self, const guint8 *data, gsize length)
{
  if (!write_all (self->fd, data, length))
    return FALSE;
  if (self->hashed == self->offset)
    {
      g_checksum_update (self->checksum, data, (gssize)length);
      self->hashed += (gint64)length;
    }
  self->offset += (gint64)length;
  self->unsynced += (gint64)length;
  return TRUE;
}

gboolean
td_part_write (TdPart *self, const guint8 *data, gsize length, gint64 now)
{
  while (length > 0)
    {
      gsize some = MIN (length, (gsize)(SYNC_EVERY - self->unsynced));

      if (!write_some (self, data, some) || (self->unsynced == SYNC_EVERY && !sync_part (self)))
        return FALSE;
      data += some;
      length -= some;
    }
  self->touched = now;
  return TRUE;
}

gboolean
td_part_close (TdPart *self)
{
  gboolean synced;

  if (self->fd < 0)
    return TRUE;
  synced = sync_part (self);
  synced = g_close (self->fd, NULL) && synced;
  self->fd = -1;
  return synced && note_sure (self, self->sure);
}

static void
forget_hash (TdPart *self)
{
  g_checksum_reset (self->checksum);
  self->hashed = 0;
}

gboolean
td_part_cut_back (TdPart *self, gint64 offset)
{
  /* The name first: it must never tell of more than is sure. */
  if ((offset < self->sure && !note_sure (self, offset)) || truncate (self->path, offset) != 0)
    return FALSE;
  self->offset = offset;
  self->sure = MIN (self->sure, offset);
  if (self->hashed > offset)
    forget_hash (self);
  return TRUE;
}

gboolean
td_part_cut_unsure (TdPart *self)
{
  return self->sure < self->offset && td_part_cut_back (self, self->sure);
}

/* After a restart what lies on the disk was not seen passing: it is read again. */
static gboolean
hash_rest (TdPart *self)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  int fd = g_open (self->path, O_RDONLY | O_CLOEXEC, 0);
  gssize got = 0;

  if (fd >= 0 && lseek (fd, self->hashed, SEEK_SET) == self->hashed)
    while ((got = read (fd, block, BLOCK)) > 0)
      {
        g_checksum_update (self->checksum, block, got);
        self->hashed += got;
      }
  if (fd >= 0)
    g_close (fd, NULL);
  return got == 0 && self->hashed == self->length;
}

gboolean
td_part_is_what_it_says (TdPart *self)
{
  g_autoptr (GChecksum) copy = NULL;

  if (self->offset != self->length || (self->hashed < self->length && !hash_rest (self)))
    return FALSE;
  copy = g_checksum_copy (self->checksum); /* reading a digest ends it */
  return strcmp (g_checksum_get_string (copy), self->sha) == 0;
}
