/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include "dossier/circular.h"

#include <string.h>

/* Correspondence (plan V.1, V.2, V.4 to V.6, closing paragraph): who may send what
 * to whom, who reads it, and what an enrolled device could try. Freeing the scene
 * replays everything and demands the same bytes. */

static char *
draft (Scene *scene, Desk desk, const char *type, const char *const *pairs)
{
  char *id = scene_id (scene);

  for (guint i = 0; pairs[i] != NULL; i += 2)
    assert_code (scene_edit (scene, desk, id, type, pairs[i], pairs[i + 1]), "");
  return id;
}

static const char *
send (Scene *scene, Desk desk, const char *id, const char *type)
{
  return scene_edit (scene, desk, id, type, "sent", "2025-07-08");
}

static char *
sent (Scene *scene, Desk desk, const char *type, const char *const *pairs)
{
  char *id = draft (scene, desk, type, pairs);

  assert_code (send (scene, desk, id, type), "");
  g_assert_true (td_state_record (scene->state, id)->closed);
  return id;
}

static char *
notice_to (Scene *scene, Desk from, Desk to)
{
  return sent (scene, from, "notice",
               ON ("title", "Đôn đốc đăng ký", "text", "Đề nghị gửi đăng ký.", "to", scene->units_of[to]));
}

static char *
difficulty_of (Scene *scene, Desk from, const char *re)
{
  if (re == NULL)
    return sent (scene, from, "difficulty", ON ("title", "Vướng mắc", "text", "Chưa rõ chỉ tiêu."));
  return sent (scene, from, "difficulty", ON ("title", "Vướng mắc", "text", "Vượt thẩm quyền.", "re", re));
}

/* ---- each works ------------------------------------------------------------------ */

static void
test_notice_goes_down (void)
{
  Scene *scene = scene_new ();
  g_autofree char *to = g_strdup_printf ("%s\n%s", scene->units_of[COMMUNE], scene->units_of[DISTRICT]);
  g_autofree char *id
      = draft (scene, BOARD, "notice", ON ("title", "Hướng dẫn", "text", "Hướng dẫn lập hồ sơ.", "to", to));
  g_autofree char *posted = NULL;

  g_assert_false (scene_shown (scene, COMMUNE, "record", id));
  assert_code (send (scene, BOARD, id, "notice"), "");
  g_assert_true (scene_shown (scene, COMMUNE, "record", id));
  g_assert_true (scene_shown (scene, DISTRICT, "record", id));
  g_assert_false (scene_shown (scene, NEIGHBOUR, "record", id));
  g_assert_false (scene_shown (scene, OFFICE, "record", id));
  posted = td_record_text (td_state_record (scene->state, id), "posted");
  g_assert_cmpstr (posted, ==, "2025-07-08");
  scene_free (scene);
}

static void
test_read_is_told_to_its_author (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = notice_to (scene, DISTRICT, COMMUNE);
  g_autofree char *reads = scene_ledger (scene, COMMUNE, "reads");
  g_autofree char *path = g_strdup_printf ("read/%s", id);

  assert_code (scene_edit (scene, COMMUNE, reads, "reads", path, "2025-07-08"), "");
  g_assert_true (scene_shown (scene, DISTRICT, "record", reads));
  g_assert_false (scene_shown (scene, BOARD, "record", reads));
  g_assert_false (scene_shown (scene, NEIGHBOUR, "record", reads));
  scene_free (scene);
}

/* Unit, district, the board, the provincial committee: and the answer comes back down. */
static void
test_difficulty_is_passed_on_and_answered (void)
{
  Scene *scene = scene_new ();
  g_autofree char *first = difficulty_of (scene, COMMUNE, NULL);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *answer = NULL;

  g_assert_true (scene_shown (scene, DISTRICT, "record", first));
  g_assert_false (scene_shown (scene, BOARD, "record", first));
  second = difficulty_of (scene, DISTRICT, first);
  g_assert_true (scene_shown (scene, BOARD, "record", first));
  g_assert_true (scene_shown (scene, BOARD, "record", second));
  g_assert_true (scene_shown (scene, COMMUNE, "record", second));
  third = sent (scene, BOARD, "difficulty",
                ON ("title", "Báo cáo UBND tỉnh", "text", "Vượt thẩm quyền.", "re", second, "document", "15/BC-SNV"));
  answer = sent (scene, BOARD, "answer", ON ("title", "Trả lời", "text", "UBND tỉnh đồng ý.", "re", third));
  g_assert_true (scene_shown (scene, DISTRICT, "record", answer));
  g_assert_true (scene_shown (scene, COMMUNE, "record", answer));
  g_assert_false (scene_shown (scene, NEIGHBOUR, "record", answer));
  scene_free (scene);
}

static void
test_district_answers_itself (void)
{
  Scene *scene = scene_new ();
  g_autofree char *first = difficulty_of (scene, COMMUNE, NULL);
  g_autofree char *answer
      = sent (scene, DISTRICT, "answer", ON ("title", "Trả lời", "text", "Theo mục IV.1.", "re", first));

  g_assert_true (scene_shown (scene, COMMUNE, "record", answer));
  g_assert_false (scene_shown (scene, BOARD, "record", answer));
  scene_free (scene);
}

static char *
inspection (Scene *scene)
{
  return sent (scene, DISTRICT, "inspection",
               ON ("title", "Kiểm tra", "text", "Chưa lưu biên bản.", "to", scene->units_of[COMMUNE], "date",
                   "2025-07-02", "place", "UBND xã", "who", "Trần Thị Nội Vụ", "follow_up", "Bổ sung biên bản", "due",
                   "2025-07-10"));
}

static void
test_inspection_is_answered_and_settled (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = inspection (scene);
  g_autofree char *done = g_strdup_printf ("done/%s", scene->units_of[COMMUNE]);
  g_autofree char *other = g_strdup_printf ("done/%s", scene->units_of[NEIGHBOUR]);
  g_autofree char *answer = sent (scene, COMMUNE, "answer", ON ("title", "Khắc phục", "text", "Đã bổ sung.", "re", id));

  g_assert_true (scene_shown (scene, DISTRICT, "record", answer));
  assert_code (scene_edit (scene, DISTRICT, id, "inspection", other, "2025-07-08"), "sent");
  assert_code (scene_edit (scene, DISTRICT, id, "inspection", done, "hôm nay"), "date");
  assert_code (scene_edit (scene, COMMUNE, id, "inspection", done, "2025-07-08"), "rights");
  assert_code (scene_edit (scene, DISTRICT, id, "inspection", done, "2025-07-08"), "");
  assert_code (scene_edit (scene, DISTRICT, id, "inspection", done, ""), "");
  assert_code (scene_edit (scene, DISTRICT, id, "inspection", "follow_up", "Khác"), "sent");
  scene_free (scene);
}

static void
test_exemplary_goes_all_the_way_up (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = sent (scene, COMMUNE, "exemplary",
                              ON ("title", "Nguyễn Văn Mẫu", "text", "Hiến đất làm đường.", "subject", "individual"));
  g_autofree char *published = NULL;

  g_assert_true (scene_shown (scene, DISTRICT, "record", id));
  g_assert_true (scene_shown (scene, BOARD, "record", id));
  g_assert_false (scene_shown (scene, NEIGHBOUR, "record", id));
  published = sent (scene, BOARD, "answer",
                    ON ("title", "Đã giới thiệu", "text", "Chuyên trang thi đua.", "re", id, "where", "Báo Hậu Giang"));
  g_assert_true (scene_shown (scene, COMMUNE, "record", published));
  g_assert_true (scene_shown (scene, DISTRICT, "record", published));
  scene_free (scene);
}

/* Two machines of one unit: what the other wrote stays beside, and nothing goes out
 * until somebody has chosen. */
static void
test_two_wordings_are_not_sent (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = draft (scene, COMMUNE, "difficulty", ON ("title", "A", "text", "Một"));
  JsonObject *other = scene_edit_on (scene, COMMUNE_2, id, "difficulty", "text", "Hai");
  TdRecord *record;

  assert_code (scene_edit (scene, COMMUNE, id, "difficulty", "text", "Ba"), "");
  assert_code (scene_apply (scene, COMMUNE_2, other), "");
  assert_code (send (scene, COMMUNE, id, "difficulty"), "");
  record = td_state_record (scene->state, id);
  g_assert_false (record->closed);
  g_assert_null (td_record_get (record, "sent"));
  g_assert_false (scene_shown (scene, DISTRICT, "record", id));
  other = scene_edit_on (scene, COMMUNE, id, "difficulty", "text", "Hai");
  {
    JsonArray *settles = json_array_new ();

    json_array_add_string_element (settles, ((TdBeside *)record->beside->pdata[0])->op);
    json_object_set_array_member (other, "settles", settles);
  }
  assert_code (scene_apply (scene, COMMUNE, other), "");
  assert_code (send (scene, COMMUNE, id, "difficulty"), "");
  g_assert_true (scene_shown (scene, DISTRICT, "record", id));
  scene_free (scene);
}

/* ---- what may not be sent ------------------------------------------------------------ */

typedef struct
{
  const char *name;
  Desk from;
  const char *type;
  const char *members; /* path=text, separated by | ; {N} stands for the unit of desk N */
  const char *code;
} Refusal;

#define WORDS "title=Tiêu đề|text=Nội dung"

static const Refusal REFUSALS[] = {
  { "no-title", BOARD, "notice", "text=Nội dung|to={3}", "wording" },
  { "blank-text", BOARD, "notice", "title=Tiêu đề|text=  |to={3}", "wording" },
  { "no-addressee", BOARD, "notice", WORDS, "addressee" },
  { "to-itself", DISTRICT, "notice", WORDS "|to={3}", "below" },
  { "upward", COMMUNE, "notice", WORDS "|to={3}", "below" },
  { "sideways", COMMUNE, "notice", WORDS "|to={2}", "below" },
  { "one-of-two", DISTRICT, "notice", WORDS "|to={0}\n{5}", "below" },
  { "unknown-unit", BOARD, "notice", WORDS "|to=99999@2024-07-01", "below" },
  { "another-district-s", DISTRICT, "inspection", WORDS "|to={5}|date=2025-07-02|place=X|who=Y", "below" },
  { "inspection-no-day", DISTRICT, "inspection", WORDS "|to={0}|place=X|who=Y", "inspection" },
  { "inspection-to-come", DISTRICT, "inspection", WORDS "|to={0}|date=2025-07-09|place=X|who=Y", "inspection" },
  { "inspection-no-place", DISTRICT, "inspection", WORDS "|to={0}|date=2025-07-02|who=Y", "inspection" },
  { "inspection-nobody", DISTRICT, "inspection", WORDS "|to={0}|date=2025-07-02|place=X", "inspection" },
  { "report-without-number", BOARD, "difficulty", WORDS, "paper" },
  { "answer-to-nothing", DISTRICT, "answer", WORDS, "matter" },
  { "answer-to-unknown", DISTRICT, "answer", WORDS "|re=00000000-0000-7000-8000-000000000001", "matter" },
  { "dropped", COMMUNE, "difficulty", WORDS "|dropped=yes", "dropped" },
};

static char *
fill_in (Scene *scene, const char *text)
{
  GString *string = g_string_new (text);

  for (guint i = 0; i < N_DESKS; i++)
    {
      g_autofree char *mark = g_strdup_printf ("{%u}", i);

      g_string_replace (string, mark, scene->units_of[i], 1);
    }
  return g_string_free (string, FALSE);
}

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  Scene *scene = scene_new ();
  g_autofree char *id = scene_id (scene);
  g_auto (GStrv) members = g_strsplit (refusal->members, "|", -1);

  for (guint i = 0; members[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (members[i], "=", 2);
      g_autofree char *text = strcmp (pair[0], "to") == 0 ? fill_in (scene, pair[1]) : g_strdup (pair[1]);

      assert_code (scene_edit (scene, refusal->from, id, refusal->type, pair[0], text), "");
    }
  assert_code (send (scene, refusal->from, id, refusal->type), refusal->code);
  g_assert_false (td_state_record (scene->state, id)->closed);
  g_assert_false (scene_shown (scene, OFFICE, "record", id));
  scene_free (scene);
}

/* ---- what a device could try ----------------------------------------------------------- */

static void
test_sent_stays_as_it_was_sent (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = notice_to (scene, DISTRICT, COMMUNE);

  assert_code (scene_edit (scene, DISTRICT, id, "notice", "text", "Khác"), "sent");
  assert_code (scene_edit (scene, DISTRICT, id, "notice", "sent", ""), "sent");
  assert_code (scene_edit (scene, DISTRICT, id, "notice", "to", scene->units_of[NEIGHBOUR]), "sent");
  assert_code (scene_edit (scene, DISTRICT, id, "notice", "dropped", "yes"), "sent");
  assert_code (scene_edit (scene, DISTRICT, id, "notice", "done/x", "2025-07-08"), "sent");
  g_assert_cmpuint (td_state_record (scene->state, id)->beside->len, ==, 0);
  scene_free (scene);
}

static void
test_day_of_sending_is_true (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id
      = draft (scene, DISTRICT, "notice", ON ("title", "A", "text", "B", "to", scene->units_of[COMMUNE]));
  g_autofree char *posted = NULL;

  assert_code (scene_edit (scene, DISTRICT, id, "notice", "posted", "2025-01-01"), "format");
  assert_code (scene_edit (scene, DISTRICT, id, "notice", "sent", "2025-07-09"), "date");
  assert_code (scene_edit (scene, DISTRICT, id, "notice", "sent", "có"), "date");
  assert_code (scene_edit (scene, DISTRICT, id, "notice", "sent", "2025-01-01"), "");
  posted = td_record_text (td_state_record (scene->state, id), "posted");
  g_assert_cmpstr (posted, ==, "2025-07-08");
  scene_free (scene);
}

static void
test_author_is_not_forged (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = draft (scene, BOARD, "notice", ON ("title", "A", "text", "B"));
  g_autofree char *fresh = scene_id (scene);
  JsonObject *content = scene_edit_on (scene, COMMUNE, fresh, "notice", "title", "A");

  json_object_set_string_member (content, "u", scene->units_of[BOARD]);
  assert_code (scene_apply (scene, COMMUNE, content), "rights");
  assert_code (scene_edit (scene, COMMUNE, id, "notice", "to", scene->units_of[COMMUNE]), "rights");
  assert_code (scene_edit (scene, BOARD, id, "difficulty", "title", "C"), "format");
  scene_free (scene);
}

/* To name what one was not sent would open it to the next level, or to its author's. */
static void
test_only_what_lies_here_is_passed_on_or_answered (void)
{
  Scene *scene = scene_new ();
  g_autofree char *first = difficulty_of (scene, COMMUNE, NULL);
  g_autofree char *open = draft (scene, COMMUNE, "difficulty", ON ("title", "A", "text", "B"));
  g_autofree char *down = notice_to (scene, DISTRICT, COMMUNE);
  const struct
  {
    Desk from;
    const char *type;
    const char *re;
  } tries[] = {
    { NEIGHBOUR, "difficulty", first }, { NEIGHBOUR, "answer", first }, { OFFICE, "answer", first },
    { BOARD, "answer", first },         { DISTRICT, "answer", open },   { DISTRICT, "difficulty", open },
    { NEIGHBOUR, "answer", down },      { COMMUNE, "answer", first },   { COMMUNE, "difficulty", down },
    { COMMUNE, "difficulty", first },   { DISTRICT, "answer", down },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autofree char *id
          = draft (scene, tries[i].from, tries[i].type, ON ("title", "A", "text", "B", "re", tries[i].re));

      assert_code (send (scene, tries[i].from, id, tries[i].type), "matter");
    }
  g_assert_false (scene_shown (scene, BOARD, "record", first));
  g_assert_false (scene_shown (scene, OFFICE, "record", first));
  scene_free (scene);
}

static void
test_marks_only_what_was_sent_to_it (void)
{
  Scene *scene = scene_new ();
  g_autofree char *id = notice_to (scene, DISTRICT, COMMUNE);
  g_autofree char *open = draft (scene, DISTRICT, "notice", ON ("title", "A", "to", scene->units_of[COMMUNE]));
  g_autofree char *path = g_strdup_printf ("read/%s", id);
  g_autofree char *open_path = g_strdup_printf ("read/%s", open);
  g_autofree char *reads = scene_ledger (scene, COMMUNE, "reads");
  g_autofree char *neighbour = scene_ledger (scene, NEIGHBOUR, "reads");
  g_autofree char *other = scene_id (scene);

  assert_code (scene_edit (scene, NEIGHBOUR, neighbour, "reads", path, "2025-07-08"), "matter");
  assert_code (scene_edit (scene, NEIGHBOUR, reads, "reads", path, "2025-07-08"), "format");
  assert_code (scene_edit (scene, COMMUNE, other, "reads", path, "2025-07-08"), "format");
  assert_code (scene_edit (scene, COMMUNE, reads, "reads", open_path, "2025-07-08"), "matter");
  assert_code (scene_edit (scene, COMMUNE, reads, "reads", "note", "x"), "matter");
  assert_code (scene_edit (scene, COMMUNE, reads, "reads", path, "2025-07-09"), "date");
  assert_code (scene_edit (scene, COMMUNE, reads, "reads", path, "2025-07-08"), "");
  assert_code (scene_edit (scene, COMMUNE, reads, "reads", path, ""), "date");
  scene_free (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/circulars/notice", test_notice_goes_down);
  g_test_add_func ("/circulars/read", test_read_is_told_to_its_author);
  g_test_add_func ("/circulars/difficulty", test_difficulty_is_passed_on_and_answered);
  g_test_add_func ("/circulars/district-answers", test_district_answers_itself);
  g_test_add_func ("/circulars/inspection", test_inspection_is_answered_and_settled);
  g_test_add_func ("/circulars/exemplary", test_exemplary_goes_all_the_way_up);
  g_test_add_func ("/circulars/two-wordings", test_two_wordings_are_not_sent);
  for (guint i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/circulars/refused/%s", REFUSALS[i].name);

      g_test_add_data_func (path, &REFUSALS[i], test_refusal);
    }
  g_test_add_func ("/circulars/hostile/sent", test_sent_stays_as_it_was_sent);
  g_test_add_func ("/circulars/hostile/day", test_day_of_sending_is_true);
  g_test_add_func ("/circulars/hostile/author", test_author_is_not_forged);
  g_test_add_func ("/circulars/hostile/matter", test_only_what_lies_here_is_passed_on_or_answered);
  g_test_add_func ("/circulars/hostile/reads", test_marks_only_what_was_sent_to_it);
  return g_test_run ();
}
