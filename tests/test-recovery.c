/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/restored.h"
#include "endpoint-fixture.h"
#include "text/i18n.h"

#include <glib/gstdio.h>
#include <string.h>

/* The endpoint's journal is put back from an older copy (model.md 4.4), or a desk's data base is (1.4): it is noticed,
 * what is missing goes again, nothing is lost or counted twice, and people are told. */

typedef struct
{
  Endpoint *endpoint;
  TdDesk *commune, *second, *district, *neighbour;
  char *anna;
} Scene;

static void
set_up (Scene *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->second = endpoint_desk (self->endpoint, "second.db", "31447", "OL", "Lê Văn Máy Hai");
  self->district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  self->neighbour = endpoint_desk (self->endpoint, "neighbour.db", "31459", "OL", "Võ Văn Láng Giềng");
  self->anna = desk_nominate (self->commune, "Nguyễn Thị An", "000000000101");
  endpoint_exchange (self->commune);
  endpoint_exchange (self->second);
  endpoint_exchange (self->district);
  endpoint_exchange (self->neighbour);
}

static void
tear_down (Scene *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->second);
  desk_close (self->district);
  desk_close (self->neighbour);
  endpoint_free (self->endpoint);
  g_free (self->anna);
}

static char *
journal_path (Scene *self, const char *name)
{
  return g_build_filename (self->endpoint->dir, name, NULL);
}

static void
copy (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize)length, NULL));
}

/* A stopped endpoint has everything in the one file. */
static void
back_up (Scene *self)
{
  g_autofree char *journal = journal_path (self, "journal.db");
  g_autofree char *kept = journal_path (self, "kept.db");

  endpoint_stop (self->endpoint);
  copy (journal, kept);
  endpoint_start (self->endpoint);
}

static char *
administer (Scene *self, const char *option)
{
  g_autofree char *program = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  char *said = NULL;
  GError *error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                                                      &error, program, "--data", self->endpoint->dir, option, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("%s: %s", option, said);
  return said;
}

static void
put_back (Scene *self, gboolean recover)
{
  g_autofree char *journal = journal_path (self, "journal.db");
  g_autofree char *kept = journal_path (self, "kept.db");
  g_autofree char *said = NULL;

  endpoint_stop (self->endpoint);
  copy (kept, journal);
  if (recover)
    said = administer (self, "--recover");
  endpoint_start (self->endpoint);
}

static void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” does not say “%s”", text, part);
}

static void
assert_text (TdDesk *desk, const char *record, const char *path, const char *text)
{
  g_autofree char *found = td_desk_text (desk, record, path);

  g_assert_cmpstr (found, ==, text);
}

static guint
n_items (GListModel *list)
{
  guint n = g_list_model_get_n_items (list);

  g_object_unref (list);
  return n;
}

static void
assert_quiet (TdDesk *desk)
{
  guint changes;
  gsize bytes;

  td_desk_waiting (desk, &changes, &bytes);
  g_assert_cmpuint (changes, ==, 0);
  g_assert_cmpuint (n_items (td_desk_problems (desk)), ==, 0);
}

static void
assert_told (TdDesk *desk, const char *part)
{
  g_autofree char *text = td_desk_restored_text (desk);

  assert_says (text, part);
  assert_says (text, "mất gì");
}

/* ---- nobody said --recover -------------------------------------------------------------------------- */

/* Each sends its own again and sees the others' again, even where as much has happened since as before. */
static void
test_without_word (Scene *self, gconstpointer data)
{
  g_autofree char *events = td_desk_ledger (self->neighbour, "events");
  g_autofree char *before = NULL;

  back_up (self);
  desk_type (self->commune, self->anna, "workplace", "Xã đoàn", NULL);
  endpoint_exchange (self->commune);
  desk_type (self->neighbour, events, "interim/document", "15/BC-UBND", NULL);
  endpoint_exchange (self->neighbour);
  endpoint_exchange (self->second); /* its cursor has passed a place that will be another's */
  before = td_desk_restored_text (self->second);
  g_assert_cmpstr (before, ==, "");
  put_back (self, FALSE);
  desk_type (self->commune, self->anna, "gender", "Nữ", NULL);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->neighbour);
  endpoint_exchange (self->second);
  assert_text (self->second, self->anna, "gender", "Nữ");
  assert_quiet (self->second);
  assert_quiet (self->neighbour);
  assert_told (self->second, "trung tâm");
  assert_told (self->neighbour, "1 thay đổi");
  endpoint_reopen (self->endpoint, "neighbour.db", &self->neighbour);
  assert_text (self->neighbour, events, "interim/document", "15/BC-UBND");
  assert_told (self->neighbour, "1 thay đổi");
}

/* ---- recovery ------------------------------------------------------------------------------------------ */

static void
waits_for_recovery (TdDesk *desk)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (td_desk_exchange_wait (desk, &error));
  assert_says (error->message, "khôi phục");
}

static void
hand_in_and_back (Scene *self)
{
  g_autofree char *field = g_strdup_printf ("%s position", self->anna);
  g_autofree char *letter = NULL;
  const char *const again[] = { self->anna, NULL };
  GError *error = NULL;

  desk_fill_ledger (self->commune);
  letter = desk_write_letter (self->commune, self->anna, NULL);
  desk_do (self->commune, "submit", NULL, NULL);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  desk_do (self->district, "receive", self->anna, NULL);
  desk_do (self->district, "return", self->anna, "reason", "Ghi rõ chức vụ", "field", field, NULL);
  endpoint_exchange (self->district);
  endpoint_exchange (self->commune);
  desk_type (self->commune, self->anna, "position", "Chủ tịch Hội Nông dân xã", NULL);
  td_desk_step (self->commune, "submit", again, NULL, &error);
  g_assert_no_error (error);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
}

/* Steps of two desks that build on each other come back in their order, whoever comes first. */
static void
test_in_order (Scene *self, gconstpointer data)
{
  g_autofree char *said = NULL;
  g_autofree char *binh = NULL;
  guint steps;

  back_up (self);
  hand_in_and_back (self);
  steps = n_items (td_desk_chain (self->district, self->anna));
  put_back (self, TRUE);
  waits_for_recovery (self->district);
  binh = desk_nominate (self->commune, "Trần Văn Bình", "000000000102"); /* work goes on meanwhile */
  waits_for_recovery (self->commune);
  waits_for_recovery (self->commune);
  waits_for_recovery (self->second);
  desk_assert_stage (self->commune, self->anna, "submitted");
  said = administer (self, "--end-recovery");
  assert_says (said, "khôi phục đã xong");
  endpoint_exchange (self->district);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->second);
  desk_assert_stage (self->district, self->anna, "submitted");
  desk_assert_stage (self->commune, self->anna, "submitted");
  assert_text (self->second, self->anna, "position", "Chủ tịch Hội Nông dân xã");
  assert_text (self->second, binh, "name", "Trần Văn Bình");
  g_assert_cmpuint (n_items (td_desk_chain (self->district, self->anna)), ==, steps);
  assert_quiet (self->district);
  assert_told (self->district, "trung tâm");
  assert_told (self->commune, "trung tâm");
  desk_do (self->district, "receive", self->anna, NULL);
  endpoint_exchange (self->district);
  desk_assert_stage (self->district, self->anna, "received");
}

/* Whose work never came back leaves others without what they built on: both sides are told, nothing is lost. */
static void
test_missing (Scene *self, gconstpointer data)
{
  g_autofree char *said = NULL;
  g_autoptr (GListModel) problems = NULL;
  g_autoptr (TdProblemItem) problem = NULL;

  back_up (self);
  hand_in_and_back (self);
  put_back (self, TRUE);
  waits_for_recovery (self->district);
  said = administer (self, "--end-recovery");
  assert_says (said, "receive");
  endpoint_exchange (self->district);
  problems = td_desk_problems (self->district);
  g_assert_cmpuint (g_list_model_get_n_items (problems), ==, 2);
  problem = g_list_model_get_item (problems, 0);
  assert_says (problem->message, "bản sao cũ hơn");
  /* The commune comes late; all of its own is there again. */
  endpoint_exchange (self->commune);
  desk_assert_stage (self->commune, self->anna, "submitted");
  endpoint_exchange (self->district);
  desk_assert_stage (self->district, self->anna, "submitted");
}

/* ---- a desk's own data base -------------------------------------------------------------------------------- */

static void
test_desk_put_back (Scene *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->endpoint->folder, "second.db", NULL);
  g_autofree char *kept = g_build_filename (self->endpoint->folder, "kept.db", NULL);

  desk_type (self->second, self->anna, "gender", "Nữ", NULL);
  td_desk_close (self->second);
  g_clear_object (&self->second);
  copy (path, kept);
  self->second = desk_new (path, NULL, NULL);
  endpoint_exchange (self->second);
  desk_type (self->second, self->anna, "position", "Chủ tịch Hội Nông dân xã", NULL);
  endpoint_exchange (self->second);
  td_desk_close (self->second);
  g_clear_object (&self->second);
  copy (kept, path);
  self->second = desk_new (path, NULL, NULL);
  assert_told (self->second, "bản sao cũ hơn");
  endpoint_exchange (self->second);
  endpoint_exchange (self->commune);
  assert_text (self->second, self->anna, "position", "Chủ tịch Hội Nông dân xã");
  assert_text (self->commune, self->anna, "gender", "Nữ");
  assert_quiet (self->second);
  assert_quiet (self->commune);
}

#define ADD(path, function) g_test_add ("/recovery/" path, Scene, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("without-word", test_without_word);
  ADD ("in-order", test_in_order);
  ADD ("missing", test_missing);
  ADD ("desk-put-back", test_desk_put_back);
  return g_test_run ();
}
