/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "served-fixture.h"

#include "dossier/crypto.h"
#include "wire/tus.h"

#include <string.h>

/* Files over a real line: whole, in pieces, cut, wrong, and by those they are none of the business of. */

#define TUS "Tus-Resumable: 1.0.0\r\n"
#define STREAM "Content-Type: application/offset+octet-stream\r\n"
#define MIB (1024 * 1024)

static GBytes *
scan (gsize length, char **path)
{
  char *text = g_strnfill (length, 'p');
  g_autofree char *sha = td_digest (text, (gssize)length);

  *path = g_strconcat ("/v1/blob/", sha, NULL);
  return g_bytes_new_take (text, length);
}

static void
test_upload (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (3 * 1024 * 1024, &path);
  g_autoptr (Reply) head = NULL;
  g_autoptr (Reply) got = NULL;

  expect_reply (served_ask (self, self->commune, "HEAD", path, "", NULL), 404, "");
  expect_reply (served_ask (self, self->commune, "POST", path, "", bytes), 201, "");
  expect_reply (served_ask (self, self->commune, "POST", path, "", bytes), 200, "");
  head = served_ask (self, self->commune, "HEAD", path, "", NULL);
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpstr (reply_header (head, "upload-offset"), ==, "3145728");
  g_assert_cmpstr (reply_header (head, "upload-length"), ==, "3145728");
  got = served_ask (self, self->commune, "GET", path, "", NULL);
  g_assert_cmpuint (got->status, ==, 200);
  g_assert_true (g_bytes_equal (got->body, bytes));
  g_assert_cmpuint (served_count (self, "incoming"), ==, 0);
}

/* Another unit learns nothing from the hash and has to send every byte itself. */
static void
test_upload_of_others (Served *self, gconstpointer data)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (1000, &path);

  expect_reply (served_ask (self, self->commune, "POST", path, "", bytes), 201, "");
  expect_reply (served_ask (self, self->neighbour, "HEAD", path, "", NULL), 404, "");
  expect_reply (served_ask (self, self->neighbour, "GET", path, "", NULL), 404, "not-found");
  expect_reply (served_ask (self, self->neighbour, "POST", path, "", empty), 422, "hash");
  expect_reply (served_ask (self, self->neighbour, "GET", path, "", NULL), 404, "not-found");
  expect_reply (served_ask (self, self->neighbour, "POST", path, "", bytes), 201, "");
  expect_reply (served_ask (self, self->neighbour, "HEAD", path, "", NULL), 200, "");
  expect_reply (served_ask (self, NULL, "GET", path, "", NULL), 401, "token");
}

static void
test_wrong_hash (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (1000, &path);
  g_autoptr (GBytes) other = g_bytes_new_static ("something else", 14);

  expect_reply (served_ask (self, self->commune, "POST", path, "", other), 422, "hash");
  expect_reply (served_ask (self, self->commune, "GET", path, "", NULL), 404, "not-found");
  g_assert_cmpuint (served_count (self, "incoming"), ==, 0);
  g_assert_cmpuint (served_count (self, "files"), ==, 0);
  expect_reply (served_ask (self, self->commune, "POST", path, "Content-Encoding: gzip\r\n", bytes), 415, "coding");
}

static void
test_huge_upload (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (10, &path);
  g_autofree char *token = device_token_line (self->commune);
  g_autofree char *head
      = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %u\r\n%s\r\n", path, TD_BLOB_MAX + 1, token);
  g_autofree char *piece = g_strnfill (1024 * 1024, 'x');
  g_autoptr (GSocketConnection) line = line_open (self->port);
  guint sent = 0;

  g_socket_set_timeout (g_socket_connection_get_socket (line), 2);
  line_write (line, head, strlen (head));
  while (sent < 128 && line_write (line, piece, 1024 * 1024))
    sent++;
  g_assert_cmpuint (sent, <, 128);
  g_assert_cmpuint (served_count (self, "incoming"), ==, 0);
  served_assert_alive (self);
}

/* ---- in pieces ---------------------------------------------------------------------- */

static GBytes *
piece (GBytes *bytes, gsize from, gsize to)
{
  return g_bytes_new_from_bytes (bytes, from, to - from);
}

static Reply *
patch (Served *self, Device *device, const char *path, gsize offset, const char *more, GBytes *body)
{
  g_autofree char *headers = g_strdup_printf (TUS STREAM "%sUpload-Offset: %" G_GSIZE_FORMAT "\r\n", more, offset);

  return served_ask (self, device, "PATCH", path, headers, body);
}

/* Takes @reply. */
static void
expect_offset (Reply *taken, guint status, const char *offset)
{
  g_autoptr (Reply) reply = taken;

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (reply_header (reply, "upload-offset"), ==, offset);
  g_assert_cmpstr (reply_header (reply, "tus-resumable"), ==, "1.0.0");
}

static void
create (Served *self, const char *path, gsize length)
{
  g_autofree char *headers = g_strdup_printf (TUS "Upload-Length: %" G_GSIZE_FORMAT "\r\n", length);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (Reply) reply = served_ask (self, self->commune, "POST", path, headers, nothing);

  g_assert_cmpuint (reply->status, ==, 201);
  g_assert_cmpstr (reply_header (reply, "location"), ==, path);
  g_assert_cmpstr (reply_header (reply, "upload-offset"), ==, "0");
  g_assert_nonnull (reply_header (reply, "upload-expires"));
}

static void
assert_whole (Served *self, const char *path, GBytes *bytes)
{
  g_autoptr (Reply) got = served_ask (self, self->commune, "GET", path, "", NULL);

  g_assert_cmpuint (got->status, ==, 200);
  g_assert_true (g_bytes_equal (got->body, bytes));
  g_assert_cmpuint (served_count (self, "incoming"), ==, 0);
}

static void
test_options (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (1, &path);
  g_autoptr (Reply) reply = served_ask (self, NULL, "OPTIONS", path, "", NULL);

  g_assert_cmpuint (reply->status, ==, 204);
  g_assert_cmpstr (reply_header (reply, "tus-version"), ==, "1.0.0");
  g_assert_nonnull (strstr (reply_header (reply, "tus-extension"), "termination"));
  g_assert_cmpstr (reply_header (reply, "tus-max-size"), ==, "134217728");
  expect_reply (served_ask (self, self->commune, "PATCH", path, STREAM "Upload-Offset: 0\r\n", bytes), 412, "tus");
  expect_reply (served_ask (self, self->commune, "POST", path, "Tus-Resumable: 0.2.2\r\n", bytes), 412, "tus");
}

static void
test_pieces (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (1000, &path);
  g_autoptr (GBytes) first = piece (bytes, 0, 300);
  g_autoptr (GBytes) second = piece (bytes, 300, 1000);

  create (self, path, 1000);
  expect_offset (patch (self, self->commune, path, 0, "", first), 204, "300");
  expect_offset (served_ask (self, self->commune, "HEAD", path, TUS, NULL), 200, "300");
  expect_reply (served_ask (self, self->commune, "GET", path, "", NULL), 404, "not-found");
  expect_reply (served_ask (self, self->neighbour, "HEAD", path, TUS, NULL), 404, "");
  expect_reply (patch (self, self->neighbour, path, 300, "", second), 404, "not-found");
  expect_offset (patch (self, self->commune, path, 0, "", first), 409, "300");
  expect_offset (patch (self, self->commune, path, 300, "", second), 204, "1000");
  assert_whole (self, path, bytes);
  expect_offset (patch (self, self->commune, path, 0, "", first), 409, "1000");
}

/* The endpoint ends and starts again: what came is still there. */
static void
test_restart (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (3 * MIB, &path);
  g_autoptr (GBytes) first = piece (bytes, 0, 2 * MIB);
  g_autoptr (GBytes) second = piece (bytes, 2 * MIB, 3 * MIB);

  create (self, path, 3 * MIB);
  expect_offset (patch (self, self->commune, path, 0, "", first), 204, "2097152");
  served_stop (self);
  served_start (self);
  expect_offset (served_ask (self, self->commune, "HEAD", path, TUS, NULL), 200, "2097152");
  expect_offset (patch (self, self->commune, path, 2 * MIB, "", second), 204, "3145728");
  assert_whole (self, path, bytes);
}

/* Writes the whole into the part that lies there, as if the endpoint had ended after the last byte. */
static void
fill_part (Served *self, GBytes *bytes)
{
  g_autofree char *folder = g_build_filename (self->folder, "incoming", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  GError *error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
}

/* The endpoint ends between the last byte and the file's name: nobody is told that all is there before it is. */
static void
test_ended_before_the_name (Served *self, gconstpointer data)
{
  static const char *const methods[] = { "HEAD", "POST", "PATCH" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *path = NULL;
      g_autoptr (GBytes) bytes = scan (1000 + i, &path);
      g_autoptr (GBytes) first = piece (bytes, 0, 600);
      g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
      g_autofree char *length = g_strdup_printf ("%u", 1000 + i);

      create (self, path, 1000 + i);
      expect_offset (patch (self, self->commune, path, 0, "", first), 204, "600");
      served_stop (self);
      fill_part (self, bytes);
      served_start (self);
      if (*methods[i] == 'P' && methods[i][1] == 'A')
        expect_offset (patch (self, self->commune, path, 1000 + i, "", none), 204, length);
      else
        expect_offset (served_ask (self, self->commune, methods[i], path, TUS "Upload-Length: 1000\r\n",
                                   *methods[i] == 'H' ? NULL : none),
                       200, length);
      assert_whole (self, path, bytes);
      g_assert_cmpuint (served_count (self, "incoming"), ==, 0);
    }
}

/* Other bytes lie there, further than they were synced: these go, and where that doesn't help the client begins anew. */
static void
test_ended_with_other_bytes (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (1000, &path);
  g_autoptr (GBytes) first = piece (bytes, 0, 600);
  g_autofree char *nonsense = g_strnfill (1000, 'q');
  g_autoptr (GBytes) other = g_bytes_new (nonsense, 1000);
  g_autoptr (GBytes) rest = NULL;

  create (self, path, 1000);
  expect_offset (patch (self, self->commune, path, 0, "", first), 204, "600");
  served_stop (self);
  fill_part (self, other);
  served_start (self);
  expect_offset (served_ask (self, self->commune, "HEAD", path, TUS, NULL), 200, "600");
  rest = piece (bytes, 600, 1000);
  expect_reply (patch (self, self->commune, path, 600, "", rest), 422, "hash");
  g_assert_cmpuint (served_count (self, "incoming"), ==, 0);
  expect_reply (served_ask (self, self->commune, "POST", path, "", bytes), 201, "");
  assert_whole (self, path, bytes);
}

/* What lies in the part that is there: @length bytes of @bytes, the last @torn of them others. */
static void
tear_part (Served *self, GBytes *bytes, gsize length, gsize torn)
{
  g_autofree char *text = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
  g_autoptr (GBytes) lies = NULL;

  memset (text + length - torn, '\0', torn);
  lies = g_bytes_new (text, length);
  fill_part (self, lies);
}

/* The power of the endpoint failed after @sent bytes of three MiB, of which the first @told were synced with the end
 * of a request; what was written since its last sync is torn. Goes on where the endpoint says, which is right. */
static void
go_on_after_power (Served *self, gsize told, gsize sent)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (3 * MIB, &path);
  g_autoptr (GBytes) first = piece (bytes, 0, told);
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (Reply) head = NULL;
  g_autofree char *offset = g_strdup_printf ("%" G_GSIZE_FORMAT, told);
  gsize there;

  create (self, path, 3 * MIB);
  expect_offset (patch (self, self->commune, path, 0, "", first), 204, offset);
  served_stop (self);
  tear_part (self, bytes, sent, MIN (sent - told, MIB));
  served_start (self);
  head = served_ask (self, self->commune, "HEAD", path, TUS, NULL);
  g_assert_cmpuint (head->status, ==, 200);
  there = (gsize)g_ascii_strtoull (reply_header (head, "upload-offset"), NULL, 10);
  g_assert_cmpuint (there, >=, told);
  g_assert_cmpuint (there + MIB, >=, sent);
  rest = piece (bytes, there, 3 * MIB);
  expect_offset (patch (self, self->commune, path, there, "", rest), 204, "3145728");
  assert_whole (self, path, bytes);
  g_assert_cmpuint (served_count (self, "incoming"), ==, 0);
}

/* No more than a MiB travels twice, and never the whole file. */
static void
test_torn_tail (Served *self, gconstpointer data)
{
  go_on_after_power (self, 600, 601);
}

static void
test_torn_far (Served *self, gconstpointer data)
{
  go_on_after_power (self, MIB, 2 * MIB + MIB / 2);
}

static void
test_torn_at_the_end (Served *self, gconstpointer data)
{
  go_on_after_power (self, 2 * MIB + 7, 3 * MIB);
}

/* Sends the first @sent of @length bytes, then the line is cut. */
static void
cut_after (Served *self, const char *path, GBytes *bytes, gsize sent)
{
  g_autofree char *token = device_token_line (self->commune);
  g_autofree char *head = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: x\r\n" TUS "Upload-Length: %" G_GSIZE_FORMAT
                                           "\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n",
                                           path, g_bytes_get_size (bytes), g_bytes_get_size (bytes), token);
  g_autoptr (GSocketConnection) line = line_open (self->port);

  line_write (line, head, strlen (head));
  line_write (line, g_bytes_get_data (bytes, NULL), sent);
}

static void
test_cut (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (MIB, &path);
  gint64 offset = 0;
  g_autoptr (GBytes) rest = NULL;

  cut_after (self, path, bytes, 500000);
  for (guint i = 0; i < 500 && offset < 500000; i++)
    {
      g_autoptr (Reply) head = served_ask (self, self->commune, "HEAD", path, TUS, NULL);

      /* Asking takes the upload over, so what was still on its way may be lost: all else is there. */
      if (head->status == 200)
        offset = g_ascii_strtoll (reply_header (head, "upload-offset"), NULL, 10);
      if (offset > 0)
        break;
      g_usleep (10 * 1000);
    }
  g_assert_cmpint (offset, >, 0);
  g_assert_cmpint (offset, <=, 500000);
  rest = piece (bytes, (gsize)offset, MIB);
  expect_offset (patch (self, self->commune, path, (gsize)offset, "", rest), 204, "1048576");
  assert_whole (self, path, bytes);
}

/* A creation of which nothing came leaves nothing; one whose bytes are wrong at the end neither. */
static void
test_lies (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (1000, &path);
  g_autofree char *nonsense = g_strnfill (1000, 'q');
  g_autoptr (GBytes) other = g_bytes_new (nonsense, 1000);
  g_autoptr (GBytes) first = piece (bytes, 0, 600);

  create (self, path, 1000);
  expect_reply (patch (self, self->commune, path, 0, "", other), 422, "hash");
  g_assert_cmpuint (served_count (self, "incoming"), ==, 0);
  create (self, path, 500);
  expect_reply (patch (self, self->commune, path, 0, "", bytes), 413, "too-big");
  expect_offset (patch (self, self->commune, path, 7, "", first), 409, "0");
  expect_reply (served_ask (self, self->commune, "PATCH", path, TUS STREAM "Upload-Offset: -1\r\n", first), 400,
                "bad-request");
  expect_reply (served_ask (self, self->commune, "PATCH", path, TUS "Upload-Offset: 0\r\n", first), 415, "coding");
  expect_reply (served_ask (self, self->commune, "POST", path, TUS "Upload-Length: 134217729\r\n", first), 413,
                "too-big");
  expect_reply (served_ask (self, self->commune, "POST", path, TUS "Upload-Length: x\r\n", first), 400, "bad-request");
}

static void
test_checksum (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (1000, &path);
  g_autofree char *good = td_tus_checksum_write (G_CHECKSUM_SHA1, g_bytes_get_data (bytes, NULL), 400);
  g_autofree char *right = g_strdup_printf ("Upload-Checksum: %s\r\n", good);
  g_autofree char *whole = td_tus_checksum_write (G_CHECKSUM_SHA256, g_bytes_get_data (bytes, NULL), 1000);
  g_autofree char *wrong = g_strdup_printf ("Upload-Checksum: %s\r\n", whole);
  g_autoptr (GBytes) first = piece (bytes, 0, 400);

  create (self, path, 1000);
  expect_reply (patch (self, self->commune, path, 0, wrong, first), 460, "checksum");
  expect_offset (served_ask (self, self->commune, "HEAD", path, TUS, NULL), 200, "0");
  expect_reply (patch (self, self->commune, path, 0, "Upload-Checksum: crc32 AAAA\r\n", first), 400, "bad-request");
  expect_offset (patch (self, self->commune, path, 0, right, first), 204, "400");
}

static void
test_termination (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (1000, &path);

  create (self, path, 1000);
  expect_reply (served_ask (self, self->neighbour, "DELETE", path, TUS, NULL), 404, "not-found");
  expect_reply (served_ask (self, self->commune, "DELETE", path, TUS, NULL), 204, "");
  expect_reply (served_ask (self, self->commune, "HEAD", path, TUS, NULL), 404, "");
  g_assert_cmpuint (served_count (self, "incoming"), ==, 0);
  expect_reply (served_ask (self, self->commune, "POST", path, "", bytes), 201, "");
  expect_reply (served_ask (self, self->commune, "DELETE", path, TUS, NULL), 404, "not-found");
  assert_whole (self, path, bytes);
}

/* Two flows of one file: the newer lives, the older is cut. */
static void
test_taken_over (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (1000, &path);
  g_autofree char *token = device_token_line (self->commune);
  g_autofree char *head = NULL;
  g_autoptr (GSocketConnection) line = NULL;

  create (self, path, 1000);
  head = g_strdup_printf ("PATCH %s HTTP/1.1\r\nHost: x\r\n" TUS STREAM
                          "Upload-Offset: 0\r\nContent-Length: 1000\r\n%s\r\n",
                          path, token);
  line = line_open (self->port);
  line_write (line, head, strlen (head));
  g_usleep (200 * 1000);
  expect_offset (patch (self, self->commune, path, 0, "", bytes), 204, "1000");
  g_assert_true (line_ends_within (line, 3000));
  assert_whole (self, path, bytes);
}

static void
test_many (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (10, &path);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  for (guint i = 0; i < 64; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_autofree char *sha = td_digest (text, -1);
      g_autofree char *other = g_strconcat ("/v1/blob/", sha, NULL);

      create (self, other, 1000);
    }
  expect_reply (served_ask (self, self->commune, "POST", path, TUS "Upload-Length: 10\r\n", nothing), 429, "too-many");
  expect_reply (served_ask (self, self->neighbour, "POST", path, TUS "Upload-Length: 10\r\n", bytes), 201, "");
}

/* ---- from a byte on ------------------------------------------------------------------ */

static void
expect_part (Served *self, const char *path, const char *headers, guint status, const char *range, gsize length)
{
  g_autoptr (Reply) reply = served_ask (self, self->commune, "GET", path, headers, NULL);

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (reply_header (reply, "content-range"), ==, range);
  if (status != 416)
    g_assert_cmpuint (g_bytes_get_size (reply->body), ==, length);
}

static void
test_range (Served *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = scan (1000, &path);
  g_autofree char *fits = g_strdup_printf ("Range: bytes=10-\r\nIf-Range: \"%s\"\r\n", path + strlen ("/v1/blob/"));

  expect_reply (served_ask (self, self->commune, "POST", path, "", bytes), 201, "");
  expect_part (self, path, "Range: bytes=400-\r\n", 206, "bytes 400-999/1000", 600);
  expect_part (self, path, "Range: bytes=400-499\r\n", 206, "bytes 400-499/1000", 100);
  expect_part (self, path, "Range: bytes=400-5000\r\n", 206, "bytes 400-999/1000", 600);
  expect_part (self, path, fits, 206, "bytes 10-999/1000", 990);
  expect_part (self, path, "Range: bytes=10-\r\nIf-Range: \"other\"\r\n", 200, NULL, 1000);
  expect_part (self, path, "Range: bytes=1000-\r\n", 416, "bytes */1000", 0);
  /* What libsoup would do with these is not to be known. */
  expect_part (self, path, "Range: bytes=-5\r\n", 200, NULL, 1000);
  expect_part (self, path, "Range: bytes=0-1,0-1,0-1\r\n", 200, NULL, 1000);
  expect_part (self, path, "Range: bytes=9-1\r\n", 200, NULL, 1000);
  expect_part (self, path, "Range: lines=1-2\r\n", 200, NULL, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/files/" path, Served, NULL, served_set_up, function, served_tear_down)
  ADD ("upload", test_upload);
  ADD ("of-others", test_upload_of_others);
  ADD ("wrong-hash", test_wrong_hash);
  ADD ("huge", test_huge_upload);
  ADD ("tus/options", test_options);
  ADD ("tus/pieces", test_pieces);
  ADD ("tus/restart", test_restart);
  ADD ("tus/ended-before-the-name", test_ended_before_the_name);
  ADD ("tus/ended-with-other-bytes", test_ended_with_other_bytes);
  ADD ("tus/torn-tail", test_torn_tail);
  ADD ("tus/torn-far", test_torn_far);
  ADD ("tus/torn-at-the-end", test_torn_at_the_end);
  ADD ("tus/cut", test_cut);
  ADD ("tus/lies", test_lies);
  ADD ("tus/checksum", test_checksum);
  ADD ("tus/termination", test_termination);
  ADD ("tus/taken-over", test_taken_over);
  ADD ("tus/many", test_many);
  ADD ("range", test_range);
#undef ADD
  return g_test_run ();
}
