/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step-case.h"

/* Opinions, the Council, the Chairman, the award; and taking a step back. */

/* ---- consulting, opinions -------------------------------------------------------------- */

static const char *
ask (Given *given)
{
  return case_step (given, BOARD, "ask", ON ("body", "van-phong-tinh-uy"));
}

/* Whoever was asked is told that he isn't any more. */
static const char *
ask_no_more (Given *given)
{
  TdDossier *dossier = td_state_dossier (given->scene->state, given->dossier);
  g_autofree char *question = NULL;
  const char *code;

  assert_code (ask (given), "");
  question = g_strdup (((TdEntry *)dossier->chain->pdata[dossier->chain->len - 1])->op);
  code = case_step (given, BOARD, "undo", ON ("step", question, "reason", "Hỏi nhầm"));
  g_assert_true (
      scene_shown (given->scene, OFFICE, "step", ((TdEntry *)dossier->chain->pdata[dossier->chain->len - 1])->op));
  return code;
}

static const char *
ask_nobody (Given *given)
{
  return case_step (given, BOARD, "ask", ON ("body", "khong-co"));
}

static const char *
ask_as_district (Given *given)
{
  return case_step (given, DISTRICT, "ask", ON ("body", "van-phong-tinh-uy"));
}

static const char *
review (Given *given)
{
  assert_code (ask (given), "");
  return case_step (given, OFFICE, "review", ON ("verdict", given->word == NULL ? "agree" : given->word, "note", ""));
}

static const char *
review_unasked (Given *given)
{
  return case_step (given, OFFICE, "review", ON ("verdict", "agree"));
}

static const char *
review_after_undo (Given *given)
{
  TdDossier *dossier;
  const TdEntry *entry;

  assert_code (ask (given), "");
  dossier = td_state_dossier (given->scene->state, given->dossier);
  entry = dossier->chain->pdata[dossier->chain->len - 1];
  assert_code (case_step (given, BOARD, "undo", ON ("step", entry->op, "reason", "Hỏi nhầm")), "");
  return case_step (given, OFFICE, "review", ON ("verdict", "agree"));
}

static const char *
appraise (Given *given)
{
  return case_step (given, BOARD, "appraise", ON ("verdict", given->word, "note", "Đủ tiêu chuẩn"));
}

static const char *
appraise_fail_wordless (Given *given)
{
  return case_step (given, BOARD, "appraise", ON ("verdict", "fail", "note", ""));
}

static const char *
appraise_as_district (Given *given)
{
  return case_step (given, DISTRICT, "appraise", ON ("verdict", "pass"));
}

static const char *
appraise_files_missing (Given *given)
{
  g_hash_table_remove_all (given->scene->whole);
  return case_step (given, BOARD, "appraise", ON ("verdict", "pass"));
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
  return case_step (given, BOARD, "waive", ON ("rule", "R-080", "reason", "Thiên tai"));
}

static const char *
waive_wordless (Given *given)
{
  return case_step (given, BOARD, "waive", ON ("rule", "R-080", "reason", ""));
}

static const char *
clear_double (Given *given)
{
  return case_step (given, BOARD, "clear_double", ON ("finding", "R-055", "reason", "Hai người khác nhau"));
}

static const char *
clear_double_wordless (Given *given)
{
  return case_step (given, BOARD, "clear_double", ON ("finding", "R-055"));
}

/* ---- Council, Chairman ---------------------------------------------------------------------- */

static const char *
to_council_unappraised (Given *given)
{
  return case_step (given, BOARD, "to_council", NULL);
}

static const char *
to_council_after_fail (Given *given)
{
  assert_code (case_step (given, BOARD, "appraise", ON ("verdict", "fail", "note", "Chưa đủ")), "");
  return case_step (given, BOARD, "to_council", NULL);
}

static const char *
to_council_files_missing (Given *given)
{
  assert_code (case_step (given, BOARD, "appraise", ON ("verdict", "pass", "note", "")), "");
  g_hash_table_remove_all (given->scene->whole);
  return case_step (given, BOARD, "to_council", NULL);
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

  return case_step (given, BOARD, "council_opinion",
                    ON ("session", session, "session_digest", digest, "outcome", outcome));
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
  return case_step (given, BOARD, "council_opinion",
                    ON ("session", session, "session_digest", digest, "outcome", "endorse"));
}

static const char *
to_chairman (Given *given)
{
  return case_step (given, BOARD, "to_chairman", ON ("paper", given->word, "day", "2025-07-08"));
}

static const char *
to_chairman_no_day (Given *given)
{
  return case_step (given, BOARD, "to_chairman", ON ("paper", "77/TTr-SNV", "day", "2025-07-09"));
}

static const char *
decide_with (Given *given, const char *number, const char *day, const char *signer, const char *capacity)
{
  return case_step (given, BOARD, "decide",
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
  return case_step (given, BOARD, "award",
                    ON ("outcome", given->word, "receiver", "Nguyễn Văn Mẫu", "place", "Vị Thanh", "day",
                        "2025-07-08"));
}

static const char *
award_nobody (Given *given)
{
  return case_step (given, BOARD, "award", ON ("outcome", "handed", "place", "Vị Thanh", "day", "2025-07-08"));
}

/* ---- hủy bước ----------------------------------------------------------------------------------- */

static const char *
undo_by (Given *given, Desk desk, const char *reason, guint back)
{
  TdDossier *dossier = td_state_dossier (given->scene->state, given->dossier);
  const TdEntry *entry = dossier->chain->pdata[dossier->chain->len - back];

  return case_step (given, desk, "undo", ON ("step", entry->op, "reason", reason));
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

static const Case cases[] = {
  { "ask/works", "board_received", ask, NULL, "", "received" },
  { "ask/taken-back-is-told", "board_received", ask_no_more, NULL, "", "received" },
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
  { "clear_double/no-such-finding", "board_received", clear_double, NULL, "finding", "received" },
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
  /* The test lines of the rules that are steps, in their own words. */
  { "R-082/THAM_DINH → QUYET_DINH directly → ERROR", "board_received", decide, NULL, "stage", "received" },
  { "R-082/HOI_DONG → QUYET_DINH directly → ERROR", "in_council", decide, NULL, "stage", "in_council" },
  { "R-082/DA_TRINH → HOI_DONG directly → ERROR", "at_board", to_council_unappraised, NULL, "stage", "submitted" },
  { "R-082/HOI_DONG without THAM_DINH → ERROR", "board_received", to_council_unappraised, NULL, "opinion", "received" },
  { "R-084/decision dated before the opinion → ERROR", "at_chairman", decide_before_opinion, NULL, "date",
    "at_chairman" },
  { "R-085/signer “KT. CHỦ TỊCH, PHÓ CHỦ TỊCH” → PASS (signing for)", "at_chairman", decide_by_deputy, NULL, "",
    "decided" },
  { "R-085/Giám đốc Sở Nội vụ → FAIL", "at_chairman", decide_by_director, NULL, "signer", "at_chairman" },
  { "award/handed", "decided", award, "handed", "", "awarded" },
  { "award/absent-stays-to-be-handed", "decided", award, "absent", "", "decided" },
  { "award/a-known-outcome", "decided", award, "lost", "named", "decided" },
  { "award/needs-a-receiver", "decided", award_nobody, NULL, "named", "decided" },
  { "undo/to-council", "in_council", undo, NULL, "", "received" },
  { "undo/decision", "decided", undo, NULL, "", "at_chairman" },
  { "undo/needs-reason", "in_council", undo_wordless, NULL, "reason", "in_council" },
  { "undo/only-the-latest", "in_council", undo_older, NULL, "undo", "in_council" },
  { "undo/only-what-may-be", "received", undo_of_others, NULL, "undo", "received" },
  { "undo/only-by-its-unit", "in_council", undo_of_others, NULL, "unit", "in_council" },
};

int
main (int argc, char **argv)
{
  return case_main (argc, argv, cases, G_N_ELEMENTS (cases));
}
