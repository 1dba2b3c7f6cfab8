/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "served-fixture.h"
#include "temporary.h"

#include "dossier/crypto.h"
#include "exchange/driver.h"
#include "store/store.h"

#include <glib/gstdio.h>
#include <string.h>

/* tus 1.0.0 with programs that others wrote: their client sends to our endpoint, our client to their server. They are
 * installed below the build folder, once; without node there is nothing to compare with. */

#define SCAN_BYTES (2 * 1024 * 1024 + 17)
#define NODE_LEAST 20

/* ---- node ---------------------------------------------------------------------------- */

static gboolean
run (const char *folder, const char *const *argv, char **output)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *text = NULL;

  if (folder != NULL)
    g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, argv, NULL);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, NULL))
    return FALSE;
  if (output != NULL)
    *output = g_strdup (g_strstrip (text));
  return g_subprocess_get_successful (process);
}

static gboolean
has_node (void)
{
  const char *const version[] = { "node", "--version", NULL };
  g_autofree char *text = NULL;

  return run (NULL, version, &text) && *text == 'v' && g_ascii_strtoll (text + 1, NULL, 10) >= NODE_LEAST;
}

static void
copy (const char *folder, const char *name)
{
  g_autofree char *from = g_build_filename (g_getenv ("TD_SRCDIR"), "tests", "tus", name, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &text, &length, NULL));
  g_assert_true (g_file_set_contents (to, text, (gssize)length, NULL));
}

/* Their programs beside our scripts; NULL and the test is skipped where they can't be had. */
static char *
install (void)
{
  static const char *const names[] = { "package.json", "package-lock.json", "upload.mjs", "server.mjs" };
  const char *const npm[] = { "npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", NULL };
  g_autofree char *folder = g_build_filename (g_getenv ("TD_BUILDDIR"), "tests", "tus-peers", NULL);
  g_autofree char *done = g_build_filename (folder, "node_modules", "tus-js-client", "package.json", NULL);

  if (!has_node ())
    {
      g_test_skip_printf ("node %d or newer is not here", NODE_LEAST);
      return NULL;
    }
  g_mkdir_with_parents (folder, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    copy (folder, names[i]);
  if (!g_file_test (done, G_FILE_TEST_EXISTS))
    g_assert_true (run (folder, npm, NULL));
  return g_steal_pointer (&folder);
}

/* ---- their client, our endpoint --------------------------------------------------------- */

static char *
make_scan (const char *folder, char **sha)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autofree guint8 *bytes = g_malloc (SCAN_BYTES);
  char *path = g_build_filename (folder, "scan.bin", NULL);

  for (guint i = 0; i < SCAN_BYTES; i++)
    bytes[i] = (guint8)g_rand_int (random);
  g_assert_true (g_file_set_contents (path, (char *)bytes, SCAN_BYTES, NULL));
  *sha = td_digest ((char *)bytes, SCAN_BYTES);
  return path;
}

static void
send_theirs (Served *self, const char *peers, const char *cut, const char *expected)
{
  g_autofree char *sha = NULL;
  g_autofree char *scan = make_scan (self->folder, &sha);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/v1/blob/%s", self->port, sha);
  g_autofree char *path = g_strconcat ("/v1/blob/", sha, NULL);
  const char *const node[] = { "node", "upload.mjs", url, self->commune->token, scan, cut, NULL };
  g_autofree char *said = NULL;
  g_autoptr (Reply) got = NULL;
  g_autofree char *digest = NULL;

  g_assert_true (run (peers, node, &said));
  g_assert_true (g_str_has_suffix (said, "whole"));
  g_assert_nonnull (strstr (said, expected));
  got = served_ask (self, self->commune, "GET", path, "", NULL);
  g_assert_cmpuint (got->status, ==, 200);
  digest = td_digest (g_bytes_get_data (got->body, NULL), (gssize)g_bytes_get_size (got->body));
  g_assert_cmpstr (digest, ==, sha);
}

static void
test_their_client (Served *self, gconstpointer data)
{
  g_autofree char *peers = install ();

  if (peers != NULL)
    send_theirs (self, peers, "0", "whole");
}

static void
test_their_client_cut (Served *self, gconstpointer data)
{
  g_autofree char *peers = install ();

  if (peers != NULL)
    send_theirs (self, peers, "500000", "cut http");
}

/* ---- our client, their server ------------------------------------------------------------- */

typedef struct
{
  char *folder;
  GSubprocess *server;
  char *url;
  TdStore *store;
  TdExchange *exchange;
  gboolean sent;
} Client;

static void
start_server (Client *self, const char *peers, const char *cuts)
{
  g_autoptr (GSubprocessLauncher) launcher = companion_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *kept = g_build_filename (self->folder, "kept", NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *port = NULL;
  GError *error = NULL;

  g_mkdir (kept, 0700);
  g_subprocess_launcher_set_cwd (launcher, peers);
  self->server = g_subprocess_launcher_spawn (launcher, &error, "node", "server.mjs", kept, cuts, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->server));
  port = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%s", port);
}

static void
on_file (TdExchange *exchange, const char *sha, gpointer data)
{
  ((Client *)data)->sent = TRUE;
}

/* The driver alone, told where to send: the engine has nothing to decide about one file. */
static void
send_ours (Client *self, const char *sha)
{
  for (guint i = 0; i < 10 && !self->sent; i++)
    {
      td_exchange_upload (self->exchange, sha);
      while (self->exchange->file != NULL)
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
set_up_client (Client *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  GError *error = NULL;

  self->folder = g_dir_make_tmp ("thidua-tus-XXXXXX", NULL);
  path = g_build_filename (self->folder, "desk.db", NULL);
  self->store = td_store_open (path, &error);
  g_assert_no_error (error);
  self->exchange = td_exchange_new (self->store);
  self->exchange->started = TRUE;
  g_signal_connect (self->exchange, "file", G_CALLBACK (on_file), self);
}

static void
tear_down_client (Client *self, gconstpointer data)
{
  if (self->server != NULL)
    {
      g_subprocess_send_signal (self->server, 15);
      g_subprocess_wait (self->server, NULL, NULL);
    }
  td_exchange_detach (self->exchange);
  g_clear_object (&self->exchange);
  td_store_close (self->store);
  g_clear_object (&self->server);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->url);
}

static void
assert_kept (Client *self, const char *sha)
{
  g_autofree char *kept = g_build_filename (self->folder, "kept", NULL);
  g_autoptr (GDir) folder = g_dir_open (kept, 0, NULL);
  gboolean found = FALSE;
  guint count = 0;
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (kept, name, NULL);
      g_autofree char *bytes = NULL;
      g_autofree char *digest = NULL;
      gsize length;

      count++;
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      digest = td_digest (bytes, (gssize)length);
      found = found || strcmp (digest, sha) == 0;
    }
  g_assert_true (found);
  g_assert_cmpuint (count, ==, 2); /* what was cut went on where it was: one file and what it says of itself */
}

static void
test_their_server (Client *self, gconstpointer data)
{
  g_autofree char *peers = install ();
  g_autofree char *sha = NULL;
  g_autofree char *scan = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (TdStoredFile) stored = NULL;
  GError *error = NULL;

  if (peers == NULL)
    return;
  scan = make_scan (self->folder, &sha);
  file = g_file_new_for_path (scan);
  stored = td_store_add_file (self->store, file, &error);
  g_assert_no_error (error);
  start_server (self, peers, data);
  self->exchange->endpoint = g_strdup (self->url);
  send_ours (self, sha);
  g_assert_true (self->sent);
  assert_kept (self, sha);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/tus/their-client", Served, NULL, served_set_up, test_their_client, served_tear_down);
  g_test_add ("/tus/their-client-cut", Served, NULL, served_set_up, test_their_client_cut, served_tear_down);
  g_test_add ("/tus/their-server", Client, "0", set_up_client, test_their_server, tear_down_client);
  g_test_add ("/tus/their-server-cut", Client, "2", set_up_client, test_their_server, tear_down_client);
  return g_test_run ();
}
