/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include "dossier/gather.h"
#include "dossier/submit.h"

#include <string.h>

/* What an enrolled device could try, or two honest ones could stumble into:
 * each was possible once. */

static void
done (Scene *scene)
{
  g_hash_table_add (scene->whole, td_digest ("BAO_CAO_THANH_TICH", -1)); /* for the replay */
  scene_free (scene);
}

static const char *
apply_step (Scene *scene, Desk desk, const char *verb, const char *dossier, const char *const *words)
{
  return scene_apply (scene, desk, scene_step (scene, verb, ON (dossier), words));
}

static const char *
hand_in (Scene *scene, Desk desk, const char *letter, const char *dossier)
{
  return scene_apply (scene, desk, scene_submit (scene, desk, letter, ON (dossier)));
}

static char *
letter_of (Scene *scene, const char *dossier, Desk desk)
{
  GPtrArray *rows = td_state_dossier (scene->state, dossier)->carried;

  for (guint i = 0; i < rows->len; i++)
    if (strcmp (((TdCarried *)rows->pdata[i])->unit, scene->units_of[desk]) == 0)
      return g_strdup (((TdCarried *)rows->pdata[i])->submission);
  g_assert_not_reached ();
}

static void
test_fixed_ids_are_their_unit_s (void)
{
  Scene *scene = scene_new ();
  g_autofree char *ratings = scene_ledger (scene, COMMUNE, "ratings");
  g_autofree char *registration = scene_ledger (scene, COMMUNE, "registration");

  assert_code (scene_edit (scene, NEIGHBOUR, ratings, "submission", "rating/2020", "KHTNV"), "format");
  assert_code (scene_edit (scene, NEIGHBOUR, registration, "nomination", "name", "x"), "format");
  assert_code (scene_edit (scene, COMMUNE, ratings, "ratings", "rating/2020", "HTXSNV"), "");
  assert_code (scene_edit (scene, COMMUNE, registration, "registration", "participants", "y"), "");
  done (scene);
}

static void
test_attest_only_what_it_says (void)
{
  Scene *scene = scene_new ();
  g_autofree char *registration = scene_ledger (scene, NEIGHBOUR, "registration");
  const char *const words[]
      = { "unit", scene->units_of[COMMUNE], "type", "nomination", "day", "2024-07-12", "time", "08:00", "paper", "5",
          NULL };

  assert_code (apply_step (scene, DISTRICT, "attest", registration, words), "unknown");
  g_assert_false (scene_shown (scene, COMMUNE, "receipt", registration));
  done (scene);
}

static void
test_board_needs_to_hold (void)
{
  Scene *scene = scene_new ();

  scene_advance (scene, "at_board");
  assert_code (apply_step (scene, DISTRICT, "recall", scene->person, NULL), "");
  g_assert_cmpstr (scene_stage (scene, scene->person), ==, "received");
  assert_code (apply_step (scene, BOARD, "ask", scene->person, ON ("body", "van-phong-tinh-uy")), "custody");
  assert_code (apply_step (scene, BOARD, "appraise", scene->person, ON ("verdict", "pass", "note", "")), "");
  assert_code (apply_step (scene, BOARD, "to_council", scene->person, NULL), "custody");
  done (scene);
}

static void
test_one_opinion_one_dossier (void)
{
  Scene *scene = scene_new ();
  const char *const words[] = { "verdict", "pass", "note", "", NULL };

  scene_advance (scene, "board_received");
  assert_code (scene_apply (scene, BOARD, scene_step (scene, "appraise", ON (scene->collective, scene->person), words)),
               "format");
  done (scene);
}

static void
test_session_stays_as_it_was_said (void)
{
  Scene *scene = scene_new ();
  const char *const early[]
      = { "number", "1/QĐ", "day", "2025-07-07", "signer", "A", "capacity", "CHỦ TỊCH", "outcome", "award", NULL };
  TdDossier *dossier;
  const TdEntry *entry;

  scene_advance (scene, "at_chairman");
  dossier = td_state_dossier (scene->state, scene->person);
  entry = dossier->chain->pdata[dossier->chain->len - 2];
  g_assert_cmpstr (entry->verb, ==, "council_opinion");
  assert_code (apply_step (scene, BOARD, "decide", scene->person, early), "date");
  assert_code (scene_edit (scene, BOARD, entry->subject, "session", "date", "2025-01-01"), "");
  assert_code (apply_step (scene, BOARD, "decide", scene->person, early), "date");
  g_assert_nonnull (td_state_body (scene->state, entry->body));
  g_assert_true (scene_shown (scene, BOARD, "body", entry->body));
  g_assert_false (scene_shown (scene, DISTRICT, "body", entry->body));
  done (scene);
}

static void
test_nested_member (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = scene_id (scene);
  JsonObject *content = scene_edit_on (scene, COMMUNE, id, "nomination", "deep", "x");
  JsonArray *pair = json_object_get_array_member (json_object_get_object_member (content, "f"), "deep");
  JsonArray *inner = json_array_new ();
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 12; i++)
    {
      JsonArray *outer = json_array_new ();

      json_array_add_array_element (outer, inner);
      inner = outer;
    }
  json_array_remove_element (pair, 1);
  json_array_add_array_element (pair, inner);
  g_assert_null (td_operation_close (content, &error));
  g_assert_error (error, TD_OPERATION_ERROR, TD_OPERATION_ERROR_LIMITS);
  done (scene);
}

static void
test_record_does_not_grow_without_end (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = scene_nominate (scene, COMMUNE, FALSE, "Nguyễn Văn Mẫu");
  g_autofree char *text = g_strnfill (60000, 'x');
  const char *code = "";

  for (guint i = 0; i < 40 && *code == '\0'; i++)
    {
      g_autofree char *path = g_strdup_printf ("note/%u", i);

      code = scene_edit (scene, COMMUNE, id, "nomination", path, text);
    }
  assert_code (code, "limits");
  done (scene);
}

static void
test_replaced_scan_of_a_letter (void)
{
  Scene *scene = scene_new ();
  g_autofree char *missing = td_digest ("never uploaded", -1);
  g_autofree char *good = td_digest ("good", -1);
  g_autofree char *letter = NULL;

  g_hash_table_add (scene->whole, g_strdup (good));
  scene_advance (scene, "draft");
  assert_code (scene_edit (scene, COMMUNE, scene->letter, "submission", "file/f1/sha", missing), "");
  scene_advance (scene, "received");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->letter, "file")), "");
  assert_code (scene_edit (scene, COMMUNE, scene->letter, "submission", "file/f1/sha", good), "");
  assert_code (hand_in (scene, COMMUNE, scene->letter, scene->person), "");
  assert_code (apply_step (scene, DISTRICT, "receive", scene->person, NULL), "");
  scene_attest_registrations (scene);
  letter = scene_letter (scene, DISTRICT, ON (scene->person));
  assert_code (hand_in (scene, DISTRICT, letter, scene->person), "");
  assert_code (apply_step (scene, BOARD, "receive", scene->person, NULL), "");
  assert_code (apply_step (scene, BOARD, "appraise", scene->person, ON ("verdict", "pass", "note", "")), "");
  g_assert_cmpuint (td_state_version (scene->state, scene->person, 3)->letters->len, ==, 2);
  done (scene);
}

static void
test_corrected_lower_letter_goes_up (void)
{
  Scene *scene = scene_new ();
  g_autofree char *letter = NULL;
  g_autofree char *number = NULL;
  TdVersion *version;

  scene_advance (scene, "board_received");
  letter = letter_of (scene, scene->person, DISTRICT);
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->letter, "letter")), "");
  assert_code (scene_edit (scene, COMMUNE, scene->letter, "submission", "letter/number", "99/TTr-UBND"), "");
  assert_code (hand_in (scene, DISTRICT, letter, scene->person), "");
  version = td_state_version (scene->state, scene->person, 3);
  number = td_record_text (td_state_body (scene->state, version->letters->pdata[0]), "letter/number");
  g_assert_cmpstr (number, ==, "99/TTr-UBND");
  g_assert_false (
      td_member_open (scene->state, scene->units, td_state_record (scene->state, scene->letter), "letter/number"));
  done (scene);
}

static void
test_nobody_opens_his_own_letter (void)
{
  Scene *scene = scene_new ();
  g_autofree char *letter = NULL;

  scene_advance (scene, "board_received");
  letter = letter_of (scene, scene->person, DISTRICT);
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->person, "achievement")), "");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, letter, "letter")), "fields");
  g_assert_false (td_member_open (scene->state, scene->units, td_state_record (scene->state, letter), "letter/number"));
  done (scene);
}

static void
test_ledger_named_from_above_is_answered (void)
{
  Scene *scene = scene_new ();
  g_autofree char *ratings = NULL;
  g_autofree char *letter = NULL;
  JsonObject *content;

  scene_advance (scene, "board_received");
  ratings = scene_ledger (scene, COMMUNE, "ratings");
  letter = letter_of (scene, scene->person, DISTRICT);
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, ratings, "rating/2024")), "");
  assert_code (hand_in (scene, DISTRICT, letter, scene->person), "quotes");
  content = scene_submit (scene, DISTRICT, letter, ON (scene->person));
  json_object_set_string_member (content, "kept", "Xã đã kiểm tra, số liệu đúng");
  assert_code (scene_apply (scene, DISTRICT, content), "");
  done (scene);
}

static void
test_the_asked_body_gets_new_versions (void)
{
  Scene *scene = scene_new ();
  g_autofree char *letter = NULL;
  g_autofree char *version = NULL;

  scene_advance (scene, "board_received");
  letter = letter_of (scene, scene->person, DISTRICT);
  version = g_strdup_printf ("%s/3", scene->person);
  assert_code (apply_step (scene, BOARD, "ask", scene->person, ON ("body", "van-phong-tinh-uy")), "");
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->person, "achievement")), "");
  assert_code (hand_in (scene, DISTRICT, letter, scene->person), "");
  g_assert_true (scene_shown (scene, OFFICE, "version", version));
  done (scene);
}

static void
test_an_undone_question_shows_nothing_more (void)
{
  Scene *scene = scene_new ();
  TdDossier *dossier;
  const TdEntry *entry;

  scene_advance (scene, "board_received");
  assert_code (apply_step (scene, BOARD, "ask", scene->person, ON ("body", "van-phong-tinh-uy")), "");
  dossier = td_state_dossier (scene->state, scene->person);
  entry = dossier->chain->pdata[dossier->chain->len - 1];
  assert_code (apply_step (scene, BOARD, "undo", scene->person, ON ("step", entry->op, "reason", "Hỏi nhầm")), "");
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->person, "achievement")), "");
  entry = dossier->chain->pdata[dossier->chain->len - 1];
  g_assert_cmpstr (entry->verb, ==, "return");
  g_assert_false (scene_shown (scene, OFFICE, "step", entry->op));
  done (scene);
}

static void
test_drafts_do_not_count (void)
{
  Scene *scene = scene_new ();
  int before;

  scene_advance (scene, "board_received");
  before = td_count_persons (scene->state, td_units_get (scene->units, scene->units_of[DISTRICT]), NULL);
  assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->person, "subject")), "");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "subject")), "");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "subject", "collective"), "");
  g_assert_cmpint (td_count_persons (scene->state, td_units_get (scene->units, scene->units_of[DISTRICT]), NULL), ==,
                   before);
  done (scene);
}

static void
test_a_private_draft_blocks_nobody (void)
{
  Scene *scene = scene_new ();
  g_autofree char *other = NULL;
  g_autofree char *letter = NULL;

  scene_fill_ledger (scene, NEIGHBOUR);
  other = scene_nominate (scene, NEIGHBOUR, FALSE, "Lê Văn Thử");
  letter = scene_letter (scene, NEIGHBOUR, ON (other));
  assert_code (hand_in (scene, NEIGHBOUR, letter, other), "");
  assert_code (apply_step (scene, NEIGHBOUR, "recall", other, NULL), "");
  scene_advance (scene, "draft");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "personal_id", "093000000007"), "");
  assert_code (scene_edit (scene, NEIGHBOUR, other, "nomination", "personal_id", "093000000007"), "");
  scene_advance (scene, "submitted");
  /* but once it is handed in, the second one is found */
  assert_code (hand_in (scene, NEIGHBOUR, letter, other), "double");
  done (scene);
}

static void
test_one_person_twice_in_a_letter (void)
{
  Scene *scene = scene_new ();
  g_autofree char *second = NULL;
  g_autofree char *letter = NULL;

  scene_advance (scene, "draft");
  second = scene_nominate (scene, COMMUNE, FALSE, "Nguyễn Văn Mẫu Hai");
  assert_code (scene_edit (scene, COMMUNE, second, "nomination", "personal_id", "093000000001"), "");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "personal_id", "093000000001"), "");
  letter = scene_letter (scene, COMMUNE, ON (scene->person, second));
  assert_code (scene_apply (scene, COMMUNE, scene_submit (scene, COMMUNE, letter, ON (scene->person, second))),
               "double");
  done (scene);
}

static void
test_recall_takes_the_latest_letter (void)
{
  Scene *scene = scene_new ();
  g_autofree char *second = NULL;
  GPtrArray *rows;

  scene_advance (scene, "received");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "achievement")), "");
  second = scene_letter (scene, COMMUNE, ON (scene->person));
  assert_code (hand_in (scene, COMMUNE, second, scene->person), "");
  assert_code (apply_step (scene, DISTRICT, "receive", scene->person, NULL), "");
  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "achievement")), "");
  assert_code (hand_in (scene, COMMUNE, scene->letter, scene->person), "");
  assert_code (apply_step (scene, COMMUNE, "recall", scene->person, NULL), "");
  rows = td_state_dossier (scene->state, scene->person)->carried;
  for (guint i = 0; i < rows->len; i++)
    g_assert_false (((TdCarried *)rows->pdata[i])->active);
  done (scene);
}

static void
test_withdrawn_does_not_keep_a_letter_closed (void)
{
  Scene *scene = scene_new ();

  scene_advance (scene, "submitted");
  assert_code (apply_step (scene, COMMUNE, "withdraw", scene->collective, ON ("reason", "Xin rút")), "");
  assert_code (apply_step (scene, COMMUNE, "recall", scene->person, NULL), "");
  g_assert_false (td_state_record (scene->state, scene->letter)->closed);
  done (scene);
}

static void
test_endorsed_needs_a_vote_for (void)
{
  Scene *scene = scene_new ();
  g_autofree char *session = scene_id (scene);
  g_autofree char *votes = NULL;
  g_autofree char *digest = NULL;

  scene_advance (scene, "in_council");
  votes = g_strdup_printf ("vote/%s/against", scene->person);
  scene_edit (scene, BOARD, session, "session", "date", "2025-07-08");
  scene_edit (scene, BOARD, session, "session", "minutes/number", "03/BB");
  scene_edit (scene, BOARD, session, "session", "present", "9");
  scene_edit (scene, BOARD, session, "session", "total", "11");
  scene_edit (scene, BOARD, session, "session", votes, "9");
  digest = td_record_digest (td_state_record (scene->state, session));
  assert_code (apply_step (scene, BOARD, "council_opinion", scene->person,
                           ON ("session", session, "session_digest", digest, "outcome", "endorse")),
               "votes");
  done (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hostile/fixed-ids", test_fixed_ids_are_their_unit_s);
  g_test_add_func ("/hostile/attest", test_attest_only_what_it_says);
  g_test_add_func ("/hostile/board-holds", test_board_needs_to_hold);
  g_test_add_func ("/hostile/one-opinion-one-dossier", test_one_opinion_one_dossier);
  g_test_add_func ("/hostile/session-frozen", test_session_stays_as_it_was_said);
  g_test_add_func ("/hostile/nested-member", test_nested_member);
  g_test_add_func ("/hostile/record-size", test_record_does_not_grow_without_end);
  g_test_add_func ("/stumble/replaced-scan", test_replaced_scan_of_a_letter);
  g_test_add_func ("/stumble/lower-letter", test_corrected_lower_letter_goes_up);
  g_test_add_func ("/hostile/own-letter", test_nobody_opens_his_own_letter);
  g_test_add_func ("/stumble/ledger-answered", test_ledger_named_from_above_is_answered);
  g_test_add_func ("/stumble/asked-gets-new", test_the_asked_body_gets_new_versions);
  g_test_add_func ("/hostile/undone-question", test_an_undone_question_shows_nothing_more);
  g_test_add_func ("/hostile/drafts-do-not-count", test_drafts_do_not_count);
  g_test_add_func ("/hostile/private-draft", test_a_private_draft_blocks_nobody);
  g_test_add_func ("/hostile/person-twice", test_one_person_twice_in_a_letter);
  g_test_add_func ("/stumble/latest-letter", test_recall_takes_the_latest_letter);
  g_test_add_func ("/stumble/withdrawn", test_withdrawn_does_not_keep_a_letter_closed);
  g_test_add_func ("/hostile/no-vote-for", test_endorsed_needs_a_vote_for);
  return g_test_run ();
}
