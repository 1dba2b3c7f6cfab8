/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/problems.h"
#include "desk/revoked.h"
#include "stick-fixture.h"
#include "text/i18n.h"

#include <string.h>

/* A machine revoked with work unsent (model.md 4.1): what it still brings, by line or stick, is kept aside and counts
 * for nothing until the administrator decides; the machine keeps it all and says so. */

typedef struct
{
  Stick stick;
  TdDesk *commune, *second;
  char *anna;
  char *code; /* of the second machine */
} Scene;

static char *
administer (Scene *self, gboolean good, const char *option, const char *value, const char *more)
{
  g_autofree char *program = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  char *said = NULL;
  GError *error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error, program, "--data",
                          self->stick.endpoint->dir, option, value, more, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_successful (process) != good)
    g_error ("%s: %s", option, said);
  return said;
}

static void
administered (Scene *self, const char *option, const char *value, const char *more, const char *part)
{
  g_autofree char *said = administer (self, TRUE, option, value, more);

  if (strstr (said, part) == NULL)
    g_error ("%s: “%s” does not say “%s”", option, said, part);
}

static void
set_up (Scene *self, gconstpointer data)
{
  g_autofree char *said = NULL;

  stick_set_up (&self->stick, NULL);
  self->commune = endpoint_desk (self->stick.endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->second = endpoint_desk (self->stick.endpoint, "second.db", "31447", "OL", "Lê Văn Máy Hai");
  self->code = td_desk_machine_code (self->second);
  self->anna = desk_nominate (self->commune, "Nguyễn Thị An", "000000000101");
  endpoint_exchange (self->commune);
  endpoint_exchange (self->second);
  desk_type (self->second, self->anna, "gender", "Nữ", NULL);
  administered (self, "--late", NULL, NULL, "Không có gì");
  said = administer (self, TRUE, "--revoke", self->code, NULL);
}

static void
tear_down (Scene *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->second);
  stick_tear_down (&self->stick, NULL);
  g_free (self->anna);
  g_free (self->code);
}

static void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” does not say “%s”", text, part);
}

static void
is_refused (TdDesk *desk, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  g_assert_false (td_desk_exchange_wait (desk, &error));
  assert_says (error->message, part);
  line = td_desk_line_text (desk);
  assert_says (line, part);
  g_assert_cmpint (td_desk_line (desk), ==, TD_LINE_LOCKED);
}

static void
enrol_again (Scene *self, TdDesk *desk)
{
  g_autofree char *secret = endpoint_code (self->stick.endpoint, "31447", "OL");
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  td_desk_enroll_async (desk, self->stick.endpoint->url, secret, NULL, stick_take, &result);
  stick_wait (&result);
  td_desk_enroll_finish (desk, result, &error);
  g_assert_no_error (error);
  g_assert_false (td_desk_revoked (desk));
}

static void
assert_gender (Scene *self, const char *text)
{
  g_autofree char *found = NULL;

  endpoint_exchange (self->commune);
  found = td_desk_text (self->commune, self->anna, "gender");
  g_assert_cmpstr (found, ==, text);
}

static guint
waits (TdDesk *desk)
{
  guint changes;
  gsize bytes;

  td_desk_waiting (desk, &changes, &bytes);
  return changes;
}

/* From here on it holds whatever the administrator decides. */
static void
kept_and_told (Scene *self)
{
  g_autofree char *copy = NULL, *line = NULL;

  is_refused (self->second, "thu hồi");
  is_refused (self->second, "1 thay đổi");
  assert_gender (self, "");
  g_assert_cmpuint (waits (self->second), ==, 1);
  copy = td_desk_waiting_copy (self->second);
  assert_says (copy, "Nguyễn Thị An");
  assert_says (copy, "Nữ");
  /* Said after a restart too, before anything is asked. */
  endpoint_reopen (self->stick.endpoint, "second.db", &self->second);
  line = td_desk_line_text (self->second);
  assert_says (line, "thu hồi");
  assert_says (line, "mã kết nối");
  g_assert_cmpint (td_desk_line (self->second), ==, TD_LINE_LOCKED);
  administered (self, "--late", NULL, NULL, "gender: Nữ");
  administered (self, "--late", self->code, NULL, "Lê Văn Máy Hai");
  administered (self, "--devices", NULL, NULL, "1 thay đổi");
}

static void
test_admitted (Scene *self, gconstpointer data)
{
  kept_and_told (self);
  administered (self, "--admit-late", self->code, NULL, "1 thay đổi");
  assert_gender (self, "Nữ");
  administered (self, "--late", NULL, NULL, "Không có gì");
  /* It is still out, and told what became of it. */
  is_refused (self->second, "chấp nhận xét 1");
  desk_type (self->second, self->anna, "gender", "Nam", NULL);
  is_refused (self->second, "1 thay đổi");
  assert_gender (self, "Nữ");
  administered (self, "--late", NULL, NULL, "gender: Nam");
  /* Let in again it sends everything; what was judged keeps its verdict and is not judged twice. */
  enrol_again (self, self->second);
  endpoint_exchange (self->second);
  g_assert_cmpuint (waits (self->second), ==, 0);
  assert_gender (self, "Nam");
  administered (self, "--late", NULL, NULL, "Không có gì");
}

static void
test_discarded (Scene *self, gconstpointer data)
{
  kept_and_told (self);
  administered (self, "--discard-late", self->code, NULL, "1 thay đổi");
  is_refused (self->second, "bỏ 1");
  g_assert_cmpuint (waits (self->second), ==, 1);
  administered (self, "--late", NULL, NULL, "Không có gì");
  assert_gender (self, "");
  /* Its own copy is what a new enrolment sends. */
  enrol_again (self, self->second);
  endpoint_exchange (self->second);
  assert_gender (self, "Nữ");
}

/* One of two, by its number. */
static void
test_some (Scene *self, gconstpointer data)
{
  g_autofree char *events = td_desk_ledger (self->second, "events");
  g_autofree char *list = NULL, *unknown = NULL;
  g_auto (GStrv) lines = NULL, words = NULL;

  desk_type (self->second, events, "interim/document", "15/BC-UBND", NULL);
  is_refused (self->second, "2 thay đổi");
  list = administer (self, TRUE, "--late", self->code, NULL);
  lines = g_strsplit (list, "\n", 2);
  words = g_strsplit (lines[0], " ", 2);
  unknown = administer (self, FALSE, "--admit-late", self->code, "0197e560-8f02-7000-8000-000002000000");
  assert_says (unknown, "--late");
  administered (self, "--admit-late", self->code, words[0], "1 thay đổi");
  assert_gender (self, "Nữ");
  administered (self, "--late", NULL, NULL, "15/BC-UBND");
  administered (self, "--discard-late", self->code, NULL, "1 thay đổi");
  is_refused (self->second, "chấp nhận xét 1");
  is_refused (self->second, "bỏ 1");
}

static void
test_by_stick (Scene *self, gconstpointer data)
{
  g_autofree char *package = stick_export (self->second, self->stick.folder);
  g_autofree char *receipt = g_build_filename (self->stick.folder, "bien-nhan.hsb", NULL);

  for (guint twice = 0; twice < 2; twice++)
    {
      g_autofree char *said = NULL;
      g_autofree char *program
          = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
      g_autoptr (GSubprocess) process
          = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL, program, "--data", self->stick.endpoint->dir,
                              "--import", package, "--receipt", receipt, NULL);

      g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, NULL);
      g_assert_false (g_subprocess_get_successful (process));
      assert_says (said, "giữ riêng");
    }
  administered (self, "--devices", NULL, NULL, "1 thay đổi");
  assert_gender (self, "");
  /* Over the line it is the same work, once. */
  is_refused (self->second, "1 thay đổi");
  administered (self, "--admit-late", self->code, NULL, "1 thay đổi");
  assert_gender (self, "Nữ");
}

#define ADD(path, function) g_test_add ("/revoked/" path, Scene, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("admitted", test_admitted);
  ADD ("discarded", test_discarded);
  ADD ("some", test_some);
  ADD ("by-stick", test_by_stick);
  return g_test_run ();
}
