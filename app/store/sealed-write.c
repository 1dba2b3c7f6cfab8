/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/sealed.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#ifdef G_OS_UNIX
#include <unistd.h>
#else
#include <io.h>
#endif

#include "dossier/crypto.h"
#include "store/disk.h"

#ifndef O_BINARY
#define O_BINARY 0
#endif
#ifndef O_CLOEXEC
#define O_CLOEXEC 0
#endif

G_STATIC_ASSERT (TD_BUNDLE_BOX_BYTES == crypto_box_SEALBYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES);
G_STATIC_ASSERT (TD_BUNDLE_STREAM_BYTES == crypto_secretstream_xchacha20poly1305_HEADERBYTES);
G_STATIC_ASSERT (TD_BUNDLE_FRAME_EXTRA == crypto_secretstream_xchacha20poly1305_ABYTES);

G_DEFINE_QUARK (td - sealed - error - quark, td_sealed_error)

typedef struct
{
  int fd;
  const TdSealedWatch *watch;
  crypto_secretstream_xchacha20poly1305_state stream;
  GBytes *envelope; /* what the first frame vouches for; then NULL */
  guint8 frame[TD_BUNDLE_FRAME];
  gsize filled;
  GChecksum *checksum;
  gint64 size;
} Writer;

static void
writer_clear (Writer *self)
{
  sodium_memzero (&self->stream, sizeof self->stream);
  sodium_memzero (self->frame, sizeof self->frame);
  g_clear_pointer (&self->envelope, g_bytes_unref);
  g_clear_pointer (&self->checksum, g_checksum_free);
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  self->fd = -1;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean
fail_disk (GError **error, int number)
{
  g_set_error (error, TD_SEALED_ERROR,
               number == ENOSPC || number == EFBIG || number == EDQUOT ? TD_SEALED_ERROR_FULL : TD_SEALED_ERROR_DISK,
               "%s", g_strerror (number));
  return FALSE;
}

static gboolean
put (Writer *self, const guint8 *data, gsize length, GError **error)
{
  g_checksum_update (self->checksum, data, (gssize)length);
  self->size += (gint64)length;
  while (length > 0)
    {
      gssize written = write (self->fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return fail_disk (error, written < 0 ? errno : ENOSPC);
      data += written;
      length -= (gsize)written;
    }
  return TRUE;
}

static gboolean
put_frame (Writer *self, guint8 tag, GError **error)
{
  guint8 out[4 + TD_BUNDLE_FRAME + TD_BUNDLE_FRAME_EXTRA];
  unsigned long long length;
  gsize n_extra = 0;
  const guint8 *extra = self->envelope == NULL ? NULL : g_bytes_get_data (self->envelope, &n_extra);

  if (g_cancellable_set_error_if_cancelled (self->watch->cancellable, error))
    return FALSE;
  crypto_secretstream_xchacha20poly1305_push (&self->stream, out + 4, &length, self->frame, self->filled, extra,
                                              n_extra, tag);
  g_clear_pointer (&self->envelope, g_bytes_unref);
  td_bundle_put_length (out, (guint32)length);
  if (self->watch->progress != NULL)
    self->watch->progress (self->watch->data, (gint64)self->filled);
  self->filled = 0;
  return put (self, out, 4 + (gsize)length, error);
}

static gboolean
add (Writer *self, const void *data, gsize length, GError **error)
{
  const guint8 *at = data;

  while (length > 0)
    {
      gsize some = MIN (length, TD_BUNDLE_FRAME - self->filled);

      memcpy (self->frame + self->filled, at, some);
      self->filled += some;
      at += some;
      length -= some;
      if (self->filled == TD_BUNDLE_FRAME && !put_frame (self, 0, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the envelope ------------------------------------------------------------------------ */

gboolean
td_sealed_can_reach (const char *key)
{
  guint8 sign[crypto_sign_PUBLICKEYBYTES], box[crypto_box_PUBLICKEYBYTES];

  return td_is_hex (key, 2 * sizeof sign) && sodium_hex2bin (sign, sizeof sign, key, 64, NULL, NULL, NULL) == 0
         && crypto_sign_ed25519_pk_to_curve25519 (box, sign) == 0;
}

static gboolean
box_to (guint8 *box, const void *data, gsize length, const char *key)
{
  guint8 sign[crypto_sign_PUBLICKEYBYTES], to[crypto_box_PUBLICKEYBYTES];

  return td_is_hex (key, 2 * sizeof sign) && sodium_hex2bin (sign, sizeof sign, key, 64, NULL, NULL, NULL) == 0
         && crypto_sign_ed25519_pk_to_curve25519 (to, sign) == 0 && crypto_box_seal (box, data, length, to) == 0;
}

GBytes *
td_sealed_box (GBytes *bytes, const char *key)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint8 *box = g_malloc (length + crypto_box_SEALBYTES);

  if (box_to (box, data, length, key))
    return g_bytes_new_take (box, length + crypto_box_SEALBYTES);
  g_free (box);
  return NULL;
}

static gboolean
open_envelope (Writer *self, const TdBundle *bundle, GError **error)
{
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint8 header[TD_BUNDLE_STREAM_BYTES];
  guint n = g_strv_length (bundle->recipients);
  g_autofree guint8 *boxes = g_malloc ((gsize)MAX (n, 1) * TD_BUNDLE_BOX_BYTES);
  gsize length;
  const guint8 *data;
  gboolean good = n > 0 && n <= TD_BUNDLE_BOXES_MAX;

  crypto_secretstream_xchacha20poly1305_keygen (key);
  for (guint i = 0; good && i < n; i++)
    good = box_to (boxes + (gsize)i * TD_BUNDLE_BOX_BYTES, key, sizeof key, bundle->recipients[i]);
  crypto_secretstream_xchacha20poly1305_init_push (&self->stream, header, key);
  sodium_memzero (key, sizeof key);
  if (!good)
    {
      g_set_error_literal (error, TD_SEALED_ERROR, TD_SEALED_ERROR_RECIPIENT, "nobody it can be sealed to");
      return FALSE;
    }
  self->envelope = td_bundle_envelope_write (boxes, n, header);
  data = g_bytes_get_data (self->envelope, &length);
  return put (self, data, length, error);
}

/* ---- what is in it ------------------------------------------------------------------------- */

static gboolean
add_manifest (Writer *self, const TdBundle *bundle, const TdSealedKey *from, GError **error)
{
  g_autoptr (GBytes) manifest = td_bundle_write (bundle, error);
  g_autofree char *digest = NULL, *sig = NULL;
  guint8 four[4];
  gsize length;
  const char *data;

  if (manifest == NULL)
    return FALSE;
  data = g_bytes_get_data (manifest, &length);
  digest = td_digest (data, (gssize)length);
  sig = td_sign (from->secret, digest);
  td_bundle_put_length (four, (guint32)length);
  return add (self, four, sizeof four, error) && add (self, data, length, error)
         && add (self, sig, TD_BUNDLE_SIGNATURE, error);
}

static gboolean
bad_source (GError **error, const TdBundleEntry *entry)
{
  g_set_error (error, TD_SEALED_ERROR, TD_SEALED_ERROR_SOURCE, "%s", entry->sha);
  return FALSE;
}

static gboolean
add_file (Writer *self, const TdBundleEntry *entry, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (entry->path);
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (TD_BUNDLE_FRAME);
  gint64 left = entry->length;
  gssize got = 0;

  while (input != NULL && left > 0
         && (got = g_input_stream_read (G_INPUT_STREAM (input), block, (gsize)MIN (left, TD_BUNDLE_FRAME), NULL, NULL))
                > 0)
    {
      g_checksum_update (checksum, block, got);
      left -= got;
      if (!add (self, block, (gsize)got, error))
        return FALSE;
    }
  return (left == 0 && strcmp (g_checksum_get_string (checksum), entry->sha) == 0) || bad_source (error, entry);
}

static gboolean
add_entry (Writer *self, const TdBundleEntry *entry, GError **error)
{
  gsize length;
  const void *data;

  if (entry->bytes == NULL)
    return entry->path != NULL ? add_file (self, entry, error) : bad_source (error, entry);
  data = g_bytes_get_data (entry->bytes, &length);
  return add (self, data, length, error);
}

static gboolean
write_all (Writer *self, const TdBundle *bundle, const TdSealedKey *from, GError **error)
{
  if (!open_envelope (self, bundle, error) || !add_manifest (self, bundle, from, error))
    return FALSE;
  for (guint i = 0; i < bundle->entries->len; i++)
    if (!add_entry (self, bundle->entries->pdata[i], error))
      return FALSE;
  if (!put_frame (self, crypto_secretstream_xchacha20poly1305_TAG_FINAL, error))
    return FALSE;
  return g_fsync (self->fd) == 0 || fail_disk (error, errno);
}

/* ---- read back ------------------------------------------------------------------------------ */

/* From the stick itself where the system lets us ask for that. */
static gboolean
read_back (const char *path, const TdSealedWatch *watch, const char *sha, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (TD_BUNDLE_FRAME);
  int fd = g_open (path, O_RDONLY | O_BINARY | O_CLOEXEC, 0);
  gssize got = 0;

  if (fd < 0)
    return fail_disk (error, errno);
#ifdef POSIX_FADV_DONTNEED
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
#endif
  while (!g_cancellable_is_cancelled (watch->cancellable) && (got = read (fd, block, TD_BUNDLE_FRAME)) > 0)
    {
      g_checksum_update (checksum, block, got);
      if (watch->progress != NULL)
        watch->progress (watch->data, got);
    }
  g_close (fd, NULL);
  if (g_cancellable_set_error_if_cancelled (watch->cancellable, error))
    return FALSE;
  if (got == 0 && strcmp (g_checksum_get_string (checksum), sha) == 0)
    return TRUE;
  g_set_error_literal (error, TD_SEALED_ERROR, TD_SEALED_ERROR_DAMAGED, "what was written can't be read back");
  return FALSE;
}

static gboolean
write_temporary (const char *path,
                 TdBundle *bundle,
                 const TdSealedKey *from,
                 const TdSealedWatch *watch,
                 char **sha,
                 gint64 *size,
                 GError **error)
{
  g_auto (Writer) writer = { .fd = -1, .watch = watch };

  writer.checksum = g_checksum_new (G_CHECKSUM_SHA256);
  writer.fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_BINARY | O_CLOEXEC, 0600);
  if (writer.fd < 0)
    return fail_disk (error, errno);
  if (!write_all (&writer, bundle, from, error))
    return FALSE;
  *sha = g_strdup (g_checksum_get_string (writer.checksum));
  *size = writer.size;
  return TRUE;
}

gboolean
td_sealed_write (const char *path,
                 TdBundle *bundle,
                 const TdSealedKey *from,
                 const TdSealedWatch *watch,
                 char **sha,
                 gint64 *size,
                 GError **error)
{
  static const TdSealedWatch nobody = { NULL };
  g_autofree char *temporary = g_strconcat (path, ".part", NULL);
  g_autofree char *found = NULL;
  gint64 length = 0;

  g_return_val_if_fail (path != NULL && bundle != NULL && from != NULL, FALSE);

  if (watch == NULL)
    watch = &nobody;
  g_free (bundle->key);
  bundle->key = g_strdup (from->key);
  g_unlink (temporary);
  if (!write_temporary (temporary, bundle, from, watch, &found, &length, error)
      || !read_back (temporary, watch, found, error) || !td_disk_put (temporary, path, error))
    {
      g_unlink (temporary);
      return FALSE;
    }
  if (size != NULL)
    *size = length;
  if (sha != NULL)
    *sha = g_steal_pointer (&found);
  return TRUE;
}
