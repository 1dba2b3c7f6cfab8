/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "fuzz/fuzz.h"

#include "dossier/crypto.h"
#include "store/sealed.h"

#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A package as a file. The first byte says what the rest is: the file itself; the stream behind the seal; or a
 * manifest and entries, which are signed and sealed here, because no bytes of chance ever pass a signature. */

#define FRAME 997 /* small, so that short streams have several */

static void
append_length (GByteArray *out, guint32 length)
{
  guint8 four[4];

  td_bundle_put_length (four, length);
  g_byte_array_append (out, four, sizeof four);
}

static void
append_frame (GByteArray *out,
              crypto_secretstream_xchacha20poly1305_state *state,
              const guint8 *data,
              gsize length,
              GBytes *vouched,
              gboolean final)
{
  guint8 box[FRAME + TD_BUNDLE_FRAME_EXTRA];
  gsize extra = 0;
  const guint8 *ad = vouched == NULL ? NULL : g_bytes_get_data (vouched, &extra);
  guint8 tag = final ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;

  crypto_secretstream_xchacha20poly1305_push (state, box, NULL, data, length, ad, extra, tag);
  append_length (out, (guint32)length + TD_BUNDLE_FRAME_EXTRA);
  g_byte_array_append (out, box, (guint)length + TD_BUNDLE_FRAME_EXTRA);
}

static void
box_to (guint8 *box, const guint8 *secret, const char *reader)
{
  guint8 key[32], box_key[32];

  sodium_hex2bin (key, sizeof key, reader, 64, NULL, NULL, NULL);
  g_assert_true (crypto_sign_ed25519_pk_to_curve25519 (box_key, key) == 0);
  crypto_box_seal (box, secret, 32, box_key);
}

/* @stream sealed to @reader. */
static GByteArray *
seal (const guint8 *stream, gsize size, const char *reader)
{
  static const guint8 secret[32] = { 7 };
  guint8 box[TD_BUNDLE_BOX_BYTES], header[TD_BUNDLE_STREAM_BYTES];
  crypto_secretstream_xchacha20poly1305_state state;
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) envelope = NULL;
  gsize at = 0;

  box_to (box, secret, reader);
  crypto_secretstream_xchacha20poly1305_init_push (&state, header, secret);
  envelope = td_bundle_envelope_write (box, 1, header);
  g_byte_array_append (out, g_bytes_get_data (envelope, NULL), (guint)g_bytes_get_size (envelope));
  do
    {
      gsize length = MIN (FRAME, size - at);

      append_frame (out, &state, stream + at, length, at == 0 ? envelope : NULL, at + length == size);
      at += length;
    }
  while (at < size);
  return out;
}

/* The manifest up to the first line break, signed by @writer, and what comes after it. */
static GByteArray *
sign (const guint8 *data, gsize size, const char *secret)
{
  const guint8 *end = memchr (data, '\n', size);
  gsize length = end == NULL ? size : (gsize)(end - data);
  g_autofree char *digest = td_digest ((const char *)data, (gssize)length);
  g_autofree char *sig = td_sign (secret, digest);
  GByteArray *out = g_byte_array_new ();

  append_length (out, (guint32)length);
  g_byte_array_append (out, data, (guint)length);
  g_byte_array_append (out, (const guint8 *)sig, TD_BUNDLE_SIGNATURE);
  if (end != NULL)
    g_byte_array_append (out, end + 1, (guint)(size - length - 1));
  return out;
}

static void
read_file (const guint8 *data, gsize size, const TdSealedKey *reader)
{
  static int fd = -1;
  g_autofree char *path = NULL;
  g_autoptr (TdBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  if (fd < 0)
    fd = memfd_create ("package", MFD_CLOEXEC);
  path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_assert_true (ftruncate (fd, 0) == 0);
  g_assert_true (pwrite (fd, data, size, 0) == (gssize)size);
  bundle = td_sealed_read (path, reader, NULL, NULL, &error);
  g_assert_true ((bundle == NULL) == (error != NULL));
}

void
fuzz_sealed (const guint8 *data, gsize size)
{
  TdSealedKey writer, reader;
  g_autoptr (GByteArray) stream = NULL;
  g_autoptr (GByteArray) file = NULL;

  fuzz_key (1, &writer.key, &writer.secret);
  fuzz_key (2, &reader.key, &reader.secret);
  if (size < 2)
    return;
  if (data[0] % 3 == 0)
    {
      read_file (data + 1, size - 1, &reader);
      return;
    }
  if (data[0] % 3 == 1)
    stream = sign (data + 1, size - 1, writer.secret);
  else
    stream = g_byte_array_append (g_byte_array_new (), data + 1, (guint)size - 1);
  file = seal (stream->data, stream->len, reader.key);
  read_file (file->data, file->len, &reader);
}
