/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/cli.h"
#include "json/json.h"
#include "text/i18n.h"

#include <glib/gstdio.h>
#include <string.h>

/* The command line, run as a process of its own: this very program, told to be thidua. */

static const char *self_path;

typedef struct
{
  int status;
  char *out;
  char *err;
} Run;

static void
run_clear (Run *run)
{
  g_free (run->out);
  g_free (run->err);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void thidua (Run *run, ...) G_GNUC_NULL_TERMINATED;

static void
thidua (Run *run, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  GError *error = NULL;
  char *word;
  va_list args;

  g_ptr_array_add (argv, (char *)self_path);
  g_ptr_array_add (argv, (char *)"--as-thidua");
  va_start (args, run);
  while ((word = va_arg (args, char *)) != NULL)
    g_ptr_array_add (argv, word);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *)argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->out, &run->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run->status = g_subprocess_get_exit_status (process);
}

/* One line on standard error, nothing else. */
static void
assert_sentence (const Run *run)
{
  g_assert_cmpint (run->status, ==, 2);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_cmpuint (strlen (run->err), >, 10);
  g_assert_true (strchr (run->err, '\n') == run->err + strlen (run->err) - 1);
}

static char *
data_path (const char *name)
{
  return g_build_filename (g_getenv ("TD_DATADIR"), name, NULL);
}

static char *
sample_path (void)
{
  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "data", "sample-dossiers.json", NULL);
}

static void
test_check (void)
{
  g_autofree char *campaign = data_path ("campaigns/hau-giang-2025.json");
  g_autofree char *units = data_path ("units/hau-giang-2024.json");
  g_autofree char *sample = sample_path ();
  g_autofree char *text = NULL;
  g_auto (Run) run = { 0 };
  g_auto (Run) again = { 0 };
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonArray *dossiers;

  thidua (&run, "check", "--campaign", campaign, sample, NULL);
  g_assert_cmpstr (run.err, ==, "");
  g_assert_cmpint (run.status, ==, 0);
  thidua (&again, "check", sample, "--units", units, "--campaign", campaign, NULL);
  g_assert_cmpstr (again.out, ==, run.out);
  g_file_get_contents (sample, &text, NULL, NULL);
  root = td_json_parse_object (text, -1, strlen (text), NULL);
  dossiers = td_json_array (root, "dossiers");
  lines = g_strsplit (run.out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, json_array_get_length (dossiers) + 1);
  for (guint i = 0; i < json_array_get_length (dossiers); i++)
    {
      g_autoptr (JsonObject) said = td_json_parse_object (lines[i], -1, strlen (lines[i]), NULL);
      JsonObject *row = td_json_element_object (dossiers, i);

      g_assert_cmpstr (td_json_string (said, "id"), ==, td_json_string (row, "id"));
      g_assert_cmpstr (td_json_string (said, "verdict"), ==,
                       td_json_string (td_json_object (row, "expected"), "verdict"));
    }
}

static void
check_bad (const char *campaign, const char *dossiers)
{
  g_auto (Run) run = { 0 };

  thidua (&run, "check", "--campaign", campaign, dossiers, NULL);
  assert_sentence (&run);
}

static void
test_bad_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("thidua-cli-XXXXXX", NULL);
  g_autofree char *bad = g_build_filename (folder, "bad.json", NULL);
  g_autofree char *none = g_build_filename (folder, "none.json", NULL);
  g_autofree char *campaign = data_path ("campaigns/hau-giang-2025.json");
  g_autofree char *sample = sample_path ();
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *whole = NULL;
  gsize length;
  const char *texts[] = { "", "{", "[]", "{\"units\":7}", "\xff\xfe", "{\"a\":1}garbage", NULL };

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_file_set_contents (bad, texts[i], -1, NULL);
      check_bad (campaign, bad);
      check_bad (bad, sample);
    }
  for (guint i = 0; i < 200000; i++)
    g_string_append (deep, "{\"a\":");
  g_file_set_contents (bad, deep->str, -1, NULL);
  check_bad (campaign, bad);
  check_bad (bad, sample);
  g_file_get_contents (sample, &whole, &length, NULL);
  g_file_set_contents (bad, whole, (gssize)length / 3, NULL);
  check_bad (campaign, bad);
  check_bad (campaign, none);
  check_bad (none, sample);
  check_bad (campaign, folder);
  g_remove (bad);
  g_rmdir (folder);
}

static void
test_words (void)
{
  g_auto (Run) version = { 0 };
  g_auto (Run) help = { 0 };
  g_auto (Run) unknown = { 0 };
  g_auto (Run) lacking = { 0 };
  g_auto (Run) windows = { 0 };

  thidua (&version, "--version", NULL);
  g_assert_cmpint (version.status, ==, 0);
  g_assert_nonnull (strstr (version.out, TD_VERSION));
  thidua (&help, "--help", NULL);
  g_assert_cmpint (help.status, ==, 0);
  g_assert_nonnull (strstr (help.out, "thidua check"));
  thidua (&unknown, "frobnicate", NULL);
  assert_sentence (&unknown);
  thidua (&lacking, "check", "--campaign", NULL);
  assert_sentence (&lacking);
  thidua (&windows, NULL);
  g_assert_cmpint (windows.status, ==, 99); /* the windows would open */
}

static void
test_sync (void)
{
  g_autofree char *folder = g_dir_make_tmp ("thidua-cli-XXXXXX", NULL);
  g_autofree char *none = g_build_filename (folder, "none.db", NULL);
  g_autofree char *path = g_build_filename (folder, "desk.db", NULL);
  g_auto (Run) missing = { 0 };
  g_auto (Run) loose = { 0 };
  g_auto (Run) bad = { 0 };
  TdDesk *desk = desk_new (path, "31447", "Nguyễn Văn Mẫu");
  g_autofree char *dossier = td_desk_new_nomination (desk, TRUE, NULL);

  td_desk_close (desk);
  g_object_unref (desk);
  thidua (&missing, "sync", "--database", none, NULL);
  assert_sentence (&missing);
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
  thidua (&loose, "sync", "--database", path, NULL);
  g_assert_cmpint (loose.status, ==, 1);
  g_assert_cmpuint (strlen (loose.err), >, 10);
  g_file_set_contents (none, "not a data base", -1, NULL);
  thidua (&bad, "sync", "--database", none, NULL);
  assert_sentence (&bad);
}

int
main (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "--as-thidua") == 0)
    {
      int status;

      td_i18n_start ();
      status = td_cli_run (argc - 1, argv + 1);
      return status < 0 ? 99 : status;
    }
  self_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/check", test_check);
  g_test_add_func ("/cli/bad-files", test_bad_files);
  g_test_add_func ("/cli/words", test_words);
  g_test_add_func ("/cli/sync", test_sync);
  return g_test_run ();
}
