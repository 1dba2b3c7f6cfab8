/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/coding.h"

#include "wire/gzip.h"
#include "wire/messages.h"

#include <glib/gi18n.h>
#include <string.h>
#include <zstd.h>

#define LEVEL 11       /* two more take five times as long beside a dictionary */
#define WINDOW_MOST 24 /* log 2: a dictionary and what refers to it, 8 MiB each */
#define HASH_BYTES 32
#define PIECE (128 * 1024)

/* A skippable frame that holds the hash of the dictionary. */
static const guint8 dcz_magic[] = { 0x5e, 0x2a, 0x4d, 0x18, HASH_BYTES, 0, 0, 0 };

#define DCZ_HEAD (sizeof dcz_magic + HASH_BYTES)

static const char *const names[] = { NULL, "gzip", "zstd", "dcz" };

const char *
td_coding_name (TdCoding coding)
{
  g_return_val_if_fail ((guint)coding < G_N_ELEMENTS (names), NULL);

  return names[coding];
}

/**
 * td_coding_read:
 * @name: (nullable): header Content-Encoding; %NULL: there is none
 * @coding: (out): which it is
 *
 * Returns: %FALSE where it is none of ours, or several
 */
gboolean
td_coding_read (const char *name, TdCoding *coding)
{
  *coding = TD_CODING_NONE;
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (names[i] != NULL && g_ascii_strcasecmp (names[i], name) == 0)
      *coding = (TdCoding)i;
  return name == NULL || *coding != TD_CODING_NONE;
}

static void
hash_of (GBytes *known, guint8 hash[HASH_BYTES])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length, size = HASH_BYTES;
  const guint8 *data = g_bytes_get_data (known, &length);

  g_checksum_update (sum, data, (gssize)length);
  g_checksum_get_digest (sum, hash, &size);
}

/* ---- there ------------------------------------------------------------------------------------------- */

static GBytes *
compress_zstd (GBytes *plain, GBytes *known, const guint8 *head, gsize head_size)
{
  gsize length, known_length = 0;
  const guint8 *data = g_bytes_get_data (plain, &length);
  const guint8 *words = known == NULL ? NULL : g_bytes_get_data (known, &known_length);
  gsize room = ZSTD_compressBound (length);
  guint8 *out = g_malloc (head_size + room);
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  gsize size;

  g_assert (context != NULL);
  if (head_size > 0)
    memcpy (out, head, head_size);
  ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, LEVEL);
  if (known != NULL)
    {
      int window = (int)g_bit_storage (length + known_length);

      ZSTD_CCtx_setParameter (context, ZSTD_c_windowLog, CLAMP (window, 10, WINDOW_MOST));
      ZSTD_CCtx_refPrefix (context, words, known_length);
    }
  size = ZSTD_compress2 (context, out + head_size, room, data, length);
  g_assert (!ZSTD_isError (size));
  ZSTD_freeCCtx (context);
  return g_bytes_new_take (g_realloc (out, head_size + size), head_size + size);
}

static GBytes *
compress_dcz (GBytes *plain, GBytes *known)
{
  guint8 head[DCZ_HEAD];

  memcpy (head, dcz_magic, sizeof dcz_magic);
  hash_of (known, head + sizeof dcz_magic);
  return compress_zstd (plain, known, head, sizeof head);
}

/* What a reader may make of so many bytes. */
static gsize
most_of (GBytes *packed, GBytes *known)
{
  return (g_bytes_get_size (packed) + (known == NULL ? 0 : g_bytes_get_size (known))) * TD_CODING_RATIO;
}

/**
 * td_coding_pack:
 * @coding: how
 * @plain: a body
 * @known: (nullable): for %TD_CODING_DCZ, what the reader has
 *
 * Returns: (transfer full) (nullable): the body for the line; %NULL where it goes as it is: it is short, or would
 *   not become shorter, or a reader would take it for a bomb
 */
GBytes *
td_coding_pack (TdCoding coding, GBytes *plain, GBytes *known)
{
  g_autoptr (GBytes) packed = NULL;
  gsize size;

  g_return_val_if_fail (plain != NULL && (known != NULL || coding != TD_CODING_DCZ), NULL);

  size = g_bytes_get_size (plain);
  if (size <= TD_CODING_FROM || coding == TD_CODING_NONE)
    return NULL;
  if (coding == TD_CODING_GZIP)
    packed = td_gzip (plain);
  else
    packed = coding == TD_CODING_ZSTD ? compress_zstd (plain, NULL, NULL, 0) : compress_dcz (plain, known);
  if (g_bytes_get_size (packed) >= size || size > most_of (packed, coding == TD_CODING_DCZ ? known : NULL))
    return NULL;
  return g_steal_pointer (&packed);
}

/* ---- and back ------------------------------------------------------------------------------------------ */

static gboolean
fail (GError **error, TdWireError code)
{
  g_set_error_literal (error, TD_WIRE_ERROR, (int)code,
                       code == TD_WIRE_ERROR_LIMITS ? _ ("compressed data inflates beyond measure")
                                                    : _ ("compressed data is damaged or cut short"));
  return FALSE;
}

/* One frame and nothing behind it. */
static gboolean
inflate (ZSTD_DCtx *context, ZSTD_inBuffer *in, gsize max, GByteArray *plain, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  gsize left;

  do
    {
      ZSTD_outBuffer out = { piece, PIECE, 0 };
      gsize before = in->pos;

      left = ZSTD_decompressStream (context, &out, in);
      if (ZSTD_isError (left) || (left > 0 && out.pos == 0 && in->pos == before))
        return fail (error, TD_WIRE_ERROR_CODING);
      if (plain->len + out.pos > max)
        return fail (error, TD_WIRE_ERROR_LIMITS);
      g_byte_array_append (plain, piece, (guint)out.pos);
    }
  while (left > 0);
  return in->pos == in->size || fail (error, TD_WIRE_ERROR_CODING);
}

static GBytes *
uncompress_zstd (GBytes *packed, gsize from, GBytes *known, gsize max, GError **error)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  ZSTD_DCtx *context = ZSTD_createDCtx ();
  ZSTD_inBuffer in = { NULL, 0, from };
  gboolean done;

  g_assert (context != NULL);
  in.src = g_bytes_get_data (packed, &in.size);
  ZSTD_DCtx_setParameter (context, ZSTD_d_windowLogMax, WINDOW_MOST);
  if (known != NULL)
    ZSTD_DCtx_refPrefix (context, g_bytes_get_data (known, NULL), g_bytes_get_size (known));
  done = inflate (context, &in, MIN (max, most_of (packed, known)), plain, error);
  ZSTD_freeDCtx (context);
  return done ? g_byte_array_free_to_bytes (g_steal_pointer (&plain)) : NULL;
}

static gboolean
is_beside (GBytes *packed, GBytes *known)
{
  guint8 hash[HASH_BYTES];
  gsize length;
  const guint8 *data = g_bytes_get_data (packed, &length);

  if (known == NULL || length <= DCZ_HEAD || memcmp (data, dcz_magic, sizeof dcz_magic) != 0)
    return FALSE;
  hash_of (known, hash);
  return memcmp (data + sizeof dcz_magic, hash, HASH_BYTES) == 0;
}

/**
 * td_coding_unpack:
 * @coding: how it came
 * @packed: bytes from a stranger
 * @known: (nullable): for %TD_CODING_DCZ, what the other end has of us
 * @max: most bytes that may come out
 * @error: TD_WIRE_ERROR_CODING: damaged, cut short, or beside another dictionary; LIMITS: too large
 *
 * Returns: (transfer full) (nullable): the body
 */
GBytes *
td_coding_unpack (TdCoding coding, GBytes *packed, GBytes *known, gsize max, GError **error)
{
  g_return_val_if_fail (packed != NULL, NULL);

  switch (coding)
    {
    case TD_CODING_NONE:
      return g_bytes_ref (packed);
    case TD_CODING_GZIP:
      return td_gunzip (packed, max, error);
    case TD_CODING_ZSTD:
      return uncompress_zstd (packed, 0, NULL, max, error);
    case TD_CODING_DCZ:
      if (is_beside (packed, known))
        return uncompress_zstd (packed, DCZ_HEAD, known, max, error);
      break;
    }
  fail (error, TD_WIRE_ERROR_CODING);
  return NULL;
}
