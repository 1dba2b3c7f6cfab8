/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/registrations.h"
#include "endpoint-fixture.h"
#include "text/i18n.h"

#include <string.h>

/* July 2024: registrations walk from the communes through their district to the
 * province over a real endpoint; the tables above say who sent, who late, who not. */

typedef struct
{
  Endpoint *endpoint;
  TdDesk *commune, *second, *district, *board;
} Walk;

static void
set_up (Walk *self, gconstpointer data)
{
  self->endpoint = endpoint_new_on ("2024-07-15");
  self->commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->second = endpoint_desk (self->endpoint, "second.db", "31459", "OL", "Võ Văn Láng Giềng");
  self->district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  self->board = endpoint_desk (self->endpoint, "board.db", "ban-tdkt", "OLAS", "Lâm Thị Thẩm Định");
}

static void
tear_down (Walk *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->second);
  desk_close (self->district);
  desk_close (self->board);
  endpoint_free (self->endpoint);
}

static void
exchange (TdDesk *desk)
{
  g_autoptr (GListModel) problems = NULL;

  endpoint_exchange (desk);
  problems = td_desk_problems (desk);
  if (g_list_model_get_n_items (problems) > 0)
    {
      g_autoptr (TdProblemItem) problem = g_list_model_get_item (problems, 0);

      g_error ("%s: %s", problem->title, problem->message);
    }
}

static void
hand_in (TdDesk *desk)
{
  GError *error = NULL;

  g_assert_true (td_desk_submit_registration (desk, &error));
  g_assert_no_error (error);
}

static TdRegisteredItem *
row_of (TdDesk *desk, TdDesk *whose)
{
  g_autoptr (GListModel) list = td_desk_registered_units (desk, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdRegisteredItem) item = g_list_model_get_item (list, i);

      if (strcmp (item->id, td_desk_unit (whose)->key) == 0)
        return g_steal_pointer (&item);
    }
  g_error ("%s isn't in the table", td_desk_unit (whose)->full_name);
  return NULL;
}

static void
assert_row (TdDesk *desk, TdDesk *whose, const char *standing, const char *stage, const char *targets)
{
  g_autoptr (TdRegisteredItem) item = row_of (desk, whose);

  g_assert_cmpstr (item->standing, ==, standing);
  g_assert_cmpstr (item->stage, ==, stage);
  g_assert_cmpstr (item->targets, ==, targets);
}

static void
add_participant (TdDesk *desk, const char *name, const char *kind)
{
  g_autofree char *registration = td_desk_ledger (desk, "registration");
  g_autofree char *key = td_desk_add_row (desk, registration, "participant", NULL);
  g_autofree char *name_path = g_strdup_printf ("participant/%s/name", key);
  g_autofree char *kind_path = g_strdup_printf ("participant/%s/kind", key);

  desk_type (desk, registration, name_path, name, kind_path, kind, NULL);
}

static TdSumItem *
total (TdDesk *desk)
{
  g_autoptr (GListModel) sums = td_desk_registration_sums (desk);

  return g_list_model_get_item (sums, g_list_model_get_n_items (sums) - 1);
}

/* Commune → district receives → the district's own letter carries it → the board. */
static void
test_walk (Walk *self, gconstpointer data)
{
  g_autofree char *registration = td_desk_ledger (self->commune, "registration");
  g_autofree char *own = td_desk_ledger (self->district, "registration");
  g_autofree char *way = td_desk_registration_way (self->commune);
  g_autoptr (GListModel) going = NULL;
  g_autoptr (GListModel) targets = NULL;
  g_autoptr (TdTargetItem) first = NULL;
  g_autoptr (TdSumItem) sums = NULL;

  g_assert_nonnull (strstr (way, "Phòng Nội vụ huyện Vị Thủy → Ban Thi đua - Khen thưởng"));
  assert_row (self->district, self->commune, "due", "", "");
  desk_fill_ledger (self->commune);
  add_participant (self->commune, "Hội Nông dân xã Vị Thủy", "collective");
  add_participant (self->commune, "Nguyễn Văn Mẫu", "individual");
  hand_in (self->commune);
  exchange (self->commune);
  desk_assert_stage (self->commune, registration, "submitted");

  exchange (self->district);
  assert_row (self->district, self->commune, "ontime", "submitted", "2");
  desk_do (self->district, "receive", registration, NULL);
  desk_fill_ledger (self->district);
  hand_in (self->district);
  going = td_desk_registration_going (self->district);
  g_assert_cmpuint (g_list_model_get_n_items (going), ==, 0);
  exchange (self->district);
  desk_assert_stage (self->district, registration, "submitted");
  desk_assert_stage (self->district, own, "submitted");

  exchange (self->board);
  assert_row (self->board, self->commune, "ontime", "submitted", "2");
  assert_row (self->board, self->district, "ontime", "submitted", "2");
  desk_do (self->board, "receive", registration, NULL);
  desk_do (self->board, "receive", own, NULL);
  exchange (self->board);
  exchange (self->district);
  exchange (self->commune);
  desk_assert_stage (self->commune, registration, "received");
  targets = td_desk_registered_targets (self->board, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (targets), ==, 4);
  first = g_list_model_get_item (targets, 0);
  g_assert_cmpstr (first->unit_name, ==, "Huyện Vị Thủy"); /* districts stand before communes */
  sums = total (self->board);
  g_assert_cmpstr (sums->registered, ==, "2");
  g_assert_cmpstr (sums->late, ==, "0");
  g_assert_cmpstr (sums->targets, ==, "4");
  g_assert_cmpstr (sums->collectives, ==, "1");
  g_assert_cmpstr (sums->individuals, ==, "1");
}

/* A district that hasn't finished its own sends its communes' all the same; what stays is said. */
static void
test_unfinished_district (Walk *self, gconstpointer data)
{
  g_autofree char *registration = td_desk_ledger (self->commune, "registration");
  g_autofree char *own = td_desk_ledger (self->district, "registration");
  g_autofree char *left = NULL;

  desk_fill_ledger (self->commune);
  hand_in (self->commune);
  exchange (self->commune);
  exchange (self->district);
  desk_do (self->district, "receive", registration, NULL);
  hand_in (self->district);
  left = td_desk_registration_left (self->district);
  g_assert_true (g_str_has_prefix (left, "Huyện Vị Thủy: "));
  exchange (self->district);
  desk_assert_stage (self->district, registration, "submitted");
  desk_assert_stage (self->district, own, "draft");
  desk_fill_ledger (self->district);
  hand_in (self->district);
  exchange (self->district);
  exchange (self->board);
  assert_row (self->board, self->commune, "ontime", "submitted", "2");
  assert_row (self->board, self->district, "ontime", "submitted", "2");
}

/* Returned with a reason, corrected, handed in again with the letter it came with. */
static void
test_returned (Walk *self, gconstpointer data)
{
  g_autofree char *registration = td_desk_ledger (self->commune, "registration");
  g_autofree char *field = g_strdup_printf ("%s note", registration);
  g_autoptr (TdRegisteredItem) row = NULL;

  desk_fill_ledger (self->commune);
  hand_in (self->commune);
  exchange (self->commune);
  exchange (self->district);
  desk_do (self->district, "receive", registration, NULL);
  row = row_of (self->district, self->commune);
  g_assert_true (row->may_return && !row->may_receive && !row->may_attest);
  desk_do (self->district, "return", registration, "reason", "Ghi rõ số người tham gia", "field", field, NULL);
  exchange (self->district);
  exchange (self->commune);
  desk_assert_stage (self->commune, registration, "returned");
  desk_type (self->commune, registration, "note", "45 người tham gia", NULL);
  hand_in (self->commune);
  exchange (self->commune);
  exchange (self->district);
  assert_row (self->district, self->commune, "ontime", "submitted", "2");
}

/* Three days after the limit: late is said and stops nobody; a paper that came in time counts. */
static void
test_late_and_absent (Walk *self, gconstpointer data)
{
  const TdRegistrationFilter absent = { NULL, "absent", NULL };
  const TdRegistrationFilter late = { NULL, "late", NULL };
  g_autofree char *registration = td_desk_ledger (self->commune, "registration");
  g_autofree char *paper = td_desk_ledger (self->second, "registration");
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (TdRegisteredItem) first = NULL;
  g_autoptr (TdRegisteredItem) row = NULL;
  g_autoptr (TdSumItem) sums = NULL;
  guint missing;

  endpoint_set_day (self->endpoint, "2024-07-22");
  exchange (self->commune);
  desk_fill_ledger (self->commune);
  hand_in (self->commune);
  exchange (self->commune);
  exchange (self->district);
  rows = td_desk_registered_units (self->district, NULL);
  first = g_list_model_get_item (rows, 0);
  g_assert_cmpstr (first->standing, ==, "absent");
  row = row_of (self->district, self->commune);
  g_assert_cmpstr (row->standing, ==, "late");
  g_assert_cmpstr (row->standing_label, ==, "Muộn 3 ngày");
  g_assert_cmpstr (row->day, ==, "22/07/2024");
  g_clear_object (&rows);
  rows = td_desk_registered_units (self->district, &absent);
  missing = g_list_model_get_n_items (rows);
  g_clear_object (&rows);
  rows = td_desk_registered_units (self->district, &late);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  desk_do (self->district, "attest", paper, "unit", td_desk_unit (self->second)->key, "type", "registration", "day",
           "18/7/2024", "time", "15:30", "paper", "15/UBND", NULL);
  exchange (self->district);
  assert_row (self->district, self->second, "ontime", "", "");
  g_clear_object (&rows);
  rows = td_desk_registered_units (self->district, &absent);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, missing - 1);
  sums = total (self->district);
  g_assert_cmpstr (sums->registered, ==, "2");
  g_assert_cmpstr (sums->late, ==, "1");
  desk_do (self->district, "receive", registration, NULL);
  hand_in (self->district);
  exchange (self->district);
  exchange (self->board);
  assert_row (self->board, self->commune, "late", "submitted", "2");
}

/* Nothing may go past the district: what the board notes of a commune's paper alone is the wrong way. */
static void
test_wrong_way (Walk *self, gconstpointer data)
{
  g_autofree char *registration = td_desk_ledger (self->commune, "registration");
  g_autoptr (GListModel) findings = NULL;
  gboolean told = FALSE;

  desk_do (self->board, "attest", registration, "unit", td_desk_unit (self->commune)->key, "type", "registration",
           "day", "12/7/2024", "time", "08:00", "paper", "15/UBND", NULL);
  exchange (self->board);
  exchange (self->commune);
  desk_fill_ledger (self->commune);
  g_assert_cmpstr (td_desk_unit (self->commune)->level, ==, "commune");
  findings = td_desk_unit_findings (self->commune);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TdFindingItem) item = g_list_model_get_item (findings, i);

      told = told || (strcmp (item->verdict, "fail") == 0 && strstr (item->message, "Phòng Nội vụ huyện Vị Thủy"));
    }
  g_assert_true (told);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* The evidence of a target travels with what is handed in, and the district can read it. */
static void
test_evidence (Walk *self, gconstpointer data)
{
  g_autofree char *registration = td_desk_ledger (self->commune, "registration");
  g_autofree char *record = td_desk_ledger (self->commune, "targets");
  g_autofree char *path = desk_make_pdf (g_get_tmp_dir (), "minh-chung-thidua.pdf", "Báo cáo số 12");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GListModel) files = NULL;
  g_autoptr (TdFileItem) sent = NULL;
  g_autoptr (TdTargetItem) target = NULL;
  GError *error = NULL;

  desk_fill_ledger (self->commune);
  keys = td_desk_keys (self->commune, record, "target");
  td_desk_attach_to_row_async (self->commune, record, keys->pdata[0], "MINH_CHUNG", file, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (td_desk_attach_finish (self->commune, result, &error));
  g_file_delete (file, NULL, NULL);
  hand_in (self->commune);
  exchange (self->commune);
  exchange (self->district);
  target = td_desk_target (self->district, record, "target", keys->pdata[0]);
  g_assert_cmpstr (target->evidence, ==, "minh-chung-thidua.pdf");
  files = td_desk_files (self->district, registration);
  g_assert_cmpuint (g_list_model_get_n_items (files), ==, 1);
  sent = g_list_model_get_item (files, 0);
  g_assert_cmpstr (sent->target, ==, keys->pdata[0]);
  g_assert_cmpstr (sent->path, ==, "");
  td_desk_want_file (self->district, sent->sha);
  exchange (self->district);
  g_clear_object (&files);
  g_clear_object (&sent);
  files = td_desk_files (self->district, registration);
  sent = g_list_model_get_item (files, 0);
  g_assert_cmpstr (sent->path, !=, "");
}

/* The picture of a work stands with that work, among the papers of the ledger (II.1). */
static void
test_picture (Walk *self, gconstpointer data)
{
  g_autofree char *events = td_desk_ledger (self->commune, "events");
  g_autofree char *one = td_desk_add_row (self->commune, events, "work", NULL);
  g_autofree char *two = td_desk_add_row (self->commune, events, "work", NULL);
  g_autofree char *path = desk_make_pdf (g_get_tmp_dir (), "anh-cong-trinh-thidua.pdf", "Cầu ấp 4");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) files = NULL;
  g_autoptr (TdFileItem) picture = NULL;
  GError *error = NULL;

  td_desk_attach_to_row_async (self->commune, events, two, "ANH_CONG_TRINH", file, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (td_desk_attach_finish (self->commune, result, &error));
  g_assert_no_error (error);
  g_file_delete (file, NULL, NULL);
  exchange (self->commune);
  files = td_desk_files (self->commune, events);
  g_assert_cmpuint (g_list_model_get_n_items (files), ==, 1);
  picture = g_list_model_get_item (files, 0);
  g_assert_cmpstr (picture->target, ==, two);
  g_assert_cmpstr (picture->target, !=, one);
}

#define ADD(path, function) g_test_add ("/registration/" path, Walk, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("walk", test_walk);
  ADD ("unfinished-district", test_unfinished_district);
  ADD ("returned", test_returned);
  ADD ("late-and-absent", test_late_and_absent);
  ADD ("wrong-way", test_wrong_way);
  ADD ("evidence", test_evidence);
  ADD ("picture", test_picture);
  return g_test_run ();
}
