/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "temporary.h"
#include "desk/registrations.h"
#include "text/i18n.h"

#include <glib/gstdio.h>
#include <string.h>

/* One desk without a line: what is typed, shown, checked, refused and kept. */

typedef struct
{
  char *folder;
  char *path;
  TdDesk *desk;
} Fixture;

static void
set_up (Fixture *self, gconstpointer code)
{
  self->folder = g_dir_make_tmp ("thidua-desk-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "desk.db", NULL);
  self->desk = desk_new (self->path, code, "Nguyễn Thị Ví Dụ");
}

static void
tear_down (Fixture *self, gconstpointer code)
{
  td_desk_close (self->desk);
  g_assert_finalize_object (self->desk);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

/* As after a kill: a new desk on the same file. */
static void
reopen (Fixture *self)
{
  td_desk_close (self->desk);
  g_object_unref (self->desk);
  self->desk = desk_new (self->path, NULL, NULL);
}

static void
assert_text (TdDesk *desk, const char *record, const char *path, const char *text)
{
  g_autofree char *found = td_desk_text (desk, record, path);

  g_assert_cmpstr (found, ==, text);
}

static void
assert_shown (TdDesk *desk, const char *record, const char *path, const char *text)
{
  g_autofree char *found = td_desk_shown (desk, record, path);

  g_assert_cmpstr (found, ==, text);
}

/* ---- first run ------------------------------------------------------------------- */

static void
test_first_run (Fixture *self, gconstpointer code)
{
  g_autoptr (GPtrArray) rows = td_desk_search_units (self->desk, "long my");
  gboolean district = FALSE, town = FALSE;
  GError *error = NULL;

  g_assert_cmpint (td_desk_seat (self->desk), ==, TD_SEAT_NONE);
  for (guint i = 0; i < rows->len; i++)
    {
      TdRowItem *row = rows->pdata[i];

      district = district || strcmp (row->title, "Huyện Long Mỹ") == 0;
      town = town || strcmp (row->title, "Thị xã Long Mỹ") == 0;
    }
  g_assert_true (district && town);
  g_assert_false (td_desk_choose_unit (self->desk, "nowhere", &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (td_desk_choose_unit (self->desk, ((TdRowItem *)rows->pdata[0])->id, &error));
  g_assert_nonnull (td_desk_unit (self->desk));
  reopen (self);
  g_assert_nonnull (td_desk_unit (self->desk));
  g_assert_cmpstr (td_desk_person (self->desk), ==, "Nguyễn Thị Ví Dụ");
  g_assert_cmpint (td_desk_line (self->desk), ==, TD_LINE_NEVER);
}

static void
test_seats (Fixture *self, gconstpointer code)
{
  static const struct
  {
    const char *code;
    TdSeat seat;
  } seats[] = { { "31447", TD_SEAT_UNIT },
                { "so-y-te", TD_SEAT_UNIT },
                { "935", TD_SEAT_DISTRICT },
                { "ban-tdkt", TD_SEAT_BOARD },
                { "van-phong-tinh-uy", TD_SEAT_REVIEWER } };
  TdDate day = td_campaign_start (td_desk_campaign (self->desk));

  for (guint i = 0; i < G_N_ELEMENTS (seats); i++)
    {
      const TdUnit *unit = td_units_by_code (td_desk_units (self->desk), seats[i].code, day);

      g_assert_true (td_desk_choose_unit (self->desk, unit->key, NULL));
      g_assert_cmpint (td_desk_seat (self->desk), ==, seats[i].seat);
    }
}

/* ---- typing ------------------------------------------------------------------------ */

static void
test_fields (Fixture *self, gconstpointer code)
{
  g_autofree char *events = td_desk_ledger (self->desk, "events");
  g_autofree char *targets = td_desk_ledger (self->desk, "targets");
  g_autofree char *key = td_desk_add_row (self->desk, targets, "target", NULL);
  g_autofree char *plan = g_strdup_printf ("target/%s/plan", key);
  g_autofree char *name = g_strdup_printf ("target/%s/name", key);
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  desk_type (self->desk, events, "launch/date", "10.7.2024", NULL);
  assert_text (self->desk, events, "launch/date", "2024-07-10");
  assert_shown (self->desk, events, "launch/date", "10/07/2024");
  desk_type (self->desk, targets, plan, "1.234,50", name, "  Số  hộ\xc2\xa0nghèo ", NULL);
  assert_text (self->desk, targets, plan, "1234.5");
  assert_shown (self->desk, targets, plan, "1.234,5");
  assert_text (self->desk, targets, name, "Số hộ nghèo");
  g_assert_false (td_desk_set (self->desk, targets, plan, "1,234.5", &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_false (td_desk_set (self->desk, events, "launch/date", "31/2/2024", &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  assert_text (self->desk, events, "launch/date", "2024-07-10");
  label = td_desk_field_label (self->desk, targets, plan);
  g_assert_nonnull (strstr (label, "Số hộ nghèo"));
  reopen (self);
  assert_text (self->desk, targets, plan, "1234.5");
  desk_type (self->desk, events, "launch/date", "", NULL);
  assert_text (self->desk, events, "launch/date", "");
}

static void
test_rows (Fixture *self, gconstpointer code)
{
  g_autofree char *targets = td_desk_ledger (self->desk, "targets");
  g_autofree char *one = td_desk_add_row (self->desk, targets, "target", NULL);
  g_autofree char *two = td_desk_add_row (self->desk, targets, "target", NULL);
  g_autofree char *three = td_desk_add_row (self->desk, targets, "target", NULL);
  g_autoptr (GPtrArray) keys = NULL;

  g_assert_true (td_desk_remove_row (self->desk, targets, "target", two, NULL));
  reopen (self);
  keys = td_desk_keys (self->desk, targets, "target");
  g_assert_cmpuint (keys->len, ==, 2);
  g_assert_cmpstr (keys->pdata[0], ==, one);
  g_assert_cmpstr (keys->pdata[1], ==, three);
}

static guint changes;

static void
on_changed (TdDesk *desk, const char *what, gpointer data)
{
  changes++;
}

static void
test_nomination (Fixture *self, gconstpointer code)
{
  g_autofree char *person = NULL;
  g_autofree char *collective = NULL;
  g_autoptr (TdDossierItem) item = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (TdDossierItem) first = NULL;
  g_autofree char *label = NULL;

  changes = 0;
  g_signal_connect (self->desk, "changed", G_CALLBACK (on_changed), NULL);
  person = td_desk_new_nomination (self->desk, FALSE, NULL);
  desk_type (self->desk, person, "name", "Trần Thị Thử", NULL);
  collective = td_desk_new_nomination (self->desk, TRUE, NULL);
  g_assert_cmpuint (changes, ==, 3);
  reopen (self);
  item = td_desk_dossier (self->desk, person);
  g_assert_cmpstr (item->title, ==, "Trần Thị Thử");
  g_assert_true (item->own && item->held && item->editable && item->waiting && !item->collective);
  g_assert_cmpstr (item->stage, ==, "draft");
  g_object_get (item, "kind-label", &label, NULL);
  g_assert_cmpstr (label, ==, item->kind_label);
  list = td_desk_dossiers (self->desk, TD_LIST_OWN);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  first = g_list_model_get_item (list, 0);
  g_assert_cmpstr (first->id, ==, collective);
  g_assert_cmpstr (first->title, ==, "Đảng bộ xã Vị Thủy");
}

/* ---- the live check --------------------------------------------------------------------- */

static TdFindingItem *
find_rule (TdDesk *desk, const char *dossier, const char *rule)
{
  g_autoptr (GListModel) list = td_desk_findings (desk, dossier);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdFindingItem) item = g_list_model_get_item (list, i);

      if (strcmp (item->rule, rule) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
}

static void
test_findings (Fixture *self, gconstpointer code)
{
  g_autofree char *ratings = td_desk_ledger (self->desk, "ratings");
  g_autofree char *dossier = td_desk_new_nomination (self->desk, TRUE, NULL);
  g_autoptr (TdFindingItem) before = find_rule (self->desk, dossier, "R-040");
  g_autoptr (TdFindingItem) after = NULL;
  g_autoptr (TdFindingItem) passed = NULL;

  g_assert_cmpstr (before->verdict, ==, "unknown");
  g_assert_cmpstr (before->record, ==, ratings);
  g_assert_true (g_str_has_prefix (before->path, "rating/"));
  g_assert_true (*before->clause != '\0' && *before->cure != '\0');
  desk_type (self->desk, ratings, "rating/2021", "HTNV", NULL);
  after = find_rule (self->desk, dossier, "R-040");
  g_assert_cmpstr (after->verdict, ==, "fail");
  desk_fill_ledger (self->desk);
  passed = find_rule (self->desk, dossier, "R-040");
  g_assert_cmpstr (passed->verdict, ==, "pass");
}

/* ---- handing in without a line --------------------------------------------------------------- */

static void
assert_list_size (GListModel *list, guint size)
{
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, size);
  g_object_unref (list);
}

static void
test_submit_waits (Fixture *self, gconstpointer code)
{
  g_autofree char *dossier = NULL;
  g_autofree char *letter = NULL;
  g_autofree char *waiting = NULL;
  g_autoptr (TdDossierItem) item = NULL;
  g_autoptr (GListModel) chain = NULL;
  g_autoptr (TdChainItem) link = NULL;
  int used, most;
  guint count;
  gsize bytes;

  desk_fill_ledger (self->desk);
  dossier = desk_nominate (self->desk, NULL, NULL);
  desk_refused (self->desk, "submit", NULL, "", NULL);
  letter = desk_write_letter (self->desk, dossier, NULL);
  td_desk_quota (self->desk, &used, &most);
  g_assert_cmpint (used, ==, 0);
  g_assert_cmpint (most, ==, -1);
  g_assert_null (td_desk_why_not (self->desk, "submit", dossier));
  g_assert_null (td_desk_why_not (self->desk, "submit", NULL));
  desk_do (self->desk, "submit", NULL, NULL);
  reopen (self);
  item = td_desk_dossier (self->desk, dossier);
  g_assert_cmpstr (item->stage, ==, "submitted");
  g_assert_true (item->waiting && !item->held && !item->editable);
  g_assert_cmpstr (item->submission, ==, letter);
  chain = td_desk_chain (self->desk, dossier);
  link = g_list_model_get_item (chain, 0);
  g_assert_cmpstr (link->verb, ==, "submit");
  g_assert_true (link->waiting);
  td_desk_waiting (self->desk, &count, &bytes);
  g_assert_cmpuint (count, >, 3);
  waiting = td_desk_waiting_text (self->desk);
  g_assert_nonnull (strstr (waiting, "KB"));
  g_assert_false (td_desk_may_set (self->desk, dossier, "achievement"));
  g_assert_false (td_desk_may_set (self->desk, letter, "letter/number"));
  assert_list_size (td_desk_submissions (self->desk), 1);
  assert_list_size (td_desk_problems (self->desk), 0);
  assert_list_size (td_desk_files (self->desk, dossier), 3);
}

static void
assert_waiting (TdDesk *desk, guint expected)
{
  guint count;
  gsize bytes;

  td_desk_waiting (desk, &count, &bytes);
  g_assert_cmpuint (count, ==, expected);
}

/* To look at the letter page is no change: the letter begins with the first words. */
static void
test_letter_begins (Fixture *self, gconstpointer code)
{
  GError *error = NULL;
  g_autofree char *letter = td_desk_submission (self->desk, &error);
  g_autofree char *again = td_desk_submission (self->desk, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (letter, ==, again);
  assert_waiting (self->desk, 0);
  assert_list_size (td_desk_submissions (self->desk), 0);
  g_assert_true (td_desk_may_set (self->desk, letter, "letter/number"));
  desk_type (self->desk, letter, "letter/number", "21/TTr-UBND", NULL);
  assert_waiting (self->desk, 1);
  assert_list_size (td_desk_submissions (self->desk), 1);
  reopen (self);
  found = td_desk_submission (self->desk, &error);
  g_assert_cmpstr (found, ==, letter);
  assert_waiting (self->desk, 1);
}

/* What a rule blocks is not written: the sentence has the figures, the draft stays. */
static void
test_submit_blocked (Fixture *self, gconstpointer code)
{
  g_autofree char *ratings = td_desk_ledger (self->desk, "ratings");
  g_autofree char *dossier = NULL;
  g_autofree char *letter = NULL;
  g_autofree char *why = NULL;

  desk_fill_ledger (self->desk);
  dossier = desk_nominate (self->desk, NULL, NULL);
  letter = desk_write_letter (self->desk, dossier, NULL);
  desk_type (self->desk, ratings, "rating/2024", "HTNV", NULL);
  why = td_desk_why_not (self->desk, "submit", dossier);
  g_assert_nonnull (why);
  g_assert_nonnull (strstr (why, "2024"));
  desk_refused (self->desk, "submit", NULL, "2024", NULL);
  desk_assert_stage (self->desk, dossier, "draft");
  g_assert_true (td_desk_may_set (self->desk, dossier, "achievement"));
}

/* A registration goes up with a letter of its own, judged by its own rules; the award letter doesn't offer it. */
static void
test_registration (Fixture *self, gconstpointer code)
{
  g_autofree char *registration = td_desk_ledger (self->desk, "registration");
  g_autofree char *award = NULL;
  g_autofree char *why = NULL;
  g_autoptr (GError) error = NULL;

  desk_type (self->desk, registration, "participants", "Đảng bộ xã Vị Thủy", NULL);
  assert_list_size (td_desk_dossiers (self->desk, TD_LIST_SELECTION), 0);
  assert_list_size (td_desk_dossiers (self->desk, TD_LIST_OWN), 0);
  why = td_desk_why_not (self->desk, "submit", registration);
  g_assert_nonnull (why); /* no targets yet */
  g_assert_false (td_desk_submit_registration (self->desk, &error));
  g_assert_nonnull (strstr (error->message, "chưa có chỉ tiêu nào"));
  desk_assert_stage (self->desk, registration, "draft");
  desk_fill_ledger (self->desk);
  award = td_desk_submission (self->desk, NULL); /* one being prepared is left alone */
  g_assert_null (td_desk_why_not (self->desk, "submit", registration));
  g_clear_error (&error);
  g_assert_true (td_desk_submit_registration (self->desk, &error));
  g_assert_no_error (error);
  desk_assert_stage (self->desk, registration, "submitted");
  g_free (why);
  why = td_desk_submission (self->desk, NULL);
  g_assert_cmpstr (why, ==, award);
  g_clear_pointer (&why, g_free);
  why = td_desk_registration_why_not (self->desk);
  g_assert_cmpstr (why, ==, "");
}

static void
test_never (Fixture *self, gconstpointer code)
{
  static const char *const never[] = { "receive", "return", "not_propose", "appraise", "review", "decide", "ask" };
  g_autofree char *dossier = desk_nominate (self->desk, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    {
      g_autofree char *why = td_desk_why_not (self->desk, never[i], dossier);

      g_assert_cmpstr (why, ==, "");
    }
  g_assert_null (td_desk_why_not (self->desk, "withdraw", dossier));
  desk_refused (self->desk, "withdraw", dossier, "", NULL);
  desk_do (self->desk, "withdraw", dossier, "reason", "Cá nhân chuyển công tác", NULL);
  desk_assert_stage (self->desk, dossier, "withdrawn");
}

/* ---- scans --------------------------------------------------------------------------------------- */

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
try_attach (Fixture *self, const char *record, const char *bytes, gssize length)
{
  g_autofree char *path = g_build_filename (self->folder, "scan.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (bytes != NULL)
    g_file_set_contents (path, bytes, length, NULL);
  else
    g_remove (path);
  td_desk_attach_async (self->desk, record, "KHAC", file, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return td_desk_attach_finish (self->desk, result, &error);
}

static void
test_scans (Fixture *self, gconstpointer code)
{
  g_autofree char *dossier = td_desk_new_nomination (self->desk, TRUE, NULL);
  g_autoptr (GListModel) files = NULL;
  g_autoptr (TdFileItem) item = NULL;

  g_assert_false (try_attach (self, dossier, NULL, 0));
  g_assert_false (try_attach (self, dossier, "", 0));
  g_assert_false (try_attach (self, dossier, "MZ\x90", 3));
  g_assert_false (try_attach (self, dossier, "%PDF-1.4\ncut off", -1));
  g_assert_true (try_attach (self, dossier, "%PDF-1.4\nwhole\n%%EOF\n", -1));
  reopen (self);
  files = td_desk_files (self->desk, dossier);
  g_assert_cmpuint (g_list_model_get_n_items (files), ==, 1);
  item = g_list_model_get_item (files, 0);
  g_assert_cmpstr (item->name, ==, "scan.pdf");
  g_assert_true (item->removable);
  g_assert_true (g_file_test (item->path, G_FILE_TEST_EXISTS));
  g_assert_true (td_desk_detach (self->desk, dossier, item->key, NULL));
  assert_list_size (td_desk_files (self->desk, dossier), 0);
}

/* ---- files that aren't ours, and the rest ------------------------------------------------------------- */

static void
test_bad_database (Fixture *self, gconstpointer code)
{
  g_autofree char *path = g_build_filename (self->folder, "bad.db", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "this is no data base at all, but long enough to look like one", -1, NULL);
  g_assert_null (td_desk_open (path, g_getenv ("TD_DATADIR"), &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_DAMAGED);
  g_assert_null (td_desk_good_backup (path));
  g_file_get_contents (path, &kept, NULL, NULL);
  g_assert_true (g_str_has_prefix (kept, "this is"));
  g_clear_error (&error);
  g_assert_null (td_desk_open (self->folder, g_getenv ("TD_DATADIR"), &error));
  g_assert_nonnull (error);
}

/* Without any copy: the damaged file is kept beside, and an empty data base opens. */
static void
test_begin_anew (Fixture *self, gconstpointer code)
{
  static const char damaged[] = "torn by a power cut, and no copy of it is there";
  g_autofree char *path = g_build_filename (self->folder, "bad.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  g_autoptr (TdDesk) anew = NULL;
  const char *name;
  guint kept = 0;

  g_file_set_contents (path, damaged, -1, NULL);
  g_assert_true (td_desk_begin_anew (path, &error));
  g_assert_no_error (error);
  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "bad.db.damaged-"))
      {
        g_autofree char *aside = g_build_filename (self->folder, name, NULL);
        g_autofree char *text = NULL;

        g_assert_true (g_file_get_contents (aside, &text, NULL, NULL));
        g_assert_cmpstr (text, ==, damaged);
        kept++;
      }
  g_assert_cmpuint (kept, ==, 1);
  anew = td_desk_open (path, g_getenv ("TD_DATADIR"), &error);
  g_assert_no_error (error);
  g_assert_nonnull (anew);
}

/* The daily copy is made in the background; a damaged data base is put back from it. */
static void
test_restore (Fixture *self, gconstpointer code)
{
  g_autofree char *events = td_desk_ledger (self->desk, "events");
  g_autofree char *folder = g_strconcat (self->path, ".backups", NULL);
  g_autofree char *when = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (td_desk_set (self->desk, events, "launch/document", "Kế hoạch số 12", &error));
  g_assert_no_error (error);
  td_desk_start_exchange (self->desk);
  for (guint i = 0; i < 500 && (when = td_desk_good_backup (self->path)) == NULL; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_nonnull (when);
  td_desk_close (self->desk); /* no log is left to mend it from */
  g_object_unref (self->desk);
  g_file_set_contents (self->path, "torn by a power cut", -1, NULL);
  self->desk = td_desk_open (self->path, g_getenv ("TD_DATADIR"), &error);
  g_assert_null (self->desk);
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (td_desk_restore (self->path, &error));
  g_assert_no_error (error);
  self->desk = desk_new (self->path, NULL, NULL);
  kept = td_desk_text (self->desk, events, "launch/document");
  g_assert_cmpstr (kept, ==, "Kế hoạch số 12");
}

static void
test_overview (Fixture *self, gconstpointer code)
{
  g_autoptr (GListModel) tasks = td_desk_tasks (self->desk);

  g_assert_cmpuint (g_list_model_get_n_items (tasks), >, 0);
  assert_list_size (td_desk_deadlines (self->desk), 4);
  assert_list_size (td_desk_units_below (self->desk), 0);
  td_desk_set_draft (self->desk, "appraise", "Ghi chú dở dang");
  reopen (self);
  {
    g_autofree char *draft = td_desk_draft (self->desk, "appraise");

    g_assert_cmpstr (draft, ==, "Ghi chú dở dang");
  }
}

#define ADD(path, code, function) g_test_add ("/desk/" path, Fixture, code, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("first-run", NULL, test_first_run);
  ADD ("seats", NULL, test_seats);
  ADD ("fields", "31447", test_fields);
  ADD ("rows", "31447", test_rows);
  ADD ("nomination", "31447", test_nomination);
  ADD ("findings", "31447", test_findings);
  ADD ("letter-begins", "31447", test_letter_begins);
  ADD ("submit-waits", "31447", test_submit_waits);
  ADD ("submit-blocked", "31447", test_submit_blocked);
  ADD ("registration", "31447", test_registration);
  ADD ("never", "31447", test_never);
  ADD ("scans", "31447", test_scans);
  ADD ("bad-database", "31447", test_bad_database);
  ADD ("begin-anew", "31447", test_begin_anew);
  ADD ("restore", "31447", test_restore);
  ADD ("overview", "31447", test_overview);
  return g_test_run ();
}
