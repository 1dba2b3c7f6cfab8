/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "endpoint-fixture.h"
#include "text/i18n.h"

#include <string.h>

/* Another plan put in force at a real endpoint: drafts and what is on its way are judged anew, what was
 * decided keeps its verdict; and a waiver is shown ever after, to those it concerns. */

typedef struct
{
  Endpoint *endpoint;
  TdDesk *district, *board;
  char *decided, *waived, *travelling, *draft; /* four persons of the district */
} Plan;

static void
set_up (Plan *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  self->board = endpoint_desk (self->endpoint, "board.db", "ban-tdkt", "OLAS", "Lâm Thị Thẩm Định");
}

static void
tear_down (Plan *self, gconstpointer data)
{
  td_desk_close (self->district);
  td_desk_close (self->board);
  g_assert_finalize_object (self->district);
  g_assert_finalize_object (self->board);
  endpoint_free (self->endpoint);
  g_free (self->decided);
  g_free (self->waived);
  g_free (self->travelling);
  g_free (self->draft);
}

/* ---- bringing them there ------------------------------------------------------------------ */

static void
hand_in (Plan *self)
{
  g_autofree char *letter = NULL;

  desk_fill_ledger (self->district);
  self->decided = desk_nominate (self->district, "Nguyễn Thị An", "000000000101");
  self->waived = desk_nominate (self->district, "Trần Văn Dân", "000000000102");
  self->travelling = desk_nominate (self->district, "Lê Thị Bình", "000000000103");
  desk_type (self->district, self->waived, "party_member", "no", NULL);
  letter = desk_write_letter (self->district, self->decided, self->waived, self->travelling, NULL);
  desk_do (self->district, "submit", NULL, NULL);
  endpoint_exchange (self->district);
  self->draft = desk_nominate (self->district, "Phạm Văn Nháp", "000000000104");
  endpoint_exchange (self->board);
  desk_do (self->board, "receive", self->decided, NULL);
  desk_do (self->board, "receive", self->waived, NULL);
  desk_do (self->board, "receive", self->travelling, NULL);
}

static void
council (Plan *self, const char *const *dossiers)
{
  g_autofree char *session = NULL;
  GError *error = NULL;

  td_desk_step (self->board, "to_council", dossiers, NULL, &error);
  g_assert_no_error (error);
  session = td_desk_session (self->board, &error);
  g_assert_no_error (error);
  desk_type (self->board, session, "date", "8/7/2025", "chair", "Trần Văn Chủ Trì", "minutes/number", "07/BB-HĐ",
             "present", "9", "total", "11", NULL);
  for (guint i = 0; dossiers[i] != NULL; i++)
    {
      g_autofree char *votes = g_strdup_printf ("vote/%s/for", dossiers[i]);

      desk_type (self->board, session, votes, "9", NULL);
    }
  {
    const char *const words[] = { "session", session, "outcome", "endorse", NULL };

    td_desk_step (self->board, "council_opinion", dossiers, words, &error);
    g_assert_no_error (error);
  }
}

static void
decide (Plan *self)
{
  const char *const both[] = { self->decided, self->waived, NULL };
  const char *const paper[] = { "paper", "45/TTr-BTĐKT", "day", "8/7/2025", NULL };
  const char *const decision[] = { "number",   "1201/QĐ-UBND", "day",     "8/7/2025", "signer", "Đồng Văn Mẫu",
                                   "capacity", "CHỦ TỊCH",     "outcome", "award",    NULL };
  GError *error = NULL;

  desk_do (self->board, "appraise", self->decided, "verdict", "pass", NULL);
  desk_do (self->board, "appraise", self->waived, "verdict", "pass", NULL);
  council (self, both);
  td_desk_step (self->board, "to_chairman", both, paper, &error);
  g_assert_no_error (error);
  td_desk_step (self->board, "decide", both, decision, &error);
  g_assert_no_error (error);
  endpoint_exchange (self->board);
  endpoint_exchange (self->district);
}

/* ---- looking ---------------------------------------------------------------------------------- */

static TdFindingItem *
find (TdDesk *desk, const char *dossier, const char *rule)
{
  g_autoptr (GListModel) list = td_desk_findings (desk, dossier);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdFindingItem) item = g_list_model_get_item (list, i);

      if (strcmp (item->rule, rule) == 0)
        return g_steal_pointer (&item);
    }
  g_error ("nothing is found of %s", rule);
  return NULL;
}

static void
assert_finding (TdDesk *desk, const char *dossier, const char *rule, const char *verdict)
{
  g_autoptr (TdFindingItem) item = find (desk, dossier, rule);

  g_test_message ("%s: %s", item->title, item->message);
  g_assert_cmpstr (item->verdict, ==, verdict);
}

static void
assert_verdict (TdDesk *desk, const char *dossier, const char *verdict)
{
  g_autoptr (TdDossierItem) item = td_desk_dossier (desk, dossier);

  g_assert_cmpstr (item->verdict, ==, verdict);
}

static void
assert_note (TdDesk *desk, const char *dossier, const char *part)
{
  g_autofree char *note = td_desk_findings_note (desk, dossier);

  if (part == NULL)
    g_assert_cmpstr (note, ==, "");
  else
    g_assert_nonnull (strstr (note, part));
}

/* Who waived it, when and why. */
static void
assert_waiver (TdDesk *desk, const char *dossier)
{
  g_autoptr (TdFindingItem) item = find (desk, dossier, "R-051");

  g_test_message ("%s", item->answer);
  g_assert_cmpstr (item->verdict, ==, "fail");
  g_assert_true (item->waived);
  g_assert_nonnull (strstr (item->answer, "Lâm Thị Thẩm Định"));
  g_assert_nonnull (strstr (item->answer, "Có công lớn trong phòng, chống thiên tai"));
  g_assert_nonnull (strstr (item->answer, "/20"));
  assert_verdict (desk, dossier, "pass");
}

/* ---- the plan -------------------------------------------------------------------------------------- */

/* Four excellent years instead of three, and a person who is no Party member is out of the question. */
static char *
harder_plan (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("TD_DATADIR"), "campaigns", "hau-giang-2025.json", NULL);
  g_autofree char *text = NULL;
  GString *plan;
  char *rule;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  rule = strstr (strstr (text, "\"id\": \"R-050\""), "\"least\": 3");
  rule[strlen ("\"least\": ")] = '4';
  plan = g_string_new (text);
  g_assert_cmpuint (g_string_replace (plan, "\"kind\": \"member\", \"severity\": \"OVERRIDE\"",
                                      "\"kind\": \"member\", \"severity\": \"ERROR\"", 0),
                    ==, 1);
  return g_string_free (plan, FALSE);
}

static void
test_changed_plan (Plan *self, gconstpointer data)
{
  g_autofree char *plan = harder_plan ();

  hand_in (self);
  assert_finding (self->district, self->waived, "R-051", "fail");
  desk_refused (self->board, "appraise", self->waived, "“Đảng viên”", "verdict", "pass", NULL);
  desk_refused (self->board, "waive", self->waived, "", "rule", "R-051", "reason", "", NULL);
  desk_do (self->board, "waive", self->waived, "rule", "R-051", "reason", "Có công lớn trong phòng, chống thiên tai",
           NULL);
  endpoint_exchange (self->board);
  endpoint_exchange (self->district);
  assert_waiver (self->district, self->waived);
  decide (self);
  assert_waiver (self->board, self->waived);
  assert_waiver (self->district, self->waived);
  assert_finding (self->district, self->decided, "R-081", "pass");
  assert_note (self->district, self->decided, "08/07/2025");
  assert_note (self->district, self->travelling, NULL);
  assert_finding (self->district, self->draft, "R-050", "pass");

  endpoint_set_campaign (self->endpoint, plan);
  endpoint_exchange (self->board);
  endpoint_exchange (self->district);
  assert_finding (self->district, self->draft, "R-050", "fail");
  assert_finding (self->district, self->travelling, "R-050", "fail");
  assert_finding (self->board, self->travelling, "R-050", "fail");
  assert_verdict (self->board, self->travelling, "fail");
  desk_refused (self->board, "appraise", self->travelling, "“Xếp loại đảng viên", "verdict", "pass", NULL);
  assert_finding (self->district, self->decided, "R-050", "pass");
  assert_finding (self->board, self->decided, "R-050", "pass");
  assert_verdict (self->district, self->decided, "pass");
  assert_note (self->board, self->decided, "kế hoạch đã thay đổi");
  assert_waiver (self->board, self->waived);
  assert_waiver (self->district, self->waived);

  /* A restart on the same files tells the same. */
  endpoint_reopen (self->endpoint, "district.db", &self->district);
  assert_finding (self->district, self->decided, "R-050", "pass");
  assert_waiver (self->district, self->waived);
}

/* A decision taken back is none: the dossier is judged by the plan in force again. */
static void
test_undone_decision (Plan *self, gconstpointer data)
{
  g_autofree char *plan = harder_plan ();
  g_autoptr (GListModel) chain = NULL;
  g_autoptr (TdChainItem) last = NULL;

  hand_in (self);
  desk_do (self->board, "waive", self->waived, "rule", "R-051", "reason", "Có công lớn trong phòng, chống thiên tai",
           NULL);
  decide (self);
  endpoint_set_campaign (self->endpoint, plan);
  endpoint_exchange (self->board);
  assert_finding (self->board, self->decided, "R-050", "pass");
  chain = td_desk_chain (self->board, self->decided);
  for (guint i = 0; i < g_list_model_get_n_items (chain) && last == NULL; i++)
    {
      g_autoptr (TdChainItem) item = g_list_model_get_item (chain, i);

      if (strcmp (item->verb, "decide") == 0)
        last = g_steal_pointer (&item);
    }
  desk_do (self->board, "undo", self->decided, "step", last->op, "reason", "Ghi nhầm số quyết định", NULL);
  endpoint_exchange (self->board);
  endpoint_exchange (self->district);
  desk_assert_stage (self->district, self->decided, "at_chairman");
  assert_finding (self->district, self->decided, "R-050", "fail");
  assert_note (self->district, self->decided, NULL);
}

#define ADD(path, function) g_test_add ("/plan/" path, Plan, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("changed", test_changed_plan);
  ADD ("undone-decision", test_undone_decision);
  return g_test_run ();
}
