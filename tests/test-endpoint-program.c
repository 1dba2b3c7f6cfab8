/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "line-fixture.h"
#include "temporary.h"

#include "text/civil-date.h"
#include "wire/messages.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* The program thidua-endpoint as its users meet it. */

typedef struct
{
  char *folder, *data, *port_file, *campaign, *units;
} Place;

static void
set_up (Place *self, gconstpointer data)
{
  const char *root = g_getenv ("TD_DATADIR");

  self->folder = g_dir_make_tmp ("thidua-program-XXXXXX", NULL);
  self->data = g_build_filename (self->folder, "endpoint", NULL);
  self->port_file = g_build_filename (self->folder, "port", NULL);
  self->campaign = g_build_filename (root, "campaigns", "hau-giang-2025.json", NULL);
  self->units = g_build_filename (root, "units", "hau-giang-2024.json", NULL);
}

static void
tear_down (Place *self, gconstpointer data)
{
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->data);
  g_free (self->port_file);
  g_free (self->campaign);
  g_free (self->units);
}

static GSubprocess *
launch (const char *const *arguments)
{
  g_autofree char *program = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GSubprocessLauncher) launcher
      = companion_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **)arguments);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, &error);
  g_assert_no_error (error);
  return process;
}

/* Runs to its end; what it said on the one of the two that belongs to the outcome. */
static char *
run (gboolean good, const char *const *arguments)
{
  g_autoptr (GSubprocess) process = launch (arguments);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_test_message ("%s%s", out, err);
  g_assert_true (g_subprocess_get_successful (process) == good);
  return good ? g_steal_pointer (&out) : g_steal_pointer (&err);
}

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static GSubprocess *
start (Place *self, guint *port)
{
  GSubprocess *process = launch (WORDS ("--data", self->data, "--campaign", self->campaign, "--units", self->units,
                                        "--port", "0", "--port-file", self->port_file, "--today", "2025-07-08"));
  g_autofree char *text = NULL;

  for (guint i = 0; i < 1000 && !g_file_test (self->port_file, G_FILE_TEST_EXISTS); i++)
    g_usleep (20 * 1000);
  g_assert_true (g_file_get_contents (self->port_file, &text, NULL, NULL));
  *port = (guint)g_ascii_strtoull (text, NULL, 10);
  return process;
}

static void
test_help (Place *self, gconstpointer data)
{
  g_autofree char *help = run (TRUE, WORDS ("--help"));
  g_autofree char *version = run (TRUE, WORDS ("--version"));
  const char *options[] = { "--data",   "--port",      "--campaign", "--units",      "--today",  "--make-code",
                            "--verify", "--port-file", "--version",  "--reorganise", "chia tách" };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_assert_nonnull (strstr (help, options[i]));
  g_assert_true (g_str_has_prefix (version, "thidua-endpoint "));
}

static void
test_serves (Place *self, gconstpointer data)
{
  guint port;
  g_autoptr (GSubprocess) process = start (self, &port);
  g_autoptr (Reply) reply = line_ask (port, "GET", "/v1/hello?k=abcdabcd", "", NULL);
  g_autoptr (TdHello) hello = td_hello_read (reply->body, NULL);
  g_autofree char *shown = NULL;
  g_autofree char *code = NULL;
  g_autofree char *verified = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (hello->day, ==, "2025-07-08");
  g_assert_cmpstr (hello->k, ==, "abcdabcd");
  /* Another process makes a code meanwhile. */
  shown = run (TRUE, WORDS ("--data", self->data, "--today", "2025-07-08", "--make-code", "31447", "OL"));
  code = td_code_normal (g_strchomp (shown));
  g_assert_nonnull (code);
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  verified = run (TRUE, WORDS ("--data", self->data, "--verify"));
  g_assert_true (g_str_has_prefix (verified, "1 "));
}

static void
expect_sentence (const char *const *arguments)
{
  g_autofree char *said = run (FALSE, arguments);

  g_assert_true (g_str_has_prefix (said, "thidua-endpoint: "));
  g_assert_true (strchr (said, '\n') == said + strlen (said) - 1);
}

static void
test_refuses (Place *self, gconstpointer data)
{
  g_autofree char *bad = g_build_filename (self->folder, "bad.json", NULL);
  g_autofree char *deep = g_strnfill (100000, '[');

  g_assert_true (g_file_set_contents (bad, deep, -1, NULL));
  expect_sentence (WORDS ("--port", "0"));
  expect_sentence (WORDS ("--data", self->data, "--port", "0"));
  expect_sentence (WORDS ("--data", self->data, "--campaign", bad, "--units", self->units));
  expect_sentence (WORDS ("--data", self->data, "--campaign", self->campaign, "--units", bad));
  expect_sentence (WORDS ("--data", self->data, "--campaign", self->units, "--units", self->units));
  expect_sentence (WORDS ("--data", self->data, "--campaign", "/nowhere", "--units", self->units));
  expect_sentence (WORDS ("--data", bad, "--campaign", self->campaign, "--units", self->units));
  expect_sentence (WORDS ("--data", self->data, "--port", "70000"));
  expect_sentence (WORDS ("--data", self->data, "--today", "yesterday"));
  expect_sentence (WORDS ("--data", self->data, "--make-code", "31447"));
  expect_sentence (WORDS ("--data", self->data, "--campaign", self->campaign, "--units", self->units, "--make-code",
                          "nowhere", "OL"));
  expect_sentence (WORDS ("--data", self->data, "--unknown"));
}

/* Two may not serve on one port; what is told is the port, not a crash. */
static void
test_port_taken (Place *self, gconstpointer data)
{
  guint port;
  g_autoptr (GSubprocess) process = start (self, &port);
  g_autofree char *number = g_strdup_printf ("%u", port);

  expect_sentence (WORDS ("--data", self->data, "--port", number));
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_successful (process));
}

/* A damaged journal is told, not overwritten. */
static void
test_damaged (Place *self, gconstpointer data)
{
  g_autofree char *journal = g_build_filename (self->data, "journal.db", NULL);
  g_autofree char *kept = NULL;

  g_assert_cmpint (g_mkdir (self->data, 0700), ==, 0);
  g_assert_true (g_file_set_contents (journal, "this is not a data base at all", -1, NULL));
  expect_sentence (WORDS ("--data", self->data, "--campaign", self->campaign, "--units", self->units));
  g_assert_true (g_file_get_contents (journal, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "this is not a data base at all");
}

/* A test that ends in the middle takes its companions along. The trap waits for whoever holds the output. */
static void
test_ends_with_the_test (Place *self, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GSubprocessLauncher) launcher = companion_launcher (G_SUBPROCESS_FLAGS_NONE);
      g_autoptr (GSubprocess) process = g_subprocess_launcher_spawn (launcher, NULL, "sleep", "60", NULL);

      g_assert_nonnull (process);
      raise (SIGKILL);
    }
  g_test_trap_subprocess (NULL, 20 * G_TIME_SPAN_SECOND, G_TEST_SUBPROCESS_DEFAULT);
  g_assert_false (g_test_trap_has_passed ());
  g_assert_false (g_test_trap_reached_timeout ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/program/" path, Place, NULL, set_up, function, tear_down)
  ADD ("help", test_help);
  ADD ("serves", test_serves);
  ADD ("refuses", test_refuses);
  ADD ("port-taken", test_port_taken);
  ADD ("damaged", test_damaged);
  ADD ("ends-with-the-test", test_ends_with_the_test);
#undef ADD
  return g_test_run ();
}
