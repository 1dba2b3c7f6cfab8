/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include "dossier/gather.h"
#include "text/vietnamese.h"

#include <string.h>

/* Operations from strangers, edits member by member, custody and who sees what. */

/* ---- operations ------------------------------------------------------------------ */

static const struct
{
  const char *what;
  const char *body;
} bad_operations[] = {
  { "not JSON", "{" },
  { "empty", "{}" },
  { "no author", "{\"at\":1,\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"k\":\"edit\"}" },
  { "unknown verb", "{\"at\":1,\"by\":{},\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"k\":\"steal\"}" },
  { "bad id", "{\"at\":1,\"by\":{},\"id\":\"1\",\"k\":\"receive\",\"on\":[]}" },
  { "names nothing",
    "{\"at\":1,\"by\":{},\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"k\":\"receive\",\"on\":[]}" },
  { "names twice", "{\"at\":1,\"by\":{},\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"k\":\"receive\",\"on\":[["
                   "\"0190a0a0-0000-7000-"
                   "8000-000000000002\",0,\"\"],[\"0190a0a0-0000-7000-8000-000000000002\",0,\"\"]]}" },
  { "not canonical", "{\"by\":{},\"at\":1,\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"k\":\"revoke\"}" },
  { "a float", "{\"at\":1.5,\"by\":{},\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"k\":\"revoke\"}" },
  { "no members",
    "{\"at\":1,\"by\":{},\"f\":{},\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"k\":\"edit\",\"r\":\"0190a0a0-0000-"
    "7000-8000-000000000002\",\"t\":\"events\",\"u\":\"x\"}" },
  { "a path of four parts", "{\"at\":1,\"by\":{},\"f\":{\"a/b/c/"
                            "d\":[\"\",\"x\"]},\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"k\":\"edit\","
                            "\"r\":\"0190a0a0-0000-7000-8000-000000000002\",\"t\":\"events\",\"u\":\"x\"}" },
  { "a digest that is none",
    "{\"at\":1,\"by\":{},\"f\":{\"a\":[\"zz\",\"x\"]},\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"k\":\"edit\","
    "\"r\":\"0190a0a0-0000-7000-8000-000000000002\",\"t\":\"events\",\"u\":\"x\"}" },
  { "decomposed text",
    "{\"at\":1,\"by\":{},\"f\":{\"a\":[\"\",\"e\xcc\x81\"]},\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"k\":"
    "\"edit\",\"r\":\"0190a0a0-0000-7000-8000-000000000002\",\"t\":\"events\",\"u\":\"x\"}" },
};

static void
test_bad_operations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_operations); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdOperation) operation = td_operation_parse (bad_operations[i].body, -1, &error);

      g_test_message ("%s", bad_operations[i].what);
      g_assert_null (operation);
      g_assert_nonnull (error);
    }
}

static void
test_deep_operation (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (td_operation_parse (deep->str, -1, &error));
  g_assert_error (error, TD_JSON_ERROR, TD_JSON_ERROR_TOO_DEEP);
}

static void
test_large_edit (void)
{
  Scene *scene = scene_new ();
  g_autofree char *text = g_strnfill (TD_EDIT_MAX, 'x');
  g_autofree char *id = scene_id (scene);
  g_autoptr (GError) error = NULL;

  g_assert_null (td_operation_close (scene_edit_on (scene, COMMUNE, id, "nomination", "achievement", text), &error));
  g_assert_error (error, TD_OPERATION_ERROR, TD_OPERATION_ERROR_LIMITS);
  scene_free (scene);
}

static void
test_round_trip (void)
{
  Scene *scene = scene_new ();
  g_autoptr (TdOperation) operation = NULL;
  g_autoptr (TdOperation) again = NULL;
  g_autoptr (GArray) names = NULL;
  g_autofree char *id = scene_id (scene);

  operation = td_operation_close (scene_step (scene, "return", ON (id), ON ("reason", "Thiếu xác nhận")), NULL);
  again = td_operation_parse (operation->body, -1, NULL);
  g_assert_cmpstr (operation->digest, ==, again->digest);
  g_assert_cmpstr (td_operation_text (again, "reason"), ==, "Thiếu xác nhận");
  names = td_operation_named (again);
  g_assert_cmpuint (names->len, ==, 1);
  g_assert_cmpstr (g_array_index (names, TdNamed, 0).dossier, ==, id);
  scene_free (scene);
}

static void
test_signatures (void)
{
  guint8 seed[32] = { 9 };
  g_autofree char *public_key = NULL;
  g_autofree char *secret_key = NULL;
  g_autofree char *signature = NULL;

  td_key_from_seed (seed, &public_key, &secret_key);
  signature = td_sign (secret_key, "abc");
  g_assert_true (td_verify (public_key, "abc", signature));
  g_assert_false (td_verify (public_key, "abd", signature));
  signature[0] = signature[0] == '0' ? '1' : '0';
  g_assert_false (td_verify (public_key, "abc", signature));
  g_assert_false (td_verify ("short", "abc", signature));
  g_assert_false (td_verify (public_key, "abc", ""));
}

static void
test_chain (void)
{
  g_autofree char *first = td_chain_next (TD_CHAIN_START, "life", 1, "digest");
  g_autofree char *second = td_chain_next (first, "life", 2, "digest");
  g_autofree char *other = td_chain_next (first, "other", 2, "digest");

  g_assert_true (td_is_hex (first, TD_DIGEST_LENGTH));
  g_assert_cmpstr (second, !=, first);
  g_assert_cmpstr (second, !=, other);
}

/* ---- edits -------------------------------------------------------------------------- */

static char *
text_of (Scene *scene, const char *record, const char *path)
{
  return td_record_text (td_state_record (scene->state, record), path);
}

static void
test_two_devices_different_members (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = scene_nominate (scene, COMMUNE, FALSE, "Nguyễn Văn Mẫu");
  JsonObject *mine = scene_edit_on (scene, COMMUNE, id, "nomination", "position", "Chủ tịch");
  JsonObject *theirs = scene_edit_on (scene, COMMUNE_2, id, "nomination", "achievement", "Thành tích");
  g_autofree char *position = NULL;
  g_autofree char *achievement = NULL;

  assert_code (scene_apply (scene, COMMUNE, mine), "");
  assert_code (scene_apply (scene, COMMUNE_2, theirs), "");
  position = text_of (scene, id, "position");
  achievement = text_of (scene, id, "achievement");
  g_assert_cmpstr (position, ==, "Chủ tịch");
  g_assert_cmpstr (achievement, ==, "Thành tích");
  g_assert_cmpuint (td_state_record (scene->state, id)->beside->len, ==, 0);
  scene_free (scene);
}

static void
test_two_devices_same_member (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = scene_nominate (scene, COMMUNE, FALSE, "Nguyễn Văn Mẫu");
  JsonObject *mine = scene_edit_on (scene, COMMUNE, id, "nomination", "position", "Chủ tịch");
  JsonObject *theirs = scene_edit_on (scene, COMMUNE_2, id, "nomination", "position", "Phó Chủ tịch");
  g_autofree char *position = NULL;
  const TdBeside *beside;
  JsonArray *settles = json_array_new ();
  JsonObject *choice;

  assert_code (scene_apply (scene, COMMUNE, mine), "");
  assert_code (scene_apply (scene, COMMUNE_2, theirs), "");
  position = text_of (scene, id, "position");
  g_assert_cmpstr (position, ==, "Chủ tịch");
  g_assert_cmpuint (td_state_record (scene->state, id)->beside->len, ==, 1);
  beside = td_state_record (scene->state, id)->beside->pdata[0];
  g_assert_cmpstr (beside->value, ==, "\"Phó Chủ tịch\"");
  g_assert_cmpstr (beside->path, ==, "position");
  /* one tap chooses; an edit names it settled */
  choice = scene_edit_on (scene, COMMUNE, id, "nomination", "position", "Phó Chủ tịch");
  json_array_add_string_element (settles, beside->op);
  json_object_set_array_member (choice, "settles", settles);
  assert_code (scene_apply (scene, COMMUNE, choice), "");
  g_assert_cmpuint (td_state_record (scene->state, id)->beside->len, ==, 0);
  scene_free (scene);
}

static void
test_same_words_are_no_conflict (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = scene_nominate (scene, COMMUNE, FALSE, "Nguyễn Văn Mẫu");
  JsonObject *mine = scene_edit_on (scene, COMMUNE, id, "nomination", "position", "Chủ tịch");
  JsonObject *theirs = scene_edit_on (scene, COMMUNE_2, id, "nomination", "position", "Chủ tịch");

  assert_code (scene_apply (scene, COMMUNE, mine), "");
  assert_code (scene_apply (scene, COMMUNE_2, theirs), "");
  g_assert_cmpuint (td_state_record (scene->state, id)->beside->len, ==, 0);
  scene_free (scene);
}

static void
test_unknown_members_survive (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = scene_nominate (scene, COMMUNE, FALSE, "Nguyễn Văn Mẫu");
  JsonObject *content = scene_edit_on (scene, COMMUNE, id, "nomination", "future", "x");
  JsonArray *pair = json_object_get_array_member (json_object_get_object_member (content, "f"), "future");
  JsonArray *value = json_array_new ();
  g_autoptr (JsonObject) json = NULL;
  TdRecord *copy;

  json_array_add_int_element (value, 7);
  json_array_remove_element (pair, 1);
  json_array_add_array_element (pair, value);
  assert_code (scene_apply (scene, COMMUNE, content), "");
  json = td_record_to_json (td_state_record (scene->state, id));
  copy = td_record_from_json (json);
  g_assert_cmpstr (td_record_get (copy, "future"), ==, "[7]");
  td_record_free (copy);
  scene_free (scene);
}

static void
test_edit_rights (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = scene_nominate (scene, COMMUNE, FALSE, "Nguyễn Văn Mẫu");
  g_autofree char *other = scene_id (scene);
  g_autofree char *ledger = scene_ledger (scene, COMMUNE, "ratings");

  assert_code (scene_edit (scene, NEIGHBOUR, id, "nomination", "name", "Kẻ khác"), "rights");
  assert_code (scene_edit (scene, DISTRICT, id, "nomination", "name", "Cấp trên"), "rights");
  assert_code (scene_edit (scene, NEIGHBOUR, ledger, "ratings", "rating/2024", "HTXSNV"), "format");
  assert_code (scene_edit (scene, COMMUNE, other, "ratings", "rating/2024", "HTXSNV"), "format");
  assert_code (scene_edit (scene, COMMUNE, other, "session", "date", "2025-07-01"), "rights");
  assert_code (scene_edit (scene, COMMUNE, other, "diary", "date", "2025-07-01"), "kind");
  assert_code (scene_edit (scene, COMMUNE, id, "submission", "name", "x"), "format");
  scene_free (scene);
}

static void
note_for_all (gpointer data, const char *scope, const char *kind, const char *id)
{
  if (strcmp (scope, "*") == 0 && strcmp (kind, "record") == 0)
    g_hash_table_add (data, g_strdup (id));
}

/* Projects and blocks are the board's to write and everybody's to read; the roster of the Council is its own. */
static void
test_catalogue (void)
{
  Scene *scene = scene_new ();
  g_autofree char *project = scene_id (scene);
  g_autofree char *block = scene_id (scene);
  g_autofree char *roster = scene_ledger (scene, BOARD, "council");
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  assert_code (scene_edit (scene, DISTRICT, block, "block", "name", "Khối"), "rights");
  assert_code (scene_edit (scene, DISTRICT, roster, "council", "member/m1/name", "Ai đó"), "rights");
  assert_code (scene_edit (scene, BOARD, block, "council", "member/m1/name", "Ai đó"), "format");
  assert_code (scene_edit (scene, BOARD, project, "project", "coordinating/so-y-te/exceeded", "3"), "");
  assert_code (scene_edit (scene, BOARD, block, "block", "unit/dn-mau-mot", "yes"), "");
  assert_code (scene_edit (scene, BOARD, roster, "council", "member/m1/name", "Trần Văn Mẫu"), "");
  td_state_each_shown (scene->state, note_for_all, all);
  g_assert_true (g_hash_table_contains (all, project));
  g_assert_true (g_hash_table_contains (all, block));
  g_assert_false (g_hash_table_contains (all, roster));
  g_assert_true (scene_shown (scene, BOARD, "record", roster));
  scene_free (scene);
}

static void
test_edit_after_handing_in (void)
{
  Scene *scene = scene_new ();
  g_autofree char *name = NULL;

  scene_advance (scene, "submitted");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "name", "Tên khác"), "held");
  name = text_of (scene, scene->person, "name");
  g_assert_cmpstr (name, ==, "Nguyễn Văn Mẫu");
  /* the letter is closed: words are kept beside it, not lost */
  assert_code (scene_edit (scene, COMMUNE, scene->letter, "submission", "letter/number", "99/TTr"), "");
  g_assert_cmpuint (td_state_record (scene->state, scene->letter)->beside->len, ==, 1);
  scene_free (scene);
}

static void
test_return_opens_only_what_it_names (void)
{
  Scene *scene = scene_new ();
  const TdRecord *record;

  scene_advance (scene, "received");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "achievement")), "");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->collective, scene->letter, "minutes")), "");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "achievement", "Đã bổ sung"), "");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "name", "Đổi tên"), "");
  record = td_state_record (scene->state, scene->person);
  g_assert_cmpuint (record->beside->len, ==, 1);
  g_assert_true (td_member_open (scene->state, scene->units, record, "achievement"));
  g_assert_false (td_member_open (scene->state, scene->units, record, "name"));
  /* a named part of the letter opens what is below it */
  record = td_state_record (scene->state, scene->letter);
  g_assert_true (td_member_open (scene->state, scene->units, record, "minutes/chair"));
  g_assert_false (td_member_open (scene->state, scene->units, record, "letter/number"));
  scene_free (scene);
}

static void
test_recall_of_all_opens_the_letter (void)
{
  Scene *scene = scene_new ();

  scene_advance (scene, "submitted");
  g_assert_true (td_state_record (scene->state, scene->letter)->closed);
  assert_code (scene_apply (scene, COMMUNE, scene_step (scene, "recall", ON (scene->person), NULL)), "");
  g_assert_true (td_state_record (scene->state, scene->letter)->closed);
  assert_code (scene_apply (scene, COMMUNE, scene_step (scene, "recall", ON (scene->collective), NULL)), "");
  g_assert_false (td_state_record (scene->state, scene->letter)->closed);
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "name", "Nguyễn Văn Mẫu Hai"), "");
  assert_code (scene_apply (scene, COMMUNE,
                            scene_submit (scene, COMMUNE, scene->letter, ON (scene->collective, scene->person))),
               "");
  g_assert_cmpint (td_state_dossier (scene->state, scene->person)->version, ==, 2);
  scene_free (scene);
}

/* ---- custody and versions ----------------------------------------------------------------- */

static void
test_versions_are_frozen (void)
{
  Scene *scene = scene_new ();
  g_autofree char *ratings = NULL;
  TdVersion *first;
  TdVersion *second;

  scene_advance (scene, "received");
  ratings = scene_ledger (scene, COMMUNE, "ratings");
  assert_code (scene_edit (scene, COMMUNE, ratings, "ratings", "decision/2020", "7/QĐ"), "");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "achievement")), "");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "achievement", "Đã bổ sung"), "");
  assert_code (scene_apply (scene, COMMUNE, scene_submit (scene, COMMUNE, scene->letter, ON (scene->person))), "");
  first = td_state_version (scene->state, scene->person, 1);
  second = td_state_version (scene->state, scene->person, 2);
  g_assert_cmpstr (first->digest, !=, second->digest);
  g_assert_null (td_record_get (first->records->pdata[0], "achievement"));
  g_assert_cmpstr (td_record_get (second->records->pdata[0], "achievement"), ==, "\"Đã bổ sung\"");
  /* the quotes are renewed for what was handed in again, and for no other */
  g_assert_cmpstr (g_hash_table_lookup (first->quotes, ratings), !=, g_hash_table_lookup (second->quotes, ratings));
  g_assert_cmpint (td_state_dossier (scene->state, scene->collective)->version, ==, 1);
  g_assert_nonnull (td_state_body (scene->state, g_hash_table_lookup (first->quotes, ratings)));
  scene_free (scene);
}

static void
test_one_dossier_goes_down_the_rest_goes_on (void)
{
  Scene *scene = scene_new ();
  const char *const words[] = { "verdict", "pass", "note", "", NULL };

  scene_advance (scene, "board_received");
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->person, "achievement")), "");
  g_assert_cmpstr (td_state_dossier (scene->state, scene->person)->holder, ==, scene->units_of[DISTRICT]);
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "achievement")), "");
  g_assert_cmpstr (td_state_dossier (scene->state, scene->person)->holder, ==, scene->units_of[COMMUNE]);
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "appraise", ON (scene->collective), words)), "");
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "to_council", ON (scene->collective), NULL)), "");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "achievement", "Đã bổ sung"), "");
  assert_code (scene_apply (scene, COMMUNE, scene_submit (scene, COMMUNE, scene->letter, ON (scene->person))), "");
  g_assert_cmpstr (scene_stage (scene, scene->person), ==, "submitted");
  g_assert_cmpstr (scene_stage (scene, scene->collective), ==, "in_council");
  scene_free (scene);
}

static void
test_opinion_on_an_older_version (void)
{
  Scene *scene = scene_new ();
  g_autoptr (GPtrArray) opinions = NULL;
  g_autofree char *old = NULL;

  scene_advance (scene, "board_received");
  old = g_strdup (td_state_dossier (scene->state, scene->person)->digest);
  assert_code (scene_apply (scene, BOARD,
                            scene_step (scene, "appraise", ON (scene->person),
                                        ON ("verdict", "fail", "note", "Chưa rõ"))),
               "");
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->person, "achievement")), "");
  opinions = td_state_opinions (scene->state, scene->person);
  g_assert_cmpuint (opinions->len, ==, 1);
  g_assert_cmpstr (((TdEntry *)opinions->pdata[0])->digest, ==, old);
  scene_free (scene);
}

static void
test_returned_from_in_council_needs_new_appraisal (void)
{
  Scene *scene = scene_new ();

  scene_advance (scene, "in_council");
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->person, "achievement")), "");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "achievement")), "");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "achievement", "Bổ sung"), "");
  assert_code (scene_apply (scene, COMMUNE, scene_submit (scene, COMMUNE, scene->letter, ON (scene->person))), "");
  assert_code (scene_apply (scene, DISTRICT, scene_step (scene, "receive", ON (scene->person), NULL)), "");
  {
    GPtrArray *rows = td_state_dossier (scene->state, scene->person)->carried;
    TdCarried *carried = rows->pdata[0]; /* the commune's row moved to the end */
    g_autofree char *letter = g_strdup (carried->submission);

    assert_code (scene_apply (scene, DISTRICT, scene_submit (scene, DISTRICT, letter, ON (scene->person))), "");
  }
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "receive", ON (scene->person), NULL)), "");
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "to_council", ON (scene->person), NULL)), "opinion");
  scene_free (scene);
}

/* A registration travels the same road, and ends when the province has received it. */
static void
test_registration_goes_up (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = scene_ledger (scene, COMMUNE, "registration");
  g_autofree char *letter = NULL;
  g_autofree char *above = NULL;
  g_autofree char *targets = scene_ledger (scene, COMMUNE, "targets");

  scene->day = td_date_parse_iso ("2024-07-15");
  scene_fill_ledger (scene, COMMUNE);
  assert_code (scene_edit (scene, COMMUNE, id, "registration", "participants", "Toàn thể cán bộ xã"), "");
  letter = scene_letter (scene, COMMUNE, ON (id));
  assert_code (scene_edit (scene, COMMUNE, targets, "targets", "target/t1/by_half_year", ""), "");
  assert_code (scene_apply (scene, COMMUNE, scene_submit (scene, COMMUNE, letter, ON (id))), "rule");
  assert_code (scene_edit (scene, COMMUNE, targets, "targets", "target/t1/by_half_year", "100"), "");
  assert_code (scene_apply (scene, COMMUNE, scene_submit (scene, COMMUNE, letter, ON (id))), "");
  assert_code (scene_apply (scene, DISTRICT, scene_step (scene, "receive", ON (id), NULL)), "");
  above = scene_letter (scene, DISTRICT, ON (id));
  assert_code (scene_apply (scene, DISTRICT, scene_submit (scene, DISTRICT, above, ON (id))), "");
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "receive", ON (id), NULL)), "");
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "to_council", ON (id), NULL)), "stage");
  g_assert_cmpstr (scene_stage (scene, id), ==, "received");
  scene_free (scene);
}

/* ---- gates at the top --------------------------------------------------------------------- */

static const char *
appraise_pass (Scene *scene, const char *dossier)
{
  return scene_apply (scene, BOARD,
                      scene_step (scene, "appraise", ON (dossier), ON ("verdict", "pass", "note", "Đủ tiêu chuẩn")));
}

static void
test_late_travels_up_and_is_waived (void)
{
  Scene *scene = scene_new ();
  g_autoptr (GPtrArray) opinions = NULL;

  scene_advance (scene, "received");
  scene->day = td_date_parse_iso ("2025-07-12");
  scene_advance (scene, "board_received"); /* late blocks nobody on the way */
  assert_code (appraise_pass (scene, scene->person), "rule");
  assert_code (scene_apply (scene, BOARD,
                            scene_step (scene, "waive", ON (scene->person),
                                        ON ("rule", "R-080", "reason", "Bão, mất điện"))),
               "");
  assert_code (appraise_pass (scene, scene->person), "");
  assert_code (appraise_pass (scene, scene->collective), "rule");
  opinions = td_state_opinions (scene->state, scene->person);
  /* a waiver is never silent */
  g_assert_true (scene_shown (scene, COMMUNE, "opinion", ((TdEntry *)opinions->pdata[0])->op));
  g_assert_true (scene_shown (scene, DISTRICT, "opinion", ((TdEntry *)opinions->pdata[0])->op));
  scene_free (scene);
}

static TdFinding *
find_rule (Scene *scene, const char *rule)
{
  g_autoptr (TdFacts) facts = td_gather_nomination (scene->state, scene->campaign, scene->units, scene->person, NULL,
                                                    FALSE, TRUE, scene->day);
  g_autoptr (GPtrArray) findings = td_judge (scene->campaign, facts);

  for (guint i = 0; i < findings->len; i++)
    if (strcmp (((TdFinding *)findings->pdata[i])->rule, rule) == 0)
      return g_ptr_array_steal_index (findings, i);
  return NULL;
}

/* Received in time, returned, handed in again after the day: it goes on, with a warning. */
static void
test_comes_again_after_the_day (void)
{
  Scene *scene = scene_new ();
  TdFinding *finding;

  scene_advance (scene, "received");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "achievement")), "");
  scene->day = td_date_parse_iso ("2025-07-15");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "achievement", "Bổ sung"), "");
  assert_code (scene_apply (scene, COMMUNE, scene_submit (scene, COMMUNE, scene->letter, ON (scene->person))), "");
  finding = find_rule (scene, "R-080");
  g_test_message ("%s", finding->message);
  g_assert_cmpint (finding->verdict, ==, TD_VERDICT_FAIL);
  g_assert_cmpint (finding->severity, ==, TD_SEVERITY_WARN);
  g_assert_nonnull (strstr (finding->message, "trình lại ngày 15/7/2025"));
  td_finding_free (finding);
  scene_free (scene);
}

static void
test_attested_day_beats_the_commit (void)
{
  Scene *scene = scene_new ();

  scene_advance (scene, "received");
  scene->day = td_date_parse_iso ("2025-07-12");
  scene_advance (scene, "board_received");
  assert_code (scene_apply (scene, BOARD,
                            scene_step (scene, "attest", ON (scene->person),
                                        ON ("unit", scene->units_of[COMMUNE], "type", "nomination", "day", "2025-07-11",
                                            "time", "16:00", "paper", "20/TTr-UBND"))),
               "");
  assert_code (appraise_pass (scene, scene->person), "");
  scene_free (scene);
}

/* the Party Office reviews districts and departments before the Council. */
static void
test_district_collective_needs_review (void)
{
  Scene *scene = scene_new ();
  g_autofree char *own = NULL;
  g_autofree char *letter = NULL;

  scene_advance (scene, "received");
  scene_attest_registrations (scene);
  own = scene_nominate (scene, DISTRICT, TRUE, "Đảng bộ huyện Vị Thủy");
  letter = scene_letter (scene, DISTRICT, ON (own, scene->person));
  assert_code (scene_apply (scene, DISTRICT, scene_submit (scene, DISTRICT, letter, ON (own, scene->person))), "");
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "receive", ON (own), NULL)), "");
  assert_code (appraise_pass (scene, own), "");
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "to_council", ON (own), NULL)), "review");
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "ask", ON (own), ON ("body", "van-phong-tinh-uy"))), "");
  assert_code (scene_apply (scene, OFFICE, scene_step (scene, "review", ON (own), ON ("verdict", "agree"))), "");
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "to_council", ON (own), NULL)), "");
  scene_free (scene);
}

/* Nine persons of a commune and district against a quota: the counter is the unit's. */
static void
test_quota_blocks_the_submission (void)
{
  Scene *scene = scene_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *letter = NULL;

  scene_advance (scene, "received");
  scene_attest_registrations (scene);
  for (guint i = 0; i < 13; i++) /* Vị Thủy may choose twelve */
    {
      g_autofree char *name = g_strdup_printf ("Nguyễn Văn Mẫu %u", i + 1);

      g_ptr_array_add (names, scene_nominate (scene, DISTRICT, FALSE, name));
    }
  g_ptr_array_add (names, NULL);
  letter = scene_letter (scene, DISTRICT, (const char *const *)names->pdata);
  assert_code (scene_apply (scene, DISTRICT, scene_submit (scene, DISTRICT, letter, (const char *const *)names->pdata)),
               "rule");
  {
    g_autofree char *path = g_strdup_printf ("item/%s", (char *)names->pdata[12]);

    assert_code (scene_edit (scene, DISTRICT, letter, "submission", path, ""), "");
  }
  g_clear_pointer (&names->pdata[12], g_free);
  assert_code (scene_apply (scene, DISTRICT, scene_submit (scene, DISTRICT, letter, (const char *const *)names->pdata)),
               "");
  scene_free (scene);
}

/* ---- who sees what ---------------------------------------------------------------------------- */

static void
test_drafts_are_one_s_own (void)
{
  Scene *scene = scene_new ();

  scene_advance (scene, "draft");
  g_assert_true (scene_shown (scene, COMMUNE, "record", scene->person));
  g_assert_false (scene_shown (scene, DISTRICT, "record", scene->person));
  g_assert_false (scene_shown (scene, DISTRICT, "dossier", scene->person));
  g_assert_false (scene_shown (scene, NEIGHBOUR, "dossier", scene->person));
  scene_free (scene);
}

static void
test_versions_go_up_working_records_do_not (void)
{
  Scene *scene = scene_new ();
  g_autofree char *version = NULL;

  scene_advance (scene, "submitted");
  version = g_strdup_printf ("%s/1", scene->person);
  g_assert_true (scene_shown (scene, DISTRICT, "version", version));
  g_assert_true (scene_shown (scene, DISTRICT, "dossier", scene->person));
  g_assert_false (scene_shown (scene, DISTRICT, "record", scene->person));
  g_assert_false (scene_shown (scene, DISTRICT, "record", scene->letter));
  g_assert_false (scene_shown (scene, BOARD, "version", version));
  g_assert_false (scene_shown (scene, NEIGHBOUR, "version", version));
  scene_free (scene);
}

static void
test_opinions_stay_with_the_board (void)
{
  Scene *scene = scene_new ();
  g_autoptr (GPtrArray) opinions = NULL;
  const char *op;

  scene_advance (scene, "in_council");
  opinions = td_state_opinions (scene->state, scene->person);
  op = ((TdEntry *)opinions->pdata[0])->op;
  g_assert_true (scene_shown (scene, BOARD, "opinion", op));
  g_assert_false (scene_shown (scene, COMMUNE, "opinion", op));
  g_assert_false (scene_shown (scene, DISTRICT, "opinion", op));
  g_assert_false (scene_shown (scene, DISTRICT, "step", op));
  scene_free (scene);
}

static void
test_the_office_sees_what_it_is_asked (void)
{
  Scene *scene = scene_new ();
  g_autofree char *version = NULL;

  scene_advance (scene, "board_received");
  version = g_strdup_printf ("%s/2", scene->person);
  g_assert_false (scene_shown (scene, OFFICE, "version", version));
  assert_code (scene_apply (scene, BOARD,
                            scene_step (scene, "ask", ON (scene->person), ON ("body", "van-phong-tinh-uy"))),
               "");
  g_assert_true (scene_shown (scene, OFFICE, "version", version));
  g_assert_true (scene_shown (scene, OFFICE, "dossier", scene->person));
  g_assert_false (scene_shown (scene, OFFICE, "dossier", scene->collective));
  scene_free (scene);
}

static void
test_revoked_device (void)
{
  Scene *scene = scene_new ();

  td_state_device (scene->state, scene->keys[NEIGHBOUR])->revoked = TRUE;
  {
    g_autofree char *id = scene_id (scene);

    assert_code (scene_edit (scene, NEIGHBOUR, id, "nomination", "name", "A"), "revoked");
  }
  td_state_device (scene->state, scene->keys[NEIGHBOUR])->revoked = FALSE;
  /* and only the centre admits */
  {
    JsonObject *content = scene_begin (scene, "admit");

    json_object_set_string_member (content, "key", scene->keys[COMMUNE]);
    json_object_set_string_member (content, "unit", scene->units_of[COMMUNE]);
    json_object_set_string_member (content, "roles", "OLAS");
    assert_code (scene_apply (scene, COMMUNE, content), "rights");
  }
  scene_free (scene);
}

static void
test_decided_end_to_end (void)
{
  Scene *scene = scene_new ();

  scene_advance (scene, "decided");
  g_assert_cmpstr (scene_stage (scene, scene->collective), ==, "decided");
  g_assert_cmpstr (scene_stage (scene, scene->person), ==, "decided");
  g_assert_true (scene_shown (scene, COMMUNE, "dossier", scene->person));
  scene_free (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/operation/bad", test_bad_operations);
  g_test_add_func ("/operation/deep", test_deep_operation);
  g_test_add_func ("/operation/large", test_large_edit);
  g_test_add_func ("/operation/round-trip", test_round_trip);
  g_test_add_func ("/operation/signatures", test_signatures);
  g_test_add_func ("/operation/chain", test_chain);
  g_test_add_func ("/edit/different-members-merge", test_two_devices_different_members);
  g_test_add_func ("/edit/same-member-both-kept", test_two_devices_same_member);
  g_test_add_func ("/edit/same-words", test_same_words_are_no_conflict);
  g_test_add_func ("/edit/unknown-members", test_unknown_members_survive);
  g_test_add_func ("/edit/rights", test_edit_rights);
  g_test_add_func ("/edit/catalogue", test_catalogue);
  g_test_add_func ("/edit/after-handing-in", test_edit_after_handing_in);
  g_test_add_func ("/edit/only-named-fields", test_return_opens_only_what_it_names);
  g_test_add_func ("/custody/recall-opens-letter", test_recall_of_all_opens_the_letter);
  g_test_add_func ("/custody/versions-frozen", test_versions_are_frozen);
  g_test_add_func ("/custody/one-goes-down", test_one_dossier_goes_down_the_rest_goes_on);
  g_test_add_func ("/custody/older-opinion", test_opinion_on_an_older_version);
  g_test_add_func ("/custody/new-appraisal", test_returned_from_in_council_needs_new_appraisal);
  g_test_add_func ("/custody/registration", test_registration_goes_up);
  g_test_add_func ("/top/late-is-waived", test_late_travels_up_and_is_waived);
  g_test_add_func ("/top/attested-day", test_attested_day_beats_the_commit);
  g_test_add_func ("/R-082/TRA_LAI → DA_TRINH after 11∕7∕2025, first received on time → WARN",
                   test_comes_again_after_the_day);
  g_test_add_func ("/R-083/HOI_DONG with RA_SOAT open → ERROR for districts", test_district_collective_needs_review);
  g_test_add_func ("/top/quota", test_quota_blocks_the_submission);
  g_test_add_func ("/seen/drafts", test_drafts_are_one_s_own);
  g_test_add_func ("/seen/versions", test_versions_go_up_working_records_do_not);
  g_test_add_func ("/seen/opinions", test_opinions_stay_with_the_board);
  g_test_add_func ("/seen/asked", test_the_office_sees_what_it_is_asked);
  g_test_add_func ("/seen/revoked", test_revoked_device);
  g_test_add_func ("/walk/decided", test_decided_end_to_end);
  return g_test_run ();
}
