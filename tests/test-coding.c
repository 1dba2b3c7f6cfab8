/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/coding.h"
#include "wire/messages.h"

#include <string.h>

/* Bodies go there and back in each coding, and no packed byte a peer may send does more than be refused. */

#define MOST (64 * 1024 * 1024)

/* Words that never come twice in a row, so that only a dictionary makes them short. */
static GBytes *
words (guint seed, gsize size)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < size)
    g_string_append_printf (text, "%x tập thể %u ", g_rand_int (random), g_rand_int_range (random, 0, 1000));
  g_string_truncate (text, size);
  return g_bytes_new (text->str, text->len);
}

static GBytes *
unpacked (TdCoding coding, GBytes *packed, GBytes *known)
{
  GError *error = NULL;
  GBytes *plain = td_coding_unpack (coding, packed, known, MOST, &error);

  g_assert_no_error (error);
  return plain;
}

static void
expect (TdCoding coding, GBytes *taken, GBytes *known, gsize max, TdWireError code)
{
  g_autoptr (GBytes) packed = taken;
  g_autoptr (GError) error = NULL;

  g_assert_null (td_coding_unpack (coding, packed, known, max, &error));
  g_assert_error (error, TD_WIRE_ERROR, (int)code);
}

static void
test_names (void)
{
  TdCoding coding;

  for (guint i = TD_CODING_NONE; i <= TD_CODING_DCZ; i++)
    {
      g_assert_true (td_coding_read (td_coding_name ((TdCoding)i), &coding));
      g_assert_cmpuint (coding, ==, i);
    }
  g_assert_true (td_coding_read ("GZip", &coding));
  g_assert_false (td_coding_read ("", &coding));
  g_assert_false (td_coding_read ("br", &coding));
  g_assert_false (td_coding_read ("gzip, zstd", &coding));
}

static void
test_round_trips (void)
{
  const gsize sizes[] = { 301, 65536, 300000, 3000000 };
  g_autoptr (GBytes) known = words (1, 200000);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint coding = TD_CODING_GZIP; coding <= TD_CODING_DCZ; coding++)
      {
        g_autoptr (GBytes) plain = words (i + 2, sizes[i]);
        g_autoptr (GBytes) packed = td_coding_pack ((TdCoding)coding, plain, known);
        g_autoptr (GBytes) again = td_coding_pack ((TdCoding)coding, plain, known);
        g_autoptr (GBytes) back = unpacked ((TdCoding)coding, packed, known);

        g_assert_true (g_bytes_equal (plain, back));
        g_assert_true (g_bytes_equal (packed, again));
        g_assert_cmpuint (g_bytes_get_size (packed), <, sizes[i]);
      }
}

/* Short ones, those that nothing makes shorter, and those that look like a bomb. */
static void
test_as_it_is (void)
{
  g_autoptr (GBytes) short_one = words (1, TD_CODING_FROM);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GByteArray) noise = g_byte_array_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autofree char *same = g_strnfill (400000, ' ');
  g_autoptr (GBytes) spaces = g_bytes_new (same, 400000);
  g_autoptr (GBytes) dense = NULL, back = NULL;

  for (guint i = 0; i < 500; i++)
    {
      guint8 byte = (guint8)g_rand_int (random);

      g_byte_array_append (noise, &byte, 1);
    }
  dense = g_byte_array_free_to_bytes (g_steal_pointer (&noise));
  for (guint coding = TD_CODING_NONE; coding <= TD_CODING_DCZ; coding++)
    {
      g_assert_null (td_coding_pack ((TdCoding)coding, empty, empty));
      g_assert_null (td_coding_pack ((TdCoding)coding, short_one, empty));
      g_assert_null (td_coding_pack ((TdCoding)coding, dense, empty));
      g_assert_null (td_coding_pack ((TdCoding)coding, spaces, empty));
    }
  back = unpacked (TD_CODING_NONE, dense, NULL);
  g_assert_true (g_bytes_equal (back, dense));
}

/* What was just sent up comes down as references, from a megabyte away too. */
static void
test_known (void)
{
  g_autoptr (GBytes) first = words (1, 2000);
  g_autoptr (GBytes) rest = words (2, 1000 * 1000);
  g_autoptr (GByteArray) request = g_byte_array_new ();
  g_autoptr (GBytes) known = NULL, alone = NULL, beside = NULL, back = NULL;

  g_byte_array_append (request, g_bytes_get_data (first, NULL), 2000);
  g_byte_array_append (request, g_bytes_get_data (rest, NULL), 1000 * 1000);
  known = g_byte_array_free_to_bytes (g_steal_pointer (&request));
  alone = td_coding_pack (TD_CODING_ZSTD, first, NULL);
  beside = td_coding_pack (TD_CODING_DCZ, first, known);
  g_assert_cmpuint (g_bytes_get_size (beside), <, 80);
  g_assert_cmpuint (g_bytes_get_size (alone), >, 500);
  back = unpacked (TD_CODING_DCZ, beside, known);
  g_assert_true (g_bytes_equal (first, back));
}

static void
test_damaged (gconstpointer data)
{
  TdCoding coding = (TdCoding)GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) known = words (1, 3000);
  g_autoptr (GBytes) other = words (2, 3000);
  g_autoptr (GBytes) plain = words (3, 5000);
  g_autoptr (GBytes) packed = td_coding_pack (coding, plain, known);
  g_autoptr (GByteArray) tail = g_byte_array_new ();
  gsize size = g_bytes_get_size (packed);

  for (gsize cut = 0; cut < size; cut++)
    expect (coding, g_bytes_new_from_bytes (packed, 0, cut), known, MOST, TD_WIRE_ERROR_CODING);
  expect (coding, g_bytes_ref (packed), known, 4999, TD_WIRE_ERROR_LIMITS);
  expect (coding, g_bytes_ref (plain), known, MOST, TD_WIRE_ERROR_CODING);
  g_byte_array_append (tail, g_bytes_get_data (packed, NULL), (guint)size);
  g_byte_array_append (tail, (const guint8 *)"more", 4);
  expect (coding, g_byte_array_free_to_bytes (g_steal_pointer (&tail)), known, MOST, TD_WIRE_ERROR_CODING);
  if (coding != TD_CODING_DCZ)
    return;
  expect (coding, g_bytes_ref (packed), other, MOST, TD_WIRE_ERROR_CODING);
  expect (coding, g_bytes_ref (packed), NULL, MOST, TD_WIRE_ERROR_CODING);
}

/* One raw block of one byte, which wants a window of 2^@exponent. */
static GBytes *
frame_with_window (guint exponent)
{
  guint8 frame[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x00, (guint8)((exponent - 10) << 3), 0x09, 0x00, 0x00, 'x' };

  return g_bytes_new (frame, sizeof frame);
}

/* One block that says a byte stands 128 KiB times, many times over. */
static GBytes *
bomb (guint blocks)
{
  const guint8 head[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x00, (20 - 10) << 3 };
  const guint32 size = 128 * 1024;
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, head, sizeof head);
  for (guint i = 0; i < blocks; i++)
    {
      guint32 words_of_block = (size << 3) | (1 << 1) | (i + 1 == blocks);
      guint8 block[] = { words_of_block & 0xff, (words_of_block >> 8) & 0xff, (words_of_block >> 16) & 0xff, 0 };

      g_byte_array_append (bytes, block, sizeof block);
    }
  return g_byte_array_free_to_bytes (bytes);
}

static void
test_greedy (void)
{
  g_autoptr (GBytes) modest = frame_with_window (20);
  g_autoptr (GBytes) plain = unpacked (TD_CODING_ZSTD, modest, NULL);

  g_assert_cmpuint (g_bytes_get_size (plain), ==, 1);
  expect (TD_CODING_ZSTD, frame_with_window (27), NULL, MOST, TD_WIRE_ERROR_CODING);
  expect (TD_CODING_ZSTD, bomb (1), NULL, MOST, TD_WIRE_ERROR_LIMITS);
  expect (TD_CODING_ZSTD, bomb (4000), NULL, G_MAXSIZE, TD_WIRE_ERROR_LIMITS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/coding/names", test_names);
  g_test_add_func ("/coding/round-trips", test_round_trips);
  g_test_add_func ("/coding/as-it-is", test_as_it_is);
  g_test_add_func ("/coding/known", test_known);
  g_test_add_data_func ("/coding/damaged/gzip", GUINT_TO_POINTER (TD_CODING_GZIP), test_damaged);
  g_test_add_data_func ("/coding/damaged/zstd", GUINT_TO_POINTER (TD_CODING_ZSTD), test_damaged);
  g_test_add_data_func ("/coding/damaged/dcz", GUINT_TO_POINTER (TD_CODING_DCZ), test_damaged);
  g_test_add_func ("/coding/greedy", test_greedy);
  return g_test_run ();
}
