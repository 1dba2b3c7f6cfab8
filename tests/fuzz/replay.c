/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <glib/gstdio.h>
#include <string.h>

/* The kept corpus through every target, without libFuzzer: what was once found stays found. corpus/NAME.pack is what
 * the fuzzer kept, one input after the other, each with its length before it (4 bytes, big-endian); corpus/NAME/ holds
 * single inputs that have a story. */

static char *
corpus_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", name, NULL);
}

/* A copy of its own length: a byte too far is a finding. */
static void
run_input (const FuzzTarget *target, const guint8 *data, gsize size)
{
  guint8 *exact = g_malloc (MAX (size, 1));

  memcpy (exact, data, size);
  target->run (exact, size);
  g_free (exact);
}

static guint
run_pack (const FuzzTarget *target)
{
  g_autofree char *name = g_strconcat (target->name, ".pack", NULL);
  g_autofree char *path = corpus_path (name);
  g_autofree char *data = NULL;
  const guint8 *bytes;
  guint inputs = 0;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, NULL))
    g_error ("%s is not there", path);
  bytes = (const guint8 *)data;
  for (gsize at = 0; at + 4 <= size; inputs++)
    {
      gsize length = (gsize)bytes[at] << 24 | (gsize)bytes[at + 1] << 16 | (gsize)bytes[at + 2] << 8 | bytes[at + 3];

      g_assert_cmpuint (length, <=, size - at - 4);
      g_test_message ("%s %u", name, inputs);
      run_input (target, bytes + at + 4, length);
      at += 4 + length;
    }
  return inputs;
}

static guint
run_folder (const FuzzTarget *target)
{
  g_autofree char *folder = corpus_path (target->name);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint inputs = 0;

  for (; dir != NULL && (name = g_dir_read_name (dir)) != NULL; inputs++)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize size;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s/%s", target->name, name);
      g_file_get_contents (path, &data, &size, &error);
      g_assert_no_error (error);
      run_input (target, (const guint8 *)data, size);
    }
  return inputs;
}

static void
run_target (gconstpointer data)
{
  const FuzzTarget *target = data;
  guint inputs;

  target->run ((const guint8 *)"", 0);
  inputs = run_pack (target) + run_folder (target);
  g_assert_cmpuint (inputs, >, 1);
  g_test_message ("%u inputs", inputs);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const FuzzTarget *target = fuzz_targets; target->name != NULL; target++)
    {
      g_autofree char *path = g_strdup_printf ("/fuzz/%s", target->name);

      g_test_add_data_func (path, target, run_target);
    }
  return g_test_run ();
}
