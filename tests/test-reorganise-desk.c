/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/catalogue.h"
#include "desk/former.h"
#include "desk/registrations.h"
#include "desk/reports.h"
#include "endpoint-fixture.h"
#include "json/json.h"
#include "text/i18n.h"

#include <string.h>

/* Two communes that have registered and reported become one while the endpoint runs:
 * the tables of their district and of the board follow, nothing is lost or counted twice. */

#define MERGED "vi-thuy-moi@2025-07-05"
#define NOW "Xã Vị Thủy mới"

typedef struct
{
  Endpoint *endpoint;
  TdDesk *commune, *neighbour, *district, *board;
} Merger;

static void
set_up (Merger *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->neighbour = endpoint_desk (self->endpoint, "neighbour.db", "31459", "OL", "Võ Văn Láng Giềng");
  self->district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  self->board = endpoint_desk (self->endpoint, "board.db", "ban-tdkt", "OLAS", "Lâm Thị Thẩm Định");
}

static void
tear_down (Merger *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->neighbour);
  desk_close (self->district);
  desk_close (self->board);
  endpoint_free (self->endpoint);
}

/* ---- the new list of units ----------------------------------------------------------- */

static JsonObject *
unit_row (JsonArray *rows, const char *code)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (strcmp (json_object_get_string_member (json_array_get_object_element (rows, i), "code"), code) == 0)
      return json_array_get_object_element (rows, i);
  g_assert_not_reached ();
}

static void
close_unit (JsonArray *rows, const char *code)
{
  JsonObject *row = unit_row (rows, code);

  json_object_set_string_member (row, "validTo", "2025-07-04");
  json_object_set_string_member (row, "successor", "vi-thuy-moi");
}

static char *
merged_units (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("TD_DATADIR"), "units", endpoint_units, NULL);
  g_autofree char *text = NULL;
  g_autofree char *model = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonArray *rows;
  JsonObject *row;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  root = td_json_parse_object (text, -1, 4 * 1024 * 1024, NULL);
  rows = json_object_get_array_member (root, "units");
  model = td_json_canonical_object (unit_row (rows, "31447"));
  row = td_json_parse_object (model, -1, 65536, NULL);
  json_object_set_string_member (row, "code", "vi-thuy-moi");
  json_object_set_string_member (row, "name", "Vị Thủy mới");
  json_object_set_string_member (row, "fullName", NOW);
  json_object_set_string_member (row, "validFrom", "2025-07-05");
  json_array_add_object_element (rows, row);
  close_unit (rows, "31447");
  close_unit (rows, "31459");
  return td_json_canonical_object (root);
}

/* By another process, while the endpoint goes on serving. */
static void
merge (Merger *self)
{
  g_autofree char *text = merged_units ();
  g_autofree char *program = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  g_autofree char *path = g_build_filename (self->endpoint->folder, "units.json", NULL);
  g_autoptr (GSubprocess) process = NULL;
  GError *error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--data", self->endpoint->dir,
                          "--reorganise", path, "--reason", "Nghị quyết số 01/NQ-MẪU", "--today", "2025-07-08", NULL);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_true (g_subprocess_get_successful (process));
  endpoint_exchange (self->commune);
  endpoint_exchange (self->neighbour);
  endpoint_exchange (self->district);
  endpoint_exchange (self->board);
  g_assert_cmpstr (td_desk_unit (self->commune)->key, ==, MERGED);
}

/* ---- what was there ---------------------------------------------------------------------- */

static void
add_row (TdDesk *desk, const char *record, const char *prefix, const char *member, const char *text)
{
  g_autofree char *key = td_desk_add_row (desk, record, prefix, NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, member);

  desk_type (desk, record, path, text, NULL);
}

/* A whole registration and a final report with its figures. */
static void
hand_in (TdDesk *desk, const char *participant, const char *value)
{
  g_autofree char *events = td_desk_ledger (desk, "events");
  g_autofree char *registration = td_desk_ledger (desk, "registration");
  g_autofree char *report = td_desk_report (desk, FALSE);
  g_autofree char *letter = NULL;
  GError *error = NULL;

  desk_fill_ledger (desk);
  add_row (desk, registration, "participant", "name", participant);
  add_row (desk, events, "work", "value", value);
  g_assert_true (td_desk_submit_registration (desk, &error));
  g_assert_no_error (error);
  desk_type (desk, report, "section/kho_khan", participant, NULL);
  letter = desk_write_letter (desk, report, NULL);
  desk_do (desk, "submit", NULL, NULL);
  endpoint_exchange (desk);
  desk_assert_stage (desk, report, "submitted");
}

static void
attest_registration (Merger *self, TdDesk *whose, const char *day)
{
  g_autofree char *id = td_desk_ledger (whose, "registration");

  desk_do (self->district, "attest", id, "unit", td_desk_unit (whose)->key, "type", "registration", "day", day, "time",
           "08:00", "paper", "15/UBND", NULL);
}

/* One on time and one late, as papers that came a year ago. */
static void
begin (Merger *self)
{
  hand_in (self->commune, "Hội Nông dân", "1000000");
  hand_in (self->neighbour, "Hội Phụ nữ", "2000000");
  endpoint_exchange (self->district);
  attest_registration (self, self->commune, "15/7/2024");
  attest_registration (self, self->neighbour, "22/7/2024");
  endpoint_exchange (self->district);
}

/* ---- registrations --------------------------------------------------------------------------- */

static TdRegisteredItem *
registered (TdDesk *desk, const char *name)
{
  g_autoptr (GListModel) list = td_desk_registered_units (desk, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdRegisteredItem) item = g_list_model_get_item (list, i);

      if (strcmp (item->unit_name, name) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
}

static void
assert_registered (TdDesk *desk, const char *name, const char *standing, const char *targets)
{
  g_autoptr (TdRegisteredItem) item = registered (desk, name);

  g_assert_nonnull (item);
  g_assert_cmpstr (item->standing, ==, standing);
  g_assert_cmpstr (item->targets, ==, targets);
}

static char *
sums_of (TdDesk *desk)
{
  g_autoptr (GListModel) sums = td_desk_registration_sums (desk);
  g_autoptr (TdSumItem) total = g_list_model_get_item (sums, g_list_model_get_n_items (sums) - 1);

  return g_strdup_printf ("units %s registered %s late %s absent %s targets %s participants %s", total->units,
                          total->registered, total->late, total->absent, total->targets, total->unsorted);
}

static void
test_registrations (Merger *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;
  g_autofree char *registration = NULL;
  g_autoptr (TdRegisteredItem) none = NULL;
  GError *error = NULL;

  begin (self);
  before = sums_of (self->district);
  g_assert_nonnull (strstr (before, "registered 2 late 1"));
  g_assert_nonnull (strstr (before, "targets 4 participants 2"));
  merge (self);
  after = sums_of (self->district);
  g_assert_cmpstr (before, ==, after);
  assert_registered (self->district, "Xã Vị Thủy (nay là " NOW ")", "ontime", "2");
  assert_registered (self->district, "Xã Vĩnh Tường (nay là " NOW ")", "late", "2");
  none = registered (self->district, NOW);
  g_assert_null (none);
  /* What it registers by itself is seen, and makes no unit more. */
  desk_fill_ledger (self->commune);
  g_assert_true (td_desk_submit_registration (self->commune, &error));
  g_assert_no_error (error);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  assert_registered (self->district, NOW, "ontime", "2");
  again = sums_of (self->district);
  g_assert_true (g_str_has_prefix (again, "units 11 registered 2 late 1"));
  g_assert_nonnull (strstr (again, "targets 6 participants 2"));
  registration = td_desk_ledger (self->commune, "registration");
  desk_assert_stage (self->commune, registration, "submitted");
}

/* ---- urging --------------------------------------------------------------------------------------- */

static TdStandingItem *
standing (TdDesk *desk, const char *name, guint *n)
{
  g_autoptr (GListModel) list = td_desk_standings (desk, "");
  TdStandingItem *found = NULL;

  *n = g_list_model_get_n_items (list);
  for (guint i = 0; i < *n; i++)
    {
      g_autoptr (TdStandingItem) item = g_list_model_get_item (list, i);

      if (found == NULL && strcmp (item->unit_name, name) == 0)
        found = g_object_ref (item);
    }
  return found;
}

static void
test_urging (Merger *self, gconstpointer data)
{
  g_autoptr (TdStandingItem) before = NULL;
  g_autoptr (TdStandingItem) after = NULL;
  guint units, fewer;

  begin (self);
  before = standing (self->district, "Xã Vị Thủy", &units);
  g_assert_cmpstr (before->registered, ==, "15/07/2024");
  merge (self);
  after = standing (self->district, NOW, &fewer);
  g_assert_cmpuint (fewer, ==, units - 1);
  g_assert_nonnull (after);
  g_assert_cmpstr (after->registered, ==, "15/07/2024");
  g_assert_cmpstr (after->interim, ==, before->interim);
  g_assert_cmpstr (after->final, ==, before->final);
  g_assert_cmpstr (after->report, ==, before->report);
  g_assert_null (strstr (after->lacks, "báo cáo"));
}

static void
list_in_block (TdDesk *board, const char *block, const char *unit)
{
  GError *error = NULL;

  td_desk_list_unit (board, block, unit, TRUE, &error);
  g_assert_no_error (error);
}

/* A block that lists both lists the one they became, once. */
static void
test_block (Merger *self, gconstpointer data)
{
  GError *error = NULL;
  g_autofree char *block = td_desk_new_block (self->board, &error);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (TdStandingItem) item = NULL;
  g_autofree char *name = NULL;

  g_assert_no_error (error);
  list_in_block (self->board, block, "31447");
  list_in_block (self->board, block, "31459");
  endpoint_exchange (self->board);
  merge (self);
  list = td_desk_standings (self->board, block);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  item = g_list_model_get_item (list, 0);
  g_assert_cmpstr (item->unit_name, ==, NOW);
  name = td_desk_name_of_code (self->board, "31459");
  g_assert_cmpstr (name, ==, "Xã Vĩnh Tường (nay là " NOW ")");
}

/* ---- the roll-up ------------------------------------------------------------------------------------- */

static TdReportRow *
report (TdDesk *desk, const char *name)
{
  g_autoptr (GListModel) rows = td_desk_rollup (desk, FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TdReportRow) row = g_list_model_get_item (rows, i);

      if (strcmp (row->name, name) == 0)
        return g_steal_pointer (&row);
    }
  return NULL;
}

static void
assert_total (TdDesk *desk, const char *targets, const char *works, const char *value)
{
  g_autoptr (TdReportRow) total = report (desk, "Tổng cộng");

  g_assert_nonnull (total);
  g_assert_cmpstr (total->targets, ==, targets);
  g_assert_cmpstr (total->works, ==, works);
  g_assert_cmpstr (total->value, ==, value);
}

static void
assert_rolled_up (TdDesk *desk, const char *part)
{
  g_autofree char *summary = td_desk_rollup_summary (desk, FALSE);

  g_test_message ("%s", summary);
  g_assert_true (g_str_has_prefix (summary, part));
}

static void
test_rollup (Merger *self, gconstpointer data)
{
  g_autoptr (TdReportRow) own = NULL;
  g_autoptr (TdReportRow) former = NULL;
  g_autofree char *texts = NULL;
  g_autofree char *letter = NULL;
  g_autofree char *mine = NULL;

  begin (self);
  assert_total (self->district, "4", "2", "3.000.000");
  assert_rolled_up (self->district, "2/10");
  merge (self);
  assert_rolled_up (self->district, "1/9");
  assert_total (self->district, "4", "2", "3.000.000");
  own = report (self->district, NOW);
  g_assert_cmpstr (own->state, ==, "ok");
  g_assert_cmpstr (own->targets, ==, "");
  former = report (self->district, "Xã Vĩnh Tường (nay là " NOW ")");
  g_assert_cmpstr (former->value, ==, "2.000.000");
  texts = td_desk_rollup_texts (self->district, FALSE, "kho_khan");
  g_assert_nonnull (strstr (texts, "Xã Vị Thủy (nay là " NOW "):\nHội Nông dân"));
  /* Its own report stands beside theirs: three ledgers, each counted once, and still one unit. */
  mine = td_desk_report (self->commune, FALSE);
  desk_fill_ledger (self->commune);
  desk_type (self->commune, mine, "section/kho_khan", "Không.", NULL);
  letter = desk_write_letter (self->commune, mine, NULL);
  desk_do (self->commune, "submit", NULL, NULL);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  assert_rolled_up (self->district, "1/9");
  assert_total (self->district, "6", "2", "3.000.000");
}

/* ---- the ledgers from before ------------------------------------------------------------------------------ */

static gboolean
stands (GListModel *fields, const char *path, const char *words, const char *part)
{
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (TdDifferenceItem) item = g_list_model_get_item (fields, i);

      if (strcmp (item->path, path) == 0)
        return strcmp (item->before, words) == 0 && strcmp (item->after, part) == 0;
    }
  return FALSE;
}

static char *
verdict_of (TdDesk *desk, const char *dossier, const char *rule)
{
  g_autoptr (GListModel) findings = td_desk_findings (desk, dossier);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TdFindingItem) item = g_list_model_get_item (findings, i);

      if (strcmp (item->rule, rule) == 0)
        return g_strdup_printf ("%s: %s", item->verdict, item->message);
    }
  return NULL;
}

/* The desk of the one reads what the other had written, takes its ratings over, and a person must decide. */
static void
test_ledgers (Merger *self, gconstpointer data)
{
  g_autofree char *other = g_strdup (td_desk_unit (self->neighbour)->key);
  g_autofree char *ratings = NULL;
  g_autofree char *collective = NULL;
  g_autofree char *finding = NULL;
  g_autofree char *year = NULL;
  g_autoptr (GListModel) units = td_desk_former_units (self->commune);
  g_autoptr (GListModel) fields = NULL;
  g_autoptr (TdRowItem) second = NULL;
  GError *error = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (units), ==, 0);
  begin (self);
  merge (self);
  g_clear_object (&units);
  units = td_desk_former_units (self->commune);
  g_assert_cmpuint (g_list_model_get_n_items (units), ==, 2);
  second = g_list_model_get_item (units, 1);
  g_assert_cmpstr (second->id, ==, other);
  g_assert_cmpstr (second->title, ==, "Xã Vĩnh Tường, đến hết ngày 04/07/2025");
  fields = td_desk_former_ledger (self->commune, other);
  g_assert_true (stands (fields, "section/kho_khan", "Hội Phụ nữ", "Báo cáo tổng kết"));
  g_assert_true (stands (fields, "rating/2020", "HTXSNV", "Xếp loại tổ chức Đảng"));
  g_assert_false (td_desk_has_ratings (self->commune));
  g_assert_false (td_desk_inherit_ratings (self->commune, "935@2024-07-01", &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (td_desk_inherit_ratings (self->commune, other, &error));
  g_assert_no_error (error);
  endpoint_reopen (self->endpoint, "commune.db", &self->commune);
  endpoint_exchange (self->commune);
  g_assert_true (td_desk_has_ratings (self->commune));
  ratings = td_desk_ledger (self->commune, "ratings");
  year = td_desk_text (self->commune, ratings, "rating/2020");
  g_assert_cmpstr (year, ==, "HTXSNV");
  collective = td_desk_new_nomination (self->commune, TRUE, &error);
  g_assert_no_error (error);
  finding = verdict_of (self->commune, collective, "R-040");
  g_assert_true (g_str_has_prefix (finding, "manual: "));
  g_assert_nonnull (strstr (finding, "kế thừa của Xã Vĩnh Tường"));
}

static void
assert_gate (TdDesk *desk, const char *state)
{
  const char *now;
  g_autofree char *text = td_desk_gate_text (desk, &now);

  g_test_message ("%s", text);
  g_assert_cmpstr (now, ==, state);
}

/* What a unit did before it was merged and had not reported is taken over: the gate of III.3 opens, the new report
 * counts it, and what a predecessor reported itself counts once although both reports have it. */
static void
test_inherit (Merger *self, gconstpointer data)
{
  g_autofree char *own = g_strdup (td_desk_unit (self->commune)->key);
  g_autofree char *other = g_strdup (td_desk_unit (self->neighbour)->key);
  g_autofree char *events = NULL;
  g_autofree char *report = NULL;
  g_autofree char *letter = NULL;
  g_autofree char *document = NULL;
  g_autofree char *before = td_desk_ledger (self->neighbour, "events");

  hand_in (self->commune, "Hội Nông dân", "1000000");
  desk_fill_ledger (self->neighbour); /* which reports nothing */
  add_row (self->neighbour, before, "work", "value", "2000000");
  add_row (self->neighbour, before, "own_award", "individuals", "12");
  endpoint_exchange (self->neighbour);
  endpoint_exchange (self->district);
  assert_total (self->district, "2", "1", "1.000.000");
  merge (self);
  assert_gate (self->commune, "missing");
  events = td_desk_ledger (self->commune, "events");
  desk_type (self->commune, events, "launch/document", "Văn bản của đơn vị mới", NULL);
  g_assert_cmpint (td_desk_inherit_ledger (self->commune, "935@2024-07-01", "events", NULL), ==, 0);
  g_assert_cmpint (td_desk_inherit_ledger (self->commune, other, "events", NULL), ==, 6); /* without the launch */
  g_assert_cmpint (td_desk_inherit_ledger (self->commune, other, "events", NULL), ==, 0);
  assert_gate (self->commune, "missing");
  document = td_desk_text (self->commune, events, "launch/document");
  g_assert_cmpstr (document, ==, "Văn bản của đơn vị mới");
  desk_type (self->commune, events, "launch/document", "", NULL);
  g_assert_cmpint (td_desk_inherit_ledger (self->commune, other, "events", NULL), ==, 1);
  assert_gate (self->commune, "ok");
  g_assert_cmpint (td_desk_inherit_ledger (self->commune, other, "targets", NULL), ==, 2);
  g_assert_cmpint (td_desk_inherit_ledger (self->commune, own, "events", NULL), ==, 1); /* the work */
  g_assert_cmpint (td_desk_inherit_ledger (self->commune, own, "targets", NULL), ==, 2);
  endpoint_reopen (self->endpoint, "commune.db", &self->commune);
  assert_gate (self->commune, "ok");
  report = td_desk_report (self->commune, FALSE);
  desk_type (self->commune, report, "section/kho_khan", "Không.", NULL);
  letter = desk_write_letter (self->commune, report, NULL);
  desk_do (self->commune, "submit", NULL, NULL);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  desk_assert_stage (self->commune, report, "submitted");
  assert_rolled_up (self->district, "1/9");
  assert_total (self->district, "4", "2", "3.000.000");
}

/* ---- the plan -------------------------------------------------------------------------------------------- */

/* Another process names a corrected plan while the endpoint serves: it and the desks go on with that. */
static void
test_plan (Merger *self, gconstpointer data)
{
  g_autofree char *program = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  g_autofree char *path = g_build_filename (self->endpoint->folder, "plan.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *before = g_strdup (td_campaign_digest (td_desk_campaign (self->commune)));
  g_autoptr (GString) changed = NULL;
  g_autoptr (GSubprocess) process = NULL;
  GError *error = NULL;

  g_assert_true (g_file_get_contents (self->endpoint->campaign, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "Chưa có kế hoạch triển khai", "Chưa ghi kế hoạch triển khai", 1), ==,
                    1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--data", self->endpoint->dir,
                              "--campaign", path, "--make-code", "31447", "OL", NULL);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_true (g_subprocess_get_successful (process));
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  g_assert_cmpstr (td_campaign_digest (td_desk_campaign (self->commune)), !=, before);
  g_assert_cmpstr (td_campaign_digest (td_desk_campaign (self->commune)), ==,
                   td_campaign_digest (td_desk_campaign (self->district)));
}

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reorganise-desk/registrations", Merger, NULL, set_up, test_registrations, tear_down);
  g_test_add ("/reorganise-desk/urging", Merger, NULL, set_up, test_urging, tear_down);
  g_test_add ("/reorganise-desk/block", Merger, NULL, set_up, test_block, tear_down);
  g_test_add ("/reorganise-desk/ledgers", Merger, NULL, set_up, test_ledgers, tear_down);
  g_test_add ("/reorganise-desk/inherit", Merger, NULL, set_up, test_inherit, tear_down);
  g_test_add ("/reorganise-desk/plan", Merger, NULL, set_up, test_plan, tear_down);
  g_test_add ("/reorganise-desk/rollup", Merger, NULL, set_up, test_rollup, tear_down);
  return g_test_run ();
}
