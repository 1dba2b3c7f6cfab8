/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step-case.h"

#include <string.h>

/* Steps on the way up and down. */

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

  return case_step (given, desk, verb, words);
}

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

/* It was before the district once: what becomes of it afterwards is told there. */
static const char *
withdraw_recalled (Given *given)
{
  TdDossier *dossier;
  const char *code;

  assert_code (recall (given), "");
  code = withdraw (given);
  dossier = td_state_dossier (given->scene->state, given->dossier);
  g_assert_true (
      scene_shown (given->scene, DISTRICT, "step", ((TdEntry *)dossier->chain->pdata[dossier->chain->len - 1])->op));
  return code;
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
  { "recall/not-received", "received", recall, COMMUNE_W, "received", "received" },
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
  { "withdraw/told-where-it-was-recalled-from", "submitted", withdraw_recalled, COMMUNE_W, "", "withdrawn" },
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
};

int
main (int argc, char **argv)
{
  return case_main (argc, argv, cases, G_N_ELEMENTS (cases));
}
