/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "temporary.h"

#include "dossier/crypto.h"
#include "store/sealed.h"
#include "wire/bundle.h"

#include <glib/gstdio.h>
#include <string.h>

/* Packages as files: what goes in comes out for whom it is meant, and nothing else a stick may bring
 * does more than be refused with a code. */

typedef struct
{
  char *folder, *path, *source;
  char *keys[3], *secrets[3]; /* sender, recipient, a stranger */
  TdSealedKey from, to, stranger;
  char *sha;
} Stick;

static void
make_key (guint8 number, char **key, char **secret)
{
  guint8 seed[32] = { number };

  td_key_from_seed (seed, key, secret);
}

static void
set_up (Stick *self, gconstpointer data)
{
  g_autofree char *text = g_strnfill (200000, 'x');

  self->folder = g_dir_make_tmp ("thidua-stick-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "a.hsb", NULL);
  self->source = g_build_filename (self->folder, "scan.pdf", NULL);
  g_assert_true (g_file_set_contents (self->source, text, -1, NULL));
  self->sha = td_digest (text, -1);
  for (guint8 i = 0; i < 3; i++)
    make_key (i + 1, &self->keys[i], &self->secrets[i]);
  self->from = (TdSealedKey){ self->keys[0], self->secrets[0] };
  self->to = (TdSealedKey){ self->keys[1], self->secrets[1] };
  self->stranger = (TdSealedKey){ self->keys[2], self->secrets[2] };
}

static void
tear_down (Stick *self, gconstpointer data)
{
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->source);
  g_free (self->sha);
  for (guint i = 0; i < 3; i++)
    {
      g_free (self->keys[i]);
      g_free (self->secrets[i]);
    }
}

static void
put (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static TdBundle *
make_bundle (Stick *self)
{
  TdBundle *bundle = td_bundle_new (TD_BUNDLE_UP);
  TdBundleEntry *file = td_bundle_entry_new (TD_ENTRY_FILE, self->sha, 200000, NULL);

  put (&bundle->set, "0123456789abcdef0123456789abcdef");
  put (&bundle->unit, "31447@2024-07-01");
  put (&bundle->campaign, "hau-giang-2025");
  put (&bundle->life, "00112233445566778899aabbccddeeff");
  put (&bundle->cur, "e3.12");
  bundle->first = 1;
  bundle->last = 2;
  bundle->created = 1752000000;
  g_strfreev (bundle->recipients);
  bundle->recipients = g_new0 (char *, 2);
  bundle->recipients[0] = g_strdup (self->keys[1]);
  td_bundle_add (bundle, TD_ENTRY_REQUEST, g_bytes_new_static ("một", strlen ("một")));
  file->path = g_strdup (self->source);
  g_ptr_array_add (bundle->entries, file);
  td_bundle_add (bundle, TD_ENTRY_REQUEST, g_bytes_new_static ("hai", 3));
  return bundle;
}

static void
write_bundle (Stick *self)
{
  g_autoptr (TdBundle) bundle = make_bundle (self);
  GError *error = NULL;

  td_sealed_write (self->path, bundle, &self->from, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
contains (const char *bytes, gsize length, const char *word)
{
  for (gsize i = 0; i + strlen (word) <= length; i++)
    if (memcmp (bytes + i, word, strlen (word)) == 0)
      return TRUE;
  return FALSE;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_round_trip (Stick *self, gconstpointer data)
{
  g_autoptr (TdBundle) back = NULL;
  g_autoptr (TdBundle) extracted = NULL;
  g_autofree char *sha = NULL, *bytes = NULL, *name = NULL;
  g_autofree char *inbox = g_build_filename (self->folder, "inbox", NULL);
  GError *error = NULL;
  gsize length;

  write_bundle (self);
  back = td_sealed_read (self->path, &self->to, NULL, &sha, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  name = td_digest (bytes, (gssize)length);
  g_assert_cmpstr (sha, ==, name);
  g_assert_cmpstr (back->key, ==, self->keys[0]);
  g_assert_cmpstr (back->unit, ==, "31447@2024-07-01");
  g_assert_cmpint (back->last, ==, 2);
  g_assert_cmpuint (back->entries->len, ==, 3);
  g_assert_cmpmem (g_bytes_get_data (((TdBundleEntry *)back->entries->pdata[2])->bytes, NULL), 3, "hai", 3);
  g_assert_false (contains (bytes, length, "xxxxxxxx"));
  g_assert_false (contains (bytes, length, "31447"));
  extracted = td_sealed_extract (self->path, &self->to, inbox, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&bytes, g_free);
  g_assert_true (g_file_get_contents (((TdBundleEntry *)extracted->entries->pdata[1])->path, &bytes, &length, NULL));
  g_assert_cmpuint (length, ==, 200000);
  td_sealed_discard (extracted);
  g_assert_cmpuint (count_files (inbox), ==, 0);
}

static void
expect (Stick *self, const TdSealedKey *who, TdSealedError code)
{
  g_autofree char *inbox = g_build_filename (self->folder, "inbox", NULL);
  g_autoptr (TdBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  bundle = td_sealed_read (self->path, who, NULL, NULL, &error);
  g_assert_null (bundle);
  g_assert_error (error, TD_SEALED_ERROR, (int)code);
  bundle = td_sealed_extract (self->path, who, inbox, NULL, &again);
  g_assert_null (bundle);
  g_assert_cmpuint (count_files (inbox), ==, 0);
}

static void
test_recipient (Stick *self, gconstpointer data)
{
  write_bundle (self);
  expect (self, &self->stranger, TD_SEALED_ERROR_RECIPIENT);
  expect (self, &self->from, TD_SEALED_ERROR_RECIPIENT);
}

/* Cut at the edges of everything that has an edge, and in the middle of everything. */
static void
test_truncated (Stick *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length, envelope = TD_BUNDLE_FRONT + TD_BUNDLE_BOX_BYTES + TD_BUNDLE_STREAM_BYTES;
  const gsize frame = 4 + TD_BUNDLE_FRAME + TD_BUNDLE_FRAME_EXTRA;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gsize));

  write_bundle (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  for (gsize at = TD_BUNDLE_FRONT; at < envelope + 40; at++)
    g_array_append_val (places, at);
  for (gsize f = 0; envelope + f * frame < length; f++)
    for (gsize d = 0; d < 8; d++)
      {
        gsize at = envelope + f * frame + d * (frame / 7);

        for (gsize shift = 0; shift < 6; shift++)
          {
            gsize place = at + shift < 3 ? 0 : at + shift - 3;

            if (place >= TD_BUNDLE_FRONT && place < length)
              g_array_append_val (places, place);
          }
      }
  for (gsize i = 0; i < places->len; i++)
    {
      g_assert_true (g_file_set_contents (self->path, bytes, (gssize)g_array_index (places, gsize, i), NULL));
      expect (self, &self->to, TD_SEALED_ERROR_CUT);
    }
  for (gsize at = 0; at < TD_BUNDLE_FRONT; at++)
    {
      g_assert_true (g_file_set_contents (self->path, bytes, (gssize)at, NULL));
      expect (self, &self->to, TD_SEALED_ERROR_FOREIGN);
    }
  g_assert_true (g_file_set_contents (self->path, bytes, (gssize)length - 1, NULL));
  expect (self, &self->to, TD_SEALED_ERROR_CUT);
}

/* Any bit anywhere: refused, whatever the code, and nothing is left in the folder. */
static void
test_flipped (Stick *self, gconstpointer data)
{
  g_autofree char *inbox = g_build_filename (self->folder, "inbox", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  write_bundle (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  for (gsize at = 0; at < length; at += at < 600 ? 1 : 997)
    {
      g_autoptr (TdBundle) bundle = NULL;
      g_autoptr (GError) error = NULL;

      bytes[at] ^= (char)(1 << (at % 8));
      g_assert_true (g_file_set_contents (self->path, bytes, (gssize)length, NULL));
      bundle = td_sealed_extract (self->path, &self->to, inbox, NULL, &error);
      g_assert_null (bundle);
      g_assert_nonnull (error);
      bytes[at] ^= (char)(1 << (at % 8));
    }
  g_assert_cmpuint (count_files (inbox), ==, 0);
}

static void
test_trailing (Stick *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *more = NULL;
  gsize length;

  write_bundle (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  more = g_malloc0 (length + 1);
  memcpy (more, bytes, length);
  g_assert_true (g_file_set_contents (self->path, more, (gssize)length + 1, NULL));
  expect (self, &self->to, TD_SEALED_ERROR_DAMAGED);
}

/* A manifest signed by another, or re-sealed by a recipient to a third, is no one's word. */
static void
test_signature (Stick *self, gconstpointer data)
{
  g_autoptr (TdBundle) bundle = make_bundle (self);
  TdSealedKey liar = { self->keys[0], self->secrets[2] };
  GError *error = NULL;

  td_sealed_write (self->path, bundle, &liar, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  expect (self, &self->to, TD_SEALED_ERROR_SIGNATURE);
}

/* A file that changed since it was named, a stick without room, a person who stops: nothing is left. */
static void
test_fails_clean (Stick *self, gconstpointer data)
{
  g_autoptr (TdBundle) bundle = make_bundle (self);
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  TdSealedWatch watch = { stop, NULL, NULL };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (stop);
  g_assert_false (td_sealed_write (self->path, bundle, &self->from, &watch, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (self->source, "other bytes", -1, NULL));
  g_assert_false (td_sealed_write (self->path, bundle, &self->from, NULL, NULL, NULL, &error));
  g_assert_error (error, TD_SEALED_ERROR, TD_SEALED_ERROR_SOURCE);
  g_clear_error (&error);
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_autofree char *part = g_strconcat (self->path, ".part", NULL);

      g_assert_cmpint (g_mkdir (part, 0700), ==, 0);
      g_assert_false (td_sealed_write (self->path, bundle, &self->from, NULL, NULL, NULL, &error));
      g_assert_error (error, TD_SEALED_ERROR, TD_SEALED_ERROR_DISK);
      g_rmdir (part);
    }
  g_assert_cmpuint (count_files (self->folder), ==, 1);
}

/* ---- manifests, pure ------------------------------------------------------------------------ */

static void
test_manifest (Stick *self, gconstpointer data)
{
  static const char *const bad[] = {
    "", "[]", "{}", "{\"v\":1}", "{\"v\":2}", "{\"v\":1,\"kind\":\"down\"}",
  };
  g_autoptr (TdBundle) bundle = make_bundle (self);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (TdBundle) back = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  GError *error = NULL;
  gsize length;
  const char *text;

  put (&bundle->key, self->keys[0]);
  bytes = td_bundle_write (bundle, &error);
  g_assert_no_error (error);
  back = td_bundle_read (bytes, &error);
  g_assert_no_error (error);
  again = td_bundle_write (back, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, again));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) wrong = g_bytes_new (bad[i], strlen (bad[i]));
      g_autoptr (GError) refused = NULL;

      g_assert_null (td_bundle_read (wrong, &refused));
      g_assert_nonnull (refused);
    }
  text = g_bytes_get_data (bytes, &length);
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *copy = g_memdup2 (text, length);
      gsize cut = i % 3 == 0 ? (gsize)g_rand_int_range (rand, 0, (gint32)length) : length;
      g_autoptr (GBytes) wrong = NULL;
      g_autoptr (TdBundle) read = NULL;

      copy[g_rand_int_range (rand, 0, (gint32)length)] = (char)g_rand_int_range (rand, 0, 256);
      wrong = g_bytes_new (copy, cut);
      read = td_bundle_read (wrong, NULL);
      if (read != NULL)
        g_assert_cmpint (read->part, <=, read->parts);
    }
}

static void
test_envelope (Stick *self, gconstpointer data)
{
  guint8 front[TD_BUNDLE_FRONT] = { 0 };
  guint8 four[4];

  for (guint boxes = 0; boxes < 65536; boxes += 97)
    {
      gssize length;

      memcpy (front, TD_BUNDLE_MAGIC, TD_BUNDLE_MAGIC_BYTES);
      front[8] = (guint8)(boxes >> 8);
      front[9] = (guint8)boxes;
      length = td_bundle_envelope_length (front, sizeof front, NULL);
      g_assert_true ((length > 0) == (boxes > 0 && boxes <= TD_BUNDLE_BOXES_MAX));
    }
  td_bundle_put_length (four, TD_BUNDLE_FRAME + TD_BUNDLE_FRAME_EXTRA);
  g_assert_cmpuint (td_bundle_frame_length (four), ==, TD_BUNDLE_FRAME + TD_BUNDLE_FRAME_EXTRA);
  td_bundle_put_length (four, TD_BUNDLE_FRAME + TD_BUNDLE_FRAME_EXTRA + 1);
  g_assert_cmpuint (td_bundle_frame_length (four), ==, 0);
  td_bundle_put_length (four, TD_BUNDLE_FRAME_EXTRA - 1);
  g_assert_cmpuint (td_bundle_frame_length (four), ==, 0);
}

static void
test_enrolment (Stick *self, gconstpointer data)
{
  g_autoptr (TdEnrolment) file = td_enrolment_new ();
  g_autofree char *print = td_code_print (self->keys[0]);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TdEnrolment) back = NULL;
  g_autofree char *copy = NULL;
  GError *error = NULL;
  gsize length;

  put (&file->unit, "31447@2024-07-01");
  put (&file->roles, "OL");
  put (&file->endpoint, self->keys[0]);
  put (&file->campaign, "{\"ten\":\"Kế hoạch\"}");
  g_free (file->code);
  file->code = g_strconcat ("17C8NH84KREP", print, NULL);
  bytes = td_enrolment_write (file, self->secrets[0], &error);
  g_assert_no_error (error);
  back = td_enrolment_read (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->campaign, ==, file->campaign);
  g_assert_cmpstr (back->code, ==, file->code);
  copy = g_memdup2 (g_bytes_get_data (bytes, &length), g_bytes_get_size (bytes));
  for (gsize at = 0; at < length; at++)
    {
      g_autoptr (GBytes) wrong = NULL;
      g_autoptr (TdEnrolment) read = NULL;

      copy[at] ^= 2;
      wrong = g_bytes_new (copy, length);
      read = td_enrolment_read (wrong, NULL);
      g_assert_null (read);
      copy[at] ^= 2;
    }
}

#define ADD(path, function) g_test_add ("/bundle/" path, Stick, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("recipient", test_recipient);
  ADD ("truncated", test_truncated);
  ADD ("flipped", test_flipped);
  ADD ("trailing", test_trailing);
  ADD ("signature", test_signature);
  ADD ("fails-clean", test_fails_clean);
  ADD ("manifest", test_manifest);
  ADD ("envelope", test_envelope);
  ADD ("enrolment", test_enrolment);
  return g_test_run ();
}
