/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer.h"

#include "dossier/crypto.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#define OWNER "31447@2024-07-01"
#define RECORD "0198a000-0000-7000-8000-000000000001"

/* What lies beside the data base: backups, attachments; and what a desk knows of itself. */

static void
set_up (Box *box, gconstpointer data)
{
  box_open (box);
}

static void
tear_down (Box *box, gconstpointer data)
{
  box_clear (box);
}

static void
type_name (Box *box)
{
  box_edit (box, OWNER, RECORD, "name", NULL, "Lê");
}

/* ---- backups ----------------------------------------------------------------------------------- */

static void
ruin (const char *path)
{
  g_autofree char *text = g_strnfill (20000, 'x');

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_backup_and_restore (Box *box, gconstpointer data)
{
  g_autofree char *life = g_strdup (td_store_life (box->store));
  g_autofree char *good = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  type_name (box);
  g_assert_true (td_store_backup_due (box->store));
  g_assert_true (td_store_backup (box->store, &error));
  g_assert_no_error (error);
  g_assert_false (td_store_backup_due (box->store));
  g_clear_pointer (&box->store, td_store_close);
  ruin (box->path);
  g_assert_null (td_store_open (box->path, &error));
  g_assert_error (error, TD_DB_ERROR, TD_DB_ERROR_DAMAGED);
  g_clear_error (&error);
  good = td_store_good_backup (box->path, &error);
  g_assert_no_error (error);
  g_assert_true (td_store_restore (box->path, NULL, &error));
  g_assert_no_error (error);
  box_reopen (box);
  items = td_store_outbox (box->store);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_nonnull (strstr (((TdOutItem *)items->pdata[0])->body, "Lê"));
  g_assert_cmpstr (td_store_life (box->store), !=, life);
}

static void
test_damaged_backup_is_passed_over (Box *box, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *third = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (td_store_good_backup (box->path, &error));
  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_NO_BACKUP);
  g_assert_true (td_store_backup (box->store, NULL));
  first = td_store_good_backup (box->path, NULL);
  g_assert_true (td_store_backup (box->store, NULL));
  second = td_store_good_backup (box->path, NULL);
  g_assert_cmpstr (first, <, second);
  ruin (second);
  third = td_store_good_backup (box->path, NULL);
  g_assert_cmpstr (third, ==, first);
}

static void
test_ten_backups_are_kept (Box *box, gconstpointer data)
{
  g_autofree char *folder = g_strconcat (box->path, ".backups", NULL);
  g_autoptr (GDir) dir = NULL;
  guint count = 0;

  for (guint i = 0; i < 13; i++)
    g_assert_true (td_store_backup (box->store, NULL));
  dir = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    count++;
  g_assert_cmpuint (count, ==, 10);
}

static void
on_backup (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

static void
test_backup_in_a_thread (Box *box, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  td_store_backup_async (box->store, NULL, on_backup, &result);
  type_name (box);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (td_store_backup_finish (box->store, result, &error));
  g_assert_no_error (error);
  g_assert_false (td_store_backup_due (box->store));
}

static void
test_newer_store_is_refused (Box *box, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (td_db_script (td_store_db (box->store), "PRAGMA user_version = 99", NULL));
  g_clear_pointer (&box->store, td_store_close);
  g_assert_null (td_store_open (box->path, &error));
  g_assert_error (error, TD_DB_ERROR, TD_DB_ERROR_NEWER);
}

/* ---- files ----------------------------------------------------------------------------------------- */

static TdStoredFile *
add_file (Box *box, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return td_store_add_file (box->store, file, error);
}

static void
test_file_lies_under_its_hash (Box *box, gconstpointer data)
{
  g_autofree char *path = box_file (box, "báo cáo.pdf", "%PDF-1.4 báo cáo");
  g_autofree char *sha = td_digest ("%PDF-1.4 báo cáo", -1);
  g_autoptr (TdStoredFile) stored = add_file (box, path, NULL);
  g_autoptr (TdStoredFile) again = add_file (box, path, NULL);
  g_autofree char *where = td_store_file_path (box->store, sha);
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_cmpstr (stored->sha, ==, sha);
  g_assert_cmpstr (stored->name, ==, "báo cáo.pdf");
  g_assert_cmpstr (again->sha, ==, sha);
  g_assert_true (stored->here && !stored->uploaded);
  g_assert_true (g_file_get_contents (where, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "%PDF-1.4 báo cáo");
  g_assert_cmpint (g_stat (where, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 077, ==, 0);
}

static void
test_file_that_cannot_be_taken (Box *box, gconstpointer data)
{
  g_autofree char *empty = box_file (box, "empty.pdf", "");
  g_autofree char *huge = box_file (box, "huge.pdf", "x");
  const char *none[] = { "/proc/nowhere", box->folder, empty };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (add_file (box, none[i], &error));
      g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_FILE);
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (truncate (huge, TD_FILE_MAX + 1), ==, 0);
    g_assert_null (add_file (box, huge, &error));
    g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_LIMITS);
  }
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

static void
test_file_taken_in_a_thread (Box *box, gconstpointer data)
{
  g_autofree char *path = box_file (box, "a.pdf", "%PDF");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TdStoredFile) stored = NULL;

  td_store_add_file_async (box->store, file, NULL, on_added, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  stored = td_store_add_file_finish (box->store, result, NULL);
  g_assert_cmpint (stored->size, ==, 4);
}

static void
download (Box *box, const char *sha, const char *bytes)
{
  g_autofree char *temporary = td_store_temp_path (box->store, sha);

  g_assert_true (g_file_set_contents (temporary, bytes, -1, NULL));
}

static gboolean
take (Box *box, const char *sha, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_store_take_download_async (box->store, sha, NULL, on_added, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return td_store_take_download_finish (box->store, result, error);
}

static void
test_download_with_a_wrong_hash (Box *box, gconstpointer data)
{
  g_autofree char *sha = td_digest ("right", -1);
  g_autofree char *temporary = td_store_temp_path (box->store, sha);
  g_autofree char *next = NULL, *path = NULL, *none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (td_store_want_file (box->store, sha, "a.pdf", 5, NULL));
  download (box, sha, "wrong");
  g_assert_false (take (box, sha, &error));
  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_HASH);
  g_assert_false (g_file_test (temporary, G_FILE_TEST_EXISTS));
  g_assert_null (td_store_file_path (box->store, sha));
  next = td_store_next_download (box->store, NULL);
  g_assert_cmpstr (next, ==, sha);
  download (box, sha, "right");
  g_assert_true (take (box, sha, NULL));
  path = td_store_file_path (box->store, sha);
  g_assert_nonnull (path);
  none = td_store_next_download (box->store, NULL);
  g_assert_null (none);
}

static void
test_a_name_that_is_no_hash (Box *box, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (td_store_want_file (box->store, "../../etc/passwd", "x", 1, &error));
  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_HASH);
}

/* ---- what this desk is --------------------------------------------------------------------------- */

static void
test_drafts_and_documents_survive (Box *box, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) read = NULL;
  g_autofree char *draft = NULL, *digest = NULL, *none = NULL;
  g_autofree char *expected = td_digest ("{}", -1);

  g_assert_true (td_store_set_draft (box->store, "appraise/x", "đang viết", NULL));
  g_assert_true (td_store_set_document (box->store, "campaign", bytes, NULL));
  box_reopen (box);
  draft = td_store_draft (box->store, "appraise/x");
  g_assert_cmpstr (draft, ==, "đang viết");
  read = td_store_document (box->store, "campaign");
  g_assert_true (g_bytes_equal (read, bytes));
  digest = td_store_document_digest (box->store, "campaign");
  g_assert_cmpstr (digest, ==, expected);
  g_assert_true (td_store_set_draft (box->store, "appraise/x", "", NULL));
  none = td_store_draft (box->store, "appraise/x");
  g_assert_cmpstr (none, ==, "");
}

static void
test_unit_is_free_until_sent (Box *box, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (td_store_set_unit (box->store, OWNER, NULL));
  type_name (box);
  g_assert_true (td_store_set_unit (box->store, "31459@2024-07-01", NULL));
  g_assert_true (td_store_set_unit (box->store, OWNER, NULL));
  {
    g_autofree char *tip = NULL;
    g_autoptr (GPtrArray) ops = td_store_seal (box->store, 1000, &tip, NULL);

    g_assert_cmpuint (ops->len, ==, 1);
  }
  g_assert_true (td_store_set_unit (box->store, OWNER, NULL));
  g_assert_false (td_store_set_unit (box->store, "31459@2024-07-01", &error));
  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_BOUND);
}

static void
test_half_files_are_tidied_up (Box *box, gconstpointer data)
{
  g_autofree char *sha = td_digest ("x", -1);
  g_autofree char *old = td_store_temp_path (box->store, sha);
  g_autofree char *other = td_digest ("y", -1);
  g_autofree char *fresh = td_store_temp_path (box->store, other);
  struct utimbuf long_ago = { 1000, 1000 };

  g_assert_true (g_file_set_contents (old, "half", -1, NULL));
  g_assert_true (g_file_set_contents (fresh, "half", -1, NULL));
  g_assert_cmpint (g_utime (old, &long_ago), ==, 0);
  box_reopen (box);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
}

#define ADD(path, function) g_test_add (path, Box, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/backup/and-restore", test_backup_and_restore);
  ADD ("/store/backup/damaged-is-passed-over", test_damaged_backup_is_passed_over);
  ADD ("/store/backup/ten-are-kept", test_ten_backups_are_kept);
  ADD ("/store/backup/in-a-thread", test_backup_in_a_thread);
  ADD ("/store/open/newer", test_newer_store_is_refused);
  ADD ("/store/file/under-its-hash", test_file_lies_under_its_hash);
  ADD ("/store/file/cannot-be-taken", test_file_that_cannot_be_taken);
  ADD ("/store/file/in-a-thread", test_file_taken_in_a_thread);
  ADD ("/store/file/wrong-hash", test_download_with_a_wrong_hash);
  ADD ("/store/file/no-hash", test_a_name_that_is_no_hash);
  ADD ("/store/meta/drafts-and-documents", test_drafts_and_documents_survive);
  ADD ("/store/meta/unit-is-free-until-sent", test_unit_is_free_until_sent);
  ADD ("/store/file/half-are-tidied-up", test_half_files_are_tidied_up);
  return g_test_run ();
}
