/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer.h"

#include "dossier/crypto.h"

#include <string.h>

/* Two devices of one commune and their district, with an endpoint in memory
 * that can lose answers and forget. */

typedef struct
{
  Peer *peer;
  Box one, two, district;
  const char *owner;
  char *record;
} World;

static void
set_up (World *world, gconstpointer data)
{
  world->peer = peer_new ();
  box_open (&world->one);
  box_open (&world->two);
  box_open (&world->district);
  peer_admit (world->peer, world->one.store, "31447", "OL");
  peer_admit (world->peer, world->two.store, "31447", "OL");
  peer_admit (world->peer, world->district.store, "935", "OL");
  world->owner = peer_unit_key (world->peer, "31447");
  world->record = box_id ();
}

static void
tear_down (World *world, gconstpointer data)
{
  box_clear (&world->one);
  box_clear (&world->two);
  box_clear (&world->district);
  g_free (world->record);
  peer_free (world->peer);
}

static void
edit (World *world, Box *box, const char *path, const char *old, const char *value)
{
  box_edit (box, world->owner, world->record, path, old, value);
}

static void
assert_shown (World *world, Box *box, const char *path, const char *expected)
{
  g_autofree char *text = box_view_text (box, world->peer, world->record, path);

  g_assert_cmpstr (text, ==, expected);
}

static TdSyncAnswer *
ask (World *world, Box *box)
{
  g_autoptr (TdSyncRequest) request = peer_request (box->store, 100000);
  g_autoptr (TdProblem) problem = NULL;
  TdSyncAnswer *answer = peer_answer (world->peer, td_store_key (box->store), request, &problem);

  g_assert_null (problem);
  return answer;
}

static TdProblem *
ask_in_vain (World *world, Box *box)
{
  g_autoptr (TdSyncRequest) request = peer_request (box->store, 100000);
  TdProblem *problem = NULL;

  g_assert_null (peer_answer (world->peer, td_store_key (box->store), request, &problem));
  g_assert_nonnull (problem);
  return problem;
}

static void
apply (Box *box, const TdSyncAnswer *answer)
{
  g_autoptr (GError) error = NULL;

  td_store_apply_answer (box->store, answer, NULL, &error);
  g_assert_no_error (error);
}

/* Everything but the clock: what two applications of one answer must agree on. */
static char *
dump (TdStore *store)
{
  static const char *const tables[] = {
    "SELECT kind || ' ' || id || ' ' || body || ' ' || q FROM entity ORDER BY kind, id",
    "SELECT kind || ' ' || term || ' ' || id FROM term ORDER BY 1",
    "SELECT n || ' ' || id || ' ' || state || ' ' || i || ' ' || code || ' ' || q FROM outbox ORDER BY n",
    "SELECT name || ' ' || value FROM meta WHERE name IN ('cursor', 'acknowledged', 'day', 'tip') ORDER BY name",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GPtrArray) rows = td_db_get_list (td_store_db (store), NULL, tables[i], NULL);

      for (guint r = 0; r < rows->len; r++)
        g_string_append_printf (text, "%s\n", (char *)rows->pdata[r]);
    }
  return g_string_free (text, FALSE);
}

/* ---- verdicts ------------------------------------------------------------------------- */

static void
test_add_exchange (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) sent = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  assert_shown (world, &world->one, "name", "Lê Hoà");
  peer_exchange (world->peer, world->one.store);
  g_assert_cmpuint (box_waiting (&world->one), ==, 0);
  assert_shown (world, &world->one, "name", "Lê Hoà");
  sent = td_store_sent (world->one.store);
  g_assert_cmpuint (sent->len, ==, 1);
  g_assert_cmpint (((TdOutItem *)sent->pdata[0])->state, ==, TD_OUT_DONE);
  g_assert_cmpint (td_store_day (world->one.store), ==, td_date_parse_iso ("2025-07-08"));
  peer_exchange (world->peer, world->two.store);
  assert_shown (world, &world->two, "name", "Lê Hoà");
  peer_exchange (world->peer, world->district.store);
  g_assert_null (box_view_text (&world->district, world->peer, world->record, "name"));
}

static void
test_answer_twice_is_once (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) answer = NULL;
  g_autofree char *once = NULL, *twice = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  answer = ask (world, &world->one);
  apply (&world->one, answer);
  once = dump (world->one.store);
  apply (&world->one, answer);
  twice = dump (world->one.store);
  g_assert_cmpstr (once, ==, twice);
}

static void
test_answer_lost_after_commit (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) lost = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  lost = ask (world, &world->one);
  box_reopen (&world->one);
  g_assert_cmpuint (box_waiting (&world->one), ==, 1);
  edit (world, &world->one, "workplace", NULL, "Xã Vị Thủy");
  peer_exchange (world->peer, world->one.store);
  g_assert_cmpuint (g_hash_table_size (world->peer->verdicts), ==, 2);
  assert_shown (world, &world->one, "name", "Lê Hoà");
  assert_shown (world, &world->one, "workplace", "Xã Vị Thủy");
}

static void
test_stays_in_view_until_pulled (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) answer = NULL;
  g_autofree char *early = NULL;
  g_autoptr (GPtrArray) before = NULL, after = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  answer = ask (world, &world->one);
  early = g_steal_pointer (&answer->cur);
  answer->cur = g_strdup ("e1.1");
  g_ptr_array_set_size (answer->ch, 0);
  apply (&world->one, answer);
  g_assert_cmpuint (box_waiting (&world->one), ==, 0);
  assert_shown (world, &world->one, "name", "Lê Hoà");
  before = td_store_sent (world->one.store);
  g_assert_cmpint (((TdOutItem *)before->pdata[0])->state, ==, TD_OUT_SETTLED);
  peer_exchange (world->peer, world->one.store);
  after = td_store_sent (world->one.store);
  g_assert_cmpint (((TdOutItem *)after->pdata[0])->state, ==, TD_OUT_DONE);
  assert_shown (world, &world->one, "name", "Lê Hoà");
}

static void
test_refused_stays_until_put_aside (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL, none = NULL;
  TdOutItem *item;

  /* Another unit's record: the endpoint alone knows. */
  box_edit (&world->one, "31459@2024-07-01", world->record, "name", NULL, "Lê Hoà");
  edit (world, &world->two, "name", NULL, "Trần Bé");
  peer_exchange (world->peer, world->one.store);
  g_assert_cmpuint (box_waiting (&world->one), ==, 0);
  problems = td_store_problems (world->one.store);
  g_assert_cmpuint (problems->len, ==, 1);
  item = problems->pdata[0];
  g_assert_cmpstr (item->code, ==, "rights");
  g_assert_nonnull (strstr (item->body, "Lê Hoà"));
  g_assert_true (td_store_put_aside (world->one.store, item->id, NULL));
  none = td_store_problems (world->one.store);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_refused_does_not_block (World *world, gconstpointer data)
{
  g_autofree char *other = box_id ();
  g_autofree char *name = NULL;

  box_edit (&world->one, "31459@2024-07-01", world->record, "name", NULL, "Lê Hoà");
  box_edit (&world->one, world->owner, other, "name", NULL, "Trần Bé");
  peer_exchange (world->peer, world->one.store);
  name = box_view_text (&world->one, world->peer, other, "name");
  g_assert_cmpstr (name, ==, "Trần Bé");
}

static void
test_forecast_of_a_refusal (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (TdState) state = NULL;
  const TdOutcome *outcome;

  box_edit (&world->one, "31459@2024-07-01", world->record, "name", NULL, "Lê Hoà");
  state = td_store_view (world->one.store, world->peer->campaign, world->peer->units, TD_DATE_NONE);
  items = td_store_outbox (world->one.store);
  outcome = td_store_forecast (world->one.store, ((TdOutItem *)items->pdata[0])->id);
  g_assert_nonnull (outcome);
  g_assert_false (outcome->ok);
  g_assert_cmpstr (outcome->code, ==, "rights");
}

/* ---- two devices ------------------------------------------------------------------------- */

static void
test_different_members_merge (World *world, gconstpointer data)
{
  edit (world, &world->one, "name", NULL, "Lê Hoà");
  peer_exchange (world->peer, world->one.store);
  peer_exchange (world->peer, world->two.store);
  edit (world, &world->one, "position", NULL, "Bí thư");
  edit (world, &world->two, "workplace", NULL, "Xã Vị Thủy");
  peer_exchange (world->peer, world->two.store);
  peer_exchange (world->peer, world->one.store);
  peer_exchange (world->peer, world->two.store);
  assert_shown (world, &world->one, "position", "Bí thư");
  assert_shown (world, &world->one, "workplace", "Xã Vị Thủy");
  assert_shown (world, &world->two, "position", "Bí thư");
  assert_shown (world, &world->two, "workplace", "Xã Vị Thủy");
}

static void
test_same_member_keeps_both (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (TdState) state = NULL;
  TdRecord *record;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  edit (world, &world->two, "name", NULL, "Lê Hòa");
  peer_exchange (world->peer, world->one.store);
  peer_exchange (world->peer, world->two.store);
  peer_exchange (world->peer, world->one.store);
  assert_shown (world, &world->one, "name", "Lê Hoà");
  assert_shown (world, &world->two, "name", "Lê Hoà");
  state = td_store_mirror (world->one.store);
  record = td_state_record (state, world->record);
  g_assert_cmpuint (record->beside->len, ==, 1);
  g_assert_cmpstr (((TdBeside *)record->beside->pdata[0])->value, ==, "\"Lê Hòa\"");
  sent = td_store_sent (world->two.store);
  g_assert_cmpstr (((TdOutItem *)sent->pdata[0])->beside[0], ==, "name");
}

static void
test_pull_never_changes_an_open_edit (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  g_autoptr (TdSyncAnswer) answer = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  peer_exchange (world->peer, world->one.store);
  edit (world, &world->two, "name", NULL, "Lê Hòa");
  before = td_store_outbox (world->two.store);
  {
    g_autoptr (TdSyncRequest) request = td_sync_request_new ();
    g_autoptr (TdProblem) problem = NULL;

    g_free (request->life);
    request->life = g_strdup (td_store_life (world->two.store));
    answer = peer_answer (world->peer, td_store_key (world->two.store), request, &problem);
  }
  apply (&world->two, answer);
  after = td_store_outbox (world->two.store);
  g_assert_cmpstr (((TdOutItem *)before->pdata[0])->body, ==, ((TdOutItem *)after->pdata[0])->body);
  g_assert_cmpint (((TdOutItem *)after->pdata[0])->state, ==, TD_OUT_OPEN);
}

/* ---- answers that lie ----------------------------------------------------------------------- */

static void
assert_refused (World *world, Box *box, const TdSyncAnswer *answer)
{
  g_autofree char *before = dump (box->store);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (td_store_apply_answer (box->store, answer, NULL, &error));
  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_ANSWER);
  after = dump (box->store);
  g_assert_cmpstr (before, ==, after);
}

static void
test_verdict_on_what_was_never_sent (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) answer = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  answer = ask (world, &world->one);
  ((TdSyncVerdict *)answer->res->pdata[0])->i = 7;
  assert_refused (world, &world->one, answer);
}

static void
test_verdict_on_another_operation (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) answer = NULL;
  TdSyncVerdict *verdict;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  answer = ask (world, &world->one);
  verdict = answer->res->pdata[0];
  g_free (verdict->id);
  verdict->id = box_id ();
  assert_refused (world, &world->one, answer);
}

static void
test_cursor_that_is_none (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) answer = ask (world, &world->one);

  g_free (answer->cur);
  answer->cur = g_strdup ("yesterday");
  assert_refused (world, &world->one, answer);
}

static void
test_acknowledged_beyond_verdicts (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) answer = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  answer = ask (world, &world->one);
  g_ptr_array_set_size (answer->res, 0);
  answer->n = 50;
  apply (&world->one, answer);
  g_assert_cmpuint (box_waiting (&world->one), ==, 1);
  g_assert_cmpint (td_store_acknowledged (world->one.store), ==, 0);
  peer_exchange (world->peer, world->one.store);
  g_assert_cmpuint (box_waiting (&world->one), ==, 0);
}

static void
test_unreadable_entity_holds_up_nothing (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) answer = ask (world, &world->one);
  g_autoptr (JsonObject) json = json_object_new ();
  gint64 kept = 0;

  json_object_set_string_member (json, "from", "the future");
  g_ptr_array_add (answer->ch, td_sync_change_new (999, "hologram", "x", json));
  apply (&world->one, answer);
  g_assert_true (td_db_get_int (td_store_db (world->one.store), &kept, NULL, "SELECT count(*) FROM unread", NULL));
  g_assert_cmpint (kept, ==, 1);
  box_reopen (&world->one);
  g_assert_true (td_db_get_int (td_store_db (world->one.store), &kept, NULL, "SELECT count(*) FROM unread", NULL));
  g_assert_cmpint (kept, ==, 1);
}

/* ---- pages and forgetting ---------------------------------------------------------------------- */

static void
test_page_by_page (World *world, gconstpointer data)
{
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *id = box_id ();

      box_edit (&world->one, world->owner, id, "name", NULL, "Lê Hoà");
    }
  peer_exchange (world->peer, world->one.store);
  world->peer->page = 3;
  world->peer->requests = 0;
  peer_exchange (world->peer, world->two.store);
  g_assert_cmpuint (world->peer->requests, >, 3);
  {
    g_autoptr (TdState) state = td_store_mirror (world->two.store);
    g_autofree char *term = g_strconcat ("owner:", world->owner, NULL);
    g_autoptr (GPtrArray) ids = td_state_list (state, "dossier", term);

    g_assert_cmpuint (ids->len, ==, 7);
  }
}

static void
test_late_page_never_moves_back (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) early = ask (world, &world->two);
  g_autofree char *before = NULL, *after = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  peer_exchange (world->peer, world->one.store);
  peer_exchange (world->peer, world->two.store);
  before = dump (world->two.store);
  apply (&world->two, early);
  after = dump (world->two.store);
  g_assert_cmpstr (before, ==, after);
}

static void
test_endpoint_forgot_our_last (World *world, gconstpointer data)
{
  g_autoptr (TdProblem) problem = NULL;
  g_autofree char *life = g_strdup (td_store_life (world->one.store));

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  peer_exchange (world->peer, world->one.store);
  edit (world, &world->one, "name", "Lê Hoà", "Lê Hòa");
  peer_exchange (world->peer, world->one.store);
  peer_forget (world->peer);
  peer_admit (world->peer, world->one.store, "31447", "OL");
  problem = ask_in_vain (world, &world->one);
  g_assert_cmpstr (problem->type, ==, "cursor-gone");
  g_assert_true (td_store_start_over (world->one.store, NULL));
  g_clear_pointer (&problem, td_problem_free);
  problem = ask_in_vain (world, &world->one);
  g_assert_cmpstr (problem->type, ==, "op-gap");
  g_assert_true (td_store_rewind (world->one.store, problem->n, NULL));
  g_assert_cmpstr (td_store_life (world->one.store), ==, life);
  peer_exchange (world->peer, world->one.store);
  g_assert_cmpuint (g_hash_table_size (world->peer->verdicts), ==, 2);
  assert_shown (world, &world->one, "name", "Lê Hòa");
}

static void
test_start_over_drops_what_is_gone (World *world, gconstpointer data)
{
  g_autoptr (TdState) mirror = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  peer_exchange (world->peer, world->one.store);
  peer_exchange (world->peer, world->two.store);
  g_ptr_array_set_size (world->peer->shown, 3);
  g_free (world->peer->incarnation);
  world->peer->incarnation = g_strdup ("e2");
  g_assert_true (td_store_start_over (world->two.store, NULL));
  assert_shown (world, &world->two, "name", "Lê Hoà");
  peer_exchange (world->peer, world->two.store);
  mirror = td_store_mirror (world->two.store);
  g_assert_null (td_state_record (mirror, world->record));
  g_assert_nonnull (td_state_device (mirror, td_store_key (world->two.store)));
}

static void
test_endpoint_knows_more_than_we (World *world, gconstpointer data)
{
  g_autofree char *life = g_strdup (td_store_life (world->one.store));

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  g_assert_true (td_store_rewind (world->one.store, 9, NULL));
  g_assert_cmpstr (td_store_life (world->one.store), !=, life);
  peer_exchange (world->peer, world->one.store);
  g_assert_cmpuint (box_waiting (&world->one), ==, 0);
}

static void
test_new_life_sends_again_once (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) lost = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  lost = ask (world, &world->one);
  g_assert_true (td_store_new_life (world->one.store, NULL));
  g_assert_cmpuint (box_waiting (&world->one), ==, 1);
  peer_exchange (world->peer, world->one.store);
  g_assert_cmpuint (box_waiting (&world->one), ==, 0);
  g_assert_cmpuint (g_hash_table_size (world->peer->verdicts), ==, 1);
  assert_shown (world, &world->one, "name", "Lê Hoà");
}

/* Put back from a copy made while an edit was open, which then went off with more words: whatever is typed into it
 * now is another edit, and only the value that differs is kept beside. */
static void
test_open_edit_put_back (World *world, gconstpointer data)
{
  g_autofree char *kept = g_build_filename (world->one.folder, "kept.db", NULL);
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (TdState) view = NULL;
  TdRecord *record;

  edit (world, &world->one, "name", NULL, "Lê");
  edit (world, &world->one, "note", NULL, "một");
  g_assert_true (td_db_copy (td_store_db (world->one.store), kept, NULL));
  edit (world, &world->one, "name", "Lê", "Lê Hoà");
  peer_exchange (world->peer, world->one.store);
  g_clear_pointer (&world->one.store, td_store_close);
  g_assert_true (td_store_restore (world->one.path, kept, NULL));
  box_reopen (&world->one);
  assert_shown (world, &world->one, "name", "Lê");
  edit (world, &world->one, "position", NULL, "Giáo viên");
  peer_exchange (world->peer, world->one.store);
  peer_exchange (world->peer, world->one.store);
  refused = td_store_problems (world->one.store);
  g_assert_cmpuint (refused->len, ==, 0);
  assert_shown (world, &world->one, "name", "Lê Hoà");
  assert_shown (world, &world->one, "position", "Giáo viên");
  view = td_store_view (world->one.store, world->peer->campaign, world->peer->units, TD_DATE_NONE);
  record = td_state_record (view, world->record);
  g_assert_cmpuint (record->beside->len, ==, 1);
  g_assert_cmpstr (((TdBeside *)record->beside->pdata[0])->path, ==, "name");
}

/* ---- files and steps --------------------------------------------------------------------------- */

static void
test_needed_files (World *world, gconstpointer data)
{
  g_autofree char *path = box_file (&world->one, "a.pdf", "%PDF");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (TdStoredFile) stored = td_store_add_file (world->one.store, file, NULL);
  g_autoptr (TdStoredFile) after = NULL;
  g_autofree char *next = NULL, *none = NULL;
  guint files = 0;
  gsize bytes = 0;

  edit (world, &world->one, "file/a/sha", NULL, stored->sha);
  td_store_waiting (world->one.store, NULL, &bytes, &files);
  g_assert_cmpuint (files, ==, 1);
  g_assert_null (td_store_next_upload (world->one.store, NULL));
  peer_exchange (world->peer, world->one.store);
  next = td_store_next_upload (world->one.store, NULL);
  g_assert_cmpstr (next, ==, stored->sha);
  g_assert_true (td_store_set_uploaded (world->one.store, stored->sha, NULL));
  g_hash_table_add (world->peer->whole, g_strdup (stored->sha));
  peer_exchange (world->peer, world->one.store);
  none = td_store_next_upload (world->one.store, NULL);
  g_assert_null (none);
  after = td_store_file (world->one.store, stored->sha);
  g_assert_true (after->uploaded);
  td_store_waiting (world->one.store, NULL, &bytes, &files);
  g_assert_cmpuint (files, ==, 0);
}

static void
test_file_the_endpoint_had_already (World *world, gconstpointer data)
{
  g_autofree char *path = box_file (&world->one, "a.pdf", "%PDF");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (TdStoredFile) stored = td_store_add_file (world->one.store, file, NULL);
  g_autoptr (TdStoredFile) after = NULL;

  g_hash_table_add (world->peer->whole, g_strdup (stored->sha));
  edit (world, &world->one, "file/a/sha", NULL, stored->sha);
  peer_exchange (world->peer, world->one.store);
  after = td_store_file (world->one.store, stored->sha);
  g_assert_true (after->uploaded);
}

static void
test_attached_and_taken_off_waits_for_nothing (World *world, gconstpointer data)
{
  g_autofree char *path = box_file (&world->one, "a.pdf", "%PDF");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (TdStoredFile) stored = td_store_add_file (world->one.store, file, NULL);
  guint operations = 1, files = 1;

  edit (world, &world->one, "file/a/sha", NULL, stored->sha);
  edit (world, &world->one, "file/a/sha", stored->sha, NULL);
  td_store_waiting (world->one.store, &operations, NULL, &files);
  g_assert_cmpuint (operations, ==, 0);
  g_assert_cmpuint (files, ==, 0);
}

static void
withdraw (World *world)
{
  TdAuthor author;
  JsonObject *content;
  g_autoptr (TdOperation) operation = NULL;
  g_autoptr (GError) error = NULL;

  td_store_author (world->one.store, &author);
  content = td_operation_begin ("withdraw", &author);
  td_operation_name (content, world->record, 0, "");
  json_object_set_string_member (content, "reason", "trùng");
  operation = td_operation_close (content, &error);
  g_assert_no_error (error);
  g_assert_true (td_store_append (world->one.store, operation, NULL, &error));
}

static void
test_steps_come_verified (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) steps = NULL, all = NULL;
  TdStepItem *step;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  withdraw (world);
  peer_exchange (world->peer, world->one.store);
  peer_exchange (world->peer, world->two.store);
  steps = td_store_steps (world->two.store, world->record, 0);
  g_assert_cmpuint (steps->len, ==, 1);
  step = steps->pdata[0];
  g_assert_true (step->verified);
  g_assert_cmpstr (step->unit, ==, world->owner);
  g_assert_nonnull (strstr (step->body, "withdraw"));
  all = td_store_steps (world->two.store, NULL, 1);
  g_assert_cmpuint (all->len, ==, 1);
}

static void
test_altered_step_shows (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) steps = NULL;

  edit (world, &world->one, "name", NULL, "Lê Hoà");
  withdraw (world);
  peer_exchange (world->peer, world->one.store);
  g_assert_true (td_db_run (td_store_db (world->one.store), NULL,
                            "UPDATE entity SET body = replace (body, 'trùng', 'khác') WHERE kind = 'step'", NULL));
  steps = td_store_steps (world->one.store, world->record, 0);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_false (((TdStepItem *)steps->pdata[0])->verified);
}

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/answers/add-exchange", test_add_exchange);
  ADD ("/answers/twice-is-once", test_answer_twice_is_once);
  ADD ("/answers/lost-after-commit", test_answer_lost_after_commit);
  ADD ("/answers/in-view-until-pulled", test_stays_in_view_until_pulled);
  ADD ("/answers/refused-stays-until-put-aside", test_refused_stays_until_put_aside);
  ADD ("/answers/refused-does-not-block", test_refused_does_not_block);
  ADD ("/answers/forecast-of-a-refusal", test_forecast_of_a_refusal);
  ADD ("/answers/two-devices/different-members-merge", test_different_members_merge);
  ADD ("/answers/two-devices/same-member-keeps-both", test_same_member_keeps_both);
  ADD ("/answers/two-devices/pull-never-changes-an-open-edit", test_pull_never_changes_an_open_edit);
  ADD ("/answers/lie/never-sent", test_verdict_on_what_was_never_sent);
  ADD ("/answers/lie/another-operation", test_verdict_on_another_operation);
  ADD ("/answers/lie/cursor", test_cursor_that_is_none);
  ADD ("/answers/lie/acknowledged-beyond-verdicts", test_acknowledged_beyond_verdicts);
  ADD ("/answers/lie/unreadable-entity", test_unreadable_entity_holds_up_nothing);
  ADD ("/answers/pull/page-by-page", test_page_by_page);
  ADD ("/answers/pull/late-page", test_late_page_never_moves_back);
  ADD ("/answers/forgot/our-last", test_endpoint_forgot_our_last);
  ADD ("/answers/forgot/start-over-drops", test_start_over_drops_what_is_gone);
  ADD ("/answers/forgot/endpoint-knows-more", test_endpoint_knows_more_than_we);
  ADD ("/answers/forgot/new-life-sends-once", test_new_life_sends_again_once);
  ADD ("/answers/forgot/open-edit-put-back", test_open_edit_put_back);
  ADD ("/answers/file/needed", test_needed_files);
  ADD ("/answers/file/endpoint-had-it", test_file_the_endpoint_had_already);
  ADD ("/answers/file/attached-and-taken-off", test_attached_and_taken_off_waits_for_nothing);
  ADD ("/answers/step/verified", test_steps_come_verified);
  ADD ("/answers/step/altered", test_altered_step_shows);
  return g_test_run ();
}
