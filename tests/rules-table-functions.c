/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-cases.h"

#include <string.h>

/* What is asked of the plan and the units without a nominee: phases and levels, deadlines, routes, quotas,
 * who reviews, who signs; then of every rule how grave it is, who can supply its data and whom it concerns. */

/* ---- phase (level, date) -------------------------------------------- */

typedef struct
{
  const char *rule, *says, *level, *day;
  int number, days;
} PhaseRow;

static const PhaseRow phase_rows[] = {
  { "R-002", "(cơ sở, 2024-06-30) → none", "CO_SO", "2024-06-30", 0, 0 },
  { "R-002", "(cơ sở, 2024-07-01) → 1", "CO_SO", "2024-07-01", 1, 204 },
  { "R-002", "(cơ sở, 2025-01-20) → 1", "CO_SO", "2025-01-20", 1, 204 },
  { "R-004", "(cơ sở, 2025-01-21) → 2", "CO_SO", "2025-01-21", 2, 100 },
  { "R-004", "(cơ sở, 2025-04-30) → 2, 100 days", "CO_SO", "2025-04-30", 2, 100 },
  { "R-004", "(cơ sở, 2025-05-01) → none", "CO_SO", "2025-05-01", 0, 0 },
  { "R-003", "(huyện, 2024-07-01) → 1", "HUYEN_TUONG_DUONG", "2024-07-01", 1, 264 },
  { "R-003", "(huyện, 2025-03-21) → 1", "HUYEN_TUONG_DUONG", "2025-03-21", 1, 264 },
  { "R-005", "(huyện, 2025-03-22) → 2", "HUYEN_TUONG_DUONG", "2025-03-22", 2, 101 },
  { "R-005", "(huyện, 2025-06-30) → 2, 101 days: the written dates win", "HUYEN_TUONG_DUONG", "2025-06-30", 2, 101 },
  { "R-005", "(huyện, 2025-07-01) → none", "HUYEN_TUONG_DUONG", "2025-07-01", 0, 0 },
};

static gboolean
check_phase (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  const PhaseRow *row = check->row;
  const TdPhase *phase = td_campaign_phase (rules_plan_campaign (plan), row->level, td_date_parse_iso (row->day));
  int number = phase ? phase->number : 0, days = phase ? (int)(phase->to - phase->from + 1) : 0;

  if (number != row->number || days != row->days)
    g_string_printf (problem, "phase %d of %d days", number, days);
  else if (phase && strcmp (phase->rule, row->rule) != 0)
    g_string_printf (problem, "of %s", phase->rule);
  return problem->len == 0;
}

static const RuleRow level_rows[] = {
  { "R-002", "told with the days left", "r:31429", "today=2025-01-19", "pass",
    "Xã Hiệp Hưng đang trong Đợt 1, còn 01 ngày (đến hết ngày 20/01/2025)" },
  { "R-002", "over", "r:31429", "today=2025-01-21", "n/a", "Đợt 1: từ ngày 01/7/2024" },
  { "R-003", "told with the days left", "r:934", "today=2025-03-21", "pass", "còn 00 ngày" },
  { "R-004", "told as “Đợt 2 (100 ngày)”", "r:31429", "today=2025-04-30", "pass", "Đợt 2 (100 ngày), còn 00 ngày" },
  { "R-005", "told as “Đợt 2 (100 ngày)”", "r:934", "today=2025-06-30", "pass", "Đợt 2 (100 ngày), còn 00 ngày" },
  { "R-006", "Đảng bộ xã Vị Thủy → CO_SO", "r:31447<935", "", "pass", ": cấp cơ sở." },
  { "R-006", "Đảng bộ huyện Vị Thủy → HUYEN_TUONG_DUONG", "r:935", "", "pass", ": cấp huyện và tương đương." },
  { "R-006", "Sở Nội vụ → HUYEN_TUONG_DUONG", "r:so-noi-vu", "", "pass", ": cấp huyện và tương đương." },
  { "R-006", "Sở Nội vụ, editable → CO_SO", "r:so-noi-vu", "level=CO_SO", "pass", ": cấp cơ sở." },
  { "R-004", "an edited level has the other phases", "r:so-noi-vu", "level=CO_SO | today=2025-01-21", "pass" },
  { "R-006", "chi, đảng bộ doanh nghiệp → CO_SO", "r:dn-mau-mot", "", "pass", ": cấp cơ sở." },
};

/* ---- on time -------------------------------------------------------------- */

typedef struct
{
  const char *rule, *says, *deadline, *day;
  gboolean met;
} DeadlineRow;

static const DeadlineRow deadline_rows[] = {
  { "R-007", "INCLUSIVE 2025-07-11: 2025-07-11 → on time", "nomination", "2025-07-11", TRUE },
  { "R-007", "INCLUSIVE 2025-07-11: 2025-07-12 → late", "nomination", "2025-07-12", FALSE },
  { "R-007", "EXCLUSIVE 2025-07-11: 2025-07-10 → on time", "final_report", "2025-07-10", TRUE },
  { "R-007", "EXCLUSIVE 2025-07-11: 2025-07-11 → late", "final_report", "2025-07-11", FALSE },
  { "R-007", "no day → not met", "nomination", "-", FALSE },
  { "R-012", "2024-07-19 is the last day", "registration", "2024-07-19", TRUE },
  { "R-012", "2024-07-20 is late", "registration", "2024-07-20", FALSE },
  { "R-081", "2025-08-01 is the last day", "review", "2025-08-01", TRUE },
  { "R-081", "2025-08-02 is late", "review", "2025-08-02", FALSE },
};

static gboolean
check_deadline (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  const DeadlineRow *row = check->row;
  TdDeadline deadline = td_campaign_deadline (rules_plan_campaign (plan), row->deadline);
  TdDate day = *row->day == '-' ? TD_DATE_NONE : td_date_parse_iso (row->day);

  if (td_deadline_met (deadline, day) != row->met)
    g_string_assign (problem, row->met ? "late" : "on time");
  return problem->len == 0;
}

/* ---- nextHop (unit) ------------------------------------------------------ */

typedef struct
{
  const char *rule, *says, *unit, *hop;
} HopRow;

static const HopRow hop_rows[] = {
  { "R-013", "nextHop (Sở Y tế) → Ban TĐKT", "so-y-te", "ban-tdkt" },
  { "R-014", "nextHop (TX Long Mỹ) → Ban TĐKT", "937", "ban-tdkt" },
  { "R-015", "nextHop (xã Long Phú) → thị xã Long Mỹ", "31480", "937" },
  { "R-016", "nextHop (enterprise) → Ban TĐKT", "dn-mau-mot", "ban-tdkt" },
};

static gboolean
check_hop (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  const HopRow *row = check->row;
  const TdUnit *hop = td_units_next_hop (rules_plan_units (plan), rules_plan_unit (plan, row->unit));

  if (!hop || strcmp (hop->code, row->hop) != 0)
    g_string_printf (problem, "to %s", hop ? hop->code : "nobody");
  return problem->len == 0;
}

/* ---- the table of quotas, every unit ------------------------------------------------ */

static int
expected_quota (const TdUnit *unit)
{
  static const struct
  {
    const char *code;
    int quota;
  } named[] = { { "dang-bo-cong-an", 4 },
                { "dang-bo-quan-su", 2 },
                { "934", 14 },
                { "930", 12 },
                { "935", 12 },
                { "932", 12 },
                { "937", 10 },
                { "936", 10 },
                { "933", 10 },
                { "931", 8 } };

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (strcmp (named[i].code, unit->code) == 0)
      return named[i].quota;
  return strcmp (unit->level, "body") == 0 ? 1 : -1;
}

static gboolean
check_quotas (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  g_autoptr (GPtrArray) units = td_units_all (rules_plan_units (plan));

  for (guint i = 0; i < units->len && problem->len == 0; i++)
    {
      const TdUnit *unit = units->pdata[i];
      int quota = td_campaign_quota (rules_plan_campaign (plan), unit, FALSE);
      int leading = td_campaign_quota (rules_plan_campaign (plan), unit, TRUE);
      int wanted = expected_quota (unit);

      if (quota != wanted || leading != (wanted < 0 ? -1 : MAX (wanted, 2)))
        g_string_printf (problem, "%s has %d, leading %d", unit->full_name, quota, leading);
    }
  return problem->len == 0;
}

/* ---- every kind of unit -------------------------------------------------------- */

typedef struct
{
  const char *kind, *categories; /* "" takes no part */
} KindRow;

static const KindRow kind_rows[] = {
  { "xa", "d" },
  { "phuong", "d" },
  { "thi_tran", "d" },
  { "huyen", "c" },
  { "thi_xa", "c" },
  { "thanh_pho", "c" },
  { "so", "a" },
  { "so_tuong_duong", "a" },
  { "ban", "a" },
  { "co_quan_dang", "a" },
  { "don_vi_su_nghiep_dang", "a" },
  { "bao_dai", "a" },
  { "doan_the", "a" },
  { "mat_tran", "a" },
  { "co_quan_nganh_doc", "a" },
  { "co_quan_ngan_hang", "ab" },
  { "dang_bo_dac_thu", "c" },
  { "doanh_nghiep", "b" },
  { "hop_tac_xa", "b" },
  { "ap", "" },
};

static const char *
outcome_of (RulesPlan *plan, const char *who, const char *facts, const char *rule)
{
  TdUnit changed;
  g_autoptr (TdFacts) of = rules_facts (plan, who, facts, &changed);
  g_autoptr (GPtrArray) findings = td_judge (rules_plan_campaign (plan), of);

  for (guint i = 0; i < findings->len; i++)
    if (strcmp (((TdFinding *)findings->pdata[i])->rule, rule) == 0)
      return fixture_outcome (findings->pdata[i]);
  return "";
}

static gboolean
check_kind (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  const KindRow *row = check->row;

  for (const char *c = "abcd"; *c && *row->categories; c++)
    {
      g_autofree char *facts = g_strdup_printf ("kind=%s | category=%c", row->kind, *c);
      const char *outcome = outcome_of (plan, "c:so-y-te", facts, "R-043");

      if (strcmp (outcome, strchr (row->categories, *c) ? "pass" : "fail") != 0)
        g_string_append_printf (problem, "category %c: %s. ", *c, outcome);
    }
  return problem->len == 0;
}

static gboolean
check_participant (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  const KindRow *row = check->row;
  g_autofree char *facts = g_strdup_printf ("kind=%s", row->kind);
  const char *outcome = outcome_of (plan, "c:so-y-te", facts, "R-010");

  if (strcmp (outcome, *row->categories ? "pass" : "fail") != 0)
    g_string_assign (problem, outcome);
  return problem->len == 0;
}

/* An unknown kind of unit may still choose any category of the plan. */
static gboolean
check_categories (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  static const char *const rows[][2]
      = { { "a", "pass" }, { "b", "pass" }, { "c", "pass" }, { "d", "pass" }, { "e", "fail" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *facts = g_strdup_printf ("kind=ap | category=%s", rows[i][0]);
      const char *outcome = outcome_of (plan, "c:so-y-te", facts, "R-043");

      if (strcmp (outcome, rows[i][1]) != 0)
        g_string_append_printf (problem, "category %s: %s. ", rows[i][0], outcome);
    }
  return problem->len == 0;
}

/* ---- who is reviewed; R-085: who signs -------------------------------------------------- */

typedef struct
{
  const char *rule, *says, *word;
  gboolean collective, wanted;
} WordRow;

static const WordRow review_rows[] = {
  { "R-083", "sở (a) without RA_SOAT → ERROR before HOI_DONG", "a", TRUE, TRUE },
  { "R-083", "doanh nghiệp (b) without → PASS", "b", TRUE, FALSE },
  { "R-083", "huyện (c) without RA_SOAT → ERROR before HOI_DONG", "c", TRUE, TRUE },
  { "R-083", "xã (d) without → PASS", "d", TRUE, FALSE },
  { "R-083", "individual of a sở without → PASS", "a", FALSE, FALSE },
  { "R-083", "individual of a huyện without → PASS", "c", FALSE, FALSE },
};

static gboolean
check_review (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  const WordRow *row = check->row;

  if (td_campaign_needs_review (rules_plan_campaign (plan), row->word, row->collective) != row->wanted)
    g_string_assign (problem, row->wanted ? "not needed" : "needed");
  return problem->len == 0;
}

static const WordRow signer_rows[] = {
  { "R-085", "signer “CHỦ TỊCH” → PASS", "CHỦ TỊCH", TRUE, TRUE },
  { "R-085", "signer “KT. CHỦ TỊCH / PHÓ CHỦ TỊCH” → PASS (signing for)", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", TRUE, TRUE },
  { "R-085", "Giám đốc Sở Nội vụ → FAIL", "GIÁM ĐỐC SỞ NỘI VỤ", TRUE, FALSE },
  { "R-085", "nobody → FAIL", "", TRUE, FALSE },
};

static gboolean
check_signer (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  const WordRow *row = check->row;

  if (td_campaign_may_sign (rules_plan_campaign (plan), row->word) != row->wanted)
    g_string_assign (problem, row->wanted ? "may not sign" : "may sign");
  return problem->len == 0;
}

/* ---- every rule: how grave, whose data, whom it concerns ------------------------------------------ */

/* A department, B enterprise, H cooperative, C district, D commune, P persons of each. */
static const struct
{
  char letter;
  const char *unit, *facts;
} probes[] = {
  { 'A', "so-y-te", "" },
  { 'B', "dn-mau-mot", "six=6" },
  { 'H', "dn-mau-mot", "six=6 | kind=hop_tac_xa" },
  { 'C', "934", "" },
  { 'D', "31429<934", "" },
  { 'P', "31429<934", "" },
  { 'P', "so-y-te", "" },
  { 'P', "934", "" },
  { 'P', "dn-mau-mot", "director=yes" },
};

typedef struct
{
  const char *rule;
  TdSeverity severity;
  const char *supply;      /* unit, submission, above */
  const char *nominations; /* the probes it concerns */
  const char *registrations;
} MetaRow;

static const MetaRow meta_rows[] = {
  { "R-001", TD_SEVERITY_WARN, "unit", "ABHCD", "" },
  { "R-002", TD_SEVERITY_INFO, "unit", "", "ABHCD" },
  { "R-003", TD_SEVERITY_INFO, "unit", "", "ABHCD" },
  { "R-004", TD_SEVERITY_INFO, "unit", "", "ABHCD" },
  { "R-005", TD_SEVERITY_INFO, "unit", "", "ABHCD" },
  { "R-006", TD_SEVERITY_INFO, "unit", "", "ABHCD" },
  { "R-010", TD_SEVERITY_ERROR, "unit", "ABHCD", "" },
  { "R-011", TD_SEVERITY_ERROR, "unit", "P", "" },
  { "R-012", TD_SEVERITY_OVERRIDE, "above", "ABHCD", "ABHCD" },
  { "R-013", TD_SEVERITY_ERROR, "above", "A", "A" },
  { "R-014", TD_SEVERITY_ERROR, "above", "C", "C" },
  { "R-015", TD_SEVERITY_ERROR, "above", "D", "D" },
  { "R-016", TD_SEVERITY_ERROR, "above", "B", "B" },
  { "R-017", TD_SEVERITY_ERROR, "unit", "", "ACD" },
  { "R-018", TD_SEVERITY_ERROR, "unit", "B", "B" },
  { "R-019", TD_SEVERITY_ERROR, "unit", "B", "B" },
  { "R-020", TD_SEVERITY_WARN, "unit", "ABHCD", "ABHCD" },
  { "R-021", TD_SEVERITY_INFO, "unit", "", "ABHCD" },
  { "R-030", TD_SEVERITY_ERROR, "unit", "ABHCD", "" },
  { "R-031", TD_SEVERITY_ERROR, "unit", "A", "" },
  { "R-032", TD_SEVERITY_ERROR, "unit", "A", "" },
  { "R-033", TD_SEVERITY_ERROR, "above", "A", "" },
  { "R-034", TD_SEVERITY_ERROR, "above", "A", "" },
  { "R-035", TD_SEVERITY_ERROR, "unit", "BH", "" },
  { "R-036", TD_SEVERITY_ERROR, "unit", "BH", "" },
  { "R-037", TD_SEVERITY_ERROR, "unit", "BH", "" },
  { "R-038", TD_SEVERITY_ERROR, "unit", "C", "" },
  { "R-039", TD_SEVERITY_ERROR, "unit", "C", "" },
  { "R-040", TD_SEVERITY_ERROR, "unit", "D", "" },
  { "R-041", TD_SEVERITY_ERROR, "unit", "D", "" },
  { "R-043", TD_SEVERITY_OVERRIDE, "unit", "ABHCD", "" },
  { "R-044", TD_SEVERITY_OVERRIDE, "above", "ABHCDP", "" },
  { "R-050", TD_SEVERITY_ERROR, "unit", "P", "" },
  { "R-051", TD_SEVERITY_OVERRIDE, "unit", "P", "" },
  { "R-052", TD_SEVERITY_ERROR, "submission", "P", "" },
  { "R-055", TD_SEVERITY_ERROR, "unit", "P", "" },
  { "R-060", TD_SEVERITY_ERROR, "unit", "ABHCDP", "" },
  { "R-061", TD_SEVERITY_INFO, "above", "ABHCD", "" },
  { "R-062", TD_SEVERITY_ERROR, "unit", "ABHCDP", "" },
  { "R-070", TD_SEVERITY_ERROR, "submission", "ABHCDP", "" },
  { "R-071", TD_SEVERITY_ERROR, "submission", "ABHCDP", "" },
  { "R-072", TD_SEVERITY_ERROR, "unit", "ABHCDP", "" },
  { "R-073", TD_SEVERITY_ERROR, "unit", "ABHCDP", "" },
  { "R-074", TD_SEVERITY_ERROR, "unit", "ABHCDP", "" },
  { "R-075", TD_SEVERITY_ERROR, "submission", "ABHCDP", "" },
  { "R-076", TD_SEVERITY_WARN, "submission", "ABHCDP", "" },
  { "R-080", TD_SEVERITY_OVERRIDE, "above", "ABHCDP", "" },
  { "R-081", TD_SEVERITY_WARN, "above", "ABHCDP", "" },
  { "R-086", TD_SEVERITY_INFO, "above", "ABHCDP", "" },
  { "R-090", TD_SEVERITY_WARN, "unit", "ABHCD", "" },
  { "R-091", TD_SEVERITY_WARN, "unit", "ABHCD", "" },
  { "R-092", TD_SEVERITY_WARN, "unit", "ABHCD", "" },
  { "R-093", TD_SEVERITY_INFO, "above", "ABHCDP", "" },
  { "X-001", TD_SEVERITY_ERROR, "unit", "P", "" },
  { "X-002", TD_SEVERITY_WARN, "unit", "ABHCDP", "" },
  { "X-003", TD_SEVERITY_INFO, "above", "ABHCDP", "" },
  { "X-004", TD_SEVERITY_INFO, "above", "ABHCDP", "" },
  { "X-005", TD_SEVERITY_WARN, "unit", "ABHCDP", "" },
};

static TdFinding *
probe (RulesPlan *plan, guint which, gboolean registration, const char *rule)
{
  TdUnit changed;
  g_autofree char *who = g_strdup_printf ("%c:%s", probes[which].letter == 'P' ? 'p' : 'c', probes[which].unit);
  g_autoptr (TdFacts) facts = rules_facts (plan, who, probes[which].facts, &changed);
  g_autoptr (GPtrArray) findings = registration ? td_judge_registration (rules_plan_campaign (plan), facts)
                                                : td_judge (rules_plan_campaign (plan), facts);

  for (guint i = 0; i < findings->len; i++)
    if (strcmp (((TdFinding *)findings->pdata[i])->rule, rule) == 0)
      return g_ptr_array_steal_index (findings, i);
  return NULL;
}

/* The sentence of the plan for what does not concern a nominee, without asking the plan under test for it. */
static gboolean
concerns (const TdFinding *finding)
{
  return finding && strcmp (finding->message, "Không áp dụng đối với đối tượng này.") != 0;
}

static void
compare_concerned (RulesPlan *plan, const MetaRow *row, gboolean registration, GString *problem)
{
  const char *wanted = registration ? row->registrations : row->nominations;

  for (guint i = 0; i < G_N_ELEMENTS (probes) && !(registration && probes[i].letter == 'P'); i++)
    {
      g_autoptr (TdFinding) finding = probe (plan, i, registration, row->rule);

      if (concerns (finding) != (strchr (wanted, probes[i].letter) != NULL))
        g_string_append_printf (problem, "%s %c %s. ", registration ? "registration" : "nomination", probes[i].letter,
                                concerns (finding) ? "concerned" : "not concerned");
    }
}

/* A department hands in by itself; a commune's dossier is handed on by its district. */
static gboolean
check_meta (RulesPlan *plan, const RuleCheck *check, GString *problem)
{
  const MetaRow *row = check->row;
  gboolean registration = *row->nominations == '\0';
  g_autoptr (TdFinding) own = probe (plan, 0, registration, row->rule);
  g_autoptr (TdFinding) below = probe (plan, 4, registration, row->rule);

  if (!own || !below)
    {
      g_string_assign (problem, "the plan has no such rule");
      return FALSE;
    }
  if (own->severity != row->severity)
    g_string_append_printf (problem, "severity %d. ", own->severity);
  if (own->of_submitter != (strcmp (row->supply, "above") != 0))
    g_string_append (problem, "supplied by others. ");
  if (below->of_submitter != (strcmp (row->supply, "submission") == 0))
    g_string_append (problem, "supplied by the level above. ");
  compare_concerned (plan, row, FALSE, problem);
  compare_concerned (plan, row, TRUE, problem);
  return problem->len == 0;
}

void
rules_add_functions (GPtrArray *checks)
{
  for (guint i = 0; i < G_N_ELEMENTS (phase_rows); i++)
    rules_add (checks, phase_rows[i].rule, phase_rows[i].says, check_phase, &phase_rows[i]);
  rules_add_rows (checks, level_rows, G_N_ELEMENTS (level_rows));
  for (guint i = 0; i < G_N_ELEMENTS (deadline_rows); i++)
    rules_add (checks, deadline_rows[i].rule, deadline_rows[i].says, check_deadline, &deadline_rows[i]);
  for (guint i = 0; i < G_N_ELEMENTS (hop_rows); i++)
    rules_add (checks, hop_rows[i].rule, hop_rows[i].says, check_hop, &hop_rows[i]);
  rules_add (checks, "R-052", "the table of quotas, every unit, leading or not", check_quotas, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kind_rows); i++)
    {
      rules_add (checks, "R-043", kind_rows[i].kind, check_kind, &kind_rows[i]);
      rules_add (checks, "R-010", kind_rows[i].kind, check_participant, &kind_rows[i]);
    }
  rules_add (checks, "R-043", "a kind the plan does not name", check_categories, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (review_rows); i++)
    rules_add (checks, review_rows[i].rule, review_rows[i].says, check_review, &review_rows[i]);
  for (guint i = 0; i < G_N_ELEMENTS (signer_rows); i++)
    rules_add (checks, signer_rows[i].rule, signer_rows[i].says, check_signer, &signer_rows[i]);
  for (guint i = 0; i < G_N_ELEMENTS (meta_rows); i++)
    rules_add (checks, meta_rows[i].rule, "severity, supplier, whom it concerns", check_meta, &meta_rows[i]);
}
