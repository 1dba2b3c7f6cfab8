/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/problems.h"
#include "endpoint-fixture.h"
#include "text/i18n.h"

#include <string.h>

/* No loser: whoever comes second keeps every word, is told why in words, and can go on. */

typedef struct
{
  Endpoint *endpoint;
  TdDesk *commune, *second, *district;
  char *anna;
} Desks;

static void
set_up (Desks *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->second = endpoint_desk (self->endpoint, "second.db", "31447", "OL", "Lê Văn Máy Hai");
  self->district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
}

static void
tear_down (Desks *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->second);
  desk_close (self->district);
  endpoint_free (self->endpoint);
  g_free (self->anna);
}

static guint
n_problems (TdDesk *desk)
{
  g_autoptr (GListModel) list = td_desk_problems (desk);

  return g_list_model_get_n_items (list);
}

static TdProblemItem *
problem_of (TdDesk *desk, const char *path)
{
  g_autoptr (GListModel) list = td_desk_problems (desk);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdProblemItem) item = g_list_model_get_item (list, i);

      if (strcmp (item->path, path) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
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

static void
retry_refused (TdDesk *desk, TdProblemItem *problem, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (td_desk_retry (desk, problem, &error));
  g_assert_nonnull (error);
  assert_says (error->message, part);
}

static void
retry (TdDesk *desk, TdProblemItem *problem)
{
  g_autoptr (GError) error = NULL;

  td_desk_retry (desk, problem, &error);
  g_assert_no_error (error);
}

static void
both_know_anna (Desks *self)
{
  self->anna = desk_nominate (self->commune, "Nguyễn Thị An", "000000000101");
  endpoint_exchange (self->commune);
  endpoint_exchange (self->second);
}

/* ---- two machines of one unit ------------------------------------------------------------------ */

static gboolean
history_says (TdDesk *desk, const char *dossier, const char *label, const char *who)
{
  g_autoptr (GListModel) list = dossier == NULL ? td_desk_journal (desk) : td_desk_chain (desk, dossier);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdChainItem) item = g_list_model_get_item (list, i);

      if (strstr (item->label, label) != NULL && strstr (item->who, who) != NULL && *item->when != '\0')
        return TRUE;
    }
  return FALSE;
}

static void
settle (TdDesk *desk, const char *path, gboolean take_mine)
{
  g_autoptr (TdProblemItem) problem = problem_of (desk, path);
  GError *error = NULL;

  g_assert_nonnull (problem);
  td_desk_settle (desk, problem, take_mine, &error);
  g_assert_no_error (error);
}

static void
test_two_values (Desks *self, gconstpointer data)
{
  g_autofree char *code = td_desk_machine_code (self->commune);
  g_autofree char *other = td_desk_machine_code (self->second);
  g_autoptr (TdProblemItem) here = NULL;
  g_autoptr (TdProblemItem) there = NULL;
  g_autofree char *text = NULL;

  both_know_anna (self);
  desk_type (self->commune, self->anna, "position", "Bí thư Đoàn xã", "workplace", "Xã đoàn", NULL);
  desk_type (self->second, self->anna, "position", "Chủ tịch Hội Nông dân", "workplace", "Hội Nông dân", "gender", "Nữ",
             NULL);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->second);
  endpoint_exchange (self->commune);
  g_assert_cmpuint (n_problems (self->commune), ==, 2);
  assert_text (self->commune, self->anna, "gender", "Nữ");
  here = problem_of (self->commune, "position");
  there = problem_of (self->second, "position");
  g_assert_cmpstr (here->theirs, ==, "Bí thư Đoàn xã");
  g_assert_cmpstr (here->mine, ==, "Chủ tịch Hội Nông dân");
  assert_says (here->their_by, "Nguyễn Thị Ví Dụ, máy này, ");
  assert_says (there->their_by, code);
  assert_says (here->by, "Lê Văn Máy Hai");
  assert_says (here->by, other);
  text = td_desk_problem_text (self->commune, here);
  assert_says (text, "Chủ tịch Hội Nông dân");
  /* One tap settles one member; the other one still waits. */
  settle (self->commune, "position", TRUE);
  g_assert_cmpuint (n_problems (self->commune), ==, 1);
  settle (self->second, "workplace", FALSE);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->second);
  endpoint_exchange (self->commune);
  endpoint_reopen (self->endpoint, "commune.db", &self->commune);
  g_assert_cmpuint (n_problems (self->commune) + n_problems (self->second), ==, 0);
  assert_text (self->second, self->anna, "position", "Chủ tịch Hội Nông dân");
  assert_text (self->commune, self->anna, "workplace", "Xã đoàn");
  /* What was not chosen stays in the history of both, with who wrote it and who chose. */
  g_assert_true (history_says (self->second, self->anna, "Bí thư Đoàn xã", "Nguyễn Thị Ví Dụ"));
  g_assert_true (history_says (self->commune, self->anna, "Hội Nông dân", "Lê Văn Máy Hai"));
  g_assert_true (history_says (self->commune, NULL, "Hội Nông dân", "Lê Văn Máy Hai"));
}

/* ---- trả lại against an edit that came too late --------------------------------------------------- */

static void
hand_in (TdDesk *desk, const char *dossier)
{
  g_autofree char *letter = NULL;

  desk_fill_ledger (desk);
  letter = desk_write_letter (desk, dossier, NULL);
  desk_do (desk, "submit", NULL, NULL);
  endpoint_exchange (desk);
}

static void
test_late_edit (Desks *self, gconstpointer data)
{
  g_autofree char *field = NULL;
  g_autoptr (TdProblemItem) problem = NULL;

  both_know_anna (self);
  hand_in (self->commune, self->anna);
  /* The second machine does not know that yet. */
  desk_type (self->second, self->anna, "position", "Chủ tịch Hội Nông dân xã", NULL);
  field = td_desk_ledger (self->second, "events");
  desk_type (self->second, field, "interim/document", "15/BC-UBND", NULL);
  endpoint_exchange (self->second);
  problem = problem_of (self->second, "");
  g_assert_nonnull (problem);
  assert_says (problem->message, "không còn");
  assert_says (problem->content, "Chủ tịch Hội Nông dân xã");
  g_assert_cmpstr (problem->dossier, ==, self->anna);
  /* It holds up nothing: what was typed after it has arrived. */
  endpoint_exchange (self->commune);
  assert_text (self->commune, field, "interim/document", "15/BC-UBND");
  retry_refused (self->second, problem, "Trả lại");
  g_assert_cmpuint (n_problems (self->second), ==, 1);
  endpoint_exchange (self->district);
  desk_do (self->district, "receive", self->anna, NULL);
  g_free (field);
  field = g_strdup_printf ("%s position", self->anna);
  desk_do (self->district, "return", self->anna, "reason", "Ghi rõ chức vụ", "field", field, NULL);
  endpoint_exchange (self->district);
  endpoint_exchange (self->second);
  endpoint_reopen (self->endpoint, "second.db", &self->second);
  retry (self->second, problem);
  g_assert_cmpuint (n_problems (self->second), ==, 0);
  endpoint_exchange (self->second);
  endpoint_exchange (self->commune);
  assert_text (self->commune, self->anna, "position", "Chủ tịch Hội Nông dân xã");
}

/* ---- lấy lại against tiếp nhận -------------------------------------------------------------------- */

static void
test_received_first (Desks *self, gconstpointer data)
{
  g_autoptr (TdProblemItem) problem = NULL;

  both_know_anna (self);
  hand_in (self->commune, self->anna);
  endpoint_exchange (self->district);
  desk_do (self->district, "receive", self->anna, NULL);
  desk_do (self->commune, "recall", self->anna, "reason", "Thiếu giấy tờ", NULL);
  endpoint_exchange (self->district);
  endpoint_exchange (self->commune);
  desk_assert_stage (self->commune, self->anna, "received");
  problem = problem_of (self->commune, "");
  assert_says (problem->message, "đã tiếp nhận");
  assert_says (problem->content, "Thiếu giấy tờ");
  retry_refused (self->commune, problem, "");
  g_assert_cmpuint (n_problems (self->district), ==, 0);
}

static void
test_recalled_first (Desks *self, gconstpointer data)
{
  g_autoptr (TdProblemItem) problem = NULL;

  both_know_anna (self);
  hand_in (self->commune, self->anna);
  endpoint_exchange (self->district);
  desk_do (self->district, "receive", self->anna, NULL);
  desk_do (self->commune, "recall", self->anna, "reason", "Thiếu giấy tờ", NULL);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  desk_assert_stage (self->commune, self->anna, "draft");
  problem = problem_of (self->district, "");
  assert_says (problem->title, "Tiếp nhận");
  assert_says (problem->content, "Nguyễn Thị An");
  g_assert_cmpuint (n_problems (self->commune), ==, 0);
  /* The commune may write again, and hands in again; the district receives that. */
  desk_type (self->commune, self->anna, "position", "Chủ tịch Hội Nông dân", NULL);
  desk_do (self->commune, "submit", NULL, NULL);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  retry (self->district, problem);
  endpoint_exchange (self->district);
  desk_assert_stage (self->district, self->anna, "received");
  g_assert_cmpuint (n_problems (self->district), ==, 0);
}

/* ---- a refused step ---------------------------------------------------------------------------------- */

static void
test_refused_step (Desks *self, gconstpointer data)
{
  TdDesk *neighbour = endpoint_desk (self->endpoint, "neighbour.db", "31459", "OL", "Võ Văn Láng Giềng");
  g_autofree char *other = NULL;
  g_autofree char *text = NULL;
  g_autofree char *targets = NULL;
  g_autoptr (TdProblemItem) problem = NULL;

  both_know_anna (self);
  hand_in (self->commune, self->anna);
  other = desk_nominate (neighbour, "Nguyễn Thị An", "000000000101");
  hand_in (neighbour, other);
  problem = problem_of (neighbour, "");
  assert_says (problem->message, "số định danh");
  text = td_desk_problem_text (neighbour, problem);
  assert_says (text, "Nguyễn Thị An");
  /* Typed wrongly: put right, the same step is taken again with its words. */
  desk_type (neighbour, other, "personal_id", "000000000909", NULL);
  endpoint_reopen (self->endpoint, "neighbour.db", &neighbour);
  retry (neighbour, problem);
  g_assert_cmpuint (n_problems (neighbour), ==, 0);
  endpoint_exchange (neighbour);
  desk_assert_stage (neighbour, other, "submitted");
  g_assert_cmpuint (n_problems (neighbour), ==, 0);
  desk_close (neighbour);
}

/* ---- a machine revoked with work unsent ----------------------------------------------------------------- */

static char *
administer (Desks *self, gboolean good, const char *option, const char *value)
{
  g_autofree char *program = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  char *said = NULL;
  GError *error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error, program, "--data",
                          self->endpoint->dir, option, value, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process) == good);
  return said;
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
enrol_again (Desks *self, TdDesk *desk)
{
  g_autofree char *secret = endpoint_code (self->endpoint, "31447", "OL");
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  td_desk_enroll_async (desk, self->endpoint->url, secret, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  td_desk_enroll_finish (desk, result, &error);
  g_assert_no_error (error);
}

static void
test_revoked (Desks *self, gconstpointer data)
{
  g_autofree char *code = td_desk_machine_code (self->second);
  g_autofree char *unknown = administer (self, FALSE, "--revoke", "zzzz");
  g_autofree char *list = administer (self, TRUE, "--devices", NULL);
  g_autofree char *revoked = NULL;
  g_autoptr (GError) error = NULL;
  guint changes;
  gsize bytes;

  assert_says (unknown, "zzzz");
  assert_says (list, code);
  both_know_anna (self);
  desk_type (self->second, self->anna, "gender", "Nữ", NULL);
  revoked = administer (self, TRUE, "--revoke", code);
  /* At the very next request, told in words; nothing of it counts, and it is all still here. */
  g_assert_false (td_desk_exchange_wait (self->second, &error));
  assert_says (error->message, "mã kết nối");
  endpoint_exchange (self->commune);
  assert_text (self->commune, self->anna, "gender", "");
  endpoint_reopen (self->endpoint, "second.db", &self->second);
  td_desk_waiting (self->second, &changes, &bytes);
  g_assert_cmpuint (changes, ==, 1);
  /* Let in again for the same unit, what waited goes by itself, once. */
  enrol_again (self, self->second);
  endpoint_exchange (self->second);
  endpoint_exchange (self->commune);
  assert_text (self->commune, self->anna, "gender", "Nữ");
  g_assert_cmpuint (n_problems (self->second), ==, 0);
}

#define ADD(path, function) g_test_add ("/losers/" path, Desks, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("two-values", test_two_values);
  ADD ("late-edit", test_late_edit);
  ADD ("received-first", test_received_first);
  ADD ("recalled-first", test_recalled_first);
  ADD ("revoked", test_revoked);
  ADD ("refused-step", test_refused_step);
  return g_test_run ();
}
