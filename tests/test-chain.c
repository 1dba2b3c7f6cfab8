/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/award-roll.h"
#include "endpoint-fixture.h"
#include "text/i18n.h"

#include <string.h>

/* Dossiers walk from a commune through its district to the province's decision
 * and back, over a real endpoint; every desk has a data base of its own. */

typedef struct
{
  Endpoint *endpoint;
  TdDesk *commune, *district, *board, *party;
  char *collective, *anna, *binh; /* the commune's three nominees */
  char *own;                      /* the district's collective */
} Chain;

static void
set_up (Chain *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  self->board = endpoint_desk (self->endpoint, "board.db", "ban-tdkt", "OLAS", "Lâm Thị Thẩm Định");
  self->party = endpoint_desk (self->endpoint, "party.db", "van-phong-tinh-uy", "OLR", "Đỗ Văn Rà Soát");
}

static void
tear_down (Chain *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->district);
  desk_close (self->board);
  desk_close (self->party);
  endpoint_free (self->endpoint);
  g_free (self->collective);
  g_free (self->anna);
  g_free (self->binh);
  g_free (self->own);
}

static void
reopen_all (Chain *self)
{
  endpoint_reopen (self->endpoint, "commune.db", &self->commune);
  endpoint_reopen (self->endpoint, "district.db", &self->district);
  endpoint_reopen (self->endpoint, "board.db", &self->board);
  endpoint_reopen (self->endpoint, "party.db", &self->party);
}

static void
assert_size (GListModel *list, guint size)
{
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, size);
  g_object_unref (list);
}

static void
assert_no_problem (TdDesk *desk)
{
  g_autoptr (GListModel) list = td_desk_problems (desk);

  if (g_list_model_get_n_items (list) > 0)
    {
      g_autoptr (TdProblemItem) problem = g_list_model_get_item (list, 0);

      g_error ("%s: %s", problem->title, problem->message);
    }
}

static void
exchange (TdDesk *desk)
{
  endpoint_exchange (desk);
  assert_no_problem (desk);
}

/* ---- the stations ---------------------------------------------------------------------- */

static void
attest (TdDesk *desk, TdDesk *whose)
{
  g_autofree char *registration = td_desk_ledger (whose, "registration");

  desk_do (desk, "attest", registration, "unit", td_desk_unit (whose)->key, "type", "registration", "day", "11/7/2024",
           "time", "08:00", "paper", "15/UBND-NV", NULL);
}

static void
commune_hands_in (Chain *self)
{
  g_autofree char *letter = NULL;

  desk_fill_ledger (self->commune);
  self->collective = desk_nominate (self->commune, NULL, NULL);
  self->anna = desk_nominate (self->commune, "Nguyễn Thị An", "000000000101");
  self->binh = desk_nominate (self->commune, "Trần Văn Bình", "000000000102");
  letter = desk_write_letter (self->commune, self->collective, self->anna, self->binh, NULL);
  desk_do (self->commune, "submit", NULL, NULL);
  exchange (self->commune);
  desk_assert_stage (self->commune, self->collective, "submitted");
  attest (self->district, self->commune);
  exchange (self->district);
  attest (self->board, self->commune);
  attest (self->board, self->district);
  exchange (self->board);
}

static void
district_returns_one (Chain *self)
{
  g_autofree char *position = g_strdup_printf ("%s position", self->anna);
  g_autofree char *rating = g_strdup_printf ("%s rating/2023", self->anna);
  g_autoptr (TdDossierItem) item = NULL;

  exchange (self->district);
  assert_size (td_desk_dossiers (self->district, TD_LIST_INBOX), 3);
  desk_refused (self->district, "return", self->anna, "", "reason", "Sai chức vụ", "field", position, NULL);
  desk_do (self->district, "receive", self->collective, NULL);
  desk_do (self->district, "receive", self->anna, NULL);
  desk_do (self->district, "receive", self->binh, NULL);
  desk_refused (self->district, "return", self->anna, "", "field", position, NULL);
  desk_refused (self->district, "return", self->anna, "", "reason", "Sai chức vụ", NULL);
  desk_do (self->district, "return", self->anna, "reason", "Ghi lại chức vụ", "field", position, "field", rating, NULL);
  exchange (self->district);
  exchange (self->commune);
  item = td_desk_dossier (self->commune, self->anna);
  g_assert_cmpstr (item->stage, ==, "returned");
  g_assert_cmpstr (item->reason, ==, "Ghi lại chức vụ");
  g_assert_true (item->editable);
  desk_assert_stage (self->commune, self->binh, "received");
}

static void
commune_corrects_only_that (Chain *self)
{
  const char *const again[] = { self->anna, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (td_desk_named (self->commune, self->anna, "position"));
  g_assert_true (td_desk_may_set (self->commune, self->anna, "rating/2023"));
  g_assert_false (td_desk_may_set (self->commune, self->anna, "achievement"));
  g_assert_false (td_desk_set (self->commune, self->anna, "achievement", "Khác hẳn", &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_REFUSED);
  desk_type (self->commune, self->anna, "position", "Phó Chủ tịch Hội", NULL);
  g_clear_error (&error);
  td_desk_step (self->commune, "submit", again, NULL, &error);
  g_assert_no_error (error);
  exchange (self->commune);
  desk_assert_stage (self->commune, self->anna, "submitted");
}

static void
district_sees_difference (Chain *self)
{
  g_autoptr (GListModel) list = NULL;
  g_autoptr (TdDifferenceItem) item = NULL;

  exchange (self->district);
  desk_do (self->district, "receive", self->anna, NULL);
  list = td_desk_differences (self->district, self->anna);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  item = g_list_model_get_item (list, 0);
  g_assert_cmpstr (item->path, ==, "position");
  g_assert_cmpstr (item->before, ==, "Chủ tịch Hội");
  g_assert_cmpstr (item->after, ==, "Phó Chủ tịch Hội");
}

static void
district_chooses (Chain *self)
{
  g_autofree char *letter = NULL;
  int used, most;

  desk_fill_ledger (self->district);
  self->own = desk_nominate (self->district, NULL, NULL);
  letter = desk_write_letter (self->district, self->own, self->collective, self->anna, NULL);
  td_desk_quota (self->district, &used, &most);
  g_assert_cmpint (used, ==, 1);
  g_assert_cmpint (most, ==, 12);
  desk_refused (self->district, "not_propose", self->binh, "", NULL);
  desk_do (self->district, "not_propose", self->binh, "reason", "Chưa đủ thời gian công tác", NULL);
  desk_do (self->district, "submit", NULL, NULL);
  exchange (self->district);
  exchange (self->commune);
  {
    g_autoptr (TdDossierItem) item = td_desk_dossier (self->commune, self->binh);

    g_assert_cmpstr (item->stage, ==, "not_proposed");
    g_assert_cmpstr (item->reason, ==, "Chưa đủ thời gian công tác");
  }
}

static void
board_receives_and_asks (Chain *self)
{
  g_autoptr (TdDossierItem) item = NULL;
  g_autofree char *title = NULL;

  exchange (self->board);
  assert_size (td_desk_dossiers (self->board, TD_LIST_INBOX), 3);
  assert_size (td_desk_dossiers (self->district, TD_LIST_ABOVE), 2);
  assert_size (td_desk_dossiers (self->board, TD_LIST_ABOVE), 0);
  desk_do (self->board, "receive", self->own, NULL);
  desk_do (self->board, "receive", self->collective, NULL);
  desk_do (self->board, "receive", self->anna, NULL);
  desk_do (self->board, "ask", self->own, "body", "van-phong-tinh-uy", NULL);
  exchange (self->board);
  item = td_desk_dossier (self->board, self->collective);
  g_assert_cmpstr (item->verdict, ==, "pass");
  g_assert_cmpstr (item->unit_name, ==, "Xã Vị Thủy");
  title = td_desk_text (self->board, item->submission, "letter/number");
  g_assert_cmpstr (title, ==, "21/TTr-UBND");
}

/* The Party Office answers from its own desk while the board goes on. */
static void
party_reviews (Chain *self)
{
  g_autoptr (GListModel) asked = NULL;
  g_autoptr (TdDossierItem) item = NULL;

  exchange (self->party);
  asked = td_desk_dossiers (self->party, TD_LIST_ASKED);
  g_assert_cmpuint (g_list_model_get_n_items (asked), ==, 1);
  item = g_list_model_get_item (asked, 0);
  g_assert_cmpstr (item->id, ==, self->own);
  desk_do (self->board, "appraise", self->own, "verdict", "pass", "note", "Đủ điều kiện", NULL);
  desk_do (self->board, "appraise", self->collective, "verdict", "pass", NULL);
  exchange (self->board);
  desk_refused (self->board, "to_council", self->own, "", NULL);
  desk_do (self->party, "review", self->own, "verdict", "agree", "note", "Thống nhất", NULL);
  exchange (self->party);
  exchange (self->board);
}

/* One nominee's report goes down to the commune; everything else goes on. */
static void
board_returns_a_report (Chain *self)
{
  g_autofree char *file = g_strdup_printf ("%s file", self->anna);
  const char *const again[] = { self->anna, NULL };
  g_autoptr (GListModel) files = NULL;
  g_autoptr (TdFileItem) old = NULL;
  GError *error = NULL;

  desk_do (self->board, "return", self->anna, "reason", "Báo cáo thiếu xác nhận", "field", file, NULL);
  exchange (self->board);
  exchange (self->district);
  desk_assert_stage (self->district, self->anna, "returned");
  desk_do (self->district, "return", self->anna, "reason", "Báo cáo thiếu xác nhận", "field", file, NULL);
  exchange (self->district);
  exchange (self->commune);
  files = td_desk_files (self->commune, self->anna);
  old = g_list_model_get_item (files, 0);
  g_assert_true (old->removable);
  g_assert_true (td_desk_detach (self->commune, self->anna, old->key, &error));
  g_assert_no_error (error);
  desk_attach (self->commune, self->anna, "BAO_CAO_THANH_TICH");
  td_desk_step (self->commune, "submit", again, NULL, &error);
  g_assert_no_error (error);
  exchange (self->commune);
  exchange (self->district);
  desk_do (self->district, "receive", self->anna, NULL);
  td_desk_step (self->district, "submit", again, NULL, &error);
  g_assert_no_error (error);
  exchange (self->district);
}

static void
council_and_decision (Chain *self)
{
  const char *const both[] = { self->own, self->collective, NULL };
  const char *const paper[] = { "paper", "45/TTr-BTĐKT", "day", "8/7/2025", NULL };
  const char *decision[] = { "number",   "1201/QĐ-UBND", "day",     "8/7/2025", "signer", "Đồng Văn Mẫu",
                             "capacity", "CHỦ TỊCH",     "outcome", "award",    NULL };
  g_autofree char *session = NULL;
  GError *error = NULL;

  td_desk_step (self->board, "to_council", both, NULL, &error);
  g_assert_no_error (error);
  session = td_desk_session (self->board, &error);
  g_assert_no_error (error);
  desk_type (self->board, session, "date", "8/7/2025", "chair", "Trần Văn Chủ Trì", "minutes/number", "07/BB-HĐ",
             "present", "9", "total", "11", NULL);
  for (guint i = 0; both[i] != NULL; i++)
    {
      g_autofree char *votes = g_strdup_printf ("vote/%s/for", both[i]);

      desk_type (self->board, session, votes, "9", NULL);
    }
  {
    const char *const words[] = { "session", session, "outcome", "endorse", NULL };

    td_desk_step (self->board, "council_opinion", both, words, &error);
    g_assert_no_error (error);
  }
  td_desk_step (self->board, "to_chairman", both, paper, &error);
  g_assert_no_error (error);
  decision[7] = "GIÁM ĐỐC SỞ NỘI VỤ";
  g_assert_false (td_desk_step (self->board, "decide", both, decision, &error));
  g_clear_error (&error);
  decision[7] = "CHỦ TỊCH";
  td_desk_step (self->board, "decide", both, decision, &error);
  g_assert_no_error (error);
  exchange (self->board);
}

static gboolean
has_step (TdDesk *desk, const char *dossier, const char *verb, gboolean verified)
{
  g_autoptr (GListModel) chain = td_desk_chain (desk, dossier);

  for (guint i = 0; i < g_list_model_get_n_items (chain); i++)
    {
      g_autoptr (TdChainItem) item = g_list_model_get_item (chain, i);
      gboolean good = !item->waiting && strcmp (item->verified, "Chữ ký hợp lệ") == 0;

      if (strcmp (item->verb, verb) == 0)
        {
          g_test_message ("%s: %s, %s, %s, %s", item->label, item->who, item->unit_name, item->when, item->verified);
          return !verified || good || strcmp (item->verified, "Signature valid") == 0;
        }
    }
  return FALSE;
}

static void
all_see_the_decision (Chain *self)
{
  static const char *const steps[] = { "submit", "receive", "to_council", "council_opinion", "to_chairman", "decide" };

  exchange (self->commune);
  exchange (self->district);
  desk_assert_stage (self->commune, self->collective, "decided");
  desk_assert_stage (self->district, self->own, "decided");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_true (has_step (self->commune, self->collective, steps[i], TRUE));
  g_assert_false (has_step (self->commune, self->collective, "appraise", FALSE)); /* opinions are the board's */
  g_assert_true (has_step (self->board, self->own, "review", TRUE));
}

/* one is absent and gets it later; the roll of each desk says so, and pastes as it is. */
static void
awards_are_handed_over (Chain *self)
{
  g_autoptr (GListModel) roll = NULL;
  g_autoptr (TdAwardItem) first = NULL;
  g_autofree char *table = NULL;
  g_auto (GStrv) lines = NULL;
  const char *const both[] = { self->own, self->collective, NULL };
  const char *const handed[] = { "outcome", "handed", "place", "=Hội trường", "day", "8/7/2025", NULL };
  GError *error = NULL;

  desk_do (self->board, "award", self->own, "outcome", "absent", "place", "Vị Thanh", "day", "8/7/2025", NULL);
  desk_assert_stage (self->board, self->own, "decided");
  td_desk_step (self->board, "award", both, handed, &error);
  g_assert_no_error (error);
  exchange (self->board);
  exchange (self->commune);
  desk_assert_stage (self->commune, self->collective, "awarded");
  roll = td_desk_award_roll (self->board);
  g_assert_cmpuint (g_list_model_get_n_items (roll), ==, 2);
  g_clear_object (&roll);
  roll = td_desk_award_roll (self->commune);
  g_assert_cmpuint (g_list_model_get_n_items (roll), ==, 1);
  first = g_list_model_get_item (roll, 0);
  g_assert_cmpstr (first->number, ==, "1201/QĐ-UBND");
  g_assert_cmpstr (first->day, ==, "08/07/2025");
  g_assert_cmpstr (first->state, ==, "handed");
  g_assert_cmpstr (first->receiver, ==, "Đảng bộ xã Vị Thủy");
  table = td_desk_award_table (self->commune);
  lines = g_strsplit (table, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3); /* head, line, end */
  g_assert_nonnull (strstr (lines[1], "\t'=Hội trường"));
}

static void
assert_history (TdDesk *desk, const char *dossier, const char *verb, const char *words)
{
  g_autoptr (GListModel) chain = td_desk_chain (desk, dossier);

  for (guint i = 0; i < g_list_model_get_n_items (chain); i++)
    {
      g_autoptr (TdChainItem) item = g_list_model_get_item (chain, i);

      if (strcmp (item->verb, verb) == 0 && strcmp (item->reason, words) == 0)
        return;
    }
  g_error ("%s: nowhere “%s”", verb, words);
}

/* Each step is told with what its words are; a paper that came is told too. */
static void
board_history_says (Chain *self)
{
  desk_do (self->board, "assign", self->anna, "person", "Phạm Văn Thụ Lý", NULL);
  desk_do (self->board, "attest", self->anna, "unit", td_desk_unit (self->commune)->key, "type", "nomination", "day",
           "4/7/2025", "time", "14:05", "paper", "77/UBND-NV", NULL);
  assert_history (self->board, self->anna, "return", "Lý do: Báo cáo thiếu xác nhận");
  assert_history (self->board, self->anna, "assign", "Người phụ trách: Phạm Văn Thụ Lý");
  assert_history (self->board, self->anna, "attest", "Giấy tờ số 77/UBND-NV đến ngày 04/07/2025");
  assert_history (self->board, self->own, "appraise", "Ghi chú: Đủ điều kiện");
  exchange (self->board);
  assert_no_problem (self->board);
}

static void
test_walk (Chain *self, gconstpointer data)
{
  commune_hands_in (self);
  reopen_all (self);
  district_returns_one (self);
  endpoint_stop (self->endpoint);
  endpoint_start (self->endpoint);
  commune_corrects_only_that (self);
  reopen_all (self);
  district_sees_difference (self);
  district_chooses (self);
  board_receives_and_asks (self);
  reopen_all (self);
  party_reviews (self);
  board_returns_a_report (self);
  council_and_decision (self);
  endpoint_stop (self->endpoint);
  endpoint_start (self->endpoint);
  reopen_all (self);
  all_see_the_decision (self);
  awards_are_handed_over (self);
  exchange (self->board);
  desk_do (self->board, "receive", self->anna, NULL);
  desk_do (self->board, "appraise", self->anna, "verdict", "pass", NULL);
  exchange (self->board);
  assert_no_problem (self->board);
  board_history_says (self);
}

/* ---- without a line ------------------------------------------------------------------------ */

static gboolean
wait_until_sent (TdDesk *desk)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;
  guint changes = 1;
  gsize bytes = 1;

  while ((changes > 0 || bytes > 0) && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
      td_desk_waiting (desk, &changes, &bytes);
    }
  return changes == 0 && bytes == 0;
}

static void
test_waiting (Chain *self, gconstpointer data)
{
  g_autofree char *letter = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdDossierItem) waiting = NULL;
  g_autoptr (TdDossierItem) sent = NULL;

  desk_fill_ledger (self->commune);
  self->collective = desk_nominate (self->commune, NULL, NULL);
  letter = desk_write_letter (self->commune, self->collective, NULL);
  endpoint_stop (self->endpoint);
  desk_do (self->commune, "submit", NULL, NULL);
  g_assert_false (td_desk_exchange_wait (self->commune, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_EXCHANGE);
  waiting = td_desk_dossier (self->commune, self->collective);
  g_assert_true (waiting->waiting);
  text = td_desk_waiting_text (self->commune);
  g_assert_nonnull (strstr (text, "KB"));
  endpoint_reopen (self->endpoint, "commune.db", &self->commune);
  td_desk_start_exchange (self->commune);
  for (guint i = 0; i < 200; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  endpoint_start (self->endpoint);
  g_assert_true (wait_until_sent (self->commune));
  sent = td_desk_dossier (self->commune, self->collective);
  g_assert_false (sent->waiting);
  g_assert_cmpstr (sent->stage, ==, "submitted");
  exchange (self->district);
  assert_size (td_desk_dossiers (self->district, TD_LIST_INBOX), 1);
}

/* ---- two machines of one unit ------------------------------------------------------------------ */

static void
assert_text (TdDesk *desk, const char *record, const char *path, const char *text)
{
  g_autofree char *found = td_desk_text (desk, record, path);

  g_assert_cmpstr (found, ==, text);
}

static TdProblemItem *
only_problem (TdDesk *desk)
{
  g_autoptr (GListModel) list = td_desk_problems (desk);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  return g_list_model_get_item (list, 0);
}

static void
test_two_machines (Chain *self, gconstpointer data)
{
  TdDesk *second = endpoint_desk (self->endpoint, "second.db", "31447", "O", "Lê Văn Máy Hai");
  g_autoptr (TdProblemItem) here = NULL;
  g_autoptr (TdProblemItem) there = NULL;
  GError *error = NULL;

  self->anna = desk_nominate (self->commune, "Nguyễn Thị An", "000000000101");
  exchange (self->commune);
  exchange (second);
  assert_text (second, self->anna, "name", "Nguyễn Thị An");
  desk_type (self->commune, self->anna, "position", "Bí thư Đoàn xã", "workplace", "Xã đoàn Vị Thủy", NULL);
  desk_type (second, self->anna, "position", "Chủ tịch Hội Nông dân", "gender", "Nữ", NULL);
  exchange (self->commune);
  endpoint_exchange (second);
  endpoint_exchange (self->commune);
  assert_text (self->commune, self->anna, "gender", "Nữ");
  assert_text (second, self->anna, "workplace", "Xã đoàn Vị Thủy");
  here = only_problem (self->commune);
  there = only_problem (second);
  g_assert_cmpstr (here->mine, ==, "Chủ tịch Hội Nông dân");
  g_assert_cmpstr (here->theirs, ==, "Bí thư Đoàn xã");
  g_assert_cmpstr (there->mine, ==, here->mine);
  g_assert_nonnull (strstr (here->by, "Lê Văn Máy Hai"));
  g_assert_true (td_desk_settle (self->commune, here, TRUE, &error));
  g_assert_no_error (error);
  exchange (self->commune);
  exchange (second);
  assert_text (second, self->anna, "position", "Chủ tịch Hội Nông dân");
  desk_close (second);
}

/* A second nomination of the same person, from another commune, is seen at the endpoint only. */
static void
test_refused_is_kept (Chain *self, gconstpointer data)
{
  g_autofree char *letter = NULL;
  g_autofree char *dossier = NULL;
  g_autofree char *other = NULL;
  TdDesk *neighbour = endpoint_desk (self->endpoint, "neighbour.db", "31459", "OL", "Võ Văn Láng Giềng");
  g_autoptr (TdProblemItem) problem = NULL;
  GError *error = NULL;

  desk_fill_ledger (self->commune);
  dossier = desk_nominate (self->commune, "Nguyễn Thị An", "000000000101");
  letter = desk_write_letter (self->commune, dossier, NULL);
  desk_do (self->commune, "submit", NULL, NULL);
  exchange (self->commune);
  desk_fill_ledger (neighbour);
  other = desk_nominate (neighbour, "Nguyễn Thị An", "000000000101");
  g_free (letter);
  letter = desk_write_letter (neighbour, other, NULL);
  desk_do (neighbour, "submit", NULL, NULL);
  endpoint_exchange (neighbour);
  problem = only_problem (neighbour);
  g_assert_nonnull (strstr (problem->message, "số định danh"));
  desk_assert_stage (neighbour, other, "draft");
  g_assert_true (td_desk_settle (neighbour, problem, FALSE, &error));
  g_assert_no_error (error);
  assert_no_problem (neighbour);
  desk_close (neighbour);
}

#define ADD(path, function) g_test_add ("/chain/" path, Chain, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("walk", test_walk);
  ADD ("waiting", test_waiting);
  ADD ("two-machines", test_two_machines);
  ADD ("refused-is-kept", test_refused_is_kept);
  return g_test_run ();
}
