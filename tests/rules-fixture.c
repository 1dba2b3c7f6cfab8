/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-fixture.h"

#include <string.h>

char *
fixture_read (const char *folder, const char *name)
{
  const char *data = g_getenv ("TD_DATADIR");
  g_autofree char *path = g_build_filename (data ? data : "../data", folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static TdCampaign *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  TdCampaign *campaign = td_campaign_parse (text, -1, &error);

  g_assert_no_error (error);
  return campaign;
}

TdCampaign *
fixture_campaign (void)
{
  g_autofree char *text = fixture_read ("campaigns", "hau-giang-2025.json");

  return parse (text);
}

TdCampaign *
fixture_campaign_with (const char *from, const char *to)
{
  g_autofree char *text = fixture_read ("campaigns", "hau-giang-2025.json");
  g_autoptr (GString) changed = g_string_new (text);

  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  return parse (changed->str);
}

TdUnits *
fixture_units (void)
{
  g_autofree char *text = fixture_read ("units", "hau-giang-2024.json");
  g_autoptr (GError) error = NULL;
  TdUnits *units = td_units_parse (text, -1, &error);

  g_assert_no_error (error);
  return units;
}

void
fixture_rate (TdRating *ratings, const char *letters)
{
  static const char known[] = "KNTX";

  for (guint i = 0; letters[i]; i++)
    {
      const char *found = strchr (known, letters[i]);

      g_assert_true (found != NULL || letters[i] == '-' || letters[i] == 'o');
      ratings[i] = found ? (TdRating)(found - known) : letters[i] == 'o' ? TD_RATING_NONE : TD_RATING_MISSING;
    }
}

void
fixture_set (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

TdTarget *
fixture_target (const char *name, const char *figures, const char *cap)
{
  TdTarget *target = td_target_new ();
  g_auto (GStrv) parts = NULL;

  if (*figures == '<' || *figures == '=')
    target->direction = *figures++ == '<' ? TD_DIRECTION_LOWER : TD_DIRECTION_QUALITATIVE;
  parts = g_strsplit (figures, "/", 2);
  fixture_set (&target->id, name);
  fixture_set (&target->name, name);
  fixture_set (&target->plan, parts[0]);
  fixture_set (&target->actual, parts[1]);
  fixture_set (&target->cap, cap);
  target->result_date = td_date_make (2025, 6, 30);
  return target;
}

TdProject *
fixture_project (const char *name, const char *const *figures)
{
  TdProject *project = td_project_new ();

  fixture_set (&project->id, name);
  fixture_set (&project->kind, "Đề án");
  fixture_set (&project->name, name);
  project->well_done = TRUE;
  for (guint i = 0; figures && figures[i]; i++)
    {
      g_autofree char *target = g_strdup_printf ("CT%u", i + 1);

      g_ptr_array_add (project->targets, fixture_target (target, figures[i], ""));
    }
  return project;
}

static TdUnitFacts *
good_unit (const TdUnits *units, const char *code)
{
  TdUnitFacts *facts = td_unit_facts_new ();

  facts->unit = td_units_by_code (units, code, td_date_make (2024, 7, 1));
  if (!facts->unit) /* since a merger */
    facts->unit = td_units_by_code (units, code, td_date_make (2025, 7, 5));
  g_assert_nonnull (facts->unit);
  fixture_set (&facts->category, facts->unit->category);
  fixture_rate (facts->ratings, "XXXTT");
  g_ptr_array_add (facts->targets, fixture_target ("CT1", "50/55", ""));
  fixture_set (&facts->typical, "yes");
  fixture_set (&facts->typical_note, "Tiêu biểu.");
  fixture_set (&facts->compliance, "OK");
  facts->registration_received = td_date_make (2024, 7, 19);
  facts->plan_date = td_date_make (2024, 7, 8);
  facts->launched_on = td_date_make (2024, 7, 10);
  facts->interim_on = td_date_make (2024, 12, 27);
  facts->final_on = facts->awarded_on = td_date_make (2025, 7, 4);
  facts->report_sent_on = td_date_make (2025, 7, 8);
  return facts;
}

static TdFacts *
good_facts (const TdUnits *units, const char *code, const char *submitter)
{
  static const char *const papers[] = { "BAO_CAO_THANH_TICH", NULL };
  TdFacts *facts = td_facts_new ();

  facts->today = td_date_make (2025, 7, 10);
  facts->at_top = TRUE;
  facts->unit = good_unit (units, code);
  facts->submitter = submitter ? good_unit (units, submitter) : facts->unit;
  fixture_set (&facts->award, "BANG_KHEN_CHU_TICH_UBND_TINH");
  g_strfreev (facts->papers);
  facts->papers = g_strdupv ((char **)papers);
  facts->has_submission = TRUE;
  fixture_set (&facts->letter_number, "118/TTr-UBND");
  facts->letter_date = td_date_make (2025, 7, 7);
  fixture_set (&facts->letter_signer, "Trần Văn Giả Định");
  fixture_set (&facts->minutes_number, "05/BB-HĐTĐKT");
  facts->minutes_date = td_date_make (2025, 7, 5);
  fixture_set (&facts->minutes_chair, "Trần Văn Giả Định");
  g_strfreev (facts->listed_in_letter);
  g_strfreev (facts->listed_in_minutes);
  facts->listed_in_letter = g_strsplit ("Nguyễn Văn Mẫu", "|", -1);
  facts->listed_in_minutes = g_strsplit ("Nguyễn Văn Mẫu", "|", -1);
  facts->received = td_date_make (2025, 7, 8);
  return facts;
}

TdFacts *
fixture_collective (const TdUnits *units, const char *code, const char *submitter)
{
  TdFacts *facts = good_facts (units, code, submitter);

  facts->collective = TRUE;
  fixture_set (&facts->name, facts->unit->unit->party_organisation);
  return facts;
}

TdFacts *
fixture_person (const TdUnits *units, const char *code, const char *submitter)
{
  TdFacts *facts = good_facts (units, code, submitter);

  fixture_set (&facts->name, "Nguyễn Văn Mẫu");
  fixture_set (&facts->party_member, "yes");
  fixture_rate (facts->ratings, "XXXTT");
  facts->individuals = 1;
  return facts;
}

static TdFinding *
take (GPtrArray *findings, const char *rule)
{
  g_autoptr (GPtrArray) owned = findings;

  for (guint i = 0; i < owned->len; i++)
    if (strcmp (((TdFinding *)owned->pdata[i])->rule, rule) == 0)
      return g_ptr_array_steal_index (owned, i);
  g_error ("no finding of %s", rule);
}

TdFinding *
fixture_judge (const TdCampaign *campaign, const TdFacts *facts, const char *rule)
{
  return take (td_judge (campaign, facts), rule);
}

TdFinding *
fixture_register (const TdCampaign *campaign, const TdFacts *facts, const char *rule)
{
  return take (td_judge_registration (campaign, facts), rule);
}

const char *
fixture_outcome (const TdFinding *finding)
{
  static const char *const words[] = { "pass", "n/a", "manual", "unknown", "fail" };

  if (finding->verdict == TD_VERDICT_FAIL && finding->severity == TD_SEVERITY_WARN)
    return "warn";
  return words[finding->verdict];
}

void
fixture_expect (TdFinding *finding, const char *outcome, const char *says)
{
  if (strcmp (fixture_outcome (finding), outcome) != 0 || (says && !strstr (finding->message, says)))
    g_error ("%s: wanted %s “%s”, found %s “%s”", finding->rule, outcome, says ? says : "", fixture_outcome (finding),
             finding->message);
  g_assert_cmpstr (finding->clause, !=, "");
  g_assert_cmpstr (finding->message, !=, "");
  g_assert_null (strchr (finding->message, '{'));
  td_finding_free (finding);
}
