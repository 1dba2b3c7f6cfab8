/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/gzip.h"

#include "wire/messages.h"

#include <glib/gi18n.h>

#define PIECE (64 * 1024)
#define LEVEL 6

/* Feeds @plain through @converter; FALSE once more than @max came out. */
static gboolean
convert (GConverter *converter, GBytes *from, gsize max, GByteArray *to, GError **error)
{
  gsize length, done = 0;
  const guint8 *data = g_bytes_get_data (from, &length);
  g_autofree guint8 *piece = g_malloc (PIECE);
  GConverterResult result;

  do
    {
      gsize read = 0, written = 0;

      result = g_converter_convert (converter, data + done, length - done, piece, PIECE, G_CONVERTER_INPUT_AT_END,
                                    &read, &written, error);
      if (result == G_CONVERTER_ERROR)
        return FALSE;
      done += read;
      g_byte_array_append (to, piece, (guint)written);
      if (to->len > max)
        {
          g_set_error_literal (error, TD_WIRE_ERROR, TD_WIRE_ERROR_LIMITS,
                               _ ("compressed data inflates beyond measure"));
          return FALSE;
        }
    }
  while (result != G_CONVERTER_FINISHED);
  if (done == length)
    return TRUE;
  g_set_error_literal (error, TD_WIRE_ERROR, TD_WIRE_ERROR_CODING, _ ("something follows the compressed data"));
  return FALSE;
}

/**
 * td_gzip:
 * @plain: bytes
 *
 * Returns: (transfer full): the same in gzip, without name or time, so that the
 * same bytes always give the same bytes
 */
GBytes *
td_gzip (GBytes *plain)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL);
  GByteArray *packed = g_byte_array_new ();
  gboolean done;

  g_return_val_if_fail (plain != NULL, NULL);

  done = convert (G_CONVERTER (compressor), plain, G_MAXUINT32 / 2, packed, NULL);
  g_assert (done);
  return g_byte_array_free_to_bytes (packed);
}

/**
 * td_gunzip:
 * @packed: bytes from a stranger
 * @max: most bytes that may come out
 * @error: TD_WIRE_ERROR_CODING: damaged or cut short; LIMITS: too large
 *
 * Returns: (transfer full) (nullable): what was compressed
 */
GBytes *
td_gunzip (GBytes *packed, gsize max, GError **error)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (packed != NULL, NULL);

  max = MIN (max, g_bytes_get_size (packed) * TD_CODING_RATIO);
  if (convert (G_CONVERTER (decompressor), packed, max, plain, &local))
    return g_byte_array_free_to_bytes (g_steal_pointer (&plain));
  if (local->domain == TD_WIRE_ERROR)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, TD_WIRE_ERROR, TD_WIRE_ERROR_CODING, _ ("compressed data is damaged or cut short"));
  return NULL;
}
