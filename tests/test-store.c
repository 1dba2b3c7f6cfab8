/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer.h"

#include "dossier/crypto.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define OWNER "31447@2024-07-01"
#define RECORD "0198a000-0000-7000-8000-000000000001"
#define OTHER "0198a000-0000-7000-8000-000000000002"

static void
set_up (Box *box, gconstpointer data)
{
  box_open (box);
  td_store_set (box->store, TD_META_PERSON, "Nguyễn Thị Hoà", NULL);
  td_store_set (box->store, TD_META_POSITION, "Chủ tịch", NULL);
}

static void
tear_down (Box *box, gconstpointer data)
{
  box_clear (box);
}

static void
edit (Box *box, const char *record, const char *path, const char *old, const char *value)
{
  box_edit (box, OWNER, record, path, old, value);
}

/* The only waiting operation's new value of @path, NULL when it doesn't name it. */
static char *
queued (Box *box, guint index, const char *path, char **old)
{
  g_autoptr (GPtrArray) items = td_store_outbox (box->store);
  TdOutItem *item;
  g_autoptr (JsonObject) content = NULL;
  JsonArray *pair;

  g_assert_cmpuint (index, <, items->len);
  item = items->pdata[index];
  content = td_json_parse_object (item->body, -1, TD_EDIT_MAX, NULL);
  pair = td_json_array (td_json_object (content, "f"), path);
  if (pair == NULL)
    return NULL;
  if (old != NULL)
    *old = g_strdup (td_json_element_string (pair, 0));
  return g_strdup (td_json_element_string (pair, 1));
}

static GPtrArray *
seal (Box *box)
{
  g_autofree char *tip = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *ops = td_store_seal (box->store, 1000000, &tip, &error);

  g_assert_no_error (error);
  return ops;
}

static TdOperation *
make_step (Box *box, const char *verb, const char *dossier, const char *reason)
{
  TdAuthor author;
  JsonObject *content;
  TdOperation *operation;
  g_autoptr (GError) error = NULL;

  td_store_author (box->store, &author);
  content = td_operation_begin (verb, &author);
  td_operation_name (content, dossier, 1, "");
  json_object_set_string_member (content, "reason", reason);
  operation = td_operation_close (content, &error);
  g_assert_no_error (error);
  return operation;
}

static void
append (Box *box, const char *verb, const char *dossier)
{
  g_autoptr (TdOperation) operation = make_step (box, verb, dossier, "lý do");
  g_autoptr (GError) error = NULL;

  td_store_append (box->store, operation, NULL, &error);
  g_assert_no_error (error);
}

/* ---- coalescing ---------------------------------------------------------------------- */

static void
test_edits_of_a_record_coalesce (Box *box, gconstpointer data)
{
  g_autofree char *name = NULL, *workplace = NULL, *old = NULL;
  g_autofree char *nothing = td_member_digest (NULL);

  edit (box, RECORD, "name", NULL, "Lê");
  edit (box, RECORD, "name", "Lê", "Lê Hoà");
  edit (box, RECORD, "workplace", NULL, "Xã Vị Thủy");
  edit (box, OTHER, "name", NULL, "Trần");
  g_assert_cmpuint (box_waiting (box), ==, 2);
  name = queued (box, 0, "name", &old);
  g_assert_cmpstr (name, ==, "Lê Hoà");
  g_assert_cmpstr (old, ==, nothing);
  workplace = queued (box, 0, "workplace", NULL);
  g_assert_cmpstr (workplace, ==, "Xã Vị Thủy");
}

static void
test_back_to_what_it_was_leaves_the_edit (Box *box, gconstpointer data)
{
  edit (box, RECORD, "name", "Lê", "Lê Hoà");
  edit (box, RECORD, "workplace", NULL, "Xã Vị Thủy");
  edit (box, RECORD, "name", "Lê Hoà", "Lê");
  g_assert_null (queued (box, 0, "name", NULL));
  edit (box, RECORD, "workplace", "Xã Vị Thủy", NULL);
  g_assert_cmpuint (box_waiting (box), ==, 0);
}

static void
test_no_change_is_no_operation (Box *box, gconstpointer data)
{
  edit (box, RECORD, "name", "Lê", "Lê");
  g_assert_cmpuint (box_waiting (box), ==, 0);
}

static void
test_another_person_begins_another_edit (Box *box, gconstpointer data)
{
  edit (box, RECORD, "name", NULL, "Lê");
  td_store_set (box->store, TD_META_PERSON, "Trần Văn Bé", NULL);
  edit (box, RECORD, "name", "Lê", "Lê Hoà");
  g_assert_cmpuint (box_waiting (box), ==, 2);
}

static void
test_sealed_edits_are_left_alone (Box *box, gconstpointer data)
{
  g_autofree char *old = NULL;
  g_autofree char *name = NULL;
  g_autofree char *before = td_member_digest ("\"Lê\"");

  edit (box, RECORD, "name", NULL, "Lê");
  g_ptr_array_unref (seal (box));
  edit (box, RECORD, "name", "Lê", "Lê Hoà");
  g_assert_cmpuint (box_waiting (box), ==, 2);
  name = queued (box, 1, "name", &old);
  g_assert_cmpstr (name, ==, "Lê Hoà");
  g_assert_cmpstr (old, ==, before);
}

static void
test_too_large_begins_another_edit (Box *box, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (40000, 'a');

  edit (box, RECORD, "achievement", NULL, long_text);
  edit (box, RECORD, "name", NULL, long_text);
  g_assert_cmpuint (box_waiting (box), ==, 2);
}

static void
test_oversized_edit_is_refused (Box *box, gconstpointer data)
{
  g_autofree char *text = g_strnfill (70000, 'a');
  g_autofree char *value = td_json_canonical_string (text);
  TdEditOf of = { RECORD, "nomination", OWNER, RECORD };
  TdChange change = { "achievement", NULL, value };
  g_autoptr (GError) error = NULL;

  edit (box, RECORD, "name", NULL, "Lê");
  g_assert_false (td_store_edit (box->store, &of, &change, 1, NULL, &error));
  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_LIMITS);
  g_assert_cmpuint (box_waiting (box), ==, 1);
  edit (box, RECORD, "name", "Lê", "Lê Hoà");
  g_assert_cmpuint (box_waiting (box), ==, 1);
}

static void
test_what_no_operation_may_hold_is_refused (Box *box, gconstpointer data)
{
  static const TdChange bad[] = {
    { "a/b/c/d", NULL, "\"x\"" },
    { "name", NULL, "\"Hoa\xcc\x80\"" },
    { "name", NULL, "1.5" },
    { "name", NULL, "\"x" },
  };
  TdEditOf of = { RECORD, "nomination", OWNER, RECORD };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (td_store_edit (box->store, &of, &bad[i], 1, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (box_waiting (box), ==, 0);
    }
}

static void
test_settling_names_its_member (Box *box, gconstpointer data)
{
  const char *settles[] = { OTHER, NULL };
  TdEditOf of = { RECORD, "nomination", OWNER, RECORD };
  TdChange change = { "name", "\"Lê\"", "\"Lê\"" };
  g_autofree char *name = NULL;

  g_assert_true (td_store_edit (box->store, &of, &change, 1, settles, NULL));
  name = queued (box, 0, "name", NULL);
  g_assert_cmpstr (name, ==, "Lê");
}

/* ---- steps ------------------------------------------------------------------------------- */

static void
test_step_closes_what_it_names (Box *box, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *name = NULL;

  edit (box, RECORD, "name", NULL, "Lê");
  edit (box, OTHER, "name", NULL, "Trần");
  append (box, "withdraw", RECORD);
  edit (box, RECORD, "name", "Lê", "Lê Hoà");
  edit (box, OTHER, "name", "Trần", "Trần Bé");
  items = td_store_outbox (box->store);
  g_assert_cmpuint (items->len, ==, 4);
  g_assert_cmpint (((TdOutItem *)items->pdata[0])->state, ==, TD_OUT_CLOSED);
  g_assert_cmpint (((TdOutItem *)items->pdata[1])->state, ==, TD_OUT_OPEN);
  g_assert_cmpstr (((TdOutItem *)items->pdata[2])->verb, ==, "withdraw");
  g_assert_cmpstr (((TdOutItem *)items->pdata[2])->dossier, ==, RECORD);
  name = queued (box, 1, "name", NULL);
  g_assert_cmpstr (name, ==, "Trần Bé");
}

static void
test_take_back_last_first (Box *box, gconstpointer data)
{
  g_autofree char *taken = NULL;
  g_autoptr (GError) error = NULL;

  edit (box, RECORD, "name", NULL, "Lê");
  append (box, "withdraw", RECORD);
  g_assert_true (td_store_take_back (box->store, &taken, NULL));
  g_assert_nonnull (strstr (taken, "withdraw"));
  g_assert_cmpuint (box_waiting (box), ==, 1);
  g_ptr_array_unref (seal (box));
  g_assert_false (td_store_take_back (box->store, NULL, &error));
  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_SENT);
  g_assert_cmpuint (box_waiting (box), ==, 1);
}

/* ---- envelopes ----------------------------------------------------------------------------- */

static void
test_envelopes_chain (Box *box, gconstpointer data)
{
  g_autoptr (GPtrArray) ops = NULL, again = NULL;
  g_autofree char *tip = NULL, *tip_again = NULL;
  g_autofree char *expected = g_strdup (TD_CHAIN_START);

  edit (box, RECORD, "name", NULL, "Lê");
  append (box, "withdraw", RECORD);
  ops = td_store_seal (box->store, 1000000, &tip, NULL);
  g_assert_cmpuint (ops->len, ==, 2);
  for (guint i = 0; i < ops->len; i++)
    {
      TdSyncOp *op = ops->pdata[i];
      g_autofree char *digest = td_digest (op->body, -1);
      char *next;

      g_assert_cmpint (op->i, ==, i + 1);
      g_assert_cmpstr (op->prev, ==, expected);
      next = td_chain_next (expected, td_store_life (box->store), op->i, digest);
      g_free (expected);
      expected = next;
      g_assert_true (i == 0 ? *op->sig == '\0' : td_verify (td_store_key (box->store), digest, op->sig));
    }
  g_assert_cmpstr (tip, ==, expected);
  box_reopen (box);
  again = td_store_seal (box->store, 1000000, &tip_again, NULL);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpstr (tip_again, ==, tip);
}

static void
test_batches_keep_to_their_size (Box *box, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'a');
  g_autofree char *tip = NULL;
  g_autoptr (GPtrArray) ops = NULL, one = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *id = box_id ();

      edit (box, id, "name", NULL, text);
    }
  ops = td_store_seal (box->store, 12000, &tip, NULL);
  g_assert_cmpuint (ops->len, ==, 2);
  g_free (g_steal_pointer (&tip));
  one = td_store_seal (box->store, 1, &tip, NULL);
  g_assert_cmpuint (one->len, ==, 1);
}

/* ---- nothing is lost ------------------------------------------------------------------------ */

/* The child types until it is killed and says after each call what is on disk. */
static void
type_until_killed (const char *path, int pipe_end)
{
  TdStore *store = td_store_open (path, NULL);
  TdEditOf of = { RECORD, "nomination", OWNER, RECORD };
  g_autofree char *old = NULL;

  for (guint32 i = 1;; i++)
    {
      g_autofree char *value = g_strdup_printf ("\"%u\"", i);
      TdChange change = { "name", old, value };

      if (!td_store_edit (store, &of, &change, 1, NULL, NULL) || write (pipe_end, &i, sizeof i) != sizeof i)
        _exit (1);
      g_free (old);
      old = g_steal_pointer (&value);
    }
}

static guint32
kill_after (const char *path, guint edits)
{
  int ends[2];
  guint32 said = 0, last = 0;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    type_until_killed (path, ends[1]);
  close (ends[1]);
  while (last < edits && read (ends[0], &said, sizeof said) == sizeof said)
    last = said;
  kill (child, SIGKILL);
  while (read (ends[0], &said, sizeof said) == sizeof said)
    last = said;
  waitpid (child, NULL, 0);
  close (ends[0]);
  return last;
}

static void
test_killed_between_writes (Box *box, gconstpointer data)
{
  for (guint round = 0; round < 5; round++)
    {
      g_autofree char *value = NULL;
      guint32 said;

      g_clear_pointer (&box->store, td_store_close);
      said = kill_after (box->path, 3 + 7 * round);
      box_reopen (box);
      value = queued (box, 0, "name", NULL);
      g_assert_nonnull (value);
      g_assert_cmpuint (g_ascii_strtoull (value, NULL, 10), >=, said);
      g_assert_true (td_store_take_back (box->store, NULL, NULL));
    }
}

static void
test_full_outbox_is_refused (Box *box, gconstpointer data)
{
  TdEditOf of = { RECORD, "nomination", OWNER, RECORD };
  TdChange change = { "name", NULL, "\"Lê\"" };
  g_autoptr (GError) error = NULL;

  g_assert_true (td_db_script (td_store_db (box->store),
                               "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 20000)"
                               " INSERT INTO outbox (id, verb, record, dossier, body, digest, sig, state, made_at)"
                               " SELECT x, 'edit', '', '', '', '', '', 1, 0 FROM c",
                               NULL));
  g_assert_false (td_store_edit (box->store, &of, &change, 1, NULL, &error));
  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_LIMITS);
}

/* ---- lives ------------------------------------------------------------------------------------ */

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &text, &length, NULL));
  /* In place, as cp does: the file's identity stays. */
  {
    FILE *file = fopen (to, "wb");

    g_assert_cmpuint (fwrite (text, 1, length, file), ==, length);
    fclose (file);
  }
}

static void
test_reopened_is_the_same_life (Box *box, gconstpointer data)
{
  g_autofree char *life = g_strdup (td_store_life (box->store));
  g_autofree char *key = g_strdup (td_store_key (box->store));

  box_reopen (box);
  box_reopen (box);
  g_assert_cmpstr (td_store_life (box->store), ==, life);
  g_assert_cmpstr (td_store_key (box->store), ==, key);
}

static void
test_copied_starts_a_new_life (Box *box, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (box->folder, "copy.db", NULL);
  g_autofree char *life = g_strdup (td_store_life (box->store));
  g_autoptr (TdStore) other = NULL;
  g_autoptr (GPtrArray) ops = NULL;
  g_autofree char *tip = NULL;

  edit (box, RECORD, "name", NULL, "Lê");
  g_ptr_array_unref (seal (box));
  g_assert_true (td_db_copy (td_store_db (box->store), copy, NULL));
  other = td_store_open (copy, NULL);
  g_assert_cmpstr (td_store_life (other), !=, life);
  g_assert_cmpstr (td_store_key (other), ==, td_store_key (box->store));
  ops = td_store_seal (other, 1000000, &tip, NULL);
  g_assert_cmpuint (ops->len, ==, 1);
  g_assert_cmpint (((TdSyncOp *)ops->pdata[0])->i, ==, 1);
  g_assert_cmpstr (((TdSyncOp *)ops->pdata[0])->prev, ==, TD_CHAIN_START);
}

static void
test_old_state_put_back_starts_a_new_life (Box *box, gconstpointer data)
{
  g_autofree char *kept = g_build_filename (box->folder, "kept.db", NULL);
  g_autofree char *life = g_strdup (td_store_life (box->store));

  g_clear_pointer (&box->store, td_store_close);
  copy_file (box->path, kept);
  box_reopen (box);
  edit (box, RECORD, "name", NULL, "Lê");
  g_assert_cmpstr (td_store_life (box->store), ==, life);
  g_clear_pointer (&box->store, td_store_close);
  copy_file (kept, box->path);
  box_reopen (box);
  g_assert_cmpstr (td_store_life (box->store), !=, life);
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
  g_autofree char *good = NULL, *name = NULL;
  g_autoptr (GError) error = NULL;

  edit (box, RECORD, "name", NULL, "Lê");
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
  name = queued (box, 0, "name", NULL);
  g_assert_cmpstr (name, ==, "Lê");
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
  edit (box, RECORD, "name", NULL, "Lê");
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

static void
test_download_with_a_wrong_hash (Box *box, gconstpointer data)
{
  g_autofree char *sha = td_digest ("right", -1);
  g_autofree char *temporary = td_store_temp_path (box->store, sha);
  g_autofree char *next = NULL, *path = NULL, *none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (td_store_want_file (box->store, sha, "a.pdf", 5, NULL));
  download (box, sha, "wrong");
  g_assert_false (td_store_take_download (box->store, sha, &error));
  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_HASH);
  g_assert_false (g_file_test (temporary, G_FILE_TEST_EXISTS));
  g_assert_null (td_store_file_path (box->store, sha));
  next = td_store_next_download (box->store, NULL);
  g_assert_cmpstr (next, ==, sha);
  download (box, sha, "right");
  g_assert_true (td_store_take_download (box->store, sha, NULL));
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
  edit (box, RECORD, "name", NULL, "Lê");
  g_assert_true (td_store_set_unit (box->store, "31459@2024-07-01", NULL));
  g_assert_true (td_store_set_unit (box->store, OWNER, NULL));
  g_ptr_array_unref (seal (box));
  g_assert_true (td_store_set_unit (box->store, OWNER, NULL));
  g_assert_false (td_store_set_unit (box->store, "31459@2024-07-01", &error));
  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_BOUND);
}

#define ADD(path, function) g_test_add (path, Box, NULL, set_up, function, tear_down)

static void
add_edit_tests (void)
{
  ADD ("/store/edit/coalesce", test_edits_of_a_record_coalesce);
  ADD ("/store/edit/back-to-what-it-was", test_back_to_what_it_was_leaves_the_edit);
  ADD ("/store/edit/no-change", test_no_change_is_no_operation);
  ADD ("/store/edit/another-person", test_another_person_begins_another_edit);
  ADD ("/store/edit/sealed-are-left-alone", test_sealed_edits_are_left_alone);
  ADD ("/store/edit/too-large-begins-another", test_too_large_begins_another_edit);
  ADD ("/store/edit/oversized-is-refused", test_oversized_edit_is_refused);
  ADD ("/store/edit/impossible-is-refused", test_what_no_operation_may_hold_is_refused);
  ADD ("/store/edit/settling-names-its-member", test_settling_names_its_member);
  ADD ("/store/edit/killed-between-writes", test_killed_between_writes);
  ADD ("/store/edit/full-outbox", test_full_outbox_is_refused);
  ADD ("/store/step/closes-what-it-names", test_step_closes_what_it_names);
  ADD ("/store/step/take-back-last-first", test_take_back_last_first);
  ADD ("/store/seal/chain", test_envelopes_chain);
  ADD ("/store/seal/batches-keep-to-their-size", test_batches_keep_to_their_size);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_edit_tests ();
  ADD ("/store/life/reopened-is-the-same", test_reopened_is_the_same_life);
  ADD ("/store/life/copied", test_copied_starts_a_new_life);
  ADD ("/store/life/old-state-put-back", test_old_state_put_back_starts_a_new_life);
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
  return g_test_run ();
}
