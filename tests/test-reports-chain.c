/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/reports.h"
#include "endpoint-fixture.h"
#include "text/i18n.h"

#include <string.h>

/* Reports on their way over a real endpoint: commune to district, district and department
 * to the board, what came on paper, and the sums at each level. */

typedef struct
{
  Endpoint *endpoint;
  TdDesk *commune, *neighbour, *district, *body, *board;
} Chain;

static void
set_up (Chain *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->neighbour = endpoint_desk (self->endpoint, "neighbour.db", "31459", "OL", "Võ Văn Láng Giềng");
  self->district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  self->body = endpoint_desk (self->endpoint, "body.db", "so-y-te", "OL", "Hồ Thị Khảo Sát");
  self->board = endpoint_desk (self->endpoint, "board.db", "ban-tdkt", "OLAS", "Lâm Thị Thẩm Định");
}

static void
tear_down (Chain *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->neighbour);
  desk_close (self->district);
  desk_close (self->body);
  desk_close (self->board);
  endpoint_free (self->endpoint);
}

static void
type_row (TdDesk *desk, const char *record, const char *prefix, const char *const *pairs)
{
  g_autofree char *key = td_desk_add_row (desk, record, prefix, NULL);

  for (guint i = 0; pairs[i] != NULL; i += 2)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, pairs[i]);

      desk_type (desk, record, path, pairs[i + 1], NULL);
    }
}

#define ROW(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
hand_in (TdDesk *desk, const char *difficulty, const char *value)
{
  g_autofree char *events = td_desk_ledger (desk, "events");
  g_autofree char *report = td_desk_report (desk, FALSE);
  g_autofree char *letter = NULL;

  desk_fill_ledger (desk);
  type_row (desk, events, "own_award", ROW ("form", "Giấy khen", "collectives", "2", "individuals", "5"));
  type_row (desk, events, "work", ROW ("name", "Công trình", "value", value));
  desk_type (desk, report, "section/kho_khan", difficulty, "section/ket_qua", "Đạt kế hoạch.", NULL);
  letter = desk_write_letter (desk, report, NULL);
  desk_do (desk, "submit", NULL, NULL);
  endpoint_exchange (desk);
  desk_assert_stage (desk, report, "submitted");
}

static TdReportRow *
row_of (TdDesk *desk, const char *name)
{
  g_autoptr (GListModel) rows = td_desk_rollup (desk, FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TdReportRow) row = g_list_model_get_item (rows, i);

      if (strcmp (row->name, name) == 0)
        return g_steal_pointer (&row);
    }
  g_error ("no row “%s”", name);
}

static TdReportRow *
total_of (TdDesk *desk)
{
  g_autoptr (GListModel) rows = td_desk_rollup (desk, FALSE);

  return g_list_model_get_item (rows, g_list_model_get_n_items (rows) - 1);
}

static void
district_sums_up (Chain *self)
{
  g_autofree char *commune = td_desk_report (self->commune, FALSE);
  g_autofree char *table = NULL;
  g_autofree char *texts = NULL;
  g_autofree char *summary = NULL;
  g_autoptr (TdReportRow) row = NULL;
  g_autoptr (TdReportRow) total = NULL;
  g_autoptr (TdDossierItem) item = NULL;

  endpoint_exchange (self->district);
  desk_do (self->district, "receive", commune, NULL);
  item = td_desk_dossier (self->district, commune);
  g_assert_cmpstr (item->next, ==, ""); /* it ends here */
  desk_refused (self->district, "submit", commune, "", NULL);
  row = row_of (self->district, "Xã Vị Thủy");
  g_assert_cmpstr (row->state, ==, "ok");
  g_assert_cmpstr (row->targets, ==, "2");
  g_assert_cmpstr (row->exceeded, ==, "1");
  g_assert_cmpstr (row->individuals, ==, "5");
  g_assert_cmpstr (row->value, ==, "1.000.000");
  g_assert_cmpstr (row->difficulties, ==, "=Thiếu kinh phí");
  total = total_of (self->district);
  g_assert_cmpstr (total->works, ==, "1");
  table = td_desk_rollup_table (self->district, FALSE);
  g_assert_nonnull (strstr (table, "\t1000000\t'=Thiếu kinh phí\n"));
  texts = td_desk_rollup_texts (self->district, FALSE, "kho_khan");
  g_assert_nonnull (strstr (texts, "Xã Vị Thủy:\n=Thiếu kinh phí"));
  g_assert_null (strstr (texts, "Đạt kế hoạch."));
  summary = td_desk_rollup_summary (self->district, FALSE);
  g_test_message ("%s", summary);
}

/* What came by e-mail counts as reported, without figures. */
static void
district_attests (Chain *self)
{
  const char *unit = td_desk_unit (self->neighbour)->key;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdReportRow) row = NULL;

  g_assert_false (td_desk_attest_report (self->district, unit, FALSE, " ", "5/7/2025", "08:00", &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (td_desk_attest_report (self->district, unit, FALSE, "12/BC-UBND", "5/7/2025", "08:00", &error));
  g_assert_no_error (error);
  endpoint_exchange (self->district);
  row = row_of (self->district, td_desk_unit (self->neighbour)->full_name);
  g_assert_cmpstr (row->state, ==, "ok");
  g_assert_cmpstr (row->targets, ==, "");
  g_assert_cmpstr (row->dossier, ==, "");
  endpoint_exchange (self->neighbour);
  {
    g_autoptr (TdRowItem) status = td_desk_report_status (self->neighbour, FALSE);

    g_assert_cmpstr (status->state, ==, "ok");
    g_assert_nonnull (strstr (status->title, "05/07/2025"));
  }
}

static void
board_sums_up (Chain *self)
{
  g_autoptr (TdReportRow) district = row_of (self->board, "Huyện Vị Thủy");
  g_autoptr (TdReportRow) below = row_of (self->board, "Các đơn vị thuộc Huyện Vị Thủy");
  g_autoptr (TdReportRow) total = total_of (self->board);
  g_autoptr (TdReportRow) missing = row_of (self->board, "Huyện Long Mỹ");
  g_autofree char *all = td_desk_rollup_texts (self->board, FALSE, NULL);

  g_assert_cmpstr (district->individuals, ==, "5");
  g_assert_cmpstr (below->individuals, ==, "5");
  g_assert_nonnull (strstr (below->status, "2/"));
  g_assert_cmpstr (total->individuals, ==, "15");
  g_assert_cmpstr (total->value, ==, "6.000.000");
  g_assert_cmpstr (missing->state, ==, "missing");
  g_assert_nonnull (strstr (all, "Sở Y tế:\nĐạt kế hoạch."));
}

static void
test_reports (Chain *self, gconstpointer data)
{
  g_autofree char *below = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GListModel) inbox = NULL;
  GError *error = NULL;

  hand_in (self->commune, "=Thiếu kinh phí", "1000000");
  district_sums_up (self);
  district_attests (self);
  below = td_desk_below_text (self->district, FALSE);
  g_assert_true (td_desk_write_below (self->district, FALSE, &error));
  g_assert_no_error (error);
  written = td_desk_below_text (self->district, FALSE);
  g_assert_cmpstr (below, !=, written);
  g_test_message ("%s", written);
  hand_in (self->district, "Không.", "2000000");
  g_assert_false (td_desk_write_below (self->district, FALSE, &error)); /* it has left */
  g_clear_error (&error);
  hand_in (self->body, "Không.", "3000000");
  endpoint_exchange (self->board);
  inbox = td_desk_dossiers (self->board, TD_LIST_INBOX);
  g_assert_cmpuint (g_list_model_get_n_items (inbox), ==, 2); /* the commune's stayed at the district */
  board_sums_up (self);
  endpoint_reopen (self->endpoint, "board.db", &self->board);
  board_sums_up (self);
}

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reports-chain/walk", Chain, NULL, set_up, test_reports, tear_down);
  return g_test_run ();
}
