/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/sample.h"

#include "dossier/state-private.h"

#include <string.h>

/* The sample as a state, and the verdict on each dossier as one line of JSON. */

static void
add_receipt (TdState *state, const char *dossier, const char *level, TdDate day)
{
  TdReceipt *receipt = td_receipt_new ();

  g_free (receipt->level);
  receipt->level = g_strdup (level);
  receipt->day = day;
  receipt->committed = day;
  td_state_add_receipt (state, dossier, receipt);
}

static void
add_record (TdState *state, const TdRecord *record)
{
  TdRecord *copy = td_state_add_record (state, record->id, record->type, record->owner, record->dossier);
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, record->members);
  while (g_hash_table_iter_next (&iter, &path, &value))
    td_record_set (copy, path, value);
  if (td_type_is_dossier (record->type))
    {
      TdDossier *dossier = td_state_add_dossier (state, record->id, record->type, record->owner);

      g_free (dossier->person);
      dossier->person = td_record_person (record);
    }
}

/** td_sample_fill: see sample.h. */
void
td_sample_fill (const TdSample *self, TdState *state)
{
  for (guint i = 0; i < self->records->len; i++)
    add_record (state, self->records->pdata[i]);
  for (guint i = 0; i < self->receipts->len; i++)
    {
      const TdSampleReceipt *receipt = self->receipts->pdata[i];

      add_receipt (state, receipt->dossier, receipt->level->key, receipt->day);
    }
  for (guint i = 0; i < self->dossiers->len; i++)
    {
      const TdSampleDossier *dossier = self->dossiers->pdata[i];
      const TdSampleSubmission *submission = dossier->submission;

      if (submission != NULL && submission->received != TD_DATE_NONE && submission->unit->upper != NULL)
        add_receipt (state, dossier->record, submission->unit->upper->key, submission->received);
    }
}

/* ---- the line --------------------------------------------------------------------- */

/* A dossier is judged on the day it came; one that hasn't, on the last day it may. */
static TdDate
day_of (const TdSampleDossier *dossier, const TdCampaign *campaign)
{
  if (dossier->submission != NULL && dossier->submission->received != TD_DATE_NONE)
    return dossier->submission->received;
  return td_campaign_deadline (campaign, "nomination").limit;
}

static const char *
word (TdVerdict verdict)
{
  switch (verdict)
    {
    case TD_VERDICT_FAIL:
      return "CHUA_DU";
    case TD_VERDICT_UNKNOWN:
      return "THIEU_DU_LIEU";
    case TD_VERDICT_MANUAL:
      return "CAN_THAM_DINH";
    case TD_VERDICT_PASS:
    case TD_VERDICT_NOT_APPLICABLE:
    default:
      return "DU_DIEU_KIEN";
    }
}

static gboolean
decides (const TdFinding *finding)
{
  return finding->severity == TD_SEVERITY_ERROR || finding->severity == TD_SEVERITY_OVERRIDE;
}

static gboolean
warns (const TdFinding *finding)
{
  return finding->severity == TD_SEVERITY_WARN
         && (finding->verdict == TD_VERDICT_FAIL || finding->verdict == TD_VERDICT_UNKNOWN);
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
put_list (JsonObject *line, const char *name, GPtrArray *findings, TdVerdict verdict, gboolean warnings)
{
  JsonArray *list = json_array_new ();
  g_autoptr (GPtrArray) rules = g_ptr_array_new ();

  for (guint i = 0; i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];
      gboolean wanted = warnings ? warns (finding) : decides (finding) && finding->verdict == verdict;

      if (wanted && !g_ptr_array_find_with_equal_func (rules, finding->rule, g_str_equal, NULL))
        g_ptr_array_add (rules, finding->rule);
    }
  g_ptr_array_sort (rules, compare_text);
  for (guint i = 0; i < rules->len; i++)
    json_array_add_string_element (list, rules->pdata[i]);
  json_object_set_array_member (line, name, list);
}

static char *
to_line (JsonObject *line)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, line);
  return json_to_string (node, FALSE);
}

/**
 * td_sample_check:
 * @state: filled by td_sample_fill()
 *
 * Returns: (transfer full): {"id", "verdict", "failed", "unknown", "manual", "warnings"}
 */
char *
td_sample_check (const TdSample *self, TdState *state, const TdCampaign *campaign, const TdSampleDossier *dossier)
{
  g_autoptr (TdFacts) facts = td_gather_nomination (state, campaign, self->units, dossier->record,
                                                    dossier->submission == NULL ? NULL : dossier->submission->record,
                                                    TRUE, TRUE, day_of (dossier, campaign));
  g_autoptr (GPtrArray) findings = facts == NULL ? g_ptr_array_new () : td_judge (campaign, facts);
  g_autoptr (JsonObject) line = json_object_new ();

  json_object_set_string_member (line, "id", dossier->id);
  json_object_set_string_member (line, "verdict", word (td_findings_verdict (findings, NULL)));
  put_list (line, "failed", findings, TD_VERDICT_FAIL, FALSE);
  put_list (line, "unknown", findings, TD_VERDICT_UNKNOWN, FALSE);
  put_list (line, "manual", findings, TD_VERDICT_MANUAL, FALSE);
  put_list (line, "warnings", findings, TD_VERDICT_FAIL, TRUE);
  return to_line (line);
}
