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

/* A stranger's file: lengths are checked before anything is read for them, nothing is
 * believed before its frame was authentic, and names are ours. */

typedef struct
{
  int fd;
  const TdSealedWatch *watch;
  const TdSealedKey *to;
  crypto_secretstream_xchacha20poly1305_state stream;
  GBytes *envelope;
  guint8 frame[TD_BUNDLE_FRAME];
  gsize filled, taken;
  gboolean final;
  GChecksum *checksum;
  const char *folder; /* NULL: large entries are read and let go */
} Reader;

static void
reader_clear (Reader *self)
{
  sodium_memzero (&self->stream, sizeof self->stream);
  sodium_memzero (self->frame, sizeof self->frame);
  g_clear_pointer (&self->envelope, g_bytes_unref);
  g_clear_pointer (&self->checksum, g_checksum_free);
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  self->fd = -1;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
fail (GError **error, TdSealedError code, const char *what)
{
  g_set_error_literal (error, TD_SEALED_ERROR, (int)code, what);
  return FALSE;
}

/* How many of @length bytes came; -1 with an error. */
static gssize
get (Reader *self, guint8 *data, gsize length, GError **error)
{
  gsize have = 0;

  if (g_cancellable_set_error_if_cancelled (self->watch->cancellable, error))
    return -1;
  while (have < length)
    {
      gssize got = read (self->fd, data + have, length - have);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          fail (error, TD_SEALED_ERROR_DISK, g_strerror (errno));
          return -1;
        }
      if (got == 0)
        break;
      have += (gsize)got;
    }
  g_checksum_update (self->checksum, data, (gssize)have);
  if (self->watch->progress != NULL)
    self->watch->progress (self->watch->data, (gint64)have);
  return (gssize)have;
}

static gboolean
get_whole (Reader *self, guint8 *data, gsize length, GError **error)
{
  gssize got = get (self, data, length, error);

  return got == (gssize)length || (got >= 0 && fail (error, TD_SEALED_ERROR_CUT, "the end is missing"));
}

/* ---- the envelope --------------------------------------------------------------------------- */

static gboolean
our_keys (const TdSealedKey *to, guint8 *box_key, guint8 *box_secret)
{
  guint8 key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
  gboolean good;

  good = td_is_hex (to->key, 2 * sizeof key) && td_is_hex (to->secret, 2 * sizeof secret)
         && sodium_hex2bin (key, sizeof key, to->key, 2 * sizeof key, NULL, NULL, NULL) == 0
         && sodium_hex2bin (secret, sizeof secret, to->secret, 2 * sizeof secret, NULL, NULL, NULL) == 0
         && crypto_sign_ed25519_pk_to_curve25519 (box_key, key) == 0
         && crypto_sign_ed25519_sk_to_curve25519 (box_secret, secret) == 0;
  sodium_memzero (secret, sizeof secret);
  return good;
}

GBytes *
td_sealed_unbox (GBytes *bytes, const TdSealedKey *to)
{
  guint8 key[crypto_box_PUBLICKEYBYTES], secret[crypto_box_SECRETKEYBYTES];
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *plain = g_malloc (MAX (length, 1));
  gboolean good = length > crypto_box_SEALBYTES && our_keys (to, key, secret)
                  && crypto_box_seal_open (plain, data, length, key, secret) == 0;

  sodium_memzero (secret, sizeof secret);
  return good ? g_bytes_new_take (g_steal_pointer (&plain), length - crypto_box_SEALBYTES) : NULL;
}

static gboolean
find_box (Reader *self, const guint8 *boxes, gsize n_boxes, guint8 *stream_key)
{
  guint8 key[crypto_box_PUBLICKEYBYTES], secret[crypto_box_SECRETKEYBYTES];
  gboolean found = FALSE;

  if (our_keys (self->to, key, secret))
    for (gsize i = 0; i < n_boxes && !found; i++)
      found = crypto_box_seal_open (stream_key, boxes + i * TD_BUNDLE_BOX_BYTES, TD_BUNDLE_BOX_BYTES, key, secret) == 0;
  sodium_memzero (secret, sizeof secret);
  return found;
}

static gboolean
open_envelope (Reader *self, GError **error)
{
  guint8 front[TD_BUNDLE_FRONT], key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  gssize got = get (self, front, sizeof front, error);
  gssize length = got < 0 ? -1 : td_bundle_envelope_length (front, (gsize)got, NULL);
  g_autofree guint8 *whole = NULL;
  gsize n_boxes;
  gboolean good;

  if (got < 0)
    return FALSE;
  if (length < 0)
    return fail (error, TD_SEALED_ERROR_FOREIGN, "not a package");
  whole = g_malloc ((gsize)length);
  memcpy (whole, front, sizeof front);
  if (!get_whole (self, whole + sizeof front, (gsize)length - sizeof front, error))
    return FALSE;
  n_boxes = ((gsize)length - TD_BUNDLE_FRONT - TD_BUNDLE_STREAM_BYTES) / TD_BUNDLE_BOX_BYTES;
  if (!find_box (self, whole + TD_BUNDLE_FRONT, n_boxes, key))
    return fail (error, TD_SEALED_ERROR_RECIPIENT, "sealed for others");
  good = crypto_secretstream_xchacha20poly1305_init_pull (&self->stream, whole + length - TD_BUNDLE_STREAM_BYTES, key)
         == 0;
  sodium_memzero (key, sizeof key);
  self->envelope = g_bytes_new_take (g_steal_pointer (&whole), (gsize)length);
  return good || fail (error, TD_SEALED_ERROR_DAMAGED, "header");
}

/* ---- frames ------------------------------------------------------------------------------------ */

static gboolean
next_frame (Reader *self, GError **error)
{
  guint8 four[4], in[TD_BUNDLE_FRAME + TD_BUNDLE_FRAME_EXTRA], tag = 0;
  gsize n_extra = 0;
  const guint8 *extra = self->envelope == NULL ? NULL : g_bytes_get_data (self->envelope, &n_extra);
  unsigned long long length = 0;
  guint32 coded;

  if (!get_whole (self, four, sizeof four, error))
    return FALSE;
  coded = td_bundle_frame_length (four);
  if (coded == 0)
    return fail (error, TD_SEALED_ERROR_DAMAGED, "frame");
  if (!get_whole (self, in, coded, error))
    return FALSE;
  if (crypto_secretstream_xchacha20poly1305_pull (&self->stream, self->frame, &length, &tag, in, coded, extra, n_extra)
      != 0)
    return fail (error, TD_SEALED_ERROR_DAMAGED, "frame");
  g_clear_pointer (&self->envelope, g_bytes_unref);
  self->filled = (gsize)length;
  self->taken = 0;
  self->final = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return TRUE;
}

/* The next bytes of the stream, at most @most; 0: an error. */
static gsize
some (Reader *self, const guint8 **data, gsize most, GError **error)
{
  gsize length;

  while (self->taken == self->filled)
    {
      if (self->final)
        {
          fail (error, TD_SEALED_ERROR_DAMAGED, "ends too early");
          return 0;
        }
      if (!next_frame (self, error))
        return 0;
    }
  length = MIN (most, self->filled - self->taken);
  *data = self->frame + self->taken;
  self->taken += length;
  return length;
}

static gboolean
take (Reader *self, guint8 *data, gsize length, GError **error)
{
  while (length > 0)
    {
      const guint8 *at;
      gsize got = some (self, &at, length, error);

      if (got == 0)
        return FALSE;
      memcpy (data, at, got);
      data += got;
      length -= got;
    }
  return TRUE;
}

static gboolean
at_end (Reader *self, GError **error)
{
  guint8 more;

  while (self->taken == self->filled && !self->final)
    if (!next_frame (self, error))
      return FALSE;
  if (self->taken < self->filled || get (self, &more, 1, NULL) != 0)
    return fail (error, TD_SEALED_ERROR_DAMAGED, "bytes after the end");
  return TRUE;
}

/* ---- what is in it ------------------------------------------------------------------------------ */

static gboolean
is_for_us (const TdBundle *bundle, const TdSealedKey *to)
{
  return g_strv_contains ((const char *const *)bundle->recipients, to->key);
}

static TdBundle *
read_manifest (Reader *self, GError **error)
{
  guint8 four[4];
  guint32 length;
  g_autofree char *data = NULL;
  char sig[TD_BUNDLE_SIGNATURE + 1] = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TdBundle) bundle = NULL;
  g_autofree char *digest = NULL;
  g_autoptr (GError) local = NULL;

  if (!take (self, four, sizeof four, error))
    return NULL;
  length = (guint32)four[0] << 24 | (guint32)four[1] << 16 | (guint32)four[2] << 8 | four[3];
  if (length == 0 || length > TD_BUNDLE_MANIFEST_MAX)
    {
      fail (error, TD_SEALED_ERROR_DAMAGED, "manifest");
      return NULL;
    }
  data = g_malloc (length);
  if (!take (self, (guint8 *)data, length, error) || !take (self, (guint8 *)sig, TD_BUNDLE_SIGNATURE, error))
    return NULL;
  digest = td_digest (data, (gssize)length);
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  bundle = td_bundle_read (bytes, &local);
  if (bundle == NULL)
    fail (error,
          g_error_matches (local, TD_WIRE_ERROR, TD_WIRE_ERROR_VERSION) ? TD_SEALED_ERROR_VERSION
                                                                        : TD_SEALED_ERROR_DAMAGED,
          local->message);
  else if (!td_verify (bundle->key, digest, sig) || !is_for_us (bundle, self->to))
    fail (error, TD_SEALED_ERROR_SIGNATURE, "not signed by who it says");
  else
    return g_steal_pointer (&bundle);
  return NULL;
}

static gboolean
read_small (Reader *self, TdBundleEntry *entry, GError **error)
{
  g_autofree guint8 *data = g_malloc ((gsize)entry->length);
  g_autofree char *sha = NULL;

  if (!take (self, data, (gsize)entry->length, error))
    return FALSE;
  sha = td_digest ((const char *)data, (gssize)entry->length);
  if (strcmp (sha, entry->sha) != 0)
    return fail (error, TD_SEALED_ERROR_DAMAGED, entry->kind);
  entry->bytes = g_bytes_new_take (g_steal_pointer (&data), (gsize)entry->length);
  return TRUE;
}

static GOutputStream *
open_target (Reader *self, TdBundleEntry *entry, GError **error)
{
  guint8 random[8];
  char name[17];
  g_autofree char *base = NULL;
  g_autoptr (GFile) file = NULL;

  randombytes_buf (random, sizeof random);
  sodium_bin2hex (name, sizeof name, random, sizeof random);
  base = g_strdup_printf ("pkg-%s.part", name);
  entry->path = g_build_filename (self->folder, base, NULL);
  file = g_file_new_for_path (entry->path);
  return G_OUTPUT_STREAM (g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error));
}

static gboolean
disk_fault (GError **error, GError *local)
{
  fail (error, g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? TD_SEALED_ERROR_FULL : TD_SEALED_ERROR_DISK,
        local->message);
  g_error_free (local);
  return FALSE;
}

static gboolean
read_large (Reader *self, TdBundleEntry *entry, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  GError *local = NULL;
  g_autoptr (GOutputStream) output = self->folder == NULL ? NULL : open_target (self, entry, &local);
  gint64 left = entry->length;

  if (local != NULL)
    return disk_fault (error, local);
  while (left > 0)
    {
      const guint8 *data;
      gsize got = some (self, &data, (gsize)MIN (left, TD_BUNDLE_FRAME), error);

      if (got == 0)
        return FALSE;
      g_checksum_update (checksum, data, (gssize)got);
      left -= (gint64)got;
      if (output != NULL && !g_output_stream_write_all (output, data, got, NULL, NULL, &local))
        return disk_fault (error, local);
    }
  if (output != NULL && !g_output_stream_close (output, NULL, &local))
    return disk_fault (error, local);
  return strcmp (g_checksum_get_string (checksum), entry->sha) == 0
         || fail (error, TD_SEALED_ERROR_DAMAGED, entry->kind);
}

static TdBundle *
read_all (Reader *self, GError **error)
{
  g_autoptr (TdBundle) bundle = NULL;
  gboolean good = TRUE;

  if (!open_envelope (self, error))
    return NULL;
  bundle = read_manifest (self, error);
  for (guint i = 0; bundle != NULL && good && i < bundle->entries->len; i++)
    {
      TdBundleEntry *entry = bundle->entries->pdata[i];

      good = td_bundle_entry_is_large (entry) ? read_large (self, entry, error) : read_small (self, entry, error);
    }
  if (bundle == NULL || (good && at_end (self, error)))
    return g_steal_pointer (&bundle);
  td_sealed_discard (bundle);
  return NULL;
}

void
td_sealed_discard (TdBundle *bundle)
{
  for (guint i = 0; bundle != NULL && i < bundle->entries->len; i++)
    {
      TdBundleEntry *entry = bundle->entries->pdata[i];

      if (entry->path != NULL)
        g_unlink (entry->path);
      g_clear_pointer (&entry->path, g_free);
    }
}

static TdBundle *
read_file (
    const char *path, const TdSealedKey *to, const char *folder, const TdSealedWatch *watch, char **sha, GError **error)
{
  static const TdSealedWatch nobody = { NULL };
  g_auto (Reader) reader = { .fd = -1, .watch = watch == NULL ? &nobody : watch, .to = to, .folder = folder };
  TdBundle *bundle;

  reader.checksum = g_checksum_new (G_CHECKSUM_SHA256);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      fail (error, TD_SEALED_ERROR_DISK, "not a file");
      return NULL;
    }
  reader.fd = g_open (path, O_RDONLY | O_BINARY | O_CLOEXEC, 0);
  if (reader.fd < 0)
    {
      fail (error, TD_SEALED_ERROR_DISK, g_strerror (errno));
      return NULL;
    }
  bundle = read_all (&reader, error);
  if (bundle != NULL && sha != NULL)
    *sha = g_strdup (g_checksum_get_string (reader.checksum));
  return bundle;
}

TdBundle *
td_sealed_read (const char *path, const TdSealedKey *to, const TdSealedWatch *watch, char **sha, GError **error)
{
  g_return_val_if_fail (path != NULL && to != NULL, NULL);

  return read_file (path, to, NULL, watch, sha, error);
}

TdBundle *
td_sealed_extract (
    const char *path, const TdSealedKey *to, const char *folder, const TdSealedWatch *watch, GError **error)
{
  g_return_val_if_fail (path != NULL && to != NULL && folder != NULL, NULL);

  return td_disk_make_folder (folder, error) ? read_file (path, to, folder, watch, NULL, error) : NULL;
}
