/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-cases.h"

#include "json/json.h"

#include <string.h>

/* Units that others became: the list of units as it is after two mergers. Two
 * departments became a new one, and one department took another in. */

static JsonObject *
row_of (JsonArray *rows, const char *code)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (strcmp (json_object_get_string_member (row, "code"), code) == 0)
        return row;
    }
  g_error ("there is no unit %s", code);
}

static void
close_unit (JsonArray *rows, const char *code, const char *last, const char *successor)
{
  JsonObject *row = row_of (rows, code);

  json_object_remove_member (row, "reorganisedOn");
  json_object_set_string_member (row, "validTo", last);
  json_object_set_string_member (row, "successor", successor);
}

static void
open_unit (JsonArray *rows, const char *code, const char *name, const char *first)
{
  g_autofree char *text = td_json_canonical_object (row_of (rows, "so-y-te"));
  JsonObject *row = td_json_parse_object (text, -1, 65536, NULL);

  json_object_set_string_member (row, "code", code);
  json_object_set_string_member (row, "name", name);
  json_object_set_string_member (row, "fullName", name);
  json_object_set_string_member (row, "validFrom", first);
  json_array_add_object_element (rows, row);
}

static char *
merged_units (const TdUnits *units)
{
  g_autoptr (JsonObject) root = td_json_parse_object (td_units_source (units), -1, 4 * 1024 * 1024, NULL);
  JsonArray *rows = json_object_get_array_member (root, "units");

  open_unit (rows, "so-moi", "Sở Nông nghiệp và Môi trường", "2025-02-19");
  open_unit (rows, "so-sau", "Sở Sau", "2025-07-05");
  close_unit (rows, "so-nong-nghiep-ptnt", "2025-02-18", "so-moi");
  close_unit (rows, "so-tai-nguyen-moi-truong", "2025-02-18", "so-moi");
  close_unit (rows, "so-giao-thong-van-tai", "2025-02-18", "so-xay-dung");
  close_unit (rows, "so-thong-tin-truyen-thong", "2025-07-04", "so-sau");
  return td_json_canonical_object (root);
}

static gboolean
check_merged (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  g_autofree char *units = merged_units (rules_plan_units (plan));
  g_autoptr (RulesPlan) merged = rules_plan_new (td_campaign_source (rules_plan_campaign (plan)), units);

  if (merged)
    return rules_check_row (merged, check, problem);
  g_string_assign (problem, "the merged units are refused");
  return FALSE;
}

static const RuleRow merged_rows[] = {
  { "R-031", "a merged unit's ratings are its predecessors', though it says nothing of it → MANUAL", "c:so-moi",
    "ratings=XXXTT", "manual", "Sở Nông nghiệp và Phát triển nông thôn, Sở Tài nguyên và Môi trường … 03 năm" },
  { "R-031", "of which it says one → MANUAL, with that one", "c:so-moi",
    "ratings=XXXTT | inherited=Sở Tài nguyên và Môi trường", "manual", "kế thừa của Sở Tài nguyên và Môi trường:" },
  { "R-031", "a merged unit's ratings with a low year → MANUAL", "c:so-moi", "ratings=XXXTN", "manual", "Năm 2024" },
  { "R-031", "a merged unit's ratings missing → UNKNOWN", "c:so-moi", "ratings=XXXX-", "unknown" },
  { "R-031", "a unit that took another in keeps its own ratings → PASS", "c:so-xay-dung", "ratings=XXXTT", "pass" },
  { "R-031", "what was merged is judged by its own ratings → PASS", "c:so-giao-thong-van-tai", "ratings=XXXTT",
    "pass" },
  { "R-044", "a merged unit → MANUAL, with those it came of", "c:so-moi", "", "manual",
    "Sở Nông nghiệp và Môi trường kế thừa Sở Nông nghiệp và Phát triển nông thôn, Sở Tài nguyên và Môi trường … "
    "19/02/2025" },
  { "R-044", "its individuals too → MANUAL", "p:so-moi", "", "manual" },
  { "R-044", "a unit that took another in → MANUAL", "c:so-xay-dung", "", "manual", "kế thừa Sở Giao thông vận tải" },
  { "R-044", "what was merged into it → MANUAL", "c:so-giao-thong-van-tai", "", "manual", "kế thừa: Sở Xây dựng" },
  { "R-044", "before the day of the merger → no warning", "c:so-xay-dung", "today=2025-02-18", "pass" },
  { "R-044", "merged after the campaign → no warning", "c:so-sau", "", "pass" },
  { "R-044", "a unit beside all that → no warning", "c:so-y-te", "", "pass" },
};

void
rules_add_succession (GPtrArray *checks)
{
  for (guint i = 0; i < G_N_ELEMENTS (merged_rows); i++)
    rules_add (checks, merged_rows[i].rule, merged_rows[i].says, check_merged, &merged_rows[i]);
}
