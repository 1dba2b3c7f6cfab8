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

/* A pull put a colleague's word under an open edit: typing the first value over it is a change. */
static void
test_typing_the_first_value_over_a_colleague_s (Box *box, gconstpointer data)
{
  g_autofree char *name = NULL, *old = NULL, *theirs = td_member_digest ("\"Trần\"");

  edit (box, RECORD, "name", "Lê", "Phạm");
  edit (box, RECORD, "name", "Trần", "Lê");
  name = queued (box, 0, "name", &old);
  g_assert_cmpstr (name, ==, "Lê");
  g_assert_cmpstr (old, ==, theirs);
}

/* What was shown to one unit says nothing of what the other was shown. */
static void
test_another_unit_starts_from_the_beginning (Box *box, gconstpointer data)
{
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (td_store_enroll (box->store, "http://127.0.0.1:1", "31459@2024-07-01", "OL", "", &error));
  g_assert_true (td_store_set (box->store, TD_META_CURSOR, "E.7", &error));
  g_assert_true (td_store_enroll (box->store, "http://127.0.0.1:1", "31459@2024-07-01", "OL", "", &error));
  cursor = td_store_get (box->store, TD_META_CURSOR);
  g_assert_cmpstr (cursor, ==, "E.7");
  g_free (cursor);
  g_assert_true (td_store_enroll (box->store, "http://127.0.0.1:1", "31447@2024-07-01", "OL", "", &error));
  g_assert_no_error (error);
  cursor = td_store_get (box->store, TD_META_CURSOR);
  g_assert_cmpstr (cursor, ==, "");
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

#define ADD(path, function) g_test_add (path, Box, NULL, set_up, function, tear_down)

static void
add_edit_tests (void)
{
  ADD ("/store/edit/coalesce", test_edits_of_a_record_coalesce);
  ADD ("/store/edit/over-a-colleague-s", test_typing_the_first_value_over_a_colleague_s);
  ADD ("/store/enrol/another-unit", test_another_unit_starts_from_the_beginning);
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
  return g_test_run ();
}
