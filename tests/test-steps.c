/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include <string.h>

/* The table of steps (model.md 3): each row works, and is refused for each of
 * its reasons. A case is: bring the dossiers this far, do one thing, expect. */

typedef struct
{
  Scene *scene;
  const char *dossier;
  const char *word; /* a variation of the case */
} Given;

typedef const char *(*Act) (Given *given);

typedef struct
{
  const char *path;  /* the test's name: verb/what */
  const char *stage; /* how far the scene is brought */
  Act act;
  const char *word;
  const char *code;  /* expected refusal, "" for ok */
  const char *after; /* expected stage of the dossier */
} Case;

static const char *
step (Given *given, Desk desk, const char *verb, const char *const *words)
{
  return scene_apply (given->scene, desk, scene_step (given->scene, verb, ON (given->dossier), words));
}

/* ---- trình --------------------------------------------------------------------- */

static JsonObject *
submit_both (Given *given, Desk desk)
{
  Scene *scene = given->scene;

  return scene_submit (scene, desk, scene->letter, ON (scene->collective, scene->person));
}

static const char *
submit (Given *given)
{
  return scene_apply (given->scene, COMMUNE, submit_both (given, COMMUNE));
}

static const char *
submit_by_clerk (Given *given)
{
  return scene_apply (given->scene, CLERK, submit_both (given, CLERK));
}

static const char *
submit_by_neighbour (Given *given)
{
  return scene_apply (given->scene, NEIGHBOUR, submit_both (given, NEIGHBOUR));
}

static const char *
submit_one_of_two (Given *given)
{
  Scene *scene = given->scene;

  return scene_apply (scene, COMMUNE, scene_submit (scene, COMMUNE, scene->letter, ON (scene->person)));
}

/* Built, then @word (a record type) changes before it arrives. */
static const char *
submit_after_change (Given *given)
{
  Scene *scene = given->scene;
  JsonObject *content = submit_both (given, COMMUNE);
  g_autofree char *ledger = scene_ledger (scene, COMMUNE, "ratings");

  if (strcmp (given->word, "nomination") == 0)
    scene_edit (scene, COMMUNE, scene->collective, "nomination", "achievement", "Thêm một câu");
  else if (strcmp (given->word, "submission") == 0)
    scene_edit (scene, COMMUNE, scene->letter, "submission", "letter/number", "16/TTr-UBND");
  else
    scene_edit (scene, COMMUNE, ledger, "ratings", "decision/2020", "12/QĐ");
  return scene_apply (scene, COMMUNE, content);
}

/* A rule fails (a rating too low), or its datum is missing. */
static const char *
submit_with_rating (Given *given)
{
  Scene *scene = given->scene;
  g_autofree char *ledger = scene_ledger (scene, COMMUNE, "ratings");

  assert_code (scene_edit (scene, COMMUNE, ledger, "ratings", "rating/2023", given->word), "");
  return submit (given);
}

static const char *
submit_without_letter_number (Given *given)
{
  scene_edit (given->scene, COMMUNE, given->scene->letter, "submission", "letter/number", "");
  return submit (given);
}

static const char *
submit_again (Given *given)
{
  return scene_apply (given->scene, COMMUNE,
                      scene_submit (given->scene, COMMUNE, given->scene->letter, ON (given->dossier)));
}

static const char *
submit_at_top (Given *given)
{
  Scene *scene = given->scene;
  g_autofree char *letter = scene_letter (scene, BOARD, ON (given->dossier));

  return scene_apply (scene, BOARD, scene_submit (scene, BOARD, letter, ON (given->dossier)));
}

static const char *
submit_old_epoch (Given *given)
{
  JsonObject *content = submit_both (given, COMMUNE);
  JsonArray *on = json_object_get_array_member (content, "on");

  for (guint i = 0; i < 2; i++)
    {
      JsonArray *named = json_array_get_array_element (on, i);
      g_autofree char *digest = g_strdup (json_array_get_string_element (named, 2));

      json_array_remove_element (named, 2);
      json_array_remove_element (named, 1);
      json_array_add_int_element (named, 7);
      json_array_add_string_element (named, digest);
    }
  return scene_apply (given->scene, COMMUNE, content);
}

/* A return named the ledger: the next trình quotes it anew, or says why not. */
static const char *
submit_ledger_unanswered (Given *given)
{
  Scene *scene = given->scene;
  g_autofree char *ledger = scene_ledger (scene, COMMUNE, "ratings");
  JsonObject *content;

  assert_code (scene_apply (scene, DISTRICT, scene_return (scene, given->dossier, ledger, "rating/2024")), "");
  content = scene_submit (scene, COMMUNE, scene->letter, ON (given->dossier));
  if (given->word != NULL)
    json_object_set_string_member (content, "kept", given->word);
  return scene_apply (scene, COMMUNE, content);
}

/* ---- the plain ones: who, in one word ------------------------------------------------ */

static const char *
plain (Given *given, const char *verb, const char *const *words)
{
  Desk desk = given->word == NULL ? DISTRICT : (Desk)g_ascii_strtoll (given->word, NULL, 10);

  return step (given, desk, verb, words);
}

/* Desks as words of a case: their places in Desk. */
#define COMMUNE_W "0"
#define NEIGHBOUR_W "2"
#define DISTRICT_W "3"
#define BOARD_W "4"
#define OFFICE_W "5"
#define CLERK_W "6"

static const char *
recall (Given *given)
{
  return plain (given, "recall", NULL);
}

static const char *
receive (Given *given)
{
  return plain (given, "receive", NULL);
}

static const char *
reconsider (Given *given)
{
  plain (given, "not_propose", ON ("reason", "Vượt số lượng"));
  return plain (given, "reconsider", NULL);
}

static const char *
not_propose (Given *given)
{
  return plain (given, "not_propose", ON ("reason", "Vượt số lượng được xét chọn"));
}

static const char *
not_propose_wordless (Given *given)
{
  return plain (given, "not_propose", ON ("reason", "  "));
}

static const char *
withdraw (Given *given)
{
  return plain (given, "withdraw", ON ("reason", "Cá nhân xin rút"));
}

static const char *
withdraw_wordless (Given *given)
{
  return plain (given, "withdraw", NULL);
}

static const char *
assign (Given *given)
{
  return plain (given, "assign", ON ("person", "Trần Thị Thử"));
}

static const char *
assign_nobody (Given *given)
{
  return plain (given, "assign", NULL);
}

/* ---- trả lại ------------------------------------------------------------------------ */

static const char *
give_back (Given *given)
{
  Desk desk = given->word == NULL ? DISTRICT : (Desk)g_ascii_strtoll (given->word, NULL, 10);

  return scene_apply (given->scene, desk, scene_return (given->scene, given->dossier, given->dossier, "achievement"));
}

static const char *
give_back_wordless (Given *given)
{
  JsonObject *content = scene_return (given->scene, given->dossier, given->dossier, "achievement");

  json_object_remove_member (content, "reason");
  return scene_apply (given->scene, DISTRICT, content);
}

static const char *
give_back_no_fields (Given *given)
{
  JsonObject *content = scene_return (given->scene, given->dossier, given->dossier, "achievement");

  json_object_set_array_member (content, "fields", json_array_new ());
  return scene_apply (given->scene, DISTRICT, content);
}

static const char *
give_back_foreign_field (Given *given)
{
  g_autofree char *other = scene_id (given->scene);

  return scene_apply (given->scene, DISTRICT, scene_return (given->scene, given->dossier, other, "name"));
}

static const char *
give_back_old_epoch (Given *given)
{
  JsonObject *content = scene_return (given->scene, given->dossier, given->dossier, "achievement");

  assert_code (give_back (given), "");
  return scene_apply (given->scene, DISTRICT, content);
}

static const char *
give_back_wrong_digest (Given *given)
{
  TdDossier *dossier = td_state_dossier (given->scene->state, given->dossier);
  g_autofree char *other = td_digest ("other", -1);
  g_autofree char *right = dossier->digest;
  JsonObject *content;
  const char *code;

  dossier->digest = g_strdup (other);
  content = scene_return (given->scene, given->dossier, given->dossier, "achievement");
  g_free (dossier->digest);
  dossier->digest = g_steal_pointer (&right);
  code = scene_apply (given->scene, DISTRICT, content);
  return code;
}

static const char *
forward_down (Given *given)
{
  assert_code (scene_apply (given->scene, BOARD,
                            scene_return (given->scene, given->dossier, given->dossier, "achievement")),
               "");
  return give_back (given);
}

/* ---- attestations ------------------------------------------------------------------- */

static const char *
attest_with (Given *given, Desk desk, const char *day, const char *paper, const char *unit)
{
  g_autofree char *id = scene_ledger (given->scene, COMMUNE, "registration");

  return scene_apply (given->scene, desk,
                      scene_step (given->scene, "attest", ON (id),
                                  ON ("unit", unit, "type", "registration", "day", day, "time", "08:30", "paper",
                                      paper)));
}

static const char *
attest (Given *given)
{
  return attest_with (given, DISTRICT, "2024-07-12", "05/ĐK", given->scene->units_of[COMMUNE]);
}

static const char *
attest_no_paper (Given *given)
{
  return attest_with (given, DISTRICT, "2024-07-12", "", given->scene->units_of[COMMUNE]);
}

static const char *
attest_future (Given *given)
{
  return attest_with (given, DISTRICT, "2025-07-09", "05/ĐK", given->scene->units_of[COMMUNE]);
}

static const char *
attest_off_route (Given *given)
{
  return attest_with (given, NEIGHBOUR, "2024-07-12", "05/ĐK", given->scene->units_of[COMMUNE]);
}

static const char *
attest_own (Given *given)
{
  return attest_with (given, COMMUNE, "2024-07-12", "05/ĐK", given->scene->units_of[COMMUNE]);
}

static const char *
attest_foreign_id (Given *given)
{
  return attest_with (given, BOARD, "2024-07-12", "05/ĐK", given->scene->units_of[DISTRICT]);
}

/* ---- consulting, opinions -------------------------------------------------------------- */

static const char *
ask (Given *given)
{
  return step (given, BOARD, "ask", ON ("body", "van-phong-tinh-uy"));
}

static const char *
ask_nobody (Given *given)
{
  return step (given, BOARD, "ask", ON ("body", "khong-co"));
}

static const char *
ask_as_district (Given *given)
{
  return step (given, DISTRICT, "ask", ON ("body", "van-phong-tinh-uy"));
}

static const char *
review (Given *given)
{
  assert_code (ask (given), "");
  return step (given, OFFICE, "review", ON ("verdict", given->word == NULL ? "agree" : given->word, "note", ""));
}

static const char *
review_unasked (Given *given)
{
  return step (given, OFFICE, "review", ON ("verdict", "agree"));
}

static const char *
review_after_undo (Given *given)
{
  TdDossier *dossier;
  const TdEntry *entry;

  assert_code (ask (given), "");
  dossier = td_state_dossier (given->scene->state, given->dossier);
  entry = dossier->chain->pdata[dossier->chain->len - 1];
  assert_code (step (given, BOARD, "undo", ON ("step", entry->op, "reason", "Hỏi nhầm")), "");
  return step (given, OFFICE, "review", ON ("verdict", "agree"));
}

static const char *
appraise (Given *given)
{
  return step (given, BOARD, "appraise", ON ("verdict", given->word, "note", "Đủ tiêu chuẩn"));
}

static const char *
appraise_fail_wordless (Given *given)
{
  return step (given, BOARD, "appraise", ON ("verdict", "fail", "note", ""));
}

static const char *
appraise_as_district (Given *given)
{
  return step (given, DISTRICT, "appraise", ON ("verdict", "pass"));
}

static const char *
appraise_files_missing (Given *given)
{
  g_hash_table_remove_all (given->scene->whole);
  return step (given, BOARD, "appraise", ON ("verdict", "pass"));
}

static const char *
appraise_unknown_digest (Given *given)
{
  JsonObject *content = scene_begin (given->scene, "appraise");
  g_autofree char *digest = td_digest ("never handed in", -1);

  td_operation_name (content, given->dossier, 0, digest);
  json_object_set_string_member (content, "verdict", "pass");
  return scene_apply (given->scene, BOARD, content);
}

static const char *
waive_what_does_not_fail (Given *given)
{
  return step (given, BOARD, "waive", ON ("rule", "R-080", "reason", "Thiên tai"));
}

static const char *
waive_wordless (Given *given)
{
  return step (given, BOARD, "waive", ON ("rule", "R-080", "reason", ""));
}

static const char *
clear_double (Given *given)
{
  return step (given, BOARD, "clear_double", ON ("finding", "R-055", "reason", "Hai người khác nhau"));
}

static const char *
clear_double_wordless (Given *given)
{
  return step (given, BOARD, "clear_double", ON ("finding", "R-055"));
}

/* ---- Council, Chairman ---------------------------------------------------------------------- */

static const char *
to_council_unappraised (Given *given)
{
  return step (given, BOARD, "to_council", NULL);
}

static const char *
to_council_after_fail (Given *given)
{
  assert_code (step (given, BOARD, "appraise", ON ("verdict", "fail", "note", "Chưa đủ")), "");
  return step (given, BOARD, "to_council", NULL);
}

static const char *
to_council_files_missing (Given *given)
{
  assert_code (step (given, BOARD, "appraise", ON ("verdict", "pass", "note", "")), "");
  g_hash_table_remove_all (given->scene->whole);
  return step (given, BOARD, "to_council", NULL);
}

static char *
make_session (Given *given, const char *path, const char *text)
{
  Scene *scene = given->scene;
  char *session = scene_id (scene);
  g_autofree char *votes = g_strdup_printf ("vote/%s/for", given->dossier);

  scene_edit (scene, BOARD, session, "session", "date", "2025-07-08");
  scene_edit (scene, BOARD, session, "session", "minutes/number", "03/BB-HĐTĐKT");
  scene_edit (scene, BOARD, session, "session", "present", "9");
  scene_edit (scene, BOARD, session, "session", "total", "11");
  scene_edit (scene, BOARD, session, "session", votes, "9");
  if (path != NULL)
    assert_code (scene_edit (scene, BOARD, session, "session", path, text), "");
  return session;
}

static const char *
opine (Given *given, const char *session, const char *outcome)
{
  g_autofree char *digest = td_record_digest (td_state_record (given->scene->state, session));

  return step (given, BOARD, "council_opinion", ON ("session", session, "session_digest", digest, "outcome", outcome));
}

static const char *
council (Given *given)
{
  g_autofree char *session = make_session (given, NULL, NULL);

  return opine (given, session, given->word);
}

static const char *
council_no_minutes (Given *given)
{
  g_autofree char *session = make_session (given, "minutes/number", "");

  return opine (given, session, "endorse");
}

static const char *
council_nobody_present (Given *given)
{
  g_autofree char *session = make_session (given, "present", "12");

  return opine (given, session, "endorse");
}

static const char *
council_no_votes (Given *given)
{
  g_autofree char *path = g_strdup_printf ("vote/%s/for", given->dossier);
  g_autofree char *session = make_session (given, path, "");

  return opine (given, session, "endorse");
}

static const char *
council_recusal (Given *given)
{
  g_autofree char *path = g_strdup_printf ("recusal/%s", given->dossier);
  g_autofree char *session = make_session (given, path, "Lê Văn Ví Dụ");

  return opine (given, session, "endorse");
}

static const char *
council_changed_session (Given *given)
{
  g_autofree char *session = make_session (given, NULL, NULL);
  g_autofree char *digest = td_record_digest (td_state_record (given->scene->state, session));

  scene_edit (given->scene, BOARD, session, "session", "present", "10");
  return step (given, BOARD, "council_opinion",
               ON ("session", session, "session_digest", digest, "outcome", "endorse"));
}

static const char *
to_chairman (Given *given)
{
  return step (given, BOARD, "to_chairman", ON ("paper", given->word, "day", "2025-07-08"));
}

static const char *
to_chairman_no_day (Given *given)
{
  return step (given, BOARD, "to_chairman", ON ("paper", "77/TTr-SNV", "day", "2025-07-09"));
}

static const char *
decide_with (Given *given, const char *number, const char *day, const char *signer, const char *capacity)
{
  return step (given, BOARD, "decide",
               ON ("number", number, "day", day, "signer", signer, "capacity", capacity, "outcome",
                   given->word == NULL ? "award" : given->word));
}

static const char *
decide (Given *given)
{
  return decide_with (given, "1/QĐ-UBND", "2025-07-08", "Lê Văn Ký", "CHỦ TỊCH");
}

static const char *
decide_by_deputy (Given *given)
{
  return decide_with (given, "1/QĐ-UBND", "2025-07-08", "Lê Văn Ký", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH");
}

static const char *
decide_by_director (Given *given)
{
  return decide_with (given, "1/QĐ-SNV", "2025-07-08", "Lê Văn Ký", "GIÁM ĐỐC");
}

static const char *
decide_no_number (Given *given)
{
  return decide_with (given, "", "2025-07-08", "Lê Văn Ký", "CHỦ TỊCH");
}

static const char *
decide_before_opinion (Given *given)
{
  return decide_with (given, "1/QĐ-UBND", "2025-07-07", "Lê Văn Ký", "CHỦ TỊCH");
}

static const char *
decide_files_missing (Given *given)
{
  g_hash_table_remove_all (given->scene->whole);
  return decide (given);
}

static const char *
award (Given *given)
{
  return step (given, BOARD, "award",
               ON ("outcome", given->word, "receiver", "Nguyễn Văn Mẫu", "place", "Vị Thanh", "day", "2025-07-08"));
}

static const char *
award_nobody (Given *given)
{
  return step (given, BOARD, "award", ON ("outcome", "handed", "place", "Vị Thanh", "day", "2025-07-08"));
}

/* ---- hủy bước ----------------------------------------------------------------------------------- */

static const char *
undo_by (Given *given, Desk desk, const char *reason, guint back)
{
  TdDossier *dossier = td_state_dossier (given->scene->state, given->dossier);
  const TdEntry *entry = dossier->chain->pdata[dossier->chain->len - back];

  return step (given, desk, "undo", ON ("step", entry->op, "reason", reason));
}

static const char *
undo (Given *given)
{
  return undo_by (given, BOARD, "Ghi nhầm", 1);
}

static const char *
undo_wordless (Given *given)
{
  return undo_by (given, BOARD, "", 1);
}

static const char *
undo_older (Given *given)
{
  return undo_by (given, BOARD, "Ghi nhầm", 2);
}

static const char *
undo_of_others (Given *given)
{
  return undo_by (given, DISTRICT, "Ghi nhầm", 1);
}

/* ---- everyone ------------------------------------------------------------------------------------- */

static const char *
by_stranger (Given *given)
{
  g_autofree char *key = given->scene->keys[DISTRICT];
  const char *code;

  given->scene->keys[DISTRICT] = td_digest ("stranger", -1);
  code = plain (given, "receive", NULL);
  g_free (given->scene->keys[DISTRICT]);
  given->scene->keys[DISTRICT] = g_steal_pointer (&key);
  return code;
}

static const char *
of_unknown (Given *given)
{
  g_autofree char *id = scene_id (given->scene);

  return scene_apply (given->scene, DISTRICT, scene_step (given->scene, "receive", ON (id), NULL));
}

static const Case cases[] = {
  { "submit/works", "draft", submit, NULL, "", "submitted" },
  { "submit/needs-leader", "draft", submit_by_clerk, NULL, "rights", "draft" },
  { "submit/not-another-unit", "draft", submit_by_neighbour, NULL, "letter", "draft" },
  { "submit/all-that-is-listed", "draft", submit_one_of_two, NULL, "items", "draft" },
  { "submit/content-changed", "draft", submit_after_change, "nomination", "digest", "draft" },
  { "submit/letter-changed", "draft", submit_after_change, "submission", "letter", "draft" },
  { "submit/ledger-changed", "draft", submit_after_change, "ratings", "quotes", "draft" },
  { "submit/rule-failed", "draft", submit_with_rating, "HTNV", "rule", "draft" },
  { "submit/datum-missing", "draft", submit_with_rating, "", "data", "draft" },
  { "submit/letter-without-number", "draft", submit_without_letter_number, NULL, "rule", "draft" },
  { "submit/not-twice", "submitted", submit_again, NULL, "custody", "submitted" },
  { "submit/old-epoch", "draft", submit_old_epoch, NULL, "custody", "draft" },
  { "submit/nobody-above", "board_received", submit_at_top, NULL, "reach", "received" },
  { "submit/ledger-unanswered", "received", submit_ledger_unanswered, NULL, "quotes", "returned" },
  { "submit/ledger-kept-with-reason", "received", submit_ledger_unanswered, "Số liệu đã đúng", "", "submitted" },
  { "recall/works", "submitted", recall, COMMUNE_W, "", "draft" },
  { "recall/not-received", "received", recall, COMMUNE_W, "stage", "received" },
  { "recall/needs-leader", "submitted", recall, CLERK_W, "rights", "submitted" },
  { "recall/only-who-handed-in", "submitted", recall, DISTRICT_W, "unit", "submitted" },
  { "receive/works", "submitted", receive, DISTRICT_W, "", "received" },
  { "receive/only-holder", "submitted", receive, BOARD_W, "custody", "submitted" },
  { "receive/not-twice", "received", receive, DISTRICT_W, "stage", "received" },
  { "receive/known-device", "submitted", by_stranger, NULL, "device", "submitted" },
  { "receive/known-dossier", "submitted", of_unknown, NULL, "unknown", "submitted" },
  { "return/works", "received", give_back, NULL, "", "returned" },
  { "return/from-the-council", "in_council", give_back, BOARD_W, "", "returned" },
  { "return/from-the-chairman", "at_chairman", give_back, BOARD_W, "", "returned" },
  { "return/forwarded-down", "board_received", forward_down, NULL, "", "returned" },
  { "return/not-after-decision", "decided", give_back, BOARD_W, "stage", "decided" },
  { "return/needs-reason", "received", give_back_wordless, NULL, "reason", "received" },
  { "return/needs-a-field", "received", give_back_no_fields, NULL, "fields", "received" },
  { "return/field-of-this-dossier", "received", give_back_foreign_field, NULL, "fields", "received" },
  { "return/not-by-owner", "draft", give_back, COMMUNE_W, "unit", "draft" },
  { "return/not-before-received", "submitted", give_back, NULL, "stage", "submitted" },
  { "return/old-epoch", "received", give_back_old_epoch, NULL, "custody", "returned" },
  { "return/other-content", "received", give_back_wrong_digest, NULL, "digest", "received" },
  { "not_propose/works", "received", not_propose, DISTRICT_W, "", "not_proposed" },
  { "not_propose/needs-reason", "received", not_propose_wordless, DISTRICT_W, "reason", "received" },
  { "not_propose/only-holder", "received", not_propose, COMMUNE_W, "custody", "received" },
  { "not_propose/not-before-received", "submitted", not_propose, DISTRICT_W, "stage", "submitted" },
  { "reconsider/works", "received", reconsider, DISTRICT_W, "", "received" },
  { "withdraw/works-anywhere-before-decided", "at_chairman", withdraw, COMMUNE_W, "", "withdrawn" },
  { "withdraw/works-on-a-draft", "draft", withdraw, COMMUNE_W, "", "withdrawn" },
  { "withdraw/needs-reason", "received", withdraw_wordless, COMMUNE_W, "reason", "received" },
  { "withdraw/only-owner", "received", withdraw, DISTRICT_W, "unit", "received" },
  { "withdraw/not-after-decision", "decided", withdraw, COMMUNE_W, "stage", "decided" },
  { "withdraw/needs-leader", "received", withdraw, CLERK_W, "rights", "received" },
  { "assign/works", "received", assign, DISTRICT_W, "", "received" },
  { "assign/needs-a-person", "received", assign_nobody, DISTRICT_W, "named", "received" },
  { "assign/only-holder", "received", assign, COMMUNE_W, "custody", "received" },
  { "attest/works-before-the-dossier-is-known", "draft", attest, NULL, "", "draft" },
  { "attest/needs-a-paper", "draft", attest_no_paper, NULL, "paper", "draft" },
  { "attest/not-in-the-future", "draft", attest_future, NULL, "date", "draft" },
  { "attest/only-on-the-route", "draft", attest_off_route, NULL, "unit", "draft" },
  { "attest/not-one-s-own", "draft", attest_own, NULL, "unit", "draft" },
  { "attest/the-unit-s-own-registration", "draft", attest_foreign_id, NULL, "unknown", "draft" },
  { "ask/works", "board_received", ask, NULL, "", "received" },
  { "ask/a-known-body", "board_received", ask_nobody, NULL, "named", "received" },
  { "ask/only-at-the-top", "received", ask_as_district, NULL, "unit", "received" },
  { "review/works", "board_received", review, NULL, "", "received" },
  { "review/disagreement-needs-words", "board_received", review, "disagree", "reason", "received" },
  { "review/agree-or-disagree", "board_received", review, "maybe", "named", "received" },
  { "review/only-when-asked", "board_received", review_unasked, NULL, "custody", "received" },
  { "review/not-after-the-question-was-undone", "board_received", review_after_undo, NULL, "custody", "received" },
  { "appraise/passes", "board_received", appraise, "pass", "", "received" },
  { "appraise/fails-with-words", "board_received", appraise, "fail", "", "received" },
  { "appraise/failure-needs-words", "board_received", appraise_fail_wordless, NULL, "reason", "received" },
  { "appraise/pass-or-fail", "board_received", appraise, "perhaps", "named", "received" },
  { "appraise/only-the-board", "received", appraise_as_district, NULL, "rights", "received" },
  { "appraise/files-whole", "board_received", appraise_files_missing, NULL, "files", "received" },
  { "appraise/of-what-was-handed-in", "board_received", appraise_unknown_digest, NULL, "digest", "received" },
  { "waive/only-what-fails", "board_received", waive_what_does_not_fail, NULL, "finding", "received" },
  { "waive/needs-reason", "board_received", waive_wordless, NULL, "reason", "received" },
  { "clear_double/works", "board_received", clear_double, NULL, "", "received" },
  { "clear_double/needs-reason", "board_received", clear_double_wordless, NULL, "reason", "received" },
  { "to_council/needs-appraisal", "board_received", to_council_unappraised, NULL, "opinion", "received" },
  { "to_council/needs-a-passing-one", "board_received", to_council_after_fail, NULL, "opinion", "received" },
  { "to_council/files-whole", "board_received", to_council_files_missing, NULL, "files", "received" },
  { "to_council/no-skipping", "at_board", to_council_unappraised, NULL, "stage", "submitted" },
  { "council_opinion/endorses", "in_council", council, "endorse", "", "endorsed" },
  { "council_opinion/sends-back-to-the-board", "in_council", council, "again", "", "received" },
  { "council_opinion/declines", "in_council", council, "decline", "", "not_proposed" },
  { "council_opinion/a-known-outcome", "in_council", council, "perhaps", "named", "in_council" },
  { "council_opinion/needs-minutes", "in_council", council_no_minutes, NULL, "minutes", "in_council" },
  { "council_opinion/present-of-total", "in_council", council_nobody_present, NULL, "votes", "in_council" },
  { "council_opinion/needs-votes", "in_council", council_no_votes, NULL, "votes", "in_council" },
  { "council_opinion/who-stood-aside-did-not-vote", "in_council", council_recusal, NULL, "recusal", "in_council" },
  { "council_opinion/session-as-it-stands", "in_council", council_changed_session, NULL, "session", "in_council" },
  { "council_opinion/no-skipping", "board_received", council, "endorse", "stage", "received" },
  { "to_chairman/works", "endorsed", to_chairman, "77/TTr-SNV", "", "at_chairman" },
  { "to_chairman/needs-a-letter", "endorsed", to_chairman, "", "paper", "endorsed" },
  { "to_chairman/not-in-the-future", "endorsed", to_chairman_no_day, NULL, "date", "endorsed" },
  { "to_chairman/no-skipping", "in_council", to_chairman, "77/TTr-SNV", "stage", "in_council" },
  { "decide/works", "at_chairman", decide, NULL, "", "decided" },
  { "decide/declines", "at_chairman", decide, "decline", "", "not_proposed" },
  { "decide/signed-by-a-deputy", "at_chairman", decide_by_deputy, NULL, "", "decided" },
  { "decide/not-by-a-director", "at_chairman", decide_by_director, NULL, "signer", "at_chairman" },
  { "decide/needs-a-number", "at_chairman", decide_no_number, NULL, "paper", "at_chairman" },
  { "decide/not-before-the-opinion", "at_chairman", decide_before_opinion, NULL, "date", "at_chairman" },
  { "decide/files-whole", "at_chairman", decide_files_missing, NULL, "files", "at_chairman" },
  { "decide/a-known-outcome", "at_chairman", decide, "perhaps", "named", "at_chairman" },
  { "decide/no-skipping", "board_received", decide, NULL, "stage", "received" },
  { "award/handed", "decided", award, "handed", "", "awarded" },
  { "award/absent", "decided", award, "absent", "", "awarded" },
  { "award/a-known-outcome", "decided", award, "lost", "named", "decided" },
  { "award/needs-a-receiver", "decided", award_nobody, NULL, "named", "decided" },
  { "undo/to-council", "in_council", undo, NULL, "", "received" },
  { "undo/decision", "decided", undo, NULL, "", "at_chairman" },
  { "undo/needs-reason", "in_council", undo_wordless, NULL, "reason", "in_council" },
  { "undo/only-the-latest", "in_council", undo_older, NULL, "undo", "in_council" },
  { "undo/only-what-may-be", "received", undo_of_others, NULL, "undo", "received" },
  { "undo/only-by-its-unit", "in_council", undo_of_others, NULL, "unit", "in_council" },
};

static void
run (gconstpointer data)
{
  const Case *test = data;
  Scene *scene = scene_new ();
  Given given = { scene, NULL, test->word };
  gint64 before;

  scene_advance (scene, test->stage);
  given.dossier = scene->person;
  before = scene->q;
  assert_code (test->act (&given), test->code);
  g_assert_cmpstr (scene_stage (scene, scene->person), ==, test->after);
  if (*test->code == '\0')
    g_assert_cmpint (scene->q, >, before);
  g_hash_table_add (scene->whole, td_digest ("BAO_CAO_THANH_TICH", -1)); /* for the replay */
  scene_free (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/steps/%s", cases[i].path);

      g_test_add_data_func (path, &cases[i], run);
    }
  return g_test_run ();
}
